// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-radio-ears.h"
#include "mbs-ran-samples.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-gnb-radio-device.h"
#include "ns3/mbs-radio-channel.h"
#include "ns3/mbs-scheduled-job.h"
#include "ns3/mbs-ue-radio-device.h"

#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/node.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <cmath>
#include <string>

namespace ns3::mbs
{

namespace
{

/** Loses the first transmissions, then none. */
class LossyAtFirst : public RadioLink
{
  public:
    /** @param losses how many */
    explicit LossyAtFirst(uint32_t losses)
        : m_losses(losses)
    {
    }

    bool IsLost(const UeRadioDevice& /* ue */, const Ptr<const Packet>& packet) override
    {
        ++asked;
        lastOctets = packet->GetSize();
        return asked <= m_losses;
    }

    int64_t AssignStreams(int64_t /* stream */) override
    {
        return 0;
    }

    uint32_t asked{0};      //!< transmissions so far
    uint32_t lastOctets{0}; //!< length of the last one

  private:
    uint32_t m_losses; //!< how many are lost
};

/** @param rate probability of a loss @return the link */
Ptr<RadioLink>
FixedLoss(double rate)
{
    Ptr<FixedLossRadioLink> link = CreateObject<FixedLossRadioLink>();
    link->SetAttribute("LossRate", DoubleValue(rate));
    link->AssignStreams(7);
    return link;
}

/** A cell with UEs on a channel, and what happened on it. */
struct Cell
{
    /** Bits per second of the cell. */
    static constexpr uint64_t RATE = 1000000;

    /** @param count of UEs @param link decides what is lost */
    explicit Cell(uint32_t count, Ptr<RadioLink> link = CreateObject<IdealRadioLink>())
        : channel(CreateObject<RadioChannel>()),
          gnb(CreateObject<GnbRadioDevice>())
    {
        channel->SetAttribute("Link", PointerValue(link));
        channel->AddGnb(gnb);
        gnb->SetAttribute("DataRate", DataRateValue(DataRate(RATE)));
        gnb->SetSignallingCallback(MakeCallback(&Cell::AtGnb, this));
        gnb->SetUndeliveredCallback(MakeCallback(&Cell::Undelivered, this));
        gnb->TraceConnectWithoutContext("SignallingLost", MakeCallback(&Cell::GaveUp, this));
        gnb->TraceConnectWithoutContext("GroupQueued", MakeCallback(&Cell::GroupQueued, this));
        gnb->TraceConnectWithoutContext("GroupDropped", MakeCallback(&Cell::GroupDropped, this));
        channel->TraceConnectWithoutContext("GroupLost", MakeCallback(&Cell::GroupLost, this));
        channel->TraceConnectWithoutContext("GroupDelivered",
                                            MakeCallback(&Cell::GroupDelivered, this));
        ears.resize(count);
        for (uint32_t i = 0; i < count; ++i)
        {
            const Ptr<UeRadioDevice> ue = CreateObject<UeRadioDevice>();
            ue->SetUe(i);
            ue->SetAttribute("DataRate", DataRateValue(DataRate(RATE)));
            channel->AddUe(ue);
            gnb->Attach(ue);
            ears[i].signalling = [this, i](Ptr<const Packet> pdu) { AtUe(i, pdu); };
            ears[i].group = [this, i](const MulticastFrame& frame) { GroupAtUe(i, frame); };
            ue->SetUser(&ears[i]);
            ue->TraceConnectWithoutContext("SignallingLost", MakeCallback(&Cell::GaveUp, this));
            ues.push_back(ue);
        }
        signalling.resize(count);
        group.resize(count);
    }

    ~Cell()
    {
        for (const auto& ue : ues)
        {
            ue->Dispose();
        }
        gnb->Dispose();
        channel->Dispose();
        Simulator::Destroy();
    }

    Cell(const Cell&) = delete;
    Cell& operator=(const Cell&) = delete;

    /** @param octets of a packet @return how long it is on the way, queue empty */
    Time Arrival(uint32_t octets) const
    {
        return NanoSeconds(static_cast<int64_t>(octets) * 8 * 1000000000 / RATE) +
               channel->GetDelay();
    }

    void AtUe(uint32_t ue, Ptr<const Packet> /* pdu */)
    {
        signalling[ue].push_back(Simulator::Now());
    }

    void AtGnb(uint32_t rnti, Ptr<const Packet> /* pdu */)
    {
        atGnb.emplace_back(rnti, Simulator::Now());
    }

    void GroupAtUe(uint32_t ue, const MulticastFrame& frame)
    {
        group[ue].push_back(frame.GetGRnti());
    }

    void GaveUp(uint32_t who, Ptr<const Packet> /* pdu */)
    {
        gaveUp.emplace_back(who, Simulator::Now());
    }

    void Undelivered(uint32_t /* rnti */, Ptr<const Packet> /* pdu */, bool isBack)
    {
        undelivered.push_back(isBack);
    }

    void GroupQueued(uint32_t /* gnb */, Ptr<const Packet> /* packet */)
    {
        ++queued;
    }

    void GroupDropped(uint32_t /* gnb */, Ptr<const Packet> /* packet */)
    {
        ++dropped;
    }

    void GroupLost(uint32_t ue, Ptr<const Packet> /* packet */)
    {
        lost.push_back(ue);
    }

    void GroupDelivered(uint32_t /* gnb */, Ptr<const Packet> /* packet */)
    {
        delivered.push_back(Simulator::Now());
    }

    Ptr<RadioChannel> channel;                     //!< the air
    Ptr<GnbRadioDevice> gnb;                       //!< the cell
    std::vector<Ptr<UeRadioDevice>> ues;           //!< its UEs
    std::vector<RadioEars> ears;                   //!< what the UEs hear
    std::vector<std::vector<Time>> signalling;     //!< what reached a UE
    std::vector<std::vector<uint16_t>> group;      //!< groups of what reached a UE
    std::vector<std::pair<uint32_t, Time>> atGnb;  //!< what reached the gNB, RNTI
    std::vector<std::pair<uint32_t, Time>> gaveUp; //!< SignallingLost
    std::vector<bool> undelivered;                 //!< down: whether since the UE is back
    uint32_t queued{0};                            //!< GroupQueued
    uint32_t dropped{0};                           //!< GroupDropped
    std::vector<uint32_t> lost;                    //!< GroupLost
    std::vector<Time> delivered;                   //!< GroupDelivered
};

void
TransmitterClosedForm(Check& check)
{
    RadioTransmitter transmitter;
    transmitter.SetRate(DataRate("1Mbps"));
    check.Equal(transmitter.GetRate(), DataRate("1Mbps"), "rate");
    // 125 octets take 1 ms.
    check.Equal(*transmitter.Enqueue(125, Seconds(0)), MilliSeconds(1), "an empty queue");
    check.Equal(*transmitter.Enqueue(125, Seconds(0)), MilliSeconds(2), "behind one packet");
    check.Equal(*transmitter.Enqueue(250, MicroSeconds(1500)),
                MicroSeconds(2500),
                "behind the rest of one packet");
    check.Equal(*transmitter.Enqueue(1, MilliSeconds(100)), MicroSeconds(8), "empty again");
}

void
TransmitterLimit(Check& check)
{
    RadioTransmitter transmitter;
    transmitter.SetRate(DataRate("1Mbps"));
    transmitter.SetLimit(250);
    check.Equal(transmitter.GetLimit(), 250u, "limit");
    check.Expect(!transmitter.Enqueue(251, Seconds(0)), "longer than the whole queue");
    check.Expect(bool(transmitter.Enqueue(125, Seconds(0))), "half full");
    check.Expect(bool(transmitter.Enqueue(125, Seconds(0))), "full to the octet");
    check.Expect(!transmitter.Enqueue(1, Seconds(0)), "no room for an octet");
    check.Equal(*transmitter.Enqueue(125, MilliSeconds(1)),
                MilliSeconds(2),
                "what was refused takes no time, and what has left makes room");
}

void
LinksLoseWhatTheySay(Check& check)
{
    const Ptr<UeRadioDevice> ue = CreateObject<UeRadioDevice>();
    const Ptr<IdealRadioLink> ideal = CreateObject<IdealRadioLink>();
    const Ptr<RadioLink> none = FixedLoss(0);
    const Ptr<RadioLink> all = FixedLoss(1);
    const Ptr<const Packet> packet = Create<Packet>(100);
    check.Equal(ideal->AssignStreams(3), 0, "an ideal link draws nothing");
    check.Equal(none->AssignStreams(3), 1, "a lossy one from one stream");
    for (int i = 0; i < 1000; ++i)
    {
        check.Expect(!ideal->IsLost(*ue, packet), "ideal: nothing is lost");
        check.Expect(!none->IsLost(*ue, packet), "rate 0: nothing is lost");
        check.Expect(all->IsLost(*ue, packet), "rate 1: everything is lost");
    }
    // Five standard deviations of a binomial distribution: wrong once in two million seeds.
    constexpr int DRAWS = 20000;
    for (const double rate : {0.01, 0.3, 0.9})
    {
        const Ptr<RadioLink> link = FixedLoss(rate);
        int lost = 0;
        for (int i = 0; i < DRAWS; ++i)
        {
            lost += link->IsLost(*ue, packet) ? 1 : 0;
        }
        check.Expect(std::abs(lost - DRAWS * rate) < 5 * std::sqrt(DRAWS * rate * (1 - rate)),
                     std::to_string(lost) + " lost of " + std::to_string(DRAWS) + " at rate " +
                         std::to_string(rate));
    }
    check.Expect(!all->SetAttributeFailSafe("LossRate", DoubleValue(1.01)), "no rate above 1");
    check.Expect(!all->SetAttributeFailSafe("LossRate", DoubleValue(-0.01)), "none below 0");
}

void
CellsDrawLossesByThemselves(Check& check)
{
    Cell cell(1);
    Cell other(1);
    other.gnb->SetGnb(1);
    const Ptr<const Packet> packet = Create<Packet>(100);
    // What is lost in one cell while none, or three, are sent in the other for each.
    const auto lost = [&](bool streamPerCell, int others) {
        const Ptr<RadioLink> link = FixedLoss(0.5);
        link->SetAttribute("StreamPerCell", BooleanValue(streamPerCell));
        std::string all;
        for (int i = 0; i < 200; ++i)
        {
            for (int k = 0; k < others; ++k)
            {
                link->IsLost(*other.ues[0], packet);
            }
            all += link->IsLost(*cell.ues[0], packet) ? '1' : '0';
        }
        return all;
    };
    check.Equal(lost(true, 3), lost(true, 0), "losses with and without what others send");
    check.Expect(lost(false, 3) != lost(false, 0), "from one stream for all they differ");
    const auto inTurn = [&](const Ptr<UeRadioDevice>& ue) {
        const Ptr<RadioLink> link = FixedLoss(0.5);
        link->SetAttribute("StreamPerCell", BooleanValue(true));
        std::string all;
        for (int i = 0; i < 200; ++i)
        {
            all += link->IsLost(*ue, packet) ? '1' : '0';
        }
        return all;
    };
    check.Expect(inTurn(cell.ues[0]) != inTurn(other.ues[0]), "two cells lose differently");
}

void
SignallingReachesItsUe(Check& check)
{
    Cell cell(3);
    cell.gnb->SendToUe(2, Create<Packet>(1250));
    cell.gnb->SendToUe(2, Create<Packet>(1250));
    Simulator::Run();
    check.Equal(cell.signalling[1].size(), 2u, "both reach the UE with this RNTI");
    check.Equal(cell.signalling[1][0], cell.Arrival(1250), "serialisation and delay");
    check.Equal(cell.signalling[1][1], cell.Arrival(2500), "the second one behind the first");
    check.Equal(cell.signalling[0].size() + cell.signalling[2].size(), 0u, "and no other");
    check.Equal(cell.gaveUp.size(), 0u, "nothing was given up");
    check.Equal(cell.ues[1]->GetRnti(), 2u, "RNTIs count from 1");
}

void
SignallingReachesTheGnb(Check& check)
{
    Cell cell(2);
    cell.ues[1]->SendToGnb(Create<Packet>(125));
    Simulator::Run();
    check.Equal(cell.atGnb.size(), 1u, "one PDU");
    check.Equal(cell.atGnb[0].first, 2u, "from the RNTI of its sender");
    check.Equal(cell.atGnb[0].second, cell.Arrival(125), "serialisation and delay");
}

void
LostSignallingIsSentAgain(Check& check)
{
    const Time pause = MilliSeconds(10);
    {
        const Ptr<LossyAtFirst> link = CreateObject<LossyAtFirst>(3);
        Cell cell(1, link);
        cell.gnb->SendToUe(1, Create<Packet>(125));
        Simulator::Run();
        check.Equal(link->asked, 4u, "down: three losses, four transmissions");
        check.Equal(link->lastOctets, 125u, "of the same length");
        check.Equal(cell.signalling[0].size(), 1u, "one arrives");
        check.Equal(cell.signalling[0][0], 4 * cell.Arrival(125) + 3 * pause, "when it should");
        check.Equal(cell.gaveUp.size(), 0u, "nothing was given up");
    }
    {
        const Ptr<LossyAtFirst> link = CreateObject<LossyAtFirst>(2);
        Cell cell(1, link);
        cell.ues[0]->SendToGnb(Create<Packet>(125));
        Simulator::Run();
        check.Equal(link->asked, 3u, "up: two losses, three transmissions");
        check.Equal(cell.atGnb.size(), 1u, "one arrives");
        check.Equal(cell.atGnb[0].second, 3 * cell.Arrival(125) + 2 * pause, "when it should");
    }
}

void
SignallingIsGivenUp(Check& check)
{
    const Time pause = MilliSeconds(10);
    Cell cell(1, FixedLoss(1));
    cell.gnb->SetAttribute("SignallingRetransmissions", UintegerValue(2));
    cell.ues[0]->SetAttribute("SignallingRetransmissions", UintegerValue(0));
    cell.gnb->SendToUe(1, Create<Packet>(125));
    cell.ues[0]->SendToGnb(Create<Packet>(250));
    Simulator::Run();
    check.Equal(cell.gaveUp.size(), 2u, "each direction reports it once");
    check.Equal(cell.gaveUp[0].first, 0u, "the UE first, by its number");
    check.Equal(cell.gaveUp[0].second, cell.Arrival(250), "after the only transmission");
    check.Equal(cell.gaveUp[1].first, 1u, "the gNB, by RNTI");
    check.Equal(cell.gaveUp[1].second,
                3 * cell.Arrival(125) + 2 * pause,
                "after the last retransmission");
    check.Equal(cell.signalling[0].size() + cell.atGnb.size(), 0u, "nothing arrived");
}

void
RlcBeginsAnewInACell(Check& check)
{
    // The UE is out of coverage and comes back while RLC still tries, or HARQ's or RLC's pause
    // ends.
    for (const int64_t back : {5, 6, 7, 12, 20})
    {
        Cell cell(1);
        cell.ues[0]->SetInCoverage(false);
        cell.gnb->SendToUe(1, Create<Packet>(125));
        cell.gnb->SendData(1, Create<Packet>(125));
        ScheduleJob(MilliSeconds(back), [&cell] {
            cell.gnb->Attach(cell.ues[0]);
            cell.ues[0]->SetInCoverage(true);
            cell.gnb->SendToUe(1, Create<Packet>(250));
        });
        Simulator::Run();
        const std::string when = std::to_string(back) + " ms: ";
        check.Equal(cell.ues[0]->GetRnti(), 1U, when + "the same RNTI");
        check.Equal(cell.signalling[0].size(), 1U, when + "only what was sent since arrives");
        check.Equal(cell.gaveUp.size(), 1U, when + "what was sent before is given up");
        check.Expect(cell.undelivered == std::vector<bool>{true}, when + "for that reason");
    }
    Cell gone(1);
    gone.ues[0]->SetInCoverage(false);
    gone.gnb->SendToUe(1, Create<Packet>(125));
    Simulator::Run();
    check.Expect(gone.undelivered == std::vector<bool>{false}, "it has tried as often as it may");
}

void
AttemptsAreGeometric(Check& check)
{
    constexpr int PDUS = 2000;
    constexpr double LOSS = 0.5;
    Cell cell(1, FixedLoss(LOSS));
    cell.gnb->SetAttribute("SignallingRetransmissions", UintegerValue(1000));
    for (int i = 0; i < PDUS; ++i)
    {
        Simulator::Schedule(Seconds(10 * i),
                            &GnbRadioDevice::SendToUe,
                            cell.gnb,
                            1,
                            Create<Packet>(125));
    }
    Simulator::Run();
    check.Equal(cell.signalling[0].size(), std::size_t{PDUS}, "every PDU arrives");
    const Time step = cell.Arrival(125) + MilliSeconds(10);
    double sum = 0;
    int first = 0;
    for (int i = 0; i < PDUS; ++i)
    {
        const Time waited = cell.signalling[0][i] - Seconds(10 * i) + MilliSeconds(10);
        const auto attempts = waited.GetNanoSeconds() / step.GetNanoSeconds();
        check.Equal(attempts * step, waited, "a whole number of attempts");
        sum += static_cast<double>(attempts);
        first += attempts == 1 ? 1 : 0;
    }
    // Mean 1 / (1 - p), variance p / (1 - p)^2; five standard deviations.
    const double mean = 1 / (1 - LOSS);
    const double sigma = std::sqrt(LOSS / ((1 - LOSS) * (1 - LOSS)) / PDUS);
    check.Expect(std::abs(sum / PDUS - mean) < 5 * sigma,
                 "mean number of attempts " + std::to_string(sum / PDUS));
    check.Expect(std::abs(first - PDUS * (1 - LOSS)) < 5 * std::sqrt(PDUS * LOSS * (1 - LOSS)),
                 std::to_string(first) + " arrive at the first attempt");
}

void
NoRoomForSignalling(Check& check)
{
    Cell cell(1);
    cell.gnb->SetAttribute("QueueLimit", UintegerValue(100));
    UintegerValue limit;
    cell.gnb->GetAttribute("QueueLimit", limit);
    check.Equal(limit.Get(), 100u, "queue limit");
    cell.gnb->SendToUe(1, Create<Packet>(101));
    cell.ues[0]->SendToGnb(Create<Packet>(1000001));
    check.Equal(cell.gaveUp.size(), 2u, "both are given up at once");
    Simulator::Run();
    check.Equal(cell.signalling[0].size() + cell.atGnb.size(), 0u, "and never arrive");
}

void
UnknownRnti(Check& check)
{
    Cell cell(1);
    cell.gnb->SetAttribute("SignallingRetransmissions", UintegerValue(0));
    cell.gnb->SendToUe(0, Create<Packet>(10));
    cell.gnb->SendToUe(2, Create<Packet>(10));
    Simulator::Run();
    check.Equal(cell.gaveUp.size(), 2u, "both are given up");
    check.Equal(cell.signalling[0].size(), 0u, "the only UE gets neither");
}

void
NobodyListensToSignalling(Check& check)
{
    Cell cell(1);
    cell.gnb->SetSignallingCallback(GnbRadioDevice::SignallingCallback());
    cell.ues[0]->SetUser(nullptr);
    cell.channel->Listen(cell.ues[0], 5);
    cell.gnb->SendToUe(1, Create<Packet>(10));
    cell.ues[0]->SendToGnb(Create<Packet>(10));
    cell.gnb->SendToGroup(5, Create<Packet>(10));
    Simulator::Run();
    check.Equal(cell.gaveUp.size(), 0u, "it arrived, and nothing else happens");
}

void
GroupReachesListeners(Check& check)
{
    Cell cell(3);
    cell.channel->Listen(cell.ues[0], 5);
    cell.channel->Listen(cell.ues[2], 5);
    cell.channel->Listen(cell.ues[2], 5);
    cell.channel->Listen(cell.ues[1], 6);
    cell.gnb->SendToGroup(5, Create<Packet>(1250));
    Simulator::Run();
    check.Equal(cell.queued, 1u, "one packet was queued");
    check.Equal(cell.delivered.size(), 1u, "one transmission for all");
    check.Equal(cell.delivered[0], cell.Arrival(1250), "serialisation and delay");
    check.Equal(cell.group[0].size(), 1u, "a listener gets it");
    check.Equal(cell.group[2].size(), 1u, "once, though it asked twice");
    check.Equal(cell.group[1].size(), 0u, "a listener to another group does not");

    cell.channel->StopListening(cell.ues[0], 5);
    cell.channel->StopListening(cell.ues[1], 5);
    cell.gnb->SendToGroup(5, Create<Packet>(1250));
    cell.gnb->SendToGroup(99, Create<Packet>(1250));
    Simulator::Run();
    check.Equal(cell.group[0].size(), 1u, "who stopped gets no more");
    check.Equal(cell.group[2].size(), 2u, "the other still does");
    check.Equal(cell.delivered.size(), 3u, "also what nobody listens to is sent");
}

void
GroupsBelongToTheirCell(Check& check)
{
    Cell cell(1);
    const Ptr<GnbRadioDevice> other = CreateObject<GnbRadioDevice>();
    other->SetGnb(1);
    cell.channel->AddGnb(other);
    const Ptr<UeRadioDevice> neighbour = CreateObject<UeRadioDevice>();
    RadioEars neighboursEars;
    neighbour->SetUser(&neighboursEars);
    cell.channel->AddUe(neighbour);
    other->Attach(neighbour);
    cell.channel->Listen(cell.ues[0], 5);
    cell.channel->Listen(neighbour, 5);
    other->SendToGroup(5, Create<Packet>(10));
    Simulator::Run();
    check.Equal(cell.group[0].size(), 0u, "the same G-RNTI of another cell is another group");
    check.Equal(cell.channel->AssignStreams(1), 0, "an ideal channel draws nothing");
    check.Equal(cell.channel->GetNDevices(), 4u, "devices on the channel");
    check.Expect(cell.channel->GetDevice(1) == other, "gNBs first");
    check.Expect(cell.channel->GetDevice(3) == neighbour, "then UEs");
    neighbour->Dispose();
    other->Dispose();
}

void
GroupIsLostPerUe(Check& check)
{
    Cell cell(2, CreateObject<LossyAtFirst>(1));
    cell.channel->Listen(cell.ues[0], 5);
    cell.channel->Listen(cell.ues[1], 5);
    cell.gnb->SendToGroup(5, Create<Packet>(10));
    Simulator::Run();
    check.Equal(cell.lost.size(), 1u, "one UE missed it");
    check.Equal(cell.lost[0], 0u, "the first one");
    check.Equal(cell.group[0].size(), 0u, "which got nothing, not even later");
    check.Equal(cell.group[1].size(), 1u, "the other got it");
}

void
VerdictsComeTogether(Check& check)
{
    using Verdicts = std::vector<GroupVerdict>;
    Cell cell(3, CreateObject<LossyAtFirst>(1));
    std::vector<Verdicts> all;
    void (*sink)(std::vector<Verdicts>*, uint32_t, Ptr<const Packet>, const Verdicts&) =
        [](std::vector<Verdicts>* calls, uint32_t, Ptr<const Packet>, const Verdicts& verdicts) {
            calls->push_back(verdicts);
        };
    cell.channel->TraceConnectWithoutContext("GroupReceived", MakeBoundCallback(sink, &all));
    cell.channel->Listen(cell.ues[1], 5);
    cell.channel->Listen(cell.ues[2], 5);
    cell.channel->Listen(cell.ues[0], 5);
    cell.gnb->SendToGroup(5, Create<Packet>(10));
    Simulator::Run();
    check.Equal(all.size(), 1u, "one call for all UEs of the cell");
    check.Equal(all.at(0).size(), 2u, "the UE that missed the packet is not among them");
    check.Equal(all[0].at(0).ue, 2u, "in the order in which they began to listen");
    check.Equal(all[0].at(1).ue, 0u, "in the order in which they began to listen");
    check.Expect(all[0][0].reception.outcome == GroupOutcome::DELIVERED, "with what came of it");
    check.Equal(all[0][0].reception.octets, 10u, "and how many octets");
}

void
GroupQueueIsLimited(Check& check)
{
    Cell cell(1);
    cell.channel->Listen(cell.ues[0], 5);
    cell.gnb->SetAttribute("QueueLimit", UintegerValue(2500));
    for (int i = 0; i < 5; ++i)
    {
        cell.gnb->SendToGroup(5, Create<Packet>(1000));
    }
    Simulator::Run();
    check.Equal(cell.queued, 2u, "two fit");
    check.Equal(cell.dropped, 3u, "three do not");
    check.Equal(cell.group[0].size(), 2u, "two arrive");
}

void
NetDeviceDuties(Check& check)
{
    Cell cell(1);
    const Ptr<UeRadioDevice> ue = cell.ues[0];
    const Ptr<Node> node = CreateObject<Node>();
    for (const Ptr<NetDevice>& device : {Ptr<NetDevice>(ue), Ptr<NetDevice>(cell.gnb)})
    {
        node->AddDevice(device);
        check.Expect(device->GetNode() == node, "node");
        check.Expect(device->GetChannel() == cell.channel, "channel");
        check.Expect(device->IsLinkUp(), "up as soon as it is on the channel");
        check.Expect(!device->Send(Create<Packet>(1), device->GetBroadcast(), 0x86dd),
                     "it has no way to send IPv6 packets");
        check.Expect(!device->SendFrom(Create<Packet>(1),
                                       device->GetAddress(),
                                       device->GetBroadcast(),
                                       0x0800),
                     "nor in another's name");
        check.Expect(!device->SupportsSendFrom(), "and says so");
        check.Expect(device->IsMulticast() && !device->IsBroadcast(), "multicast, no broadcast");
        check.Expect(!device->IsBridge() && !device->IsPointToPoint(), "no bridge, no link");
        check.Expect(!device->NeedsArp(), "no ARP");
        check.Expect(device->GetMulticast(Ipv4Address("232.1.2.3")) ==
                         Mac48Address("01:00:5e:01:02:03"),
                     "RFC 1112 clause 6.4");
        check.Expect(device->GetMulticast(Ipv6Address("ff3e::1:203")) ==
                         Mac48Address("33:33:00:01:02:03"),
                     "RFC 2464 clause 7");
        check.Expect(device->SetMtu(1400) && device->GetMtu() == 1400, "MTU");
        device->SetAddress(Mac48Address("00:00:00:00:00:2a"));
        check.Expect(device->GetAddress() == Mac48Address("00:00:00:00:00:2a"), "address");
        device->AddLinkChangeCallback(Callback<void>());
    }
    check.Expect(!cell.gnb->Send(Create<Packet>(1), cell.gnb->GetBroadcast(), 0x0800),
                 "a cell has no way to send IP packets that name no bearer");
    check.Equal(ue->GetIfIndex(), 0u, "index of the first device on the node");
    check.Equal(cell.gnb->GetIfIndex(), 1u, "index of the second");
    check.Expect(!CreateObject<UeRadioDevice>()->IsLinkUp(), "down without a channel");
    DataRateValue rate;
    ue->GetAttribute("DataRate", rate);
    check.Equal(rate.Get().GetBitRate(), Cell::RATE, "rate of the UE");
    cell.gnb->GetAttribute("DataRate", rate);
    check.Equal(rate.Get().GetBitRate(), Cell::RATE, "rate of the cell");

    node->Dispose();
}

void
KeyStoreShares(Check& check)
{
    const auto profile = SrtpProfile::AES_CM_128_HMAC_SHA1_80;
    const Mki mki = SampleMki(1, 2);
    const Salt112 salt = SampleSalt(mki, FilledKey(1));
    TrafficKeyStore store;
    const auto first = store.Intern(SAMPLE_DOMAIN, mki, FilledKey(1), salt, profile);
    check.Expect(first->GetMki() == mki && first->GetPolicy() == profile && first->IsShared(),
                 "what it is made of");
    check.Expect(store.Intern(SAMPLE_DOMAIN, mki, FilledKey(1), salt, profile) == first,
                 "the same object");
    check.Expect(store.Intern(SAMPLE_DOMAIN, SampleMki(1, 3), FilledKey(1), salt, profile) != first,
                 "name");
    check.Expect(store.Intern(SAMPLE_DOMAIN, mki, FilledKey(2), salt, profile) != first, "key");
    check.Expect(store.Intern(SAMPLE_DOMAIN, mki, FilledKey(1), Salt112(), profile) != first,
                 "salt");
    check.Expect(store.Intern(SAMPLE_DOMAIN, mki, FilledKey(1), salt, SrtpProfile::NULL_NULL) !=
                     first,
                 "profile");
    check.Expect(store.Intern(SAMPLE_DOMAIN, mki, FilledKey(1), salt, profile) == first,
                 "still there");
}

void
KeyStorePrunes(Check& check)
{
    const auto profile = SrtpProfile::AES_CM_128_HMAC_SHA1_80;
    TrafficKeyStore store;
    const auto held =
        store.Intern(SAMPLE_DOMAIN, SampleMki(1, 1), FilledKey(1), Salt112(), profile);
    for (uint16_t mtk = 2; mtk < 50; ++mtk)
    {
        store.Intern(SAMPLE_DOMAIN,
                     SampleMki(1, mtk),
                     FilledKey(static_cast<uint8_t>(mtk)),
                     Salt112(),
                     profile);
    }
    check.Equal(store.Size(), 2u, "the key that is held and the newest one");
    check.Expect(store.Intern(SAMPLE_DOMAIN, SampleMki(1, 1), FilledKey(1), Salt112(), profile) ==
                     held,
                 "what is held stays");
}

/** Counts how often it is asked to decrypt. */
class CountingMtkWrap : public AesBlockMtkWrap
{
  public:
    Key128 Unwrap(const Key128& msk,
                  const KeyDomainId& keyDomainId,
                  const MskId& mskId,
                  const MtkId& mtkId,
                  const std::array<uint8_t, SIZE>& wrapped) const override
    {
        ++unwrapped;
        return AesBlockMtkWrap::Unwrap(msk, keyDomainId, mskId, mtkId, wrapped);
    }

    mutable uint32_t unwrapped{0}; //!< times
};

void
KeyStoreDecryptsOnceForAll(Check& check)
{
    const SrtpPolicy policy(SrtpProfile::AES_CM_128_HMAC_SHA1_80);
    const CountingMtkWrap wrap;
    const Mki mki = SampleMki(1, 2);
    const Key128 mtk = FilledKey(2);
    N1KeySet keySet;
    keySet.keyDomainId = SAMPLE_DOMAIN;
    keySet.mskId = mki.msk;
    keySet.msk = FilledKey(1);
    keySet.mtk =
        N1EncryptedMtk{mki.mtk, wrap.Wrap(keySet.msk, SAMPLE_DOMAIN, mki.msk, mki.mtk, mtk)};
    TrafficKeyStore store;
    const auto first = store.Intern(wrap, keySet, policy);
    check.Expect(first->IsMadeOf(SAMPLE_DOMAIN, mki, mtk, SampleSalt(mki, mtk), policy),
                 "the MTK and its salt");
    check.Expect(store.Intern(SAMPLE_DOMAIN, mki, mtk, SampleSalt(mki, mtk), policy) == first,
                 "who has it otherwise gets the same object");
    check.Expect(store.Intern(wrap, keySet, policy) == first, "the second UE");
    check.Equal(wrap.unwrapped, 1u, "both by one decryption");

    const auto other = [&](const char* what, const N1KeySet& changed, const SrtpPolicy& used) {
        check.Expect(store.Intern(wrap, changed, used) != first, what);
    };
    N1KeySet changed = keySet;
    changed.msk = FilledKey(3);
    other("who holds another MSK gets no key of this one", changed, policy);
    changed = keySet;
    changed.mtk->encryptedMtk[0] ^= 1;
    other("other octets", changed, policy);
    changed = keySet;
    changed.mskId = SampleMki(4, 2).msk;
    other("another name", changed, policy);
    changed = keySet;
    changed.keyDomainId = KeyDomainId{*PlmnId::From("262", "01")};
    other("another domain", changed, policy);
    other("another policy", keySet, SrtpPolicy(SrtpProfile::NULL_NULL));
    check.Equal(wrap.unwrapped, 6u, "each decrypted by itself");
    check.Expect(store.Intern(wrap, keySet, policy) == first, "still there");
    check.Equal(wrap.unwrapped, 6u, "and known");
}

void
FrameWithRubbish(Check& check)
{
    const Bytes rubbish{0x45, 0x00, 0x00};
    const MulticastFrame frame(9, Create<Packet>(rubbish.data(), 3));
    const Ptr<TrafficKey> key = Create<TrafficKey>(SAMPLE_DOMAIN,
                                                   SampleMki(1, 1),
                                                   FilledKey(1),
                                                   Salt112(),
                                                   SrtpProfile::AES_CM_128_HMAC_SHA1_80,
                                                   true);
    check.Equal(frame.GetGRnti(), 9u, "group");
    check.Equal(frame.GetPacket()->GetSize(), 3u, "packet");
    check.Expect(!frame.GetUdp(), "no UDP");
    check.Expect(!frame.GetRtp(), "no RTP");
    check.Expect(!frame.GetSrtpNames(SrtpProfile::AES_CM_128_HMAC_SHA1_80).mki, "no key name");
    check.Expect(frame.Unprotect(key, 0).status == SrtpStatus::MALFORMED, "nothing to unprotect");
    check.Expect(frame.GetMtkHeader().Error() == DecodeError::MALFORMED, "no MIKEY names");
    check.Expect(frame.OpenMtkMessage(FilledKey(1), true).Error() == MikeyError::MALFORMED,
                 "no MIKEY message");
    const MulticastFrame empty(9, Create<Packet>());
    check.Expect(!empty.GetUdp(), "an empty packet is no UDP either");
    const MulticastFrame noPayload(9, SampleIp(5004, ByteView()));
    check.Expect(noPayload.GetUdp() && !noPayload.GetRtp(), "UDP without payload is no RTP");
    check.Expect(!noPayload.GetSrtpNames(SrtpProfile::NULL_NULL).mki, "and names no key");
    check.Expect(!noPayload.GetMtkHeader(), "and is no MIKEY message");
    check.Expect(noPayload.Unprotect(key, 0).status == SrtpStatus::MALFORMED,
                 "and cannot be unprotected");
}

void
FrameUnprotectsTheSameSharedOrNot(Check& check)
{
    for (const auto profile : {SrtpProfile::AES_CM_128_HMAC_SHA1_80,
                               SrtpProfile::AES_CM_128_HMAC_SHA1_32,
                               SrtpProfile::AEAD_AES_128_GCM,
                               SrtpProfile::NULL_HMAC_SHA1_80,
                               SrtpProfile::NULL_NULL})
    {
        const std::string name = ToString(profile);
        const Mki mki = SampleMki(1, 1);
        const Salt112 salt = SampleSalt(mki, FilledKey(1));
        const Bytes rtp = SampleRtp(1);
        const Bytes srtp = SampleSrtp(mki, FilledKey(1), rtp, profile);
        const MulticastFrame frame(9, SampleIp(SAMPLE_TRAFFIC_PORT, srtp));
        check.Expect(frame.GetRtp() && frame.GetRtp()->seq == 1, name + ": RTP header");
        check.Expect(frame.GetSrtpNames(profile).mki == mki, name + ": key name");
        check.Expect(frame.GetSrtpNames(profile).mki == mki, name + ": asked again");
        const auto shared =
            Create<TrafficKey>(SAMPLE_DOMAIN, mki, FilledKey(1), salt, profile, true);
        const auto own = Create<TrafficKey>(SAMPLE_DOMAIN, mki, FilledKey(1), salt, profile, false);
        const auto a = frame.Unprotect(shared, 0);
        const auto b = frame.Unprotect(shared, 0);
        check.Expect(a.status == SrtpStatus::OK && SameBytes(a.rtp, rtp), name + ": shared");
        check.Expect(b.rtp.data() == a.rtp.data(), name + ": the second time it is not worked out");
        const auto c = frame.Unprotect(own, 0);
        check.Expect(c.status == SrtpStatus::OK && SameBytes(c.rtp, rtp), name + ": not shared");
        check.Expect(SameBytes(a.rtp, rtp), name + ": the shared result is still valid");

        const auto wrong =
            Create<TrafficKey>(SAMPLE_DOMAIN, mki, FilledKey(2), salt, profile, true);
        const auto wrongOwn =
            Create<TrafficKey>(SAMPLE_DOMAIN, mki, FilledKey(2), salt, profile, false);
        check.Expect(frame.Unprotect(wrong, 0).status == frame.Unprotect(wrongOwn, 0).status,
                     name + ": the same verdict under a wrong key");
        if (profile != SrtpProfile::NULL_NULL)
        {
            check.Expect(frame.Unprotect(wrong, 0).status == SrtpStatus::AUTH_FAILED &&
                             frame.Unprotect(wrong, 0).rtp.empty(),
                         name + ": refused");
            check.Expect(SameBytes(a.rtp, rtp) &&
                             frame.Unprotect(shared, 0).rtp.data() == a.rtp.data(),
                         name + ": the result of another key leaves the first where it was");
            check.Expect(frame.Unprotect(own, 1).status == frame.Unprotect(shared, 1).status,
                         name + ": the same verdict under another roll-over counter");
        }
    }
    const MulticastFrame frame(
        9,
        SampleIp(5004, SampleSrtp(SampleMki(1, 1), FilledKey(1), SampleRtp(1))));
    const auto mki = frame.GetSrtpNames(SrtpProfile::AES_CM_128_HMAC_SHA1_80).mki;
    check.Expect(mki != frame.GetSrtpNames(SrtpProfile::AES_CM_128_HMAC_SHA1_32).mki,
                 "another profile looks for the name elsewhere");
}

void
FrameWithMtkMessage(Check& check)
{
    const Mki mki = SampleMki(1, 4);
    const Bytes octets = SampleMtkMessage(mki, FilledKey(4), 3).Encode(FilledKey(0xaa));
    const MulticastFrame frame(9, SampleIp(SAMPLE_MIKEY_PORT, octets));
    check.Expect(frame.GetMtkHeader() && frame.GetMtkHeader()->mtkId == mki.mtk &&
                     frame.GetMtkHeader()->counter == 3,
                 "names and counter without any key");
    for (const bool shared : {true, false})
    {
        const auto& opened = frame.OpenMtkMessage(FilledKey(0xaa), shared);
        check.Expect(opened && opened->mtk == FilledKey(4), "the MTK under the right MSK");
        const auto& again = frame.OpenMtkMessage(FilledKey(0xaa), shared);
        check.Expect(again && again->mtk == FilledKey(4), "and again");
        const auto& refused = frame.OpenMtkMessage(FilledKey(0xbb), shared);
        check.Expect(refused.Error() == MikeyError::AUTH_FAILED,
                     "another MSK does not get the result of the right one");
    }
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of the radio leg */
void
AddRanTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("each cell can draw its losses by itself", CellsDrawLossesByThemselves);
    add("a radio transmitter takes the time of its closed form", TransmitterClosedForm);
    add("a radio transmitter refuses what exceeds its limit", TransmitterLimit);
    add("radio links lose as often as they say", LinksLoseWhatTheySay);
    add("signalling reaches only the UE with its RNTI, in time", SignallingReachesItsUe);
    add("signalling of a UE reaches its gNB under its RNTI", SignallingReachesTheGnb);
    add("lost signalling is sent again until it arrives", LostSignallingIsSentAgain);
    add("signalling is given up after its last retransmission", SignallingIsGivenUp);
    add("what RLC had under way to a UE that comes back is not delivered", RlcBeginsAnewInACell);
    add("the number of attempts of signalling is geometric", AttemptsAreGeometric);
    add("signalling that finds no room is given up at once", NoRoomForSignalling);
    add("signalling to an unknown RNTI is given up", UnknownRnti);
    add("what arrives at a device without a user is harmless", NobodyListensToSignalling);
    add("a group's packet reaches its listeners and nobody else", GroupReachesListeners);
    add("a group belongs to one cell", GroupsBelongToTheirCell);
    add("a group's packet is lost for each UE by itself", GroupIsLostPerUe);
    add("what became of a group's packet is told once for all UEs", VerdictsComeTogether);
    add("a group's packets wait in a limited queue", GroupQueueIsLimited);
    add("a radio device does what a NetDevice has to", NetDeviceDuties);
    add("the traffic key store gives the same object for the same key", KeyStoreShares);
    add("the traffic key store drops what nobody holds", KeyStorePrunes);
    add("the traffic key store decrypts once for all that hold the same MSK",
        KeyStoreDecryptsOnceForAll);
    add("a multicast frame of rubbish has nothing in it", FrameWithRubbish);
    add("a multicast frame is unprotected alike, shared or not", FrameUnprotectsTheSameSharedOrNot);
    add("a multicast frame opens an MTK message for the holder of the MSK", FrameWithMtkMessage);
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-radio-ears.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-cell-scheduler.h"
#include "ns3/mbs-gnb-radio-device.h"
#include "ns3/mbs-nr-phy.h"
#include "ns3/mbs-scheduled-job.h"
#include "ns3/mbs-ue-radio-device.h"

#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <cmath>

namespace ns3::mbs
{

namespace
{

/** A carrier with a scheduler, and when its packets arrive. */
struct Slots
{
    /**
     * @param numerology of the carrier
     * @param bandwidth MHz
     * @param pattern of the slots
     */
    Slots(uint32_t numerology, uint32_t bandwidth, const std::string& pattern)
        : carrier(CreateObject<NrCarrier>()),
          scheduler(CreateObject<CellScheduler>())
    {
        carrier->SetAttribute("Numerology", UintegerValue(numerology));
        carrier->SetAttribute("Bandwidth", UintegerValue(bandwidth));
        carrier->SetAttribute("TddPattern", StringValue(pattern));
        scheduler->SetCarrier(carrier);
        scheduler->SetAttribute("ProcessingDelay", TimeValue(Seconds(0)));
    }

    ~Slots()
    {
        Simulator::Destroy();
        scheduler->Dispose();
    }

    Slots(const Slots&) = delete;
    Slots& operator=(const Slots&) = delete;

    /**
     * @brief Lets a packet wait; its number is that of calls before.
     * @param traffic what it is
     * @param octets its length
     * @param mcs its scheme
     * @param direction which way
     */
    void Send(RadioTraffic traffic,
              uint32_t octets,
              uint8_t mcs = 28,
              RadioDirection direction = RadioDirection::DOWNLINK)
    {
        CellScheduler::Request request;
        request.traffic = traffic;
        request.octets = octets;
        request.repetitions = repetitions;
        request.selectMcs = [mcs](uint32_t) { return mcs; };
        const std::size_t number = arrivals.size();
        arrivals.emplace_back(-1);
        sent.emplace_back();
        request.done = [this, number](const RadioTransmission& transmission) {
            arrivals[number] = Simulator::Now();
            sent[number] = transmission;
        };
        scheduler->Enqueue(direction, std::move(request));
    }

    /** @param mcs a scheme @return octets of one packet that fill a slot */
    uint32_t FullSlot(uint8_t mcs = 28) const
    {
        return carrier->GetSizes(mcs).back() / 8 - 8;
    }

    Ptr<NrCarrier> carrier;              //!< the carrier
    Ptr<CellScheduler> scheduler;        //!< its scheduler
    uint32_t repetitions{1};             //!< of what is sent from now on
    std::vector<Time> arrivals;          //!< by packet
    std::vector<RadioTransmission> sent; //!< by packet
};

/** A packet waits for the next slot of its direction and arrives at the end of it. */
void
PacketsWaitForTheirSlot(Check& check)
{
    Slots slots(1, 40, "DDDDDDDSUU");
    slots.scheduler->SetAttribute("ProcessingDelay", TimeValue(MicroSeconds(300)));
    ScheduleJob(MicroSeconds(1200), [&slots] {
        slots.Send(RadioTraffic::DATA, 100);
        slots.Send(RadioTraffic::DATA, 100, 28, RadioDirection::UPLINK);
    });
    ScheduleJob(MicroSeconds(3500), [&slots] { slots.Send(RadioTraffic::DATA, 100); });
    Simulator::Run();
    check.Equal(slots.arrivals[0], MicroSeconds(1500 + 500 + 300), "downlink: slot 3");
    check.Equal(slots.arrivals[1], MicroSeconds(4000 + 500 + 300), "uplink: slot 8");
    check.Equal(slots.arrivals[2], MicroSeconds(5000 + 500 + 300), "the next period's slot 0");
    // Three events for the test's own, two for each packet: its slot and its arrival.
    check.Equal(Simulator::GetEventCount(), uint64_t{2 + 3 * 2}, "no slot without a packet");
}

/** As many slots as transport blocks of the standard's size need: the rate of TS 38.306. */
void
CapacityIsThatOfTheStandard(Check& check)
{
    for (const auto& [numerology, bandwidth] :
         std::initializer_list<std::pair<uint32_t, uint32_t>>{{0, 20}, {1, 100}, {3, 400}})
    {
        Slots slots(numerology, bandwidth, "DDDSU");
        const uint32_t octets = slots.FullSlot();
        const uint32_t packets = 300;
        for (uint32_t i = 0; i < packets; ++i)
        {
            slots.Send(RadioTraffic::MULTICAST, octets);
        }
        Simulator::Run();
        const Time slot = slots.carrier->GetSlotDuration();
        for (uint32_t i = 0; i < packets; ++i)
        {
            // Three slots of five are the downlink's.
            check.Equal(slots.arrivals[i], slot * (i / 3 * 5 + i % 3 + 1), "one packet per slot");
        }
        const double rate = packets * octets * 8.0 / (slot * (packets / 3 * 5)).GetSeconds();
        const double standard = 0.6 * NrMaximumDataRate(numerology,
                                                        slots.carrier->GetResourceBlocks(),
                                                        6,
                                                        1,
                                                        1.0 - 144.0 / 168);
        check.Expect(std::abs(rate / standard - 1) < 0.02, "within quantization and headers");
        check.Expect(std::abs(slots.scheduler->TakeLoad() - 1) < 0.01, "the cell was full");
    }
}

/** Small packets share a slot; each takes the least resource blocks whose block holds it. */
void
PacketsShareASlot(Check& check)
{
    Slots slots(1, 40, "F");
    const auto& sizes = slots.carrier->GetSizes(10);
    uint32_t needed = 0;
    while (sizes[needed] < (300 + 8) * 8)
    {
        ++needed;
    }
    const uint32_t perSlot = 106 / needed;
    for (uint32_t i = 0; i < perSlot; ++i)
    {
        slots.Send(RadioTraffic::DATA, 300, 10);
    }
    Simulator::Run();
    for (uint32_t i = 0; i < perSlot; ++i)
    {
        check.Equal(slots.arrivals[i], MicroSeconds(500), "all in the first slot");
        check.Equal(slots.sent[i].blocks.size(), std::size_t{1}, "one transport block each");
        check.Equal(slots.sent[i].blocks.front(), sizes[needed], "of the least size");
    }
    check.Equal(Simulator::GetEventCount(), uint64_t{2}, "one slot, one arrival for all of them");
    // All that was used of one slot of two, 1 ms after the beginning.
    ScheduleJob(MicroSeconds(500), [] {});
    Simulator::Run();
    const double expected = perSlot * needed / 106.0 / 2;
    check.Expect(std::abs(slots.scheduler->TakeLoad() - expected) < 1e-9, "the load");
    check.Expect(slots.scheduler->TakeLoad() == 0, "no time has passed");
}

/** A repeated block has its place in the next slots too; others share what is left of them. */
void
BlocksAreRepeated(Check& check)
{
    Slots slots(1, 40, "DDSU");
    slots.repetitions = 4;
    slots.Send(RadioTraffic::MULTICAST, slots.FullSlot(10) / 2, 10);
    slots.repetitions = 1;
    // Half a slot is left beside the repetitions, and all of it behind them.
    slots.Send(RadioTraffic::DATA, slots.FullSlot(10) * 2, 10);
    // A packet of two blocks, each of which is sent twice before the next.
    ScheduleJob(MilliSeconds(20), [&slots] {
        slots.repetitions = 2;
        slots.Send(RadioTraffic::MULTICAST, slots.FullSlot(10) * 2, 10);
    });
    Simulator::Run();
    // Slots 0, 1, 4 and 5 are the downlink's.
    check.Equal(slots.arrivals[0], MicroSeconds(500) * 6, "four slots of the downlink");
    check.Equal(slots.sent[0].blocks.size(), std::size_t{1}, "of one block");
    check.Equal(slots.sent[0].copies, 4U, "four copies are combined");
    const std::size_t pieces = slots.sent[1].blocks.size();
    check.Expect(pieces == 5 || pieces == 4, "pieces in the half slots that are left");
    check.Equal(slots.arrivals[2], MilliSeconds(20) + MicroSeconds(500) * 6, "twice two slots");
    check.Equal(slots.sent[2].blocks.size(), std::size_t{2}, "of two blocks");
    const auto& usage =
        slots.scheduler->GetUsage(RadioDirection::DOWNLINK, RadioTraffic::MULTICAST);
    uint64_t octets = 4 * slots.sent[0].blocks.front() / 8;
    for (const uint32_t bits : slots.sent[2].blocks)
    {
        octets += 2 * bits / 8;
    }
    check.Equal(usage.octets, octets, "octets on the air, repetitions included");
    check.Equal(usage.transmissions, uint64_t{2}, "packets");
}

/** What does not fit goes on in the next slots, with a header in each. */
void
PacketsAreSegmented(Check& check)
{
    Slots slots(0, 5, "F");
    const uint32_t slot = slots.carrier->GetSizes(0).back() / 8 - 8;
    slots.Send(RadioTraffic::DATA, slot * 3 + 1, 0);
    check.Equal(slots.scheduler->GetWaiting(RadioDirection::DOWNLINK, RadioTraffic::DATA),
                slot * 3 + 1,
                "all waits");
    Simulator::Stop(MicroSeconds(1500));
    Simulator::Run();
    check.Equal(slots.scheduler->GetWaiting(RadioDirection::DOWNLINK, RadioTraffic::DATA),
                slot + 1,
                "two slots later");
    Simulator::Run();
    check.Equal(slots.arrivals[0], MilliSeconds(4), "one octet in a fourth slot");
    check.Equal(slots.sent[0].blocks.size(), std::size_t{4}, "transport blocks");
    check.Equal(slots.scheduler->GetWaiting(RadioDirection::DOWNLINK, RadioTraffic::DATA),
                0U,
                "nothing waits");
}

/** The least number is served first; equal ones in the order in which they came. */
void
PrioritiesDecide(Check& check)
{
    {
        Slots slots(0, 20, "F");
        slots.Send(RadioTraffic::DATA, slots.FullSlot());
        slots.Send(RadioTraffic::MULTICAST, slots.FullSlot());
        slots.Send(RadioTraffic::SIGNALLING, slots.FullSlot());
        Simulator::Run();
        check.Equal(slots.arrivals[2], MilliSeconds(1), "signalling first");
        check.Equal(slots.arrivals[1], MilliSeconds(2), "then multicast");
        check.Equal(slots.arrivals[0], MilliSeconds(3), "then data");
    }
    {
        Slots slots(0, 20, "F");
        slots.scheduler->SetAttribute("SignallingPriority", UintegerValue(3));
        slots.scheduler->SetAttribute("MulticastPriority", UintegerValue(3));
        slots.Send(RadioTraffic::DATA, slots.FullSlot());
        slots.Send(RadioTraffic::MULTICAST, slots.FullSlot());
        slots.Send(RadioTraffic::SIGNALLING, slots.FullSlot());
        Simulator::Run();
        for (int64_t i = 0; i < 3; ++i)
        {
            check.Equal(slots.arrivals[static_cast<std::size_t>(i)],
                        MilliSeconds(i + 1),
                        "as they came");
        }
    }
}

/** Packets that come all at once wait for half of those before them, on average. */
void
MeanWaitOfAStorm(Check& check)
{
    Slots slots(1, 40, "F");
    const uint32_t packets = 200;
    for (uint32_t i = 0; i < packets; ++i)
    {
        slots.Send(RadioTraffic::SIGNALLING, slots.FullSlot());
    }
    Simulator::Run();
    Time sum;
    for (const Time& arrival : slots.arrivals)
    {
        sum += arrival;
    }
    check.Equal(sum, MicroSeconds(500) * (packets * (packets + 1) / 2), "sum of all delays");
}

/** What no carrier can be made of is named, with the value and the fix. */
void
CarriersThatAreNone(Check& check)
{
    const auto why = [](uint32_t numerology, uint32_t bandwidth, const std::string& pattern) {
        return Slots(numerology, bandwidth, pattern).carrier->WhyNot();
    };
    check.Equal(why(1, 100, "DSU"), "", "a good one");
    check.Equal(why(0, 100, "DSU"),
                "Bandwidth=100: there is no such channel with Numerology=0, which has 5, 10, 15, "
                "20, 25, 30, 40, 50 MHz; give one of these",
                "no 100 MHz with 15 kHz");
    check.Expect(why(1, 100, "DXU").find("TddPattern=DXU: must be") == 0, "a wrong letter");
    check.Expect(why(1, 100, "").find("TddPattern=: must have") == 0, "no slot");
    check.Expect(why(1, 100, "DDS").find("a slot of each direction") != std::string::npos,
                 "no uplink");
    Slots slots(0, 5, "F");
    check.Equal(slots.scheduler->WhyNot(*slots.carrier), "", "8 octets fit");
    const Ptr<NrCarrier> narrow = CreateObject<NrCarrier>();
    narrow->SetAttribute("Symbols", UintegerValue(2));
    const Ptr<CellScheduler> wasteful = CreateObject<CellScheduler>();
    wasteful->SetAttribute("HeaderOctets", UintegerValue(100));
    check.Expect(wasteful->WhyNot(*narrow).find("HeaderOctets=100: a slot") == 0,
                 "headers that no slot holds");
}

/** A radio link that loses with a probability, and counts how often it is asked. */
class CountingLink : public RadioLink
{
  public:
    bool IsLost(const UeRadioDevice& /* ue */, const Ptr<const Packet>& /* packet */) override
    {
        ++m_asked;
        return m_uniform->GetValue(0, 1) < m_loss;
    }

    int64_t AssignStreams(int64_t stream) override
    {
        m_uniform->SetStream(stream);
        return 1;
    }

    double m_loss{0};    //!< probability
    uint32_t m_asked{0}; //!< transmissions so far
    Ptr<UniformRandomVariable> m_uniform{CreateObject<UniformRandomVariable>()}; //!< draws
};

/** A cell with a carrier and a UE. */
struct ScheduledCell
{
    ScheduledCell()
        : link(CreateObject<CountingLink>()),
          carrier(CreateObject<NrCarrier>()),
          channel(CreateObject<RadioChannel>()),
          gnb(CreateObject<GnbRadioDevice>()),
          ue(CreateObject<UeRadioDevice>())
    {
        link->AssignStreams(7);
        carrier->SetAttribute("TddPattern", StringValue("F"));
        channel->SetAttribute("Link", PointerValue(link));
        channel->SetAttribute("Carrier", PointerValue(carrier));
        channel->AddGnb(gnb);
        channel->AddUe(ue);
        gnb->Attach(ue);
        gnb->GetScheduler()->SetAttribute("ProcessingDelay", TimeValue(Seconds(0)));
        gnb->SetSignallingCallback(MakeCallback(&ScheduledCell::AtGnb, this));
        ears.signalling = [this](Ptr<const Packet> pdu) { AtUe(pdu); };
        ears.group = [this](const MulticastFrame& frame) { GroupAtUe(frame); };
        ue->SetUser(&ears);
        gnb->TraceConnectWithoutContext("SignallingLost", MakeCallback(&ScheduledCell::Lost, this));
        gnb->TraceConnectWithoutContext("DataLost", MakeCallback(&ScheduledCell::DataLost, this));
        gnb->TraceConnectWithoutContext("GroupDropped",
                                        MakeCallback(&ScheduledCell::Dropped, this));
        ue->TraceConnectWithoutContext("SignallingLost", MakeCallback(&ScheduledCell::Lost, this));
        ue->TraceConnectWithoutContext("DataReceived", MakeCallback(&ScheduledCell::Data, this));
    }

    ~ScheduledCell()
    {
        Simulator::Destroy();
        ue->Dispose();
        gnb->Dispose();
        channel->Dispose();
    }

    ScheduledCell(const ScheduledCell&) = delete;
    ScheduledCell& operator=(const ScheduledCell&) = delete;

    void AtGnb(uint32_t /* rnti */, Ptr<const Packet> /* pdu */)
    {
        atGnb.push_back(Simulator::Now());
    }

    void AtUe(Ptr<const Packet> /* pdu */)
    {
        atUe.push_back(Simulator::Now());
    }

    void GroupAtUe(const MulticastFrame& /* frame */)
    {
        group.push_back(Simulator::Now());
    }

    void Lost(uint32_t /* who */, Ptr<const Packet> /* pdu */)
    {
        ++lost;
    }

    void DataLost(uint32_t /* who */, Ptr<const Packet> /* packet */, DataLoss cause)
    {
        causes.push_back(cause);
    }

    void Dropped(uint32_t /* gnb */, Ptr<const Packet> /* packet */)
    {
        ++dropped;
    }

    void Data(uint32_t /* ue */, Ptr<const Packet> packet)
    {
        data.push_back(packet->GetSize());
    }

    Ptr<CountingLink> link;       //!< what is lost
    Ptr<NrCarrier> carrier;       //!< the carrier
    Ptr<RadioChannel> channel;    //!< the air
    Ptr<GnbRadioDevice> gnb;      //!< the cell
    Ptr<UeRadioDevice> ue;        //!< the UE
    RadioEars ears;               //!< what it hears
    std::vector<Time> atGnb;      //!< signalling
    std::vector<Time> atUe;       //!< signalling
    std::vector<Time> group;      //!< multicast
    std::vector<uint32_t> data;   //!< lengths of packets, in order
    std::vector<DataLoss> causes; //!< of data
    uint32_t lost{0};             //!< signalling
    uint32_t dropped{0};          //!< multicast
};

/** Both directions, a group, and the wait for a grant, to the microsecond. */
void
ScheduledDevices(Check& check)
{
    ScheduledCell cell;
    cell.channel->Listen(cell.ue, 5);
    cell.gnb->SendToUe(1, Create<Packet>(100));
    cell.gnb->SendToGroup(5, Create<Packet>(100));
    cell.ue->SendToGnb(Create<Packet>(100));
    Simulator::Run();
    check.Equal(cell.atUe.at(0), MicroSeconds(500), "signalling to the UE");
    check.Equal(cell.group.at(0), MicroSeconds(500), "multicast in the same slot");
    check.Equal(cell.atGnb.at(0), MicroSeconds(5500), "5 ms until the grant");
}

/** HARQ and RLC: the number of transmissions until one arrives is geometric. */
void
RetransmissionsAreGeometric(Check& check)
{
    for (const double loss : {0.1, 0.5})
    {
        ScheduledCell cell;
        cell.link->m_loss = loss;
        const uint32_t packets = 2000;
        for (uint32_t i = 0; i < packets; ++i)
        {
            cell.gnb->SendToUe(1, Create<Packet>(50));
        }
        Simulator::Run();
        check.Equal(cell.atUe.size() + cell.lost, std::size_t{packets}, "each has one fate");
        // At most 4 transmissions by HARQ, for each of 9 by RLC.
        const double mean = (1 - std::pow(loss, 36)) / (1 - loss);
        const double deviation = std::sqrt(loss) / (1 - loss) / std::sqrt(packets);
        check.Expect(std::abs(cell.link->m_asked / double{packets} - mean) < 4 * deviation,
                     "mean number of transmissions");
    }
}

/** A PDU that is always lost: how often it is sent and when it is given up. */
void
RetransmissionsAreBounded(Check& check)
{
    ScheduledCell cell;
    cell.link->m_loss = 1;
    cell.gnb->SetAttribute("SignallingRetransmissions", UintegerValue(2));
    cell.ue->SetAttribute("SignallingRetransmissions", UintegerValue(1));
    cell.gnb->SendToUe(1, Create<Packet>(50));
    Simulator::Run();
    check.Equal(cell.link->m_asked, 3U * 4U, "RLC's three times HARQ's four");
    check.Equal(cell.lost, 1U, "given up");
    // A slot each; 2 ms and an idle half slot are a multiple of slots between them.
    check.Equal(Simulator::Now(),
                MicroSeconds(500) * 12 + MilliSeconds(2) * 9 + MilliSeconds(10) * 2,
                "three rounds of four");
    cell.link->m_asked = 0;
    cell.ue->SendToGnb(Create<Packet>(50));
    Simulator::Run();
    check.Equal(cell.link->m_asked, 2U * 4U, "uplink: RLC's twice HARQ's four");
    check.Equal(cell.lost, 2U, "given up");
}

/** A UE that comes back does not get what HARQ or RLC has under way. */
void
ScheduledRlcBeginsAnew(Check& check)
{
    for (const int64_t back : {200, 700, 1700, 3000, 15000})
    {
        ScheduledCell cell;
        cell.ue->SetInCoverage(false);
        cell.gnb->SendToUe(1, Create<Packet>(50));
        ScheduleJob(MicroSeconds(back), [&cell] {
            cell.gnb->Attach(cell.ue);
            cell.ue->SetInCoverage(true);
        });
        Simulator::Run();
        const std::string when = std::to_string(back) + " us: ";
        check.Equal(cell.atUe.size(), std::size_t{0}, when + "nothing of before arrives");
        check.Equal(cell.lost, 1U, when + "it is given up");
        cell.gnb->SendToUe(1, Create<Packet>(50));
        Simulator::Run();
        check.Equal(cell.atUe.size(), std::size_t{1}, when + "the next one arrives");
    }
}

/** What finds no room in a queue is dropped, in each queue for itself. */
void
QueuesHaveLimits(Check& check)
{
    ScheduledCell cell;
    cell.gnb->SetAttribute("QueueLimit", UintegerValue(1000));
    cell.ue->SetAttribute("QueueLimit", UintegerValue(1000));
    for (int i = 0; i < 3; ++i)
    {
        cell.gnb->SendToGroup(5, Create<Packet>(500));
        cell.gnb->SendToUe(1, Create<Packet>(500));
        cell.gnb->SendData(1, Create<Packet>(500));
        cell.ue->SendToGnb(Create<Packet>(500));
    }
    check.Equal(cell.dropped, 1U, "multicast: the third");
    check.Equal(cell.lost, 2U, "signalling: the third of each direction");
    check.Equal(cell.causes.size(), std::size_t{1}, "data: the third");
    check.Expect(cell.causes.at(0) == DataLoss::QUEUE, "for want of room");
    Simulator::Run();
    check.Equal(cell.atUe.size(), std::size_t{2}, "the others arrive");
    check.Equal(cell.atGnb.size(), std::size_t{2}, "the others arrive");
    cell.ue->SendToGnb(Create<Packet>(1000));
    check.Equal(cell.lost, 2U, "there is room again");
    cell.gnb->SendToUe(99, Create<Packet>(10));
    check.Equal(cell.lost, 3U, "nobody has this RNTI");
}

/** Data that HARQ sends again is put in order, in either mode of RLC. */
void
ScheduledDataKeepsItsOrder(Check& check)
{
    for (const uint32_t retransmissions : {0U, 8U})
    {
        ScheduledCell cell;
        cell.link->m_loss = 0.3;
        cell.gnb->SetAttribute("DataRetransmissions", UintegerValue(retransmissions));
        for (uint32_t i = 0; i < 100; ++i)
        {
            cell.gnb->SendData(1, Create<Packet>(100 + i));
        }
        Simulator::Run();
        check.Expect(std::is_sorted(cell.data.begin(), cell.data.end()), "in order");
        check.Equal(cell.data.size() + cell.causes.size(), std::size_t{100}, "each has one fate");
    }
}

} // namespace

/** @param suite gets the tests of the scheduler */
void
AddCellSchedulerTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("a packet waits for the next slot of its direction", PacketsWaitForTheirSlot);
    add("a cell's capacity is that of TS 38.306 and its share", CapacityIsThatOfTheStandard);
    add("small packets share a slot and its arrival", PacketsShareASlot);
    add("a repeated block has its place in the next slots too", BlocksAreRepeated);
    add("a packet that is too large goes on in the next slots", PacketsAreSegmented);
    add("priorities of traffic decide who is served first", PrioritiesDecide);
    add("packets of a storm wait for those before them", MeanWaitOfAStorm);
    add("carriers that do not exist are refused with the fix", CarriersThatAreNone);
    add("devices with a carrier send in slots", ScheduledDevices);
    add("the number of HARQ and RLC transmissions is geometric", RetransmissionsAreGeometric);
    add("HARQ and RLC give up after their bounds", RetransmissionsAreBounded);
    add("what HARQ and RLC have under way to a UE that comes back is not delivered",
        ScheduledRlcBeginsAnew);
    add("queues before slots have limits of their own", QueuesHaveLimits);
    add("data that HARQ sends again keeps its order", ScheduledDataKeepsItsOrder);
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-radio-ears.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-gnb-radio-device.h"
#include "ns3/mbs-rrc.h"
#include "ns3/mbs-scheduled-job.h"
#include "ns3/mbs-ue-radio-device.h"

#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** The group of all tests. */
constexpr uint16_t GROUP = 5;

/** Loses each transmission with a probability, or what a test says. */
class LossyLink : public RadioLink
{
  public:
    bool IsLost(const UeRadioDevice& ue, const Ptr<const Packet>& packet) override
    {
        ++asked;
        return script ? script(ue.GetUe(), packet) : m_uniform->GetValue(0, 1) < loss;
    }

    int64_t AssignStreams(int64_t stream) override
    {
        m_uniform->SetStream(stream);
        return 1;
    }

    double loss{0};    //!< probability
    uint64_t asked{0}; //!< transmissions so far, by UE
    std::function<bool(uint32_t ue, const Ptr<const Packet>& packet)> script; //!< in its place

  private:
    Ptr<UniformRandomVariable> m_uniform{CreateObject<UniformRandomVariable>()}; //!< draws
};

/** Names and values of attributes of a MulticastRadioBearer. */
using Attributes = std::vector<std::pair<std::string, std::string>>;

/** A cell with UEs that listen to the group, and what they got of its packets. */
struct GroupCell
{
    /**
     * @param count of UEs
     * @param attributes of the bearer
     * @param slots true for a carrier of which every slot is the downlink's
     */
    GroupCell(uint32_t count, const Attributes& attributes, bool slots = true)
        : link(CreateObject<LossyLink>()),
          channel(CreateObject<RadioChannel>()),
          gnb(CreateObject<GnbRadioDevice>())
    {
        link->AssignStreams(7);
        channel->SetAttribute("Link", PointerValue(link));
        if (slots)
        {
            const Ptr<NrCarrier> carrier = CreateObject<NrCarrier>();
            carrier->SetAttribute("TddPattern", StringValue("F"));
            channel->SetAttribute("Carrier", PointerValue(carrier));
        }
        channel->AddGnb(gnb);
        gnb->SetAttribute("QueueLimit", UintegerValue(1000000000));
        if (slots)
        {
            gnb->GetScheduler()->SetAttribute("ProcessingDelay", TimeValue(Seconds(0)));
        }
        for (const auto& [name, value] : attributes)
        {
            gnb->GetBearer(GROUP)->SetAttribute(name, StringValue(value));
        }
        channel->TraceConnectWithoutContext("GroupLost", MakeCallback(&GroupCell::Lost, this));
        channel->TraceConnectWithoutContext("GroupAwaited",
                                            MakeCallback(&GroupCell::Awaited, this));
        gnb->TraceConnectWithoutContext("PtpDropped", MakeCallback(&GroupCell::Dropped, this));
        ears.resize(count);
        for (uint32_t i = 0; i < count; ++i)
        {
            const Ptr<UeRadioDevice> ue = CreateObject<UeRadioDevice>();
            ue->SetUe(i);
            channel->AddUe(ue);
            gnb->Attach(ue);
            ears[i].group = [this, i](const MulticastFrame& frame) { Received(i, frame); };
            ue->SetUser(&ears[i]);
            channel->Listen(ue, GROUP);
            ues.push_back(ue);
        }
        received.resize(count);
        lost.resize(count);
    }

    ~GroupCell()
    {
        Simulator::Destroy();
        for (const auto& ue : ues)
        {
            ue->Dispose();
        }
        gnb->Dispose();
        channel->Dispose();
    }

    GroupCell(const GroupCell&) = delete;
    GroupCell& operator=(const GroupCell&) = delete;

    /** @brief Sends a packet to the group. @param octets its length */
    void Send(uint32_t octets = 100)
    {
        const Ptr<const Packet> packet = Create<Packet>(octets);
        sent.push_back(packet->GetUid());
        gnb->SendToGroup(GROUP, packet);
    }

    /** @brief Sends packets, one each interval. @param packets how many @param interval between */
    void SendEach(uint32_t packets, Time interval)
    {
        for (uint32_t i = 0; i < packets; ++i)
        {
            ScheduleJob(interval * i, [this] { Send(); });
        }
    }

    void Received(uint32_t ue, const MulticastFrame& frame)
    {
        received[ue].push_back(frame.GetPacket()->GetUid());
        at.push_back(Simulator::Now());
    }

    void Lost(uint32_t ue, Ptr<const Packet> packet)
    {
        lost[ue].push_back(packet->GetUid());
    }

    void Awaited(uint32_t /* ue */, Ptr<const Packet> /* packet */)
    {
        ++awaited;
    }

    void Dropped(uint32_t /* gnb */, uint32_t ue, Ptr<const Packet> /* packet */)
    {
        dropped.push_back(ue);
    }

    /** @param traffic a kind @return what the downlink carried of it */
    const CellScheduler::Usage& Usage(RadioTraffic traffic) const
    {
        return gnb->GetScheduler()->GetUsage(RadioDirection::DOWNLINK, traffic);
    }

    /** @return what the bearer did */
    const MulticastRadioBearer::Counts& Counts() const
    {
        return gnb->GetBearer(GROUP)->GetCounts();
    }

    Ptr<LossyLink> link;                         //!< what is lost
    Ptr<RadioChannel> channel;                   //!< the air
    Ptr<GnbRadioDevice> gnb;                     //!< the cell
    std::vector<Ptr<UeRadioDevice>> ues;         //!< its UEs
    std::vector<RadioEars> ears;                 //!< what they hear
    std::vector<uint64_t> sent;                  //!< uids, in order
    std::vector<std::vector<uint64_t>> received; //!< uids, by UE
    std::vector<std::vector<uint64_t>> lost;     //!< uids, by UE
    std::vector<Time> at;                        //!< when something was received
    uint32_t awaited{0};                         //!< GroupAwaited
    std::vector<uint32_t> dropped;               //!< PtpDropped
};

/** @param probability of an event @param count of trials @return four standard deviations */
double
Tolerance(double probability, double count)
{
    return 4 * std::sqrt(probability * (1 - probability) / count) + 1e-9;
}

/** One transmission for all, or one for each: what it costs and what the UEs get. */
void
LegsCostWhatTheySend(Check& check)
{
    for (const bool slots : {true, false})
    {
        GroupCell ptm(4, {}, slots);
        ptm.SendEach(10, MilliSeconds(1));
        Simulator::Run();
        check.Equal(ptm.Counts().ptmPackets, uint64_t{10}, "PTM: once each");
        check.Equal(ptm.Counts().ptpCopies, uint64_t{0}, "PTM: no copies");
        check.Equal(ptm.awaited, 0U, "PTM: nobody is apart");
        check.Expect(ptm.received == std::vector<std::vector<uint64_t>>(4, ptm.sent), "all, PTM");
        ptm.ues[0]->GetRadioChannel()->SettleGroupCounts();
        check.Equal(ptm.ues[0]->GetGroupCounts().ptmReceived, uint64_t{10}, "counted, PTM");

        GroupCell ptp(4, {{"Delivery", "ptp"}}, slots);
        ptp.SendEach(10, MilliSeconds(1));
        Simulator::Run();
        check.Equal(ptp.Counts().ptpPackets, uint64_t{10}, "PTP: as many packets");
        check.Equal(ptp.Counts().ptpCopies, uint64_t{40}, "PTP: four copies of each");
        check.Expect(ptp.received == std::vector<std::vector<uint64_t>>(4, ptp.sent), "all, PTP");
        check.Equal(ptp.ues[3]->GetGroupCounts().ptpReceived, uint64_t{10}, "counted, PTP");
        if (slots)
        {
            check.Equal(ptp.Usage(RadioTraffic::MULTICAST).blocks,
                        uint64_t{0},
                        "none to the group");
            check.Equal(ptp.Usage(RadioTraffic::POINT_TO_POINT).blocks,
                        4 * ptm.Usage(RadioTraffic::MULTICAST).blocks,
                        "four times the resource blocks, as all have the same scheme");
            check.Equal(ptp.Usage(RadioTraffic::POINT_TO_POINT).octets,
                        4 * ptm.Usage(RadioTraffic::MULTICAST).octets,
                        "and octets");
        }
    }
}

/** PTP has the HARQ and RLC of unicast: how often a copy is sent, and what is lost. */
void
PtpIsSentAgain(Check& check)
{
    const uint32_t packets = 2000;
    const double loss = 0.4;
    GroupCell cell(2, {{"Delivery", "ptp"}, {"PtpRetransmissions", "1"}});
    cell.gnb->GetScheduler()->SetAttribute("HarqTransmissions", UintegerValue(2));
    cell.link->loss = loss;
    cell.SendEach(packets, MilliSeconds(2));
    Simulator::Run();
    // At most two transmissions of HARQ in each of two of RLC.
    double mean = 0;
    for (int i = 0; i < 4; ++i)
    {
        mean += std::pow(loss, i);
    }
    check.Expect(std::abs(cell.link->asked / (2.0 * packets) - mean) < 0.08, "mean number");
    const double given = std::pow(loss, 4);
    for (uint32_t ue = 0; ue < 2; ++ue)
    {
        check.Equal(cell.received[ue].size() + cell.lost[ue].size(),
                    std::size_t{packets},
                    "each packet has one fate");
        check.Expect(std::abs(cell.lost[ue].size() / double{packets} - given) <
                         Tolerance(given, packets),
                     "what is given up");
        check.Expect(std::is_sorted(cell.received[ue].begin(), cell.received[ue].end()),
                     "in order again");
        check.Equal(cell.ues[ue]->GetGroupCounts().ptpLost, cell.lost[ue].size(), "counted");
    }

    // A cell without slots has no HARQ: RLC alone.
    GroupCell plain(1, {{"Delivery", "ptp"}, {"PtpRetransmissions", "2"}}, false);
    plain.link->loss = 1;
    plain.Send();
    Simulator::Run();
    check.Equal(plain.link->asked, uint64_t{3}, "three times");
    check.Equal(plain.lost[0].size(), std::size_t{1}, "then given up");
}

/** With auto the number of UEs decides, with hysteresis in both directions. */
void
NumberOfUesDecides(Check& check)
{
    GroupCell cell(6, {{"Delivery", "auto"}, {"SwitchThreshold", "3"}, {"SwitchHysteresis", "1"}});
    const auto legWith = [&cell](uint32_t count) {
        for (uint32_t i = 0; i < 6; ++i)
        {
            if (i < count)
            {
                cell.channel->Listen(cell.ues[i], GROUP);
            }
            else
            {
                cell.channel->StopListening(cell.ues[i], GROUP);
            }
        }
        cell.Send();
        Simulator::Run();
        return cell.gnb->GetBearer(GROUP)->IsPointToPoint();
    };
    const std::pair<uint32_t, bool> expected[]{{6, false},
                                               {3, false}, // one fewer than the threshold is needed
                                               {2, true},
                                               {3, true},
                                               {4, true}, // one more than the threshold is not
                                               {5, false},
                                               {3, false},
                                               {1, true}};
    for (const auto& [count, ptp] : expected)
    {
        check.Equal(legWith(count), ptp, std::to_string(count) + " UEs");
    }
    check.Equal(cell.Counts().switches, uint64_t{3}, "changes of the leg");
    GroupCell first(3, {{"Delivery", "auto"}, {"SwitchThreshold", "3"}});
    first.Send();
    check.Expect(first.gnb->GetBearer(GROUP)->IsPointToPoint(), "no hysteresis at first");
}

/** While UEs come and go, HARQ is at work and legs change, who stays gets each packet once. */
void
SwitchesLoseAndDoubleNothing(Check& check)
{
    GroupCell cell(5,
                   {{"Delivery", "auto"},
                    {"SwitchThreshold", "3"},
                    {"SwitchHysteresis", "0"},
                    {"Harq", "nack-only"},
                    {"HarqTransmissions", "32"},
                    {"PtpRetransmissions", "8"},
                    {"TReordering", "1s"}});
    cell.link->loss = 0.4;
    cell.SendEach(2000, MicroSeconds(700));
    for (uint32_t i = 0; i < 40; ++i)
    {
        ScheduleJob(MilliSeconds(30 * i + 7), [&cell, i] {
            for (const uint32_t ue : {3, 4})
            {
                if (i % 2 == 0)
                {
                    cell.channel->StopListening(cell.ues[ue], GROUP);
                }
                else
                {
                    cell.channel->Listen(cell.ues[ue], GROUP);
                }
            }
        });
    }
    Simulator::Run();
    check.Equal(cell.Counts().switches, uint64_t{40}, "a change of the leg each time");
    check.Expect(cell.Counts().ptmPackets > 500 && cell.Counts().ptpPackets > 500, "both legs");
    for (uint32_t ue = 0; ue < 3; ++ue)
    {
        check.Expect(cell.received[ue] == cell.sent, "each packet once and in order");
        check.Expect(cell.lost[ue].empty(), "none lost");
    }
    for (uint32_t ue = 3; ue < 5; ++ue)
    {
        check.Expect(std::is_sorted(cell.received[ue].begin(), cell.received[ue].end()) &&
                         std::adjacent_find(cell.received[ue].begin(), cell.received[ue].end()) ==
                             cell.received[ue].end(),
                     "who comes and goes gets nothing twice either");
    }
}

/** How often a packet goes to the group, and what UEs lose, as many independent losses say. */
void
GroupHarqClosedForm(Check& check)
{
    const uint32_t packets = 3000;
    for (const uint32_t ues : {1, 8})
    {
        for (const uint32_t bound : {1, 3})
        {
            for (const std::string harq : {"nack-only", "ack-nack"})
            {
                const double loss = 0.3;
                GroupCell cell(ues, {{"Harq", harq}, {"HarqTransmissions", std::to_string(bound)}});
                cell.link->loss = loss;
                cell.SendEach(packets, MilliSeconds(1));
                Simulator::Run();
                // Transmission n + 1 is made if any UE missed the n before.
                double mean = 0;
                double answers = 0;
                for (uint32_t n = 0; n < bound; ++n)
                {
                    const double still = std::pow(loss, n);
                    mean += 1 - std::pow(1 - still, ues);
                    answers += ues * still;
                }
                const double measured =
                    static_cast<double>(cell.Usage(RadioTraffic::MULTICAST).transmissions) /
                    packets;
                check.Expect(std::abs(measured - mean) < 4 * std::sqrt(bound / 4.0 / packets),
                             "transmissions: " + std::to_string(measured) + " and " +
                                 std::to_string(mean));
                check.Equal(cell.Counts().ptmPackets + cell.Counts().ptmRetransmissions,
                            cell.Usage(RadioTraffic::MULTICAST).transmissions,
                            "counted");
                const double feedback = cell.Counts().feedback / double{packets};
                const double expected = harq == "ack-nack" ? answers : measured;
                check.Expect(std::abs(feedback - expected) < 0.05 * expected,
                             harq + ": resources of the uplink " + std::to_string(feedback));
                uint64_t lost = 0;
                for (uint32_t ue = 0; ue < ues; ++ue)
                {
                    lost += cell.lost[ue].size();
                    check.Equal(cell.received[ue].size() + cell.lost[ue].size(),
                                std::size_t{packets},
                                "each packet has one fate");
                    check.Expect(std::is_sorted(cell.received[ue].begin(), cell.received[ue].end()),
                                 "in order");
                }
                const double rate = std::pow(loss, bound);
                check.Expect(std::abs(lost / double{packets} / ues - rate) <
                                 Tolerance(rate, packets * ues),
                             "what is lost for good");
            }
        }
    }
}

/** With ack-nack few UEs that miss a packet get it alone; with nack-only nobody knows who. */
void
FewAreServedAlone(Check& check)
{
    for (const std::string harq : {"nack-only", "ack-nack"})
    {
        GroupCell cell(4, {{"Harq", harq}, {"UnicastRetransmissionUes", "1"}});
        // UE 2 misses the first packet once, UEs 1 and 3 the second once.
        std::set<std::pair<uint32_t, uint64_t>> missed;
        cell.link->script = [&](uint32_t ue, const Ptr<const Packet>& packet) {
            const bool first = packet->GetUid() == cell.sent.front();
            return (first ? ue == 2 : ue % 2 == 1) && missed.insert({ue, packet->GetUid()}).second;
        };
        cell.Send();
        Simulator::Run();
        const bool alone = harq == "ack-nack";
        check.Equal(cell.Counts().ptpRetransmissions, uint64_t{alone ? 1U : 0U}, harq + ": alone");
        check.Equal(cell.Counts().ptmRetransmissions, uint64_t{alone ? 0U : 1U}, harq + ": to all");
        check.Equal(cell.Usage(RadioTraffic::POINT_TO_POINT).transmissions,
                    cell.Counts().ptpRetransmissions,
                    "in slots of PTP");
        cell.Send();
        Simulator::Run();
        check.Equal(cell.Counts().ptmRetransmissions,
                    uint64_t{alone ? 1U : 2U},
                    "two UEs are too many");
        check.Expect(cell.received == std::vector<std::vector<uint64_t>>(4, cell.sent),
                     "all have all, once");
    }
}

/** Repetitions without feedback: p to the power of n is lost, in n slots. */
void
RepetitionsWithoutFeedback(Check& check)
{
    const uint32_t packets = 4000;
    for (const bool slots : {true, false})
    {
        for (const uint32_t repetitions : {1, 2, 4})
        {
            GroupCell cell(2, {{"Repetitions", std::to_string(repetitions)}}, slots);
            cell.link->loss = 0.5;
            cell.SendEach(packets, MilliSeconds(4));
            Simulator::Run();
            const double rate = std::pow(0.5, repetitions);
            for (uint32_t ue = 0; ue < 2; ++ue)
            {
                check.Expect(std::abs(cell.lost[ue].size() / double{packets} - rate) <
                                 Tolerance(rate, packets),
                             std::to_string(repetitions) + " repetitions");
            }
        }
    }
    // Of a constant rate: each takes its time. 125 octets at 1 Mbit/s are 1 ms.
    GroupCell cell(1, {{"Repetitions", "4"}}, false);
    cell.gnb->SetAttribute("DataRate", StringValue("1Mbps"));
    cell.Send(125);
    Simulator::Run();
    check.Equal(cell.at.at(0), MilliSeconds(4) + cell.channel->GetDelay(), "four milliseconds");
}

/** A packet that comes when nobody waits for it any more is lost, and so is what has no room. */
void
LateAndWithoutRoom(Check& check)
{
    GroupCell late(1, {{"Harq", "nack-only"}, {"HarqTransmissions", "30"}, {"TReordering", "5ms"}});
    late.link->script = [&late](uint32_t, const Ptr<const Packet>& packet) {
        return packet->GetUid() == late.sent.front() && Simulator::Now() < MilliSeconds(20);
    };
    late.SendEach(4, MilliSeconds(1));
    Simulator::Run();
    check.Equal(late.received[0].size(), std::size_t{3}, "the others were handed on");
    check.Expect(late.lost[0] == std::vector<uint64_t>(1, late.sent.front()), "too late");
    // The second packet had the slot that begins at 1 ms.
    check.Equal(late.at.at(0), MicroSeconds(1500) + MilliSeconds(5), "after t-Reordering");

    GroupCell full(3, {{"Delivery", "ptp"}});
    full.gnb->SetAttribute("MulticastQueueLimit", UintegerValue(250));
    full.Send();
    Simulator::Run();
    check.Expect(full.dropped == std::vector<uint32_t>(1, 2), "no room for the third copy");
    check.Equal(full.received[0].size() + full.received[1].size(), std::size_t{2}, "the others");

    // The queue fills between a transmission and its repetition.
    GroupCell again(1, {{"Harq", "nack-only"}});
    again.link->loss = 1;
    again.Send();
    ScheduleJob(MilliSeconds(1),
                [&again] { again.gnb->SetAttribute("QueueLimit", UintegerValue(50)); });
    Simulator::Run();
    check.Expect(again.dropped == std::vector<uint32_t>(1, 0), "no room to send it again");
    again.gnb->SetAttribute("QueueLimit", UintegerValue(50));
    again.Send();
    check.Equal(again.Counts().ptmPackets, uint64_t{1}, "nor for the next one");
}

/** In RRC_INACTIVE there is neither a C-RNTI for PTP nor an uplink for feedback. */
void
SleepersHearTheGroupAlone(Check& check)
{
    GroupCell ptp(3, {{"Delivery", "ptp"}});
    ptp.gnb->SetAsleep(2, true);
    ptp.Send();
    Simulator::Run();
    check.Equal(ptp.Counts().ptmPackets, uint64_t{1}, "PTM while one sleeps");
    ptp.gnb->SetAsleep(2, false);
    ptp.Send();
    Simulator::Run();
    check.Equal(ptp.Counts().ptpCopies, uint64_t{3}, "PTP when it is awake");
    check.Expect(ptp.received == std::vector<std::vector<uint64_t>>(3, ptp.sent), "all have all");

    // UE 0 sleeps, UE 1 does not. Which of them miss the first transmission of a packet:
    for (const std::string harq : {"nack-only", "ack-nack"})
    {
        GroupCell cell(2, {{"Harq", harq}, {"UnicastRetransmissionUes", "1"}});
        cell.gnb->SetAsleep(1, true);
        std::vector<uint32_t> missing;
        std::set<uint32_t> missed;
        cell.link->script = [&](uint32_t ue, const Ptr<const Packet>& /* packet */) {
            return std::count(missing.begin(), missing.end(), ue) > 0 && missed.insert(ue).second;
        };
        const auto send = [&](const std::vector<uint32_t>& who) {
            missing = who;
            missed.clear();
            cell.Send();
            Simulator::Run();
        };
        send({0});
        check.Equal(cell.lost[0].size(), std::size_t{1}, harq + ": nobody asks for it");
        check.Equal(cell.Counts().ptmRetransmissions, uint64_t{0}, harq + ": not sent again");
        check.Equal(cell.Counts().feedback, uint64_t{1}, harq + ": one UE answers");
        send({0, 1});
        // For one UE awake that lacks it ack-nack has PTP, which the other does not hear.
        const bool alone = harq == "ack-nack";
        check.Equal(cell.Counts().ptpRetransmissions, uint64_t{alone ? 1U : 0U}, harq + ": alone");
        check.Equal(cell.lost[0].size(), std::size_t{alone ? 2U : 1U}, harq + ": the sleeper");
        check.Expect(cell.received[1] == cell.sent, harq + ": the other has all");
    }
}

/** Who stops to listen is not sent to any more, and who begins is not given what was before. */
void
ComingAndGoing(Check& check)
{
    for (const std::string harq : {"nack-only", "ack-nack"})
    {
        GroupCell cell(2, {{"Harq", harq}, {"UnicastRetransmissionUes", "1"}});
        cell.link->loss = 1;
        cell.Send();
        ScheduleJob(MilliSeconds(1), [&cell] {
            cell.channel->StopListening(cell.ues[0], GROUP);
            cell.channel->StopListening(cell.ues[1], GROUP);
        });
        Simulator::Run();
        check.Equal(cell.link->asked, uint64_t{2}, harq + ": nothing is sent to nobody");
        check.Expect(cell.lost == std::vector<std::vector<uint64_t>>(2, cell.sent),
                     harq + ": who stopped has lost it");
    }
    GroupCell ptp(1, {{"Delivery", "ptp"}});
    ptp.link->loss = 1;
    ptp.Send();
    ScheduleJob(MilliSeconds(1), [&ptp] {
        ptp.link->loss = 0;
        ptp.channel->StopListening(ptp.ues[0], GROUP);
        ptp.channel->Listen(ptp.ues[0], GROUP);
        ptp.Send();
    });
    Simulator::Run();
    check.Expect(ptp.received[0] == std::vector<uint64_t>(1, ptp.sent.back()),
                 "only what was sent since");
    check.Expect(ptp.lost[0] == std::vector<uint64_t>(1, ptp.sent.front()),
                 "the rest is of no use");

    // Packet 0 is under way to the UE and the others wait for it when the UE stops.
    for (const std::string harq : {"nack-only", "ack-nack"})
    {
        GroupCell waits(2, {{"Harq", harq}, {"TReordering", "1s"}});
        waits.link->script = [&waits](uint32_t ue, const Ptr<const Packet>& packet) {
            return ue == 0 && packet->GetUid() == waits.sent.front();
        };
        waits.SendEach(3, MicroSeconds(600));
        ScheduleJob(MilliSeconds(3),
                    [&waits] { waits.channel->StopListening(waits.ues[0], GROUP); });
        Simulator::Run();
        check.Expect(waits.received[0] ==
                         std::vector<uint64_t>(waits.sent.begin() + 1, waits.sent.end()),
                     harq + ": what waited is handed on");
        check.Expect(waits.lost[0] == std::vector<uint64_t>(1, waits.sent.front()),
                     harq + ": what was under way is lost");
        check.Equal(waits.received[1].size(), std::size_t{3}, harq + ": the other UE has all");
    }
    GroupCell gone(1, {{"Delivery", "ptp"}});
    gone.Send();
    gone.channel->StopListening(gone.ues[0], GROUP);
    Simulator::Run();
    check.Expect(gone.received[0].empty() && gone.lost[0] == gone.sent, "so is a copy by PTP");
    check.Equal(gone.link->asked, uint64_t{0}, "which nobody looks for");
}

/** Broadcast is for UEs in any state: it goes to the group once, whatever attributes say. */
void
BroadcastGoesByPtmAlone(Check& check)
{
    for (const bool mcch : {false, true})
    {
        GroupCell cell(3, {{"Delivery", "ptp"}, {"Harq", "ack-nack"}});
        const uint16_t group = mcch ? MCCH_RNTI : GROUP;
        const Ptr<MulticastRadioBearer> bearer = cell.gnb->GetBearer(group);
        bearer->SetAttribute("Delivery", StringValue("ptp"));
        bearer->SetAttribute("Harq", StringValue("ack-nack"));
        if (!mcch)
        {
            bearer->SetBroadcast();
        }
        check.Expect(!bearer->KeepsOrder(), "packets have no numbers");
        cell.link->loss = 1;
        cell.gnb->SendToGroup(group, Create<Packet>(100));
        Simulator::Run();
        check.Equal(bearer->GetCounts().ptmPackets, uint64_t{1}, "one transmission");
        check.Equal(bearer->GetCounts().ptpCopies + bearer->GetCounts().ptmRetransmissions +
                        bearer->GetCounts().feedback,
                    uint64_t{0},
                    "no copies, no HARQ");
    }
}

} // namespace

/** @param suite gets the tests of multicast radio bearers */
void
AddMulticastRadioBearerTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("PTM costs one transmission, PTP one for each UE", LegsCostWhatTheySend);
    add("PTP has HARQ and RLC of unicast", PtpIsSentAgain);
    add("the number of UEs decides between PTM and PTP, with hysteresis", NumberOfUesDecides);
    add("a switch between PTM and PTP loses and doubles nothing", SwitchesLoseAndDoubleNothing);
    add("HARQ of a group: transmissions, feedback and loss are those of the closed forms",
        GroupHarqClosedForm);
    add("few UEs that miss a packet get it alone with ack-nack", FewAreServedAlone);
    add("repetitions without feedback lose p to the power of n", RepetitionsWithoutFeedback);
    add("multicast that comes too late or finds no room is lost", LateAndWithoutRoom);
    add("UEs in RRC_INACTIVE get multicast by PTM alone and give no feedback",
        SleepersHearTheGroupAlone);
    add("UEs that come and go during HARQ of a group", ComingAndGoing);
    add("broadcast goes by PTM alone, without HARQ", BroadcastGoesByPtmAlone);
}

} // namespace ns3::mbs

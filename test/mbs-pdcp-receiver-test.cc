// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"
#include "mbs-transport-topology.h"

#include "ns3/mbs-pdcp-receiver.h"

#include "ns3/simulator.h"

#include <string>
#include <utility>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** A receiver, and what came out of it. */
struct LoneReceiver
{
    /** @param tReordering of the receiver */
    explicit LoneReceiver(Time tReordering = MilliSeconds(100))
        : receiver(
              tReordering,
              [this](Ptr<const Packet> packet) {
                  order += std::to_string(packet->GetSize()) + " ";
                  last = Simulator::Now();
              },
              [this](Ptr<const Packet> packet) {
                  discarded += std::to_string(packet->GetSize()) + " ";
              })
    {
    }

    ~LoneReceiver()
    {
        Simulator::Destroy();
    }

    LoneReceiver(const LoneReceiver&) = delete;
    LoneReceiver& operator=(const LoneReceiver&) = delete;

    /** @param milliseconds when @param count of a packet, which also has that many octets */
    void At(int64_t milliseconds, uint32_t count)
    {
        mbs::At(MilliSeconds(milliseconds),
                [this, count] { receiver.Receive(count, Create<Packet>(count)); });
    }

    PdcpReceiver receiver; //!< under test
    std::string order;     //!< what was delivered
    std::string discarded; //!< what was not
    Time last;             //!< when something was delivered last
};

void
InOrderAtOnce(Check& check)
{
    LoneReceiver lone;
    for (uint32_t i = 0; i < 5; ++i)
    {
        lone.At(10 + i, i);
    }
    Simulator::Run();
    check.Equal(lone.order, "0 1 2 3 4 ", "in order");
    check.Equal(lone.last, MilliSeconds(14), "without delay");
    check.Equal(Simulator::Now(), MilliSeconds(14), "no timer is left");
}

void
GapIsFilled(Check& check)
{
    LoneReceiver lone;
    lone.At(10, 0);
    lone.At(11, 2);
    lone.At(12, 4);
    lone.At(30, 1);
    lone.At(40, 3);
    Simulator::Run();
    check.Equal(lone.order, "0 1 2 3 4 ", "what was overtaken comes first");
    check.Equal(lone.last, MilliSeconds(40), "as soon as the last gap is filled");
    check.Equal(lone.discarded, "", "nothing is discarded");
}

void
GapIsGivenUp(Check& check)
{
    LoneReceiver lone;
    lone.At(10, 0);
    lone.At(20, 2);  // starts t-Reordering for 1
    lone.At(50, 3);  // waits as well
    lone.At(60, 5);  // 4 is missing too, but the timer runs for 1
    lone.At(130, 1); // t-Reordering ran out at 120
    lone.At(140, 4); // before that for 4 does, at 220
    Simulator::Run();
    check.Equal(lone.order, "0 2 3 4 5 ", "the packets behind the gap");
    check.Equal(lone.discarded, "1 ", "what comes later than it was waited for");
    check.Equal(lone.last, MilliSeconds(140), "the second gap was filled in time");
}

void
GapsAreGivenUpOneByOne(Check& check)
{
    LoneReceiver twice;
    twice.At(10, 1); // starts t-Reordering for 0, until 110
    twice.At(60, 3); // 2 is missing: t-Reordering begins for it when that for 0 has ended
    Simulator::Run();
    check.Equal(twice.order, "1 3 ", "both gaps are given up");
    check.Equal(twice.last, MilliSeconds(210), "one behind the other");
}

void
TwiceIsOnce(Check& check)
{
    LoneReceiver lone;
    lone.At(10, 0);
    lone.At(11, 0);
    lone.At(12, 2);
    lone.At(13, 2);
    lone.At(14, 1);
    Simulator::Run();
    check.Equal(lone.order, "0 1 2 ", "each once");
    check.Equal(lone.discarded, "0 2 ", "whether it was delivered or waits");
}

void
ZeroHandsOn(Check& check)
{
    LoneReceiver lone(Seconds(0));
    lone.At(10, 3);
    lone.At(11, 1);
    lone.At(12, 0);
    Simulator::Run();
    check.Equal(lone.order, "3 1 0 ", "as they come");
    check.Equal(Simulator::Now(), MilliSeconds(12), "no timer");
}

void
TheEndHandsOnWhatWaits(Check& check)
{
    LoneReceiver lone;
    lone.At(10, 0);
    lone.At(20, 4);
    lone.At(21, 2);
    At(MilliSeconds(30), [&lone] { lone.receiver.Release(); });
    Simulator::Run();
    check.Equal(lone.order, "0 2 4 ", "in order, over the gaps, once");
    check.Equal(lone.last, MilliSeconds(30), "at once");
    check.Equal(lone.discarded, "", "nothing is discarded");
}

void
NothingOutlivesIt(Check& check)
{
    std::string order;
    {
        PdcpReceiver receiver(
            MilliSeconds(100),
            [&order](Ptr<const Packet>) { order += "delivered"; },
            [](Ptr<const Packet>) {});
        receiver.Receive(1, Create<Packet>(1));
    }
    Simulator::Run();
    check.Equal(order, "", "a timer ends with its receiver");
    Simulator::Destroy();
}

} // namespace

/** @param suite gets the tests of the order of a data radio bearer */
void AddPdcpReceiverTests(MbsTestSuite& suite);

void
AddPdcpReceiverTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("PDCP: ") + name, body));
    };
    add("packets in order are handed on at once", InOrderAtOnce);
    add("packets that overtook wait for those before them", GapIsFilled);
    add("a gap is given up when t-Reordering runs out", GapIsGivenUp);
    add("a later gap is waited for on its own", GapsAreGivenUpOneByOne);
    add("what comes twice is handed on once", TwiceIsOnce);
    add("t-Reordering of 0 keeps no order", ZeroHandsOn);
    add("hands on what waits when the bearer ends", TheEndHandsOnWhatWaits);
    add("nothing outlives a receiver", NothingOutlivesIt);
}

} // namespace ns3::mbs

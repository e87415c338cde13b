// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-mrb-recovery-buffer.h"

#include <memory>
#include <string>

namespace ns3::mbs
{

namespace
{

constexpr uint32_t LIMIT = 4; //!< packets kept

/** A buffer that packets go through. */
struct LoneBuffer
{
    /** @param number on N3mb of a packet that is sent at once @return its COUNT */
    uint32_t Send(uint32_t number)
    {
        const uint32_t count = Queue(number);
        buffer.NoteSent(count);
        return count;
    }

    /** @param number on N3mb of a packet that is not sent yet @return its COUNT */
    uint32_t Queue(uint32_t number)
    {
        const uint32_t count = buffer.CountOf(number);
        buffer.Keep(std::make_shared<const GroupPdu>(1, count, Create<Packet>(1)), LIMIT);
        return count;
    }

    /** @param ue a UE @param report of it @return the COUNTs of what it gets, as text */
    std::string Missing(uint32_t ue, const PdcpStatusReport& report) const
    {
        std::string text;
        for (const auto& pdu : buffer.FindMissing(ue, report))
        {
            text += std::to_string(pdu->GetCount()) + " ";
        }
        return text;
    }

    MrbRecoveryBuffer buffer; //!< under test
};

void
WhatWasSentBeforeIsFound(Check& check)
{
    LoneBuffer lone;
    check.Expect(!lone.buffer.GetNext(), "nothing is known at first");
    for (uint32_t number = 10; number < 16; ++number)
    {
        check.Equal(lone.Send(number), number, "COUNT is the number on N3mb");
    }
    const uint32_t queued = lone.Queue(16);
    PdcpStatusReport report;
    check.Equal(lone.Missing(0, report), "", "who does not listen gets nothing");
    lone.buffer.ListenerBegan(0);
    lone.buffer.NoteSent(queued);
    lone.buffer.NoteSent(3); // long forgotten
    check.Equal(*lone.buffer.GetNext(), 17U, "next");
    report.fmc = 12;
    check.Equal(lone.Missing(0, report), "13 14 15 ", "kept, and sent before the UE listened");
    report.MarkReceived(14);
    check.Equal(lone.Missing(0, report), "13 15 ", "without what it has");
    lone.buffer.ListenerBegan(1);
    check.Equal(lone.Missing(1, report), "13 15 16 ", "another UE came later");
    report.fmc = 17;
    check.Equal(lone.Missing(1, report), "", "all there");
    lone.buffer.ListenerEnded(1);
    report.fmc = 13;
    check.Equal(lone.Missing(1, report), "", "who listens no more gets nothing");
    lone.buffer.Clear();
    check.Expect(!lone.buffer.GetNext(), "nothing is known of a bearer that has ended");
}

void
OvertakenPacketsFillTheirGap(Check& check)
{
    LoneBuffer lone;
    lone.Send(100);
    lone.Send(102);
    check.Equal(lone.Send(101), 101U, "a packet that was overtaken");
    check.Equal(*lone.buffer.GetNext(), 103U, "the next one stays the next one");
    check.Equal(lone.Send(103), 103U, "and comes");
    check.Equal(lone.Send(70), 70U, "one that comes much later, too");
    check.Equal(lone.Send(103), 103U, "or twice");
    lone.Send(104);
    check.Equal(lone.Send(103), 103U, "or once more");
    lone.buffer.ListenerBegan(0);
    PdcpStatusReport report;
    report.fmc = 100;
    check.Equal(lone.Missing(0, report), "101 103 104 ", "each once, in the order of COUNT");
}

void
NumbersThatBeginAnewGoOn(Check& check)
{
    for (const uint32_t again : {0U, 1U, 50U})
    {
        LoneBuffer lone;
        for (uint32_t number = 95; number < 103; ++number)
        {
            lone.Send(number);
        }
        const std::string which = "from " + std::to_string(again) + ": ";
        check.Equal(lone.Send(again), 103U, which + "COUNT goes on");
        check.Equal(lone.Send(again + 1), 104U, which + "and on");
    }
    LoneBuffer ahead;
    ahead.Send(5);
    check.Equal(ahead.Send(70000), 70000U, "packets that were lost on the way leave a gap");
}

void
CountWraps(Check& check)
{
    LoneBuffer lone;
    lone.Send(0xfffffffe);
    lone.Send(0xffffffff);
    check.Equal(lone.Send(0), 0U, "after the greatest number comes 0");
    check.Equal(lone.Send(1), 1U, "and 1");
    lone.buffer.ListenerBegan(0);
    PdcpStatusReport report;
    report.fmc = 0xffffffff;
    check.Equal(lone.Missing(0, report), "4294967295 0 1 ", "in order across the wrap");
}

} // namespace

/** @param suite gets the tests of what a cell keeps for UEs that come */
void AddMrbRecoveryBufferTests(MbsTestSuite& suite);

void
AddMrbRecoveryBufferTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("a UE gets what was sent before it listened, and nothing else", WhatWasSentBeforeIsFound);
    add("a packet that another one overtook on N3mb keeps its COUNT", OvertakenPacketsFillTheirGap);
    add("COUNT goes on when the MB-UPF counts from elsewhere", NumbersThatBeginAnewGoOn);
    add("COUNT of a multicast radio bearer wraps", CountWraps);
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-foreseeing-scheduler.h"
#include "ns3/mbs-name-index.h"
#include "ns3/mbs-shared-bytes.h"
#include "ns3/mbs-transmission-time.h"

#include "ns3/data-rate.h"
#include "ns3/object-factory.h"
#include "ns3/priority-queue-scheduler.h"
#include "ns3/scheduler.h"

#include <deque>
#include <string>

namespace ns3::mbs
{

namespace
{

/** @param name of a thing, which is only its name @return the name */
std::string_view
ItsName(const std::string& name)
{
    return name;
}

void
FindsEachByItsName(Check& check)
{
    NameIndex<const std::string> index;
    check.Expect(index.Find("imsi-1", ItsName) == nullptr, "nothing in an empty index");
    std::deque<std::string> things;
    for (int i = 0; i < 5000; ++i)
    {
        things.push_back("imsi-" + std::to_string(i));
        index.Add(things.back(), things.back());
    }
    bool all = true;
    for (const std::string& thing : things)
    {
        all = all && index.Find(std::string(thing), ItsName) == &thing;
    }
    check.Expect(all, "each is found");
    check.Expect(index.Find("imsi-5000", ItsName) == nullptr, "one that is not there is not");
    check.Expect(index.Find("", ItsName) == nullptr, "nor is one without a name");
    index.Clear();
    check.Expect(index.Find("imsi-1", ItsName) == nullptr, "nothing after all were forgotten");
}

void
AreKeptOnce(Check& check)
{
    const SharedBytes none;
    check.Expect(none.empty() && none.size() == 0 && none.Get().empty(), "no octets");
    check.Expect(none == SharedBytes(Bytes()), "are those of an empty string");
    const SharedBytes one(Bytes{1, 2, 3});
    const SharedBytes same = one;
    check.Expect(same.data() == one.data(), "a copy has the same memory");
    check.Expect(one == SharedBytes(Bytes{1, 2, 3}), "equal octets are equal");
    check.Expect(!(one == SharedBytes(Bytes{1, 2, 4})) && !(one == none), "others are not");
    const ByteView view = one;
    check.Expect(view.data() == one.data() && view.size() == 3, "a view of them");
}

void
IsThatOfDataRate(Check& check)
{
    bool same = true;
    // Each twice, and so many that they replace each other.
    for (int round = 0; round < 2; ++round)
    {
        for (const char* text : {"100Mbps", "1Gbps", "10Gbps", "64kbps", "333333bps"})
        {
            const DataRate rate(text);
            for (uint32_t octets = 0; octets < 3000; octets += 7)
            {
                same = same && TransmissionTime(rate, octets) == rate.CalculateBytesTxTime(octets);
            }
        }
    }
    check.Expect(same, "as DataRate calculates it");
}

void
KeepsTheOrderOfEvents(Check& check)
{
    const Ptr<Scheduler> plain = CreateObject<PriorityQueueScheduler>();
    const Ptr<Scheduler> foreseeing = CreateObject<ForeseeingScheduler>();
    // Times come in no order and often twice; some events are taken out again.
    std::deque<Scheduler::Event> left;
    uint64_t number = 12345;
    for (uint32_t uid = 0; uid < 2000; ++uid)
    {
        number = number * 6364136223846793005U + 1442695040888963407U;
        const Scheduler::Event event{nullptr, {number >> 56, uid, 0}};
        plain->Insert(event);
        foreseeing->Insert(event);
        left.push_back(event);
        if (uid % 5 == 4)
        {
            const auto which = left.begin() + static_cast<int>((number >> 32) % left.size());
            plain->Remove(*which);
            foreseeing->Remove(*which);
            left.erase(which);
        }
    }
    bool same = true;
    while (!plain->IsEmpty() && !foreseeing->IsEmpty())
    {
        same = same && plain->PeekNext().key.m_uid == foreseeing->PeekNext().key.m_uid;
        same = same && plain->RemoveNext().key.m_uid == foreseeing->RemoveNext().key.m_uid;
    }
    check.Expect(same, "each event as with ns-3's queue");
    check.Expect(plain->IsEmpty() && foreseeing->IsEmpty(), "and as many");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of what spares very many UEs time and memory */
void AddScaleTests(MbsTestSuite& suite);

void
AddScaleTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("an index finds each thing by its name", FindsEachByItsName));
    suite.Add(new FunctionTestCase("shared octets are kept once", AreKeptOnce));
    suite.Add(new FunctionTestCase("the scheduler that looks ahead keeps the order of events",
                                   KeepsTheOrderOfEvents));
    suite.Add(new FunctionTestCase("a transmission's time is that of the rate", IsThatOfDataRate));
}

} // namespace ns3::mbs

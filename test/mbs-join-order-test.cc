// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-join-order.h"

#include <set>
#include <vector>

namespace ns3::mbs
{

namespace
{

using Check = FunctionTestCase::Checker;

/** @param order who is in it @return the numbers of those, in its order */
std::vector<int>
MembersOf(const JoinOrder<int>& order)
{
    std::vector<int> members;
    order.ForEach([&members](int& member) { members.push_back(member); });
    return members;
}

void
KeepsTheOrder(Check& check)
{
    std::vector<int> ues{0, 1, 2, 3, 4};
    JoinOrder<int> order;
    std::vector<uint64_t> places;
    for (int& ue : ues)
    {
        places.push_back(order.Add(&ue));
    }
    order.Remove(places[1]);
    order.Remove(places[1]);
    check.Equal(order.Size(), 4u, "who goes twice goes once");
    check.Expect(MembersOf(order) == std::vector<int>({0, 2, 3, 4}), "the others stay in order");
    order.Remove(places[0]);
    order.Remove(places[3]);
    const uint64_t again = order.Add(&ues[1]);
    check.Expect(MembersOf(order) == std::vector<int>({2, 4, 1}), "who comes again comes last");
    order.Remove(places[1]);
    check.Equal(order.Size(), 3u, "an old place names nobody");
    order.Remove(again);
    order.Remove(places[2]);
    order.Remove(places[4]);
    check.Equal(order.Size(), 0u, "all have gone");
    check.Expect(MembersOf(order).empty(), "nobody is visited");
}

void
IsASetByTime(Check& check)
{
    // Against a set of the places, over a long time of coming and going.
    std::vector<int> ues(1000);
    JoinOrder<int> order;
    std::set<uint64_t> places;
    uint32_t random = 1;
    for (int step = 0; step < 20000; ++step)
    {
        random = random * 1664525 + 1013904223;
        if ((random >> 16) % 5 < 2 || places.empty())
        {
            places.insert(order.Add(&ues[random % ues.size()]));
        }
        else
        {
            const auto place = std::next(places.begin(), (random >> 8) % places.size());
            order.Remove(*place);
            places.erase(place);
        }
        if (order.Size() != places.size())
        {
            check.Equal(order.Size(), places.size(), "members after step " + std::to_string(step));
            return;
        }
    }
    check.Equal(MembersOf(order).size(), places.size(), "each is visited once");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of the order in which UEs joined */
void AddJoinOrderTests(MbsTestSuite& suite);

void
AddJoinOrderTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("members of a group come in the order in which they joined",
                                   KeepsTheOrder));
    suite.Add(new FunctionTestCase("a group holds who came and has not gone, however often",
                                   IsASetByTime));
}

} // namespace ns3::mbs

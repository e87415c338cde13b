// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"
#include "mbs-transport-topology.h"

#include "ns3/mbs-deadline-queue.h"

#include "ns3/simulator.h"

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** Timers, and which of them ran out when. */
struct Timers
{
    Timers()
        : queue(std::make_unique<DeadlineQueue<int>>([this](int name) {
              ranOut.emplace_back(name, Simulator::Now().GetMilliSeconds());
              if (then)
              {
                  then(name);
              }
          }))
    {
    }

    ~Timers()
    {
        queue.reset();
        Simulator::Destroy();
    }

    /** @param milliseconds from now @param name of the timer @return the timer */
    DeadlineQueue<int>::Timer Start(int milliseconds, int name)
    {
        return queue->Start(MilliSeconds(milliseconds), name);
    }

    /** Names and milliseconds. */
    using Log = std::vector<std::pair<int, int64_t>>;

    Log ranOut;                                //!< names and when
    std::function<void(int)> then;             //!< called with the name of what ran out
    std::unique_ptr<DeadlineQueue<int>> queue; //!< under test
};

void
RunOutInOrder(Check& check)
{
    Timers timers;
    timers.Start(20, 1);
    timers.Start(10, 2);
    timers.Start(30, 3);
    timers.Start(10, 4);
    check.Equal(timers.queue->Size(), 4U, "timers that run");
    Simulator::Run();
    check.Expect(timers.ranOut == Timers::Log{{2, 10}, {4, 10}, {1, 20}, {3, 30}},
                 "the earliest first, then the one that was started first");
    check.Equal(timers.queue->Size(), 0U, "timers in the end");
}

void
StoppedOnesAreSilent(Check& check)
{
    Timers timers;
    auto first = timers.Start(10, 1);
    auto second = timers.Start(20, 2);
    timers.Start(30, 3);
    timers.queue->Stop(first);
    check.Expect(first == DeadlineQueue<int>::Timer(), "a timer that is stopped has no name");
    timers.queue->Stop(first);
    At(MilliSeconds(15), [&timers, &second] { timers.queue->Stop(second); });
    Simulator::Run();
    check.Expect(timers.ranOut == Timers::Log{{3, 30}}, "the one that was not stopped runs out");

    timers.Start(5, 4);
    timers.queue->Clear();
    Simulator::Run();
    check.Equal(timers.ranOut.size(), 1U, "none after all were stopped");
    const int64_t now = Simulator::Now().GetMilliSeconds();
    timers.Start(5, 5);
    Simulator::Run();
    check.Expect(timers.ranOut.back() == std::make_pair(5, now + 5), "but those after that");
}

void
ManyTakeOneEvent(Check& check)
{
    Timers timers;
    const uint64_t before = Simulator::GetEventCount();
    for (int i = 0; i < 1000; ++i)
    {
        auto timer = timers.Start(1000 + i, i);
        timers.queue->Stop(timer);
    }
    Simulator::Run();
    check.Expect(Simulator::GetEventCount() - before <= 1, "a thousand timers, one event");
    check.Expect(timers.ranOut.empty(), "and none ran out");
}

void
CanBeStoppedInAnyOrder(Check& check)
{
    Timers timers;
    std::vector<DeadlineQueue<int>::Timer> started;
    Timers::Log expected{{-1, 500}};
    for (int i = 0; i < 1000; ++i)
    {
        started.push_back(timers.Start(1000, i));
    }
    // It lies before all of them, and what is stopped from now on is not where it would be.
    timers.Start(500, -1);
    for (int i = 999; i >= 0; --i)
    {
        if (i % 10 == 3)
        {
            expected.insert(expected.begin() + 1, {i, 1000});
            continue;
        }
        auto again = started[i];
        timers.queue->Stop(started[i]);
        timers.queue->Stop(again);
    }
    check.Equal(timers.queue->Size(), expected.size(), "timers that were not stopped");
    Simulator::Run();
    check.Expect(timers.ranOut == expected, "run out in their order, and no others");
}

void
MayStartAnotherWhenOneRunsOut(Check& check)
{
    Timers timers;
    timers.then = [&timers](int name) {
        if (name < 3)
        {
            timers.Start(10, name + 1);
        }
    };
    timers.Start(10, 1);
    timers.Start(25, 9);
    Simulator::Run();
    check.Expect(timers.ranOut == Timers::Log{{1, 10}, {2, 20}, {9, 25}, {3, 30}}, "in order");
}

void
MayEndWhenOneRunsOut(Check& check)
{
    Timers timers;
    timers.then = [&timers](int) { timers.queue.reset(); };
    timers.Start(10, 1);
    timers.Start(10, 2);
    Simulator::Run();
    check.Expect(timers.ranOut == Timers::Log{{1, 10}}, "nothing runs out of what is gone");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of timers that share an event */
void AddDeadlineQueueTests(MbsTestSuite& suite);

void
AddDeadlineQueueTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("timers that share an event ") + name, body));
    };
    add("run out in order", RunOutInOrder);
    add("can be stopped", StoppedOnesAreSilent);
    add("can be stopped in any order", CanBeStoppedInAnyOrder);
    add("leave no events behind", ManyTakeOneEvent);
    add("may start another when one runs out", MayStartAnotherWhenOneRunsOut);
    add("may all be gone when one has run out", MayEndWhenOneRunsOut);
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-processing-queue.h"

#include "ns3/double.h"
#include "ns3/random-variable-stream.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"

#include <cmath>
#include <functional>
#include <memory>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** A queue with a constant service time, and what was served when. */
struct Bench
{
    /** @param seconds service time @param workers how many */
    explicit Bench(double seconds, uint32_t workers = 1)
        : queue(std::make_unique<ProcessingQueue>(length, started))
    {
        const auto constant = CreateObject<ConstantRandomVariable>();
        constant->SetAttribute("Constant", DoubleValue(seconds));
        queue->SetServiceTime(constant);
        queue->SetWorkers(workers);
    }

    ~Bench()
    {
        queue.reset();
        Simulator::Destroy();
    }

    /** @param name is noted, with the time, when it was served */
    void Submit(int name)
    {
        queue->Submit([this, name] {
            served.push_back(name);
            times.push_back(Simulator::Now().GetMilliSeconds());
        });
    }

    ProcessingQueue::LengthTrace length;    //!< of the queue
    ProcessingQueue::ServedTrace started;   //!< of the queue
    std::unique_ptr<ProcessingQueue> queue; //!< under test
    std::vector<int> served;                //!< names, in order
    std::vector<int64_t> times;             //!< milliseconds
};

void
ServesOneAfterTheOther(Check& check)
{
    Bench bench(0.010);
    for (int i = 0; i < 3; ++i)
    {
        bench.Submit(i);
    }
    check.Equal(bench.queue->Waiting(), 2U, "messages that wait behind the first");
    Simulator::Run();
    check.Expect(bench.served == std::vector<int>{0, 1, 2}, "in the order in which they came");
    check.Expect(bench.times == std::vector<int64_t>{10, 20, 30}, "a service time apart");
    check.Equal(bench.queue->Waiting(), 0U, "messages that wait in the end");
}

void
ZeroServiceTimeServesAtOnce(Check& check)
{
    Bench bench(0);
    bench.Submit(7);
    check.Expect(bench.served == std::vector<int>{7}, "it is served before Submit() returns");
    ProcessingQueue queue(bench.length, bench.started);
    bool done = false;
    queue.Submit([&done] { done = true; });
    check.Expect(done, "without a service time too");
}

void
AbsurdServiceTimesAreTamed(Check& check)
{
    Bench negative(-1);
    negative.Submit(1);
    check.Expect(negative.served == std::vector<int>{1}, "a negative time counts as 0");
    Bench endless(1e300);
    endless.Submit(1);
    Simulator::Stop(Hours(24 * 365));
    Simulator::Run();
    check.Expect(endless.served.empty(), "a time that nothing can hold is served in no run");
}

void
WorkersServeInParallel(Check& check)
{
    Bench bench(0.010, 3);
    for (int i = 0; i < 7; ++i)
    {
        bench.Submit(i);
    }
    check.Equal(bench.queue->Waiting(), 4U, "messages that wait behind three workers");
    Simulator::Run();
    check.Expect(bench.times == std::vector<int64_t>{10, 10, 10, 20, 20, 20, 30},
                 "three at a time");
    check.Expect(bench.served == std::vector<int>{0, 1, 2, 3, 4, 5, 6}, "in order");
}

void
ClearForgets(Check& check)
{
    Bench bench(0.010, 2);
    for (int i = 0; i < 5; ++i)
    {
        bench.Submit(i);
    }
    const std::function<void()> restart = [&bench] {
        bench.queue->Clear();
        bench.Submit(9);
    };
    // ns-3 3.35 schedules members and functions, but no closures.
    Simulator::Schedule(MilliSeconds(15), &std::function<void()>::operator(), &restart);
    Simulator::Run();
    check.Expect(bench.served == std::vector<int>{0, 1, 9}, "what was served or waited is gone");
    check.Expect(bench.times == std::vector<int64_t>{10, 10, 25}, "and the workers are free");
}

void
ClearWithinAJob(Check& check)
{
    Bench bench(0.010);
    bench.queue->Submit([&bench] {
        bench.queue->Clear();
        bench.Submit(2);
    });
    bench.Submit(1);
    Simulator::Run();
    check.Expect(bench.served == std::vector<int>{2},
                 "what waited is gone, what came after is not");
    check.Expect(bench.times == std::vector<int64_t>{20}, "and is served in its turn");
}

void
AJobThatSubmitsGoesBehindThoseThatWait(Check& check)
{
    Bench bench(0.010);
    bench.queue->Submit([&bench] { bench.Submit(2); });
    bench.Submit(1);
    Simulator::Run();
    check.Expect(bench.served == std::vector<int>{1, 2}, "first come, first served");
    check.Expect(bench.times == std::vector<int64_t>{20, 30}, "without a pause");
}

void
EndCancelsServices(Check& check)
{
    bool done = false;
    {
        Bench bench(0.010);
        bench.queue->Submit([&done] { done = true; });
        bench.queue.reset();
        Simulator::Run();
    }
    check.Expect(!done, "nothing is served when the queue is gone");
}

void
TellsHowManyWait(Check& check)
{
    Bench bench(0.010);
    std::vector<uint32_t> lengths;
    void (*sink)(std::vector<uint32_t>*, uint32_t, uint32_t) =
        [](std::vector<uint32_t>* all, uint32_t, uint32_t now) { all->push_back(now); };
    bench.length.ConnectWithoutContext(MakeBoundCallback(sink, &lengths));
    for (int i = 0; i < 3; ++i)
    {
        bench.Submit(i);
    }
    check.Expect(lengths == std::vector<uint32_t>{1, 2}, "the first one does not wait");
    Simulator::Run();
    check.Expect(lengths == std::vector<uint32_t>{1, 2, 1, 0}, "one after the other is served");
    bench.Submit(1);
    bench.Submit(2);
    bench.queue->Clear();
    check.Expect(lengths == std::vector<uint32_t>{1, 2, 1, 0, 1, 0}, "a cleared queue is empty");
}

/**
 * @brief Has Poisson arrivals served.
 * @param load arrivals in a service time
 * @param stream of the gaps between arrivals
 * @return the mean wait in service times, of those that came when the queue had become what it is
 */
double
MeanWaitOfPoissonArrivals(double load, int64_t stream)
{
    constexpr double SERVICE = 0.001;
    constexpr uint32_t WARM_UP = 1000;
    constexpr uint32_t MESSAGES = 5000;

    /** What was served. */
    struct Sums
    {
        double waited{0};   //!< seconds, behind the warm-up
        uint32_t served{0}; //!< messages
    } sums;

    Bench bench(SERVICE);
    void (*sink)(Sums*, Time, Time) = [](Sums* s, Time wait, Time) {
        if (++s->served > WARM_UP)
        {
            s->waited += wait.GetSeconds();
        }
    };
    bench.started.ConnectWithoutContext(MakeBoundCallback(sink, &sums));
    const auto gap = CreateObject<ExponentialRandomVariable>();
    gap->SetAttribute("Mean", DoubleValue(SERVICE / load));
    gap->SetStream(stream);
    uint32_t submitted = 0;
    std::function<void()> arrive = [&] {
        bench.queue->Submit([] {});
        if (++submitted < MESSAGES)
        {
            Simulator::Schedule(Seconds(gap->GetValue()),
                                &std::function<void()>::operator(),
                                &arrive);
        }
    };
    arrive();
    Simulator::Run();
    return sums.waited / (sums.served - WARM_UP) / SERVICE;
}

void
MeanWaitIsThatOfMd1(Check& check)
{
    constexpr uint32_t REPLICATIONS = 30;
    // Student's t with 29 degrees of freedom at 5 % for the three tests together (Bonferroni).
    constexpr double T = 2.5409;
    RngSeedManager::SetSeed(1);
    RngSeedManager::SetRun(1);
    for (const double load : {0.2, 0.5, 0.8})
    {
        std::vector<double> waits;
        double sum = 0;
        for (uint32_t i = 0; i < REPLICATIONS; ++i)
        {
            waits.push_back(MeanWaitOfPoissonArrivals(load, 1 + i));
            sum += waits.back();
        }
        const double mean = sum / REPLICATIONS;
        double squares = 0;
        for (const double wait : waits)
        {
            squares += (wait - mean) * (wait - mean);
        }
        const double half = T * std::sqrt(squares / (REPLICATIONS - 1) / REPLICATIONS);
        // Pollaczek and Khinchine, for a constant service time.
        const double expected = load / (2 * (1 - load));
        const std::string text = "mean wait at load " + std::to_string(load) + ": " +
                                 std::to_string(mean) + " +- " + std::to_string(half) +
                                 " service times, expected " + std::to_string(expected);
        check.Expect(std::abs(mean - expected) <= half, text);
        check.Expect(half < 0.1 * expected, "narrow enough to tell: " + text);
    }
}

} // namespace

/** @param suite gets the tests of the queue before a function's workers */
void AddProcessingQueueTests(MbsTestSuite& suite);

void
AddProcessingQueueTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("a worker serves one message after the other",
                                   ServesOneAfterTheOther));
    suite.Add(new FunctionTestCase("a message with no service time is served at once",
                                   ZeroServiceTimeServesAtOnce));
    suite.Add(new FunctionTestCase("a service time is from 0 to what Time can hold",
                                   AbsurdServiceTimesAreTamed));
    suite.Add(new FunctionTestCase("workers serve in parallel", WorkersServeInParallel));
    suite.Add(new FunctionTestCase("a cleared queue forgets what waits and what is served",
                                   ClearForgets));
    suite.Add(new FunctionTestCase("a job may clear the queue that it came from", ClearWithinAJob));
    suite.Add(new FunctionTestCase("what a job submits goes behind what waits",
                                   AJobThatSubmitsGoesBehindThoseThatWait));
    suite.Add(new FunctionTestCase("a queue that is gone serves nothing more", EndCancelsServices));
    suite.Add(new FunctionTestCase("a queue tells how many messages wait", TellsHowManyWait));
    suite.Add(new FunctionTestCase("the mean wait is that of Poisson arrivals and constant service",
                                   MeanWaitIsThatOfMd1));
}

} // namespace ns3::mbs

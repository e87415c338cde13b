// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-memory-check.h"
#include "ns3/mbs-program-options.h"

#include <string>

namespace ns3::mbs
{

namespace
{

using Check = FunctionTestCase::Checker;

/** @param size of a network @param octets free @return the refusal, empty if there is none */
std::string
RefusalOf(const NetworkSize& size, uint64_t octets)
{
    try
    {
        CheckMemory(size, FreeMemory{octets, "the machine has", " free"});
    }
    catch (const UserError& error)
    {
        return error.what();
    }
    return "";
}

void
RefusesWhatDoesNotFit(Check& check)
{
    NetworkSize size;
    size.ues = 50000000;
    size.gnbs = 3;
    check.Equal(RefusalOf(size, 24000000000),
                "--ues=50000000: needs about 285 GB of memory, and the machine has 24 GB free; "
                "give at most --ues=4202073",
                "the sentence");
    size.ues = 4202073;
    check.Equal(RefusalOf(size, 24000000000), "", "what the sentence says fits");
    size.ues = 4202074;
    check.Expect(!RefusalOf(size, 24000000000).empty(), "and not one more");
    size.ues = 1;
    check.Equal(RefusalOf(size, 1000000),
                "--ues=1: needs about 48 MB of memory, and the machine has 1 MB free; give fewer "
                "--ues, --gnbs and --sessions",
                "where no UE fits");
    try
    {
        size.ues = 50000000;
        CheckMemory(size, std::nullopt);
    }
    catch (const UserError&)
    {
        check.Expect(false, "nothing is refused where memory is not known");
    }
}

void
CountsAllThatTakesMemory(Check& check)
{
    NetworkSize size;
    size.ues = 1000;
    size.gnbs = 10;
    const uint64_t plain = EstimateMemory(size);
    for (auto change : {+[](NetworkSize& s) { s.ues = 2000; },
                        +[](NetworkSize& s) { s.gnbs = 1000; },
                        +[](NetworkSize& s) { s.sessions = 100; },
                        +[](NetworkSize& s) { s.ipStack = true; },
                        +[](NetworkSize& s) { s.userPlane = true; },
                        +[](NetworkSize& s) { s.processes = 2; }})
    {
        NetworkSize larger = size;
        change(larger);
        check.Expect(EstimateMemory(larger) > plain + 1000000, "a larger network takes more");
    }
    NetworkSize unmeasured = size;
    unmeasured.accounts = false;
    check.Expect(EstimateMemory(unmeasured) < plain, "one without accounts takes less");
}

void
ReadsMeminfo(Check& check)
{
    const std::string text = "MemTotal:       24648324 kB\nMemFree:        22061416 kB\n"
                             "MemAvailable:   23000000 kB\nSwapFree:           1000 kB\n";
    check.Equal(AvailableMemory(text).value_or(0), uint64_t{23001000} * 1024, "memory and swap");
    check.Expect(!AvailableMemory("MemFree: 22061416 kB\n"), "an old kernel does not say");
    check.Expect(!AvailableMemory("MemAvailable: a lot\n"), "no number");
    check.Expect(!AvailableMemory(""), "no such file");
}

void
FindsTheMachinesMemory(Check& check)
{
    const auto free = FindFreeMemory();
    check.Expect(!free || (free->octets > 0 && !free->who.empty()), "where it can be told");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of the look at the machine's memory */
void AddMemoryCheckTests(MbsTestSuite& suite);

void
AddMemoryCheckTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("a network that memory cannot hold is refused with what it needs", RefusesWhatDoesNotFit);
    add("whatever takes memory is in its estimate", CountsAllThatTakesMemory);
    add("the kernel's account of memory is read", ReadsMeminfo);
    add("the machine's free memory is found", FindsTheMachinesMemory);
}

} // namespace ns3::mbs

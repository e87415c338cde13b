// SPDX-License-Identifier: GPL-2.0-only
#include "fuzz/mbs-fuzz.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-build-info.h"

namespace ns3::mbs
{

namespace
{

/**
 * @brief Gives a target an input.
 * @param check where to report
 * @param target the target
 * @param input the input
 * @return true if it was accepted
 */
bool
Feed(Check& check, const fuzz::Target& target, const Bytes& input)
{
    try
    {
        return target.run(input);
    }
    catch (const std::exception& finding)
    {
        check.Equal(std::string(finding.what()),
                    std::string(),
                    std::string(target.name) + " of " + ToHex(input));
        return false;
    }
}

/** @param check where to report */
void
TestSeeds(Check& check)
{
    const auto targets = fuzz::AllTargets();
    check.Expect(!targets.empty(), "there are targets");
    for (const fuzz::Target* target : targets)
    {
        const std::string name = target->name;
        const auto seeds = target->seeds();
        check.Expect(!seeds.empty(), name + " has seeds");
        for (const Bytes& seed : seeds)
        {
            check.Expect(Feed(check, *target, seed), name + " accepts its seed " + ToHex(seed));
            check.Expect(seed.size() <= target->maxSize, name + " takes a seed of such length");
        }
    }
}

/** @param check where to report */
void
TestCorpora(Check& check)
{
    const std::string folder = GetBuildInfo().sourceFolder + "/test/fuzz/corpus/";
    for (const fuzz::Target* target : fuzz::AllTargets())
    {
        const auto corpus = fuzz::ReadCorpus(folder + target->name + ".txt");
        check.Expect(!corpus.empty(), std::string(target->name) + " has a corpus");
        for (const Bytes& input : corpus)
        {
            Feed(check, *target, input);
        }
    }
}

} // namespace

/** @param suite where the tests go */
void
AddFuzzTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("every fuzz target accepts what the encoders make", &TestSeeds));
    suite.Add(new FunctionTestCase("parsers keep their promises for what libFuzzer found worth "
                                   "keeping",
                                   &TestCorpora));
}

} // namespace ns3::mbs

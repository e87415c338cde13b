// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-key-activation-option.h"
#include "ns3/mbs-key-activation.h"
#include "ns3/mbs-msk-progress.h"

#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

void
GivenTimes(Check& check)
{
    const auto usedAt = [](Time now, Time delay, Time time, Time period) {
        return KeyActivation{KeyActivationPolicy::TIME, delay, time, period}.UsedAt(now);
    };
    check.Equal(KeyActivation().UsedAt(Seconds(3)), Seconds(3), "no delay is at once");
    check.Equal(KeyActivation({KeyActivationPolicy::DELAY, Seconds(2), Seconds(9), Seconds(9)})
                    .UsedAt(Seconds(3)),
                Seconds(5),
                "a delay knows no times");
    check.Equal(usedAt(Seconds(3), Seconds(1), Seconds(9), Seconds(0)),
                Seconds(9),
                "the time is still to come");
    check.Equal(usedAt(Seconds(3), Seconds(6), Seconds(9), Seconds(0)),
                Seconds(9),
                "the delay ends just then");
    check.Equal(usedAt(Seconds(9), Seconds(1), Seconds(9), Seconds(0)),
                Seconds(10),
                "it has passed and there is no other: the delay");
    check.Equal(usedAt(Seconds(9), Seconds(1), Seconds(9), Seconds(4)),
                Seconds(13),
                "the next one");
    check.Equal(usedAt(Seconds(12), Seconds(1), Seconds(9), Seconds(4)),
                Seconds(13),
                "the delay ends with it");
    check.Equal(usedAt(Seconds(12), Seconds(1) + NanoSeconds(1), Seconds(9), Seconds(4)),
                Seconds(17),
                "a nanosecond later it is the one after it");
}

void
SharesAreReached(Check& check)
{
    // 7 of 100 need not be 8, though 0.07 x 100 is a little above 7 in floating point.
    MskProgress seven(0.07, 100);
    for (int i = 0; i < 6; ++i)
    {
        seven.Confirmed();
        check.Expect(!seven.IsNewlyReached(), "not yet");
    }
    seven.Confirmed();
    check.Expect(seven.IsNewlyReached() && !seven.IsNewlyReached(), "7 of 100, once");
    MskProgress all(1, 3);
    all.Confirmed();
    all.Confirmed();
    check.Expect(!all.IsNewlyReached(), "one is missing");
    all.GoneAway();
    check.Expect(all.IsNewlyReached(), "it went away");
    check.Expect(MskProgress(1, 0).IsNewlyReached(), "nobody is waited for");
    MskProgress half(0.5, 4);
    half.GoneAway();
    half.GoneAway();
    check.Expect(!half.IsNewlyReached(), "who goes away has not confirmed");
    half.Confirmed();
    check.Expect(half.IsNewlyReached(), "one of the two that are left");
}

void
OptionsAreRead(Check& check)
{
    for (const char* text : {"0s", "1500ms", "share:1", "share:0.9:5s", "at:20s", "at:0s:10s"})
    {
        const auto result = KeyActivationOption::FromText(text, true);
        check.Equal(result.error, std::string(), text);
        check.Expect(result.option.has_value(), std::string(text) + " is one");
    }
    for (const char* text : {"0s", "at:0s:10s"})
    {
        check.Equal(KeyActivationOption::FromText(text, false).error, std::string(), text);
    }
    for (const char* text : {"",
                             "soon",
                             "-1s",
                             "share",
                             "share:",
                             "share:0",
                             "share:1.1",
                             "share:nan",
                             "share:1:",
                             "share:1:-1s",
                             "share:1:1s:1s",
                             "at",
                             "at:",
                             "at:1s:0s",
                             "at:1s:1s:1s",
                             "after:1s"})
    {
        const auto result = KeyActivationOption::FromText(text, true);
        check.Expect(!result.option && result.error.find("must be") == 0, text);
    }
    check.Expect(KeyActivationOption::FromText("share:1", false).error.find("W.4.1.2") !=
                     std::string::npos,
                 "no UE answers an MTK");
}

} // namespace

/**
 * @ingroup mbs-tests
 * @brief Adds the tests of when a new key is used.
 * @param suite where to
 */
void AddKeyActivationTests(MbsTestSuite& suite);

void
AddKeyActivationTests(MbsTestSuite& suite)
{
    suite.Add(
        new FunctionTestCase("a key is used at the first given time after its delay", GivenTimes));
    suite.Add(new FunctionTestCase("a share of UEs is reached once, and does not wait for those "
                                   "that went away",
                                   SharesAreReached));
    suite.Add(new FunctionTestCase("options say when a key is used, and what is wrong in them",
                                   OptionsAreRead));
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-membership-ledger.h"

namespace ns3::mbs
{

namespace
{

/** @param msk Key Number @param mtk number @return a key's name */
Mki
Name(uint16_t msk, uint16_t mtk)
{
    return {MskId(1, msk), MtkId(mtk)};
}

/** A session with ten packets a second, whose keys are used for ten seconds each. */
struct Story
{
    /**
     * @brief Sends packets until an instant.
     * @param seconds the instant
     */
    void Until(uint32_t seconds)
    {
        for (; now < seconds; ++now)
        {
            for (int packet = 0; packet < 10; ++packet)
            {
                ledger.PacketSent();
            }
        }
    }

    /** @return now */
    Time Now() const
    {
        return Seconds(now);
    }

    MembershipLedger ledger; //!< under test
    uint32_t now{0};         //!< seconds
};

/** @param check where to report @param actual exposure @param seconds @param what it is */
void
ExpectSeconds(Check& check,
              const MembershipLedger::Exposure& actual,
              int64_t seconds,
              const std::string& what)
{
    check.Equal(actual.time, seconds * 1000000000, what + ", nanoseconds");
    check.Equal(actual.packets, static_cast<uint64_t>(seconds * 10), what + ", packets");
}

void
NeverRenewed(Check& check)
{
    Story story;
    story.ledger.KeyActivated(Name(1, 1), story.Now());
    story.Until(5);
    story.ledger.MskGiven(0, Name(1, 1));
    story.ledger.Joined(0, 2, story.Now());
    story.Until(20);
    story.ledger.Left(0, MembershipLedger::Ending::LEFT, story.Now());
    story.ledger.Left(0, MembershipLedger::Ending::REMOVED, story.Now());
    story.ledger.Left(9, MembershipLedger::Ending::LEFT, story.Now());
    story.Until(60);
    story.ledger.Finish(story.Now());
    check.Equal(story.ledger.Rows().size(), 1U, "one membership");
    const auto& row = story.ledger.Rows().at(0);
    check.Expect(row.ue == 0 && row.gnb == 2 && row.joined == Seconds(5).GetNanoSeconds() &&
                     row.left == Seconds(20).GetNanoSeconds(),
                 "from 5 s to 20 s");
    check.Equal(std::string(ToString(row.ending)), std::string("left"), "it left");
    ExpectSeconds(check, row.after, 40, "all that comes after");
    ExpectSeconds(check, row.before, 5, "all that was before");
    ExpectSeconds(check, row.recorded, 5, "recorded or not");
}

void
RestOfTheMsk(Check& check)
{
    Story story;
    // MTKs 1 and 2 under MSK 1, 1 and 2 under MSK 2; only the second ones are multicast.
    story.ledger.KeyActivated(Name(1, 1), story.Now());
    story.Until(10);
    story.ledger.MtkMulticast(Name(1, 2));
    story.ledger.KeyActivated(Name(1, 2), story.Now());
    story.ledger.MskGiven(0, Name(1, 1));
    story.ledger.Joined(0, 0, Seconds(0));
    story.Until(14);
    story.ledger.Left(0, MembershipLedger::Ending::REMOVED, story.Now());
    story.ledger.MskGiven(1, Name(1, 2));
    story.ledger.Joined(1, 0, story.Now());
    story.Until(20);
    story.ledger.MskGiven(1, Name(2, 1));
    story.ledger.KeyActivated(Name(2, 1), story.Now());
    story.Until(26);
    story.ledger.Left(1, MembershipLedger::Ending::LEFT, story.Now());
    story.Until(30);
    story.ledger.MtkMulticast(Name(2, 2));
    story.ledger.KeyActivated(Name(2, 2), story.Now());
    story.Until(40);
    story.ledger.KeyActivated(Name(3, 1), story.Now());
    story.Until(50);
    story.ledger.Finish(story.Now());
    const auto& leaver = story.ledger.Rows().at(0);
    ExpectSeconds(check, leaver.after, 6, "what the leaver can read is the rest of the MSK's life");
    ExpectSeconds(check, leaver.before, 0, "it was in from the beginning");
    check.Equal(std::string(ToString(leaver.ending)), std::string("removed"), "it was removed");
    const auto& joiner = story.ledger.Rows().at(1);
    ExpectSeconds(check, joiner.before, 4, "what a joiner can read is since the last MTK");
    ExpectSeconds(check, joiner.recorded, 4, "the first MTK under an MSK is in no MIKEY message");
    ExpectSeconds(check, joiner.after, 14, "MTKs under an MSK that it holds are no obstacle");
}

void
Recorder(Check& check)
{
    Story story;
    story.ledger.KeyActivated(Name(1, 1), story.Now());
    story.Until(10);
    for (uint16_t mtk = 2; mtk <= 4; ++mtk)
    {
        story.ledger.MtkMulticast(Name(1, mtk));
        story.ledger.KeyActivated(Name(1, mtk), story.Now());
        story.Until(mtk * 10U);
    }
    story.ledger.MskGiven(0, Name(1, 4));
    story.ledger.Joined(0, 0, story.Now());
    story.Until(50);
    story.ledger.Finish(story.Now());
    const auto& row = story.ledger.Rows().at(0);
    ExpectSeconds(check, row.before, 10, "with what it was given");
    ExpectSeconds(check, row.recorded, 30, "with MIKEY messages that it recorded");
    check.Expect(!row.left && std::string(ToString(row.ending)).empty(), "it is still in");
    ExpectSeconds(check, row.after, 0, "nothing comes after");
}

void
TwoMemberships(Check& check)
{
    Story story;
    story.ledger.KeyActivated(Name(1, 1), story.Now());
    story.Until(10);
    for (int round = 0; round < 2; ++round)
    {
        story.ledger.MskGiven(0, Name(1, 1));
        story.ledger.Joined(0, 0, story.Now());
        story.Until(story.now + 10);
        story.ledger.Left(0, MembershipLedger::Ending::LEFT, story.Now());
        story.Until(story.now + 5);
    }
    story.ledger.Finish(story.Now());
    const auto& rows = story.ledger.Rows();
    check.Equal(rows.size(), 2U, "two memberships");
    ExpectSeconds(check, rows[0].before, 10, "before the first");
    ExpectSeconds(check, rows[0].after, 5, "between them, with the old keys");
    ExpectSeconds(check, rows[1].before, 5, "between them, with the new keys");
    ExpectSeconds(check, rows[1].after, 5, "after the second");
}

void
NewMskEndsIt(Check& check)
{
    Story story;
    story.ledger.KeyActivated(Name(1, 1), story.Now());
    story.ledger.MskGiven(0, Name(1, 1));
    story.ledger.Joined(0, 0, story.Now());
    story.Until(10);
    story.ledger.Left(0, MembershipLedger::Ending::LEFT, story.Now());
    story.Until(11);
    story.ledger.KeyActivated(Name(2, 1), story.Now());
    story.ledger.MtkMulticast(Name(2, 2));
    story.Until(30);
    story.ledger.KeyActivated(Name(2, 2), story.Now());
    story.Until(40);
    story.ledger.Finish(story.Now());
    ExpectSeconds(check, story.ledger.Rows().at(0).after, 1, "until the new MSK is used");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of the membership ledger */
void
AddMembershipLedgerTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("the membership ledger ") + name, body));
    };
    add("exposes the rest of the run to a leaver when no key is renewed", NeverRenewed);
    add("exposes the rest of the MSK's life, whatever the MTKs", RestOfTheMsk);
    add("exposes earlier MTKs to a joiner that recorded MIKEY messages", Recorder);
    add("counts what was sent between two memberships for each of them", TwoMemberships);
    add("exposes nothing to a leaver once a new MSK is used", NewMskEndsIt);
}

} // namespace ns3::mbs

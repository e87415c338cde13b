// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-join-ledger.h"
#include "ns3/mbs-key-update-ledger.h"
#include "ns3/mbs-membership-ledger.h"
#include "ns3/mbs-result-parcel.h"
#include "ns3/mbs-result-writer.h"
#include "ns3/mbs-signalling-counter.h"
#include "ns3/mbs-traffic-ledgers.h"

#include <functional>
#include <sstream>
#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** UEs, of which each of two ledgers keeps every other. */
constexpr uint32_t UES = 12;

/** gNBs; UEs with even numbers are at gNBs 0 and 2, others at 1 and 3. */
constexpr uint32_t GNBS = 4;

/** Says which UEs a ledger keeps. */
using Keeps = std::function<bool(uint32_t ue)>;

/** @param ue any UE @return true: kept by the ledger that keeps all */
bool
Everyone(uint32_t /* ue */)
{
    return true;
}

/** @param ue a UE @return true if the first of two ledgers keeps it */
bool
Even(uint32_t ue)
{
    return ue % 2 == 0;
}

/** @param ue a UE @return true if the second of two ledgers keeps it */
bool
Odd(uint32_t ue)
{
    return ue % 2 == 1;
}

/** @return the session */
Tmgi
Session()
{
    return Tmgi(1, PlmnId());
}

/** @param number of an MSK @return its name, with the MTK that travels with it */
KeyName
Msk(uint16_t number)
{
    return {KeyKind::MSK, Session(), {MskId(1, number), MtkId(1)}};
}

/** @param number of an MTK under MSK 1 @return its name */
KeyName
MtkName(uint16_t number)
{
    return {KeyKind::MTK, Session(), {MskId(1, 1), MtkId(number)}};
}

/** @param ms milliseconds @return the instant */
Time
At(int64_t ms)
{
    return MilliSeconds(ms);
}

/** @param ledger gets what the core and the UEs that it keeps report @param keeps which those are
 */
void
UpdateKeys(KeyUpdateLedger& ledger, const Keeps& keeps)
{
    const auto forUes = [&keeps](const std::function<void(uint32_t)>& job) {
        for (uint32_t ue = 0; ue < UES; ++ue)
        {
            if (keeps(ue))
            {
                job(ue);
            }
        }
    };
    forUes([&](uint32_t ue) {
        if (ue != 5)
        {
            ledger.MemberJoined(Session(), ue, ue % GNBS, ue % 3);
        }
    });
    ledger.KeyGenerated(Msk(1), KeyProcedure::CONTROL_PLANE, At(100));
    ledger.KeyReachedMbSmf(Msk(1), At(101));
    for (uint32_t smf = 0; smf < 3; ++smf)
    {
        ledger.KeyReachedSmf(Msk(1), smf, At(102 + smf));
    }
    for (uint32_t ue = 0; ue < UES; ++ue)
    {
        // The core knows all UEs, the ledger only those that it keeps.
        ledger.KeyReachedAmf(Msk(1), ue, At(110 + ue));
    }
    forUes([&](uint32_t ue) {
        ledger.KeyReachedGnb(Msk(1), ue, At(120 + ue));
        if (ue != 3 && ue != 4)
        {
            ledger.KeyInstalled(Msk(1), ue, At(130 + ue));
        }
    });
    ledger.KeyRejected(Msk(1), 3);
    ledger.KeyGivenUp(Msk(1), 4);
    ledger.KeyGenerated(MtkName(2), KeyProcedure::CONTROL_PLANE, At(200));
    for (uint32_t gnb = 0; gnb < GNBS; ++gnb)
    {
        forUes([&](uint32_t ue) {
            if (ue % GNBS == gnb)
            {
                ledger.KeyReachedCell(MtkName(2), gnb, At(205 + gnb));
            }
        });
    }
    forUes([&](uint32_t ue) {
        if (ue == 7)
        {
            ledger.MemberLeft(Session(), ue);
            return;
        }
        ledger.KeyInstalled(MtkName(2), ue, At(210 + 2 * ue));
        ledger.KeyFirstUsed(Session(), MtkName(2).mki, ue, At(240 + ue));
    });
    ledger.KeyGenerated(Msk(2), KeyProcedure::CONTROL_PLANE, At(300));
    ledger.Finish();
}

/** @param ledger finished @return what is written of it */
std::string
Text(const KeyUpdateLedger& ledger)
{
    std::ostringstream text;
    WriteKeyUpdates(text, ledger);
    for (const KeyKind kind : {KeyKind::MSK, KeyKind::MTK})
    {
        const LatencyStatistics latencies = ledger.Latencies(kind);
        text << ledger.Count(kind) << ' ' << latencies.Count() << ' '
             << latencies.MeanMs().value_or(-1) << ' ' << latencies.QuantileMs(95).value_or(-1);
        for (std::size_t leg = 0; leg < KEY_LEGS; ++leg)
        {
            text << ' ' << ledger.LegLatencies(kind, static_cast<KeyLeg>(leg)).Count();
        }
        text << '\n';
    }
    return text.str();
}

/** @param check where to report */
void
KeyUpdatesOfTwoLedgersComeTogether(Check& check)
{
    KeyUpdateLedger whole;
    UpdateKeys(whole, Everyone);
    for (const bool evenFirst : {true, false})
    {
        KeyUpdateLedger first;
        KeyUpdateLedger second;
        UpdateKeys(first, evenFirst ? Even : Odd);
        UpdateKeys(second, evenFirst ? Odd : Even);
        ResultParcel parcel;
        second.Export(parcel);
        ResultParcel received(parcel.Octets());
        first.Absorb(received);
        check.Equal(received.Left(), std::size_t{0}, "octets that are left");
        check.Equal(Text(first), Text(whole), "rows and statistics of both and of one ledger");
    }
    check.Expect(Text(whole).find("rejected") != std::string::npos &&
                     Text(whole).find("left") != std::string::npos &&
                     Text(whole).find("lost") != std::string::npos &&
                     Text(whole).find("pending") != std::string::npos,
                 "every outcome is among them: " + Text(whole));
}

/** @param ledgers get what the core and the UEs that they keep report @param keeps which those are
 */
void
SendTraffic(TrafficLedgers& ledgers, const Keeps& keeps)
{
    ledgers.AddSession(Session());
    TrafficLedger& ledger = ledgers.Get(0);
    for (uint32_t ue = 0; ue < UES; ++ue)
    {
        if (keeps(ue))
        {
            ledger.AddUe(ue, ue % GNBS);
            ledger.MemberJoined(ue, ue % GNBS);
        }
    }
    for (uint64_t index = 0; index < 40; ++index)
    {
        const uint64_t uid = 500 + index;
        ledgers.PacketSent(Session(), index, uid, At(20 * static_cast<int64_t>(index)));
        for (uint32_t gnb = 0; gnb < GNBS; ++gnb)
        {
            ledger.CellCopyEntered(uid, gnb);
            if (index >= 38)
            {
                continue;
            }
            for (uint32_t ue = gnb; ue < UES && keeps(ue); ue += GNBS)
            {
                // Told by the first UE of the cell, as the cell would.
                if (ue == gnb)
                {
                    ledger.CellCopyLeft(uid, gnb);
                    ledger.ArrivedAtGnb(uid, gnb);
                }
                if ((index + ue) % 7 == 0)
                {
                    ledger.Lost(ue, index, LossCause::RADIO);
                }
                else
                {
                    ledger.Delivered(ue, index, 100);
                }
            }
        }
    }
    if (keeps(6))
    {
        ledger.MemberLeft(6);
    }
    ledgers.Finish(Seconds(1));
}

/** @param ledgers finished @return what is written of them */
std::string
Text(const TrafficLedgers& ledgers)
{
    std::ostringstream text;
    WriteTraffic(text, ledgers);
    WriteTrafficOverTime(text, ledgers.Bins());
    text << ledgers.Conserved() << ledgers.FirstViolation();
    return text.str();
}

/** @param check where to report */
void
TrafficOfTwoLedgersComesTogether(Check& check)
{
    TrafficLedgers whole;
    SendTraffic(whole, Everyone);
    TrafficLedgers first;
    TrafficLedgers second;
    SendTraffic(first, Odd);
    SendTraffic(second, Even);
    ResultParcel parcel;
    second.Export(parcel);
    ResultParcel received(parcel.Octets());
    first.Absorb(received);
    check.Equal(received.Left(), std::size_t{0}, "octets that are left");
    check.Expect(whole.Conserved(), whole.FirstViolation());
    check.Equal(Text(first), Text(whole), "rows and intervals of both and of one ledger");
    check.Expect(whole.Total().inFlight > 0 && whole.Total().Lost() > 0, "not all is delivered");
}

/** @param check where to report */
void
AViolationInOneLedgerIsOneOfBoth(Check& check)
{
    TrafficLedgers right;
    SendTraffic(right, Odd);
    TrafficLedger wrong;
    wrong.MemberJoined(0, 0);
    wrong.PacketSent(0, 500, At(0));
    wrong.ArrivedAtGnb(500, 0);
    wrong.Finish(Seconds(1));
    check.Expect(!wrong.Conserved(), "a packet without a verdict is missed");
    ResultParcel parcel;
    wrong.Export(parcel);
    right.Get(0).Absorb(parcel);
    check.Equal(right.FirstViolation(), wrong.FirstViolation(), "what is said of both");
}

/** @param check where to report */
void
JoinsAndMembershipsOfTwoLedgersComeTogether(Check& check)
{
    const auto fill = [](JoinLedger& joins, MembershipLedger& members, const Keeps& keeps) {
        members.KeyActivated(MtkName(1).mki, At(0));
        for (uint32_t ue = 0; ue < UES; ++ue)
        {
            if (!keeps(ue))
            {
                continue;
            }
            // Later UEs ask first, and two at a time.
            const Time at = At(10 * (UES - ue / 2));
            joins.Requested(Session(), ue, ue % GNBS, at);
            if (ue == 4 || ue == 9)
            {
                joins.Rejected(Session(), ue, "cause 2", at + At(3));
                continue;
            }
            if (ue == 5)
            {
                continue;
            }
            joins.Joined(Session(), ue, at + At(5));
            members.MskGiven(ue, Msk(1).mki);
            members.Joined(ue, ue % GNBS, at + At(5));
        }
        members.PacketSent();
        if (keeps(2))
        {
            members.Left(2, MembershipLedger::Ending::LEFT, At(400));
        }
        members.PacketSent();
        members.Finish(Seconds(1));
    };
    const auto text = [](const JoinLedger& joins, const MembershipLedger& members) {
        std::ostringstream written;
        WriteJoins(written, joins);
        WriteMemberships(written, {{Session(), &members}});
        return written.str();
    };
    JoinLedger joins[3];
    MembershipLedger members[3];
    fill(joins[0], members[0], Everyone);
    fill(joins[1], members[1], Even);
    fill(joins[2], members[2], Odd);
    ResultParcel parcel;
    joins[2].Export(parcel);
    members[2].Export(parcel);
    ResultParcel received(parcel.Octets());
    joins[1].Absorb(received);
    members[1].Absorb(received);
    check.Equal(received.Left(), std::size_t{0}, "octets that are left");
    check.Equal(text(joins[1], members[1]),
                text(joins[0], members[0]),
                "rows of both and of one ledger");
}

/** @param check where to report */
void
MessagesOfTwoCountersComeTogether(Check& check)
{
    SignallingCounter first;
    SignallingCounter second;
    first.Count("N2", "a", 10);
    first.Count("N11", "b", 20);
    second.Count("N2", "a", 1);
    second.Count("Uu", "Paging", 5);
    ResultParcel parcel;
    second.Export(parcel);
    first.Absorb(parcel);
    std::ostringstream text;
    WriteSignalling(text, first);
    check.Equal(
        text.str(),
        std::string("interface,message,count,bytes\nN11,b,1,20\nN2,a,2,11\nUu,Paging,1,5\n"),
        "the sum of both");
}

/** @param check where to report */
void
AParcelGivesWhatWasPut(Check& check)
{
    ResultParcel parcel;
    parcel.Put(int64_t{-5});
    parcel.PutText("key \0 update");
    parcel.PutAll(std::vector<uint16_t>{1, 2, 65535});
    parcel.PutAll(std::vector<uint64_t>());
    ResultParcel received(parcel.Octets());
    check.Equal(received.Get<int64_t>(), int64_t{-5}, "a number");
    check.Equal(received.GetText(), std::string("key \0 update"), "a text");
    check.Expect(received.GetAll<uint16_t>() == std::vector<uint16_t>{1, 2, 65535}, "numbers");
    check.Expect(received.GetAll<uint64_t>().empty(), "no numbers");
    check.Equal(received.Left(), std::size_t{0}, "octets that are left");
    received.Clear();
    check.Expect(received.Octets().empty(), "nothing is in it");
}

} // namespace

/** @param suite gets the tests of results that several processes kept */
void AddMergeTests(MbsTestSuite& suite);

void
AddMergeTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("key updates that two ledgers kept are as if one had",
                                   KeyUpdatesOfTwoLedgersComeTogether));
    suite.Add(new FunctionTestCase("traffic that two ledgers kept is as if one had",
                                   TrafficOfTwoLedgersComesTogether));
    suite.Add(new FunctionTestCase("a packet that one of two ledgers misses is missed",
                                   AViolationInOneLedgerIsOneOfBoth));
    suite.Add(new FunctionTestCase("joins and memberships that two ledgers kept are as if one had",
                                   JoinsAndMembershipsOfTwoLedgersComeTogether));
    suite.Add(new FunctionTestCase("messages that two counters counted add up",
                                   MessagesOfTwoCountersComeTogether));
    suite.Add(new FunctionTestCase("a parcel of results gives what was put into it",
                                   AParcelGivesWhatWasPut));
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only

// In which order, and how many at a time, an SMF sends commands to an AMF.

#include "mbs-lone-smf.h"

#include "ns3/mbs-smf.h"

#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** An SMF with two UEs in the session, and what their AMF gets, and when, from then on. */
struct BusyAmf : LoneSmf
{
    /** @param transfers attribute MaxTransfers */
    explicit BusyAmf(uint32_t transfers)
    {
        function->SetAttribute("MaxTransfers", UintegerValue(transfers));
        for (const char* ref : {"member", "guest"})
        {
            Join(ref);
            Complete(ref);
        }
        n1.clear();
        toUe.clear();
        On("POST", sbi::path::N1_N2_MESSAGES, [this](const SbiRequest& request) {
            arrivals.push_back(Simulator::Now());
            const SbiResponse answer = Take(request);
            if (arrivals.size() == 1 && first)
            {
                first();
            }
            return refusal.status != 0 ? refusal : answer;
        });
    }

    /** @brief Has the MB-SMF notify a new MSK. */
    void Renew()
    {
        Ask("POST", NOTIFY, Notification(nmbsmf::ContextStatusEventType::SECURITY_INFO));
    }

    /**
     * @brief Has the second UE say something while the command for it waits for the first one's.
     * @param message 5GSM
     */
    void SayWhileItWaits(const Bytes& message)
    {
        nsmf::SmContextUpdateData update;
        update.n1SmMsg = sbi::RefToBinaryData{"n1msg"};
        const SbiRequest request = MultipartRequest(sbi::path::SmContextModify("guest"),
                                                    update.Encode(),
                                                    {{SBI_NAS_TYPE, "n1msg", message}},
                                                    {"test", "request"});
        // The notification is on its way for one delay, the first command and its answer for two.
        At(net.delay,
           [this, request] { sbi->Send(net.Address(0), 80, request, [](const SbiResponse&) {}); });
    }

    std::vector<Time> arrivals;  //!< of commands
    std::function<void()> first; //!< called when the first one has come
    SbiResponse refusal;         //!< the answer, if its status is not 0
};

/** @param lone an SMF and its AMF @return how much later the second command came */
Time
Gap(const BusyAmf& lone)
{
    return lone.arrivals.size() == 2 ? lone.arrivals[1] - lone.arrivals[0] : Seconds(-1);
}

void
NoMoreThanIsAnswered(Check& check)
{
    {
        BusyAmf one(1);
        one.Renew();
        check.Expect(Gap(one) >= 2 * one.net.delay,
                     "the second one leaves when the first is answered");
        check.Expect(one.toUe.size() == 2 && one.toUe[0].find("imsi-member") != std::string::npos &&
                         one.toUe[1].find("imsi-guest") != std::string::npos,
                     "in the order in which the UEs joined");
        check.Expect(one.n1.size() == 2 && one.n1[0] == one.n1[1], "both are told the same");
    }
    BusyAmf two(2);
    two.Renew();
    check.Expect(Gap(two) >= Seconds(0) && Gap(two) < two.net.delay, "both leave at once");
}

void
RefusalsMakeRoom(Check& check)
{
    BusyAmf lone(1);
    lone.refusal = Problem(403, "UE_IN_NON_ALLOWED_AREA", "not now");
    lone.Renew();
    check.Equal(lone.n1.size(), 2u, "the next one is sent");
    check.Equal(lone.dropped.size(), 2u, "and both refusals are counted");
}

void
RemovedWhileItWaits(Check& check)
{
    BusyAmf lone(1);
    lone.first = [&lone] { lone.function->RemoveUe("guest", SESSION); };
    lone.Renew();
    check.Equal(lone.n1.size(), 2u, "a command for each");
    check.Expect(lone.Decision().decision == MbsDecision::REMOVED &&
                     lone.Decision().keySets.empty(),
                 "the second UE is removed and gets no keys");
    lone.Complete("guest", 0);
    lone.Complete("member", 0);
    check.Equal(lone.n1.size(), 2u, "nothing follows");
    check.Equal(lone.dropped.size(), 0u, "each answer is one to its command");
}

void
JoinsAgainWhileItWaits(Check& check)
{
    BusyAmf lone(1);
    lone.SayWhileItWaits(RequestOf(9));
    lone.Renew();
    check.Equal(lone.n1.size(), 2u, "a command for each");
    check.Expect(lone.Decision().decision == MbsDecision::JOIN_ACCEPTED &&
                     lone.Decision().keySets.size() == 1 &&
                     lone.Decision().keySets[0].mskId == MskId(1, 2),
                 "the second UE gets the new MSK with the answer, in the turn that it had");
}

void
AnswersBeforeItsCommand(Check& check)
{
    BusyAmf lone(1);
    PduSessionModificationComplete complete;
    complete.pduSessionId = 2;
    lone.SayWhileItWaits(complete.Encode());
    lone.Renew();
    check.Equal(lone.n1.size(), 2u, "the command is sent all the same");
    check.Expect(lone.LastDrop().find("no command waits for it") != std::string::npos,
                 lone.LastDrop());
}

void
RestartsWhileOneWaits(Check& check)
{
    using Memory = NetworkFunction::Memory;
    for (const auto& [memory, commands] :
         {std::pair(Memory::KEPT, 3u), std::pair(Memory::LOST, 1u)})
    {
        BusyAmf lone(1);
        const Memory kind = memory;
        lone.first = [&lone, kind] { lone.function->Restart(kind, MilliSeconds(50)); };
        lone.Renew();
        check.Equal(lone.n1.size(),
                    commands,
                    memory == Memory::KEPT ? "the first one again, then the one that waited"
                                           : "who waited is forgotten");
        LoneSmf::Run(1);
        lone.Join("guest", 5);
        check.Equal(lone.n1.size(), commands + 1, "and goes on");
    }
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of the commands that an SMF sends */
void AddSmfCommandTests(MbsTestSuite& suite);

void
AddSmfCommandTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("an SMF ") + name, body));
    };
    add("sends an AMF no more commands than it answers", NoMoreThanIsAnswered);
    add("sends the next command when the AMF refuses one", RefusalsMakeRoom);
    add("sends no keys to a UE that is removed before its turn", RemovedWhileItWaits);
    add("answers a UE that joins again before its turn", JoinsAgainWhileItWaits);
    add("takes no answer to a command that it has not sent", AnswersBeforeItsCommand);
    add("restarts while commands wait for their turn", RestartsWhileOneWaits);
}

} // namespace ns3::mbs

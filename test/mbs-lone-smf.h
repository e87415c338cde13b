// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_LONE_SMF_H
#define MBS_LONE_SMF_H

#include "mbs-lone-function.h"

#include "ns3/mbs-sbi-body-namf.h"
#include "ns3/mbs-sbi-body-nsmf.h"
#include "ns3/mbs-sbi-paths.h"
#include "ns3/mbs-smf.h"

#include <string>
#include <vector>

namespace ns3::mbs
{

/** @ingroup mbs-tests @brief The session of the tests. */
inline const Tmgi SESSION(0x123456, PlmnId());

/** @ingroup mbs-tests @brief Where the MB-SMF notifies of it. */
inline const std::string NOTIFY = "/nmbsmf-callback/v1/context-status/12345600f110";

/** @ingroup mbs-tests @return an MSK with an MTK */
inline SecurityContext
Keys()
{
    KeySet keys;
    keys.keyDomainId = KeyDomainId(PlmnId());
    keys.mskId = MskId(1, 1);
    keys.msk = Key128({1, 2, 3});
    keys.mtk = Mtk{MtkId(1), Key128({4, 5, 6})};
    return {keys};
}

/**
 * @ingroup mbs-tests
 * @param request ContextStatusSubscribe
 * @param anyUe true if the session is open to any UE
 * @param security its keys
 * @return answer to ContextStatusSubscribe
 */
inline SbiResponse
Subscribed(const SbiRequest& request, bool anyUe, const SecurityContext& security)
{
    nmbsmf::ContextStatusSubscribeRspData answer;
    answer.subscription = nmbsmf::ContextStatusSubscribeReqData::Decode(request.body)->subscription;
    nmbsmf::ContextStatusEventReport report;
    report.eventType = nmbsmf::ContextStatusEventType::SECURITY_INFO;
    report.mbsSecurityContext = security;
    answer.reportList.push_back(report);
    answer.mbsContextInfo.emplace();
    answer.mbsContextInfo->anyUeInd = anyUe;
    return JsonResponse(201, answer.Encode(), sbi::path::ContextSubscription("1"));
}

/** @ingroup mbs-tests @brief An SMF with three PDU sessions, and a node that plays AMF and MB-SMF.
 */
struct LoneSmf : LoneFunction<Smf>
{
    /** @param anyUe true if the session is open to any UE */
    explicit LoneSmf(bool anyUe = true)
    {
        function->SetInstance(3);
        function->SetNumber(6);
        function->SetMbSmf(Peer());
        for (const char* ref : {"member", "guest", "barred"})
        {
            Smf::SmContext context;
            context.ref = ref;
            context.supi = std::string("imsi-") + ref;
            context.pduSessionId = 2;
            context.amf = Peer();
            context.multicastAllowed = context.ref != "barred";
            if (context.ref == "member")
            {
                context.allowed.insert(SESSION);
            }
            function->AddSmContext(context);
        }
        function->TraceConnectWithoutContext("CommandRetransmitted",
                                             MakeCallback(&LoneSmf::Retransmitted, this));
        function->TraceConnectWithoutContext("CommandGivenUp",
                                             MakeCallback(&LoneSmf::GivenUp, this));
        function->TraceConnectWithoutContext("CommandRejected",
                                             MakeCallback(&LoneSmf::Rejected, this));
        function->TraceConnectWithoutContext("SecurityContextReceived",
                                             MakeCallback(&LoneSmf::KeysReceived, this));
        On("POST", sbi::path::N1_N2_MESSAGES, [this](const SbiRequest& request) {
            return Take(request);
        });
        On("DELETE", sbi::path::CONTEXT_SUBSCRIPTION, [this](const SbiRequest& request) {
            unsubscribed.push_back(request.path);
            return NoContent();
        });
        On("POST", sbi::path::CONTEXT_SUBSCRIPTIONS, [this, anyUe](const SbiRequest& request) {
            ++subscriptions;
            return Subscribed(request, anyUe, Keys());
        });
        Start();
    }

    /** @param request N1N2MessageTransfer @return the AMF's answer */
    SbiResponse Take(const SbiRequest& request)
    {
        const auto parts = SbiParts::Read(request.contentType, request.body);
        const ByteView message = parts->Find({"n1msg"}).value();
        toUe.push_back(request.path + " " + ToHex(message));
        n1.push_back(message.ToBytes());
        n2.push_back(parts->Find({"n2info"}).has_value());
        return JsonResponse(200, namf::N1N2MessageTransferRspData().Encode());
    }

    void Retransmitted(const std::string& /* supi */)
    {
        ++retransmitted;
    }

    void GivenUp(const std::string& /* supi */, ByteView /* command */)
    {
        ++givenUp;
    }

    void Rejected(const std::string& supi, ByteView command)
    {
        rejected.push_back(supi + " " + ToHex(command));
    }

    void KeysReceived(uint32_t smf, const Tmgi& tmgi, const SecurityContext& context)
    {
        keysReceived += smf == 6 && tmgi == SESSION ? context.size() : 100;
    }

    /** @param ref PDU session @param message 5GSM, from its UE @return the SMF's answer */
    SbiResponse FromUe(const std::string& ref, const Bytes& message)
    {
        nsmf::SmContextUpdateData update;
        update.n1SmMsg = sbi::RefToBinaryData{"n1msg"};
        return Ask(MultipartRequest(sbi::path::SmContextModify(ref),
                                    update.Encode(),
                                    {{SBI_NAS_TYPE, "n1msg", message}},
                                    {}));
    }

    /** @param ref PDU session @param pti of the request; joins SESSION */
    void Join(const std::string& ref, uint8_t pti = 1);

    /** @param ref PDU session @param pti of the command */
    void Complete(const std::string& ref, uint8_t pti = 1)
    {
        PduSessionModificationComplete complete;
        complete.pduSessionId = 2;
        complete.pti = pti;
        FromUe(ref, complete.Encode());
    }

    /** @return the decision in the command sent last */
    ReceivedMbsInformation Decision() const
    {
        const auto command =
            n1.empty() ? DecodeError::TRUNCATED : PduSessionModificationCommand::Decode(n1.back());
        return command && command->receivedMbs ? command->receivedMbs->sessions.front()
                                               : ReceivedMbsInformation();
    }

    std::vector<std::string> toUe;         //!< path and N1 of transfers
    std::vector<Bytes> n1;                 //!< N1 of transfers
    std::vector<bool> n2;                  //!< whether N2 came with them
    uint32_t subscriptions{0};             //!< asked of the MB-SMF
    std::vector<std::string> unsubscribed; //!< paths of subscriptions that were ended
    uint32_t retransmitted{0};             //!< trace source
    uint32_t givenUp{0};                   //!< trace source
    std::vector<std::string> rejected;     //!< trace source
    std::size_t keysReceived{0};           //!< trace source
};

/** @ingroup mbs-tests @param pti of the request @param session what to join @param operation or to
 * leave */
inline Bytes
RequestOf(uint8_t pti,
          const N1MbsSessionId& session = SESSION,
          MbsOperation operation = MbsOperation::JOIN)
{
    PduSessionModificationRequest request;
    request.pduSessionId = 2;
    request.pti = pti;
    request.requestedMbs = RequestedMbsContainer{{{operation, session}}};
    return request.Encode();
}

inline void
LoneSmf::Join(const std::string& ref, uint8_t pti)
{
    FromUe(ref, RequestOf(pti));
}

/** @ingroup mbs-tests @param type of the event @param number of the MSK @return ContextStatusNotify
 * with keys */
inline std::string
Notification(const std::string& type, uint16_t number = 2)
{
    nmbsmf::ContextStatusNotifyReqData notify;
    nmbsmf::ContextStatusEventReport report;
    report.eventType = type;
    report.mbsSecurityContext = Keys();
    report.mbsSecurityContext[0].mskId = MskId(1, number);
    notify.reportList.push_back(report);
    return notify.Encode();
}

} // namespace ns3::mbs

#endif // MBS_LONE_SMF_H

// SPDX-License-Identifier: GPL-2.0-only

// What an SMF does when a UE falls asleep or wakes (TS 23.502 clauses 4.2.3.2 and 4.2.6, TS 23.247
// clause 7.2.5.2): it brings back the bearers of the sessions that the UE is in.

#include "mbs-sbi-operations.h"
#include "mbs-smf.h"

#include "ns3/mbs-ngap-session.h"
#include "ns3/mbs-sbi-body-namf.h"
#include "ns3/mbs-sbi-body-nsmf.h"
#include "ns3/mbs-sbi-paths.h"

namespace ns3::mbs
{

SbiResponse
Smf::ChangeUpConnection(const State& state, const std::string& upCnxState)
{
    nsmf::SmContextUpdatedData answer;
    answer.upCnxState = upCnxState;
    if (upCnxState != nsmf::UpCnxState::ACTIVATING || state.joined.empty())
    {
        return JsonResponse(200, answer.Encode());
    }
    NgapPduSessionResourceModifyRequestTransfer transfer;
    for (const auto& [tmgi, place] : state.joined)
    {
        NgapMbsSessionSetupOrModifyRequestItem item;
        item.mbsSessionId.tmgi = tmgi;
        transfer.mbsSessionSetupOrModifyRequestList.push_back(item);
    }
    answer.n2SmInfo = sbi::RefToBinaryData{SBI_N2_PART};
    answer.n2SmInfoType = nsmf::N2SmInfoType::PDU_RES_MOD_REQ;
    return MultipartResponse(answer.Encode(), {{SBI_NGAP_TYPE, SBI_N2_PART, transfer.Encode()}});
}

void
Smf::MakeReachable(const Tmgi& tmgi, const Session& session)
{
    // One request to each AMF; UEs with the same PDU session identity are named together.
    std::map<Ipv4Address, std::pair<SbiPeer, std::map<uint8_t, namf::UeInfo>>> requests;
    session.joined.ForEach([&requests](const State& state) {
        const KeptContext& context = state.context;
        auto& [amf, infos] = requests[context.amf.remote];
        amf = context.amf;
        namf::UeInfo& info = infos[context.pduSessionId];
        info.pduSessionId = context.pduSessionId;
        info.ueList.push_back(context.supi);
    });
    for (auto& [address, request] : requests)
    {
        namf::EnableGroupReachabilityReqData body;
        body.tmgi = tmgi;
        for (auto& [id, info] : request.second)
        {
            body.ueInfoList.push_back(std::move(info));
        }
        Request(request.first,
                JsonRequest("POST",
                            sbi::path::ENABLE_GROUP_REACHABILITY,
                            body.Encode(),
                            operations::ENABLE_GROUP_REACHABILITY),
                [this](const SbiResponse& response) {
                    if (!IsSuccess(response))
                    {
                        Drop("EnableGroupReachability", "the AMF answered " + StatusText(response));
                    }
                });
    }
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "../mbs-sbi-body-samples.h"
#include "mbs-fuzz.h"

#include "ns3/mbs-sbi-body-namf-broadcast.h"
#include "ns3/mbs-sbi-body-namf.h"
#include "ns3/mbs-sbi-body-nmbsf.h"
#include "ns3/mbs-sbi-body-nmbsmf.h"
#include "ns3/mbs-sbi-body-nmbstf.h"
#include "ns3/mbs-sbi-body-nsmf.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** Takes octets as one type of body. */
using Read = bool (*)(ByteView octets);

/** @tparam T a body @param octets its text @return true if it was accepted */
template <typename T>
bool
ReadBody(ByteView octets)
{
    return bool(Recode(octets, &T::Decode, [](const T& value) { return Octets(value.Encode()); }));
}

/** @param octets the text of a security context @return true if it was accepted */
bool
ReadSecurityContext(ByteView octets)
{
    return bool(Recode(octets, &sbi::DecodeSecurityContext, [](const SecurityContext& value) {
        return Octets(sbi::EncodeSecurityContext(value));
    }));
}

/** @param octets the text of a patch @return true if it was accepted */
bool
ReadPatch(ByteView octets)
{
    const auto patch = sbi::DecodePatch(octets);
    if (patch)
    {
        for (const sbi::PatchItem& item : *patch)
        {
            SecurityContext context;
            sbi::TakePatchValue(item, context);
            std::optional<std::string> text;
            sbi::TakePatchValue(item, text);
        }
    }
    return bool(Recode(octets, &sbi::DecodePatch, [](const std::vector<sbi::PatchItem>& value) {
        return Octets(sbi::EncodePatch(value));
    }));
}

/** All of them; the first octet of an input says as which one the rest is read. */
constexpr Read READS[] = {
    &ReadSecurityContext,
    &ReadPatch,
    &ReadBody<sbi::MbsSessionId>,
    &ReadBody<sbi::TunnelAddress>,
    &ReadBody<sbi::ProblemDetails>,
    &ReadBody<namf::N1N2MessageTransferReqData>,
    &ReadBody<namf::N1N2MessageTransferRspData>,
    &ReadBody<namf::N1N2MessageTransferError>,
    &ReadBody<namf::EnableGroupReachabilityReqData>,
    &ReadBody<namf::EnableGroupReachabilityRspData>,
    &ReadBody<namf::MbsN2MessageTransferReqData>,
    &ReadBody<namf::MbsN2MessageTransferRspData>,
    &ReadBody<nmbsf::MbsUserService>,
    &ReadBody<nmbsf::MbsUserDataIngSession>,
    &ReadBody<nmbsmf::TmgiAllocate>,
    &ReadBody<nmbsmf::TmgiAllocated>,
    &ReadBody<nmbsmf::TmgiList>,
    &ReadBody<nmbsmf::CreateReqData>,
    &ReadBody<nmbsmf::CreateRspData>,
    &ReadBody<nmbsmf::MbsSessionPatch>,
    &ReadBody<nmbsmf::ContextStatusSubscribeReqData>,
    &ReadBody<nmbsmf::ContextStatusSubscribeRspData>,
    &ReadBody<nmbsmf::ContextStatusNotifyReqData>,
    &ReadBody<nmbsmf::ContextUpdateReqData>,
    &ReadBody<nmbsmf::StatusNotifyReqData>,
    &ReadBody<nmbsmf::ContextUpdateRspData>,
    &ReadBody<nmbstf::DistSession>,
    &ReadBody<nmbstf::CreateReqData>,
    &ReadBody<nmbstf::CreateRspData>,
    &ReadBody<nmbstf::DistSessionPatch>,
    &ReadBody<nmbstf::StatusSubscribeReqData>,
    &ReadBody<nmbstf::StatusSubscribeRspData>,
    &ReadBody<nmbstf::StatusNotifyReqData>,
    &ReadBody<nsmf::SmContextUpdateData>,
    &ReadBody<nsmf::SmContextUpdatedData>,
    &ReadBody<nmbsmf::ContextStatusSubscription>,
    &ReadBody<nmbsmf::ContextSubscriptionPatch>,
    &ReadBody<nmbsf::MbsUserDataIngSessionPatch>,
    &ReadBody<namf::ContextCreateReqData>,
    &ReadBody<namf::ContextCreateRspData>,
    &ReadBody<namf::ContextUpdateReqData>,
    &ReadBody<namf::ContextUpdateRspData>,
    &ReadBody<namf::ContextStatusNotification>,
};

/** How many there are. */
constexpr std::size_t COUNT = std::size(READS);

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    Input input(octets);
    const Read read = READS[input.Choose(COUNT)];
    return read(input.Rest());
}

/** @return every body that has a sample */
std::vector<Bytes>
Seeds()
{
    std::vector<Bytes> seeds;
    for (const SbiSample& sample : SbiBodySamples())
    {
        for (std::size_t i = 0; i < COUNT; ++i)
        {
            if (READS[i](Octets(sample.json)))
            {
                seeds.push_back(Prefixed(Choice(i, COUNT), Octets(sample.json)));
            }
        }
    }
    return seeds;
}

const Target TARGET("sbi-body", 2048, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz

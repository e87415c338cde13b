// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-xnap-types.h"

#include "mbs-xnap-code.h"

namespace ns3::mbs
{

namespace
{

/** Names of the messages this module knows. */
constexpr std::array<ApMessageNames, 3> NAMES{{
    {XnapProcedureCode::HANDOVER_PREPARATION,
     {"HandoverRequest", "HandoverRequestAcknowledge", "HandoverPreparationFailure"}},
    {XnapProcedureCode::HANDOVER_CANCEL, {"HandoverCancel", nullptr, nullptr}},
    {XnapProcedureCode::UE_CONTEXT_RELEASE, {"UEContextRelease", nullptr, nullptr}},
}};

} // namespace

Decoded<XnapMessageType>
XnapPeek(ByteView pdu)
{
    return ApPeek<XnapProtocol>(pdu);
}

const char*
XnapMessageName(const XnapMessageType& type)
{
    return ApMessageName(NAMES, type);
}

std::size_t
ApBegin(AperWriter& writer, const XnapMessageType& type)
{
    // TS 38.423 clause 9.3.3
    const bool ignore = type.procedureCode == XnapProcedureCode::HANDOVER_CANCEL;
    return ApBegin(writer,
                   type.kind,
                   type.procedureCode,
                   ignore ? NgapCriticality::IGNORE : NgapCriticality::REJECT);
}

} // namespace ns3::mbs

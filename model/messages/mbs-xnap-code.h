// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_XNAP_CODE_H
#define MBS_XNAP_CODE_H

#include "mbs-ngap-code.h"
#include "mbs-ngap-envelope.h"
#include "mbs-xnap-types.h"

namespace ns3::mbs
{

/**
 * @file
 * @ingroup mbs
 * Layouts of the types that several messages of XnAP share (TS 38.423 clause 9.3.5). They are
 * written with the coder of NGAP, since both protocols are aligned PER of the same style.
 */

/**
 * @ingroup mbs
 * @brief IDs of the IEs that this module knows, named as in the standard (TS 38.423 clause 9.3.7).
 */
struct XnapIeId
{
    /** @cond the names say it */
    static constexpr uint16_t CAUSE = 7;
    static constexpr uint16_t CRITICALITY_DIAGNOSTICS = 10;
    static constexpr uint16_t GUAMI = 15;
    static constexpr uint16_t PDU_SESSION_RESOURCES_ADMITTED_LIST = 42;
    static constexpr uint16_t PDU_SESSION_RESOURCES_NOT_ADMITTED_LIST = 43;
    static constexpr uint16_t SOURCE_NG_RAN_NODE_UE_XNAP_ID = 73;
    static constexpr uint16_t TARGET_TO_SOURCE_NG_RAN_NODE_TRANSP_CONTAINER = 77;
    static constexpr uint16_t TARGET_CELL_GLOBAL_ID = 78;
    static constexpr uint16_t TARGET_NG_RAN_NODE_UE_XNAP_ID = 79;
    static constexpr uint16_t UE_CONTEXT_INFO_HO_REQUEST = 83;
    static constexpr uint16_t UE_HISTORY_INFORMATION = 88;
    static constexpr uint16_t REQUESTED_TARGET_CELL_GLOBAL_ID = 161;
    static constexpr uint16_t MBS_SESSION_INFORMATION_LIST = 273;
    static constexpr uint16_t MBS_SESSION_INFORMATION_RESPONSE_LIST = 274;
    static constexpr uint16_t MBS_SESSION_ASSOCIATED_INFORMATION = 275;
    /** @endcond */
};

/** maxnoofMBSSessions of XnAP. */
constexpr uint64_t XNAP_MAX_MBS_SESSIONS = 256;
/** maxnoofMRBs. */
constexpr uint64_t XNAP_MAX_MRBS = 32;

/**
 * @ingroup mbs
 * @brief Begins an XnAP-PDU with its procedure's criticality.
 * @param writer of nothing so far
 * @param type which message follows
 * @return what AperWriter::EndOpenType() is to be given behind the message
 */
std::size_t ApBegin(AperWriter& writer, const XnapMessageType& type);

/** Layout of NG-RANnodeUEXnAPID. */
inline constexpr auto XNAP_CODE_UE_XNAP_ID = [](auto& coder, auto& value) {
    coder.Integer(value, 0, UINT32_MAX);
};
/** Layout of MRB-ID. */
inline constexpr auto XNAP_CODE_MRB_ID = [](auto& coder, auto& value) {
    coder.ExtensibleInteger(value, 1, 512);
};
/** Layout of Target-CGI with an NR cell. */
inline constexpr auto XNAP_CODE_TARGET_CGI = [](auto& coder, auto& value) {
    coder.Choice(0, 3);
    Code(coder, value);
};

/** @cond layouts, as in mbs-ngap-code.h */
template <typename C>
void
Code(C& coder, typename C::template Field<XnapCause> value)
{
    // sizes of the roots, in the order of the CHOICE; the fifth alternative is an extension
    static constexpr std::array<uint64_t, 5> ROOTS{53, 2, 7, 5, 0};
    coder.Enumerated(value.group, ROOTS.size(), false);
    const auto group = static_cast<std::size_t>(value.group);
    if (group >= ROOTS.size() || ROOTS[group] == 0)
    {
        return coder.Fail(DecodeError::UNSUPPORTED);
    }
    coder.Enumerated(value.value, ROOTS[group], true);
}

template <typename C>
void
Code(C& coder, typename C::template Field<XnapMrbProgress> value)
{
    coder.Enumerated(value.size, 3, false);
    switch (value.size)
    {
    case XnapPdcpSnSize::SN12:
        return coder.Integer(value.pdcpSn, 0, 4095);
    case XnapPdcpSnSize::SN18:
        return coder.Integer(value.pdcpSn, 0, 262143);
    default:
        return coder.Fail(DecodeError::UNSUPPORTED);
    }
}

/** @endcond */

} // namespace ns3::mbs

#endif // MBS_XNAP_CODE_H

// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NGAP_INTERFACE_H
#define MBS_NGAP_INTERFACE_H

#include "mbs-ngap-pdu.h"
#include "mbs-ngap-types.h"

#include "ns3/mbs-bytes.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief NG RESET of the whole interface: gNB or AMF to the other (TS 38.413 clause 8.7.4).
 *
 * Who sends it has lost what it knew of the UEs and sessions of the interface. Of the CHOICE Reset
 * Type only "NG interface" is known, not "part of NG interface".
 */
struct NgapNgReset
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::INITIATING_MESSAGE,
                                          NgapProcedureCode::NG_RESET};

    NgapCause cause; //!< why

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /**
     * @param pdu an NGAP-PDU
     * @return the message, or why there is none; UNSUPPORTED if a part of the interface is meant
     */
    static Decoded<NgapNgReset> Decode(ByteView pdu);
};

/**
 * @ingroup mbs
 * @brief NG RESET ACKNOWLEDGE of the whole interface.
 */
struct NgapNgResetAcknowledge
{
    /** Which message this is. */
    static constexpr NgapMessageType TYPE{NgapPduKind::SUCCESSFUL_OUTCOME,
                                          NgapProcedureCode::NG_RESET};

    std::optional<NgapCriticalityDiagnostics> criticalityDiagnostics; //!< what was passed over

    /** @return the PDU; empty if a value is not allowed */
    Bytes Encode() const;
    /** @param pdu an NGAP-PDU @return the message, or why there is none */
    static Decoded<NgapNgResetAcknowledge> Decode(ByteView pdu);
};

} // namespace ns3::mbs

#endif // MBS_NGAP_INTERFACE_H

// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RRC_HANDOVER_H
#define MBS_RRC_HANDOVER_H

#include "ns3/mbs-rrc.h"

namespace ns3::mbs
{

/**
 * @file
 * @ingroup mbs
 * What gNBs tell each other about a UE's RRC in the containers of XnAP (TS 38.331 clause 11.2.2).
 *
 * The octets are this module's own. They begin with one that in the standard's unaligned PER is the
 * whole of such a message, with the alternative criticalExtensionsFuture, so that decoders of the
 * standard's messages find nothing wrong:
 *
 *     0x80 | fields
 */

/**
 * @ingroup mbs
 * @brief HandoverPreparationInformation: source gNB to target gNB, in HANDOVER REQUEST.
 *
 *     0x80 | source cell 4 | C-RNTI there 4 | UE_ID 2
 */
struct HandoverPreparationInformation
{
    ReestablishmentIdentity source; //!< where the UE is (reestablishmentInfo)
    uint16_t ueId{0};               //!< 5G-S-TMSI mod 1024, for its paging occasions

    /** @return the octets */
    Bytes Encode() const;

    /**
     * @param octets what arrived
     * @return the information, or why it was refused
     */
    static Decoded<HandoverPreparationInformation> Decode(ByteView octets);
};

/**
 * @ingroup mbs
 * @brief HandoverCommand: target gNB to source gNB, in HANDOVER REQUEST ACKNOWLEDGE. It holds the
 * RRC RECONFIGURATION with sync, which the source sends to the UE as it is.
 *
 *     0x80 | RRC PDU
 */
struct HandoverCommand
{
    Bytes rrcReconfiguration; //!< RRC PDU for the UE

    /** @return the octets */
    Bytes Encode() const;

    /**
     * @param octets what arrived
     * @return the command, with an RRC RECONFIGURATION with sync in it, or why it was refused
     */
    static Decoded<HandoverCommand> Decode(ByteView octets);
};

} // namespace ns3::mbs

#endif // MBS_RRC_HANDOVER_H

// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NAS_5GMM_H
#define MBS_NAS_5GMM_H

#include "mbs-nas-containers.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief 5GMM message types that this module speaks (TS 24.501 clause 9.7).
 */
enum class NasMmType : uint8_t
{
    SERVICE_REQUEST = 0x4c,  //!< UE to AMF, see NasServiceRequest
    SERVICE_ACCEPT = 0x4e,   //!< AMF to UE, see NasServiceAccept
    UL_NAS_TRANSPORT = 0x67, //!< UE to AMF
    DL_NAS_TRANSPORT = 0x68  //!< AMF to UE
};

/**
 * @ingroup mbs
 * @brief Request type (TS 24.501 clause 9.11.3.47).
 */
enum class NasRequestType : uint8_t
{
    INITIAL_REQUEST = 1,      //!< a new PDU session; unused values are read as this
    EXISTING_PDU_SESSION = 2, //!< a PDU session from the other access
    INITIAL_EMERGENCY = 3,    //!< a new emergency PDU session
    EXISTING_EMERGENCY = 4,   //!< an emergency PDU session from the other access
    MODIFICATION_REQUEST = 5, //!< a change of a PDU session
    MA_PDU_REQUEST = 6        //!< a multi-access PDU session
};

/**
 * @ingroup mbs
 * @brief UL NAS TRANSPORT with N1 SM information (TS 24.501 clause 8.2.10).
 *
 *     +----------------------------------+
 *     | Extended protocol discriminator  |  7e
 *     | 0 0 0 0 | Security header type   |  plain: 0
 *     | Message type                     |  67
 *     | 0 0 0 0 | Payload container type |  N1 SM information: 1
 *     | Payload container                |  length (2), 5GSM message
 *     | 12, PDU session ID               |
 *     | 8-, Request type                 |  optional
 *     +----------------------------------+
 *
 * NAS security is not modelled: what a UE and its AMF exchange is taken to be protected.
 */
struct UlNasTransport
{
    Bytes payload;                             //!< the 5GSM message, 1 to 65535 octets
    uint8_t pduSessionId{0};                   //!< PDU session identity, 1..15
    std::optional<NasRequestType> requestType; //!< request type

    /** @return the octets */
    Bytes Encode() const;

    /**
     * @param message a plain 5GMM message
     * @return its parts; UNSUPPORTED if it is another message, protected, or carries something else
     * than N1 SM information, MALFORMED without payload or PDU session ID, OUT_OF_RANGE for a
     * reserved PDU session ID
     */
    static Decoded<UlNasTransport> Decode(ByteView message);
};

/**
 * @ingroup mbs
 * @brief DL NAS TRANSPORT with N1 SM information (TS 24.501 clause 8.2.11); as UlNasTransport, with
 * message type 68 and without request type.
 */
struct DlNasTransport
{
    Bytes payload;           //!< the 5GSM message, 1 to 65535 octets
    uint8_t pduSessionId{0}; //!< PDU session identity, 1..15

    /** @return the octets */
    Bytes Encode() const;

    /**
     * @param message a plain 5GMM message
     * @return its parts; errors as UlNasTransport::Decode()
     */
    static Decoded<DlNasTransport> Decode(ByteView message);
};

/**
 * @ingroup mbs
 * @brief Reads which keys a DL NAS TRANSPORT brings, without copying a key.
 * @param message a plain 5GMM message
 * @return one entry per key set, in order; empty if the message brings no keys or is not well
 * formed
 */
std::vector<N1KeyNames> PeekN1KeyIds(ByteView message);

} // namespace ns3::mbs

#endif // MBS_NAS_5GMM_H

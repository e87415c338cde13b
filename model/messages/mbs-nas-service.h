// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NAS_SERVICE_H
#define MBS_NAS_SERVICE_H

#include "mbs-nas-5gmm.h"
#include "mbs-ngap-types.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Service type (TS 24.501 clause 9.11.3.50); the values that this module uses.
 */
enum class NasServiceType : uint8_t
{
    SIGNALLING = 0,                //!< the UE has signalling to send
    DATA = 1,                      //!< the UE has data to send
    MOBILE_TERMINATED_SERVICES = 2 //!< the UE answers paging
};

/**
 * @ingroup mbs
 * @brief SERVICE REQUEST: with it an idle UE connects (TS 24.501 clauses 5.6.1 and 8.2.16).
 *
 *     +----------------------------------+
 *     | Extended protocol discriminator  |  7e
 *     | 0 0 0 0 | Security header type   |  plain: 0
 *     | Message type                     |  4c
 *     | Service type | ngKSI             |  ngKSI 0
 *     | 5G-S-TMSI                        |  length (2) 7, f4, AMF set and pointer (2), 5G-TMSI (4)
 *     +----------------------------------+
 */
struct NasServiceRequest
{
    NasServiceType serviceType{NasServiceType::SIGNALLING}; //!< why
    NgapFiveGSTmsi tmsi;                                    //!< who; the same value as in NGAP

    /** @return the octets */
    Bytes Encode() const;

    /**
     * @param message a plain 5GMM message
     * @return its parts; UNSUPPORTED if it is another message, protected, or of another service
     * type, MALFORMED if the identity is no 5G-S-TMSI
     */
    static Decoded<NasServiceRequest> Decode(ByteView message);
};

/**
 * @ingroup mbs
 * @brief SERVICE ACCEPT without optional elements (TS 24.501 clause 8.2.17): AMF to UE.
 */
struct NasServiceAccept
{
    /** @return the octets */
    Bytes Encode() const;

    /** @param message a plain 5GMM message @return it, or UNSUPPORTED if it is another message */
    static Decoded<NasServiceAccept> Decode(ByteView message);
};

/**
 * @ingroup mbs
 * @param message a 5GMM message
 * @return the name of a message of this file, null if it is none
 */
const char* NasServiceMessageName(ByteView message);

} // namespace ns3::mbs

#endif // MBS_NAS_SERVICE_H

// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RRC_H
#define MBS_RRC_H

#include "ns3/mbs-bytes.h"
#include "ns3/mbs-tmgi.h"

#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Which RRC message this is (TS 38.331 clause 6.2.2).
 */
enum class RrcType : uint8_t
{
    DL_INFORMATION_TRANSFER = 1,      //!< carries NAS to the UE
    UL_INFORMATION_TRANSFER = 2,      //!< carries NAS from the UE
    RECONFIGURATION = 3,              //!< sets up or releases multicast radio bearers
    RECONFIGURATION_COMPLETE = 4,     //!< the UE's answer to it
    RELEASE = 5,                      //!< the gNB does not know the UE's bearers any more
    SUSPEND = 6,                      //!< RRCRelease with suspendConfig: to RRC_INACTIVE
    RELEASE_TO_IDLE = 7,              //!< RRCRelease: to RRC_IDLE
    SETUP_REQUEST = 8,                //!< an idle UE wants a connection
    SETUP = 9,                        //!< it gets one
    SETUP_COMPLETE = 10,              //!< carries its first NAS message
    RESUME_REQUEST = 11,              //!< an inactive UE wants its connection back
    RESUME = 12,                      //!< it gets it, with its multicast radio bearers
    RESUME_COMPLETE = 13,             //!< it has it
    MBS_BROADCAST_CONFIGURATION = 14, //!< on the MCCH, to all UEs: the cell's broadcast sessions
    REESTABLISHMENT_REQUEST = 15,     //!< a connected UE that has lost its cell has found one
    REESTABLISHMENT = 16,             //!< the gNB knows it
    REESTABLISHMENT_COMPLETE = 17,    //!< the UE's answer to it
    RECONFIGURATION_WITH_SYNC = 18    //!< RRCReconfiguration that sends the UE to another cell
};

/** Radio identity of the MCCH, on which a cell says what it broadcasts (TS 38.321 table 7.1-1). */
inline constexpr uint16_t MCCH_RNTI = 0xFFFD;

/**
 * @ingroup mbs
 * @brief A multicast radio bearer that a UE shall set up or release.
 */
struct MrbConfig
{
    Tmgi tmgi;           //!< the MBS session
    uint16_t gRnti{0};   //!< the group's radio identity
    bool release{false}; //!< true to stop listening
    /** The UE keeps what the bearer has received when it is handed over, and says in the target
     * cell what it lacks (statusReportRequired of PDCP-Config). */
    bool statusReport{false};
};

/**
 * @ingroup mbs
 * @brief The last cell of a UE and its identity there (ReestabUE-Identity of TS 38.331), without
 * shortMAC-I, as access stratum security is not modelled.
 */
struct ReestablishmentIdentity
{
    uint32_t cell{0};  //!< NR cell identity
    uint32_t cRnti{0}; //!< the UE's radio identity there

    /** @param other another one @return true if both are the same */
    bool operator==(const ReestablishmentIdentity& other) const
    {
        return cell == other.cell && cRnti == other.cRnti;
    }
};

/**
 * @ingroup mbs
 * @brief To which cell a UE is sent (reconfigurationWithSync of TS 38.331).
 */
struct ReconfigurationWithSync
{
    uint32_t cell{0};          //!< NR cell identity
    uint32_t newUeIdentity{0}; //!< the UE's radio identity there
    uint16_t t304{0};          //!< until the UE gives up to get there, ms
};

/**
 * @ingroup mbs
 * @brief The few fields of an RRC message that matter here.
 *
 * The octets are this module's own and not those of TS 38.331's unaligned PER; they stand for the
 * same fields:
 *
 *     type 1 | transaction 1 | bearers 1 | { flags 1, TMGI 6, G-RNTI 2 }* | NAS length 2 | NAS
 *
 * with flags 1 to release a bearer, 2 if it requires a status report, else 0; and, behind these,
 * of a REESTABLISHMENT REQUEST: cell 4 | C-RNTI 4,
 * of a RECONFIGURATION with sync: cell 4 | new C-RNTI 4 | T304 2
 */
struct RrcMessage
{
    RrcType type{RrcType::DL_INFORMATION_TRANSFER}; //!< which message
    uint8_t transaction{0};                         //!< pairs a COMPLETE with its request
    std::vector<MrbConfig> bearers;                 //!< at most 255
    Bytes nas;                                      //!< the NAS PDU carried, may be empty
    ReestablishmentIdentity identity;               //!< of a REESTABLISHMENT REQUEST
    ReconfigurationWithSync sync;                   //!< of a RECONFIGURATION with sync

    /** @return the octets */
    Bytes Encode() const;

    /**
     * @param octets what arrived
     * @return the message, or why it was refused
     */
    static Decoded<RrcMessage> Decode(ByteView octets);
};

} // namespace ns3::mbs

#endif // MBS_RRC_H

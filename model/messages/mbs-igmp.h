// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_IGMP_H
#define MBS_IGMP_H

#include "ns3/mbs-bytes.h"

#include "ns3/ipv4-address.h"

#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What a group record says (RFC 3376 clause 4.2.12).
 */
enum class IgmpRecordType : uint8_t
{
    MODE_IS_INCLUDE = 1,        //!< answer to a query: wants these sources
    MODE_IS_EXCLUDE = 2,        //!< answer to a query: wants all but these sources
    CHANGE_TO_INCLUDE_MODE = 3, //!< from now on wants these sources only
    CHANGE_TO_EXCLUDE_MODE = 4, //!< from now on wants all but these sources
    ALLOW_NEW_SOURCES = 5,      //!< joins: wants these sources as well
    BLOCK_OLD_SOURCES = 6       //!< leaves: no longer wants these sources
};

/**
 * @ingroup mbs
 * @brief One group record of a membership report (RFC 3376 clause 4.2.4).
 */
struct IgmpGroupRecord
{
    IgmpRecordType type{IgmpRecordType::ALLOW_NEW_SOURCES}; //!< what is said
    Ipv4Address group;                                      //!< the multicast group
    std::vector<Ipv4Address> sources;                       //!< the senders meant, at most 65535
};

/**
 * @ingroup mbs
 * @brief IGMPv3 membership report (RFC 3376 clause 4.2): how a gNB joins the lower layer SSM.
 *
 *      0                   1                   2                   3
 *     +---------------+---------------+-------------------------------+
 *     |  Type = 0x22  |   Reserved    |           Checksum            |
 *     +---------------+---------------+-------------------------------+
 *     |           Reserved            |  Number of Group Records (M)  |
 *     +---------------+---------------+-------------------------------+
 *     |  Record Type  |  Aux Data Len |     Number of Sources (N)     |
 *     +---------------+---------------+-------------------------------+
 *     |     Multicast Address, then N Source Addresses, then Aux      |
 *     +---------------------------------------------------------------+
 *
 * The IP header is not part of it: protocol 2, destination REPORT_ADDRESS, TTL 1, router alert.
 */
struct IgmpReport
{
    /** IP protocol number of IGMP. */
    static constexpr uint8_t PROTOCOL = 2;

    /** Where reports go, in dotted notation (RFC 3376 clause 4.2.14). */
    static constexpr const char* REPORT_ADDRESS = "224.0.0.22";

    std::vector<IgmpGroupRecord> records; //!< group records, at most 65535

    /**
     * @brief A report with one record about one source and one group.
     * @param type ALLOW_NEW_SOURCES to join, BLOCK_OLD_SOURCES to leave
     * @param source the sender
     * @param group the multicast group
     * @return the report
     */
    static IgmpReport ForSource(IgmpRecordType type, Ipv4Address source, Ipv4Address group);

    /** @return the octets, checksum set, without IP header */
    Bytes Encode() const;

    /**
     * @param bytes an IGMP message without IP header
     * @return the report; records of an unknown type are left out, auxiliary data and octets behind
     * the last record are passed over (RFC 3376 clauses 4.2.10, 4.2.11, 4.2.12); UNSUPPORTED if it
     * is another message
     */
    static Decoded<IgmpReport> Decode(ByteView bytes);
};

} // namespace ns3::mbs

#endif // MBS_IGMP_H

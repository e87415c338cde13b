// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RRC_PAGING_H
#define MBS_RRC_PAGING_H

#include "mbs-rrc.h"

#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Who is looked for: PagingUE-Identity (TS 38.331 clause 6.2.2).
 */
struct PagingIdentity
{
    /** Whose identity it is. */
    enum class Kind : uint8_t
    {
        NG_5G_S_TMSI = 1, //!< that of an idle UE at the AMF; the core pages
        FULL_I_RNTI = 2   //!< that of an inactive UE at the gNB; the gNB pages
    };

    Kind kind{Kind::NG_5G_S_TMSI}; //!< whose
    uint64_t value{0};             //!< 48 or 40 bits

    /** @param other another @return true if the same */
    bool operator==(const PagingIdentity& other) const
    {
        return kind == other.kind && value == other.value;
    }
};

/**
 * @ingroup mbs
 * @brief The paging message of a paging occasion (TS 38.331 clause 6.2.2): UEs, and multicast
 * sessions whose UEs are to connect (pagingGroupList of Release 17).
 *
 * The octets are this module's own, as those of RrcMessage; the first one is none of that type:
 *
 *     128 | records 1 | { kind 1, identity 6 }* | groups 1 | { TMGI 6 }*
 */
struct RrcPaging
{
    static constexpr uint8_t TYPE = 128;           //!< first octet
    static constexpr std::size_t MAX_RECORDS = 32; //!< maxNrofPageRec
    static constexpr std::size_t MAX_GROUPS = 32;  //!< maxNrofPageGroup-r17

    std::vector<PagingIdentity> records; //!< at most MAX_RECORDS
    std::vector<Tmgi> groups;            //!< at most MAX_GROUPS

    /** @return the octets */
    Bytes Encode() const;

    /** @param octets what arrived @return the message, or why it was refused */
    static Decoded<RrcPaging> Decode(ByteView octets);
};

} // namespace ns3::mbs

#endif // MBS_RRC_PAGING_H

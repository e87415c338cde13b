// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_GROUP_PDU_H
#define MBS_GROUP_PDU_H

#include "mbs-multicast-frame.h"

#include <memory>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief A multicast packet with its number on the radio bearer (MRB) of its group in a cell.
 *
 * The number is the same whichever way the packet takes to a UE, to the group (PTM) or to the UE
 * alone (PTP), as both legs belong to one PDCP entity. What all UEs have in common is worked out
 * when the first of them receives it.
 */
class GroupPdu
{
  public:
    /**
     * @param gRnti the group
     * @param count number on the bearer, from 0
     * @param packet the IP packet
     */
    GroupPdu(uint16_t gRnti, uint32_t count, Ptr<const Packet> packet)
        : m_gRnti(gRnti),
          m_count(count),
          m_packet(packet)
    {
    }

    /** @return the group */
    uint16_t GetGRnti() const
    {
        return m_gRnti;
    }

    /** @return number on the bearer */
    uint32_t GetCount() const
    {
        return m_count;
    }

    /** @return the IP packet */
    const Ptr<const Packet>& GetPacket() const
    {
        return m_packet;
    }

    /** @return the packet as UEs receive it; not before one does */
    const MulticastFrame& GetFrame() const
    {
        if (!m_frame)
        {
            m_frame.emplace(m_gRnti, m_packet);
        }
        return *m_frame;
    }

  private:
    uint16_t m_gRnti;                              //!< the group
    uint32_t m_count;                              //!< number on the bearer
    Ptr<const Packet> m_packet;                    //!< the IP packet
    mutable std::optional<MulticastFrame> m_frame; //!< once it was asked for
};

} // namespace ns3::mbs

#endif // MBS_GROUP_PDU_H

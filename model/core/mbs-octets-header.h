// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_OCTETS_HEADER_H
#define MBS_OCTETS_HEADER_H

#include "ns3/mbs-bytes.h"

#include "ns3/header.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Octets put in front of an ns-3 packet, so that the packet keeps its identity on its way
 * through a tunnel.
 *
 * The octets come from an encoder; a receiver reads them with the decoder that belongs to it.
 */
class OctetsHeader : public Header
{
  public:
    /** @return the TypeId ns3::mbs::OctetsHeader */
    static TypeId GetTypeId();

    OctetsHeader() = default;

    /** @param octets what goes in front */
    explicit OctetsHeader(Bytes octets);

    TypeId GetInstanceTypeId() const override;
    uint32_t GetSerializedSize() const override;
    void Serialize(Buffer::Iterator start) const override;

    /**
     * @brief Reads as many octets as the header holds.
     * @param start where
     * @return how many were read
     */
    uint32_t Deserialize(Buffer::Iterator start) override;

    void Print(std::ostream& os) const override;

  private:
    Bytes m_octets; //!< what goes in front
};

} // namespace ns3::mbs

#endif // MBS_OCTETS_HEADER_H

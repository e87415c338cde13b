// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_AP_READER_H
#define MBS_AP_READER_H

#include "ns3/mbs-bytes.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Finds the PDUs in what one end of an N2 or Xn connection receives (see ApEndpoint).
 */
class ApReader
{
  public:
    /** Octets before each PDU. */
    static constexpr uint32_t PREFIX_SIZE = 4;

    /** Octets of the longest PDU that is accepted. */
    static constexpr uint32_t MAX_PDU_SIZE = 1U << 20;

    /**
     * @brief Keeps what arrived.
     * @param octets any part of the stream
     */
    void Append(ByteView octets);

    /**
     * @brief The next PDU.
     * @return its octets, valid until the next Append(); TRUNCATED until all of it has arrived,
     * OUT_OF_RANGE if its length is 0 or above MAX_PDU_SIZE, and from then on
     */
    Decoded<ByteView> Next();

    /** @return the length that the next PDU has by its prefix, 0 before the prefix has arrived */
    uint32_t NextSize() const;

    /** @brief Forgets what arrived: another connection begins. */
    void Clear();

  private:
    Bytes m_octets;      //!< what arrived
    std::size_t m_at{0}; //!< where the next prefix begins
};

} // namespace ns3::mbs

#endif // MBS_AP_READER_H

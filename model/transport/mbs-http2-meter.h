// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_HTTP2_METER_H
#define MBS_HTTP2_METER_H

#include "ns3/mbs-bytes.h"

#include <array>
#include <boost/container/flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Follows the frames of one direction of an HTTP/2 connection and adds up their octets.
 *
 * HEADERS, CONTINUATION and DATA frames with their 9 octets of frame header belong to the message
 * of their stream, all others to the connection. A client's connection preface (RFC 9113 clause
 * 3.4) counts with the SETTINGS frame that ends it.
 *
 *     +-----------------+--------+---------+-------------+----------------
 *     | payload length, | type,  | flags,  | R, stream,  | payload ...
 *     | 3 octets        | 1      | 1       | 4           |
 *     +-----------------+--------+---------+-------------+----------------
 */
class Http2Meter
{
  public:
    /** Octets of the text before a client's first frame. */
    static constexpr uint32_t PREFACE_SIZE = 24;

    /** Octets of a frame header (RFC 9113 clause 4.1). */
    static constexpr uint32_t FRAME_HEADER_SIZE = 9;

    /** Called with a message's stream and all its octets once its last frame went by. */
    using Complete = std::function<void(int32_t stream, uint32_t octets)>;

    /** Called with the octets of each frame that belongs to no message. */
    using Control = std::function<void(uint32_t octets)>;

    /** @param preface octets before the first frame: PREFACE_SIZE from a client, else 0 */
    explicit Http2Meter(uint32_t preface);

    /**
     * @brief Goes on with the next octets, wherever they were cut.
     * @param octets what went by
     * @param complete called for completed messages
     * @param control called for other frames
     */
    void Feed(ByteView octets, const Complete& complete, const Control& control);

    /**
     * @brief Forgets a message that was broken off.
     * @param stream its stream
     * @return the octets of its frames so far
     */
    uint32_t Forget(int32_t stream);

    /** @return streams of messages that have begun and not ended */
    std::vector<int32_t> Open() const;

  private:
    /**
     * @brief Enters a frame that is whole now in the account of its message.
     * @param complete called if the message has ended
     * @param control called if the frame is of the connection's own
     */
    void EndFrame(const Complete& complete, const Control& control);

    uint32_t m_preface;    //!< octets of the preface still to come
    uint32_t m_carried{0}; //!< octets of the preface, for the first frame
    std::array<uint8_t, FRAME_HEADER_SIZE> m_header{}; //!< frame header so far
    std::size_t m_held{0};                             //!< octets of it
    uint32_t m_payload{0};                             //!< octets of the payload still to come
    uint32_t m_size{0};                                //!< octets of the frame
    bool m_ending{false}; //!< END_STREAM was set on HEADERS without END_HEADERS
    /** Octets of messages that have not ended. */
    boost::container::flat_map<int32_t, uint32_t> m_open;
};

} // namespace ns3::mbs

#endif // MBS_HTTP2_METER_H

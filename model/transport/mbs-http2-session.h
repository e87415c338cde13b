// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_HTTP2_SESSION_H
#define MBS_HTTP2_SESSION_H

#include "ns3/mbs-bytes.h"
#include "ns3/mbs-shared-bytes.h"

#include <array>
#include <boost/container/flat_map.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
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

    /** Octets of a frame header (RFC 9113 clause 4.1). */
    static constexpr std::size_t FRAME_HEADER_SIZE = 9;

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

/**
 * @ingroup mbs
 * @brief One HTTP/2 connection (RFC 9113) without its transport: octets in, octets out.
 *
 * Framing, HPACK and flow control are nghttp2's. What happened is read as a list of events with
 * TakeEvents(), never told from within the parser, so that a user may do anything in answer.
 */
class Http2Session
{
  public:
    /** Which end of the connection this is. */
    enum class Role : uint8_t
    {
        CLIENT, //!< sends requests
        SERVER  //!< answers them
    };

    /** A header field, the name in lower case. */
    using Field = std::pair<std::string, std::string>;

    /** A header field to be sent, whose texts are somebody else's. */
    using FieldView = std::pair<std::string_view, std::string_view>;

    /** What this end allows the other to do. */
    struct Limits
    {
        uint32_t maxConcurrentStreams{1000}; //!< requests at the same time
        uint32_t windowSize{1U << 20};       //!< octets of flow-control windows
        std::size_t maxBodySize{1U << 24};   //!< octets of a message's content
        std::size_t maxBuffered{1U << 26};   //!< octets of all messages not yet complete
    };

    /** Something that happened. */
    struct Event
    {
        /** What happened. */
        enum class Kind : uint8_t
        {
            MESSAGE,          //!< a whole message arrived
            SENT,             //!< the last frame of a message was serialised
            CONTROL_SENT,     //!< a frame of the connection was serialised
            CONTROL_RECEIVED, //!< a frame of the connection arrived
            STREAM_CLOSED     //!< a stream ended
        };

        Kind kind{Kind::MESSAGE};  //!< what happened
        int32_t stream{0};         //!< on which stream; 0 for the connection
        uint32_t octets{0};        //!< octets of the frames, with their headers
        uint32_t error{0};         //!< STREAM_CLOSED: code of RFC 9113 clause 7
        std::vector<Field> fields; //!< MESSAGE: the header fields
        Bytes body;                //!< MESSAGE: the content
    };

    /** Error code NO_ERROR. */
    static constexpr uint32_t NO_ERROR_CODE = 0x0;
    /** Error code REFUSED_STREAM: the request was not acted upon. */
    static constexpr uint32_t REFUSED_STREAM = 0x7;
    /** Error code CANCEL: the client wants no answer any more. */
    static constexpr uint32_t CANCEL = 0x8;

    /**
     * @brief Moves a value out of header fields.
     * @param fields header fields
     * @param name lower-case name
     * @return the value of the first one of that name, empty when there is none
     */
    static std::string TakeValue(std::vector<Field>& fields, std::string_view name);

    /**
     * @param role which end
     * @param limits what the other end may do
     */
    Http2Session(Role role, const Limits& limits);
    ~Http2Session();

    Http2Session(const Http2Session&) = delete;
    Http2Session& operator=(const Http2Session&) = delete;

    /**
     * @brief Octets arrived.
     * @param octets any part of the stream
     */
    void Receive(ByteView octets);

    /**
     * @brief Octets to be sent, at least one frame when there is one that flow control lets go.
     * @param limit stop once there are so many
     * @return the octets
     */
    Bytes Pull(std::size_t limit);

    /**
     * @brief A client's request.
     * @param fields header fields, pseudo header fields first
     * @param body the content
     * @return the stream, or a negative number when this connection takes no more requests
     */
    int32_t Request(const std::vector<FieldView>& fields, SharedBytes body);

    /**
     * @brief A server's answer.
     * @param stream on which the request came
     * @param fields header fields, `:status` first
     * @param body the content
     * @return false if the stream is gone or answered already
     */
    bool Respond(int32_t stream, const std::vector<FieldView>& fields, SharedBytes body);

    /**
     * @brief Resets a stream with CANCEL.
     * @param stream which
     */
    void Cancel(int32_t stream);

    /** @brief Says GOAWAY; what was not answered is lost. */
    void Terminate();

    /** @return true when there may be octets to send */
    bool WantsToSend() const;

    /** @return true when this connection takes new requests */
    bool TakesRequests() const;

    /** @return true when the other end broke the protocol and the connection must be closed */
    bool Failed() const;

    /** @return true when nothing will be sent or read any more */
    bool IsDone() const;

    /** @return what happened since the last call, in order */
    std::vector<Event> TakeEvents();

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl; //!< keeps nghttp2 out of this header
};

} // namespace ns3::mbs

#endif // MBS_HTTP2_SESSION_H

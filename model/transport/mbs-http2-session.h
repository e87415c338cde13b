// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_HTTP2_SESSION_H
#define MBS_HTTP2_SESSION_H

#include "ns3/mbs-bytes.h"
#include "ns3/mbs-shared-bytes.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ns3::mbs
{

class OctetStream;
struct StreamParcel;

/**
 * @ingroup mbs
 * @brief One end of an HTTP/2 connection (RFC 9113) without its transport: what may be said when,
 * and what was said.
 *
 * What happened is read as a list of events with TakeEvents(), never told from within, so that a
 * user may do anything in answer. There are two kinds: Http2OctetSession, and Http2IdealSession for
 * streams that need no octets.
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
        SharedBytes body;          //!< MESSAGE: the content
    };

    /** Error code NO_ERROR. */
    static constexpr uint32_t NO_ERROR_CODE = 0x0;
    /** Error code INTERNAL_ERROR: the other end could not go on. */
    static constexpr uint32_t INTERNAL_ERROR = 0x2;
    /** Error code REFUSED_STREAM: the request was not acted upon. */
    static constexpr uint32_t REFUSED_STREAM = 0x7;
    /** Error code CANCEL: the client wants no answer any more. */
    static constexpr uint32_t CANCEL = 0x8;
    /** Error code ENHANCE_YOUR_CALM: it was too much. */
    static constexpr uint32_t ENHANCE_YOUR_CALM = 0xb;

    /** Octets of all header fields of a message beyond which it is refused. */
    static constexpr std::size_t MAX_FIELDS_SIZE = 1U << 16;

    /**
     * @brief Moves a value out of header fields.
     * @param fields header fields
     * @param name lower-case name
     * @return the value of the first one of that name, empty when there is none
     */
    static std::string TakeValue(std::vector<Field>& fields, std::string_view name);

    Http2Session() = default;
    virtual ~Http2Session();

    Http2Session(const Http2Session&) = delete;
    Http2Session& operator=(const Http2Session&) = delete;

    /**
     * @brief Octets arrived.
     * @param octets any part of the stream
     */
    virtual void Receive(ByteView octets) = 0;

    /**
     * @brief What the other end's Send() handed over in place of octets arrived.
     * @param parcel it; what is in it may be taken out
     */
    virtual void Receive(StreamParcel& parcel) = 0;

    /**
     * @brief Sends frames, as far as flow control lets them go.
     * @param stream where to
     * @param limit stop once there are so many octets
     * @return true if there was one
     */
    virtual bool Send(OctetStream& stream, std::size_t limit) = 0;

    /**
     * @brief A client's request.
     * @param fields header fields, pseudo header fields first
     * @param body the content
     * @return the stream, or a negative number when this connection takes no more requests
     */
    virtual int32_t Request(const std::vector<FieldView>& fields, SharedBytes body) = 0;

    /**
     * @brief A server's answer.
     * @param stream on which the request came
     * @param fields header fields, `:status` first
     * @param body the content
     * @return false if the stream is gone or answered already
     */
    virtual bool Respond(int32_t stream,
                         const std::vector<FieldView>& fields,
                         SharedBytes body) = 0;

    /**
     * @brief Resets a stream with CANCEL.
     * @param stream which
     */
    virtual void Cancel(int32_t stream) = 0;

    /** @brief Says GOAWAY; what was not answered is lost. */
    virtual void Terminate() = 0;

    /** @return true when there may be frames to send */
    virtual bool WantsToSend() const = 0;

    /** @return true when this connection takes new requests */
    virtual bool TakesRequests() const = 0;

    /** @return true when the other end broke the protocol and the connection must be closed */
    virtual bool Failed() const = 0;

    /** @return true when nothing will be sent or read any more */
    virtual bool IsDone() const = 0;

    /** @return what happened since the last call, in order */
    std::vector<Event> TakeEvents();

  protected:
    /** @return a new event, the last one */
    Event& AddEvent();

    /** @param kind what happened @param stream where @param octets how many */
    void AddEvent(Event::Kind kind, int32_t stream, uint32_t octets);

  private:
    std::vector<Event> m_events; //!< not yet taken
};

} // namespace ns3::mbs

#endif // MBS_HTTP2_SESSION_H

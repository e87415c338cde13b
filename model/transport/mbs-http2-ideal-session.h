// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_HTTP2_IDEAL_SESSION_H
#define MBS_HTTP2_IDEAL_SESSION_H

#include "mbs-hpack-sizer.h"
#include "mbs-http2-session.h"
#include "mbs-octet-stream.h"

#include <boost/container/flat_map.hpp>
#include <boost/container/small_vector.hpp>
#include <deque>
#include <queue>
#include <unordered_map>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief One end of an HTTP/2 connection over a stream that takes parcels: the same frames as
 * Http2OctetSession sends, as long and in the same order, but never put into octets.
 *
 * To serialise a message, parse it again and copy its content is a quarter of what a key update
 * costs, and over an IdealTransport nobody looks at the octets. What is kept is what can be seen
 * from outside: the length of each frame (that of HEADERS from HPACK with its table), the limit of
 * streams at a time, flow control, the turns of streams (RFC 7540 clause 5.3, as nghttp2 has them
 * before 1.65.0), resets, GOAWAY. What is left out is what only a peer that is wrong makes happen:
 * the other end is always of this class.
 */
class Http2IdealSession : public Http2Session
{
  public:
    /**
     * @param role which end
     * @param limits what the other end may do
     */
    Http2IdealSession(Role role, const Limits& limits);
    ~Http2IdealSession() override;

    void Receive(ByteView octets) override;
    void Receive(StreamParcel& parcel) override;
    bool Send(OctetStream& stream, std::size_t limit) override;
    int32_t Request(const std::vector<FieldView>& fields, SharedBytes body) override;
    bool Respond(int32_t stream, const std::vector<FieldView>& fields, SharedBytes body) override;
    void Cancel(int32_t stream) override;
    void Terminate() override;
    bool WantsToSend() const override;
    bool TakesRequests() const override;
    bool Failed() const override;
    bool IsDone() const override;

  private:
    /** A frame (RFC 9113 clause 6). */
    struct Frame
    {
        /** Its type. */
        enum class Type : uint8_t
        {
            HEADERS, //!< in one with the CONTINUATION frames that follow it
            DATA,
            SETTINGS,
            SETTINGS_ACK,
            WINDOW_UPDATE,
            RST_STREAM,
            GOAWAY
        };

        Type type{Type::DATA};  //!< its type
        bool end{false};        //!< END_STREAM
        int32_t stream{0};      //!< its stream, 0 for the connection
        uint32_t octets{0};     //!< how long it is, with its header
        uint32_t value{0};      //!< increment, error code, window or last stream
        uint32_t maxStreams{0}; //!< of SETTINGS: streams at a time, 0 if it does not say
    };

    /** What HEADERS and DATA frames bring. */
    struct Message
    {
        std::vector<Field> fields; //!< the header fields
        SharedBytes body;          //!< the content
    };

    /** Frames that are sent together: most often those of one message. */
    struct Flight : public StreamParcel
    {
        boost::container::small_vector<Frame, 2> frames;     //!< in order
        boost::container::small_vector<Message, 1> messages; //!< one for each frame of HEADERS
    };

    /** A stream. */
    struct Stream
    {
        Message in;               //!< the message that comes
        uint32_t inOctets{0};     //!< octets of its frames so far
        std::size_t inContent{0}; //!< octets of its content so far
        uint32_t received{0};     //!< octets of content since the last WINDOW_UPDATE
        Message out;              //!< the message that goes, until its HEADERS frame is sent
        uint32_t outOctets{0};    //!< octets of its frames so far
        std::size_t left{0};      //!< octets of its content to be sent
        int64_t window{0};        //!< octets that the other end takes
        uint32_t lastSize{0};     //!< octets of its last DATA frame
        uint64_t turn{0};         //!< when it may send content
        uint32_t owed{0};         //!< what the last division for that left over
        bool updating{false};     //!< a WINDOW_UPDATE is to be sent
        bool blocked{false};      //!< its content waits for the window
        bool answered{false};     //!< the answer was submitted
        bool opened{false};       //!< its first HEADERS frame was sent or received
        bool cancelled{false};    //!< not sent yet, and not wanted any more
        bool sentAll{false};      //!< this end has ended it
        bool receivedAll{false};  //!< the other end has ended it
        bool resetting{false};    //!< RST_STREAM is to be sent
    };

    /** A stream that has content to be sent. */
    struct Turn
    {
        uint64_t turn;   //!< when; the lowest comes first
        uint64_t number; //!< in the order of queueing, for turns alike
        int32_t stream;  //!< which

        /** @param other another @return true if it comes before this one */
        bool operator<(const Turn& other) const
        {
            return turn != other.turn ? turn > other.turn : number > other.number;
        }
    };

    /** A stream that has ended. */
    struct Closed
    {
        int32_t stream;   //!< which
        uint32_t error;   //!< code of RFC 9113 clause 7
        uint32_t unended; //!< octets sent of a message that did not come to its end
    };

    /** @param id a stream @return it, or null if it is closed */
    Stream* Find(int32_t id);

    /** @param fields header fields @return a copy */
    static std::vector<Field> Copy(const std::vector<FieldView>& fields);

    /** @param frame of the connection, to be sent after those before it */
    void Queue(Frame frame);

    /** @param id a stream @param stream the same, to be reset @param error why */
    void Reset(int32_t id, Stream& stream, uint32_t error);

    /**
     * @brief The end of a stream, which is told of later.
     * @param id which
     * @param error code of RFC 9113 clause 7
     */
    void Close(int32_t id, uint32_t error);

    /** @brief Tells of streams that have ended. */
    void TellClosed();

    /** @param flight gets the next frame @return false if there is none that may be sent */
    bool SendNext(Flight& flight);

    /** @param flight gets the next frame of the queue */
    void SendQueued(Flight& flight);

    /** @param id a stream @param stream the same @param flight gets its HEADERS frame */
    void SendHeaders(int32_t id, Stream& stream, Flight& flight);

    /** @param flight gets a DATA frame, if a stream has one that may be sent */
    void SendData(Flight& flight);

    /**
     * @brief Lets a stream take its turn: streams that have content share the connection, each
     * octet of one counting as much as one of another.
     * @param id which @param stream the same
     */
    void QueueContent(int32_t id, Stream& stream);

    /** @param id a stream @param stream the same, whose last frame of a message was sent */
    void EndSending(int32_t id, Stream& stream);

    /** @param flight gets a frame @param frame which, its length counted there too */
    static void Put(Flight& flight, const Frame& frame);

    /** @param frame of HEADERS @param message what it brings */
    void ReceiveHeaders(const Frame& frame, Message message);

    /** @param frame of DATA */
    void ReceiveData(const Frame& frame);

    /** @brief Asks for more octets on the connection, if it is time. */
    void UpdateWindow();

    /** @brief Asks for more octets on a stream, if it is time. @param id which @param stream it */
    void UpdateWindow(int32_t id, Stream& stream);

    /** @param frame of the connection or of a stream's flow control */
    void ReceiveControl(const Frame& frame);

    /** @param frame of SETTINGS */
    void ReceiveSettings(const Frame& frame);

    /** @param frame with which a message may end @param stream its stream */
    void EndReceiving(const Frame& frame, Stream& stream);

    /** @param id a stream @param stream the same, whose window has changed */
    void Unblock(int32_t id, Stream& stream);

    /**
     * @brief Frames of a stream that is not there, or no more, count as the connection's.
     * @param id the stream
     * @param octets of the frames
     */
    void Ignore(int32_t id, uint32_t octets);

    Role m_role;                                   //!< which end
    Limits m_limits;                               //!< what the other end may do
    HpackSizer m_sizer;                            //!< length of HEADERS frames
    std::unordered_map<int32_t, Stream> m_streams; //!< open streams, and requests not yet sent
    std::deque<Frame> m_settings;                  //!< SETTINGS to be sent, before all else
    std::deque<Frame> m_queue; //!< what is to be sent next: answers and frames of the connection
    std::deque<int32_t> m_requests;      //!< requests to be sent, when one may be
    std::priority_queue<Turn> m_content; //!< streams with content to be sent
    std::vector<Closed> m_closed;        //!< not yet told
    boost::container::flat_map<int32_t, uint32_t> m_ignored; //!< streams and octets, not yet told

    uint64_t m_lastTurn{0};       //!< of the stream that sent content last
    uint64_t m_turns{0};          //!< how many were given
    int32_t m_nextStream{1};      //!< of the next request
    int32_t m_lastStream{0};      //!< of the last request that came
    int32_t m_lastProcessed{0};   //!< of the last one that was not refused
    uint32_t m_opened{0};         //!< streams that are open
    uint32_t m_maxStreams;        //!< how many of them the other end takes
    int64_t m_peerWindow;         //!< octets that the other end takes on a new stream
    int64_t m_window;             //!< octets that the other end takes on all streams
    uint32_t m_ownWindow;         //!< octets that this end takes on a stream
    uint32_t m_received{0};       //!< octets of content since the last WINDOW_UPDATE
    std::size_t m_buffered{0};    //!< octets of content of messages not yet complete
    bool m_updating{false};       //!< a WINDOW_UPDATE of the connection is to be sent
    bool m_terminating{false};    //!< Terminate() was called
    bool m_terminated{false};     //!< and its GOAWAY sent
    bool m_goawayReceived{false}; //!< the other end takes no more requests
    bool m_failed{false};         //!< what arrived was nothing that this end understands
};

} // namespace ns3::mbs

#endif // MBS_HTTP2_IDEAL_SESSION_H

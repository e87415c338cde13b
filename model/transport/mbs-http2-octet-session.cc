// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-http2-octet-session.h"

#include "mbs-http2-meter.h"
#include "mbs-octet-stream.h"
#include "mbs-wiping-malloc.h"

#include <algorithm>
#include <cstring>
#include <nghttp2/nghttp2.h>
#include <tuple>
#include <unordered_map>

namespace ns3::mbs
{

namespace
{

/** Header fields of a message for which there is room at once. */
constexpr std::size_t USUAL_FIELDS = 8;

/**
 * @brief Takes nghttp2's limit on the rate of resets away, where it has one: it reads the wall
 * clock, and a simulation's result must not depend on how fast it runs.
 * @tparam Option nghttp2_option
 * @param option the options
 */
template <typename Option>
auto
LiftResetLimit(Option* option, int)
    -> decltype(nghttp2_option_set_stream_reset_rate_limit(option, uint64_t(), uint64_t()))
{
    nghttp2_option_set_stream_reset_rate_limit(option, UINT64_MAX, 0);
}

/** @brief For versions without that limit. */
template <typename Option>
void
LiftResetLimit(Option* /* option */, long)
{
}

/**
 * @brief The same for the rate of suspicious frames, which later versions limit too.
 * @tparam Option nghttp2_option
 * @param option the options
 */
template <typename Option>
auto
LiftGlitchLimit(Option* option, int)
    -> decltype(nghttp2_option_set_glitch_rate_limit(option, uint64_t(), uint64_t()))
{
    nghttp2_option_set_glitch_rate_limit(option, UINT64_MAX, 0);
}

/** @brief For versions without that limit. */
template <typename Option>
void
LiftGlitchLimit(Option* /* option */, long)
{
}

} // namespace

/** @brief The part of a session that knows nghttp2. */
struct Http2OctetSession::Impl
{
    /** A stream with what was read of its message and what is to be written of the other. */
    struct Stream
    {
        std::vector<Field> fields; //!< received header fields
        std::size_t fieldsSize{0}; //!< octets of them
        Bytes in;                  //!< received content
        SharedBytes out;           //!< content to send
        std::size_t sent{0};       //!< how much of it was framed
        bool answered{false};      //!< the answer was submitted
    };

    Impl(Http2OctetSession& owner, Role role, const Limits& limits)
        : owner(owner),
          role(role),
          limits(limits),
          sendMeter(role == Role::CLIENT ? Http2Meter::PREFACE_SIZE : 0),
          receiveMeter(role == Role::SERVER ? Http2Meter::PREFACE_SIZE : 0)
    {
    }

    /** @param stream whose received content is not wanted any more */
    void Discard(Stream& stream)
    {
        buffered -= stream.in.size();
        Bytes().swap(stream.in);
    }

    /** @param id a stream @return it, or null if it is closed */
    Stream* Find(int32_t id)
    {
        const auto entry = streams.find(id);
        return entry == streams.end() ? nullptr : &entry->second;
    }

    /**
     * @brief Counts what was sent.
     * @param octets what nghttp2 serialised
     */
    void CountSent(ByteView octets)
    {
        sendMeter.Feed(
            octets,
            [this](int32_t stream, uint32_t size) {
                owner.AddEvent(Event::Kind::SENT, stream, size);
            },
            [this](uint32_t size) { owner.AddEvent(Event::Kind::CONTROL_SENT, 0, size); });
    }

    /**
     * @brief Counts what arrived.
     * @param octets what TCP gave
     */
    void CountReceived(ByteView octets)
    {
        receiveMeter.Feed(
            octets,
            [this](int32_t stream, uint32_t size) { complete[stream] = size; },
            [this](uint32_t size) { owner.AddEvent(Event::Kind::CONTROL_RECEIVED, 0, size); });
    }

    /** @brief Frames on streams that nghttp2 ignores or refuses count as the connection's. */
    void SweepReceived()
    {
        for (const int32_t stream : receiveMeter.Open())
        {
            if (Find(stream) == nullptr)
            {
                owner.AddEvent(Event::Kind::CONTROL_RECEIVED, 0, receiveMeter.Forget(stream));
            }
        }
        for (auto entry = complete.begin(); entry != complete.end();)
        {
            if (Find(entry->first) == nullptr)
            {
                owner.AddEvent(Event::Kind::CONTROL_RECEIVED, 0, entry->second);
                entry = complete.erase(entry);
            }
            else
            {
                ++entry;
            }
        }
    }

    static int OnBeginHeaders(nghttp2_session* /* session */,
                              const nghttp2_frame* frame,
                              void* user)
    {
        // A client's stream exists since its request; a server's begins here.
        static_cast<Impl*>(user)->streams[frame->hd.stream_id];
        return 0;
    }

    static int OnHeader(nghttp2_session* /* session */,
                        const nghttp2_frame* frame,
                        const uint8_t* name,
                        size_t nameSize,
                        const uint8_t* value,
                        size_t valueSize,
                        uint8_t /* flags */,
                        void* user)
    {
        Stream* stream = static_cast<Impl*>(user)->Find(frame->hd.stream_id);
        if (stream == nullptr)
        {
            return 0;
        }
        stream->fieldsSize += nameSize + valueSize;
        if (stream->fieldsSize > MAX_FIELDS_SIZE)
        {
            return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
        }
        if (stream->fields.empty())
        {
            stream->fields.reserve(USUAL_FIELDS);
        }
        stream->fields.emplace_back(
            std::piecewise_construct,
            std::forward_as_tuple(reinterpret_cast<const char*>(name), nameSize),
            std::forward_as_tuple(reinterpret_cast<const char*>(value), valueSize));
        return 0;
    }

    static int OnData(nghttp2_session* session,
                      uint8_t /* flags */,
                      int32_t id,
                      const uint8_t* data,
                      size_t size,
                      void* user)
    {
        auto* self = static_cast<Impl*>(user);
        Stream* stream = self->Find(id);
        if (stream == nullptr)
        {
            return 0;
        }
        if (size > self->limits.maxBodySize - stream->in.size() ||
            size > self->limits.maxBuffered - self->buffered)
        {
            self->Discard(*stream);
            return nghttp2_submit_rst_stream(session,
                                             NGHTTP2_FLAG_NONE,
                                             id,
                                             NGHTTP2_ENHANCE_YOUR_CALM);
        }
        Append(stream->in, ByteView(data, size));
        self->buffered += size;
        return 0;
    }

    static int OnFrame(nghttp2_session* /* session */, const nghttp2_frame* frame, void* user)
    {
        auto* self = static_cast<Impl*>(user);
        if ((frame->hd.type != NGHTTP2_DATA && frame->hd.type != NGHTTP2_HEADERS) ||
            (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) == 0)
        {
            return 0;
        }
        Stream* stream = self->Find(frame->hd.stream_id);
        if (stream == nullptr)
        {
            return 0;
        }
        Event& event = self->owner.AddEvent();
        event.kind = Event::Kind::MESSAGE;
        event.stream = frame->hd.stream_id;
        event.octets = self->complete[event.stream];
        self->complete.erase(event.stream);
        event.fields = std::move(stream->fields);
        self->buffered -= stream->in.size();
        event.body = std::move(stream->in);
        stream->in.clear();
        return 0;
    }

    static int OnFrameSent(nghttp2_session* /* session */, const nghttp2_frame* frame, void* user)
    {
        if (frame->hd.type == NGHTTP2_GOAWAY && frame->goaway.error_code != NGHTTP2_NO_ERROR)
        {
            static_cast<Impl*>(user)->failed = true;
        }
        return 0;
    }

    static int OnClose(nghttp2_session* /* session */, int32_t id, uint32_t error, void* user)
    {
        auto* self = static_cast<Impl*>(user);
        if (Stream* stream = self->Find(id))
        {
            self->Discard(*stream);
        }
        self->streams.erase(id);
        self->closed.emplace_back(id, error);
        return 0;
    }

    /**
     * @brief Tells of closed streams, once the octets that closed them are counted: nghttp2 closes
     * a stream before it hands out its last frame.
     */
    void SweepClosed()
    {
        for (const auto& entry : closed)
        {
            const uint32_t sent = sendMeter.Forget(entry.first);
            if (sent != 0)
            {
                owner.AddEvent(Event::Kind::CONTROL_SENT, 0, sent);
            }
            Event& event = owner.AddEvent();
            event.kind = Event::Kind::STREAM_CLOSED;
            event.stream = entry.first;
            event.error = entry.second;
        }
        closed.clear();
    }

    static ssize_t ReadBody(nghttp2_session* /* session */,
                            int32_t id,
                            uint8_t* buffer,
                            size_t size,
                            uint32_t* flags,
                            nghttp2_data_source* source,
                            void* /* user */)
    {
        Stream* stream = static_cast<Impl*>(source->ptr)->Find(id);
        if (stream == nullptr)
        {
            return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
        }
        const std::size_t step = std::min(size, stream->out.size() - stream->sent);
        std::memcpy(buffer, stream->out.data() + stream->sent, step);
        stream->sent += step;
        if (stream->sent == stream->out.size())
        {
            *flags |= NGHTTP2_DATA_FLAG_EOF;
            stream->out = SharedBytes();
            stream->sent = 0;
        }
        return static_cast<ssize_t>(step);
    }

    /**
     * @param fields header fields
     * @return nghttp2's form, pointing into @p fields
     */
    static std::vector<nghttp2_nv> Convert(const std::vector<FieldView>& fields)
    {
        std::vector<nghttp2_nv> out;
        out.reserve(fields.size());
        for (const FieldView& field : fields)
        {
            // nghttp2 copies both and changes neither.
            out.push_back({reinterpret_cast<uint8_t*>(const_cast<char*>(field.first.data())),
                           reinterpret_cast<uint8_t*>(const_cast<char*>(field.second.data())),
                           field.first.size(),
                           field.second.size(),
                           NGHTTP2_NV_FLAG_NONE});
        }
        return out;
    }

    Http2OctetSession& owner;                               //!< whose events
    Role role;                                              //!< which end
    Limits limits;                                          //!< what the other may do
    nghttp2_session* session{nullptr};                      //!< the protocol
    Http2Meter sendMeter;                                   //!< octets sent
    Http2Meter receiveMeter;                                //!< octets received
    std::unordered_map<int32_t, Stream> streams;            //!< open streams
    std::size_t buffered{0};                                //!< octets of content in them
    boost::container::flat_map<int32_t, uint32_t> complete; //!< octets of messages nearly complete
    std::vector<std::pair<int32_t, uint32_t>> closed; //!< streams and error codes, not yet told
    bool failed{false};                               //!< the other end broke the protocol
};

Http2OctetSession::Http2OctetSession(Role role, const Limits& limits)
    : m_impl(std::make_unique<Impl>(*this, role, limits))
{
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, &Impl::OnBeginHeaders);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, &Impl::OnHeader);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, &Impl::OnData);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, &Impl::OnFrame);
    nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, &Impl::OnFrameSent);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, &Impl::OnClose);
    nghttp2_option* option = nullptr;
    nghttp2_option_new(&option);
    // Streams that are closed would be kept for a tree of priorities, which nobody uses here.
    nghttp2_option_set_no_closed_streams(option, 1);
    LiftResetLimit(option, 0);
    LiftGlitchLimit(option, 0);
    nghttp2_mem memory = {nullptr, &WipingMalloc, &WipingFree, &WipingCalloc, &WipingRealloc};
    if (role == Role::CLIENT)
    {
        nghttp2_session_client_new3(&m_impl->session, callbacks, m_impl.get(), option, &memory);
    }
    else
    {
        nghttp2_session_server_new3(&m_impl->session, callbacks, m_impl.get(), option, &memory);
    }
    nghttp2_option_del(option);
    nghttp2_session_callbacks_del(callbacks);

    std::vector<nghttp2_settings_entry> settings = {
        {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, limits.windowSize}};
    if (role == Role::CLIENT)
    {
        settings.push_back({NGHTTP2_SETTINGS_ENABLE_PUSH, 0});
    }
    else
    {
        settings.push_back({NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, limits.maxConcurrentStreams});
    }
    nghttp2_submit_settings(m_impl->session, NGHTTP2_FLAG_NONE, settings.data(), settings.size());
    nghttp2_session_set_local_window_size(m_impl->session,
                                          NGHTTP2_FLAG_NONE,
                                          0,
                                          static_cast<int32_t>(limits.windowSize));
}

Http2OctetSession::~Http2OctetSession()
{
    nghttp2_session_del(m_impl->session);
}

void
Http2OctetSession::Receive(ByteView octets)
{
    m_impl->CountReceived(octets);
    const ssize_t taken = nghttp2_session_mem_recv(m_impl->session, octets.data(), octets.size());
    m_impl->SweepReceived();
    m_impl->SweepClosed();
    m_impl->failed = m_impl->failed || taken < 0;
}

void
Http2OctetSession::Receive(StreamParcel& /* parcel */)
{
    // It has no octets, so that nothing is known of what it should be.
    m_impl->failed = true;
}

Bytes
Http2OctetSession::Pull(std::size_t limit)
{
    Bytes out;
    while (out.size() < limit)
    {
        const uint8_t* data = nullptr;
        const ssize_t size = nghttp2_session_mem_send(m_impl->session, &data);
        if (size <= 0)
        {
            break;
        }
        m_impl->CountSent(ByteView(data, static_cast<std::size_t>(size)));
        m_impl->SweepClosed();
        Append(out, ByteView(data, static_cast<std::size_t>(size)));
    }
    m_impl->SweepClosed();
    return out;
}

bool
Http2OctetSession::Send(OctetStream& stream, std::size_t limit)
{
    Bytes octets = Pull(limit);
    const bool any = !octets.empty();
    stream.Give(std::move(octets));
    return any;
}

int32_t
Http2OctetSession::Request(const std::vector<FieldView>& fields, SharedBytes body)
{
    const auto converted = Impl::Convert(fields);
    nghttp2_data_provider provider{};
    provider.source.ptr = m_impl.get();
    provider.read_callback = &Impl::ReadBody;
    const int32_t stream = nghttp2_submit_request(m_impl->session,
                                                  nullptr,
                                                  converted.data(),
                                                  converted.size(),
                                                  body.empty() ? nullptr : &provider,
                                                  nullptr);
    if (stream >= 0)
    {
        m_impl->streams[stream].out = std::move(body);
    }
    return stream;
}

bool
Http2OctetSession::Respond(int32_t stream, const std::vector<FieldView>& fields, SharedBytes body)
{
    Impl::Stream* entry = m_impl->Find(stream);
    if (entry == nullptr || entry->answered)
    {
        return false;
    }
    const auto converted = Impl::Convert(fields);
    nghttp2_data_provider provider{};
    provider.source.ptr = m_impl.get();
    provider.read_callback = &Impl::ReadBody;
    const bool empty = body.empty();
    entry->out = std::move(body);
    entry->answered = true;
    return nghttp2_submit_response(m_impl->session,
                                   stream,
                                   converted.data(),
                                   converted.size(),
                                   empty ? nullptr : &provider) == 0;
}

void
Http2OctetSession::Cancel(int32_t stream)
{
    nghttp2_submit_rst_stream(m_impl->session, NGHTTP2_FLAG_NONE, stream, NGHTTP2_CANCEL);
}

void
Http2OctetSession::Terminate()
{
    nghttp2_session_terminate_session(m_impl->session, NGHTTP2_NO_ERROR);
}

bool
Http2OctetSession::WantsToSend() const
{
    return nghttp2_session_want_write(m_impl->session) != 0;
}

bool
Http2OctetSession::TakesRequests() const
{
    return nghttp2_session_check_request_allowed(m_impl->session) != 0;
}

bool
Http2OctetSession::Failed() const
{
    return m_impl->failed;
}

bool
Http2OctetSession::IsDone() const
{
    return nghttp2_session_want_read(m_impl->session) == 0 &&
           nghttp2_session_want_write(m_impl->session) == 0;
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-http2-session.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <nghttp2/nghttp2.h>
#include <tuple>
#include <unordered_map>

namespace ns3::mbs
{

namespace
{

/** Frame types that belong to messages (RFC 9113 clause 6). */
constexpr uint8_t FRAME_DATA = 0x0;
constexpr uint8_t FRAME_HEADERS = 0x1;
constexpr uint8_t FRAME_CONTINUATION = 0x9;

/** Frame flags (RFC 9113 clause 6). */
constexpr uint8_t FLAG_END_STREAM = 0x1;
constexpr uint8_t FLAG_END_HEADERS = 0x4;

/** Header fields of a message for which there is room at once. */
constexpr std::size_t USUAL_FIELDS = 8;

/** Events for which there is room at once: a message of two frames and the end of its stream. */
constexpr std::size_t USUAL_EVENTS = 4;

/** Octets of all header fields of a message beyond which it is refused. */
constexpr std::size_t MAX_FIELDS_SIZE = 1U << 16;

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

/** Octets before what nghttp2 gets; they hold its size and keep it aligned. */
constexpr std::size_t MEMORY_HEADER = alignof(std::max_align_t);

/** @param size octets @return as malloc(); the size is noted */
void*
Allocate(std::size_t size, void* /* user */)
{
    auto* memory = static_cast<uint8_t*>(std::malloc(MEMORY_HEADER + size));
    if (memory == nullptr)
    {
        return nullptr;
    }
    std::memcpy(memory, &size, sizeof(size));
    return memory + MEMORY_HEADER;
}

/** @param memory what Allocate() gave, or null; wiped, since frames may have keys in them */
void
Free(void* memory, void* /* user */)
{
    if (memory != nullptr)
    {
        auto* begin = static_cast<uint8_t*>(memory) - MEMORY_HEADER;
        std::size_t size = 0;
        std::memcpy(&size, begin, sizeof(size));
        SecureWipe(begin, MEMORY_HEADER + size);
        std::free(begin);
    }
}

/** @param count how many @param size octets of each @param user not used @return as calloc() */
void*
AllocateZeros(std::size_t count, std::size_t size, void* user)
{
    void* memory = Allocate(count * size, user);
    return memory == nullptr ? nullptr : std::memset(memory, 0, count * size);
}

/** @param memory what Allocate() gave, or null @param size new @param user not used @return as
 * realloc() */
void*
Reallocate(void* memory, std::size_t size, void* user)
{
    void* larger = Allocate(size, user);
    if (larger != nullptr && memory != nullptr)
    {
        std::size_t before = 0;
        std::memcpy(&before, static_cast<uint8_t*>(memory) - MEMORY_HEADER, sizeof(before));
        std::memcpy(larger, memory, std::min(before, size));
        Free(memory, user);
    }
    return larger;
}

} // namespace

Http2Meter::Http2Meter(uint32_t preface)
    : m_preface(preface),
      m_carried(preface)
{
}

void
Http2Meter::Feed(ByteView octets, const Complete& complete, const Control& control)
{
    std::size_t at = std::min<std::size_t>(m_preface, octets.size());
    m_preface -= at;
    while (at < octets.size())
    {
        if (m_held < FRAME_HEADER_SIZE)
        {
            const std::size_t more = std::min(FRAME_HEADER_SIZE - m_held, octets.size() - at);
            std::copy_n(octets.begin() + at, more, m_header.begin() + m_held);
            at += more;
            m_held += more;
            if (m_held < FRAME_HEADER_SIZE)
            {
                return;
            }
            m_payload = ByteReader(m_header).U24();
            m_size = m_payload + FRAME_HEADER_SIZE;
        }
        const std::size_t step = std::min<std::size_t>(m_payload, octets.size() - at);
        at += step;
        m_payload -= step;
        if (m_payload == 0)
        {
            EndFrame(complete, control);
            m_held = 0;
        }
    }
}

void
Http2Meter::EndFrame(const Complete& complete, const Control& control)
{
    ByteReader reader(m_header);
    reader.U24();
    const uint8_t type = reader.U8();
    const uint8_t flags = reader.U8();
    const auto stream = static_cast<int32_t>(reader.U32() & 0x7fffffff);
    if (stream == 0 || (type != FRAME_DATA && type != FRAME_HEADERS && type != FRAME_CONTINUATION))
    {
        control(m_size + m_carried);
        m_carried = 0;
        return;
    }
    uint32_t& total = m_open[stream];
    total += m_size;
    bool end = (flags & FLAG_END_STREAM) != 0 && type != FRAME_CONTINUATION;
    if (type != FRAME_DATA)
    {
        // With END_HEADERS missing, the message goes on in CONTINUATION frames.
        end = end || m_ending;
        m_ending = end && (flags & FLAG_END_HEADERS) == 0;
        end = end && !m_ending;
    }
    if (end)
    {
        const uint32_t octets = total;
        m_open.erase(stream);
        complete(stream, octets);
    }
}

uint32_t
Http2Meter::Forget(int32_t stream)
{
    const auto entry = m_open.find(stream);
    if (entry == m_open.end())
    {
        return 0;
    }
    const uint32_t octets = entry->second;
    m_open.erase(entry);
    return octets;
}

std::vector<int32_t>
Http2Meter::Open() const
{
    std::vector<int32_t> streams;
    streams.reserve(m_open.size());
    for (const auto& entry : m_open)
    {
        streams.push_back(entry.first);
    }
    return streams;
}

/** @brief The part of a session that knows nghttp2. */
struct Http2Session::Impl
{
    /** A stream with what was read of its message and what is to be written of the other. */
    struct Stream
    {
        std::vector<Field> fields; //!< received header fields
        std::size_t fieldsSize{0}; //!< octets of them
        Bytes in;                  //!< received content
        uint32_t inOctets{0};      //!< octets of the received message's frames, once complete
        SharedBytes out;           //!< content to send
        std::size_t sent{0};       //!< how much of it was framed
        bool answered{false};      //!< the answer was submitted
    };

    Impl(Role role, const Limits& limits)
        : role(role),
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

    /** @param kind what happened @param stream where @param octets how many */
    void Add(Event::Kind kind, int32_t stream, uint32_t octets)
    {
        Event& event = Add();
        event.kind = kind;
        event.stream = stream;
        event.octets = octets;
    }

    /** @return a new event, the last one */
    Event& Add()
    {
        if (events.empty())
        {
            events.reserve(USUAL_EVENTS);
        }
        return events.emplace_back();
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
            [this](int32_t stream, uint32_t size) { Add(Event::Kind::SENT, stream, size); },
            [this](uint32_t size) { Add(Event::Kind::CONTROL_SENT, 0, size); });
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
            [this](uint32_t size) { Add(Event::Kind::CONTROL_RECEIVED, 0, size); });
    }

    /** @brief Frames on streams that nghttp2 ignores or refuses count as the connection's. */
    void SweepReceived()
    {
        for (const int32_t stream : receiveMeter.Open())
        {
            if (Find(stream) == nullptr)
            {
                Add(Event::Kind::CONTROL_RECEIVED, 0, receiveMeter.Forget(stream));
            }
        }
        for (auto entry = complete.begin(); entry != complete.end();)
        {
            if (Find(entry->first) == nullptr)
            {
                Add(Event::Kind::CONTROL_RECEIVED, 0, entry->second);
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
        Event& event = self->Add();
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
                Add(Event::Kind::CONTROL_SENT, 0, sent);
            }
            Add(Event::Kind::STREAM_CLOSED, entry.first, 0);
            events.back().error = entry.second;
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

    Role role;                                              //!< which end
    Limits limits;                                          //!< what the other may do
    nghttp2_session* session{nullptr};                      //!< the protocol
    Http2Meter sendMeter;                                   //!< octets sent
    Http2Meter receiveMeter;                                //!< octets received
    std::unordered_map<int32_t, Stream> streams;            //!< open streams
    std::size_t buffered{0};                                //!< octets of content in them
    boost::container::flat_map<int32_t, uint32_t> complete; //!< octets of messages nearly complete
    std::vector<std::pair<int32_t, uint32_t>> closed; //!< streams and error codes, not yet told
    std::vector<Event> events;                        //!< not yet taken
    bool failed{false};                               //!< the other end broke the protocol
};

std::string
Http2Session::TakeValue(std::vector<Field>& fields, std::string_view name)
{
    const auto field = std::find_if(fields.begin(), fields.end(), [name](const auto& entry) {
        return entry.first == name;
    });
    return field == fields.end() ? std::string() : std::move(field->second);
}

Http2Session::Http2Session(Role role, const Limits& limits)
    : m_impl(std::make_unique<Impl>(role, limits))
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
    nghttp2_mem memory = {nullptr, &Allocate, &Free, &AllocateZeros, &Reallocate};
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

Http2Session::~Http2Session()
{
    nghttp2_session_del(m_impl->session);
}

void
Http2Session::Receive(ByteView octets)
{
    m_impl->CountReceived(octets);
    const ssize_t taken = nghttp2_session_mem_recv(m_impl->session, octets.data(), octets.size());
    m_impl->SweepReceived();
    m_impl->SweepClosed();
    m_impl->failed = m_impl->failed || taken < 0;
}

Bytes
Http2Session::Pull(std::size_t limit)
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

int32_t
Http2Session::Request(const std::vector<FieldView>& fields, SharedBytes body)
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
Http2Session::Respond(int32_t stream, const std::vector<FieldView>& fields, SharedBytes body)
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
Http2Session::Cancel(int32_t stream)
{
    nghttp2_submit_rst_stream(m_impl->session, NGHTTP2_FLAG_NONE, stream, NGHTTP2_CANCEL);
}

void
Http2Session::Terminate()
{
    nghttp2_session_terminate_session(m_impl->session, NGHTTP2_NO_ERROR);
}

bool
Http2Session::WantsToSend() const
{
    return nghttp2_session_want_write(m_impl->session) != 0;
}

bool
Http2Session::TakesRequests() const
{
    return nghttp2_session_check_request_allowed(m_impl->session) != 0;
}

bool
Http2Session::Failed() const
{
    return m_impl->failed;
}

bool
Http2Session::IsDone() const
{
    return nghttp2_session_want_read(m_impl->session) == 0 &&
           nghttp2_session_want_write(m_impl->session) == 0;
}

std::vector<Http2Session::Event>
Http2Session::TakeEvents()
{
    std::vector<Event> events;
    events.swap(m_impl->events);
    return events;
}

} // namespace ns3::mbs

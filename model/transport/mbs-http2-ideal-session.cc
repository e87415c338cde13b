// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-http2-ideal-session.h"

#include "mbs-http2-meter.h"

#include "ns3/assert.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

namespace ns3::mbs
{

namespace
{

constexpr uint32_t FRAME_HEADER_SIZE = Http2Meter::FRAME_HEADER_SIZE;

/** Octets of a setting in a SETTINGS frame (RFC 9113 clause 6.5.1). */
constexpr uint32_t SETTING_SIZE = 6;

/** Octets of WINDOW_UPDATE and RST_STREAM frames (RFC 9113 clauses 6.4 and 6.9). */
constexpr uint32_t SHORT_FRAME_SIZE = FRAME_HEADER_SIZE + 4;

/** Octets of a GOAWAY frame without debug data (RFC 9113 clause 6.8). */
constexpr uint32_t GOAWAY_SIZE = FRAME_HEADER_SIZE + 8;

/** Most octets of a frame's payload (RFC 9113 clause 6.5.2, SETTINGS_MAX_FRAME_SIZE). */
constexpr uint32_t MAX_PAYLOAD = 16384;

/** Octets of flow-control windows before anything is said (RFC 9113 clause 6.9.2). */
constexpr uint32_t INITIAL_WINDOW_SIZE = 65535;

/** Streams at a time before the server says how many it allows: nghttp2's habit. */
constexpr uint32_t INITIAL_MAX_STREAMS = 100;

/** Weight of a stream, when nobody says otherwise, and the largest (RFC 7540 clause 5.3). */
constexpr uint32_t WEIGHT = 16;
constexpr uint32_t MAX_WEIGHT = 256;

/**
 * @param window octets of a window
 * @param received how many of them are used
 * @return true if it is time for a WINDOW_UPDATE: nghttp2's habit
 */
bool
IsUpdateDue(uint32_t window, uint32_t received)
{
    return received > 0 && received >= window / 2;
}

} // namespace

Http2IdealSession::Http2IdealSession(Role role, const Limits& limits)
    : m_role(role),
      m_limits(limits),
      m_maxStreams(INITIAL_MAX_STREAMS),
      m_peerWindow(INITIAL_WINDOW_SIZE),
      m_window(INITIAL_WINDOW_SIZE),
      m_ownWindow(INITIAL_WINDOW_SIZE)
{
    Frame settings;
    settings.type = Frame::Type::SETTINGS;
    settings.value = limits.windowSize;
    settings.octets = FRAME_HEADER_SIZE + 2 * SETTING_SIZE;
    if (role == Role::CLIENT)
    {
        // The second setting says that nothing may be pushed.
        settings.octets += Http2Meter::PREFACE_SIZE;
    }
    else
    {
        settings.maxStreams = limits.maxConcurrentStreams;
    }
    m_settings.push_back(settings);
    if (limits.windowSize > INITIAL_WINDOW_SIZE)
    {
        Queue({Frame::Type::WINDOW_UPDATE,
               false,
               0,
               SHORT_FRAME_SIZE,
               limits.windowSize - INITIAL_WINDOW_SIZE});
        m_updating = true;
    }
}

Http2IdealSession::~Http2IdealSession() = default;

void
Http2IdealSession::Receive(ByteView /* octets */)
{
    // Nobody on this transport serialises HTTP/2.
    m_failed = true;
}

void
Http2IdealSession::Receive(StreamParcel& parcel)
{
    auto* flight = dynamic_cast<Flight*>(&parcel);
    if (flight == nullptr)
    {
        m_failed = true;
        return;
    }
    for (const Frame& frame : flight->frames)
    {
        if (frame.type != Frame::Type::HEADERS && frame.type != Frame::Type::DATA)
        {
            AddEvent(Event::Kind::CONTROL_RECEIVED, 0, frame.octets);
        }
    }
    auto message = flight->messages.begin();
    for (const Frame& frame : flight->frames)
    {
        if (frame.type == Frame::Type::HEADERS)
        {
            ReceiveHeaders(frame, std::move(*message++));
        }
        else if (frame.type == Frame::Type::DATA)
        {
            ReceiveData(frame);
        }
        else
        {
            ReceiveControl(frame);
        }
    }
    for (const auto& ignored : m_ignored)
    {
        AddEvent(Event::Kind::CONTROL_RECEIVED, 0, ignored.second);
    }
    m_ignored.clear();
    TellClosed();
}

void
Http2IdealSession::ReceiveHeaders(const Frame& frame, Message message)
{
    Stream* stream = Find(frame.stream);
    if (m_role == Role::SERVER && stream == nullptr && frame.stream > m_lastStream &&
        !m_terminating)
    {
        m_lastStream = frame.stream;
        if (m_opened >= m_limits.maxConcurrentStreams)
        {
            // The client did not know yet how many are allowed.
            Queue({Frame::Type::RST_STREAM, false, frame.stream, SHORT_FRAME_SIZE, REFUSED_STREAM});
        }
        else
        {
            m_lastProcessed = frame.stream;
            stream = &m_streams[frame.stream];
            stream->window = m_peerWindow;
            stream->opened = true;
            ++m_opened;
        }
    }
    if (stream == nullptr)
    {
        Ignore(frame.stream, frame.octets);
        return;
    }
    stream->inOctets += frame.octets;
    if (stream->resetting)
    {
        return;
    }
    std::size_t size = 0;
    for (const Field& field : message.fields)
    {
        size += field.first.size() + field.second.size();
    }
    if (size > MAX_FIELDS_SIZE)
    {
        Reset(frame.stream, *stream, INTERNAL_ERROR);
        return;
    }
    stream->in = std::move(message);
    EndReceiving(frame, *stream);
}

void
Http2IdealSession::ReceiveData(const Frame& frame)
{
    const uint32_t size = frame.octets - FRAME_HEADER_SIZE;
    m_received += size;
    UpdateWindow();
    Stream* stream = Find(frame.stream);
    if (stream == nullptr)
    {
        Ignore(frame.stream, frame.octets);
        return;
    }
    stream->inOctets += frame.octets;
    if (stream->resetting)
    {
        return;
    }
    stream->received += size;
    if (!frame.end)
    {
        UpdateWindow(frame.stream, *stream);
    }
    if (size > m_limits.maxBodySize - stream->inContent || size > m_limits.maxBuffered - m_buffered)
    {
        m_buffered -= stream->inContent;
        stream->inContent = 0;
        Reset(frame.stream, *stream, ENHANCE_YOUR_CALM);
        return;
    }
    stream->inContent += size;
    m_buffered += size;
    EndReceiving(frame, *stream);
}

void
Http2IdealSession::UpdateWindow()
{
    if (!m_updating && IsUpdateDue(m_limits.windowSize, m_received))
    {
        Queue({Frame::Type::WINDOW_UPDATE, false, 0, SHORT_FRAME_SIZE, m_received});
        m_received = 0;
        m_updating = true;
    }
}

void
Http2IdealSession::UpdateWindow(int32_t id, Stream& stream)
{
    if (!stream.updating && IsUpdateDue(m_ownWindow, stream.received))
    {
        Queue({Frame::Type::WINDOW_UPDATE, false, id, SHORT_FRAME_SIZE, stream.received});
        stream.received = 0;
        stream.updating = true;
    }
}

void
Http2IdealSession::EndReceiving(const Frame& frame, Stream& stream)
{
    if (!frame.end)
    {
        return;
    }
    Event& event = AddEvent();
    event.kind = Event::Kind::MESSAGE;
    event.stream = frame.stream;
    event.octets = stream.inOctets;
    event.fields = std::move(stream.in.fields);
    event.body = std::move(stream.in.body);
    m_buffered -= stream.inContent;
    stream.inOctets = 0;
    stream.inContent = 0;
    stream.receivedAll = true;
    if (stream.sentAll)
    {
        Close(frame.stream, NO_ERROR_CODE);
    }
}

void
Http2IdealSession::ReceiveControl(const Frame& frame)
{
    Stream* stream = frame.stream == 0 ? nullptr : Find(frame.stream);
    switch (frame.type)
    {
    case Frame::Type::SETTINGS:
        ReceiveSettings(frame);
        break;
    case Frame::Type::SETTINGS_ACK:
        m_ownWindow = m_limits.windowSize;
        break;
    case Frame::Type::WINDOW_UPDATE:
        if (frame.stream == 0)
        {
            m_window += frame.value;
        }
        else if (stream != nullptr)
        {
            stream->window += frame.value;
            Unblock(frame.stream, *stream);
        }
        break;
    case Frame::Type::RST_STREAM:
        if (stream != nullptr)
        {
            Close(frame.stream, frame.value);
        }
        break;
    case Frame::Type::GOAWAY: {
        m_goawayReceived = true;
        std::vector<int32_t> refused;
        for (const auto& entry : m_streams)
        {
            if (entry.second.opened && entry.first > static_cast<int32_t>(frame.value))
            {
                refused.push_back(entry.first);
            }
        }
        std::sort(refused.begin(), refused.end());
        for (const int32_t id : refused)
        {
            Close(id, REFUSED_STREAM);
        }
        break;
    }
    case Frame::Type::HEADERS:
    case Frame::Type::DATA:
        break; // they belong to messages
    }
}

void
Http2IdealSession::ReceiveSettings(const Frame& frame)
{
    m_maxStreams = frame.maxStreams != 0 ? frame.maxStreams : std::numeric_limits<uint32_t>::max();
    const int64_t more = frame.value - m_peerWindow;
    m_peerWindow = frame.value;
    std::vector<int32_t> open;
    open.reserve(m_streams.size());
    for (const auto& entry : m_streams)
    {
        open.push_back(entry.first);
    }
    std::sort(open.begin(), open.end());
    for (const int32_t id : open)
    {
        Stream& stream = m_streams.at(id);
        stream.window += more;
        Unblock(id, stream);
    }
    m_settings.push_back({Frame::Type::SETTINGS_ACK, false, 0, FRAME_HEADER_SIZE});
}

void
Http2IdealSession::Unblock(int32_t id, Stream& stream)
{
    if (stream.blocked && stream.window > 0)
    {
        stream.blocked = false;
        QueueContent(id, stream);
    }
}

void
Http2IdealSession::Ignore(int32_t id, uint32_t octets)
{
    m_ignored[id] += octets;
}

bool
Http2IdealSession::Send(OctetStream& stream, std::size_t limit)
{
    auto flight = std::make_unique<Flight>();
    while (flight->octets < limit && SendNext(*flight))
    {
        TellClosed();
    }
    TellClosed();
    if (flight->frames.empty())
    {
        return false;
    }
    stream.Hand(std::move(flight));
    return true;
}

bool
Http2IdealSession::SendNext(Flight& flight)
{
    const std::size_t before = flight.frames.size();
    while (flight.frames.size() == before && WantsToSend())
    {
        if (!m_settings.empty())
        {
            AddEvent(Event::Kind::CONTROL_SENT, 0, m_settings.front().octets);
            Put(flight, m_settings.front());
            m_settings.pop_front();
        }
        else if (!m_queue.empty())
        {
            SendQueued(flight);
        }
        else if (!m_requests.empty() && m_opened < m_maxStreams)
        {
            const int32_t id = m_requests.front();
            m_requests.pop_front();
            Stream* stream = Find(id);
            NS_ASSERT_MSG(stream != nullptr, "a request does not end before its turn");
            if (stream->cancelled || m_goawayReceived)
            {
                Close(id, stream->cancelled ? CANCEL : REFUSED_STREAM);
            }
            else
            {
                stream->opened = true;
                stream->window = m_peerWindow;
                ++m_opened;
                SendHeaders(id, *stream, flight);
            }
        }
        else
        {
            SendData(flight);
        }
    }
    return flight.frames.size() != before;
}

void
Http2IdealSession::SendQueued(Flight& flight)
{
    const Frame frame = m_queue.front();
    m_queue.pop_front();
    Stream* stream = frame.stream == 0 ? nullptr : Find(frame.stream);
    if (frame.type == Frame::Type::HEADERS)
    {
        if (stream != nullptr && !stream->resetting)
        {
            SendHeaders(frame.stream, *stream, flight);
        }
        return;
    }
    if (frame.type == Frame::Type::WINDOW_UPDATE && frame.stream != 0 &&
        (stream == nullptr || stream->resetting))
    {
        return;
    }
    AddEvent(Event::Kind::CONTROL_SENT, 0, frame.octets);
    Put(flight, frame);
    if (frame.type == Frame::Type::RST_STREAM && stream != nullptr)
    {
        Close(frame.stream, frame.value);
    }
    else if (frame.type == Frame::Type::GOAWAY)
    {
        m_terminated = true;
    }
    else if (frame.type == Frame::Type::WINDOW_UPDATE && frame.stream == 0)
    {
        m_updating = false;
        UpdateWindow();
    }
    else if (frame.type == Frame::Type::WINDOW_UPDATE)
    {
        stream->updating = false;
        if (!stream->receivedAll)
        {
            UpdateWindow(frame.stream, *stream);
        }
    }
}

void
Http2IdealSession::SendHeaders(int32_t id, Stream& stream, Flight& flight)
{
    const uint32_t size = m_sizer.Next(stream.out.fields);
    const uint32_t frames = std::max(1U, (size + MAX_PAYLOAD - 1) / MAX_PAYLOAD);
    const uint32_t octets = size + frames * FRAME_HEADER_SIZE;
    stream.left = stream.out.body.size();
    stream.outOctets += octets;
    Put(flight, {Frame::Type::HEADERS, stream.left == 0, id, octets});
    flight.messages.push_back(std::move(stream.out));
    if (stream.left == 0)
    {
        EndSending(id, stream);
    }
    else
    {
        QueueContent(id, stream);
    }
}

void
Http2IdealSession::SendData(Flight& flight)
{
    const int32_t id = m_content.top().stream;
    m_content.pop();
    Stream* stream = Find(id);
    if (stream == nullptr || stream->resetting)
    {
        return;
    }
    if (stream->window <= 0)
    {
        stream->blocked = true;
        stream->lastSize = 0;
        stream->owed = 0;
        return;
    }
    const auto size = static_cast<uint32_t>(std::min({static_cast<int64_t>(MAX_PAYLOAD),
                                                      static_cast<int64_t>(stream->left),
                                                      stream->window,
                                                      m_window}));
    m_lastTurn = stream->turn;
    stream->lastSize = size;
    stream->left -= size;
    stream->window -= size;
    m_window -= size;
    stream->outOctets += FRAME_HEADER_SIZE + size;
    Put(flight, {Frame::Type::DATA, stream->left == 0, id, FRAME_HEADER_SIZE + size});
    if (stream->left == 0)
    {
        EndSending(id, *stream);
    }
    else
    {
        QueueContent(id, *stream);
    }
}

void
Http2IdealSession::QueueContent(int32_t id, Stream& stream)
{
    const uint64_t share = uint64_t{stream.lastSize} * MAX_WEIGHT + stream.owed;
    stream.turn = m_lastTurn + share / WEIGHT;
    stream.owed = share % WEIGHT;
    m_content.push({stream.turn, ++m_turns, id});
}

void
Http2IdealSession::EndSending(int32_t id, Stream& stream)
{
    AddEvent(Event::Kind::SENT, id, stream.outOctets);
    stream.outOctets = 0;
    stream.sentAll = true;
    if (stream.receivedAll)
    {
        Close(id, NO_ERROR_CODE);
    }
}

void
Http2IdealSession::Put(Flight& flight, const Frame& frame)
{
    flight.frames.push_back(frame);
    flight.octets += frame.octets;
}

int32_t
Http2IdealSession::Request(const std::vector<FieldView>& fields, SharedBytes body)
{
    if (!TakesRequests())
    {
        return -1;
    }
    const int32_t id = m_nextStream;
    m_nextStream = id > std::numeric_limits<int32_t>::max() - 2 ? -1 : id + 2;
    Stream& stream = m_streams[id];
    stream.out.fields = Copy(fields);
    stream.out.body = std::move(body);
    m_requests.push_back(id);
    return id;
}

bool
Http2IdealSession::Respond(int32_t stream, const std::vector<FieldView>& fields, SharedBytes body)
{
    Stream* entry = Find(stream);
    if (entry == nullptr || entry->answered)
    {
        return false;
    }
    entry->answered = true;
    entry->out.fields = Copy(fields);
    entry->out.body = std::move(body);
    Queue({Frame::Type::HEADERS, false, stream});
    return true;
}

void
Http2IdealSession::Cancel(int32_t stream)
{
    Stream* entry = Find(stream);
    if (entry == nullptr)
    {
        return;
    }
    if (entry->opened)
    {
        Reset(stream, *entry, CANCEL);
    }
    else
    {
        // It ends when its turn comes.
        entry->cancelled = true;
        entry->out = Message();
    }
}

void
Http2IdealSession::Terminate()
{
    m_terminating = true;
    m_queue.clear();
    m_requests.clear();
    m_content = {};
    Queue({Frame::Type::GOAWAY, false, 0, GOAWAY_SIZE, static_cast<uint32_t>(m_lastProcessed)});
}

bool
Http2IdealSession::WantsToSend() const
{
    return !m_terminated && (!m_settings.empty() || !m_queue.empty() ||
                             (!m_requests.empty() && m_opened < m_maxStreams) ||
                             (!m_content.empty() && m_window > 0));
}

bool
Http2IdealSession::TakesRequests() const
{
    return m_role == Role::CLIENT && m_nextStream > 0 && !m_goawayReceived && !m_terminating;
}

bool
Http2IdealSession::Failed() const
{
    return m_failed;
}

bool
Http2IdealSession::IsDone() const
{
    return m_terminated || (m_goawayReceived && m_streams.empty() && !WantsToSend());
}

Http2IdealSession::Stream*
Http2IdealSession::Find(int32_t id)
{
    const auto entry = m_streams.find(id);
    return entry == m_streams.end() ? nullptr : &entry->second;
}

std::vector<Http2Session::Field>
Http2IdealSession::Copy(const std::vector<FieldView>& fields)
{
    std::vector<Field> copy;
    copy.reserve(fields.size());
    for (const FieldView& field : fields)
    {
        copy.emplace_back(field.first, field.second);
    }
    return copy;
}

void
Http2IdealSession::Queue(Frame frame)
{
    m_queue.push_back(frame);
}

void
Http2IdealSession::Reset(int32_t id, Stream& stream, uint32_t error)
{
    if (!stream.resetting)
    {
        stream.resetting = true;
        Queue({Frame::Type::RST_STREAM, false, id, SHORT_FRAME_SIZE, error});
    }
}

void
Http2IdealSession::Close(int32_t id, uint32_t error)
{
    const auto entry = m_streams.find(id);
    const Stream& stream = entry->second;
    m_buffered -= stream.inContent;
    if (stream.inOctets != 0)
    {
        Ignore(id, stream.inOctets);
    }
    m_opened -= stream.opened ? 1 : 0;
    m_closed.push_back({id, error, stream.outOctets});
    m_streams.erase(entry);
}

void
Http2IdealSession::TellClosed()
{
    for (const Closed& closed : m_closed)
    {
        if (closed.unended != 0)
        {
            AddEvent(Event::Kind::CONTROL_SENT, 0, closed.unended);
        }
        Event& event = AddEvent();
        event.kind = Event::Kind::STREAM_CLOSED;
        event.stream = closed.stream;
        event.error = closed.error;
    }
    m_closed.clear();
}

} // namespace ns3::mbs

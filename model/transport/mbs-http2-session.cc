// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-http2-session.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/** Events for which there is room at once: a message of two frames and the end of its stream. */
constexpr std::size_t USUAL_EVENTS = 4;

} // namespace

Http2Session::~Http2Session() = default;

std::string
Http2Session::TakeValue(std::vector<Field>& fields, std::string_view name)
{
    const auto field = std::find_if(fields.begin(), fields.end(), [name](const auto& entry) {
        return entry.first == name;
    });
    return field == fields.end() ? std::string() : std::move(field->second);
}

std::vector<Http2Session::Event>
Http2Session::TakeEvents()
{
    std::vector<Event> events;
    events.swap(m_events);
    return events;
}

Http2Session::Event&
Http2Session::AddEvent()
{
    if (m_events.empty())
    {
        m_events.reserve(USUAL_EVENTS);
    }
    return m_events.emplace_back();
}

void
Http2Session::AddEvent(Event::Kind kind, int32_t stream, uint32_t octets)
{
    Event& event = AddEvent();
    event.kind = kind;
    event.stream = stream;
    event.octets = octets;
}

} // namespace ns3::mbs

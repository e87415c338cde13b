// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_FUZZ_HTTP2_H
#define MBS_FUZZ_HTTP2_H

#include "mbs-fuzz.h"

#include "ns3/mbs-http2-octet-session.h"

namespace ns3::mbs::fuzz
{

/** @return what a session under test allows: little, so that inputs reach the limits */
inline Http2Session::Limits
SmallLimits()
{
    Http2Session::Limits limits;
    limits.maxConcurrentStreams = 4;
    limits.windowSize = 65535;
    limits.maxBodySize = 256;
    return limits;
}

/** @param method of a request, not copied @return its header fields */
inline std::vector<Http2Session::FieldView>
RequestFields(std::string_view method)
{
    return {{":method", method},
            {":scheme", "http"},
            {":authority", "10.0.0.1"},
            {":path", "/nmbsmf-mbssession/v1/mbs-sessions"},
            {"content-type", "application/json"}};
}

/** @return the header fields of an answer */
inline std::vector<Http2Session::FieldView>
AnswerFields()
{
    return {{":status", "200"}, {"content-type", "application/json"}, {"location", "/1"}};
}

/**
 * @brief Gives a session octets, answers its requests and takes what it sends.
 * @param session the session
 * @param octets what it gets
 * @param received adds up the octets of what it says it got
 * @return how many whole messages it got
 */
inline std::size_t
Feed(Http2OctetSession& session, ByteView octets, uint64_t& received)
{
    std::size_t messages = 0;
    session.Receive(octets);
    for (const Http2Session::Event& event : session.TakeEvents())
    {
        using Kind = Http2Session::Event::Kind;
        if (event.kind == Kind::MESSAGE || event.kind == Kind::CONTROL_RECEIVED)
        {
            received += event.octets;
        }
        if (event.kind == Kind::MESSAGE)
        {
            ++messages;
            Require(event.body.size() <= SmallLimits().maxBodySize, "a body longer than allowed");
            session.Respond(event.stream, AnswerFields(), event.body);
        }
    }
    session.Pull(1U << 16);
    session.TakeEvents();
    return messages;
}

/**
 * @brief Gives a session an input in two pieces.
 * @param session the session
 * @param preface what is in front of the input
 * @param octets an input: where to cut it, and the octets
 * @return true if it got a whole message
 */
inline bool
FeedInPieces(Http2OctetSession& session, ByteView preface, ByteView octets)
{
    Input input(octets);
    const std::size_t cut = input.Octet();
    const ByteView rest = input.Rest();
    uint64_t received = 0;
    std::size_t messages = 0;
    for (const ByteView piece : {preface, rest.Sub(0, cut), rest.Sub(cut)})
    {
        if (!session.Failed() && !session.IsDone())
        {
            messages += Feed(session, piece, received);
        }
    }
    Require(received <= preface.size() + rest.size(), "more octets are counted than came");
    return messages > 0;
}

} // namespace ns3::mbs::fuzz

#endif // MBS_FUZZ_HTTP2_H

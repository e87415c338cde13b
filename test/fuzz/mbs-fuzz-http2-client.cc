// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz-http2.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** @param client gets two requests to send @return what it sends */
Bytes
Ask(Http2OctetSession& client)
{
    client.Request(RequestFields("GET"), Bytes());
    client.Request(RequestFields("POST"), Octets("{}"));
    return client.Pull(1U << 16);
}

/** @param octets an input: where to cut it, what a server sends @return true if accepted */
bool
Run(ByteView octets)
{
    Http2OctetSession client(Http2Session::Role::CLIENT, SmallLimits());
    Ask(client);
    return FeedInPieces(client, ByteView(), octets);
}

/** @return what servers send */
std::vector<Bytes>
Seeds()
{
    std::vector<Bytes> seeds;
    for (const std::size_t size : {std::size_t{0}, std::size_t{2}, std::size_t{200}})
    {
        Http2OctetSession client(Http2Session::Role::CLIENT, Http2Session::Limits());
        Http2OctetSession server(Http2Session::Role::SERVER, Http2Session::Limits());
        server.Receive(Ask(client));
        for (const Http2Session::Event& event : server.TakeEvents())
        {
            if (event.kind == Http2Session::Event::Kind::MESSAGE)
            {
                server.Respond(event.stream, AnswerFields(), Bytes(size, '1'));
            }
        }
        seeds.push_back(Prefixed('0', server.Pull(1U << 16)));
    }
    return seeds;
}

const Target TARGET("http2-client", 512, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz

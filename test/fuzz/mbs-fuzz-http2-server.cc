// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz-http2.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** What a client sends before its frames (RFC 9113 clause 3.4). */
const Bytes PREFACE = Octets("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** @param octets an input: where to cut it, what a client sends @return true if accepted */
bool
Run(ByteView octets)
{
    Http2OctetSession server(Http2Session::Role::SERVER, SmallLimits());
    return FeedInPieces(server, PREFACE, octets);
}

/** @return what clients send */
std::vector<Bytes>
Seeds()
{
    std::vector<Bytes> seeds;
    for (const std::string method : {"GET", "POST", "PATCH"})
    {
        Http2OctetSession client(Http2Session::Role::CLIENT, Http2Session::Limits());
        client.Request(RequestFields(method), method == "GET" ? Bytes() : Octets("{}"));
        client.Request(RequestFields(method), Bytes());
        const Bytes sent = client.Pull(1U << 16);
        seeds.push_back(Prefixed('0', ByteView(sent).Sub(PREFACE.size())));
    }
    return seeds;
}

const Target TARGET("http2-server", 512, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz

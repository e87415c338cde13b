// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"
#include "mbs-text-octets.h"

#include "ns3/mbs-http2-meter.h"
#include "ns3/mbs-http2-octet-session.h"

#include <sstream>
#include <string>

namespace ns3::mbs
{

namespace
{

void
MeterCutAnywhere(Check& check)
{
    // Preface, SETTINGS, HEADERS without END_HEADERS but with END_STREAM, CONTINUATION, HEADERS,
    // DATA padded, DATA last, PING, HEADERS on another stream left open.
    Bytes octets = Octets("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    const Bytes frames = *FromHex("000006 04 00 00000000 000300000064"
                                  "000002 01 01 00000001 8284"
                                  "000001 09 04 00000001 87"
                                  "000001 01 04 00000003 82"
                                  "000004 00 08 80000003 01aabb00"
                                  "000000 00 01 00000003"
                                  "000008 06 00 00000000 0000000000000000"
                                  "000001 01 04 00000005 82");
    octets.insert(octets.end(), frames.begin(), frames.end());
    for (std::size_t cut = 0; cut <= octets.size(); ++cut)
    {
        Http2Meter meter(Http2Meter::PREFACE_SIZE);
        std::ostringstream text;
        const auto complete = [&text](int32_t stream, uint32_t size) {
            text << stream << ':' << size << ' ';
        };
        const auto control = [&text](uint32_t size) { text << "c:" << size << ' '; };
        meter.Feed(ByteView(octets).Sub(0, cut), complete, control);
        meter.Feed(ByteView(octets).Sub(cut), complete, control);
        check.Equal(text.str(), "c:39 1:21 3:32 c:17 ", "cut at " + std::to_string(cut));
        check.Equal(meter.Open().size(), 1U, "one is open");
        check.Equal(meter.Forget(5), 10U, "its octets");
        check.Equal(meter.Forget(5), 0U, "forgotten");
    }
}

void
MessagesTogetherAreBounded(Check& check)
{
    // Two contents of two DATA frames each, which a client sends in turns.
    Http2Session::Limits limits;
    limits.maxBuffered = 30000;
    Http2OctetSession client(Http2Session::Role::CLIENT, Http2Session::Limits());
    Http2OctetSession server(Http2Session::Role::SERVER, limits);
    for (int i = 0; i < 2; ++i)
    {
        client.Request(
            {{":method", "POST"}, {":scheme", "http"}, {":authority", "a"}, {":path", "/x"}},
            Bytes(20000, 'a'));
    }
    const auto messages = [&]() {
        server.Receive(client.Pull(1U << 20));
        client.Receive(server.Pull(1U << 20));
        int whole = 0;
        for (const auto& event : server.TakeEvents())
        {
            whole += event.kind == Http2Session::Event::Kind::MESSAGE ? 1 : 0;
        }
        return whole;
    };
    check.Equal(messages(), 1, "the one that would need more than the limit is not taken");
    uint32_t error = Http2Session::NO_ERROR_CODE;
    for (const auto& event : client.TakeEvents())
    {
        error = event.kind == Http2Session::Event::Kind::STREAM_CLOSED ? event.error : error;
    }
    check.Equal(error, 0xbU, "its sender is told: ENHANCE_YOUR_CALM");
    client.Request({{":method", "POST"}, {":scheme", "http"}, {":authority", "a"}, {":path", "/x"}},
                   Bytes(29000, 'a'));
    check.Equal(messages(), 1, "what both held is free again");
}

void
SessionSurvivesAnyOctets(Check& check)
{
    // Every prefix, and every single changed octet, of a good conversation's client side.
    Http2Session::Limits limits;
    Http2OctetSession client(Http2Session::Role::CLIENT, limits);
    client.Request({{":method", "POST"},
                    {":scheme", "http"},
                    {":authority", "a"},
                    {":path", "/x"},
                    {"content-length", "5"}},
                   Octets("hello"));
    const Bytes good = client.Pull(1U << 20);
    uint32_t whole = 0;
    for (std::size_t at = 0; at < good.size(); ++at)
    {
        for (const uint8_t change : {0x01, 0x80, 0xff})
        {
            Bytes bad = good;
            bad[at] = static_cast<uint8_t>(bad[at] ^ change);
            Http2OctetSession server(Http2Session::Role::SERVER, limits);
            server.Receive(bad);
            server.Pull(1U << 20);
            for (const auto& event : server.TakeEvents())
            {
                whole += event.kind == Http2Session::Event::Kind::MESSAGE ? 1 : 0;
            }
        }
        Http2OctetSession server(Http2Session::Role::SERVER, limits);
        server.Receive(ByteView(good).Sub(0, at));
        server.Pull(1U << 20);
        check.Expect(!server.Failed(), "a prefix is waited for");
        for (const auto& event : server.TakeEvents())
        {
            check.Expect(event.kind != Http2Session::Event::Kind::MESSAGE, "no whole message yet");
        }
    }
    check.Expect(whole > 0, "some changes do no harm");
    // HPACK lets one octet stand for thousands (RFC 7541 clause 6.1): a field of 3,800 octets put
    // into the table, then named 20 times.
    Bytes block = *FromHex("828486 410161 4008 782d66696c6c6572 7fd91c");
    block.insert(block.end(), 3800, 'a');
    block.insert(block.end(), 20, 0xbe);
    ByteWriter bomb;
    bomb.Append(Octets("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    bomb.Append(*FromHex("000000040000000000"));
    bomb.U24(static_cast<uint32_t>(block.size())).U8(1).U8(5).U32(1).Append(block);
    Http2OctetSession server(Http2Session::Role::SERVER, limits);
    server.Receive(bomb.Get());
    bool message = false;
    for (const auto& event : server.TakeEvents())
    {
        message = message || event.kind == Http2Session::Event::Kind::MESSAGE;
    }
    check.Expect(!message, "more than 65,536 octets of header fields are refused");
    check.Expect(!server.Respond(99, {{":status", "200"}}, {}), "no such stream");
}

} // namespace

/** @param suite gets the tests of Http2OctetSession and Http2Meter */
void AddHttp2OctetSessionTests(MbsTestSuite& suite);

void
AddHttp2OctetSessionTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const std::string& name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase("HTTP-2 in octets: " + name, body));
    };
    add("they are attributed to messages wherever segments cut them", &MeterCutAnywhere);
    add("contents of many streams together are bounded", &MessagesTogetherAreBounded);
    add("any change to a client's octets is survived", &SessionSurvivesAnyOctets);
}

} // namespace ns3::mbs

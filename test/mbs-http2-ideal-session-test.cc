// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-http2-ideal-session.h"
#include "ns3/mbs-http2-octet-session.h"

#include <algorithm>
#include <deque>
#include <iostream>
#include <map>
#include <memory>
#include <nghttp2/nghttp2.h>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

using Role = Http2Session::Role;
using Kind = Http2Session::Event::Kind;

/** A stream that keeps what was sent until it is taken to the other end. */
class HeldStream : public OctetStream
{
  public:
    HeldStream()
        : OctetStream(Ipv4Address("10.0.0.1"), 80, true)
    {
    }

    void Write(ByteView octets) override
    {
        if (!octets.empty())
        {
            m_octets.push_back(octets.ToBytes());
        }
    }

    bool TakesParcels() const override
    {
        return true;
    }

    void Hand(std::unique_ptr<StreamParcel> parcel) override
    {
        m_parcels.push_back(std::move(parcel));
    }

    std::size_t Waiting() const override
    {
        return 0;
    }

    void Close() override
    {
    }

    void Abandon() override
    {
    }

    /** @return true if nothing is under way */
    bool IsEmpty() const
    {
        return m_octets.empty() && m_parcels.empty();
    }

    /** @param receiver gets what was sent with the oldest call of all @return octets of it */
    std::size_t Deliver(Http2Session& receiver)
    {
        std::size_t octets = 0;
        if (!m_octets.empty())
        {
            const Bytes written = std::move(m_octets.front());
            m_octets.pop_front();
            octets = written.size();
            receiver.Receive(written);
        }
        else if (!m_parcels.empty())
        {
            const auto parcel = std::move(m_parcels.front());
            m_parcels.pop_front();
            octets = parcel->octets;
            receiver.Receive(*parcel);
        }
        return octets;
    }

  private:
    std::deque<Bytes> m_octets;                          //!< written
    std::deque<std::unique_ptr<StreamParcel>> m_parcels; //!< handed over
};

/** One end, and all that happened there. */
struct End
{
    /** @param session it */
    explicit End(std::unique_ptr<Http2Session> session)
        : session(std::move(session))
    {
    }

    /** @brief Writes down what happened, stream by stream, and sends what there is to be sent. */
    void Run()
    {
        bool busy = true;
        while (busy)
        {
            busy = false;
            for (const auto& event : session->TakeEvents())
            {
                busy = true;
                std::ostringstream& text = streams[event.stream];
                text << static_cast<int>(event.kind) << ' ' << event.octets << ' ' << event.error;
                for (const auto& field : event.fields)
                {
                    text << ' ' << field.first << '=' << field.second;
                }
                const ByteView body = event.body;
                text << ' ' << body.size() << (body.empty() ? 0 : body[0] + body[body.size() - 1])
                     << '\n';
                if (event.kind == Kind::MESSAGE)
                {
                    unanswered.push_back(event.stream);
                }
            }
            if (session->WantsToSend())
            {
                busy = session->Send(*out, 1U << 16) || busy;
            }
        }
    }

    std::unique_ptr<Http2Session> session;         //!< it
    Ptr<HeldStream> out{Create<HeldStream>()};     //!< to the other end
    std::map<int32_t, std::ostringstream> streams; //!< events in order, by stream
    std::vector<int32_t> unanswered;               //!< messages that came
};

/** A connection of one kind. */
struct Conversation
{
    End client;             //!< asks
    End server;             //!< answers
    std::size_t octets{0};  //!< all that crossed the connection, either way
    std::ostringstream log; //!< what is asked of the sessions and answered at once

    /** @brief What was sent arrives at the server. @param most how many times of sending */
    void ToServer(uint32_t most)
    {
        Deliver(client, server, most);
    }

    /** @brief What was sent arrives at the client. @param most how many times of sending */
    void ToClient(uint32_t most)
    {
        Deliver(server, client, most);
    }

    /** @param from who sent @param to who receives @param most how many times of sending */
    void Deliver(End& from, End& to, uint32_t most)
    {
        for (uint32_t i = 0; i < most && !from.out->IsEmpty(); ++i)
        {
            octets += from.out->Deliver(*to.session);
            to.Run();
            Note(to);
        }
    }

    /** @param end whose state is written down */
    void Note(const End& end)
    {
        log << octets << (end.session->TakesRequests() ? " open" : "")
            << (end.session->IsDone() ? " done" : "") << (end.session->Failed() ? " failed" : "")
            << '\n';
    }
};

/** More than is ever under way. */
constexpr uint32_t ALL = 1000000;

/** The first nghttp2 (1.65.0) without the priorities of RFC 7540, which shares a connection among
 * streams otherwise. */
constexpr int NGHTTP2_WITHOUT_PRIORITIES = 0x014100;

/**
 * @brief Lets both ends do this and that, chosen by chance.
 * @tparam Session the kind of both ends
 * @param seed of the chance
 * @param crowded whether contents are so long and many that they wait for one another
 * @return what happened
 */
template <typename Session>
std::unique_ptr<Conversation>
Converse(uint32_t seed, bool crowded)
{
    std::mt19937 random(seed);
    const auto below = [&random](uint32_t limit) {
        return static_cast<uint32_t>(random() % limit);
    };
    Http2Session::Limits limits;
    limits.maxConcurrentStreams = 1 + below(seed % 2 == 0 ? 4 : 300);
    limits.windowSize = 65535 + below(4) * 20000;
    limits.maxBodySize = 150000;
    limits.maxBuffered = seed % 3 == 0 ? 50000 + below(200000) : 1U << 26;
    auto talk = std::unique_ptr<Conversation>(
        new Conversation{End(std::make_unique<Session>(Role::CLIENT, limits)),
                         End(std::make_unique<Session>(Role::SERVER, limits)),
                         0,
                         {}});
    const auto content = [&]() {
        const uint32_t kind = below(crowded ? 20 : 16);
        const uint32_t size = kind < 4    ? 0
                              : kind < 16 ? below(1500)
                              : kind < 19 ? below(60000)
                                          : below(200000);
        return Bytes(size, static_cast<uint8_t>(below(256)));
    };
    std::vector<int32_t> asked;
    // Some begin with more requests than a server allows before it has said so.
    for (uint32_t i = seed % 5 == 0 ? 150 : 0; i > 0; --i)
    {
        talk->client.session->Request({{":method", "GET"},
                                       {":scheme", "http"},
                                       {":authority", "10.0.0.1:80"},
                                       {":path", "/"}},
                                      Bytes(i % 7 * 100, 'b'));
        talk->client.Run();
    }
    for (int step = 0; step < 300; ++step)
    {
        if (!crowded && step % 8 == 0)
        {
            talk->ToServer(ALL);
            talk->ToClient(ALL);
        }
        const uint32_t what = below(100);
        if (what < 45)
        {
            // Now and then longer than a frame, where nothing waits that such a one could cut.
            const std::string path = "/a/" + std::to_string(below(100000)) + "/modify" +
                                     std::string(!crowded && below(40) == 0 ? 25000 : 0, 'x');
            const Bytes body = content();
            const std::string length = std::to_string(body.size());
            std::vector<Http2Session::FieldView> fields = {{":method", below(3) ? "POST" : "GET"},
                                                           {":scheme", "http"},
                                                           {":authority", "10.0.0.1:80"},
                                                           {":path", path}};
            if (!body.empty())
            {
                fields.emplace_back("content-type", "multipart/related; boundary=mbs-part-0");
                fields.emplace_back("content-length", length);
            }
            if (below(10) == 0)
            {
                fields.emplace_back("authorization", std::string_view(path));
            }
            const int32_t stream = talk->client.session->Request(fields, body);
            talk->log << "request " << stream << '\n';
            asked.push_back(stream);
            talk->client.Run();
        }
        else if (what < 75)
        {
            auto& unanswered = talk->server.unanswered;
            if (!unanswered.empty())
            {
                const auto which = unanswered.begin() + below(unanswered.size());
                const Bytes body = content();
                const std::string length = std::to_string(body.size());
                std::vector<Http2Session::FieldView> fields = {{":status", "200"}};
                if (!body.empty())
                {
                    fields.emplace_back("content-type", "application/json");
                    fields.emplace_back("content-length", length);
                }
                talk->log << "answer " << talk->server.session->Respond(*which, fields, body)
                          << '\n';
                unanswered.erase(which);
                talk->server.Run();
            }
        }
        else if (what < 78 && !asked.empty())
        {
            // Only what may still be open, and once, as a client that gives up does.
            const auto which = asked.begin() + below(asked.size());
            const std::string events = talk->client.streams[*which].str();
            if (events.find("\n4 ") == std::string::npos && events.rfind("4 ", 0) != 0)
            {
                talk->client.session->Cancel(*which);
                talk->client.Run();
            }
            asked.erase(which);
        }
        else if (what < 89)
        {
            talk->ToServer(1 + below(3));
        }
        else
        {
            talk->ToClient(1 + below(3));
        }
    }
    // Half of the conversations end in the midst of it.
    for (int round = 0; round < 50 && seed % 4 < 2; ++round)
    {
        talk->ToServer(ALL);
        talk->ToClient(ALL);
    }
    talk->server.session->Terminate();
    talk->server.Run();
    talk->ToClient(ALL);
    return talk;
}

/**
 * @param end whose events
 * @return them as text, by stream; those of the connection sorted, since frames of messages that
 *         were given up are told of when something else arrives
 */
std::string
Text(const End& end)
{
    std::string text;
    for (const auto& entry : end.streams)
    {
        std::istringstream events(entry.second.str());
        std::vector<std::string> lines;
        for (std::string line; std::getline(events, line);)
        {
            lines.push_back(line);
        }
        if (entry.first == 0)
        {
            std::sort(lines.begin(), lines.end());
        }
        text += std::to_string(entry.first) + ":\n";
        for (const std::string& line : lines)
        {
            text += line + '\n';
        }
    }
    return text;
}

/** @param a one text @param b another @return the first lines that differ, empty if none do */
std::string
Difference(const std::string& a, const std::string& b)
{
    std::istringstream left(a);
    std::istringstream right(b);
    std::string one;
    std::string other;
    for (int line = 1; std::getline(left, one) || std::getline(right, other); ++line)
    {
        if (other.empty())
        {
            std::getline(right, other);
        }
        if (one != other)
        {
            return "line " + std::to_string(line) + ": '" + one + "' and '" + other + "'";
        }
        one.clear();
        other.clear();
    }
    return {};
}

/** @param check the test @param crowded as in Converse() @param conversations how many */
void
CompareWithNghttp2(Check& check, bool crowded, uint32_t conversations)
{
    std::size_t messages = 0;
    std::size_t resets = 0;
    for (uint32_t seed = 1; seed <= conversations; ++seed)
    {
        const auto octets = Converse<Http2OctetSession>(seed, crowded);
        const auto ideal = Converse<Http2IdealSession>(seed, crowded);
        const std::string where = "conversation " + std::to_string(seed) + ": ";
        check.Equal(Difference(octets->log.str(), ideal->log.str()), "", where + "octets, state");
        check.Equal(Difference(Text(octets->client), Text(ideal->client)), "", where + "client");
        check.Equal(Difference(Text(octets->server), Text(ideal->server)), "", where + "server");
        for (const auto& entry : octets->client.streams)
        {
            const std::string events = entry.second.str();
            messages += events.find("0 ") == 0 || events.find("\n0 ") != std::string::npos;
            resets += events.find(" 11 ") != std::string::npos;
        }
    }
    check.Expect(messages > conversations * 15, "answers: " + std::to_string(messages));
    check.Expect(resets > 0 || !crowded, "what was too much: " + std::to_string(resets));
}

void
SameFramesAsNghttp2(Check& check)
{
    CompareWithNghttp2(check, false, 20);
}

void
SameTurnsAsNghttp2(Check& check)
{
    if (NGHTTP2_VERSION_NUM >= NGHTTP2_WITHOUT_PRIORITIES)
    {
        std::cerr
            << "SKIPPED: this nghttp2 has no priorities of RFC 7540; nothing to compare with\n";
        return;
    }
    CompareWithNghttp2(check, true, 20);
}

void
OctetsAreNotUnderstood(Check& check)
{
    Http2IdealSession server(Role::SERVER, Http2Session::Limits());
    server.Receive(Bytes(100, 'x'));
    check.Expect(server.Failed(), "octets came where none can");
    Http2IdealSession client(Role::CLIENT, Http2Session::Limits());
    StreamParcel parcel;
    client.Receive(parcel);
    check.Expect(client.Failed(), "a parcel of another kind");
    Http2OctetSession octets(Role::CLIENT, Http2Session::Limits());
    octets.Receive(parcel);
    check.Expect(octets.Failed(), "a parcel where octets are due");
}

void
TooManyFieldsAreRefused(Check& check)
{
    Conversation talk{
        End(std::make_unique<Http2IdealSession>(Role::CLIENT, Http2Session::Limits())),
        End(std::make_unique<Http2IdealSession>(Role::SERVER, Http2Session::Limits())),
        0,
        {}};
    const std::string path(Http2Session::MAX_FIELDS_SIZE, 'x');
    const int32_t stream = talk.client.session->Request({{":method", "GET"}, {":path", path}}, {});
    talk.client.Run();
    talk.ToServer(ALL);
    talk.ToClient(ALL);
    check.Expect(talk.server.unanswered.empty(), "no request for the server");
    check.Expect(talk.client.streams[stream].str().find("4 0 2 ") != std::string::npos,
                 "the client hears INTERNAL_ERROR: " + talk.client.streams[stream].str());
}

void
ContentIsSharedNotCopied(Check& check)
{
    Conversation talk{
        End(std::make_unique<Http2IdealSession>(Role::CLIENT, Http2Session::Limits())),
        End(std::make_unique<Http2IdealSession>(Role::SERVER, Http2Session::Limits())),
        0,
        {}};
    const SharedBytes content(Bytes(1000, 'a'));
    talk.client.session->Request({{":method", "POST"}, {":path", "/x"}}, content);
    talk.client.Run();
    talk.client.out->Deliver(*talk.server.session); // SETTINGS and the request
    bool came = false;
    for (const auto& event : talk.server.session->TakeEvents())
    {
        if (event.kind == Kind::MESSAGE)
        {
            came = true;
            check.Expect(event.body.data() == content.data(), "the sender's octets themselves");
        }
    }
    check.Expect(came, "it came");
}

} // namespace

/** @param suite gets the tests of Http2IdealSession */
void AddHttp2IdealSessionTests(MbsTestSuite& suite);

void
AddHttp2IdealSessionTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const std::string& name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase("HTTP-2 without octets: " + name, body));
    };
    add("frames are as long and come in the same order as nghttp2's", &SameFramesAsNghttp2);
    add("contents that wait are sent in the same turns as by nghttp2", &SameTurnsAsNghttp2);
    add("octets where none can come end the connection", &OctetsAreNotUnderstood);
    add("more than 65,536 octets of header fields are refused", &TooManyFieldsAreRefused);
    add("a content crosses the connection without a copy", &ContentIsSharedNotCopied);
}

} // namespace ns3::mbs

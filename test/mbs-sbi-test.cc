// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"
#include "mbs-text-octets.h"
#include "mbs-transport-topology.h"

#include "ns3/mbs-ideal-transport.h"
#include "ns3/mbs-sbi-endpoint.h"
#include "ns3/mbs-sbi-message.h"

#include "ns3/boolean.h"
#include "ns3/uinteger.h"

#include <map>

namespace ns3::mbs
{

namespace
{

const SbiOperation CREATE{"Nmb1", "Nmbsmf_MBSSession_Create"};
const SbiOperation UPDATE{"Nmb1", "Nmbsmf_MBSSession_Update"};
const std::string SESSIONS = "/nmbsmf-mbssession/v1/mbs-sessions";

/** @param size how many @return octets that do not repeat soon */
Bytes
Pattern(std::size_t size)
{
    Bytes bytes(size);
    uint32_t state = 1;
    for (uint8_t& octet : bytes)
    {
        state = state * 1664525 + 1013904223;
        octet = static_cast<uint8_t>(state >> 24);
    }
    return bytes;
}

/** @param body content @return a request to create a session */
SbiRequest
CreateRequest(const std::string& body)
{
    return {"POST", SESSIONS, SBI_JSON_TYPE, Octets(body), CREATE};
}

/** @param status HTTP status @param body content @return a response */
SbiResponse
Answer(int status, const std::string& body = "")
{
    SbiResponse response;
    response.status = status;
    response.contentType = SBI_JSON_TYPE;
    response.body = Octets(body);
    return response;
}

/** What an endpoint's trace sources said. */
struct Record
{
    /** A message. */
    struct Message
    {
        SbiOperation operation; //!< what
        bool isResponse;        //!< which way
        uint32_t octets;        //!< how long
        Time when;              //!< when
    };

    std::vector<Message> sent;         //!< MessageSent
    std::vector<Message> received;     //!< MessageReceived
    std::vector<std::string> dropped;  //!< Dropped
    std::vector<SbiOperation> timeout; //!< TimedOut

    static void Add(std::vector<Message>* list,
                    const SbiOperation& operation,
                    bool isResponse,
                    uint32_t octets)
    {
        list->push_back({operation, isResponse, octets, Simulator::Now()});
    }

    static void AddDropped(std::vector<std::string>* list,
                           Ipv4Address /* peer */,
                           const std::string& reason)
    {
        list->push_back(reason);
    }

    static void AddTimeout(std::vector<SbiOperation>* list,
                           const SbiOperation& operation,
                           Ipv4Address /* peer */)
    {
        list->push_back(operation);
    }

    /** @param endpoint whom to listen to */
    void Attach(Ptr<SbiEndpoint> endpoint)
    {
        endpoint->TraceConnectWithoutContext("MessageSent", MakeBoundCallback(&Add, &sent));
        endpoint->TraceConnectWithoutContext("MessageReceived", MakeBoundCallback(&Add, &received));
        endpoint->TraceConnectWithoutContext("Dropped", MakeBoundCallback(&AddDropped, &dropped));
        endpoint->TraceConnectWithoutContext("TimedOut", MakeBoundCallback(&AddTimeout, &timeout));
    }

    /** @param list messages @return octets of all */
    static uint64_t Total(const std::vector<Message>& list)
    {
        uint64_t total = 0;
        for (const Message& message : list)
        {
            total += message.octets;
        }
        return total;
    }

    /**
     * @param list messages
     * @param operation which
     * @param isResponse which way
     * @return those that match
     */
    static std::vector<Message> Only(const std::vector<Message>& list,
                                     const SbiOperation& operation,
                                     bool isResponse)
    {
        std::vector<Message> out;
        for (const Message& message : list)
        {
            if (message.operation == operation && message.isResponse == isResponse)
            {
                out.push_back(message);
            }
        }
        return out;
    }
};

/** A client on node 0 and a server on node 1. */
struct Pair : TwoNodes
{
    /** @param listen whether the server listens from the beginning */
    explicit Pair(bool listen = true)
        : client(CreateObject<SbiEndpoint>()),
          server(CreateObject<SbiEndpoint>())
    {
        client->Install(At(0));
        server->Install(At(1));
        clientRecord.Attach(client);
        serverRecord.Attach(server);
        if (listen)
        {
            server->Listen();
        }
    }

    /** @brief The server answers session creations with their own content. */
    void Echo()
    {
        server->On(
            "POST",
            SESSIONS,
            CREATE,
            [](const SbiRequest& request, const std::string&, SbiEndpoint::Responder respond) {
                SbiResponse response;
                response.status = 201;
                response.contentType = request.contentType;
                response.location = "http://mbsmf" + SESSIONS + "/1";
                response.body = request.body;
                respond(response);
            });
    }

    /** @param request what to send @param when simulated time from now */
    void Send(const SbiRequest& request, Time when = Seconds(0))
    {
        ns3::mbs::At(when, [this, request]() {
            client->Send(Address(1), 0, request, [this](const SbiResponse& response) {
                answers.push_back(response);
                answerTimes.push_back(Simulator::Now());
            });
        });
    }

    Ptr<SbiEndpoint> client;          //!< on node 0
    Ptr<SbiEndpoint> server;          //!< on node 1
    Record clientRecord;              //!< traces of the client
    Record serverRecord;              //!< traces of the server
    std::vector<SbiResponse> answers; //!< in the order in which they came
    std::vector<Time> answerTimes;    //!< when they came
};

void
RequestAndAnswer(Check& check)
{
    Pair net;
    SbiRequest seen;
    std::string seenId;
    net.server->On(
        "PATCH",
        SESSIONS + "/{mbsSessionRef}",
        UPDATE,
        [&](const SbiRequest& request, const std::string& id, SbiEndpoint::Responder respond) {
            seen = request;
            seenId = id;
            SbiResponse response = Answer(200, "{\"a\":1}");
            response.location = "http://mbsmf/x";
            respond(response);
            respond(Answer(500)); // only the first counts
        });
    net.Send(
        {"PATCH", SESSIONS + "/s-7?x=1", SBI_PATCH_TYPE, Octets("[{\"op\":\"test\"}]"), UPDATE});
    net.RunUntil(2);
    check.Equal(seenId, "s-7", "the variable segment");
    check.Equal(seen.method, "PATCH", "method");
    check.Equal(seen.path, SESSIONS + "/s-7?x=1", "path with query");
    check.Equal(seen.contentType, SBI_PATCH_TYPE, "content type of the request");
    check.Equal(Text(seen.body), "[{\"op\":\"test\"}]", "content of the request");
    check.Expect(seen.operation == UPDATE, "the operation is the route's");
    check.Equal(net.answers.size(), 1U, "one answer");
    check.Equal(net.answers.at(0).status, 200, "status");
    check.Equal(net.answers.at(0).contentType, SBI_JSON_TYPE, "content type of the answer");
    check.Equal(net.answers.at(0).location, "http://mbsmf/x", "location");
    check.Equal(Text(net.answers.at(0).body), "{\"a\":1}", "content of the answer");
    check.Expect(!net.answers.at(0).local, "the peer sent it");
    check.Equal(net.client->Outstanding(), 0U, "nothing waits");
    check.Equal(net.client->Connections(), 1U, "one connection at the client");
    check.Equal(net.server->Connections(), 1U, "one connection at the server");
}

void
IdealTransportCarriesTheSame(Check& check)
{
    const SbiRequest request = CreateRequest(std::string(3000, 'a'));
    /** Lengths of the messages of a side, in order. */
    using Lengths = std::vector<uint32_t>;
    const auto lengths = [](const std::vector<Record::Message>& list) {
        Lengths octets;
        for (const Record::Message& message : list)
        {
            octets.push_back(message.octets);
        }
        return octets;
    };
    std::map<bool, std::pair<Lengths, Lengths>> sent;
    for (const bool ideal : {false, true})
    {
        Pair net(false);
        for (uint32_t node = 0; node < 2 && ideal; ++node)
        {
            net.At(node)->AggregateObject(CreateObject<IdealTransport>());
        }
        net.server->Listen();
        net.Echo();
        ns3::mbs::At(Seconds(0), [&net]() { net.client->Connect(net.Address(1)); });
        for (int i = 1; i <= 20; ++i)
        {
            net.Send(request, Seconds(i));
        }
        net.RunUntil(25);
        sent[ideal] = {lengths(net.clientRecord.sent), lengths(net.serverRecord.sent)};
        check.Equal(net.answers.size(), 20U, "answers");
        check.Expect(net.answers.back().body == request.body, "the content came back");
        check.Equal(net.answers.back().body.data() == request.body.data(),
                    ideal,
                    "without a copy on the way, or with");
        if (ideal)
        {
            const auto asked = Record::Only(net.clientRecord.sent, CREATE, false);
            const auto heard = Record::Only(net.serverRecord.received, CREATE, false);
            check.Equal(heard.at(7).when,
                        asked.at(7).when + net.OneWay(asked.at(7).octets),
                        "it took the link's delay and its octets' time");
        }
    }
    check.Expect(sent[true].first.size() > 20, "lengths of requests and control frames");
    check.Expect(sent[true].first == sent[false].first, "the client sent the same lengths");
    check.Expect(sent[true].second == sent[false].second, "the server sent the same lengths");
}

void
LatencyIsExact(Check& check)
{
    Pair net;
    net.Echo();
    ns3::mbs::At(Seconds(0), [&net]() { net.client->Connect(net.Address(1)); });
    net.Send(CreateRequest("{\"warm\":\"up\"}"), Seconds(1));
    net.Send(CreateRequest("{\"mbsSession\":{}}"), Seconds(2));
    net.RunUntil(5);
    const auto asked = Record::Only(net.clientRecord.sent, CREATE, false);
    const auto heard = Record::Only(net.serverRecord.received, CREATE, false);
    const auto answered = Record::Only(net.serverRecord.sent, CREATE, true);
    check.Equal(asked.size(), 2U, "requests sent");
    check.Equal(heard.size(), 2U, "requests received");
    check.Equal(asked.at(1).when, Seconds(2), "a request is framed at once");
    // ns-3's TCP sends one nanosecond after it was given data, but at once what it is given while
    // it processes a segment.
    const Time request = NanoSeconds(1) + net.OneWay(asked.at(1).octets + TwoNodes::TCP_OVERHEAD);
    const Time answer = net.OneWay(answered.at(1).octets + TwoNodes::TCP_OVERHEAD);
    check.Equal(heard.at(1).when, Seconds(2) + request, "arrival at the server");
    check.Equal(answered.at(1).when, heard.at(1).when, "the server answers at once");
    check.Equal(net.answerTimes.at(1).GetNanoSeconds(),
                (Seconds(2) + request + answer).GetNanoSeconds(),
                "arrival of the answer");
    check.Expect(asked.at(1).octets < asked.at(0).octets + 10, "HPACK shortens repeated fields");
}

void
OctetCountsEqualTcp(Check& check)
{
    Pair net;
    net.Echo();
    const TcpOctets tcp(net.At(0));
    net.Send(CreateRequest(std::string(5000, 'x')));
    for (int i = 0; i < 20; ++i)
    {
        net.Send(CreateRequest(std::string(100 * i, 'y')), MilliSeconds(100 + i));
    }
    net.Send({"GET", "/nowhere", "", {}, UPDATE}, Seconds(1));
    net.RunUntil(5);
    check.Equal(net.answers.size(), 22U, "answers");
    check.Equal(Record::Total(net.clientRecord.sent), tcp.sent, "client to server as sent");
    check.Equal(Record::Total(net.serverRecord.received), tcp.sent, "client to server as received");
    check.Equal(Record::Total(net.serverRecord.sent), tcp.received, "server to client as sent");
    check.Equal(Record::Total(net.clientRecord.received), tcp.received, "as received");
    check.Equal(Record::Only(net.clientRecord.sent, CREATE, false).size(), 21U, "requests");
    check.Equal(Record::Only(net.serverRecord.sent, CREATE, true).size(), 21U, "answers by name");
    check.Equal(Record::Only(net.serverRecord.sent, SbiEndpoint::UnknownOperation(), true).size(),
                1U,
                "the answer to an unknown request");
    const auto control =
        Record::Only(net.clientRecord.sent, SbiEndpoint::ControlOperation(), false);
    check.Expect(control.size() >= 2, "frames of the connection are counted on their own");
    // Preface 24, SETTINGS 9 + 2 x 6.
    check.Equal(control.at(0).octets, 45U, "preface and SETTINGS");
}

void
ManyAtOnce(Check& check)
{
    Pair net;
    net.server->SetAttribute("MaxConcurrentStreams", UintegerValue(50));
    uint32_t running = 0;
    uint32_t most = 0;
    net.server->On(
        "POST",
        SESSIONS,
        CREATE,
        [&](const SbiRequest& request, const std::string&, SbiEndpoint::Responder respond) {
            ++running;
            most = std::max(most, running);
            const std::string body = Text(request.body);
            ns3::mbs::At(MilliSeconds(20), [&running, respond, body]() {
                --running;
                respond(Answer(201, body));
            });
        });
    ns3::mbs::At(Seconds(0), [&net]() { net.client->Connect(net.Address(1)); });
    std::map<std::string, std::string> answers;
    ns3::mbs::At(Seconds(1), [&]() {
        for (int i = 0; i < 500; ++i)
        {
            const std::string body = "{\"n\":" + std::to_string(i) + "}";
            net.client->Send(net.Address(1),
                             0,
                             CreateRequest(body),
                             [&answers, body](const SbiResponse& response) {
                                 answers[body] = Text(response.body);
                             });
        }
        check.Equal(net.client->Outstanding(), 500U, "all wait");
    });
    net.RunUntil(10);
    check.Equal(answers.size(), 500U, "each got an answer");
    bool own = true;
    for (const auto& answer : answers)
    {
        own = own && answer.first == answer.second;
    }
    check.Expect(own, "each got its own answer");
    check.Equal(most, 50U, "the server's limit of streams is used and kept");
    check.Equal(net.server->Connections(), 1U, "one connection");
    check.Equal(net.client->DroppedCount() + net.server->DroppedCount(), 0U, "nothing dropped");
}

void
RefusedIsSentAgain(Check& check)
{
    // Before it has read the server's SETTINGS a client may open more streams than allowed.
    Pair net;
    net.server->SetAttribute("MaxConcurrentStreams", UintegerValue(2));
    uint32_t handled = 0;
    net.server->On("POST",
                   SESSIONS,
                   CREATE,
                   [&](const SbiRequest&, const std::string&, SbiEndpoint::Responder respond) {
                       ++handled;
                       ns3::mbs::At(MilliSeconds(1), [respond]() { respond(Answer(204)); });
                   });
    for (int i = 0; i < 20; ++i)
    {
        net.Send(CreateRequest("{}"));
    }
    net.RunUntil(5);
    check.Equal(net.answers.size(), 20U, "answers");
    for (const auto& answer : net.answers)
    {
        check.Equal(answer.status, 204, "status");
    }
    check.Equal(handled, 20U, "each was handled once");
}

void
LargeBodies(Check& check)
{
    Pair net;
    net.server->SetAttribute("WindowSize", UintegerValue(65535));
    net.client->SetAttribute("WindowSize", UintegerValue(65535));
    net.Echo();
    const TcpOctets tcp(net.At(0));
    const Bytes body = Pattern(200000);
    for (int i = 0; i < 5; ++i)
    {
        net.Send({"POST", SESSIONS, SBI_JSON_TYPE, body, CREATE}, MilliSeconds(10));
    }
    net.RunUntil(20);
    check.Equal(net.answers.size(), 5U, "answers");
    for (const auto& answer : net.answers)
    {
        check.Expect(answer.body == body, "the content came back");
    }
    check.Equal(Record::Total(net.clientRecord.sent), tcp.sent, "octets sent");
    check.Equal(Record::Total(net.clientRecord.received), tcp.received, "octets received");
}

void
LargerThanSendBuffer(Check& check)
{
    Pair net;
    net.server->SetAttribute("WindowSize", UintegerValue(1U << 24));
    net.Echo();
    const Bytes body = Pattern(3000000);
    net.Send({"POST", SESSIONS, SBI_JSON_TYPE, body, CREATE});
    net.RunUntil(20);
    check.Equal(net.answers.size(), 1U, "answers");
    check.Expect(!net.answers.empty() && net.answers.at(0).body == body, "the content came back");
}

void
TooLargeIsReset(Check& check)
{
    Pair net;
    net.server->SetAttribute("MaxBodySize", UintegerValue(1000));
    net.Echo();
    net.Send({"POST", SESSIONS, SBI_JSON_TYPE, Bytes(1001, 'x'), CREATE});
    net.Send(CreateRequest("{}"), Seconds(1));
    net.RunUntil(3);
    check.Equal(net.answers.size(), 2U, "answers");
    check.Equal(net.answers.at(0).status, 504, "the long one has failed");
    check.Expect(net.answers.at(0).local, "which was found here");
    check.Equal(net.answers.at(1).status, 201, "the connection goes on");
    check.Equal(net.serverRecord.dropped.size(), 1U, "the server says so");
    check.Equal(net.clientRecord.dropped.size(), 1U, "the client says so");
}

void
AnswersOutOfOrder(Check& check)
{
    Pair net;
    std::vector<std::pair<std::string, SbiEndpoint::Responder>> waiting;
    net.server->On(
        "POST",
        SESSIONS,
        CREATE,
        [&](const SbiRequest& request, const std::string&, SbiEndpoint::Responder respond) {
            waiting.emplace_back(Text(request.body), respond);
        });
    net.Send(CreateRequest("1"));
    net.Send(CreateRequest("2"), MilliSeconds(1));
    net.Send(CreateRequest("3"), MilliSeconds(2));
    ns3::mbs::At(Seconds(1), [&]() {
        for (auto entry = waiting.rbegin(); entry != waiting.rend(); ++entry)
        {
            entry->second(Answer(201, entry->first));
        }
    });
    net.RunUntil(3);
    check.Equal(net.answers.size(), 3U, "answers");
    check.Equal(Text(net.answers.at(0).body), "3", "the last comes first");
    check.Equal(Text(net.answers.at(2).body), "1", "the first comes last");
}

void
NoAnswerTimesOut(Check& check)
{
    Pair net;
    net.client->SetAttribute("RequestTimeout", TimeValue(Seconds(2)));
    std::vector<SbiEndpoint::Responder> waiting;
    net.server->On("POST",
                   SESSIONS,
                   CREATE,
                   [&](const SbiRequest&, const std::string&, SbiEndpoint::Responder respond) {
                       waiting.push_back(respond);
                   });
    net.Send(CreateRequest("{}"), Seconds(1));
    ns3::mbs::At(Seconds(4), [&]() { waiting.at(0)(Answer(201)); });
    net.RunUntil(6);
    check.Equal(net.answers.size(), 1U, "one answer");
    check.Equal(net.answers.at(0).status, 504, "status");
    check.Expect(net.answers.at(0).local, "made here");
    check.Expect(Text(net.answers.at(0).body).find("TIMED_OUT_REQUEST") != std::string::npos,
                 "cause");
    check.Equal(net.answerTimes.at(0), Seconds(3), "when");
    check.Equal(net.clientRecord.timeout.size(), 1U, "traced");
    check.Expect(net.clientRecord.timeout.at(0) == CREATE, "by its name");
    check.Equal(net.client->Connections(), 1U, "the connection goes on");
}

void
AnswerCrossesTimeout(Check& check)
{
    Pair net;
    net.client->SetAttribute("RequestTimeout", TimeValue(MilliSeconds(100)));
    net.server->On("POST",
                   SESSIONS,
                   CREATE,
                   [&](const SbiRequest&, const std::string&, SbiEndpoint::Responder respond) {
                       // Arrives after the timeout, leaves before its RST_STREAM arrives.
                       ns3::mbs::At(MilliSeconds(93), [respond]() { respond(Answer(201, "{}")); });
                   });
    const TcpOctets tcp(net.At(0));
    ns3::mbs::At(Seconds(0), [&net]() { net.client->Connect(net.Address(1)); });
    net.Send(CreateRequest("{}"), Seconds(1));
    net.RunUntil(3);
    check.Equal(net.answers.size(), 1U, "one answer");
    check.Expect(net.answers.at(0).local, "the local one");
    check.Equal(Record::Total(net.clientRecord.received), tcp.received, "octets still add up");
    check.Equal(Record::Total(net.clientRecord.sent), tcp.sent, "both ways");
}

void
TimeoutInMidBody(Check& check)
{
    Pair net;
    net.client->SetAttribute("RequestTimeout", TimeValue(MilliSeconds(100)));
    net.Echo();
    const TcpOctets tcp(net.At(0));
    net.Send({"POST", SESSIONS, SBI_JSON_TYPE, Pattern(3000000), CREATE});
    net.Send(CreateRequest("{}"), Seconds(2));
    net.RunUntil(5);
    check.Equal(net.answers.size(), 2U, "answers");
    check.Expect(net.answers.at(0).local, "the long one takes too long");
    check.Equal(net.answers.at(1).status, 201, "the connection goes on");
    check.Equal(Record::Total(net.clientRecord.sent), tcp.sent, "octets sent");
    check.Equal(Record::Total(net.serverRecord.received), tcp.sent, "octets received");
    check.Equal(Record::Only(net.clientRecord.sent, CREATE, false).size(), 1U, "whole requests");
}

void
UnknownResources(Check& check)
{
    Pair net;
    std::string hit;
    const auto handler = [&hit](const std::string& name) {
        return
            [&hit, name](const SbiRequest&, const std::string& id, SbiEndpoint::Responder respond) {
                hit += name + "(" + id + ") ";
                respond(Answer(204));
            };
    };
    const SbiOperation any{"Nx", "any"};
    net.server->On("PATCH", SESSIONS + "/{ref}", any, handler("variable"));
    net.server->On("DELETE", SESSIONS + "/{ref}", any, handler("delete"));
    net.server->On("POST", SESSIONS + "/subscriptions", any, handler("literal"));
    net.server->On("POST", SESSIONS + "/{ref}/x/{other}", any, handler("two"));
    net.server->On("POST", "/", any, handler("root"));
    const std::vector<std::pair<std::string, std::string>> requests = {
        {"PATCH", SESSIONS + "/7"},
        {"DELETE", SESSIONS + "/7"},
        {"POST", SESSIONS + "/subscriptions"},
        {"POST", SESSIONS + "/7/x/8"},
        {"POST", "/"},
        {"PATCH", SESSIONS + "/subscriptions"}, // the literal resource wins: 405
        {"GET", SESSIONS + "/7"},               // 405
        {"GET", "/nowhere"},                    // 404
        {"PATCH", SESSIONS + "/"},              // 404: the variable is empty
        {"GET", SESSIONS + "/7/x/8/9"},         // 404
        {"OPTIONS", "*"},                       // 400
    };
    Time when = Seconds(0);
    for (const auto& request : requests)
    {
        net.Send({request.first, request.second, "", {}, any}, when);
        when += MilliSeconds(100);
    }
    net.RunUntil(5);
    check.Equal(hit,
                "variable(7) delete(7) literal() two(7/8) root() ",
                "which handlers were called");
    std::string statuses;
    for (const auto& answer : net.answers)
    {
        statuses += std::to_string(answer.status) + " ";
    }
    check.Equal(statuses, "204 204 204 204 204 405 405 404 404 404 400 ", "statuses");
    check.Equal(net.answers.at(5).contentType, SBI_PROBLEM_TYPE, "405 explains itself");
    check.Equal(net.answers.at(7).contentType, SBI_PROBLEM_TYPE, "404 explains itself");
    check.Equal(net.server->DroppedCount(), 6U, "counted");
}

void
LostFramesAreRepeated(Check& check)
{
    Pair net;
    net.Echo();
    net.Lose(1, {3, 4, 9, 20});
    net.Lose(0, {5, 11, 12});
    const Bytes body = Pattern(50000);
    for (int i = 0; i < 4; ++i)
    {
        net.Send({"POST", SESSIONS, SBI_JSON_TYPE, body, CREATE}, MilliSeconds(50 * i));
    }
    net.RunUntil(30);
    check.Equal(net.answers.size(), 4U, "answers");
    for (const auto& answer : net.answers)
    {
        check.Equal(answer.status, 201, "status");
        check.Expect(answer.body == body, "content");
    }
}

void
ServerRestart(Check& check)
{
    Pair net;
    uint32_t handled = 0;
    net.server->On("POST",
                   SESSIONS,
                   CREATE,
                   [&](const SbiRequest&, const std::string&, SbiEndpoint::Responder respond) {
                       // The first run of the server dies before it answers.
                       if (++handled > 1)
                       {
                           respond(Answer(201));
                       }
                   });
    net.Send(CreateRequest("{}"), Seconds(1));
    ns3::mbs::At(Seconds(2), [&net]() { net.server->StopListening(); });
    ns3::mbs::At(Seconds(3), [&net]() { net.server->Listen(); });
    net.RunUntil(8);
    check.Equal(handled, 2U, "the request came twice");
    check.Equal(net.answers.size(), 1U, "one answer");
    check.Equal(net.answers.at(0).status, 201, "from the second run");
    check.Expect(net.answerTimes.at(0) > Seconds(3) && net.answerTimes.at(0) < MilliSeconds(3100),
                 "soon after the restart");
    check.Equal(net.client->Connections(), 1U, "connections of the client");
    check.Equal(net.server->Connections(), 1U, "connections of the server");
}

void
NonIdempotentMayBeLeft(Check& check)
{
    Pair net;
    net.client->SetAttribute("RetryNonIdempotent", BooleanValue(false));
    uint32_t posts = 0;
    uint32_t deletes = 0;
    net.server->On("POST",
                   SESSIONS,
                   CREATE,
                   [&](const SbiRequest&, const std::string&, SbiEndpoint::Responder) { ++posts; });
    net.server->On("DELETE",
                   SESSIONS,
                   UPDATE,
                   [&](const SbiRequest&, const std::string&, SbiEndpoint::Responder respond) {
                       if (++deletes > 1)
                       {
                           respond(Answer(204));
                       }
                   });
    net.Send(CreateRequest("{}"), Seconds(1));
    net.Send({"DELETE", SESSIONS, "", {}, UPDATE}, Seconds(1));
    ns3::mbs::At(Seconds(2), [&net]() {
        net.server->StopListening();
        net.server->Listen();
    });
    net.RunUntil(8);
    check.Equal(posts, 1U, "the POST was not sent again");
    check.Equal(deletes, 2U, "the DELETE was");
    check.Equal(net.answers.size(), 2U, "answers");
    check.Equal(net.answers.at(0).status, 504, "the POST failed");
    check.Expect(net.answers.at(0).local, "here");
    check.Equal(net.answers.at(1).status, 204, "the DELETE succeeded");
}

void
NobodyListens(Check& check)
{
    Pair net(false);
    net.Echo();
    net.client->SetAttribute("RequestTimeout", TimeValue(Seconds(2)));
    net.Send(CreateRequest("{}"));
    net.Send(CreateRequest("{}"), MilliSeconds(50));
    net.Send(CreateRequest("{}"), Seconds(3));
    ns3::mbs::At(MilliSeconds(2900), [&net]() { net.server->Listen(); });
    net.RunUntil(10);
    check.Equal(net.answers.size(), 3U, "answers");
    check.Equal(net.answers.at(0).status, 504, "the first waits in vain");
    check.Equal(net.answerTimes.at(0), Seconds(2), "until its timeout");
    check.Equal(net.answers.at(1).status, 504, "so does the second");
    check.Equal(net.answers.at(2).status, 201, "the third is served once there is a server");
    check.Equal(net.client->Connections(), 1U, "connections");
}

void
NoRoute(Check& check)
{
    Pair net;
    net.client->SetAttribute("RequestTimeout", TimeValue(Seconds(1)));
    std::vector<int> statuses;
    ns3::mbs::At(Seconds(0), [&]() {
        net.client->Send("192.0.2.1", 0, CreateRequest("{}"), [&](const SbiResponse& response) {
            statuses.push_back(response.status);
        });
        check.Equal(statuses.size(), 0U, "never before Send() has returned");
    });
    net.RunUntil(3);
    check.Equal(statuses.size(), 1U, "answers");
    check.Equal(statuses.at(0), 504, "status");
}

void
ServerThatHangsUp(Check& check)
{
    TwoNodes net;
    Ptr<SbiEndpoint> client = CreateObject<SbiEndpoint>();
    client->Install(net.At(0));
    RawTcpPeer server;
    server.Listen(net.At(1), 80, {});
    std::vector<SbiResponse> answers;
    At(Seconds(0), [&]() {
        client->Send(net.Address(1), 0, CreateRequest("{}"), [&](const SbiResponse& response) {
            answers.push_back(response);
        });
    });
    net.RunUntil(5);
    check.Equal(server.accepted, 4U, "tried once and three times again");
    check.Equal(answers.size(), 1U, "answers");
    check.Equal(answers.at(0).status, 504, "status");
    check.Expect(Text(answers.at(0).body).find("TARGET_NF_NOT_REACHABLE") != std::string::npos,
                 "cause");
}

void
GarbageToServer(Check& check)
{
    Pair net;
    net.Echo();
    RawTcpPeer text;
    RawTcpPeer frames;
    RawTcpPeer partial;
    // A client preface and SETTINGS, then a HEADERS frame on stream 0, which is forbidden.
    Bytes wrong = Octets("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    const Bytes settings = *FromHex("000000040000000000 000003010500000000 828487");
    wrong.insert(wrong.end(), settings.begin(), settings.end());
    ns3::mbs::At(Seconds(0), [&]() {
        text.Connect(net.At(0), net.Address(1), 80, Octets("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        frames.Connect(net.At(0), net.Address(1), 80, wrong);
        partial.Connect(net.At(0), net.Address(1), 80, Octets("PRI * HT"));
    });
    net.Send(CreateRequest("{}"), Seconds(1));
    net.RunUntil(5);
    check.Expect(text.closed, "a peer of HTTP/1 is left");
    check.Expect(frames.closed, "a peer with a forbidden frame is left");
    check.Expect(!partial.closed, "half a preface is waited for");
    check.Equal(net.server->DroppedCount(), 2U, "counted");
    check.Equal(net.serverRecord.dropped.size(), 2U, "traced");
    check.Equal(net.answers.size(), 1U, "other clients are served");
    check.Equal(net.server->Connections(), 2U, "closed connections are forgotten");
}

void
GarbageToClient(Check& check)
{
    TwoNodes net;
    Ptr<SbiEndpoint> client = CreateObject<SbiEndpoint>();
    Record record;
    record.Attach(client);
    client->Install(net.At(0));
    RawTcpPeer server;
    server.Listen(net.At(1), 80, Octets("HTTP/1.1 400 Bad Request\r\n\r\n"));
    std::vector<SbiResponse> answers;
    At(Seconds(0), [&]() {
        client->Send(net.Address(1), 0, CreateRequest("{}"), [&](const SbiResponse& response) {
            answers.push_back(response);
        });
    });
    net.RunUntil(5);
    check.Equal(answers.size(), 1U, "answers");
    check.Equal(answers.at(0).status, 504, "status");
    check.Equal(record.dropped.size(), 4U, "each connection is dropped");
    check.Equal(client->Connections(), 0U, "none is left");
}

void
DisposedWhileBusy(Check& check)
{
    // From within a handler, with an answer owed.
    {
        Pair net;
        SbiEndpoint::Responder owed;
        net.server->On("POST",
                       SESSIONS,
                       CREATE,
                       [&](const SbiRequest&, const std::string&, SbiEndpoint::Responder respond) {
                           owed = respond;
                           net.server->Dispose();
                           net.server = nullptr;
                       });
        net.client->SetAttribute("RequestTimeout", TimeValue(Seconds(1)));
        net.Send(CreateRequest("{}"));
        net.Send(CreateRequest("{}"));
        At(Seconds(2), [&owed]() { owed(Answer(201)); });
        net.RunUntil(3);
        check.Equal(net.answers.size(), 2U, "the client's timeouts see to it");
    }
    // From within an answer's callback, with another request outstanding.
    {
        Pair net;
        net.Echo();
        uint32_t answers = 0;
        At(Seconds(0), [&]() {
            for (int i = 0; i < 3; ++i)
            {
                net.client->Send(net.Address(1), 0, CreateRequest("{}"), [&](const SbiResponse&) {
                    ++answers;
                    net.client->Dispose();
                });
            }
        });
        net.RunUntil(20);
        check.Equal(answers, 1U, "no callback after Dispose()");
        net.client->Send(net.Address(1), 0, CreateRequest("{}"), nullptr);
        net.client->Connect(net.Address(1));
        check.Equal(net.client->Outstanding(), 0U, "a disposed endpoint sends nothing");
    }
    // From within the trace of a timeout.
    {
        Pair net(false);
        net.client->SetAttribute("RequestTimeout", TimeValue(Seconds(1)));
        net.Send(CreateRequest("{}"));
        net.Send(CreateRequest("{}"), MilliSeconds(1));
        At(Seconds(1), [&net]() { net.client->Dispose(); });
        net.RunUntil(3);
        check.Equal(net.answers.size(), 0U, "no callback after Dispose()");
    }
    // The simulation ends while requests, answers and reconnections are under way.
    {
        Pair net;
        net.Echo();
        for (int i = 0; i < 50; ++i)
        {
            net.Send({"POST", SESSIONS, SBI_JSON_TYPE, Pattern(20000), CREATE});
        }
        At(Seconds(0), [&net]() {
            net.client->Send(net.Address(1), 81, CreateRequest("{}"), [](const SbiResponse&) {});
        });
        net.RunUntil(0.025);
        check.Expect(net.client->Outstanding() > 0, "requests are under way");
    }
    // The client's node is disposed of while requests and timers are under way.
    {
        Pair net;
        net.Echo();
        net.Send({"POST", SESSIONS, SBI_JSON_TYPE, Pattern(200000), CREATE});
        At(MilliSeconds(30), [&net]() { net.At(0)->Dispose(); });
        net.RunUntil(0.0300001);
        check.Equal(net.client->Connections(), 0U, "the endpoint went with its node");
        check.Equal(net.client->Outstanding(), 0U, "and its requests");
    }
    // The server goes without a word.
    {
        Pair net;
        net.Echo();
        net.client->SetAttribute("RequestTimeout", TimeValue(Seconds(1)));
        net.Send({"POST", SESSIONS, SBI_JSON_TYPE, Pattern(200000), CREATE});
        At(MilliSeconds(30), [&net]() { net.server->Dispose(); });
        net.RunUntil(3);
        check.Equal(net.answers.size(), 1U, "the client's timeout sees to it");
    }
}

void
StopFromHandler(Check& check)
{
    Pair net;
    net.client->SetAttribute("RetryNonIdempotent", BooleanValue(false));
    net.server->On("POST",
                   SESSIONS,
                   CREATE,
                   [&](const SbiRequest&, const std::string&, SbiEndpoint::Responder respond) {
                       net.server->StopListening();
                       respond(Answer(201));
                   });
    net.Send(CreateRequest("{}"));
    net.RunUntil(2);
    check.Equal(net.answers.size(), 1U, "answers");
    check.Equal(net.answers.at(0).status, 504, "the connection was closed before the answer");
    check.Equal(net.server->Connections(), 0U, "connections");
}

void
GoawayMovesOn(Check& check)
{
    // A server that says goodbye on one connection serves the next request on another.
    Pair net;
    net.Echo();
    net.Send(CreateRequest("{}"));
    ns3::mbs::At(Seconds(1), [&net]() {
        net.server->StopListening();
        net.server->Listen();
    });
    // Before the GOAWAY arrives, and after.
    net.Send(CreateRequest("{}"), Seconds(1));
    net.Send(CreateRequest("{}"), MilliSeconds(1200));
    net.RunUntil(5);
    check.Equal(net.answers.size(), 3U, "answers");
    for (const auto& answer : net.answers)
    {
        check.Equal(answer.status, 201, "status");
    }
}

void
SameTwice(Check& check)
{
    std::vector<std::string> runs;
    for (int run = 0; run < 2; ++run)
    {
        Pair net;
        net.Echo();
        net.Lose(1, {7});
        for (int i = 0; i < 30; ++i)
        {
            net.Send(CreateRequest(std::string(1000 * i, 'z')), MilliSeconds(i));
        }
        net.RunUntil(10);
        std::ostringstream text;
        for (const auto& message : net.clientRecord.received)
        {
            text << message.operation.name << ' ' << message.octets << ' '
                 << message.when.GetNanoSeconds() << '\n';
        }
        runs.push_back(text.str());
    }
    check.Expect(runs.at(0) == runs.at(1) && !runs.at(0).empty(), "two runs are the same");
}

} // namespace

void AddSbiTests(MbsTestSuite& suite);

void
AddSbiTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const std::string& name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase("SBI: " + name, body));
    };
    add("a request reaches its handler and its answer comes back", &RequestAndAnswer);
    add("messages over the ideal transport are as long as over TCP, and not copied",
        &IdealTransportCarriesTheSame);
    add("latency is link delay and serialisation to the nanosecond", &LatencyIsExact);
    add("octets counted by message add up to the TCP stream", &OctetCountsEqualTcp);
    add("500 requests at once share one connection and keep its stream limit", &ManyAtOnce);
    add("a refused stream is sent again and handled once", &RefusedIsSentAgain);
    add("bodies of 200 kB pass through small flow-control windows", &LargeBodies);
    add("a body larger than the send buffer arrives whole", &LargerThanSendBuffer);
    add("a body over the limit is reset and the connection goes on", &TooLargeIsReset);
    add("answers may be given later and in another order", &AnswersOutOfOrder);
    add("a request without answer ends in a local 504", &NoAnswerTimesOut);
    add("an answer that crosses the timeout is ignored and counted", &AnswerCrossesTimeout);
    add("octets of a request that timed out in mid-body add up", &TimeoutInMidBody);
    add("unknown resources get 404, wrong methods 405, literal segments win", &UnknownResources);
    add("lost frames are repeated by TCP", &LostFramesAreRepeated);
    add("a request outlives a restart of its server", &ServerRestart);
    add("POST is not sent twice when that is forbidden", &NonIdempotentMayBeLeft);
    add("a server that comes up late is found", &NobodyListens);
    add("a peer without a route is a timeout", &NoRoute);
    add("a server that always hangs up is given up", &ServerThatHangsUp);
    add("garbage from a client closes its connection only", &GarbageToServer);
    add("garbage from a server fails the request", &GarbageToClient);
    add("endpoints may go while callbacks pend", &DisposedWhileBusy);
    add("a handler may stop the server", &StopFromHandler);
    add("after GOAWAY requests move to a new connection", &GoawayMovesOn);
    add("two runs are the same to the nanosecond", &SameTwice);
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"
#include "mbs-transport-topology.h"

#include "ns3/mbs-n4-transport.h"

#include "ns3/inet-socket-address.h"
#include "ns3/packet.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

namespace ns3::mbs
{

namespace
{

// TS 29.244 figures 7.2.2.2-1 and 7.2.2.3-1, sequence number 0.
const char* const HEARTBEAT = "20 01 000c 000000 00 0060 0004 00000001";
const char* const HEARTBEAT_ANSWER = "20 02 000c 000000 00 0060 0004 00000002";
const char* const MODIFICATION = "21 34 000c 0000000000000007 000000 00";
const char* const MODIFICATION_ANSWER = "21 35 000c 0000000000000008 000000 00";

/** An MB-SMF on node 0 and an MB-UPF on node 1. */
struct SmfAndUpf : TwoNodes
{
    SmfAndUpf()
        : smf(CreateObject<N4Endpoint>()),
          upf(CreateObject<N4Endpoint>())
    {
        smf->Install(At(0));
        upf->Install(At(1));
        smf->Listen();
        upf->Listen();
        smf->TraceConnectWithoutContext("MessageSent", MakeBoundCallback(&Add, &smfSent));
        upf->TraceConnectWithoutContext("MessageSent", MakeBoundCallback(&Add, &upfSent));
        smf->TraceConnectWithoutContext("MessageReceived", MakeBoundCallback(&Add, &smfReceived));
        upf->TraceConnectWithoutContext("MessageReceived", MakeBoundCallback(&Add, &upfReceived));
        smf->TraceConnectWithoutContext("Dropped", MakeBoundCallback(&AddDropped, &smfDropped));
        upf->TraceConnectWithoutContext("Dropped", MakeBoundCallback(&AddDropped, &upfDropped));
        upf->SetRequestHandler(
            [this](Ipv4Address peer, Bytes request, N4Endpoint::Responder respond) {
                ++handled;
                lastPeer = peer;
                requests.push_back(request);
                respond(*FromHex(request.at(1) == 1 ? HEARTBEAT_ANSWER : MODIFICATION_ANSWER));
                respond(*FromHex(HEARTBEAT_ANSWER)); // only the first counts
            });
    }

    static void Add(std::vector<std::string>* list,
                    const SbiOperation& operation,
                    bool isResponse,
                    uint32_t octets)
    {
        list->push_back(std::string(operation.interface) + " " + std::string(operation.name) +
                        (isResponse ? " < " : " > ") + std::to_string(octets));
    }

    static void AddDropped(std::vector<std::string>* list,
                           Ipv4Address /* peer */,
                           const std::string& reason)
    {
        list->push_back(reason);
    }

    /** @param message what the MB-SMF sends @param name what it is called */
    void Send(const char* message, const std::string& name = "")
    {
        smf->SendRequest(Address(1), *FromHex(message), name, [this](std::optional<Bytes> answer) {
            answers.push_back(answer);
            times.push_back(Simulator::Now());
        });
    }

    Ptr<N4Endpoint> smf;                       //!< client
    Ptr<N4Endpoint> upf;                       //!< server
    uint32_t handled{0};                       //!< requests that the server's handler saw
    Ipv4Address lastPeer;                      //!< from whom
    std::vector<Bytes> requests;               //!< what they were
    std::vector<std::optional<Bytes>> answers; //!< what the client got
    std::vector<Time> times;                   //!< when
    std::vector<std::string> smfSent;          //!< trace
    std::vector<std::string> upfSent;          //!< trace
    std::vector<std::string> smfReceived;      //!< trace
    std::vector<std::string> upfReceived;      //!< trace
    std::vector<std::string> smfDropped;       //!< trace
    std::vector<std::string> upfDropped;       //!< trace
};

void
RequestAndAnswer(Check& check)
{
    SmfAndUpf net;
    At(Seconds(1), [&net]() {
        net.Send(HEARTBEAT);
        net.Send(MODIFICATION, "Join");
    });
    net.RunUntil(20);
    check.Equal(net.answers.size(), 2U, "answers");
    check.Equal(ToHex(net.requests.at(0)),
                "2001000c0000010000600004"
                "00000001",
                "number 1");
    check.Equal(ToHex(net.requests.at(1)),
                "2134000c000000000000000700000200",
                "number 2, with SEID");
    check.Equal(ToHex(*net.answers.at(0)),
                "2002000c0000010000600004"
                "00000002",
                "answer 1");
    check.Equal(ToHex(*net.answers.at(1)), "2135000c000000000000000800000200", "answer 2");
    check.Equal(net.lastPeer, net.Address(0), "peer");
    check.Equal(net.smf->Outstanding(), 0U, "nothing waits");
    check.Equal(net.smfSent.size(), 2U, "no repetition");
    check.Equal(net.smfSent.at(0), "N4mb PFCP Heartbeat Request > 16", "traced by type");
    check.Equal(net.smfSent.at(1), "N4mb Join > 16", "traced by name");
    check.Equal(net.upfReceived.at(1),
                "N4mb PFCP Session Modification Request > 16",
                "at the server");
    check.Equal(net.upfSent.at(1), "N4mb PFCP Session Modification Response < 16", "its answer");
    check.Equal(net.smfReceived.at(1),
                "N4mb PFCP Session Modification Response < 16",
                "at the client");
    // The second request waits for the first on the wire.
    const Time request = net.OneWay(16 + TwoNodes::UDP_OVERHEAD);
    check.Equal(net.times.at(0).GetNanoSeconds(),
                (Seconds(1) + request + request).GetNanoSeconds(),
                "latency is delay and serialisation both ways");
}

void
Repeats(Check& check)
{
    SmfAndUpf net;
    net.smf->SetAttribute("T1", TimeValue(MilliSeconds(500)));
    net.upf->SetAttribute("T1", TimeValue(MilliSeconds(500)));
    net.Lose(1, {0}); // the request
    net.Lose(0, {0}); // the answer to its repetition
    At(Seconds(1), [&net]() { net.Send(HEARTBEAT); });
    // Long after, a request makes the server forget what it answered.
    At(Seconds(10), [&net]() { net.Send(HEARTBEAT); });
    net.RunUntil(20);
    check.Equal(net.answers.size(), 2U, "answers");
    check.Expect(net.times.at(0) > Seconds(2) && net.times.at(0) < MilliSeconds(2011),
                 "after 2 T1");
    check.Equal(net.handled, 2U, "the handler sees a repeated request once");
    check.Equal(net.smfSent.size(), 4U, "sent three times, then once");
    check.Equal(net.upfReceived.size(), 3U, "received twice, then once");
    check.Equal(net.upfSent.size(), 3U, "answered twice, then once");
}

void
GivesUp(Check& check)
{
    SmfAndUpf net;
    At(Seconds(1), [&net]() {
        net.smf->SendRequest("10.1.0.77", *FromHex(HEARTBEAT), "", nullptr);
        net.smf->SendRequest("192.0.2.1",
                             *FromHex(HEARTBEAT),
                             "",
                             [&net](std::optional<Bytes> answer) {
                                 net.answers.push_back(answer);
                                 net.times.push_back(Simulator::Now());
                             });
    });
    net.RunUntil(30);
    check.Equal(net.answers.size(), 1U, "answers");
    check.Expect(!net.answers.at(0).has_value(), "which is none");
    check.Equal(net.times.at(0), Seconds(13), "after (N1 + 1) x T1 = 4 x 3 s");
    check.Equal(net.smfSent.size(), 8U, "each sent four times");
    check.Equal(net.smf->Outstanding(), 0U, "nothing waits");
}

void
LateAnswer(Check& check)
{
    SmfAndUpf net;
    std::vector<N4Endpoint::Responder> owed;
    net.upf->SetRequestHandler(
        [&owed](Ipv4Address, Bytes, N4Endpoint::Responder respond) { owed.push_back(respond); });
    At(Seconds(1), [&net]() { net.Send(HEARTBEAT); });
    // After one repetition, which is not handled again.
    At(Seconds(5), [&owed]() { owed.at(0)(*FromHex(HEARTBEAT_ANSWER)); });
    net.RunUntil(20);
    check.Equal(owed.size(), 1U, "handled once");
    check.Equal(net.answers.size(), 1U, "answered");
    check.Expect(net.answers.at(0).has_value(), "late");
    // An answer after the client gave up, and after the server forgot.
    owed.clear();
    At(Seconds(0), [&net]() { net.Send(HEARTBEAT); });
    At(Seconds(13), [&]() { net.Send(HEARTBEAT); });
    At(Seconds(14), [&owed]() {
        owed.at(0)(*FromHex(HEARTBEAT_ANSWER));
        owed.at(1)(*FromHex(HEARTBEAT_ANSWER));
    });
    net.RunUntil(50);
    check.Equal(net.answers.size(), 3U, "answers");
    check.Expect(!net.answers.at(1).has_value(), "the first was given up");
    check.Expect(net.answers.at(2).has_value(), "the second was answered");
}

/** @param node where @param to peer @param port its port @param octets what */
void
SendRaw(Ptr<Node> node, Ipv4Address to, uint16_t port, const Bytes& octets)
{
    const Ptr<Socket> socket = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
    socket->Bind();
    socket->SendTo(Create<Packet>(octets.data(), octets.size()), 0, InetSocketAddress(to, port));
    socket->Close();
}

void
Garbage(Check& check)
{
    SmfAndUpf net;
    const std::vector<std::string> wrong = {
        "",                             // no octet
        "20",                           // cut
        "2001000c00000100006000040000", // shorter than its length
        "20010004000001000000",         // longer than its length
        "4001000400000100",             // version 2
        "2134000400000100",             // S flag without room for a SEID
        "2003000400000100",             // a type that this module does not have
        "2002000400000100",             // an answer to nothing
    };
    At(Seconds(1), [&]() {
        for (const auto& text : wrong)
        {
            SendRaw(net.At(0), net.Address(1), N4Endpoint::PORT, *FromHex(text));
        }
    });
    // An answer of another type, to a request that waits.
    At(Seconds(2), [&]() {
        net.smf->SendRequest("10.1.0.2", *FromHex(HEARTBEAT), "", nullptr);
        SendRaw(net.At(1), net.Address(0), N4Endpoint::PORT, *FromHex("2006000400000100"));
    });
    // A request where nobody handles any.
    At(Seconds(3), [&]() {
        SendRaw(net.At(1), net.Address(0), N4Endpoint::PORT, *FromHex("2001000400000100"));
    });
    net.RunUntil(5);
    check.Equal(net.upfDropped.size(), wrong.size(), "each is dropped and traced");
    check.Equal(net.upf->DroppedCount(), wrong.size(), "and counted");
    check.Equal(net.smfDropped.size(), 2U, "at the other end as well");
    check.Equal(net.handled, 1U, "the handler sees the good one only");
}

void
EveryPrefix(Check& check)
{
    SmfAndUpf net;
    const Bytes good = *FromHex(MODIFICATION);
    At(Seconds(1), [&]() {
        for (std::size_t size = 0; size < good.size(); ++size)
        {
            SendRaw(net.At(0),
                    net.Address(1),
                    N4Endpoint::PORT,
                    ByteView(good).Sub(0, size).ToBytes());
        }
    });
    net.RunUntil(5);
    check.Equal(net.handled, 0U, "no prefix is a message");
    check.Equal(net.upfDropped.size(), good.size(), "each is dropped");
}

void
MessageTypes(Check& check)
{
    std::string requests;
    std::string names;
    for (int type = 0; type < 256; ++type)
    {
        const auto octet = static_cast<uint8_t>(type);
        requests += N4Endpoint::IsRequest(octet) ? std::to_string(type) + " " : "";
        names += N4Endpoint::MessageName(octet).empty() ? "" : std::to_string(type) + " ";
    }
    // TS 29.244 table 7.3-1.
    check.Equal(requests, "1 5 50 52 54 56 ", "requests");
    check.Equal(names, "1 2 5 6 50 51 52 53 54 55 56 57 ", "messages");
    check.Equal(N4Endpoint::MessageName(5), "PFCP Association Setup Request", "name");
    check.Equal(N4Endpoint::MessageName(51), "PFCP Session Establishment Response", "name");
    check.Equal(N4Endpoint::MessageName(54), "PFCP Session Deletion Request", "name");
    check.Equal(N4Endpoint::MessageName(57), "PFCP Session Report Response", "name");
}

void
DisposedWhileBusy(Check& check)
{
    {
        SmfAndUpf net;
        N4Endpoint::Responder owed;
        net.upf->SetRequestHandler([&](Ipv4Address, Bytes, N4Endpoint::Responder respond) {
            owed = respond;
            net.upf->Dispose();
            net.upf = nullptr;
        });
        At(Seconds(1), [&net]() { net.Send(HEARTBEAT); });
        At(Seconds(2), [&]() {
            owed(*FromHex(HEARTBEAT_ANSWER));
            net.smf->Dispose();
            net.Send(HEARTBEAT);
        });
        net.RunUntil(20);
        check.Equal(net.answers.size(), 0U, "no callback after Dispose()");
        check.Equal(net.smf->Outstanding(), 0U, "a disposed endpoint sends nothing");
    }
    {
        SmfAndUpf net;
        At(Seconds(1), [&net]() { net.Send(HEARTBEAT); });
        net.RunUntil(1.001);
        check.Equal(net.smf->Outstanding(), 1U, "the simulation ends while a request waits");
    }
}

} // namespace

void AddN4TransportTests(MbsTestSuite& suite);

void
AddN4TransportTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const std::string& name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase("N4: " + name, body));
    };
    add("a request gets its answer, matched by sequence number", &RequestAndAnswer);
    add("a lost request is repeated, a repeated one answered from store", &Repeats);
    add("a request without answer is given up after (N1 + 1) x T1", &GivesUp);
    add("answers may be given later", &LateAnswer);
    add("octets that are no PFCP message are dropped and counted", &Garbage);
    add("no prefix of a message is taken for one", &EveryPrefix);
    add("types of requests and answers are those of TS 29.244", &MessageTypes);
    add("endpoints may go while callbacks pend", &DisposedWhileBusy);
}

} // namespace ns3::mbs

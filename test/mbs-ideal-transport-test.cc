// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"
#include "mbs-transport-topology.h"

#include "ns3/mbs-ideal-transport.h"
#include "ns3/mbs-octet-stream.h"

#include <utility>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** A port on which node 1 listens. */
constexpr uint16_t PORT = 7000;

/** Two nodes with the ideal transport; node 1 keeps what connects to it. */
struct IdealPair : TwoNodes
{
    /** @param atServer whether node 1 has the ideal transport too */
    explicit IdealPair(bool atServer = true)
    {
        At(0)->AggregateObject(CreateObject<IdealTransport>());
        if (atServer)
        {
            At(1)->AggregateObject(CreateObject<IdealTransport>());
        }
    }

    /** @brief Node 1 listens, and writes down what arrives when. */
    void Listen()
    {
        listener = OctetListener::Listen(At(1), PORT, [this](const Ptr<OctetStream>& stream) {
            accepted.push_back(stream);
            acceptedAt.push_back(Simulator::Now());
            OctetStream::Events events;
            events.received = [this](ByteView octets) {
                arrived.emplace_back(Simulator::Now(), octets.ToBytes());
            };
            events.closed = [this]() { serverClosed.push_back(Simulator::Now()); };
            stream->SetEvents(events);
        });
    }

    /** @return what writes down the client's events */
    OctetStream::Events Events()
    {
        OctetStream::Events events;
        events.connected = [this]() { connected.push_back(Simulator::Now()); };
        events.received = [this](ByteView octets) {
            answers.emplace_back(Simulator::Now(), octets.ToBytes());
        };
        events.closed = [this]() { closed.push_back(Simulator::Now()); };
        return events;
    }

    /** @brief Node 0 connects. */
    void Connect()
    {
        client = OctetStream::Connect(At(0), Address(1), PORT, Events());
    }

    Ptr<OctetListener> listener;                 //!< of node 1
    Ptr<OctetStream> client;                     //!< of node 0
    std::vector<Ptr<OctetStream>> accepted;      //!< of node 1
    std::vector<Time> acceptedAt;                //!< when
    std::vector<Time> connected;                 //!< when the client was told
    std::vector<Time> closed;                    //!< when the client was told
    std::vector<Time> serverClosed;              //!< when node 1 was told
    std::vector<std::pair<Time, Bytes>> arrived; //!< at node 1
    std::vector<std::pair<Time, Bytes>> answers; //!< at node 0
};

void
DelayAndRate(Check& check)
{
    IdealPair net;
    const TcpOctets tcp(net.At(0));
    net.Listen();
    net.Connect();
    check.Expect(!net.client->IsUp(), "not yet");
    net.client->Write(Bytes(100, 1)); // kept until the connection is up
    check.Equal(net.client->Waiting(), 100U, "octets kept");
    At(Seconds(1), [&net]() {
        net.client->Write(Bytes(1000, 2));
        net.client->Write(Bytes(500, 3));
        net.accepted.at(0)->Write(Bytes(700, 4));
    });
    net.RunUntil(2);
    check.Equal(net.acceptedAt.at(0), net.delay, "the listener learns of it after the delay");
    check.Equal(net.connected.at(0), 2 * net.delay, "the client after a round trip");
    check.Equal(net.arrived.size(), 3U, "writes that arrived");
    check.Equal(net.arrived.at(0).first,
                2 * net.delay + net.OneWay(100),
                "what was kept leaves when the connection is up");
    check.Equal(net.arrived.at(1).first,
                Seconds(1) + net.OneWay(1000),
                "delay and serialisation, no header");
    check.Equal(net.arrived.at(2).first,
                Seconds(1) + net.OneWay(1500),
                "a second write waits for the first");
    check.Expect(net.arrived.at(1).second == Bytes(1000, 2) &&
                     net.arrived.at(2).second == Bytes(500, 3),
                 "octet by octet");
    check.Equal(net.answers.at(0).first,
                Seconds(1) + net.OneWay(700),
                "the other way is a link of its own");
    check.Equal(net.client->Waiting(), 0U, "octets that wait");
    check.Equal(tcp.sent + tcp.received, 0U, "octets of TCP");
}

void
StreamsShareALink(Check& check)
{
    IdealPair net;
    net.Listen();
    const Ptr<OctetStream> first = OctetStream::Connect(net.At(0), net.Address(1), PORT, {});
    const Ptr<OctetStream> second = OctetStream::Connect(net.At(0), net.Address(1), PORT, {});
    At(Seconds(1), [&]() {
        first->Write(Bytes(1000, 1));
        second->Write(Bytes(1000, 2));
    });
    net.RunUntil(2);
    check.Equal(net.accepted.size(), 2U, "connections");
    check.Expect(net.accepted[0]->PeerPort() != net.accepted[1]->PeerPort(), "told apart by port");
    check.Equal(net.accepted[0]->Peer(), net.Address(0), "address of the client");
    check.Equal(net.arrived.at(0).first, Seconds(1) + net.OneWay(1000), "one after");
    check.Equal(net.arrived.at(1).first, Seconds(1) + net.OneWay(2000), "the other");
}

void
Refused(Check& check)
{
    IdealPair net;
    net.Connect();
    At(Seconds(1), [&net]() {
        net.Listen();
        net.Connect();
    });
    At(Seconds(2), [&net]() { net.listener = nullptr; });
    At(Seconds(3), [&net]() {
        const Ptr<OctetStream> kept = net.client;
        net.Connect();
        kept->Write(Bytes(3, 1));
        net.accepted.push_back(kept);
    });
    net.RunUntil(4);
    check.Equal(net.closed.size(), 2U, "refused");
    check.Equal(net.closed.at(0), 2 * net.delay, "after a round trip where nobody listens");
    check.Equal(net.closed.at(1), Seconds(3) + 2 * net.delay, "and where nobody does any more");
    check.Equal(net.connected.size(), 1U, "connected in between");
    check.Equal(net.arrived.size(), 1U, "and an accepted connection outlives its listener");
}

void
Ends(Check& check)
{
    IdealPair net;
    net.Listen();
    net.Connect();
    At(Seconds(1), [&net]() {
        net.client->Write(Bytes(1000, 1));
        net.client->Close();
        net.client->Write(Bytes(1, 1));
        net.Connect();
    });
    At(Seconds(2), [&net]() { net.accepted.at(1)->Abandon(); });
    At(Seconds(3), [&net]() { net.client->Write(Bytes(10, 1)); });
    At(Seconds(4), [&net]() {
        net.Connect();
        net.client->Close(); // before it is up
    });
    net.RunUntil(5);
    check.Equal(net.arrived.size(), 1U, "what was written before Close() arrives, nothing after");
    check.Equal(net.serverClosed.at(0), Seconds(1) + net.OneWay(1000), "and then the end");
    check.Equal(net.closed.size(), 1U, "Close() tells its own user nothing");
    check.Equal(net.closed.at(0),
                Seconds(3) + net.OneWay(10) + net.delay,
                "an end that went without a word is noticed with the next octets");
    check.Equal(net.serverClosed.size(), 2U, "ends at the server");
    check.Equal(net.serverClosed.at(1),
                Seconds(4) + 3 * net.delay,
                "a connection closed before it was up ends when it would be");
}

void
OnlyNeighboursThatHaveIt(Check& check)
{
    IdealPair net(false);
    const TcpOctets tcp(net.At(0));
    const Ptr<IdealTransport> ideal = net.At(0)->GetObject<IdealTransport>();
    check.Expect(!ideal->Reaches(net.Address(1)), "a neighbour without it");
    check.Expect(!ideal->Reaches("192.0.2.1"), "nobody's address");
    check.Expect(ideal->Reaches(net.Address(0)), "the node itself");
    net.Listen();
    net.Connect();
    At(Seconds(1), [&net]() { net.client->Write(Bytes(10, 1)); });
    net.RunUntil(2);
    check.Equal(net.arrived.size(), 1U, "arrived");
    check.Equal(tcp.sent, 10U, "octets of TCP, which takes its place");
}

void
OneNode(Check& check)
{
    IdealPair net;
    Bytes heard;
    Ptr<OctetStream> server;
    const auto listener =
        OctetListener::Listen(net.At(0), PORT, [&](const Ptr<OctetStream>& stream) {
            server = stream;
            OctetStream::Events events;
            events.received = [&heard](ByteView octets) { heard = octets.ToBytes(); };
            stream->SetEvents(events);
        });
    const auto client = OctetStream::Connect(net.At(0), net.Address(0), PORT, {});
    client->Write(Bytes(9, 9));
    net.RunUntil(1);
    check.Expect(heard == Bytes(9, 9), "a node talks to itself");
}

void
DisposedWhileBusy(Check& check)
{
    IdealPair net;
    net.Listen();
    net.Connect();
    At(Seconds(1), [&net]() { net.client->Write(Bytes(100, 1)); });
    At(Seconds(1) + MilliSeconds(1),
       [&net]() { net.At(1)->GetObject<IdealTransport>()->Dispose(); });
    net.RunUntil(2);
    check.Expect(net.arrived.empty() && net.serverClosed.empty(), "nobody there to be told");
    check.Expect(!net.accepted.at(0)->IsUp(), "its streams are ended");
    net.client->Write(Bytes(100, 1));
    net.client->Close();
}

} // namespace

/** @param suite gets the tests of IdealTransport */
void AddIdealTransportTests(MbsTestSuite& suite);

void
AddIdealTransportTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const std::string& name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase("ideal transport: " + name, body));
    };
    add("a message takes the link's delay and its octets' time, and nothing else", &DelayAndRate);
    add("streams over a link share its rate in the order of their writes", &StreamsShareALink);
    add("a port where nobody listens refuses after a round trip", &Refused);
    add("an end is told to the other end behind what was written", &Ends);
    add("TCP takes its place towards nodes that do not have it", &OnlyNeighboursThatHaveIt);
    add("a node reaches itself", &OneNode);
    add("a node may go while octets are under way", &DisposedWhileBusy);
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"
#include "mbs-transport-topology.h"

#include "ns3/mbs-n2-transport.h"

#include "ns3/uinteger.h"

namespace ns3::mbs
{

namespace
{

/** @param size how many octets @param first value of the first @return octets that count up */
Bytes
Count(std::size_t size, uint8_t first = 0)
{
    Bytes bytes(size);
    for (uint8_t& octet : bytes)
    {
        octet = first++;
    }
    return bytes;
}

/** A gNB on node 0 and an AMF on node 1. */
struct GnbAndAmf : TwoNodes
{
    /** @param listen whether the AMF listens from the beginning */
    explicit GnbAndAmf(bool listen = true)
        : gnb(CreateObject<N2Endpoint>()),
          amf(CreateObject<N2Endpoint>())
    {
        gnb->Install(At(0));
        amf->Install(At(1));
        gnb->SetReceiver([this](Ipv4Address, Bytes pdu) { atGnb.push_back(std::move(pdu)); });
        amf->SetReceiver([this](Ipv4Address peer, Bytes pdu) {
            lastPeer = peer;
            atAmf.push_back(std::move(pdu));
            times.push_back(Simulator::Now());
        });
        gnb->TraceConnectWithoutContext("MessageSent", MakeBoundCallback(&OnSent, &sent));
        gnb->TraceConnectWithoutContext("PduSent", MakeBoundCallback(&OnPdu, &pdusSent));
        gnb->TraceConnectWithoutContext("PduReceived", MakeBoundCallback(&OnPdu, &pdusReceived));
        amf->TraceConnectWithoutContext("Dropped", MakeBoundCallback(&OnDropped, &dropped));
        if (listen)
        {
            amf->Listen();
        }
    }

    static void OnSent(std::vector<std::pair<SbiOperation, uint32_t>>* list,
                       const SbiOperation& operation,
                       bool /* isResponse */,
                       uint32_t octets)
    {
        list->emplace_back(operation, octets);
    }

    static void OnPdu(std::vector<Bytes>* list, Ipv4Address /* peer */, ByteView pdu)
    {
        list->push_back(pdu.ToBytes());
    }

    static void OnDropped(std::vector<std::string>* list,
                          Ipv4Address /* peer */,
                          const std::string& reason)
    {
        list->push_back(reason);
    }

    Ptr<N2Endpoint> gnb;                                 //!< client
    Ptr<N2Endpoint> amf;                                 //!< server
    std::vector<Bytes> pdusSent;                         //!< traced at the gNB
    std::vector<Bytes> pdusReceived;                     //!< traced at the gNB
    std::vector<Bytes> atGnb;                            //!< PDUs received
    std::vector<Bytes> atAmf;                            //!< PDUs received
    std::vector<Time> times;                             //!< when the AMF did
    Ipv4Address lastPeer;                                //!< from whom
    std::vector<std::pair<SbiOperation, uint32_t>> sent; //!< the gNB's MessageSent
    std::vector<std::string> dropped;                    //!< the AMF's Dropped
};

void
BothWays(Check& check)
{
    GnbAndAmf net;
    const TcpOctets tcp(net.At(0));
    // Before the simulation runs, so before the connection is up.
    net.gnb->Connect(net.Address(1));
    net.gnb->Connect(net.Address(1));
    check.Expect(net.gnb->Send(net.Address(1), Count(30), "NGSetupRequest"), "is kept");
    check.Expect(!net.gnb->IsUp(net.Address(1)), "not up yet");
    At(Seconds(1), [&net]() {
        net.amf->Send(net.Address(0), Count(7, 100), "NGSetupResponse");
        net.amf->Send(net.Address(0), Count(1, 9), "Paging");
    });
    net.RunUntil(2);
    check.Expect(net.gnb->IsUp(net.Address(1)) && net.amf->IsUp(net.Address(0)), "up");
    check.Equal(net.atAmf.size(), 1U, "PDUs at the AMF");
    check.Expect(net.atAmf.at(0) == Count(30), "the gNB's PDU");
    check.Equal(net.lastPeer, net.Address(0), "from the gNB");
    check.Equal(net.atGnb.size(), 2U, "PDUs at the gNB");
    check.Expect(net.atGnb.at(0) == Count(7, 100) && net.atGnb.at(1) == Count(1, 9), "in order");
    check.Equal(net.sent.size(), 1U, "traced");
    check.Expect(net.sent.at(0).first == SbiOperation{"N2", "NGSetupRequest"}, "by name");
    check.Expect(net.pdusSent == net.atAmf && net.pdusReceived == net.atGnb, "and octet by octet");
    check.Equal(net.sent.at(0).second, 34U, "octets with prefix");
    check.Equal(tcp.sent, 34U, "which is what TCP carried");
    check.Equal(tcp.received, 16U, "the other way as well");
}

void
LatencyIsExact(Check& check)
{
    GnbAndAmf net;
    net.gnb->Connect(net.Address(1));
    At(Seconds(1), [&net]() { net.gnb->Send(net.Address(1), Count(500), "UplinkNASTransport"); });
    net.RunUntil(2);
    check.Equal(net.times.size(), 1U, "PDUs");
    // ns-3's TCP sends one nanosecond after it was given data.
    check.Equal(
        net.times.at(0).GetNanoSeconds(),
        (Seconds(1) + NanoSeconds(1) + net.OneWay(504 + TwoNodes::TCP_OVERHEAD)).GetNanoSeconds(),
        "arrival");
}

void
CutAcrossSegments(Check& check)
{
    GnbAndAmf net;
    net.Lose(1, {4, 9, 10, 30});
    net.gnb->Connect(net.Address(1));
    std::vector<Bytes> expected;
    At(Seconds(1), [&]() {
        for (std::size_t size = 1; size < 9000; size = size * 2 + 1)
        {
            expected.push_back(Count(size, static_cast<uint8_t>(size)));
        }
        expected.push_back(Count(N2Endpoint::MAX_PDU_SIZE));
        for (const Bytes& pdu : expected)
        {
            net.gnb->Send(net.Address(1), pdu, "x");
        }
    });
    net.RunUntil(60);
    check.Expect(net.atAmf == expected, "all PDUs arrive whole and in order");
}

void
WrongLength(Check& check)
{
    GnbAndAmf net;
    RawTcpPeer zero;
    RawTcpPeer large;
    RawTcpPeer dribble;
    At(Seconds(0),
       [&]() { zero.Connect(net.At(0), net.Address(1), N2Endpoint::PORT, *FromHex("00000000")); });
    At(Seconds(1), [&]() {
        large.Connect(net.At(0), net.Address(1), N2Endpoint::PORT, *FromHex("00100001aabbcc"));
    });
    At(Seconds(2),
       [&]() { dribble.Connect(net.At(0), net.Address(1), N2Endpoint::PORT, *FromHex("000000")); });
    At(MilliSeconds(2100), [&]() { dribble.Say(*FromHex("02aa")); });
    At(MilliSeconds(2200), [&]() { dribble.Say(*FromHex("bb000000")); });
    At(MilliSeconds(2300), [&]() { dribble.Say(*FromHex("01cc")); });
    net.RunUntil(4);
    check.Expect(zero.closed && large.closed, "a length out of range ends the connection");
    check.Expect(!dribble.closed, "a slow peer does not");
    check.Equal(net.dropped.size(), 2U, "traced");
    check.Equal(net.amf->DroppedCount(), 2U, "counted");
    check.Equal(net.atAmf.size(), 2U, "PDUs");
    check.Expect(net.atAmf.at(0) == *FromHex("aabb") && net.atAmf.at(1) == *FromHex("cc"),
                 "put together from pieces");
}

void
CannotSend(Check& check)
{
    GnbAndAmf net;
    check.Expect(!net.gnb->Send(net.Address(1), Count(1), "x"), "no connection");
    net.gnb->Connect(net.Address(1));
    check.Expect(!net.gnb->Send(net.Address(1), {}, "x"), "empty");
    check.Expect(!net.gnb->Send(net.Address(1), Bytes(N2Endpoint::MAX_PDU_SIZE + 1), "x"),
                 "too long");
    check.Equal(net.gnb->DroppedCount(), 3U, "counted");
    check.Equal(net.sent.size(), 0U, "none counted as sent");
}

void
Reconnects(Check& check)
{
    GnbAndAmf net;
    net.gnb->Connect(net.Address(1));
    At(Seconds(1), [&net]() { net.gnb->Send(net.Address(1), Count(1, 1), "x"); });
    At(Seconds(2), [&net]() { net.amf->Close(); });
    // While there is no connection: kept.
    At(MilliSeconds(2500), [&net]() {
        net.gnb->Send(net.Address(1), Count(1, 2), "x");
        net.amf->Listen();
    });
    At(Seconds(5), [&net]() { net.gnb->Send(net.Address(1), Count(1, 3), "x"); });
    net.RunUntil(6);
    check.Equal(net.atAmf.size(), 3U, "PDUs");
    check.Expect(net.atAmf.at(1) == Count(1, 2), "what was sent meanwhile is not lost");
    check.Expect(net.times.at(1) > Seconds(3) && net.times.at(1) < MilliSeconds(3100),
                 "after the reconnection");
    // A client that closes does not come back.
    net.gnb->Close();
    net.RunUntil(10);
    check.Expect(!net.amf->IsUp(net.Address(0)), "closed");
    check.Expect(!net.gnb->Send(net.Address(1), Count(1), "x"), "nothing to send on");
}

void
SecondConnectionReplacesFirst(Check& check)
{
    GnbAndAmf net;
    RawTcpPeer first;
    RawTcpPeer second;
    At(Seconds(0), [&]() {
        first.Connect(net.At(0), net.Address(1), N2Endpoint::PORT, *FromHex("00000005aa"));
    });
    At(Seconds(1), [&]() {
        second.Connect(net.At(0), net.Address(1), N2Endpoint::PORT, *FromHex("00000001bb"));
    });
    At(Seconds(2), [&net]() { net.amf->Send(net.Address(0), Count(1, 7), "x"); });
    At(Seconds(3), [&second]() { second.Close(); });
    net.RunUntil(4);
    check.Expect(first.closed, "the first is closed");
    check.Equal(net.atAmf.size(), 1U, "its half PDU is forgotten");
    check.Expect(second.heard == *FromHex("0000000107"), "the second is used");
    check.Expect(!net.amf->IsUp(net.Address(0)), "a server forgets a closed connection");
}

void
DisposedWhileBusy(Check& check)
{
    {
        GnbAndAmf net;
        net.gnb->Connect(net.Address(1));
        for (int i = 0; i < 3; ++i)
        {
            net.gnb->Send(net.Address(1), Count(10), "x");
        }
        uint32_t received = 0;
        net.amf->SetReceiver([&](Ipv4Address, Bytes) {
            ++received;
            net.amf->Dispose();
            net.amf = nullptr;
        });
        net.RunUntil(5);
        check.Equal(received, 1U, "no callback after Dispose()");
    }
    {
        GnbAndAmf net(false);
        net.gnb->Connect(net.Address(1));
        net.gnb->Connect("192.0.2.9");
        net.RunUntil(0.5);
        check.Expect(!net.gnb->IsUp(net.Address(1)), "the simulation ends while connecting");
    }
    {
        GnbAndAmf net;
        net.gnb->Connect(net.Address(1));
        net.amf->SetReceiver([&](Ipv4Address, Bytes) { net.amf->Close(); });
        At(Seconds(1), [&net]() {
            net.gnb->Send(net.Address(1), Count(10), "x");
            net.gnb->Send(net.Address(1), Count(10), "x");
        });
        net.RunUntil(1.5);
        check.Expect(!net.gnb->IsUp(net.Address(1)), "closed from within the receiver");
    }
}

} // namespace

void AddN2TransportTests(MbsTestSuite& suite);

void
AddN2TransportTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const std::string& name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase("N2: " + name, body));
    };
    add("PDUs pass both ways, kept until the connection is up", &BothWays);
    add("latency is link delay and serialisation to the nanosecond", &LatencyIsExact);
    add("PDUs of 1 octet to 1 MiB are put together in spite of loss", &CutAcrossSegments);
    add("a length out of range closes the connection, a slow peer is waited for", &WrongLength);
    add("what cannot be sent is refused and counted", &CannotSend);
    add("a gNB reconnects and sends what it kept", &Reconnects);
    add("a peer's second connection replaces its first", &SecondConnectionReplacesFirst);
    add("endpoints may go while callbacks pend", &DisposedWhileBusy);
}

} // namespace ns3::mbs

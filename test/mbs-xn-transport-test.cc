// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"
#include "mbs-transport-topology.h"

#include "ns3/mbs-n2-transport.h"
#include "ns3/mbs-xn-transport.h"
#include "ns3/mbs-xnap.h"

#include "ns3/uinteger.h"

#include <array>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** Trace source MessageSent: interface and message. */
void
OnSent(std::vector<SbiOperation>* list,
       const SbiOperation& operation,
       bool /* isResponse */,
       uint32_t /* octets */)
{
    list->push_back(operation);
}

/** Two neighbours. The one on node 0 connects. */
void
EitherSideSends(Check& check)
{
    TwoNodes net;
    std::array<Ptr<XnEndpoint>, 2> gnbs;
    std::array<std::vector<Bytes>, 2> received;
    std::vector<SbiOperation> sent;
    for (std::size_t i = 0; i < gnbs.size(); ++i)
    {
        gnbs[i] = CreateObject<XnEndpoint>();
        gnbs[i]->Install(net.At(i));
        gnbs[i]->Listen();
        gnbs[i]->SetReceiver(
            [&received, i](Ipv4Address, Bytes pdu) { received[i].push_back(std::move(pdu)); });
    }
    gnbs[1]->TraceConnectWithoutContext("MessageSent", MakeBoundCallback(&OnSent, &sent));
    gnbs[0]->Connect(net.Address(1));
    net.RunUntil(1);
    check.Expect(gnbs[0]->IsUp(net.Address(1)) && gnbs[1]->IsUp(net.Address(0)), "up");
    const Bytes cancel = XnapHandoverCancel{7, 9, {}}.Encode();
    const Bytes release = XnapUeContextRelease{7, 9}.Encode();
    gnbs[0]->Send(net.Address(1), cancel, XnapMessageName(XnapHandoverCancel::TYPE));
    gnbs[1]->Send(net.Address(0), release, XnapMessageName(XnapUeContextRelease::TYPE));
    net.RunUntil(2);
    check.Expect(received[1] == std::vector<Bytes>{cancel}, "from the one that connected");
    check.Expect(received[0] == std::vector<Bytes>{release}, "and from the other");
    check.Expect(sent == std::vector<SbiOperation>{{"Xn", "UEContextRelease"}},
                 "counted as messages of Xn");
    for (const auto& gnb : gnbs)
    {
        gnb->Dispose();
    }
}

void
PortIsItsOwn(Check& check)
{
    UintegerValue xn;
    UintegerValue n2;
    CreateObject<XnEndpoint>()->GetAttribute("Port", xn);
    CreateObject<N2Endpoint>()->GetAttribute("Port", n2);
    check.Equal(xn.Get(), 38422U, "Xn");
    check.Equal(n2.Get(), 38412U, "N2");
}

} // namespace

void AddXnTransportTests(MbsTestSuite& suite);

void
AddXnTransportTests(MbsTestSuite& suite)
{
    suite.Add(
        new FunctionTestCase("Xn: of two neighbours one connects and both send", EitherSideSends));
    suite.Add(new FunctionTestCase("Xn: the port is not that of N2", PortIsItsOwn));
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"
#include "mbs-transport-topology.h"

#include "ns3/mbs-fault-plan.h"
#include "ns3/mbs-link-fault.h"

#include "ns3/inet-socket-address.h"
#include "ns3/udp-socket-factory.h"

#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

void
PlansAreRead(Check& check)
{
    using Action = FaultPlan::Action;
    const auto read = [&check](const std::string& text) {
        const FaultPlan::Result result = FaultPlan::FromText(text);
        check.Expect(result.plan.has_value(), text + " " + result.error);
        return result.plan.value_or(FaultPlan());
    };
    FaultPlan plan = read("mbsmf:delay=1s@20s+5s");
    check.Equal(plan.target, "mbsmf", "target");
    check.Expect(!plan.number && !plan.IsLink(), "a function without number");
    check.Equal(plan.start, Seconds(20), "when");
    check.Equal(plan.duration, Seconds(5), "how long");
    check.Equal(plan.text, "mbsmf:delay=1s@20s+5s", "text");
    check.Equal(read("SMF-12:delay=1ms@1500ms+500ms").duration, MilliSeconds(500), "milliseconds");
    plan = read("mbsmf:restart@20s");
    check.Expect(plan.action == Action::RESTART, "restart");
    check.Equal(plan.duration, FaultPlan::DefaultDowntime(), "how long it is away");
    plan = read("ue-12:restart=forget@1500ms+500ms");
    check.Expect(plan.action == Action::FORGET && plan.number == 12U, "restart without memory");
    check.Equal(plan.duration, MilliSeconds(500), "how long it is away");
    check.Expect(read("mbssf:restart@1s").target == "mbssf", "the MBSSF");
    plan = read("gnb-0:delay=2s@20+10s");
    check.Expect(plan.action == Action::DELAY, "delay");
    check.Equal(plan.delay, Seconds(2), "by how much");
    plan = read("mbsmf:reject=403@20s+5s");
    check.Expect(plan.action == Action::REJECT && plan.status == 403, "reject");
    plan = read("n11:down@20s+5s");
    check.Expect(plan.action == Action::DOWN && plan.IsLink() && !plan.number, "all links");
    check.Expect(read("n3mb-2:down@1s+1s").number == 2U, "one link");
    plan = read("n16mb:drop=3@20s");
    check.Expect(plan.action == Action::DROP && plan.count == 3 && plan.rate == 0, "a count");
    plan = read("nmb1:duplicate=0.25@20s+1s");
    check.Expect(plan.action == Action::DUPLICATE && plan.count == 0, "a probability");
    check.Equal(plan.rate, 0.25, "which");
    check.Equal(read("nmb1:drop=1.0@20s+1s").rate, 1.0, "all");
}

void
WrongPlansAreExplained(Check& check)
{
    // Text and what its sentence must say.
    const std::vector<std::pair<std::string, std::string>> wrong = {
        {"", "must be TARGET:ACTION"},
        {"mbsmf", "must be TARGET:ACTION"},
        {"mbsmf:explode", "must be TARGET:ACTION"},
        {"mbsmf@20s:explode", "must be TARGET:ACTION"},
        {"nrf:delay=1s@20s+1s", "targets are the functions mbsf"},
        {"smf-x:delay=1s@20s+1s", "targets are"},
        {"smf-4294967296:delay=1s@20s+1s", "targets are"},
        {"nmb1-0:down@20s+1s", "targets are"},
        {"smf:delay=1s@20s+1s", "must say which smf; for example smf-0"},
        {"mbsf-0:delay=1s@20s+1s", "must have no number"},
        {"mbsmf:explode@20s", "must be TARGET:ACTION"},
        {"mbsmf:restart=1@20s", "must be TARGET:ACTION"},
        {"n11:restart@20s", "must be TARGET:ACTION"},
        {"mbsmf:restart@0s", "must be later than 0s"},
        {"mbsmf:down@20s+1s", "must be TARGET:ACTION"},
        {"n11:delay=1s@20s+1s", "must be TARGET:ACTION"},
        {"mbupf:reject=403@20s+1s", "must be TARGET:ACTION"},
        {"mbsmf:delay=1s@", "must have a TIME"},
        {"mbsmf:delay=1s@soon", "must have a TIME"},
        {"mbsmf:delay=1s@-1s", "must have a TIME"},
        {"mbsmf:delay=1s@20s+0s", "DURATION above 0"},
        {"mbsmf:delay=1s@20s+", "DURATION above 0"},
        {"mbsmf:delay=0s@20s+1s", "by how much"},
        {"mbsmf:delay=x@20s+1s", "by how much"},
        {"mbsmf:delay=1s@20s", "must say for how long; for example --fault=mbsmf:delay=1s@20s+5s"},
        {"mbsmf:reject=404@20s+1s", "403, 429, 500 or 503"},
        {"mbsmf:reject=403@20s", "must say for how long"},
        {"n11:down@20s", "must say for how long"},
        {"n11:drop=0@20s", "how many packets"},
        {"n11:drop=-0.5@20s+1s", "how many packets"},
        {"n11:drop=1.5@20s+1s", "how many packets"},
        {"n11:drop=0.5@20s", "must say for how long"},
        {"n11:drop=2@20s+1s", "must have no +DURATION"},
        {"n3mb-0:duplicate=1@20s", "must name a link with signalling"},
    };
    for (const auto& [text, expected] : wrong)
    {
        const FaultPlan::Result result = FaultPlan::FromText(text);
        check.Expect(!result.plan && result.error.find(expected) != std::string::npos,
                     "'" + text + "': " + result.error);
    }
}

/** A node that sends numbered datagrams to another one. */
struct Datagrams : TwoNodes
{
    Datagrams()
        : fault(CreateObject<LinkFault>()),
          from(Socket::CreateSocket(At(0), UdpSocketFactory::GetTypeId())),
          to(Socket::CreateSocket(At(1), UdpSocketFactory::GetTypeId()))
    {
        fault->AssignStreams(1);
        fault->Install(DynamicCast<PointToPointNetDevice>(devices.Get(1)));
        to->Bind(InetSocketAddress(Ipv4Address::GetAny(), 7));
        to->SetRecvCallback(MakeCallback(&Datagrams::Receive, this));
        from->Connect(InetSocketAddress(Address(1), 7));
    }

    /** @param socket has datagrams */
    void Receive(Ptr<Socket> socket)
    {
        while (const Ptr<Packet> packet = socket->Recv())
        {
            heard += std::to_string(packet->GetSize()) + " ";
            ++count;
        }
    }

    /** @param first how many octets the first one has @param last the last one, one more each */
    void Send(uint32_t first, uint32_t last)
    {
        for (uint32_t size = first; size <= last; ++size)
        {
            ns3::mbs::At(MilliSeconds(size), [this, size] { from->Send(Create<Packet>(size)); });
        }
    }

    Ptr<LinkFault> fault; //!< at the receiver
    Ptr<Socket> from;     //!< on node 0
    Ptr<Socket> to;       //!< on node 1
    std::string heard;    //!< lengths
    uint32_t count{0};    //!< how many
};

void
LinksFail(Check& check)
{
    {
        Datagrams net;
        net.Send(1, 9);
        At(MicroSeconds(7500), [&net] { net.fault->SetDown(true); });
        At(MicroSeconds(9500), [&net] { net.fault->SetDown(false); });
        // The link takes 5 ms: what is sent at 3 and 4 ms arrives in the gap.
        net.RunUntil(1);
        check.Equal(net.heard, "1 2 5 6 7 8 9 ", "what arrives while the link is down is lost");
    }
    {
        Datagrams net;
        net.Send(1, 6);
        net.fault->DropNext(2);
        net.RunUntil(1);
        check.Equal(net.heard, "3 4 5 6 ", "the next two are lost");
    }
    {
        Datagrams net;
        net.Send(1, 3);
        net.fault->DuplicateNext(1);
        net.RunUntil(1);
        check.Equal(net.count, 4U, "one comes twice");
        check.Expect(net.heard.find('1') != net.heard.rfind('1'), "the first one");
    }
    {
        Datagrams net;
        net.Send(1, 400);
        net.fault->SetDropRate(0.25);
        At(MilliSeconds(1), [&net] { net.fault->SetDuplicateRate(0); });
        net.RunUntil(1);
        // Binomial with mean 300 and standard deviation 8.7: five of these either way.
        check.Expect(net.count > 256 && net.count < 344,
                     "a quarter is lost: " + std::to_string(net.count));
    }
    {
        Datagrams net;
        net.Send(1, 400);
        net.fault->SetDuplicateRate(0.25);
        net.RunUntil(1);
        check.Expect(net.count > 456 && net.count < 544,
                     "a quarter comes twice: " + std::to_string(net.count));
        net.fault->Reset();
        check.Expect(!net.fault->IsCorrupt(Create<Packet>(100)), "no fault after Reset()");
    }
}

} // namespace

/** @param suite gets the tests of faults alone */
void AddFaultTests(MbsTestSuite& suite);

void
AddFaultTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("faults are read from the command line", PlansAreRead));
    suite.Add(new FunctionTestCase("wrong faults are explained", WrongPlansAreExplained));
    suite.Add(new FunctionTestCase("links go down, lose packets and double them", LinksFail));
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-lone-function.h"

#include "ns3/mbs-af.h"
#include "ns3/mbs-sbi-paths.h"

#include "ns3/inet-socket-address.h"
#include "ns3/udp-socket-factory.h"

#include <memory>
#include <string>

namespace ns3::mbs
{

namespace
{

/** The session of the tests. */
const Tmgi SESSION(0x123456, PlmnId());

/** An AF, and a node that plays MBSF and MBSTF. */
struct LoneAf : LoneFunction<Af>
{
    /** Changes the MBSF's answer for the worse. */
    using Spoil = void (*)(nmbsf::MbsDistributionSessionInfo& info);

    LoneAf()
    {
        function->SetMbsf(Peer());
        function->TraceConnectWithoutContext("RtpSent", MakeCallback(&LoneAf::RtpSent, this));
        function->TraceConnectWithoutContext("Established",
                                             MakeCallback(&LoneAf::Established, this));
        function->TraceConnectWithoutContext("Released", MakeCallback(&LoneAf::Released, this));
        On("POST", sbi::path::MBS_USER_SERVICES, [](const SbiRequest& request) {
            const ByteView body = request.body;
            return JsonResponse(201,
                                std::string(body.begin(), body.end()),
                                sbi::path::MbsUserService("1"));
        });
        On("POST", sbi::path::INGEST_SESSIONS, [this](const SbiRequest& request) {
            auto session = *nmbsf::MbsUserDataIngSession::Decode(request.body);
            asked = session.mbsDisSessInfos.begin()->second;
            auto& info = session.mbsDisSessInfos.begin()->second;
            info.mbsSessionId.emplace();
            info.mbsSessionId->tmgi = SESSION;
            info.pckDistrInfo->ingEndpointAddrs.mbStfListenAddr =
                sbi::TunnelAddress{net.Address(1), 30000};
            if (spoil != nullptr)
            {
                spoil(info);
            }
            if (renamed)
            {
                auto node = session.mbsDisSessInfos.extract(session.mbsDisSessInfos.begin());
                node.key() = "other";
                session.mbsDisSessInfos.insert(std::move(node));
            }
            return JsonResponse(201, session.Encode(), sbi::path::IngestSession("2"));
        });
        mbstf = Socket::CreateSocket(net.At(1), UdpSocketFactory::GetTypeId());
        mbstf->Bind(InetSocketAddress(Ipv4Address::GetAny(), 30000));
        mbstf->SetRecvCallback(MakeCallback(&LoneAf::Received, this));
    }

    void RtpSent(uint64_t /* index */, ByteView rtp)
    {
        sent.push_back(rtp.ToBytes());
    }

    void Established(const Tmgi& tmgi)
    {
        established += tmgi == SESSION ? 1 : 100;
    }

    void Released(const Tmgi& tmgi)
    {
        released += tmgi == SESSION ? 1 : 100;
    }

    void Received(Ptr<Socket> socket)
    {
        while (const Ptr<Packet> packet = socket->Recv())
        {
            Bytes octets(packet->GetSize());
            packet->CopyData(octets.data(), static_cast<uint32_t>(octets.size()));
            received.push_back(octets);
        }
    }

    Ptr<Socket> mbstf;                       //!< the MBSTF's end
    Spoil spoil{nullptr};                    //!< what is wrong with the MBSF's answer
    bool renamed{false};                     //!< the answer is about another session
    nmbsf::MbsDistributionSessionInfo asked; //!< what the AF wanted
    uint32_t established{0};                 //!< trace source
    uint32_t released{0};                    //!< trace source
    std::vector<Bytes> sent;                 //!< trace source RtpSent
    std::vector<Bytes> received;             //!< by the MBSTF
};

void
SendsWhenEstablished(Check& check)
{
    LoneAf lone;
    lone.function->SetTmgi(SESSION);
    lone.function->SetRestricted(true);
    // Ten packets a second.
    const auto plan = std::make_shared<TrafficPlan>(TrafficPlan::ConstantRate(8000, 100));
    lone.function->SetTraffic(plan);
    check.Expect(!lone.function->IsEstablished(), "not before");
    lone.Start(Seconds(5));
    check.Expect(lone.function->IsEstablished() && lone.established == 1, "established once");
    check.Expect(lone.asked.restrictedFlag && lone.asked.mbsSessionId &&
                     lone.asked.mbsSessionId->tmgi == SESSION &&
                     lone.asked.maxContBitRate.bps == 8000,
                 "it asked for what it was told to");
    TwoNodes::RunUntil(10);
    check.Expect(lone.sent.size() >= 49 && lone.sent.size() <= 50,
                 std::to_string(lone.sent.size()) + " packets until it stopped");
    check.Expect(lone.received == lone.sent, "the MBSTF gets the octets");
    for (std::size_t i = 0; i < lone.sent.size(); ++i)
    {
        check.Expect(lone.sent[i] == plan->PacketAt(i), "which are those of the plan");
    }
    check.Equal(lone.dropped.size(), 0u, "nothing was dropped");
}

void
ChangesItsSession(Check& check)
{
    LoneAf lone;
    lone.function->SetTmgi(SESSION);
    lone.function->SetTraffic(std::make_shared<TrafficPlan>(TrafficPlan::ConstantRate(8000, 100)));
    std::vector<nmbsf::MbsDistributionSessionInfo> changes;
    const auto take = [&changes](const SbiRequest& request) {
        const auto patch = nmbsf::MbsUserDataIngSessionPatch::Decode(request.body);
        changes.push_back(patch ? patch->mbsDisSessInfos.begin()->second
                                : nmbsf::MbsDistributionSessionInfo());
        return NoContent();
    };
    lone.On("PATCH", sbi::path::INGEST_SESSION, take);
    lone.function->UpdateQos(9);
    check.Equal(lone.LastDrop(),
                "Nmbsf_MBSUserDataIngestSession_Update: there is no session",
                "nothing can be changed before the set-up");
    lone.Start();
    lone.function->Activate();
    LoneAf::Run(5);
    check.Equal(changes.size(), 0u, "it is active");
    lone.function->Deactivate();
    const std::size_t before = lone.sent.size();
    lone.function->Deactivate();
    LoneAf::Run(5);
    check.Equal(lone.sent.size(), before, "an inactive session sends nothing");
    check.Expect(changes.size() == 1 &&
                     changes[0].mbsDistSessState == nmbstf::DistSessionState::INACTIVE,
                 "the MBSF is told once");
    lone.function->Activate();
    LoneAf::Run(1);
    check.Expect(changes.size() == 2 &&
                     changes[1].mbsDistSessState == nmbstf::DistSessionState::ACTIVE,
                 "and when it is active again");
    check.Expect(lone.sent.size() >= before + 9 && lone.sent.size() <= before + 11,
                 "the stream goes on where it stopped");
    lone.function->UpdateQos(7);
    lone.function->UpdateServiceArea({{}, {Tai{PlmnId(), 0}}});
    LoneAf::Run(1);
    check.Expect(changes.size() == 4 && changes[2].mbsServInfo &&
                     changes[2].mbsServInfo->mbsMediaComps.at("1").mbsQosReq->fiveQi == 7 &&
                     changes[3].tgtServAreas && changes[3].tgtServAreas->taiList.size() == 1,
                 "QoS and area are asked for");
    lone.On("PATCH", sbi::path::INGEST_SESSION, Problem(504, "UPSTREAM_SERVER_ERROR", ""));
    lone.function->UpdateQos(8);
    LoneAf::Run(1);
    check.Equal(lone.LastDrop(),
                "Nmbsf_MBSUserDataIngestSession_Update: the MBSF answered status 504",
                "a refusal is counted");
}

void
NothingToSend(Check& check)
{
    LoneAf lone;
    lone.Start();
    check.Expect(lone.function->IsEstablished(), "established");
    check.Expect(!lone.asked.mbsSessionId, "under a name that it leaves to the MBSF");
    LoneAf::Run(10);
    check.Equal(lone.received.size(), 0u, "nothing is sent");
}

void
SendsNothingBeforeItMay(Check& check)
{
    LoneAf lone;
    lone.function->SetAttribute("TrafficStart", TimeValue(Seconds(10)));
    lone.function->SetTraffic(std::make_shared<TrafficPlan>(TrafficPlan::ConstantRate(8000, 100)));
    lone.On("PATCH", sbi::path::INGEST_SESSION, NoContent());
    lone.Start();
    check.Expect(lone.function->IsEstablished() && Simulator::Now() < Seconds(5), "set up early");
    lone.function->Deactivate();
    LoneAf::Run(1);
    lone.function->Activate();
    TwoNodes::RunUntil(9.999);
    check.Expect(lone.sent.empty(), "nothing, deactivated in between or not");
    TwoNodes::RunUntil(10.95);
    check.Equal(lone.sent.size(), 10U, "packets since TrafficStart");
}

void
MbsfFails(Check& check)
{
    for (const char* path : {sbi::path::MBS_USER_SERVICES, sbi::path::INGEST_SESSIONS})
    {
        for (const SbiResponse& answer : {Problem(503, "NF_CONGESTION", ""),
                                          JsonResponse(200, "{}"),
                                          JsonResponse(201, "rubbish", "/elsewhere")})
        {
            LoneAf lone;
            lone.On("POST", path, answer);
            lone.Start();
            check.Equal(lone.dropped.size(), 1u, std::string(path) + ": counted");
            check.Expect(!lone.function->IsEstablished(), std::string(path) + ": not established");
        }
    }
}

void
UselessAnswers(Check& check)
{
    static const std::pair<const char*, LoneAf::Spoil> CASES[] = {
        {"no packet method",
         [](nmbsf::MbsDistributionSessionInfo& info) { info.pckDistrInfo.reset(); }},
        {"no ingest address",
         [](nmbsf::MbsDistributionSessionInfo& info) {
             info.pckDistrInfo->ingEndpointAddrs.mbStfListenAddr.reset();
         }},
        {"no name of the session",
         [](nmbsf::MbsDistributionSessionInfo& info) { info.mbsSessionId.reset(); }},
        {"another session", nullptr}};
    for (const auto& [name, spoil] : CASES)
    {
        LoneAf lone;
        lone.spoil = spoil;
        lone.renamed = spoil == nullptr;
        lone.function->SetTraffic(
            std::make_shared<TrafficPlan>(TrafficPlan::ConstantRate(8000, 100)));
        lone.Start();
        check.Equal(lone.dropped.size(), 1u, std::string(name) + ": counted");
        check.Expect(!lone.function->IsEstablished() && lone.sent.empty(),
                     std::string(name) + ": nothing is sent");
    }
}

void
Releases(Check& check)
{
    /** What the MBSF answers to both, and what comes of it. */
    struct Sample
    {
        int status;       //!< 204 or a refusal
        uint32_t ended;   //!< sessions whose end is traced
        uint32_t dropped; //!< refusals
    };

    const std::vector<std::string> both{sbi::path::IngestSession("2"),
                                        sbi::path::MbsUserService("1")};
    for (const Sample& sample : {Sample{204, 1, 0}, {404, 1, 2}, {503, 0, 1}})
    {
        const std::string name = std::to_string(sample.status) + ": ";
        LoneAf lone;
        lone.function->SetTraffic(
            std::make_shared<TrafficPlan>(TrafficPlan::ConstantRate(8000, 100)));
        std::vector<std::string> deleted;
        const auto gone = [&](const SbiRequest& request) {
            deleted.push_back(request.path);
            return sample.status == 204 ? NoContent() : Problem(sample.status, "", "");
        };
        lone.On("DELETE", sbi::path::INGEST_SESSION, gone);
        lone.On("DELETE", sbi::path::MBS_USER_SERVICE, gone);
        lone.Start();
        check.Equal(deleted.size(), 0u, name + "nobody has asked for the end");
        lone.function->Release();
        lone.function->Release();
        const std::size_t sent = lone.sent.size();
        LoneAf::Run(5);
        check.Expect(sample.ended == 1 ? deleted == both
                                       : deleted == std::vector<std::string>{both.front()},
                     name + "the session, then the service, once each");
        check.Expect(sent > 0 && lone.sent.size() == sent, name + "nothing is sent any more");
        check.Expect(lone.function->IsEstablished(), name + "it had been set up");
        check.Equal(lone.released, sample.ended, name + "the end is traced");
        check.Equal(lone.dropped.size(), sample.dropped, name + "refusals are counted");
        lone.function->Release();
        LoneAf::Run(5);
        check.Equal(deleted.size(), 2u, name + "what was ended is not ended again, else it is");
    }

    LoneAf early;
    std::vector<std::string> deleted;
    const auto gone = [&](const SbiRequest& request) {
        deleted.push_back(request.path);
        return NoContent();
    };
    early.On("DELETE", sbi::path::INGEST_SESSION, gone);
    early.On("DELETE", sbi::path::MBS_USER_SERVICE, gone);
    early.function->SetTraffic(std::make_shared<TrafficPlan>(TrafficPlan::ConstantRate(8000, 100)));
    early.function->Release();
    early.Start();
    LoneAf::Run(5);
    check.Expect(deleted == both && early.sent.empty(), "one not yet set up is ended when it is");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of an AF alone */
void
AddAfTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("an AF ") + name, body));
    };
    add("sends its plan byte for byte once the session is set up", SendsWhenEstablished);
    add("without a plan sends nothing", NothingToSend);
    add("sends nothing before TrafficStart", SendsNothingBeforeItMay);
    add("ends the session, then the service, and sends no more", Releases);
    add("counts what the MBSF refuses and sends nothing", MbsfFails);
    add("has its session deactivated, activated and changed", ChangesItsSession);
    add("sends nothing when the answer lacks what it needs", UselessAnswers);
}

} // namespace ns3::mbs

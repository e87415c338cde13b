// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"
#include "mbs-transport-topology.h"

#include "ns3/mbs-mbsf-client.h"
#include "ns3/mbs-mbssf.h"
#include "ns3/mbs-node-keys.h"

#include "ns3/boolean.h"
#include "ns3/error-model.h"
#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-header.h"
#include "ns3/point-to-point-net-device.h"
#include "ns3/pointer.h"
#include "ns3/ppp-header.h"
#include "ns3/string.h"
#include "ns3/udp-header.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

namespace km = keymanagement;

/** The user service of all tests. */
constexpr const char* SERVICE = "stream.example";

/** Where MIKEY messages go. */
constexpr uint16_t MIKEY_PORT = 2269;

/** Loses the MIKEY messages that a test names. */
class MikeyLoss : public ErrorModel
{
  public:
    /** @return the TypeId */
    static TypeId GetTypeId()
    {
        static TypeId tid =
            TypeId("ns3::mbs::test::MikeyLoss").SetParent<ErrorModel>().AddConstructor<MikeyLoss>();
        return tid;
    }

    std::vector<uint32_t> lost; //!< which of the messages, the first being 0
    bool all{false};            //!< every one
    uint32_t seen{0};           //!< so far

  private:
    bool DoCorrupt(Ptr<Packet> packet) override
    {
        const Ptr<Packet> copy = packet->Copy();
        PppHeader ppp;
        Ipv4Header ip;
        copy->RemoveHeader(ppp);
        copy->RemoveHeader(ip);
        if (ip.GetProtocol() != 17)
        {
            return false;
        }
        UdpHeader udp;
        copy->RemoveHeader(udp);
        if (udp.GetDestinationPort() != MIKEY_PORT)
        {
            return false;
        }
        const uint32_t index = seen++;
        return all || std::find(lost.begin(), lost.end(), index) != lost.end();
    }

    void DoReset() override
    {
    }
};

/** @param n any @return keys that differ from those of other n */
MbsUserKeys
KeysOf(uint32_t n)
{
    MbsUserKeys keys;
    keys.mrk.Data()[0] = static_cast<uint8_t>(n);
    keys.mrk.Data()[1] = static_cast<uint8_t>(n >> 8);
    keys.muk.Data()[31] = static_cast<uint8_t>(n);
    keys.muk.Data()[30] = static_cast<uint8_t>(n >> 8);
    return keys;
}

/** @param n number of a UE @return its B-TID */
std::string
IdOf(uint32_t n)
{
    return "ue" + std::to_string(n) + "@bsf.example";
}

/** An MSK that a UE installed. */
struct Installed
{
    Time at;                 //!< when
    uint32_t ue;             //!< which UE
    MikeyMskMessage message; //!< what it got
};

/** An MBSSF with a link to each of some UEs. */
struct KeyScene
{
    /**
     * @param count how many UEs
     * @param attributes of the MBSSF and the clients, such as {"ns3::mbs::Mbssf::Verification", ..}
     */
    explicit KeyScene(uint32_t count = 1,
                      const std::vector<std::pair<std::string, std::string>>& attributes = {})
        : tmgi(1, *PlmnId::From("001", "01")),
          domain(tmgi.Plmn()),
          mbssf(CreateObject<Mbssf>())
    {
        server.Create(1);
        ues.Create(count);
        InternetStackHelper stack;
        stack.SetIpv6StackInstall(false);
        stack.Install(server);
        stack.Install(ues);
        PointToPointHelper link;
        link.SetDeviceAttribute("DataRate", StringValue("1Gbps"));
        link.SetChannelAttribute("Delay", StringValue("5ms"));
        Ipv4AddressHelper addresses("10.0.0.0", "255.255.255.252");
        for (uint32_t i = 0; i < count; ++i)
        {
            const NetDeviceContainer devices = link.Install(server.Get(0), ues.Get(i));
            const Ptr<MikeyLoss> loss = CreateObject<MikeyLoss>();
            devices.Get(1)->SetAttribute("ReceiveErrorModel", PointerValue(loss));
            losses.push_back(loss);
            const Ipv4InterfaceContainer interfaces = addresses.Assign(devices);
            addresses.NewNetwork();
            serverAddresses.push_back(interfaces.GetAddress(0));
            ueAddresses.push_back(interfaces.GetAddress(1));

            const Ptr<MbsfClient> client = CreateObject<MbsfClient>();
            client->SetNumber(i);
            client->SetMbssf(interfaces.GetAddress(0), mbssf->GetHttpPort());
            client->SetCredentials(IdOf(i), KeysOf(i));
            client->AddService({SERVICE, tmgi, domain, 1});
            client->SetInstallMsk([this, i](const Tmgi&, const MikeyMskMessage& msk) {
                installed.push_back({Simulator::Now(), i, msk});
                return true;
            });
            client->TraceConnectWithoutContext("RegistrationFailed",
                                               MakeCallback(&KeyScene::Failed, this));
            client->TraceConnectWithoutContext("MskMessageRefused",
                                               MakeCallback(&KeyScene::Refused, this));
            client->TraceConnectWithoutContext("MskRequested",
                                               MakeCallback(&KeyScene::Requested, this));
            client->TraceConnectWithoutContext("Dropped", MakeCallback(&KeyScene::Dropped, this));
            ues.Get(i)->AddApplication(client);
            clients.push_back(client);
        }
        // A user of its own for each UE, who may use the service.
        for (uint32_t i = 0; i < count; ++i)
        {
            mbssf->AddUser({IdOf(i), KeysOf(i), {SERVICE}});
        }
        mbssf->AddService(SERVICE, tmgi);
        mbssf->TraceConnectWithoutContext("MskMessageSent", MakeCallback(&KeyScene::Sent, this));
        mbssf->TraceConnectWithoutContext("MskVerified", MakeCallback(&KeyScene::Verified, this));
        mbssf->TraceConnectWithoutContext("MskGivenUp", MakeCallback(&KeyScene::GivenUp, this));
        mbssf->TraceConnectWithoutContext("Dropped", MakeCallback(&KeyScene::Dropped, this));
        server.Get(0)->AddApplication(mbssf);
        Set(attributes);
        keys = NodeKeys::Install(server.Get(0));
        int64_t stream = mbssf->AssignStreams(1) + 1;
        for (const auto& client : clients)
        {
            stream += client->AssignStreams(stream);
        }
    }

    ~KeyScene()
    {
        Simulator::Destroy();
    }

    KeyScene(const KeyScene&) = delete;
    KeyScene& operator=(const KeyScene&) = delete;

    /** @param attributes of the MBSSF or the clients, by their short names */
    void Set(const std::vector<std::pair<std::string, std::string>>& attributes)
    {
        for (const auto& [name, value] : attributes)
        {
            if (!mbssf->SetAttributeFailSafe(name, StringValue(value)))
            {
                for (const auto& client : clients)
                {
                    client->SetAttribute(name, StringValue(value));
                }
            }
        }
    }

    /** @param number Key Number part @param mtk MTK ID of the newest MTK, 0 for none */
    void NewMsk(uint16_t number, uint16_t mtk = 0)
    {
        KeySet set;
        set.keyDomainId = domain;
        set.mskId = MskId(1, number);
        set.msk.emplace();
        set.msk->Data()[0] = static_cast<uint8_t>(number);
        if (mtk != 0)
        {
            set.mtk = Mtk{MtkId(mtk), Key128()};
        }
        keys->Put(tmgi, set);
    }

    /** @brief Has all UEs register at 100 ms. */
    void RegisterAll()
    {
        for (const auto& client : clients)
        {
            At(MilliSeconds(100), [client, this] { client->Register(tmgi); });
        }
    }

    /** @param seconds until when to run, from the beginning */
    static void RunUntil(double seconds)
    {
        TwoNodes::RunUntil(seconds);
    }

    /**
     * @brief Has octets sent to a UE's MIKEY port from the MBSSF's node.
     * @param octets what
     */
    void SendToUe(const Bytes& octets)
    {
        const Ptr<Socket> socket =
            Socket::CreateSocket(server.Get(0), UdpSocketFactory::GetTypeId());
        socket->Bind();
        socket->SendTo(Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size())),
                       0,
                       InetSocketAddress(ueAddresses[0], MIKEY_PORT));
    }

    /** @param counter T @param number Key Number part @return an MSK message for UE 0 */
    MikeyMskMessage Message(uint32_t counter, uint16_t number) const
    {
        MikeyMskMessage message;
        message.keyDomainId = domain;
        message.mskId = MskId(1, number);
        message.counter = counter;
        message.csbId = 1;
        message.rand = Bytes(16, 7);
        message.initiator = {MikeyIdentity::Type::URI, "mbssf"};
        message.responder = {MikeyIdentity::Type::NAI, IdOf(0)};
        message.sessions = {{0, 0, 0}};
        message.policy = MikeySrtpPolicy{};
        message.msk.emplace();
        message.seqHigh = MtkId(UINT16_MAX);
        return message;
    }

    void Failed(uint32_t, const Tmgi&, const std::string& why)
    {
        failures.push_back(why);
    }

    void Refused(uint32_t, const MskId&, const std::string& why)
    {
        refusals.push_back(why);
    }

    void Requested(uint32_t, const Tmgi&, const MskId&)
    {
        requests.push_back(Simulator::Now());
    }

    void Dropped(const std::string& what, const std::string& why)
    {
        drops.push_back(what + ": " + why);
    }

    void Sent(const std::string&, const MskId& mskId, uint32_t, bool repetition)
    {
        sent.push_back(Simulator::Now());
        solicitations += mskId.Number() == MskId::CURRENT ? 1 : 0;
        repetitions += repetition ? 1 : 0;
    }

    void Verified(const std::string&, const Tmgi&, const MskId&)
    {
        ++verified;
    }

    void GivenUp(const std::string&, const Tmgi&, const MskId&)
    {
        givenUp.push_back(Simulator::Now());
    }

    Tmgi tmgi;                                //!< the session
    KeyDomainId domain;                       //!< its key domain
    NodeContainer server;                     //!< node of the MBSSF
    NodeContainer ues;                        //!< nodes of the UEs
    Ptr<Mbssf> mbssf;                         //!< under test
    Ptr<NodeKeys> keys;                       //!< of its node
    std::vector<Ptr<MbsfClient>> clients;     //!< under test, by UE
    std::vector<Ptr<MikeyLoss>> losses;       //!< on the way to each UE
    std::vector<Ipv4Address> serverAddresses; //!< by UE
    std::vector<Ipv4Address> ueAddresses;     //!< by UE

    std::vector<Installed> installed;  //!< MSKs at UEs
    std::vector<std::string> failures; //!< registrations that failed
    std::vector<std::string> refusals; //!< MIKEY messages that UEs refused
    std::vector<std::string> drops;    //!< what else was wrong
    std::vector<Time> requests;        //!< when UEs requested MSKs
    std::vector<Time> sent;            //!< when MSK messages were sent
    uint32_t solicitations{0};         //!< of them without key
    uint32_t repetitions{0};           //!< of them for want of a verification
    uint32_t verified{0};              //!< verifications that were right
    std::vector<Time> givenUp;         //!< deliveries that were given up
};

/** @param check where to report */
void
Registration(Check& check)
{
    KeyScene scene;
    scene.NewMsk(1, 5);
    scene.RegisterAll();
    At(Seconds(2), [&scene] { scene.NewMsk(2); });
    KeyScene::RunUntil(3);
    check.Expect(scene.clients[0]->IsRegistered(scene.tmgi), "the UE is registered");
    check.Equal(scene.mbssf->CountRegistered(SERVICE), 1u, "and the MBSSF knows");
    check.Equal(scene.installed.size(), 2u, "it got the MSK there was and the one that came");
    const MikeyMskMessage& first = scene.installed.at(0).message;
    check.Expect(first.mskId == MskId(1, 1), "MSK ID");
    check.Equal(first.seqLow.Number(), 4, "SEQl lets the current MTK in and nothing older");
    check.Equal(first.seqHigh.Number(), 65535, "SEQu");
    check.Equal(scene.installed.at(1).message.seqLow.Number(), 0, "no MTK yet: all are to come");
    check.Expect(scene.installed.at(1).message.msk->View()[0] == 2, "the key itself");
    check.Equal(first.initiator.text, scene.mbssf->GetFqdn(), "IDi");
    check.Equal(first.responder.text, IdOf(0), "IDr");
    const MskBundle bundle = MskBundle::Derive(*first.msk, scene.domain, first.mskId);
    check.Expect(first.csbId == bundle.csbId && SameBytes(first.rand, bundle.rand),
                 "CSB ID and RAND are those of the MTK messages to come");
    check.Equal(scene.verified, 2u, "both were verified");
    check.Equal(scene.repetitions, 0u, "so that none was repeated");
    // The push takes a link, and on the UE's side nothing but its own service time.
    check.Expect(scene.installed.at(1).at > scene.sent.at(1) + MilliSeconds(5) &&
                     scene.installed.at(1).at < scene.sent.at(1) + MilliSeconds(6),
                 "a push takes the way to the UE and its service time");
    check.Equal(scene.drops.size() + scene.refusals.size(), 0u, "nothing was wrong");
}

/** @param check where to report */
void
Authentication(Check& check)
{
    const auto fails = [&check](KeyScene& scene, const std::string& why, const std::string& drop) {
        scene.NewMsk(1);
        scene.RegisterAll();
        KeyScene::RunUntil(2);
        check.Equal(scene.failures.size(), 1u, why + ": the registration fails");
        check.Equal(scene.failures.empty() ? "" : scene.failures[0], why, "and the UE is told");
        check.Equal(scene.installed.size(), 0u, "no key is given out");
        check.Expect(!scene.clients[0]->IsRegistered(scene.tmgi), "it is not registered");
        check.Equal(scene.drops.empty() ? "" : scene.drops[0], drop, "what the MBSSF counts");
    };
    {
        KeyScene scene;
        scene.clients[0]->SetCredentials(IdOf(0), KeysOf(9));
        fails(scene, "status 401", "MBMS registration: wrong digest");
    }
    {
        KeyScene scene;
        scene.clients[0]->SetCredentials("stranger", KeysOf(0));
        fails(scene, "status 401", "MBMS registration: unknown user");
    }
    {
        KeyScene scene;
        scene.mbssf->AddUser({IdOf(0), KeysOf(0), {"another"}});
        fails(scene, "status 403 for the service", "");
    }
    {
        KeyScene scene;
        scene.clients[0]->AddService({"no such", scene.tmgi, scene.domain, 1});
        fails(scene, "status 404 for the service", "");
    }
    {
        // The right MRK, but another MUK: registered, and every MSK refused.
        KeyScene scene;
        MbsUserKeys keys = KeysOf(0);
        keys.muk.Data()[0] = 1;
        scene.clients[0]->SetCredentials(IdOf(0), keys);
        scene.NewMsk(1);
        scene.RegisterAll();
        KeyScene::RunUntil(10);
        check.Expect(scene.clients[0]->IsRegistered(scene.tmgi), "MRK is enough to register");
        check.Equal(scene.installed.size(), 0u, "but not to read an MSK");
        check.Equal(scene.refusals.size(), 5u, "sent once and repeated four times");
        check.Equal(scene.refusals.at(0), ToString(MikeyError::AUTH_FAILED), "why");
        check.Equal(scene.givenUp.size(), 1u, "then given up");
    }
}

/** @param check where to report */
void
StaleNonce(Check& check)
{
    KeyScene scene(1, {{"NonceLifetime", "1s"}});
    scene.NewMsk(1);
    scene.RegisterAll();
    At(Seconds(5), [&scene] { scene.clients[0]->RequestMsk(scene.tmgi, MskId(1, 1)); });
    KeyScene::RunUntil(8);
    check.Equal(scene.installed.size(), 2u, "the request is repeated with a new nonce and served");
    check.Equal(scene.drops.size(), 0u, "which is nothing wrong");
}

/** @param check where to report */
void
Verification(Check& check)
{
    {
        KeyScene scene;
        scene.losses[0]->lost = {0, 1};
        scene.NewMsk(1);
        scene.RegisterAll();
        KeyScene::RunUntil(10);
        check.Equal(scene.sent.size(), 3u, "sent until it is verified");
        check.Equal(scene.repetitions, 2u, "of which two are repetitions");
        check.Expect(scene.sent.at(2) - scene.sent.at(1) >= Seconds(1) &&
                         scene.sent.at(2) - scene.sent.at(1) < Seconds(1) + MilliSeconds(1),
                     "one VerificationTimeout apart, and the service time");
        check.Equal(scene.installed.size(), 1u, "installed");
        check.Equal(scene.installed.at(0).message.counter, 3u, "each has a counter of its own");
        check.Equal(scene.verified, 1u, "verified");
    }
    {
        KeyScene scene(1, {{"MaxRepetitions", "2"}, {"VerificationTimeout", "500ms"}});
        scene.losses[0]->all = true;
        scene.NewMsk(1);
        scene.RegisterAll();
        KeyScene::RunUntil(10);
        check.Equal(scene.sent.size(), 3u, "once and two repetitions");
        check.Equal(scene.givenUp.size(), 1u, "then it is given up");
        check.Expect(scene.givenUp.at(0) == scene.sent.at(2) + MilliSeconds(500),
                     "one VerificationTimeout after the last");
        // What the UE then finds missing it asks for.
        scene.losses[0]->all = false;
        scene.clients[0]->RequestMsk(scene.tmgi, MskId(1, 1));
        KeyScene::RunUntil(12);
        check.Equal(scene.installed.size(), 1u, "and gets");
    }
    {
        KeyScene scene(1, {{"Verification", "false"}});
        scene.losses[0]->lost = {0};
        scene.NewMsk(1);
        scene.RegisterAll();
        KeyScene::RunUntil(5);
        check.Equal(scene.sent.size(), 1u, "without V nothing is repeated");
        check.Equal(scene.installed.size(), 0u, "so that a lost MSK is missing");
        scene.clients[0]->RequestMsk(scene.tmgi, MskId(1, 1));
        scene.clients[0]->RequestMsk(scene.tmgi, MskId(1, 1));
        KeyScene::RunUntil(8);
        check.Equal(scene.requests.size(), 1u, "two packets under it make one request");
        check.Equal(scene.installed.size(), 1u, "the UE gets it");
        check.Equal(scene.verified, 0u, "and verifies nothing");
    }
}

/** @param check where to report */
void
SolicitedPull(Check& check)
{
    KeyScene scene(1, {{"MskDelivery", "solicited-pull"}});
    scene.NewMsk(1);
    scene.RegisterAll();
    At(Seconds(2), [&scene] { scene.NewMsk(2); });
    KeyScene::RunUntil(5);
    check.Equal(scene.solicitations, 1u, "the UE is told once");
    check.Equal(scene.requests.size(), 1u, "it requests");
    check.Equal(scene.installed.size(), 2u, "it has the MSK of its registration and the new one");
    check.Expect(scene.installed.at(1).message.mskId == MskId(1, 2), "which is the current one");
}

/** @param check where to report */
void
BackOff(Check& check)
{
    constexpr uint32_t UES = 100;
    KeyScene scene(
        UES,
        {{"MskDelivery", "solicited-pull"}, {"OffsetTime", "2s"}, {"RandomTimePeriod", "10s"}});
    scene.NewMsk(1);
    scene.RegisterAll();
    At(Seconds(5), [&scene] { scene.NewMsk(2); });
    KeyScene::RunUntil(25);
    check.Equal(scene.requests.size(), UES, "every UE requests once");
    check.Equal(scene.installed.size(), 2 * UES, "and has both MSKs");
    const auto [first, last] = std::minmax_element(scene.requests.begin(), scene.requests.end());
    check.Expect(*first >= Seconds(7), "none before offsetTime");
    check.Expect(*last < Seconds(17) + MilliSeconds(20), "none after randomTimePeriod");
    double sum = 0;
    uint32_t busiest = 0;
    for (const Time& at : scene.requests)
    {
        sum += at.GetSeconds();
        const auto near =
            std::count_if(scene.requests.begin(), scene.requests.end(), [&at](const Time& other) {
                return other >= at && other < at + Seconds(1);
            });
        busiest = std::max(busiest, static_cast<uint32_t>(near));
    }
    // A uniform distribution over 10 s: mean 12 s, its standard error 10 / sqrt(12 * 100) = 0.29 s;
    // a second holds 10 on average with a standard deviation of 3.
    check.Expect(sum / UES > 12 - 4 * 0.29 && sum / UES < 12 + 4 * 0.29, "uniform in the mean");
    check.Expect(busiest < 10 + 5 * 3, "no second sees a storm");
}

/** @param check where to report */
void
Forgeries(Check& check)
{
    KeyScene scene(1, {{"Verification", "false"}});
    scene.NewMsk(1);
    scene.RegisterAll();
    KeyScene::RunUntil(1);
    check.Equal(scene.installed.size(), 1u, "the genuine one");
    const Key256 muk = KeysOf(0).muk;
    const auto refused = [&](const Bytes& octets, const std::string& why) {
        scene.refusals.clear();
        scene.SendToUe(octets);
        KeyScene::RunUntil(Simulator::Now().GetSeconds() + 0.1);
        check.Equal(scene.refusals.empty() ? "nothing" : scene.refusals[0], why, "refused");
    };
    const Bytes next = scene.Message(2, 2).Encode(muk.View());
    Bytes forged = next;
    forged.back() ^= 1;
    refused(forged, ToString(MikeyError::AUTH_FAILED));
    refused(scene.Message(2, 2).Encode(KeysOf(5).muk.View()), ToString(MikeyError::AUTH_FAILED));
    refused(Bytes{1, 2, 3}, ToString(DecodeError::TRUNCATED));
    MikeyMskMessage other = scene.Message(2, 2);
    other.responder.text = IdOf(1);
    refused(other.Encode(muk.View()), "it is for another user");
    other = scene.Message(2, 2);
    other.mskId = MskId(7, 1);
    refused(other.Encode(muk.View()), "it is of no service that the UE registered for");
    other = scene.Message(2, 2);
    other.seqLow = MtkId(9);
    other.seqHigh = MtkId(8);
    refused(other.Encode(muk.View()), "SEQl is above SEQu");
    other = scene.Message(3, 2);
    other.policy->profile = SrtpProfile::NULL_NULL;
    refused(other.Encode(muk.View()), "its policy is not that of the UE");

    // MSKs 4 and 3 overtake each other: the counter rule lets only the later message in.
    scene.SendToUe(scene.Message(5, 4).Encode(muk.View()));
    KeyScene::RunUntil(Simulator::Now().GetSeconds() + 0.1);
    check.Equal(scene.installed.size(), 2u, "the later one");
    refused(scene.Message(4, 3).Encode(muk.View()), "it came before");
    refused(scene.Message(5, 4).Encode(muk.View()), "it came before");
    check.Equal(scene.installed.size(), 2u, "nothing of all this was installed");
}

/** @param check where to report */
void
ForgedVerification(Check& check)
{
    KeyScene scene;
    scene.losses[0]->all = true;
    scene.NewMsk(1);
    scene.RegisterAll();
    KeyScene::RunUntil(0.5);
    const auto dropped = [&](const Bytes& octets, const std::string& why) {
        scene.drops.clear();
        const Ptr<Socket> socket =
            Socket::CreateSocket(scene.ues.Get(0), UdpSocketFactory::GetTypeId());
        socket->Bind();
        socket->SendTo(Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size())),
                       0,
                       InetSocketAddress(scene.serverAddresses[0], MIKEY_PORT));
        KeyScene::RunUntil(Simulator::Now().GetSeconds() + 0.05);
        check.Equal(scene.drops.empty() ? "nothing" : scene.drops[0],
                    "MIKEY verification message: " + why,
                    "dropped");
    };
    MikeyMskMessage sent = scene.Message(1, 1);
    Key128 msk;
    msk.Data()[0] = 1;
    const MskBundle bundle = MskBundle::Derive(msk, scene.domain, MskId(1, 1));
    sent.csbId = bundle.csbId;
    sent.rand = ByteView(bundle.rand).ToBytes();
    sent.initiator.text = scene.mbssf->GetFqdn();
    dropped({9}, ToString(DecodeError::TRUNCATED));
    dropped(MikeyVerification::Answer(sent, KeysOf(3).muk.View()),
            ToString(MikeyError::AUTH_FAILED));
    MikeyMskMessage other = sent;
    other.counter = 77;
    dropped(MikeyVerification::Answer(other, KeysOf(0).muk.View()),
            "it answers no message, or one that was answered");
    other = sent;
    other.responder.text = "stranger";
    dropped(MikeyVerification::Answer(other, KeysOf(0).muk.View()), "unknown user");
    check.Equal(scene.verified, 0u, "none of them counts");
    scene.drops.clear();
    const Ptr<Socket> socket =
        Socket::CreateSocket(scene.ues.Get(0), UdpSocketFactory::GetTypeId());
    const Bytes right = MikeyVerification::Answer(sent, KeysOf(0).muk.View());
    socket->Bind();
    socket->SendTo(Create<Packet>(right.data(), static_cast<uint32_t>(right.size())),
                   0,
                   InetSocketAddress(scene.serverAddresses[0], MIKEY_PORT));
    KeyScene::RunUntil(Simulator::Now().GetSeconds() + 0.05);
    check.Equal(scene.verified, 1u, "the right one does");
}

/** @param check where to report */
void
Deregistration(Check& check)
{
    KeyScene scene(2);
    scene.NewMsk(1);
    scene.RegisterAll();
    At(Seconds(1), [&scene] { scene.clients[0]->Deregister(scene.tmgi); });
    At(Seconds(2), [&scene] { scene.NewMsk(2); });
    KeyScene::RunUntil(3);
    check.Equal(scene.mbssf->CountRegistered(SERVICE), 1u, "one is left");
    check.Equal(scene.installed.size(), 3u, "one MSK for who left, two for who stayed");
    scene.clients[0]->RequestMsk(scene.tmgi, MskId(1, 2));
    scene.clients[0]->Deregister(scene.tmgi);
    KeyScene::RunUntil(6);
    check.Equal(scene.requests.size(), 0u, "who has left asks for nothing");
    scene.clients[0]->Register(scene.tmgi);
    KeyScene::RunUntil(8);
    check.Equal(scene.mbssf->CountRegistered(SERVICE), 2u, "it may come back");
    check.Equal(scene.installed.size(), 4u, "and gets the newest MSK");
}

/** @param check where to report */
void
MskRequests(Check& check)
{
    KeyScene scene(2);
    for (uint16_t number = 1; number <= 3; ++number)
    {
        At(MilliSeconds(number), [&scene, number] { scene.NewMsk(number); });
    }
    At(MilliSeconds(100), [&scene] { scene.clients[0]->Register(scene.tmgi); });
    KeyScene::RunUntil(1);

    // A client of its own makes requests that the UE's would not.
    const Ptr<SbiEndpoint> http = CreateObject<SbiEndpoint>();
    http->Install(scene.ues.Get(1));
    std::optional<DigestChallenge> challenge;
    uint32_t count = 0;
    const auto ask = [&](const std::string& path,
                         const std::string& type,
                         const std::string& document,
                         uint32_t user) {
        SbiResponse answer;
        for (int i = 0; i < 2; ++i)
        {
            SbiRequest request{"POST", path, type, Bytes(document.begin(), document.end()), {}};
            if (challenge)
            {
                DigestCredentials credentials;
                credentials.username = IdOf(user);
                credentials.realm = challenge->realm;
                credentials.nonce = challenge->nonce;
                credentials.uri = path;
                credentials.qop = "auth-int";
                credentials.cnonce = "c";
                credentials.nonceCount = ++count;
                credentials.response =
                    credentials.Compute(DigestPassword(KeysOf(user).mrk), "POST", request.body);
                request.authorization = credentials.Encode();
            }
            http->Send(scene.serverAddresses[1],
                       scene.mbssf->GetHttpPort(),
                       request,
                       [&answer](const SbiResponse& response) { answer = response; });
            KeyScene::RunUntil(Simulator::Now().GetSeconds() + 0.2);
            if (answer.status != 401)
            {
                break;
            }
            challenge = *DigestChallenge::Decode(answer.wwwAuthenticate);
            count = 0;
        }
        return answer;
    };
    const std::string path = km::RequestPath(km::RequestType::MSK_REQUEST);
    const KeyDomainId domain = scene.domain;
    const km::MskRequest request{{{domain, MskId(1, 3)},
                                  {domain, MskId(1, 2)},
                                  {domain, MskId(1, 1)},
                                  {domain, MskId(1, MskId::CURRENT)},
                                  {domain, MskId(9, 1)},
                                  {KeyDomainId({9, 9, 9}), MskId(1, 3)}}};
    const auto statuses = [&check](const SbiResponse& response) {
        std::string text;
        const auto list = km::MskStatusList::Decode(response.body);
        check.Expect(bool(list), "a list of statuses");
        for (const auto& entry : list->entries)
        {
            text += std::to_string(entry.status) + " ";
        }
        return text;
    };
    const uint64_t before = scene.sent.size();
    const SbiResponse granted = ask(path, km::MSK_TYPE, request.Encode(), 0);
    check.Equal(granted.status, 200, "one answer for all");
    check.Equal(statuses(granted),
                "200 200 404 200 404 404 ",
                "newest, the one before, too old, current, other group, other domain");
    check.Equal(scene.sent.size() - before, 3u, "those that are granted are sent");
    check.Equal(statuses(ask(path, km::MSK_TYPE, request.Encode(), 1)),
                "403 403 404 403 404 404 ",
                "who has not registered gets none");
    const SbiResponse otherType = ask(path, "text/plain", request.Encode(), 0);
    check.Equal(otherType.status, 415, "media type");
    check.Expect(!otherType.authenticationInfo.empty(), "which the MBSSF proves to have said");
    check.Equal(ask(path, km::MSK_TYPE, "<mbmsMSK/>", 0).status, 400, "another document");
    check.Equal(ask(km::RequestPath(km::RequestType::REGISTER), km::REGISTER_TYPE, "<a", 0).status,
                400,
                "no document");
    check.Equal(ask("/keymanagement?requesttype=all", km::MSK_TYPE, "", 0).status, 400, "type");
    const auto drops = scene.drops;
    check.Equal(drops.size(), 4u, "each of these was counted");
    http->Dispose();
}

/** @param check where to report */
void
ReleasedSession(Check& check)
{
    KeyScene scene;
    scene.losses[0]->all = true;
    scene.NewMsk(1);
    scene.RegisterAll();
    At(MilliSeconds(2500), [&scene] { scene.keys->Remove(scene.tmgi); });
    KeyScene::RunUntil(10);
    check.Equal(scene.sent.size(), 3u, "the MSK is not sent again when the session is gone");
    check.Equal(scene.givenUp.size(), 0u, "nor is it given up: nobody waits for it");
    scene.losses[0]->all = false;
    scene.clients[0]->RequestMsk(scene.tmgi, MskId(1, 1));
    KeyScene::RunUntil(13);
    check.Equal(scene.installed.size(), 0u, "the MBSSF has it no more");
    check.Equal(scene.drops.empty() ? "nothing" : scene.drops.back(),
                "MSK request response: status 404 for an MSK",
                "and says so");
}

/** @param check where to report */
void
RepeatedRequest(Check& check)
{
    KeyScene scene;
    const Ptr<SbiEndpoint> http = CreateObject<SbiEndpoint>();
    http->Install(scene.ues.Get(0));
    const std::string document = km::ServiceList{{SERVICE}}.Encode(km::RequestType::REGISTER);
    SbiRequest request{"POST",
                       km::RequestPath(km::RequestType::REGISTER),
                       km::REGISTER_TYPE,
                       Bytes(document.begin(), document.end()),
                       {}};
    const auto ask = [&] {
        SbiResponse answer;
        http->Send(scene.serverAddresses[0],
                   scene.mbssf->GetHttpPort(),
                   request,
                   [&answer](const SbiResponse& response) { answer = response; });
        KeyScene::RunUntil(Simulator::Now().GetSeconds() + 0.2);
        return answer;
    };
    const auto prove = [&request](const SbiResponse& challenged) {
        const auto challenge = DigestChallenge::Decode(challenged.wwwAuthenticate);
        DigestCredentials credentials;
        credentials.username = IdOf(0);
        credentials.realm = challenge->realm;
        credentials.nonce = challenge->nonce;
        credentials.uri = request.path;
        credentials.qop = "auth-int";
        credentials.cnonce = "c";
        credentials.nonceCount = 1;
        credentials.response =
            credentials.Compute(DigestPassword(KeysOf(0).mrk), "POST", request.body);
        request.authorization = credentials.Encode();
        return challenge->stale;
    };
    check.Expect(!prove(ask()), "the first challenge");
    check.Equal(ask().status, 200, "registered");
    // The octets once more, as after a connection that broke before the answer.
    const SbiResponse repeated = ask();
    check.Equal(repeated.status, 401, "the same proof does not count twice");
    check.Expect(prove(repeated), "but only its nonce is stale");
    check.Equal(ask().status, 200, "with another one the same UE is let in");
    http->Dispose();
}

/** @param check where to report */
void
Restarted(Check& check)
{
    // Nobody answers: the UE tries again, and then says so.
    KeyScene scene(1, {{"MaxAttempts", "2"}, {"RetryInterval", "1s"}});
    scene.mbssf->SetStartTime(Seconds(100));
    scene.RegisterAll();
    KeyScene::RunUntil(40);
    check.Equal(scene.failures.size(), 1u, "the registration fails");
    check.Equal(scene.failures.at(0), "no answer", "why");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of the MBSSF and its client */
void
AddMbssfTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("MBSSF: ") + name, body));
    };
    add("a UE registers, gets MSKs in MIKEY under its MUK and verifies them", Registration);
    add("who cannot prove who it is, or may not use the service, gets no key", Authentication);
    add("a request whose nonce has become stale is made again", StaleNonce);
    add("a lost MSK is sent again until it is verified, without V only on request", Verification);
    add("a solicited UE requests the current MSK", SolicitedPull);
    add("requests of a hundred UEs are spread by the back-off", BackOff);
    add("forged, foreign, replayed and overtaken MSK messages are refused", Forgeries);
    add("only the right verification ends the repetitions", ForgedVerification);
    add("a UE that deregistered gets no more MSKs, and may come back", Deregistration);
    add("each MSK of a request has a status of its own, bad requests get theirs", MskRequests);
    add("a UE that gets no answer tries again and then gives up", Restarted);
    add("a session that ends takes its keys and deliveries with it", ReleasedSession);
    add("a request that is repeated is challenged anew, as stale", RepeatedRequest);
}

} // namespace ns3::mbs

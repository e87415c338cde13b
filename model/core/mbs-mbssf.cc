// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-mbssf.h"

#include "mbs-node-keys.h"
#include "mbs-sbi-operations.h"

#include "ns3/mbs-enum-attribute.h"

#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/inet-socket-address.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(Mbssf);

namespace
{

namespace km = keymanagement;

/** Octets of randomness in a nonce. */
constexpr std::size_t NONCE_LENGTH = 18;

/** HTTP statuses (RFC 9110 clause 15). */
constexpr int STATUS_OK = 200;
constexpr int STATUS_BAD_REQUEST = 400;
constexpr int STATUS_UNAUTHORIZED = 401;
constexpr int STATUS_FORBIDDEN = 403;
constexpr int STATUS_NOT_FOUND = 404;
constexpr int STATUS_UNSUPPORTED_MEDIA_TYPE = 415;

/** @param status an HTTP status @return an answer without content */
SbiResponse
Plain(int status)
{
    SbiResponse response;
    response.status = status;
    return response;
}

/** @param type media type @param document an XML document @return an answer of status 200 */
SbiResponse
XmlResponse(const char* type, const std::string& document)
{
    SbiResponse response = Plain(STATUS_OK);
    response.contentType = type;
    response.body = Bytes(document.begin(), document.end());
    return response;
}

/** @param type a request type @return how requests and answers are counted */
const SbiOperation&
OperationOf(km::RequestType type)
{
    return type == km::RequestType::REGISTER     ? operations::MBS_REGISTER
           : type == km::RequestType::DEREGISTER ? operations::MBS_DEREGISTER
                                                 : operations::MBS_MSK_REQUEST;
}

/** @param type a request type @return the media type that its body must have */
const char*
BodyTypeOf(km::RequestType type)
{
    return type == km::RequestType::REGISTER     ? km::REGISTER_TYPE
           : type == km::RequestType::DEREGISTER ? km::DEREGISTER_TYPE
                                                 : km::MSK_TYPE;
}

} // namespace

TypeId
Mbssf::GetTypeId()
{
    static TypeId tid = AddProcessingAttributes(
        TypeId("ns3::mbs::Mbssf")
            .SetParent<SbiFunction>()
            .SetGroupName("Mbs")
            .AddConstructor<Mbssf>()
            .AddAttribute("HttpPort",
                          "TCP port at which UEs register and request MSKs.",
                          UintegerValue(8080),
                          MakeUintegerAccessor(&Mbssf::m_httpPort),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("MikeyPort",
                          "UDP port to which MSK messages are sent and from which they come; must "
                          "be that of the UEs.",
                          UintegerValue(2269),
                          MakeUintegerAccessor(&Mbssf::m_mikeyPort),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("Fqdn",
                          "FQDN of the MBSSF: part of NAF_Id, AF_ID and the realm, and IDi of MSK "
                          "messages.",
                          StringValue("mbssf.5gc.mnc001.mcc001.3gppnetwork.org"),
                          MakeStringAccessor(&Mbssf::m_fqdn),
                          MakeStringChecker())
            .AddAttribute("DigestAlgorithm",
                          "Hash function of HTTP digest: md5 (RFC 2617) or sha-256 (RFC 7616).",
                          StringValue("md5"),
                          MakeEnumAttributeAccessor(&Mbssf::m_digestAlgorithm),
                          MakeEnumAttributeChecker(HashFunction::MD5,
                                                   "md5",
                                                   HashFunction::SHA_256,
                                                   "sha-256"))
            .AddAttribute("NonceLifetime",
                          "How long a nonce of HTTP digest may be used.",
                          TimeValue(Minutes(5)),
                          MakeTimeAccessor(&Mbssf::m_nonceLifetime),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("MskDelivery",
                          "How a new MSK gets to registered UEs: push sends it, solicited-pull "
                          "tells them to request it.",
                          StringValue("push"),
                          MakeEnumAttributeAccessor(&Mbssf::m_delivery),
                          MakeEnumAttributeChecker(MskDelivery::PUSH,
                                                   "push",
                                                   MskDelivery::SOLICITED_PULL,
                                                   "solicited-pull"))
            .AddAttribute("Verification",
                          "Whether UEs verify each MSK (V bit), so that a lost one is sent again.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&Mbssf::m_verification),
                          MakeBooleanChecker())
            .AddAttribute("MskCompletionShare",
                          "Share of the registered UEs, 0 to 1, that must have verified a new MSK "
                          "before MBSF or MBSTF are told so; 0 does not tell them.",
                          DoubleValue(0),
                          MakeDoubleAccessor(&Mbssf::m_mskCompletionShare),
                          MakeDoubleChecker<double>(0, 1))
            .AddAttribute("VerificationTimeout",
                          "How long a verification is waited for before the MSK is sent again.",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&Mbssf::m_verificationTimeout),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("MaxRepetitions",
                          "How often an MSK is sent again for want of a verification.",
                          UintegerValue(4),
                          MakeUintegerAccessor(&Mbssf::m_maxRepetitions),
                          MakeUintegerChecker<uint32_t>(0, 1000))
            .AddAttribute("SrtpProfile",
                          "Security policy in MSK messages; must be that of MBSTF and UEs.",
                          StringValue("aes-cm"),
                          MakeEnumAttributeAccessor(&Mbssf::m_srtpProfile),
                          MakeSrtpProfileChecker())
            .AddAttribute(
                "SrtpRocMode",
                "Whether and how packets carry the roll-over counter, as the policy says; "
                "must be that of MBSTF and UEs.",
                StringValue("auto"),
                MakeEnumAttributeAccessor(&Mbssf::m_srtpRocMode),
                MakeSrtpRocChoiceChecker())
            .AddAttribute("SrtpRocRate",
                          "RFC 4771's R, as the policy says; must be that of MBSTF and UEs.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&Mbssf::m_srtpRocRate),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("Authentication",
                          "Where the users' MRK and MUK come from: gba (GBA_ME) or akma. MbsHelper "
                          "derives them accordingly.",
                          StringValue("akma"),
                          MakeEnumAttributeAccessor(&Mbssf::m_authentication),
                          MakeEnumAttributeChecker(MbssfAuthentication::GBA,
                                                   "gba",
                                                   MbssfAuthentication::AKMA,
                                                   "akma"))
            .AddTraceSource("Registered",
                            "A user registered for a user service.",
                            MakeTraceSourceAccessor(&Mbssf::m_registered),
                            "ns3::mbs::Mbssf::RegistrationCallback")
            .AddTraceSource("Deregistered",
                            "A user wants no more keys of a user service.",
                            MakeTraceSourceAccessor(&Mbssf::m_deregistered),
                            "ns3::mbs::Mbssf::RegistrationCallback")
            .AddTraceSource("MskMessageSent",
                            "A MIKEY message with an MSK, or asking to request one, was sent.",
                            MakeTraceSourceAccessor(&Mbssf::m_mskMessageSent),
                            "ns3::mbs::Mbssf::MskMessageCallback")
            .AddTraceSource("MskVerified",
                            "A user has verified an MSK.",
                            MakeTraceSourceAccessor(&Mbssf::m_mskVerified),
                            "ns3::mbs::Mbssf::MskCallback")
            .AddTraceSource("MskGivenUp",
                            "A user did not verify an MSK, however often it was sent.",
                            MakeTraceSourceAccessor(&Mbssf::m_mskGivenUp),
                            "ns3::mbs::Mbssf::MskCallback"));
    return tid;
}

Mbssf::Mbssf()
    : m_random(CreateObject<KeyGenerator>())
{
}

Mbssf::~Mbssf() = default;

void
Mbssf::DoDispose()
{
    ClearUsers();
    m_sessions.clear();
    m_socket = nullptr;
    m_random->Dispose();
    SbiFunction::DoDispose();
}

int64_t
Mbssf::AssignStreams(int64_t stream)
{
    const int64_t taken = SbiFunction::AssignStreams(stream);
    return taken + m_random->AssignStreams(stream + taken);
}

void
Mbssf::AddUser(const MbssfUser& user)
{
    const auto it = m_users.find(user.id);
    if (it != m_users.end())
    {
        CancelDeliveries(it->second);
        m_users.erase(it);
    }
    m_users[user.id].known = user;
}

void
Mbssf::ClearUsers()
{
    for (auto& [id, user] : m_users)
    {
        CancelDeliveries(user);
    }
    m_users.clear();
}

void
Mbssf::AddService(const std::string& serviceId, const Tmgi& tmgi)
{
    m_sessions[tmgi].serviceId = serviceId;
}

uint16_t
Mbssf::GetHttpPort() const
{
    return m_httpPort;
}

const std::string&
Mbssf::GetFqdn() const
{
    return m_fqdn;
}

std::size_t
Mbssf::CountRegistered(const std::string& serviceId) const
{
    std::size_t count = 0;
    for (const auto& [id, user] : m_users)
    {
        count += user.registered.count(serviceId);
    }
    return count;
}

void
Mbssf::StartApplication()
{
    // The MBSF or MBSTF on this node has the default port.
    GetSbi()->SetAttribute("Port", UintegerValue(m_httpPort));
    SbiFunction::StartApplication();
    if (!m_authenticator)
    {
        MakeAuthenticator();
        NodeKeys::Install(GetNode())->Listen(
            [this](const Tmgi& tmgi, const KeySet& keys) { KeysChanged(tmgi, keys); },
            [this](const Tmgi& tmgi) { KeysRemoved(tmgi); });
    }
    OpenSocket();
}

void
Mbssf::StopApplication()
{
    SbiFunction::StopApplication();
    for (auto& [id, user] : m_users)
    {
        CancelDeliveries(user);
    }
    if (m_socket)
    {
        m_socket->Close();
        m_socket = nullptr;
    }
}

void
Mbssf::OfferServices()
{
    Serve("POST",
          km::PATH,
          operations::MBS_KEY_MANAGEMENT,
          [this](const SbiRequest& request, const std::string&, const Responder& respond) {
              HandleRequest(request, respond);
          });
}

SbiResponse
Mbssf::Unauthorized(bool stale)
{
    SbiResponse response = Plain(STATUS_UNAUTHORIZED);
    response.wwwAuthenticate =
        m_authenticator->Challenge(m_random->Octets(NONCE_LENGTH), stale, Simulator::Now());
    return response;
}

void
Mbssf::HandleRequest(const SbiRequest& request, const Responder& respond)
{
    const auto type = km::RequestTypeOf(request.path);
    if (!type)
    {
        Drop("key management request", "its query has no known requesttype");
        respond(Plain(STATUS_BAD_REQUEST));
        return;
    }
    const auto answer = [&](SbiResponse response) {
        response.operation = OperationOf(*type);
        respond(response);
    };
    const auto passwordOf = [this](const std::string& id) -> std::optional<Bytes> {
        const auto it = m_users.find(id);
        return it == m_users.end()
                   ? std::nullopt
                   : std::optional<Bytes>(DigestPassword(it->second.known.keys.mrk));
    };
    using Verdict = DigestAuthenticator::Verdict;
    const auto checked = m_authenticator->Check(request.authorization,
                                                request.method,
                                                request.path,
                                                request.body,
                                                passwordOf,
                                                Simulator::Now());
    if (checked.verdict != Verdict::ACCEPTED)
    {
        // Without credentials is how every client begins, and with a nonce that has become stale
        // how it goes on after a while; neither is wrong.
        if (checked.verdict != Verdict::NONE && checked.verdict != Verdict::STALE)
        {
            Drop(OperationOf(*type).name, ToString(checked.verdict));
        }
        // One that was replayed may have been repeated after its connection broke: with another
        // nonce an honest UE proves itself again, and nobody else can.
        answer(Unauthorized(checked.verdict == Verdict::STALE ||
                            checked.verdict == Verdict::REPLAYED));
        return;
    }
    User& user = m_users.at(checked.user);
    SbiResponse response;
    DecodeError error = DecodeError::NONE;
    if (!IsMediaType(request.contentType, BodyTypeOf(*type)))
    {
        Drop(OperationOf(*type).name, "another media type");
        response = Plain(STATUS_UNSUPPORTED_MEDIA_TYPE);
    }
    else if (*type == km::RequestType::MSK_REQUEST)
    {
        const auto body = km::MskRequest::Decode(request.body);
        error = body.Error();
        if (body)
        {
            user.address = request.peer;
            response = RequestMsks(user, *body);
        }
    }
    else
    {
        const auto body = km::ServiceList::Decode(*type, request.body);
        error = body.Error();
        if (body)
        {
            user.address = request.peer;
            response = *type == km::RequestType::REGISTER ? Register(user, *body)
                                                          : Deregister(user, *body);
        }
    }
    if (error != DecodeError::NONE)
    {
        Drop(OperationOf(*type).name, ToString(error));
        response = Plain(STATUS_BAD_REQUEST);
    }
    response.authenticationInfo =
        DigestAuthenticator::Sign(checked.credentials, *passwordOf(checked.user), response.body);
    answer(response);
}

SbiResponse
Mbssf::Register(User& user, const km::ServiceList& list)
{
    km::ServiceStatusList answer;
    for (const std::string& serviceId : list.serviceIds)
    {
        bool known = false;
        for (const auto& [tmgi, session] : m_sessions)
        {
            known = known || session.serviceId == serviceId;
        }
        if (!known)
        {
            answer.entries.push_back({serviceId, STATUS_NOT_FOUND});
            continue;
        }
        if (user.known.services.count(serviceId) == 0)
        {
            answer.entries.push_back({serviceId, STATUS_FORBIDDEN});
            continue;
        }
        answer.entries.push_back({serviceId, STATUS_OK});
        user.registered.insert(serviceId);
        m_registered(user.known.id, serviceId);
        // The UE is sent what keys there are; those to come are sent when they come.
        for (const auto& [tmgi, session] : m_sessions)
        {
            if (session.serviceId == serviceId && session.keys)
            {
                Deliver(user.known.id, tmgi, session.keys->mskId);
            }
        }
    }
    return XmlResponse(km::REGISTER_RESPONSE_TYPE, answer.Encode());
}

SbiResponse
Mbssf::Deregister(User& user, const km::ServiceList& list)
{
    km::ServiceStatusList answer;
    for (const std::string& serviceId : list.serviceIds)
    {
        const bool was = user.registered.erase(serviceId) != 0;
        answer.entries.push_back({serviceId, was ? STATUS_OK : STATUS_NOT_FOUND});
        if (!was)
        {
            continue;
        }
        for (const auto& [tmgi, session] : m_sessions)
        {
            if (session.serviceId == serviceId)
            {
                Forget(user, tmgi);
                CountUser(tmgi, user.known.id, false);
            }
        }
        m_deregistered(user.known.id, serviceId);
    }
    return XmlResponse(km::REGISTER_RESPONSE_TYPE, answer.Encode());
}

SbiResponse
Mbssf::RequestMsks(User& user, const km::MskRequest& request)
{
    km::MskStatusList answer;
    for (const km::MskName& name : request.msks)
    {
        int status = STATUS_NOT_FOUND;
        for (const auto& [tmgi, session] : m_sessions)
        {
            const KeySet* keys = FindMsk(tmgi, name.mskId);
            if (keys == nullptr || keys->keyDomainId != name.keyDomainId ||
                keys->mskId.Group() != name.mskId.Group())
            {
                continue;
            }
            // Who may not have the service's keys, or did not register for them, gets none.
            if (user.registered.count(session.serviceId) == 0)
            {
                status = STATUS_FORBIDDEN;
                continue;
            }
            status = STATUS_OK;
            Deliver(user.known.id, tmgi, keys->mskId);
            break;
        }
        answer.entries.push_back({name, status});
    }
    return XmlResponse(km::MSK_RESPONSE_TYPE, answer.Encode());
}

const KeySet*
Mbssf::FindMsk(const Tmgi& tmgi, const MskId& mskId) const
{
    const auto it = m_sessions.find(tmgi);
    if (it == m_sessions.end() || !it->second.keys)
    {
        return nullptr;
    }
    const Session& session = it->second;
    if (mskId.Number() == MskId::CURRENT || session.keys->mskId == mskId)
    {
        return &*session.keys;
    }
    return session.before && session.before->mskId == mskId ? &*session.before : nullptr;
}

bool
Mbssf::NoteKeys(const Tmgi& tmgi, const KeySet& keys)
{
    const auto it = m_sessions.find(tmgi);
    if (it == m_sessions.end())
    {
        // Not one whose keys UEs may ask for.
        return false;
    }
    Session& session = it->second;
    const bool newMsk = !session.keys || session.keys->mskId != keys.mskId;
    if (newMsk)
    {
        session.before = session.keys;
    }
    session.keys = keys;
    return newMsk;
}

void
Mbssf::KeysChanged(const Tmgi& tmgi, const KeySet& keys)
{
    if (IsDown() || !NoteKeys(tmgi, keys))
    {
        return;
    }
    Session& session = m_sessions.at(tmgi);
    BeginMskUpdate(tmgi, session);
    const MskId asked =
        m_delivery == MskDelivery::PUSH ? keys.mskId : MskId(keys.mskId.Group(), MskId::CURRENT);
    for (auto& [id, user] : m_users)
    {
        if (user.registered.count(session.serviceId) != 0)
        {
            Deliver(id, tmgi, asked);
        }
    }
}

void
Mbssf::KeysRemoved(const Tmgi& tmgi)
{
    const auto it = m_sessions.find(tmgi);
    if (it == m_sessions.end())
    {
        return;
    }
    for (auto& [id, user] : m_users)
    {
        Forget(user, tmgi);
        user.verified.erase(tmgi);
    }
    it->second.keys.reset();
    it->second.before.reset();
}

void
Mbssf::Deliver(const std::string& id, const Tmgi& tmgi, const MskId& mskId)
{
    Process([this, id, tmgi, mskId] {
        const auto user = m_users.find(id);
        const KeySet* found = FindMsk(tmgi, mskId);
        if (user == m_users.end() || found == nullptr || !m_socket ||
            user->second.registered.count(m_sessions.at(tmgi).serviceId) == 0)
        {
            // It deregistered, or the key is out of date, since this was put into the queue.
            return;
        }
        KeySet keys = *found;
        if (mskId.Number() == MskId::CURRENT)
        {
            keys.mskId = mskId;
            keys.msk.reset();
        }
        SendMsk(user->second, tmgi, keys);
    });
}

void
Mbssf::SendMsk(User& user, const Tmgi& tmgi, const KeySet& keys)
{
    MikeyMskMessage message;
    message.keyDomainId = keys.keyDomainId;
    message.mskId = keys.mskId;
    message.counter = ++user.counter;
    message.initiator = {MikeyIdentity::Type::URI, m_fqdn};
    message.responder = {MikeyIdentity::Type::NAI, user.known.id};
    const bool isKey = keys.msk.has_value();
    if (isKey)
    {
        const MskBundle bundle = MskBundle::Derive(*keys.msk, keys.keyDomainId, keys.mskId);
        message.verify = m_verification;
        message.csbId = bundle.csbId;
        message.rand = ByteView(bundle.rand).ToBytes();
        // The sender of the stream chooses its SSRC, so that 0 stands here (RFC 3830 clause 6.1.1).
        message.sessions = {{0, 0, 0}};
        message.policy =
            MikeySrtpPolicy{0,
                            m_srtpProfile,
                            MakeSrtpPolicy(m_srtpProfile, m_srtpRocMode, m_srtpRocRate).carriage};
        message.msk = keys.msk;
        // MTKs that have been replaced are of no use to the UE, and must not be played back to it.
        message.seqLow =
            keys.mtk ? MtkId(static_cast<uint16_t>(keys.mtk->id.Number() - 1)) : MtkId(0);
        message.seqHigh = MtkId(UINT16_MAX);
    }
    else
    {
        message.csbId = m_random->NewUint32();
        message.rand = m_random->Octets(MskBundle::RAND_SIZE);
    }
    const Bytes octets = message.Encode(user.known.keys.muk.View());
    bool repetition = false;
    if (message.verify)
    {
        Delivery& delivery = user.deliveries[keys.mskId];
        repetition = !delivery.counters.empty();
        delivery.sent = message;
        delivery.sent.msk.reset();
        delivery.counters.insert(message.counter);
        delivery.timeout.Cancel();
        delivery.timeout = Simulator::Schedule(m_verificationTimeout,
                                               &Mbssf::VerificationMissed,
                                               this,
                                               user.known.id,
                                               tmgi,
                                               keys.mskId);
    }
    m_mskMessageSent(user.known.id, keys.mskId, static_cast<uint32_t>(octets.size()), repetition);
    m_socket->SendTo(Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size())),
                     0,
                     InetSocketAddress(user.address, m_mikeyPort));
}

void
Mbssf::VerificationMissed(std::string id, Tmgi tmgi, MskId mskId)
{
    User& user = m_users.at(id);
    Delivery& delivery = user.deliveries.at(mskId);
    if (FindMsk(tmgi, mskId) == nullptr || delivery.repetitions >= m_maxRepetitions)
    {
        user.deliveries.erase(mskId);
        m_mskGivenUp(id, tmgi, mskId);
        if (m_sessions.at(tmgi).keys->mskId == mskId)
        {
            CountUser(tmgi, id, false);
        }
        return;
    }
    ++delivery.repetitions;
    Deliver(id, tmgi, mskId);
}

void
Mbssf::ReceiveMikey(Ptr<Socket> socket)
{
    while (const Ptr<Packet> packet = socket->Recv())
    {
        Bytes octets(packet->GetSize());
        packet->CopyData(octets.data(), static_cast<uint32_t>(octets.size()));
        Process([this, octets] { HandleVerification(octets); });
    }
}

void
Mbssf::HandleVerification(const Bytes& octets)
{
    static const std::string NAME(operations::MIKEY_VERIFICATION.name);
    const auto header = MikeyVerification::Peek(octets);
    if (!header)
    {
        Drop(NAME, ToString(header.Error()));
        return;
    }
    const auto user = m_users.find(header->responder.text);
    if (user == m_users.end())
    {
        Drop(NAME, "unknown user");
        return;
    }
    auto& deliveries = user->second.deliveries;
    for (auto it = deliveries.begin(); it != deliveries.end(); ++it)
    {
        Delivery& delivery = it->second;
        if (delivery.sent.csbId != header->csbId || delivery.counters.count(header->counter) == 0)
        {
            continue;
        }
        // The answer may be to an earlier repetition; they differ in the counter only.
        MikeyMskMessage answered = delivery.sent;
        answered.counter = header->counter;
        const MikeyError error =
            MikeyVerification::Check(octets, answered, user->second.known.keys.muk.View());
        if (error != MikeyError::NONE)
        {
            Drop(NAME, ToString(error));
            return;
        }
        delivery.timeout.Cancel();
        const MskId mskId = it->first;
        deliveries.erase(it);
        for (const auto& [tmgi, session] : m_sessions)
        {
            if (FindMsk(tmgi, mskId) != nullptr && session.keys->mskId.Group() == mskId.Group())
            {
                user->second.verified[tmgi] = mskId;
                m_mskVerified(user->first, tmgi, mskId);
                if (session.keys->mskId == mskId)
                {
                    CountUser(tmgi, user->first, true);
                }
            }
        }
        return;
    }
    Drop(NAME, "it answers no message, or one that was answered");
}

void
Mbssf::Forget(User& user, const Tmgi& tmgi)
{
    for (auto it = user.deliveries.begin(); it != user.deliveries.end();)
    {
        if (FindMsk(tmgi, it->first) != nullptr)
        {
            it->second.timeout.Cancel();
            it = user.deliveries.erase(it);
        }
        else
        {
            ++it;
        }
    }
}

} // namespace ns3::mbs

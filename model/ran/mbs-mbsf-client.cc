// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-mbsf-client.h"

#include "ns3/mbs-digest-authenticator.h"
#include "ns3/mbs-enum-attribute.h"
#include "ns3/mbs-sbi-operations.h"
#include "ns3/mbs-security-attributes.h"

#include "ns3/inet-socket-address.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(MbsfClient);

namespace
{

namespace km = keymanagement;

/** Octets of randomness in a client nonce. */
constexpr std::size_t CNONCE_LENGTH = 9;

/** HTTP status (RFC 9110 clause 15). */
constexpr int STATUS_UNAUTHORIZED = 401;

/** @param type a request type @return how requests and answers are counted */
const SbiOperation&
OperationOf(km::RequestType type)
{
    return type == km::RequestType::REGISTER     ? operations::MBS_REGISTER
           : type == km::RequestType::DEREGISTER ? operations::MBS_DEREGISTER
                                                 : operations::MBS_MSK_REQUEST;
}

/** @param type a request type @return the media type of its body */
const char*
BodyTypeOf(km::RequestType type)
{
    return type == km::RequestType::REGISTER     ? km::REGISTER_TYPE
           : type == km::RequestType::DEREGISTER ? km::DEREGISTER_TYPE
                                                 : km::MSK_TYPE;
}

} // namespace

TypeId
MbsfClient::GetTypeId()
{
    static TypeId tid = AddProcessingAttributes(
        TypeId("ns3::mbs::MbsfClient")
            .SetParent<NetworkFunction>()
            .SetGroupName("Mbs")
            .AddConstructor<MbsfClient>()
            .AddAttribute("MikeyPort",
                          "UDP port at which MSK messages come; must be that of the MBSSF.",
                          UintegerValue(2269),
                          MakeUintegerAccessor(&MbsfClient::m_mikeyPort),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("OffsetTime",
                          "Least time before an MSK that the UE lacks is requested (offsetTime of "
                          "TS 26.517).",
                          TimeValue(MilliSeconds(500)),
                          MakeTimeAccessor(&MbsfClient::m_offsetTime),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("RandomTimePeriod",
                          "Time over which such requests are spread behind OffsetTime, each at a "
                          "random instant (randomTimePeriod of TS 26.517).",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&MbsfClient::m_randomTimePeriod),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("RetryInterval",
                          "Pause before a registration that failed is tried again, and before the "
                          "same MSK is requested again.",
                          TimeValue(Seconds(5)),
                          MakeTimeAccessor(&MbsfClient::m_retryInterval),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("MaxAttempts",
                          "How often the UE tries to register when no answer comes.",
                          UintegerValue(4),
                          MakeUintegerAccessor(&MbsfClient::m_maxAttempts),
                          MakeUintegerChecker<uint32_t>(1, 1000))
            .AddAttribute("SrtpProfile",
                          "How traffic is protected; an MSK whose policy is another is refused.",
                          StringValue("aes-cm"),
                          MakeEnumAttributeAccessor(&MbsfClient::m_srtpProfile),
                          MakeSrtpProfileChecker())
            .AddTraceSource("Registered",
                            "The MBSSF has accepted the UE's registration.",
                            MakeTraceSourceAccessor(&MbsfClient::m_registered),
                            "ns3::mbs::MbsfClient::RegistrationCallback")
            .AddTraceSource("Deregistered",
                            "The MBSSF has accepted the UE's deregistration.",
                            MakeTraceSourceAccessor(&MbsfClient::m_deregistered),
                            "ns3::mbs::MbsfClient::RegistrationCallback")
            .AddTraceSource("RegistrationFailed",
                            "The MBSSF has refused the UE's registration, or did not answer.",
                            MakeTraceSourceAccessor(&MbsfClient::m_failed),
                            "ns3::mbs::MbsfClient::FailureCallback")
            .AddTraceSource("MskRequested",
                            "The UE requests an MSK.",
                            MakeTraceSourceAccessor(&MbsfClient::m_mskRequested),
                            "ns3::mbs::MbsfClient::MskCallback")
            .AddTraceSource(
                "MskMessageRefused",
                "A MIKEY message was dropped: a replay, a forgery, or one that does not "
                "fit the service.",
                MakeTraceSourceAccessor(&MbsfClient::m_mskRefused),
                "ns3::mbs::MbsfClient::RefusedCallback")
            .AddTraceSource("MessageSent",
                            "A request or a verification message was sent.",
                            MakeTraceSourceAccessor(&MbsfClient::m_messageSent),
                            "ns3::mbs::SbiEndpoint::MessageCallback"));
    return tid;
}

MbsfClient::MbsfClient()
    : m_backOff(CreateObject<UniformRandomVariable>()),
      m_random(CreateObject<KeyGenerator>()),
      m_http(CreateObject<SbiEndpoint>())
{
    m_http->TraceConnectWithoutContext(
        "MessageSent",
        MakeCallback(&TracedCallback<const SbiOperation&, bool, uint32_t>::operator(),
                     &m_messageSent));
}

MbsfClient::~MbsfClient() = default;

void
MbsfClient::DoDispose()
{
    for (auto& [tmgi, service] : m_services)
    {
        service.again.Cancel();
        service.request.Cancel();
    }
    m_services.clear();
    m_http->Dispose();
    m_socket = nullptr;
    m_install = nullptr;
    m_random->Dispose();
    NetworkFunction::DoDispose();
}

int64_t
MbsfClient::AssignStreams(int64_t stream)
{
    const int64_t taken = NetworkFunction::AssignStreams(stream);
    m_backOff->SetStream(stream + taken);
    return taken + 1 + m_random->AssignStreams(stream + taken + 1);
}

void
MbsfClient::SetNumber(uint32_t number)
{
    m_number = number;
}

void
MbsfClient::SetMbssf(Ipv4Address address, uint16_t port)
{
    m_mbssf = address;
    m_mbssfPort = port;
}

void
MbsfClient::SetCredentials(const std::string& id, const MbsUserKeys& keys)
{
    m_id = id;
    m_keys = keys;
    m_challenge.reset();
    m_counter = MikeyCounter();
}

void
MbsfClient::SetInstallMsk(InstallMsk install)
{
    m_install = std::move(install);
}

void
MbsfClient::Attach(Ptr<Ue> ue)
{
    SetNumber(ue->GetNumber());
    // Not a counted pointer: both live as long as their node.
    Ue* const owner = PeekPointer(ue);
    m_ue = owner;
    ue->SetService(this);
    SetInstallMsk([owner](const Tmgi& tmgi, const MikeyMskMessage& message) {
        return owner->InstallMsk(tmgi, message);
    });
    ue->TraceConnectWithoutContext("Joined", MakeCallback(&MbsfClient::Joined, this));
    ue->TraceConnectWithoutContext("Left", MakeCallback(&MbsfClient::Left, this));
    ue->TraceConnectWithoutContext("Removed", MakeCallback(&MbsfClient::Removed, this));
    ue->TraceConnectWithoutContext("MskMissing", MakeCallback(&MbsfClient::Missing, this));
}

void
MbsfClient::Joined(uint32_t /* ue */, const Tmgi& tmgi)
{
    Register(tmgi);
}

void
MbsfClient::Left(uint32_t /* ue */, const Tmgi& tmgi)
{
    Deregister(tmgi);
}

void
MbsfClient::Removed(uint32_t /* ue */, const Tmgi& tmgi, const std::string& /* cause */)
{
    Deregister(tmgi);
}

void
MbsfClient::Missing(uint32_t /* ue */, const Tmgi& tmgi, const MskId& mskId)
{
    RequestMsk(tmgi, mskId);
}

void
MbsfClient::AddService(const AnnouncedService& service)
{
    m_services[service.tmgi].announced = service;
}

MbsfClient::Service*
MbsfClient::Find(const Tmgi& tmgi)
{
    const auto it = m_services.find(tmgi);
    return it == m_services.end() ? nullptr : &it->second;
}

bool
MbsfClient::IsRegistered(const Tmgi& tmgi) const
{
    const auto it = m_services.find(tmgi);
    return it != m_services.end() && it->second.registered;
}

void
MbsfClient::StartApplication()
{
    m_http->Install(GetNode());
    OpenSocket();
}

void
MbsfClient::StopApplication()
{
    for (auto& [tmgi, service] : m_services)
    {
        service.again.Cancel();
        service.request.Cancel();
    }
    if (m_socket)
    {
        m_socket->Close();
        m_socket = nullptr;
    }
}

void
MbsfClient::Ask(km::RequestType type,
                const std::string& document,
                Answered answered,
                uint32_t tries)
{
    SbiRequest request;
    request.method = "POST";
    request.path = km::RequestPath(type);
    request.contentType = BodyTypeOf(type);
    request.body = Bytes(document.begin(), document.end());
    request.operation = OperationOf(type);
    std::optional<DigestCredentials> credentials;
    if (m_challenge)
    {
        credentials.emplace();
        credentials->username = m_id;
        credentials->realm = m_challenge->realm;
        credentials->nonce = m_challenge->nonce;
        credentials->uri = request.path;
        credentials->opaque = m_challenge->opaque;
        credentials->qop = "auth-int";
        credentials->cnonce = ToBase64(m_random->Octets(CNONCE_LENGTH));
        credentials->nonceCount = ++m_nonceCount;
        credentials->algorithm = m_challenge->algorithm;
        credentials->response =
            credentials->Compute(DigestPassword(m_keys.mrk), request.method, request.body);
        request.authorization = credentials->Encode();
    }
    m_http->Send(m_mbssf,
                 m_mbssfPort,
                 request,
                 [this, type, document, answered, tries, credentials](const SbiResponse& response) {
                     const std::string what(OperationOf(type).name);
                     if (response.status == STATUS_UNAUTHORIZED)
                     {
                         const auto challenge = DigestChallenge::Decode(response.wwwAuthenticate);
                         if (challenge && challenge->qop.find("auth-int") != std::string::npos)
                         {
                             m_challenge = *challenge;
                             m_nonceCount = 0;
                             // Credentials that were good once are sent again with another nonce;
                             // if they are not good, nothing makes them so.
                             if (tries > 1 && (!credentials || challenge->stale))
                             {
                                 Ask(type, document, answered, tries - 1);
                                 return;
                             }
                         }
                     }
                     else if (!response.local && (!credentials || !DigestAuthenticator::IsSigned(
                                                                      response.authenticationInfo,
                                                                      *credentials,
                                                                      DigestPassword(m_keys.mrk),
                                                                      response.body)))
                     {
                         Drop(what + " response", "the MBSSF did not prove who it is");
                         answered(SbiResponse());
                         return;
                     }
                     answered(response);
                 });
}

void
MbsfClient::Register(const Tmgi& tmgi)
{
    Service* service = Find(tmgi);
    if (service == nullptr || service->wanted || IsDown())
    {
        return;
    }
    service->wanted = true;
    service->attempts = 0;
    service->missing.clear();
    service->requested.clear();
    SendRegistration(tmgi);
}

void
MbsfClient::SendRegistration(Tmgi tmgi)
{
    Service& service = *Find(tmgi);
    ++service.attempts;
    service.asking = true;
    Ask(km::RequestType::REGISTER,
        km::ServiceList{{service.announced.serviceId}}.Encode(km::RequestType::REGISTER),
        [this, tmgi](const SbiResponse& response) { RegistrationAnswered(tmgi, response); });
}

void
MbsfClient::RegistrationAnswered(const Tmgi& tmgi, const SbiResponse& response)
{
    Service& service = *Find(tmgi);
    service.asking = false;
    if (!service.wanted)
    {
        // The UE has left since.
        return;
    }
    if (response.local && service.attempts < m_maxAttempts)
    {
        service.again =
            Simulator::Schedule(m_retryInterval, &MbsfClient::SendRegistration, this, tmgi);
        return;
    }
    std::string why = response.status == 0 ? "the MBSSF did not prove who it is"
                      : response.local     ? "no answer"
                                           : "status " + std::to_string(response.status);
    if (response.status == STATUS_OK)
    {
        const auto list = km::ServiceStatusList::Decode(response.body);
        why = "the answer cannot be read";
        if (list)
        {
            why = "the answer does not name the service";
            for (const km::ServiceStatusList::Entry& entry : list->entries)
            {
                if (entry.serviceId != service.announced.serviceId)
                {
                    continue;
                }
                if (entry.status == STATUS_OK)
                {
                    service.registered = true;
                    m_registered(m_number, tmgi);
                    return;
                }
                why = "status " + std::to_string(entry.status) + " for the service";
            }
        }
    }
    service.wanted = false;
    m_failed(m_number, tmgi, why);
}

void
MbsfClient::Deregister(const Tmgi& tmgi)
{
    SendDeregistration(tmgi, nullptr);
}

bool
MbsfClient::LeaveService(const Tmgi& tmgi)
{
    return SendDeregistration(tmgi, [this, tmgi] { m_ue->ServiceLeft(tmgi); });
}

void
MbsfClient::StayInService(const Tmgi& tmgi)
{
    Register(tmgi);
}

bool
MbsfClient::SendDeregistration(const Tmgi& tmgi, std::function<void()> then)
{
    Service* service = Find(tmgi);
    if (service == nullptr || !service->wanted || IsDown())
    {
        return false;
    }
    const bool tell = service->registered || service->asking;
    service->wanted = false;
    service->registered = false;
    service->again.Cancel();
    service->request.Cancel();
    service->missing.clear();
    service->requested.clear();
    if (!tell)
    {
        return false;
    }
    Ask(km::RequestType::DEREGISTER,
        km::ServiceList{{service->announced.serviceId}}.Encode(km::RequestType::DEREGISTER),
        [this, tmgi, then = std::move(then)](const SbiResponse& response) {
            if (response.status == STATUS_OK)
            {
                m_deregistered(m_number, tmgi);
            }
            else
            {
                Drop(std::string(operations::MBS_DEREGISTER.name) + " response",
                     "status " + std::to_string(response.status));
            }
            if (then)
            {
                then();
            }
        });
    return true;
}

void
MbsfClient::RequestMsk(const Tmgi& tmgi, const MskId& mskId)
{
    Service* service = Find(tmgi);
    if (service == nullptr || !service->registered || !m_socket ||
        mskId.Group() != service->announced.keyGroup)
    {
        return;
    }
    const auto asked = service->requested.find(mskId);
    if (asked != service->requested.end())
    {
        if (Simulator::Now() < asked->second + m_retryInterval)
        {
            // It is on its way.
            return;
        }
        service->requested.erase(asked);
    }
    service->missing.insert(mskId);
    if (service->request.IsExpired())
    {
        const Time backOff =
            m_offsetTime + Seconds(m_backOff->GetValue(0.0, m_randomTimePeriod.GetSeconds()));
        service->request = Simulator::Schedule(backOff, &MbsfClient::SendMskRequest, this, tmgi);
    }
}

void
MbsfClient::SendMskRequest(Tmgi tmgi)
{
    Service& service = *Find(tmgi);
    if (service.missing.empty())
    {
        // All have come meanwhile.
        return;
    }
    km::MskRequest request;
    for (const MskId& mskId : service.missing)
    {
        request.msks.push_back({service.announced.keyDomainId, mskId});
        service.requested[mskId] = Simulator::Now();
        m_mskRequested(m_number, tmgi, mskId);
    }
    service.missing.clear();
    Ask(km::RequestType::MSK_REQUEST, request.Encode(), [this, tmgi](const SbiResponse& response) {
        MskRequestAnswered(tmgi, response);
    });
}

void
MbsfClient::ReceiveMikey(Ptr<Socket> socket)
{
    Address from;
    while (const Ptr<Packet> packet = socket->RecvFrom(from))
    {
        Bytes octets(packet->GetSize());
        packet->CopyData(octets.data(), static_cast<uint32_t>(octets.size()));
        Process([this, octets, from] { HandleMikey(octets, from); });
    }
}

void
MbsfClient::HandleMikey(const Bytes& octets, const Address& from)
{
    const auto header = MikeyMskMessage::Peek(octets);
    if (!header)
    {
        m_mskRefused(m_number, MskId(), ToString(header.Error()));
        return;
    }
    const auto it =
        std::find_if(m_services.begin(), m_services.end(), [&header](const auto& entry) {
            const Service& service = entry.second;
            return service.wanted && service.announced.keyGroup == header->mskId.Group() &&
                   service.announced.keyDomainId == header->keyDomainId;
        });
    if (it == m_services.end())
    {
        m_mskRefused(m_number, header->mskId, "it is of no service that the UE registered for");
        return;
    }
    const auto message = MikeyMskMessage::Open(octets, m_keys.muk.View());
    if (!message)
    {
        m_mskRefused(m_number, header->mskId, ToString(message.Error()));
        return;
    }
    if (message->responder.text != m_id)
    {
        m_mskRefused(m_number, header->mskId, "it is for another user");
        return;
    }
    if (!m_counter.Accept(message->counter))
    {
        m_mskRefused(m_number, header->mskId, "it came before");
        return;
    }
    Service& service = it->second;
    if (!message->msk)
    {
        RequestMsk(it->first, message->mskId);
        return;
    }
    if (!MikeyReplay(message->seqLow, message->seqHigh).IsValid())
    {
        m_mskRefused(m_number, header->mskId, "SEQl is above SEQu");
        return;
    }
    if (message->policy && message->policy->profile != m_srtpProfile)
    {
        m_mskRefused(m_number, header->mskId, "its policy is not that of the UE");
        return;
    }
    service.missing.erase(message->mskId);
    service.missing.erase(MskId(message->mskId.Group(), MskId::CURRENT));
    service.requested.erase(message->mskId);
    service.requested.erase(MskId(message->mskId.Group(), MskId::CURRENT));
    if (m_install)
    {
        m_install(it->first, *message);
    }
    if (message->verify)
    {
        const Bytes answer = MikeyVerification::Answer(*message, m_keys.muk.View());
        const auto size = static_cast<uint32_t>(answer.size());
        m_messageSent(operations::MIKEY_VERIFICATION, false, size);
        m_socket->SendTo(Create<Packet>(answer.data(), size), 0, from);
    }
}

} // namespace ns3::mbs

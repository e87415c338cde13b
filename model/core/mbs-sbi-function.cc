// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-sbi-function.h"

#include "ns3/uinteger.h"

#include <algorithm>
#include <memory>
#include <sstream>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(SbiFunction);

namespace
{

/** @param text of a body, wiped @return its octets */
SharedBytes
TakeBody(std::string& text)
{
    SharedBytes body(sbi::ViewOf(text));
    SecureWipe(text.data(), text.size());
    return body;
}

/** @param json the JSON part @param binary the others @return all of them, as views */
std::vector<SbiPart>
WithJson(const std::string& json, const std::vector<SbiPart>& binary)
{
    std::vector<SbiPart> parts;
    parts.reserve(1 + binary.size());
    parts.push_back({SBI_JSON_TYPE, "json", sbi::ViewOf(json)});
    parts.insert(parts.end(), binary.begin(), binary.end());
    return parts;
}

} // namespace

std::string
SbiUri::ToText() const
{
    std::ostringstream text;
    text << "http://" << host << ':' << port << path;
    return text.str();
}

std::optional<SbiUri>
SbiUri::FromText(const std::string& text)
{
    static const std::string SCHEME = "http://";
    if (text.compare(0, SCHEME.size(), SCHEME) != 0)
    {
        return std::nullopt;
    }
    const std::size_t slash = text.find('/', SCHEME.size());
    if (slash == std::string::npos)
    {
        return std::nullopt;
    }
    // host[:port]; the numbers are read here since Ipv4Address stops a run at a wrong text.
    uint32_t address = 0;
    std::size_t at = SCHEME.size();
    const auto number = [&](uint32_t limit) -> std::optional<uint32_t> {
        uint32_t value = 0;
        const std::size_t start = at;
        while (at < slash && text[at] >= '0' && text[at] <= '9' && value <= limit)
        {
            value = 10 * value + static_cast<uint32_t>(text[at++] - '0');
        }
        return at == start || value > limit ? std::nullopt : std::optional<uint32_t>(value);
    };
    for (int i = 0; i < 4; ++i)
    {
        if (i > 0 && (at >= slash || text[at++] != '.'))
        {
            return std::nullopt;
        }
        const auto octet = number(255);
        if (!octet)
        {
            return std::nullopt;
        }
        address = address << 8 | *octet;
    }
    SbiUri uri;
    uri.host = Ipv4Address(address);
    uri.path = text.substr(slash);
    if (at < slash)
    {
        if (text[at++] != ':')
        {
            return std::nullopt;
        }
        const auto port = number(65535);
        if (!port || *port == 0 || at != slash)
        {
            return std::nullopt;
        }
        uri.port = static_cast<uint16_t>(*port);
    }
    return uri;
}

namespace
{

/**
 * @param status HTTP status
 * @return a cause that goes with it (TS 29.500 table 5.2.7.2-1; MODIFICATION_NOT_ALLOWED is common)
 */
std::string
RejectionCause(int status)
{
    switch (status)
    {
    case 403:
        return "MODIFICATION_NOT_ALLOWED";
    case 429:
        return "NF_CONGESTION_RISK";
    case 503:
        return "NF_CONGESTION";
    default:
        return "UNSPECIFIED_NF_FAILURE";
    }
}

} // namespace

TypeId
SbiFunction::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::SbiFunction")
            .SetParent<NetworkFunction>()
            .SetGroupName("Mbs")
            .AddAttribute("RecoveryInterval",
                          "Pause before an update or a notification that failed is tried again; it "
                          "doubles each time.",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&SbiFunction::m_recoveryInterval),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute(
                "MaxRecoveryInterval",
                "Longest pause before an update or a notification that failed is tried again.",
                TimeValue(Seconds(16)),
                MakeTimeAccessor(&SbiFunction::m_maxRecoveryInterval),
                MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("RejectStatus",
                          "HTTP status with which every request is rejected, 400 to 599; 0 for "
                          "none (a fault).",
                          UintegerValue(0),
                          MakeUintegerAccessor(&SbiFunction::m_rejectStatus),
                          MakeUintegerChecker<uint32_t>(0, 599));
    return tid;
}

SbiFunction::SbiFunction()
    : m_sbi(CreateObject<SbiEndpoint>())
{
    m_sbi->SetPeerLost([this](Ipv4Address peer) {
        if (!m_stopped)
        {
            PeerLost(peer);
        }
    });
}

SbiFunction::~SbiFunction() = default;

void
SbiFunction::DoDispose()
{
    m_stopped = true;
    m_sbi->Dispose();
    NetworkFunction::DoDispose();
}

void
SbiFunction::StartApplication()
{
    m_sbi->Install(GetNode());
    OfferServices();
    m_sbi->Listen();
}

void
SbiFunction::GoDown(Memory memory)
{
    m_sbi->ShutDown();
    NetworkFunction::GoDown(memory);
}

void
SbiFunction::ComeUp(Memory memory)
{
    NetworkFunction::ComeUp(memory);
    m_sbi->Listen();
}

void
SbiFunction::PeerLost(Ipv4Address /* peer */)
{
}

Time
SbiFunction::BackOff(uint32_t attempt) const
{
    Time pause = m_recoveryInterval;
    for (uint32_t i = 0; i < attempt && pause < m_maxRecoveryInterval; ++i)
    {
        pause = pause + pause;
    }
    return std::min(pause, m_maxRecoveryInterval);
}

void
SbiFunction::TryLater(uint32_t attempt, std::function<void()> job)
{
    After(BackOff(attempt), [this, job = std::move(job)] {
        if (!m_stopped)
        {
            job();
        }
    });
}

void
SbiFunction::StopApplication()
{
    m_stopped = true;
    m_sbi->StopListening();
}

Ptr<SbiEndpoint>
SbiFunction::GetSbi() const
{
    return m_sbi;
}

void
SbiFunction::SetInstance(uint32_t number)
{
    m_nfInstanceId = sbi::NfInstanceIdFor(number);
}

const std::string&
SbiFunction::GetNfInstanceId() const
{
    return m_nfInstanceId;
}

void
SbiFunction::Serve(const std::string& method,
                   const std::string& pathTemplate,
                   const SbiOperation& operation,
                   Handler handler,
                   Arrived arrived)
{
    m_sbi->On(method,
              pathTemplate,
              operation,
              [this,
               handler = std::make_shared<const Handler>(std::move(handler)),
               arrived](SbiRequest request, const std::string& id, Responder respond) {
                  if (m_rejectStatus != 0)
                  {
                      const auto status = static_cast<int>(m_rejectStatus);
                      respond(Problem(status, RejectionCause(status), "this function is told to"));
                      return;
                  }
                  if (arrived)
                  {
                      arrived(request, id);
                  }
                  // The job is done once, so that the request need not be copied for it.
                  Process([handler,
                           request = std::move(request),
                           id,
                           respond = std::move(respond)]() mutable {
                      (*handler)(std::move(request), id, respond);
                  });
              });
}

void
SbiFunction::Request(Ipv4Address peer, uint16_t port, SbiRequest request, Done done)
{
    if (IsDown())
    {
        return;
    }
    m_sbi->Send(peer, port, std::move(request), std::move(done));
}

void
SbiFunction::Request(const SbiPeer& peer, SbiRequest request, Done done)
{
    Request(peer.remote, peer.port, std::move(request), std::move(done));
}

void
SbiFunction::Connect(const SbiPeer& peer)
{
    m_sbi->Connect(peer.remote, peer.port);
}

std::string
SbiFunction::OwnUri(const SbiPeer& peer, const std::string& path) const
{
    UintegerValue port;
    m_sbi->GetAttribute("Port", port);
    return SbiUri{peer.local, static_cast<uint16_t>(port.Get()), path}.ToText();
}

Decoded<SbiParts>
SbiParts::Read(std::string_view contentType, ByteView body)
{
    SbiParts result;
    if (!IsMediaType(contentType, "multipart/related"))
    {
        result.json = body;
        return result;
    }
    auto parts = DecodeMultipart(contentType, body);
    if (!parts)
    {
        return parts.Error();
    }
    if (parts->empty())
    {
        return DecodeError::MALFORMED;
    }
    // The first part is the root, unless the type says otherwise, and no 3GPP service does.
    result.json = parts->front().body;
    parts->erase(parts->begin());
    result.binary = std::move(*parts);
    return result;
}

std::optional<ByteView>
SbiParts::Find(const sbi::RefToBinaryData& reference) const
{
    const auto found = std::find_if(binary.rbegin(), binary.rend(), [&](const SbiPart& part) {
        return part.contentId == reference.contentId;
    });
    return found == binary.rend() ? std::nullopt : std::optional<ByteView>(found->body);
}

SbiRequest
MultipartRequest(std::string path,
                 std::string json,
                 const std::vector<SbiPart>& binary,
                 const SbiOperation& operation)
{
    if (binary.empty())
    {
        return JsonRequest("POST", path, std::move(json), operation);
    }
    SbiMultipart multipart = EncodeMultipart(WithJson(json, binary));
    SecureWipe(json.data(), json.size());
    return {"POST",
            std::move(path),
            std::move(multipart.contentType),
            std::move(multipart.body),
            operation};
}

SbiRequest
JsonRequest(const std::string& method,
            const std::string& path,
            std::string body,
            const SbiOperation& operation)
{
    return {method, path, SBI_JSON_TYPE, TakeBody(body), operation};
}

SbiRequest
PatchRequest(const std::string& path, std::string body, const SbiOperation& operation)
{
    return {"PATCH", path, SBI_PATCH_TYPE, TakeBody(body), operation};
}

SbiRequest
GetRequest(const std::string& path, const SbiOperation& operation)
{
    return {"GET", path, "", {}, operation};
}

SbiRequest
DeleteRequest(const std::string& path, const SbiOperation& operation)
{
    return {"DELETE", path, "", {}, operation};
}

SbiResponse
MultipartResponse(const std::string& json, const std::vector<SbiPart>& binary)
{
    SbiMultipart multipart = EncodeMultipart(WithJson(json, binary));
    SbiResponse response;
    response.status = 200;
    response.contentType = std::move(multipart.contentType);
    response.body = std::move(multipart.body);
    return response;
}

SbiResponse
JsonResponse(int status, std::string body, const std::string& location)
{
    SbiResponse response;
    response.status = status;
    response.contentType = SBI_JSON_TYPE;
    response.location = location;
    response.body = TakeBody(body);
    return response;
}

SbiResponse
NoContent()
{
    SbiResponse response;
    response.status = 204;
    return response;
}

bool
IsSuccess(const SbiResponse& response)
{
    return response.status >= 200 && response.status < 300;
}

std::string
StatusText(const SbiResponse& response)
{
    return "status " + std::to_string(response.status);
}

} // namespace ns3::mbs

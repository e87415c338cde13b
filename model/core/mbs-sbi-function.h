// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SBI_FUNCTION_H
#define MBS_SBI_FUNCTION_H

#include "mbs-network-function.h"

#include "ns3/mbs-sbi-body-common.h"
#include "ns3/mbs-sbi-endpoint.h"

#include "ns3/ipv4-address.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ns3::mbs
{

/** Content ID of the NAS message among the parts of a body. */
inline constexpr const char* SBI_N1_PART = "n1msg";
/** Content ID of what AMF and SMF pass between UE or gNB and each other by NGAP. */
inline constexpr const char* SBI_N2_PART = "n2info";

/**
 * @ingroup mbs
 * @brief Both ends of the link to a neighbour that offers or uses services.
 */
struct SbiPeer
{
    Ipv4Address local;  //!< this function's address on the link
    Ipv4Address remote; //!< the neighbour's address
    uint16_t port{0};   //!< the neighbour's TCP port; 0 for the default
};

/**
 * @ingroup mbs
 * @brief Where an HTTP URI points (RFC 3986, as TS 29.501 clause 4.4 uses it).
 */
struct SbiUri
{
    Ipv4Address host;  //!< address
    uint16_t port{80}; //!< TCP port
    std::string path;  //!< absolute path

    /** @return `http://host:port/path` */
    std::string ToText() const;

    /**
     * @param text such as `http://10.0.0.1:80/nsmf/x`; the port may be missing
     * @return where it points, or nothing if it is no such URI
     */
    static std::optional<SbiUri> FromText(const std::string& text);
};

/**
 * @ingroup mbs
 * @brief A network function that offers and uses services over HTTP/2.
 *
 * A request that arrives waits for a worker and is served before it is handled; an answer is
 * handled as it arrives.
 */
class SbiFunction : public NetworkFunction
{
  public:
    /** @return the TypeId ns3::mbs::SbiFunction */
    static TypeId GetTypeId();

    SbiFunction();
    ~SbiFunction() override;

    /** @return the endpoint, for its trace sources */
    Ptr<SbiEndpoint> GetSbi() const;

    /** @param number tells this instance from others of its kind; its NF instance ID follows */
    void SetInstance(uint32_t number);

    /** @return the NF instance ID, a UUID */
    const std::string& GetNfInstanceId() const;

  protected:
    void DoDispose() override;
    void StartApplication() override;
    void StopApplication() override;
    void GoDown(Memory memory) override;
    void ComeUp(Memory memory) override;

    /**
     * @brief A connection to a peer whose services this function uses was lost: the peer may have
     * restarted, and may have forgotten what it was told.
     * @param peer whose
     */
    virtual void PeerLost(Ipv4Address peer);

    /**
     * @brief How long to wait before something that failed is tried again: `RecoveryInterval`,
     * doubled each time, at most `MaxRecoveryInterval`.
     * @param attempt how often it was tried again before
     * @return the pause
     */
    Time BackOff(uint32_t attempt) const;

    /**
     * @brief Tries something again after BackOff(), unless the application has stopped by then.
     * @param attempt how often it was tried again before
     * @param job what
     */
    void TryLater(uint32_t attempt, std::function<void()> job);

    /** Answers a request; may be called later. */
    using Responder = SbiEndpoint::Responder;

    /** Handles a request that has been served: request, variable part of the path, answer. */
    using Handler = SbiEndpoint::Handler;

    /** Handles an answer. */
    using Done = SbiEndpoint::Done;

    /** @brief Offers the services, in StartApplication(). */
    virtual void OfferServices() = 0;

    /** Sees a request when it arrives, before it waits for a worker. */
    using Arrived = std::function<void(const SbiRequest& request, const std::string& id)>;

    /**
     * @brief Offers a service operation.
     * @param method HTTP method
     * @param pathTemplate with variable segments in braces
     * @param operation what the counters call it
     * @param handler handles the requests
     * @param arrived sees them first, for traces; may be empty
     */
    void Serve(const std::string& method,
               const std::string& pathTemplate,
               const SbiOperation& operation,
               Handler handler,
               Arrived arrived = nullptr);

    /**
     * @brief Uses a service operation.
     * @param peer whose
     * @param port at which TCP port
     * @param request method, path, body and operation
     * @param done handles the answer
     */
    void Request(Ipv4Address peer, uint16_t port, SbiRequest request, Done done);

    /**
     * @brief Uses a service operation at a neighbour's default port.
     * @param peer whose
     * @param request method, path, body and operation
     * @param done handles the answer
     */
    void Request(const SbiPeer& peer, SbiRequest request, Done done);

    /**
     * @brief Opens a connection before it is needed.
     * @param peer to whom
     */
    void Connect(const SbiPeer& peer);

    /**
     * @brief A URI at which this function can be reached over a link.
     * @param peer the link
     * @param path absolute path
     * @return the URI
     */
    std::string OwnUri(const SbiPeer& peer, const std::string& path) const;

  private:
    Ptr<SbiEndpoint> m_sbi;     //!< HTTP/2
    std::string m_nfInstanceId; //!< a UUID
    Time m_recoveryInterval;    //!< attribute
    Time m_maxRecoveryInterval; //!< attribute
    uint32_t m_rejectStatus{0}; //!< attribute: of every answer, 0 for none
    bool m_stopped{false};      //!< the application has stopped
};

/**
 * @ingroup mbs
 * @brief The JSON part of a body and the binary parts that it refers to (TS 29.500 clause 5.2.2.2).
 *
 * They are views of the body, which must outlive them.
 */
struct SbiParts
{
    ByteView json;               //!< the JSON part
    std::vector<SbiPart> binary; //!< binary parts

    /**
     * @brief Takes a body apart; a body that is not multipart is its own JSON part.
     * @param contentType of the body
     * @param body the body
     * @return the parts, or why they could not be told apart
     */
    static Decoded<SbiParts> Read(std::string_view contentType, ByteView body);

    /**
     * @param reference what the JSON part says
     * @return the part it names, the last one if there are several; or nothing
     */
    std::optional<ByteView> Find(const sbi::RefToBinaryData& reference) const;
};

/**
 * @ingroup mbs
 * @brief A request whose JSON part refers to binary parts.
 * @param path absolute path
 * @param json the JSON part; it may have keys in it and is wiped
 * @param binary the others; none makes it an ordinary JSON request
 * @param operation what the counters call it
 * @return a POST request
 */
SbiRequest MultipartRequest(std::string path,
                            std::string json,
                            const std::vector<SbiPart>& binary,
                            const SbiOperation& operation);

/**
 * @ingroup mbs
 * @brief A request with a JSON body.
 * @param method HTTP method
 * @param path absolute path
 * @param body JSON text; it may have keys in it and is wiped
 * @param operation what the counters call it
 * @return the request
 */
SbiRequest JsonRequest(const std::string& method,
                       const std::string& path,
                       std::string body,
                       const SbiOperation& operation);

/**
 * @ingroup mbs
 * @brief A JSON Patch request (RFC 6902).
 * @param path absolute path
 * @param body JSON text; it may have keys in it and is wiped
 * @param operation what the counters call it
 * @return the request
 */
SbiRequest PatchRequest(const std::string& path, std::string body, const SbiOperation& operation);

/**
 * @ingroup mbs
 * @brief A request for a resource as it is.
 * @param path absolute path
 * @param operation what the counters call it
 * @return a GET request without a body
 */
SbiRequest GetRequest(const std::string& path, const SbiOperation& operation);

/**
 * @ingroup mbs
 * @brief A request that ends a resource.
 * @param path absolute path
 * @param operation what the counters call it
 * @return a DELETE request without a body
 */
SbiRequest DeleteRequest(const std::string& path, const SbiOperation& operation);

/**
 * @ingroup mbs
 * @brief An answer with a JSON body.
 * @param status HTTP status
 * @param body JSON text; it may have keys in it and is wiped
 * @param location of a resource that was created, or empty
 * @return the answer
 */
SbiResponse JsonResponse(int status, std::string body, const std::string& location = "");

/**
 * @ingroup mbs
 * @param json the body
 * @param binary parts that it refers to, at least one
 * @return an answer with status 200
 */
SbiResponse MultipartResponse(const std::string& json, const std::vector<SbiPart>& binary);

/**
 * @ingroup mbs
 * @brief An answer without a body.
 * @return status 204
 */
SbiResponse NoContent();

/**
 * @ingroup mbs
 * @param response an answer
 * @return true if its status is 200 to 299
 */
bool IsSuccess(const SbiResponse& response);

/**
 * @ingroup mbs
 * @param response an answer
 * @return `status 404`, for traces
 */
std::string StatusText(const SbiResponse& response);

} // namespace ns3::mbs

#endif // MBS_SBI_FUNCTION_H

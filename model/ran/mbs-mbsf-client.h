// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MBSF_CLIENT_H
#define MBS_MBSF_CLIENT_H

#include "mbs-ue.h"

#include "ns3/mbs-http-digest.h"
#include "ns3/mbs-key-generator.h"
#include "ns3/mbs-key-management-body.h"
#include "ns3/mbs-mikey.h"
#include "ns3/mbs-network-function.h"
#include "ns3/mbs-sbi-endpoint.h"

#include "ns3/event-id.h"
#include "ns3/socket.h"

#include <functional>
#include <map>
#include <set>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What the service announcement says of a user service whose keys come from an MBSSF
 * (TS 26.517 clause 11.2: SecurityDescription).
 */
struct AnnouncedService
{
    std::string serviceId;   //!< user service ID
    Tmgi tmgi;               //!< its MBS session
    KeyDomainId keyDomainId; //!< whose keys
    uint16_t keyGroup{0};    //!< Key Group part of its MSK IDs
};

/**
 * @ingroup mbs
 * @brief The MBSF Client of a UE (TS 26.517), as far as keys go: registers with the MBSSF at
 * reference point MBS-10 and receives MSKs in MIKEY (TS 33.501 W.4.1.3, TS 33.246 clause 6.3.2).
 *
 * It talks to the MBSSF over the UE's IPv4 stack, whatever carries that: HTTP over TCP, and MIKEY
 * over UDP. MSKs that are authentic and new go to the UE's key ring. A key that the UE turns out to
 * lack is requested after a back-off, so that many UEs that lack it do not ask at once.
 */
class MbsfClient : public NetworkFunction, public UeService
{
  public:
    /**
     * Puts an MSK into the UE's key ring; gives false if the UE had it already.
     */
    using InstallMsk = std::function<bool(const Tmgi& tmgi, const MikeyMskMessage& msk)>;

    /** @return the TypeId ns3::mbs::MbsfClient */
    static TypeId GetTypeId();

    MbsfClient();
    ~MbsfClient() override;

    int64_t AssignStreams(int64_t stream) override;

    /** @param number of the UE, from 0 */
    void SetNumber(uint32_t number);

    /**
     * @brief Says where the MBSSF is, as the service announcement would.
     * @param address its IPv4 address
     * @param port its TCP port
     */
    void SetMbssf(Ipv4Address address, uint16_t port);

    /**
     * @brief Sets what bootstrapping gave.
     * @param id B-TID or A-KID
     * @param keys MRK and MUK
     */
    void SetCredentials(const std::string& id, const MbsUserKeys& keys);

    /** @param install puts MSKs into the UE's key ring */
    void SetInstallMsk(InstallMsk install);

    /**
     * @brief Makes this the client of a UE on the same node: registers when the UE has joined a
     * session, deregisters before it asks to leave it and when it was removed, requests MSKs that
     * it lacks, installs those that come.
     * @param ue the UE
     */
    void Attach(Ptr<Ue> ue);

    /** @param service becomes known, as by a service announcement */
    void AddService(const AnnouncedService& service);

    /**
     * @brief Registers for the user service of an MBS session. Does nothing if that is done already
     * or under way, or the session is not known.
     * @param tmgi the session
     */
    void Register(const Tmgi& tmgi);

    /**
     * @brief Deregisters from the user service of an MBS session.
     * @param tmgi the session
     */
    void Deregister(const Tmgi& tmgi);

    bool LeaveService(const Tmgi& tmgi) override;
    void StayInService(const Tmgi& tmgi) override;

    /**
     * @brief Requests an MSK that the UE lacks, after the back-off, unless it comes meanwhile.
     * @param tmgi the session
     * @param mskId name of the MSK; Key Number part 0 for the current one
     */
    void RequestMsk(const Tmgi& tmgi, const MskId& mskId);

    /** @param tmgi a session @return true if the UE is registered for its user service */
    bool IsRegistered(const Tmgi& tmgi) const;

    /**
     * @brief Callback of the trace sources `Registered` and `Deregistered`.
     * @param ue number of the UE
     * @param tmgi the session
     */
    using RegistrationCallback = void (*)(uint32_t ue, const Tmgi& tmgi);

    /**
     * @brief Callback of the trace source `RegistrationFailed`.
     * @param ue number of the UE
     * @param tmgi the session
     * @param why one clause of a sentence
     */
    using FailureCallback = void (*)(uint32_t ue, const Tmgi& tmgi, const std::string& why);

    /**
     * @brief Callback of the trace source `MskRequested`.
     * @param ue number of the UE
     * @param tmgi the session
     * @param mskId name of the MSK, Key Number part 0 for the current one
     */
    using MskCallback = void (*)(uint32_t ue, const Tmgi& tmgi, const MskId& mskId);

    /**
     * @brief Callback of the trace source `MskMessageRefused`.
     * @param ue number of the UE
     * @param mskId name of the MSK in it, if it could be read
     * @param why one clause of a sentence
     */
    using RefusedCallback = void (*)(uint32_t ue, const MskId& mskId, const std::string& why);

    /**
     * @brief Callback of the trace source `MessageSent`.
     * @param operation which message
     * @param isResponse true for an answer
     * @param octets length
     */
    using MessageCallback = SbiEndpoint::MessageCallback;

  protected:
    void DoDispose() override;

  private:
    /** HTTP status (RFC 9110 clause 15). */
    static constexpr int STATUS_OK = 200;

    void StartApplication() override;
    void StopApplication() override;
    void GoDown(Memory memory) override;
    void ComeUp(Memory memory) override;

    /** @brief Opens the socket for MIKEY. */
    void OpenSocket();

    /** @param tmgi a session @param response to a request of MSKs */
    void MskRequestAnswered(const Tmgi& tmgi, const SbiResponse& response);

    /** A user service. */
    struct Service
    {
        AnnouncedService announced;      //!< as it was announced
        bool wanted{false};              //!< Register() was called last, not Deregister()
        bool registered{false};          //!< the MBSSF said so
        bool asking{false};              //!< a registration has no answer yet
        uint32_t attempts{0};            //!< to register
        EventId again;                   //!< of the next attempt
        std::set<MskId> missing;         //!< MSKs to be requested
        EventId request;                 //!< of their request
        std::map<MskId, Time> requested; //!< when MSKs were requested that have not come
    };

    /** Handles the answer to a request that was authenticated. */
    using Answered = std::function<void(const SbiResponse& response)>;

    /**
     * @brief Sends a request, with credentials if there is a challenge, and once more if there was
     * none or it has become stale.
     * @param type what is wanted
     * @param document the body
     * @param answered gets the answer
     * @param tries how often it may be sent
     */
    void Ask(keymanagement::RequestType type,
             const std::string& document,
             Answered answered,
             uint32_t tries = 3);

    /** @param tmgi a session that the UE has joined */
    void Joined(uint32_t /* ue */, const Tmgi& tmgi);

    /** @param tmgi a session that the UE has left */
    void Left(uint32_t /* ue */, const Tmgi& tmgi);

    /** @param tmgi a session that the UE was removed from */
    void Removed(uint32_t /* ue */, const Tmgi& tmgi, const std::string& /* cause */);

    /** @param tmgi a session @param mskId an MSK that the UE turned out to lack */
    void Missing(uint32_t /* ue */, const Tmgi& tmgi, const MskId& mskId);

    /**
     * @brief Deregisters from the user service of an MBS session.
     * @param tmgi the session
     * @param then is called when the MBSSF has answered, or did not; may be empty
     * @return false if there is nothing to deregister from, so that nothing is called
     */
    bool SendDeregistration(const Tmgi& tmgi, std::function<void()> then);

    /** @param tmgi a session; asks to register for its service */
    void SendRegistration(Tmgi tmgi);

    /** @param tmgi a session @param response the answer to that */
    void RegistrationAnswered(const Tmgi& tmgi, const SbiResponse& response);

    /** @param tmgi a session; requests its missing MSKs */
    void SendMskRequest(Tmgi tmgi);

    /** @param socket has MIKEY messages */
    void ReceiveMikey(Ptr<Socket> socket);

    /** @param octets a MIKEY message @param from who sent it */
    void HandleMikey(const Bytes& octets, const Address& from);

    /** @param tmgi a session @return its service, or null */
    Service* Find(const Tmgi& tmgi);

    uint32_t m_number{0};                                            //!< of the UE
    Ipv4Address m_mbssf;                                             //!< address of the MBSSF
    uint16_t m_mbssfPort{8080};                                      //!< TCP port of the MBSSF
    std::string m_id;                                                //!< B-TID or A-KID
    MbsUserKeys m_keys;                                              //!< MRK and MUK
    InstallMsk m_install;                                            //!< into the key ring
    Ue* m_ue{nullptr};                                               //!< on the same node, or null
    uint16_t m_mikeyPort{2269};                                      //!< attribute
    Time m_offsetTime;                                               //!< attribute
    Time m_randomTimePeriod;                                         //!< attribute
    Time m_retryInterval;                                            //!< attribute
    uint32_t m_maxAttempts{4};                                       //!< attribute
    SrtpProfile m_srtpProfile{SrtpProfile::AES_CM_128_HMAC_SHA1_80}; //!< attribute
    Ptr<UniformRandomVariable> m_backOff;                            //!< draws back-offs
    Ptr<KeyGenerator> m_random;                                      //!< client nonces
    Ptr<SbiEndpoint> m_http;                                         //!< HTTP client
    Ptr<Socket> m_socket;                                            //!< MIKEY
    std::optional<DigestChallenge> m_challenge;                      //!< the MBSSF's newest
    uint32_t m_nonceCount{0};                                        //!< requests with its nonce
    MikeyCounter m_counter;             //!< of MSK messages under the MUK
    std::map<Tmgi, Service> m_services; //!< by session

    TracedCallback<uint32_t, const Tmgi&> m_registered;                      //!< see above
    TracedCallback<uint32_t, const Tmgi&> m_deregistered;                    //!< see above
    TracedCallback<uint32_t, const Tmgi&, const std::string&> m_failed;      //!< see above
    TracedCallback<uint32_t, const Tmgi&, const MskId&> m_mskRequested;      //!< see above
    TracedCallback<uint32_t, const MskId&, const std::string&> m_mskRefused; //!< see above
    TracedCallback<const SbiOperation&, bool, uint32_t> m_messageSent;       //!< see above
};

} // namespace ns3::mbs

#endif // MBS_MBSF_CLIENT_H

// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MBSSF_H
#define MBS_MBSSF_H

#include "mbs-msk-progress.h"
#include "mbs-sbi-function.h"
#include "mbs-security-attributes.h"

#include "ns3/mbs-digest-authenticator.h"
#include "ns3/mbs-key-generator.h"
#include "ns3/mbs-key-management-body.h"
#include "ns3/mbs-key-material.h"
#include "ns3/mbs-mikey.h"
#include "ns3/mbs-msk-bundle.h"

#include "ns3/event-id.h"
#include "ns3/socket.h"

#include <map>
#include <memory>
#include <set>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief A user as the MBSSF knows it after bootstrapping.
 */
struct MbssfUser
{
    std::string id;                 //!< B-TID (GBA) or A-KID (AKMA)
    MbsUserKeys keys;               //!< MRK and MUK
    std::set<std::string> services; //!< user services that the user may use, as the UDM would say
};

/**
 * @ingroup mbs
 * @brief Where MRK and MUK come from (TS 33.501 W.4.1.3).
 */
enum class MbssfAuthentication : uint8_t
{
    GBA, //!< Ks_NAF of a GBA_ME run
    AKMA //!< K_AF
};

/**
 * @ingroup mbs
 * @brief How a new MSK gets to the UEs that are registered.
 */
enum class MskDelivery : uint8_t
{
    PUSH,          //!< in a MIKEY message to each (TS 33.246 clause 6.3.2.3.1)
    SOLICITED_PULL //!< each is told to request it (TS 33.246 clause 6.3.2.2.4)
};

/**
 * @ingroup mbs
 * @brief MBSSF, which plays the BM-SC of TS 33.246 in the user-plane procedure (TS 33.501
 * W.4.1.3): UEs register with it over HTTP and get MSKs in MIKEY.
 *
 *     UE                                   MBSSF
 *      |-- POST requesttype=register --------->|
 *      |<- 401, challenge ---------------------|
 *      |-- the same with digest under MRK ---->|  may this user use this service?
 *      |<- 200, a status per service ----------|
 *      |<- MSK in MIKEY under MUK, UDP --------|
 *      |-- verification, if V was set -------->|  else again, with a new counter
 *      |          ...                          |
 *      |<- next MSK, or "request it" ----------|  whenever there is one
 *      |-- POST requesttype=msk-request ------>|  for an MSK that the UE missed
 *
 * It shares a node with the MBSF or the MBSTF and gets MSKs from the NodeKeys there. Who makes them
 * and when is not its business. Users are told to it, with keys and rights, as bootstrapping (GBA)
 * or AAnF (AKMA) and UDM would.
 *
 * Messages are those of TS 33.246 clauses 6.3.2.1A to 6.3.2.4, from memory of that text.
 */
class Mbssf : public SbiFunction
{
  public:
    /** @return the TypeId ns3::mbs::Mbssf */
    static TypeId GetTypeId();

    Mbssf();
    ~Mbssf() override;

    int64_t AssignStreams(int64_t stream) override;

    /** @param user becomes known; one that is known is replaced and has to register again */
    void AddUser(const MbssfUser& user);

    /** @brief Forgets all users, as if AddUser() had never been called. */
    void ClearUsers();

    /**
     * @brief Says which MBS session a user service consists of.
     * @param serviceId the user service (TS 26.502)
     * @param tmgi the session
     */
    void AddService(const std::string& serviceId, const Tmgi& tmgi);

    /** @return TCP port at which UEs find it */
    uint16_t GetHttpPort() const;

    /** @return its FQDN: NAF_Id and AF_ID are made of it, and IDi of MIKEY messages is it */
    const std::string& GetFqdn() const;

    /** @param serviceId a user service @return how many users are registered for it */
    std::size_t CountRegistered(const std::string& serviceId) const;

    /**
     * @brief Callback of the trace sources `Registered` and `Deregistered`.
     * @param user B-TID or A-KID
     * @param serviceId user service
     */
    using RegistrationCallback = void (*)(const std::string& user, const std::string& serviceId);

    /**
     * @brief Callback of the trace source `MskMessageSent`.
     * @param user B-TID or A-KID
     * @param mskId name of the MSK in it; Key Number part 0 if it only asks for a request
     * @param octets length of the MIKEY message
     * @param repetition true if the verification of an earlier one did not come
     */
    using MskMessageCallback = void (*)(const std::string& user,
                                        const MskId& mskId,
                                        uint32_t octets,
                                        bool repetition);

    /**
     * @brief Callback of the trace sources `MskVerified` and `MskGivenUp`.
     * @param user B-TID or A-KID
     * @param tmgi the session
     * @param mskId name of the MSK
     */
    using MskCallback = void (*)(const std::string& user, const Tmgi& tmgi, const MskId& mskId);

  protected:
    void DoDispose() override;

  private:
    struct User;

    void StartApplication() override;
    void StopApplication() override;
    void OfferServices() override;
    void GoDown(Memory memory) override;
    void ComeUp(Memory memory) override;

    /** @brief Begins to challenge users; nonces that were given out before are not known. */
    void MakeAuthenticator();

    /** @brief Opens the socket for MIKEY. */
    void OpenSocket();

    /** @param user whose MSK messages are waited for no more */
    static void CancelDeliveries(User& user);

    /** An MSK on its way to a user. */
    struct Delivery
    {
        MikeyMskMessage sent;        //!< the message sent last, without the key
        std::set<uint32_t> counters; //!< of all messages sent with this MSK
        uint32_t repetitions{0};     //!< so far
        EventId timeout;             //!< of the verification
    };

    /** A user. */
    struct User
    {
        MbssfUser known;                      //!< as AddUser() said
        std::set<std::string> registered;     //!< user services
        Ipv4Address address;                  //!< of the UE, where its last request came from
        uint32_t counter{0};                  //!< T of the MIKEY message sent last
        std::map<MskId, Delivery> deliveries; //!< that wait for verification
        std::map<Tmgi, MskId> verified;       //!< newest MSK that it verified, by session
    };

    /** The MSKs of a session. */
    struct Session
    {
        std::string serviceId;             //!< the user service it belongs to
        std::optional<KeySet> keys;        //!< newest MSK, and the name of the newest MTK under it
        std::optional<KeySet> before;      //!< the MSK before it, which may still be asked for
        std::set<std::string> unconfirmed; //!< users that have not verified the newest MSK
        MskProgress progress;              //!< how many have
    };

    /** @param request anything from a UE @param respond answers */
    void HandleRequest(const SbiRequest& request, const Responder& respond);

    /**
     * @brief Says 401 with a new challenge.
     * @param stale whether only the nonce was wrong
     * @return the answer
     */
    SbiResponse Unauthorized(bool stale);

    /** @param user who @param list for what @return the answer, without its authentication */
    SbiResponse Register(User& user, const keymanagement::ServiceList& list);
    /** @param user who @param list from what @return the answer, without its authentication */
    SbiResponse Deregister(User& user, const keymanagement::ServiceList& list);
    /** @param user who @param request which MSKs @return the answer, without its authentication */
    SbiResponse RequestMsks(User& user, const keymanagement::MskRequest& request);

    /** @param tmgi a session @param keys its newest keys @return true if the MSK is a new one */
    bool NoteKeys(const Tmgi& tmgi, const KeySet& keys);

    /** @param tmgi a session @param keys its newest keys; UEs are given a new MSK */
    void KeysChanged(const Tmgi& tmgi, const KeySet& keys);

    /** @param tmgi a session that is no more; its keys are wiped, and no delivery waits for them */
    void KeysRemoved(const Tmgi& tmgi);

    /**
     * @brief Has a MIKEY message made and sent when a worker has time for it.
     * @param id the user
     * @param tmgi the session
     * @param mskId which MSK; Key Number part 0 to have it requested
     */
    void Deliver(const std::string& id, const Tmgi& tmgi, const MskId& mskId);

    /**
     * @brief Makes and sends a MIKEY message.
     * @param user to whom
     * @param tmgi the session
     * @param keys the MSK; without a key to have it requested
     */
    void SendMsk(User& user, const Tmgi& tmgi, const KeySet& keys);

    /** @param id a user who did not verify @param tmgi the session @param mskId which MSK */
    void VerificationMissed(std::string id, Tmgi tmgi, MskId mskId);

    /** @param socket has verification messages */
    void ReceiveMikey(Ptr<Socket> socket);

    /** @param octets a verification message */
    void HandleVerification(const Bytes& octets);

    /**
     * @param tmgi a session
     * @param mskId name of an MSK, Key Number part 0 for the current one
     * @return it, or null
     */
    const KeySet* FindMsk(const Tmgi& tmgi, const MskId& mskId) const;

    /** @param tmgi a session @param session it, with a new MSK: counts the users that have it */
    void BeginMskUpdate(const Tmgi& tmgi, Session& session);

    /**
     * @brief Counts a user, and tells the node's functions when enough have the newest MSK.
     * @param tmgi the session
     * @param id the user
     * @param confirmed true if it verified the MSK, false if it will not
     */
    void CountUser(const Tmgi& tmgi, const std::string& id, bool confirmed);

    /** @param tmgi session of which the node's functions are told if enough users have the MSK */
    void ReportCompletion(Tmgi tmgi);

    /** @param user a user @param tmgi a session that needs no delivery to it any more */
    void Forget(User& user, const Tmgi& tmgi);

    uint16_t m_httpPort{8080};                                       //!< attribute
    uint16_t m_mikeyPort{2269};                                      //!< attribute
    std::string m_fqdn;                                              //!< attribute
    HashFunction m_digestAlgorithm{HashFunction::MD5};               //!< attribute
    Time m_nonceLifetime;                                            //!< attribute
    MskDelivery m_delivery{MskDelivery::PUSH};                       //!< attribute
    bool m_verification{true};                                       //!< attribute
    double m_mskCompletionShare{0};                                  //!< attribute
    Time m_verificationTimeout;                                      //!< attribute
    uint32_t m_maxRepetitions{4};                                    //!< attribute
    SrtpProfile m_srtpProfile{SrtpProfile::AES_CM_128_HMAC_SHA1_80}; //!< attribute
    SrtpRocChoice m_srtpRocMode{SrtpRocChoice::AUTO};                //!< attribute
    uint16_t m_srtpRocRate{1};                                       //!< attribute
    MbssfAuthentication m_authentication{MbssfAuthentication::AKMA}; //!< attribute
    Ptr<KeyGenerator> m_random;                                      //!< nonces
    std::unique_ptr<DigestAuthenticator> m_authenticator;            //!< checks requests
    Ptr<Socket> m_socket;                                            //!< MIKEY
    std::map<std::string, User> m_users;                             //!< by B-TID or A-KID
    std::map<Tmgi, Session> m_sessions;                              //!< by name

    TracedCallback<const std::string&, const std::string&> m_registered;   //!< user, service
    TracedCallback<const std::string&, const std::string&> m_deregistered; //!< user, service
    TracedCallback<const std::string&, const MskId&, uint32_t, bool>
        m_mskMessageSent;                                                        //!< see above
    TracedCallback<const std::string&, const Tmgi&, const MskId&> m_mskVerified; //!< see above
    TracedCallback<const std::string&, const Tmgi&, const MskId&> m_mskGivenUp;  //!< see above
};

} // namespace ns3::mbs

#endif // MBS_MBSSF_H

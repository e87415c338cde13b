// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MB_SMF_H
#define MBS_MB_SMF_H

#include "mbs-sbi-function.h"

#include "ns3/mbs-n4-transport.h"
#include "ns3/mbs-ngap-distribution.h"
#include "ns3/mbs-pfcp.h"
#include "ns3/mbs-sbi-body-namf-broadcast.h"
#include "ns3/mbs-sbi-body-nmbsmf.h"

#include "ns3/event-id.h"

#include <functional>
#include <map>
#include <set>
#include <vector>

namespace ns3::mbs
{

/** Where AMFs tell of broadcast sessions: session and AMF. */
inline constexpr const char* BROADCAST_NOTIFY_PATH = "/namf-callback/v1/broadcast-status/{id}";
/** Content ID of what the MB-SMF has for gNBs. */
inline constexpr const char* MB_SMF_NGAP_PART = "ngap";

/**
 * @ingroup mbs
 * @brief MB-SMF: keeps the context of each MBS session, its security context included, and hands it
 * to the SMFs and AMFs that ask (TS 23.247 clause 5.3.2.4, TS 29.532).
 *
 * A changed security context is passed on with ContextStatusNotify to every SMF that subscribed to
 * SECURITY_INFO (TS 23.247 clause 7.2.6). The transport on N3mb stays up until its last consumer is
 * gone: a gNB's own tunnel until that gNB leaves, the multicast group until the last AMF says that
 * its last gNB has left. A broadcast session is started at all AMFs as soon as it is created
 * (TS 23.247 clause 7.3.1); SMFs have no part in it, and it has no keys here. A session that is
 * deleted is gone at the MB-UPF at once; SMFs are notified of SESSION_RELEASE and their gNBs leave
 * in their own time.
 */
class MbSmf : public SbiFunction
{
  public:
    /** When keys are renewed because a UE joined or left. */
    enum class RenewalPolicy : uint8_t
    {
        NEVER,  //!< not for that
        EACH,   //!< every time
        BATCHED //!< once for all that happened within a time
    };

    /** Which key is renewed when a UE has joined. */
    enum class RenewedKey : uint8_t
    {
        MSK, //!< an MSK, with an MTK under it
        MTK  //!< an MTK alone
    };

    /** @return the TypeId ns3::mbs::MbSmf */
    static TypeId GetTypeId();

    MbSmf();
    ~MbSmf() override;

    /** @param peer the MB-UPF on the N4mb link */
    void SetMbUpf(const SbiPeer& peer);

    /**
     * @brief Says where an AMF is.
     * @param nfInstanceId which
     * @param peer the AMF on its N11mb link
     */
    void AddAmf(const std::string& nfInstanceId, const SbiPeer& peer);

    /** @return the endpoint of N4mb, for its trace sources */
    Ptr<N4Endpoint> GetN4() const;

    /** @return how many MBS sessions there are */
    std::size_t GetSessionCount() const;

    /**
     * @brief Callback of the trace source `SecurityContextReceived`.
     * @param tmgi the session
     * @param context its keys
     */
    using SecurityContextCallback = void (*)(const Tmgi& tmgi, const SecurityContext& context);

  protected:
    void DoDispose() override;

  private:
    void StartApplication() override;
    void OfferServices() override;
    void GoDown(Memory memory) override;
    void ComeUp(Memory memory) override;
    void PeerLost(Ipv4Address peer) override;

    /** @brief Begins the PFCP association with the MB-UPF, again after this function has failed. */
    void Associate();

    /** @brief Asks the MB-UPF for a sign of life each `HeartbeatInterval`. */
    void ScheduleHeartbeat();

    /** @param request of the MB-UPF, which begins an association anew @param respond answers */
    void HandlePfcp(const Bytes& request, const N4Endpoint::Responder& respond);

    /** @param recoveryTimeStamp of the MB-UPF; a new one means that it has forgotten */
    void NoteRecovery(uint32_t recoveryTimeStamp);

    /** An SMF that wants to hear of changes. */
    struct Subscription
    {
        SbiUri notifyUri;                          //!< where reports go
        std::string correlationId;                 //!< comes back in reports
        std::vector<std::string> events;           //!< which
        nmbsmf::ContextStatusSubscription granted; //!< as the SMF was told
    };

    /** An MBS session. */
    struct Session
    {
        std::string ref;                         //!< name of the resource
        Tmgi tmgi;                               //!< name of the session
        bool anyUe{false};                       //!< open to every UE
        bool active{true};                       //!< not deactivated by the AF
        uint8_t fiveQi{0};                       //!< treatment of its QoS flow
        std::optional<sbi::MbsServiceArea> area; //!< where it is; everywhere if absent
        SecurityContext security;                //!< keys; empty if there is no protection
        std::string serviceType;                 //!< see sbi::MbsServiceType
        Responder respond;                       //!< answers the MBSF; empty when it is answered
        uint32_t number{0};                      //!< SEID of this function
        uint32_t version{0};                     //!< counts changes of the keys
        uint64_t upSeid{0};                      //!< the session at the MB-UPF
        PfcpMulticastTransport multicast;        //!< group and C-TEID on N3mb
        PfcpApplyAction action;                  //!< of the MB-UPF
        std::set<std::string> amfs;          //!< NF instances with gNBs that receive the session
        std::set<std::string> multicastAmfs; //!< those with gNBs in the multicast group
        std::map<uint16_t, PfcpGtpuTunnel> unicast; //!< gNBs' own tunnels by ID at the MB-UPF
        sbi::TunnelAddress ingress;                 //!< the MB-UPF's end of Nmb9
        std::optional<SbiUri> creator;              //!< where the MBSF wants to be notified
        std::string creatorCorrelation;             //!< comes back in that
        bool creatorWantsCompletion{false};         //!< of updates of the MSK
        std::set<std::string> incomplete; //!< subscribers whose UEs do not have the newest MSK yet
        EventId batch;                    //!< a batch of joins and leaves is under way
        bool batched{false};              //!< and was when this function stopped
        bool batchWantsMsk{false};        //!< and needs a new MSK, not only an MTK
        std::map<std::string, Subscription> subscriptions; //!< by name
        std::map<std::string, std::vector<sbi::GlobalRanNodeId>>
            listeners; //!< broadcast: gNBs in the multicast group, by NF instance of their AMF
        std::map<std::string, std::string>
            broadcast; //!< broadcast contexts at AMFs: path by NF instance

        /** @return true if it is a broadcast session */
        bool IsBroadcast() const
        {
            return serviceType == sbi::MbsServiceType::BROADCAST;
        }
    };

    /**
     * @param wanted a session that the MBSF wants to create
     * @return the answer that refuses it, or nothing if it makes sense
     */
    static std::optional<SbiResponse> WhyNotCreated(const nmbsmf::ExtMbsSession& wanted);

    /**
     * @param session that the MBSF wants to change
     * @param patch how
     * @return the answer that refuses that, or nothing if it makes sense
     */
    static std::optional<SbiResponse> WhyNotUpdated(const Session& session,
                                                    const nmbsmf::MbsSessionPatch& patch);

    /** @param session which is a broadcast session and is started at all AMFs */
    void StartBroadcast(const Session& session);

    /**
     * @brief Namf_MBSBroadcast_ContextCreate, again later if that fails.
     * @param ref the session
     * @param amf NF instance of the AMF
     * @param attempt how often it was tried before
     */
    void CreateBroadcastContext(const std::string& ref, const std::string& amf, uint32_t attempt);

    /**
     * @brief Namf_MBSBroadcast_ContextUpdate.
     * @param session what it is now
     * @param amf NF instance of the AMF
     * @param area true if the service area has changed
     * @param gnbs which gNBs are concerned, all if empty
     */
    void UpdateBroadcastContext(const Session& session,
                                const std::string& amf,
                                bool area,
                                const std::vector<sbi::GlobalRanNodeId>& gnbs);

    /** @param session a broadcast session @return what gNBs are told of it */
    Bytes BroadcastTransfer(const Session& session) const;

    /** @param session whose QoS or service area has changed @param area true if it is the area */
    void UpdateBroadcast(const Session& session, bool area);

    /**
     * @brief Ends a broadcast context, however often it takes.
     * @param amf NF instance
     * @param path of the context there
     * @param attempt how often it was tried before
     */
    void ReleaseBroadcastContext(const std::string& amf,
                                 const std::string& path,
                                 uint32_t attempt = 0);

    /** @param id session and AMF @param request ContextStatusNotify @param respond answers */
    void BroadcastNotified(const std::string& id,
                           const SbiRequest& request,
                           const Responder& respond);

    /**
     * @brief Has the MB-UPF send a broadcast session's packets to where gNBs want them.
     * @param session the session
     * @param amf NF instance of the gNBs' AMF
     * @param parts a body
     * @param answers what gNBs said, in the body
     */
    void TakeBroadcastAnswers(Session& session,
                              const std::string& amf,
                              const SbiParts& parts,
                              const std::vector<namf::BroadcastN2MbsSmInfo>& answers);

    /**
     * @brief Notes whether a gNB is in the multicast group of a broadcast session.
     * @param session the session
     * @param amf NF instance of the gNB's AMF
     * @param gnb which gNB; those that are not named count as one
     * @param listens true if it is
     */
    static void NoteListener(Session& session,
                             const std::string& amf,
                             const std::optional<sbi::GlobalRanNodeId>& gnb,
                             bool listens);

    /**
     * @param session whose
     * @param tunnel a gNB's end of its own tunnel
     * @param far gets what the MB-UPF has to change for it
     */
    void ExchangeUnicast(Session& session, const PfcpGtpuTunnel& tunnel, PfcpUpdateFar& far);

    /** @param request Nmbsmf_TMGI_Allocate @param respond answers */
    void AllocateTmgi(const SbiRequest& request, const Responder& respond);
    /** @param request Nmbsmf_MBSSession_Create @param respond answers */
    void CreateSession(const SbiRequest& request, const Responder& respond);
    /**
     * @brief Creates a session that there is already: for the MBSF that created it, which has lost
     * the answer or its memory, it is the same one.
     * @param session the session
     * @param wanted as it shall be
     * @param respond answers
     */
    void CreateAgain(Session& session,
                     const nmbsmf::ExtMbsSession& wanted,
                     const Responder& respond);
    /** @param session gets who has created it @param wanted as that one wants it */
    static void NoteCreator(Session& session, const nmbsmf::ExtMbsSession& wanted);
    /** @param session is set up @param respond tells the MBSF so */
    static void AnswerCreate(const Session& session, const Responder& respond);
    /** @param ref session @param request Nmbsmf_MBSSession_Update @param respond answers */
    void UpdateSession(const std::string& ref, const SbiRequest& request, const Responder& respond);
    /** @param request Nmbsmf_TMGI_Deallocate @param respond answers */
    void DeallocateTmgi(const SbiRequest& request, const Responder& respond);
    /** @param ref session, Nmbsmf_MBSSession_Delete @param respond answers */
    void DeleteSession(const std::string& ref, const Responder& respond);
    /** @param request ContextStatusSubscribe @param respond answers */
    void Subscribe(const SbiRequest& request, const Responder& respond);
    /** @param id of the subscription, ContextStatusUnSubscribe @param respond answers */
    void Unsubscribe(const std::string& id, const Responder& respond);
    /** @param id of the subscription @param request ContextStatusSubscribeMod @param respond
     * answers
     */
    void ModifySubscription(const std::string& id,
                            const SbiRequest& request,
                            const Responder& respond);
    /** @param request ContextUpdate @param respond answers */
    void UpdateContext(const SbiRequest& request, const Responder& respond);

    /**
     * @brief Begins to send a session's packets to a gNB.
     * @param session the session
     * @param amf NF instance that asks
     * @param transfer MBS Distribution Setup Request Transfer
     * @param respond answers
     */
    void StartDistribution(Session& session,
                           const std::string& amf,
                           ByteView transfer,
                           const Responder& respond);

    /**
     * @brief Ends to send a session's packets to a gNB.
     * @param session the session
     * @param body ContextUpdate
     * @param transfer MBS Distribution Release Request Transfer
     * @param respond answers
     */
    void EndDistribution(Session& session,
                         const nmbsmf::ContextUpdateReqData& body,
                         ByteView transfer,
                         const Responder& respond);

    /**
     * @brief Reports the security context in a request that has just arrived.
     * @param ref the session's name, empty in a Create request
     * @param request Create or Update
     */
    void TraceSecurityContext(const std::string& ref, const SbiRequest& request);

    /** @param session that the AF activates or deactivates @param active which */
    void SetActive(Session& session, bool active);

    /** @param service what is wanted of a session @return the 5QI of its first media, if it has one
     */
    static std::optional<uint8_t> FiveQiOf(const nmbsmf::MbsServiceInfo& service);
    /** @param session whose QoS changes @param service what the AF wants */
    void SetQos(Session& session, const nmbsmf::MbsServiceInfo& service);

    /** @param session whose service area changes @param area the new one */
    void SetServiceArea(Session& session, const sbi::MbsServiceArea& area);

    /**
     * @brief Sends N2 information about a session to all AMFs with gNBs that receive it
     * (Namf_MBSCommunication_N2MessageTransfer).
     * @param session which session
     * @param type see namf::NgapIeType
     * @param transfer the information
     */
    void TransferToRan(const Session& session, const char* type, const Bytes& transfer);

    /** @param active whether a session is @return see sbi::MbsSessionActivityStatus */
    static const char* StatusOf(bool active);

    /** @param session whose @return a QoS flow as gNBs are told */
    NgapMbsQosFlowsToBeSetupItem FlowOf(const Session& session) const;

    /** @param session whose @return a report of its keys */
    static nmbsmf::ContextStatusEventReport SecurityReport(const Session& session);

    /**
     * @brief An SMF reports that a UE joined or left: renews keys if the policy says so.
     * @param session which session
     * @param joined true if a UE joined, false if one left
     */
    void MembershipChanged(Session& session, bool joined);

    /** @param ref session whose batch is complete */
    void BatchComplete(const std::string& ref);

    /**
     * @brief Asks the MBSF for a new key.
     * @param session whose
     * @param msk true for an MSK, false for an MTK
     */
    void RequestKey(const Session& session, bool msk);

    /**
     * @brief Tells the MBSF of an event that it subscribed to when it created the session.
     * @param session which session
     * @param event what has happened
     * @param attempt how often it was tried before
     */
    void NotifyCreator(const Session& session,
                       const nmbsmf::MbsSessionEvent& event,
                       uint32_t attempt = 0);

    /** @param session whose newest MSK is on its way to all subscribers */
    void AwaitCompletion(Session& session);

    /** @param session of which @param id of a subscription that is waited for no more */
    void Completed(Session& session, const std::string& id);

    /** @param session whose @return its keys but those that are valid no more */
    static SecurityContext ValidKeys(const Session& session);

    /** @param session whose security context changed; tells the SMFs */
    void NotifySecurityContext(const Session& session);

    /**
     * @brief Tells the SMFs that subscribed to an event.
     * @param session of which
     * @param report the event
     */
    void Notify(const Session& session, const nmbsmf::ContextStatusEventReport& report);

    /**
     * @brief Tells one SMF of an event, again later if that does not get through, unless there are
     * newer keys or the session is gone by then.
     * @param session of which
     * @param id of the subscription
     * @param report the event
     * @param attempt how often it was tried before
     */
    void NotifySubscriber(const Session& session,
                          const std::string& id,
                          const nmbsmf::ContextStatusEventReport& report,
                          uint32_t attempt);

    /** Hears whether the MB-UPF has set a session up. */
    using Established = std::function<void(bool accepted)>;

    /**
     * @brief Has the MB-UPF set a session up.
     * @param session the session
     * @param restoration true if the MB-UPF had it before it restarted
     * @param done hears how it went, unless the session is gone by then
     */
    void Establish(const Session& session, bool restoration, const Established& done);

    /** @param session whose @return the gNBs' own tunnels */
    static std::vector<PfcpAddUnicast> UnicastTunnels(const Session& session);

    /** @param session whose tunnels and action the MB-UPF is told once more */
    void RepeatForwarding(const Session& session);

    /**
     * @brief Has the MB-UPF send a session's packets to one gNB, then answers.
     * @param session the session
     * @param tunnel the gNB's end of its own tunnel
     * @param respond answers the DISTRIBUTION SETUP REQUEST
     */
    void AddUnicastTunnel(Session& session, const PfcpGtpuTunnel& tunnel, const Responder& respond);

    /**
     * @brief Tells the MB-UPF how to forward a session's packets, then answers.
     * @param session the session, its action as it shall be
     * @param far what changes beside the action
     * @param respond answers the ContextUpdate
     * @param answer makes the answer once the MB-UPF has done so
     * @param undo takes back what was noted if it has not
     */
    void ModifyForwarding(const Session& session,
                          PfcpUpdateFar far,
                          const Responder& respond,
                          const std::function<void(const Session&)>& answer,
                          const std::function<void(Session&)>& undo);

    /** @param session whose action is set to what its consumers need */
    static void ChooseAction(Session& session);

    /**
     * @brief Answers a DISTRIBUTION SETUP REQUEST.
     * @param session the session
     * @param respond answers
     * @param multicast true to name the multicast group, false if the gNB has a tunnel of its own
     */
    void AnswerDistributionSetup(const Session& session,
                                 const Responder& respond,
                                 bool multicast) const;

    /** @param tmgi a session's name @return the session, or null */
    Session* Find(const std::optional<Tmgi>& tmgi);

    SbiPeer m_mbUpf;                                    //!< on N4mb
    std::map<std::string, SbiPeer> m_amfs;              //!< on N11mb, by NF instance
    Ptr<N4Endpoint> m_n4;                               //!< PFCP
    std::string m_mcc;                                  //!< attribute: of the TMGIs
    std::string m_mnc;                                  //!< attribute: of the TMGIs
    uint32_t m_nextServiceId{1};                        //!< attribute: of the next TMGI
    std::set<Tmgi> m_allocated;                         //!< given out and not given back
    RenewalPolicy m_renewOnLeave{RenewalPolicy::NEVER}; //!< attribute
    RenewalPolicy m_renewOnJoin{RenewalPolicy::NEVER};  //!< attribute
    RenewedKey m_renewedOnJoin{RenewedKey::MSK};        //!< attribute
    Time m_renewalBatch;                                //!< attribute: length of a batch
    uint8_t m_qfi{1};                                   //!< attribute: QoS flow of the sessions
    uint8_t m_fiveQi{9};                                //!< attribute: its treatment
    std::map<std::string, Session> m_sessions;          //!< by name of the resource
    std::map<Tmgi, std::string> m_refOfTmgi;            //!< name of the resource by TMGI
    std::map<Tmgi, std::set<std::string>> m_released; //!< AMFs yet to leave sessions that are gone
    std::map<std::string, std::string> m_subscribed;  //!< session's name by subscription's
    uint32_t m_nextRef{1};                            //!< of the next session
    uint32_t m_nextSubscription{1};                   //!< of the next subscription
    Time m_heartbeatInterval;                         //!< attribute
    Time m_broadcastResponseTime;                     //!< attribute
    Time m_began;                                     //!< when this function had no memory
    std::optional<uint32_t> m_upfRecovery;            //!< recovery time stamp of the MB-UPF
    uint16_t m_nextUnicastId{1};                      //!< of the next unicast tunnel

    TracedCallback<const Tmgi&, const SecurityContext&>
        m_securityContextReceived; //!< session, keys
};

} // namespace ns3::mbs

#endif // MBS_MB_SMF_H

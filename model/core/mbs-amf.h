// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_AMF_H
#define MBS_AMF_H

#include "mbs-sbi-function.h"

#include "ns3/mbs-n2-transport.h"
#include "ns3/mbs-name-index.h"
#include "ns3/mbs-ngap-broadcast.h"
#include "ns3/mbs-ngap-distribution.h"
#include "ns3/mbs-ngap-interface.h"
#include "ns3/mbs-ngap-path-switch.h"
#include "ns3/mbs-ngap-ue-context.h"
#include "ns3/mbs-ngap-ue.h"
#include "ns3/mbs-recent.h"
#include "ns3/mbs-repeated-body.h"
#include "ns3/mbs-sbi-body-namf-broadcast.h"
#include "ns3/mbs-sbi-body-namf.h"
#include "ns3/mbs-sbi-body-nsmf.h"

#include "ns3/event-id.h"

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief AMF: relays N1 and N2 between SMFs and gNBs, and what gNBs need for shared delivery to the
 * MB-SMF (TS 23.247 clauses 7.2.1.3, 7.2.1.4 and 7.2.2). When the last of its gNBs leaves a
 * session, it tells the MB-SMF so.
 *
 * A broadcast session it has set up at all of its gNBs in the service area, whatever UEs are there
 * (clauses 7.3.1 to 7.3.3).
 *
 * UEs are registered and connected when the run begins. A UE that its gNB releases is idle; what
 * comes for it waits while it is paged, until its SERVICE REQUEST. NAS security is not modelled:
 * NAS PDUs are plain.
 */
class Amf : public SbiFunction
{
  public:
    /** A UE that is registered when the run begins. */
    struct UeContext
    {
        std::string supi;         //!< whose
        uint64_t amfUeNgapId{0};  //!< its identity here on N2, from 1
        uint32_t fiveGTmsi{0};    //!< its identity towards the radio, another one for each UE
        uint32_t ranUeNgapId{0};  //!< its identity at the gNB
        Ipv4Address gnb;          //!< its gNB's address on N2
        uint8_t pduSessionId{1};  //!< its PDU session
        SbiPeer smf;              //!< that session's SMF
        std::string smContextRef; //!< that session's name there
    };

    /** A gNB, as NG SETUP would make it known. */
    struct GnbContext
    {
        Ipv4Address address;     //!< on N2
        sbi::GlobalRanNodeId id; //!< its name
        Tai tai;                 //!< tracking area of its cell
        uint64_t cell{0};        //!< NR cell identity
    };

    /** @return the TypeId ns3::mbs::Amf */
    static TypeId GetTypeId();

    Amf();
    ~Amf() override;

    /** @param peer the MB-SMF on the N11mb link */
    void SetMbSmf(const SbiPeer& peer);

    /** @param context a UE that is registered when the run begins */
    void AddUe(const UeContext& context);

    /** @param gnb a gNB that is configured when the run begins */
    void AddGnb(const GnbContext& gnb);

    /** @return how many broadcast sessions there are */
    std::size_t GetBroadcastCount() const;

    /** @return the endpoint of N2, for its trace sources */
    Ptr<N2Endpoint> GetN2() const;

    /**
     * @brief Callback of the trace source `N1Received`.
     * @param supi for which UE
     * @param n1 the 5GSM message; valid during the call
     */
    using N1ReceivedCallback = void (*)(const std::string& supi, ByteView n1);

  protected:
    void DoDispose() override;

  private:
    void StartApplication() override;
    void OfferServices() override;
    void GoDown(Memory memory) override;
    void ComeUp(Memory memory) override;
    void PeerLost(Ipv4Address peer) override;

    /**
     * @brief Asks the MB-SMF to send a session's packets to a gNB.
     * @param gnb which gNB
     * @param mbsSession the session
     * @param transfer DISTRIBUTION SETUP REQUEST transfer of the gNB
     * @param done handles the answer
     */
    void StartDistribution(Ipv4Address gnb,
                           const NgapMbsSessionId& mbsSession,
                           const Bytes& transfer,
                           const Done& done);

    /**
     * @brief Tells an MB-SMF that may have forgotten it that a gNB receives a session.
     * @param gnb which gNB
     * @param tmgi the session
     * @param attempt how often it was tried before
     */
    void RepeatDistribution(Ipv4Address gnb, const Tmgi& tmgi, uint32_t attempt);

    /** @param request Namf_MBSCommunication_N2MessageTransfer @param respond answers */
    void TransferMbsN2(const SbiRequest& request, const Responder& respond);

    /**
     * @brief Sends N2 information about a session to the gNBs that receive it.
     * @tparam Message MULTICAST SESSION ACTIVATION, DEACTIVATION or UPDATE REQUEST
     * @param session name of the session
     * @param transfer the information
     */
    template <typename Message>
    void SendToGnbs(const NgapMbsSessionId& session, ByteView transfer);

    /** @param supi UE @param request N1N2MessageTransfer @param respond answers */
    void TransferN1N2(const std::string& supi, const SbiRequest& request, const Responder& respond);

    /** @param supi UE @param request N1N2MessageTransfer that has just arrived */
    void TraceN1(const std::string& supi, const SbiRequest& request);

    /** What an SMF has for a UE. */
    struct Transfer
    {
        std::optional<Bytes> n1; //!< 5GSM message
        std::optional<Bytes> n2; //!< transfer for the gNB
    };

    /** A UE in CM-IDLE. */
    struct IdleUe
    {
        std::vector<Transfer> waiting; //!< until it is connected
        uint32_t pagings{0};           //!< how often it was paged without an answer
        EventId t3513;                 //!< until it is paged once more
    };

    /** @param ue a UE @return true if it is in CM-IDLE */
    bool IsIdle(const UeContext& ue) const;

    /** @param ue a connected UE @param transfer goes to it and its gNB */
    void SendTransfer(const UeContext& ue, Transfer transfer);

    /** @param ue a UE, which is paged if it is idle @param transfer goes to it and its gNB */
    void SendOrPage(const UeContext& ue, Transfer transfer);

    /** @param amfUeNgapId of an idle UE that is paged, for the first or a further time */
    void PageUe(uint64_t amfUeNgapId);

    /** @param request Namf_MT_EnableGroupReachability @param respond answers */
    void EnableGroupReachability(const SbiRequest& request, const Responder& respond);

    /** @param tmgi a session @param ues idle UEs in it, by gNB: their AMF UE NGAP IDs */
    void PageGroup(const Tmgi& tmgi, const std::map<Ipv4Address, std::vector<uint64_t>>& ues);

    /** @param ue a UE @return its identity towards the radio */
    static NgapFiveGSTmsi TmsiOf(const UeContext& ue);

    /** @param ue is connected now, and gets what has waited */
    void LeaveIdle(const UeContext& ue);

    /** @brief Forgets what waits for idle UEs. */
    void ForgetPaging();

    /**
     * @brief Tells a UE's SMF that its user plane goes up or down.
     * @param ue the UE
     * @param state of the user plane
     */
    void ChangeUpConnection(const UeContext& ue, const char* state);

    /** @param amfUeNgapId of the UE @param response of its SMF, with the bearers it needs */
    void UpConnectionChanged(uint64_t amfUeNgapId, const SbiResponse& response);

    /** @param gnb from where @param message ends a UE's connection */
    void Handle(Ipv4Address gnb, const NgapUeContextReleaseRequest& message);
    /** @param gnb from where @param message begins a UE's connection */
    void Handle(Ipv4Address gnb, const NgapInitialUeMessage& message);

    /** A PATH SWITCH REQUEST that the SMF has not answered. */
    struct PathSwitch
    {
        Ipv4Address gnb;               //!< where the UE is now
        uint32_t ranUeNgapId{0};       //!< its identity there
        std::vector<uint8_t> released; //!< PDU sessions in the request that are none of its own
        uint32_t number{0};            //!< tells it from an earlier one
        EventId guard;                 //!< ends the waiting for the SMF
    };

    /** What waits for the end of a UE's handover. */
    struct Held
    {
        std::vector<Transfer> transfers; //!< for the UE, in their order
        EventId guard;                   //!< ends the waiting
    };

    /** @param gnb where a UE has come @param message what it says */
    void Handle(Ipv4Address gnb, const NgapPathSwitchRequest& message);
    /** @param gnb that a UE is leaving @param message what the UE did not get */
    void Handle(Ipv4Address gnb, const NgapNasNonDeliveryIndication& message);

    /**
     * @brief Like FindUe(), but the gNB that the UE was at before is as good.
     * @param amfUeNgapId a UE's identity here
     * @param gnb where the message came from that names it
     * @param type what that message is
     * @return the UE, or null; then the message is reported as dropped
     */
    const UeContext* FindUeAtEither(uint64_t amfUeNgapId,
                                    Ipv4Address gnb,
                                    const NgapMessageType& type);

    /** @param amfUeNgapId the UE @param number of its path switch @param response of the SMF */
    void PathSwitchAnswered(uint64_t amfUeNgapId, uint32_t number, const SbiResponse& response);

    /** @param amfUeNgapId the UE @param number of its path switch, if it is not answered yet */
    void PathSwitchTimedOut(uint64_t amfUeNgapId, uint32_t number);

    /** @param amfUeNgapId a UE that stays where it was @param request that the SMF did not take */
    void RefusePathSwitch(uint64_t amfUeNgapId, PathSwitch request);

    /**
     * @brief Sends PATH SWITCH REQUEST FAILURE.
     * @param amfUeNgapId as in the request
     * @param request what failed, with all of its PDU sessions
     * @param cause why, of the radio network layer
     */
    void FailPathSwitch(uint64_t amfUeNgapId, const PathSwitch& request, uint8_t cause);

    /** @param amfUeNgapId a UE @return true if it is known to be on its way to another gNB */
    bool IsHandedOver(uint64_t amfUeNgapId) const;

    /** @param amfUeNgapId a UE on its way @param transfer waits until it has come */
    void Hold(uint64_t amfUeNgapId, Transfer transfer);

    /** @param amfUeNgapId a UE, to which goes what has waited */
    void SendHeld(uint64_t amfUeNgapId);

    /** @brief Forgets what waits for handovers. */
    void ForgetHandovers();

    /** @param gnb from where @param pdu an NGAP PDU */
    void ReceiveNgap(Ipv4Address gnb, Bytes pdu);

    /** @param gnb from where @param message relayed to the SMF */
    void Handle(Ipv4Address gnb, const NgapUplinkNasTransport& message);
    /** @param gnb from where @param message relayed to the SMF */
    void Handle(Ipv4Address gnb, const NgapPduSessionResourceModifyResponse& message);
    /** @param gnb from where @param message relayed to the MB-SMF */
    void Handle(Ipv4Address gnb, const NgapDistributionSetupRequest& message);
    /** @param gnb from where @param message relayed to the MB-SMF */
    void Handle(Ipv4Address gnb, const NgapDistributionReleaseRequest& message);

    /** @param gnb from where @param message says that it has forgotten what it receives */
    void Handle(Ipv4Address gnb, const NgapNgReset& message);

    /** What a gNB is asked about a broadcast session. */
    enum class BroadcastTask : uint8_t
    {
        SETUP,       //!< BROADCAST SESSION SETUP REQUEST
        MODIFICATION //!< BROADCAST SESSION MODIFICATION REQUEST
    };

    /** A broadcast session (TS 29.518: broadcast MBS session context). */
    struct BroadcastContext
    {
        /** Answers of gNBs, and the transfers in them. */
        using Answers = std::vector<std::pair<namf::BroadcastN2MbsSmInfo, Bytes>>;

        std::string ref;          //!< name of the resource
        Tmgi tmgi;                //!< the session
        sbi::MbsServiceArea area; //!< where it is
        sbi::Snssai snssai;       //!< slice
        Bytes transfer;           //!< for gNBs, from the MB-SMF
        std::string notifyUri;    //!< of the MB-SMF
        std::set<Ipv4Address> up; //!< gNBs that broadcast it
        std::map<Ipv4Address, std::pair<BroadcastTask, uint32_t>>
            asked;             //!< gNBs that have not answered: what, and which question
        Answers answers;       //!< not passed on yet
        uint32_t failures{0};  //!< how often in a row the MB-SMF could not be told
        bool success{false};   //!< there is an answer that it worked among those
        bool notifying{false}; //!< the MB-SMF is being told of others
        bool update{false};    //!< an update is under way, not the start
        bool finished{true};   //!< the MB-SMF knows that all have answered, or does not wait
        uint32_t operation{0}; //!< counts starts and updates
        Responder respond;     //!< answers the MB-SMF; empty when it is answered
    };

    using BroadcastAnswers = BroadcastContext::Answers; //!< of gNBs

    /** @param request Namf_MBSBroadcast_ContextCreate @param respond answers */
    void CreateBroadcast(const SbiRequest& request, const Responder& respond);
    /** @param ref context @param request Namf_MBSBroadcast_ContextUpdate @param respond answers */
    void UpdateBroadcast(const std::string& ref,
                         const SbiRequest& request,
                         const Responder& respond);
    /** @param ref context, Namf_MBSBroadcast_ContextRelease @param respond answers */
    void ReleaseBroadcast(const std::string& ref, const Responder& respond);

    /**
     * @brief Begins to wait for what gNBs answer to a start or an update.
     * @param context the session
     * @param update whether it is an update
     * @param maxResponseTime how long, seconds; for ever if absent
     * @param respond answers the MB-SMF
     */
    void BeginOperation(BroadcastContext& context,
                        bool update,
                        const std::optional<uint32_t>& maxResponseTime,
                        const Responder& respond);

    /** @param area a service area @param gnb a gNB @return true if its cell is in the area */
    static bool IsInArea(const sbi::MbsServiceArea& area, const GnbContext& gnb);

    /** @param area a service area @return the same as gNBs are told */
    static NgapMbsServiceArea AreaForRan(const sbi::MbsServiceArea& area);

    /**
     * @brief Asks a gNB, again and again until it answers.
     * @param context the session
     * @param gnb which gNB
     * @param task what is asked
     */
    void AskGnb(BroadcastContext& context, Ipv4Address gnb, BroadcastTask task);

    /**
     * @brief Sends a question, unless it was answered or another one came after it.
     * @param tmgi the session
     * @param gnb which gNB
     * @param question which one
     * @param attempt how often it was sent before
     */
    void RepeatBroadcast(const Tmgi& tmgi, Ipv4Address gnb, uint32_t question, uint32_t attempt);

    /**
     * @brief Ends a broadcast session at a gNB, again and again until it answers.
     * @param tmgi the session
     * @param gnb which gNB
     * @param attempt how often it was asked
     */
    void EndBroadcast(const Tmgi& tmgi, Ipv4Address gnb, uint32_t attempt);

    /**
     * @brief A gNB has answered.
     * @param gnb which gNB
     * @param tmgi the session
     * @param type see namf::BroadcastNgapIeType
     * @param transfer of the answer
     */
    void BroadcastAnswered(Ipv4Address gnb,
                           const Tmgi& tmgi,
                           const char* type,
                           const Bytes& transfer);

    /** @param context of which the MB-SMF is told what gNBs have answered */
    void PassOn(BroadcastContext& context);

    /**
     * @brief The MB-SMF was told what gNBs have answered; if it could not be it is told again.
     * @param ref context that they answered for
     * @param operation which start or update
     * @param answers what it was told
     * @param taken whether it has taken them
     */
    void PassedOn(const std::string& ref,
                  uint32_t operation,
                  const BroadcastAnswers& answers,
                  bool taken);

    /** @param gnb has restarted: the MB-SMFs of the broadcast sessions in its cell are told */
    void NotifyRestart(Ipv4Address gnb);

    /**
     * @brief Namf_MBSBroadcast_ContextStatusNotify.
     * @param context of which session
     * @param notification what is told, but for the session's name
     * @param parts binary parts
     * @param done comes after the answer, with whether the MB-SMF has taken it or never will
     */
    void NotifyBroadcast(const BroadcastContext& context,
                         namf::ContextStatusNotification notification,
                         const std::vector<SbiPart>& parts,
                         const std::function<void(bool)>& done);

    /**
     * @brief Tells the MB-SMF of a session that a gNB has restarted, until it is taken or the gNB
     * has the session again.
     * @param tmgi the session
     * @param gnb the gNB
     * @param attempt how often it was tried before
     */
    void NotifyRestartOf(const Tmgi& tmgi, Ipv4Address gnb, uint32_t attempt);

    /** @param gnb from where @param message passed on to the MB-SMF */
    void Handle(Ipv4Address gnb, const NgapBroadcastSessionSetupResponse& message);
    /** @param gnb from where @param message passed on to the MB-SMF */
    void Handle(Ipv4Address gnb, const NgapBroadcastSessionSetupFailure& message);
    /** @param gnb from where @param message passed on to the MB-SMF */
    void Handle(Ipv4Address gnb, const NgapBroadcastSessionModificationResponse& message);
    /** @param gnb from where @param message passed on to the MB-SMF */
    void Handle(Ipv4Address gnb, const NgapBroadcastSessionModificationFailure& message);
    /** @param gnb from where @param message passed on to the MB-SMF if that has the session still
     */
    void Handle(Ipv4Address gnb, const NgapBroadcastSessionReleaseResponse& message);

    /**
     * @brief Tells the MB-SMF that a gNB receives a session no more.
     * @param gnb which gNB
     * @param tmgi the session
     * @param transfer DISTRIBUTION RELEASE REQUEST transfer
     * @param done comes after the answer, whatever it is
     */
    void EndDistribution(Ipv4Address gnb,
                         const Tmgi& tmgi,
                         const Bytes& transfer,
                         const std::function<void()>& done);

    /**
     * @brief Decodes an NGAP message and handles it, or drops it.
     * @tparam Message its type
     * @param gnb from where
     * @param pdu the octets
     */
    template <typename Message>
    void DecodeAndHandle(Ipv4Address gnb, ByteView pdu);

    /**
     * @param amfUeNgapId a UE's identity here
     * @param gnb where the message came from that names it
     * @param type what that message is
     * @return the UE, or null; then the message is reported as dropped
     */
    const UeContext* FindUe(uint64_t amfUeNgapId, Ipv4Address gnb, const NgapMessageType& type);

    /** The content of an update to an SMF, and what it was made from. */
    struct UpdateContent
    {
        Bytes n1;             //!< 5GSM message, may be empty
        Bytes n2;             //!< transfer, may be empty
        bool modified;        //!< false if the gNB could not do what was asked
        SbiMultipart content; //!< of the request
    };

    /**
     * @param n1 5GSM message, may be empty
     * @param n2 transfer, may be empty
     * @param modified false if the gNB could not do what was asked
     * @return the content of Nsmf_PDUSession_UpdateSMContext; not made again if it was made not
     * long ago, as for UEs that say the same
     */
    SbiMultipart MakeUpdate(const Bytes& n1, const Bytes& n2, bool modified);

    /**
     * @brief Nsmf_PDUSession_UpdateSMContext.
     * @param ue the UE
     * @param n1 5GSM message, may be empty
     * @param n2 transfer, may be empty
     * @param modified false if the gNB could not do what was asked
     */
    void UpdateSmContext(const UeContext& ue,
                         const Bytes& n1,
                         const Bytes& n2,
                         bool modified = true);

    /** @param gnb where to @param mbsSession which @param response of the MB-SMF */
    void AnswerDistributionSetup(Ipv4Address gnb,
                                 const NgapMbsSessionId& mbsSession,
                                 const SbiResponse& response);

    /** @param supi a UE's @return what is known of it, or null */
    const UeContext* FindSupi(const std::string& supi) const;

    /** @param tmsi a 5G-TMSI @return the UE with it, or null */
    UeContext* FindTmsi(uint32_t tmsi);

    /** @param gnb where to @param pdu NGAP octets @param type what they are */
    void SendNgap(Ipv4Address gnb, const Bytes& pdu, const NgapMessageType& type);

    SbiPeer m_mbSmf;             //!< on N11mb
    Ptr<N2Endpoint> m_n2;        //!< to the gNBs
    std::deque<UeContext> m_ues; //!< by AMF UE NGAP ID - 1
    /** UEs by their SUPI, which the context itself keeps. */
    NameIndex<const UeContext> m_ueOfSupi;
    std::vector<uint32_t> m_byTmsi;                //!< the same by 5G-TMSI, made when it is needed
    std::map<uint64_t, IdleUe> m_idle;             //!< UEs in CM-IDLE, by AMF UE NGAP ID
    Time m_t3513;                                  //!< attribute
    uint32_t m_maxPagings{3};                      //!< attribute
    std::map<uint64_t, PathSwitch> m_switching;    //!< by AMF UE NGAP ID
    std::map<uint64_t, Held> m_held;               //!< by AMF UE NGAP ID
    std::map<uint64_t, Ipv4Address> m_previousGnb; //!< of UEs that moved, by AMF UE NGAP ID
    Time m_pathSwitchTimeout;                      //!< attribute
    Time m_handoverGuardTime;                      //!< attribute
    uint32_t m_nextPathSwitch{1};                  //!< number of the next one
    std::map<Tmgi, std::map<Ipv4Address, Bytes>>
        m_receiving; //!< gNBs with shared delivery, and the transfers in their requests
    std::map<Ipv4Address, GnbContext> m_gnbs;                 //!< by address
    std::map<Tmgi, BroadcastContext> m_broadcast;             //!< broadcast sessions
    std::set<std::pair<Tmgi, Ipv4Address>> m_endingBroadcast; //!< at gNBs that have not answered
    uint32_t m_nextContext{1};                                //!< name of the next one
    uint32_t m_nextQuestion{1};                               //!< of the next question to a gNB
    sbi::RepeatedBody<namf::N1N2MessageTransferReqData> m_transferBodies; //!< of SMFs' requests
    Recent<UpdateContent> m_updates;                                      //!< sent last to SMFs

    TracedCallback<const std::string&, ByteView> m_n1Received; //!< SUPI, 5GSM message
};

} // namespace ns3::mbs

#endif // MBS_AMF_H

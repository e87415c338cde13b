// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SMF_H
#define MBS_SMF_H

#include "mbs-join-order.h"
#include "mbs-msk-progress.h"
#include "mbs-repeated-content.h"
#include "mbs-sbi-function.h"

#include "ns3/mbs-deadline-queue.h"
#include "ns3/mbs-key-material.h"
#include "ns3/mbs-name-index.h"
#include "ns3/mbs-nas-5gsm.h"
#include "ns3/mbs-ngap-types.h"
#include "ns3/mbs-sbi-body-nmbsmf.h"
#include "ns3/mbs-sbi-body-nsmf.h"
#include "ns3/mbs-security-attributes.h"

#include <boost/container/flat_map.hpp>
#include <boost/container/flat_set.hpp>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief SMF: lets UEs join and leave multicast sessions and brings them the keys (TS 23.247
 * clauses 7.2.1.3, 7.2.2 and 7.2.6, TS 33.501 W.4.1.2).
 *
 * For the first UE that asks for a session it subscribes to the session's context at the MB-SMF. A
 * UE that may join gets PDU SESSION MODIFICATION COMMAND with the keys; when the MB-SMF notifies
 * new ones, every joined UE gets a COMMAND with MBS decision "security information update". A UE
 * that wants to leave, is no longer allowed in, or whose session is released, gets one with
 * decision "remove UE", and no key from then on. When the last UE is out, the subscription ends. A
 * PDU session has one procedure at a time, guarded by T3591; what comes meanwhile waits. An AMF has
 * so many COMMANDs unanswered at a time as `MaxTransfers` says; PDU sessions wait for their turn.
 */
class Smf : public SbiFunction
{
  public:
    /** A PDU session that exists when the run begins, with its subscription data. */
    struct SmContext
    {
        std::string ref;                          //!< name of the resource at this SMF
        std::string supi;                         //!< whose, as the AMF's path has it
        uint8_t pduSessionId{1};                  //!< which PDU session
        SbiPeer amf;                              //!< the UE's AMF
        bool multicastAllowed{true};              //!< may use multicast in this network at all
        boost::container::flat_set<Tmgi> allowed; //!< may join beside those open to any UE
    };

    /** @return the TypeId ns3::mbs::Smf */
    static TypeId GetTypeId();

    Smf();
    ~Smf() override;

    /** @param peer the MB-SMF on the N16mb link */
    void SetMbSmf(const SbiPeer& peer);

    /** @param number of the SMF, from 0 */
    void SetNumber(uint32_t number);

    /** @return number of the SMF */
    uint32_t GetNumber() const;

    /** @param context a PDU session that exists when the run begins */
    void AddSmContext(const SmContext& context);

    /**
     * @brief Removes a UE from a session, as after a change of its subscription, and does not let
     * it in again unless the session is open to any UE. Nothing happens to a UE that is not in it.
     * @param ref the UE's PDU session, one of those that were added
     * @param tmgi the session
     * @param cause why
     */
    void RemoveUe(const std::string& ref,
                  const Tmgi& tmgi,
                  MbsRejectionCause cause = MbsRejectionCause::NOT_AUTHORIZED);

    /**
     * @param tmgi a session
     * @return how many UEs of this SMF are in it
     */
    std::size_t GetJoinedCount(const Tmgi& tmgi) const;

    /**
     * @brief Callback of the trace source `SecurityContextReceived`.
     * @param smf number of the SMF
     * @param tmgi the session
     * @param context its keys
     */
    using SecurityContextCallback = void (*)(uint32_t smf,
                                             const Tmgi& tmgi,
                                             const SecurityContext& context);

    /**
     * @brief Callback of the trace source `CommandRetransmitted`.
     * @param supi the UE
     */
    using CommandCallback = void (*)(const std::string& supi);

    /**
     * @brief Callback of the trace sources `CommandGivenUp` and `CommandRejected`.
     * @param supi the UE
     * @param command the 5GSM message; valid during the call
     */
    using CommandGivenUpCallback = void (*)(const std::string& supi, ByteView command);

    /**
     * @brief Callback of the trace source `PathSwitched`.
     * @param supi the UE
     * @param downlink where the new gNB wants the packets of the PDU session
     * @param multicast whether the new gNB supports multicast
     */
    using PathSwitchedCallback = void (*)(const std::string& supi,
                                          const NgapGtpTunnel& downlink,
                                          bool multicast);

  protected:
    void DoDispose() override;

  private:
    void StartApplication() override;
    void OfferServices() override;
    void GoDown(Memory memory) override;
    void ComeUp(Memory memory) override;
    void PeerLost(Ipv4Address peer) override;

    /** A new MSK on its way to the UEs. */
    struct MskUpdate
    {
        Tmgi tmgi;            //!< the session
        KeySet names;         //!< of the MSK, without the key
        MskProgress progress; //!< how many UEs have it
    };

    /** What is said and done to a PDU session; one for all to which the same is said. */
    struct Plan
    {
        PduSessionModificationCommand command; //!< what the UE gets
        Bytes n2;                              //!< what the gNB gets, may be empty
        std::vector<Tmgi> joining;             //!< sessions that the UE is not in if this fails
        std::vector<Tmgi> leaving;             //!< sessions that it is not in once this is over
        std::shared_ptr<MskUpdate> mskUpdate;  //!< that this is part of, if anybody wants to know
        SbiMultipart transfer; //!< all that the AMF gets, made once if it is for many

        /** @param tmgi a session @return true if this brings its keys to a UE that is in it */
        bool IsKeyUpdate(const Tmgi& tmgi) const;
    };

    /** A PDU SESSION MODIFICATION COMMAND that a UE must COMPLETE. */
    struct Procedure
    {
        std::shared_ptr<const Plan> plan; //!< what is to be done
        Time lastSent;                    //!< when last
        uint32_t sent{0};                 //!< how often; 0 while it waits for its turn
        bool undelivered{false};          //!< the last one, since the UE was leaving a gNB
        bool pathSwitched{false};         //!< the UE has come to another gNB since the last
    };

    /** A UE's request that waits until all sessions that it names are known. */
    struct Pending
    {
        uint8_t pti{0};                                              //!< of the request
        std::vector<MbsSessionRequest> wanted;                       //!< what the UE asked for
        boost::container::flat_map<Tmgi, MbsRejectionCause> refused; //!< what it cannot join
    };

    /** Sessions that a UE may join beside those open to any UE. */
    using AllowedSessions = boost::container::flat_set<Tmgi>;

    /** What is kept of an SmContext: little, since there is one for each UE. */
    struct KeptContext
    {
        std::string ref;                                //!< its name
        std::string supi;                               //!< whose
        uint8_t pduSessionId{1};                        //!< which PDU session
        bool multicastAllowed{true};                    //!< may use multicast at all
        SbiPeer amf;                                    //!< the UE's AMF
        std::shared_ptr<const AllowedSessions> allowed; //!< shared by UEs that may join the same
    };

    /** What a PDU session waits for. */
    struct Unanswered
    {
        boost::container::flat_set<Tmgi> waiting; //!< sessions that it waits for
        std::vector<Pending> pending;             //!< requests that wait for them
    };

    /** A PDU session and what is going on in it. */
    struct State
    {
        KeptContext context;                               //!< what was configured
        std::unique_ptr<Unanswered> unanswered;            //!< null while nothing waits
        boost::container::flat_map<Tmgi, uint64_t> joined; //!< sessions it is in: its place there
        /** The first one is under way. Takes no memory while there are none, as most of the time.
         */
        std::vector<Procedure> procedures;
        DeadlineQueue<State*>::Timer t3591; //!< guards it
        std::optional<Time> fastest;        //!< shortest time from a command to its answer so far
        uint32_t owed{0};                   //!< answers to come to copies of the last command
        bool inTurn{false};                 //!< waits for its turn to have its command sent

        /** @return what waits, made if there is nothing */
        Unanswered& Wait()
        {
            if (!unanswered)
            {
                unanswered = std::make_unique<Unanswered>();
            }
            return *unanswered;
        }

        /** @brief Gives the memory back if nothing waits any more. */
        void EndWait()
        {
            if (unanswered && unanswered->waiting.empty() && unanswered->pending.empty())
            {
                unanswered.reset();
            }
        }
    };

    /** Commands on their way to an AMF. */
    struct Turns
    {
        std::deque<State*> waiting; //!< PDU sessions, the next one first
        uint32_t underWay{0};       //!< N1N2MessageTransfers that the AMF has not answered
        bool sending{false};        //!< the next ones are being sent
    };

    /** A UE that waits until the session is known. */
    struct Waiting
    {
        State* state; //!< its PDU session
        uint8_t pti;  //!< of its request
    };

    /** MTKs as UEs get them. */
    struct EncryptedMtks
    {
        MtkWrapMethod method; //!< how they are encrypted
        /** One for each MSK of a context; nothing where one of the two is missing. */
        std::vector<std::optional<N1EncryptedMtk>> mtks;
    };

    /** An MBS session that UEs of this SMF are in or want to be in. */
    struct Session
    {
        bool known{false};                 //!< the MB-SMF has told its context
        bool anyUe{false};                 //!< open to every UE
        SecurityContext security;          //!< keys; empty if there is no protection
        std::optional<EncryptedMtks> mtks; //!< theirs, once a UE was given one
        std::vector<Waiting> waiting;      //!< until it is known
        JoinOrder<State> joined;           //!< in the order in which they came
        std::string subscription;          //!< path of the resource at the MB-SMF
        uint32_t attempts{0};              //!< to subscribe once more, without success
    };

    /** @param ref name of a PDU session @return what goes on in it, or null */
    State* FindState(std::string_view ref) const;

    /** @param ref PDU session @param request UpdateSMContext @param respond answers */
    void UpdateSmContext(const std::string& ref,
                         const SbiRequest& request,
                         const Responder& respond);

    /**
     * @param state PDU session
     * @param upCnxState what becomes of its user plane
     * @return the answer, with the sessions that its UE is in if the user plane goes up
     */
    static SbiResponse ChangeUpConnection(const State& state, const std::string& upCnxState);

    /**
     * @brief Has the AMFs make the UEs of a session reachable that becomes active.
     * @param tmgi the session
     * @param session the session
     */
    void MakeReachable(const Tmgi& tmgi, const Session& session);

    /** @param key names the session @param request ContextStatusNotify @param respond answers */
    void Notified(const std::string& key, const SbiRequest& request, const Responder& respond);

    /**
     * @brief Reports the keys in a notification that has just arrived.
     * @param key names the session
     * @param request ContextStatusNotify
     */
    void TraceNotification(const std::string& key, const SbiRequest& request);

    /** @param state PDU session @param n1 a 5GSM message from its UE */
    void HandleN1(State& state, ByteView n1);

    /** @param state PDU session @param n2 the gNB's answer @param type what it is */
    void HandleN2(State& state, ByteView n2, const std::string& type);

    /**
     * @brief A UE has come to another gNB.
     * @param state its PDU session
     * @param n2 Path Switch Request Transfer
     * @param respond answers the AMF
     */
    void SwitchPath(State& state, ByteView n2, const Responder& respond);

    /** @param state PDU session whose command did not arrive, and is sent to where its UE is now */
    void SendAgain(State& state);

    /** @param state PDU session @param request what its UE wants to join or leave */
    void HandleRequest(State& state, const PduSessionModificationRequest& request);

    /**
     * @brief Makes a request wait for the sessions in it that are not known yet; those that are
     * known stay so meanwhile.
     * @param state its PDU session
     * @param pending the request
     * @return false if all of them are known or refused
     */
    bool Await(State& state, const Pending& pending);

    /**
     * @brief Answers all that a request asks for in one COMMAND.
     * @param state its PDU session
     * @param pending the request, of whose sessions none is waited for
     */
    void Answer(State& state, const Pending& pending);

    /**
     * @brief Goes on with the requests that wait for a session.
     * @param state their PDU session
     * @param tmgi the session, known now or refused
     * @param refusal why it cannot be joined, if it cannot
     */
    void Resume(State& state, const Tmgi& tmgi, const std::optional<MbsRejectionCause>& refusal);

    /**
     * @brief Ends that a PDU session waits for a session, or holds it while it waits for others.
     * @param state the PDU session
     * @param tmgi the session
     * @return true if it did so
     */
    bool StopHolding(State& state, const Tmgi& tmgi);

    /** @param state PDU session whose UE waits no more @param tmgi to join this session */
    void StopWaiting(State& state, const Tmgi& tmgi);

    /** @param tmgi for which the context is asked */
    void SubscribeContext(const Tmgi& tmgi);

    /** @param tmgi the session @param response of the MB-SMF */
    void SubscriptionAnswered(const Tmgi& tmgi, const SbiResponse& response);

    /**
     * @brief Subscribes later once more to a session that UEs are in already; after many attempts
     * the session is taken to be over.
     * @param tmgi the session
     * @return false if nobody is in it yet
     */
    bool SubscribeLater(const Tmgi& tmgi);

    /**
     * @brief Takes a session's keys over and sends those that are new to the UEs that are in it,
     * unless the context is older than the last one.
     * @param tmgi the session
     * @param session the session
     * @param security its keys
     */
    void UpdateKeys(const Tmgi& tmgi, Session& session, const SecurityContext& security);

    /**
     * @brief Decides whether a UE may join a session whose context is known.
     * @param tmgi the session
     * @param session the session
     * @param state its PDU session
     * @param pti of its request
     */
    void Decide(const Tmgi& tmgi, Session& session, State& state, uint8_t pti);

    /**
     * @brief Ends a UE's membership: from now on it gets no key.
     * @param tmgi the session
     * @param state its PDU session
     * @return true if it was in the session
     */
    bool Forget(const Tmgi& tmgi, State& state);

    /**
     * @brief A UE asks to leave; it is told that it is out even if it was not in.
     * @param tmgi the session
     * @param state its PDU session
     * @param pti of its request
     */
    void Leave(const Tmgi& tmgi, State& state, uint8_t pti);

    /**
     * @brief Tells a UE and its gNB that the UE is out of a session.
     * @param tmgi the session
     * @param state its PDU session
     * @param pti of its request, or PTI_UNASSIGNED
     * @param cause why
     */
    void SendRemoval(const Tmgi& tmgi, State& state, uint8_t pti, MbsRejectionCause cause);

    /** @param tmgi a session @param area where it is now; its UEs are told, without keys */
    void ServiceAreaChanged(const Tmgi& tmgi, const sbi::MbsServiceArea& area);

    /** @param tmgi a session that is over; its UEs are removed */
    void SessionReleased(const Tmgi& tmgi);

    /**
     * @brief Tells the MB-SMF that a UE joined or left, if it shall know.
     * @param tmgi the session
     * @param joined true if it joined, false if it left
     */
    void ReportMembership(const Tmgi& tmgi, bool joined);

    /**
     * @brief Begins to count the UEs that have a new MSK, if anybody wants to know.
     * @param tmgi the session
     * @param ues to which it is sent
     * @param newest the MSK
     * @return what is counted, or null
     */
    std::shared_ptr<MskUpdate> BeginMskUpdate(const Tmgi& tmgi,
                                              std::size_t ues,
                                              const N1KeySet& newest) const;

    /**
     * @brief Counts a UE, and tells the MB-SMF when enough have the MSK.
     * @param update that its command was part of, or null
     * @param confirmed true if it answered COMPLETE, false if it will not
     */
    void CountAnswer(const std::shared_ptr<MskUpdate>& update, bool confirmed);

    /** @param update of which the MB-SMF is told if enough UEs have the MSK */
    void ReportCompletion(MskUpdate& update);

    /** @param tmgi session whose subscription ends if no UE is in it or wants to be */
    void UnsubscribeIfUnused(const Tmgi& tmgi);

    /**
     * @brief Ends key updates that a UE did not answer before it asked to join: it has restarted or
     * missed them, and the answer to its request has the keys.
     * @param tmgi the session
     * @param state its PDU session
     */
    void AbortKeyUpdates(const Tmgi& tmgi, State& state);

    /**
     * @brief Tells a UE that it cannot join.
     * @param tmgi the session
     * @param state its PDU session
     * @param pti of its request
     * @param cause why
     */
    void RejectJoin(const Tmgi& tmgi, State& state, uint8_t pti, MbsRejectionCause cause);

    /** @param session the session @param security its keys from now on */
    static void SetSecurity(Session& session, const SecurityContext& security);

    /** @param security a session's keys @return their MTKs, encrypted */
    EncryptedMtks EncryptMtks(const SecurityContext& security) const;

    /**
     * @brief Makes what the MBS security container brings to UEs, for all of which an MTK is
     * encrypted once.
     * @param session a session
     * @param known keys that the UEs have
     * @return its other key sets; none of an MSK whose lifetime is over
     */
    std::vector<N1KeySet> MakeKeySets(Session& session, const SecurityContext& known) const;

    /**
     * @brief Makes a plan a part of the answer that is being put together, or else begins it.
     * @param state PDU session
     * @param plan what to do
     */
    void Begin(State& state, Plan plan);

    /**
     * @brief Begins a procedure, or lets it wait for the one before it.
     * @param state PDU session
     * @param plan what to do
     */
    void Begin(State& state, std::shared_ptr<const Plan> plan);

    /**
     * @brief Lets one procedure do what two would.
     * @param whole gets the other's part
     * @param part of the same PDU session and request
     */
    static void Merge(Plan& whole, const Plan& part);

    /**
     * @param state PDU session
     * @param pti of the request that is answered, or PTI_UNASSIGNED
     * @param information what the UE is told
     * @return the command
     */
    static PduSessionModificationCommand MakeCommand(const State& state,
                                                     uint8_t pti,
                                                     const ReceivedMbsInformation& information);

    /**
     * @brief Tells all UEs of a session the same; what is the same for all is made once.
     * @param session whose UEs
     * @param information what they are told
     * @param update that this is part of, or null
     */
    void TellAll(const Session& session,
                 const ReceivedMbsInformation& information,
                 const std::shared_ptr<MskUpdate>& update);

    /**
     * @brief Sends a PDU session's command, once more perhaps, when it is its turn.
     * @param state PDU session whose first procedure's command is meant
     */
    void SendCommand(State& state);

    /** @param state PDU session whose first procedure's command leaves now */
    void CommandLeaves(State& state);

    /** @param amf an AMF that can be sent commands to for which PDU sessions wait */
    void SendNext(Ipv4Address amf);

    /** @brief Nobody waits for a turn, and no AMF has anything to answer. */
    void ForgetTurns();

    /**
     * @param state PDU session
     * @param pti of a UE's request
     * @return true if the answer to that request is waiting or under way
     */
    static bool IsUnderWay(const State& state, uint8_t pti);

    /** The JSON part of a transfer to an AMF, in which there are no keys, and what it says. */
    struct TransferJson
    {
        uint8_t pduSessionId; //!< which PDU session
        bool hasN2;           //!< whether the gNB gets something too
        std::string json;     //!< the text
    };

    /**
     * @param pduSessionId which PDU session
     * @param hasN2 whether the gNB gets something too
     * @return the JSON part of a transfer, which is the same for very many UEs
     */
    const std::string& MakeTransferJson(uint8_t pduSessionId, bool hasN2);

    /**
     * @param pduSessionId which PDU session
     * @param n1 5GSM message for its UE
     * @param n2 transfer for the gNB, may be empty
     * @return the content of Namf_Communication_N1N2MessageTransfer
     */
    SbiMultipart MakeTransfer(uint8_t pduSessionId, const Bytes& n1, const Bytes& n2);

    /**
     * @brief Namf_Communication_N1N2MessageTransfer.
     * @param state PDU session
     * @param content what the AMF gets
     * @param answered called when the AMF has answered or will not; may be empty
     */
    void Transfer(const State& state, SbiMultipart content, std::function<void()> answered);

    /**
     * @brief Tells an answer to an earlier procedure from that to the one under way.
     *
     * Commands of the network have no PTI, so the answers to two copies of one command look like
     * answers to two commands. What carries N1 keeps the order: of two copies that both arrived,
     * the first is answered first.
     *
     * @param state PDU session
     * @param pti of an answer
     * @return true if it belongs to a copy of a command that is over
     */
    static bool IsOwed(State& state, uint8_t pti);

    /**
     * @brief Works out what answers are still to come when one has come.
     *
     * An answer that came sooner after the last copy than any answer ever did must be to a copy
     * before it; the others will be answered too. Otherwise the copies before it were lost.
     *
     * @param state PDU session whose first procedure is answered
     */
    static void NoteAnswer(State& state);

    /** @param state PDU session whose UE did not answer in time */
    void T3591Expired(State& state);

    /** @param state PDU session whose first procedure the UE has completed */
    void End(State& state);

    /** @param state PDU session whose first procedure is over, well or not */
    void Finish(State& state);

    /** @param state PDU session whose first procedure is over without success */
    void Abort(State& state);

    /** @param tmgi a session @return how a notification's path names it */
    static std::string KeyOf(const Tmgi& tmgi);

    /** @param key how a notification's path names it @return the session, or nothing */
    static std::optional<Tmgi> TmgiOf(const std::string& key);

    uint32_t m_number{0};                                 //!< of the SMF
    SbiPeer m_mbSmf;                                      //!< on N16mb
    Time m_t3591;                                         //!< attribute
    uint32_t m_maxRetransmissions{4};                     //!< attribute: of a command
    uint32_t m_maxTransfers{1000};                        //!< attribute: unanswered by an AMF
    bool m_reportMembership{false};                       //!< attribute
    double m_mskCompletionShare{0};                       //!< attribute
    MtkWrapMethod m_mtkWrap{MtkWrapMethod::AES_BLOCK};    //!< attribute
    std::vector<std::unique_ptr<State>> m_states;         //!< of all PDU sessions
    NameIndex<State> m_stateOfRef;                        //!< the same by name of the resource
    std::shared_ptr<const AllowedSessions> m_allowed;     //!< those of the UE that was added last
    std::map<Tmgi, Session> m_sessions;                   //!< by name
    std::map<Ipv4Address, Turns> m_turns;                 //!< by AMF
    DeadlineQueue<State*> m_t3591s;                       //!< T3591 of all PDU sessions
    RepeatedContent<nsmf::SmContextUpdateData> m_updates; //!< of AMFs' requests
    Recent<TransferJson> m_transferJson;                  //!< sent last
    Plan* m_answer{nullptr}; //!< answer that is being put together, if one is

    TracedCallback<uint32_t, const Tmgi&, const SecurityContext&>
        m_securityContextReceived;                                 //!< SMF, session, keys
    TracedCallback<const std::string&> m_commandRetransmitted;     //!< SUPI
    TracedCallback<const std::string&, ByteView> m_commandGivenUp; //!< SUPI, 5GSM message
    TracedCallback<const std::string&, ByteView>
        m_commandRejected; //!< SUPI, 5GSM message that the UE refused
    TracedCallback<const std::string&, const NgapGtpTunnel&, bool>
        m_pathSwitched; //!< SUPI, tunnel at the new gNB, whether that supports multicast
};

} // namespace ns3::mbs

#endif // MBS_SMF_H

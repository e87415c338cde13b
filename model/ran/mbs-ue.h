// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_UE_H
#define MBS_UE_H

#include "mbs-rrc-state.h"
#include "mbs-ue-radio-device.h"
#include "mbs-ue-service.h"
#include "mbs-ue-session.h"

#include "ns3/mbs-lazy-traced-callback.h"
#include "ns3/mbs-nas-5gmm.h"
#include "ns3/mbs-nas-5gsm.h"
#include "ns3/mbs-network-function.h"
#include "ns3/mbs-rrc-measurement.h"
#include "ns3/mbs-rrc-paging.h"
#include "ns3/mbs-rrc.h"
#include "ns3/mbs-security-attributes.h"

#include "ns3/event-id.h"

#include <list>
#include <memory>
#include <optional>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Why a UE that received a packet could not deliver it.
 */
enum class UeLoss : uint8_t
{
    NO_KEY,    //!< the key that it names never was in the ring
    STALE_KEY, //!< the key that it names was in the ring and is gone
    AUTH,      //!< it is malformed or its tag is wrong
    REPLAY     //!< it came before, or is too old to tell
};

/**
 * @ingroup mbs
 * @brief A UE that joins multicast sessions or receives broadcast sessions, gets their keys and
 * decrypts their traffic.
 *
 * It is registered, connected and has a PDU session; after SetTemporaryIdentity() the network may
 * send it to sleep, and page it. Keys come in the Received MBS container of PDU
 * SESSION MODIFICATION COMMAND (TS 24.501 clause 9.11.4.31) and, MTKs, in multicast MIKEY messages
 * under the MSK (TS 33.501 W.4.1.2, TS 33.246 clause 6.3.3.2). A MIKEY message is never answered.
 */
class Ue : public NetworkFunction, public UeRadioUser
{
  public:
    /** @return the TypeId ns3::mbs::Ue */
    static TypeId GetTypeId();

    Ue();
    ~Ue() override;

    /** @param number of the UE, from 0 */
    void SetNumber(uint32_t number);

    /** @return number of the UE */
    uint32_t GetNumber() const;

    /** @param device the radio; must be attached to a cell before the UE joins */
    void SetDevice(Ptr<UeRadioDevice> device);

    /** @param id identity of the PDU session that multicast is associated with, 1 to 15 */
    void SetPduSessionId(uint8_t id);

    /**
     * @brief Lets the UE be sent to sleep; costs memory. Its cell must have a PagingChannel and a
     * RandomAccess.
     * @param tmsi its identity at the AMF
     */
    void SetTemporaryIdentity(const NgapFiveGSTmsi& tmsi);

    /** @return attribute `IpStack`: whether who builds the node gives it an IP stack */
    bool HasIpStack() const;

    /** @return the state of its RRC */
    RrcState GetRrcState() const;

    /** @return true if it has a temporary identity, as a UE needs that sleeps or loses its cell */
    bool MayLoseCell() const;

    /** @return true if it was connected and has no cell that has taken it again */
    bool HasLostCell() const;

    /**
     * @brief The UE is out of coverage: neither what it sends nor what it is sent arrives, and it
     * listens to no cell. It must have a temporary identity and be connected. Does nothing if it is
     * out of coverage already.
     * @param cause why
     */
    void LoseCell(CellLoss cause);

    /**
     * @brief A UE that has lost its cell finds one and re-establishes its connection there (TS
     * 38.331 clause 5.3.7); one that has become idle meanwhile camps there, and asks for service if
     * it has something to say. The cell must have a PagingChannel and a RandomAccess. Does nothing
     * if it has a cell.
     * @param cell the one that it has lost, or another one
     */
    void FindCell(Ptr<GnbRadioDevice> cell);

    /** @return attribute: how long it looks for a cell before it becomes idle */
    Time GetT311() const;

    /** @brief Somebody selects cells for it, by what it receives: it does not go back to one that
     * it has left since it was told to. It must have a temporary identity. */
    void LetCellsBeSelected();

    /** @return true if it has no cell, and is going to re-establish its connection in the one that
     * is selected */
    bool WantsCell() const;

    /**
     * @brief A UE that has lost its cell goes to RRC_IDLE since it found none in T311, or since the
     * one that is selected for it did not take it in T301 (TS 38.331 clauses 5.3.7.6 and 5.3.7.7).
     * In the next cell its NAS asks for service. Does nothing in coverage.
     */
    void GiveUpReestablishment();

    /** @brief An idle UE has no suitable cell any more, and gives up what it has begun there. */
    void LeaveCampedCell();

    /** @param cell to which an idle UE goes that begins nothing in its own (TS 38.304 5.2.4.6) */
    void Reselect(const Ptr<GnbRadioDevice>& cell);

    /** @return true if it is in the midst of random access, or waits for what follows it */
    bool IsAccessing() const;

    /** @return true if it has left a cell as it was told to, and is not in the next one yet */
    bool IsHandedOver() const;

    /**
     * @brief Tells the gNB what the UE has measured. Does nothing if it is not connected.
     * @param report what it says
     */
    void SendMeasurementReport(const RrcMeasurementReport& report);

    /**
     * @brief Asks to join a multicast session: PDU SESSION MODIFICATION REQUEST.
     *
     * The request is sent again when T3581 runs out. Does nothing while the UE is in the session or
     * waits for an answer.
     *
     * @param tmgi the session
     */
    void Join(Tmgi tmgi);

    /**
     * @brief Asks to join several multicast sessions in one PDU SESSION MODIFICATION REQUEST, which
     * the network answers for all of them at once (TS 24.501 clauses 6.4.2.2 and 9.11.4.30).
     * Sessions that the UE is in or waits for are left out.
     * @param tmgis the sessions, at most MAX_TOGETHER
     */
    void JoinTogether(const std::vector<Tmgi>& tmgis);

    /** How many sessions a request names at most: TS 38.413 has room for so many in the answer. */
    static constexpr std::size_t MAX_TOGETHER = 32;

    /**
     * @brief Begins to receive a broadcast session, of which a service announcement has told:
     * nothing is asked for, the UE waits for its cell to have the session (TS 38.331 clause
     * 5.9.2). It counts as joined from then on, until the cell has it no more or Leave() is called.
     * Does nothing while the UE receives the session or waits for it.
     * @param tmgi the session
     */
    void Receive(Tmgi tmgi);

    /**
     * @brief Asks to leave a multicast session: PDU SESSION MODIFICATION REQUEST.
     *
     * The request is sent again when T3581 runs out; when it has run out for the last time, the UE
     * leaves without an answer. A UE that still waits to join asks once it has joined. Does nothing
     * while the UE is not in the session or has asked to leave already. A broadcast session is left
     * at once, without a request. A user service that is carried by a UeService is left first.
     *
     * @param tmgi the session
     */
    void Leave(Tmgi tmgi);

    /** @param service is left before the UE leaves its session; null for none */
    void SetService(UeService* service);

    /** @param tmgi a session whose user service has been left, as UeService::LeaveService() said */
    void ServiceLeft(const Tmgi& tmgi);

    /**
     * @brief Puts an MSK into the key ring that came in an MSK message and was found authentic and
     * new. Does nothing unless the UE is in the session.
     * @param tmgi the session
     * @param message the MSK message
     * @return true if the UE did not hold the MSK already
     */
    bool InstallMsk(const Tmgi& tmgi, const MikeyMskMessage& message);

    /**
     * @param tmgi a session
     * @return true if the UE was accepted and has neither left nor been removed since
     */
    bool IsMember(const Tmgi& tmgi) const;

    /**
     * @brief Callback of the trace sources `JoinRequested`, `Joined`, `RejoinRequested`,
     * `LeaveRequested` and `Left`.
     * @param ue number of the UE
     * @param tmgi the session
     */
    using MembershipCallback = void (*)(uint32_t ue, const Tmgi& tmgi);

    /**
     * @brief Callback of the trace sources `JoinRejected` and `Removed`.
     * @param ue number of the UE
     * @param tmgi the session
     * @param cause the network's reason (TS 24.501 table 9.11.4.31.1), or `no answer`; with
     *        `Removed` also `restart` of the UE
     */
    using RefusalCallback = void (*)(uint32_t ue, const Tmgi& tmgi, const std::string& cause);

    /**
     * @brief Callback of the trace sources `MskInstalled` and `MtkInstalled`.
     * @param ue number of the UE
     * @param tmgi the session
     * @param mki the key's name; with an MSK the MTK ID is that of the MTK that came with it, or 0
     */
    using KeyCallback = void (*)(uint32_t ue, const Tmgi& tmgi, const Mki& mki);

    /**
     * @brief Callback of the trace source `MskMissing`.
     * @param ue number of the UE
     * @param tmgi the session
     * @param mskId name of the MSK that it lacks
     */
    using MskMissingCallback = void (*)(uint32_t ue, const Tmgi& tmgi, const MskId& mskId);

    /**
     * @brief Callback of the trace source `Delivered`.
     * @param ue number of the UE
     * @param packet the IP packet as it was on the air
     * @param rtp the RTP packet inside, decrypted; valid during the call
     */
    using DeliveredCallback = void (*)(uint32_t ue, Ptr<const Packet> packet, ByteView rtp);

    /**
     * @brief Callback of the trace source `Lost`.
     * @param ue number of the UE
     * @param packet the IP packet as it was on the air
     * @param cause why it could not be delivered
     */
    using LostCallback = void (*)(uint32_t ue, Ptr<const Packet> packet, UeLoss cause);

    /**
     * @brief Callback of the trace source `MtkMessageRefused`.
     * @param ue number of the UE
     * @param why one clause of a sentence
     */
    using MtkMessageRefusedCallback = void (*)(uint32_t ue, const std::string& why);

  protected:
    void DoDispose() override;

  private:
    void GoDown(Memory memory) override;
    void ComeUp(Memory memory) override;

    /**
     * @brief Asks to join a session that it is in, which brings the keys and the bearer once more.
     * @param session the session
     */
    void Rejoin(UeSession& session);

    /**
     * @brief A session that it was in is over for it.
     * @param session the session
     * @param why the network's reason, or `no answer`
     */
    void Lose(UeSession& session, const std::string& why);

    /**
     * @brief A packet or MIKEY message names an MSK that the UE does not hold. If the SMF gives it
     * keys, and has not given it this one after `MissingMskTimeout`, the UE joins once more.
     * @param session the session
     * @param mskId the MSK
     */
    void NoteMissingMsk(UeSession& session, const MskId& mskId);

    /** Gets what comes on the MCCH. */
    struct McchReceiver final : public GroupReceiver
    {
        /** @param owner for which UE */
        explicit McchReceiver(Ue& owner)
            : ue(owner)
        {
        }

        GroupReception ReceiveGroup(const MulticastFrame& frame) override;

        Ue& ue; //!< for which UE
    };

    /** @param frame what the cell says on the MCCH */
    void ReceiveMcch(const MulticastFrame& frame);

    /** @param bearers of the broadcast sessions that the cell has, of which some are news */
    void FollowMcch(const std::vector<MrbConfig>& bearers);

    /** @brief Listens to the MCCH as long as a broadcast session is wanted. */
    void ListenToMcch();

    /** @param session a broadcast session that is not wanted any more */
    void StopReceiving(UeSession& session);

    /** @brief The gNB does not know the UE's bearers any more. */
    void HandleRelease();

    /** @return UE_ID, which says when it listens for paging */
    uint32_t GetUeId() const;

    /** @param message to be sent @return true if it waits, since the UE is not awake */
    bool HoldsBack(const RrcMessage& message);

    /** @param octets an RRC PDU that is sent at once */
    void SendPdu(const Bytes& octets);

    /** @param type of an RRC message without bearers @param nas in it */
    void SendConnectionMessage(RrcType type, Bytes nas);

    /** @param state INACTIVE or IDLE @param kept bearers that it goes on listening to */
    void FallAsleep(RrcState state, const std::vector<MrbConfig>& kept);

    /** @brief Begins to listen for paging. */
    void Camp();

    /** @brief A UE that has restarted listens for paging, if it is idle and has a cell, and does
     * not ask for service already. */
    void CampAfterRestart();

    /** @param octets a paging message */
    void ReceivePaging(ByteView octets);

    /** @param paged since the network wants it, not the UE; begins with random access */
    void Wake(bool paged);

    /** @param granted whether random access gave it a grant @param access which random access */
    void AccessEnded(bool granted, uint32_t access);

    /** @brief The gNB did not answer. */
    void AccessTimedOut();

    /** @param why the UE sleeps on */
    void GiveUpWaking(const std::string& why);

    /** @param message RRC message about the connection itself */
    void HandleConnection(const RrcMessage& message);

    /** @param cause why it listens to its cell no more, and holds back what it has to send */
    void LeaveCell(CellLoss cause);

    /** @param command RRC RECONFIGURATION with sync */
    void BeginHandover(const RrcMessage& command);

    /** @brief Has found the cell that it was sent to, and begins random access there. */
    void SynchroniseWithTarget();

    /** @brief Begins random access to that cell, for the first or a further time. */
    void AccessTarget();

    /** @param granted whether random access to that cell gave it a grant */
    void TargetAccessEnded(bool granted);

    /** @brief T304 has run out. */
    void T304Expired();

    /** @brief It re-establishes its connection in the cell that it came from, or in one that is
     * selected. */
    void ReturnToSource();

    /** @brief It is neither in the cell that it has left nor in the one that it was sent to. */
    void AbandonTarget();

    /** @brief The handover is over for it, one way or the other. */
    void EndHandover();

    /** @brief It has no cell, and T311 begins, unless somebody selects cells and has such a timer
     * himself. */
    void StartT311();

    /** @brief A cell was found: T301 begins, unless as before, and random access. */
    void Reestablish();

    /** @brief Begins random access to that cell, for the first or a further time. */
    void AccessFoundCell();

    /** @brief The cell that was found has not taken the UE in T301: it asks for service there. */
    void T301Expired();

    /** @brief Its connection is lost for good. */
    void BecomeIdle();

    /** @param granted whether random access gave it a grant */
    void ReestablishmentGranted(bool granted);

    /** @brief The gNB of the cell that was found knows the UE. */
    void Reestablished();

    /** @brief The UE has been given bearers: all of before, if it has just come back. */
    void BearersRestored();

    /** @brief The gNB has taken the UE. */
    void Awake();

    /** @brief Sends what has waited. */
    void Flush();

    /** @brief Asks the AMF for service, for the first or a further time. */
    void SendServiceRequest();

    /** @param nas a NAS PDU @return true if it was the answer to a SERVICE REQUEST */
    bool HandleService(ByteView nas);

    /** @brief The UE restarts: it is idle then. */
    void DropConnection();

    void ReceiveSignalling(Ptr<const Packet> pdu) override;
    void SignallingUndelivered(Ptr<const Packet> pdu) override;
    GroupReceiver* ReceiverOf(uint16_t gRnti) override;

    /** @param bearers that RRC sets up or releases */
    void SetUpBearers(const std::vector<MrbConfig>& bearers);

    /** @param t311 attribute, from 1 ms to 60 s, rounded up to whole milliseconds */
    void SetT311(Time t311);

    /** @param interruption attribute, from 0 s to 4 s */
    void SetHandoverInterruption(Time interruption);

    /** @return the same */
    Time GetHandoverInterruption() const;

    /** @param message an RRC message that was served */
    void HandleRrc(const RrcMessage& message);

    /** @param nas a NAS PDU */
    void HandleNas(ByteView nas);

    /** @param command what the network orders */
    void HandleCommand(const PduSessionModificationCommand& command);

    /** @param reject the network's refusal of a request */
    void HandleReject(const PduSessionModificationReject& reject);

    /** @param information one session's part of a command */
    void HandleDecision(const ReceivedMbsInformation& information);

    /**
     * @brief Puts the key sets of a command into the ring.
     * @param session whose
     * @param keySets the MBS security container
     */
    void InstallKeySets(UeSession& session, const std::vector<N1KeySet>& keySets);

    friend struct UeSession;

    /**
     * @param session the session of the G-RNTI
     * @param frame a multicast packet from the air
     * @return what became of it
     */
    GroupReception ReceiveGroup(UeSession& session, const MulticastFrame& frame);

    /** @param port attribute: of MTK messages */
    void SetMikeyPort(uint16_t port);

    /** @return the same */
    uint16_t GetMikeyPort() const;

    /** @param wanted attribute: whether packets are handed to the IP stack, too */
    void SetMulticastToIpStack(bool wanted);

    /** @return the same */
    bool GetMulticastToIpStack() const;

    /** @return true if anybody has ever connected to the trace source `Delivered` of any UE */
    static bool AreDeliveriesTraced();

    /** @param frame a packet that was decrypted @param rtp what was in it */
    void HandOn(const MulticastFrame& frame, ByteView rtp);

    /**
     * @param session the session of the G-RNTI
     * @param frame a MIKEY message
     */
    void ReceiveMtkMessage(UeSession& session, const MulticastFrame& frame);

    /**
     * @param session the session of the G-RNTI
     * @param frame an SRTP packet
     * @return what became of it
     */
    GroupReception ReceiveTraffic(UeSession& session, const MulticastFrame& frame);

    /**
     * @brief Hands what was decrypted to the IP stack of the node.
     * @param udp the packet as it was on the air
     * @param rtp its payload, decrypted
     */
    void HandToIpStack(InnerUdp udp, ByteView rtp);

    /**
     * @brief Sends a 5GSM message in UL NAS TRANSPORT.
     * @param message the 5GSM message
     * @param requestType what the UE asks for, if it asks
     */
    void SendSm(const Bytes& message, std::optional<NasRequestType> requestType = std::nullopt);

    /**
     * @brief Begins to ask for something.
     * @param sessions what is asked about, not empty; the first one has the request's timer
     * @param state JOINING or LEAVING
     */
    void BeginRequest(const std::vector<UeSession*>& sessions, UeSession::State state);

    /**
     * @brief Asks to join or to leave, for the first or a further time.
     * @param session the first one of the request
     */
    void SendRequest(UeSession& session);

    /** @param tmgi a session @return the UE's state of it, made if need be */
    UeSession& Keep(const Tmgi& tmgi);

    /**
     * @brief Ends a membership: wipes the keys.
     * @param session whose
     */
    void Forget(UeSession& session);

    /** @param message goes to the gNB */
    void SendRrc(const RrcMessage& message);

    /** @param tmgi the session; asks again, or gives up */
    void T3581Expired(Tmgi tmgi);

    /** @param tmgi a session @return the UE's state of it, or null */
    UeSession* Find(const Tmgi& tmgi);

    /** @param session is received from now on @param gRnti where its packets come */
    void Listen(UeSession& session, uint16_t gRnti);

    /**
     * @brief Goes on with the bearer that the UE had in the cell before, if it has kept it, and
     * says what it lacks.
     * @param session is received since now
     * @param bearer of it
     */
    void ResumeBearer(UeSession& session, const MrbConfig& bearer);

    /** @param session is received no more @param reception why */
    void StopListening(UeSession& session, Reception reception = Reception::NO_BEARER);

    /**
     * @brief Makes an MTK ready for use.
     * @param session of the MTK
     * @param keyDomainId whose key
     * @param mki its name
     * @param key the MTK
     * @param salt the SRTP master salt
     * @return what the ring stores
     */
    Ptr<TrafficKey> MakeTrafficKey(const UeSession& session,
                                   const KeyDomainId& keyDomainId,
                                   const Mki& mki,
                                   const Key128& key,
                                   const Salt112& salt);

    /** As above. @param session of the MTK @param keySet with an MTK @return what the ring stores
     */
    Ptr<TrafficKey> MakeTrafficKey(const UeSession& session, const N1KeySet& keySet);

    uint8_t m_pduSessionId{1};          //!< PDU session that multicast is associated with
    uint8_t m_nextPti{1};               //!< of the next request
    uint16_t m_t311{0};                 //!< attribute, ms
    uint32_t m_handoverInterruption{0}; //!< attribute, ns
    Ptr<UeRadioDevice> m_device;        //!< the radio
    Time m_keyRetention;                //!< how long an MTK is kept after a newer one came
    Time m_t3581;                       //!< until a request is sent again
    Time m_missingMskTimeout;           //!< attribute
    std::vector<Tmgi> m_wanted;         //!< sessions to join again after a restart
    UeService* m_service{nullptr};      //!< user services of the sessions, or null
    uint32_t m_maxRetransmissions{4};   //!< of a request
    SrtpProfile m_srtpProfile{SrtpProfile::AES_CM_128_HMAC_SHA1_80}; //!< of the traffic
    SrtpRocChoice m_srtpRocMode{SrtpRocChoice::AUTO};  //!< whether packets carry the ROC
    uint16_t m_srtpRocRate{1};                         //!< how many of them do
    MtkWrapMethod m_mtkWrap{MtkWrapMethod::AES_BLOCK}; //!< of the MTK in the N1 container
    bool m_sharedUnprotect{true};                      //!< one unprotect for all UEs of a cell
    bool m_ipStack{false};                             //!< for whoever builds the node
    std::unique_ptr<McchReceiver> m_mcch;              //!< while it listens to the MCCH
    std::list<UeSession> m_sessions;                   //!< addresses must not change
    std::unique_ptr<UeConnection> m_connection;        //!< of a UE that may sleep, or null

    LazyTracedCallback<uint32_t, const Tmgi&> m_joinRequested;                    //!< UE, session
    LazyTracedCallback<uint32_t, const Tmgi&> m_joined;                           //!< UE, session
    LazyTracedCallback<uint32_t, const Tmgi&> m_rejoinRequested;                  //!< UE, session
    LazyTracedCallback<uint32_t, const Tmgi&> m_leaveRequested;                   //!< UE, session
    LazyTracedCallback<uint32_t, const Tmgi&> m_left;                             //!< UE, session
    LazyTracedCallback<uint32_t, const Tmgi&, const std::string&> m_removed;      //!< and cause
    LazyTracedCallback<uint32_t, const Tmgi&, const std::string&> m_joinRejected; //!< and cause
    LazyTracedCallback<uint32_t, const Tmgi&, const Mki&> m_mskInstalled;         //!< and key
    LazyTracedCallback<uint32_t, const Tmgi&, const MskId&> m_mskMissing;         //!< and key
    LazyTracedCallback<uint32_t, const Tmgi&, const Mki&> m_mtkInstalled;         //!< and key
    LazyTracedCallback<uint32_t, const Tmgi&, const Mki&> m_keyFirstUsed;         //!< and key
    LazyTracedCallback<uint32_t, const std::string&> m_mtkMessageRefused;         //!< and why

    // What packets look at, together.
    LazyTracedCallback<uint32_t, Ptr<const Packet>, ByteView> m_delivered; //!< and RTP
    LazyTracedCallback<uint32_t, Ptr<const Packet>, UeLoss> m_lost;        //!< and cause
    uint32_t m_number{0};                                                  //!< of the UE
    uint16_t m_mikeyPort{2269};                                            //!< of MTK messages
    bool m_multicastToIpStack{false};                                      //!< attribute
};

} // namespace ns3::mbs

#endif // MBS_UE_H

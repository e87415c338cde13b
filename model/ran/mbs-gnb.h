// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_GNB_H
#define MBS_GNB_H

#include "mbs-gnb-radio-device.h"
#include "mbs-n3-relay.h"
#include "mbs-rnti-set.h"
#include "mbs-rrc-state.h"

#include "ns3/mbs-n2-transport.h"
#include "ns3/mbs-nas-containers.h"
#include "ns3/mbs-network-function.h"
#include "ns3/mbs-ngap-broadcast.h"
#include "ns3/mbs-ngap-distribution.h"
#include "ns3/mbs-ngap-interface.h"
#include "ns3/mbs-ngap-multicast.h"
#include "ns3/mbs-ngap-path-switch.h"
#include "ns3/mbs-ngap-session.h"
#include "ns3/mbs-ngap-ue-context.h"
#include "ns3/mbs-ngap-ue.h"
#include "ns3/mbs-pdcp-status-report.h"
#include "ns3/mbs-rrc-measurement.h"
#include "ns3/mbs-rrc.h"
#include "ns3/mbs-ssm-router.h"
#include "ns3/mbs-udp-port.h"
#include "ns3/mbs-xn-transport.h"

#include <map>
#include <memory>
#include <optional>

namespace ns3::mbs
{

class GnbHandoverControl;

/**
 * @ingroup mbs
 * @brief A gNB: relays NAS between AMF and UEs, sets up shared delivery for an MBS session when the
 * first UE needs it and releases it when the last one is gone (TS 23.247 clauses 7.2.1.4 and
 * 7.2.2.4), and sends the session's packets to its cell.
 *
 * It holds no MBS key: no NGAP message carries one (TS 38.413), and the N1 messages it relays are
 * octets to it.
 */
class Gnb : public NetworkFunction
{
  public:
    /** How the gNB wants to be sent multicast on N3mb. */
    enum class N3mbTransport : uint8_t
    {
        MULTICAST, //!< one source-specific multicast group for all gNBs
        UNICAST    //!< a GTP-U tunnel of its own
    };

    /** @return the TypeId ns3::mbs::Gnb */
    static TypeId GetTypeId();

    Gnb();
    ~Gnb() override;

    /**
     * @brief Puts the gNB together.
     * @param number of the gNB, from 0
     * @param device its cell
     */
    void SetCell(uint32_t number, Ptr<GnbRadioDevice> device);

    /** @return number of the gNB */
    uint32_t GetNumber() const;

    /**
     * @brief Says where the cell is, for the service areas of broadcast sessions.
     * @param tai its tracking area; its cell identity is the number of the gNB
     */
    void SetTai(const Tai& tai);

    /** @return the endpoint of N2, for its trace sources */
    Ptr<N2Endpoint> GetN2() const;

    /** @return the member of N3mb groups, for its trace sources */
    Ptr<SsmMember> GetSsm() const;

    /** @param address of the AMF on the N2 link */
    void SetAmf(Ipv4Address address);

    /**
     * @param address of this gNB on the N3mb link
     * @param interface number of the IP interface there
     */
    void SetN3mb(Ipv4Address address, uint32_t interface);

    /**
     * @brief Gives the gNB a unicast user plane: N3 to a UPF.
     * @param address of this gNB on the N3 link
     */
    void SetN3(Ipv4Address address);

    /** @return the unicast user plane; of no use before SetN3() */
    Ptr<N3Relay> GetN3() const;

    /**
     * @brief Makes a UE known that is connected when the run begins.
     * @param rnti its radio identity; also taken as RAN UE NGAP ID
     * @param amfUeNgapId its identity at the AMF
     */
    void AddUe(uint32_t rnti, uint64_t amfUeNgapId);

    /**
     * @param fiveGTmsi identity of a UE at its AMF
     * @return true if attributes say that the UE is sent to sleep when it is silent
     */
    bool MaySleep(uint32_t fiveGTmsi) const;

    /**
     * @brief Sends a UE to sleep when it is silent. The cell must have a PagingChannel and a
     * RandomAccess.
     * @param rnti its radio identity
     * @param fiveGTmsi its identity at its AMF
     * @param pduSessionId its PDU session; 0 if it becomes known later
     */
    void AddSleeper(uint32_t rnti, uint32_t fiveGTmsi, uint8_t pduSessionId = 0);

    /**
     * @brief Connects the gNB with a neighbour by Xn. Before it starts.
     * @param gnb number of the neighbour, which has the same AMF
     * @param address of the neighbour on their Xn link
     */
    void AddNeighbour(uint32_t gnb, Ipv4Address address);

    /** @return the endpoint of Xn, for its trace sources; null without neighbours */
    Ptr<XnEndpoint> GetXn() const;

    /**
     * @brief Hands a UE over to a neighbour (TS 38.300 clause 9.2.3.2). The UE must be connected,
     * have been given to AddSleeper() or have come by handover, and have a PDU session that is
     * known here, and must not be in another handover; else, or when it cannot be prepared, the
     * UE stays: see the trace source `HandoverFailed`.
     * @param rnti its radio identity
     * @param target number of the gNB that it shall go to
     */
    void HandOver(uint32_t rnti, uint32_t target);

    /** @param rnti a UE @return true while it is being handed over from here to another gNB */
    bool IsHandingOver(uint32_t rnti) const;

    /**
     * @brief Callback of the trace sources `HandoverStarted` and `HandoverCompleted`.
     * @param gnb number of the gNB
     * @param rnti the UE's radio identity here
     * @param other number of the gNB at the other end
     */
    using HandoverCallback = void (*)(uint32_t gnb, uint32_t rnti, uint32_t other);

    /**
     * @brief Callback of the trace source `HandoverFailed`.
     * @param gnb number of the gNB
     * @param rnti the UE's radio identity here
     * @param other number of the gNB at the other end
     * @param why one clause of a sentence
     */
    using HandoverFailedCallback = void (*)(uint32_t gnb,
                                            uint32_t rnti,
                                            uint32_t other,
                                            const std::string& why);

    /**
     * @param tmgi an MBS session
     * @return true if the session's packets can reach this gNB
     */
    bool HasSharedDelivery(const Tmgi& tmgi) const;

    /**
     * @param tmgi an MBS session
     * @return true if it is known here and active
     */
    bool IsActive(const Tmgi& tmgi) const;

    /**
     * @param tmgi an MBS session
     * @return 5QI of its QoS flow, 0 if it is not known here
     */
    uint8_t GetFiveQi(const Tmgi& tmgi) const;

    /**
     * @brief Callback of the trace sources `NasToUe` and `NasFromUe`.
     * @param gnb number of the gNB
     * @param rnti the UE's radio identity
     * @param nas the NAS PDU; valid during the call
     */
    using NasCallback = void (*)(uint32_t gnb, uint32_t rnti, ByteView nas);

    /**
     * @brief Callback of the trace source `N3mbReceived`.
     * @param gnb number of the gNB
     * @param packet the IP packet of the MBS session
     */
    using N3mbReceivedCallback = void (*)(uint32_t gnb, Ptr<const Packet> packet);

    /**
     * @brief Callback of the trace source `MeasurementReported`.
     * @param gnb number of the gNB
     * @param rnti the UE's radio identity
     * @param report what it says
     */
    using MeasurementReportedCallback = void (*)(uint32_t gnb,
                                                 uint32_t rnti,
                                                 const RrcMeasurementReport& report);

    /**
     * @brief Callback of the trace source `StatusReported`.
     * @param gnb number of the gNB
     * @param rnti the UE's radio identity
     * @param tmgi the session of the bearer
     * @param report what the UE lacks
     */
    using StatusReportedCallback = void (*)(uint32_t gnb,
                                            uint32_t rnti,
                                            const Tmgi& tmgi,
                                            const PdcpStatusReport& report);

  protected:
    void DoDispose() override;

  private:
    friend class GnbHandoverControl;

    void StartApplication() override;
    void StopApplication() override;
    void GoDown(Memory memory) override;
    void ComeUp(Memory memory) override;

    /** @brief Opens the socket on N3mb. */
    void OpenGtpu();

    /** What a PDU SESSION RESOURCE MODIFY REQUEST asks for, while it is being done. */
    struct ModifyRequest
    {
        uint32_t rnti{0};          //!< which UE
        uint8_t pduSessionId{0};   //!< its PDU session; 0 if the AMF has not asked
        Bytes nas;                 //!< goes to the UE together with the bearers
        std::vector<Tmgi> setUp;   //!< sessions that the UE shall listen to
        std::vector<Tmgi> release; //!< sessions that it shall no longer listen to
        std::vector<Tmgi> added;   //!< of setUp, those that it was not in before
    };

    /** An MBS session that UEs of the cell are in. */
    struct Session
    {
        /** How far shared delivery is. */
        enum class State : uint8_t
        {
            ASKED,    //!< DISTRIBUTION SETUP REQUEST was sent
            UP,       //!< packets can come
            RELEASING //!< DISTRIBUTION RELEASE REQUEST was sent
        };

        State state{State::ASKED}; //!< how far shared delivery is
        bool asked{false};         //!< DISTRIBUTION SETUP REQUEST has no answer yet
        uint16_t gRnti{0};         //!< radio identity of the group
        uint32_t ownTeid{0};       //!< tunnel of its own, 0 if none
        uint32_t teid{0};          //!< where packets come, once it is up
        std::optional<std::pair<Ipv4Address, Ipv4Address>> group; //!< source, group that was joined
        RntiSet members;                                          //!< RNTIs of the UEs that listen
        bool broadcast{false};         //!< the AMF has set it up, for the cell as a whole
        bool active{true};             //!< the network says that packets flow
        std::optional<uint8_t> fiveQi; //!< treatment of its QoS flow, once it was told
    };

    /** @param tmgi an MBS session @param session of which inactive members are paged as a group */
    void PageMembers(const Tmgi& tmgi, const Session& session);

    /** @param session whose multicast group is left, if it was joined */
    void LeaveGroup(Session& session);

    /** @param session with shared delivery @return its tunnel at the gNB, nothing with multicast */
    std::optional<NgapGtpTunnel> OwnTunnel(const Session& session) const;

    /** @param tmgi a session @param session for which shared delivery is asked */
    void SendDistributionSetup(const Tmgi& tmgi, Session& session);

    /** @param tmgi a session @param session for which shared delivery is ended */
    void SendDistributionRelease(const Tmgi& tmgi, const Session& session);

    /** @brief The connection to the AMF is up. */
    void N2Connected();

    /** @param message the AMF has forgotten what this gNB has */
    void Handle(const NgapNgResetAcknowledge& message);

    /**
     * @brief Asks the AMF again for the shared delivery that is up or was asked for, and to end
     * what was to be ended: it may have lost the requests, or its memory.
     */
    void RepeatDistributionRequests();

    /** @param pdu an NGAP PDU from the AMF */
    void ReceiveNgap(Bytes pdu);

    /**
     * @brief Reports the NAS PDUs that an NGAP PDU carries for a UE of the cell.
     * @param type what the PDU is
     * @param pdu the octets
     */
    void TraceNas(const NgapMessageType& type, ByteView pdu);

    /**
     * @param ranUeNgapId a UE's identity here
     * @param amfUeNgapId its identity at the AMF
     * @return true if there is such a UE
     */
    bool IsServed(uint32_t ranUeNgapId, uint64_t amfUeNgapId) const;

    /**
     * @param ranUeNgapId a UE's identity here
     * @param amfUeNgapId its identity at the AMF
     * @param type what the message is that names it
     * @return true if there is such a UE; else the message is reported as dropped
     */
    bool Knows(uint32_t ranUeNgapId, uint64_t amfUeNgapId, const NgapMessageType& type);

    /** @param message relayed to the UE */
    void Handle(const NgapDownlinkNasTransport& message);
    /** @param message sets up MBS sessions for a UE */
    void Handle(const NgapPduSessionResourceModifyRequest& message);
    /** @param message shared delivery is up */
    void Handle(const NgapDistributionSetupResponse& message);
    /** @param message shared delivery could not be set up */
    void Handle(const NgapDistributionSetupFailure& message);

    /**
     * @brief Decodes an NGAP message and handles it, or drops it.
     * @tparam Message its type
     * @param pdu the octets
     */
    template <typename Message>
    void DecodeAndHandle(ByteView pdu);

    /** @param message a session becomes active */
    void Handle(const NgapMulticastSessionActivationRequest& message);
    /** @param message a session becomes inactive */
    void Handle(const NgapMulticastSessionDeactivationRequest& message);
    /** @param message another QoS or service area */
    void Handle(const NgapMulticastSessionUpdateRequest& message);

    /** @param rnti from which UE @param octets a MEASUREMENT REPORT, or what should be one */
    void ReceiveMeasurementReport(uint32_t rnti, ByteView octets);
    /** @param rnti a UE @param report what it has measured */
    void HandleMeasurementReport(uint32_t rnti, const RrcMeasurementReport& report);
    /** @param message ends a UE's connection */
    void Handle(const NgapUeContextReleaseCommand& message);
    /** @param message the path of a UE is switched */
    void Handle(const NgapPathSwitchRequestAcknowledge& message);
    /** @param message the path of a UE is not switched */
    void Handle(const NgapPathSwitchRequestFailure& message);
    /** @param message looks for an idle UE */
    void Handle(const NgapPaging& message);
    /** @param message looks for the idle UEs of a session */
    void Handle(const NgapMulticastGroupPaging& message);

    /** @param rnti a UE @return its connection, null if it never sleeps */
    GnbUeConnection* FindConnection(uint32_t rnti);
    /** @brief Begins to watch all UEs that may sleep. */
    void StartInactivityTimers();
    /** @brief Stops to watch them, and to page them. */
    void CancelConnectionTimers();
    /** @param rnti a UE @param connection of which something was sent or received */
    void NoteActivity(uint32_t rnti, GnbUeConnection& connection);
    /** @param rnti a UE @return true if something is going on that it must be awake for */
    bool IsBusy(uint32_t rnti) const;
    /** @param rnti a UE that may have been silent for long enough */
    void InactivityExpired(uint32_t rnti);
    /** @param rnti a UE @return the bearers it has */
    std::vector<MrbConfig> BearersOf(uint32_t rnti) const;
    /** @param rnti a UE @param connection goes to RRC_INACTIVE */
    void Suspend(uint32_t rnti, GnbUeConnection& connection);
    /** @param rnti a UE @param cause why the AMF is asked to release it, of the radio network */
    void RequestRelease(uint32_t rnti, uint8_t cause);
    /** @param rnti a UE @param connection of which nothing is kept */
    void ForgetConnection(uint32_t rnti, GnbUeConnection& connection);
    /** @param rnti a UE that is in no session any more, and waits for none */
    void ForgetUe(uint32_t rnti);
    /** @param rnti a UE @param other at the other end @param why its handover failed, a clause */
    void ReportHandoverFailure(uint32_t rnti, uint32_t other, const std::string& why);
    /** @param rnti a UE @param nas from it, goes to the AMF */
    void SendUplinkNas(uint32_t rnti, const Bytes& nas);
    /**
     * @brief RLC has given up an RRC PDU. A UE that can come back has got RlfReleaseTimer to do so,
     * unless it falls asleep or answers before.
     * @param rnti to whom
     * @param pdu the RRC PDU
     * @param isBack true if RLC has begun anew, as the UE has come back
     */
    void SignallingUndelivered(uint32_t rnti, Ptr<const Packet> pdu, bool isBack);
    /** @param rnti a UE that cannot come back @param transaction of what it was not told */
    void ReconfigurationUndelivered(uint32_t rnti, uint8_t transaction);
    /** @param rnti a UE that RLC does not reach, and that has not come back: it is released */
    void RadioLinkLost(uint32_t rnti);
    /** @param rnti a UE @param octets RRC PDU for it @return true if it waits until it is awake */
    bool HoldsBack(uint32_t rnti, const Bytes& octets);
    /** @param rnti a UE that is paged, once more perhaps, if it is inactive and something waits */
    void PageInactive(uint32_t rnti);
    /** @param rnti a UE @param connection is up, and gets what has waited */
    void Connected(uint32_t rnti, GnbUeConnection& connection);
    /** @param rnti a UE @param message of it about its connection */
    void HandleConnection(uint32_t rnti, const RrcMessage& message);
    /** @param rnti of a UE that may be new here: what is begun with SETUP has a place */
    void Introduce(uint32_t rnti);
    /** @param rnti a UE that was out of coverage @param message its request */
    void HandleReestablishment(uint32_t rnti, const RrcMessage& message);
    /** @param rnti a UE whose connection is up again: it gets its bearers */
    void RestoreBearers(uint32_t rnti);
    /** @param rnti a UE @param connection new @param nas its first NAS message */
    void InitialUeMessage(uint32_t rnti, GnbUeConnection& connection, const Bytes& nas);
    /** @param rnti to whom @param octets an RRC PDU that is sent at once */
    void SendPdu(uint32_t rnti, const Bytes& octets);
    /** @param message a broadcast session starts */
    void Handle(const NgapBroadcastSessionSetupRequest& message);
    /** @param message another QoS or service area of a broadcast session */
    void Handle(const NgapBroadcastSessionModificationRequest& message);
    /** @param message a broadcast session ends */
    void Handle(const NgapBroadcastSessionReleaseRequest& message);

    /** @param area of a broadcast session @return true if the cell is in it */
    bool IsInArea(const NgapMbsServiceArea& area) const;

    /**
     * @brief Takes the packets of a broadcast session from where the MB-SMF offers them.
     * @param tmgi the session
     * @param session the same
     * @param transfer what the MB-SMF says
     * @return the transfer of the answer
     */
    Bytes TakeBroadcast(const Tmgi& tmgi,
                        Session& session,
                        const NgapMbsSessionSetupOrModRequestTransfer& transfer);

    /** @brief Joins the groups of broadcast sessions again and goes on with the MCCH. */
    void ResumeBroadcast();

    /** @brief Begins to say on the MCCH, again and again, which sessions the cell broadcasts. */
    void StartMcch();

    /**
     * @brief Asks for shared delivery, unless that is up or was asked for.
     * @param tmgi for which DISTRIBUTION SETUP REQUEST is sent
     * @return false if the cell has no identity left for one more group
     */
    bool RequestDistribution(const Tmgi& tmgi);

    /** @return a radio identity that no session has, or 0 if all are taken */
    uint16_t TakeGRnti();

    /** @param message shared delivery is released */
    void Handle(const NgapDistributionReleaseResponse& message);

    /**
     * @brief Releases shared delivery if no UE listens or is going to: DISTRIBUTION RELEASE
     * REQUEST. Not of a broadcast session, which is the network's to release.
     * @param tmgi the session
     */
    void ReleaseIfUnused(const Tmgi& tmgi);

    /**
     * @brief Forgets a session whose shared delivery could not be set up, and tells the AMF that
     * the UEs that wait for it cannot be served. The next UE makes the gNB ask again.
     * @param tmgi the session
     * @param cause why
     */
    void GiveUpDistribution(Tmgi tmgi, const NgapCause& cause);

    /** @brief Carries out the requests whose sessions have all been set up. */
    void ServeWaiting();

    /**
     * @brief Tells a UE which groups to listen to, with the NAS PDU that came along.
     * @param request what was asked for
     */
    void Configure(const ModifyRequest& request);

    /**
     * @brief Answers a PDU SESSION RESOURCE MODIFY REQUEST.
     * @param request what was asked for
     * @param cause why it failed, or nothing if it is done
     */
    void Respond(const ModifyRequest& request, const std::optional<NgapCause>& cause);

    /** @param rnti from whom @param pdu an RRC PDU */
    void ReceiveSignalling(uint32_t rnti, Ptr<const Packet> pdu);

    /** @param rnti from whom @param gRnti whose MRB @param pdu a PDCP control PDU about it */
    void ReceivePdcpControl(uint32_t rnti, uint16_t gRnti, Ptr<const Packet> pdu);

    /** @param tmgi a session @param session the same @return its bearer in an order for a UE */
    MrbConfig BearerOf(const Tmgi& tmgi, const Session& session) const;

    /** @param rnti from whom @param message an RRC message that was served */
    void HandleRrc(uint32_t rnti, const RrcMessage& message);

    /** @param rnti to whom @param message the RRC message */
    void SendRrc(uint32_t rnti, const RrcMessage& message);

    /** @param pdu goes to the AMF @param type what it is */
    void SendNgap(const Bytes& pdu, const NgapMessageType& type);

    /** @param datagram a GTP-U packet from N3mb; gets shorter */
    void ReceiveN3mb(const Ptr<Packet>& datagram);

    uint32_t m_number{0};                                    //!< of the gNB
    Ptr<GnbRadioDevice> m_device;                            //!< the cell
    Ptr<N2Endpoint> m_n2;                                    //!< to the AMF
    Ipv4Address m_amf;                                       //!< address of the AMF
    Ipv4Address m_n3mbAddress;                               //!< of this gNB
    uint32_t m_n3mbInterface{0};                             //!< number of the IP interface
    Ptr<UdpPort> m_gtpu;                                     //!< GTP-U on N3mb
    Ptr<N3Relay> m_n3;                                       //!< unicast user plane
    Ptr<SsmMember> m_ssm;                                    //!< joins the groups of N3mb
    N3mbTransport m_n3mbTransport{N3mbTransport::MULTICAST}; //!< attribute
    std::vector<uint64_t> m_amfUeNgapIds;                    //!< by RNTI - 1
    std::map<Tmgi, Session> m_sessions;                      //!< of UEs of the cell
    std::map<uint32_t, Tmgi> m_tmgiOfTeid;                   //!< session of a tunnel
    bool m_resetting{false};                                 //!< NG RESET is to be answered
    Tai m_tai;                                               //!< of the cell
    Time m_mcchRepetitionPeriod;                             //!< attribute
    bool m_mcch{false};                                      //!< the MCCH is sent
    uint16_t m_nextGRnti{1};                                 //!< for the next session
    uint32_t m_nextTeid{1};                                  //!< for the next tunnel of its own
    uint8_t m_nextTransaction{0};                            //!< of the next RRC RECONFIGURATION
    std::vector<ModifyRequest> m_waiting;                    //!< for shared delivery to be set up
    std::map<std::pair<uint32_t, uint8_t>, ModifyRequest> m_pending; //!< by RNTI, transaction
    std::map<uint32_t, GnbUeConnection> m_connections; //!< of UEs that may sleep, by RNTI
    RrcState m_sleepState{RrcState::CONNECTED};        //!< attribute
    Time m_inactivityTimer;                            //!< attribute
    double m_sleeperShare{1};                          //!< attribute
    bool m_multicastInInactive{false};                 //!< attribute
    bool m_keepWhileActive{false};                     //!< attribute
    Time m_ranPagingTimer;                             //!< attribute
    uint32_t m_maxRanPagings{3};                       //!< attribute
    std::unique_ptr<GnbHandoverControl> m_handovers;   //!< with neighbours, else null
    Time m_t304;                                       //!< attribute
    Time m_rlfReleaseTimer;                            //!< attribute, from 1 ms
    Time m_txnRelocPrep;                               //!< attribute
    Time m_txnRelocOverall;                            //!< attribute
    bool m_admitsHandovers{true};                      //!< attribute
    uint32_t m_maxAwaitedUes{1024};                    //!< attribute

    TracedCallback<uint32_t, uint32_t, ByteView> m_nasToUe;           //!< gNB, RNTI, NAS PDU
    TracedCallback<uint32_t, uint32_t, ByteView> m_nasFromUe;         //!< gNB, RNTI, NAS PDU
    TracedCallback<uint32_t, Ptr<const Packet>> m_n3mbReceived;       //!< gNB, IP packet
    TracedCallback<uint32_t, uint32_t, uint32_t> m_handoverStarted;   //!< gNB, RNTI, target
    TracedCallback<uint32_t, uint32_t, uint32_t> m_handoverCompleted; //!< gNB, RNTI, source
    TracedCallback<uint32_t, uint32_t, uint32_t, const std::string&>
        m_handoverFailed; //!< gNB, RNTI, gNB at the other end, why
    TracedCallback<uint32_t, uint32_t, const RrcMeasurementReport&>
        m_measurementReported; //!< gNB, RNTI, report
    TracedCallback<uint32_t, uint32_t, const Tmgi&, const PdcpStatusReport&>
        m_statusReported; //!< gNB, RNTI, session, report
};

} // namespace ns3::mbs

#endif // MBS_GNB_H

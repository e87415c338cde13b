// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MBSTF_H
#define MBS_MBSTF_H

#include "mbs-key-activation.h"
#include "mbs-sbi-function.h"
#include "mbs-security-attributes.h"
#include "mbs-security-deployment.h"

#include "ns3/mbs-key-generator.h"
#include "ns3/mbs-key-material.h"
#include "ns3/mbs-sbi-body-nmbstf.h"
#include "ns3/mbs-srtp.h"
#include "ns3/mbs-udp-port.h"

#include "ns3/event-id.h"
#include "ns3/packet.h"

#include <deque>
#include <map>
#include <memory>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief MBSTF: makes the MTKs, protects the AF's packets with them and sends them to the MB-UPF
 * (TS 33.501 W.4.1.2, TS 26.502 clause 4.2).
 *
 * The first MTK under an MSK travels with the MSK, on the control plane. Every further one is
 * multicast to the UEs in a MIKEY message under the MSK (TS 33.246 clause 6.3.3.2), sent
 * `MtkRepetitions` times more since nobody answers it, and then each `MtkRetransmissionInterval`
 * for UEs that join later.
 *
 * A new key is used `ActivationDelay` after it was given out, or at a given time (`MskActivation`,
 * `MtkActivation`). An MSK is used earlier if the lifetime of the one before ends, and an MTK alone
 * never before its MSK.
 *
 * In the user-plane procedure every MTK is multicast, the first under an MSK too. Its MIKEY message
 * is protected with CSB ID and RAND of the MSK message (MskBundle).
 *
 * A key set crosses Nmb2 in the shape that TS 29.581 had in V17.0.0: the MSK in the distribution
 * session, the MTK back in a notification of MTK_UPDATE.
 * An MSK that is only named is one that this function makes, if it has the MBSSF, or else finds in
 * the NodeKeys of its node. A subscriber to MSK_REQUEST is asked for an MSK whenever there is no
 * valid one.
 */
class Mbstf : public SbiFunction
{
  public:
    /** @return the TypeId ns3::mbs::Mbstf */
    static TypeId GetTypeId();

    Mbstf();
    ~Mbstf() override;

    /** @param address of this function on the Nmb8 link */
    void SetNmb8(Ipv4Address address);

    /** @param address of this function on the Nmb9 link */
    void SetNmb9(Ipv4Address address);

    int64_t AssignStreams(int64_t stream) override;

    /**
     * @brief Callback of the trace source `MtkGenerated`.
     * @param tmgi the session
     * @param keys names of the MSK and the MTK, both keys
     * @param salt SRTP master salt that belongs to the MTK
     * @param alone true if the MTK is multicast, false if it travels with its MSK
     */
    using MtkGeneratedCallback = void (*)(const Tmgi& tmgi,
                                          const KeySet& keys,
                                          ByteView salt,
                                          bool alone);

    /**
     * @brief Callback of the trace source `MskGenerated`.
     * @param tmgi the session
     * @param keys name of the MSK, and the MSK
     * @param first true if it is the session's first one
     */
    using MskGeneratedCallback = void (*)(const Tmgi& tmgi, const KeySet& keys, bool first);

    /**
     * @brief Callback of the trace source `KeyActivated`.
     * @param tmgi the session
     * @param mki name of the key that protects the packets from now on
     */
    using KeyActivatedCallback = void (*)(const Tmgi& tmgi, const Mki& mki);

    /**
     * @brief Callback of the trace source `TrafficSent`.
     * @param tmgi the session
     * @param packet the IP packet of the MBS session with the SRTP packet inside
     * @param index 0, 1, 2 and so on within the session
     */
    using TrafficSentCallback = void (*)(const Tmgi& tmgi,
                                         Ptr<const Packet> packet,
                                         uint64_t index);

    /**
     * @brief Callback of the trace source `MtkMessageSent`.
     * @param tmgi the session
     * @param packet the IP packet of the MBS session with the MIKEY message inside
     * @param octets length of the MIKEY message
     */
    using MtkMessageSentCallback = void (*)(const Tmgi& tmgi,
                                            Ptr<const Packet> packet,
                                            uint32_t octets);

  protected:
    void DoDispose() override;

  private:
    void StopApplication() override;
    void OfferServices() override;
    void GoDown(Memory memory) override;
    void ComeUp(Memory memory) override;

    /** A key that protects packets, now or soon. */
    struct SendingKey
    {
        Mki mki;                                  //!< its name
        std::unique_ptr<SrtpTransform> transform; //!< set up with it
        bool withMsk{false};                      //!< the first one under its MSK
        Time due;                                 //!< when it is used
    };

    /** What is kept of a session for ever: where the AF sends, and what must never go back. */
    struct Lasting
    {
        uint16_t ingestPort{0}; //!< UDP port of the AF's packets
        uint64_t sent{0};       //!< packets
        SrtpSequence sequence;  //!< extends RTP sequence numbers
        bool hadKeys{false};    //!< an MSK it gets is not the first one
    };

    /** A distribution session: one MBS session's traffic. */
    struct Session
    {
        std::string ref;                   //!< name of the resource
        nmbstf::DistSession description;   //!< as it was last set
        Tmgi tmgi;                         //!< name of the MBS session
        SbiUri notifyUri;                  //!< where events go
        bool subscribed{false};            //!< somebody wants them
        std::string correlationId;         //!< comes back in them
        KeySet keys;                       //!< newest MSK and MTK
        Salt112 salt;                      //!< that belongs to the MTK
        bool hasKeys{false};               //!< there are some
        uint32_t csbId{0};                 //!< MIKEY crypto session bundle
        uint32_t mtkCounter{0};            //!< MIKEY counter under the newest MSK
        std::optional<SendingKey> current; //!< protects packets
        std::deque<SendingKey> next;       //!< given out, not yet used
        Lasting* lasting{nullptr};         //!< what is kept of it for ever
        Ptr<UdpPort> ingest;               //!< packets of the AF
        EventId renewal;                   //!< of the MTK
        Time renewalDue;                   //!< when it is, or was meant to be; 0 before the first
        bool mtkHeldBack{false};           //!< one was asked for while the session was not active
        bool asksForMsk{false};            //!< the subscriber wants MSK_REQUEST
        EventId mskRequest;                //!< when the next MSK is asked for
        EventId retransmission;            //!< of its MIKEY message
        Bytes mikey;                       //!< that message; empty if the MTK is in none
    };

    /** @param request Create @param respond answers */
    void CreateSession(const SbiRequest& request, const Responder& respond);
    /** @param ref session @param request Update @param respond answers */
    void UpdateSession(const std::string& ref, const SbiRequest& request, const Responder& respond);
    /** @param ref session, Retrieve @param respond answers */
    void RetrieveSession(const std::string& ref, const Responder& respond) const;
    /** @param ref session, Destroy @param respond answers */
    void DestroySession(const std::string& ref, const Responder& respond);
    /** @param ref session @param request StatusSubscribe @param respond answers */
    void Subscribe(const std::string& ref, const SbiRequest& request, const Responder& respond);

    /** @brief Opens the socket towards the MB-UPF. */
    void OpenTunnel();

    /**
     * @brief Opens the port of a session's packets from the AF.
     * @param ref the session
     * @param port UDP port
     * @return the port, null if the port is taken
     */
    Ptr<UdpPort> OpenIngest(const std::string& ref, uint16_t port);

    /**
     * @brief Ends an MBS session's distribution session, if there is one, for a new one: its
     * creator has lost the answer, or forgotten it.
     * @param tmgi the MBS session
     */
    void ReplaceSession(const Tmgi& tmgi);

    /** @param session whose timers stop */
    static void CancelTimers(Session& session);

    /** @param session for which an MSK is asked when the newest one ends, if it asks for MSKs */
    void ScheduleMskRequest(Session& session);

    /** @param session gets a new MSK @param keys the MSK with its name */
    void SetMsk(Session& session, const KeySet& keys);

    /** @param session gets its next MTK @param alone true if it travels without its MSK */
    void MakeMtk(Session& session, bool alone);

    /**
     * @brief Reports a session's newest MTK to the subscriber, again later if that fails and there
     * is no newer one by then.
     * @param session of which
     * @param attempt how often it was tried again before
     */
    void NotifyMtk(const Session& session, uint32_t attempt = 0);

    /** @param ref session for which a new MSK is asked of the subscriber */
    void AskForMsk(const std::string& ref);

    /**
     * @brief Sends an event to the subscriber.
     * @param session of which
     * @param report the event
     * @param attempt how often it was tried again before; an MTK only
     */
    void Notify(const Session& session,
                const nmbstf::DistSessionEventReport& report,
                uint32_t attempt = 0);

    /** @param session whose @return the event */
    nmbstf::DistSessionEventReport MtkReport(const Session& session) const;

    /** @param session whose newest MTK is multicast */
    void DistributeMtk(Session& session);

    /** @param session whose newest MTK's MIKEY message is sent now and some times more */
    void SendMtkMessages(Session& session);

    /** @param ref session @param octets a MIKEY message, sent now */
    void SendMtkMessage(const std::string& ref, const Bytes& octets);

    /** @param tid of this class @return the same with the attributes about the use of keys */
    static TypeId AddActivationAttributes(TypeId tid);

    /** @param withMsk whether an MTK is the first one under its MSK @return when it is used */
    Time UsedAt(bool withMsk) const;

    /** @param ref session that uses the newest key that is due from now on */
    void ActivateDue(const std::string& ref);

    /**
     * @brief Uses the newest MSK of a session, which UEs have; in the user-plane procedure when
     * they have had time to get an MTK under it.
     * @param ref the session
     */
    void ActivateMsk(const std::string& ref);

    /** @param tmgi a session @param mskId name of an MSK that UEs have, as the MBSSF here reports
     */
    void MskCompleted(const Tmgi& tmgi, const MskId& mskId);

    /**
     * @brief Takes over the end of the lifetime of an MSK that was given before.
     * @param session whose
     * @param keys name of the MSK and its lifetime
     */
    void EndMsk(Session& session, const KeySet& keys);

    /** @param session that has become active or inactive */
    void StateChanged(Session& session);

    /** @param session whose next MTK is due after the interval */
    void ScheduleRenewal(Session& session);

    /** @param ref session whose next MTK is due */
    void RenewMtk(const std::string& ref);

    /** @param session whose newest MTK is sent again from time to time */
    void ScheduleRetransmission(Session& session);

    /** @param ref session whose newest MTK is sent again for late joiners */
    void RetransmitMtk(const std::string& ref);

    /** @param ref session @param packet of the AF */
    void ReceiveIngest(const std::string& ref, const Packet& packet);

    /** @param session protects and sends @param packet an RTP packet */
    void SendTraffic(Session& session, const Packet& packet);

    /**
     * @brief Finds room for a UDP payload, with room for its headers before it.
     * @param size of the payload at most, octets
     * @return where it goes
     */
    uint8_t* PlaceForPayload(std::size_t size);

    /**
     * @brief Puts what lies at PlaceForPayload() into an IP packet of the MBS session.
     * @param session the session
     * @param port UDP destination port
     * @param size of the payload, octets
     * @return the IP packet
     */
    Ptr<Packet> MakeIpPacket(const Session& session, uint16_t port, std::size_t size);

    /** @param session whose @param packet an IP packet, goes through the tunnel to the MB-UPF */
    void SendToMbUpf(const Session& session, Ptr<Packet> packet);

    Ipv4Address m_nmb8Address;                                       //!< own address on Nmb8
    Ipv4Address m_nmb9Address;                                       //!< own address on Nmb9
    Ptr<KeyGenerator> m_keys;                                        //!< makes MTKs
    Time m_mtkInterval;                                              //!< attribute
    uint32_t m_mtkRepetitions{2};                                    //!< attribute
    Time m_mtkRepetitionInterval;                                    //!< attribute
    Time m_mtkRetransmissionInterval;                                //!< attribute
    Time m_activationDelay;                                          //!< attribute
    Time m_mtkActivationDelay;                                       //!< attribute
    KeyActivationPolicy m_mskActivation{KeyActivationPolicy::DELAY}; //!< attribute
    Time m_mskActivationTime;                                        //!< attribute
    Time m_mskActivationPeriod;                                      //!< attribute
    KeyActivationPolicy m_mtkActivation{KeyActivationPolicy::DELAY}; //!< attribute
    Time m_mtkActivationTime;                                        //!< attribute
    Time m_mtkActivationPeriod;                                      //!< attribute
    SrtpProfile m_srtpProfile{SrtpProfile::AES_CM_128_HMAC_SHA1_80}; //!< attribute
    SrtpRocChoice m_srtpRocMode{SrtpRocChoice::AUTO};                //!< attribute
    uint16_t m_srtpRocRate{1};                                       //!< attribute
    SecurityProcedure m_procedure{SecurityProcedure::CONTROL_PLANE}; //!< attribute
    MbssfPlacement m_placement{MbssfPlacement::MBSF};                //!< attribute
    uint16_t m_mikeyPort{2269};                                      //!< attribute
    uint16_t m_firstIngestPort{30000};                               //!< attribute
    Ptr<UdpPort> m_tunnel;                                           //!< to the MB-UPF
    std::map<std::string, Session> m_sessions;                       //!< by name of the resource
    std::map<Tmgi, Lasting> m_lasting;                               //!< of all sessions ever
    uint32_t m_nextPort{0};                                          //!< of the next new session
    uint32_t m_nextRef{1};                                           //!< of the next session
    Bytes m_buffer;                                                  //!< one IP packet, reused

    TracedCallback<const Tmgi&, const KeySet&, ByteView, bool> m_mtkGenerated; //!< see above
    TracedCallback<const Tmgi&, const KeySet&, bool> m_mskGenerated;           //!< see above
    TracedCallback<const Tmgi&, const Mki&> m_keyActivated;                    //!< see above
    TracedCallback<const Tmgi&, Ptr<const Packet>, uint64_t> m_trafficSent;    //!< see above
    TracedCallback<const Tmgi&, Ptr<const Packet>, uint32_t> m_mtkMessageSent; //!< see above
};

} // namespace ns3::mbs

#endif // MBS_MBSTF_H

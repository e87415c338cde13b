// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MB_UPF_H
#define MBS_MB_UPF_H

#include "mbs-network-function.h"

#include "ns3/mbs-n4-transport.h"
#include "ns3/mbs-pfcp.h"
#include "ns3/mbs-udp-port.h"

#include "ns3/ipv4-address.h"
#include "ns3/packet.h"

#include <functional>
#include <map>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief MB-UPF: takes a session's packets from the MBSTF's tunnel at Nmb9 and sends them to gNBs
 * at N3mb, as the MB-SMF orders over N4mb (TS 23.247 clause 5.3.2.5, TS 29.244 clause 5.34).
 *
 * It sees ciphertext only. Packets are forwarded at once; the service time is that of PFCP
 * messages.
 */
class MbUpf : public NetworkFunction
{
  public:
    /** @return the TypeId ns3::mbs::MbUpf */
    static TypeId GetTypeId();

    MbUpf();
    ~MbUpf() override;

    /** @param address of this function on the N4mb link */
    void SetN4mb(Ipv4Address address);

    /** @param address of this function on the Nmb9 link */
    void SetNmb9(Ipv4Address address);

    /** @param address of this function on the N3mb link */
    void SetN3mb(Ipv4Address address);

    /** @return the endpoint of N4mb, for its trace sources */
    Ptr<N4Endpoint> GetN4() const;

    /**
     * @brief Callback of the trace source `Forwarded`.
     * @param tmgi the session, empty if the MB-SMF named none
     * @param packet the IP packet of the MBS session
     * @param copies how many were sent, over multicast and unicast tunnels
     */
    using ForwardedCallback = void (*)(const Tmgi& tmgi, Ptr<const Packet> packet, uint32_t copies);

  protected:
    void DoDispose() override;

  private:
    void StartApplication() override;
    void StopApplication() override;
    void GoDown(Memory memory) override;
    void ComeUp(Memory memory) override;

    /** @brief Opens the socket on N3mb. */
    void OpenGtpu();

    /**
     * @brief Opens a session's tunnel from the MBSTF.
     * @param seid the session
     * @param port UDP port
     * @return the port, null if the port is taken
     */
    Ptr<UdpPort> OpenIngress(uint64_t seid, uint16_t port);

    /** @brief Ends all sessions. */
    void ForgetSessions();

    /**
     * @param tmgi an MBS session
     * @return what its group, C-TEID and port at Nmb9 follow from: those that it had, unless they
     * are in use, since a session that comes back finds gNBs that listen to its group
     */
    uint32_t NumberOf(const Tmgi& tmgi);

    /** @brief Tells the MB-SMF that this function has forgotten its sessions. */
    void Associate();

    /** One PFCP session: one MBS session. */
    struct Session
    {
        Tmgi tmgi;                                  //!< its name
        uint64_t cpSeid{0};                         //!< the session at the MB-SMF
        uint16_t port{0};                           //!< UDP port of the tunnel from the MBSTF
        Ptr<UdpPort> ingress;                       //!< that tunnel
        PfcpMulticastTransport multicast;           //!< group and C-TEID on N3mb
        PfcpApplyAction action;                     //!< what to do with packets
        std::map<uint16_t, PfcpGtpuTunnel> unicast; //!< gNBs by unicast parameters ID
        std::optional<uint8_t> qfi;                 //!< QoS flow to write
        bool insertSequenceNumber{false};           //!< number the packets
        uint32_t sequenceNumber{0};                 //!< of the next packet
    };

    /** Answers a request. */
    using Respond = std::function<void(Bytes)>;

    /** @param request a PFCP request @param respond answers it */
    void HandlePfcp(const Bytes& request, const Respond& respond);

    /** @param request establishes a session @return the answer */
    PfcpSessionEstablishmentResponse Handle(const PfcpSessionEstablishmentRequest& request);
    /** @param request changes a session @return the answer */
    PfcpSessionModificationResponse Handle(const PfcpSessionModificationRequest& request);
    /** @param request ends a session @return the answer */
    PfcpSessionDeletionResponse Handle(const PfcpSessionDeletionRequest& request);
    /** @param request begins an association @return the answer */
    PfcpAssociationSetupResponse Handle(const PfcpAssociationSetupRequest& request);
    /** @param request asks for a sign of life @return the answer */
    PfcpHeartbeatResponse Handle(const PfcpHeartbeatRequest& request);

    /**
     * @brief Decodes a request, handles it and answers, or drops it.
     * @tparam Request its type
     * @param octets the request
     * @param type for the trace
     * @param respond answers it
     */
    template <typename Request>
    void DecodeAndHandle(ByteView octets, PfcpType type, const Respond& respond);

    /** @param seid the session @param packet an IP packet out of its tunnel */
    void ReceiveIngress(uint64_t seid, const Ptr<Packet>& packet);

    /** @param session the session @param packet the IP packet; goes to all gNBs */
    void Forward(Session& session, const Ptr<Packet>& packet);

    Ptr<N4Endpoint> m_n4;                   //!< PFCP
    Ipv4Address m_n4mbAddress;              //!< own address on N4mb
    Ipv4Address m_nmb9Address;              //!< own address on Nmb9
    Ipv4Address m_n3mbAddress;              //!< own address on N3mb
    Ipv4Address m_firstGroup;               //!< attribute: group of the first session
    uint16_t m_firstIngressPort{20000};     //!< attribute: UDP port of the first session
    Ptr<UdpPort> m_gtpu;                    //!< GTP-U on N3mb
    std::map<uint64_t, Session> m_sessions; //!< by SEID
    uint64_t m_nextSeid{1};                 //!< of the next session
    std::map<Tmgi, uint32_t> m_numbers;     //!< of all sessions ever
    uint32_t m_nextNumber{0};               //!< of the next session that is new
    Ipv4Address m_mbSmf;                    //!< who has sent requests
    Time m_began;                           //!< when this function had no memory
    std::optional<uint32_t> m_cpRecovery;   //!< recovery time stamp of the MB-SMF

    TracedCallback<const Tmgi&, Ptr<const Packet>, uint32_t> m_forwarded; //!< see Forwarded
};

} // namespace ns3::mbs

#endif // MBS_MB_UPF_H

// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_UPF_H
#define MBS_UPF_H

#include "mbs-network-function.h"

#include "ns3/mbs-bytes.h"

#include "ns3/ipv4-address.h"
#include "ns3/packet.h"
#include "ns3/socket.h"
#include "ns3/virtual-net-device.h"

#include <map>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief UPF: the anchor of the UEs' PDU sessions (TS 23.501 clause 6.2.3). It carries their IPv4
 * packets between the gNBs' GTP-U tunnels at N3 and the data network at N6.
 *
 *     UE ))) gNB ==N3: GTP-U== UPF --N6: IP-- data network
 *                               |
 *                       device of the pool: all UE addresses are behind it
 *
 * On its node the UPF is a router of ns-3: a virtual device has all addresses of the UEs behind it,
 * so that one route leads to them all, however many there are, and N6 is every other link of the
 * node. What the node forwards to the virtual device goes into the tunnel of the PDU session that
 * has the destination address; what comes out of a tunnel enters the node's IP stack through that
 * device.
 *
 * PDU sessions are made known by the helper; there is no N4. Packets are forwarded at once; the
 * service time is that of messages, of which this function has none yet.
 */
class Upf : public NetworkFunction
{
  public:
    /** @return the TypeId ns3::mbs::Upf */
    static TypeId GetTypeId();

    Upf();
    ~Upf() override;

    /**
     * @brief Makes a link to a gNB known.
     * @param local address of this function on the link
     * @param gnb the gNB's address
     */
    void AddN3(Ipv4Address local, Ipv4Address gnb);

    /** @return address of the UPF in the pool of UE addresses, the first one */
    Ipv4Address GetPoolAddress() const;

    /** @return mask of the pool */
    Ipv4Mask GetPoolMask() const;

    /** @return how many UEs the pool has addresses for */
    uint32_t GetPoolSize() const;

    /**
     * @brief Gives the next UE address out.
     * @return the address, the second of the pool and then those that follow
     */
    Ipv4Address AllocateUeAddress();

    /** @param mtu largest IP packet of a PDU session, octets */
    void SetMtu(uint16_t mtu);

    /**
     * @brief Begins a PDU session.
     * @param ue address of the UE
     * @return TEID of the uplink tunnel, here
     */
    uint32_t AddPduSession(Ipv4Address ue);

    /**
     * @brief Says where the downlink packets of a PDU session go: the end of its set-up, and each
     * change of the gNB.
     * @param uplinkTeid names the PDU session
     * @param gnb address of the gNB, at the other end of a link that AddN3() made known
     * @param teid of the downlink tunnel, at the gNB
     * @param qfi QoS flow identifier that downlink packets are marked with, 1 to 63
     */
    void SetDownlink(uint32_t uplinkTeid, Ipv4Address gnb, uint32_t teid, uint8_t qfi);

    /**
     * @brief Ends a PDU session. What still comes for it is dropped.
     * @param uplinkTeid names the PDU session
     */
    void RemovePduSession(uint32_t uplinkTeid);

    /**
     * @brief Callback of the trace sources `UplinkForwarded` and `DownlinkForwarded`.
     * @param ue address of the UE
     * @param packet the IP packet
     */
    using ForwardedCallback = void (*)(Ipv4Address ue, Ptr<const Packet> packet);

  protected:
    void DoDispose() override;

  private:
    void StartApplication() override;
    void StopApplication() override;

    /** A PDU session of a UE. */
    struct PduSession
    {
        Ipv4Address ue;   //!< its address
        Ipv4Address gnb;  //!< where downlink packets go
        uint32_t teid{0}; //!< of the downlink tunnel; 0 until there is one
        uint8_t qfi{1};   //!< of downlink packets
    };

    /** A link to a gNB. */
    struct N3Link
    {
        Ipv4Address local;  //!< address of this function
        Ptr<Socket> socket; //!< GTP-U
    };

    /** @param socket has GTP-U packets from a gNB */
    void ReceiveN3(Ptr<Socket> socket);

    /**
     * @brief Looks at an uplink packet before it enters the IP stack.
     * @param session whose packet it is
     * @param packet the IP packet
     * @return what is wrong with it, or nothing
     */
    std::string CheckUplink(const PduSession& session, ByteView packet) const;

    /**
     * @brief Sends an IP packet to the UE that has its destination address.
     * @param packet from the node's IP stack
     * @param source ignored
     * @param destination ignored
     * @param protocol ignored, IPv4 by nature
     * @return true
     */
    bool SendDownlink(Ptr<Packet> packet,
                      const Address& source,
                      const Address& destination,
                      uint16_t protocol);

    Ipv4Address m_poolNetwork;                  //!< attribute
    Ipv4Mask m_poolMask;                        //!< attribute
    uint8_t m_qfi{1};                           //!< attribute, for whoever sets sessions up
    uint32_t m_allocated{0};                    //!< how many UE addresses were given out
    Ptr<VirtualNetDevice> m_pool;               //!< all UEs are behind it
    std::map<Ipv4Address, N3Link> m_n3;         //!< by address of the gNB
    std::map<uint32_t, PduSession> m_sessions;  //!< by TEID of the uplink tunnel
    std::map<Ipv4Address, uint32_t> m_teidOfUe; //!< the PDU session of an address
    uint32_t m_nextTeid{1};                     //!< for the next uplink tunnel

    TracedCallback<Ipv4Address, Ptr<const Packet>> m_uplinkForwarded;   //!< UE, IP packet
    TracedCallback<Ipv4Address, Ptr<const Packet>> m_downlinkForwarded; //!< UE, IP packet
};

} // namespace ns3::mbs

#endif // MBS_UPF_H

// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_N3_RELAY_H
#define MBS_N3_RELAY_H

#include "mbs-gnb-radio-device.h"

#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/object.h"
#include "ns3/socket.h"

#include <functional>
#include <map>
#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief The unicast user plane of a gNB: relays IP packets between the GTP-U tunnels of PDU
 * sessions at N3 and the data radio bearers of the UEs (TS 38.401 clause 6.1, TS 38.415,
 * TS 29.281).
 *
 * A PDU session has one tunnel in each direction and one QoS flow. Packets are relayed at once.
 */
class N3Relay : public Object
{
  public:
    /** @return the TypeId ns3::mbs::N3Relay */
    static TypeId GetTypeId();

    N3Relay();
    ~N3Relay() override;

    /** A tunnel's end: where packets are sent to. */
    struct Tunnel
    {
        Ipv4Address address; //!< of the UPF
        uint32_t teid{0};    //!< that the UPF gave
        uint8_t qfi{1};      //!< QoS flow that uplink packets are marked with, 1 to 63
    };

    /** Says what was dropped, and why. */
    using DropHandler = std::function<void(const std::string& what, const std::string& why)>;

    /** @param handler is told what was wrong in what came */
    void SetDropHandler(DropHandler handler);

    /**
     * @param device the cell
     * @param address of the gNB on the N3 link
     */
    void SetUp(Ptr<GnbRadioDevice> device, Ipv4Address address);

    /** @return true after SetUp() */
    bool IsSetUp() const;

    /**
     * @brief Makes a PDU session known whose resources are set up.
     * @param rnti the UE
     * @param uplink the UPF's end of the tunnel
     * @return the TEID of the downlink tunnel, at this gNB
     */
    uint32_t AddPduSession(uint32_t rnti, const Tunnel& uplink);

    /**
     * @brief Forgets a UE's PDU session. What still comes for it is dropped.
     * @param rnti the UE
     */
    void RemovePduSession(uint32_t rnti);

    /** @param node where GTP-U is received from now on */
    void Start(Ptr<Node> node);

    /** @brief Receives and sends nothing more. */
    void Stop();

  protected:
    void DoDispose() override;

  private:
    /** A PDU session of a UE. */
    struct PduSession
    {
        uint32_t downlinkTeid{0}; //!< at this gNB
        Tunnel uplink;            //!< at the UPF
    };

    /** @param socket has GTP-U packets from the UPF */
    void ReceiveN3(Ptr<Socket> socket);

    /** @param rnti from whom @param packet an IP packet of its PDU session */
    void ReceiveData(uint32_t rnti, Ptr<const Packet> packet);

    Ptr<GnbRadioDevice> m_device;              //!< the cell
    Ipv4Address m_address;                     //!< of the gNB on the N3 link
    Ptr<Socket> m_socket;                      //!< GTP-U on N3
    DropHandler m_drop;                        //!< is told what was dropped
    std::map<uint32_t, PduSession> m_sessions; //!< by RNTI
    std::map<uint32_t, uint32_t> m_rntiOfTeid; //!< whose downlink tunnel it is
    uint32_t m_nextTeid{1};                    //!< for the next downlink tunnel
};

} // namespace ns3::mbs

#endif // MBS_N3_RELAY_H

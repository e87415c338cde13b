// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RADIO_DEVICE_H
#define MBS_RADIO_DEVICE_H

#include "mbs-radio-channel.h"

#include "ns3/mac48-address.h"
#include "ns3/net-device.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What the radio devices of gNB and UE share: the duties of an ns-3 NetDevice.
 *
 * The 5G applications talk to the devices through bearers (see the subclasses). Only a UE has an IP
 * stack on its device, that of its PDU session: see UeRadioDevice. To a gNB's node the NetDevice
 * interface carries nothing.
 */
class RadioDevice : public NetDevice
{
  public:
    /** @return the TypeId ns3::mbs::RadioDevice */
    static TypeId GetTypeId();

    RadioDevice();
    ~RadioDevice() override;

    /** @param channel the air interface */
    void SetChannel(Ptr<RadioChannel> channel);

    /** @return the air interface */
    Ptr<RadioChannel> GetRadioChannel() const;

    void SetIfIndex(const uint32_t index) override;
    uint32_t GetIfIndex() const override;
    Ptr<Channel> GetChannel() const override;
    void SetAddress(Address address) override;
    Address GetAddress() const override;
    bool SetMtu(const uint16_t mtu) override;
    uint16_t GetMtu() const override;
    bool IsLinkUp() const override;
    void AddLinkChangeCallback(Callback<void> callback) override;
    bool IsBroadcast() const override;
    Address GetBroadcast() const override;
    bool IsMulticast() const override;
    Address GetMulticast(Ipv4Address multicastGroup) const override;
    Address GetMulticast(Ipv6Address addr) const override;
    bool IsBridge() const override;
    bool IsPointToPoint() const override;
    bool SendFrom(Ptr<Packet> packet,
                  const Address& source,
                  const Address& dest,
                  uint16_t protocolNumber) override;
    Ptr<Node> GetNode() const override;
    void SetNode(Ptr<Node> node) override;
    bool NeedsArp() const override;
    void SetReceiveCallback(ReceiveCallback cb) override;
    void SetPromiscReceiveCallback(PromiscReceiveCallback cb) override;
    bool SupportsSendFrom() const override;

  protected:
    void DoDispose() override;

  private:
    Ptr<RadioChannel> m_channel; //!< the air interface
    Ptr<Node> m_node;            //!< where this device is
    uint32_t m_ifIndex{0};       //!< number of the device on its node
    uint16_t m_mtu{9000};        //!< largest IP packet
    Mac48Address m_address;      //!< for the NetDevice interface only
};

} // namespace ns3::mbs

#endif // MBS_RADIO_DEVICE_H

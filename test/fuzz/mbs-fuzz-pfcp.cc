// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-pfcp.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** Takes octets as one type of message. */
using Read = Decoded<Bytes> (*)(ByteView octets);

/** All messages. */
constexpr Read MESSAGES[] = {
    &Recode<PfcpHeartbeatRequest>,
    &Recode<PfcpHeartbeatResponse>,
    &Recode<PfcpAssociationSetupRequest>,
    &Recode<PfcpAssociationSetupResponse>,
    &Recode<PfcpSessionEstablishmentRequest>,
    &Recode<PfcpSessionEstablishmentResponse>,
    &Recode<PfcpSessionModificationRequest>,
    &Recode<PfcpSessionModificationResponse>,
    &Recode<PfcpSessionDeletionRequest>,
    &Recode<PfcpSessionDeletionResponse>,
};

/** @param octets a datagram @return with the length that lets it in */
Bytes
WithLength(ByteView octets)
{
    Bytes datagram = octets.ToBytes();
    if (datagram.size() >= 4)
    {
        const std::size_t length = datagram.size() - 4;
        datagram[2] = static_cast<uint8_t>(length >> 8);
        datagram[3] = static_cast<uint8_t>(length);
    }
    return datagram;
}

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    PfcpHeader::Peek(octets);
    const Bytes datagram = WithLength(octets);
    if (!PfcpHeader::Peek(datagram))
    {
        return false;
    }
    bool accepted = false;
    for (const Read read : MESSAGES)
    {
        accepted = read(datagram) || accepted;
    }
    return accepted;
}

/** @return messages */
std::vector<Bytes>
Seeds()
{
    const PfcpNodeId node{Ipv4Address("10.0.0.1")};
    const PfcpFSeid fSeid{0x11, Ipv4Address("10.0.0.1")};
    const SsmIpv4 ssm{Ipv4Address("10.0.0.2"), Ipv4Address("232.1.1.1")};
    const PfcpAddUnicast unicast{PfcpInterface::ACCESS, 7, {0x1234, Ipv4Address("10.0.0.101")}};

    PfcpSessionEstablishmentRequest establish;
    establish.nodeId = node;
    establish.cpFSeid = fSeid;
    PfcpCreatePdr pdr;
    pdr.pdrId = 1;
    pdr.localIngressTunnel.emplace();
    pdr.removeUdpIpv4 = true;
    pdr.farId = 1;
    pdr.qerIds = {1};
    establish.createPdrs = {pdr};
    PfcpCreateFar far;
    far.farId = 1;
    far.action.multicast = true;
    far.action.unicast = true;
    far.multicast.emplace();
    far.addUnicast = {unicast};
    establish.createFars = {far};
    PfcpCreateQer qer;
    qer.qerId = 1;
    qer.qfi = 9;
    qer.insertSequenceNumber = true;
    establish.createQers = {qer};
    establish.control.sessionId = {Tmgi(0x00a1b2, PlmnId()), ssm};
    establish.control.provideLlSsm = true;

    PfcpSessionEstablishmentResponse established;
    established.nodeId = node;
    established.upFSeid = fSeid;
    established.createdPdrs = {{1, PfcpLocalIngressTunnel{false, 5000, Ipv4Address("10.0.0.3")}}};
    established.multicast = PfcpMulticastTransport{0xabcd, ssm};

    PfcpSessionModificationRequest modify;
    PfcpUpdateFar update;
    update.farId = 1;
    update.action = far.action;
    update.addUnicast = {unicast};
    update.removeUnicast = {3};
    modify.updateFars = {update};

    PfcpAssociationSetupRequest associate;
    associate.nodeId = node;
    PfcpAssociationSetupResponse associated;
    associated.nodeId = node;
    return {establish.Encode(),
            established.Encode(),
            modify.Encode(),
            PfcpSessionModificationResponse().Encode(),
            PfcpSessionDeletionRequest().Encode(),
            PfcpSessionDeletionResponse().Encode(),
            associate.Encode(),
            associated.Encode(),
            PfcpHeartbeatRequest().Encode(),
            PfcpHeartbeatResponse().Encode()};
}

const Target TARGET("pfcp", 512, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-pfcp-codec.h"
#include "ns3/mbs-pfcp-rules.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** Takes octets as the value of one type of element. */
using Read = Decoded<Bytes> (*)(ByteView octets);

/** @tparam T an unsigned integer @param octets a value @return it again, or why it was refused */
template <typename T>
Decoded<Bytes>
ReadInteger(ByteView octets)
{
    return Recode(octets, &ReadPfcpInteger<T>, [](T value) {
        Bytes bytes;
        for (std::size_t i = 0; i < sizeof(T); ++i)
        {
            bytes.push_back(static_cast<uint8_t>(value >> (8 * (sizeof(T) - 1 - i))));
        }
        return bytes;
    });
}

/** All elements; the first octet of an input says as which one the rest is read. */
constexpr Read READS[] = {
    &Recode<PfcpFSeid>,
    &Recode<PfcpNodeId>,
    &Recode<PfcpApplyAction>,
    &Recode<PfcpGtpuTunnel>,
    &Recode<PfcpMbsSessionId>,
    &Recode<PfcpMulticastTransport>,
    &Recode<PfcpLocalIngressTunnel>,
    &Recode<PfcpCreatePdr>,
    &Recode<PfcpCreatedPdr>,
    &Recode<PfcpMulticastParameters>,
    &Recode<PfcpAddUnicast>,
    &Recode<PfcpCreateFar>,
    &Recode<PfcpUpdateFar>,
    &Recode<PfcpCreateQer>,
    &Recode<PfcpN4mbControl>,
    &ReadInteger<uint8_t>,
    &ReadInteger<uint16_t>,
    &ReadInteger<uint32_t>,
};

/** How many there are. */
constexpr std::size_t COUNT = std::size(READS);

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    Input input(octets);
    const Read read = READS[input.Choose(COUNT)];
    return bool(read(input.Rest()));
}

/** @return elements */
std::vector<Bytes>
Seeds()
{
    const SsmIpv4 ssm{Ipv4Address("10.0.0.2"), Ipv4Address("232.1.1.1")};
    PfcpCreatePdr pdr;
    pdr.localIngressTunnel = PfcpLocalIngressTunnel{false, 5000, Ipv4Address("10.0.0.3")};
    pdr.farId = 1;
    pdr.qerIds = {1, 2};
    PfcpCreateFar far;
    far.action.unicast = true;
    far.action.multicast = true;
    far.multicast.emplace();
    far.addUnicast = {{}, {}};
    PfcpUpdateFar update;
    update.action.emplace();
    update.action->drop = true;
    update.addUnicast = {{}};
    update.removeUnicast = {7};
    PfcpCreateQer qer;
    qer.qfi = 9;
    PfcpN4mbControl control;
    control.sessionId.ssm = ssm;
    control.areaSessionId = 7;
    PfcpMbsSessionId session;
    session.tmgi = Tmgi(0x00a1b2, PlmnId());
    PfcpApplyAction action;
    action.buffer = true;
    action.notify = true;
    const std::vector<Bytes> values{PfcpFSeid{0x11, Ipv4Address("10.0.0.1")}.Encode(),
                                    PfcpNodeId{Ipv4Address("10.0.0.1")}.Encode(),
                                    action.Encode(),
                                    PfcpGtpuTunnel{7, Ipv4Address("10.0.0.7")}.Encode(),
                                    session.Encode(),
                                    PfcpMulticastTransport{0xabcd, ssm}.Encode(),
                                    pdr.localIngressTunnel->Encode(),
                                    pdr.Encode(),
                                    PfcpCreatedPdr{1, pdr.localIngressTunnel}.Encode(),
                                    PfcpMulticastParameters().Encode(),
                                    PfcpAddUnicast().Encode(),
                                    far.Encode(),
                                    update.Encode(),
                                    qer.Encode(),
                                    control.Encode(),
                                    {1},
                                    {1, 2},
                                    {1, 2, 3, 4}};
    std::vector<Bytes> seeds;
    for (std::size_t i = 0; i < COUNT; ++i)
    {
        seeds.push_back(Prefixed(Choice(i, COUNT), values.at(i)));
    }
    return seeds;
}

const Target TARGET("pfcp-ie", 256, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz

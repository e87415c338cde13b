// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-gtpu.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    const auto type = PeekGtpuType(octets);
    const auto once = Recode(octets, &DecodeGtpu, &EncodeGtpu);
    const auto pdu = DecodeGtpu(octets);
    Require(!pdu || !pdu->session || !pdu->uplink, "a packet goes up and down");
    Require(!once || (type && *type == GtpuType::G_PDU), "a G-PDU is none at a glance");
    return bool(once);
}

/** @return G-PDUs */
std::vector<Bytes>
Seeds()
{
    const Bytes payload(9, 0x55);
    GtpuPdu pdu;
    pdu.teid = 0xc0ffee01;
    std::vector<Bytes> seeds{EncodeGtpu(pdu)};
    pdu.payload = payload;
    pdu.session = DlPduSessionInformation{5, {}};
    seeds.push_back(EncodeGtpu(pdu));
    pdu.session->mbsSequenceNumber = 0x01020304;
    seeds.push_back(EncodeGtpu(pdu));
    pdu.session.reset();
    pdu.uplink = UlPduSessionInformation{63};
    seeds.push_back(EncodeGtpu(pdu));
    return seeds;
}

const Target TARGET("gtpu", 256, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz

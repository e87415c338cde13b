// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-exported-pdu.h"

#include "ns3/mbs-inner-packet.h"

#include "ns3/simulator.h"

namespace ns3::mbs
{

namespace
{

/** LINKTYPE_WIRESHARK_UPPER_PDU. */
constexpr uint32_t LINK_TYPE = 252;

/** Tags of the format (Wireshark's exported_pdu_tlvs.h). */
enum Tag : uint16_t
{
    TAG_END = 0,
    TAG_DISSECTOR_NAME = 12,
    TAG_IPV4_SOURCE = 20,
    TAG_IPV4_DESTINATION = 21,
    TAG_PORT_TYPE = 24,
    TAG_SOURCE_PORT = 25,
    TAG_DESTINATION_PORT = 26,
    TAG_DIRECTION = 35
};

/** Value of TAG_PORT_TYPE. */
constexpr uint32_t PORT_TYPE_UDP = 3;

/** Values of tags are padded to a multiple of this. */
constexpr std::size_t TAG_ALIGNMENT = 4;

/**
 * @brief Writes a tag whose value is a number.
 * @param writer where to
 * @param tag which
 * @param value its value
 */
void
WriteTag(ByteWriter& writer, Tag tag, uint32_t value)
{
    writer.U16(tag).U16(sizeof(value)).U32(value);
}

/**
 * @brief Begins a file.
 * @param pathOf gives its path
 * @param name what it is called
 * @return the file
 */
std::unique_ptr<PcapFile>
Open(const ExportedPduWriter::PathOf& pathOf, const std::string& name)
{
    auto file = std::make_unique<PcapFile>();
    file->Open(pathOf("pcap/" + name + ".pcap"), std::ios::out | std::ios::binary);
    file->Init(LINK_TYPE, PcapFile::SNAPLEN_DEFAULT, PcapFile::ZONE_DEFAULT, false, true);
    return file;
}

/**
 * @brief Writes a record with the time that it is now.
 * @param file where to
 * @param pdu what
 */
void
Write(PcapFile& file, const ExportedPdu& pdu)
{
    const Bytes record = pdu.Encode();
    const int64_t now = Simulator::Now().GetNanoSeconds();
    constexpr int64_t NANOSECONDS = 1000000000;
    file.Write(static_cast<uint32_t>(now / NANOSECONDS),
               static_cast<uint32_t>(now % NANOSECONDS),
               record.data(),
               static_cast<uint32_t>(record.size()));
}

/** @param packet a packet @return its octets */
Bytes
OctetsOf(const Ptr<const Packet>& packet)
{
    Bytes octets(packet->GetSize());
    packet->CopyData(octets.data(), static_cast<uint32_t>(octets.size()));
    return octets;
}

/**
 * @param topology the IP network
 * @param interface a reference point
 * @param node a gNB's
 * @return its addresses there, by those of the other ends
 */
std::map<Ipv4Address, Ipv4Address>
OwnAddresses(const CoreTopology& topology, Interface interface, const Ptr<Node>& node)
{
    std::map<Ipv4Address, Ipv4Address> own;
    for (const CoreLink& link : topology.GetLinks())
    {
        if (link.interface == interface && link.a == node)
        {
            own[link.addressB] = link.addressA;
        }
        else if (link.interface == interface && link.b == node)
        {
            own[link.addressA] = link.addressB;
        }
    }
    return own;
}

} // namespace

Bytes
ExportedPdu::Encode() const
{
    const std::size_t padded =
        (dissector.size() + TAG_ALIGNMENT - 1) / TAG_ALIGNMENT * TAG_ALIGNMENT;
    ByteWriter writer;
    writer.U16(TAG_DISSECTOR_NAME).U16(static_cast<uint16_t>(padded));
    for (std::size_t i = 0; i < padded; ++i)
    {
        writer.U8(i < dissector.size() ? static_cast<uint8_t>(dissector[i]) : 0);
    }
    if (source)
    {
        WriteTag(writer, TAG_IPV4_SOURCE, source->Get());
    }
    if (destination)
    {
        WriteTag(writer, TAG_IPV4_DESTINATION, destination->Get());
    }
    if (sourcePort != 0 && destinationPort != 0)
    {
        WriteTag(writer, TAG_PORT_TYPE, PORT_TYPE_UDP);
        WriteTag(writer, TAG_SOURCE_PORT, sourcePort);
        WriteTag(writer, TAG_DESTINATION_PORT, destinationPort);
    }
    if (direction)
    {
        WriteTag(writer, TAG_DIRECTION, static_cast<uint32_t>(*direction));
    }
    writer.U16(TAG_END).U16(0).Append(octets);
    return writer.Release();
}

ExportedPduWriter::ExportedPduWriter(const MbsHelper& network, const PathOf& pathOf)
{
    for (const auto& gnb : network.GetGnbs())
    {
        const std::string name = "gnb-" + std::to_string(gnb->GetNumber());
        m_air.push_back(Open(pathOf, name + "-Uu"));
        gnb->TraceConnectWithoutContext("NasToUe", MakeCallback(&ExportedPduWriter::NasToUe, this));
        gnb->TraceConnectWithoutContext("NasFromUe",
                                        MakeCallback(&ExportedPduWriter::NasFromUe, this));
        const CoreTopology& topology = *network.GetTopology();
        ListenTo(gnb->GetN2(),
                 {Open(pathOf, name + "-N2-ngap"),
                  "ngap",
                  OwnAddresses(topology, Interface::N2, gnb->GetNode())});
        if (gnb->GetXn())
        {
            ListenTo(gnb->GetXn(),
                     {Open(pathOf, name + "-Xn-xnap"),
                      "xnap",
                      OwnAddresses(topology, Interface::XN, gnb->GetNode())});
        }
    }
    for (const auto& cell : network.GetCells())
    {
        cell->TraceConnectWithoutContext("GroupQueued",
                                         MakeCallback(&ExportedPduWriter::Group, this));
        cell->TraceConnectWithoutContext("PtpSent",
                                         MakeCallback(&ExportedPduWriter::DataToUe, this));
        cell->TraceConnectWithoutContext("DataSent",
                                         MakeCallback(&ExportedPduWriter::DataToUe, this));
        cell->TraceConnectWithoutContext("DataReceived",
                                         MakeCallback(&ExportedPduWriter::DataFromUe, this));
    }
    m_mikey = Open(pathOf, "mbstf-Nmb9-mikey");
    network.GetMbstf()->TraceConnectWithoutContext(
        "MtkMessageSent",
        MakeCallback(&ExportedPduWriter::MtkMessage, this));
}

ExportedPduWriter::~ExportedPduWriter() = default;

void
ExportedPduWriter::ListenTo(const Ptr<ApEndpoint>& endpoint, Ap ap)
{
    const WriterAndAp self(this, m_ap.size());
    m_ap.push_back(std::move(ap));
    endpoint->TraceConnectWithoutContext("PduSent",
                                         MakeBoundCallback(&ExportedPduWriter::ApSent, self));
    endpoint->TraceConnectWithoutContext("PduReceived",
                                         MakeBoundCallback(&ExportedPduWriter::ApReceived, self));
}

void
ExportedPduWriter::NasToUe(uint32_t gnb, uint32_t /* rnti */, ByteView nas)
{
    ExportedPdu pdu;
    pdu.dissector = "nas-5gs";
    pdu.octets = nas;
    pdu.direction = ExportedPdu::Direction::SENT;
    Write(*m_air.at(gnb), pdu);
}

void
ExportedPduWriter::NasFromUe(uint32_t gnb, uint32_t /* rnti */, ByteView nas)
{
    ExportedPdu pdu;
    pdu.dissector = "nas-5gs";
    pdu.octets = nas;
    pdu.direction = ExportedPdu::Direction::RECEIVED;
    Write(*m_air.at(gnb), pdu);
}

void
ExportedPduWriter::Group(uint32_t gnb, Ptr<const Packet> packet)
{
    WriteIp(gnb, packet, ExportedPdu::Direction::SENT);
}

void
ExportedPduWriter::DataToUe(uint32_t gnb, uint32_t /* rnti */, Ptr<const Packet> packet)
{
    WriteIp(gnb, packet, ExportedPdu::Direction::SENT);
}

void
ExportedPduWriter::DataFromUe(uint32_t gnb, uint32_t /* rnti */, Ptr<const Packet> packet)
{
    WriteIp(gnb, packet, ExportedPdu::Direction::RECEIVED);
}

void
ExportedPduWriter::WriteIp(uint32_t gnb,
                           const Ptr<const Packet>& packet,
                           ExportedPdu::Direction direction)
{
    const Bytes octets = OctetsOf(packet);
    constexpr uint8_t IPV4 = 4; // in the first half octet
    if (octets.empty() || octets.front() >> 4 != IPV4)
    {
        // RRC on the MCCH: like other RRC it is not written, its octets being this module's own.
        return;
    }
    ExportedPdu pdu;
    pdu.dissector = "ip";
    pdu.octets = octets;
    pdu.direction = direction;
    Write(*m_air.at(gnb), pdu);
}

void
ExportedPduWriter::ApSent(WriterAndAp self, Ipv4Address peer, ByteView octets)
{
    const Ap& ap = self.first->m_ap.at(self.second);
    ExportedPdu pdu;
    pdu.dissector = ap.dissector;
    pdu.octets = octets;
    pdu.direction = ExportedPdu::Direction::SENT;
    pdu.source = ap.own.at(peer);
    pdu.destination = peer;
    Write(*ap.file, pdu);
}

void
ExportedPduWriter::ApReceived(WriterAndAp self, Ipv4Address peer, ByteView octets)
{
    const Ap& ap = self.first->m_ap.at(self.second);
    ExportedPdu pdu;
    pdu.dissector = ap.dissector;
    pdu.octets = octets;
    pdu.direction = ExportedPdu::Direction::RECEIVED;
    pdu.source = peer;
    pdu.destination = ap.own.at(peer);
    Write(*ap.file, pdu);
}

void
ExportedPduWriter::MtkMessage(const Tmgi& /* tmgi */,
                              Ptr<const Packet> packet,
                              uint32_t /* octets */)
{
    const Bytes octets = OctetsOf(packet);
    const auto inner = ParseInnerUdp(octets);
    NS_ASSERT_MSG(inner, "the MBSTF sends UDP over IPv4");
    ExportedPdu pdu;
    pdu.dissector = "mikey";
    pdu.octets = inner->payload;
    pdu.direction = ExportedPdu::Direction::SENT;
    pdu.source = inner->source;
    pdu.destination = inner->destination;
    pdu.sourcePort = inner->sourcePort;
    pdu.destinationPort = inner->destinationPort;
    Write(*m_mikey, pdu);
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-exported-pdu.h"

#include "ns3/simulator.h"

namespace ns3::mbs
{

namespace
{

/** LINKTYPE_WIRESHARK_UPPER_PDU. */
constexpr uint32_t LINK_TYPE = 252;

/** Tag "dissector name" and the end of the tags, in Wireshark's exported-PDU format. */
constexpr uint16_t TAG_DISSECTOR_NAME = 12;
constexpr uint16_t TAG_END = 0;

/** Values of tags are padded to a multiple of this. */
constexpr std::size_t TAG_ALIGNMENT = 4;

} // namespace

Bytes
ExportedPduWriter::Encode(const std::string& dissector, ByteView pdu)
{
    const std::size_t padded =
        (dissector.size() + TAG_ALIGNMENT - 1) / TAG_ALIGNMENT * TAG_ALIGNMENT;
    ByteWriter writer;
    writer.U16(TAG_DISSECTOR_NAME).U16(static_cast<uint16_t>(padded));
    for (std::size_t i = 0; i < padded; ++i)
    {
        writer.U8(i < dissector.size() ? static_cast<uint8_t>(dissector[i]) : 0);
    }
    writer.U16(TAG_END).U16(0).Append(pdu);
    return writer.Release();
}

ExportedPduWriter::ExportedPduWriter(const MbsHelper& network, const PathOf& pathOf)
{
    for (const auto& gnb : network.GetGnbs())
    {
        const std::string name = "pcap/gnb-" + std::to_string(gnb->GetNumber()) + "-Uu.pcap";
        auto file = std::make_unique<PcapFile>();
        file->Open(pathOf(name), std::ios::out | std::ios::binary);
        file->Init(LINK_TYPE, PcapFile::SNAPLEN_DEFAULT, PcapFile::ZONE_DEFAULT, false, true);
        m_files.push_back(std::move(file));
        gnb->TraceConnectWithoutContext("NasToUe", MakeCallback(&ExportedPduWriter::Nas, this));
        gnb->TraceConnectWithoutContext("NasFromUe", MakeCallback(&ExportedPduWriter::Nas, this));
    }
    for (const auto& cell : network.GetCells())
    {
        cell->TraceConnectWithoutContext("GroupQueued",
                                         MakeCallback(&ExportedPduWriter::Group, this));
    }
}

ExportedPduWriter::~ExportedPduWriter() = default;

void
ExportedPduWriter::Nas(uint32_t gnb, uint32_t /* rnti */, ByteView nas)
{
    Write(gnb, "nas-5gs", nas);
}

void
ExportedPduWriter::Group(uint32_t gnb, Ptr<const Packet> packet)
{
    Bytes octets(packet->GetSize());
    packet->CopyData(octets.data(), static_cast<uint32_t>(octets.size()));
    Write(gnb, "ip", octets);
}

void
ExportedPduWriter::Write(uint32_t gnb, const std::string& dissector, ByteView pdu)
{
    const Bytes record = Encode(dissector, pdu);
    const int64_t now = Simulator::Now().GetNanoSeconds();
    constexpr int64_t NANOSECONDS = 1000000000;
    m_files.at(gnb)->Write(static_cast<uint32_t>(now / NANOSECONDS),
                           static_cast<uint32_t>(now % NANOSECONDS),
                           record.data(),
                           static_cast<uint32_t>(record.size()));
}

} // namespace ns3::mbs

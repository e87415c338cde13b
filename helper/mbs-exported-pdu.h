// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_EXPORTED_PDU_H
#define MBS_EXPORTED_PDU_H

#include "mbs-helper.h"

#include "ns3/pcap-file.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Writes what passes over the air in Wireshark's exported-PDU format, a file per gNB:
 * `gnb-<n>-Uu.pcap`.
 *
 * A record names the dissector that is to read it: `nas-5gs` for the NAS PDUs of N1, `ip` for the
 * packets that are sent to a group. RRC is left out, since its octets are this module's own.
 */
class ExportedPduWriter
{
  public:
    /** Gives the path to write a file to, such as OutputFolder::Reserve(). */
    using PathOf = std::function<std::string(const std::string& name)>;

    /**
     * @param network whose air is written; must outlive this object
     * @param pathOf called with the name of each file
     */
    ExportedPduWriter(const MbsHelper& network, const PathOf& pathOf);

    ~ExportedPduWriter();

    ExportedPduWriter(const ExportedPduWriter&) = delete;
    ExportedPduWriter& operator=(const ExportedPduWriter&) = delete;

    /**
     * @brief One record's octets.
     * @param dissector what Wireshark shall read the PDU with
     * @param pdu the PDU
     * @return tags and PDU
     */
    static Bytes Encode(const std::string& dissector, ByteView pdu);

  private:
    /**
     * @brief Writes a NAS PDU.
     * @param gnb number of the gNB
     * @param rnti the UE's radio identity
     * @param nas the NAS PDU
     */
    void Nas(uint32_t gnb, uint32_t rnti, ByteView nas);

    /**
     * @brief Writes a packet that is sent to a group.
     * @param gnb into whose file
     * @param packet the IP packet
     */
    void Group(uint32_t gnb, Ptr<const Packet> packet);

    /**
     * @param gnb into whose file
     * @param dissector what shall read it
     * @param pdu the PDU
     */
    void Write(uint32_t gnb, const std::string& dissector, ByteView pdu);

    std::vector<std::unique_ptr<PcapFile>> m_files; //!< by gNB
};

} // namespace ns3::mbs

#endif // MBS_EXPORTED_PDU_H

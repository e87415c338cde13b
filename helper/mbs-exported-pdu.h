// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_EXPORTED_PDU_H
#define MBS_EXPORTED_PDU_H

#include "mbs-helper.h"

#include "ns3/pcap-file.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief A record of Wireshark's exported-PDU format: a PDU without the layers below it, the name
 * of the dissector that is to read it, and what is known of its way.
 *
 *     +----------+----------+---------+     +-------------+-----------+--------
 *     | tag, 2   | length,2 | value   | ... | end tag = 0 | length= 0 | PDU ...
 *     +----------+----------+---------+     +-------------+-----------+--------
 *
 * Tags: 12 dissector name, 20 and 21 IPv4 source and destination, 24 type of port, 25 and 26 source
 * and destination port, 35 direction. Values are padded with zeros to a multiple of 4 octets.
 */
struct ExportedPdu
{
    /** Which way a PDU goes, seen from the node that the file is called after. */
    enum class Direction : uint8_t
    {
        SENT = 0,    //!< it leaves
        RECEIVED = 1 //!< it arrives
    };

    std::string dissector;                  //!< such as `ngap`
    ByteView octets;                        //!< the PDU; belongs to somebody else
    std::optional<Direction> direction;     //!< which way it goes
    std::optional<Ipv4Address> source;      //!< where it comes from
    std::optional<Ipv4Address> destination; //!< where it goes to
    uint16_t sourcePort{0};                 //!< UDP port that it comes from; 0 leaves both out
    uint16_t destinationPort{0};            //!< UDP port that it goes to; 0 leaves both out

    /** @return the octets of the record: tags and PDU */
    Bytes Encode() const;
};

/**
 * @ingroup mbs
 * @brief Writes captures of what the IP links do not show, in Wireshark's exported-PDU format:
 *
 * - `gnb-<n>-Uu.pcap`: what passes over the air: the NAS PDUs of N1, the packets that are sent to a
 *   group, and the IP packets of PDU sessions. RRC is left out, since its octets are this module's
 *   own.
 * - `gnb-<n>-N2-ngap.pcap`: the NGAP PDUs of N2, which Wireshark cannot find behind the length
 *   prefix that stands for SCTP.
 * - `gnb-<n>-Xn-xnap.pcap`: the XnAP PDUs of a gNB that has neighbours, likewise.
 * - `mbstf-Nmb9-mikey.pcap`: the MIKEY messages that the MBSTF sends through the tunnels of Nmb9.
 */
class ExportedPduWriter
{
  public:
    /** Gives the path to write a file to, such as OutputFolder::Reserve(). */
    using PathOf = std::function<std::string(const std::string& name)>;

    /**
     * @param network whose PDUs are written; must outlive this object
     * @param pathOf called with the name of each file
     */
    ExportedPduWriter(const MbsHelper& network, const PathOf& pathOf);

    ~ExportedPduWriter();

    ExportedPduWriter(const ExportedPduWriter&) = delete;
    ExportedPduWriter& operator=(const ExportedPduWriter&) = delete;

  private:
    /** The N2 or Xn of one gNB. */
    struct Ap
    {
        std::unique_ptr<PcapFile> file;         //!< where it is written
        const char* dissector;                  //!< of its PDUs
        std::map<Ipv4Address, Ipv4Address> own; //!< address of the gNB, by that of the other end
    };

    /** This object and a place in #m_ap. */
    using WriterAndAp = std::pair<ExportedPduWriter*, std::size_t>;

    /**
     * @brief Has the PDUs of an endpoint of a gNB written.
     * @param endpoint N2 or Xn
     * @param ap where they are written
     */
    void ListenTo(const Ptr<ApEndpoint>& endpoint, Ap ap);

    /**
     * @brief Writes a NAS PDU that the gNB sends on to a UE.
     * @param gnb number of the gNB
     * @param rnti the UE's radio identity
     * @param nas the NAS PDU
     */
    void NasToUe(uint32_t gnb, uint32_t rnti, ByteView nas);

    /**
     * @brief Writes a NAS PDU that came from a UE.
     * @param gnb number of the gNB
     * @param rnti the UE's radio identity
     * @param nas the NAS PDU
     */
    void NasFromUe(uint32_t gnb, uint32_t rnti, ByteView nas);

    /**
     * @brief Writes a packet that is sent to a group.
     * @param gnb into whose file
     * @param packet the IP packet
     */
    void Group(uint32_t gnb, Ptr<const Packet> packet);

    /**
     * @brief Writes an IP packet that goes to a UE.
     * @param gnb into whose file
     * @param rnti the UE's radio identity
     * @param packet the IP packet
     */
    void DataToUe(uint32_t gnb, uint32_t rnti, Ptr<const Packet> packet);

    /**
     * @brief Writes an IP packet that came from a UE.
     * @param gnb into whose file
     * @param rnti the UE's radio identity
     * @param packet the IP packet
     */
    void DataFromUe(uint32_t gnb, uint32_t rnti, Ptr<const Packet> packet);

    /**
     * @brief Writes an IP packet of the air.
     * @param gnb into whose file
     * @param packet the IP packet
     * @param direction which way it goes
     */
    void WriteIp(uint32_t gnb, const Ptr<const Packet>& packet, ExportedPdu::Direction direction);

    /**
     * @brief Writes a PDU that a gNB sends on N2 or Xn.
     * @param self this object and where
     * @param peer address of the AMF or gNB
     * @param pdu the PDU
     */
    static void ApSent(WriterAndAp self, Ipv4Address peer, ByteView pdu);

    /**
     * @brief Writes a PDU that came to a gNB on N2 or Xn.
     * @param self this object and where
     * @param peer address of the AMF or gNB
     * @param pdu the PDU
     */
    static void ApReceived(WriterAndAp self, Ipv4Address peer, ByteView pdu);

    /**
     * @brief Writes a MIKEY message of the MBSTF.
     * @param tmgi the session
     * @param packet the IP packet of the session with the message inside
     * @param octets length of the message
     */
    void MtkMessage(const Tmgi& tmgi, Ptr<const Packet> packet, uint32_t octets);

    std::vector<std::unique_ptr<PcapFile>> m_air; //!< by gNB
    std::vector<Ap> m_ap;                         //!< N2 and Xn of the gNBs
    std::unique_ptr<PcapFile> m_mikey;            //!< of the MBSTF
};

} // namespace ns3::mbs

#endif // MBS_EXPORTED_PDU_H

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-capture-reader.h"

#include <algorithm>
#include <vector>

namespace ns3::mbs
{

namespace
{

using Handler = std::function<void(const CaptureRecord&)>;

constexpr uint64_t NS_IN_A_SECOND = 1000000000; //!< nanoseconds in a second

constexpr uint32_t PCAP_MICROSECONDS = 0xa1b2c3d4; //!< magic number of pcap
constexpr uint32_t PCAP_NANOSECONDS = 0xa1b23c4d;  //!< magic number of pcap, fractions in ns
constexpr std::size_t PCAP_RECORD_HEADER = 16;     //!< octets before a packet in pcap

constexpr uint32_t SECTION_HEADER = 0x0a0d0d0a;    //!< pcapng block type, same in any order
constexpr uint32_t INTERFACE_DESCRIPTION = 1;      //!< pcapng block type
constexpr uint32_t OBSOLETE_PACKET = 2;            //!< pcapng block type
constexpr uint32_t SIMPLE_PACKET = 3;              //!< pcapng block type
constexpr uint32_t ENHANCED_PACKET = 6;            //!< pcapng block type
constexpr uint32_t PCAPNG_BYTE_ORDER = 0x1a2b3c4d; //!< pcapng byte-order magic
constexpr std::size_t PCAPNG_MIN_BLOCK = 12;       //!< type, length, length again
constexpr uint16_t OPTION_END = 0;                 //!< opt_endofopt
constexpr uint16_t OPTION_TSRESOL = 9;             //!< if_tsresol
constexpr uint16_t OPTION_TSOFFSET = 14;           //!< if_tsoffset

/** A ByteReader whose integers have the byte order of the machine that wrote the file. */
class OrderedReader
{
  public:
    /** @param bytes what to read @param little true if little-endian */
    OrderedReader(ByteView bytes, bool little)
        : m_reader(bytes),
          m_little(little)
    {
    }

    /** @return two octets, 0 when failed */
    uint16_t U16()
    {
        const uint16_t v = m_reader.U16();
        return m_little ? static_cast<uint16_t>(v << 8 | v >> 8) : v;
    }

    /** @return four octets, 0 when failed */
    uint32_t U32()
    {
        const uint32_t v = m_reader.U32();
        return m_little ? v << 24 | (v & 0xff00) << 8 | (v >> 8 & 0xff00) | v >> 24 : v;
    }

    /** @return eight octets, 0 when failed */
    uint64_t U64()
    {
        const uint64_t first = U32();
        const uint64_t second = U32();
        return m_little ? second << 32 | first : first << 32 | second;
    }

    /** @return the reader below */
    ByteReader& Raw()
    {
        return m_reader;
    }

  private:
    ByteReader m_reader; //!< reads big-endian
    bool m_little;       //!< the file is little-endian
};

/**
 * @brief Reads a pcap file behind its magic number.
 * @param file the whole file
 * @param little true if it is little-endian
 * @param nanoseconds true if fractions of a second are nanoseconds, not microseconds
 * @param handler gets the packets
 * @param[in,out] result how it went
 */
void
ReadPcap(ByteView file,
         bool little,
         bool nanoseconds,
         const Handler& handler,
         CaptureReading& result)
{
    OrderedReader reader(file, little);
    reader.Raw().Take(4);
    const uint16_t major = reader.U16();
    // Minor version, time zone, accuracy and snap length say nothing that is needed here.
    reader.Raw().Take(2 + 4 + 4 + 4);
    // The upper half of this word tells about frame check sequences.
    const auto linkType = static_cast<uint16_t>(reader.U32() & 0xffff);
    if (!reader.Raw().Ok())
    {
        result.error = "is cut off in its file header";
        return;
    }
    if (major != 2)
    {
        result.error = "is pcap of version " + std::to_string(major) + ", not 2";
        return;
    }
    while (reader.Raw().Left() > 0)
    {
        if (reader.Raw().Left() < PCAP_RECORD_HEADER)
        {
            result.warning = "its last record is cut off";
            return;
        }
        CaptureRecord record;
        record.linkType = linkType;
        record.hasTime = true;
        record.nanoseconds = reader.U32() * NS_IN_A_SECOND;
        record.nanoseconds += static_cast<uint64_t>(reader.U32()) * (nanoseconds ? 1 : 1000);
        const uint32_t captured = reader.U32();
        record.originalSize = reader.U32();
        if (captured > reader.Raw().Left())
        {
            result.warning = "its last record is cut off";
            return;
        }
        record.octets = reader.Raw().Take(captured);
        ++result.records;
        handler(record);
    }
}

/** What a pcapng Interface Description Block says. */
struct CaptureInterface
{
    uint16_t linkType{0};      //!< link type
    uint32_t snapLength{0};    //!< longest packet kept, 0 if there is no limit
    uint8_t resolution{6};     //!< if_tsresol: 10^-v s, or 2^-v s if the highest bit is set
    uint64_t offsetSeconds{0}; //!< if_tsoffset, two's complement

    /** @param ticks a time stamp @return nanoseconds since 1970, modulo 2^64 */
    uint64_t ToNanoseconds(uint64_t ticks) const;
};

uint64_t
CaptureInterface::ToNanoseconds(uint64_t ticks) const
{
    const uint64_t offset = offsetSeconds * NS_IN_A_SECOND;
    unsigned power = resolution & 0x7f;
    if ((resolution & 0x80) == 0)
    {
        for (; power < 9; ++power)
        {
            ticks *= 10;
        }
        for (; power > 9 && ticks > 0; --power)
        {
            ticks /= 10;
        }
        return offset + ticks;
    }
    uint64_t seconds = 0;
    if (power < 64)
    {
        seconds = ticks >> power;
        ticks -= seconds << power;
    }
    // Thirty bits are as fine as a nanosecond; with more the product would not fit.
    for (; power > 30 && ticks > 0; --power)
    {
        ticks >>= 1;
    }
    return offset + seconds * NS_IN_A_SECOND + (power > 30 ? 0 : ticks * NS_IN_A_SECOND >> power);
}

/** Reads a pcapng file. */
class PcapngReader
{
  public:
    /** @param handler gets the packets @param[in,out] result how it went */
    PcapngReader(const Handler& handler, CaptureReading& result)
        : m_handler(handler),
          m_result(result)
    {
    }

    /** @param file the whole file */
    void Read(ByteView file);

  private:
    /** @param body a Section Header Block's octets @return false if it is not one this reads */
    bool ReadSection(ByteView body);
    /** @param body an Interface Description Block's octets @return false if it is damaged */
    bool ReadInterface(ByteView body);
    /**
     * @param type ENHANCED_PACKET, SIMPLE_PACKET or OBSOLETE_PACKET
     * @param body its octets
     * @return false if it is damaged
     */
    bool ReadPacket(uint32_t type, ByteView body);

    const Handler& m_handler;                   //!< gets the packets
    CaptureReading& m_result;                   //!< how it went
    bool m_little{false};                       //!< byte order of the section
    std::vector<CaptureInterface> m_interfaces; //!< of the section
};

void
PcapngReader::Read(ByteView file)
{
    std::size_t at = 0;
    while (at < file.size())
    {
        const ByteView left = file.Sub(at);
        // A section header tells its byte order behind the length that is in this order.
        if (left.size() >= PCAPNG_MIN_BLOCK && ByteReader(left).U32() == SECTION_HEADER)
        {
            ByteReader magic(left.Sub(8));
            m_little = magic.U32() != PCAPNG_BYTE_ORDER;
        }
        OrderedReader reader(left, m_little);
        const uint32_t type = reader.U32();
        const uint32_t length = reader.U32();
        if (left.size() < PCAPNG_MIN_BLOCK || length > left.size())
        {
            m_result.warning = "its last block is cut off";
            break;
        }
        bool ok = length >= PCAPNG_MIN_BLOCK && length % 4 == 0;
        if (ok)
        {
            OrderedReader trailer(left.Sub(length - 4, 4), m_little);
            ok = trailer.U32() == length;
        }
        if (ok)
        {
            const ByteView body = left.Sub(8, length - PCAPNG_MIN_BLOCK);
            if (type == SECTION_HEADER)
            {
                ok = ReadSection(body);
            }
            else if (type == INTERFACE_DESCRIPTION)
            {
                ok = ReadInterface(body);
            }
            else if (type == ENHANCED_PACKET || type == SIMPLE_PACKET || type == OBSOLETE_PACKET)
            {
                ok = ReadPacket(type, body);
            }
        }
        if (!ok)
        {
            m_result.warning = "its block at octet " + std::to_string(at) + " is damaged";
            break;
        }
        at += length;
    }
    if (m_result.records == 0 && !m_result.warning.empty())
    {
        m_result.error = "holds no packet: " + m_result.warning;
    }
}

bool
PcapngReader::ReadSection(ByteView body)
{
    OrderedReader reader(body, m_little);
    const bool order = reader.U32() == PCAPNG_BYTE_ORDER;
    const uint16_t major = reader.U16();
    reader.Raw().Take(2 + 8);
    m_interfaces.clear();
    return order && major == 1 && reader.Raw().Ok();
}

bool
PcapngReader::ReadInterface(ByteView body)
{
    OrderedReader reader(body, m_little);
    CaptureInterface description;
    description.linkType = reader.U16();
    reader.U16();
    description.snapLength = reader.U32();
    if (!reader.Raw().Ok())
    {
        return false;
    }
    while (reader.Raw().Left() >= 4)
    {
        const uint16_t code = reader.U16();
        const uint16_t size = reader.U16();
        if (code == OPTION_END)
        {
            break;
        }
        const ByteView value = reader.Raw().Take(size);
        reader.Raw().Take(std::min<std::size_t>((4 - size % 4) % 4, reader.Raw().Left()));
        if (code == OPTION_TSRESOL && value.size() == 1)
        {
            description.resolution = value[0];
        }
        else if (code == OPTION_TSOFFSET && value.size() == 8)
        {
            description.offsetSeconds = OrderedReader(value, m_little).U64();
        }
    }
    m_interfaces.push_back(description);
    return reader.Raw().Ok();
}

bool
PcapngReader::ReadPacket(uint32_t type, ByteView body)
{
    OrderedReader reader(body, m_little);
    std::size_t index = 0;
    uint64_t ticks = 0;
    uint32_t captured = 0;
    CaptureRecord record;
    if (type == SIMPLE_PACKET)
    {
        record.originalSize = reader.U32();
    }
    else
    {
        if (type == ENHANCED_PACKET)
        {
            index = reader.U32();
        }
        else
        {
            index = reader.U16();
            reader.U16(); // count of drops
        }
        ticks = static_cast<uint64_t>(reader.U32()) << 32;
        ticks |= reader.U32();
        captured = reader.U32();
        record.originalSize = reader.U32();
    }
    if (!reader.Raw().Ok() || index >= m_interfaces.size())
    {
        return false;
    }
    const CaptureInterface& description = m_interfaces[index];
    if (type == SIMPLE_PACKET)
    {
        captured = record.originalSize;
        if (description.snapLength != 0)
        {
            captured = std::min(captured, description.snapLength);
        }
    }
    else
    {
        record.hasTime = true;
        record.nanoseconds = description.ToNanoseconds(ticks);
    }
    record.linkType = description.linkType;
    record.octets = reader.Raw().Take(captured);
    if (!reader.Raw().Ok())
    {
        return false;
    }
    ++m_result.records;
    m_handler(record);
    return true;
}

} // namespace

CaptureReading
ReadCaptureRecords(ByteView file, const Handler& handler)
{
    CaptureReading result;
    const uint32_t big = ByteReader(file).U32();
    const uint32_t little = OrderedReader(file, true).U32();
    for (const bool isLittle : {false, true})
    {
        const uint32_t magic = isLittle ? little : big;
        if (magic == PCAP_MICROSECONDS || magic == PCAP_NANOSECONDS)
        {
            result.recognized = true;
            ReadPcap(file, isLittle, magic == PCAP_NANOSECONDS, handler, result);
            return result;
        }
    }
    if (big == SECTION_HEADER)
    {
        result.recognized = true;
        PcapngReader(handler, result).Read(file);
        return result;
    }
    result.error = "is neither pcap nor pcapng";
    return result;
}

} // namespace ns3::mbs

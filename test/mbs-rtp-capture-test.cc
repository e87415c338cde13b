// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-capture-datagram.h"
#include "ns3/mbs-capture-reader.h"
#include "ns3/mbs-rtp-capture.h"
#include "ns3/mbs-traffic-plan.h"

#include <cstdio>
#include <fstream>
#include <random>

namespace ns3::mbs
{

namespace
{

/** Puts a capture file together octet by octet, by the formats' documents and not by our code. */
class CaptureMaker
{
  public:
    /** @param little byte order of the file */
    explicit CaptureMaker(bool little)
        : m_little(little)
    {
    }

    /** @param value a number @param size its octets @return this */
    CaptureMaker& Number(uint64_t value, int size)
    {
        for (int i = 0; i < size; ++i)
        {
            const int shift = 8 * (m_little ? i : size - 1 - i);
            m_bytes.push_back(static_cast<uint8_t>(value >> shift));
        }
        return *this;
    }

    /** @param octets what to append @return this */
    CaptureMaker& Octets(const Bytes& octets)
    {
        m_bytes.insert(m_bytes.end(), octets.begin(), octets.end());
        return *this;
    }

    /** @param linkType of all packets @param nano fractions are nanoseconds */
    void PcapHeader(uint32_t linkType, bool nano = false)
    {
        Number(nano ? 0xa1b23c4d : 0xa1b2c3d4, 4).Number(2, 2).Number(4, 2).Number(0, 4);
        Number(0, 4).Number(65535, 4).Number(linkType, 4);
    }

    /** @param s seconds @param fraction of it @param frame octets @param cut octets cut off */
    void PcapRecord(uint32_t s, uint32_t fraction, Bytes frame, std::size_t cut = 0)
    {
        const std::size_t size = frame.size();
        frame.resize(size - cut);
        Number(s, 4).Number(fraction, 4).Number(frame.size(), 4).Number(size, 4).Octets(frame);
    }

    /** @param type of the block @param body its octets, padded here */
    void Block(uint32_t type, Bytes body)
    {
        body.resize((body.size() + 3) / 4 * 4);
        Number(type, 4).Number(body.size() + 12, 4).Octets(body).Number(body.size() + 12, 4);
    }

    /** @brief A section header with an option in it. */
    void Section()
    {
        CaptureMaker body(m_little);
        body.Number(0x1a2b3c4d, 4).Number(1, 2).Number(0, 2).Number(UINT64_MAX, 8);
        body.Number(4, 2).Number(3, 2).Octets({'m', 'b', 's', 0}).Number(0, 4);
        Block(0x0a0d0d0a, body.m_bytes);
    }

    /**
     * @param linkType of its packets
     * @param resolution if_tsresol, or -1 for none
     * @param offset if_tsoffset, 0 for none
     * @param snap longest packet
     */
    void Interface(uint16_t linkType, int resolution = -1, int64_t offset = 0, uint32_t snap = 0)
    {
        CaptureMaker body(m_little);
        body.Number(linkType, 2).Number(0, 2).Number(snap, 4);
        if (resolution >= 0)
        {
            body.Number(9, 2).Number(1, 2).Octets({static_cast<uint8_t>(resolution), 0, 0, 0});
        }
        if (offset != 0)
        {
            body.Number(14, 2).Number(8, 2).Number(static_cast<uint64_t>(offset), 8);
        }
        if (resolution >= 0 || offset != 0)
        {
            body.Number(0, 4);
        }
        Block(1, body.m_bytes);
    }

    /** @param id interface @param ticks time @param frame octets */
    void Enhanced(uint32_t id, uint64_t ticks, const Bytes& frame)
    {
        CaptureMaker body(m_little);
        body.Number(id, 4).Number(ticks >> 32, 4).Number(ticks & 0xffffffff, 4);
        body.Number(frame.size(), 4).Number(frame.size(), 4).Octets(frame);
        Block(6, body.m_bytes);
    }

    /** @param frame octets */
    void Simple(const Bytes& frame)
    {
        CaptureMaker body(m_little);
        body.Number(frame.size(), 4).Octets(frame);
        Block(3, body.m_bytes);
    }

    /** @param id interface @param ticks time @param frame octets */
    void Obsolete(uint16_t id, uint64_t ticks, const Bytes& frame)
    {
        CaptureMaker body(m_little);
        body.Number(id, 2).Number(7, 2).Number(ticks >> 32, 4).Number(ticks & 0xffffffff, 4);
        body.Number(frame.size(), 4).Number(frame.size(), 4).Octets(frame);
        Block(2, body.m_bytes);
    }

    /** @return what was made */
    const Bytes& Get() const
    {
        return m_bytes;
    }

  private:
    Bytes m_bytes; //!< what was made
    bool m_little; //!< byte order
};

/** @param parts octet strings @return one behind the other */
Bytes
Join(const std::vector<Bytes>& parts)
{
    Bytes all;
    for (const Bytes& part : parts)
    {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

/** @param hex digits @return octets */
Bytes
Hex(const std::string& hex)
{
    return *FromHex(hex);
}

/** @param value a number @return two octets, network order */
Bytes
Two(std::size_t value)
{
    return {static_cast<uint8_t>(value >> 8), static_cast<uint8_t>(value)};
}

/** @param value a number @return four octets, network order */
Bytes
Four(uint64_t value)
{
    return Join({Two(value >> 16 & 0xffff), Two(value & 0xffff)});
}

/**
 * @param sequence sequence number
 * @param timestamp timestamp
 * @param type second octet: marker and payload type
 * @param ssrc SSRC
 * @param size octets of payload
 * @return an RTP packet
 */
Bytes
Rtp(std::size_t sequence,
    uint64_t timestamp,
    uint8_t type = 96,
    uint32_t ssrc = 7,
    std::size_t size = 5)
{
    return Join({{0x80, type},
                 Two(sequence & 0xffff),
                 Four(timestamp),
                 Four(ssrc),
                 Bytes(size, static_cast<uint8_t>(sequence))});
}

/** @param payload of the datagram @param port destination @return a UDP datagram */
Bytes
Udp(const Bytes& payload, std::size_t port = 5004)
{
    return Join({Two(4000), Two(port), Two(payload.size() + 8), Two(0), payload});
}

/**
 * @param udp what it carries
 * @param protocol its number
 * @param fragment flags and fragment offset
 * @param options octets, a multiple of four
 * @return an IPv4 packet
 */
Bytes
Ip4(const Bytes& udp, uint8_t protocol = 17, uint16_t fragment = 0x4000, const Bytes& options = {})
{
    const auto first = static_cast<uint8_t>(0x45 + options.size() / 4);
    return Join({{first, 0},
                 Two(20 + options.size() + udp.size()),
                 Two(0),
                 Two(fragment),
                 {64, protocol, 0, 0},
                 Hex("c0000201 e8010101"),
                 options,
                 udp});
}

/** @param next first next-header value @param rest what follows the header @return IPv6 packet */
Bytes
Ip6(uint8_t next, const Bytes& rest)
{
    return Join({Hex("60000000"),
                 Two(rest.size()),
                 {next, 64},
                 Hex("20010db8000000000000000000000001"),
                 Hex("ff3e0000000000000000000000000001"),
                 rest});
}

/** @param rest behind the addresses: types and packet @return an Ethernet frame */
Bytes
Ethernet(const Bytes& rest)
{
    return Join({Hex("01005e010101 020000000001"), rest});
}

/** @param rtp an RTP packet @param port UDP port @return in IPv4 over Ethernet */
Bytes
Frame(const Bytes& rtp, std::size_t port = 5004)
{
    return Ethernet(Join({Hex("0800"), Ip4(Udp(rtp, port))}));
}

/** @param count of packets, 20 ms and 1800 ticks (90 kHz) apart @return a pcap file */
Bytes
SmallPcap(int count = 10)
{
    CaptureMaker maker(true);
    maker.PcapHeader(1);
    for (int i = 0; i < count; ++i)
    {
        maker.PcapRecord(100, 20000 * i, Frame(Rtp(65530 + i, 1800 * i)));
    }
    return maker.Get();
}

/** @return a pcapng file of ten packets with all kinds of block */
Bytes
SmallPcapng(bool little)
{
    CaptureMaker maker(little);
    maker.Section();
    maker.Block(5, Bytes(10, 1)); // statistics
    maker.Interface(1);
    maker.Interface(101, 9);
    maker.Block(0x0bad, {});
    for (int i = 0; i < 10; ++i)
    {
        if (i % 2 == 0)
        {
            maker.Enhanced(0, 1000000 + 20000 * i, Frame(Rtp(i, 1800 * i)));
        }
        else
        {
            maker.Enhanced(1, 1000000000 + 20000000 * i, Ip4(Udp(Rtp(i, 1800 * i))));
        }
    }
    return maker.Get();
}

/** @param result a result @param text what to look for @return true if the error has it */
bool
ErrorHas(const RtpCaptureResult& result, const std::string& text)
{
    return !result.capture && result.error.find(text) != std::string::npos &&
           result.error.find("; give a pcap or pcapng capture of an RTP stream, or "
                             "cbr:RATE:SIZE") != std::string::npos;
}

/** @param capture a capture @param text what to look for @return true if a warning has it */
bool
WarningHas(const RtpCapture& capture, const std::string& text)
{
    for (const std::string& warning : capture.warnings)
    {
        if (warning.find(text) != std::string::npos)
        {
            return true;
        }
    }
    return false;
}

void
PcapIsReadInEitherOrder(Check& check)
{
    for (const bool little : {true, false})
    {
        for (const bool nano : {true, false})
        {
            CaptureMaker maker(little);
            maker.PcapHeader(1 | 0x14000000, nano);
            maker.PcapRecord(1, 5, Frame(Rtp(1, 0)));
            maker.PcapRecord(2, 7, Frame(Rtp(2, 90000)));
            const auto result = ReadRtpCapture(maker.Get());
            check.Expect(result.capture.has_value(), "read: " + result.error);
            check.Equal(result.capture->packets.size(), 2u, "packets");
            check.Equal(result.capture->packets[1].offset,
                        1000000000 + (nano ? 2 : 2000),
                        "offset");
            check.Expect(result.capture->packets[1].octets == Rtp(2, 90000), "octets");
            check.Equal(result.capture->ssrc, 7u, "SSRC");
            check.Equal(int{result.capture->payloadType}, 96, "payload type");
            check.Expect(result.capture->warnings.empty(), "no warning");
        }
    }
}

void
PcapngIsReadInEitherOrder(Check& check)
{
    for (const bool little : {true, false})
    {
        // Two interfaces: another source address would make two streams, so all is one here.
        const auto result = ReadRtpCapture(SmallPcapng(little));
        check.Expect(result.capture.has_value(), "read: " + result.error);
        check.Equal(result.capture->packets.size(), 10u, "packets of both interfaces");
        for (int i = 0; i < 10; ++i)
        {
            check.Equal(result.capture->packets[i].offset, 20000000 * i, "offset");
            check.Expect(result.capture->packets[i].octets == Rtp(i, 1800 * i), "octets");
        }
    }
}

void
PcapngTimesFollowTheInterface(Check& check)
{
    /** A resolution and what ticks mean in it. */
    struct Sample
    {
        int resolution;    //!< if_tsresol, -1 for none
        int64_t offset;    //!< if_tsoffset
        uint64_t ticks;    //!< time stamp
        uint64_t expected; //!< nanoseconds
    };

    for (const Sample& sample : {Sample{-1, 0, 1500000, 1500000000},
                                 {0, 0, 3, 3000000000},
                                 {3, 10, 250, 10250000000},
                                 {9, -1, 2000000001, 1000000001},
                                 {12, 0, 5000, 5},
                                 {127, 0, UINT64_MAX, 0},
                                 {0x80, 0, 2, 2000000000},
                                 {0x80 | 10, 0, 1536, 1500000000},
                                 {0x80 | 32, 0, 0x180000000, 1500000000},
                                 {0x80 | 64, 0, 0x8000000000000000, 500000000},
                                 {0x80 | 127, 0, UINT64_MAX, 0}})
    {
        CaptureMaker maker(false);
        maker.Section();
        maker.Interface(1, sample.resolution, sample.offset);
        maker.Enhanced(0, sample.ticks, {1});
        maker.Obsolete(0, sample.ticks, {2});
        std::vector<uint64_t> times;
        const auto reading = ReadCaptureRecords(maker.Get(), [&](const CaptureRecord& record) {
            check.Expect(record.hasTime, "has a time");
            times.push_back(record.nanoseconds);
        });
        check.Expect(reading.recognized && reading.error.empty() && reading.warning.empty(), "ok");
        check.Equal(times.size(), 2u, "records");
        check.Equal(times.at(0), sample.expected, "time");
        check.Equal(times.at(1), sample.expected, "time in an obsolete block");
    }
}

void
SimplePacketsAreTimedByTimestamps(Check& check)
{
    CaptureMaker maker(true);
    maker.Section();
    maker.Interface(1, -1, 0, 200);
    for (int i = 0; i < 4; ++i)
    {
        maker.Simple(Frame(Rtp(i, 3600 * i)));
    }
    maker.Simple(Bytes(200, 0));
    const auto result = ReadRtpCapture(maker.Get());
    check.Expect(result.capture.has_value(), "read: " + result.error);
    check.Equal(result.capture->packets.at(3).offset, 120000000, "3 x 3600 / 90000 s");
    check.Equal(result.capture->period, 160000000, "period");

    // A packet longer than the snap length is there in part.
    CaptureMaker cut(true);
    cut.Section();
    cut.Interface(1, -1, 0, 48);
    CaptureMaker body(true);
    const Bytes frame = Frame(Rtp(1, 1));
    body.Number(frame.size(), 4).Octets(Bytes(frame.begin(), frame.begin() + 48));
    cut.Block(3, body.Get());
    check.Expect(ErrorHas(ReadRtpCapture(cut.Get()), "1 cut short by the snap length"), "cut");
}

void
EveryLinkTypeIsRead(Check& check)
{
    const Bytes ip4 = Ip4(Udp(Rtp(1, 2)));
    const Bytes ip6 = Ip6(17, Udp(Rtp(1, 2)));

    /** A link type and a packet of it. */
    struct Sample
    {
        uint16_t linkType; //!< number
        Bytes octets;      //!< the packet
    };

    const std::vector<Sample> samples{
        {1, Ethernet(Join({Hex("0800"), ip4}))},
        {1, Ethernet(Join({Hex("86dd"), ip6}))},
        {1, Ethernet(Join({Hex("0800"), ip4, Bytes(6, 0)}))}, // Ethernet padding
        {1, Ethernet(Join({Hex("8100 0005 0800"), ip4}))},
        {1, Ethernet(Join({Hex("88a8 0005 8100 0006 86dd"), ip6}))},
        {1, Ethernet(Join({Hex("9100 0005 0800"), ip4}))},
        {1, Ethernet(Join({Hex("8864 1100 0001 0031 0021"), ip4}))},
        {12, ip4},
        {14, ip6},
        {101, ip4},
        {101, ip6},
        {228, ip4},
        {229, ip6},
        {113, Join({Hex("0000 0001 0006 020000000001 0000 0800"), ip4})},
        {276, Join({Hex("86dd 0000 00000001 0001 00 06 0200000000010000"), ip6})},
        {0, Join({Hex("02000000"), ip4})},
        {0, Join({Hex("0000001e"), ip6})},
        {108, Join({Hex("00000002"), ip4})},
        {9, Join({Hex("ff03 0021"), ip4})},
        {9, Join({Hex("0057"), ip6})},
        {9, Join({Hex("21"), ip4})},
    };
    for (const Sample& sample : samples)
    {
        CaptureRecord record;
        record.linkType = sample.linkType;
        record.octets = sample.octets;
        record.originalSize = static_cast<uint32_t>(sample.octets.size());
        CapturedDatagram datagram;
        const std::string name = "link type " + std::to_string(sample.linkType);
        check.Expect(FindDatagram(record, datagram) == CapturedKind::UDP, name);
        check.Expect(SameBytes(datagram.payload, Rtp(1, 2)), name + " payload");
        check.Equal(datagram.sourcePort, 4000, name + " source port");
        check.Equal(datagram.destinationPort, 5004, name + " destination port");
        check.Expect(datagram.source[0] == (datagram.ipVersion == 4 ? 0xc0 : 0x20) &&
                         datagram.destination[0] == (datagram.ipVersion == 4 ? 0xe8 : 0xff),
                     name + " addresses");
        // Cut anywhere, it must be something else; run with a sanitizer, it must not over-read.
        for (std::size_t size = 0; size + 7 < sample.octets.size(); ++size)
        {
            const Bytes part(sample.octets.begin(),
                             sample.octets.begin() + static_cast<std::ptrdiff_t>(size));
            record.octets = part;
            check.Expect(FindDatagram(record, datagram) != CapturedKind::UDP, name + " cut");
        }
    }
}

void
OtherPacketsAreToldApart(Check& check)
{
    const Bytes udp = Udp(Rtp(1, 2));

    /** A raw IP packet and what it is. */
    struct Sample
    {
        const char* name;  //!< what is shown
        Bytes octets;      //!< the packet
        CapturedKind kind; //!< what it is
    };

    const std::vector<Sample> samples{
        {"options", Ip4(udp, 17, 0x4000, Hex("94040000")), CapturedKind::UDP},
        {"TCP", Ip4(udp, 6), CapturedKind::OTHER},
        {"first fragment", Ip4(udp, 17, 0x2000), CapturedKind::FRAGMENT},
        {"later fragment", Ip4(udp, 17, 0x0010), CapturedKind::FRAGMENT},
        {"version 5", Join({{0x55}, Bytes(40, 0)}), CapturedKind::OTHER},
        {"IHL 4", Join({{0x44}, Bytes(40, 0)}), CapturedKind::OTHER},
        {"nothing", {}, CapturedKind::OTHER},
        {"hop-by-hop", Ip6(0, Join({Hex("1100050200000000"), udp})), CapturedKind::UDP},
        {"routing and destination",
         Ip6(43, Join({Hex("3c00000000000000"), Hex("1100010400000000"), udp})),
         CapturedKind::UDP},
        {"authentication",
         Ip6(51, Join({Hex("1104 0000 00000001 00000002"), Bytes(12, 9), udp})),
         CapturedKind::UDP},
        {"atomic fragment", Ip6(44, Join({Hex("1100000000000001"), udp})), CapturedKind::UDP},
        {"IPv6 fragment", Ip6(44, Join({Hex("1100000100000001"), udp})), CapturedKind::FRAGMENT},
        {"fragment of TCP", Ip6(44, Join({Hex("0600000100000001"), udp})), CapturedKind::OTHER},
        {"ICMPv6", Ip6(58, udp), CapturedKind::OTHER},
        {"extension longer than the packet", Ip6(0, Hex("1103050200000000")), CapturedKind::OTHER},
        {"UDP length 7", Ip4(Hex("0001000200070000")), CapturedKind::OTHER},
        {"UDP longer than IP", Ip4(Hex("0001000200400000")), CapturedKind::OTHER},
        {"no room for UDP", Ip4(Hex("00010002")), CapturedKind::OTHER},
    };
    for (const Sample& sample : samples)
    {
        CaptureRecord record;
        record.linkType = 101;
        record.octets = sample.octets;
        CapturedDatagram datagram;
        check.Expect(FindDatagram(record, datagram) == sample.kind, sample.name);
    }
    // Extension header of which the octets are there but the length field says less.
    Bytes lying = Ip6(0, Join({Hex("1100050200000000"), udp}));
    lying[4] = 0;
    lying[5] = 4;
    CaptureRecord record;
    record.linkType = 229;
    record.octets = lying;
    CapturedDatagram datagram;
    check.Expect(FindDatagram(record, datagram) == CapturedKind::OTHER, "length field too small");

    const Bytes arp = Ethernet(Hex("0806 0001"));
    record.linkType = 1;
    record.octets = arp;
    check.Expect(FindDatagram(record, datagram) == CapturedKind::OTHER, "ARP");
    const Bytes lcp = Hex("ff03c0210101");
    record.linkType = 9;
    record.octets = lcp;
    check.Expect(FindDatagram(record, datagram) == CapturedKind::OTHER, "LCP");
    record.linkType = 127;
    check.Expect(FindDatagram(record, datagram) == CapturedKind::UNKNOWN_LINK_TYPE, "802.11");
}

void
LongestStreamIsTaken(Check& check)
{
    CaptureMaker maker(true);
    maker.PcapHeader(1);
    for (int i = 0; i < 20; ++i)
    {
        const uint32_t us = 20000 * i;
        maker.PcapRecord(1, us, Frame(Rtp(i, 160 * i, 0, 11)));
        if (i < 12)
        {
            maker.PcapRecord(1, us, Frame(Rtp(i, 1800 * i, 96, 12), 5006));
        }
        // RTCP and something with a version of 2 but no sequence, both more often.
        maker.PcapRecord(1, us, Frame(Hex("80c80006 00000001 00000002 00000003")));
        maker.PcapRecord(1, us + 1, Frame(Hex("80c80006 00000001 00000002 00000003")));
        maker.PcapRecord(1, us, Frame(Rtp(i * 7919, 0, 96, 13), 53));
        maker.PcapRecord(1, us + 1, Frame(Rtp(i * 7919 + 4000, 0, 96, 13), 53));
        maker.PcapRecord(1, us, Frame(Hex("0001")));
    }
    const auto result = ReadRtpCapture(maker.Get());
    check.Expect(result.capture.has_value(), "found: " + result.error);
    check.Equal(result.capture->ssrc, 11u, "SSRC");
    check.Equal(result.capture->packets.size(), 20u, "packets");
    check.Equal(result.capture->clockRate, 8000u, "clock rate of payload type 0");
    check.Equal(int{result.capture->payloadType}, 0, "payload type");
    check.Expect(WarningHas(*result.capture, "2 RTP streams"), "it says that there are two");

    CaptureMaker tie(true);
    tie.PcapHeader(1);
    for (int i = 0; i < 4; ++i)
    {
        tie.PcapRecord(1, 20000 * i, Frame(Rtp(i, 160 * i, 0, 99), 6000));
        tie.PcapRecord(1, 20000 * i, Frame(Rtp(i, 160 * i, 0, 1), 5000));
    }
    check.Equal(ReadRtpCapture(tie.Get()).capture->ssrc, 99u, "of equals that which came first");
}

void
CaptureWithoutRtpSaysSo(Check& check)
{
    CaptureMaker maker(true);
    maker.PcapHeader(1);
    for (int i = 0; i < 1234; ++i)
    {
        maker.PcapRecord(1, i, Frame(Hex("0001020304")));
    }
    maker.PcapRecord(1, 0, Ethernet(Join({Hex("0800"), Ip4(Udp({}), 17, 0x2000)})));
    const auto none = ReadRtpCapture(maker.Get());
    check.Equal(none.error,
                "no RTP over UDP found (1,234 UDP packets read, 1 IP fragment); give a pcap or "
                "pcapng capture of an RTP stream, or cbr:RATE:SIZE",
                "sentence");

    CaptureMaker sparse(true);
    sparse.PcapHeader(1);
    for (int i = 0; i < 10; ++i)
    {
        sparse.PcapRecord(1, 1000 * i, Frame(Rtp(50 * i, 0)));
    }
    check.Expect(ErrorHas(ReadRtpCapture(sparse.Get()), "10 UDP packets"), "no number follows");

    CaptureMaker wifi(true);
    wifi.PcapHeader(127);
    wifi.PcapRecord(1, 0, Bytes(60, 0));
    check.Expect(ErrorHas(ReadRtpCapture(wifi.Get()), "1 packet of link type 127"), "link type");
    check.Expect(ErrorHas(ReadRtpCapture(Bytes{}), "is empty"), "empty");
    check.Expect(ErrorHas(ReadRtpCapture(Bytes{'h', 'e', 'l', 'l', 'o'}), "neither pcap nor"),
                 "text");
    check.Expect(ErrorHas(ReadRtpCapture(Bytes{0xd4, 0xc3}), "neither pcap nor"), "two octets");
    check.Expect(ErrorHas(ReadRtpCapture(Hex("1f8b0800")), "gunzip"), "compressed");
    check.Expect(ErrorHas(ReadRtpCapture(Hex("a1b2c3d40003000400000000000000000000ffff00000001")),
                          "version 3"),
                 "another version");
    check.Expect(ErrorHas(ReadRtpCapture(Hex("a1b2c3d400020004")), "file header"), "cut header");
    check.Expect(ErrorHas(ReadRtpCaptureFile("/nonexistent/x.pcap"), "No such file"), "no file");
    check.Expect(ErrorHas(ReadRtpCaptureFile("/"), "cannot be read"), "a folder");
}

void
UnusableStreamsAreRefused(Check& check)
{
    CaptureMaker large(true);
    large.PcapHeader(1);
    large.PcapRecord(1, 0, Frame(Rtp(1, 0, 96, 7, 8888)));
    large.PcapRecord(1, 9, Frame(Rtp(2, 0, 96, 7, 8888)));
    check.Expect(ReadRtpCapture(large.Get()).capture.has_value(), "8,900 octets are accepted");
    large.PcapRecord(2, 0, Frame(Rtp(3, 0, 96, 7, 8889)));
    check.Expect(ErrorHas(ReadRtpCapture(large.Get()), "RTP packet of 8,901 octets"), "8,901");

    CaptureMaker still(true);
    still.PcapHeader(1);
    still.PcapRecord(1, 0, Frame(Rtp(1, 5)));
    check.Expect(ErrorHas(ReadRtpCapture(still.Get()), "no RTP over UDP found (1 UDP"), "single");
    still.PcapRecord(1, 0, Frame(Rtp(2, 5)));
    check.Expect(ErrorHas(ReadRtpCapture(still.Get()), "no usable times"), "all at once");

    CaptureMaker far(true);
    far.PcapHeader(1);
    far.PcapRecord(1, 0, Frame(Rtp(1, 5)));
    far.PcapRecord(0xffffffff, 0, Frame(Rtp(2, 5)));
    check.Expect(ErrorHas(ReadRtpCapture(far.Get()), "more than a year"), "136 years");

    // The same packet over and over is a stream of one.
    CaptureMaker same(true);
    same.PcapHeader(1);
    same.PcapRecord(1, 0, Frame(Rtp(1, 5)));
    same.PcapRecord(1, 1, Frame(Rtp(1, 5)));
    check.Expect(ErrorHas(ReadRtpCapture(same.Get()), "one RTP packet only"), "repetition");
}

void
ReorderingIsKeptAndRepetitionIsNot(Check& check)
{
    CaptureMaker maker(true);
    maker.PcapHeader(1);
    const int order[] = {0, 1, 3, 2, 2, 4, 6, 7, 8, 9, 10, 11, 12};
    int time = 0;
    for (const int i : order)
    {
        maker.PcapRecord(1, 10000 * time++, Frame(Rtp(65534 + i, 900 * i)));
    }
    // Captured later in the file, earlier in time: takes its place by time.
    maker.PcapRecord(1, 10000 * time - 15000, Frame(Rtp(65534 + 13, 900 * 13)));
    const auto result = ReadRtpCapture(maker.Get());
    check.Expect(result.capture.has_value(), "read: " + result.error);
    const auto& packets = result.capture->packets;
    check.Equal(packets.size(), 13u, "packets");
    check.Equal(packets[2].sequence, 3, "reordered");
    check.Equal(packets[3].sequence, 2, "reordered");
    check.Equal(packets[5].sequence, 6, "gap at 5");
    check.Equal(packets[11].sequence, 13, "by time");
    check.Equal(packets[12].sequence, 12, "by time");
    check.Equal(result.capture->sequenceIncrement, 14, "increment");
    check.Expect(WarningHas(*result.capture, "1 packet with a sequence number seen"), "repeated");
    for (std::size_t i = 1; i < packets.size(); ++i)
    {
        check.Expect(packets[i].offset >= packets[i - 1].offset, "offsets do not fall");
    }
}

void
ClockThatGoesBackIsNotFollowed(Check& check)
{
    // Falling all the way, and set back by two seconds halfway.
    for (const bool falling : {true, false})
    {
        CaptureMaker maker(true);
        maker.PcapHeader(1);
        for (uint32_t i = 0; i < 400; ++i)
        {
            const uint32_t ms = falling ? 5000 - 10 * i : 5000 + 10 * i - (i < 200 ? 0 : 2000);
            maker.PcapRecord(ms / 1000, ms % 1000 * 1000, Frame(Rtp(i, 80 * i, 0)));
        }
        const auto result = ReadRtpCapture(maker.Get());
        check.Expect(result.capture.has_value(), "read: " + result.error);
        check.Expect(WarningHas(*result.capture, "the clock went back during the capture"), "said");
        check.Expect(!WarningHas(*result.capture, "receivers take them for replays"), "none late");
        for (int64_t i = 0; i < 400; ++i)
        {
            const RtpCapture::Packet& packet = result.capture->packets[i];
            check.Equal(packet.sequence, i, "as in the file");
            check.Equal(packet.offset, i * 10000000, "80 units of an 8 kHz clock apart");
        }
    }
}

void
LatePacketsAreWarnedOf(Check& check)
{
    CaptureMaker maker(true);
    maker.PcapHeader(1);
    for (int i = 0; i < 200; ++i)
    {
        // Number 20 comes behind 147 and is just in time, number 21 comes behind 149.
        if (i != 20 && i != 21)
        {
            maker.PcapRecord(1, 1000 * i, Frame(Rtp(i, 90 * i)));
        }
        if (i == 147 || i == 149)
        {
            maker.PcapRecord(1, 1000 * i + 1, Frame(Rtp(i == 147 ? 20 : 21, 90 * i)));
        }
    }
    const auto result = ReadRtpCapture(maker.Get());
    check.Expect(result.capture.has_value(), "read: " + result.error);
    check.Expect(
        WarningHas(*result.capture, "1 packet lies 128 or more behind the newest sequence number"),
        "the late one");
}

void
TimesThatAreMadeUpAreNotFollowed(Check& check)
{
    // Converters of text put packets a microsecond apart; the stream has one in 20 ms.
    for (const int count : {50, 200000})
    {
        CaptureMaker maker(true);
        maker.PcapHeader(1);
        for (int i = 0; i < count; ++i)
        {
            maker.PcapRecord(1, i, Frame(Rtp(i, uint64_t{1800} * i, count == 50 ? 96 : 26)));
        }
        const auto result = ReadRtpCapture(maker.Get());
        check.Expect(result.capture.has_value(), "read: " + result.error);
        check.Expect(WarningHas(*result.capture, "more than a hundred times as long"), "said");
        check.Equal(result.capture->clockRate, 90000u, "clock rate");
        check.Equal(result.capture->packets[1].offset, 20000000, "by timestamps");
        check.Equal(result.capture->period, int64_t{20000000} * count, "period");
    }
}

void
AbsurdRateIsWarnedOf(Check& check)
{
    CaptureMaker maker(true);
    maker.PcapHeader(1);
    for (int i = 0; i < 10; ++i)
    {
        maker.PcapRecord(1, i, Frame(Rtp(i, 7, 96, 7, 988)));
    }
    const auto result = ReadRtpCapture(maker.Get());
    check.Expect(result.capture.has_value(), "read: " + result.error);
    check.Expect(WarningHas(*result.capture, "within 9us: looped, that makes 8,000 Mbit/s"),
                 "1,000 octets a microsecond");
}

void
RestartedNumbersRunOn(Check& check)
{
    CaptureMaker maker(true);
    maker.PcapHeader(1);
    for (int i = 0; i < 40; ++i)
    {
        maker.PcapRecord(1, 10000 * i, Frame(Rtp(i < 20 ? i : 30000 + i, 900 * i)));
    }
    const auto result = ReadRtpCapture(maker.Get());
    check.Expect(result.capture.has_value(), "read: " + result.error);
    for (int i = 0; i < 40; ++i)
    {
        check.Equal(result.capture->packets[i].sequence, i, "number");
    }
    check.Expect(WarningHas(*result.capture, "1 jump of"), "it says so");
}

void
SnapLengthAndFragmentsAreCounted(Check& check)
{
    CaptureMaker maker(true);
    maker.PcapHeader(1);
    for (int i = 0; i < 20; ++i)
    {
        // A cut that takes Ethernet's padding only does no harm.
        Bytes frame = Frame(Rtp(i, 900 * i));
        frame.resize(frame.size() + 4);
        maker.PcapRecord(1, 10000 * i, frame, i == 5 ? 5 : 4);
    }
    maker.PcapRecord(1, 0, Ethernet(Join({Hex("0800"), Ip4(Udp({}), 17, 0x2000)})));
    maker.Number(1, 4).Number(2, 4);
    const auto result = ReadRtpCapture(maker.Get());
    check.Expect(result.capture.has_value(), "read: " + result.error);
    check.Equal(result.capture->packets.size(), 19u, "packets");
    check.Expect(WarningHas(*result.capture, "1 packet that the snap length"), "cut");
    check.Expect(WarningHas(*result.capture, "1 IP fragment"), "fragments");
    check.Expect(WarningHas(*result.capture, "last record is cut off: the packets before"), "end");
}

void
LoopRunsOnSmoothly(Check& check)
{
    // Frames of two packets, 40 ms and 3600 ticks apart, the second packet 5 ms after the first.
    CaptureMaker maker(true);
    maker.PcapHeader(1);
    for (int i = 0; i < 20; ++i)
    {
        const int frame = i / 2;
        const uint64_t timestamp = 0xfffff000u + 3600u * static_cast<unsigned>(frame);
        maker.PcapRecord(1, 40000 * frame + 5000 * (i % 2), Frame(Rtp(65530 + i, timestamp)));
    }
    auto result = ReadRtpCapture(maker.Get());
    check.Expect(result.capture.has_value(), "read: " + result.error);
    check.Equal(result.capture->clockRate, 90000u, "clock rate");
    check.Equal(result.capture->period, 400000000, "ten frames of 40 ms");
    check.Equal(result.capture->timestampIncrement, 36000u, "ten frames of 3600");
    const TrafficPlan plan = TrafficPlan::Replay(std::move(*result.capture));
    check.Equal(plan.PacketsPerLoop(), 20u, "packets a loop");
    check.Expect(plan.Period() == MilliSeconds(400), "period");
    check.Equal(plan.LargestPacket(), 17u, "largest packet");
    check.Equal(plan.MeanRate(), 20 * 17 * 8 / 0.4, "rate");
    check.Expect(plan.Warnings().empty(), "no warning");
    check.Equal(plan.Ssrc(), 7u, "SSRC");
    check.Equal(plan.ClockRate(), 90000u, "clock rate");
    check.Equal(int{plan.PayloadType()}, 96, "payload type");
    // Three loops are what the stream would have been.
    Bytes packet;
    for (uint64_t n = 0; n < 60; ++n)
    {
        const uint64_t frame = n / 2;
        Bytes expected = Rtp(65530 + n % 20, 0xfffff000u + 3600 * frame);
        expected[2] = static_cast<uint8_t>((65530 + n) >> 8);
        expected[3] = static_cast<uint8_t>(65530 + n);
        plan.Build(n, packet);
        check.Equal(ToHex(packet), ToHex(expected), "packet");
        check.Expect(plan.PacketAt(n) == packet, "built anew");
        check.Expect(plan.OffsetOf(n) == MicroSeconds(40000 * frame + 5000 * (n % 2)), "offset");
    }
    check.Expect(plan.OffsetOf(UINT64_MAX) == Time::Max(), "beyond what Time holds");
    plan.Build(UINT64_MAX, packet);
    check.Equal(packet.size(), 17u, "any number has a packet");
}

void
ClockRateIsMeasured(Check& check)
{
    /** Payload type, ticks of 20 ms and the clock rate that is found. */
    struct Sample
    {
        uint8_t type;      //!< payload type
        int ticks;         //!< timestamp step
        uint32_t expected; //!< clock rate
    };

    for (const Sample& sample : {Sample{97, 960, 48000},
                                 {97, 955, 48000},
                                 {97, 1764, 90000},
                                 {97, 2500, 125000},
                                 {97, 0, 90000},
                                 {6, 1, 16000},
                                 {10, 1, 44100},
                                 {11, 1, 44100},
                                 {14, 1, 90000},
                                 {16, 1, 11025},
                                 {17, 1, 22050},
                                 {18, 1, 8000},
                                 {33, 1, 90000},
                                 {35, 160, 8000}})
    {
        CaptureMaker maker(true);
        maker.PcapHeader(1);
        for (int i = 0; i < 10; ++i)
        {
            maker.PcapRecord(1, 20000 * i, Frame(Rtp(i, sample.ticks * i, sample.type)));
        }
        const auto result = ReadRtpCapture(maker.Get());
        check.Expect(result.capture.has_value(), "read: " + result.error);
        check.Equal(result.capture->clockRate, sample.expected, "clock rate");
        check.Equal(result.capture->period, 200000000, "period");
        const uint32_t increment =
            sample.ticks == 0 ? 18000 : static_cast<uint32_t>(10 * sample.ticks);
        check.Equal(result.capture->timestampIncrement, increment, "timestamp increment");
    }
    CaptureMaker brief(true);
    brief.PcapHeader(1);
    brief.PcapRecord(1, 0, Frame(Rtp(1, 0)));
    brief.PcapRecord(1, 10, Frame(Rtp(2, 5000)));
    check.Equal(ReadRtpCapture(brief.Get()).capture->clockRate, 90000u, "too short to measure");
}

void
LongTailMakesThePeriodLonger(Check& check)
{
    // The last frame takes longer than frames are apart.
    CaptureMaker maker(true);
    maker.PcapHeader(1);
    maker.PcapRecord(1, 0, Frame(Rtp(0, 0)));
    maker.PcapRecord(1, 40000, Frame(Rtp(1, 3600)));
    maker.PcapRecord(1, 140000, Frame(Rtp(2, 3600)));
    const auto result = ReadRtpCapture(maker.Get());
    check.Expect(result.capture.has_value(), "read: " + result.error);
    check.Equal(result.capture->period, 210000000, "last offset and mean spacing");
}

void
AnyTruncationIsSurvived(Check& check)
{
    for (const Bytes& whole : {SmallPcap(), SmallPcapng(true), SmallPcapng(false)})
    {
        std::size_t most = 0;
        for (std::size_t size = 0; size < whole.size(); ++size)
        {
            // A copy of its own, so that a sanitizer sees an over-read.
            const Bytes part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
            const auto result = ReadRtpCapture(part);
            check.Expect(result.capture.has_value() == result.error.empty(), "one of the two");
            const std::size_t packets = result.capture ? result.capture->packets.size() : 0;
            check.Expect(packets >= most, "more octets, no fewer packets");
            most = packets;
        }
        check.Equal(most, 9u, "all but the last packet");
    }
}

void
RandomMutationIsSurvived(Check& check)
{
    std::mt19937 random(2);
    for (const Bytes& whole : {SmallPcap(), SmallPcapng(true), SmallPcapng(false)})
    {
        for (int round = 0; round < 3000; ++round)
        {
            Bytes changed = whole;
            const int changes = 1 + static_cast<int>(random() % 8);
            for (int i = 0; i < changes; ++i)
            {
                static constexpr uint8_t EDGES[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
                changed[random() % changed.size()] =
                    random() % 2 == 0 ? EDGES[random() % 5] : static_cast<uint8_t>(random());
            }
            auto result = ReadRtpCapture(changed);
            check.Expect(result.capture.has_value() == result.error.empty(), "one of the two");
            if (result.capture)
            {
                const std::size_t packets = result.capture->packets.size();
                check.Expect(packets >= 2 && packets <= 10, "some of the packets");
                check.Expect(result.capture->period > result.capture->packets.back().offset,
                             "period");
                const TrafficPlan plan = TrafficPlan::Replay(std::move(*result.capture));
                check.Expect(plan.PacketAt(3 * packets).size() >= 12, "packets can be made");
                check.Expect(plan.OffsetOf(packets) > plan.OffsetOf(packets - 1), "times rise");
            }
        }
    }
}

void
HugeLengthsAreRefused(Check& check)
{
    CaptureMaker byOne(true);
    byOne.PcapHeader(1);
    byOne.Number(0, 8).Number(4, 4).Number(4, 4).Number(0, 3);
    const auto reading = ReadCaptureRecords(byOne.Get(), [](const CaptureRecord&) {});
    check.Equal(reading.records, 0u, "one octet short");
    for (const uint32_t length : {0xffffffffu, 0x80000000u, 0x7ffffff0u, 1000u})
    {
        CaptureMaker pcap(true);
        pcap.PcapHeader(1);
        pcap.Number(0, 8).Number(length, 4).Number(length, 4);
        check.Expect(ErrorHas(ReadRtpCapture(pcap.Get()), "last record is cut off"), "pcap");

        CaptureMaker block(true);
        block.Section();
        block.Number(6, 4).Number(length, 4).Number(0, 8);
        check.Expect(ErrorHas(ReadRtpCapture(block.Get()), "cut off"), "block");

        CaptureMaker inner(false);
        inner.Section();
        inner.Interface(1);
        CaptureMaker body(false);
        body.Number(0, 4).Number(0, 8).Number(length, 4).Number(length, 4).Number(0, 8);
        inner.Block(6, body.Get());
        check.Expect(ErrorHas(ReadRtpCapture(inner.Get()), "is damaged"), "packet in a block");
    }
}

void
DamagedPcapngBlocksEndTheReading(Check& check)
{
    const auto fails = [&check](const Bytes& file, const std::string& what) {
        const auto reading = ReadCaptureRecords(file, [](const CaptureRecord&) {});
        check.Expect(reading.recognized && !reading.warning.empty(), what);
    };
    CaptureMaker section(true);
    section.Section();
    const Bytes good = section.Get();

    Bytes magic = good;
    magic[8] ^= 1;
    fails(magic, "byte-order magic");
    Bytes version = good;
    version[12] = 2;
    fails(version, "version 2");
    Bytes trailer = good;
    trailer.back() ^= 1;
    fails(trailer, "the two lengths differ");
    fails(Join({good, Hex("06000000 0b000000 00000000")}), "length below 12");
    fails(Join({good, Hex("06000000 0d000000 0000000000")}), "length no multiple of four");

    CaptureMaker unknown(true);
    unknown.Section();
    unknown.Enhanced(0, 0, {1});
    fails(unknown.Get(), "no such interface");
    CaptureMaker shortInterface(true);
    shortInterface.Section();
    shortInterface.Block(1, Bytes(4, 0));
    fails(shortInterface.Get(), "interface without snap length");
    CaptureMaker longOption(true);
    longOption.Section();
    longOption.Block(1, Hex("0100000000000000 0900ff00"));
    fails(longOption.Get(), "option longer than its block");

    // A new section forgets the interfaces of the one before and may have the other byte order.
    CaptureMaker second(false);
    second.Section();
    second.Interface(1);
    second.Enhanced(0, 1, {1});
    const auto reading =
        ReadCaptureRecords(Join({SmallPcapng(true), second.Get()}), [](const CaptureRecord&) {});
    check.Expect(reading.warning.empty(), "two sections: " + reading.warning);
    check.Equal(reading.records, 11u, "packets of both");
    CaptureMaker orphan(true);
    orphan.Section();
    orphan.Enhanced(0, 1, {1});
    fails(Join({SmallPcapng(true), orphan.Get()}), "interface of another section");
}

void
ConstantRateHasNoDrift(Check& check)
{
    auto result = TrafficPlan::FromText("cbr:2Mbps:1000");
    check.Expect(result.plan.has_value(), "made: " + result.error);
    const TrafficPlan& plan = *result.plan;
    check.Equal(plan.PacketAt(0).size(), 1000u, "size");
    check.Expect(plan.OffsetOf(0).IsZero() && plan.OffsetOf(1) == MilliSeconds(4), "4 ms apart");
    check.Expect(plan.OffsetOf(250000) == Seconds(1000), "no drift");
    check.Expect(plan.Period() == MilliSeconds(4) && plan.PacketsPerLoop() == 1, "period");
    check.Equal(plan.MeanRate(), 2e6, "rate");
    check.Equal(plan.LargestPacket(), 1000u, "largest");
    check.Expect(plan.Warnings().empty(), "no warning");
    check.Equal(plan.Ssrc(), TrafficPlan::CBR_SSRC + 0, "SSRC");
    check.Equal(plan.ClockRate(), 90000u, "clock rate");
    check.Equal(int{plan.PayloadType()}, 96, "payload type");
    const Bytes packet = plan.PacketAt(65537);
    check.Equal(ToHex(ByteView(packet).Sub(0, 13)),
                "80600001"
                "01680168"
                "4d425302"
                "00",
                "number 1 and 65537 x 360 ticks");
    // A third of a nanosecond too much each time would add up.
    const TrafficPlan thirds = TrafficPlan::ConstantRate(3, 13);
    check.Expect(thirds.OffsetOf(3) == Seconds(104), "three packets of 104 bits at 3 bit/s");
    check.Expect(thirds.OffsetOf(UINT64_MAX) == Time::Max(), "beyond what Time holds");
    const TrafficPlan fast = TrafficPlan::ConstantRate(TrafficPlan::MAX_CBR_RATE, 13);
    check.Expect(fast.Period() >= NanoSeconds(1), "at least a nanosecond apart");
}

void
WrongTrafficIsExplained(Check& check)
{
    for (const char* text : {"cbr:",
                             "cbr:2Mbps",
                             "cbr:2Mbps:",
                             "cbr:2Mbps:12",
                             "cbr:2Mbps:8901",
                             "cbr:2Mbps:1e3",
                             "cbr:0bps:100",
                             "cbr:200Gbps:100",
                             "cbr:fast:100",
                             "cbr:-2Mbps:100",
                             "cbr:2Mbps:1000:5",
                             "cbr::100"})
    {
        const auto result = TrafficPlan::FromText(text);
        check.Expect(!result.plan && result.error.find("cbr:2Mbps:1000") != std::string::npos,
                     text);
    }
    check.Expect(TrafficPlan::FromText("cbr:1bps:13").plan.has_value(), "smallest");
    check.Expect(TrafficPlan::FromText("cbr:100Gbps:8900").plan.has_value(), "largest");
    const auto missing = TrafficPlan::FromText("/nonexistent/x.pcap");
    check.Equal(missing.error,
                "cannot be read (No such file or directory); give a pcap or pcapng capture of an "
                "RTP stream, or cbr:RATE:SIZE",
                "sentence");
}

/** A capture in a file is the same as in memory. */
class CaptureFileTestCase : public TestCase
{
  public:
    CaptureFileTestCase()
        : TestCase("a capture file is read and replayed")
    {
    }

  private:
    void DoRun() override
    {
        const std::string path = CreateTempDirFilename("small.pcap");
        const Bytes file = SmallPcap();
        std::ofstream(path, std::ios::binary)
            .write(reinterpret_cast<const char*>(file.data()),
                   static_cast<std::streamsize>(file.size()));
        const auto result = TrafficPlan::FromText(path);
        NS_TEST_ASSERT_MSG_EQ(result.plan.has_value(), true, result.error);
        NS_TEST_EXPECT_MSG_EQ(result.plan->PacketsPerLoop(), 10, "packets");
        NS_TEST_EXPECT_MSG_EQ(result.plan->Period(), MilliSeconds(200), "period");
        std::remove(path.c_str());
    }
};

} // namespace

/** @param suite gets the tests of captures and traffic */
void AddRtpCaptureTests(MbsTestSuite& suite);

void
AddRtpCaptureTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("pcap is read in either byte order, microseconds and nanoseconds", PcapIsReadInEitherOrder);
    add("pcapng is read in either byte order, blocks of other types passed over",
        PcapngIsReadInEitherOrder);
    add("times in pcapng follow the interface's resolution and offset",
        PcapngTimesFollowTheInterface);
    add("packets without time are timed by their RTP timestamps",
        SimplePacketsAreTimedByTimestamps);
    add("UDP is found in every supported link type and not in parts of a packet",
        EveryLinkTypeIsRead);
    add("fragments, other protocols and damaged headers are told apart", OtherPacketsAreToldApart);
    add("of several streams the longest RTP stream is taken", LongestStreamIsTaken);
    add("a capture without RTP is refused with what it holds instead", CaptureWithoutRtpSaysSo);
    add("a stream that cannot be replayed is refused", UnusableStreamsAreRefused);
    add("reordering and gaps are kept, repetitions are left out",
        ReorderingIsKeptAndRepetitionIsNot);
    add("a capture whose clock went back is timed by timestamps", ClockThatGoesBackIsNotFollowed);
    add("packets too late for a replay window are warned of", LatePacketsAreWarnedOf);
    add("times of capture that are made up give way to timestamps",
        TimesThatAreMadeUpAreNotFollowed);
    add("a loop at an absurd rate is warned of", AbsurdRateIsWarnedOf);
    add("sequence numbers run on where the sender started anew", RestartedNumbersRunOn);
    add("packets cut by the snap length and fragments are counted",
        SnapLengthAndFragmentsAreCounted);
    add("a loop runs on as the stream would have", LoopRunsOnSmoothly);
    add("the RTP clock rate is known or measured", ClockRateIsMeasured);
    add("a long last frame makes the loop longer", LongTailMakesThePeriodLonger);
    add("a capture cut anywhere gives the packets before", AnyTruncationIsSurvived);
    add("a capture with random changes is survived", RandomMutationIsSurvived);
    add("huge lengths in a capture are refused", HugeLengthsAreRefused);
    add("damaged pcapng blocks end the reading", DamagedPcapngBlocksEndTheReading);
    add("constant-rate traffic does not drift", ConstantRateHasNoDrift);
    add("wrong traffic is explained", WrongTrafficIsExplained);
    suite.Add(new CaptureFileTestCase);
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-rtp-capture.h"

#include "mbs-capture-datagram.h"
#include "mbs-capture-reader.h"
#include "mbs-quantity.h"
#include "mbs-rtp.h"

#include "ns3/mbs-srtp.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <set>
#include <tuple>

namespace ns3::mbs
{

namespace
{

constexpr int64_t NS_PER_S = 1000000000;                 //!< nanoseconds in a second
constexpr uint64_t MAX_FILE = uint64_t{2} << 30;         //!< largest capture file, octets
constexpr int MAX_DROPOUT = 3000;                        //!< RFC 3550 appendix A.1
constexpr int NEAR = 100;                                //!< MAX_MISORDER of RFC 3550 appendix A.1
constexpr uint32_t DEFAULT_CLOCK = 90000;                //!< of video (RFC 3551 clause 5)
constexpr double FASTEST_CLOCK = 1e6;                    //!< no format has a faster one
constexpr double COMPRESSED = 100;                       //!< times of capture that are not genuine
constexpr double FASTEST_STREAM = 1e9;                   //!< bits a second, without a warning
constexpr int64_t SHORTEST_MEASURED = NS_PER_S / 10;     //!< for an estimate of the clock rate
constexpr int64_t LONGEST_SPAN = 366 * 86400 * NS_PER_S; //!< a year; more is a damaged time
constexpr uint32_t USUAL_CLOCKS[] =
    {8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000, 90000}; //!< RFC 3551 table 4 and on

/** What to do about a file that will not do. */
constexpr char FIX[] = "; give a pcap or pcapng capture of an RTP stream, or cbr:RATE:SIZE";

/** What tells one stream from another: IP version, addresses, ports, SSRC. */
using StreamKey = std::
    tuple<uint8_t, std::array<uint8_t, 16>, std::array<uint8_t, 16>, uint16_t, uint16_t, uint32_t>;

/** A packet of a stream while the file is read. */
struct Found
{
    uint64_t nanoseconds{0}; //!< time of capture
    ByteView octets;         //!< RTP packet, in the file's octets
    uint16_t sequence{0};    //!< its sequence number
    uint32_t timestamp{0};   //!< its timestamp
    uint8_t payloadType{0};  //!< its payload type
};

/** A stream while the file is read. */
struct Stream
{
    std::vector<Found> packets; //!< in the order of the file
    uint64_t number{0};         //!< streams seen before it
    bool timed{true};           //!< all packets have a time of capture
};

/** How many of what a file has. */
struct Counts
{
    uint64_t datagrams{0};       //!< whole UDP datagrams
    uint64_t cut{0};             //!< UDP datagrams cut by the snap length
    uint64_t fragments{0};       //!< fragments of IP packets
    uint64_t unknown{0};         //!< packets of a link type that is not read
    uint16_t unknownLinkType{0}; //!< such a link type
};

/**
 * @brief Counts things.
 * @param number how many
 * @param noun what, one of them
 * @return such as `1 packet` or `1,234 packets`
 */
std::string
Count(uint64_t number, const std::string& noun)
{
    return GroupDigits(number) + " " + noun + (number == 1 ? "" : "s");
}

/**
 * @brief The difference of two sequence numbers, the short way round.
 * @param to one
 * @param from the other
 * @return -32768 to 32767
 */
int
SequenceStep(uint16_t to, uint16_t from)
{
    return static_cast<int16_t>(static_cast<uint16_t>(to - from));
}

/** @param packets of a stream @return true if its sequence numbers are those of RTP */
bool
IsRtp(const std::vector<Found>& packets)
{
    std::size_t near = 0;
    std::size_t next = 0;
    for (std::size_t i = 1; i < packets.size(); ++i)
    {
        const int step = SequenceStep(packets[i].sequence, packets[i - 1].sequence);
        near += step >= -NEAR && step <= NEAR ? 1 : 0;
        next += step == 1 ? 1 : 0;
    }
    // A capture of two interfaces shows each packet twice, so half may be repetitions.
    const std::size_t steps = packets.size() - 1;
    return steps > 0 && 10 * near >= 9 * steps && 2 * next + 1 >= steps;
}

/**
 * @param packets of a stream
 * @return how many of them come so late that a receiver's replay window has moved on
 */
std::size_t
CountLate(const std::vector<Found>& packets)
{
    std::size_t late = 0;
    uint16_t highest = packets.front().sequence;
    for (const Found& packet : packets)
    {
        const int step = SequenceStep(packet.sequence, highest);
        if (step > 0 || step < -MAX_DROPOUT)
        {
            highest = packet.sequence;
        }
        else if (-step >= static_cast<int>(SrtpReplayWindow::SIZE))
        {
            ++late;
        }
    }
    return late;
}

/** @param type a payload type @return its clock rate in RFC 3551, 0 for a dynamic one */
uint32_t
StaticClock(uint8_t type)
{
    switch (type)
    {
    case 6:
        return 16000;
    case 10:
    case 11:
        return 44100;
    case 16:
        return 11025;
    case 17:
        return 22050;
    case 14:
        return 90000;
    default:
        if (type <= 18)
        {
            return 8000;
        }
        return type >= 25 && type <= 34 ? 90000 : 0;
    }
}

/**
 * @brief Finds the clock rate out by comparing timestamps with times.
 * @param ticks span of the timestamps
 * @param span the time it took, ns
 * @return units a second
 */
uint32_t
MeasureClock(int64_t ticks, int64_t span)
{
    if (span < SHORTEST_MEASURED || ticks <= 0)
    {
        return DEFAULT_CLOCK;
    }
    const double rate = static_cast<double>(ticks) * NS_PER_S / static_cast<double>(span);
    for (const uint32_t usual : USUAL_CLOCKS)
    {
        if (rate > 0.95 * usual && rate < 1.05 * usual)
        {
            return usual;
        }
    }
    // A clock that fast says that the times of capture are not genuine.
    return rate > FASTEST_CLOCK ? DEFAULT_CLOCK : static_cast<uint32_t>(std::max(rate, 1.0));
}

/** Turns the packets of a stream into what is replayed. */
class CaptureBuilder
{
  public:
    /** @param stream what was found, taken over */
    explicit CaptureBuilder(Stream stream)
        : m_timed(stream.timed),
          m_found(std::move(stream.packets))
    {
    }

    /** @return the stream, or why not */
    RtpCaptureResult Build();

  private:
    /** @brief Unwraps sequence numbers and timestamps, leaves repetitions out. */
    void Unwrap();
    /** @brief Finds payload type and clock rate. */
    void FindClock();
    /** @brief Works the offsets out. */
    void SetOffsets();
    /** @brief Works the loop out. */
    void SetLoop();
    /** @brief Warns of what can be replayed but is hardly what was wanted. */
    void WarnOfWhatIsOdd();

    bool m_timed;                      //!< there are times of capture
    std::vector<Found> m_found;        //!< the packets
    std::vector<int64_t> m_timestamps; //!< unwrapped, relative to the first; one a packet
    RtpCapture m_capture;              //!< what becomes of it
};

void
CaptureBuilder::Unwrap()
{
    std::set<int64_t> seen;
    std::vector<Found> kept;
    int64_t highest = 0;
    int64_t shift = 0;
    uint64_t repeated = 0;
    uint64_t restarts = 0;
    for (const Found& found : m_found)
    {
        int64_t sequence = 0;
        if (!kept.empty())
        {
            // Unwrapped beside the highest number so far, as it would be without restarts.
            const auto expected = static_cast<uint16_t>(m_found.front().sequence + highest - shift);
            int step = SequenceStep(found.sequence, expected);
            if (step > MAX_DROPOUT || step < -MAX_DROPOUT)
            {
                ++restarts;
                shift += 1 - step;
                step = 1;
            }
            sequence = highest + step;
        }
        if (!seen.insert(sequence).second)
        {
            ++repeated;
            continue;
        }
        highest = std::max(highest, sequence);
        int64_t timestamp = 0;
        if (!kept.empty())
        {
            timestamp =
                m_timestamps.back() + static_cast<int32_t>(found.timestamp - kept.back().timestamp);
        }
        kept.push_back(found);
        m_timestamps.push_back(timestamp);
        m_capture.packets.push_back({0, sequence, found.octets.ToBytes()});
    }
    m_found = std::move(kept);
    if (repeated > 0)
    {
        m_capture.warnings.push_back("left out: " + Count(repeated, "packet") +
                                     " with a sequence number seen before");
    }
    if (restarts > 0)
    {
        m_capture.warnings.push_back(Count(restarts, "jump") +
                                     " of the sequence numbers: they run on instead");
    }
}

void
CaptureBuilder::FindClock()
{
    std::array<uint64_t, 128> types{};
    for (const Found& found : m_found)
    {
        ++types[found.payloadType];
    }
    const auto most = std::max_element(types.begin(), types.end());
    m_capture.payloadType = static_cast<uint8_t>(most - types.begin());
    m_capture.clockRate = StaticClock(m_capture.payloadType);
    if (m_capture.clockRate == 0)
    {
        const int64_t span =
            m_timed ? static_cast<int64_t>(m_found.back().nanoseconds - m_found.front().nanoseconds)
                    : 0;
        const auto range = std::minmax_element(m_timestamps.begin(), m_timestamps.end());
        m_capture.clockRate = MeasureClock(*range.second - *range.first, span);
    }
}

void
CaptureBuilder::SetOffsets()
{
    int64_t latest = 0;
    for (std::size_t i = 0; i < m_found.size(); ++i)
    {
        int64_t offset = 0;
        if (m_timed)
        {
            offset = static_cast<int64_t>(m_found[i].nanoseconds - m_found.front().nanoseconds);
        }
        else
        {
            const int64_t rate = m_capture.clockRate;
            // What is out of this range is refused afterwards; here it must not overflow.
            const int64_t limit = (LONGEST_SPAN / NS_PER_S + 1) * rate;
            const int64_t ticks = std::clamp(m_timestamps[i], -limit, limit);
            offset = ticks / rate * NS_PER_S + ticks % rate * NS_PER_S / rate;
        }
        // Of video with frames sent out of display order the timestamps step back at times.
        latest = std::max(latest, offset);
        m_capture.packets[i].offset = latest;
    }
}

void
CaptureBuilder::SetLoop()
{
    const int64_t last = m_capture.packets.back().offset;
    const auto range = std::minmax_element(m_timestamps.begin(), m_timestamps.end());
    const int64_t ticks = *range.second - *range.first;
    std::map<int64_t, int64_t> starts; // frame's timestamp -> its first packet's offset
    for (std::size_t i = 0; i < m_timestamps.size(); ++i)
    {
        starts.emplace(m_timestamps[i], m_capture.packets[i].offset);
    }
    const auto steps = static_cast<int64_t>(starts.size()) - 1;
    const int64_t packetStep = last / static_cast<int64_t>(m_capture.packets.size() - 1);
    if (steps > 0)
    {
        int64_t lastStart = 0;
        for (const auto& start : starts)
        {
            lastStart = std::max(lastStart, start.second);
        }
        m_capture.period = lastStart + lastStart / steps;
        m_capture.timestampIncrement = static_cast<uint32_t>(ticks + (ticks + steps / 2) / steps);
    }
    if (m_capture.period <= last)
    {
        m_capture.period = last + std::max<int64_t>(packetStep, 1);
    }
    if (steps == 0)
    {
        // Whole seconds and the rest by themselves: a year at the highest rate fits into 64 bits,
        // and timestamps wrap at 32.
        const auto period = static_cast<uint64_t>(m_capture.period);
        const uint64_t rate = m_capture.clockRate;
        m_capture.timestampIncrement =
            static_cast<uint32_t>(period / NS_PER_S * rate + period % NS_PER_S * rate / NS_PER_S);
    }
    int64_t lowest = 0;
    int64_t highest = 0;
    for (const RtpCapture::Packet& packet : m_capture.packets)
    {
        lowest = std::min(lowest, packet.sequence);
        highest = std::max(highest, packet.sequence);
    }
    m_capture.sequenceIncrement = highest - lowest + 1;
}

void
CaptureBuilder::WarnOfWhatIsOdd()
{
    if (const std::size_t late = CountLate(m_found))
    {
        m_capture.warnings.push_back(
            Count(late, "packet") + (late == 1 ? " lies " : " lie ") +
            std::to_string(SrtpReplayWindow::SIZE) +
            " or more behind the newest sequence number: receivers take them for replays");
    }
    double bits = 0;
    for (const RtpCapture::Packet& packet : m_capture.packets)
    {
        bits += 8.0 * static_cast<double>(packet.octets.size());
    }
    const double rate = 1e9 * bits / static_cast<double>(m_capture.period);
    if (rate > FASTEST_STREAM)
    {
        m_capture.warnings.push_back(
            "its packets lie within " + FormatNanoseconds(m_capture.packets.back().offset) +
            ": looped, that makes " + GroupDigits(static_cast<uint64_t>(rate / 1e6)) +
            " Mbit/s; cbr:RATE:SIZE has a rate of your choice");
    }
}

RtpCaptureResult
CaptureBuilder::Build()
{
    if (m_timed)
    {
        const std::vector<Found> asInFile = m_found;
        std::stable_sort(m_found.begin(), m_found.end(), [](const Found& a, const Found& b) {
            return a.nanoseconds < b.nanoseconds;
        });
        const uint64_t span = m_found.back().nanoseconds - m_found.front().nanoseconds;
        if (span > static_cast<uint64_t>(LONGEST_SPAN))
        {
            return {std::nullopt, std::string("its RTP packets lie more than a year apart") + FIX};
        }
        m_timed = span > 0;
        if (!IsRtp(m_found) || CountLate(m_found) > CountLate(asInFile))
        {
            m_found = asInFile;
            m_timed = false;
            m_capture.warnings.emplace_back("the clock went back during the capture: its packets "
                                            "are taken as they lie in the file and timed by their "
                                            "RTP timestamps");
        }
    }
    for (const Found& found : m_found)
    {
        if (found.octets.size() > RtpCapture::MAX_PACKET)
        {
            return {std::nullopt,
                    "has an RTP packet of " + GroupDigits(found.octets.size()) +
                        " octets, more than " + GroupDigits(RtpCapture::MAX_PACKET) + FIX};
        }
    }
    m_capture.ssrc = ByteReader(m_found.front().octets.Sub(8)).U32();
    Unwrap();
    if (m_capture.packets.size() < 2)
    {
        return {std::nullopt, std::string("has one RTP packet only") + FIX};
    }
    FindClock();
    const auto range = std::minmax_element(m_timestamps.begin(), m_timestamps.end());
    const double covered =
        1e9 * static_cast<double>(*range.second - *range.first) / m_capture.clockRate;
    if (m_timed && covered > COMPRESSED * static_cast<double>(m_found.back().nanoseconds -
                                                              m_found.front().nanoseconds))
    {
        m_timed = false;
        m_capture.warnings.emplace_back("its RTP timestamps cover more than a hundred times as "
                                        "long as its times of capture: its packets are timed by "
                                        "their RTP timestamps");
    }
    SetOffsets();
    const int64_t last = m_capture.packets.back().offset;
    if (last == 0 || last > LONGEST_SPAN)
    {
        return {std::nullopt, std::string("its RTP packets have no usable times") + FIX};
    }
    SetLoop();
    WarnOfWhatIsOdd();
    return {std::move(m_capture), ""};
}

/**
 * @brief Says why no stream was found.
 * @param counts what the file has instead
 * @param warning why the reading stopped early, or nothing
 * @return the clause
 */
std::string
NothingFound(const Counts& counts, const std::string& warning)
{
    std::string text = "no RTP over UDP found (" + Count(counts.datagrams, "UDP packet") + " read";
    if (counts.cut > 0)
    {
        text += ", " + GroupDigits(counts.cut) + " cut short by the snap length";
    }
    if (counts.fragments > 0)
    {
        text += ", " + Count(counts.fragments, "IP fragment");
    }
    if (counts.unknown > 0)
    {
        text += ", " + Count(counts.unknown, "packet") + " of link type " +
                std::to_string(counts.unknownLinkType) + ", which is not supported";
    }
    if (!warning.empty())
    {
        text += ", " + warning;
    }
    return text + ")" + FIX;
}

} // namespace

RtpCaptureResult
ReadRtpCapture(ByteView file)
{
    if (file.empty())
    {
        return {std::nullopt, std::string("is empty") + FIX};
    }
    if (file.size() >= 2 && file[0] == 0x1f && file[1] == 0x8b)
    {
        return {std::nullopt, std::string("is compressed; gunzip it first") + FIX};
    }
    std::map<StreamKey, Stream> streams;
    Counts counts;
    CapturedDatagram datagram;
    const auto handle = [&](const CaptureRecord& record) {
        switch (FindDatagram(record, datagram))
        {
        case CapturedKind::UDP:
            break;
        case CapturedKind::UDP_CUT:
            ++counts.cut;
            return;
        case CapturedKind::FRAGMENT:
            ++counts.fragments;
            return;
        case CapturedKind::UNKNOWN_LINK_TYPE:
            ++counts.unknown;
            counts.unknownLinkType = record.linkType;
            return;
        case CapturedKind::OTHER:
            return;
        }
        ++counts.datagrams;
        if (LooksLikeRtcp(datagram.payload))
        {
            return;
        }
        const auto rtp = ParseRtp(datagram.payload);
        if (!rtp)
        {
            return;
        }
        const std::size_t number = streams.size();
        const auto inserted = streams.emplace(StreamKey(datagram.ipVersion,
                                                        datagram.source,
                                                        datagram.destination,
                                                        datagram.sourcePort,
                                                        datagram.destinationPort,
                                                        rtp->ssrc),
                                              Stream());
        Stream& stream = inserted.first->second;
        if (inserted.second)
        {
            stream.number = number;
        }
        stream.timed = stream.timed && record.hasTime;
        stream.packets.push_back({record.nanoseconds,
                                  datagram.payload,
                                  rtp->sequenceNumber,
                                  rtp->timestamp,
                                  rtp->payloadType});
    };
    const CaptureReading reading = ReadCaptureRecords(file, handle);
    if (!reading.error.empty())
    {
        return {std::nullopt, reading.error + FIX};
    }
    Stream* best = nullptr;
    uint64_t candidates = 0;
    for (auto& entry : streams)
    {
        Stream& stream = entry.second;
        if (!IsRtp(stream.packets))
        {
            continue;
        }
        ++candidates;
        if (best == nullptr || stream.packets.size() > best->packets.size() ||
            (stream.packets.size() == best->packets.size() && stream.number < best->number))
        {
            best = &stream;
        }
    }
    if (best == nullptr)
    {
        return {std::nullopt, NothingFound(counts, reading.warning)};
    }
    RtpCaptureResult result = CaptureBuilder(std::move(*best)).Build();
    if (!result.capture)
    {
        return result;
    }
    std::vector<std::string>& warnings = result.capture->warnings;
    if (!reading.warning.empty())
    {
        warnings.push_back(reading.warning + ": the packets before are used");
    }
    if (counts.cut > 0)
    {
        warnings.push_back("left out: " + Count(counts.cut, "packet") +
                           " that the snap length cut short");
    }
    if (counts.fragments > 0)
    {
        warnings.push_back("left out: " + Count(counts.fragments, "IP fragment"));
    }
    if (candidates > 1)
    {
        warnings.push_back("it holds " + Count(candidates, "RTP stream") +
                           ": that with most packets is used");
    }
    return result;
}

RtpCaptureResult
ReadRtpCaptureFile(const std::string& path)
{
    errno = 0;
    std::ifstream stream(path, std::ios::binary);
    Bytes file;
    std::array<char, 65536> chunk;
    // Opening a folder works; reading it does not.
    while (stream.read(chunk.data(), chunk.size()) || stream.gcount() > 0)
    {
        if (file.size() > MAX_FILE)
        {
            return {std::nullopt, std::string("is larger than 2 GiB") + FIX};
        }
        file.insert(file.end(), chunk.data(), chunk.data() + stream.gcount());
    }
    if (!stream.eof())
    {
        const int error = errno;
        return {std::nullopt,
                std::string("cannot be read") +
                    (error != 0 ? std::string(" (") + std::strerror(error) + ")" : "") + FIX};
    }
    return ReadRtpCapture(file);
}

} // namespace ns3::mbs

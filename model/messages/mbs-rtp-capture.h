// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RTP_CAPTURE_H
#define MBS_RTP_CAPTURE_H

#include "ns3/mbs-bytes.h"

#include <optional>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief An RTP stream taken from a capture, ready to be replayed over and over.
 *
 * Packets are in order of capture time. Sequence numbers are relative to the first packet's and
 * unwrapped, so that gaps and reordering of the capture are kept; where the sender started anew (a
 * jump of more than 3000, RFC 3550 appendix A.1) they run on instead. A second packet with the same
 * number (a capture on several interfaces sees packets twice) is left out.
 *
 * The loop. A frame is what shares one RTP timestamp. With F frames, the next loop's first frame
 * follows the last frame's start by the mean distance of frame starts, so that the period is
 * S * F / (F - 1), S being the time from the first to the last frame start. Timestamps run on in
 * the same way: their span times F / (F - 1). With one frame only, the mean distance of packets is
 * used for both. In no case is the period shorter than the last packet's offset.
 *
 * The clock rate is what RFC 3551 gives a static payload type. For a dynamic one it is timestamp
 * span / time span, or the nearest usual rate (8, 11.025, 16, 22.05, 24, 32, 44.1, 48, 90 kHz) if
 * within 5 %; 90 kHz if the capture is shorter than 0.1 s or the rate came out above 1 MHz.
 *
 * Packets are timed by their RTP timestamps if they have no capture times (pcapng's Simple Packet
 * Block), or all the same; if those times put them into an order in which receivers would take
 * more of them for replays than in that of the file (the clock was set back); or if the timestamps
 * cover more than a hundred times as long (such as times made up by a converter). The last two are
 * warned of, and so are packets that come too late for a replay window and a loop above 1 Gbit/s.
 */
struct RtpCapture
{
    /** Largest RTP packet that can be replayed, octets: the UE's largest MTU less headers. */
    static constexpr std::size_t MAX_PACKET = 8900;

    /** A packet of the stream. */
    struct Packet
    {
        int64_t offset{0};   //!< since the first packet, ns; never falls
        int64_t sequence{0}; //!< unwrapped, relative to the first packet's
        Bytes octets;        //!< the RTP packet as captured
    };

    std::vector<Packet> packets;       //!< by offset, at least two
    uint32_t ssrc{0};                  //!< its source
    uint8_t payloadType{0};            //!< of most of its packets
    uint32_t clockRate{90000};         //!< units of RTP timestamp in a second
    int64_t period{0};                 //!< of the loop, ns; greater than the last offset
    int64_t sequenceIncrement{0};      //!< what a loop adds to sequence numbers
    uint32_t timestampIncrement{0};    //!< what a loop adds to timestamps
    std::vector<std::string> warnings; //!< sentences about what was left out
};

/**
 * @ingroup mbs
 * @brief A stream, or one clause that says why there is none and what to give instead.
 */
struct RtpCaptureResult
{
    std::optional<RtpCapture> capture; //!< the stream
    std::string error; //!< such as `no RTP over UDP found (...); give ...`; empty if there is one
};

/**
 * @ingroup mbs
 * @brief Finds the RTP stream in the octets of a pcap or pcapng file.
 *
 * A stream is what shares addresses, ports and SSRC. It counts as RTP if it has two packets or
 * more, nine of ten sequence numbers lie within 100 of the one before and half of them are the one
 * before plus one. RTCP is passed over. Of several streams that with most packets is taken; if
 * that does not decide, the one whose first packet came first.
 *
 * @param file the octets of the file; not needed afterwards
 * @return the stream, or why there is none
 */
RtpCaptureResult ReadRtpCapture(ByteView file);

/**
 * @ingroup mbs
 * @brief The same from a file.
 * @param path the file, at most 2 GiB
 * @return the stream, or why there is none
 */
RtpCaptureResult ReadRtpCaptureFile(const std::string& path);

} // namespace ns3::mbs

#endif // MBS_RTP_CAPTURE_H

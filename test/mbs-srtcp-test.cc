// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-srtp-samples.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-srtcp.h"

namespace ns3::mbs
{

namespace
{

/** Name of the key. */
const Bytes MKI = {0, 1, 0, 2, 0, 3};

/**
 * @param profile which ciphers
 * @return a transform
 */
std::unique_ptr<SrtcpTransform>
SampleSrtcp(SrtpProfile profile)
{
    return SrtcpTransform::Create(profile,
                                  Counting(SrtpKeyLength(profile), 1),
                                  Counting(SrtpSaltLength(profile), 0xa0),
                                  MKI);
}

/** @param check where to report */
void
RoundTrips(Check& check)
{
    const Bytes rtcp = Concat(Hex("81c80005cafebabe"), Counting(16, 1));
    for (const SrtpProfile profile : ALL_SRTP_PROFILES)
    {
        const std::string name = ToString(profile);
        const auto transform = SampleSrtcp(profile);
        const bool encrypts = IsAead(profile) || name.find("AES_CM") == 0;
        for (const bool encrypt : {true, false})
        {
            for (const uint32_t index : {0u, 1u, 0x7fffffffu})
            {
                Bytes packet = rtcp;
                packet.resize(rtcp.size() + transform->Overhead());
                std::size_t size = 0;
                const ByteView inPlace(packet.data(), rtcp.size());
                check.Expect(transform->Protect(inPlace, index, encrypt, packet.data(), size) &&
                                 size == packet.size(),
                             name + ": in place, as long as announced");
                Bytes elsewhere(packet.size());
                transform->Protect(rtcp, index, encrypt, elsewhere.data(), size);
                check.Equal(ToHex(elsewhere), ToHex(packet), name + ": not in place");
                check.Equal(SameBytes(ByteView(packet).Sub(0, rtcp.size()), rtcp),
                            !(encrypt && encrypts),
                            name + ": readable");
                const auto mki = PeekSrtcpMki(packet, profile);
                check.Expect(mki && SameBytes(mki->Encode(), MKI), name + ": MKI");
                uint32_t read = 0;
                Bytes out(packet.size());
                check.Expect(transform->Unprotect(packet, read, out.data(), size) ==
                                     SrtpStatus::OK &&
                                 SameBytes(ByteView(out).Sub(0, size), rtcp),
                             name + ": comes back");
                check.Equal(read, index, name + ": index");
                transform->Unprotect(packet, read, packet.data(), size);
                check.Expect(SameBytes(ByteView(packet).Sub(0, size), rtcp), name + ": in place");
            }
        }
    }
}

/** @param check where to report */
void
Refusals(Check& check)
{
    const Bytes rtcp = Concat(Hex("81c80005cafebabe"), Counting(16, 1));
    Bytes out(100);
    std::size_t size = 0;
    for (const SrtpProfile profile : ALL_SRTP_PROFILES)
    {
        const std::string name = ToString(profile);
        const auto transform = SampleSrtcp(profile);
        check.Expect(!transform->Protect(rtcp, 0x80000000, true, out.data(), size),
                     name + ": an index of 32 bits");
        check.Expect(!transform->Protect(ByteView(rtcp).Sub(0, 7), 1, true, out.data(), size),
                     name + ": no whole header");
        check.Expect(!transform->Protect(Hex("41c80001cafebabe"), 1, true, out.data(), size),
                     name + ": version 1");
        transform->Protect(rtcp, 5, true, out.data(), size);
        Bytes packet(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(size));
        uint32_t index = 77;
        for (std::size_t cut = 0; cut < 8 + transform->Overhead(); ++cut)
        {
            check.Expect(
                transform->Unprotect(ByteView(packet).Sub(0, cut), index, out.data(), size) ==
                        SrtpStatus::MALFORMED &&
                    size == 0,
                name + ": too short");
        }
        check.Expect(!PeekSrtcpMki(ByteView(packet).Sub(0, 17), profile), name + ": no MKI");
        // E set where nothing can be encrypted.
        if (profile == SrtpProfile::NULL_NULL)
        {
            packet[rtcp.size()] |= 0x80;
            check.Expect(transform->Unprotect(packet, index, out.data(), size) ==
                             SrtpStatus::MALFORMED,
                         name + ": E flag without a cipher");
            packet[rtcp.size()] &= 0x7f;
        }
        packet[0] = 0x41;
        check.Expect(transform->Unprotect(packet, index, out.data(), size) == SrtpStatus::MALFORMED,
                     name + ": received with version 1");
        check.Equal(index, 77u, name + ": the index is left alone");
        check.Expect(!SrtcpTransform::Create(profile, Counting(15, 1), Counting(14, 1), MKI) &&
                         !SrtcpTransform::Create(profile,
                                                 Counting(SrtpKeyLength(profile), 1),
                                                 Counting(13, 1),
                                                 MKI) &&
                         !SrtcpTransform::Create(profile,
                                                 Counting(SrtpKeyLength(profile), 1),
                                                 Counting(SrtpSaltLength(profile), 1),
                                                 Counting(17, 1)),
                     name + ": lengths that do not fit");
    }
}

} // namespace

/**
 * @ingroup mbs-tests
 * @brief Adds the tests of SRTCP; its published examples are among those of SRTP.
 * @param suite where to
 */
void AddSrtcpTests(MbsTestSuite& suite);

void
AddSrtcpTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("SRTCP of every profile comes back, encrypted or not, in place "
                                   "or not",
                                   RoundTrips));
    suite.Add(new FunctionTestCase("SRTCP that is too short or wrong is refused", Refusals));
}

} // namespace ns3::mbs

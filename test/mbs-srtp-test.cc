// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-srtp-samples.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-srtp.h"

#include <algorithm>
#include <set>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** @param check where to report */
void
RoundTrips(Check& check)
{
    const Bytes mki = Hex("000100020003");
    for (const SrtpProfile profile : ALL_SRTP_PROFILES)
    {
        for (const std::size_t payload : {0, 1, 15, 16, 17, 1000, 65000})
        {
            const auto transform = SampleTransform(profile, 1, mki);
            const Bytes rtp = CountingRtp(65535, payload);
            const Bytes srtp = Protect(*transform, rtp, 7);
            const std::string name = std::string(ToString(profile)) + " " + std::to_string(payload);
            check.Equal(srtp.size(), rtp.size() + transform->Overhead(), name + ": size");
            check.Equal(transform->Overhead(), 6 + SrtpTagLength(profile), name + ": overhead");
            SrtpStatus status;
            check.Expect(Unprotect(*transform, srtp, 7, status) == rtp, name + ": comes back");

            Bytes inPlace = rtp;
            inPlace.resize(srtp.size());
            std::size_t size = 0;
            check.Expect(
                transform->Protect(ByteView(inPlace.data(), rtp.size()), 7, inPlace.data(), size) &&
                    inPlace == srtp,
                name + ": protects in place");
            check.Expect(transform->Unprotect(inPlace, 7, inPlace.data(), size) == SrtpStatus::OK &&
                             SameBytes(ByteView(inPlace.data(), size), rtp),
                         name + ": unprotects in place");
            const auto peeked = PeekMki(srtp, profile);
            check.Expect(peeked && SameBytes(peeked->Encode(), mki), name + ": MKI is found");
        }
    }
}

/** @param check where to report */
void
HeaderStaysClear(Check& check)
{
    // Two CSRC, and an extension of one word.
    const Bytes header = Hex("92 21 0001 00000002 cafebabe 11111111 22222222 bede 0001 33333333");
    const Bytes rtp = Concat(header, Counting(40, 0));
    const auto view = SrtpHeaderView::Parse(rtp);
    check.Expect(view.has_value(), "parses");
    check.Equal(view->headerLength, header.size(), "header length");
    check.Equal(view->seq, 1, "sequence number");
    check.Equal(view->timestamp, 2U, "timestamp");
    check.Equal(view->ssrc, 0xcafebabe, "SSRC");
    for (const SrtpProfile profile : ALL_SRTP_PROFILES)
    {
        const auto transform = SampleTransform(profile, 1);
        const Bytes srtp = Protect(*transform, rtp);
        check.Expect(std::equal(header.begin(), header.end(), srtp.begin()),
                     "header with CSRC and extension stays clear");
        const bool encrypts =
            profile != SrtpProfile::NULL_HMAC_SHA1_80 && profile != SrtpProfile::NULL_NULL;
        check.Equal(std::equal(rtp.begin(), rtp.end(), srtp.begin()),
                    !encrypts,
                    std::string(ToString(profile)) + ": payload is clear");
        SrtpStatus status;
        check.Expect(Unprotect(*transform, srtp, 0, status) == rtp, "comes back");
    }
}

/** @param check where to report */
void
BadHeaders(Check& check)
{
    const auto transform = SampleTransform(SrtpProfile::AES_CM_128_HMAC_SHA1_80, 1);
    for (const char* text : {"",
                             "80",
                             "80210001000000020000",
                             "400f1234decafbadcafebabe 0000000000000000000000000000",
                             "810f1234decafbadcafebabe",
                             "900f1234decafbadcafebabe bede",
                             "900f1234decafbadcafebabe bede0001"})
    {
        const Bytes packet = Hex(text);
        check.Expect(!SrtpHeaderView::Parse(packet), "no header");
        check.Expect(Protect(*transform, packet).empty(), "is not protected");
        SrtpStatus status;
        Unprotect(*transform, packet, 0, status);
        check.Expect(status == SrtpStatus::MALFORMED, "is malformed");
        check.Expect(!PeekMki(packet, SrtpProfile::NULL_NULL), "has no MKI");
        check.Expect(
            !PeekRoc(packet, {SrtpProfile::AES_CM_128_HMAC_SHA1_80, {SrtpRocMode::RCC1, 1}}),
            "has no ROC");
    }
    const Bytes huge = CountingRtp(1, SrtpTransform::MAX_PAYLOAD + 1);
    check.Expect(Protect(*transform, huge).empty(), "too long to be protected");
    SrtpStatus status;
    Unprotect(*transform, Concat(huge, Bytes(10)), 0, status);
    check.Expect(status == SrtpStatus::MALFORMED, "too long to be unprotected");
}

/** @param check where to report */
void
EveryTruncation(Check& check)
{
    const Bytes mki = Hex("000100020003");
    for (const SrtpProfile profile : ALL_SRTP_PROFILES)
    {
        const auto transform = SampleTransform(profile, 1, mki);
        const Bytes srtp = Protect(*transform, CountingRtp(5, 32));
        for (std::size_t size = 0; size < srtp.size(); ++size)
        {
            const Bytes cut(srtp.begin(), srtp.begin() + static_cast<std::ptrdiff_t>(size));
            SrtpStatus status;
            const Bytes out = Unprotect(*transform, cut, 0, status);
            check.Expect(status != SrtpStatus::OK && out.empty(),
                         std::string(ToString(profile)) + " cut to " + std::to_string(size));
            check.Equal(PeekMki(cut, profile).has_value(),
                        size >= 12 + 6 + SrtpTagLength(profile),
                        "MKI can be read at " + std::to_string(size));
        }
    }
}

/** @param check where to report */
void
EveryBitFlip(Check& check)
{
    const Bytes mki = Hex("000100020003");
    for (const SrtpProfile profile : ALL_SRTP_PROFILES)
    {
        if (profile == SrtpProfile::NULL_NULL)
        {
            continue;
        }
        const auto transform = SampleTransform(profile, 1, mki);
        const Bytes srtp = Protect(*transform, CountingRtp(5, 32));
        for (std::size_t bit = 0; bit < 8 * srtp.size(); ++bit)
        {
            Bytes flipped = srtp;
            flipped[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
            SrtpStatus status;
            Unprotect(*transform, flipped, 0, status);
            check.Expect(status != SrtpStatus::OK,
                         std::string(ToString(profile)) + " bit " + std::to_string(bit));
        }
    }
}

/** @param check where to report */
void
WrongKeyOrRoc(Check& check)
{
    for (const SrtpProfile profile : ALL_SRTP_PROFILES)
    {
        const auto right = SampleTransform(profile, 1);
        const auto wrong = SampleTransform(profile, 2);
        const Bytes srtp = Protect(*right, CountingRtp(5, 32), 1);
        const bool checks = profile != SrtpProfile::NULL_NULL;
        const SrtpStatus refused = checks ? SrtpStatus::AUTH_FAILED : SrtpStatus::OK;
        SrtpStatus status;
        Unprotect(*wrong, srtp, 1, status);
        check.Expect(status == refused, std::string(ToString(profile)) + ": other key");
        Unprotect(*right, srtp, 0, status);
        check.Expect(status == refused, std::string(ToString(profile)) + ": other ROC");
        const auto otherMki = SampleTransform(profile, 1, Hex("000100020004"));
        Unprotect(*otherMki,
                  Protect(*SampleTransform(profile, 1, Hex("000100020003")), CountingRtp(5, 32)),
                  0,
                  status);
        check.Expect(status == SrtpStatus::AUTH_FAILED,
                     std::string(ToString(profile)) + ": other MKI");
    }
}

/** @param check where to report */
void
LengthsOfKeys(Check& check)
{
    for (const SrtpProfile profile : ALL_SRTP_PROFILES)
    {
        const std::size_t key = SrtpKeyLength(profile);
        const std::size_t salt = SrtpSaltLength(profile);
        const auto make = [&](std::size_t k, std::size_t s, std::size_t m) {
            return SrtpTransform::Create(profile, Bytes(k), Bytes(s), Bytes(m)) != nullptr;
        };
        check.Expect(make(key, salt, 0) && make(key, salt, SrtpTransform::MAX_MKI), "fits");
        check.Expect(!make(key - 1, salt, 0) && !make(key + 1, salt, 0), "key does not fit");
        check.Expect(!make(key, salt - 1, 0) && !make(key, salt + 1, 0), "salt does not fit");
        check.Expect(!make(key, salt, SrtpTransform::MAX_MKI + 1), "MKI is too long");
        check.Expect(SampleTransform(profile, 1)->Policy() == profile, "profile");
    }
}

/** @param check where to report */
void
Names(Check& check)
{
    std::set<std::string> names;
    for (const SrtpProfile profile : ALL_SRTP_PROFILES)
    {
        names.insert(ToString(profile));
    }
    check.Equal(names.size(), ALL_SRTP_PROFILES.size(), "every profile has a name of its own");
    check.Equal(std::string(ToString(static_cast<SrtpProfile>(99))),
                std::string("unknown"),
                "name");
    check.Equal(std::string(ToString(SrtpStatus::OK)), std::string("ok"), "name");
    check.Equal(std::string(ToString(SrtpStatus::MALFORMED)), std::string("malformed"), "name");
    check.Equal(std::string(ToString(SrtpStatus::AUTH_FAILED)),
                std::string("authentication failed"),
                "name");
    check.Equal(std::string(ToString(static_cast<SrtpStatus>(99))), std::string("unknown"), "name");
}

/** @param check where to report */
void
Moves(Check& check)
{
    const Bytes rtp = CountingRtp(1, 100);
    for (const SrtpProfile profile : ALL_SRTP_PROFILES)
    {
        const auto original = SampleTransform(profile, 1);
        const Bytes srtp = Protect(*original, rtp);
        SrtpTransform moved(std::move(*original));
        check.Expect(Protect(moved, rtp) == srtp, "a moved transform has the key");
        SrtpTransform other(std::move(*SampleTransform(profile, 2)));
        other = std::move(moved);
        check.Expect(Protect(other, rtp) == srtp, "an assigned transform has the key");
    }
    AesCounter counter(Counting(16, 0));
    AesCounter otherCounter(std::move(counter));
    counter = std::move(otherCounter);
    AesGcm gcm(Counting(16, 0));
    AesGcm otherGcm(std::move(gcm));
    gcm = std::move(otherGcm);
    HmacSha1 mac(Counting(1, 0));
    HmacSha1 otherMac(std::move(mac));
    mac = std::move(otherMac);
    std::array<uint8_t, HmacSha1::TAG_SIZE> tag;
    mac.Start();
    mac.Finish(tag.data());
    check.Expect(SameSecret(tag, MacOf(Counting(1, 0), {})), "a moved MAC has the key");
}

/** @param check where to report */
void
RollOver(Check& check)
{
    // A sender runs through two roll-overs; the receiver, told nothing, keeps up with it.
    const auto transform = SampleTransform(SrtpProfile::AES_CM_128_HMAC_SHA1_80, 1);
    SrtpSequence sender;
    SrtpReplayWindow receiver;
    std::size_t good = 0;
    uint32_t lastRoc = 0;
    for (uint32_t i = 65000; i < 65000 + 2 * 65536; i += 37)
    {
        const Bytes rtp = CountingRtp(static_cast<uint16_t>(i), 20);
        const uint64_t index = sender.Next(static_cast<uint16_t>(i));
        check.Equal(index, static_cast<uint64_t>(i), "the sender's index");
        const Bytes srtp = Protect(*transform, rtp, RocOf(index));
        const uint64_t guess = receiver.Estimate(static_cast<uint16_t>(i));
        SrtpStatus status;
        if (!receiver.IsReplay(guess) && Unprotect(*transform, srtp, RocOf(guess), status) == rtp)
        {
            receiver.Accept(guess);
            ++good;
        }
        lastRoc = RocOf(guess);
    }
    check.Equal(good, static_cast<std::size_t>((2 * 65536 + 36) / 37), "packets received");
    check.Equal(lastRoc, 2U, "roll-overs counted");
}

/** @param check where to report */
void
SequenceEdges(Check& check)
{
    SrtpReplayWindow window;
    check.Equal(window.Estimate(65535), uint64_t{65535}, "the first packet is in ROC 0");
    window.Accept(65535);
    check.Equal(window.Estimate(0), uint64_t{65536}, "65535 then 0: the ROC goes up");
    window.Accept(65536);
    check.Equal(window.Estimate(65535), uint64_t{65535}, "0 then 65535: the round before");
    check.Equal(window.Estimate(0x8000), uint64_t{0x18000}, "half a round ahead is this round");
    check.Equal(window.Estimate(0x8001), uint64_t{0x8001}, "more than half is the round before");
    check.Equal(window.Highest(), uint64_t{65536}, "highest");

    SrtpReplayWindow early;
    early.Accept(3);
    check.Equal(early.Estimate(65530), uint64_t{65530}, "there is no round before ROC 0");

    SrtpReplayWindow late(41);
    check.Expect(!late.HasStarted(), "has not started");
    check.Equal(late.Estimate(9), uint64_t{41 * 65536 + 9}, "a late joiner starts where told");
    late.Accept(41 * 65536 + 9);
    check.Equal(late.Estimate(8), uint64_t{41 * 65536 + 8}, "and goes on from there");

    SrtpSequence sequence(5);
    check.Equal(sequence.Next(65534), uint64_t{5 * 65536 + 65534}, "first");
    check.Equal(sequence.Next(1), uint64_t{6 * 65536 + 1}, "rolled over with two lost");
    check.Equal(sequence.Next(65535), uint64_t{5 * 65536 + 65535}, "out of order");
    check.Equal(sequence.Next(2), uint64_t{6 * 65536 + 2}, "goes on");
}

/** @param check where to report */
void
WindowAgainstSet(Check& check)
{
    // The window against a set of all that was accepted, over a walk with jumps and late packets.
    SrtpReplayWindow window;
    std::set<uint64_t> accepted;
    uint64_t highest = 0;
    uint32_t state = 1;
    uint64_t at = 1000;
    for (int i = 0; i < 20000; ++i)
    {
        state = state * 1664525 + 1013904223;
        const uint32_t draw = state >> 16;
        const uint64_t jump = draw % 50 == 0 ? 200 : draw % 50 == 1 ? 100 : draw % 3;
        at += jump;
        const uint64_t index = at - std::min<uint64_t>(at, (state >> 8) % 150);
        const bool expected =
            !accepted.empty() && (accepted.count(index) > 0 ||
                                  (index < highest && highest - index >= SrtpReplayWindow::SIZE));
        check.Equal(window.IsReplay(index), expected, "replay of " + std::to_string(index));
        if (!expected)
        {
            window.Accept(index);
            accepted.insert(index);
            highest = std::max(highest, index);
            check.Equal(window.Highest(), highest, "highest");
        }
    }
    window.Accept(highest - SrtpReplayWindow::SIZE);
    check.Equal(window.Highest(), highest, "a packet older than the window changes nothing");
    check.Expect(sizeof(SrtpReplayWindow) <= 32, "a window is at most 32 octets");
}

/** @param check where to report */
void
NextAcceptedAsAny(Check& check)
{
    // Around a roll-over, with gaps of every size that is taken at once and some that are not.
    SrtpReplayWindow window;
    check.Expect(!window.AcceptNext(65000), "the first packet is no next one");
    window.Accept(65000);
    for (uint64_t gap = 0; gap < 70; ++gap)
    {
        SrtpReplayWindow other = window;
        const uint64_t index = window.Highest() + gap;
        check.Equal(window.AcceptNext(index), gap >= 1 && gap <= 63, std::to_string(gap));
        if (gap < 1 || gap > 63)
        {
            check.Equal(window.Highest(), other.Highest(), "it is left alone");
            continue;
        }
        check.Equal(other.Estimate(static_cast<uint16_t>(index)), index, "it would be guessed");
        other.Accept(index);
        for (uint64_t back = 0; back < SrtpReplayWindow::SIZE + 2; ++back)
        {
            check.Equal(window.IsReplay(index - back), other.IsReplay(index - back), "as Accept()");
        }
    }
    check.Expect(window.Highest() > UINT16_MAX, "the sequence number has rolled over");
    check.Expect(!window.AcceptNext(window.Highest() - 1), "what is behind is no next one");
}

/** @param check where to report */
void
ReplayRefused(Check& check)
{
    SrtpReplayWindow window;
    check.Expect(!window.IsReplay(10), "nothing was accepted yet");
    window.Accept(10);
    check.Expect(window.IsReplay(10), "accepted once, refused twice");
    check.Expect(!window.IsReplay(9), "an older one that was not there yet passes");
    window.Accept(9);
    check.Expect(window.IsReplay(9), "and then not again");
    window.Accept(10 + 63);
    check.Expect(window.IsReplay(10) && window.IsReplay(9) && !window.IsReplay(11), "after 63");
    window.Accept(10 + 64);
    check.Expect(window.IsReplay(10) && window.IsReplay(9) && !window.IsReplay(11), "after 64");
    window.Accept(10 + 127);
    check.Expect(window.IsReplay(10), "still in the window");
    check.Expect(window.IsReplay(9), "too old to tell");
    check.Expect(!window.IsReplay(11), "in the window and never there");
}

/** @param check where to report */
void
KeyChangeKeepsRoc(Check& check)
{
    // Every tagged profile: keys change at sequence number 65534 of ROC 0, packets cross the
    // roll-over under the new key, one late packet of the old key arrives after it.
    for (const SrtpProfile profile : ALL_SRTP_PROFILES)
    {
        const Bytes mkiOld = Hex("000100010001");
        const Bytes mkiNew = Hex("000100010002");
        const auto oldKey = SampleTransform(profile, 1, mkiOld);
        const auto newKey = SampleTransform(profile, 2, mkiNew);
        SrtpSequence sender;
        SrtpReplayWindow receiver;
        std::vector<Bytes> sent;
        for (uint32_t i = 65530; i < 65545; ++i)
        {
            const auto seq = static_cast<uint16_t>(i);
            const uint64_t index = sender.Next(seq);
            sent.push_back(
                Protect(i < 65534 ? *oldKey : *newKey, CountingRtp(seq, 50), RocOf(index)));
        }
        std::swap(sent[3], sent[9]); // the last packet of the old key comes after the roll-over
        std::size_t good = 0;
        for (const Bytes& srtp : sent)
        {
            const auto mki = PeekMki(srtp, profile);
            const auto header = SrtpHeaderView::Parse(srtp);
            const uint64_t guess = receiver.Estimate(header->seq);
            SrtpTransform& key = SameBytes(mki->Encode(), mkiOld) ? *oldKey : *newKey;
            SrtpStatus status;
            if (!receiver.IsReplay(guess) &&
                Unprotect(key, srtp, RocOf(guess), status) == CountingRtp(header->seq, 50))
            {
                receiver.Accept(guess);
                ++good;
            }
            check.Expect(receiver.IsReplay(guess), "a second copy is refused");
        }
        check.Equal(good, sent.size(), std::string(ToString(profile)) + ": packets received");
        check.Equal(RocOf(receiver.Highest()), 1U, "ROC goes on across the change of key");
    }
}

} // namespace

/**
 * @ingroup mbs-tests
 * @brief Adds the tests of SRTP and of the ciphers beneath.
 * @param suite where to
 */
void AddSrtpTests(MbsTestSuite& suite);

void
AddSrtpTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("every profile and size of payload comes back, in place too", RoundTrips);
    add("header, CSRC list and extension stay clear and are covered", HeaderStaysClear);
    add("a packet without an RTP header is refused", BadHeaders);
    add("an SRTP packet cut at any length is refused", EveryTruncation);
    add("an SRTP packet with any bit flipped is refused", EveryBitFlip);
    add("another key, ROC or MKI is refused", WrongKeyOrRoc);
    add("keys and salts of a wrong length are refused", LengthsOfKeys);
    add("profiles and statuses have names", Names);
    add("a transform can be moved", Moves);
    add("two roll-overs of the sequence number are followed", RollOver);
    add("the index is estimated as in RFC 3711 appendix A", SequenceEdges);
    add("the replay window agrees with a set of all packets", WindowAgainstSet);
    add("the replay window takes the next packet as any other", NextAcceptedAsAny);
    add("a replayed packet is refused", ReplayRefused);
    add("a change of key keeps ROC and replay window", KeyChangeKeepsRoc);
}

} // namespace ns3::mbs

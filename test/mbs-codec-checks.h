// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_CODEC_CHECKS_H
#define MBS_CODEC_CHECKS_H

#include "mbs-test-suite.h"

#include "ns3/mbs-bytes.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs-tests
 * @param text hexadecimal digits and white space
 * @return the octets
 */
inline Bytes
Hex(const std::string& text)
{
    return FromHex(text).value_or(Bytes());
}

/**
 * @ingroup mbs-tests
 * @brief Fails unless a decoder refuses every proper prefix of a message.
 * @param check where to report
 * @param whole the message
 * @param decode takes a ByteView, gives a Decoded<>
 */
template <typename D>
void
ExpectPrefixesRefused(Check& check, const Bytes& whole, D decode)
{
    check.Expect(bool(decode(whole)), "the whole message is accepted");
    for (std::size_t size = 0; size < whole.size(); ++size)
    {
        // A copy of its own, so that reading behind its end is seen by a sanitizer.
        const Bytes prefix(whole.begin(), whole.begin() + size);
        check.Expect(!decode(prefix), "prefix of " + std::to_string(size) + " octets refused");
    }
}

/**
 * @ingroup mbs-tests
 * @brief Feeds a decoder prefixes, random octets and altered copies of a message, and fails unless
 * all that it accepts can be encoded and decoded again with the same octets.
 * @param check where to report
 * @param whole the message
 * @param decode takes a ByteView, gives a Decoded<>
 * @param encode takes what it decoded, gives Bytes
 */
template <typename D, typename E>
void
ExpectSurvivesNoise(Check& check, const Bytes& whole, D decode, E encode)
{
    uint64_t state = 0x9e3779b97f4a7c15; // a fixed xorshift: the same noise in every run
    const auto next = [&state]() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return state;
    };
    const auto feed = [&](const Bytes& bytes) {
        const auto first = decode(bytes);
        if (!first)
        {
            return;
        }
        const Bytes again = encode(*first);
        const auto second = decode(again);
        check.Expect(bool(second), "what was accepted can be read again: " + ToHex(bytes));
        if (second)
        {
            check.Equal(ToHex(encode(*second)), ToHex(again), "and stays the same");
        }
    };
    for (std::size_t size = 0; size <= whole.size(); ++size)
    {
        feed(Bytes(whole.begin(), whole.begin() + size));
    }
    for (int i = 0; i < 3000; ++i)
    {
        Bytes bytes = whole;
        for (uint64_t changes = 1 + next() % 4; changes > 0; --changes)
        {
            bytes[next() % bytes.size()] = static_cast<uint8_t>(next());
        }
        feed(bytes);
    }
    for (int i = 0; i < 1000; ++i)
    {
        Bytes bytes(next() % 80);
        for (auto& octet : bytes)
        {
            octet = static_cast<uint8_t>(next());
        }
        feed(bytes);
    }
}

} // namespace ns3::mbs

#endif // MBS_CODEC_CHECKS_H

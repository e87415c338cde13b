// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-key-derivation.h"

#include "mbs-crypto-primitives.h"

#include "ns3/assert.h"

#include <algorithm>
#include <cstring>

namespace ns3::mbs
{

namespace
{

/**
 * @brief XORs P(s, label) of RFC 3830 clause 4.1.2 onto octets.
 * @param s a block of the key
 * @param label the label
 * @param[in,out] out the octets
 * @param size how many
 */
void
XorP(ByteView s, ByteView label, uint8_t* out, std::size_t size)
{
    static constexpr std::size_t STEP = 20;
    HmacSha1 mac(s);
    std::array<uint8_t, STEP> a;
    std::array<uint8_t, STEP> block;
    ByteView previous = label;
    for (std::size_t done = 0; done < size; done += STEP)
    {
        mac.Start();
        mac.Update(previous);
        mac.Finish(a.data());
        previous = ByteView(a);
        mac.Start();
        mac.Update(a);
        mac.Update(label);
        mac.Finish(block.data());
        const std::size_t use = std::min(STEP, size - done);
        for (std::size_t i = 0; i < use; ++i)
        {
            out[done + i] ^= block[i];
        }
    }
    SecureWipe(a.data(), a.size());
    SecureWipe(block.data(), block.size());
}

} // namespace

void
MikeyPrf(ByteView inkey, ByteView label, uint8_t* out, std::size_t size)
{
    static constexpr std::size_t KEY_BLOCK = 32;
    std::fill_n(out, size, 0);
    for (std::size_t at = 0; at < inkey.size(); at += KEY_BLOCK)
    {
        XorP(inkey.Sub(at, KEY_BLOCK), label, out, size);
    }
}

void
SrtpKdf(ByteView masterKey,
        ByteView masterSalt,
        SrtpKeyLabel label,
        uint8_t* out,
        std::size_t size,
        uint64_t r)
{
    NS_ASSERT(masterSalt.size() <= 14);
    // octet  0            6   7   8        13  14 15
    //       +--------------+---+------------+-----+
    //       | 0 ...        |lab|     r      | 0 0 |   XOR   | master salt (14) | 0 0 |
    //       +--------------+---+------------+-----+
    AesCounter::Block x{};
    std::copy(masterSalt.begin(), masterSalt.end(), x.begin());
    x[7] ^= static_cast<uint8_t>(label);
    for (std::size_t i = 0; i < 6; ++i)
    {
        x[8 + i] ^= static_cast<uint8_t>(r >> (40 - 8 * i));
    }
    std::fill_n(out, size, 0);
    AesCounter(masterKey).Apply(x, out, out, size);
    SecureWipe(x.data(), x.size());
}

Key256
Kdf33220(ByteView key, uint8_t fc, const std::vector<ByteView>& parameters)
{
    ByteWriter s;
    s.U8(fc);
    for (const ByteView& parameter : parameters)
    {
        NS_ASSERT(parameter.size() <= UINT16_MAX);
        s.Append(parameter).U16(static_cast<uint16_t>(parameter.size()));
    }
    Key256 derived;
    HmacSha256(key, s.Get(), derived.Data());
    return derived;
}

Bytes
NafId(const std::string& fqdn, const UaProtocolId& protocol)
{
    ByteWriter writer;
    writer.Append(TextView(fqdn)).Append(protocol);
    return writer.Release();
}

std::string
SupiForKdf(const std::string& supi)
{
    for (const char* type : {"imsi-", "nai-", "gci-", "gli-"})
    {
        if (supi.rfind(type, 0) == 0)
        {
            return supi.substr(std::strlen(type));
        }
    }
    return supi;
}

Key256
DeriveKAkma(const Key256& kAusf, const std::string& supi)
{
    const std::string identity = SupiForKdf(supi);
    return Kdf33220(kAusf.View(), 0x80, {TextView("AKMA"), TextView(identity)});
}

Key256
DeriveATid(const Key256& kAusf, const std::string& supi)
{
    const std::string identity = SupiForKdf(supi);
    return Kdf33220(kAusf.View(), 0x81, {TextView("A-TID"), TextView(identity)});
}

Key256
DeriveKAf(const Key256& kAkma, ByteView afId)
{
    return Kdf33220(kAkma.View(), 0x82, {afId});
}

Key256
DeriveKsNaf(GbaKey which,
            const Key256& ks,
            const std::array<uint8_t, 16>& rand,
            const std::string& impi,
            ByteView nafId)
{
    const std::string use = which == GbaKey::KS_NAF ? "gba-me" : "gba-u";
    return Kdf33220(ks.View(), 0x01, {TextView(use), ByteView(rand), TextView(impi), nafId});
}

Key256
DeriveMrk(const Key256& key)
{
    return Kdf33220(key.View(), 0x01, {TextView("mbms-mrk")});
}

MbsUserKeys
UserKeysFromAkma(const Key256& kAf)
{
    return {DeriveMrk(kAf), kAf};
}

MbsUserKeys
UserKeysFromGbaMe(const Key256& ksNaf)
{
    return {DeriveMrk(ksNaf), ksNaf};
}

MbsUserKeys
UserKeysFromGbaU(const Key256& ksExtNaf, const Key256& ksIntNaf)
{
    return {ksExtNaf, ksIntNaf};
}

} // namespace ns3::mbs

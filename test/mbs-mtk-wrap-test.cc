// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-crypto-primitives.h"
#include "ns3/mbs-mtk-wrap.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/**
 * @param first the first value
 * @return a key that counts up
 */
Key128
Counting(uint8_t first)
{
    Key128 key;
    for (std::size_t i = 0; i < Key128::SIZE; ++i)
    {
        key.Data()[i] = first++;
    }
    return key;
}

const KeyDomainId DOMAIN_ID({0x00, 0xf1, 0x10}); //!< whose keys
const MskId MSK_ID(1, 1);                        //!< name of the MSK
const MtkId MTK_ID(1);                           //!< name of the MTK

/** @param check where to report */
void
Vectors(Check& check)
{
    // Computed with another implementation of AES.
    const auto block = MtkWrap::Create("aes-block");
    check.Equal(ToHex(block->Wrap(Counting(0), DOMAIN_ID, MSK_ID, MTK_ID, Counting(0x40))),
                std::string("d533e59b45a153ed7e5e9c5dfcfd4aaa"),
                "aes-block");
    const auto counter = MtkWrap::Create("aes-cm");
    check.Equal(ToHex(counter->Wrap(Counting(0), DOMAIN_ID, MSK_ID, MTK_ID, Counting(0x40))),
                std::string("bec52421f568b915d6e90f570fecffe9"),
                "aes-cm");
    // FIPS 197 appendix C.1.
    std::array<uint8_t, 16> plain;
    const Bytes octets = *FromHex("00112233445566778899aabbccddeeff");
    std::copy(octets.begin(), octets.end(), plain.begin());
    const auto cipher = AesEncryptBlock(Counting(0).View(), plain);
    check.Equal(ToHex(cipher), std::string("69c4e0d86a7b0430d8cdb78070b4c55a"), "AES-128");
    check.Expect(AesDecryptBlock(Counting(0).View(), cipher) == plain, "and back");
}

/** @param check where to report */
void
RoundTrip(Check& check)
{
    for (const std::string& name : MtkWrap::Names())
    {
        const auto wrap = MtkWrap::Create(name);
        check.Equal(wrap->Name(), name, "name");
        const Key128 mtk = Counting(0x40);
        const auto wrapped = wrap->Wrap(Counting(0), DOMAIN_ID, MSK_ID, MTK_ID, mtk);
        check.Expect(wrap->Unwrap(Counting(0), DOMAIN_ID, MSK_ID, MTK_ID, wrapped) == mtk,
                     name + ": comes back");
        check.Expect(wrap->Unwrap(Counting(1), DOMAIN_ID, MSK_ID, MTK_ID, wrapped) != mtk,
                     name + ": another MSK gives another key");
        check.Equal(wrap->Unwrap(Counting(0), DOMAIN_ID, MSK_ID, MtkId(2), wrapped) == mtk,
                    name == "aes-block",
                    name + ": another MTK ID gives the same key");
        check.Expect(!SameBytes(wrapped, mtk.View()), name + ": is encrypted");
    }
    check.Expect(MtkWrap::Create("none") == nullptr, "an unknown name gives nothing");
}

/** @param check where to report */
void
Salts(Check& check)
{
    // Computed with another implementation of the MIKEY PRF.
    const Salt112 salt = DeriveTrafficSalt(Counting(0x40), DOMAIN_ID, MSK_ID, MTK_ID);
    check.Equal(ToHex(salt.View()), std::string("52e0c750763faa77bf01bd098651"), "salt");
    check.Equal(ToHex(GcmTrafficSalt(salt).View()),
                std::string("52e0c750763faa77bf01bd09"),
                "salt of AES-GCM");
    check.Equal(ToHex(ExpandTrafficKey(Counting(0x40), DOMAIN_ID, MSK_ID, MTK_ID).View()),
                std::string("d71b477473263ae472f0f6d67d43fead7d8f96a7546f40d19a554595d7866beb"),
                "key of 256 bits");
    check.Expect(DeriveTrafficSalt(Counting(0x40), DOMAIN_ID, MSK_ID, MtkId(2)) != salt &&
                     DeriveTrafficSalt(Counting(0x40), DOMAIN_ID, MskId(1, 2), MTK_ID) != salt &&
                     DeriveTrafficSalt(Counting(0x41), DOMAIN_ID, MSK_ID, MTK_ID) != salt,
                 "key and names all play a part");
}

} // namespace

/**
 * @ingroup mbs-tests
 * @brief Adds the tests of how an MTK is encrypted on N1 and of the salt that belongs to it.
 * @param suite where to
 */
void AddMtkWrapTests(MbsTestSuite& suite);

void
AddMtkWrapTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("FIPS 197 and an encrypted MTK of either way", Vectors);
    add("an encrypted MTK comes back under its MSK only", RoundTrip);
    add("the traffic salt follows from the MTK and its names", Salts);
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-process-hooks.h"
#include "mbs-srtp-samples.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-key-derivation.h"
#include "ns3/mbs-mikey.h"
#include "ns3/mbs-mtk-transform.h"

#include <cstring>
#include <new>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** A key that nothing else has. */
const Key128 SECRET = *Key128::From(Hex("d16c0f9e83a5477bb2e9153c6a08f4d7"));

/** Every policy: all profiles, without and with the ROC in every third packet. */
std::vector<SrtpPolicy>
Policies()
{
    std::vector<SrtpPolicy> policies;
    for (const SrtpProfile profile : ALL_SRTP_PROFILES)
    {
        for (const SrtpRocMode mode :
             {SrtpRocMode::NONE, SrtpRocMode::RCC1, SrtpRocMode::RCC2, SrtpRocMode::RCC3})
        {
            const SrtpPolicy policy(profile, {mode, 3});
            if (policy.IsValid())
            {
                policies.push_back(policy);
            }
        }
    }
    return policies;
}

/**
 * @brief Checks that nothing was allocated or fetched.
 * @param check where to report
 * @param before counts at the beginning
 * @param after counts at the end
 * @param name what was done
 */
void
ExpectNothing(Check& check,
              const ProcessCounts& before,
              const ProcessCounts& after,
              const std::string& name)
{
    check.Equal(after.allocations - before.allocations, uint64_t{0}, name + ": operator new");
    check.Equal(after.opensslAllocations - before.opensslAllocations,
                uint64_t{0},
                name + ": allocations by OpenSSL");
    check.Equal(after.fetches - before.fetches, uint64_t{0}, name + ": algorithms fetched");
}

/** @param check where to report */
void
NoAllocationPerPacket(Check& check)
{
    if (!HasProcessHooks())
    {
        return;
    }
    for (const SrtpPolicy& policy : Policies())
    {
        const std::string name = ToString(policy.profile);
        const ProcessCounts start = GetProcessCounts();
        const auto transform =
            SampleTransform(policy.profile, 1, Hex("000100020003"), policy.carriage);
        check.Expect(GetProcessCounts().allocations > start.allocations, name + ": new is counted");
        check.Expect(policy.profile == SrtpProfile::NULL_NULL ||
                         GetProcessCounts().opensslAllocations > start.opensslAllocations,
                     name + ": OpenSSL's allocations are counted");
        Bytes buffer = CountingRtp(0, 1000);
        const std::size_t rtpSize = buffer.size();
        buffer.resize(rtpSize + transform->Overhead());
        bool ok = true;
        std::size_t size = 0;
        const ProcessCounts before = GetProcessCounts();
        for (uint16_t seq = 0; seq < 12; ++seq)
        {
            buffer[3] = static_cast<uint8_t>(seq);
            ok &= transform->Protect(ByteView(buffer.data(), rtpSize), 7, buffer.data(), size);
            const ByteView srtp(buffer.data(), size);
            ok &= PeekMki(srtp, policy).has_value();
            const uint32_t roc = PeekRoc(srtp, policy).value_or(7);
            ok &= transform->Unprotect(srtp, roc, buffer.data(), size) == SrtpStatus::OK;
        }
        const ProcessCounts after = GetProcessCounts();
        ExpectNothing(check, before, after, name + ", SRTP");
        check.Expect(ok, name + ": packets pass");
    }
    for (const SrtpProfile profile : ALL_SRTP_PROFILES)
    {
        const std::string name = ToString(profile);
        const auto transform = SrtcpTransform::Create(profile,
                                                      Counting(SrtpKeyLength(profile), 1),
                                                      Counting(SrtpSaltLength(profile), 0xa0),
                                                      {});
        Bytes buffer = Concat(Hex("81c80005cafebabe"), Counting(16, 1));
        const std::size_t rtcpSize = buffer.size();
        buffer.resize(rtcpSize + transform->Overhead());
        bool ok = true;
        std::size_t size = 0;
        const ProcessCounts before = GetProcessCounts();
        for (uint32_t index = 0; index < 10; ++index)
        {
            uint32_t read = 0;
            ok &= transform->Protect(ByteView(buffer.data(), rtcpSize),
                                     index,
                                     true,
                                     buffer.data(),
                                     size) &&
                  transform->Unprotect(ByteView(buffer.data(), size), read, buffer.data(), size) ==
                      SrtpStatus::OK;
        }
        const ProcessCounts after = GetProcessCounts();
        ExpectNothing(check, before, after, name + ", SRTCP");
        check.Expect(ok, name + ": SRTCP packets pass");
    }
}

/** @param check where to report */
void
NoFetchPerKey(Check& check)
{
    if (!HasProcessHooks())
    {
        return;
    }
    // Whatever is fetched once per process has been by now.
    for (const SrtpProfile profile : ALL_SRTP_PROFILES)
    {
        SampleTransform(profile, 1);
    }
    const ProcessCounts before = GetProcessCounts();
    for (const SrtpProfile profile : ALL_SRTP_PROFILES)
    {
        SampleTransform(profile, 2);
    }
    check.Equal(GetProcessCounts().fetches - before.fetches, uint64_t{0}, "algorithms fetched");
}

/** @param check where to report */
void
TransformsWipe(Check& check)
{
    if (!HasProcessHooks())
    {
        return;
    }
    for (const SrtpProfile profile : ALL_SRTP_PROFILES)
    {
        const std::string name = ToString(profile);
        const Bytes key =
            Concat(SECRET.View().ToBytes(),
                   profile == SrtpProfile::AEAD_AES_256_GCM ? Counting(16, 77) : Bytes());
        const Bytes salt = Counting(SrtpSaltLength(profile), 0xa7);
        for (const auto use : {SrtpSessionKeys::Use::RTP, SrtpSessionKeys::Use::RTCP})
        {
            const SrtpSessionKeys keys = SrtpSessionKeys::Derive(use, profile, key, salt);
            FreedSecrets freed;
            freed.Watch(key);
            freed.Watch(keys.encryption.View());
            freed.Watch(keys.authentication.View());
            freed.Watch(keys.salt.View());
            {
                const auto srtp = SrtpTransform::Create(profile, key, salt, {});
                const auto srtcp = SrtcpTransform::Create(profile, key, salt, {});
                Bytes packet = CountingRtp(1, 100);
                packet.resize(packet.size() + srtp->Overhead());
                std::size_t size = 0;
                srtp->Protect(ByteView(packet.data(), 112), 0, packet.data(), size);
            }
            check.Equal(freed.Found(), uint64_t{0}, name + ": blocks given back with a key");
        }
    }
    FreedSecrets freed;
    freed.Watch(SECRET.View());
    {
        const Bytes copy = SECRET.View().ToBytes();
    }
    check.Equal(freed.Found(), uint64_t{0}, "octets of messages wipe themselves");
    {
        const std::vector<uint8_t> copy(SECRET.View().begin(), SECRET.View().end());
    }
    check.Equal(freed.Found(), uint64_t{1}, "a key that was not wiped is found");
}

/**
 * @brief Makes an object in memory that can be looked at when it is gone.
 * @tparam Object its class
 * @tparam Make gives it
 * @param freed knows the secrets
 * @param make makes the object
 * @return whether the secret was in its memory before and after
 */
template <typename Object, typename Make>
std::pair<bool, bool>
BeforeAndAfter(const FreedSecrets& freed, Make make)
{
    alignas(Object) std::array<unsigned char, sizeof(Object)> memory{};
    Object* object = new (memory.data()) Object(make());
    const bool before = freed.IsIn(memory.data(), memory.size());
    object->~Object();
    return {before, freed.IsIn(memory.data(), memory.size())};
}

/** @param check where to report */
void
ObjectsWipe(Check& check)
{
    FreedSecrets freed;
    freed.Watch(SECRET.View());
    const auto secret = BeforeAndAfter<Key128>(freed, [] { return SECRET; });
    check.Expect(secret.first && !secret.second, "a key");
    const auto message = BeforeAndAfter<MikeyMtkMessage>(freed, [] {
        MikeyMtkMessage made;
        made.mtk = SECRET;
        return made;
    });
    check.Expect(message.first && !message.second, "a MIKEY message");
    const auto keys = BeforeAndAfter<SrtpSessionKeys>(freed, [] {
        SrtpSessionKeys made;
        std::memcpy(made.encryption.Data(), SECRET.View().data(), Key128::SIZE);
        return made;
    });
    check.Expect(keys.first && !keys.second, "session keys");
}

/** @param check where to report */
void
FunctionsWipe(Check& check)
{
    if (!HasProcessHooks())
    {
        return;
    }
    const Key128 msk = *Key128::From(Hex("3ae07c51f29b446d8e13c7a0256bd98f"));
    const KeyDomainId domain{PlmnId()};
    const MskId mskId(1, 1);
    const MtkId mtkId(1);
    const Salt112 salt = DeriveTrafficSalt(SECRET, domain, mskId, mtkId);
    const Secret<32> expanded = ExpandTrafficKey(SECRET, domain, mskId, mtkId);
    FreedSecrets freed;
    freed.Watch(SECRET.View());
    freed.Watch(msk.View());
    freed.Watch(expanded.View());
    for (const SrtpProfile profile : ALL_SRTP_PROFILES)
    {
        MakeMtkTransform(profile, domain, {mskId, mtkId}, SECRET, salt);
        check.Equal(freed.Found(), uint64_t{0}, std::string("install, ") + ToString(profile));
    }
    const AesBlockMtkWrap block;
    const AesCmMtkWrap counter;
    for (const MtkWrap* wrap :
         {static_cast<const MtkWrap*>(&block), static_cast<const MtkWrap*>(&counter)})
    {
        const auto wrapped = wrap->Wrap(msk, domain, mskId, mtkId, SECRET);
        wrap->Unwrap(msk, domain, mskId, mtkId, wrapped);
        check.Equal(freed.Found(), uint64_t{0}, "N1 encryption " + wrap->Name());
    }
    MikeyMtkMessage message;
    message.csbId = 7;
    message.keyDomainId = domain;
    message.mskId = mskId;
    message.mtkId = mtkId;
    message.counter = 1;
    message.rand = Bytes(16, 5);
    message.mtk = SECRET;
    message.salt = salt;
    const Bytes octets = message.Encode(msk);
    check.Equal(freed.Found(), uint64_t{0}, "MIKEY MTK message, written");
    {
        const auto opened = MikeyMtkMessage::Open(octets, msk);
        check.Expect(opened && opened->mtk == SECRET, "MIKEY MTK message opens");
    }
    check.Equal(freed.Found(), uint64_t{0}, "MIKEY MTK message, read");
}

} // namespace

/**
 * @ingroup mbs-tests
 * @brief Adds the tests of what cryptography leaves alone and leaves behind.
 * @param suite where to
 */
void AddCryptoHygieneTests(MbsTestSuite& suite);

void
AddCryptoHygieneTests(MbsTestSuite& suite)
{
    const std::string skipped = HasProcessHooks() ? "" : " (SKIPPED: no hooks in this build)";
    const auto add = [&](const std::string& name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name + skipped, body));
    };
    add("no packet of SRTP or SRTCP allocates memory or fetches an algorithm",
        NoAllocationPerPacket);
    add("installing a key fetches no algorithm", NoFetchPerKey);
    add("SRTP and SRTCP give no memory back with a key in it", TransformsWipe);
    add("deriving, wrapping and MIKEY give no memory back with a key in it", FunctionsWipe);
    suite.Add(new FunctionTestCase("keys, session keys and messages wipe what they were in",
                                   ObjectsWipe));
}

} // namespace ns3::mbs

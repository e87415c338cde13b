// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-mtk-wrap.h"

#include "mbs-crypto-primitives.h"
#include "mbs-key-derivation.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/**
 * @brief text || Key Domain ID || MSK ID || MTK ID.
 * @param text what the derived key is for
 * @param keyDomainId whose keys
 * @param mskId name of the MSK
 * @param mtkId name of the MTK
 * @return the label
 */
Bytes
NamesLabel(const std::string& text,
           const KeyDomainId& keyDomainId,
           const MskId& mskId,
           const MtkId& mtkId)
{
    ByteWriter writer;
    writer.Append(ByteView(reinterpret_cast<const uint8_t*>(text.data()), text.size()))
        .Append(keyDomainId.Encode())
        .Append(mskId.Encode())
        .Append(mtkId.Encode());
    return writer.Release();
}

/**
 * @brief XORs an MTK with the key stream that its names give.
 * @param msk the MSK
 * @param keyDomainId whose keys
 * @param mskId name of the MSK
 * @param mtkId name of the MTK
 * @param[in,out] octets the MTK or the encrypted MTK, 16 octets
 */
void
Crypt(const Key128& msk,
      const KeyDomainId& keyDomainId,
      const MskId& mskId,
      const MtkId& mtkId,
      uint8_t* octets)
{
    const Bytes names = NamesLabel("", keyDomainId, mskId, mtkId);
    AesCounter::Block block{};
    std::copy(names.begin(), names.end(), block.begin());
    AesCounter(msk.View()).Apply(block, octets, octets, MtkWrap::SIZE);
}

} // namespace

std::unique_ptr<MtkWrap>
MtkWrap::Create(const std::string& name)
{
    if (name == AesBlockMtkWrap::NAME)
    {
        return std::make_unique<AesBlockMtkWrap>();
    }
    if (name == AesCmMtkWrap::NAME)
    {
        return std::make_unique<AesCmMtkWrap>();
    }
    return nullptr;
}

std::vector<std::string>
MtkWrap::Names()
{
    return {AesCmMtkWrap::NAME, AesBlockMtkWrap::NAME};
}

std::string
AesBlockMtkWrap::Name() const
{
    return NAME;
}

std::array<uint8_t, MtkWrap::SIZE>
AesBlockMtkWrap::Wrap(const Key128& msk,
                      const KeyDomainId& /* keyDomainId */,
                      const MskId& /* mskId */,
                      const MtkId& /* mtkId */,
                      const Key128& mtk) const
{
    std::array<uint8_t, SIZE> block;
    std::copy_n(mtk.View().data(), SIZE, block.begin());
    const auto wrapped = AesEncryptBlock(msk.View(), block);
    SecureWipe(block.data(), block.size());
    return wrapped;
}

Key128
AesBlockMtkWrap::Unwrap(const Key128& msk,
                        const KeyDomainId& /* keyDomainId */,
                        const MskId& /* mskId */,
                        const MtkId& /* mtkId */,
                        const std::array<uint8_t, SIZE>& wrapped) const
{
    auto block = AesDecryptBlock(msk.View(), wrapped);
    const Key128 mtk(block);
    SecureWipe(block.data(), block.size());
    return mtk;
}

std::string
AesCmMtkWrap::Name() const
{
    return NAME;
}

std::array<uint8_t, MtkWrap::SIZE>
AesCmMtkWrap::Wrap(const Key128& msk,
                   const KeyDomainId& keyDomainId,
                   const MskId& mskId,
                   const MtkId& mtkId,
                   const Key128& mtk) const
{
    std::array<uint8_t, SIZE> block;
    std::copy_n(mtk.View().data(), SIZE, block.begin());
    Crypt(msk, keyDomainId, mskId, mtkId, block.data());
    return block;
}

Key128
AesCmMtkWrap::Unwrap(const Key128& msk,
                     const KeyDomainId& keyDomainId,
                     const MskId& mskId,
                     const MtkId& mtkId,
                     const std::array<uint8_t, SIZE>& wrapped) const
{
    Key128 mtk(wrapped);
    Crypt(msk, keyDomainId, mskId, mtkId, mtk.Data());
    return mtk;
}

Salt112
DeriveTrafficSalt(const Key128& mtk,
                  const KeyDomainId& keyDomainId,
                  const MskId& mskId,
                  const MtkId& mtkId)
{
    Salt112 salt;
    MikeyPrf(mtk.View(),
             NamesLabel("mbs-traffic-salt", keyDomainId, mskId, mtkId),
             salt.Data(),
             Salt112::SIZE);
    return salt;
}

Salt96
GcmTrafficSalt(const Salt112& salt)
{
    return *Salt96::From(salt.View().Sub(0, Salt96::SIZE));
}

Secret<32>
ExpandTrafficKey(const Key128& mtk,
                 const KeyDomainId& keyDomainId,
                 const MskId& mskId,
                 const MtkId& mtkId)
{
    Secret<32> key;
    MikeyPrf(mtk.View(),
             NamesLabel("mbs-traffic-key-256", keyDomainId, mskId, mtkId),
             key.Data(),
             key.SIZE);
    return key;
}

} // namespace ns3::mbs

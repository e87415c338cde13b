// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-msk-bundle.h"

#include "mbs-key-derivation.h"

namespace ns3::mbs
{

MskBundle
MskBundle::Derive(const Key128& msk, const KeyDomainId& keyDomainId, const MskId& mskId)
{
    static constexpr char LABEL[] = "mbs-msk-bundle";
    ByteWriter label;
    label.Append(ByteView(reinterpret_cast<const uint8_t*>(LABEL), sizeof(LABEL) - 1))
        .Append(keyDomainId.Encode())
        .Append(mskId.Encode());
    std::array<uint8_t, 4 + RAND_SIZE> octets{};
    MikeyPrf(msk.View(), label.Get(), octets.data(), octets.size());
    ByteReader reader(octets);
    MskBundle bundle;
    bundle.csbId = reader.U32();
    bundle.rand = reader.Array<RAND_SIZE>();
    return bundle;
}

} // namespace ns3::mbs

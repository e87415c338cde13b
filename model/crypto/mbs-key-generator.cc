// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-key-generator.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(KeyGenerator);

TypeId
KeyGenerator::GetTypeId()
{
    static TypeId tid = TypeId("ns3::mbs::KeyGenerator")
                            .SetParent<Object>()
                            .SetGroupName("Mbs")
                            .AddConstructor<KeyGenerator>();
    return tid;
}

KeyGenerator::KeyGenerator()
    : m_random(CreateObject<UniformRandomVariable>())
{
}

KeyGenerator::~KeyGenerator() = default;

void
KeyGenerator::DoDispose()
{
    m_random = nullptr;
    Object::DoDispose();
}

int64_t
KeyGenerator::AssignStreams(int64_t stream)
{
    m_random->SetStream(stream);
    return 1;
}

Key128
KeyGenerator::NewKey()
{
    Key128 key;
    Fill(key.Data(), Key128::SIZE);
    return key;
}

Key256
KeyGenerator::NewKey256()
{
    Key256 key;
    Fill(key.Data(), Key256::SIZE);
    return key;
}

Bytes
KeyGenerator::Octets(std::size_t count)
{
    Bytes octets(count);
    Fill(octets.data(), count);
    return octets;
}

uint32_t
KeyGenerator::NewUint32()
{
    std::array<uint8_t, 4> octets;
    Fill(octets.data(), octets.size());
    return ByteReader(octets).U32();
}

void
KeyGenerator::Fill(uint8_t* octets, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
    {
        octets[i] = static_cast<uint8_t>(m_random->GetInteger(0, 255));
    }
}

} // namespace ns3::mbs

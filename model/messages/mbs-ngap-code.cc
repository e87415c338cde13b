// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ngap-code.h"

namespace ns3::mbs
{

namespace
{

/** Bounds of TransportLayerAddress, in bits. */
constexpr uint64_t ADDRESS_MIN_BITS = 1;
/** Bounds of TransportLayerAddress, in bits. */
constexpr uint64_t ADDRESS_MAX_BITS = 160;
/** Octets of an IPv4 address. */
constexpr std::size_t IPV4_SIZE = 4;
/** Octets of an IPv6 address. */
constexpr std::size_t IPV6_SIZE = 16;

/** @param coder from which N octets are read into a T that checks them @param value the T */
template <typename T>
void
ReadChecked(NgapDecoder& coder, T& value)
{
    std::array<uint8_t, T::SIZE> octets{};
    coder.Aper().FixedOctets(octets.data(), octets.size());
    if (const auto decoded = T::Decode(octets))
    {
        value = *decoded;
    }
    else
    {
        coder.Fail(DecodeError::OUT_OF_RANGE);
    }
}

} // namespace

void
Code(NgapEncoder& coder, const PlmnId& value)
{
    coder.Aper().FixedOctets(value.Encode());
}

void
Code(NgapDecoder& coder, PlmnId& value)
{
    ReadChecked(coder, value);
}

void
Code(NgapEncoder& coder, const Tmgi& value)
{
    coder.Aper().FixedOctets(value.Encode());
}

void
Code(NgapDecoder& coder, Tmgi& value)
{
    ReadChecked(coder, value);
}

void
Code(NgapEncoder& coder, const NgapTransportLayerAddress& value)
{
    std::array<uint8_t, IPV4_SIZE + IPV6_SIZE> octets{};
    std::size_t size = 0;
    if (value.ipv4)
    {
        value.ipv4->Serialize(octets.data());
        size += IPV4_SIZE;
    }
    if (value.ipv6)
    {
        value.ipv6->Serialize(octets.data() + size);
        size += IPV6_SIZE;
    }
    coder.Aper().Bits(0, 1);
    coder.Aper().BitString({octets.data(), size}, ADDRESS_MIN_BITS, ADDRESS_MAX_BITS);
}

void
Code(NgapDecoder& coder, NgapTransportLayerAddress& value)
{
    if (coder.Aper().Bit())
    {
        return coder.Fail(DecodeError::UNSUPPORTED);
    }
    ByteView octets = coder.Aper().BitString(ADDRESS_MIN_BITS, ADDRESS_MAX_BITS);
    if (octets.size() == IPV4_SIZE || octets.size() == IPV4_SIZE + IPV6_SIZE)
    {
        value.ipv4 = Ipv4Address::Deserialize(octets.data());
        octets = octets.Sub(IPV4_SIZE);
    }
    if (octets.size() == IPV6_SIZE)
    {
        value.ipv6 = Ipv6Address::Deserialize(octets.data());
    }
    if (!value.ipv4 && !value.ipv6)
    {
        coder.Fail(DecodeError::OUT_OF_RANGE);
    }
}

} // namespace ns3::mbs

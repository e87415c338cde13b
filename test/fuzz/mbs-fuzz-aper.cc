// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-aper.h"

#include <array>

namespace ns3::mbs::fuzz
{

namespace
{

/** Bounds that lie on either side of where the encoding changes. */
constexpr std::array<std::pair<uint64_t, uint64_t>, 8> BOUNDS{{{0, 0},
                                                               {1, 15},
                                                               {0, 254},
                                                               {0, 255},
                                                               {1, 65536},
                                                               {0, UINT32_MAX},
                                                               {0, 0xFFFFFFFFFF},
                                                               {0, UINT64_MAX}}};

/**
 * @brief Reads one value and writes what was read.
 * @param reader where from
 * @param writer where to
 * @param kind low half: which type; high half: its bounds
 */
void
ReadOne(AperReader& reader, AperWriter& writer, uint8_t kind)
{
    const auto [lower, upper] = BOUNDS[(kind >> 4) % BOUNDS.size()];
    const unsigned size = kind >> 4;
    switch (kind % 12)
    {
    case 0:
        return writer.Bits(reader.Bits(size * 4), size * 4);
    case 1:
        return writer.Constrained(reader.Constrained(lower, upper), lower, upper);
    case 2: {
        const uint64_t value = reader.SemiConstrained(lower);
        return writer.SemiConstrained(std::max(value, lower), lower);
    }
    case 3:
        return writer.Unconstrained(reader.Unconstrained());
    case 4:
        return writer.ExtensibleInteger(reader.ExtensibleInteger(lower, upper), lower, upper);
    case 5:
        return writer.NormallySmall(reader.NormallySmall());
    case 6:
        return writer.Enumerated(reader.Enumerated(size + 1, true), size + 1, true);
    case 7:
        return writer.FixedOctets(reader.FixedOctets(size));
    case 8:
        return writer.OctetString(reader.OctetString());
    case 9:
        return writer.FixedBits(reader.FixedBits(size * 4), size * 4);
    case 10: {
        const ByteView octets = reader.BitString(size, 160);
        return reader.Ok() ? writer.BitString(octets, size, 160) : void();
    }
    default:
        if (reader.Bit())
        {
            reader.SkipExtensionAdditions();
        }
        return writer.Bits(0, 1);
    }
}

/**
 * @brief Reads values of the types that the kinds name, and writes them again.
 * @param octets where from
 * @param kinds an octet for each
 * @return their encoding, or why it failed
 */
Decoded<Bytes>
ReadAll(ByteView octets, ByteView kinds)
{
    AperReader reader(octets);
    AperWriter writer;
    for (const uint8_t kind : kinds)
    {
        ReadOne(reader, writer, kind);
    }
    if (!reader.Ok())
    {
        return reader.Error();
    }
    Require(writer.Ok(), "what was read cannot be written");
    return writer.Release();
}

/** @param octets an input: how many values, their kinds, what to read @return true if accepted */
bool
Run(ByteView octets)
{
    Input input(octets);
    const std::size_t count = input.Choose(16);
    const ByteView kinds = input.Rest().Sub(0, count);
    const auto first = ReadAll(input.Rest().Sub(count), kinds);
    if (!first)
    {
        return false;
    }
    const auto second = ReadAll(*first, kinds);
    Require(bool(second), "what was read and written is refused");
    Require(*second == *first, "what was read and written has another value");
    AperReader whole(*first);
    whole.Bits(1);
    whole.Finish();
    return true;
}

/** @return an input for each kind */
std::vector<Bytes>
Seeds()
{
    std::vector<Bytes> seeds;
    for (unsigned kind = 0; kind < 256; kind += 5)
    {
        Bytes seed{0x01, static_cast<uint8_t>(kind), 0x01, 0x20, 0x03, 0x40, 0x50};
        seed.resize(40);
        if (Run(seed))
        {
            seeds.push_back(seed);
        }
    }
    return seeds;
}

const Target TARGET("aper", 128, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz

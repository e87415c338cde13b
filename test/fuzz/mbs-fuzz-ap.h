// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_FUZZ_AP_H
#define MBS_FUZZ_AP_H

#include "../mbs-ngap-values.h"
#include "mbs-fuzz.h"

#include <array>

namespace ns3::mbs::fuzz
{

/** Takes octets as one type of message or transfer. */
using ReadAp = Decoded<Bytes> (*)(ByteView octets);

/**
 * @ingroup mbs-tests
 * @tparam T a message
 * @param type of a PDU at a glance
 * @param octets the PDU
 * @return its encoding, or why it was refused
 */
template <typename T, typename Type>
Decoded<Bytes>
RecodeAp(const Decoded<Type>& type, ByteView octets)
{
    const auto once = Recode<T>(octets);
    Require(!once || (type && *type == T::TYPE), "a PDU is of another type at a glance");
    return once;
}

/**
 * @ingroup mbs-tests
 * @param reads all types
 * @param octets an input; the first octet says as which type the rest is read
 * @return true if it was accepted
 */
template <std::size_t N>
bool
RunAp(const ReadAp (&reads)[N], ByteView octets)
{
    Input input(octets);
    const ReadAp read = reads[input.Choose(N)];
    return bool(read(input.Rest()));
}

/**
 * @ingroup mbs-tests
 * @param reads all types
 * @param values messages and transfers
 * @return an input for every value
 */
template <std::size_t N>
std::vector<Bytes>
ApSeeds(const ReadAp (&reads)[N], const std::vector<NgapValue>& values)
{
    std::vector<Bytes> seeds;
    for (const NgapValue& value : values)
    {
        for (std::size_t i = 0; i < N; ++i)
        {
            if (reads[i](value.octets))
            {
                seeds.push_back(Prefixed(Choice(i, N), value.octets));
            }
        }
    }
    return seeds;
}

} // namespace ns3::mbs::fuzz

#endif // MBS_FUZZ_AP_H

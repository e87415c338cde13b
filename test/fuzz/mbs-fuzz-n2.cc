// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-ap-reader.h"

namespace ns3::mbs::fuzz
{

namespace
{

/**
 * @brief Reads PDUs from octets that arrive in pieces.
 * @param octets what arrives
 * @param piece octets of each piece
 * @param pdus the PDUs, with their prefixes
 * @return true if the connection can go on
 */
bool
ReadPieces(ByteView octets, std::size_t piece, Bytes& pdus)
{
    ApReader reader;
    for (std::size_t at = 0; at < octets.size(); at += piece)
    {
        reader.Append(octets.Sub(at, piece));
        auto pdu = reader.Next();
        for (; pdu; pdu = reader.Next())
        {
            Require(!pdu->empty(), "a PDU without octets");
            const Bytes whole =
                ByteWriter().U32(static_cast<uint32_t>(pdu->size())).Append(*pdu).Get();
            pdus.insert(pdus.end(), whole.begin(), whole.end());
        }
        if (pdu.Error() != DecodeError::TRUNCATED)
        {
            return false;
        }
    }
    return true;
}

/** @param octets an input: size of the pieces, the stream @return true if it was accepted */
bool
Run(ByteView octets)
{
    Input input(octets);
    const std::size_t piece = 1 + input.Octet();
    const ByteView stream = input.Rest();
    Bytes pieces;
    Bytes whole;
    const bool goesOn = ReadPieces(stream, piece, pieces);
    Require(goesOn == ReadPieces(stream, stream.size() + 1, whole) && pieces == whole,
            "what is read depends on how the stream was cut");
    Require(SameBytes(whole, stream.Sub(0, whole.size())), "PDUs are not what was sent");
    return goesOn && !whole.empty();
}

/** @return streams */
std::vector<Bytes>
Seeds()
{
    return {{0, 0, 0, 0, 1, 0x55}, {2, 0, 0, 0, 2, 0x55, 0x55, 0, 0, 0, 1, 0xaa, 0, 0}};
}

const Target TARGET("n2", 256, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz

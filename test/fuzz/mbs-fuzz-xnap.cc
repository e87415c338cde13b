// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz-ap.h"

#include "ns3/mbs-xnap.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** @tparam T a message @param octets a PDU @return its encoding, or why it was refused */
template <typename T>
Decoded<Bytes>
ReadMessage(ByteView octets)
{
    const auto type = XnapPeek(octets);
    if (type)
    {
        XnapMessageName(*type);
    }
    return RecodeAp<T>(type, octets);
}

/** All of them; the first octet of an input says as which one the rest is read. */
constexpr ReadAp READS[] = {
    &ReadMessage<XnapHandoverRequest>,
    &ReadMessage<XnapHandoverRequestAcknowledge>,
    &ReadMessage<XnapHandoverPreparationFailure>,
    &ReadMessage<XnapHandoverCancel>,
    &ReadMessage<XnapUeContextRelease>,
};

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    return RunAp(READS, octets);
}

/** @return every message */
std::vector<Bytes>
Seeds()
{
    return ApSeeds(READS, XnapValues());
}

const Target TARGET("xnap", 1024, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz

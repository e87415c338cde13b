// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz-capture.h"

#include "mbs-fuzz.h"

#include "ns3/mbs-capture-datagram.h"

#include <functional>

namespace ns3::mbs::fuzz
{

namespace
{

/** @param part octets @param whole octets @return true if the one lies within the other */
bool
IsWithin(ByteView part, ByteView whole)
{
    const std::less_equal<const uint8_t*> notAbove;
    return part.empty() ||
           (notAbove(whole.begin(), part.begin()) && notAbove(part.end(), whole.end()));
}

/** @param octets an input: a file @return true if it was accepted */
bool
Run(ByteView octets)
{
    uint64_t records = 0;
    bool udp = false;
    const auto handle = [&](const CaptureRecord& record) {
        ++records;
        Require(IsWithin(record.octets, octets), "a record lies outside of its file");
        CapturedDatagram datagram;
        const CapturedKind kind = FindDatagram(record, datagram);
        Require(kind != CapturedKind::UDP || IsWithin(datagram.payload, record.octets),
                "a datagram lies outside of its record");
        udp = udp || kind == CapturedKind::UDP;
    };
    const CaptureReading reading = ReadCaptureRecords(octets, handle);
    Require(reading.records == records, "another number of records was counted than read");
    Require(reading.error.empty() || records == 0, "a file that is not read has records");
    Require(reading.recognized || records == 0, "a file that is none has records");
    return udp;
}

/** @return files */
std::vector<Bytes>
Seeds()
{
    return CaptureFiles();
}

const Target TARGET("capture", 1024, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-igmp.h"
#include "ns3/mbs-internet-checksum.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** @param octets a report @return with the checksum that lets it in */
Bytes
WithChecksum(ByteView octets)
{
    Bytes report = octets.ToBytes();
    if (report.size() >= 4)
    {
        report[2] = report[3] = 0;
        const uint16_t checksum = InternetChecksum().Add(ByteView(report)).Get();
        report[2] = static_cast<uint8_t>(checksum >> 8);
        report[3] = static_cast<uint8_t>(checksum);
    }
    return report;
}

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    Recode<IgmpReport>(octets);
    return bool(Recode<IgmpReport>(WithChecksum(octets)));
}

/** @return reports */
std::vector<Bytes>
Seeds()
{
    const Ipv4Address group("232.1.1.1");
    IgmpReport report =
        IgmpReport::ForSource(IgmpRecordType::ALLOW_NEW_SOURCES, Ipv4Address("10.0.0.2"), group);
    std::vector<Bytes> seeds{report.Encode()};
    report.records.push_back({IgmpRecordType::CHANGE_TO_INCLUDE_MODE, group, {}});
    report.records.push_back({IgmpRecordType::MODE_IS_EXCLUDE,
                              Ipv4Address("232.1.1.2"),
                              {Ipv4Address("10.0.0.3"), Ipv4Address("10.0.0.4")}});
    seeds.push_back(report.Encode());
    return seeds;
}

const Target TARGET("igmp", 256, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz

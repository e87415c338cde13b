// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-pdcp-status-report.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    const bool accepted = bool(Recode<PdcpStatusReport>(octets));
    if (const auto report = PdcpStatusReport::Decode(octets))
    {
        Require(report->Lacks(report->fmc), "the first missing packet is there");
        Require(!report->Lacks(report->fmc - 1),
                "a packet before the first missing one is missing");
        const auto behind = static_cast<uint32_t>(report->bitmap.size() * 8 + 1);
        Require(report->Lacks(report->fmc + behind), "a packet behind the bitmap is there");
        PdcpStatusReport marked = *report;
        marked.MarkReceived(report->fmc + behind);
        const bool room = marked.Encode().size() > report->Encode().size();
        Require(marked.Lacks(report->fmc + behind) != room, "what is marked is missing");
    }
    return accepted;
}

/** @return PDCP STATUS REPORTs */
std::vector<Bytes>
Seeds()
{
    PdcpStatusReport report;
    report.fmc = 0xfffffff0;
    std::vector<Bytes> seeds{report.Encode()};
    for (uint32_t count = 1; count < 100; count += 7)
    {
        report.MarkReceived(report.fmc + count);
    }
    seeds.push_back(report.Encode());
    return seeds;
}

const Target TARGET("pdcp", 256, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz

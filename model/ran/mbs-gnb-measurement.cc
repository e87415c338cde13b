// SPDX-License-Identifier: GPL-2.0-only

// What a gNB makes of the measurements of its UEs (TS 38.300 clause 9.2.3.1): who receives a
// neighbour better than its own cell is handed over to it.

#include "mbs-gnb.h"

#include "ns3/mbs-rrc-measurement.h"

namespace ns3::mbs
{

void
Gnb::ReceiveMeasurementReport(uint32_t rnti, ByteView octets)
{
    const auto report = RrcMeasurementReport::Decode(octets);
    if (!report || rnti == 0 || rnti > m_amfUeNgapIds.size())
    {
        Drop("RRC MEASUREMENT REPORT", report ? "unknown RNTI" : ToString(report.Error()));
        return;
    }
    Process([this, rnti, report = *report] { HandleMeasurementReport(rnti, report); });
}

void
Gnb::HandleMeasurementReport(uint32_t rnti, const RrcMeasurementReport& report)
{
    m_measurementReported(m_number, rnti, report);
    if (report.neighbours.empty() || IsHandingOver(rnti))
    {
        // A further report comes if this handover fails.
        return;
    }
    HandOver(rnti, report.neighbours.front().cell);
}

} // namespace ns3::mbs

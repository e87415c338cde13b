// SPDX-License-Identifier: GPL-2.0-only

// How the accounts of packets that several processes kept come together.

#include "mbs-traffic-ledger.h"

#include "ns3/abort.h"

namespace ns3::mbs
{

void
TrafficLedger::Export(ResultParcel& parcel) const
{
    NS_ASSERT_MSG(m_finished, "accounts are closed only after Finish()");
    parcel.PutAll(Rows());
    parcel.PutAll(m_bins);
    parcel.PutText(m_violation);
}

void
TrafficLedger::Absorb(ResultParcel& parcel)
{
    NS_ASSERT_MSG(m_finished, "accounts are closed only after Finish()");
    for (const Row& row : parcel.GetAll<Row>())
    {
        AddUe(row.ue, row.gnb);
        m_memberships[row.ue].closed += row.counts;
    }
    const auto bins = parcel.GetAll<Bin>();
    NS_ABORT_MSG_IF(bins.size() != m_bins.size(), "ledgers of runs of different length");
    for (std::size_t i = 0; i < bins.size(); ++i)
    {
        m_bins[i].counts += bins[i].counts;
    }
    const std::string violation = parcel.GetText();
    if (!violation.empty())
    {
        Violate(violation);
    }
}

} // namespace ns3::mbs

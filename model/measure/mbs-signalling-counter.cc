// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-signalling-counter.h"

namespace ns3::mbs
{

void
SignallingCounter::Count(const std::string& interface, const std::string& message, uint64_t octets)
{
    Sum& sum = m_sums[{interface, message}];
    ++sum.count;
    sum.octets += octets;
}

void
SignallingCounter::Export(ResultParcel& parcel) const
{
    parcel.Put(static_cast<uint64_t>(m_sums.size()));
    for (const auto& [name, sum] : m_sums)
    {
        parcel.PutText(name.first);
        parcel.PutText(name.second);
        parcel.Put(sum);
    }
}

void
SignallingCounter::Absorb(ResultParcel& parcel)
{
    for (auto count = parcel.Get<uint64_t>(); count > 0; --count)
    {
        const std::string interface = parcel.GetText();
        const std::string message = parcel.GetText();
        const auto other = parcel.Get<Sum>();
        Sum& sum = m_sums[{interface, message}];
        sum.count += other.count;
        sum.octets += other.octets;
    }
}

std::vector<SignallingCounter::Row>
SignallingCounter::Rows() const
{
    std::vector<Row> rows;
    rows.reserve(m_sums.size());
    for (const auto& [name, sum] : m_sums)
    {
        rows.push_back({name.first, name.second, sum.count, sum.octets});
    }
    return rows;
}

std::vector<SignallingCounter::Row>
SignallingCounter::RowsByInterface() const
{
    std::vector<Row> rows;
    for (const auto& [name, sum] : m_sums)
    {
        if (rows.empty() || rows.back().interface != name.first)
        {
            rows.push_back({name.first, "", 0, 0});
        }
        rows.back().count += sum.count;
        rows.back().octets += sum.octets;
    }
    return rows;
}

SignallingCounter::Row
SignallingCounter::Total() const
{
    Row total;
    for (const auto& [name, sum] : m_sums)
    {
        total.count += sum.count;
        total.octets += sum.octets;
    }
    return total;
}

} // namespace ns3::mbs

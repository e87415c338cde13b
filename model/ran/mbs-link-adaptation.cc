// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-link-adaptation.h"

#include "mbs-nr-bler.h"

#include "ns3/mbs-enum-attribute.h"

#include "ns3/double.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(LinkAdaptation);

TypeId
LinkAdaptation::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::LinkAdaptation")
            .SetParent<Object>()
            .SetGroupName("Mbs")
            .AddConstructor<LinkAdaptation>()
            .AddAttribute("TargetBler",
                          "Block error rate that the scheme of signalling and data keeps at the "
                          "first transmission, if any scheme does.",
                          DoubleValue(0.1),
                          MakeDoubleAccessor(&LinkAdaptation::m_target),
                          MakeDoubleChecker<double>(1e-6, 0.9))
            .AddAttribute("GroupTargetBler",
                          "Block error rate that the scheme of multicast keeps at the UE that "
                          "counts, if any scheme does.",
                          DoubleValue(0.001),
                          MakeDoubleAccessor(&LinkAdaptation::m_groupTarget),
                          MakeDoubleChecker<double>(1e-6, 0.9))
            .AddAttribute(
                "GroupPolicy",
                "How the scheme of multicast is found: fixed is GroupMcs, percentile that "
                "of the UE at GroupPercentile.",
                StringValue("percentile"),
                MakeEnumAttributeAccessor(&LinkAdaptation::m_policy),
                MakeEnumAttributeChecker(GroupPolicy::FIXED,
                                         "fixed",
                                         GroupPolicy::PERCENTILE,
                                         "percentile"))
            .AddAttribute("GroupMcs",
                          "Scheme of multicast if it is fixed, I_MCS of TS 38.214 table 5.1.3.1-1.",
                          UintegerValue(4),
                          MakeUintegerAccessor(&LinkAdaptation::m_groupMcs),
                          MakeUintegerChecker<uint8_t>(0, 28))
            .AddAttribute("GroupPercentile",
                          "Which UE the scheme of multicast is for, percent of the UEs that are "
                          "received worse; 0 is the worst UE.",
                          DoubleValue(0),
                          MakeDoubleAccessor(&LinkAdaptation::m_percentile),
                          MakeDoubleChecker<double>(0, 100));
    return tid;
}

LinkAdaptation::LinkAdaptation() = default;
LinkAdaptation::~LinkAdaptation() = default;

uint8_t
LinkAdaptation::SelectMcs(uint32_t bits, double sinrDb) const
{
    return NrSelectMcs(bits, sinrDb, m_target);
}

double
LinkAdaptation::GetGroupSinrDb(std::vector<double> sinrsDb) const
{
    const auto last = static_cast<double>(sinrsDb.size() - 1);
    const auto rank = static_cast<std::ptrdiff_t>(last * m_percentile / 100.0);
    std::nth_element(sinrsDb.begin(), sinrsDb.begin() + rank, sinrsDb.end());
    return sinrsDb[static_cast<std::size_t>(rank)];
}

uint8_t
LinkAdaptation::SelectGroupMcs(uint32_t bits, double sinrDb) const
{
    return NeedsReceivers() ? NrSelectMcs(bits, sinrDb, m_groupTarget) : m_groupMcs;
}

bool
LinkAdaptation::NeedsReceivers() const
{
    return m_policy == GroupPolicy::PERCENTILE;
}

} // namespace ns3::mbs

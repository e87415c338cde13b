// SPDX-License-Identifier: GPL-2.0-only

// How the rows of key updates that several processes kept come together.

#include "mbs-key-update-ledger.h"

#include "ns3/abort.h"

#include <algorithm>
#include <utility>

namespace ns3::mbs
{

namespace
{

/** Where a row of the union comes from. */
struct Origin
{
    bool other;   //!< from the other ledger
    uint32_t row; //!< which of its rows
};

/**
 * @param origins of the rows of the union
 * @param own by row of this ledger; may end early
 * @param other by row of the other one; may end early
 * @param none what stands for a row behind the end
 * @return by row of the union; empty if both are
 */
template <typename T>
std::vector<T>
Unite(const std::vector<Origin>& origins,
      const std::vector<T>& own,
      const std::vector<T>& other,
      T none)
{
    std::vector<T> united;
    if (own.empty() && other.empty())
    {
        return united;
    }
    united.reserve(origins.size());
    for (const Origin& origin : origins)
    {
        const std::vector<T>& from = origin.other ? other : own;
        united.push_back(origin.row < from.size() ? from[origin.row] : none);
    }
    return united;
}

} // namespace

void
KeyUpdateLedger::Export(ResultParcel& parcel) const
{
    NS_ASSERT_MSG(m_finished, "rows have outcomes only after Finish()");
    parcel.Put(static_cast<uint64_t>(m_keys.size()));
    for (const Key& key : m_keys)
    {
        parcel.Put(key.generated);
        parcel.PutAll(key.members->ues);
        parcel.PutAll(key.members->serving);
        parcel.PutAll(key.cell);
        parcel.PutAll(key.amf);
        parcel.PutAll(key.gnb);
        parcel.PutAll(key.installed);
        parcel.PutAll(key.firstUse);
        parcel.PutAll(key.state);
    }
}

void
KeyUpdateLedger::Absorb(ResultParcel& parcel)
{
    NS_ASSERT_MSG(m_finished, "rows have outcomes only after Finish()");
    NS_ABORT_MSG_IF(parcel.Get<uint64_t>() != m_keys.size(),
                    "ledgers were told of different numbers of keys");
    for (Key& key : m_keys)
    {
        NS_ABORT_MSG_IF(parcel.Get<int64_t>() != key.generated,
                        "ledgers were told of different keys");
        AbsorbRows(key, parcel);
    }
}

void
KeyUpdateLedger::AbsorbRows(Key& key, ResultParcel& parcel)
{
    const auto ues = parcel.GetAll<uint32_t>();
    const auto serving = parcel.GetAll<Serving>();
    const auto cell = parcel.GetAll<int64_t>();
    const auto amf = parcel.GetAll<int64_t>();
    const auto gnb = parcel.GetAll<int64_t>();
    const auto installed = parcel.GetAll<int64_t>();
    const auto firstUse = parcel.GetAll<int64_t>();
    const auto state = parcel.GetAll<uint8_t>();

    const Membership& own = *key.members;
    std::vector<Origin> origins;
    origins.reserve(own.ues.size() + ues.size());
    auto members = std::make_shared<Membership>();
    for (uint32_t i = 0, j = 0; i < own.ues.size() || j < ues.size();)
    {
        const bool other = i == own.ues.size() || (j < ues.size() && ues[j] < own.ues[i]);
        NS_ABORT_MSG_IF(!other && j < ues.size() && ues[j] == own.ues[i],
                        "two ledgers have rows of UE " << ues[j]);
        uint32_t& row = other ? j : i;
        members->ues.push_back(other ? ues[row] : own.ues[row]);
        members->serving.push_back(other ? serving[row] : own.serving[row]);
        origins.push_back({other, row++});
    }
    for (std::size_t i = 0; i < cell.size(); ++i)
    {
        if (i == key.cell.size())
        {
            key.cell.push_back(NEVER);
        }
        key.cell[i] = std::max(key.cell[i], cell[i]);
    }
    key.amf = Unite(origins, key.amf, amf, NEVER);
    key.gnb = Unite(origins, key.gnb, gnb, NEVER);
    key.installed = Unite(origins, key.installed, installed, NEVER);
    key.firstUse = Unite(origins, key.firstUse, firstUse, NEVER);
    key.state = Unite(origins, key.state, state, uint8_t{0});
    // Rows are looked up by UE until Finish() only.
    key.members = std::move(members);
}

} // namespace ns3::mbs

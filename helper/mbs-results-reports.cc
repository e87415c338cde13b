// SPDX-License-Identifier: GPL-2.0-only

// How what happened in the core reaches the ledgers of this process, and the results of all
// processes the first one.

#include "mbs-results-helper.h"

#include "ns3/mbs-result-parcel.h"

namespace ns3::mbs
{

namespace
{

/**
 * @param kind what happened
 * @param key to which key
 * @param number of the SMF or UE that it happened at
 * @return the report of it
 */
CoreReport
ReportOfKey(CoreReport::Kind kind, const KeyName& key, uint32_t number)
{
    CoreReport report;
    report.kind = kind;
    report.key = key;
    report.number = number;
    return report;
}

} // namespace

void
MbsResultsHelper::TellOfKey(CoreReport::Kind kind, const KeyName& key, uint32_t number)
{
    m_feed.Tell(ReportOfKey(kind, key, number));
}

void
MbsResultsHelper::TellOfUe(CoreReport::Kind kind, const KeyName& key, uint32_t ue)
{
    const uint32_t rank = m_network.GetUes().at(ue)->GetNode()->GetSystemId();
    m_feed.Tell(ReportOfKey(kind, key, ue), rank);
}

void
MbsResultsHelper::Enter(const CoreReport& report)
{
    switch (report.kind)
    {
    case CoreReport::Kind::PACKET_SENT:
        m_memberships[report.key.tmgi].PacketSent();
        m_traffic.Enter(report);
        break;
    case CoreReport::Kind::MTK_SENT:
        m_memberships[report.key.tmgi].MtkMulticast(report.key.mki);
        m_mtkMessages[report.uid] = report.key;
        break;
    case CoreReport::Kind::KEY_ACTIVATED:
        m_memberships[report.key.tmgi].KeyActivated(report.key.mki, m_feed.Now());
        break;
    case CoreReport::Kind::COPY_ENTERED:
    case CoreReport::Kind::COPY_LEFT:
    case CoreReport::Kind::CELL_COPY_ENTERED:
    case CoreReport::Kind::CELL_COPY_LEFT:
        m_traffic.Enter(report);
        break;
    case CoreReport::Kind::KEY_GENERATED:
    case CoreReport::Kind::KEY_SUPERSEDED:
    case CoreReport::Kind::KEY_AT_MBSMF:
    case CoreReport::Kind::KEY_AT_SMF:
    case CoreReport::Kind::KEY_AT_AMF:
    case CoreReport::Kind::KEY_GIVEN_UP:
    case CoreReport::Kind::KEY_REJECTED:
        EnterKey(report);
        break;
    }
}

void
MbsResultsHelper::EnterKey(const CoreReport& report)
{
    const Time now = m_feed.Now();
    switch (report.kind)
    {
    case CoreReport::Kind::KEY_GENERATED:
        m_keys.KeyGenerated(report.key, Procedure(), now);
        break;
    case CoreReport::Kind::KEY_SUPERSEDED:
        m_keys.KeySuperseded(report.key);
        break;
    case CoreReport::Kind::KEY_AT_MBSMF:
        m_keys.KeyReachedMbSmf(report.key, now);
        break;
    case CoreReport::Kind::KEY_AT_SMF:
        m_keys.KeyReachedSmf(report.key, report.number, now);
        break;
    case CoreReport::Kind::KEY_AT_AMF:
        m_keys.KeyReachedAmf(report.key, report.number, now);
        break;
    case CoreReport::Kind::KEY_GIVEN_UP:
        m_keys.KeyGivenUp(report.key, report.number);
        break;
    case CoreReport::Kind::KEY_REJECTED:
        m_keys.KeyRejected(report.key, report.number);
        break;
    default:
        NS_ASSERT_MSG(false, "no report of a key");
    }
}

void
MbsResultsHelper::Gather()
{
    if (Ranks::IsFirst())
    {
        for (uint32_t rank = 1; rank < Ranks::GetCount(); ++rank)
        {
            ResultParcel parcel(*Ranks::Receive(rank, true));
            m_traffic.Absorb(parcel);
            m_keys.Absorb(parcel);
            m_joins.Absorb(parcel);
            m_signalling.Absorb(parcel);
            for (auto count = parcel.Get<uint64_t>(); count > 0; --count)
            {
                m_memberships[parcel.Get<Tmgi>()].Absorb(parcel);
            }
            for (auto count = parcel.Get<uint64_t>(); count > 0; --count)
            {
                const std::string what = parcel.GetText();
                m_drops[what] += parcel.Get<uint64_t>();
            }
        }
        return;
    }
    ResultParcel parcel;
    m_traffic.GetLedgers().Export(parcel);
    m_keys.Export(parcel);
    m_joins.Export(parcel);
    m_signalling.Export(parcel);
    parcel.Put(static_cast<uint64_t>(m_memberships.size()));
    for (const auto& [tmgi, memberships] : m_memberships)
    {
        parcel.Put(tmgi);
        memberships.Export(parcel);
    }
    parcel.Put(static_cast<uint64_t>(m_drops.size()));
    for (const auto& [what, times] : m_drops)
    {
        parcel.PutText(what);
        parcel.Put(times);
    }
    Ranks::Send(0, parcel.Octets());
}

} // namespace ns3::mbs

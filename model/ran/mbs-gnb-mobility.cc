// SPDX-License-Identifier: GPL-2.0-only

// How a gNB hands a UE over, and how it takes a UE that has lost its cell (TS 38.331 clause 5.3.7):
// one that it knows gets its bearers back, another one a new connection.

#include "mbs-gnb-handover.h"
#include "mbs-gnb.h"

#include <utility>
#include <vector>

namespace ns3::mbs
{

void
Gnb::AddNeighbour(uint32_t gnb, Ipv4Address address)
{
    if (!m_handovers)
    {
        m_handovers = std::make_unique<GnbHandoverControl>(*this);
    }
    m_handovers->AddNeighbour(gnb, address);
}

Ptr<XnEndpoint>
Gnb::GetXn() const
{
    return m_handovers ? m_handovers->GetXn() : nullptr;
}

void
Gnb::HandOver(uint32_t rnti, uint32_t target)
{
    if (!m_handovers)
    {
        ReportHandoverFailure(rnti, target, "the gNB has no neighbours");
        return;
    }
    m_handovers->Begin(rnti, target);
}

bool
Gnb::IsHandingOver(uint32_t rnti) const
{
    return m_handovers && m_handovers->IsLeaving(rnti);
}

void
Gnb::ReportHandoverFailure(uint32_t rnti, uint32_t other, const std::string& why)
{
    Drop("Xn handover", why);
    m_handoverFailed(m_number, rnti, other, why);
}

void
Gnb::Handle(const NgapPathSwitchRequestAcknowledge& message)
{
    if (m_handovers)
    {
        m_handovers->Handle(message);
        return;
    }
    Drop(NgapMessageName(message.TYPE), "the gNB has no neighbours");
}

void
Gnb::Handle(const NgapPathSwitchRequestFailure& message)
{
    if (m_handovers)
    {
        m_handovers->Handle(message);
        return;
    }
    Drop(NgapMessageName(message.TYPE), "the gNB has no neighbours");
}

void
Gnb::HandleReestablishment(uint32_t rnti, const RrcMessage& message)
{
    const bool isOwn = message.identity == ReestablishmentIdentity{m_number, rnti};
    const bool known = isOwn && rnti <= m_amfUeNgapIds.size() && m_amfUeNgapIds[rnti - 1] != 0;
    if (m_handovers)
    {
        m_handovers->Returned(rnti);
    }
    if (GnbUeConnection* connection = FindConnection(rnti))
    {
        connection->rlfRelease.Cancel();
    }
    RrcMessage answer;
    answer.type = known ? RrcType::REESTABLISHMENT : RrcType::SETUP;
    if (!known)
    {
        Introduce(rnti);
    }
    SendPdu(rnti, answer.Encode());
}

void
Gnb::Introduce(uint32_t rnti)
{
    if (rnti > m_amfUeNgapIds.size())
    {
        m_amfUeNgapIds.resize(rnti);
    }
    m_connections[rnti];
}

void
Gnb::RestoreBearers(uint32_t rnti)
{
    // What the UE was told last it may have heard or not.
    std::vector<ModifyRequest> again;
    for (auto it = m_pending.lower_bound({rnti, 0});
         it != m_pending.end() && it->first.first == rnti;)
    {
        again.push_back(std::move(it->second));
        it = m_pending.erase(it);
    }
    ModifyRequest restore;
    restore.rnti = rnti;
    for (const MrbConfig& bearer : BearersOf(rnti))
    {
        restore.setUp.push_back(bearer.tmgi);
    }
    Configure(restore);
    for (const ModifyRequest& request : again)
    {
        if (request.pduSessionId != 0)
        {
            Configure(request);
        }
    }
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-mobility-watch.h"

#include "ns3/simulator.h"

namespace ns3::mbs
{

namespace
{

/** @param loss what happened @return how the ledger calls it */
MobilityLedger::Cause
CauseOf(CellLoss loss)
{
    switch (loss)
    {
    case CellLoss::OUTAGE:
        return MobilityLedger::Cause::OUTAGE;
    case CellLoss::RADIO_LINK_FAILURE:
        return MobilityLedger::Cause::RADIO_LINK_FAILURE;
    case CellLoss::ACCESS_FAILURE:
        return MobilityLedger::Cause::ACCESS_FAILURE;
    case CellLoss::HANDOVER:
        return MobilityLedger::Cause::HANDOVER;
    case CellLoss::HANDOVER_FAILURE:
        return MobilityLedger::Cause::HANDOVER_FAILURE;
    }
    NS_ASSERT_MSG(false, "a cause is missing");
    return MobilityLedger::Cause::OUTAGE;
}

} // namespace

void
MobilityWatch::Connect(const MbsHelper& network)
{
    using Self = MobilityWatch;
    const Ptr<RadioChannel> channel = network.GetRadioChannel();
    channel->TraceConnectWithoutContext("CellLost", MakeCallback(&Self::CellLost, this));
    channel->TraceConnectWithoutContext("UeAttached", MakeCallback(&Self::UeAttached, this));
    channel->TraceConnectWithoutContext("ReceptionChanged",
                                        MakeCallback(&Self::ReceptionChanged, this));
}

const MobilityLedger&
MobilityWatch::GetLedger() const
{
    return m_ledger;
}

void
MobilityWatch::CellLost(uint32_t ue, uint32_t gnb, CellLoss cause)
{
    m_ledger.CellLost(ue, gnb, CauseOf(cause), Simulator::Now());
}

void
MobilityWatch::UeAttached(uint32_t ue, uint32_t gnb)
{
    m_ledger.CellFound(ue, gnb, Simulator::Now());
}

void
MobilityWatch::ReceptionChanged(uint32_t ue, const Tmgi& /* tmgi */, Reception reception)
{
    if (reception == Reception::LISTENING)
    {
        m_ledger.Listening(ue, Simulator::Now());
    }
}

} // namespace ns3::mbs

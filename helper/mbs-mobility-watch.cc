// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-mobility-watch.h"

#include "ns3/simulator.h"

namespace ns3::mbs
{

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
    using Cause = MobilityLedger::Cause;
    m_ledger.CellLost(ue,
                      gnb,
                      cause == CellLoss::OUTAGE               ? Cause::OUTAGE
                      : cause == CellLoss::RADIO_LINK_FAILURE ? Cause::RADIO_LINK_FAILURE
                      : cause == CellLoss::HANDOVER           ? Cause::HANDOVER
                                                              : Cause::ACCESS_FAILURE,
                      Simulator::Now());
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

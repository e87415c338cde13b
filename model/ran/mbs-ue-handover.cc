// SPDX-License-Identifier: GPL-2.0-only

// How a UE goes to another cell as its gNB has told it to (TS 38.331 clause 5.3.5.5): it leaves its
// cell, finds the other one, accesses it and says so. If that takes longer than T304, it selects a
// cell, the one before if nobody knows of a better one, and re-establishes its connection there
// (clause 5.3.7).

#include "mbs-gnb-radio-device.h"
#include "mbs-random-access.h"
#include "mbs-ue.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3::mbs
{

bool
Ue::IsHandedOver() const
{
    return m_connection && m_connection->handover;
}

void
Ue::SetHandoverInterruption(Time interruption)
{
    m_handoverInterruption = static_cast<uint32_t>(interruption.GetNanoSeconds());
}

Time
Ue::GetHandoverInterruption() const
{
    return NanoSeconds(m_handoverInterruption);
}

void
Ue::BeginHandover(const RrcMessage& command)
{
    UeConnection& own = *m_connection;
    const Ptr<GnbRadioDevice> target = m_device->GetRadioChannel()->FindCell(command.sync.cell);
    if (own.state != RrcState::CONNECTED)
    {
        Drop("RRC RECONFIGURATION with sync", "the UE sleeps");
        return;
    }
    if (!target || target == m_device->GetServingGnb())
    {
        // It cannot comply, and its gNB takes it to be gone (clause 5.3.5.8.2).
        Drop("RRC RECONFIGURATION with sync", "the UE cannot go there");
        LeaveCell(CellLoss::HANDOVER_FAILURE);
        ReturnToSource();
        return;
    }
    LeaveCell(CellLoss::HANDOVER);
    own.handover.emplace();
    own.handover->command = command;
    own.handover->arrival =
        Simulator::Schedule(GetHandoverInterruption(), &Ue::SynchroniseWithTarget, this);
    own.handover->t304 =
        Simulator::Schedule(MilliSeconds(command.sync.t304), &Ue::T304Expired, this);
}

void
Ue::SynchroniseWithTarget()
{
    const RrcMessage& command = m_connection->handover->command;
    const Ptr<GnbRadioDevice> target = m_device->GetRadioChannel()->FindCell(command.sync.cell);
    if (!target->IsReserved(command.sync.newUeIdentity))
    {
        // The cell expects nobody of that identity: nothing answers until T304 runs out.
        return;
    }
    target->Attach(m_device, command.sync.newUeIdentity);
    m_device->SetInCoverage(true);
    if (m_mcch)
    {
        // What is broadcast is received without a connection.
        m_device->GetRadioChannel()->Listen(m_device, MCCH_RNTI);
    }
    AccessTarget();
}

void
Ue::AccessTarget()
{
    UeConnection& own = *m_connection;
    own.accessing = true;
    m_device->GetServingGnb()->GetObject<RandomAccess>()->Start(
        [self = Ptr<Ue>(this), access = ++own.access](bool granted) {
            // It may have given up meanwhile.
            if (self->m_connection && self->m_connection->access == access)
            {
                self->TargetAccessEnded(granted);
            }
        });
}

void
Ue::TargetAccessEnded(bool granted)
{
    UeConnection& own = *m_connection;
    if (!own.handover)
    {
        return;
    }
    if (!granted)
    {
        // T304 says how often.
        AccessTarget();
        return;
    }
    const RrcMessage command = own.handover->command;
    EndHandover();
    own.cellLost = false;
    RrcMessage complete;
    complete.type = RrcType::RECONFIGURATION_COMPLETE;
    complete.transaction = command.transaction;
    SendPdu(complete.Encode());
    SetUpBearers(command.bearers);
    // What the target has to set up first comes with a RECONFIGURATION of its own.
    own.restoring = std::any_of(m_sessions.begin(), m_sessions.end(), [](const UeSession& session) {
        return session.state == UeSession::State::JOINED && !session.broadcast && !session.gRnti;
    });
    Flush();
}

void
Ue::ResumeBearer(UeSession& session, const MrbConfig& bearer)
{
    session.statusReport = bearer.statusReport;
    if (!bearer.statusReport || !m_device->ResumeGroup(&session, bearer.gRnti))
    {
        m_device->EndSuspended(&session);
        return;
    }
    // TS 38.323 clause 5.4.1.
    if (const auto report = m_device->MakeStatusReport(bearer.gRnti))
    {
        m_device->SendStatusReport(bearer.gRnti, *report);
    }
}

void
Ue::T304Expired()
{
    Drop("RRC RECONFIGURATION with sync", "T304 has run out");
    m_device->GetRadioChannel()->ReportCellLost(*m_device, CellLoss::HANDOVER_FAILURE);
    ReturnToSource();
}

void
Ue::ReturnToSource()
{
    AbandonTarget();
    UeConnection& own = *m_connection;
    own.wantsCell = own.selects;
    if (own.wantsCell)
    {
        return;
    }
    FindCell(m_device->GetRadioChannel()->FindCell(own.lost.cell));
}

void
Ue::AbandonTarget()
{
    EndHandover();
    if (m_device->IsInCoverage() && m_mcch)
    {
        m_device->GetRadioChannel()->StopListening(m_device, MCCH_RNTI);
    }
    m_device->SetInCoverage(false);
}

void
Ue::EndHandover()
{
    UeConnection& own = *m_connection;
    if (own.handover)
    {
        own.handover->arrival.Cancel();
        own.handover->t304.Cancel();
        own.handover.reset();
        own.accessing = false;
        ++own.access;
    }
}

void
Ue::SignallingUndelivered(Ptr<const Packet> pdu)
{
    if (!m_connection || (m_connection->cellLost && !m_connection->handover) || IsDown())
    {
        return;
    }
    Bytes octets(pdu->GetSize());
    pdu->CopyData(octets.data(), static_cast<uint32_t>(octets.size()));
    const auto message = RrcMessage::Decode(octets);
    if (message && message->type == RrcType::UL_INFORMATION_TRANSFER)
    {
        // Its NAS hears that the cell changed before the message arrived, and repeats it (TS 38.331
        // clause 5.7.2.4).
        SendRrc(*message);
    }
}

} // namespace ns3::mbs

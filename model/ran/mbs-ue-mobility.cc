// SPDX-License-Identifier: GPL-2.0-only

// How a UE that was out of coverage comes back to its cell or to another one (TS 38.331 clause
// 5.3.7): random access, re-establishment, and where the gNB does not know it, a new connection
// with a service request. How an idle one goes to another cell, and how a UE tells its gNB what it
// has measured.

#include "mbs-gnb-radio-device.h"
#include "mbs-paging-channel.h"
#include "mbs-random-access.h"
#include "mbs-ue.h"

#include "ns3/simulator.h"

namespace ns3::mbs
{

namespace
{

/** How long the cell that was found has got to take the UE. */
const Time T301 = MilliSeconds(T301_MS);

} // namespace

bool
Ue::MayLoseCell() const
{
    return m_connection != nullptr;
}

bool
Ue::HasLostCell() const
{
    return m_connection && m_connection->cellLost;
}

void
Ue::LoseCell(CellLoss cause)
{
    NS_ASSERT_MSG(m_connection, "a UE that may lose its cell has a temporary identity");
    UeConnection& own = *m_connection;
    if (own.handover)
    {
        AbandonTarget();
        m_device->GetRadioChannel()->ReportCellLost(*m_device, cause);
        StartT311();
        return;
    }
    if (m_device->IsInCoverage() && own.state == RrcState::CONNECTED)
    {
        LeaveCell(cause);
    }
    else if (m_device->IsInCoverage() && own.state == RrcState::IDLE)
    {
        LeaveCampedCell();
    }
}

void
Ue::LeaveCell(CellLoss cause)
{
    UeConnection& own = *m_connection;
    own.guard.Cancel();
    own.serviceRequests = 0;
    own.accessing = false;
    ++own.access;
    own.restoring = false;
    if (!own.cellLost)
    {
        // A cell that has not taken it since does not know it.
        own.lost = {m_device->GetServingGnb()->GetGnb(), m_device->GetRnti()};
    }
    own.cellLost = true;
    for (UeSession& session : m_sessions)
    {
        if (cause == CellLoss::HANDOVER && session.gRnti && session.statusReport)
        {
            m_device->SuspendGroup(*session.gRnti);
        }
        StopListening(session, Reception::NO_CELL);
    }
    if (m_mcch)
    {
        m_device->GetRadioChannel()->StopListening(m_device, MCCH_RNTI);
    }
    m_device->SetInCoverage(false);
    m_device->GetRadioChannel()->ReportCellLost(*m_device, cause);
    if (cause != CellLoss::HANDOVER)
    {
        StartT311();
    }
}

void
Ue::StartT311()
{
    UeConnection& own = *m_connection;
    if (!own.selects)
    {
        own.guard.Cancel();
        own.guard = Simulator::Schedule(GetT311(), &Ue::GiveUpReestablishment, this);
    }
}

Time
Ue::GetT311() const
{
    return MilliSeconds(m_t311);
}

void
Ue::SetT311(Time t311)
{
    // Up, so that it is never shorter than what was asked for.
    m_t311 = static_cast<uint16_t>((t311 + MilliSeconds(1) - NanoSeconds(1)).GetMilliSeconds());
}

void
Ue::SendMeasurementReport(const RrcMeasurementReport& report)
{
    if (GetRrcState() == RrcState::CONNECTED && !HasLostCell() && !IsDown())
    {
        SendPdu(report.Encode());
    }
}

void
Ue::FindCell(Ptr<GnbRadioDevice> cell)
{
    if (!m_connection || m_connection->handover || m_device->IsInCoverage())
    {
        return;
    }
    UeConnection& own = *m_connection;
    own.wantsCell = false;
    cell->Attach(m_device);
    m_device->SetInCoverage(true);
    if (m_mcch)
    {
        // What is broadcast is received without a connection.
        m_device->GetRadioChannel()->Listen(m_device, MCCH_RNTI);
    }
    if (own.cellLost)
    {
        Reestablish();
    }
    else if (own.recovers || !own.waiting.empty())
    {
        Wake(false);
    }
    else
    {
        Camp();
    }
}

void
Ue::LetCellsBeSelected()
{
    NS_ASSERT_MSG(m_connection, "a UE that may lose its cell has a temporary identity");
    m_connection->selects = true;
}

bool
Ue::WantsCell() const
{
    return m_connection && m_connection->wantsCell;
}

bool
Ue::IsAccessing() const
{
    return m_connection && m_connection->accessing;
}

void
Ue::GiveUpReestablishment()
{
    UeConnection& own = *m_connection;
    if (!own.cellLost || own.handover || m_device->IsInCoverage())
    {
        return;
    }
    BecomeIdle();
}

void
Ue::BecomeIdle()
{
    UeConnection& own = *m_connection;
    Drop("RRC connection", "not re-established");
    own.guard.Cancel();
    own.cellLost = false;
    own.state = RrcState::IDLE;
    own.recovers = true;
    for (UeSession& session : m_sessions)
    {
        // What was kept of it in a cell before has no use any more.
        m_device->EndSuspended(&session);
    }
}

void
Ue::LeaveCampedCell()
{
    UeConnection& own = *m_connection;
    NS_ASSERT_MSG(own.state == RrcState::IDLE && m_device->IsInCoverage(), "it camps nowhere");
    own.guard.Cancel();
    if (own.accessing)
    {
        own.accessing = false;
        ++own.access;
    }
    else
    {
        m_device->GetServingGnb()->GetObject<PagingChannel>()->Leave(m_device, GetUeId());
    }
    for (UeSession& session : m_sessions)
    {
        StopListening(session, Reception::NO_CELL);
    }
    if (m_mcch)
    {
        m_device->GetRadioChannel()->StopListening(m_device, MCCH_RNTI);
    }
    m_device->SetInCoverage(false);
}

void
Ue::Reselect(const Ptr<GnbRadioDevice>& cell)
{
    LeaveCampedCell();
    FindCell(cell);
}

void
Ue::Reestablish()
{
    UeConnection& own = *m_connection;
    own.guard.Cancel();
    if (!own.selects)
    {
        // Else who selects the cell says how long it has got, and whether it is suitable still.
        own.guard = Simulator::Schedule(T301, &Ue::T301Expired, this);
    }
    AccessFoundCell();
}

void
Ue::AccessFoundCell()
{
    UeConnection& own = *m_connection;
    own.accessing = true;
    m_device->GetServingGnb()->GetObject<RandomAccess>()->Start(
        [self = Ptr<Ue>(this), access = ++own.access](bool granted) {
            // It may have lost this cell, too, or begun anew.
            if (self->m_connection && self->m_connection->access == access)
            {
                self->ReestablishmentGranted(granted);
            }
        });
}

void
Ue::ReestablishmentGranted(bool granted)
{
    UeConnection& own = *m_connection;
    if (!own.cellLost || !own.accessing)
    {
        return;
    }
    if (!granted)
    {
        // T301 says how often.
        AccessFoundCell();
        return;
    }
    if (IsDown())
    {
        return;
    }
    RrcMessage request;
    request.type = RrcType::REESTABLISHMENT_REQUEST;
    request.identity = own.lost;
    SendPdu(request.Encode());
}

void
Ue::T301Expired()
{
    UeConnection& own = *m_connection;
    own.accessing = false;
    ++own.access;
    BecomeIdle();
    if (!IsDown())
    {
        // Else it camps once it is back.
        Wake(false);
    }
}

void
Ue::BearersRestored()
{
    if (!m_connection || !m_connection->restoring)
    {
        return;
    }
    m_connection->restoring = false;
    for (UeSession& session : m_sessions)
    {
        // What was kept of it in the cell before has no use any more.
        m_device->EndSuspended(&session);
        if (session.state == UeSession::State::JOINED && !session.broadcast && !session.gRnti)
        {
            // The gNB has forgotten the bearer while the UE could not be told.
            Rejoin(session);
        }
    }
}

void
Ue::Reestablished()
{
    UeConnection& own = *m_connection;
    if (!own.cellLost || !own.accessing)
    {
        Drop("RRC REESTABLISHMENT", "the UE did not ask for it");
        return;
    }
    own.cellLost = false;
    own.restoring = true;
    Awake();
    SendConnectionMessage(RrcType::REESTABLISHMENT_COMPLETE, {});
    Flush();
}

} // namespace ns3::mbs

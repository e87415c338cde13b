// SPDX-License-Identifier: GPL-2.0-only

// How a UE falls asleep and wakes (TS 38.331 clauses 5.3.3, 5.3.8 and 5.3.13; TS 24.501 clause
// 5.6.1). What it has to send while it sleeps waits until it is awake.

#include "mbs-gnb-radio-device.h"
#include "mbs-paging-channel.h"
#include "mbs-random-access.h"
#include "mbs-ue.h"

#include "ns3/mbs-nas-service.h"

#include "ns3/packet.h"
#include "ns3/simulator.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/** Until a request for a connection without an answer is given up (T300, T319). */
const Time ACCESS_TIMEOUT = Seconds(1);

/** T3517 (TS 24.501 table 10.2.1): until a SERVICE REQUEST without an answer is sent again. */
const Time T3517 = Seconds(5);

/** How often a SERVICE REQUEST is sent at most (TS 24.501 clause 5.6.1.7). */
constexpr uint32_t MAX_SERVICE_REQUESTS = 5;

/** @param device of a UE @return the paging channel of its cell */
Ptr<PagingChannel>
PagingOf(const UeRadioDevice& device)
{
    return device.GetServingGnb()->GetObject<PagingChannel>();
}

} // namespace

void
Ue::SetTemporaryIdentity(const NgapFiveGSTmsi& tmsi)
{
    m_connection = std::make_unique<UeConnection>();
    m_connection->tmsi = tmsi;
}

RrcState
Ue::GetRrcState() const
{
    return m_connection ? m_connection->state : RrcState::CONNECTED;
}

uint32_t
Ue::GetUeId() const
{
    return m_connection->tmsi.fiveGTmsi % PagingCycle::UE_IDS;
}

bool
Ue::HoldsBack(const RrcMessage& message)
{
    if (!m_connection)
    {
        return false;
    }
    UeConnection& own = *m_connection;
    // NAS messages wait for the answer to the SERVICE REQUEST too.
    const bool nas = message.type == RrcType::UL_INFORMATION_TRANSFER;
    if (own.state == RrcState::CONNECTED && !own.cellLost && (own.serviceRequests == 0 || !nas))
    {
        return false;
    }
    own.waiting.push_back(message.Encode());
    if (own.state != RrcState::CONNECTED)
    {
        Wake(false);
    }
    return true;
}

void
Ue::SendPdu(const Bytes& octets)
{
    m_device->SendToGnb(Create<Packet>(octets.data(), static_cast<uint32_t>(octets.size())));
}

void
Ue::SendConnectionMessage(RrcType type, Bytes nas)
{
    RrcMessage message;
    message.type = type;
    message.nas = std::move(nas);
    SendPdu(message.Encode());
}

void
Ue::FallAsleep(RrcState state, const std::vector<MrbConfig>& kept)
{
    UeConnection& own = *m_connection;
    own.guard.Cancel();
    own.state = state;
    own.accessing = false;
    own.cellLost = false;
    own.serviceRequests = 0;
    own.recovers = false;
    for (UeSession& session : m_sessions)
    {
        const bool stays =
            std::any_of(kept.begin(), kept.end(), [&session](const MrbConfig& bearer) {
                return bearer.tmgi == session.tmgi;
            });
        // What is broadcast is received in each state.
        if (!stays && !session.broadcast)
        {
            StopListening(session, Reception::ASLEEP);
        }
    }
    Camp();
    if (!own.waiting.empty())
    {
        // It had something to say when it was sent to sleep.
        Wake(false);
    }
}

void
Ue::Camp()
{
    std::vector<PagingIdentity> identities{PagingIdentityOf(m_connection->tmsi)};
    if (m_connection->state == RrcState::INACTIVE)
    {
        identities.push_back({PagingIdentity::Kind::FULL_I_RNTI, m_device->GetRnti()});
    }
    PagingOf(*m_device)->Camp(m_device, GetUeId(), std::move(identities));
}

void
Ue::CampAfterRestart()
{
    if (m_connection && m_connection->state == RrcState::IDLE && !m_connection->accessing &&
        m_device->IsInCoverage())
    {
        // It may have come to the cell while it was down.
        PagingOf(*m_device)->Leave(m_device, GetUeId());
        Camp();
    }
}

void
Ue::ReceivePaging(ByteView octets)
{
    const auto paging = RrcPaging::Decode(octets);
    if (!paging)
    {
        Drop("Paging", ToString(paging.Error()));
        return;
    }
    UeConnection& own = *m_connection;
    if (own.state == RrcState::CONNECTED || own.accessing)
    {
        return;
    }
    const auto names = [&paging](const PagingIdentity& identity) {
        const auto& records = paging->records;
        return std::find(records.begin(), records.end(), identity) != records.end();
    };
    const bool group = std::any_of(paging->groups.begin(),
                                   paging->groups.end(),
                                   [this](const Tmgi& tmgi) { return IsMember(tmgi); });
    if (own.state == RrcState::INACTIVE && names(PagingIdentityOf(own.tmsi)))
    {
        // The core pages a UE whose gNB has given it up (TS 38.331 clause 5.3.2.3).
        own.state = RrcState::IDLE;
        Wake(true);
    }
    else if (group || names(PagingIdentityOf(own.tmsi)) ||
             names({PagingIdentity::Kind::FULL_I_RNTI, m_device->GetRnti()}))
    {
        Wake(true);
    }
}

void
Ue::Wake(bool paged)
{
    UeConnection& own = *m_connection;
    if (own.accessing || !m_device->IsInCoverage())
    {
        // Without a cell it waits for one.
        return;
    }
    own.guard.Cancel();
    own.accessing = true;
    own.paged = paged;
    PagingOf(*m_device)->Leave(m_device, GetUeId());
    m_device->GetServingGnb()->GetObject<RandomAccess>()->Start(
        [self = Ptr<Ue>(this), access = ++own.access](bool granted) {
            self->AccessEnded(granted, access);
        });
}

void
Ue::AccessEnded(bool granted, uint32_t access)
{
    if (!m_connection || !m_connection->accessing || m_connection->access != access)
    {
        // One that it began before it restarted has no meaning any more.
        return;
    }
    UeConnection& own = *m_connection;
    if (IsDown())
    {
        // Once it is back it begins anew if it has something to say, else it camps.
        own.accessing = false;
        return;
    }
    if (!granted)
    {
        GiveUpWaking("random access failed");
        return;
    }
    SendConnectionMessage(own.state == RrcState::INACTIVE ? RrcType::RESUME_REQUEST
                                                          : RrcType::SETUP_REQUEST,
                          {});
    own.guard = Simulator::Schedule(ACCESS_TIMEOUT, &Ue::AccessTimedOut, this);
}

void
Ue::AccessTimedOut()
{
    GiveUpWaking("no answer of the gNB");
}

void
Ue::GiveUpWaking(const std::string& why)
{
    // Who wanted to send something tries again when its own timer runs out.
    UeConnection& own = *m_connection;
    Drop("RRC connection", why);
    own.waiting.clear();
    own.accessing = false;
    Camp();
    if (own.recovers)
    {
        own.guard = Simulator::Schedule(ACCESS_TIMEOUT, &Ue::Wake, this, false);
    }
}

void
Ue::HandleConnection(const RrcMessage& message)
{
    UeConnection& own = *m_connection;
    switch (message.type)
    {
    case RrcType::SUSPEND:
        FallAsleep(RrcState::INACTIVE, message.bearers);
        break;
    case RrcType::RELEASE_TO_IDLE:
        FallAsleep(RrcState::IDLE, {});
        break;
    case RrcType::SETUP:
        if (!own.accessing)
        {
            Drop("RRC SETUP", "the UE did not ask for it");
            break;
        }
        // A gNB that does not know an inactive UE any more sets up a new connection.
        for (UeSession& session : m_sessions)
        {
            m_device->EndSuspended(&session);
            if (!session.broadcast)
            {
                StopListening(session, Reception::ASLEEP);
            }
        }
        Awake();
        own.cellLost = false;
        SendServiceRequest();
        break;
    case RrcType::RESUME:
        if (!own.accessing)
        {
            Drop("RRC RESUME", "the UE did not ask for it");
            break;
        }
        Awake();
        SendConnectionMessage(RrcType::RESUME_COMPLETE, {});
        Flush();
        break;
    case RrcType::REESTABLISHMENT:
        Reestablished();
        break;
    case RrcType::RECONFIGURATION_WITH_SYNC:
        BeginHandover(message);
        break;
    default:
        Drop("RRC message", "not one that a gNB sends");
        break;
    }
}

void
Ue::Awake()
{
    m_connection->guard.Cancel();
    m_connection->accessing = false;
    m_connection->state = RrcState::CONNECTED;
}

void
Ue::Flush()
{
    const std::vector<Bytes> waiting = std::move(m_connection->waiting);
    m_connection->waiting.clear();
    for (const Bytes& octets : waiting)
    {
        SendPdu(octets);
    }
}

void
Ue::SendServiceRequest()
{
    UeConnection& own = *m_connection;
    if (own.serviceRequests >= MAX_SERVICE_REQUESTS)
    {
        Drop("SERVICE REQUEST", "no answer of the AMF");
        own.serviceRequests = 0;
        own.recovers = false;
        own.waiting.clear();
        return;
    }
    NasServiceRequest request;
    request.serviceType =
        own.paged ? NasServiceType::MOBILE_TERMINATED_SERVICES : NasServiceType::SIGNALLING;
    request.tmsi = own.tmsi;
    ++own.serviceRequests;
    SendConnectionMessage(RrcType::SETUP_COMPLETE, request.Encode());
    own.guard = Simulator::Schedule(T3517, &Ue::SendServiceRequest, this);
}

bool
Ue::HandleService(ByteView nas)
{
    if (!m_connection || !NasServiceAccept::Decode(nas))
    {
        return false;
    }
    m_connection->guard.Cancel();
    m_connection->serviceRequests = 0;
    m_connection->recovers = false;
    Flush();
    return true;
}

void
Ue::DropConnection()
{
    if (!m_connection)
    {
        return;
    }
    UeConnection& own = *m_connection;
    own.waiting.clear();
    own.serviceRequests = 0;
    own.recovers = false;
    if (own.handover)
    {
        // What it was told is forgotten.
        ReturnToSource();
    }
    if (own.cellLost)
    {
        // It goes on looking for its cell, or with the access to it.
        return;
    }
    own.guard.Cancel();
    if (own.state != RrcState::CONNECTED && !own.accessing)
    {
        PagingOf(*m_device)->Leave(m_device, GetUeId());
    }
    own.accessing = false;
    own.state = RrcState::IDLE;
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only

// How a gNB asks its AMF for shared delivery of MBS sessions, and ends it when no UE of the cell
// listens (TS 38.413: DISTRIBUTION SETUP and DISTRIBUTION RELEASE).

#include "mbs-gnb.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/** Pause before shared delivery is asked for that the AMF should know of and does not get. */
const Time RETRY_INTERVAL = Seconds(1);

} // namespace

uint16_t
Gnb::TakeGRnti()
{
    // Those that are reserved, and 0, which names no group, are passed over (TS 38.321 clause 7.1).
    constexpr std::size_t IDENTITIES = MCCH_RNTI - 1;
    if (m_sessions.size() >= IDENTITIES)
    {
        return 0;
    }
    const auto isTaken = [this](uint16_t gRnti) {
        return gRnti == 0 || gRnti >= MCCH_RNTI ||
               std::any_of(m_sessions.begin(), m_sessions.end(), [gRnti](const auto& one) {
                   return one.second.gRnti == gRnti;
               });
    };
    while (isTaken(m_nextGRnti))
    {
        ++m_nextGRnti;
    }
    return m_nextGRnti++;
}

bool
Gnb::RequestDistribution(const Tmgi& tmgi)
{
    if (m_sessions.count(tmgi) > 0)
    {
        // It is up or asked for; one that is being released is asked for again after that.
        return true;
    }
    const uint16_t gRnti = TakeGRnti();
    if (gRnti == 0)
    {
        Drop("MBS session", "no G-RNTI is left");
        return false;
    }
    Session& session = m_sessions[tmgi];
    session.gRnti = gRnti;
    session.ownTeid = m_n3mbTransport == N3mbTransport::UNICAST ? m_nextTeid++ : 0;
    SendDistributionSetup(tmgi, session);
    return true;
}

std::optional<NgapGtpTunnel>
Gnb::OwnTunnel(const Session& session) const
{
    if (session.ownTeid == 0)
    {
        return std::nullopt;
    }
    NgapGtpTunnel tunnel;
    tunnel.transportLayerAddress.ipv4 = m_n3mbAddress;
    tunnel.gtpTeid = session.ownTeid;
    return tunnel;
}

void
Gnb::SendDistributionSetup(const Tmgi& tmgi, Session& session)
{
    session.asked = true;
    NgapMbsDistributionSetupRequestTransfer transfer;
    transfer.mbsSessionId.tmgi = tmgi;
    transfer.sharedNguUnicastTnlInformation = OwnTunnel(session);
    NgapDistributionSetupRequest request;
    request.mbsSessionId.tmgi = tmgi;
    request.transfer = transfer.Encode();
    SendNgap(request.Encode(), request.TYPE);
}

void
Gnb::Handle(const NgapDistributionSetupResponse& message)
{
    const auto it = m_sessions.find(message.mbsSessionId.tmgi);
    if (it == m_sessions.end() || !it->second.asked)
    {
        Drop(NgapMessageName(message.TYPE), "shared delivery was not asked for");
        return;
    }
    it->second.asked = false;
    const auto transfer = NgapMbsDistributionSetupResponseTransfer::Decode(message.transfer);
    if (!transfer)
    {
        Drop(NgapMessageName(message.TYPE), ToString(transfer.Error()));
        GiveUpDistribution(it->first,
                           {NgapCauseGroup::PROTOCOL, NgapCause::PROTOCOL_TRANSFER_SYNTAX_ERROR});
        return;
    }
    Session& session = it->second;
    if (session.state == Session::State::UP)
    {
        // Asked for once more, since the AMF may have forgotten; the tunnel may be another one.
        LeaveGroup(session);
        m_tmgiOfTeid.erase(session.teid);
    }
    const auto& multicast = transfer->sharedNguMulticastTnlInformation;
    if (multicast && multicast->ipMulticastAddress.ipv4 && multicast->ipSourceAddress.ipv4)
    {
        session.teid = multicast->gtpTeid;
        session.group = {*multicast->ipSourceAddress.ipv4, *multicast->ipMulticastAddress.ipv4};
        m_ssm->Join(session.group->first, session.group->second, m_n3mbInterface);
    }
    else if (session.ownTeid != 0)
    {
        session.teid = session.ownTeid;
    }
    else
    {
        Drop(NgapMessageName(message.TYPE), "neither a multicast group nor a tunnel");
        GiveUpDistribution(it->first,
                           {NgapCauseGroup::TRANSPORT, NgapCause::TRANSPORT_RESOURCE_UNAVAILABLE});
        return;
    }
    m_tmgiOfTeid[session.teid] = it->first;
    session.state = Session::State::UP;
    ServeWaiting();
    // The UEs that it was asked for may have gone meanwhile.
    ReleaseIfUnused(it->first);
}

void
Gnb::Handle(const NgapDistributionSetupFailure& message)
{
    const auto it = m_sessions.find(message.mbsSessionId.tmgi);
    if (it == m_sessions.end() || !it->second.asked)
    {
        Drop(NgapMessageName(message.TYPE), "shared delivery was not asked for");
        return;
    }
    it->second.asked = false;
    if (it->second.state == Session::State::UP)
    {
        Drop(NgapMessageName(message.TYPE), "shared delivery is up; it is asked for again");
        After(RETRY_INTERVAL, [this] { RepeatDistributionRequests(); });
        return;
    }
    GiveUpDistribution(it->first, message.cause);
}

void
Gnb::GiveUpDistribution(Tmgi tmgi, const NgapCause& cause)
{
    m_sessions.erase(tmgi);
    const auto needs = [&](const ModifyRequest& request) {
        return std::find(request.setUp.begin(), request.setUp.end(), tmgi) != request.setUp.end();
    };
    std::vector<Tmgi> others;
    for (ModifyRequest& request : m_waiting)
    {
        if (needs(request) && request.pduSessionId == 0)
        {
            // A UE that comes by handover is told at least what there is.
            request.setUp.erase(std::remove(request.setUp.begin(), request.setUp.end(), tmgi),
                                request.setUp.end());
        }
        else if (needs(request))
        {
            Respond(request, cause);
            others.insert(others.end(), request.setUp.begin(), request.setUp.end());
        }
    }
    m_waiting.erase(std::remove_if(m_waiting.begin(), m_waiting.end(), needs), m_waiting.end());
    ServeWaiting();
    for (const Tmgi& other : others)
    {
        ReleaseIfUnused(other);
    }
}

void
Gnb::ReleaseIfUnused(const Tmgi& tmgi)
{
    const auto it = m_sessions.find(tmgi);
    const auto needs = [&tmgi](const ModifyRequest& request) {
        return std::find(request.setUp.begin(), request.setUp.end(), tmgi) != request.setUp.end();
    };
    if (it == m_sessions.end() || it->second.broadcast || it->second.state != Session::State::UP ||
        !it->second.members.IsEmpty() || std::any_of(m_waiting.begin(), m_waiting.end(), needs))
    {
        return;
    }
    Session& session = it->second;
    session.state = Session::State::RELEASING;
    session.asked = false;
    const bool own = !session.group;
    LeaveGroup(session);
    session.ownTeid = own ? session.ownTeid : 0;
    SendDistributionRelease(tmgi, session);
}

void
Gnb::SendDistributionRelease(const Tmgi& tmgi, const Session& session)
{
    NgapMbsDistributionReleaseRequestTransfer transfer;
    transfer.mbsSessionId.tmgi = tmgi;
    transfer.cause = {NgapCauseGroup::NAS, NgapCause::NAS_NORMAL_RELEASE};
    transfer.sharedNguUnicastTnlInformation = OwnTunnel(session);
    NgapDistributionReleaseRequest request;
    request.mbsSessionId.tmgi = tmgi;
    request.transfer = transfer.Encode();
    request.cause = transfer.cause;
    SendNgap(request.Encode(), request.TYPE);
}

void
Gnb::Handle(const NgapDistributionReleaseResponse& message)
{
    const auto it = m_sessions.find(message.mbsSessionId.tmgi);
    if (it == m_sessions.end() || it->second.state != Session::State::RELEASING)
    {
        Drop(NgapMessageName(message.TYPE), "no release was asked for");
        return;
    }
    const Tmgi tmgi = it->first;
    m_tmgiOfTeid.erase(it->second.teid);
    // A UE may not have heard that it shall stop to listen.
    m_device->EndGroup(it->second.gRnti);
    m_sessions.erase(it);
    // UEs may have come meanwhile.
    for (const ModifyRequest& request : m_waiting)
    {
        if (std::find(request.setUp.begin(), request.setUp.end(), tmgi) != request.setUp.end())
        {
            RequestDistribution(tmgi);
        }
    }
}

} // namespace ns3::mbs

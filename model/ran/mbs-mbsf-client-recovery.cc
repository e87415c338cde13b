// SPDX-License-Identifier: GPL-2.0-only

// How an MBSF Client stops and comes back, and what it does about an MBSSF that has forgotten it.

#include "mbs-mbsf-client.h"

#include "ns3/mbs-sbi-operations.h"

#include "ns3/inet-socket-address.h"
#include "ns3/udp-socket-factory.h"

namespace ns3::mbs
{

namespace
{

/** HTTP status (RFC 9110 clause 15). */
constexpr int STATUS_FORBIDDEN = 403;

} // namespace

void
MbsfClient::OpenSocket()
{
    m_socket = Socket::CreateSocket(GetNode(), UdpSocketFactory::GetTypeId());
    m_socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), m_mikeyPort));
    m_socket->SetRecvCallback(MakeCallback(&MbsfClient::ReceiveMikey, this));
}

void
MbsfClient::MskRequestAnswered(const Tmgi& tmgi, const SbiResponse& response)
{
    const std::string what = std::string(operations::MBS_MSK_REQUEST.name) + " response";
    if (response.status != STATUS_OK)
    {
        Drop(what, "status " + std::to_string(response.status));
        return;
    }
    const auto list = keymanagement::MskStatusList::Decode(response.body);
    if (!list)
    {
        Drop(what, ToString(list.Error()));
        return;
    }
    Service& service = *Find(tmgi);
    bool again = false;
    for (const keymanagement::MskStatusList::Entry& entry : list->entries)
    {
        if (entry.status != STATUS_OK)
        {
            Drop(what, "status " + std::to_string(entry.status) + " for an MSK");
        }
        again = again || entry.status == STATUS_FORBIDDEN;
    }
    if (again && service.registered)
    {
        // The MBSSF has forgotten the registration; if it is the right that is gone, it says so.
        service.registered = false;
        service.attempts = 0;
        service.requested.clear();
        SendRegistration(tmgi);
    }
}

void
MbsfClient::GoDown(Memory /* memory */)
{
    m_http->ShutDown();
    if (m_socket)
    {
        m_socket->Close();
        m_socket = nullptr;
    }
    m_challenge.reset();
    for (auto& [tmgi, service] : m_services)
    {
        // The UE is out of its sessions, and registers when it has joined them again.
        service.again.Cancel();
        service.request.Cancel();
        service.wanted = false;
        service.registered = false;
        service.asking = false;
        service.missing.clear();
        service.requested.clear();
    }
}

void
MbsfClient::ComeUp(Memory /* memory */)
{
    OpenSocket();
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only

// How an MBSSF stops and comes back.

#include "mbs-mbssf.h"
#include "mbs-node-keys.h"

#include "ns3/inet-socket-address.h"
#include "ns3/udp-socket-factory.h"

namespace ns3::mbs
{

void
Mbssf::MakeAuthenticator()
{
    // TS 33.222 clause 5.3 has this realm for GBA; with AKMA it is this module's choice.
    m_authenticator = std::make_unique<DigestAuthenticator>("3GPP-bootstrapping@" + m_fqdn,
                                                            m_digestAlgorithm,
                                                            m_nonceLifetime);
}

void
Mbssf::OpenSocket()
{
    m_socket = Socket::CreateSocket(GetNode(), UdpSocketFactory::GetTypeId());
    m_socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), m_mikeyPort));
    m_socket->SetRecvCallback(MakeCallback(&Mbssf::ReceiveMikey, this));
}

void
Mbssf::CancelDeliveries(User& user)
{
    for (auto& [mskId, delivery] : user.deliveries)
    {
        delivery.timeout.Cancel();
    }
    user.deliveries.clear();
}

void
Mbssf::GoDown(Memory memory)
{
    SbiFunction::GoDown(memory);
    m_socket->Close();
    m_socket = nullptr;
    for (auto& [id, user] : m_users)
    {
        CancelDeliveries(user);
        if (memory == Memory::LOST)
        {
            // Users and their rights are configuration, and the counter of MSK messages belongs to
            // the MUK: it must not go back while the MUK is in use (RFC 3830 clause 5.4).
            user.registered.clear();
            user.verified.clear();
        }
    }
    if (memory == Memory::LOST)
    {
        MakeAuthenticator();
        for (auto& [tmgi, session] : m_sessions)
        {
            session.keys.reset();
            session.before.reset();
        }
    }
}

void
Mbssf::ComeUp(Memory memory)
{
    SbiFunction::ComeUp(memory);
    OpenSocket();
    // The keys are with the MBSF or the MBSTF, on the same node.
    NodeKeys::Of(GetNode())->ForEach(
        [this](const Tmgi& tmgi, const KeySet& keys) { NoteKeys(tmgi, keys); });
    for (auto& [id, user] : m_users)
    {
        for (const auto& [tmgi, session] : m_sessions)
        {
            // Whether messages that were not verified have arrived is not known.
            const auto verified = user.verified.find(tmgi);
            if (session.keys && user.registered.count(session.serviceId) != 0 &&
                (verified == user.verified.end() || verified->second != session.keys->mskId))
            {
                Deliver(id, tmgi, session.keys->mskId);
            }
        }
    }
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only

// How an AMF goes on when it, the MB-SMF or a gNB has failed.

#include "mbs-amf.h"

#include <memory>
#include <vector>

namespace ns3::mbs
{

void
Amf::GoDown(Memory memory)
{
    SbiFunction::GoDown(memory);
    m_n2->Close();
    ForgetPaging();
    ForgetHandovers();
    if (memory == Memory::LOST)
    {
        // UEs are registered by configuration; gNBs ask again for what they receive.
        m_receiving.clear();
        // MB-SMFs start their broadcast sessions again.
        m_broadcast.clear();
        m_endingBroadcast.clear();
    }
    for (auto& [tmgi, context] : m_broadcast)
    {
        // Whoever waited for an answer has lost the connection that it would come over.
        context.respond = nullptr;
        context.notifying = false;
    }
}

void
Amf::ComeUp(Memory memory)
{
    SbiFunction::ComeUp(memory);
    m_n2->Listen();
    for (const auto& [tmgi, gnb] : std::set<std::pair<Tmgi, Ipv4Address>>(m_endingBroadcast))
    {
        EndBroadcast(tmgi, gnb, 0);
    }
}

void
Amf::PeerLost(Ipv4Address peer)
{
    if (peer != m_mbSmf.remote)
    {
        return;
    }
    for (const auto& [tmgi, gnbs] : m_receiving)
    {
        for (const auto& [gnb, transfer] : gnbs)
        {
            TryLater(0, [this, gnb = gnb, tmgi = tmgi] { RepeatDistribution(gnb, tmgi, 0); });
        }
    }
}

void
Amf::RepeatDistribution(Ipv4Address gnb, const Tmgi& tmgi, uint32_t attempt)
{
    const auto gnbs = m_receiving.find(tmgi);
    if (gnbs == m_receiving.end() || gnbs->second.count(gnb) == 0)
    {
        return;
    }
    NgapMbsSessionId mbsSession;
    mbsSession.tmgi = tmgi;
    StartDistribution(gnb,
                      mbsSession,
                      Bytes(gnbs->second.at(gnb)),
                      [this, gnb, tmgi, attempt](const SbiResponse& response) {
                          // The gNB has this answer from the first time.
                          if (IsSuccess(response))
                          {
                              return;
                          }
                          Drop("ContextUpdate", "the MB-SMF answered " + StatusText(response));
                          TryLater(attempt + 1, [this, gnb, tmgi, attempt] {
                              RepeatDistribution(gnb, tmgi, attempt + 1);
                          });
                      });
}

void
Amf::Handle(Ipv4Address gnb, const NgapNgReset& message)
{
    // TS 38.413 clause 8.7.4: what the gNB had is released first, and then it is answered, so that
    // it does not ask for a session again before. Its UEs stay, which are configuration.
    const auto acknowledge = [this, gnb] {
        const NgapNgResetAcknowledge answer;
        SendNgap(gnb, answer.Encode(), answer.TYPE);
        NotifyRestart(gnb);
    };
    std::vector<std::pair<Tmgi, Bytes>> releases;
    for (const auto& [tmgi, gnbs] : m_receiving)
    {
        const auto known = gnbs.find(gnb);
        if (known == gnbs.end())
        {
            continue;
        }
        NgapMbsDistributionReleaseRequestTransfer transfer;
        transfer.mbsSessionId.tmgi = tmgi;
        transfer.cause = message.cause;
        const auto setup = NgapMbsDistributionSetupRequestTransfer::Decode(known->second);
        if (setup)
        {
            transfer.sharedNguUnicastTnlInformation = setup->sharedNguUnicastTnlInformation;
        }
        releases.emplace_back(tmgi, transfer.Encode());
    }
    if (releases.empty())
    {
        acknowledge();
        return;
    }
    const auto left = std::make_shared<std::size_t>(releases.size());
    for (const auto& [tmgi, transfer] : releases)
    {
        EndDistribution(gnb, tmgi, transfer, [left, acknowledge] {
            if (--*left == 0)
            {
                acknowledge();
            }
        });
    }
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only

// What an AF changes in a session that is set up (TS 23.247 clauses 7.2.5 and 7.2.6).

#include "mbs-af.h"
#include "mbs-sbi-operations.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

/** Media type of a merge patch (RFC 7396), as TS 29.580 has it. */
constexpr const char* MERGE_PATCH_TYPE = "application/merge-patch+json";

} // namespace

void
Af::Modify(const std::function<void(nmbsf::MbsDistributionSessionInfo&)>& change,
           const std::function<void()>& done)
{
    if (!m_established || m_released)
    {
        Drop(operations::USER_DATA_INGEST_UPDATE.name, "there is no session");
        return;
    }
    nmbsf::MbsUserDataIngSessionPatch patch;
    nmbsf::MbsDistributionSessionInfo& info = patch.mbsDisSessInfos[AF_DISTRIBUTION];
    info = DescribeSession();
    change(info);
    const std::string body = patch.Encode();
    Request(m_mbsf,
            {"PATCH",
             m_ingestSessionPath,
             MERGE_PATCH_TYPE,
             Bytes(body.begin(), body.end()),
             operations::USER_DATA_INGEST_UPDATE},
            [this, done](const SbiResponse& response) {
                if (!IsSuccess(response))
                {
                    Drop(operations::USER_DATA_INGEST_UPDATE.name,
                         "the MBSF answered " + StatusText(response));
                }
                else if (done)
                {
                    done();
                }
            });
}

void
Af::Deactivate()
{
    if (!m_active)
    {
        return;
    }
    Modify(
        [this](nmbsf::MbsDistributionSessionInfo& info) {
            info.mbsDistSessState = nmbstf::DistSessionState::INACTIVE;
            m_active = false;
            m_sending.Cancel();
        },
        nullptr);
}

void
Af::Activate()
{
    if (m_active)
    {
        return;
    }
    Modify(
        [this](nmbsf::MbsDistributionSessionInfo& info) {
            info.mbsDistSessState = nmbstf::DistSessionState::ACTIVE;
            m_active = true;
        },
        [this] { Resume(); });
}

void
Af::Resume()
{
    if (m_port && m_active && !m_released && m_sending.IsExpired())
    {
        // The stream goes on where it stopped.
        const Time start = std::max(Simulator::Now(), m_trafficStart);
        m_began = start - m_traffic->OffsetOf(m_next);
        if (start > Simulator::Now())
        {
            m_sending = Simulator::Schedule(start - Simulator::Now(), &Af::SendNext, this);
            return;
        }
        SendNext();
    }
}

void
Af::UpdateQos(uint8_t fiveQi)
{
    Modify(
        [fiveQi](nmbsf::MbsDistributionSessionInfo& info) {
            nmbsmf::MbsMediaComp component;
            component.mbsQosReq.emplace();
            component.mbsQosReq->fiveQi = fiveQi;
            info.mbsServInfo.emplace().mbsMediaComps["1"] = component;
        },
        nullptr);
}

void
Af::UpdateServiceArea(sbi::MbsServiceArea area)
{
    if (m_broadcastArea)
    {
        m_broadcastArea = area;
    }
    Modify([&area](nmbsf::MbsDistributionSessionInfo& info) { info.tgtServAreas = area; }, nullptr);
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only

// How an SMF knows, and tells the MB-SMF, that its UEs have a new MSK; and what it tells them that
// is no key.

#include "mbs-sbi-operations.h"
#include "mbs-smf.h"

namespace ns3::mbs
{

std::shared_ptr<Smf::MskUpdate>
Smf::BeginMskUpdate(const Tmgi& tmgi, std::size_t ues, const N1KeySet& newest) const
{
    if (m_mskCompletionShare <= 0)
    {
        return nullptr;
    }
    const auto update = std::make_shared<MskUpdate>();
    update->tmgi = tmgi;
    update->names.keyDomainId = newest.keyDomainId;
    update->names.mskId = newest.mskId;
    update->progress = MskProgress(m_mskCompletionShare, ues);
    return update;
}

void
Smf::CountAnswer(const std::shared_ptr<MskUpdate>& update, bool confirmed)
{
    if (!update)
    {
        return;
    }
    if (confirmed)
    {
        update->progress.Confirmed();
    }
    else
    {
        update->progress.GoneAway();
    }
    ReportCompletion(*update);
}

void
Smf::ReportCompletion(MskUpdate& update)
{
    const auto session = m_sessions.find(update.tmgi);
    if (session == m_sessions.end() || session->second.subscription.empty() ||
        !update.progress.IsNewlyReached())
    {
        return;
    }
    nmbsmf::ContextSubscriptionPatch patch;
    patch.mbsSecurityContext = {update.names};
    Request(m_mbSmf,
            PatchRequest(session->second.subscription,
                         patch.Encode(),
                         operations::CONTEXT_STATUS_SUBSCRIBE_MOD),
            [this](const SbiResponse& response) {
                if (!IsSuccess(response))
                {
                    Drop("ContextStatusSubscribeMod",
                         "the MB-SMF answered " + StatusText(response));
                }
            });
}

void
Smf::ServiceAreaChanged(const Tmgi& tmgi, const sbi::MbsServiceArea& area)
{
    ReceivedMbsInformation information;
    information.decision = MbsDecision::SERVICE_AREA_UPDATE;
    information.tmgi = tmgi;
    information.taiList = area.taiList;
    if (information.taiList.empty() ||
        information.taiList.size() > ReceivedMbsInformation::MAX_TAIS)
    {
        Drop("service area", "no tracking area, or more than a UE can be told");
        return;
    }
    TellAll(m_sessions.at(tmgi), information, nullptr);
}

} // namespace ns3::mbs

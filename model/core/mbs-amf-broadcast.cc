// SPDX-License-Identifier: GPL-2.0-only

// Broadcast sessions at an AMF (TS 23.247 clauses 7.3.1 to 7.3.3, TS 29.518 Namf_MBSBroadcast): the
// MB-SMF says where, the AMF has its gNBs there do it and passes their answers on.

#include "mbs-amf.h"
#include "mbs-sbi-operations.h"

#include "ns3/mbs-sbi-paths.h"

#include <algorithm>

namespace ns3::mbs
{

void
Amf::AddGnb(const GnbContext& gnb)
{
    m_gnbs[gnb.address] = gnb;
}

std::size_t
Amf::GetBroadcastCount() const
{
    return m_broadcast.size();
}

bool
Amf::IsInArea(const sbi::MbsServiceArea& area, const GnbContext& gnb)
{
    const auto isCell = [&gnb](const NrCgi& cell) {
        return cell.plmn == gnb.tai.plmn && cell.cellId == gnb.cell;
    };
    return std::any_of(area.taiList.begin(),
                       area.taiList.end(),
                       [&gnb](const Tai& tai) { return tai == gnb.tai; }) ||
           std::any_of(area.ncgiList.begin(), area.ncgiList.end(), [&](const auto& cells) {
               return std::any_of(cells.cellList.begin(), cells.cellList.end(), isCell);
           });
}

NgapMbsServiceArea
Amf::AreaForRan(const sbi::MbsServiceArea& area)
{
    NgapMbsServiceArea forRan;
    for (const auto& cells : area.ncgiList)
    {
        for (const NrCgi& cell : cells.cellList)
        {
            forRan.locationIndependent.cells.push_back({cell.plmn, cell.cellId});
        }
    }
    for (const Tai& tai : area.taiList)
    {
        forRan.locationIndependent.tais.push_back({tai.plmn, tai.tac});
    }
    return forRan;
}

void
Amf::CreateBroadcast(const SbiRequest& request, const Responder& respond)
{
    const auto parts = SbiParts::Read(request.contentType, request.body);
    const auto body = parts ? namf::ContextCreateReqData::Decode(parts->json)
                            : Decoded<namf::ContextCreateReqData>(parts.Error());
    if (!body)
    {
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(body.Error())));
        return;
    }
    const auto transfer = parts->Find(body->n2MbsSmInfo.ngapData);
    if (!transfer || !body->mbsSessionId.tmgi || !body->mbsServiceArea)
    {
        respond(Problem(400,
                        "MANDATORY_IE_MISSING",
                        "no N2 information, no TMGI or no service area of the whole session"));
        return;
    }
    // An MB-SMF that asks again has lost the answer or its memory: the session is the same one, and
    // gNBs get it as it shall be now.
    const Tmgi& tmgi = *body->mbsSessionId.tmgi;
    const auto [it, isNew] = m_broadcast.try_emplace(tmgi);
    BroadcastContext& context = it->second;
    if (isNew)
    {
        context.ref = std::to_string(m_nextContext++);
        context.tmgi = tmgi;
    }
    context.area = *body->mbsServiceArea;
    context.snssai = body->snssai;
    context.transfer = transfer->ToBytes();
    context.notifyUri = body->notifyUri;
    BeginOperation(context, false, body->maxResponseTime, respond);
    for (const auto& [address, gnb] : m_gnbs)
    {
        if (IsInArea(context.area, gnb))
        {
            AskGnb(context, address, BroadcastTask::SETUP);
        }
        else if (context.up.erase(address) + context.asked.erase(address) > 0)
        {
            EndBroadcast(tmgi, address, 0);
        }
    }
    PassOn(context);
}

void
Amf::UpdateBroadcast(const std::string& ref, const SbiRequest& request, const Responder& respond)
{
    const auto it = std::find_if(m_broadcast.begin(), m_broadcast.end(), [&ref](const auto& entry) {
        return entry.second.ref == ref;
    });
    if (it == m_broadcast.end())
    {
        respond(Problem(404, "CONTEXT_NOT_FOUND", "no such broadcast context"));
        return;
    }
    const auto parts = SbiParts::Read(request.contentType, request.body);
    const auto body = parts ? namf::ContextUpdateReqData::Decode(parts->json)
                            : Decoded<namf::ContextUpdateReqData>(parts.Error());
    if (!body)
    {
        respond(Problem(400, "INVALID_MSG_FORMAT", ToString(body.Error())));
        return;
    }
    BroadcastContext& context = it->second;
    const auto transfer =
        body->n2MbsSmInfo ? parts->Find(body->n2MbsSmInfo->ngapData) : std::nullopt;
    if (transfer)
    {
        context.transfer = transfer->ToBytes();
    }
    context.area = body->mbsServiceArea.value_or(context.area);
    context.notifyUri = body->notifyUri.empty() ? context.notifyUri : body->notifyUri;
    BeginOperation(context, true, body->maxResponseTime, respond);
    const auto& wanted = body->ranIdList;
    for (const auto& [address, gnb] : m_gnbs)
    {
        if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), gnb.id) == wanted.end())
        {
            continue;
        }
        const bool up = context.up.count(address) > 0;
        if (IsInArea(context.area, gnb))
        {
            AskGnb(context, address, up ? BroadcastTask::MODIFICATION : BroadcastTask::SETUP);
        }
        else if (context.up.erase(address) + context.asked.erase(address) > 0)
        {
            EndBroadcast(context.tmgi, address, 0);
        }
    }
    PassOn(context);
}

void
Amf::ReleaseBroadcast(const std::string& ref, const Responder& respond)
{
    const auto it = std::find_if(m_broadcast.begin(), m_broadcast.end(), [&ref](const auto& entry) {
        return entry.second.ref == ref;
    });
    if (it == m_broadcast.end())
    {
        respond(Problem(404, "CONTEXT_NOT_FOUND", "no such broadcast context"));
        return;
    }
    std::set<Ipv4Address> gnbs = it->second.up;
    for (const auto& [gnb, question] : it->second.asked)
    {
        gnbs.insert(gnb);
    }
    const Tmgi tmgi = it->first;
    if (it->second.respond)
    {
        it->second.respond(Problem(404, "CONTEXT_NOT_FOUND", "released meanwhile"));
    }
    m_broadcast.erase(it);
    respond(NoContent());
    for (const Ipv4Address& gnb : gnbs)
    {
        EndBroadcast(tmgi, gnb, 0);
    }
}

void
Amf::BeginOperation(BroadcastContext& context,
                    bool update,
                    const std::optional<uint32_t>& maxResponseTime,
                    const Responder& respond)
{
    if (context.respond)
    {
        // Another request overtakes it: it is answered with what there is.
        context.finished = true;
        PassOn(context);
    }
    context.update = update;
    context.respond = respond;
    context.finished = false;
    ++context.operation;
    if (maxResponseTime)
    {
        After(Seconds(*maxResponseTime),
              [this, tmgi = context.tmgi, operation = context.operation] {
                  const auto it = m_broadcast.find(tmgi);
                  if (it == m_broadcast.end() || it->second.operation != operation ||
                      it->second.finished)
                  {
                      return;
                  }
                  // gNBs that answer later are passed on later, but not waited for.
                  Drop("Namf_MBSBroadcast", "a gNB has not answered in time");
                  it->second.finished = true;
                  namf::ContextStatusNotification late;
                  late.operationStatus = it->second.update
                                             ? namf::OperationStatus::MBS_SESSION_UPDATE_INCOMPLETE
                                             : namf::OperationStatus::MBS_SESSION_START_INCOMPLETE;
                  if (!it->second.respond)
                  {
                      NotifyBroadcast(it->second, late, {}, [](bool) {});
                      return;
                  }
                  PassOn(it->second);
              });
    }
}

void
Amf::AskGnb(BroadcastContext& context, Ipv4Address gnb, BroadcastTask task)
{
    const uint32_t question = m_nextQuestion++;
    context.asked[gnb] = {task, question};
    m_endingBroadcast.erase({context.tmgi, gnb});
    RepeatBroadcast(context.tmgi, gnb, question, 0);
}

void
Amf::RepeatBroadcast(const Tmgi& tmgi, Ipv4Address gnb, uint32_t question, uint32_t attempt)
{
    const auto it = m_broadcast.find(tmgi);
    if (it == m_broadcast.end())
    {
        return;
    }
    const BroadcastContext& context = it->second;
    const auto asked = context.asked.find(gnb);
    if (asked == context.asked.end() || asked->second.second != question)
    {
        return;
    }
    if (asked->second.first == BroadcastTask::SETUP)
    {
        NgapBroadcastSessionSetupRequest message;
        message.mbsSessionId.tmgi = tmgi;
        message.snssai = {context.snssai.sst, context.snssai.sd};
        message.mbsServiceArea = AreaForRan(context.area);
        message.transfer = context.transfer;
        SendNgap(gnb, message.Encode(), message.TYPE);
    }
    else
    {
        NgapBroadcastSessionModificationRequest message;
        message.mbsSessionId.tmgi = tmgi;
        message.mbsServiceArea = AreaForRan(context.area);
        message.transfer = context.transfer;
        SendNgap(gnb, message.Encode(), message.TYPE);
    }
    // The connection may be away, and with it the request or its answer.
    TryLater(attempt, [this, tmgi, gnb, question, attempt] {
        RepeatBroadcast(tmgi, gnb, question, attempt + 1);
    });
}

void
Amf::EndBroadcast(const Tmgi& tmgi, Ipv4Address gnb, uint32_t attempt)
{
    if (attempt == 0)
    {
        m_endingBroadcast.insert({tmgi, gnb});
    }
    else if (m_endingBroadcast.count({tmgi, gnb}) == 0)
    {
        return;
    }
    NgapBroadcastSessionReleaseRequest message;
    message.mbsSessionId.tmgi = tmgi;
    message.cause = {NgapCauseGroup::NAS, NgapCause::NAS_NORMAL_RELEASE};
    SendNgap(gnb, message.Encode(), message.TYPE);
    TryLater(attempt, [this, tmgi, gnb, attempt] { EndBroadcast(tmgi, gnb, attempt + 1); });
}

void
Amf::BroadcastAnswered(Ipv4Address gnb, const Tmgi& tmgi, const char* type, const Bytes& transfer)
{
    const auto it = m_broadcast.find(tmgi);
    const auto known = m_gnbs.find(gnb);
    const bool released = type == namf::BroadcastNgapIeType::MBS_SES_REL_RSP;
    if (it == m_broadcast.end() || known == m_gnbs.end())
    {
        if (!released)
        {
            Drop("BROADCAST SESSION answer", "no such broadcast context");
        }
        return;
    }
    BroadcastContext& context = it->second;
    const bool success = type == namf::BroadcastNgapIeType::MBS_SES_RSP;
    if (!released)
    {
        if (context.asked.erase(gnb) == 0)
        {
            // To a copy of a question that is answered, or by a gNB that is outside by now.
            return;
        }
        if (success)
        {
            context.up.insert(gnb);
        }
        else
        {
            context.up.erase(gnb);
        }
    }
    context.success = context.success || success;
    const std::string part =
        "n2-" + std::to_string(known->second.id.gNbValue) + "-" + std::to_string(context.operation);
    context.answers.push_back({{type, {part}, known->second.id}, transfer});
    PassOn(context);
}

void
Amf::PassOn(BroadcastContext& context)
{
    const bool complete = context.asked.empty();
    // A failure waits for the others, so that the MB-SMF is answered with a success if there is
    // one.
    const bool answer = context.respond && (context.success || complete || context.finished);
    if (!answer && (context.respond || context.notifying || context.answers.empty()))
    {
        return;
    }
    namf::ContextStatusNotification news;
    std::vector<SbiPart> parts;
    const std::size_t count = std::min(context.answers.size(), namf::MAX_N2_MBS_SM_INFO);
    const auto rest = context.answers.begin() + static_cast<std::ptrdiff_t>(count);
    const BroadcastAnswers passed(context.answers.begin(), rest);
    context.answers.erase(context.answers.begin(), rest);
    for (const auto& [information, transfer] : passed)
    {
        news.n2MbsSmInfoList.push_back(information);
        parts.push_back({SBI_NGAP_TYPE, information.ngapData.contentId, transfer});
    }
    if (complete && context.answers.empty() && !context.finished)
    {
        context.finished = true;
        news.operationStatus = context.update ? namf::OperationStatus::MBS_SESSION_UPDATE_COMPLETE
                                              : namf::OperationStatus::MBS_SESSION_START_COMPLETE;
    }
    else if (answer && context.finished && !complete)
    {
        news.operationStatus = context.update ? namf::OperationStatus::MBS_SESSION_UPDATE_INCOMPLETE
                                              : namf::OperationStatus::MBS_SESSION_START_INCOMPLETE;
    }
    if (!answer)
    {
        // Those that answer meanwhile share the next notification.
        context.notifying = true;
        NotifyBroadcast(context,
                        news,
                        parts,
                        [this, ref = context.ref, operation = context.operation, passed](
                            bool taken) { PassedOn(ref, operation, passed, taken); });
        return;
    }
    context.success = false;
    const Responder respond = std::move(context.respond);
    context.respond = nullptr;
    std::string json;
    if (context.update)
    {
        json = namf::ContextUpdateRspData{news.n2MbsSmInfoList, news.operationStatus}.Encode();
    }
    else
    {
        namf::ContextCreateRspData created;
        created.mbsSessionId.tmgi = context.tmgi;
        created.n2MbsSmInfoList = news.n2MbsSmInfoList;
        created.operationStatus = news.operationStatus;
        json = created.Encode();
    }
    const std::string location =
        context.update ? std::string() : sbi::path::BroadcastContext(context.ref);
    SbiResponse response = JsonResponse(context.update ? 200 : 201, json, location);
    if (!parts.empty())
    {
        parts.insert(parts.begin(), {SBI_JSON_TYPE, "json", sbi::ViewOf(json)});
        SbiMultipart multipart = EncodeMultipart(parts);
        response.contentType = multipart.contentType;
        response.body = std::move(multipart.body);
    }
    respond(response);
    PassOn(context);
}

void
Amf::PassedOn(const std::string& ref,
              uint32_t operation,
              const BroadcastAnswers& answers,
              bool taken)
{
    const auto find = [this, ref] {
        return std::find_if(m_broadcast.begin(), m_broadcast.end(), [&ref](const auto& entry) {
            return entry.second.ref == ref;
        });
    };
    const auto it = find();
    if (it == m_broadcast.end())
    {
        return;
    }
    BroadcastContext& context = it->second;
    const auto goOn = [this, find] {
        const auto known = find();
        if (known != m_broadcast.end())
        {
            known->second.notifying = false;
            PassOn(known->second);
        }
    };
    if (taken)
    {
        context.failures = 0;
        goOn();
        return;
    }
    // The MB-SMF would not know of gNBs' own tunnels: what it did not take it gets once more.
    context.answers.insert(context.answers.begin(), answers.begin(), answers.end());
    context.finished = context.finished && context.operation != operation;
    TryLater(context.failures++, goOn);
}

void
Amf::NotifyBroadcast(const BroadcastContext& context,
                     namf::ContextStatusNotification notification,
                     const std::vector<SbiPart>& parts,
                     const std::function<void(bool)>& done)
{
    const auto uri = SbiUri::FromText(context.notifyUri);
    if (!uri)
    {
        Drop(operations::BROADCAST_CONTEXT_STATUS_NOTIFY.name, "notifyUri is not an http URI");
        After(Seconds(0), [done] { done(true); });
        return;
    }
    notification.mbsSessionId.tmgi = context.tmgi;
    Request(uri->host,
            uri->port,
            MultipartRequest(uri->path,
                             notification.Encode(),
                             parts,
                             operations::BROADCAST_CONTEXT_STATUS_NOTIFY),
            [this, done](const SbiResponse& response) {
                constexpr int STATUS_NOT_FOUND = 404;
                if (!IsSuccess(response))
                {
                    Drop(operations::BROADCAST_CONTEXT_STATUS_NOTIFY.name,
                         "the MB-SMF answered " + StatusText(response));
                }
                // An MB-SMF that does not know the session any more has no use for the news, and
                // starts it again if there is to be one.
                done(IsSuccess(response) || response.status == STATUS_NOT_FOUND);
            });
}

void
Amf::NotifyRestart(Ipv4Address gnb)
{
    const auto known = m_gnbs.find(gnb);
    if (known == m_gnbs.end())
    {
        return;
    }
    for (auto& [tmgi, context] : m_broadcast)
    {
        context.up.erase(gnb);
        if (IsInArea(context.area, known->second))
        {
            NotifyRestartOf(tmgi, gnb, 0);
        }
    }
}

void
Amf::NotifyRestartOf(const Tmgi& tmgi, Ipv4Address gnb, uint32_t attempt)
{
    const auto it = m_broadcast.find(tmgi);
    if (it == m_broadcast.end() || it->second.up.count(gnb) > 0)
    {
        return;
    }
    namf::ContextStatusNotification notification;
    notification.operationEvents = {
        {namf::OpEventType::NG_RAN_EVENT,
         GetNfInstanceId(),
         {{m_gnbs.at(gnb).id, namf::NgranFailureIndication::NG_RAN_RESTART_OR_START}}}};
    NotifyBroadcast(it->second, notification, {}, [this, tmgi, gnb, attempt](bool taken) {
        if (!taken)
        {
            TryLater(attempt,
                     [this, tmgi, gnb, attempt] { NotifyRestartOf(tmgi, gnb, attempt + 1); });
        }
    });
}

void
Amf::Handle(Ipv4Address gnb, const NgapBroadcastSessionSetupResponse& message)
{
    BroadcastAnswered(gnb,
                      message.mbsSessionId.tmgi,
                      namf::BroadcastNgapIeType::MBS_SES_RSP,
                      message.transfer);
}

void
Amf::Handle(Ipv4Address gnb, const NgapBroadcastSessionSetupFailure& message)
{
    Drop(NgapMessageName(message.TYPE), "a gNB could not do it");
    BroadcastAnswered(gnb,
                      message.mbsSessionId.tmgi,
                      namf::BroadcastNgapIeType::MBS_SES_FAIL,
                      message.transfer);
}

void
Amf::Handle(Ipv4Address gnb, const NgapBroadcastSessionModificationResponse& message)
{
    BroadcastAnswered(gnb,
                      message.mbsSessionId.tmgi,
                      namf::BroadcastNgapIeType::MBS_SES_RSP,
                      message.transfer);
}

void
Amf::Handle(Ipv4Address gnb, const NgapBroadcastSessionModificationFailure& message)
{
    Drop(NgapMessageName(message.TYPE), "a gNB could not do it");
    BroadcastAnswered(gnb,
                      message.mbsSessionId.tmgi,
                      namf::BroadcastNgapIeType::MBS_SES_FAIL,
                      message.transfer);
}

void
Amf::Handle(Ipv4Address gnb, const NgapBroadcastSessionReleaseResponse& message)
{
    if (m_endingBroadcast.erase({message.mbsSessionId.tmgi, gnb}) > 0)
    {
        BroadcastAnswered(gnb,
                          message.mbsSessionId.tmgi,
                          namf::BroadcastNgapIeType::MBS_SES_REL_RSP,
                          message.transfer);
    }
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-rrc-handover.h"
#include "ns3/mbs-rrc-measurement.h"
#include "ns3/mbs-rrc-paging.h"
#include "ns3/mbs-rrc.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    const auto paging = Recode<RrcPaging>(octets);
    const auto report = Recode<RrcMeasurementReport>(octets);
    const auto message = Recode<RrcMessage>(octets);
    const auto information = Recode<HandoverPreparationInformation>(octets);
    const auto command = Recode<HandoverCommand>(octets);
    const int accepted = int(bool(paging)) + int(bool(report)) + int(bool(message)) +
                         int(bool(information)) + int(bool(command));
    Require(accepted <= 1, "octets are two messages");
    return accepted == 1;
}

/** @return messages */
std::vector<Bytes>
Seeds()
{
    RrcMessage message;
    message.type = RrcType::UL_INFORMATION_TRANSFER;
    message.nas = {0x7e, 0x00, 0x67};
    std::vector<Bytes> seeds{message.Encode()};
    message.type = RrcType::RECONFIGURATION;
    message.transaction = 3;
    message.bearers = {{Tmgi(0x123456, PlmnId()), 0x1234, false},
                       {Tmgi(0x123457, PlmnId()), 0x1235, false, true},
                       {Tmgi(0x654321, *PlmnId::From("310", "410")), 0xfffd, true}};
    seeds.push_back(message.Encode());
    RrcMessage request;
    request.type = RrcType::REESTABLISHMENT_REQUEST;
    request.identity = {2, 70000};
    seeds.push_back(request.Encode());
    RrcMessage order;
    order.type = RrcType::RECONFIGURATION_WITH_SYNC;
    order.bearers = {{Tmgi(0x123456, PlmnId()), 0x1234, false}};
    order.sync = {1, 9, 1000};
    seeds.push_back(order.Encode());
    seeds.push_back(HandoverCommand{order.Encode()}.Encode());
    HandoverPreparationInformation information;
    information.source = {2, 70000};
    information.ueId = 1023;
    seeds.push_back(information.Encode());
    RrcPaging paging;
    paging.records = {{PagingIdentity::Kind::FULL_I_RNTI, 7},
                      {PagingIdentity::Kind::NG_5G_S_TMSI, 0xffff12345678}};
    paging.groups = {Tmgi(0x123456, PlmnId())};
    seeds.push_back(paging.Encode());
    RrcMeasurementReport report;
    report.servingRsrp = 40;
    report.neighbours = {{1, 44}, {70000, 43}};
    seeds.push_back(report.Encode());
    return seeds;
}

const Target TARGET("rrc", 512, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-nas-containers.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    const bool requested = bool(Recode<RequestedMbsContainer>(octets));
    const auto received = ReceivedMbsContainer::Decode(octets);
    Recode<ReceivedMbsContainer>(octets);
    const auto names = PeekKeyNames(octets);
    Require(bool(names) == bool(received), "a glance at the keys is of another opinion");
    if (received)
    {
        std::size_t sets = 0;
        for (const ReceivedMbsInformation& information : received->sessions)
        {
            sets += information.keySets.size();
        }
        Require(names->size() == sets, "a glance sees another number of keys");
    }
    return requested || received;
}

/** @return containers */
std::vector<Bytes>
Seeds()
{
    const Tmgi tmgi(0x123456, *PlmnId::From("262", "01"));
    const SsmIpv4 ssm{Ipv4Address("10.0.0.1"), Ipv4Address("232.1.1.1")};
    const RequestedMbsContainer requested{
        {{MbsOperation::JOIN, tmgi}, {MbsOperation::LEAVE, ssm}, {MbsOperation::JOIN, SsmIpv6()}}};
    ReceivedMbsInformation accepted;
    accepted.decision = MbsDecision::JOIN_ACCEPTED;
    accepted.tmgi = tmgi;
    accepted.ssm = ssm;
    accepted.taiList = {{PlmnId(), 1}, {PlmnId(), 2}, {tmgi.Plmn(), 3}};
    accepted.nrCgiList = {{0x123456789, PlmnId()}};
    accepted.timer = MbsStartTime();
    N1KeySet keys;
    keys.mskId = MskId(1, 2);
    keys.mtk = N1EncryptedMtk{MtkId(3), {}};
    accepted.keySets = {keys, N1KeySet()};
    ReceivedMbsInformation rejected;
    rejected.decision = MbsDecision::JOIN_REJECTED;
    rejected.cause = MbsRejectionCause::NOT_AUTHORIZED;
    rejected.tmgi = tmgi;
    rejected.ssm = SsmIpv6();
    rejected.timer = MbsBackOffTimer{0x21};
    return {requested.Encode(),
            ReceivedMbsContainer{{accepted}}.Encode(),
            ReceivedMbsContainer{{rejected, accepted}}.Encode()};
}

const Target TARGET("nas-containers", 512, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz

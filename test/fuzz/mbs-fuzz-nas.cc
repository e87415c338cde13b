// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-nas-5gmm.h"
#include "ns3/mbs-nas-5gsm.h"
#include "ns3/mbs-nas-service.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** @param octets a 5GSM message @return true if it was accepted */
bool
ReadSessionManagement(ByteView octets)
{
    const auto header = NasSmHeader::Peek(octets);
    const bool accepted = Recode<PduSessionModificationRequest>(octets) ||
                          Recode<PduSessionModificationReject>(octets) ||
                          Recode<PduSessionModificationCommand>(octets) ||
                          Recode<PduSessionModificationComplete>(octets) ||
                          Recode<PduSessionModificationCommandReject>(octets);
    Require(!accepted || header, "a message is accepted that has no header");
    const auto container = FindReceivedMbsContainer(octets);
    const auto command = PduSessionModificationCommand::Decode(octets);
    Require(!command || (container && container->empty() != command->receivedMbs.has_value()),
            "a glance at a command sees another container");
    return accepted;
}

/** @param octets a 5GMM message @return true if it was accepted */
bool
ReadMobilityManagement(ByteView octets)
{
    const auto names = PeekN1KeyIds(octets);
    const auto up = UlNasTransport::Decode(octets);
    const auto down = DlNasTransport::Decode(octets);
    Require(names.empty() || down, "keys are seen in what is no message to a UE");
    Recode<UlNasTransport>(octets);
    Recode<DlNasTransport>(octets);
    Recode<NasServiceRequest>(octets);
    Recode<NasServiceAccept>(octets);
    if (up)
    {
        ReadSessionManagement(up->payload);
    }
    if (down)
    {
        ReadSessionManagement(down->payload);
    }
    return up || down;
}

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    const bool session = ReadSessionManagement(octets);
    return ReadMobilityManagement(octets) || session;
}

/** @return messages */
std::vector<Bytes>
Seeds()
{
    const Tmgi tmgi(0x123456, PlmnId());
    PduSessionModificationRequest request;
    request.pduSessionId = 1;
    request.pti = 5;
    request.cause = NasSmCause::REGULAR_DEACTIVATION;
    request.requestedMbs = RequestedMbsContainer{{{MbsOperation::JOIN, tmgi}}};
    PduSessionModificationCommand command;
    command.pduSessionId = 1;
    command.cause = NasSmCause::REGULAR_DEACTIVATION;
    ReceivedMbsInformation information;
    information.decision = MbsDecision::SECURITY_UPDATE;
    information.tmgi = tmgi;
    N1KeySet keys;
    keys.mskId = MskId(1, 2);
    information.keySets = {keys, keys};
    information.keySets[1].mtk = N1EncryptedMtk{MtkId(3), {}};
    command.receivedMbs = ReceivedMbsContainer{{information}};
    std::vector<Bytes> seeds{
        request.Encode(),
        command.Encode(),
        PduSessionModificationReject{1, 5, NasSmCause::REQUEST_REJECTED}.Encode(),
        PduSessionModificationComplete{1, 5}.Encode(),
        PduSessionModificationCommandReject{1, 5, NasSmCause::PROTOCOL_ERROR}.Encode()};
    seeds.push_back(UlNasTransport{seeds[0], 1, NasRequestType::MODIFICATION_REQUEST}.Encode());
    seeds.push_back(DlNasTransport{seeds[1], 1}.Encode());
    return seeds;
}

const Target TARGET("nas", 512, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-codec-checks.h"

#include "ns3/mbs-pfcp.h"

namespace ns3::mbs
{

namespace
{

/** MB-SMF asks for an ingress tunnel, LL SSM and C-TEID; QFI 9 with sequence numbers. */
constexpr char ESTABLISHMENT_REQUEST[] =
    "21 32 00ab 0000000000000000 000001 00"
    "003c 0005 00 0a000001"                  // Node ID
    "0039 000d 02 0000000000000011 0a000001" // CP F-SEID
    "0001 0031"                              // Create PDR
    "  0038 0002 0001  001d 0004 000000ff"   // PDR ID, precedence
    "  0002 000a 0014 0001 01 0134 0001 05"  // PDI: core, ingress tunnel of the UPF's choice
    "  005f 0001 02  006c 0004 00000001  006d 0004 00000001"
    "0003 001d"                            // Create FAR
    "  006c 0004 00000001  002c 0002 0008" // FAR ID, FSSM
    "  012d 000b 002a 0001 00 0054 0002 0004"
    "0007 0017" // Create QER
    "  006d 0004 00000001  0019 0001 00  007c 0001 09  013f 0001 01"
    "012c 0010" // MBS Session N4mb Control Information
    "  0131 0007 01 00a1b2 00f110  0133 0001 01";

/** MB-UPF answers with all three. */
constexpr char ESTABLISHMENT_RESPONSE[] = "21 33 0057 0000000000000011 000001 00"
                                          "003c 0005 00 0a000002"
                                          "0013 0001 01"
                                          "0039 000d 02 0000000000000022 0a000002"
                                          "0008 0011 0038 0002 0001 0134 0007 01 1388 0a000003"
                                          "012f 0013 0132 000f 00 0000abcd 04 e8010101 04 0a000002";

/** MB-SMF adds gNB 10.0.0.101 as copy 7, ends copy 3, and clears what was before. */
constexpr char MODIFICATION_REQUEST[] =
    "21 34 004a 0000000000000022 000002 00"
    "000a 0035 006c 0004 00000001 002c 0002 0010"
    "  012e 0019 002a 0001 00 0135 0002 0007 0054 000a 0100 00001234 0a000065"
    "  0130 0006 0135 0002 0003"
    "0031 0001 20";

/** @return the request of ESTABLISHMENT_REQUEST, built from values */
PfcpSessionEstablishmentRequest
SampleRequest()
{
    PfcpSessionEstablishmentRequest request;
    request.sequence = 1;
    request.nodeId.address = Ipv4Address("10.0.0.1");
    request.cpFSeid = {0x11, Ipv4Address("10.0.0.1")};
    PfcpCreatePdr pdr;
    pdr.pdrId = 1;
    pdr.precedence = 255;
    pdr.localIngressTunnel.emplace();
    pdr.removeUdpIpv4 = true;
    pdr.farId = 1;
    pdr.qerIds = {1};
    request.createPdrs.push_back(pdr);
    PfcpCreateFar far;
    far.farId = 1;
    far.action.multicast = true;
    far.multicast.emplace();
    request.createFars.push_back(far);
    PfcpCreateQer qer;
    qer.qerId = 1;
    qer.qfi = 9;
    qer.insertSequenceNumber = true;
    request.createQers.push_back(qer);
    request.control.sessionId.tmgi = Tmgi(0x00a1b2, PlmnId());
    request.control.provideLlSsm = true;
    return request;
}

/** @param check where to report */
void
TestEstablishmentRequest(Check& check)
{
    check.Equal(ToHex(SampleRequest().Encode()), ToHex(Hex(ESTABLISHMENT_REQUEST)), "octets");
    const auto read = PfcpSessionEstablishmentRequest::Decode(Hex(ESTABLISHMENT_REQUEST));
    check.Expect(bool(read), "accepted");
    check.Equal(read->seid, 0u, "SEID not known yet");
    check.Equal(read->sequence, 1u, "sequence number");
    check.Equal(read->nodeId.address, Ipv4Address("10.0.0.1"), "node");
    check.Equal(read->cpFSeid.seid, 0x11u, "CP F-SEID");
    const auto& pdr = read->createPdrs.at(0);
    check.Equal(int(pdr.pdrId), 1, "PDR ID");
    check.Equal(pdr.precedence, 255u, "precedence");
    check.Expect(pdr.sourceInterface == PfcpInterface::CORE, "from the core");
    check.Expect(pdr.localIngressTunnel && pdr.localIngressTunnel->choose, "UPF chooses");
    check.Expect(pdr.removeUdpIpv4, "header removal");
    check.Equal(*pdr.farId, 1u, "FAR ID");
    check.Equal(pdr.qerIds.at(0), 1u, "QER ID");
    const auto& far = read->createFars.at(0);
    check.Expect(far.action.multicast && !far.action.unicast && !far.action.drop, "FSSM");
    check.Expect(far.multicast->destinationInterface == PfcpInterface::ACCESS, "to N3mb");
    const auto& qer = read->createQers.at(0);
    check.Expect(qer.qfi == 9 && qer.insertSequenceNumber && qer.downlinkOpen, "QER");
    check.Expect(read->control.sessionId.tmgi == Tmgi(0x00a1b2, PlmnId()), "TMGI");
    check.Expect(read->control.provideLlSsm, "PLLSSM");
    check.Expect(!read->control.joinSsm && !read->control.restoration, "no other flag");
}

/** @param check where to report */
void
TestEstablishmentResponse(Check& check)
{
    PfcpSessionEstablishmentResponse response;
    response.seid = 0x11;
    response.sequence = 1;
    response.nodeId.address = Ipv4Address("10.0.0.2");
    response.upFSeid = PfcpFSeid{0x22, Ipv4Address("10.0.0.2")};
    response.createdPdrs.push_back(
        {1, PfcpLocalIngressTunnel{false, 5000, Ipv4Address("10.0.0.3")}});
    response.multicast =
        PfcpMulticastTransport{0xabcd, {Ipv4Address("10.0.0.2"), Ipv4Address("232.1.1.1")}};
    check.Equal(ToHex(response.Encode()), ToHex(Hex(ESTABLISHMENT_RESPONSE)), "octets");

    const auto read = PfcpSessionEstablishmentResponse::Decode(Hex(ESTABLISHMENT_RESPONSE));
    check.Expect(bool(read), "accepted");
    check.Equal(read->seid, 0x11u, "SEID");
    check.Expect(read->cause == PfcpCause::ACCEPTED, "cause");
    check.Equal(read->upFSeid->seid, 0x22u, "UP F-SEID");
    const auto& tunnel = *read->createdPdrs.at(0).localIngressTunnel;
    check.Equal(int(tunnel.port), 5000, "ingress port");
    check.Equal(tunnel.address, Ipv4Address("10.0.0.3"), "ingress address");
    check.Equal(read->multicast->cTeid, 0xabcdu, "C-TEID");
    check.Equal(read->multicast->llSsm.destination, Ipv4Address("232.1.1.1"), "group");
    check.Equal(read->multicast->llSsm.source, Ipv4Address("10.0.0.2"), "source");

    PfcpSessionEstablishmentResponse refusal;
    refusal.cause = PfcpCause::NO_RESOURCES;
    const auto readRefusal = PfcpSessionEstablishmentResponse::Decode(refusal.Encode());
    check.Expect(readRefusal && readRefusal->cause == PfcpCause::NO_RESOURCES, "refusal");
    check.Expect(!readRefusal->upFSeid && !readRefusal->multicast, "without a session");
    check.Expect(
        PfcpSessionEstablishmentResponse::Decode(
            Hex("21 33 001a 0000000000000011 000001 00 003c 0005 00 0a000002 0013 0001 01"))
                .Error() == DecodeError::MALFORMED,
        "accepting without a session is refused");
}

/** @param check where to report */
void
TestModification(Check& check)
{
    PfcpSessionModificationRequest request;
    request.seid = 0x22;
    request.sequence = 2;
    PfcpUpdateFar far;
    far.farId = 1;
    far.action.emplace();
    far.action->unicast = true;
    far.addUnicast.push_back(
        {PfcpInterface::ACCESS, 7, PfcpGtpuTunnel{0x1234, Ipv4Address("10.0.0.101")}});
    far.removeUnicast = {3};
    request.updateFars.push_back(far);
    request.deleteUnicastTunnels = true;
    check.Equal(ToHex(request.Encode()), ToHex(Hex(MODIFICATION_REQUEST)), "octets");

    const auto read = PfcpSessionModificationRequest::Decode(Hex(MODIFICATION_REQUEST));
    check.Expect(bool(read), "accepted");
    const auto& update = read->updateFars.at(0);
    check.Expect(update.action->unicast && !update.action->multicast, "MBSU");
    check.Equal(int(update.addUnicast.at(0).id), 7, "copy to begin");
    check.Equal(update.addUnicast[0].tunnel.teid, 0x1234u, "TEID");
    check.Equal(update.addUnicast[0].tunnel.address, Ipv4Address("10.0.0.101"), "gNB");
    check.Equal(int(update.removeUnicast.at(0)), 3, "copy to end");
    check.Expect(read->deleteUnicastTunnels, "DETEID");

    PfcpSessionModificationResponse response;
    response.seid = 0x11;
    response.sequence = 2;
    check.Equal(ToHex(response.Encode()), "213500110000000000000011000002000013000101", "response");
    const auto readResponse = PfcpSessionModificationResponse::Decode(response.Encode());
    check.Expect(readResponse && readResponse->cause == PfcpCause::ACCEPTED, "accepted");
    check.Equal(readResponse->seid, 0x11u, "SEID");
}

/** @param check where to report */
void
TestShortMessages(Check& check)
{
    PfcpHeartbeatRequest beat;
    beat.sequence = 0xffffff;
    beat.recoveryTimeStamp = 0x01020304;
    check.Equal(ToHex(beat.Encode()), "2001000cffffff000060000401020304", "heartbeat");
    const auto readBeat = PfcpHeartbeatRequest::Decode(beat.Encode());
    check.Expect(readBeat && readBeat->sequence == 0xffffff, "sequence number");
    check.Equal(readBeat->recoveryTimeStamp, 0x01020304u, "time stamp");
    PfcpHeartbeatResponse answer;
    answer.sequence = 7;
    check.Equal(ToHex(answer.Encode()), "2002000c000007000060000400000000", "answer");
    check.Expect(bool(PfcpHeartbeatResponse::Decode(answer.Encode())), "answer read");

    PfcpAssociationSetupRequest setup;
    setup.sequence = 1;
    setup.nodeId.address = Ipv4Address("10.0.0.1");
    check.Equal(ToHex(setup.Encode()),
                "2005001500000100003c0005000a0000010060000400000000",
                "setup");
    const auto readSetup = PfcpAssociationSetupRequest::Decode(setup.Encode());
    check.Expect(readSetup && readSetup->nodeId.address == setup.nodeId.address, "setup read");
    PfcpAssociationSetupResponse setupAnswer;
    setupAnswer.sequence = 1;
    setupAnswer.nodeId.address = Ipv4Address("10.0.0.2");
    setupAnswer.cause = PfcpCause::CONGESTION;
    const auto readAnswer = PfcpAssociationSetupResponse::Decode(setupAnswer.Encode());
    check.Expect(readAnswer && readAnswer->cause == PfcpCause::CONGESTION, "answer read");

    PfcpSessionDeletionRequest end;
    end.seid = 0x22;
    end.sequence = 3;
    check.Equal(ToHex(end.Encode()), "2136000c000000000000002200000300", "deletion");
    const auto readEnd = PfcpSessionDeletionRequest::Decode(end.Encode());
    check.Expect(readEnd && readEnd->seid == 0x22 && readEnd->sequence == 3, "deletion read");
    PfcpSessionDeletionResponse endAnswer;
    endAnswer.cause = PfcpCause::SESSION_NOT_FOUND;
    const auto readEndAnswer = PfcpSessionDeletionResponse::Decode(endAnswer.Encode());
    check.Expect(readEndAnswer && readEndAnswer->cause == PfcpCause::SESSION_NOT_FOUND, "read");

    for (const Bytes& sample : {beat.Encode(), setup.Encode(), end.Encode(), endAnswer.Encode()})
    {
        ExpectPrefixesRefused(check, sample, &PfcpHeader::Peek);
    }
    for (int type : {1, 2, 5, 6, 50, 51, 52, 53, 54, 55})
    {
        check.Expect(std::string(ToString(static_cast<PfcpType>(type))).find("PFCP ") == 0, "name");
    }
    check.Equal(std::string(ToString(static_cast<PfcpType>(99))), "unknown PFCP message", "name");
}

/** @param check where to report */
void
TestHeader(Check& check)
{
    const auto header = PfcpHeader::Peek(Hex(MODIFICATION_REQUEST));
    check.Expect(header && header->type == PfcpType::SESSION_MODIFICATION_REQUEST, "type");
    check.Expect(header->seid == 0x22u && header->sequence == 2, "SEID and sequence number");
    const auto error = [](const char* text) { return PfcpHeader::Peek(Hex(text)).Error(); };
    check.Expect(error("40 01 0004 00000100") == DecodeError::UNSUPPORTED, "version 2");
    check.Expect(error("24 01 0004 00000100") == DecodeError::UNSUPPORTED, "bundled");
    check.Expect(error("20 01 0003 00000100") == DecodeError::TRAILING, "length short");
    check.Expect(error("20 01 0003 000001") == DecodeError::MALFORMED, "no room for the header");
    check.Expect(bool(PfcpHeader::Peek(Hex("23 36 000c 0000000000000022 00000310"))),
                 "message priority is passed over");
    check.Expect(PfcpHeartbeatRequest::Decode(Hex("2002000c000007000060000400000000")).Error() ==
                     DecodeError::UNSUPPORTED,
                 "another type");
    check.Expect(PfcpSessionDeletionRequest::Decode(Hex("2036000400000300")).Error() ==
                     DecodeError::MALFORMED,
                 "session message without SEID");
    check.Expect(
        PfcpHeartbeatRequest::Decode(Hex("21010014 0000000000000000 00000700 0060000400000000"))
                .Error() == DecodeError::MALFORMED,
        "node message with SEID");
}

/** @param check where to report */
void
TestElements(Check& check)
{
    // F-SEID
    check.Expect(PfcpFSeid::Decode(Hex("01 0000000000000001")).Error() == DecodeError::UNSUPPORTED,
                 "F-SEID of IPv6");
    check.Expect(PfcpFSeid::Decode(Hex("00 0000000000000001")).Error() == DecodeError::MALFORMED,
                 "F-SEID without address");
    check.Expect(PfcpFSeid::Decode(Hex("02 0000000000000001 0a0000")).Error() ==
                     DecodeError::MALFORMED,
                 "F-SEID cut");
    check.Expect(bool(PfcpFSeid::Decode(
                     Hex("03 0000000000000001 0a000001 20010db8000000000000000000000001"))),
                 "F-SEID of both");
    // Node ID
    check.Expect(PfcpNodeId::Decode(Hex("02 026772")).Error() == DecodeError::UNSUPPORTED, "FQDN");
    check.Expect(PfcpNodeId::Decode(Hex("00 0a0000")).Error() == DecodeError::MALFORMED, "cut");
    // Apply Action
    const auto action = [](const char* text) { return PfcpApplyAction::Decode(Hex(text)); };
    check.Expect(action("01")->drop, "DROP in one octet");
    check.Expect(action("0200")->forward, "FORW");
    check.Expect(action("0c00")->buffer && action("0c00")->notify, "BUFF and NOCP");
    check.Expect(action("0018")->multicast && action("0018")->unicast, "FSSM and MBSU");
    check.Expect(action("").Error() == DecodeError::MALFORMED, "empty");
    check.Expect(action("0000").Error() == DecodeError::OUT_OF_RANGE, "nothing to do");
    check.Expect(action("0108").Error() == DecodeError::OUT_OF_RANGE, "DROP and FSSM");
    check.Expect(action("0900").Error() == DecodeError::OUT_OF_RANGE, "NOCP without BUFF");
    check.Expect(action("2000").Error() == DecodeError::UNSUPPORTED, "IPTV");
    PfcpApplyAction inactive;
    inactive.buffer = true;
    inactive.notify = true;
    check.Equal(ToHex(inactive.Encode()), "0c00", "BUFF and NOCP");
    // Outer Header Creation
    check.Expect(PfcpGtpuTunnel::Decode(Hex("0200 00000001")).Error() == DecodeError::UNSUPPORTED,
                 "GTP-U over IPv6");
    check.Expect(PfcpGtpuTunnel::Decode(Hex("0100 00000001")).Error() == DecodeError::MALFORMED,
                 "cut");
    // MBS Session Identifier
    PfcpMbsSessionId id;
    id.tmgi = Tmgi(0x00a1b2, PlmnId());
    id.ssm = SsmIpv4{Ipv4Address("10.0.0.1"), Ipv4Address("232.1.1.1")};
    check.Equal(ToHex(id.Encode()), "0300a1b200f11004e8010101040a000001", "group first");
    const auto readId = PfcpMbsSessionId::Decode(id.Encode());
    check.Expect(readId && readId->tmgi == id.tmgi && readId->ssm == id.ssm, "both");
    const auto idError = [](const char* text) {
        return PfcpMbsSessionId::Decode(Hex(text)).Error();
    };
    check.Expect(idError("00") == DecodeError::MALFORMED, "names nothing");
    check.Expect(idError("01 00a1b2 0af110") == DecodeError::OUT_OF_RANGE, "digit ten");
    check.Expect(idError("05 00a1b2 00f110 123456789ab0") == DecodeError::UNSUPPORTED, "NID");
    check.Expect(idError("02 50 ff3e0000000000000000000080000001") == DecodeError::UNSUPPORTED,
                 "IPv6");
    check.Expect(idError("02 05 e801010100") == DecodeError::MALFORMED, "length five");
    check.Expect(idError("02 04 e8010101 04 0a00") == DecodeError::MALFORMED, "cut");
    // Multicast Transport Information
    check.Expect(PfcpMulticastTransport::Decode(Hex("00 0000abcd 04 e8010101")).Error() ==
                     DecodeError::MALFORMED,
                 "no source");
    // Local Ingress Tunnel
    const auto ingress = [](const char* text) {
        return PfcpLocalIngressTunnel::Decode(Hex(text)).Error();
    };
    check.Expect(ingress("") == DecodeError::MALFORMED, "empty");
    check.Expect(ingress("04") == DecodeError::OUT_OF_RANGE, "neither version");
    check.Expect(ingress("07") == DecodeError::OUT_OF_RANGE, "both versions");
    check.Expect(ingress("06") == DecodeError::UNSUPPORTED, "IPv6");
    check.Expect(ingress("01 1388") == DecodeError::MALFORMED, "cut");
}

/** @param check where to report */
void
TestRules(Check& check)
{
    PfcpN4mbControl control;
    control.sessionId.tmgi = Tmgi(1, PlmnId());
    control.areaSessionId = 0x0102;
    control.joinSsm = true;
    control.restoration = true;
    const Bytes controlOctets = Hex("0131 0007 01 000001 00f110 013a 0002 0102 0133 0001 06");
    check.Equal(ToHex(control.Encode()), ToHex(controlOctets), "control information");
    const auto readControl = PfcpN4mbControl::Decode(controlOctets);
    check.Expect(readControl && readControl->areaSessionId == 0x0102, "area session ID");
    check.Expect(readControl->joinSsm && readControl->restoration, "flags");
    check.Expect(!readControl->provideLlSsm, "no PLLSSM");
    check.Expect(PfcpN4mbControl::Decode(Hex("0133 0001 06")).Error() == DecodeError::MALFORMED,
                 "control information without session");

    PfcpCreateFar far;
    far.farId = 2;
    far.action.multicast = true;
    far.action.unicast = true;
    far.multicast.emplace();
    far.addUnicast.push_back({PfcpInterface::ACCESS, 1, {5, Ipv4Address("10.0.0.5")}});
    far.addUnicast.push_back({PfcpInterface::ACCESS, 2, {6, Ipv4Address("10.0.0.6")}});
    const auto readFar = PfcpCreateFar::Decode(far.Encode());
    check.Expect(readFar && readFar->addUnicast.size() == 2 && readFar->multicast, "FAR for both");
    check.Equal(ToHex(readFar->Encode()), ToHex(far.Encode()), "octets");
    const auto farError = [](const char* text) { return PfcpCreateFar::Decode(Hex(text)).Error(); };
    check.Expect(farError("006c 0004 00000001 002c 0002 0008") == DecodeError::MALFORMED,
                 "FSSM without multicast parameters");
    check.Expect(farError("006c 0004 00000001 002c 0002 0010") == DecodeError::MALFORMED,
                 "MBSU without unicast parameters");
    check.Expect(farError("006c 0004 00000001") == DecodeError::MALFORMED, "no action");
    check.Expect(farError("006c 0003 000001 002c 0001 01") == DecodeError::MALFORMED, "FAR ID cut");
    check.Expect(farError("006c 0004 00000001 002c 0001 01 00") == DecodeError::TRUNCATED,
                 "element cut");
    check.Expect(farError("006c 0004 00000001 002c 0002 0008"
                          "012d 000b 002a 0001 00 0054 0002 0100") == DecodeError::UNSUPPORTED,
                 "multicast parameters of another kind");
    check.Expect(farError("006c 0004 00000001 002c 0002 0008"
                          "012d 000b 002a 0001 04 0054 0002 0004") == DecodeError::UNSUPPORTED,
                 "towards lawful interception");
    check.Expect(farError("006c 0004 00000001 002c 0002 0008"
                          "012d 000a 002a 0000 0054 0002 0004") == DecodeError::MALFORMED,
                 "interface without value");
    check.Expect(
        bool(PfcpCreateFar::Decode(Hex("006c 0004 00000001 002c 0001 01 8001 0002 7530 0016 0001 61"
                                       "006c 0004 00000009"))),
        "elements of vendors and others are skipped");

    PfcpCreateQer closed;
    closed.qerId = 3;
    closed.downlinkOpen = false;
    const auto readQer = PfcpCreateQer::Decode(closed.Encode());
    check.Expect(readQer && !readQer->downlinkOpen && !readQer->qfi, "closed gate");
    check.Expect(!PfcpCreateQer::Decode(Hex("006d 0004 00000003 0019 0001 02"))->downlinkOpen,
                 "a gate value of 2 is read as closed");
    check.Expect(*PfcpCreateQer::Decode(Hex("006d 0004 00000003 0019 0001 00 007c 0001 c9"))->qfi ==
                     9,
                 "spare bits of the QFI are passed over");
    check.Expect(PfcpCreateQer::Decode(Hex("006d 0004 00000003")).Error() == DecodeError::MALFORMED,
                 "QER without gate");

    const auto pdrError = [](const char* text) { return PfcpCreatePdr::Decode(Hex(text)).Error(); };
    check.Expect(pdrError("0038 0002 0001 001d 0004 000000ff") == DecodeError::MALFORMED, "no PDI");
    check.Expect(
        pdrError("0038 0002 0001 001d 0004 000000ff 0002 0005 0014 0001 01 005f 0001 00") ==
            DecodeError::UNSUPPORTED,
        "removal of GTP-U");
    check.Expect(pdrError("0038 0002 0001 001d 0004 000000ff 0002 0005 0014 0001 01 005f 0000") ==
                     DecodeError::MALFORMED,
                 "removal without value");
    check.Expect(PfcpCreatedPdr::Decode(Hex("0016 0001 61")).Error() == DecodeError::MALFORMED,
                 "created PDR without ID");

    check.Expect(PfcpAddUnicast::Decode(Hex("002a 0001 00 0135 0002 0007")).Error() ==
                     DecodeError::MALFORMED,
                 "unicast parameters without tunnel");
    check.Expect(PfcpUpdateFar::Decode(Hex("006c 0004 00000001 0130 0000")).Error() ==
                     DecodeError::MALFORMED,
                 "removal without ID");
    check.Expect(PfcpUpdateFar::Decode(Hex("002c 0001 01")).Error() == DecodeError::MALFORMED,
                 "update without FAR ID");
}

/** @param check where to report */
void
TestMissingElements(Check& check)
{
    check.Expect(PfcpHeartbeatRequest::Decode(Hex("2001000400000700")).Error() ==
                     DecodeError::MALFORMED,
                 "heartbeat without time stamp");
    check.Expect(
        PfcpAssociationSetupRequest::Decode(Hex("2005000c00000100 0060000400000000")).Error() ==
            DecodeError::MALFORMED,
        "setup without node");
    check.Expect(PfcpAssociationSetupResponse::Decode(
                     Hex("2006001500000100 003c0005000a000001 0060000400000000"))
                         .Error() == DecodeError::MALFORMED,
                 "setup answer without cause");
    check.Expect(PfcpAssociationSetupResponse::Decode(Hex("2005000400000100")).Error() ==
                     DecodeError::UNSUPPORTED,
                 "another type");
    check.Expect(PfcpAssociationSetupRequest::Decode(Hex("2006000400000100")).Error() ==
                     DecodeError::UNSUPPORTED,
                 "another type");
    for (const char* cause : {"0013 0001 00", "0013 0000", "0013 0002 0101", ""})
    {
        Bytes bytes = Hex(std::string("2135000c000000000000001100000200") + cause);
        bytes[3] = static_cast<uint8_t>(bytes.size() - 4);
        check.Expect(PfcpSessionModificationResponse::Decode(bytes).Error() ==
                         DecodeError::MALFORMED,
                     "wrong cause");
    }
    PfcpSessionEstablishmentRequest empty = SampleRequest();
    empty.createFars.clear();
    check.Expect(PfcpSessionEstablishmentRequest::Decode(empty.Encode()).Error() ==
                     DecodeError::MALFORMED,
                 "establishment without FAR");
    check.Expect(PfcpSessionEstablishmentRequest::Decode(Hex(MODIFICATION_REQUEST)).Error() ==
                     DecodeError::UNSUPPORTED,
                 "another type");
    check.Expect(PfcpSessionEstablishmentResponse::Decode(Hex(MODIFICATION_REQUEST)).Error() ==
                     DecodeError::UNSUPPORTED,
                 "another type");
    check.Expect(PfcpSessionModificationRequest::Decode(Hex(ESTABLISHMENT_REQUEST)).Error() ==
                     DecodeError::UNSUPPORTED,
                 "another type");
    check.Expect(PfcpSessionDeletionResponse::Decode(Hex(ESTABLISHMENT_REQUEST)).Error() ==
                     DecodeError::UNSUPPORTED,
                 "another type");
    check.Expect(PfcpSessionModificationRequest::Decode(
                     Hex("21340012 0000000000000022 00000200 00310001 2000"))
                         .Error() == DecodeError::TRUNCATED,
                 "half an element behind the last");
    check.Expect(PfcpSessionDeletionRequest::Decode(Hex("2136000e 0000000000000022 00000200 0000"))
                         .Error() == DecodeError::TRUNCATED,
                 "half an element in a deletion");
    check.Expect(PfcpSessionEstablishmentResponse::Decode(
                     Hex("21330020 0000000000000011 00000100 003c0005000a000002 0013000140"
                         "012f00020000"))
                         .Error() == DecodeError::TRUNCATED,
                 "half an element inside the N4mb information");
}

/** @param check where to report */
void
TestNoise(Check& check)
{
    const auto encode = [](const auto& message) { return message.Encode(); };
    ExpectPrefixesRefused(check,
                          Hex(ESTABLISHMENT_REQUEST),
                          &PfcpSessionEstablishmentRequest::Decode);
    ExpectPrefixesRefused(check,
                          Hex(ESTABLISHMENT_RESPONSE),
                          &PfcpSessionEstablishmentResponse::Decode);
    ExpectPrefixesRefused(check,
                          Hex(MODIFICATION_REQUEST),
                          &PfcpSessionModificationRequest::Decode);
    ExpectSurvivesNoise(check,
                        Hex(ESTABLISHMENT_REQUEST),
                        &PfcpSessionEstablishmentRequest::Decode,
                        encode);
    ExpectSurvivesNoise(check,
                        Hex(ESTABLISHMENT_RESPONSE),
                        &PfcpSessionEstablishmentResponse::Decode,
                        encode);
    ExpectSurvivesNoise(check,
                        Hex(MODIFICATION_REQUEST),
                        &PfcpSessionModificationRequest::Decode,
                        encode);
    ExpectSurvivesNoise(check,
                        Hex("2001000cffffff000060000401020304"),
                        &PfcpHeartbeatRequest::Decode,
                        encode);
    ExpectSurvivesNoise(check,
                        Hex("213500110000000000000011000002000013000101"),
                        &PfcpSessionModificationResponse::Decode,
                        encode);
}

} // namespace

void AddPfcpTests(MbsTestSuite& suite);

void
AddPfcpTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("PFCP: ") + name, body));
    };
    add("an MBS session is asked for with the octets of TS 29.244", &TestEstablishmentRequest);
    add("the answer brings ingress tunnel, LL SSM and C-TEID", &TestEstablishmentResponse);
    add("unicast tunnels are added and removed", &TestModification);
    add("heartbeat, association and deletion are read and written", &TestShortMessages);
    add("the header gives type, SEID and sequence number", &TestHeader);
    add("elements of another kind are refused by name of the reason", &TestElements);
    add("rules need their mandatory elements and skip unknown ones", &TestRules);
    add("messages need their mandatory elements", &TestMissingElements);
    add("noise and cut messages are refused or read safely", &TestNoise);
}

} // namespace ns3::mbs

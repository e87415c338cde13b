// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-codec-checks.h"

#include "ns3/mbs-nas-5gmm.h"
#include "ns3/mbs-nas-5gsm.h"
#include "ns3/mbs-nas-ie.h"

namespace ns3::mbs
{

namespace
{

/** Join of session 00A1B2 in network 001/01. */
constexpr char JOIN_REQUEST[] = "2e 05 01 c9 70 0008 05 06 00a1b2 00f110";

/** Join accepted, one key set with MTK. */
constexpr char JOIN_ACCEPTED[] =
    "2e 05 01 cb 71 0034 02 08 06 00a1b2 00f110 01 01 00f110 00010001"
    "000102030405060708090a0b0c0d0e0f 0001 eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";

/** The same inside a DL NAS TRANSPORT. */
constexpr char JOIN_ACCEPTED_DL[] =
    "7e 00 68 01 003b 2e 05 01 cb 71 0034 02 08 06 00a1b2 00f110 01 01 00f110 00010001"
    "000102030405060708090a0b0c0d0e0f 0001 eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee 12 05";

/** Everything a Received MBS information can have, then a second session. */
constexpr char FULL_CONTAINER[] =
    "5b 0b 06 00a1b2 00f110"                      // MSAI both, MD 3, cause 2; MSCI, MTI 01, IPAE
    "0a000001 e8010101"                           // SSM
    "11 01 00f110 000001 000005 00 02f839 00000a" // two partial lists of type 00
    "10 1234567890 00f110 fffffffff0 130014"      // two cells
    "425060718293"                                // start time
    "02"                                          // two key sets
    "00 00f110 00010002 101112131415161718191a1b1c1d1e1f"
    "01 00f110 00010001 000102030405060708090a0b0c0d0e0f 0007 a0a1a2a3a4a5a6a7a8a9aaabacadaeaf"
    "c4 15 06 00a1b3 00f110" // MD 4, cause 6; IPAT IPv6, MTI 10, IPAE
    "20010db8000000000000000000000001 ff3e0000000000000000000080000001"
    "4a"; // back-off timer

/** @return session 00A1B2 in network 001/01 */
Tmgi
SampleTmgi()
{
    return Tmgi(0x00a1b2, PlmnId());
}

/** @return the command of JOIN_ACCEPTED, built from values */
PduSessionModificationCommand
SampleCommand()
{
    N1KeySet set;
    set.keyDomainId = KeyDomainId(PlmnId());
    set.mskId = MskId(1, 1);
    for (uint8_t i = 0; i < 16; ++i)
    {
        set.msk.Data()[i] = i;
    }
    N1EncryptedMtk mtk;
    mtk.mtkId = MtkId(1);
    mtk.encryptedMtk.fill(0xee);
    set.mtk = mtk;
    ReceivedMbsInformation info;
    info.decision = MbsDecision::JOIN_ACCEPTED;
    info.tmgi = SampleTmgi();
    info.keySets.push_back(set);
    PduSessionModificationCommand command;
    command.pduSessionId = 5;
    command.pti = 1;
    command.receivedMbs.emplace();
    command.receivedMbs->sessions.push_back(info);
    return command;
}

/** @param check where to report */
void
TestJoinRequest(Check& check)
{
    PduSessionModificationRequest request;
    request.pduSessionId = 5;
    request.pti = 1;
    request.requestedMbs.emplace();
    request.requestedMbs->requests.push_back({MbsOperation::JOIN, SampleTmgi()});
    check.Equal(ToHex(request.Encode()), ToHex(Hex(JOIN_REQUEST)), "octets");

    const auto read = PduSessionModificationRequest::Decode(Hex(JOIN_REQUEST));
    check.Expect(bool(read), "accepted");
    check.Equal(int(read->pduSessionId), 5, "PDU session");
    check.Equal(int(read->pti), 1, "PTI");
    check.Expect(!read->cause, "no cause");
    check.Equal(read->requestedMbs->requests.size(), 1u, "one request");
    check.Expect(read->requestedMbs->requests[0].operation == MbsOperation::JOIN, "join");
    check.Expect(std::get<Tmgi>(read->requestedMbs->requests[0].sessionId) == SampleTmgi(), "TMGI");
}

/** @param check where to report */
void
TestRequestedIdentities(Check& check)
{
    const Bytes octets =
        Hex("09 06 00a1b2 00f110"
            "06 0a000001 e8010203"
            "0b 20010db8000000000000000000000001 ff3e0000000000000000000080000001");
    const auto read = RequestedMbsContainer::Decode(octets);
    check.Expect(bool(read), "accepted");
    check.Equal(read->requests.size(), 3u, "three requests");
    check.Expect(read->requests[0].operation == MbsOperation::LEAVE, "leave by TMGI");
    check.Expect(read->requests[1].operation == MbsOperation::JOIN, "join by IPv4 address");
    const auto& ipv4 = std::get<SsmIpv4>(read->requests[1].sessionId);
    check.Expect(ipv4 == SsmIpv4{Ipv4Address("10.0.0.1"), Ipv4Address("232.1.2.3")}, "IPv4");
    check.Expect(ipv4 != SsmIpv4{Ipv4Address("10.0.0.1"), Ipv4Address("232.1.2.4")}, "IPv4 group");
    const auto& ipv6 = std::get<SsmIpv6>(read->requests[2].sessionId);
    check.Equal(int(ipv6.source[15]), 1, "IPv6 source");
    check.Equal(int(ipv6.destination[0]), 0xff, "IPv6 group");
    check.Expect(ipv6 != SsmIpv6(), "IPv6 addresses compare");
    check.Equal(ToHex(read->Encode()), ToHex(octets), "octets");

    const auto error = [](const char* text) {
        return RequestedMbsContainer::Decode(Hex(text)).Error();
    };
    check.Expect(error("") == DecodeError::TRUNCATED, "an empty container is refused");
    check.Expect(error("01 06 00a1b2 00f110") == DecodeError::OUT_OF_RANGE, "operation 0");
    check.Expect(error("0d 06 00a1b2 00f110") == DecodeError::OUT_OF_RANGE, "operation 3");
    check.Expect(error("04 06 00a1b2 00f110") == DecodeError::UNSUPPORTED, "type 0");
    check.Expect(error("05 03 00a1b2") == DecodeError::UNSUPPORTED, "TMGI without network");
    check.Expect(error("05 05 00a1b2 00f1") == DecodeError::MALFORMED, "TMGI of five octets");
    check.Expect(error("05 06 00a1b2 0aa110") == DecodeError::OUT_OF_RANGE, "digit ten");
    check.Expect(error("05 06 00a1b2 00f1") == DecodeError::TRUNCATED, "cut TMGI");
    check.Expect(error("05") == DecodeError::TRUNCATED, "no TMGI");
}

/** @param check where to report */
void
TestJoinAccepted(Check& check)
{
    const Bytes octets = Hex(JOIN_ACCEPTED);
    check.Equal(octets.size(), 4u + 55u, "the information element has 55 octets");
    check.Equal(ToHex(SampleCommand().Encode()), ToHex(octets), "octets");

    const auto read = PduSessionModificationCommand::Decode(octets);
    check.Expect(bool(read), "accepted");
    const auto& info = read->receivedMbs->sessions.at(0);
    check.Expect(info.decision == MbsDecision::JOIN_ACCEPTED, "join accepted");
    check.Expect(info.tmgi == SampleTmgi(), "TMGI");
    const auto& set = info.keySets.at(0);
    check.Expect(set.keyDomainId == KeyDomainId(PlmnId()), "key domain");
    check.Expect(set.mskId == MskId(1, 1), "MSK ID");
    check.Equal(ToHex(set.msk.View()), "000102030405060708090a0b0c0d0e0f", "MSK");
    check.Expect(set.mtk->mtkId == MtkId(1), "MTK ID");
    check.Equal(ToHex(set.mtk->encryptedMtk), std::string(32, 'e'), "MTK");
}

/** @param check where to report */
void
TestKeyUpdateOfTheManual(Check& check)
{
    PduSessionModificationCommand command = SampleCommand();
    command.pti = 0;
    command.receivedMbs->sessions[0].decision = MbsDecision::SECURITY_UPDATE;
    const Bytes wrapped = Hex("d533e59b45a153ed7e5e9c5dfcfd4aaa");
    std::copy(wrapped.begin(),
              wrapped.end(),
              command.receivedMbs->sessions[0].keySets[0].mtk->encryptedMtk.begin());
    DlNasTransport transport;
    transport.payload = command.Encode();
    transport.pduSessionId = 5;
    check.Equal(ToHex(transport.Encode()),
                ToHex(Hex("7e0068 01 003b 2e0500cb 71 0034 05 08 06 00a1b2 00f110 01 01 00f110"
                          "00010001 000102030405060708090a0b0c0d0e0f 0001"
                          "d533e59b45a153ed7e5e9c5dfcfd4aaa 12 05")),
                "octets");
}

/** @param check where to report */
void
TestKeySetSizes(Check& check)
{
    ReceivedMbsContainer container = *SampleCommand().receivedMbs;
    const std::size_t one = container.Encode().size();
    container.sessions[0].keySets.push_back(container.sessions[0].keySets[0]);
    check.Equal(container.Encode().size() - one, 42u, "with MTK");
    container.sessions[0].keySets[1].mtk.reset();
    check.Equal(container.Encode().size() - one, 24u, "without MTK");
}

/** @param check where to report */
void
TestFullContainer(Check& check)
{
    const Bytes octets = Hex(FULL_CONTAINER);
    const auto read = ReceivedMbsContainer::Decode(octets);
    check.Expect(bool(read), "accepted");
    check.Equal(read->sessions.size(), 2u, "two sessions");
    const auto& first = read->sessions[0];
    check.Expect(first.decision == MbsDecision::JOIN_REJECTED, "join rejected");
    check.Expect(first.cause == MbsRejectionCause::NOT_AUTHORIZED, "not authorized");
    check.Expect(std::get<SsmIpv4>(*first.ssm).destination == Ipv4Address("232.1.1.1"), "group");
    check.Equal(first.taiList.size(), 3u, "three areas");
    check.Expect(first.taiList[1] == Tai{PlmnId(), 5}, "second area");
    check.Expect(first.taiList[2] == Tai{*PlmnId::From("208", "93"), 10}, "third area");
    check.Expect(first.taiList[2] != first.taiList[1], "areas differ");
    check.Equal(first.nrCgiList.size(), 2u, "two cells");
    check.Expect(first.nrCgiList[0] == NrCgi{0x123456789, PlmnId()}, "first cell");
    check.Expect(first.nrCgiList[1] == NrCgi{0xfffffffff, *PlmnId::From("310", "410")},
                 "second cell");
    check.Expect(first.nrCgiList[0] != first.nrCgiList[1], "cells differ");
    check.Equal(ToHex(std::get<MbsStartTime>(first.timer).octets), "425060718293", "start time");
    check.Equal(first.keySets.size(), 2u, "two key sets");
    check.Expect(!first.keySets[0].mtk && first.keySets[1].mtk, "an MTK in the second");
    const auto& second = read->sessions[1];
    check.Expect(second.decision == MbsDecision::REMOVED, "removed");
    check.Expect(second.cause == MbsRejectionCause::SESSION_RELEASED, "session released");
    check.Equal(int(std::get<SsmIpv6>(*second.ssm).destination[1]), 0x3e, "IPv6 group");
    check.Equal(int(std::get<MbsBackOffTimer>(second.timer).octet), 0x4a, "back-off timer");
    check.Equal(ToHex(read->Encode()), ToHex(octets), "octets");
}

/** @param check where to report */
void
TestUnknownValuesAreZero(Check& check)
{
    const auto read = [](const char* text) {
        return ReceivedMbsContainer::Decode(Hex(text))->sessions.at(0);
    };
    check.Expect(read("06 00 06 00a1b2 00f110").decision == MbsDecision::NONE, "decision 6");
    check.Expect(read("07 00 06 00a1b2 00f110").decision == MbsDecision::NONE, "decision 7");
    check.Expect(read("e3 00 06 00a1b2 00f110").cause == MbsRejectionCause::NONE, "cause 7");
    check.Expect(read("42 00 06 00a1b2 00f110").cause == MbsRejectionCause::NONE,
                 "a cause means nothing in an accepted join");
    check.Expect(std::holds_alternative<std::monostate>(read("02 06 06 00a1b2 00f110").timer),
                 "timer indication 3");
    check.Expect(!read("02 f0 06 00a1b2 00f110").ssm, "IPAT and spare bits without IPAE");
}

/** @param check where to report */
void
TestServiceAreaForms(Check& check)
{
    const auto decode = [](const std::string& area) {
        return ReceivedMbsContainer::Decode(Hex("09 00 06 00a1b2 00f110" + area));
    };
    const auto consecutive = decode("07 22 00f110 fffffe");
    check.Expect(bool(consecutive), "type 01");
    check.Equal(consecutive->sessions[0].taiList.size(), 3u, "three consecutive areas");
    check.Equal(consecutive->sessions[0].taiList[1].tac, 0xffffffu, "counts up");
    check.Equal(consecutive->sessions[0].taiList[2].tac, 0u, "24 bits wide");
    const auto mixed = decode("0d 41 00f110 000001 02f839 000002");
    check.Expect(bool(mixed), "type 10");
    check.Expect(mixed->sessions[0].taiList.at(1) == Tai{*PlmnId::From("208", "93"), 2}, "both");
    const auto many = decode("0e 3f 00f110 000001 20 00f110 000040");
    check.Expect(bool(many), "a count above 16");
    check.Equal(many->sessions[0].taiList.size(), 16u, "is 16, and no more are kept");
    check.Expect(decode("07 60 00f110 000001").Error() == DecodeError::UNSUPPORTED, "type 11");
    check.Expect(decode("00").Error() == DecodeError::MALFORMED, "no list in a list");
    check.Expect(decode("06 00 00f110 0000").Error() == DecodeError::MALFORMED, "cut inside");
    check.Expect(decode("07 00 0af110 000001").Error() == DecodeError::OUT_OF_RANGE, "digit ten");
    const auto cells = [](const std::string& area) {
        return ReceivedMbsContainer::Decode(Hex("11 00 06 00a1b2 00f110" + area)).Error();
    };
    check.Expect(cells("07 1234567890 00f1") == DecodeError::MALFORMED, "seven octets of cells");
    check.Expect(cells("00") == DecodeError::MALFORMED, "no cells");
    check.Expect(cells("07") == DecodeError::MALFORMED, "no whole cell");
    check.Expect(cells("08 1234567890 00f1") == DecodeError::TRUNCATED, "cut cell");
    check.Expect(cells("08 1234567890 a0f110") == DecodeError::OUT_OF_RANGE, "no network");
}

/** @param check where to report */
void
TestOtherSmMessages(Check& check)
{
    PduSessionModificationReject reject;
    reject.pduSessionId = 5;
    reject.pti = 1;
    reject.cause = NasSmCause::SERVICE_OPTION_NOT_SUBSCRIBED;
    check.Equal(ToHex(reject.Encode()), "2e0501ca21", "REJECT");
    PduSessionModificationComplete complete;
    complete.pduSessionId = 5;
    check.Equal(ToHex(complete.Encode()), "2e0500cc", "COMPLETE");
    PduSessionModificationCommandReject commandReject;
    commandReject.pduSessionId = 5;
    commandReject.cause = NasSmCause::PROTOCOL_ERROR;
    check.Equal(ToHex(commandReject.Encode()), "2e0500cd6f", "COMMAND REJECT");
    PduSessionModificationCommand command;
    command.pduSessionId = 5;
    command.cause = NasSmCause::REGULAR_DEACTIVATION;
    check.Equal(ToHex(command.Encode()), "2e0500cb5924", "COMMAND with cause only");

    const auto readReject = PduSessionModificationReject::Decode(Hex("2e0501ca21"));
    check.Expect(readReject && readReject->cause == reject.cause, "REJECT read");
    check.Expect(bool(PduSessionModificationComplete::Decode(Hex("2e0500cc 5924"))),
                 "COMPLETE of an old UE with a cause");
    const auto readCommandReject = PduSessionModificationCommandReject::Decode(Hex("2e0500cd6f"));
    check.Expect(readCommandReject && readCommandReject->cause == commandReject.cause, "read");
    const auto readCommand = PduSessionModificationCommand::Decode(Hex("2e0500cb5924"));
    check.Expect(readCommand && readCommand->cause == command.cause, "COMMAND read");
    check.Expect(!readCommand->receivedMbs, "no container");

    ExpectPrefixesRefused(check, Hex("2e0501ca21"), &PduSessionModificationReject::Decode);
    ExpectPrefixesRefused(check, Hex("2e0500cc"), &PduSessionModificationComplete::Decode);
    ExpectPrefixesRefused(check, Hex("2e0500cd6f"), &PduSessionModificationCommandReject::Decode);
    check.Expect(PduSessionModificationComplete::Decode(Hex("2e0500cd6f")).Error() ==
                     DecodeError::UNSUPPORTED,
                 "another type is refused");
    check.Expect(PduSessionModificationReject::Decode(Hex("2e0501ca2137")).Error() ==
                     DecodeError::TRUNCATED,
                 "a cut optional element is refused");
    check.Expect(PduSessionModificationReject::Decode(Hex("2e0501cb21")).Error() ==
                     DecodeError::UNSUPPORTED,
                 "another type is refused");
    check.Expect(PduSessionModificationRequest::Decode(Hex("2e0501ca21")).Error() ==
                     DecodeError::UNSUPPORTED,
                 "another type is refused");
    check.Expect(PduSessionModificationCommand::Decode(Hex("2e0501ca21")).Error() ==
                     DecodeError::UNSUPPORTED,
                 "another type is refused");
}

/** @param check where to report */
void
TestSmHeader(Check& check)
{
    const auto header = NasSmHeader::Peek(Hex(JOIN_REQUEST));
    check.Expect(header && header->type == NasSmType::MODIFICATION_REQUEST, "type");
    check.Expect(NasSmHeader::Peek(Hex("7e0501c9")).Error() == DecodeError::UNSUPPORTED, "5GMM");
    check.Expect(NasSmHeader::Peek(Hex("2e1001c9")).Error() == DecodeError::OUT_OF_RANGE,
                 "PDU session 16");
    check.Expect(NasSmHeader::Peek(Hex("2e05ffc9")).Error() == DecodeError::OUT_OF_RANGE,
                 "PTI 255");
    check.Equal(std::string(ToString(NasSmType::MODIFICATION_COMMAND)),
                "PDU SESSION MODIFICATION COMMAND",
                "name");
    for (int type = 0xc9; type <= 0xcd; ++type)
    {
        check.Expect(std::string(ToString(static_cast<NasSmType>(type))).find("PDU") == 0, "name");
    }
    check.Equal(std::string(ToString(static_cast<NasSmType>(0))), "unknown 5GSM message", "name");
    for (int value = 0; value < 6; ++value)
    {
        check.Expect(std::string(ToString(static_cast<MbsDecision>(value))) != "unknown", "name");
    }
    for (int value = 0; value < 7; ++value)
    {
        check.Expect(std::string(ToString(static_cast<MbsRejectionCause>(value))) != "unknown",
                     "name");
    }
    check.Equal(std::string(ToString(static_cast<MbsDecision>(9))), "unknown", "name");
    check.Equal(std::string(ToString(static_cast<MbsRejectionCause>(9))), "unknown", "name");
}

/** @param check where to report */
void
TestComprehension(Check& check)
{
    // Capability (TLV), packet filters (TV 3), always-on (TV 1), rate (TV 3), QoS rules (TLV-E),
    // reports (TLV), cause twice, then the container twice.
    const auto read = PduSessionModificationRequest::Decode(
        Hex("2e0501c9 28 01 ff 55 0011 b1 13 ffff 7a 0003 010203 36 02 0102 59 1a 59 1f"
            "70 0008 05 06 00a1b2 00f110 70 0008 09 06 00a1b3 00f110"));
    check.Expect(bool(read), "elements not used here are skipped");
    check.Expect(read->cause == NasSmCause::INSUFFICIENT_RESOURCES, "the first cause counts");
    check.Equal(read->requestedMbs->requests.size(), 1u, "the first container counts");
    check.Expect(std::get<Tmgi>(read->requestedMbs->requests[0].sessionId) == SampleTmgi(), "it");

    const auto error = [](const char* elements) {
        return PduSessionModificationRequest::Decode(Hex(std::string("2e0501c9") + elements))
            .Error();
    };
    check.Expect(error("0b 01 00") == DecodeError::UNSUPPORTED,
                 "an unknown element of the comprehension-required range is refused");
    check.Expect(error("7f 0001") == DecodeError::TRUNCATED, "cut TLV-E");
    check.Expect(error("28 02 00") == DecodeError::TRUNCATED, "cut TLV");
    check.Expect(error("55 00") == DecodeError::TRUNCATED, "cut TV");
    check.Expect(error("70 0000") == DecodeError::TRUNCATED, "an empty container");

    // In a COMMAND 0x70 is N3QAI, and 0x56 a TV of two octets.
    const auto command =
        PduSessionModificationCommand::Decode(Hex("2e0501cb 2a 06 010001010001 56 21 8f 70 0006 "
                                                  "010203040506 71 0009 05 00 06 00a1b2 00f110"));
    check.Expect(bool(command), "elements of a COMMAND are skipped");
    check.Expect(command->receivedMbs->sessions.at(0).decision == MbsDecision::SECURITY_UPDATE,
                 "the container is found");
    check.Expect(PduSessionModificationCommand::Decode(Hex("2e0501cb 01 00")).Error() ==
                     DecodeError::UNSUPPORTED,
                 "comprehension required in a COMMAND");
    check.Expect(PduSessionModificationCommand::Decode(Hex("2e0501cb 71 0002 0200")).Error() ==
                     DecodeError::TRUNCATED,
                 "a container that ends early refuses the command");
}

/** @param check where to report */
void
TestTransports(Check& check)
{
    UlNasTransport up;
    up.payload = Hex(JOIN_REQUEST);
    up.pduSessionId = 5;
    up.requestType = NasRequestType::MODIFICATION_REQUEST;
    const Bytes upOctets = Hex("7e 00 67 01 000f 2e0501c9 70000805 0600a1b2 00f110 12 05 85");
    check.Equal(ToHex(up.Encode()), ToHex(upOctets), "UL NAS TRANSPORT");
    const auto readUp = UlNasTransport::Decode(upOctets);
    check.Expect(readUp && readUp->payload == up.payload, "payload");
    check.Equal(int(readUp->pduSessionId), 5, "PDU session");
    check.Expect(readUp->requestType == NasRequestType::MODIFICATION_REQUEST, "request type");

    DlNasTransport down;
    down.payload = Hex(JOIN_ACCEPTED);
    down.pduSessionId = 5;
    check.Equal(ToHex(down.Encode()), ToHex(Hex(JOIN_ACCEPTED_DL)), "DL NAS TRANSPORT");
    const auto readDown = DlNasTransport::Decode(Hex(JOIN_ACCEPTED_DL));
    check.Expect(readDown && readDown->payload == down.payload, "payload");

    const auto optional = UlNasTransport::Decode(
        Hex("7e 00 67 01 0001 2e 59 06 12 05 87 22 01 01 25 04 03 6d6273 a1 f1 12 09 81"));
    check.Expect(bool(optional), "elements not used here are skipped");
    check.Equal(int(optional->pduSessionId), 5, "the first PDU session ID counts");
    check.Expect(optional->requestType == NasRequestType::INITIAL_REQUEST,
                 "a reserved request type is read as initial request");
    check.Expect(bool(DlNasTransport::Decode(Hex("7e 00 68 01 0001 2e 12 05 58 5a 37 01 21"))),
                 "5GMM cause and back-off timer are skipped");

    const auto error = [](const char* text) { return DlNasTransport::Decode(Hex(text)).Error(); };
    check.Expect(error("7e 02 68 01 0001 2e 12 05") == DecodeError::UNSUPPORTED, "protected");
    check.Expect(error("7e 00 67 01 0001 2e 12 05") == DecodeError::UNSUPPORTED, "uplink");
    check.Expect(error("7e 00 68 02 0001 2e 12 05") == DecodeError::UNSUPPORTED, "SMS");
    check.Expect(error("2e 00 68 01 0001 2e 12 05") == DecodeError::UNSUPPORTED, "5GSM");
    check.Expect(error("7e 00 68 01 0000 12 05") == DecodeError::MALFORMED, "no payload");
    check.Expect(error("7e 00 68 01 0001 2e") == DecodeError::MALFORMED, "no PDU session ID");
    check.Expect(error("7e 00 68 01 0001 2e 12 10") == DecodeError::OUT_OF_RANGE, "session 16");
    check.Expect(error("7e 00 68 01 0001 2e 12") == DecodeError::TRUNCATED, "cut element");
    check.Expect(UlNasTransport::Decode(Hex("7e 00 68 01 0001 2e 12 05")).Error() ==
                     DecodeError::UNSUPPORTED,
                 "downlink");
    ExpectPrefixesRefused(check, Hex(JOIN_ACCEPTED_DL), &DlNasTransport::Decode);
}

/** @param check where to report */
void
TestPeekKeyIds(Check& check)
{
    const auto keys = PeekN1KeyIds(Hex(JOIN_ACCEPTED_DL));
    check.Equal(keys.size(), 1u, "one key set");
    check.Expect(keys[0].tmgi == SampleTmgi(), "TMGI");
    check.Expect(keys[0].decision == MbsDecision::JOIN_ACCEPTED, "decision");
    check.Expect(keys[0].mskId == MskId(1, 1), "MSK ID");
    check.Expect(keys[0].mtkId == MtkId(1), "MTK ID");

    const auto full = PeekKeyNames(Hex(FULL_CONTAINER));
    check.Expect(full && full->size() == 2, "two key sets in two sessions");
    check.Expect(!(*full)[0].mtkId && (*full)[1].mtkId == MtkId(7), "MTK in the second only");

    check.Expect(PeekN1KeyIds(Hex("7e0067010001 2e 1205")).empty(), "an uplink message has none");
    check.Expect(PeekN1KeyIds(Hex("7e0068010005 2e0501ca21 1205")).empty(), "a REJECT has none");
    check.Expect(PeekN1KeyIds(Hex("7e0068010006 2e0501cb591a 1205")).empty(), "no container");
    check.Expect(PeekN1KeyIds(Hex("7e0068010005 2e0501cb01 1205")).empty(), "not well formed");
    check.Expect(PeekN1KeyIds(Hex("7e0068010009 2e0501cb7100020208 1205")).empty(), "cut");
}

/** @param check where to report */
void
TestNoise(Check& check)
{
    const auto encode = [](const auto& message) { return message.Encode(); };
    ExpectSurvivesNoise(check, Hex(JOIN_REQUEST), &PduSessionModificationRequest::Decode, encode);
    ExpectSurvivesNoise(check, Hex(JOIN_ACCEPTED), &PduSessionModificationCommand::Decode, encode);
    ExpectSurvivesNoise(check, Hex(FULL_CONTAINER), &ReceivedMbsContainer::Decode, encode);
    ExpectSurvivesNoise(check, Hex(JOIN_ACCEPTED_DL), &DlNasTransport::Decode, encode);
    ExpectSurvivesNoise(check,
                        Hex("7e 00 67 01 0001 2e 12 05 85"),
                        &UlNasTransport::Decode,
                        encode);
    ExpectSurvivesNoise(check, Hex("2e0501ca21"), &PduSessionModificationReject::Decode, encode);
    ExpectSurvivesNoise(
        check,
        Hex(JOIN_ACCEPTED_DL),
        [](ByteView message) { return Decoded<Bytes>(Bytes(PeekN1KeyIds(message).size())); },
        [](const Bytes&) { return Bytes(); });
    ExpectSurvivesNoise(check,
                        Hex("05 06 00a1b2 00f110 06 0a000001 e8010203"),
                        &RequestedMbsContainer::Decode,
                        encode);
}

} // namespace

void AddNasTests(MbsTestSuite& suite);

void
AddNasTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("NAS: ") + name, body));
    };
    add("a join by TMGI has the octets of TS 24.501", &TestJoinRequest);
    add("sessions are named by TMGI, IPv4 and IPv6 address", &TestRequestedIdentities);
    add("an accepted join with keys has the octets of TS 24.501", &TestJoinAccepted);
    add("a key update has the octets that the manual explains", &TestKeyUpdateOfTheManual);
    add("a key set takes 42 octets with and 24 without MTK", &TestKeySetSizes);
    add("all optional fields of two sessions are read and written back", &TestFullContainer);
    add("values that the standard does not use are read as 0", &TestUnknownValuesAreZero);
    add("all types of area lists are understood", &TestServiceAreaForms);
    add("REJECT, COMPLETE and COMMAND REJECT are four and five octets", &TestOtherSmMessages);
    add("reserved identities and other protocols are refused", &TestSmHeader);
    add("unknown elements are skipped unless they must be understood", &TestComprehension);
    add("5GSM messages travel in NAS TRANSPORT", &TestTransports);
    add("key IDs are read without the keys", &TestPeekKeyIds);
    add("noise and cut messages are refused or read safely", &TestNoise);
}

} // namespace ns3::mbs

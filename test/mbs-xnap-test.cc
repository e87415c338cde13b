// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-codec-checks.h"
#include "mbs-ngap-values.h"
#include "mbs-xnap-samples.h"

#include "ns3/mbs-xnap.h"

#include <algorithm>
#include <functional>

namespace ns3::mbs
{

namespace
{

void
SamplesHaveTheirOctets(Check& check)
{
    const std::vector<NgapValue> values = XnapValues();
    check.Equal(values.size(), XNAP_SAMPLES.size(), "each sample is made once");
    for (std::size_t i = 0; i < values.size() && i < XNAP_SAMPLES.size(); ++i)
    {
        check.Equal(values[i].name, std::string(XNAP_SAMPLES[i].name), "name");
        check.Equal(ToHex(values[i].octets), ToHex(Hex(XNAP_SAMPLES[i].hex)), values[i].name);
        const auto again = values[i].recode(values[i].octets);
        check.Equal(again ? ToHex(*again) : std::string(ToString(again.Error())),
                    ToHex(values[i].octets),
                    values[i].name + " decoded and encoded again");
        const auto type = XnapPeek(values[i].octets);
        check.Equal(std::string(type ? XnapMessageName(*type) : "refused"),
                    values[i].name.substr(0, values[i].name.find('/')),
                    "name at a glance");
    }
    check.Equal(std::string(XnapMessageName({NgapPduKind::INITIATING_MESSAGE, 17})),
                std::string("unknown"),
                "XnSetup is none of ours");
}

/** UE CONTEXT RELEASE by the rules of X.691, without the coder. */
void
ReleaseByHand(Check& check)
{
    // CHOICE: extension bit 0, index 00, padding; procedure code 6; criticality reject 00, padding;
    // length. Then extension bit 0, padding; two IEs: ID, criticality reject, length, a number of
    // 0 to 2^32 - 1: its length 1 of 1 to 4 as 00, padding, the octet.
    const Bytes pdu = Hex("00 06 00 0f 00 0002 0049 00 02 0007 004f 00 02 0009");
    check.Equal(ToHex(XnapUeContextRelease{7, 9}.Encode()), ToHex(pdu), "encoded");
    const auto message = XnapUeContextRelease::Decode(pdu);
    check.Expect(message && message->sourceUeXnapId == 7 && message->targetUeXnapId == 9,
                 "decoded");
    check.Expect(XnapHandoverCancel::Decode(pdu).Error() == DecodeError::UNSUPPORTED,
                 "another message");
}

void
FieldsComeBack(Check& check)
{
    const std::vector<NgapValue> values = XnapValues();
    const auto request = XnapHandoverRequest::Decode(values.at(1).octets);
    check.Expect(bool(request), "decoded");
    if (!request)
    {
        return;
    }
    check.Equal(request->sourceUeXnapId, 0xFFFFFFFFU, "UE XnAP ID");
    check.Equal(int(request->cause.value), 1, "cause");
    check.Equal(request->targetCell.nrCellIdentity, 0x123456789U, "target cell");
    check.Equal(int(request->guami.amfRegionId), 0x81, "AMF region");
    check.Equal(int(request->guami.amfSetId), 0x3FF, "AMF set");
    check.Equal(int(request->guami.amfPointer), 0x3F, "AMF pointer");
    check.Equal(int(request->ueSecurityCapabilities.nrIntegrity), 0x4000, "NIA");
    check.Equal(ToHex(request->securityInformation.keyNgRanStar), ToHex(Bytes(32, 0xA5)), "key");
    check.Equal(int(request->securityInformation.ncc), 7, "NCC");
    check.Equal(int(request->rfsp.value_or(0)), 256, "RFSP");
    check.Equal(request->ueAmbr.downlink, 4000000000000U, "AMBR");
    const XnapPduSessionToBeSetup& session = request->pduSessions.at(0);
    check.Expect(session.type == XnapPduSessionType::IPV4V6, "type of the PDU session");
    check.Equal(session.sourceDlNguTnl->gtpTeid, 0x01020304U, "tunnel at the source");
    check.Equal(int(session.qosFlowsToBeSetup.at(0).parameters.arp.priorityLevel), 3, "ARP");
    check.Equal(int(session.mbsSessionAssociatedInformation.at(0).flows.at(1).mbsQfi),
                63,
                "associated flow");
    const XnapMbsSessionInformation& mbs = request->mbsSessions.at(0);
    check.Equal(int(mbs.mbsAreaSessionId.value_or(0)), 7, "area session");
    check.Equal(mbs.active->serviceArea->locationDependent.size(), 2U, "service area");
    const auto other = XnapHandoverRequest::Decode(values.at(2).octets);
    check.Expect(other && other->mbsSessions.at(0).active->forwarding.at(1).mrbId == 512 &&
                     other->mbsSessions.at(0).active->forwarding.at(1).progress->pdcpSn == 262143,
                 "progress of a bearer");
    check.Expect(!request->mbsSessions.at(1).active, "the second session is inactive");
    check.Expect(request->ueHistory.at(0).size == XnapCellSize::LARGE, "cell size");
    check.Equal(int(request->ueHistory.at(0).timeStayed), 4095, "time stayed");

    const auto acknowledge = XnapHandoverRequestAcknowledge::Decode(values.at(4).octets);
    check.Expect(acknowledge && acknowledge->admitted.at(0).dlNguTnlUnchanged &&
                     acknowledge->admitted.at(0).qosFlowsNotAdmitted.size() == 2 &&
                     acknowledge->notAdmitted.at(0).cause->value == 4 &&
                     acknowledge->mbsSessions.at(0).forwarding.empty(),
                 "fields of the acknowledge");
    const auto forwards = XnapHandoverRequestAcknowledge::Decode(values.at(5).octets);
    check.Expect(forwards &&
                     forwards->mbsSessions.at(0).forwarding.at(0).progress->pdcpSn == 70000 &&
                     forwards->mbsSessions.at(0).forwarding.at(1).dlForwardingUpTnl.gtpTeid == 1,
                 "where to forward packets");
}

void
WrongValuesAreNotSent(Check& check)
{
    const auto plain = XnapHandoverRequest::Decode(XnapValues().at(0).octets);
    check.Expect(bool(plain), "decoded");
    if (!plain)
    {
        return;
    }
    const auto refused = [&](const std::function<void(XnapHandoverRequest&)>& change) {
        XnapHandoverRequest request = *plain;
        change(request);
        return request.Encode().empty();
    };
    check.Expect(refused([](auto& r) { r.pduSessions.clear(); }), "no PDU session");
    check.Expect(refused([](auto& r) { r.ueHistory.clear(); }), "no history");
    check.Expect(refused([](auto& r) { r.ueHistory.resize(17); }), "17 cells");
    check.Expect(refused([](auto& r) { r.ueHistory[0].timeStayed = 4096; }), "4096 seconds");
    check.Expect(refused([](auto& r) { r.securityInformation.keyNgRanStar.pop_back(); }), "key");
    check.Expect(refused([](auto& r) { r.securityInformation.ncc = 8; }), "NCC");
    check.Expect(refused([](auto& r) { r.rfsp = 257; }), "RFSP");
    check.Expect(refused([](auto& r) { r.amfUeNgapId = 1ULL << 40; }), "41 bits");
    check.Expect(refused([](auto& r) { r.cause.group = static_cast<XnapCauseGroup>(4); }),
                 "a cause without group");
    check.Expect(refused([](auto& r) { r.pduSessions[0].qosFlowsToBeSetup.clear(); }), "no flow");
    XnapMbsSessionInformation mbs;
    mbs.active = XnapActiveMbsSession();
    check.Expect(refused([&](auto& r) { r.mbsSessions = {mbs}; }), "an active session, no flow");
    mbs.active->qosFlowsToAdd = {{1, {}}};
    check.Expect(!refused([&](auto& r) { r.mbsSessions = {mbs}; }), "an active session");
    mbs.active->forwarding = {{1, {1}, XnapMrbProgress{XnapPdcpSnSize::SN12, 4096}}};
    check.Expect(refused([&](auto& r) { r.mbsSessions = {mbs}; }), "13 bits");
    mbs.active->forwarding[0].progress->size = static_cast<XnapPdcpSnSize>(2);
    check.Expect(refused([&](auto& r) { r.mbsSessions = {mbs}; }), "progress of another kind");
    check.Expect(XnapHandoverRequestAcknowledge().Encode().empty(), "nothing admitted");
}

/** @param pdu of a message whose UE context begins at @p at @param bit from there @return flipped
 */
Bytes
Flip(Bytes pdu, std::size_t at, unsigned bit)
{
    pdu.at(at + bit / 8) ^= static_cast<uint8_t>(0x80U >> (bit % 8));
    return pdu;
}

void
PartsThatAreNotOursAreRefused(Check& check)
{
    const Bytes pdu = XnapValues().at(0).octets;
    // UEContextInfoHORequest: ID 83, reject, a length of one octet; then the preamble
    const Bytes id = Hex("0053 00");
    const auto found = std::search(pdu.begin(), pdu.end(), id.begin(), id.end());
    check.Expect(found != pdu.end(), "the UE context is there");
    const std::size_t at = found - pdu.begin() + id.size() + 1;
    for (const auto& [bit, what] : {std::pair<unsigned, const char*>{2, "location reporting"},
                                    {3, "mobility restriction list"}})
    {
        check.Expect(!XnapHandoverRequest::Decode(Flip(pdu, at, bit)), what);
    }
    // Cause: ID 7, reject, length 2; then the index of the CHOICE in three bits, four: extension
    const Bytes cause = Hex("0007 00 02");
    const auto place = std::search(pdu.begin(), pdu.end(), cause.begin(), cause.end());
    check.Expect(place != pdu.end(), "the cause is there");
    check.Expect(
        XnapHandoverRequest::Decode(Flip(pdu, place - pdu.begin() + cause.size(), 0)).Error() ==
            DecodeError::UNSUPPORTED,
        "a cause of a later release");
}

void
NoiseIsSafe(Check& check)
{
    const std::vector<NgapValue> values = XnapValues();
    const auto survives = [&](std::size_t i) {
        const auto decode = [&](ByteView octets) { return values[i].recode(octets); };
        ExpectPrefixesRefused(check, values[i].octets, decode);
        // What a sender may not say is encoded to nothing.
        ExpectSurvivesNoise(
            check,
            values[i].octets,
            [&](ByteView octets) -> Decoded<Bytes> {
                const auto recoded = values[i].recode(octets);
                return recoded && recoded->empty() ? Decoded<Bytes>(DecodeError::OUT_OF_RANGE)
                                                   : recoded;
            },
            [](const Bytes& octets) { return octets; });
    };
    for (std::size_t i = 0; i < values.size(); ++i)
    {
        survives(i);
    }
}

} // namespace

void AddXnapTests(MbsTestSuite& suite);

void
AddXnapTests(MbsTestSuite& suite)
{
    const std::vector<std::pair<const char*, FunctionTestCase::Body>> tests{
        {"XnAP: samples have the octets that independent decoders have read",
         SamplesHaveTheirOctets},
        {"XnAP: a UE context release put together by hand", ReleaseByHand},
        {"XnAP: fields come back as they went", FieldsComeBack},
        {"XnAP: a value that the standard does not allow is not sent", WrongValuesAreNotSent},
        {"XnAP: parts that are not ours are refused", PartsThatAreNotOursAreRefused},
        {"XnAP: truncated, altered and random octets are safe", NoiseIsSafe},
    };
    for (const auto& [name, body] : tests)
    {
        suite.Add(new FunctionTestCase(name, body));
    }
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-codec-checks.h"

#include "ns3/mbs-rrc-handover.h"
#include "ns3/mbs-rrc.h"

#include <string>

namespace ns3::mbs
{

namespace
{

/** RECONFIGURATION 7: set G-RNTI 0x1234 up, release another, NAS of three octets. */
constexpr char WHOLE[] = "03 07 02"
                         "00 000001 00f110 1234"
                         "01 abcdef 131084 0000"
                         "0003 7e0068";

/** @return the message of WHOLE */
RrcMessage
Whole()
{
    RrcMessage message;
    message.type = RrcType::RECONFIGURATION;
    message.transaction = 7;
    message.bearers.push_back({Tmgi(1, *PlmnId::From("001", "01")), 0x1234, false});
    message.bearers.push_back({Tmgi(0xabcdef, *PlmnId::From("310", "481")), 0, true});
    message.nas = Hex("7e0068");
    return message;
}

void
Octets(Check& check)
{
    check.Equal(ToHex(Whole().Encode()), ToHex(Hex(WHOLE)), "a reconfiguration");
    RrcMessage complete;
    complete.type = RrcType::RECONFIGURATION_COMPLETE;
    complete.transaction = 255;
    check.Equal(ToHex(complete.Encode()), "04ff000000", "the shortest message");
    RrcMessage reported = Whole();
    reported.bearers.front().statusReport = true;
    check.Equal(int(reported.Encode().at(3)), 2, "a bearer with a status report");
    check.Expect(RrcMessage::Decode(reported.Encode())->bearers.front().statusReport, "read back");
    RrcMessage request;
    request.type = RrcType::REESTABLISHMENT_REQUEST;
    request.identity = {0x12, 0x10203};
    check.Equal(ToHex(request.Encode()), "0f000000000000001200010203", "who lost which cell");
    RrcMessage order;
    order.type = RrcType::RECONFIGURATION_WITH_SYNC;
    order.transaction = 9;
    order.sync = {0x12, 0x10203, 1000};
    check.Equal(ToHex(order.Encode()),
                "12090000000000001200010203"
                "03e8",
                "where to go");
}

void
RoundTrip(Check& check)
{
    const auto message = RrcMessage::Decode(Hex(WHOLE));
    check.Expect(bool(message), "it is accepted");
    if (!message)
    {
        return;
    }
    check.Expect(message->type == RrcType::RECONFIGURATION, "type");
    check.Equal(int(message->transaction), 7, "transaction");
    check.Equal(message->bearers.size(), 2u, "bearers");
    check.Expect(message->bearers[0].tmgi == Whole().bearers[0].tmgi, "TMGI with a short MNC");
    check.Equal(message->bearers[0].gRnti, 0x1234u, "G-RNTI");
    check.Expect(!message->bearers[0].release, "set up");
    check.Expect(message->bearers[1].tmgi == Whole().bearers[1].tmgi, "TMGI with a long MNC");
    check.Expect(message->bearers[1].release, "release");
    check.Equal(ToHex(message->nas), "7e0068", "NAS");
    const auto request = RrcMessage::Decode(Hex("0f 00 00 0000 00000012 00010203"));
    check.Expect(request && request->identity == ReestablishmentIdentity{0x12, 0x10203},
                 "the identity in a cell that was lost");
    check.Expect(!RrcMessage::Decode(Hex("0f 00 00 0000 00000012 000102")), "all of it");
    check.Expect(!RrcMessage::Decode(Hex("10 00 00 0000 00000012 00010203")), "and nowhere else");
    const auto order = RrcMessage::Decode(Hex("12 09 00 0000 00000012 00010203 03e8"));
    check.Expect(order && order->sync.cell == 0x12 && order->sync.newUeIdentity == 0x10203 &&
                     order->sync.t304 == 1000,
                 "where to go");
    check.Expect(!RrcMessage::Decode(Hex("12 09 00 0000 00000012 00010203 03")), "all of it");
    for (const auto type : {RrcType::REESTABLISHMENT,
                            RrcType::RECONFIGURATION_WITH_SYNC,
                            RrcType::REESTABLISHMENT_COMPLETE,
                            RrcType::REESTABLISHMENT_REQUEST,
                            RrcType::DL_INFORMATION_TRANSFER,
                            RrcType::UL_INFORMATION_TRANSFER,
                            RrcType::RECONFIGURATION,
                            RrcType::RECONFIGURATION_COMPLETE})
    {
        RrcMessage other;
        other.type = type;
        const auto again = RrcMessage::Decode(other.Encode());
        check.Expect(again && again->type == type, "each type is read back");
    }
}

void
HandoverContainers(Check& check)
{
    HandoverPreparationInformation information;
    information.source = {0x12, 0x10203};
    information.ueId = 1023;
    check.Equal(ToHex(information.Encode()),
                "800000001200010203"
                "03ff",
                "of the source");
    const auto read = HandoverPreparationInformation::Decode(information.Encode());
    check.Expect(read && read->source == information.source && read->ueId == 1023, "read back");
    ExpectPrefixesRefused(check, information.Encode(), [](ByteView octets) {
        return HandoverPreparationInformation::Decode(octets);
    });
    check.Expect(
        HandoverPreparationInformation::Decode(Hex("80 00000012 00010203 03ff 00")).Error() ==
            DecodeError::TRAILING,
        "no more");
    check.Expect(HandoverPreparationInformation::Decode(Hex("00 00000012 00010203 03ff")).Error() ==
                     DecodeError::UNSUPPORTED,
                 "a message of TS 38.331 with fields");
    RrcMessage order;
    order.type = RrcType::RECONFIGURATION_WITH_SYNC;
    const HandoverCommand command{order.Encode()};
    const auto again = HandoverCommand::Decode(command.Encode());
    check.Expect(again && again->rrcReconfiguration == order.Encode(), "the order for the UE");
    ExpectPrefixesRefused(check, command.Encode(), [](ByteView octets) {
        return HandoverCommand::Decode(octets);
    });
    check.Expect(HandoverCommand::Decode(HandoverCommand{Whole().Encode()}.Encode()).Error() ==
                     DecodeError::UNSUPPORTED,
                 "an order that sends it nowhere");
    check.Expect(HandoverCommand::Decode(Hex("00")).Error() == DecodeError::UNSUPPORTED,
                 "a command of TS 38.331 with fields");
}

void
Truncated(Check& check)
{
    const auto decode = [](ByteView octets) { return RrcMessage::Decode(octets); };
    ExpectPrefixesRefused(check, Hex(WHOLE), decode);
    for (std::size_t size = 0; size < Hex(WHOLE).size(); ++size)
    {
        const Bytes prefix = ByteView(Hex(WHOLE)).Sub(0, size).ToBytes();
        check.Expect(RrcMessage::Decode(prefix).Error() == DecodeError::TRUNCATED,
                     "truncated to " + std::to_string(size));
    }
}

/** @param check where to report @param octets what arrives @param error why it is refused */
void
ExpectRefused(Check& check, const std::string& octets, DecodeError error)
{
    const auto message = RrcMessage::Decode(Hex(octets));
    check.Expect(!message && message.Error() == error, octets + ": " + ToString(error));
}

void
Wrong(Check& check)
{
    ExpectRefused(check, "04 00 00 0000 00", DecodeError::TRAILING);
    ExpectRefused(check, "01 00 00 0001 7e 7e", DecodeError::TRAILING);
    ExpectRefused(check, "00 00 00 0000", DecodeError::UNSUPPORTED);
    ExpectRefused(check, "13 00 00 0000", DecodeError::UNSUPPORTED);
    ExpectRefused(check, "ff 00 00 0000", DecodeError::UNSUPPORTED);
    ExpectRefused(check, "03 00 01 03 000001 00f110 1234 0000", DecodeError::OUT_OF_RANGE);
    ExpectRefused(check, "03 00 01 00 000001 0af110 1234 0000", DecodeError::OUT_OF_RANGE);
    ExpectRefused(check, "01 00 00 ffff 00", DecodeError::TRUNCATED);
    ExpectRefused(check, "03 00 ff", DecodeError::TRUNCATED);
}

void
Noise(Check& check)
{
    ExpectSurvivesNoise(
        check,
        Hex(WHOLE),
        [](ByteView octets) { return RrcMessage::Decode(octets); },
        [](const RrcMessage& message) { return message.Encode(); });
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of RRC messages */
void
AddRrcTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("an RRC message ") + name, body));
    };
    add("has the octets of its documentation", Octets);
    add("is read back field by field", RoundTrip);
    add("of a handover has containers that are read back or refused", HandoverContainers);
    add("cut off anywhere is refused as truncated", Truncated);
    add("with an unknown type, a bad TMGI or octets behind its end is refused", Wrong);
    add("that is noise is refused or read consistently", Noise);
}

} // namespace ns3::mbs

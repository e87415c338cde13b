// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-codec-checks.h"

#include "ns3/mbs-gtpu.h"

namespace ns3::mbs
{

namespace
{

/** QFI 9, MBS sequence number 42, C-TEID 0000abcd, four octets of user data. */
constexpr char WITH_SEQUENCE[] = "34 ff 0010 0000abcd 0000 00 85 02 02 09 0000002a 00 deadbeef";
/** The same without sequence number. */
constexpr char WITH_QFI[] = "34 ff 000c 0000abcd 0000 00 85 01 00 09 00 deadbeef";
/** QFI 9 from a gNB to a UPF. */
constexpr char UPLINK[] = "34 ff 000c 0000abcd 0000 00 85 01 10 09 00 deadbeef";
/** No extension header. */
constexpr char PLAIN[] = "30 ff 0004 0000abcd deadbeef";

/** @param check where to report */
void
TestEncode(Check& check)
{
    const Bytes user = Hex("deadbeef");
    DlPduSessionInformation session;
    session.qfi = 9;
    GtpuPdu pdu;
    pdu.teid = 0xabcd;
    pdu.payload = user;
    check.Equal(ToHex(EncodeGtpu(pdu)), ToHex(Hex(PLAIN)), "plain");
    pdu.session = session;
    check.Equal(ToHex(EncodeGtpu(pdu)), ToHex(Hex(WITH_QFI)), "with QFI");
    pdu.session->mbsSequenceNumber = 42;
    check.Equal(ToHex(EncodeGtpu(pdu)), ToHex(Hex(WITH_SEQUENCE)), "with sequence number");
    check.Equal(EncodeGtpuPrefix(1, pdu.session, 1000).size(), 20u, "prefix of 20 octets");
    check.Equal(EncodeGtpuPrefix(1, session, 1000).size(), 16u, "prefix of 16 octets");
    check.Equal(EncodeGtpuPrefix(1, std::nullopt, 1000).size(), 8u, "prefix of 8 octets");
    session.qfi = 0xff;
    check.Equal(int(EncodeGtpuPrefix(1, session, 0)[14]), 0x3f, "QFI cut to 6 bits");

    pdu.session.reset();
    pdu.uplink = UlPduSessionInformation{9};
    check.Equal(ToHex(EncodeGtpu(pdu)), ToHex(Hex(UPLINK)), "uplink");
    check.Equal(int(EncodeGtpuPrefix(1, UlPduSessionInformation{0xff}, 0)[14]),
                0x3f,
                "QFI of the uplink cut to 6 bits");
}

/** @param check where to report */
void
TestDecode(Check& check)
{
    const Bytes octets = Hex(WITH_SEQUENCE);
    const auto pdu = DecodeGtpu(octets);
    check.Expect(bool(pdu), "accepted");
    check.Equal(pdu->teid, 0xabcdu, "TEID");
    check.Equal(int(pdu->session->qfi), 9, "QFI");
    check.Equal(*pdu->session->mbsSequenceNumber, 42u, "sequence number");
    check.Equal(ToHex(pdu->payload), "deadbeef", "payload");
    const Bytes qfi = Hex(WITH_QFI);
    const auto second = DecodeGtpu(qfi);
    check.Expect(second && second->session && !second->session->mbsSequenceNumber, "QFI only");
    const Bytes up = Hex(UPLINK);
    const auto uplink = DecodeGtpu(up);
    check.Expect(uplink && uplink->uplink && !uplink->session, "an uplink packet");
    check.Equal(int(uplink->uplink->qfi), 9, "QFI of an uplink packet");
    check.Equal(ToHex(uplink->payload), "deadbeef", "payload of an uplink packet");
    const Bytes delays = Hex("34ff 0010 00000001 0000 00 85 02 14 c9 0000002a 00 deadbeef");
    const auto delayed = DecodeGtpu(delays);
    check.Expect(delayed && delayed->uplink && delayed->uplink->qfi == 9,
                 "what the flags of an uplink packet announce is passed over");
    const Bytes plain = Hex(PLAIN);
    const auto third = DecodeGtpu(plain);
    check.Expect(third && !third->session && third->payload.size() == 4, "plain");

    // Every optional field before the sequence number, then padding.
    const Bytes all = Hex("34ff 0020 00000001 0000 00 85 06 0e c9 a0 0102030405060708 000001"
                          "0000002b 00000000 00 deadbeef");
    const auto full = DecodeGtpu(all);
    check.Expect(bool(full), "all optional fields");
    check.Equal(*full->session->mbsSequenceNumber, 43u, "behind PPI, time stamp and QFI SN");
    check.Equal(ToHex(full->payload), "deadbeef", "payload behind the padding");

    const Bytes flags = Hex("33ff 0005 00000001 0007 00 85 aa");
    const auto unflagged = DecodeGtpu(flags);
    check.Expect(unflagged && !unflagged->session, "without E the next type means nothing");
    check.Equal(ToHex(unflagged->payload), "aa", "payload behind the optional octets");

    const Bytes chain = Hex("34ff 000d 00000001 0000 00 40 01 0868 85 01 00 05 00 aa");
    const auto chained = DecodeGtpu(chain);
    check.Expect(chained && chained->session && chained->session->qfi == 5,
                 "an extension header that may be ignored is");
}

/** @param check where to report */
void
TestRefusals(Check& check)
{
    const auto error = [](const char* text) { return DecodeGtpu(Hex(text)).Error(); };
    check.Expect(error("54 ff 0004 00000001 deadbeef") == DecodeError::UNSUPPORTED, "version 2");
    check.Expect(error("20 ff 0004 00000001 deadbeef") == DecodeError::UNSUPPORTED, "GTP'");
    check.Expect(error("30 ff 0003 00000001 deadbeef") == DecodeError::TRAILING, "length short");
    check.Expect(error("30 ff 0005 00000001 deadbeef") == DecodeError::TRUNCATED, "length long");
    check.Expect(error("34 ff 0008 00000001 00000085 00000000") == DecodeError::MALFORMED,
                 "extension header of length 0");
    check.Expect(error("34 ff 0008 00000001 00000085 02000900") == DecodeError::MALFORMED,
                 "extension header longer than the packet");
    check.Expect(error("34 ff 0008 00000001 00000085 01020900") == DecodeError::MALFORMED,
                 "sequence number does not fit its extension header");
    check.Expect(error("34 ff 0008 00000001 00000085 01200900") == DecodeError::UNSUPPORTED,
                 "neither downlink nor uplink PDU session information");
    check.Expect(error("34 ff 0008 00000001 00000084 01000000") == DecodeError::UNSUPPORTED,
                 "an extension header that must be understood");
    check.Expect(error("34 ff 0002 00000001 0000") == DecodeError::MALFORMED,
                 "no room for the optional octets");
    check.Expect(error("34 ff 0008 00000001 00000040 01000085") == DecodeError::MALFORMED,
                 "chain runs out of the packet");
    for (const char* type : {"01", "02", "1a", "1f", "fe", "63"})
    {
        const Bytes octets = Hex(std::string("30") + type + "0000 00000000");
        check.Expect(bool(PeekGtpuType(octets)), "a valid message of another type");
        check.Expect(DecodeGtpu(octets).Error() == DecodeError::UNSUPPORTED, "is no user data");
    }
    check.Expect(*PeekGtpuType(Hex(PLAIN)) == GtpuType::G_PDU, "G-PDU");
    check.Expect(*PeekGtpuType(Hex("32 01 0004 00000000 00010000")) == GtpuType::ECHO_REQUEST,
                 "echo request");
}

/** @param check where to report */
void
TestNoise(Check& check)
{
    for (const char* sample : {WITH_SEQUENCE, WITH_QFI, UPLINK, PLAIN})
    {
        ExpectPrefixesRefused(check, Hex(sample), &DecodeGtpu);
    }
    ExpectSurvivesNoise(check, Hex(WITH_SEQUENCE), &DecodeGtpu, &EncodeGtpu);
    ExpectSurvivesNoise(check, Hex(UPLINK), &DecodeGtpu, &EncodeGtpu);
}

} // namespace

void AddGtpuTests(MbsTestSuite& suite);

void
AddGtpuTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("GTP-U: ") + name, body));
    };
    add("QFI and MBS sequence number travel in the PDU Session Container", &TestEncode);
    add("headers with and without extension are read", &TestDecode);
    add("wrong lengths, versions and extensions are refused", &TestRefusals);
    add("noise and cut packets are refused or read safely", &TestNoise);
}

} // namespace ns3::mbs

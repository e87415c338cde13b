// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-aper.h"

#include <functional>
#include <random>

namespace ns3::mbs
{

namespace
{

/** @param write fills a writer @return what it wrote, in hexadecimal */
std::string
Written(const std::function<void(AperWriter&)>& write)
{
    AperWriter writer;
    write(writer);
    return ToHex(writer.Release());
}

/** @param text hexadecimal digits @return the octets */
Bytes
Hex(const std::string& text)
{
    return FromHex(text).value_or(Bytes());
}

/** A whole number with its bounds and the octets worked out by hand, one bit (1) in front. */
struct NumberCase
{
    uint64_t value;  //!< the number
    uint64_t lower;  //!< smallest allowed
    uint64_t upper;  //!< largest allowed
    const char* hex; //!< the octets
};

void
ConstrainedNumbers(Check& check)
{
    const std::array<NumberCase, 14> cases{{
        {7, 7, 7, "80"},                                 // one value: no bits
        {5, 0, 7, "d0"},                                 // 1 101
        {253, 250, 253, "e0"},                           // 1 11
        {254, 0, 254, "ff00"},                           // 255 values: 8 bits, not aligned
        {255, 0, 255, "80ff"},                           // 256 values: one aligned octet
        {256, 1, 256, "80ff"},                           // offsets count
        {256, 0, 256, "800100"},                         // 257 values: two aligned octets
        {0x1234, 0, 65535, "801234"},                    // 64K values: two aligned octets
        {65536, 0, 65536, "c0010000"},                   // 64K + 1: length 3 of 1..3 in 2 bits
        {0, 0, UINT32_MAX, "8000"},                      // length 1 of 1..4 in 2 bits
        {256, 0, UINT32_MAX, "a00100"},                  // length 2
        {UINT32_MAX, 0, UINT32_MAX, "e0ffffffff"},       // length 4
        {12, 0, 0xFFFFFFFFFF, "800c"},                   // length 1 of 1..5 in 3 bits
        {0xFFFFFFFFFF, 0, 0xFFFFFFFFFF, "c0ffffffffff"}, // length 5
    }};
    for (const NumberCase& c : cases)
    {
        const std::string name = std::to_string(c.value) + " in " + std::to_string(c.lower) + ".." +
                                 std::to_string(c.upper);
        const std::string hex = Written([&](AperWriter& writer) {
            writer.Bits(1, 1);
            writer.Constrained(c.value, c.lower, c.upper);
        });
        check.Equal(hex, std::string(c.hex), name);
        const Bytes bytes = Hex(c.hex);
        AperReader reader(bytes);
        reader.Bits(1);
        check.Equal(reader.Constrained(c.lower, c.upper), c.value, name + " read");
        reader.Finish();
        check.Expect(reader.Ok(), name + " leaves nothing");
    }
}

void
OtherNumbers(Check& check)
{
    const std::array<std::pair<int64_t, const char*>, 10> cases{
        {{0, "0100"},
         {127, "017f"},
         {128, "020080"},
         {4096, "021000"},
         {-1, "01ff"},
         {-128, "0180"},
         {-129, "02ff7f"},
         {65535, "0300ffff"},
         {INT64_MAX, "087fffffffffffffff"},
         {INT64_MIN, "088000000000000000"}}};
    for (const auto& [value, hex] : cases)
    {
        const int64_t number = value;
        check.Equal(Written([&](AperWriter& w) { w.Unconstrained(number); }),
                    std::string(hex),
                    "unconstrained");
        const Bytes bytes = Hex(hex);
        AperReader reader(bytes);
        check.Equal(reader.Unconstrained(), number, "unconstrained read");
    }
    check.Equal(Written([](AperWriter& w) { w.SemiConstrained(4097, 1); }),
                std::string("021000"),
                "semi-constrained");
    check.Equal(Written([](AperWriter& w) { w.NormallySmall(5); }), std::string("0a"), "small");
    check.Equal(Written([](AperWriter& w) { w.NormallySmall(64); }),
                std::string("800140"),
                "not so small");
    check.Equal(Written([](AperWriter& w) { w.ExtensibleInteger(9, 0, 63); }),
                std::string("12"),
                "in the root");
    check.Equal(Written([](AperWriter& w) { w.ExtensibleInteger(200, 0, 63); }),
                std::string("800200c8"),
                "extension");
    check.Equal(Written([](AperWriter& w) { w.Enumerated(53, 45, true); }),
                std::string("88"),
                "extension of an enumeration: 1, then 0 001000 for the ninth");
    check.Equal(Written([](AperWriter& w) { w.Enumerated(2, 3, false); }),
                std::string("80"),
                "no extension bit");
    const Bytes bytes = Hex("021000 800140 12 800200c8 88 80");
    AperReader reader(bytes);
    check.Equal(reader.SemiConstrained(1), 4097U, "semi-constrained read");
    check.Equal(reader.NormallySmall(), 64U, "not so small read");
    check.Equal(reader.ExtensibleInteger(0, 63), 9U, "root read");
    reader.Align();
    check.Equal(reader.ExtensibleInteger(0, 63), 200U, "extension read");
    check.Equal(reader.Enumerated(45, true), 53U, "enumeration read");
    reader.Align();
    check.Equal(reader.Enumerated(3, false), 2U, "closed enumeration read");
    reader.Finish();
    check.Expect(reader.Ok(), "all read");
}

void
Strings(Check& check)
{
    const auto one = [](AperWriter& w) { w.Bits(1, 1); };
    check.Equal(Written([&](AperWriter& w) {
                    one(w);
                    w.FixedOctets(Hex("aa55"));
                }),
                std::string("d52a80"),
                "two octets are not aligned");
    check.Equal(Written([&](AperWriter& w) {
                    one(w);
                    w.FixedOctets(Hex("aa55ff"));
                }),
                std::string("80aa55ff"),
                "three octets are");
    check.Equal(Written([&](AperWriter& w) {
                    one(w);
                    w.OctetString(Hex("0102"));
                }),
                std::string("80020102"),
                "a length is aligned");
    check.Equal(Written([&](AperWriter& w) {
                    one(w);
                    w.FixedBits(0x2AA, 10);
                    w.FixedBits(0x123456789, 36);
                }),
                std::string("d540") + "1234567890",
                "ten bits are not aligned, 36 are");
    check.Equal(Written([&](AperWriter& w) {
                    w.Bits(0, 1);
                    w.BitString(Hex("c0a80001"), 1, 160);
                }),
                std::string("0f80c0a80001"),
                "32 bits of 1..160");
    check.Equal(Written([](AperWriter& w) { w.OpenType(Bytes()); }),
                std::string("0100"),
                "an open type holds at least one octet");
    const Bytes bytes = Hex("d52a80 80aa55ff d540 1234567890 0f80c0a80001 0100");
    AperReader reader(bytes);
    reader.Bit();
    check.Equal(ToHex(reader.FixedOctets(2)), std::string("aa55"), "two octets");
    reader.Align();
    reader.Bit();
    check.Equal(ToHex(reader.FixedOctets(3)), std::string("aa55ff"), "three octets");
    reader.Bit();
    check.Equal(reader.FixedBits(10), 0x2AAU, "ten bits");
    check.Equal(reader.FixedBits(36), 0x123456789U, "36 bits");
    reader.Align();
    reader.Bit();
    check.Equal(ToHex(reader.BitString(1, 160)), std::string("c0a80001"), "bit string");
    check.Equal(ToHex(reader.OpenType()), std::string("00"), "open type");
    reader.Finish();
    check.Expect(reader.Ok(), "all read");
}

void
Lengths(Check& check)
{
    for (const auto& [length, hex] : {std::pair<std::size_t, const char*>{0, "00"},
                                      {127, "7f"},
                                      {128, "8080"},
                                      {16383, "bfff"}})
    {
        const std::size_t count = length;
        check.Equal(Written([&](AperWriter& w) { w.Length(count); }), std::string(hex), "length");
        const Bytes bytes = Hex(hex);
        AperReader reader(bytes);
        check.Equal(reader.Length(), count, "length read");
    }
    check.Equal(Written([](AperWriter& w) { w.OctetString(Bytes(16384)); }),
                std::string(),
                "fragments are not written");
    const Bytes fragment = Hex("c1");
    AperReader reader(fragment);
    reader.OctetString();
    check.Expect(reader.Error() == DecodeError::UNSUPPORTED, "fragments are refused");
}

/** The personnel record of X.691 clause A.1, in the aligned variant. */
void
PersonnelRecord(Check& check)
{
    const char* hex = "80044a6f686e015005536d6974680133084469726563746f72083139373130393137"
                      "044d617279015405536d697468020552616c7068015405536d697468083139353731"
                      "3131310553757361"
                      "6e0142054a6f6e6573083139353930373137";
    const auto text = [](AperWriter& w, const std::string& t) {
        w.OctetString(Bytes(t.begin(), t.end()));
    };
    AperWriter w;
    w.Bits(1, 1); // children are there
    for (const char* t : {"John", "P", "Smith"})
    {
        text(w, t);
    }
    w.Unconstrained(51);
    for (const char* t : {"Director", "19710917", "Mary", "T", "Smith"})
    {
        text(w, t);
    }
    w.Length(2);
    for (const char* t : {"Ralph", "T", "Smith", "19571111", "Susan", "B", "Jones", "19590717"})
    {
        text(w, t);
    }
    check.Equal(ToHex(w.Release()), std::string(hex), "94 octets");
}

/** The extensible SEQUENCE of X.691 clause A.4, in the aligned variant. */
void
ExtensionAdditions(Check& check)
{
    const Bytes bytes = Hex("9e000180010291a4");
    AperReader reader(bytes);
    check.Expect(reader.Bit(), "additions are there");
    check.Equal(reader.Bits(2), 0U, "no optional part");
    check.Equal(reader.Constrained(250, 253), 253U, "a");
    check.Expect(reader.Bit(), "b");
    check.Equal(reader.Enumerated(1, true), 1U, "c is the first extension");
    check.Equal(ToHex(reader.OpenType()), std::string("80"), "e");
    reader.SkipExtensionAdditions();
    reader.Finish();
    check.Expect(reader.Ok(), "g and h are passed over");

    // 65 additions (1, then the length 65), of which the last is there: one octet aa
    const Bytes many = Hex("80 41 0000000000000000 80 01aa");
    AperReader long_(many);
    long_.SkipExtensionAdditions();
    long_.Finish();
    check.Expect(long_.Ok(), "more than 64 additions");
}

void
WrongValuesAreNotWritten(Check& check)
{
    const std::vector<std::function<void(AperWriter&)>> wrong{
        [](AperWriter& w) { w.Constrained(8, 0, 7); },
        [](AperWriter& w) { w.Constrained(0, 1, 7); },
        [](AperWriter& w) { w.SemiConstrained(0, 1); },
        [](AperWriter& w) { w.ExtensibleInteger(UINT64_MAX, 0, 7); },
        [](AperWriter& w) { w.Enumerated(3, 3, false); },
        [](AperWriter& w) { w.FixedBits(16, 4); },
        [](AperWriter& w) { w.BitString(Bytes(), 1, 160); },
        [](AperWriter& w) { w.BitString(Bytes(21), 1, 160); },
        [](AperWriter& w) { w.Fail(); },
    };
    for (std::size_t i = 0; i < wrong.size(); ++i)
    {
        AperWriter writer;
        writer.Bits(0xFF, 8);
        wrong[i](writer);
        writer.Bits(0xFF, 8);
        check.Expect(!writer.Ok(), "wrong value " + std::to_string(i));
        check.Expect(writer.Release().empty(), "nothing half right " + std::to_string(i));
    }
}

/** A read that must fail. */
struct RefusedCase
{
    const char* hex;                       //!< what is read
    std::function<void(AperReader&)> read; //!< how
    DecodeError error;                     //!< with what outcome
};

void
WrongOctetsAreRefused(Check& check)
{
    const std::vector<RefusedCase> cases{
        {"", [](AperReader& r) { r.Bit(); }, DecodeError::TRUNCATED},
        {"ff", [](AperReader& r) { r.Bits(9); }, DecodeError::TRUNCATED},
        {"ff", [](AperReader& r) { r.FixedOctets(3); }, DecodeError::TRUNCATED},
        {"ff", [](AperReader& r) { r.Constrained(0, 4); }, DecodeError::OUT_OF_RANGE},
        {"80ffffffff", [](AperReader& r) { r.Constrained(0, 65536); }, DecodeError::OUT_OF_RANGE},
        {"00", [](AperReader& r) { r.SemiConstrained(0); }, DecodeError::MALFORMED},
        {"09", [](AperReader& r) { r.Unconstrained(); }, DecodeError::OUT_OF_RANGE},
        {"08ffffffffffffffff",
         [](AperReader& r) { r.SemiConstrained(1); },
         DecodeError::OUT_OF_RANGE},
        {"8001ff", [](AperReader& r) { r.ExtensibleInteger(0, 7); }, DecodeError::OUT_OF_RANGE},
        {"c008ffffffffffffffff",
         [](AperReader& r) { r.Enumerated(2, true); },
         DecodeError::OUT_OF_RANGE},
        {"80", [](AperReader& r) { r.Length(); }, DecodeError::TRUNCATED},
        {"0401", [](AperReader& r) { r.OctetString(); }, DecodeError::TRUNCATED},
        {"08ff", [](AperReader& r) { r.BitString(1, 160); }, DecodeError::UNSUPPORTED},
        {"ff00",
         [](AperReader& r) {
             r.Bit();
             r.Finish();
         },
         DecodeError::TRAILING},
        {"7f", [](AperReader& r) { r.SkipExtensionAdditions(); }, DecodeError::TRUNCATED},
    };
    for (const RefusedCase& c : cases)
    {
        const Bytes bytes = Hex(c.hex);
        AperReader reader(bytes);
        c.read(reader);
        check.Equal(std::string(ToString(reader.Error())), std::string(ToString(c.error)), c.hex);
        // a failed reader gives zeros and keeps its error
        check.Equal(reader.Bits(3), 0U, "zeros");
        check.Equal(reader.Constrained(5, 9), 0U, "zeros");
        check.Equal(reader.Unconstrained(), 0, "zeros");
        check.Equal(reader.SemiConstrained(5), 0U, "zeros");
        check.Equal(reader.FixedOctets(5).size(), 5U, "zeros of the right size");
        check.Expect(reader.OctetString().empty() && reader.BitString(1, 160).empty(), "empty");
        reader.Fail(DecodeError::OUT_OF_RANGE);
        check.Expect(reader.Error() == c.error, "the first error stays");
    }
}

void
RandomOctetsAreSafe(Check& check)
{
    std::minstd_rand random(1);
    std::size_t failed = 0;
    for (int i = 0; i < 20000; ++i)
    {
        Bytes bytes(random() % 24);
        for (uint8_t& b : bytes)
        {
            b = static_cast<uint8_t>(random() >> 8);
        }
        AperReader reader(bytes);
        while (reader.Ok())
        {
            switch (random() % 12)
            {
            case 0:
                reader.Bits(random() % 65);
                break;
            case 1:
                reader.Constrained(1, 1ULL << (random() % 64));
                break;
            case 2:
                reader.SemiConstrained(random());
                break;
            case 3:
                reader.Unconstrained();
                break;
            case 4:
                reader.ExtensibleInteger(0, random() % 1000);
                break;
            case 5:
                reader.Enumerated(1 + random() % 70, true);
                break;
            case 6:
                reader.FixedOctets(random() % 5);
                break;
            case 7:
                reader.OctetString();
                break;
            case 8:
                reader.FixedBits(1 + random() % 64);
                break;
            case 9:
                reader.BitString(1, 160);
                break;
            case 10:
                reader.SkipExtensionAdditions();
                break;
            default:
                reader.Bits(8);
            }
        }
        ++failed;
    }
    check.Equal(failed, 20000U, "every reader comes to its end");
}

/** @brief Fields of any width at any place of an octet, against the same bits one by one. */
void
FieldsLieAnywhere(Check& check)
{
    constexpr uint64_t PATTERN = 0xb7e151628aed2a6b;
    bool written = true;
    bool read = true;
    for (unsigned before = 0; before < 8; ++before)
    {
        for (unsigned count = 0; count <= 64; ++count)
        {
            AperWriter whole;
            AperWriter bits;
            for (AperWriter* writer : {&whole, &bits})
            {
                writer->Bits(0x55, before);
            }
            whole.Bits(PATTERN, count);
            for (unsigned i = count; i-- > 0;)
            {
                bits.Bits(PATTERN >> i & 1, 1);
            }
            for (AperWriter* writer : {&whole, &bits})
            {
                writer->Bits(1, 1);
            }
            const Bytes octets = bits.Release();
            written = written && whole.Release() == octets;
            AperReader reader(octets);
            reader.Bits(before);
            read = read &&
                   reader.Bits(count) == (count == 0 ? 0 : PATTERN << (64 - count) >> (64 - count));
            read = read && reader.Bit() && reader.Ok();
        }
    }
    check.Expect(written, "written");
    check.Expect(read, "read");
}

} // namespace

void AddAperTests(MbsTestSuite& suite);

void
AddAperTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("aligned PER: constrained whole numbers, worked by hand",
                                   ConstrainedNumbers));
    suite.Add(new FunctionTestCase("aligned PER: other numbers and enumerations, worked by hand",
                                   OtherNumbers));
    suite.Add(
        new FunctionTestCase("aligned PER: octet strings, bit strings and open types", Strings));
    suite.Add(new FunctionTestCase("aligned PER: fields of any width at any place of an octet",
                                   FieldsLieAnywhere));
    suite.Add(new FunctionTestCase("aligned PER: lengths up to 16383, fragments refused", Lengths));
    suite.Add(
        new FunctionTestCase("aligned PER: the personnel record of X.691 A.1", PersonnelRecord));
    suite.Add(new FunctionTestCase("aligned PER: the extensions of X.691 A.4", ExtensionAdditions));
    suite.Add(new FunctionTestCase("aligned PER: a wrong value gives no octets",
                                   WrongValuesAreNotWritten));
    suite.Add(new FunctionTestCase("aligned PER: wrong octets are refused for good",
                                   WrongOctetsAreRefused));
    suite.Add(
        new FunctionTestCase("aligned PER: random octets are read safely", RandomOctetsAreSafe));
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"
#include "mbs-text-octets.h"

#include "ns3/mbs-bytes.h"
#include "ns3/mbs-key-id.h"
#include "ns3/mbs-key-material.h"
#include "ns3/mbs-secret.h"
#include "ns3/mbs-shared-bytes.h"
#include "ns3/mbs-tmgi.h"

#include <algorithm>
#include <iterator>
#include <new>
#include <set>
#include <sstream>
#include <type_traits>

namespace ns3::mbs
{

namespace
{

/**
 * @param value something with a stream operator
 * @return what it writes
 */
template <typename T>
std::string
Text(const T& value)
{
    std::ostringstream os;
    os << value;
    return os.str();
}

/** @param check where to report */
void
Views(Check& check)
{
    const Bytes bytes{1, 2, 3, 4, 5};
    const ByteView view(bytes);
    check.Equal(view.size(), std::size_t{5}, "size");
    check.Equal(view[4], 5, "last octet");
    check.Expect(ByteView().empty() && ByteView().size() == 0, "the empty view");
    check.Expect(ByteView().ToBytes().empty(), "copy of the empty view");
    check.Equal(ToHex(view.Sub(1, 2)), std::string("0203"), "a part");
    check.Equal(ToHex(view.Sub(3)), std::string("0405"), "the rest");
    check.Equal(ToHex(view.Sub(3, 9)), std::string("0405"), "a part cut short");
    check.Expect(view.Sub(5).empty() && view.Sub(6, 1).empty(), "a part behind the end");
    check.Expect(view.ToBytes() == bytes, "copy");
    check.Expect(SameBytes(view, bytes), "same");
    check.Expect(!SameBytes(view, view.Sub(1)) && !SameBytes(view, Bytes{1, 2, 3, 4, 6}),
                 "not the same");
    const std::array<uint8_t, 2> array{7, 8};
    check.Equal(ToHex(array), std::string("0708"), "an array");
}

/** @param check where to report */
void
Hexadecimal(Check& check)
{
    check.Equal(ToHex(Bytes{0x00, 0x9f, 0xab, 0xff}), std::string("009fabff"), "digits");
    check.Expect(FromHex("009FabfF") == Bytes({0x00, 0x9f, 0xab, 0xff}), "either case");
    check.Expect(FromHex(" 0\n1\t02\r") == Bytes({0x01, 0x02}), "white space");
    check.Expect(FromHex("") == Bytes(), "nothing");
    check.Expect(!FromHex("0") && !FromHex("001"), "an odd number of digits");
    for (const char* text : {"0g", "0/", "0:", "0@", "0G", "0`", "-1"})
    {
        check.Expect(!FromHex(text), std::string("not digits: ") + text);
    }
}

/** @param check where to report */
void
Base64(Check& check)
{
    // RFC 4648 clause 10.
    const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, coded] : vectors)
    {
        check.Equal(ToBase64(Octets(plain)), std::string(coded), "encoded");
        check.Expect(FromBase64(coded) == Octets(plain), std::string("decoded ") + coded);
    }
    check.Equal(ToBase64(Bytes{0xfb, 0xff, 0xbf}), std::string("+/+/"), "the last two characters");
    check.Expect(FromBase64("+/+/") == Bytes({0xfb, 0xff, 0xbf}), "and back");
    for (const char* text : {"Z",
                             "Zg",
                             "Zg=",
                             "====",
                             "Z===",
                             "Zg==Zg==",
                             "Zm9v=",
                             "Zm9*",
                             "Zm 9",
                             "Zh==",
                             "Zm9=",
                             "Z=g="})
    {
        check.Expect(!FromBase64(text), std::string("refused: ") + text);
    }
    check.Expect(!FromBase64(std::string("Zm9\0", 4)), "a zero octet is no digit");
}

/** @param check where to report */
void
Reader(Check& check)
{
    Bytes bytes(19);
    for (std::size_t i = 0; i < bytes.size(); ++i)
    {
        bytes[i] = static_cast<uint8_t>(0xf1 + i);
    }
    ByteReader reader(bytes);
    check.Equal(reader.U8(), 0xf1, "one octet");
    check.Equal(reader.U16(), 0xf2f3, "two octets");
    check.Equal(reader.U24(), 0xf4f5f6U, "three octets");
    check.Equal(reader.U32(), 0xf7f8f9faU, "four octets");
    check.Equal(reader.U64(), 0xfbfcfdfeff000102ULL, "eight octets");
    check.Equal(reader.Position(), std::size_t{18}, "position");
    check.Equal(reader.Left(), std::size_t{1}, "left");
    check.Expect(reader.Ok() && !reader.Done(), "not done");
    check.Equal(ToHex(reader.Rest()), std::string("03"), "rest");
    check.Expect(reader.Done(), "done");
    check.Equal(reader.U8(), 0, "zero behind the end");
    check.Expect(!reader.Ok() && !reader.Done(), "failed");

    const Bytes seven(7, 0xff);
    ByteReader shorter(seven);
    check.Equal(shorter.U64(), uint64_t{0}, "eight of seven octets");
    check.Expect(!shorter.Ok() && shorter.Left() == 0, "failed");
    check.Equal(shorter.U16(), 0, "failed for good");
    check.Equal(shorter.U24(), 0U, "failed for good");
    check.Equal(shorter.U32(), 0U, "failed for good");
    check.Expect(shorter.Take(1).empty() && shorter.Rest().empty(), "failed for good");
    check.Expect(shorter.Array<3>() == (std::array<uint8_t, 3>{}), "zeros");

    ByteReader refused(seven);
    check.Expect(refused.Take(7).size() == 7 && refused.Take(0).empty() && refused.Done(), "all");
    ByteReader failed(seven);
    failed.Fail();
    check.Expect(!failed.Ok() && failed.Left() == 0, "made to fail");
    ByteReader huge(seven);
    check.Expect(huge.Take(SIZE_MAX).empty() && !huge.Ok(), "a length near overflow");
}

/** @param check where to report */
void
Writer(Check& check)
{
    ByteWriter writer;
    writer.U8(0x01)
        .U16(0x0203)
        .U24(0xff040506)
        .U32(0x0708090a)
        .U64(0x0b0c0d0e0f101112)
        .Append(Bytes{0x13});
    check.Equal(writer.Size(), std::size_t{19}, "size");
    writer.PatchU16(1, 0xaabb);
    writer.PatchU8(0, 0xcc);
    check.Equal(ToHex(writer.Get()),
                std::string("ccaabb0405060708090a0b0c0d0e0f10111213"),
                "octets");
    check.Equal(writer.Release().size(), std::size_t{19}, "handed over");

    ByteWriter roomy(3);
    check.Equal(roomy.Get().capacity(), std::size_t{3}, "room as asked for");
    const uint8_t* first = roomy.U8(1).Append(Bytes{2, 3}).Get().data();
    check.Expect(roomy.Get().data() == first, "kept where it is while there is room");
    roomy.Append(Bytes{}).Append(Bytes{4, 5, 6, 7, 8}).Append(Bytes{9});
    check.Equal(ToHex(roomy.Get()), std::string("010203040506070809"), "and moved when it grows");
}

/** @param check where to report */
void
Errors(Check& check)
{
    std::set<std::string> names;
    for (int i = 0; i <= static_cast<int>(DecodeError::OUT_OF_RANGE); ++i)
    {
        names.insert(ToString(static_cast<DecodeError>(i)));
    }
    check.Equal(names.size(), std::size_t{6}, "every error has a name of its own");
    check.Equal(std::string(ToString(static_cast<DecodeError>(99))),
                std::string("unknown"),
                "name of none");
    Decoded<std::string> good(std::string("x"));
    check.Expect(good && *good == "x" && good->size() == 1 && good.Error() == DecodeError::NONE,
                 "a value");
    *good = "y";
    good->push_back('z');
    const Decoded<std::string>& view = good;
    check.Expect(*view == "yz" && view->size() == 2, "a changed value");
    const Decoded<int> bad(DecodeError::TRUNCATED);
    check.Expect(!bad && bad.Error() == DecodeError::TRUNCATED, "no value");
}

/** @param check where to report */
void
SecretIsWiped(Check& check)
{
    using Small = Secret<16>;
    alignas(Small) static unsigned char storage[sizeof(Small)];
    const Bytes key(16, 0xa5);
    auto* secret = new (storage) Small(*Small::From(key));
    check.Expect(SameBytes(secret->View(), key), "holds the key");
    secret->~Small();
    // The object is gone; its storage is the test's own.
    const volatile unsigned char* left = storage;
    std::size_t found = 0;
    for (std::size_t i = 0; i < sizeof(Small); ++i)
    {
        found += left[i] == 0xa5 ? 1 : 0;
    }
    check.Equal(found, std::size_t{0}, "octets of the key that are left");
    Bytes bytes(5, 0xff);
    SecureWipe(bytes.data() + 1, 3);
    check.Equal(ToHex(bytes), std::string("ff000000ff"), "wipes what it is told to");
}

/** Memory that the test can look at after it was given back. */
uint8_t g_arena[1024];

/** Octets of g_arena that were given out. */
std::size_t g_given = 0;

/** Gives out g_arena piece by piece. @tparam T what is held */
template <typename T>
struct ArenaAllocator
{
    /** What is held. */
    using value_type = T;

    ArenaAllocator() = default;

    /** @brief All are alike. */
    template <typename U>
    ArenaAllocator(const ArenaAllocator<U>&)
    {
    }

    /** @param count how many @return memory for them */
    T* allocate(std::size_t count)
    {
        g_given += count * sizeof(T);
        return reinterpret_cast<T*>(g_arena + g_given - count * sizeof(T));
    }

    /** @brief Keeps what it gets. */
    void deallocate(T*, std::size_t)
    {
    }
};

/** @param check where to report */
void
MemoryIsWipedWhenGivenBack(Check& check)
{
    const auto left = [] {
        return std::count(std::begin(g_arena), std::end(g_arena), uint8_t{0xa5});
    };
    {
        std::vector<uint8_t, WipingAllocator<uint8_t, ArenaAllocator<uint8_t>>> octets;
        for (int i = 0; i < 33; ++i)
        {
            octets.push_back(0xa5);
        }
        check.Equal(left(), 33, "what grew has left nothing where it was before");
        const auto moved = std::move(octets);
        check.Equal(left(), 33, "nor has what moved");
    }
    check.Equal(left(), 0, "nor what is gone");
    {
        using Text = std::
            basic_string<char, std::char_traits<char>, WipingAllocator<char, ArenaAllocator<char>>>;
        Text text(20, '\xa5');
        text += text;
        check.Equal(left(), 40, "the same with text");
    }
    check.Equal(left(), 0, "the same with text that is gone");
    check.Expect(g_given > 100 && g_given < sizeof(g_arena), "memory was taken from the arena");
    check.Expect(std::is_same_v<Bytes::allocator_type, WipingAllocator<uint8_t>> &&
                     std::is_same_v<SecretText::allocator_type, WipingAllocator<char>>,
                 "octets of messages and secret text come from such an allocator");
}

/** @param check where to report */
void
OctetsKeptOnce(Check& check)
{
    SharedBytes first(Bytes{1, 2, 3});
    const SharedBytes second = first;
    check.Expect(first.data() == second.data() && first == second, "a copy has the same octets");
    check.Expect(first == SharedBytes(Bytes{1, 2, 3}), "others of the same value are equal");
    check.Expect(!(first == SharedBytes(Bytes{1, 2, 4})), "of another value they are not");
    const SharedBytes third = std::move(first);
    check.Expect(third == second && third.size() == 3, "what was moved is there");
    check.Expect(first.empty() && first.size() == 0 && first == SharedBytes(),
                 "and is not where it was");
    check.Expect(SharedBytes(Bytes()).empty(), "no octets are none");
}

/** @param check where to report */
void
Secrets(Check& check)
{
    const Secret<3> zero;
    check.Equal(ToHex(zero.View()), std::string("000000"), "zeros");
    const Secret<3> one(std::array<uint8_t, 3>{1, 2, 3});
    Secret<3> copy(one);
    check.Expect(copy == one && !(copy != one), "a copy is the same");
    copy.Data()[2] = 4;
    check.Expect(copy != one && !(copy == one), "a changed copy is not");
    copy = one;
    check.Expect(copy == one, "assigned");
    check.Expect(!Secret<3>::From(Bytes(2)) && !Secret<3>::From(Bytes(4)), "a wrong length");
    const KeySet set;
    check.Expect(!set.msk && !set.mtk && !set.mskLifetime, "an empty key set");
}

/** @param check where to report */
void
Plmns(Check& check)
{
    const auto two = PlmnId::From("001", "01");
    check.Expect(two && ToHex(two->Encode()) == "00f110", "two digits of MNC, with filler");
    const auto three = PlmnId::From("310", "410");
    check.Expect(three && ToHex(three->Encode()) == "130014", "three digits of MNC");
    check.Expect(PlmnId::Decode(two->Encode()) == two && PlmnId::Decode(three->Encode()) == three,
                 "come back");
    check.Expect(two->Mcc() == "001" && two->Mnc() == "01" && *two == PlmnId(), "digits");
    check.Expect(*two != *three && *two < *three && !(*three < *two), "order");
    check.Expect(!PlmnId::From("01", "01") && !PlmnId::From("0011", "01") &&
                     !PlmnId::From("001", "1") && !PlmnId::From("001", "0123") &&
                     !PlmnId::From("00a", "01") && !PlmnId::From("001", "0x"),
                 "not digits");
    for (std::size_t nibble = 0; nibble < 6; ++nibble)
    {
        auto octets = three->Encode();
        octets[nibble / 2] |= static_cast<uint8_t>(nibble % 2 == 0 ? 0x0f : 0xf0);
        // Only the third digit of the MNC (upper half of the second octet) may be a filler.
        check.Equal(PlmnId::Decode(octets).has_value(),
                    nibble == 3,
                    "F as digit " + std::to_string(nibble));
    }
}

/** @param check where to report */
void
Tmgis(Check& check)
{
    const Tmgi tmgi(0xff00a1b2, PlmnId());
    check.Equal(tmgi.ServiceId(), 0x00a1b2U, "24 bits");
    check.Equal(ToHex(tmgi.Encode()), std::string("00a1b200f110"), "octets");
    check.Equal(tmgi.ServiceIdText(), std::string("00A1B2"), "text");
    check.Equal(Text(tmgi), std::string("00A1B2-001-01"), "printed");
    check.Expect(Tmgi::Decode(tmgi.Encode()) == tmgi, "comes back");
    check.Expect(!Tmgi::Decode({0, 0, 0, 0xff, 0xff, 0xff}), "no digits");
    const Tmgi other(0x00a1b3, PlmnId());
    const Tmgi abroad(0x00a1b2, *PlmnId::From("310", "410"));
    check.Expect(tmgi != other && tmgi != abroad && tmgi < other && tmgi < abroad &&
                     !(other < tmgi) && !(abroad < tmgi) && tmgi.Plmn() == PlmnId(),
                 "order");
}

/** @param check where to report */
void
KeyIds(Check& check)
{
    const KeyDomainId domain{PlmnId()};
    check.Equal(Text(domain), std::string("00f110"), "Key Domain ID");
    check.Expect(domain == KeyDomainId({0x00, 0xf1, 0x10}) && domain != KeyDomainId() &&
                     KeyDomainId() < domain && !(domain < KeyDomainId()),
                 "Key Domain IDs compare");

    const MskId msk(0x0102, 0xfffe);
    check.Equal(Text(msk), std::string("0102fffe"), "MSK ID");
    check.Expect(MskId::Decode(msk.Encode()) == msk && msk.Group() == 0x0102 &&
                     msk.Number() == 0xfffe,
                 "MSK ID comes back");
    check.Equal(msk.Next().Number(), 0xffff, "next number");
    check.Equal(msk.Next().Next().Number(), 1, "0 is passed over: it means the current MSK");
    check.Equal(msk.Next().Next().Group(), 0x0102, "in the same group");
    check.Expect(MskId() != msk && MskId() < msk && !(msk < MskId()) && MskId() == MskId(0, 0),
                 "MSK IDs compare");

    const MtkId mtk(0x0a0b);
    check.Equal(Text(mtk), std::string("0a0b"), "MTK ID");
    check.Expect(MtkId::Decode(mtk.Encode()) == mtk && mtk != MtkId() && MtkId() < mtk &&
                     !(mtk < MtkId()) && mtk.Number() == 0x0a0b,
                 "MTK IDs compare");

    const Mki mki{msk, mtk};
    check.Equal(Text(mki), std::string("0102fffe0a0b"), "MKI = MSK ID || MTK ID");
    check.Expect(Mki::Decode(mki.Encode()) == mki, "MKI comes back");
    const Mki later{msk, MtkId(0x0a0c)};
    check.Expect(mki != later && mki < later && !(later < mki) && mki != Mki(), "MKIs compare");
}

} // namespace

/**
 * @ingroup mbs-tests
 * @brief Adds the tests of octets, identities and key material.
 * @param suite where to
 */
void AddKeysTests(MbsTestSuite& suite);

void
AddKeysTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("a view never reaches behind its end", Views);
    add("hexadecimal digits are read strictly", Hexadecimal);
    add("RFC 4648 10: base64 is read strictly", Base64);
    add("a reader fails for good at the end", Reader);
    add("a writer writes big-endian", Writer);
    add("decoding gives a value or an error", Errors);
    add("a secret is wiped when it goes", SecretIsWiped);
    add("memory of octets and secret text is wiped when it is given back",
        MemoryIsWipedWhenGivenBack);
    add("octets that do not change are kept once", OctetsKeptOnce);
    add("secrets compare and copy", Secrets);
    add("a network is coded as in TS 24.008", Plmns);
    add("a TMGI is coded as in TS 24.008", Tmgis);
    add("key identities are coded as in TS 33.246", KeyIds);
}

} // namespace ns3::mbs

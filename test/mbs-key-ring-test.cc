// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-key-ring.h"

#include <string>

namespace ns3::mbs
{

namespace
{

/** Stored for an MTK: any value tells keys apart. */
using Ring = KeyRing<int, int>;

/** The key domain of most tests. */
const KeyDomainId DOMAIN({0x00, 0xf1, 0x10});

/** @param fill every octet @return a key */
Key128
KeyOf(uint8_t fill)
{
    std::array<uint8_t, Key128::SIZE> octets;
    octets.fill(fill);
    return Key128(octets);
}

/** @param number Key Number part of the MSK ID @param mtk MTK ID @return the name, in group 1 */
Mki
Name(uint16_t number, uint16_t mtk)
{
    return {MskId(1, number), MtkId(mtk)};
}

/** @param ring where to look @param mki which key @param now when @return the state */
KeyState
StateOf(Ring& ring, const Mki& mki, Time now)
{
    const int* key = nullptr;
    return ring.FindMtk(mki, now, key);
}

void
TwoMsksPerGroup(Check& check)
{
    Ring ring;
    for (uint16_t number = 1; number <= 3; ++number)
    {
        check.Expect(ring.InstallMsk(DOMAIN, MskId(1, number), KeyOf(static_cast<uint8_t>(number))),
                     "a new MSK changes the ring");
    }
    check.Equal(ring.MskCount(), Ring::MSKS_PER_GROUP, "MSKs held");
    check.Expect(ring.FindMsk(DOMAIN, MskId(1, 1)) == nullptr, "the oldest one is gone");
    check.Expect(ring.FindMsk(DOMAIN, MskId(1, 2)) != nullptr, "the middle one is held");
    check.Expect(ring.FindMsk(DOMAIN, MskId(1, 3)) != nullptr, "the newest one is held");
}

void
OldestByArrival(Check& check)
{
    Ring ring;
    ring.InstallMsk(DOMAIN, MskId(1, 9), KeyOf(9));
    ring.InstallMsk(DOMAIN, MskId(1, 4), KeyOf(4));
    ring.InstallMsk(DOMAIN, MskId(1, 5), KeyOf(5));
    check.Expect(ring.FindMsk(DOMAIN, MskId(1, 9)) == nullptr,
                 "what came first goes first, whatever its number");
    check.Expect(ring.FindMsk(DOMAIN, MskId(1, 4)) != nullptr, "the second one stays");
}

void
OtherGroupsStay(Check& check)
{
    const KeyDomainId otherDomain({0x62, 0xf2, 0x20});
    Ring ring;
    ring.InstallMsk(DOMAIN, MskId(2, 1), KeyOf(0x21));
    ring.InstallMsk(otherDomain, MskId(1, 1), KeyOf(0x31));
    for (uint16_t number = 1; number <= 4; ++number)
    {
        ring.InstallMsk(DOMAIN, MskId(1, number), KeyOf(static_cast<uint8_t>(number)));
    }
    check.Equal(ring.MskCount(), 4u, "two of the busy group, one each of the others");
    check.Expect(ring.FindMsk(DOMAIN, MskId(2, 1)) != nullptr, "the other group's MSK");
    const auto* other = ring.FindMsk(otherDomain, MskId(1, 1));
    check.Expect(other != nullptr && other->key == KeyOf(0x31), "the other domain's MSK");
    check.Expect(ring.FindMsk(otherDomain, MskId(1, 4)) == nullptr,
                 "an MSK is not found under another domain");
}

void
SameMskTwice(Check& check)
{
    Ring ring;
    ring.InstallMsk(DOMAIN, MskId(1, 1), KeyOf(1));
    ring.InstallMsk(DOMAIN, MskId(1, 2), KeyOf(2));
    ring.FindMsk(DOMAIN, MskId(1, 1))->state = 7;
    check.Expect(!ring.InstallMsk(DOMAIN, MskId(1, 1), KeyOf(1)), "nothing changes");
    check.Equal(ring.MskCount(), 2u, "still two");
    check.Equal(ring.FindMsk(DOMAIN, MskId(1, 1))->state, 7, "its replay state is kept");
    ring.InstallMsk(DOMAIN, MskId(1, 3), KeyOf(3));
    check.Expect(ring.FindMsk(DOMAIN, MskId(1, 1)) == nullptr,
                 "coming again does not make it younger");
}

void
OtherKeySameName(Check& check)
{
    Ring ring;
    ring.InstallMsk(DOMAIN, MskId(1, 1), KeyOf(1));
    ring.FindMsk(DOMAIN, MskId(1, 1))->state = 7;
    check.Expect(ring.InstallMsk(DOMAIN, MskId(1, 1), KeyOf(0xaa)), "the ring changes");
    check.Equal(ring.MskCount(), 1u, "one MSK");
    const auto* held = ring.FindMsk(DOMAIN, MskId(1, 1));
    check.Expect(held->key == KeyOf(0xaa), "the new key");
    check.Equal(held->state, 0, "a new replay state");
}

void
MtksOfReplacedMskGo(Check& check)
{
    Ring ring;
    ring.SetRetention(Seconds(1));
    ring.InstallMsk(DOMAIN, MskId(1, 1), KeyOf(1));
    ring.InstallMtk(Name(1, 1), 11, Seconds(0));
    ring.InstallMtk(Name(1, 2), 12, Seconds(1));
    ring.InstallMtk(Name(1, 3), 13, Seconds(3)); // MTK 1 is remembered as gone from here on
    ring.InstallMtk(Name(2, 1), 21, Seconds(3));
    ring.InstallMsk(DOMAIN, MskId(1, 1), KeyOf(0xaa));
    check.Expect(StateOf(ring, Name(1, 3), Seconds(3)) == KeyState::NEVER,
                 "an MTK under the old key is not one under the new key");
    check.Expect(ring.InstallMtk(Name(1, 1), 91, Seconds(3)), "MTK 1 under the new key is new");
    check.Expect(ring.InstallMtk(Name(1, 3), 93, Seconds(3)), "and so is MTK 3");
    const int* key = nullptr;
    check.Expect(ring.FindMtk(Name(1, 3), Seconds(3), key) == KeyState::HELD, "MTK 3 is held");
    check.Equal(*key, 93, "the new one");
    check.Expect(StateOf(ring, Name(2, 1), Seconds(3)) == KeyState::HELD,
                 "MTKs under other MSKs stay");
}

void
RetentionToTheNanosecond(Check& check)
{
    const Time retention = MilliSeconds(500);
    Ring ring;
    ring.SetRetention(retention);
    check.Expect(ring.InstallMtk(Name(1, 1), 11, Seconds(1)), "the first MTK is new");
    check.Expect(StateOf(ring, Name(1, 1), Seconds(1000000)) == KeyState::HELD,
                 "the newest MTK never ages");
    ring.InstallMtk(Name(1, 2), 12, Seconds(10));
    const Time end = Seconds(10) + retention;
    check.Expect(StateOf(ring, Name(1, 1), end - NanoSeconds(1)) == KeyState::HELD,
                 "held until the last nanosecond");
    check.Expect(StateOf(ring, Name(1, 1), end) == KeyState::GONE, "gone with the next");
    check.Expect(StateOf(ring, Name(1, 2), end) == KeyState::HELD, "its successor is held");
}

void
NoRetention(Check& check)
{
    Ring ring;
    ring.SetRetention(Seconds(0));
    ring.InstallMtk(Name(1, 1), 11, Seconds(1));
    ring.InstallMtk(Name(1, 2), 12, Seconds(2));
    check.Expect(StateOf(ring, Name(1, 1), Seconds(2)) == KeyState::GONE,
                 "gone in the instant in which the next came");
    ring.InstallMtk(Name(1, 3), 13, Seconds(2));
    check.Equal(ring.MtkCount(), 2u, "what is gone is swept out when a key comes");
    check.Expect(StateOf(ring, Name(1, 1), Seconds(2)) == KeyState::GONE, "and remembered");
}

void
HeldNeverGone(Check& check)
{
    Ring ring;
    ring.SetRetention(Seconds(1));
    const int* key = nullptr;
    check.Expect(ring.FindMtk(Name(1, 1), Seconds(0), key) == KeyState::NEVER, "empty ring");
    ring.InstallMtk(Name(1, 1), 11, Seconds(0));
    check.Expect(ring.FindMtk(Name(1, 2), Seconds(0), key) == KeyState::NEVER, "not this one");
    check.Expect(ring.FindMtk(Name(2, 1), Seconds(0), key) == KeyState::NEVER,
                 "not under this MSK");
    check.Expect(key == nullptr, "the output is left alone");
    check.Expect(ring.FindMtk(Name(1, 1), Seconds(0), key) == KeyState::HELD, "this one");
    check.Equal(*key, 11, "with what was stored");
    ring.InstallMtk(Name(1, 2), 12, Seconds(1));
    key = nullptr;
    check.Expect(ring.FindMtk(Name(1, 1), Seconds(9), key) == KeyState::GONE, "too late");
    check.Expect(key == nullptr, "the output is left alone");
    check.Expect(!ring.InstallMtk(Name(1, 2), 99, Seconds(9)), "what is held is not new");
    check.Expect(!ring.InstallMtk(Name(1, 1), 99, Seconds(9)), "what is gone does not come back");
    check.Expect(ring.FindMtk(Name(1, 2), Seconds(9), key) == KeyState::HELD, "still held");
    check.Equal(*key, 12, "and still the first one of that name");
}

void
LateOlderMtk(Check& check)
{
    Ring ring;
    ring.SetRetention(Seconds(1));
    ring.InstallMtk(Name(1, 3), 13, Seconds(0));
    check.Expect(ring.InstallMtk(Name(1, 2), 12, Seconds(5)), "the late MTK is new");
    check.Expect(StateOf(ring, Name(1, 2), Seconds(6) - NanoSeconds(1)) == KeyState::HELD,
                 "it can be used for the retention");
    check.Expect(StateOf(ring, Name(1, 2), Seconds(6)) == KeyState::GONE, "and then no longer");
    check.Expect(StateOf(ring, Name(1, 3), Seconds(100)) == KeyState::HELD,
                 "the newer MTK does not age because an older one came");
    ring.InstallMtk(Name(1, 4), 14, Seconds(100));
    check.Expect(StateOf(ring, Name(1, 3), Seconds(101)) == KeyState::GONE,
                 "but when a newer one comes");
}

void
NewestLastAcrossMsks(Check& check)
{
    Ring ring;
    ring.SetRetention(Seconds(1));
    ring.InstallMtk(Name(1, 400), 1, Seconds(0));
    ring.InstallMtk(Name(2, 1), 2, Seconds(10));
    check.Expect(StateOf(ring, Name(2, 1), Seconds(99)) == KeyState::HELD,
                 "MTK 1 under MSK 2 is newer than MTK 400 under MSK 1");
    check.Expect(StateOf(ring, Name(1, 400), Seconds(99)) == KeyState::GONE, "which ages");
    ring.InstallMtk(Name(1, 401), 3, Seconds(20));
    check.Expect(StateOf(ring, Name(2, 1), Seconds(99)) == KeyState::HELD,
                 "an MTK under the MSK before changes nothing");
}

void
MskNumbersWrapAround(Check& check)
{
    const MskId last(1, UINT16_MAX);
    check.Equal(last.Next().Number(), 1u, "behind the last number comes 1");
    Ring ring;
    ring.SetRetention(Seconds(1));
    ring.InstallMtk({last, MtkId(5)}, 1, Seconds(0));
    ring.InstallMtk({last.Next(), MtkId(1)}, 2, Seconds(10));
    check.Expect(StateOf(ring, {last.Next(), MtkId(1)}, Seconds(99)) == KeyState::HELD,
                 "the MSK behind the wrap-around is the newer one");
    check.Expect(StateOf(ring, {last, MtkId(5)}, Seconds(11)) == KeyState::GONE,
                 "the one before it is the older one");
}

void
RememberedLimit(Check& check)
{
    Ring ring;
    ring.SetRetention(Seconds(0));
    // Number n goes when number n + 1 comes, and is swept out with number n + 2.
    const auto last = static_cast<uint16_t>(Ring::REMEMBERED + 3);
    for (uint16_t mtk = 1; mtk <= last; ++mtk)
    {
        ring.InstallMtk(Name(1, mtk), mtk, Seconds(mtk));
    }
    check.Expect(StateOf(ring, Name(1, 1), Seconds(last)) == KeyState::NEVER,
                 "the oldest one has been forgotten");
    check.Expect(StateOf(ring, Name(1, 2), Seconds(last)) == KeyState::GONE,
                 "the oldest that fits is remembered");
    check.Expect(StateOf(ring, Name(1, last), Seconds(last)) == KeyState::HELD,
                 "the newest is held");
}

void
ClearForgetsAll(Check& check)
{
    Ring ring;
    ring.SetRetention(Seconds(0));
    ring.InstallMsk(DOMAIN, MskId(1, 1), KeyOf(1));
    for (uint16_t mtk = 1; mtk <= 3; ++mtk)
    {
        ring.InstallMtk(Name(1, mtk), mtk, Seconds(mtk));
    }
    ring.Clear();
    check.Equal(ring.MskCount(), 0u, "no MSK");
    check.Equal(ring.MtkCount(), 0u, "no MTK");
    check.Expect(StateOf(ring, Name(1, 1), Seconds(3)) == KeyState::NEVER, "none gone either");
    check.Expect(ring.InstallMtk(Name(1, 1), 11, Seconds(4)), "an MTK of before is new again");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of the key ring */
void
AddKeyRingTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("the key ring ") + name, body));
    };
    add("keeps two MSKs per group, a third one replaces the oldest", TwoMsksPerGroup);
    add("tells the oldest MSK by its arrival", OldestByArrival);
    add("leaves the MSKs of other groups and domains alone", OtherGroupsStay);
    add("does not change when the same MSK comes twice", SameMskTwice);
    add("replaces the MSK and its state when another key has its name", OtherKeySameName);
    add("forgets the MTKs under an MSK that another key replaced", MtksOfReplacedMskGo);
    add("keeps an MTK for the retention to the nanosecond", RetentionToTheNanosecond);
    add("keeps only the newest MTK when the retention is 0", NoRetention);
    add("tells held, never held and gone MTKs apart", HeldNeverGone);
    add("does not let a late older MTK age the newer one", LateOlderMtk);
    add("takes an MTK under a newer MSK for the newer one", NewestLastAcrossMsks);
    add("orders MSK numbers across their wrap-around", MskNumbersWrapAround);
    add("remembers a limited number of MTKs that are gone", RememberedLimit);
    add("forgets everything when it is cleared", ClearForgetsAll);
}

} // namespace ns3::mbs

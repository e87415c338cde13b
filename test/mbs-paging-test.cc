// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-codec-checks.h"
#include "mbs-radio-ears.h"

#include "ns3/mbs-gnb-radio-device.h"
#include "ns3/mbs-paging-channel.h"
#include "ns3/mbs-random-access.h"
#include "ns3/mbs-scheduled-job.h"

#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <cmath>
#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** All DRX cycles and shares of paging frames. */
constexpr uint32_t CYCLES[] = {32, 64, 128, 256};
constexpr uint32_t DIVISORS[] = {1, 2, 4, 8, 16};

void
FramesFollowTheStandard(Check& check)
{
    for (const uint32_t t : CYCLES)
    {
        for (const uint32_t divisor : DIVISORS)
        {
            const PagingCycle cycle{t, t / divisor};
            const uint32_t n = t / divisor;
            for (uint32_t ueId = 0; ueId < PagingCycle::UE_IDS; ++ueId)
            {
                for (const int64_t ms : {0, 1, 10, 319, 5000, 12345})
                {
                    const Time now = MilliSeconds(ms);
                    const int64_t frame = cycle.NextFrame(ueId, now);
                    const bool right = frame % 1024 % t == t / n * (ueId % n);
                    const Time wait = PagingCycle::StartOf(frame) - now;
                    if (!right || wait.IsStrictlyNegative() || wait >= cycle.Length())
                    {
                        check.Expect(false,
                                     "T " + std::to_string(t) + ", N " + std::to_string(n) +
                                         ", UE_ID " + std::to_string(ueId) + " at " +
                                         std::to_string(ms) + " ms: frame " +
                                         std::to_string(frame));
                    }
                }
            }
        }
    }
}

void
TheMeanWaitIsHalfACycle(Check& check)
{
    for (const uint32_t t : CYCLES)
    {
        const PagingCycle cycle{t, t};
        // In the midst of a frame, so that no UE is paged at once.
        const Time now = MilliSeconds(1235);
        Time sum;
        for (uint32_t ueId = 0; ueId < PagingCycle::UE_IDS; ++ueId)
        {
            sum += PagingCycle::StartOf(cycle.NextFrame(ueId, now)) - now;
        }
        check.Equal(sum.GetNanoSeconds() / PagingCycle::UE_IDS,
                    cycle.Length().GetNanoSeconds() / 2,
                    "mean wait over all UE_IDs, ns");
    }
}

void
PagingIsReadBack(Check& check)
{
    RrcPaging paging;
    paging.records = {{PagingIdentity::Kind::FULL_I_RNTI, 7},
                      {PagingIdentity::Kind::NG_5G_S_TMSI, 0x123456789abc}};
    paging.groups = {Tmgi(0xabcdef, *PlmnId::From("001", "01"))};
    const std::string octets = "80 02 02 000000000007 01 123456789abc 01 abcdef00f110";
    check.Equal(ToHex(paging.Encode()), ToHex(Hex(octets)), "octets");
    const auto again = RrcPaging::Decode(Hex(octets));
    check.Expect(again && again->records == paging.records && again->groups == paging.groups,
                 "read back");
    const std::vector<std::pair<const char*, DecodeError>> wrong = {
        {"", DecodeError::TRUNCATED},
        {"01 00 00", DecodeError::UNSUPPORTED},
        {"80", DecodeError::TRUNCATED},
        {"80 01 02 0000", DecodeError::TRUNCATED},
        {"80 01 03 000000000007 00", DecodeError::OUT_OF_RANGE},
        {"80 00 01 abcdefffffff", DecodeError::OUT_OF_RANGE},
        {"80 00 00 00", DecodeError::TRAILING}};
    for (const auto& [text, error] : wrong)
    {
        const auto refused = RrcPaging::Decode(Hex(text));
        check.Expect(!refused && refused.Error() == error, std::string("refused: ") + text);
    }
    Bytes many = Hex("80 21");
    for (int i = 0; i < 33; ++i)
    {
        const Bytes record = Hex("02 000000000007");
        many.insert(many.end(), record.begin(), record.end());
    }
    many.push_back(0);
    check.Expect(!RrcPaging::Decode(many), "more records than a message has room for");
}

/** A cell with a paging channel, and UEs. */
struct Cell
{
    /** @param ues how many UEs, all of the same occasion */
    explicit Cell(uint32_t ues)
        : channel(CreateObject<RadioChannel>()),
          cell(CreateObject<GnbRadioDevice>()),
          paging(CreateObject<PagingChannel>())
    {
        channel->SetAttribute("Link", PointerValue(CreateObject<IdealRadioLink>()));
        channel->AddGnb(cell);
        paging->SetAttribute("DrxCycle", StringValue("320ms"));
        paging->Install(cell);
        paging->TraceConnectWithoutContext("Sent", MakeCallback(&Cell::Sent, this));
        heard.resize(ues);
        ears.resize(ues);
        for (uint32_t i = 0; i < ues; ++i)
        {
            const auto ue = CreateObject<UeRadioDevice>();
            ue->SetUe(i);
            channel->AddUe(ue);
            cell->Attach(ue);
            ears[i].signalling = [this, i](Ptr<const Packet>) { Heard(i); };
            ue->SetUser(&ears[i]);
            paging->Camp(ue, UE_ID, {Named(i)});
            devices.push_back(ue);
        }
    }

    ~Cell()
    {
        for (const auto& device : devices)
        {
            device->Dispose();
        }
        cell->Dispose();
        channel->Dispose();
        Simulator::Destroy();
    }

    Cell(const Cell&) = delete;
    Cell& operator=(const Cell&) = delete;

    /** @param ue number of a UE @return by what it is paged */
    static PagingIdentity Named(uint32_t ue)
    {
        return {PagingIdentity::Kind::FULL_I_RNTI, ue + 1};
    }

    void Sent(uint32_t /* gnb */, const RrcPaging& message, uint32_t /* octets */)
    {
        sent.push_back({Simulator::Now(), message.records.size()});
    }

    void Heard(uint32_t ue)
    {
        heard[ue].push_back(Simulator::Now());
    }

    static constexpr uint32_t UE_ID = 5; //!< paging frame 5 of 32

    Ptr<RadioChannel> channel;                      //!< the air
    std::vector<RadioEars> ears;                    //!< what UEs hear
    Ptr<GnbRadioDevice> cell;                       //!< the cell
    Ptr<PagingChannel> paging;                      //!< under test
    std::vector<Ptr<UeRadioDevice>> devices;        //!< radios
    std::vector<std::pair<Time, std::size_t>> sent; //!< when, and for how many UEs
    std::vector<std::vector<Time>> heard;           //!< when, by UE
};

void
AnOccasionHasRoomFor32(Check& check)
{
    Cell cell(70);
    ScheduleJob(MilliSeconds(60), [] {});
    Simulator::Run();
    for (uint32_t i = 0; i < 70; ++i)
    {
        cell.paging->Page(Cell::Named(i), Cell::UE_ID);
        cell.paging->Page(Cell::Named(i), Cell::UE_ID); // once is enough
    }
    Simulator::Run();
    check.Equal(cell.sent.size(), 3U, "messages");
    for (std::size_t i = 0; i < cell.sent.size(); ++i)
    {
        // Frame 5 begins at 50 ms, which is over.
        check.Equal(cell.sent[i].first.GetMilliSeconds(), 370 + 320 * int64_t(i), "ms");
        check.Equal(cell.sent[i].second, i < 2 ? 32U : 6U, "UEs in it");
    }
    for (uint32_t i = 0; i < 70; ++i)
    {
        check.Expect(cell.heard[i].size() == 1 &&
                         cell.heard[i][0] == cell.sent[i / 32].first + MilliSeconds(4),
                     "UE " + std::to_string(i) + " hears its own page");
    }
}

void
WhoLeftHearsNothing(Check& check)
{
    Cell cell(2);
    cell.paging->Leave(cell.devices[0], Cell::UE_ID);
    cell.paging->Leave(cell.devices[0], Cell::UE_ID);
    cell.paging->Page(Cell::Named(0), Cell::UE_ID);
    cell.paging->PageGroup(Tmgi(), {Cell::UE_ID, 7, 32 + 7});
    cell.paging->PageGroup(Tmgi(), {Cell::UE_ID});
    Simulator::Run();
    check.Equal(cell.heard[0].size(), 0U, "one that is awake");
    check.Equal(cell.heard[1].size(), 1U, "one that sleeps hears what its group is called for");
    check.Equal(cell.sent.size(), 2U, "a group is called in the occasions of its UEs");
}

/** @return a random access with those attributes @param preambles number @param tries at most */
Ptr<RandomAccess>
Access(uint32_t preambles, uint32_t tries)
{
    const auto access = CreateObject<RandomAccess>();
    access->SetAttribute("Preambles", UintegerValue(preambles));
    access->SetAttribute("MaxAttempts", UintegerValue(tries));
    access->AssignStreams(77);
    return access;
}

void
AccessTakesItsTime(Check& check)
{
    for (const uint32_t preambles : {0U, 54U})
    {
        const auto access = Access(preambles, 1);
        std::vector<int64_t> ended;
        const auto start = [&] {
            access->Start([&ended](bool granted) {
                ended.push_back(granted ? Simulator::Now().GetMilliSeconds() : -1);
            });
        };
        // Occasions are each 10 ms, and the answer comes 5 ms later.
        for (const int64_t ms : {3, 10, 11})
        {
            ScheduleJob(MilliSeconds(ms), start);
        }
        Simulator::Run();
        // Those of 3 and 10 ms send in one occasion; with 54 preambles they chose different ones.
        check.Equal(ended.size(), 3U, "ends");
        check.Expect(ended == std::vector<int64_t>{15, 15, 25}, "at 15, 15 and 25 ms");
        access->Dispose();
        Simulator::Destroy();
    }
}

void
CollisionsHaveTheirProbability(Check& check)
{
    // Of n UEs with p preambles one has its preamble for itself with (1 - 1/p)^(n - 1).
    constexpr uint32_t UES = 20;
    constexpr uint32_t PREAMBLES = 54;
    constexpr uint32_t ROUNDS = 2000;
    const auto access = Access(PREAMBLES, 1);
    uint64_t granted = 0;
    uint64_t ended = 0;
    for (uint32_t round = 0; round < ROUNDS; ++round)
    {
        ScheduleJob(MilliSeconds(100 * round + 1), [&] {
            for (uint32_t i = 0; i < UES; ++i)
            {
                access->Start([&](bool got) {
                    granted += got ? 1 : 0;
                    ++ended;
                });
            }
        });
    }
    Simulator::Run();
    const double expected = std::pow(1 - 1.0 / PREAMBLES, UES - 1);
    const double share = double(granted) / double(ended);
    check.Equal(ended, uint64_t{UES} * ROUNDS, "each ends once");
    // Within a round the outcomes depend on each other: 4 standard errors of rounds at most.
    check.Expect(std::abs(share - expected) < 4 * std::sqrt(expected * (1 - expected) / ROUNDS),
                 "share without collision " + std::to_string(share) + ", expected " +
                     std::to_string(expected));
    access->Dispose();
    Simulator::Destroy();
}

void
WhoCollidesTriesAgain(Check& check)
{
    const auto retried = Access(2, 50);
    uint32_t granted = 0;
    uint32_t refused = 0;
    const auto count = [&](bool got) { ++(got ? granted : refused); };
    for (int i = 0; i < 3; ++i)
    {
        retried->Start(count);
    }
    Simulator::Run();
    check.Expect(granted == 3 && refused == 0, "three UEs with two preambles get in one by one");
    retried->Dispose();
    Simulator::Destroy();

    const auto hopeless = Access(1, 3);
    hopeless->SetAttribute("Backoff", TimeValue(Seconds(0)));
    granted = 0;
    hopeless->Start(count);
    hopeless->Start(count);
    Simulator::Run();
    check.Expect(granted == 0 && refused == 2, "with one preamble two UEs never do");
    // 0 ms, then twice 48 ms and up to the next occasion, then 48 ms until they know.
    check.Equal(Simulator::Now().GetMilliSeconds(), 148, "ms until they give up");
    hopeless->Dispose();
    Simulator::Destroy();
}

} // namespace

/**
 * @ingroup mbs-tests
 * @brief Adds the tests of paging occasions and random access.
 * @param suite where to
 */
void AddPagingTests(MbsTestSuite& suite);

void
AddPagingTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("paging frames of each UE_ID, T and N are those of TS 38.304", FramesFollowTheStandard);
    add("the mean wait for paging over all UE_IDs is half a DRX cycle", TheMeanWaitIsHalfACycle);
    add("paging messages are read back, and refused if they are wrong", PagingIsReadBack);
    add("a paging message names 32 UEs, the rest waits a cycle", AnOccasionHasRoomFor32);
    add("who is awake hears no paging, who sleeps hears its group's", WhoLeftHearsNothing);
    add("random access waits for an occasion and an answer", AccessTakesItsTime);
    add("preambles collide with the probability of the birthday problem",
        CollisionsHaveTheirProbability);
    add("who collides tries again, and gives up in the end", WhoCollidesTriesAgain);
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-radio-ears.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-gnb-radio-device.h"
#include "ns3/mbs-radio-channel.h"
#include "ns3/mbs-scheduled-job.h"
#include "ns3/mbs-ue-radio-device.h"

#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** The group, in both cells. */
constexpr uint16_t GROUP = 5;

/** Loses what a test says. */
class PickyLink : public RadioLink
{
  public:
    bool IsLost(const UeRadioDevice& /* ue */, const Ptr<const Packet>& packet) override
    {
        return lost == packet->GetSize();
    }

    int64_t AssignStreams(int64_t /* stream */) override
    {
        return 0;
    }

    uint32_t lost{0}; //!< octets of packets that are lost
};

/** Two cells with the same numbers, and a UE that goes from the first to the second. */
struct TwoCells
{
    TwoCells()
        : link(CreateObject<PickyLink>()),
          channel(CreateObject<RadioChannel>()),
          ue(CreateObject<UeRadioDevice>())
    {
        channel->SetAttribute("Link", PointerValue(link));
        for (uint32_t number = 0; number < 2; ++number)
        {
            const Ptr<GnbRadioDevice> cell = CreateObject<GnbRadioDevice>();
            cell->SetGnb(number);
            channel->AddGnb(cell);
            cell->GetBearer(GROUP)->SetAttribute("HandoverRecovery", StringValue("status-report"));
            cells.push_back(cell);
        }
        channel->AddUe(ue);
        ears.group = [this](const MulticastFrame& frame) {
            order += std::to_string(frame.GetPacket()->GetSize()) + " ";
        };
        ue->SetUser(&ears);
        cells[0]->Attach(ue);
        channel->Listen(ue, GROUP);
    }

    ~TwoCells()
    {
        Simulator::Destroy();
        ue->Dispose();
        for (const auto& cell : cells)
        {
            cell->Dispose();
        }
        channel->Dispose();
    }

    TwoCells(const TwoCells&) = delete;
    TwoCells& operator=(const TwoCells&) = delete;

    /** @param ms when @param cell in which @param number of a packet, which has so many octets */
    void SendAt(int64_t ms, uint32_t cell, uint32_t number)
    {
        ScheduleJob(MilliSeconds(ms), [this, cell, number] {
            cells[cell]->SendToGroup(GROUP, Create<Packet>(number), number);
        });
    }

    /** @brief The UE leaves its cell and keeps its bearer. */
    void Leave()
    {
        ue->SuspendGroup(GROUP);
        channel->StopListening(ue, GROUP);
    }

    /** @return true if the UE goes on with its bearer in the second cell */
    bool Arrive()
    {
        cells[1]->Attach(ue);
        channel->Listen(ue, GROUP);
        return ue->ResumeGroup(&ears, GROUP);
    }

    Ptr<PickyLink> link;                    //!< loses packets
    Ptr<RadioChannel> channel;              //!< the air
    std::vector<Ptr<GnbRadioDevice>> cells; //!< two
    Ptr<UeRadioDevice> ue;                  //!< the UE's radio
    RadioEars ears;                         //!< get what it hands on
    std::string order;                      //!< of what they got
};

void
ABearerGoesOn(Check& check)
{
    TwoCells two;
    two.link->lost = 12;
    for (uint32_t number = 10; number < 15; ++number)
    {
        two.SendAt(number, 0, number);
    }
    two.SendAt(70, 1, 20);
    ScheduleJob(MilliSeconds(50), [&] {
        check.Equal(two.order, "10 11 ", "13 and 14 wait for 12");
        two.Leave();
    });
    ScheduleJob(MilliSeconds(60), [&] {
        check.Expect(two.Arrive(), "the UE goes on");
        check.Expect(!two.ue->ResumeGroup(&two.ears, GROUP), "once");
        const auto report = two.ue->MakeStatusReport(GROUP);
        check.Expect(report && report->fmc == 12, "it lacks 12");
        check.Expect(report->Lacks(12) && !report->Lacks(13) && !report->Lacks(14) &&
                         report->Lacks(15),
                     "but not what it keeps");
        two.cells[1]->SendToGroup(GROUP, Create<Packet>(19), 19);
    });
    Simulator::Stop(MilliSeconds(100));
    Simulator::Run();
    check.Equal(two.order, "10 11 ", "t-Reordering runs on");
    Simulator::Stop(MilliSeconds(300));
    Simulator::Run();
    check.Equal(two.order, "10 11 13 14 19 20 ", "and out");
}

void
WhatIsKeptComesInTime(Check& check)
{
    for (const bool ends : {false, true})
    {
        TwoCells two;
        two.link->lost = 12;
        for (uint32_t number = 10; number < 15; ++number)
        {
            two.SendAt(number, 0, number);
        }
        ScheduleJob(MilliSeconds(50), [&] { two.Leave(); });
        if (ends)
        {
            ScheduleJob(MilliSeconds(60), [&] { two.ue->EndSuspended(&two.ears); });
        }
        Simulator::Stop(MilliSeconds(70));
        Simulator::Run();
        check.Equal(two.order, ends ? "10 11 13 14 " : "10 11 ", "while it has no cell");
        Simulator::Stop(MilliSeconds(200));
        Simulator::Run();
        check.Equal(two.order, "10 11 13 14 ", "when t-Reordering has run out");
    }
}

void
OtherNumbersBeginAnew(Check& check)
{
    TwoCells two;
    two.SendAt(1, 0, 9000);
    two.SendAt(2, 1, 100);
    ScheduleJob(MilliSeconds(50), [&] {
        two.Leave();
        check.Expect(!two.Arrive(), "the second cell is too far behind to be the same series");
        two.ue->EndSuspended(&two.ears);
    });
    two.SendAt(60, 1, 101);
    Simulator::Stop(Seconds(1));
    Simulator::Run();
    check.Equal(two.order, "9000 101 ", "what comes is received");
}

void
WhoHasHadNothingReportsNothing(Check& check)
{
    TwoCells two;
    check.Expect(!two.ue->MakeStatusReport(GROUP), "no packet so far");
    check.Expect(!two.ue->MakeStatusReport(GROUP + 1), "no such bearer");
    two.Leave();
    check.Expect(!two.Arrive(), "and there is nothing to go on with");
    two.SendAt(10, 1, 133);
    two.SendAt(20, 1, 132); // of before the UE came
    Simulator::Stop(Seconds(1));
    Simulator::Run();
    check.Equal(two.order, "133 ", "the first packet that comes is the first one");
    const auto report = two.ue->MakeStatusReport(GROUP);
    check.Expect(report && report->fmc == 134 && report->bitmap.empty(), "all is there");
}

} // namespace

/** @param suite gets the tests of bearers that are kept from cell to cell */
void AddGroupReceptionTests(MbsTestSuite& suite);

void
AddGroupReceptionTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("a UE goes on with its bearer in another cell, and tells what it lacks", ABearerGoesOn);
    add("what a UE keeps without a cell comes when t-Reordering has run out",
        WhatIsKeptComesInTime);
    add("a cell with other numbers begins a bearer anew", OtherNumbersBeginAnew);
    add("a UE that has had no packet has nothing to report", WhoHasHadNothingReportsNothing);
}

} // namespace ns3::mbs

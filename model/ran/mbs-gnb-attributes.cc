// SPDX-License-Identifier: GPL-2.0-only

// What can be set at a gNB, and what it can be listened to for.

#include "mbs-gnb-handover.h"
#include "mbs-gnb.h"

#include "ns3/mbs-enum-attribute.h"

#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(Gnb);

TypeId
Gnb::GetTypeId()
{
    static TypeId tid = AddProcessingAttributes(
        TypeId("ns3::mbs::Gnb")
            .SetParent<NetworkFunction>()
            .SetGroupName("Mbs")
            .AddConstructor<Gnb>()
            .AddAttribute("N3mbTransport",
                          "How the gNB gets the packets of MBS sessions: from a source-specific "
                          "multicast group or through a unicast tunnel of its own.",
                          StringValue("multicast"),
                          MakeEnumAttributeAccessor(&Gnb::m_n3mbTransport),
                          MakeEnumAttributeChecker(N3mbTransport::MULTICAST,
                                                   "multicast",
                                                   N3mbTransport::UNICAST,
                                                   "unicast"))
            .AddAttribute("SleepState",
                          "To which state a UE is sent that has been silent: connected (it stays "
                          "as it is), inactive (RRC_INACTIVE) or idle (RRC_IDLE).",
                          StringValue("connected"),
                          MakeEnumAttributeAccessor(&Gnb::m_sleepState),
                          MakeEnumAttributeChecker(RrcState::CONNECTED,
                                                   "connected",
                                                   RrcState::INACTIVE,
                                                   "inactive",
                                                   RrcState::IDLE,
                                                   "idle"))
            .AddAttribute("InactivityTimer",
                          "How long a UE must have been silent, in both directions. Multicast does "
                          "not count.",
                          TimeValue(Seconds(10)),
                          MakeTimeAccessor(&Gnb::m_inactivityTimer),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("SleeperShare",
                          "Which share of the UEs is sent to sleep, 0 to 1.",
                          DoubleValue(1),
                          MakeDoubleAccessor(&Gnb::m_sleeperShare),
                          MakeDoubleChecker<double>(0, 1))
            .AddAttribute("MulticastInInactive",
                          "Whether a UE goes on receiving its sessions in RRC_INACTIVE (Release "
                          "18).",
                          BooleanValue(false),
                          MakeBooleanAccessor(&Gnb::m_multicastInInactive),
                          MakeBooleanChecker())
            .AddAttribute("KeepWhileActive",
                          "Whether a UE is kept awake while a session of it is active that it "
                          "could not receive asleep.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&Gnb::m_keepWhileActive),
                          MakeBooleanChecker())
            .AddAttribute("RanPagingTimer",
                          "How long the gNB waits for a UE in RRC_INACTIVE that it paged.",
                          TimeValue(Seconds(4)),
                          MakeTimeAccessor(&Gnb::m_ranPagingTimer),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("MaxRanPagings",
                          "How often the gNB pages a UE before it gives it up.",
                          UintegerValue(3),
                          MakeUintegerAccessor(&Gnb::m_maxRanPagings),
                          MakeUintegerChecker<uint32_t>(1, 1000))
            .AddAttribute("McchRepetitionPeriod",
                          "Time between messages on the MCCH, which say what the cell broadcasts "
                          "(mcch-RepetitionPeriod of TS 38.331).",
                          TimeValue(MilliSeconds(640)),
                          MakeTimeAccessor(&Gnb::m_mcchRepetitionPeriod),
                          MakeTimeChecker(MilliSeconds(10), MilliSeconds(2560)))
            .AddAttribute("T304",
                          "How long a UE that is sent here by handover has got to come, in whole "
                          "milliseconds (TS 38.331 clause 7.1.1).",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&Gnb::m_t304),
                          MakeTimeChecker(MilliSeconds(1), Seconds(10)))
            .AddAttribute("RlfReleaseTimer",
                          "How long a UE that RLC could not tell something has got to re-establish "
                          "its connection, before the gNB asks the AMF to release it.",
                          TimeValue(Seconds(4)),
                          MakeTimeAccessor(&Gnb::m_rlfReleaseTimer),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("TXnRelocPrep",
                          "How long the gNB waits for the answer to HANDOVER REQUEST before it "
                          "cancels the handover (TS 38.423 clause 8.2.1).",
                          TimeValue(MilliSeconds(500)),
                          MakeTimeAccessor(&Gnb::m_txnRelocPrep),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("TXnRelocOverall",
                          "How long the gNB waits for a UE that it has sent away to be released, "
                          "before it takes it to be lost, and as target for one to come (TS 38.423 "
                          "clause 8.2.1).",
                          TimeValue(Seconds(5)),
                          MakeTimeAccessor(&Gnb::m_txnRelocOverall),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("AdmitHandovers",
                          "Whether the gNB takes UEs by handover; else it answers HANDOVER "
                          "PREPARATION FAILURE.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&Gnb::m_admitsHandovers),
                          MakeBooleanChecker())
            .AddAttribute("MaxAwaitedUes",
                          "How many UEs of one neighbour the gNB awaits at a time, that is has "
                          "admitted and that have not come; it answers further requests with "
                          "HANDOVER PREPARATION FAILURE.",
                          UintegerValue(1024),
                          MakeUintegerAccessor(&Gnb::m_maxAwaitedUes),
                          MakeUintegerChecker<uint32_t>(1, 65519))
            .AddTraceSource("HandoverStarted",
                            "The gNB has asked a neighbour to take a UE.",
                            MakeTraceSourceAccessor(&Gnb::m_handoverStarted),
                            "ns3::mbs::Gnb::HandoverCallback")
            .AddTraceSource("HandoverCompleted",
                            "A UE has come by handover and its path is switched.",
                            MakeTraceSourceAccessor(&Gnb::m_handoverCompleted),
                            "ns3::mbs::Gnb::HandoverCallback")
            .AddTraceSource("HandoverFailed",
                            "A UE that was to leave stays, has come back or is lost, or one that "
                            "was to come does not, or must not stay.",
                            MakeTraceSourceAccessor(&Gnb::m_handoverFailed),
                            "ns3::mbs::Gnb::HandoverFailedCallback")
            .AddTraceSource("NasToUe",
                            "A NAS PDU has arrived from the AMF and goes to a UE.",
                            MakeTraceSourceAccessor(&Gnb::m_nasToUe),
                            "ns3::mbs::Gnb::NasCallback")
            .AddTraceSource("NasFromUe",
                            "A NAS PDU has arrived from a UE and goes to the AMF.",
                            MakeTraceSourceAccessor(&Gnb::m_nasFromUe),
                            "ns3::mbs::Gnb::NasCallback")
            .AddTraceSource("MeasurementReported",
                            "A MEASUREMENT REPORT of a UE has arrived and was served.",
                            MakeTraceSourceAccessor(&Gnb::m_measurementReported),
                            "ns3::mbs::Gnb::MeasurementReportedCallback")
            .AddTraceSource("StatusReported",
                            "A PDCP STATUS REPORT of a UE that came by handover has arrived.",
                            MakeTraceSourceAccessor(&Gnb::m_statusReported),
                            "ns3::mbs::Gnb::StatusReportedCallback")
            .AddTraceSource("N3mbReceived",
                            "A packet of an MBS session has arrived from the MB-UPF.",
                            MakeTraceSourceAccessor(&Gnb::m_n3mbReceived),
                            "ns3::mbs::Gnb::N3mbReceivedCallback"));
    return tid;
}

} // namespace ns3::mbs

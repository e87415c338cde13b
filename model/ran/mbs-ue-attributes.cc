// SPDX-License-Identifier: GPL-2.0-only

// The attributes and trace sources of a UE.

#include "mbs-ue.h"

#include "ns3/mbs-enum-attribute.h"

#include "ns3/boolean.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(Ue);

TypeId
Ue::GetTypeId()
{
    static TypeId tid = AddProcessingAttributes(
        TypeId("ns3::mbs::Ue")
            .SetParent<NetworkFunction>()
            .SetGroupName("Mbs")
            .AddConstructor<Ue>()
            .AddAttribute("KeyRetention",
                          "How long an MTK is kept after a newer one was installed.",
                          TimeValue(Seconds(5)),
                          MakeTimeAccessor(&Ue::m_keyRetention),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("T3581",
                          "Until a PDU SESSION MODIFICATION REQUEST without an answer is sent "
                          "again (TS 24.501 table 10.3.1).",
                          TimeValue(Seconds(16)),
                          MakeTimeAccessor(&Ue::m_t3581),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("MaxRequestRetransmissions",
                          "How often a request is sent again before the UE gives up.",
                          UintegerValue(4),
                          MakeUintegerAccessor(&Ue::m_maxRetransmissions),
                          MakeUintegerChecker<uint32_t>(0, 1000))
            .AddAttribute("MissingMskTimeout",
                          "How long after the first packet under an MSK that the SMF should have "
                          "given to it the UE joins once more to get it; 0s = never.",
                          TimeValue(Seconds(20)),
                          MakeTimeAccessor(&Ue::m_missingMskTimeout),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "HandoverInterruption",
                "From the order to go to another cell to random access there: until the "
                "UE has found the cell, is ready for it and knows its timing (TS 38.133 "
                "clause 6.1.1.2: here of a known cell, 20 ms + 20 ms + 2 ms).",
                TimeValue(MilliSeconds(42)),
                MakeTimeAccessor(&Ue::SetHandoverInterruption, &Ue::GetHandoverInterruption),
                MakeTimeChecker(Seconds(0), Seconds(4)))
            .AddAttribute("T311",
                          "How long a UE that has lost its cell looks for one before it becomes "
                          "idle, rounded up to whole milliseconds (TS 38.331 clause 7.1.1).",
                          TimeValue(Seconds(10)),
                          MakeTimeAccessor(&Ue::SetT311, &Ue::GetT311),
                          MakeTimeChecker(MilliSeconds(1), Seconds(60)))
            .AddAttribute("SrtpProfile",
                          "How the traffic is protected; must be that of the MBSTF.",
                          StringValue("aes-cm"),
                          MakeEnumAttributeAccessor(&Ue::m_srtpProfile),
                          MakeSrtpProfileChecker())
            .AddAttribute("SrtpRocMode",
                          "Whether and how packets carry the roll-over counter (RFC 4771); must "
                          "be that of the MBSTF.",
                          StringValue("auto"),
                          MakeEnumAttributeAccessor(&Ue::m_srtpRocMode),
                          MakeSrtpRocChoiceChecker())
            .AddAttribute("SrtpRocRate",
                          "RFC 4771's R: packets whose sequence number is 0 mod R carry it; must "
                          "be that of the MBSTF.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&Ue::m_srtpRocRate),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("MtkWrap",
                          "How the MTK of the N1 container is encrypted; must be that of the SMF.",
                          StringValue("aes-block"),
                          MakeEnumAttributeAccessor(&Ue::m_mtkWrap),
                          MakeMtkWrapChecker())
            .AddAttribute("MikeyPort",
                          "UDP port to which MIKEY messages are sent.",
                          UintegerValue(2269),
                          MakeUintegerAccessor(&Ue::SetMikeyPort, &Ue::GetMikeyPort),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("IpStack",
                          "Whether the UE's node gets an IP stack on its PDU session, so that ns-3 "
                          "applications run there. It costs memory: some 6 kB for each UE.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&Ue::m_ipStack),
                          MakeBooleanChecker())
            .AddAttribute(
                "MulticastToIpStack",
                "Whether decrypted packets of the sessions are handed to the UE's IP "
                "stack too, as the group's UDP packets.",
                BooleanValue(false),
                MakeBooleanAccessor(&Ue::SetMulticastToIpStack, &Ue::GetMulticastToIpStack),
                MakeBooleanChecker())
            .AddAttribute("SharedUnprotect",
                          "Whether UEs that hold the same key share what they make with it: of a "
                          "packet with an MTK, of an encrypted MTK with an MSK. The results are "
                          "the same either way.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&Ue::m_sharedUnprotect),
                          MakeBooleanChecker())
            .AddTraceSource("JoinRequested",
                            "The UE asked to join a session, or waits for a broadcast session.",
                            MakeTraceSourceAccessor(&Ue::m_joinRequested),
                            "ns3::mbs::Ue::MembershipCallback")
            .AddTraceSource("Joined",
                            "The UE was accepted and has installed the keys that came with it, or "
                            "it has found a broadcast session in its cell.",
                            MakeTraceSourceAccessor(&Ue::m_joined),
                            "ns3::mbs::Ue::MembershipCallback")
            .AddTraceSource("RejoinRequested",
                            "The UE asked to join a session that it is in, since it lacks an MSK "
                            "or the gNB has forgotten its bearer.",
                            MakeTraceSourceAccessor(&Ue::m_rejoinRequested),
                            "ns3::mbs::Ue::MembershipCallback")
            .AddTraceSource("LeaveRequested",
                            "The UE asked to leave a session.",
                            MakeTraceSourceAccessor(&Ue::m_leaveRequested),
                            "ns3::mbs::Ue::MembershipCallback")
            .AddTraceSource("Left",
                            "The UE has left a session, as it had asked to, and wiped its keys.",
                            MakeTraceSourceAccessor(&Ue::m_left),
                            "ns3::mbs::Ue::MembershipCallback")
            .AddTraceSource(
                "Removed",
                "The network removed the UE from a session, or its cell broadcasts it no "
                "more, and the UE has wiped its keys.",
                MakeTraceSourceAccessor(&Ue::m_removed),
                "ns3::mbs::Ue::RefusalCallback")
            .AddTraceSource("JoinRejected",
                            "The network refused to let the UE join, or did not answer.",
                            MakeTraceSourceAccessor(&Ue::m_joinRejected),
                            "ns3::mbs::Ue::RefusalCallback")
            .AddTraceSource("MskInstalled",
                            "A new MSK can be used.",
                            MakeTraceSourceAccessor(&Ue::m_mskInstalled),
                            "ns3::mbs::Ue::KeyCallback")
            .AddTraceSource("MskMissing",
                            "A packet or MIKEY message names an MSK that the UE does not hold.",
                            MakeTraceSourceAccessor(&Ue::m_mskMissing),
                            "ns3::mbs::Ue::MskMissingCallback")
            .AddTraceSource("MtkInstalled",
                            "A new MTK that came in a MIKEY message can be used.",
                            MakeTraceSourceAccessor(&Ue::m_mtkInstalled),
                            "ns3::mbs::Ue::KeyCallback")
            .AddTraceSource("KeyFirstUsed",
                            "A packet was decrypted with another key than the one before it.",
                            MakeTraceSourceAccessor(&Ue::m_keyFirstUsed),
                            "ns3::mbs::Ue::KeyCallback")
            .AddTraceSource("Delivered",
                            "A traffic packet was decrypted.",
                            MakeTraceSourceAccessor(&Ue::m_delivered),
                            "ns3::mbs::Ue::DeliveredCallback")
            .AddTraceSource("Lost",
                            "A traffic packet was received but could not be delivered.",
                            MakeTraceSourceAccessor(&Ue::m_lost),
                            "ns3::mbs::Ue::LostCallback")
            .AddTraceSource("MtkMessageRefused",
                            "A MIKEY message was dropped: a repetition, a replay, a forgery or "
                            "one under an MSK that the UE does not hold.",
                            MakeTraceSourceAccessor(&Ue::m_mtkMessageRefused),
                            "ns3::mbs::Ue::MtkMessageRefusedCallback"));
    return tid;
}

} // namespace ns3::mbs

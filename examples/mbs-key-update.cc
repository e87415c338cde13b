// SPDX-License-Identifier: GPL-2.0-only

// How long does a new key take to reach every UE, leg by leg, and what does it cost in packets?
//
//     AF --Nmb10-- MBSF --Nmb1-- MB-SMF --N16mb-- SMF --N11-- AMF --N2-- gNB ))) UE
//      |            |Nmb2          |N4mb   \------N11mb-------/           |
//      +---Nmb8-- MBSTF --Nmb9-- MB-UPF --N3mb-- backhaul router --N3mb---+
//
// An AF streams to UEs in a multicast session, or in a broadcast session. The MBSF renews the MSK
// and the MBSTF the MTK; each new key travels to the UEs in the messages of the standard, and the
// traffic is protected with the keys that it names. The results are printed and written to a
// folder.

#include "ns3/mbs-attribute-options.h"
#include "ns3/mbs-broadcast-options.h"
#include "ns3/mbs-deployment.h"
#include "ns3/mbs-error-model-radio-link.h"
#include "ns3/mbs-exported-pdu.h"
#include "ns3/mbs-fault-injector.h"
#include "ns3/mbs-helper.h"
#include "ns3/mbs-interrupt-cleanup.h"
#include "ns3/mbs-key-activation-option.h"
#include "ns3/mbs-message-log.h"
#include "ns3/mbs-mobility-options.h"
#include "ns3/mbs-network-options.h"
#include "ns3/mbs-output-folder.h"
#include "ns3/mbs-program-main.h"
#include "ns3/mbs-program-options.h"
#include "ns3/mbs-progress.h"
#include "ns3/mbs-radio-options.h"
#include "ns3/mbs-radio-report.h"
#include "ns3/mbs-rank-options.h"
#include "ns3/mbs-ranks.h"
#include "ns3/mbs-result-table.h"
#include "ns3/mbs-results-helper.h"
#include "ns3/mbs-run-meter.h"
#include "ns3/mbs-session-event.h"
#include "ns3/mbs-traffic-plan.h"
#include "ns3/mbs-ue-state-options.h"

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/double.h"
#include "ns3/global-value.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <limits>
#include <locale>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <unistd.h>

using namespace ns3;
using namespace ns3::mbs;

namespace
{

/** What the command line sets. */
struct Settings
{
    std::string procedure{"cp"};               //!< control plane or user plane
    std::string mbssf{"mbsf"};                 //!< which function has the MBSSF
    std::string nmb2{"push"};                  //!< how keys cross Nmb2
    std::string auth{"akma"};                  //!< where the user-plane keys of a UE come from
    BroadcastOptions broadcast;                //!< multicast or broadcast, and where
    NetworkOptions network;                    //!< how large, what is sent, when UEs join
    Time duration{Seconds(60)};                //!< simulated time
    Time mskInterval{Seconds(20)};             //!< between MSKs
    Time mtkInterval{Seconds(5)};              //!< between MTKs
    std::string stay{"never ends"};            //!< how long UEs stay
    std::string away{"never ends"};            //!< how long they stay out
    Time release{Seconds(0)};                  //!< when the AF ends the session, 0 for never
    std::string mskActivation{"1s"};           //!< when a new MSK is used
    std::string mtkActivation{"1s"};           //!< when a new MTK is used
    std::string renewOnLeave{"never"};         //!< policy
    std::string renewOnJoin{"never"};          //!< policy
    std::string renewedOnJoin{"msk"};          //!< which key
    RadioOptions radio;                        //!< the radio leg
    MobilityOptions mobility;                  //!< how UEs get from cell to cell
    UeStateOptions ueState;                    //!< whether UEs sleep
    RankOptions ranks;                         //!< how many processes
    std::string crypto{"aes-cm"};              //!< SRTP profile
    Time serviceTime{MicroSeconds(200)};       //!< of every function
    uint32_t workers{4};                       //!< of every function
    std::string event;                         //!< the last event, as it was typed
    std::string fault;                         //!< the last fault, as it was typed
    bool pcap{false};                          //!< write captures
    bool keyLog{false};                        //!< write keys
    bool messages{false};                      //!< write messages
    std::string detail{"all"};                 //!< of whom result files have rows
    bool quiet{false};                         //!< print no progress and no table
    bool check{false};                         //!< end before the run
    std::string out{"results/mbs-key-update"}; //!< where results go

    std::vector<SessionEvent> events;          //!< read from event, all of them
    std::vector<FaultPlan> faults;             //!< read from fault, all of them
    Ptr<RandomVariableStream> stayTime;        //!< read from stay, if that is given
    std::optional<KeyActivationOption> mskUse; //!< read from mskActivation, if that is given
    std::optional<KeyActivationOption> mtkUse; //!< read from mtkActivation, if that is given
    Ptr<RandomVariableStream> awayTime;        //!< read from away, if that is given
};

/** For how many UEs and sessions there are rows for each, unless the user wants otherwise. */
constexpr uint64_t MOST_ROWS = 100000;

/** @param settings what the command line set @return of whom result files have rows */
MbsResultsHelper::Detail
DetailOf(const Settings& settings)
{
    using Detail = MbsResultsHelper::Detail;
    return settings.detail == "all"     ? Detail::ALL
           : settings.detail == "cells" ? Detail::CELLS
                                        : Detail::NONE;
}

/**
 * @brief Reads how long something lasts.
 * @param text a time or a random variable of ns-3, in seconds
 * @param variable set to draw it
 * @return what is wrong, or nothing
 */
std::string
ReadDuration(const std::string& text, Ptr<RandomVariableStream>& variable)
{
    std::string form = text;
    if (CheckAttributeText(text, MakeTimeChecker(Seconds(0))).empty())
    {
        TimeValue time;
        time.DeserializeFromString(text, MakeTimeChecker());
        std::ostringstream constant;
        constant.imbue(std::locale::classic());
        constant.precision(std::numeric_limits<double>::max_digits10);
        constant << "ns3::ConstantRandomVariable[Constant=" << time.Get().GetSeconds() << "]";
        form = constant.str();
    }
    const auto checker = MakePointerChecker<RandomVariableStream>();
    const bool named = form.compare(0, 5, "ns3::") == 0;
    const std::string wrong = named ? CheckAttributeText(form, checker) : std::string();
    if (!wrong.empty())
    {
        return wrong;
    }
    if (!named)
    {
        return "must be a time or a random variable in seconds; for example 30s or "
               "ns3::ExponentialRandomVariable[Mean=30]";
    }
    const Ptr<AttributeValue> made = checker->CreateValidValue(StringValue(form));
    variable = DynamicCast<PointerValue>(made)->Get<RandomVariableStream>();
    return "";
}

/**
 * @brief Reads when keys are renewed for joins or leaves.
 * @param text never, each, or the length of a batch
 * @return what is wrong, or nothing
 */
std::string
CheckRenewal(const std::string& text)
{
    return text == "never" || text == "each" ||
                   CheckAttributeText(text, MakeTimeChecker(Seconds(0))).empty()
               ? ""
               : "must be never, each, or a time, within which joins or leaves share a renewal; "
                 "for "
                 "example 5s";
}

/**
 * @brief Sets a policy of the MB-SMF, and that it is told what it needs for that.
 * @param attribute RenewOnJoin or RenewOnLeave
 * @param text never, each, or the length of a batch
 */
void
SetRenewal(const std::string& attribute, const std::string& text)
{
    const bool batched = text != "never" && text != "each";
    Config::SetDefault("ns3::mbs::MbSmf::" + attribute, StringValue(batched ? "batched" : text));
    if (batched)
    {
        Config::SetDefault("ns3::mbs::MbSmf::RenewalBatch", StringValue(text));
    }
    if (text != "never")
    {
        Config::SetDefault("ns3::mbs::Smf::ReportMembership", BooleanValue(true));
    }
}

/**
 * @brief Sets the attributes that options of this program stand for. An option that was not given
 * leaves the attribute as it is, since that may have been given itself.
 * @param options the command line
 * @param settings what it set
 */
void
SetAttributes(const ProgramOptions& options, const Settings& settings)
{
    const auto isGiven = [&options](const std::string& name) { return options.IsGiven(name); };
    for (const std::string attribute : {"ns3::mbs::Mbsf::Procedure", "ns3::mbs::Mbstf::Procedure"})
    {
        // With --service=broadcast it is the default, and one that was given is checked later.
        const bool byService = settings.broadcast.IsBroadcast() && !options.IsGiven(attribute);
        if (options.IsGiven("procedure") || byService)
        {
            Config::SetDefault(attribute, StringValue(settings.procedure));
        }
    }
    if (options.IsGiven("mbssf"))
    {
        Config::SetDefault("ns3::mbs::Mbsf::MbssfPlacement", StringValue(settings.mbssf));
        Config::SetDefault("ns3::mbs::Mbstf::MbssfPlacement", StringValue(settings.mbssf));
    }
    if (options.IsGiven("nmb2") || settings.nmb2 != "push")
    {
        Config::SetDefault("ns3::mbs::Mbsf::Nmb2Keys", StringValue(settings.nmb2));
    }
    if (options.IsGiven("auth"))
    {
        Config::SetDefault("ns3::mbs::Mbssf::Authentication", StringValue(settings.auth));
    }
    if (options.IsGiven("mskInterval"))
    {
        Config::SetDefault("ns3::mbs::Mbsf::MskInterval", TimeValue(settings.mskInterval));
    }
    if (options.IsGiven("mtkInterval"))
    {
        Config::SetDefault("ns3::mbs::Mbstf::MtkInterval", TimeValue(settings.mtkInterval));
    }
    if (options.IsGiven("crypto"))
    {
        Config::SetDefault("ns3::mbs::Mbstf::SrtpProfile", StringValue(settings.crypto));
        Config::SetDefault("ns3::mbs::Ue::SrtpProfile", StringValue(settings.crypto));
        Config::SetDefault("ns3::mbs::Mbssf::SrtpProfile", StringValue(settings.crypto));
        Config::SetDefault("ns3::mbs::MbsfClient::SrtpProfile", StringValue(settings.crypto));
    }
    for (const auto& use : {settings.mskUse, settings.mtkUse})
    {
        if (use)
        {
            use->SetDefaults(isGiven);
        }
    }
    if (options.IsGiven("renewOnLeave"))
    {
        SetRenewal("RenewOnLeave", settings.renewOnLeave);
    }
    if (options.IsGiven("renewOnJoin"))
    {
        SetRenewal("RenewOnJoin", settings.renewOnJoin);
    }
    if (options.IsGiven("renewedOnJoin"))
    {
        Config::SetDefault("ns3::mbs::MbSmf::RenewedOnJoin", StringValue(settings.renewedOnJoin));
    }
    // What a single kind of function was given stays.
    if (options.IsGiven("serviceTime"))
    {
        std::ostringstream constant;
        constant.imbue(std::locale::classic());
        constant.precision(std::numeric_limits<double>::max_digits10);
        constant << "ns3::ConstantRandomVariable[Constant=" << settings.serviceTime.GetSeconds()
                 << "]";
        NetworkFunction::SetDefaultOfAll("ServiceTime", StringValue(constant.str()), isGiven);
    }
    if (options.IsGiven("workers"))
    {
        NetworkFunction::SetDefaultOfAll("Workers", UintegerValue(settings.workers), isGiven);
    }
    if (settings.pcap && !options.IsGiven("ChecksumEnabled"))
    {
        // Without captures nobody looks at checksums.
        GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));
    }
}

/**
 * @brief Refuses what makes no sense with broadcast sessions.
 * @param options the command line
 * @param settings what it set
 * @throws UserError naming the option, the clause and the fix
 */
void
CheckBroadcast(const ProgramOptions& options, const Settings& settings)
{
    if (options.IsGiven("procedure") && settings.procedure == "cp")
    {
        throw ProgramOptions::Error("procedure",
                                    settings.procedure,
                                    "is for multicast sessions only (TS 33.501 W.4.1.1); give "
                                    "--procedure=up, or leave it out with --service=broadcast");
    }
    for (const auto& [name, value] : {std::make_pair("renewOnLeave", settings.renewOnLeave),
                                      std::make_pair("renewOnJoin", settings.renewOnJoin)})
    {
        if (value != "never")
        {
            throw ProgramOptions::Error(name,
                                        value,
                                        "is for multicast sessions: no SMF learns who receives a "
                                        "broadcast session (TS 23.247 clause 7.3); leave it out "
                                        "with --service=broadcast");
        }
    }
    SessionEvent::ValidateForBroadcast(settings.events);
}

/**
 * @brief Reads the command line.
 * @param argc as main() has it
 * @param argv as main() has it
 * @param settings what it sets
 * @return false if the program has done what was asked for, such as printing help
 * @throws UserError if something is wrong in it
 */
bool
ReadCommandLine(int argc, char* argv[], Settings& settings)
{
    ProgramOptions options("mbs-key-update",
                           "How long a new MBS key takes to reach every UE, leg by leg, and what "
                           "it costs in lost packets.");
    options.AddChoice("procedure",
                      settings.procedure,
                      {"cp", "up"},
                      "how keys reach the UEs: cp is the control-plane procedure of TS 33.501 "
                      "W.4.1.2, up the user-plane procedure of W.4.1.3");
    settings.broadcast.Register(options);
    options.AddChoice("mbssf",
                      settings.mbssf,
                      {"mbsf", "mbstf"},
                      "which function has the MBSSF and so makes the MSKs");
    options.AddChoice("nmb2",
                      settings.nmb2,
                      {"push", "pull", "internal"},
                      "how keys cross Nmb2: push sends each, with pull the MBSTF asks for MSKs, "
                      "with internal none crosses; with --procedure=up and --mbssf=mbstf only "
                      "internal makes sense and is the default");
    options.AddChoice("auth",
                      settings.auth,
                      {"gba", "akma"},
                      "with --procedure=up: where the UEs' keys towards the MBSSF come from");
    settings.network.RegisterCounts(options);
    settings.network.RegisterSessions(options);
    options.AddTime("duration", settings.duration, MilliSeconds(1), Hours(1000), "simulated time");
    options.AddTime("mskInterval",
                    settings.mskInterval,
                    Seconds(0),
                    Hours(1000),
                    "time between new MSKs, 1ms or more; 0s = never");
    options.AddTime("mtkInterval",
                    settings.mtkInterval,
                    Seconds(0),
                    Hours(1000),
                    "time between new MTKs, 1ms or more; 0s = never");
    settings.network.RegisterJoins(options);
    options.AddText(
        "stay",
        settings.stay,
        "TIME|VARIABLE",
        [&settings](const std::string& text) { return ReadDuration(text, settings.stayTime); },
        "how long a UE stays after it joined, then it leaves: a time, or a random variable of ns-3 "
        "in seconds",
        "for ever");
    options.AddText(
        "away",
        settings.away,
        "TIME|VARIABLE",
        [&settings](const std::string& text) { return ReadDuration(text, settings.awayTime); },
        "how long a UE stays out after it left, then it joins again: as --stay",
        "for ever");
    options.AddTime("release",
                    settings.release,
                    Seconds(0),
                    Hours(1000),
                    "when the AF ends the session; 0s = never");
    const auto readUse = [](std::optional<KeyActivationOption>& use, bool msk) {
        return [&use, msk](const std::string& text) {
            const KeyActivationOption::Result result = KeyActivationOption::FromText(text, msk);
            use = result.option;
            return result.error;
        };
    };
    options.AddText("mskActivation",
                    settings.mskActivation,
                    "TIME|share:P[:LIMIT]|at:TIME[:PERIOD]",
                    readUse(settings.mskUse, true),
                    "when a new MSK is used: TIME after it was given out (0s = at once), when a "
                    "share P of the UEs has confirmed it (LIMIT after it was given out at the "
                    "latest, 10s unless given), or at a TIME of the run and each PERIOD later");
    options.AddText("mtkActivation",
                    settings.mtkActivation,
                    "TIME|at:TIME[:PERIOD]",
                    readUse(settings.mtkUse, false),
                    "when an MTK is used that comes without a new MSK: as --mskActivation");
    options.AddText("renewOnLeave",
                    settings.renewOnLeave,
                    "never|each|TIME",
                    CheckRenewal,
                    "new MSK when a UE has left: not for that, for each, or one for all that left "
                    "within TIME");
    options.AddText("renewOnJoin",
                    settings.renewOnJoin,
                    "never|each|TIME",
                    CheckRenewal,
                    "new key when a UE has joined: as --renewOnLeave");
    options.AddChoice("renewedOnJoin",
                      settings.renewedOnJoin,
                      {"msk", "mtk"},
                      "which key is renewed when a UE has joined");
    settings.network.RegisterTraffic(options);
    settings.network.RegisterTransport(options);
    settings.radio.Register(options);
    settings.mobility.Register(options);
    settings.ueState.Register(options);
    settings.ranks.Register(options);
    options.AddChoice("crypto",
                      settings.crypto,
                      {"aes-cm", "aes-gcm", "null"},
                      "SRTP profile: AES-CM with HMAC-SHA1-80, AES-128-GCM, or neither "
                      "encryption nor authentication");
    options.AddTime("serviceTime",
                    settings.serviceTime,
                    Seconds(0),
                    Hours(1),
                    "time that every function spends on a message; a single kind of function has "
                    "its attribute ServiceTime");
    options.AddCount("workers",
                     settings.workers,
                     1,
                     65536,
                     "messages that every function works on at the same time");
    options.AddText(
        "event",
        settings.event,
        "WHAT@TIME",
        [&settings](const std::string& text) {
            const SessionEvent::Result result = SessionEvent::FromText(text);
            if (result.event)
            {
                settings.events.push_back(*result.event);
            }
            return result.error;
        },
        "what happens to the session; may be given several times. The AF has it deactivated or "
        "activated (deactivate, activate), asks for a 5QI (qos=5QI) or gives it a service area "
        "(area); a UE leaves or the network removes it (leave=UE, remove=UE, numbered from 0); a "
        "UE "
        "is out of coverage for some time and comes back, to its own cell or to that of another "
        "gNB (outage=UE@TIME+TIME, outage=UE:GNB@TIME+TIME), or is handed over to another gNB by "
        "its own one (handover=UE:GNB@TIME)",
        "none");
    options.SetRepeatable("event");
    options.AddText(
        "fault",
        settings.fault,
        "TARGET:ACTION[=ARGUMENT]@TIME[+DURATION]",
        [&settings](const std::string& text) {
            const FaultPlan::Result result = FaultPlan::FromText(text);
            if (result.plan)
            {
                settings.faults.push_back(*result.plan);
            }
            return result.error;
        },
        "a fault; may be given several times. Functions (mbsf, mbstf, mbsmf, mbupf, amf-N, smf-N, "
        "gnb-N, ue-N): delay=TIME, reject=STATUS; "
        "links (nmb1, n16mb, n11-0 and so on): down, drop=COUNT, duplicate=COUNT (or a "
        "probability); such as smf-0:delay=2s@20s+10s or n11:down@20s+5s",
        "none");
    options.SetRepeatable("fault");
    options.AddFlag("pcap", settings.pcap, "write what passes on every link to DIR/pcap");
    options.AddFlag("keyLog", settings.keyLog, "write every key to DIR/keys.csv");
    options.AddFlag("messages",
                    settings.messages,
                    "write every signalling message to DIR/messages.csv");
    options.AddChoice(
        "detail",
        settings.detail,
        {"all", "cells", "none"},
        "of whom result files have rows: all UEs; cells, with sums and quantiles over "
        "their UEs in *-by-cell.csv; or none, only sums over all. For more than " +
            std::to_string(MOST_ROWS) + " UEs and sessions cells is the default");
    options.AddFlag("quiet", settings.quiet, "print neither progress nor the table");
    options.AddFlag("check",
                    settings.check,
                    "check that all options go together, run nothing, write nothing and end");
    options.AddText(
        "out",
        settings.out,
        "DIR",
        [](const std::string& text) {
            return text.empty() ? "must be a folder; for example --out=results/mine" : "";
        },
        "folder for the result files");
    options.SetResultFiles({"summary.json",
                            "key-updates.csv",
                            "traffic.csv",
                            "traffic-over-time.csv",
                            "signalling.csv",
                            "joins.csv",
                            "membership.csv",
                            "attributes.csv"});
    if (!options.Parse(argc, argv, std::cout))
    {
        return false;
    }

    // Places take memory too; those of a file say how many UEs there are.
    const bool keyClients = settings.procedure == "up" || settings.broadcast.IsBroadcast();
    settings.network.CheckSize(keyClients);
    settings.radio.Finish(options, settings.network.ues, settings.network.gnbs);
    settings.network.CheckCounts();
    settings.network.CheckSize(keyClients);
    const uint32_t each = settings.network.sessionsPerUe > 0 ? settings.network.sessionsPerUe
                                                             : settings.network.sessions;
    if (!options.IsGiven("detail") && uint64_t{settings.network.ues} * each > MOST_ROWS)
    {
        settings.detail = "cells";
    }
    for (const auto& [name, interval] : {std::make_pair("mskInterval", settings.mskInterval),
                                         std::make_pair("mtkInterval", settings.mtkInterval)})
    {
        // Said here too, so that the sentence names the option and not the attribute.
        if (interval.IsStrictlyPositive() && interval < MilliSeconds(1))
        {
            throw ProgramOptions::Error(name,
                                        std::to_string(interval.GetNanoSeconds()) + "ns",
                                        "must be 0s for never or from 1ms to 1000h; for example "
                                        "--" +
                                            std::string(name) + "=5s");
        }
    }
    settings.broadcast.Check(options, settings.network);
    if (settings.broadcast.IsBroadcast())
    {
        CheckBroadcast(options, settings);
        settings.procedure = "up";
    }
    const bool userPlane = settings.procedure == "up";
    const bool atMbstf = settings.mbssf == "mbstf";
    if (userPlane && atMbstf && !options.IsGiven("nmb2"))
    {
        settings.nmb2 = "internal";
    }
    const std::string clause =
        Deployment::Of(settings.procedure, settings.mbssf, settings.nmb2).WhyNotAllowed();
    if (!clause.empty())
    {
        throw ProgramOptions::Error("nmb2", settings.nmb2, clause);
    }
    SessionEvent::Validate(settings.events, settings.network.ues);
    if (options.IsGiven("away") && !options.IsGiven("stay"))
    {
        throw ProgramOptions::Error("away",
                                    settings.away,
                                    "is for UEs that leave; give --stay too, for example "
                                    "--stay=30s");
    }
    if (options.IsGiven("renewedOnJoin") && settings.renewOnJoin == "never")
    {
        throw ProgramOptions::Error("renewedOnJoin",
                                    settings.renewedOnJoin,
                                    "needs a renewal when UEs join; give --renewOnJoin too, for "
                                    "example --renewOnJoin=each");
    }
    if (options.IsGiven("auth") && !userPlane)
    {
        throw ProgramOptions::Error("auth",
                                    settings.auth,
                                    "is for the user-plane procedure; give --procedure=up too");
    }
    const auto isTime = [](const std::string& text) { return text != "never" && text != "each"; };
    if (isTime(settings.renewOnLeave) && isTime(settings.renewOnJoin) &&
        Time(settings.renewOnLeave) != Time(settings.renewOnJoin))
    {
        throw ProgramOptions::Error("renewOnJoin",
                                    settings.renewOnJoin,
                                    "must be the time of --renewOnLeave, " + settings.renewOnLeave +
                                        ", since joins and leaves share a batch");
    }
    const auto move =
        std::find_if(settings.events.begin(), settings.events.end(), [](const SessionEvent& event) {
            return event.kind == SessionEvent::Kind::OUTAGE ||
                   event.kind == SessionEvent::Kind::HANDOVER;
        });
    settings.ranks.Apply(options,
                         settings.network.gnbs,
                         {{"pcap", settings.pcap ? "true" : ""},
                          {"messages", settings.messages ? "true" : ""},
                          {"fault", settings.fault},
                          {"stay", settings.stayTime ? settings.stay : ""},
                          {"event", move == settings.events.end() ? "" : move->text}});
    settings.network.LoadTraffic();
    SetAttributes(options, settings);
    settings.ueState.Apply(options, userPlane);
    return true;
}

/**
 * @param object any object
 * @param name of one of its attributes that is a time
 * @return the attribute, seconds
 */
double
TimeAttribute(const Ptr<Object>& object, const std::string& name)
{
    TimeValue value;
    object->GetAttribute(name, value);
    return value.Get().GetSeconds();
}

/**
 * @param object any object
 * @param name of one of its attributes
 * @return the attribute as text
 */
std::string
TextAttribute(const Ptr<Object>& object, const std::string& name)
{
    StringValue value;
    object->GetAttribute(name, value);
    return value.Get();
}

/**
 * @param network as it was built
 * @return its radio link, as --radio has it, or else the name of its class
 */
std::string
DescribeRadio(const MbsHelper& network)
{
    PointerValue link;
    network.GetRadioChannel()->GetAttribute("Link", link);
    const Ptr<RadioLink> radio = link.Get<RadioLink>();
    if (radio->GetInstanceTypeId() == IdealRadioLink::GetTypeId())
    {
        return "ideal";
    }
    if (radio->GetInstanceTypeId() == FixedLossRadioLink::GetTypeId())
    {
        DoubleValue loss;
        radio->GetAttribute("LossRate", loss);
        std::ostringstream text;
        text.imbue(std::locale::classic());
        text << "fixed:" << loss.Get();
        return text.str();
    }
    if (radio->GetInstanceTypeId() == SinrRadioLink::GetTypeId())
    {
        return "sinr";
    }
    if (const auto model = DynamicCast<ErrorModelRadioLink>(radio))
    {
        return model->GetModel();
    }
    return radio->GetInstanceTypeId().GetName();
}

/**
 * @brief What goes into summary.json as the scenario.
 * @param settings what the command line set
 * @param network as it was built
 * @return names and values
 */
Scenario
Describe(const Settings& settings, const MbsHelper& network)
{
    Scenario scenario;
    scenario.SetText("program", "mbs-key-update");
    const bool userPlane = network.GetProcedure() == SecurityProcedure::USER_PLANE;
    scenario.SetText("procedure", userPlane ? "up" : "cp");
    scenario.SetText("service", settings.broadcast.service);
    if (settings.broadcast.IsBroadcast())
    {
        scenario.SetText("service_area",
                         settings.broadcast.gnbs.empty() ? "all" : settings.broadcast.area);
    }
    scenario.SetText("mbssf", TextAttribute(network.GetMbsf(), "MbssfPlacement"));
    scenario.SetText("nmb2", TextAttribute(network.GetMbsf(), "Nmb2Keys"));
    if (userPlane)
    {
        scenario.SetText("auth", TextAttribute(network.GetMbssf(), "Authentication"));
    }
    scenario.SetInteger("ues", settings.network.ues);
    scenario.SetInteger("gnbs", settings.network.gnbs);
    scenario.SetInteger("smfs", settings.network.smfs);
    scenario.SetInteger("amfs", settings.network.amfs);
    scenario.SetInteger("sessions", settings.network.sessions);
    if (settings.network.sessions > 1)
    {
        scenario.SetInteger("sessions_per_ue",
                            static_cast<int64_t>(network.GetSessionsOf(0).size()));
        scenario.SetFlag("join_together", settings.network.joinTogether);
        scenario.SetNumber("session_stagger_s", settings.network.sessionStagger.GetSeconds());
    }
    scenario.SetInteger("unauthorized", settings.network.unauthorized);
    scenario.SetText("transport", TextAttribute(network.GetTopology(), "Transport"));
    scenario.SetNumber("duration_s", settings.duration.GetSeconds());
    scenario.SetNumber("msk_interval_s", TimeAttribute(network.GetMbsf(), "MskInterval"));
    scenario.SetNumber("mtk_interval_s", TimeAttribute(network.GetMbstf(), "MtkInterval"));
    scenario.SetNumber("join_start_s", settings.network.joinStart.GetSeconds());
    scenario.SetNumber("join_window_s", settings.network.joinWindow.GetSeconds());
    if (settings.stayTime)
    {
        scenario.SetText("stay", settings.stay);
    }
    if (settings.awayTime)
    {
        scenario.SetText("away", settings.away);
    }
    if (settings.release.IsStrictlyPositive())
    {
        scenario.SetNumber("release_s", settings.release.GetSeconds());
    }
    scenario.SetText("msk_activation", KeyActivationOption::Describe(network, true));
    scenario.SetText("mtk_activation", KeyActivationOption::Describe(network, false));
    const auto policy = [&network](const char* attribute) {
        StringValue value;
        network.GetMbSmf()->GetAttribute(attribute, value);
        return value.Get();
    };
    scenario.SetText("renew_on_leave", policy("RenewOnLeave"));
    scenario.SetText("renew_on_join", policy("RenewOnJoin"));
    scenario.SetText("renewed_on_join", policy("RenewedOnJoin"));
    scenario.SetNumber("renewal_batch_s", TimeAttribute(network.GetMbSmf(), "RenewalBatch"));
    scenario.SetText("traffic",
                     settings.network.traffic.empty() ? "bundled" : settings.network.traffic);
    scenario.SetText("radio", DescribeRadio(network));
    if (settings.radio.GetScenario())
    {
        scenario.SetText("places", settings.radio.Describe());
    }
    MobilityOptions::Describe(network, scenario);
    UeStateOptions::Describe(network, scenario);
    std::string faults;
    for (const FaultPlan& fault : settings.faults)
    {
        faults += (faults.empty() ? "" : " ") + fault.text;
    }
    std::string events;
    for (const SessionEvent& event : settings.events)
    {
        events += (events.empty() ? "" : " ") + event.text;
    }
    scenario.SetText("events", events.empty() ? "none" : events);
    scenario.SetText("faults", faults.empty() ? "none" : faults);
    StringValue profile;
    network.GetMbstf()->GetAttribute("SrtpProfile", profile);
    scenario.SetText("crypto", profile.Get());
    scenario.SetText("detail", settings.detail);
    return scenario;
}

/**
 * @brief Has what an earlier run left in the folder removed, so that the results of two runs do not
 * mix: its keys, figures and captures, by the names that this program gives them.
 * @param folder with the results
 * @param settings what the command line set
 * @param written captures of this run
 */
void
DiscardStale(OutputFolder& folder, const Settings& settings, const std::set<std::string>& written)
{
    if (!settings.keyLog)
    {
        folder.Discard("keys.csv");
    }
    if (!settings.messages)
    {
        folder.Discard("messages.csv");
    }
    folder.Discard("latency-by-leg.png");
    folder.Discard("loss-over-time.png");
    static const std::regex CAPTURE(
        "(af|mbsf|mbstf|mb-smf|mb-upf|amf(-[0-9]+)?|smf-[0-9]+(-amf-[0-9]+)?|gnb-[0-9]+)-"
        "(N[0-9a-z]+(-ngap|-mikey)?|Uu)\\.pcap");
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder.Path() + "/pcap", none))
    {
        const std::string name = entry.path().filename().string();
        if (std::regex_match(name, CAPTURE) && written.count("pcap/" + name) == 0)
        {
            folder.Discard("pcap/" + name);
        }
    }
}

/**
 * @brief Says if sessions were not set up.
 * @param network after the run
 */
void
WarnOfSessions(const MbsHelper& network)
{
    const auto& afs = network.GetAfs();
    const auto missing = std::count_if(afs.begin(), afs.end(), [](const Ptr<Af>& af) {
        return !af->IsEstablished();
    });
    if (missing > 0)
    {
        std::cerr << "mbs-key-update: warning: "
                  << (afs.size() == 1 ? "the session was"
                                      : std::to_string(missing) + " of the " +
                                            std::to_string(afs.size()) + " sessions were")
                  << " not set up within --duration; what was dropped, or a delay that is longer, "
                     "says why\n";
    }
}

/** @param settings what the command line set @return how much there is to do */
RunSize
SizeOf(const Settings& settings)
{
    const NetworkOptions& network = settings.network;
    const double seconds = settings.duration.GetSeconds();
    const double period = network.plan->Period().GetSeconds();
    const double msk = settings.mskInterval.GetSeconds();
    RunSize size;
    size.sessions = network.sessions;
    size.gnbs = network.gnbs;
    size.amfs = network.amfs;
    size.smfs = network.smfs;
    size.memberships = static_cast<double>(network.ues) *
                       (network.sessionsPerUe > 0 ? network.sessionsPerUe : network.sessions);
    // None at the very end.
    size.mskUpdates = msk > 0 ? std::max(0.0, std::ceil(seconds / msk) - 1) : 0;
    size.packets =
        period > 0 ? seconds / period * static_cast<double>(network.plan->PacketsPerLoop()) : 0;
    return size;
}

/**
 * @brief Builds the network and has everything happen in it at its time.
 * @param settings what the command line set
 * @param network gets built
 * @return what goes wrong in it
 * @throws UserError if something is wrong that only the whole network shows
 */
Ptr<FaultInjector>
Prepare(const Settings& settings, MbsHelper& network)
{
    settings.network.Apply(network);
    settings.broadcast.Apply(network);
    if (settings.radio.GetLink())
    {
        network.SetRadioLink(*settings.radio.GetLink());
    }
    network.SetRadioScenario(settings.radio.GetScenario());
    const bool hasOutages = SessionEvent::Has(settings.events, SessionEvent::Kind::OUTAGE);
    if (hasOutages)
    {
        network.EnableOutages();
    }
    const bool hasHandovers = SessionEvent::Has(settings.events, SessionEvent::Kind::HANDOVER);
    if (hasHandovers)
    {
        network.EnableHandovers();
    }
    const bool moves = settings.radio.GetScenario() && settings.radio.GetScenario()->Moves();
    settings.mobility.Apply(network, moves);
    if (settings.ranks.likeMany)
    {
        network.OrderArrivals();
    }
    settings.ranks.Share(SizeOf(settings), network);
    network.CheckAttributes();
    network.SetStay(settings.stayTime, settings.awayTime);
    network.Build();
    const bool unicast = network.GetUpf() != nullptr;
    const bool sleep = network.GetGnbs().front()->MaySleep(0);
    const char* reason = settings.broadcast.IsBroadcast() ? "--service=broadcast"
                         : settings.procedure == "up"     ? "--procedure=up"
                                                          : "--ns3::mbs::Ue::IpStack=true";
    settings.ranks.Check(network);
    SessionEvent::ValidateMoves(
        settings.events,
        {settings.network.gnbs, settings.network.amfs, unicast, reason, sleep});
    settings.mobility.Validate({moves,
                                settings.network.amfs,
                                unicast,
                                reason,
                                sleep,
                                hasOutages || hasHandovers,
                                hasHandovers});
    const int64_t streams = network.AssignStreams(1);
    Ptr<FaultInjector> faults = CreateObject<FaultInjector>();
    faults->Install(network);
    for (const FaultPlan& fault : settings.faults)
    {
        faults->Schedule(fault);
    }
    faults->AssignStreams(1 + streams);
    network.JoinAll(settings.network.joinStart, settings.network.joinWindow);
    for (const SessionEvent& event : settings.events)
    {
        event.Schedule(network);
    }
    if (settings.release.IsStrictlyPositive())
    {
        network.ReleaseAt(settings.release);
    }
    return faults;
}

/**
 * @brief Does all that can go wrong for what was typed, but runs and writes nothing.
 * @param settings what the command line set
 * @return exit status
 */
int
CheckOnly(const Settings& settings)
{
    MbsHelper network;
    const Ptr<FaultInjector> faults = Prepare(settings, network);
    faults->Dispose();
    Simulator::Destroy();
    network.Clear();
    if (!settings.quiet)
    {
        std::cout << "mbs-key-update: the options are right\n";
    }
    return 0;
}

/**
 * @brief Runs the part of the scenario that a process other than the first one has.
 * @param settings what the command line set
 */
void
RunPart(const Settings& settings)
{
    MbsHelper network;
    const Ptr<FaultInjector> faults = Prepare(settings, network);
    MbsResultsHelper measurement(network);
    measurement.Connect();
    const RunMeter meter;
    Simulator::Stop(settings.duration);
    Simulator::Run();
    measurement.Finish();
    meter.Read(0);
    faults->Dispose();
    Simulator::Destroy();
    network.Clear();
}

/**
 * @brief Runs the scenario.
 * @param settings what the command line set
 * @param commandLine as typed
 * @return exit status
 */
int
Run(const Settings& settings, const std::string& commandLine)
{
    if (!Ranks::IsFirst())
    {
        RunPart(settings);
        return 0;
    }
    InterruptCleanup::Watch("mbs-key-update");
    OutputFolder folder(settings.out);
    for (const std::string& warning : settings.network.plan->Warnings())
    {
        std::cerr << "mbs-key-update: warning: "
                  << (settings.network.traffic.empty() ? "the bundled stream"
                                                       : "--traffic=" + settings.network.traffic)
                  << ": " << warning << "\n";
    }
    const std::string warning = settings.mobility.Warning(settings.radio.GetScenario() &&
                                                              settings.radio.GetScenario()->Moves(),
                                                          settings.network.gnbs);
    if (!settings.quiet && !warning.empty())
    {
        std::cerr << "mbs-key-update: warning: " << warning << "\n";
    }

    MbsHelper network;
    const Ptr<FaultInjector> faults = Prepare(settings, network);

    MbsResultsHelper measurement(network);
    measurement.Connect();
    if (settings.keyLog)
    {
        measurement.EnableKeyLog();
    }
    std::unique_ptr<MessageLog> messages;
    if (settings.messages)
    {
        messages = std::make_unique<MessageLog>(network);
        messages->Connect();
    }
    std::unique_ptr<ExportedPduWriter> exportedPdus;
    std::set<std::string> written;
    if (settings.pcap)
    {
        const auto reserve = [&folder, &written](const std::string& name) {
            written.insert(name);
            return folder.Reserve(name);
        };
        network.EnablePcap(reserve);
        exportedPdus = std::make_unique<ExportedPduWriter>(network, reserve);
    }

    RunMeter meter;
    {
        const Progress progress(settings.duration,
                                settings.quiet ? nullptr : &std::cerr,
                                isatty(STDERR_FILENO) != 0);
        Simulator::Stop(settings.duration);
        Simulator::Run();
    }
    measurement.Finish();
    WarnOfSessions(network);

    RunResults results = measurement.MakeResults();
    results.scenario = Describe(settings, network);
    results.provenance = MakeProvenance(commandLine);
    results.performance = meter.Read(results.traffic.delivered);
    if (settings.radio.GetScenario())
    {
        WriteRadioReport(folder.Open("radio.csv"), network);
    }
    else
    {
        folder.Discard("radio.csv");
    }
    if (network.GetRadioChannel()->GetCarrier())
    {
        WriteCellReport(folder.Open("cells.csv"), network);
    }
    else
    {
        folder.Discard("cells.csv");
    }
    exportedPdus.reset();
    faults->Dispose();
    Simulator::Destroy();
    network.Clear();
    measurement.Write(folder, results, DetailOf(settings));
    WriteAttributes(folder.Open("attributes.csv"));
    if (messages)
    {
        messages->Write(folder.Open("messages.csv"));
    }
    DiscardStale(folder, settings, written);
    folder.Commit();

    if (!settings.quiet)
    {
        WriteResultTable(std::cout, results);
        measurement.PrintDrops(std::cout);
        std::cout << "Results are in " << folder.Path() << "\n";
    }
    return 0;
}

} // namespace

int
main(int argc, char* argv[])
{
    const auto body = [argc, argv] {
        Settings settings;
        if (!ReadCommandLine(argc, argv, settings))
        {
            return 0;
        }
        std::string commandLine = "mbs-key-update";
        for (int i = 1; i < argc; ++i)
        {
            commandLine += std::string(" ") + argv[i];
        }
        return settings.check ? CheckOnly(settings) : Run(settings, commandLine);
    };
    return RunProgram("mbs-key-update", body, Processes::SEVERAL);
}

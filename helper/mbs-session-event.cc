// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-session-event.h"

#include "mbs-program-options.h"
#include "mbs-ranks.h"

#include "ns3/mbs-quantity.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <map>

namespace ns3::mbs
{

namespace
{

/** A kind of event as it is typed. */
struct Name
{
    const char* text;        //!< before an equals sign
    SessionEvent::Kind kind; //!< what is meant
    uint32_t least;          //!< smallest argument
    uint32_t most;           //!< greatest argument, 0 if there is none
};

constexpr Name NAMES[] = {{"deactivate", SessionEvent::Kind::DEACTIVATE, 0, 0},
                          {"activate", SessionEvent::Kind::ACTIVATE, 0, 0},
                          {"qos", SessionEvent::Kind::QOS, 1, 255},
                          {"area", SessionEvent::Kind::AREA, 0, 0},
                          {"leave", SessionEvent::Kind::LEAVE, 0, 999999},
                          {"remove", SessionEvent::Kind::REMOVE, 0, 999999},
                          {"outage", SessionEvent::Kind::OUTAGE, 0, 999999},
                          {"handover", SessionEvent::Kind::HANDOVER, 0, 999999}};

/** @return what an event must look like, a clause */
std::string
EventGrammar()
{
    return "must be deactivate@TIME, activate@TIME, qos=5QI@TIME with a 5QI from 1 to 255, "
           "area@TIME, leave=UE@TIME, remove=UE@TIME or outage=UE@TIME+TIME with the number of a "
           "UE, from 0, or outage=UE:GNB@TIME+TIME or handover=UE:GNB@TIME with that of a gNB, "
           "too; for example --event=deactivate@20s or --event=handover=0:1@20s";
}

} // namespace

SessionEvent::Result
SessionEvent::FromText(const std::string& text)
{
    const std::size_t at = text.find('@');
    const std::size_t plus = at == std::string::npos ? at : text.find('+', at);
    const auto timeOf = [](const std::string& part) { return ParseNanoseconds(part).value_or(-1); };
    const int64_t time = at == std::string::npos ? -1 : timeOf(text.substr(at + 1, plus - at - 1));
    const int64_t duration = plus == std::string::npos ? 0 : timeOf(text.substr(plus + 1));
    const std::string what = text.substr(0, at);
    const std::size_t equals = what.find('=');
    const auto name = std::find_if(std::begin(NAMES), std::end(NAMES), [&](const Name& known) {
        return what.substr(0, equals) == known.text;
    });
    if (time < 0 || name == std::end(NAMES) || (equals == std::string::npos) != (name->most == 0) ||
        (name->kind == Kind::OUTAGE ? duration <= 0 : plus != std::string::npos))
    {
        return {std::nullopt, EventGrammar()};
    }
    SessionEvent event;
    event.text = text;
    event.kind = name->kind;
    event.at = NanoSeconds(time);
    event.duration = NanoSeconds(duration);
    if (event.kind == Kind::OUTAGE || event.kind == Kind::HANDOVER)
    {
        const bool right = event.ReadMove(what.substr(equals + 1)) &&
                           (event.kind == Kind::OUTAGE || event.gnb.has_value());
        return right ? Result{event, ""} : Result{std::nullopt, EventGrammar()};
    }
    if (name->most > 0)
    {
        const auto number = ParseWholeNumber(what.substr(equals + 1));
        if (!number || *number < name->least || *number > name->most)
        {
            return {std::nullopt, EventGrammar()};
        }
        event.number = static_cast<uint32_t>(*number);
    }
    return {event, ""};
}

void
SessionEvent::Validate(std::vector<SessionEvent> events, uint32_t ues)
{
    std::stable_sort(events.begin(),
                     events.end(),
                     [](const SessionEvent& a, const SessionEvent& b) { return a.at < b.at; });
    bool active = true;
    for (const SessionEvent& event : events)
    {
        const auto wrong = [&event](const std::string& clause) {
            throw ProgramOptions::Error("event", event.text, clause);
        };
        switch (event.kind)
        {
        case Kind::DEACTIVATE:
        case Kind::ACTIVATE:
            if (active == (event.kind == Kind::ACTIVATE))
            {
                wrong(active ? "the session is active then; give --event=deactivate with an "
                               "earlier time"
                             : "the session is inactive then; give --event=activate with an "
                               "earlier time");
            }
            active = !active;
            break;
        case Kind::LEAVE:
        case Kind::REMOVE:
        case Kind::OUTAGE:
        case Kind::HANDOVER:
            if (event.number >= ues)
            {
                wrong("must name one of the UEs 0 to " + std::to_string(ues - 1) +
                      "; give another number or more --ues");
            }
            break;
        case Kind::QOS:
        case Kind::AREA:
            break;
        }
    }
}

bool
SessionEvent::ReadMove(const std::string& argument)
{
    const std::size_t colon = argument.find(':');
    const auto ue = ParseWholeNumber(argument.substr(0, colon));
    if (!ue || *ue > 999999)
    {
        return false;
    }
    number = static_cast<uint32_t>(*ue);
    if (colon != std::string::npos)
    {
        const auto to = ParseWholeNumber(argument.substr(colon + 1));
        if (!to || *to > 999999)
        {
            return false;
        }
        gnb = static_cast<uint32_t>(*to);
    }
    return true;
}

bool
SessionEvent::Has(const std::vector<SessionEvent>& events, Kind kind)
{
    return std::any_of(events.begin(), events.end(), [kind](const SessionEvent& event) {
        return event.kind == kind;
    });
}

void
SessionEvent::Refuse(const std::string& clause) const
{
    throw ProgramOptions::Error("event", text, clause);
}

void
SessionEvent::ValidateMove(const MoveLimits& limits) const
{
    if (limits.sleep)
    {
        Refuse("is for UEs that stay connected; leave out --ueState, or the event");
    }
    if (gnb && *gnb >= limits.gnbs)
    {
        Refuse("must name one of the gNBs 0 to " + std::to_string(limits.gnbs - 1) +
               "; give another number or more --gnbs");
    }
    if (kind == Kind::HANDOVER)
    {
        if (limits.amfs > 1)
        {
            Refuse("a UE is handed over only where all gNBs have one AMF; give --amfs=1");
        }
        if (limits.unicast)
        {
            Refuse(std::string("with ") + limits.reason +
                   " a UE cannot be handed over, since the UPF's tunnel does not follow it; leave "
                   "out one of the two");
        }
        return;
    }
    const std::string own = "outage=" + std::to_string(number) + text.substr(text.find('@'));
    if (gnb && limits.amfs > 1)
    {
        Refuse("the UE can come back to another gNB only where all have one AMF; give --amfs=1, "
               "or --event=" +
               own + " for its own cell");
    }
    if (gnb && limits.unicast)
    {
        Refuse(std::string("with ") + limits.reason +
               " the UE must come back to its own cell, since the UPF's tunnel does not follow "
               "it; give --event=" +
               own);
    }
}

void
SessionEvent::ValidateMoves(std::vector<SessionEvent> events, const MoveLimits& limits)
{
    std::stable_sort(events.begin(),
                     events.end(),
                     [](const SessionEvent& a, const SessionEvent& b) { return a.at < b.at; });
    std::map<uint32_t, Time> until;
    for (const SessionEvent& event : events)
    {
        if (event.kind != Kind::OUTAGE && event.kind != Kind::HANDOVER)
        {
            continue;
        }
        event.ValidateMove(limits);
        const auto before = until.find(event.number);
        if (before != until.end() && event.at < before->second)
        {
            event.Refuse("UE " + std::to_string(event.number) +
                         " is out of coverage already then; give a later time");
        }
        until[event.number] = event.at + event.duration;
    }
}

void
SessionEvent::ValidateForBroadcast(const std::vector<SessionEvent>& events)
{
    for (const SessionEvent& event : events)
    {
        if (event.kind == Kind::DEACTIVATE || event.kind == Kind::ACTIVATE)
        {
            throw ProgramOptions::Error("event",
                                        event.text,
                                        "is for multicast sessions: only they are activated and "
                                        "deactivated (TS 23.247 clause 4.3); leave it out with "
                                        "--service=broadcast");
        }
        if (event.kind == Kind::REMOVE)
        {
            throw ProgramOptions::Error(
                "event",
                event.text,
                "is for multicast sessions: no UE joins a broadcast session "
                "(TS 23.247 clause 7.3), so none can be removed; give "
                "leave=" +
                    std::to_string(event.number) + " for a UE that receives it no more");
        }
    }
}

void
SessionEvent::Schedule(const MbsHelper& network) const
{
    if (kind == Kind::LEAVE || kind == Kind::REMOVE)
    {
        for (const uint32_t session : network.GetSessionsOf(number))
        {
            kind == Kind::LEAVE ? network.LeaveAt(number, at, session)
                                : network.RemoveAt(number, at, session);
        }
        return;
    }
    if (kind == Kind::OUTAGE)
    {
        network.LoseCellAt(number, at, duration, gnb);
        return;
    }
    if (kind == Kind::HANDOVER)
    {
        network.HandOverAt(number, at, gnb.value_or(0));
        return;
    }
    // The AFs are in the first process.
    if (Ranks::IsFirst())
    {
        for (const Ptr<Af>& af : network.GetAfs())
        {
            ScheduleAt(af, network.GetTmgi().Plmn());
        }
    }
}

void
SessionEvent::ScheduleAt(const Ptr<Af>& af, const PlmnId& plmn) const
{
    switch (kind)
    {
    case Kind::DEACTIVATE:
        Simulator::Schedule(at, &Af::Deactivate, af);
        break;
    case Kind::ACTIVATE:
        Simulator::Schedule(at, &Af::Activate, af);
        break;
    case Kind::QOS:
        Simulator::Schedule(at, &Af::UpdateQos, af, static_cast<uint8_t>(number));
        break;
    case Kind::AREA:
        Simulator::Schedule(at,
                            &Af::UpdateServiceArea,
                            af,
                            sbi::MbsServiceArea{{}, {Tai{plmn, 0}}});
        break;
    case Kind::LEAVE:
    case Kind::REMOVE:
    case Kind::OUTAGE:
    case Kind::HANDOVER:
        NS_ASSERT_MSG(false, "not of an AF");
        break;
    }
}

} // namespace ns3::mbs

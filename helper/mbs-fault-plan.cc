// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fault-plan.h"

#include "mbs-core-topology.h"

#include "ns3/mbs-quantity.h"

#include <algorithm>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** Whether a number tells functions of a kind apart. */
enum class Numbered : uint8_t
{
    NO,    //!< there is one
    MAYBE, //!< there may be several; without a number the first is meant
    YES    //!< there are several
};

/** A kind of function that can be a target. */
struct FunctionKind
{
    const char* name;  //!< as it is typed
    Numbered numbered; //!< what follows the name
    bool services;     //!< it answers requests on service-based interfaces
};

constexpr FunctionKind FUNCTIONS[] = {{"mbsf", Numbered::NO, true},
                                      {"mbstf", Numbered::NO, true},
                                      {"mbssf", Numbered::NO, true},
                                      {"mbsmf", Numbered::NO, true},
                                      {"mbupf", Numbered::NO, false},
                                      {"amf", Numbered::MAYBE, true},
                                      {"smf", Numbered::YES, true},
                                      {"gnb", Numbered::YES, false},
                                      {"ue", Numbered::YES, false}};

/** Reference points with a link for each SMF or gNB, so that a number picks one. */
const std::vector<std::string> NUMBERED_LINKS{"n16mb", "n11", "n2", "n3mb"};

/** HTTP statuses with which a function can be made to reject (TS 29.500 table 5.2.7.2-1). */
const std::vector<uint64_t> STATUSES{403, 429, 500, 503};

/** @param text any text @return the same in lower case */
std::string
Lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

/** @param name without number @return the kind of function, or null */
const FunctionKind*
FindFunction(const std::string& name)
{
    for (const FunctionKind& kind : FUNCTIONS)
    {
        if (name == kind.name)
        {
            return &kind;
        }
    }
    return nullptr;
}

/** @param name without number @return true if it is a reference point with IP links */
bool
IsLinkName(const std::string& name)
{
    for (std::size_t i = 0; i < INTERFACE_COUNT; ++i)
    {
        if (name == FaultPlan::LinkName(static_cast<Interface>(i)))
        {
            return true;
        }
    }
    return false;
}

/** @return what a fault must look like, a clause */
std::string
Grammar()
{
    return "must be TARGET:ACTION[=ARGUMENT]@TIME[+DURATION]; targets are the functions mbsf, "
           "mbstf, mbssf, mbsmf, mbupf, amf or amf-N, smf-N, gnb-N and ue-N with the actions "
           "restart, "
           "restart=forget, delay=TIME and reject=403, 429, 500 or 503, and the links nmb10, nmb8, "
           "nmb2, nmb1, nmb9, n4mb, n16mb, n11mb, n11, n2, n3mb and xn (also n16mb-N, n11-N, n2-N "
           "and n3mb-N) with down, drop=COUNT or PROBABILITY and duplicate=COUNT or PROBABILITY; "
           "for example --fault=mbsmf:restart@20s or --fault=n11:down@20s+5s";
}

/**
 * @param text a time
 * @param time set to it
 * @return true if it is one and not negative
 */
bool
ReadTime(const std::string& text, Time& time)
{
    const auto nanoseconds = ParseNanoseconds(text);
    if (!nanoseconds || *nanoseconds < 0 || text.front() == '-')
    {
        return false;
    }
    time = NanoSeconds(*nanoseconds);
    return true;
}

/**
 * @brief Reads a target.
 * @param text such as `smf-0`
 * @param plan gets name and number
 * @return what is wrong, or nothing
 */
std::string
ReadTarget(const std::string& text, FaultPlan& plan)
{
    plan.target = text;
    const std::size_t dash = text.find('-');
    if (dash != std::string::npos)
    {
        const auto number = ParseWholeNumber(text.substr(dash + 1));
        if (!number || *number > UINT32_MAX)
        {
            return Grammar();
        }
        plan.number = static_cast<uint32_t>(*number);
        plan.target = text.substr(0, dash);
    }
    const FunctionKind* function = FindFunction(plan.target);
    if (function != nullptr && function->numbered == Numbered::YES && !plan.number)
    {
        return "must say which " + plan.target + "; for example " + plan.target + "-0";
    }
    if (function != nullptr && function->numbered == Numbered::NO && plan.number)
    {
        return "must have no number, since there is one " + plan.target;
    }
    const bool numberedLink =
        std::find(NUMBERED_LINKS.begin(), NUMBERED_LINKS.end(), plan.target) !=
        NUMBERED_LINKS.end();
    if (function == nullptr &&
        (!IsLinkName(plan.target) || (plan.number.has_value() && !numberedLink)))
    {
        return Grammar();
    }
    return "";
}

/**
 * @brief Reads how many packets are meant.
 * @param text a count, or a probability with a point in it
 * @param plan gets it
 * @return what is wrong, or nothing
 */
std::string
ReadPackets(const std::string& text, FaultPlan& plan)
{
    const auto count = ParseWholeNumber(text);
    if (count && *count >= 1 && *count <= UINT32_MAX)
    {
        plan.count = static_cast<uint32_t>(*count);
        return plan.duration.IsZero() ? "" : "must have no +DURATION, since a count has an end";
    }
    const auto rate = count ? std::nullopt : ParseDecimalNumber(text);
    if (!rate || *rate <= 0 || *rate > 1)
    {
        return "must say how many packets (1 or more, in each direction) or with which "
               "probability (above 0, up to 1.0); for example n16mb:drop=1@20s or "
               "n16mb:drop=0.1@20s+10s";
    }
    plan.rate = *rate;
    return plan.duration.IsZero() ? "must say for how long; for example n16mb:drop=0.1@20s+10s"
                                  : "";
}

/**
 * @brief Reads an action and its argument.
 * @param action such as `delay`
 * @param argument behind the equals sign; nothing if there is no such sign
 * @param plan has its target and times, gets the rest
 * @return what is wrong, or nothing
 */
std::string
ReadAction(const std::string& action, const std::optional<std::string>& argument, FaultPlan& plan)
{
    using Action = FaultPlan::Action;
    const FunctionKind* function = FindFunction(plan.target);
    if (function != nullptr && action == "restart" && (!argument || *argument == "forget"))
    {
        plan.action = argument ? Action::FORGET : Action::RESTART;
        if (plan.duration.IsZero())
        {
            plan.duration = FaultPlan::DefaultDowntime();
        }
        return plan.start.IsZero() ? "must be later than 0s, when the functions start; for "
                                     "example mbsmf:restart@20s"
                                   : "";
    }
    const std::string needsDuration =
        plan.duration.IsZero() ? "must say for how long; for example --fault=" + plan.text + "+5s"
                               : "";
    if (function != nullptr && action == "delay" && argument)
    {
        plan.action = Action::DELAY;
        if (!ReadTime(*argument, plan.delay) || plan.delay.IsZero())
        {
            return "must say by how much messages are handled later; for example "
                   "smf-0:delay=2s@20s+10s";
        }
        return needsDuration;
    }
    if (function != nullptr && function->services && action == "reject" && argument)
    {
        plan.action = Action::REJECT;
        const uint64_t status = ParseWholeNumber(*argument).value_or(0);
        if (std::find(STATUSES.begin(), STATUSES.end(), status) == STATUSES.end())
        {
            return "must reject with status 403, 429, 500 or 503; for example "
                   "mbsmf:reject=403@20s+5s";
        }
        plan.status = static_cast<uint32_t>(status);
        return needsDuration;
    }
    if (function == nullptr && action == "down" && !argument)
    {
        plan.action = Action::DOWN;
        return needsDuration;
    }
    if (function == nullptr && (action == "drop" || action == "duplicate") && argument)
    {
        plan.action = action == "drop" ? Action::DROP : Action::DUPLICATE;
        if (plan.action == Action::DUPLICATE && (plan.target == "nmb9" || plan.target == "n3mb"))
        {
            return "must name a link with signalling, since the packets of " + plan.target +
                   " are counted once; for example --fault=n16mb:duplicate=1@20s";
        }
        return ReadPackets(*argument, plan);
    }
    return Grammar();
}

} // namespace

Time
FaultPlan::DefaultDowntime()
{
    return Seconds(1);
}

std::string
FaultPlan::LinkName(Interface interface)
{
    return Lower(ToString(interface));
}

bool
FaultPlan::IsLink() const
{
    return FindFunction(target) == nullptr;
}

FaultPlan::Result
FaultPlan::FromText(const std::string& text)
{
    FaultPlan plan;
    plan.text = text;
    const std::size_t colon = text.find(':');
    const std::size_t at = text.find('@');
    if (colon == std::string::npos || at == std::string::npos || at < colon)
    {
        return {std::nullopt, Grammar()};
    }
    const std::string when = text.substr(at + 1);
    const std::size_t plus = when.find('+');
    if (!ReadTime(when.substr(0, plus), plan.start) ||
        (plus != std::string::npos &&
         (!ReadTime(when.substr(plus + 1), plan.duration) || plan.duration.IsZero())))
    {
        return {std::nullopt,
                "must have a TIME and a DURATION above 0, numbers with ns, us, ms, s, min or h, "
                "behind the @; for example n11:down@20s+5s"};
    }
    const std::string what = text.substr(colon + 1, at - colon - 1);
    const std::size_t equals = what.find('=');
    const auto argument = equals == std::string::npos
                              ? std::nullopt
                              : std::optional<std::string>(what.substr(equals + 1));
    std::string error = ReadTarget(Lower(text.substr(0, colon)), plan);
    if (error.empty())
    {
        error = ReadAction(what.substr(0, equals), argument, plan);
    }
    if (!error.empty())
    {
        return {std::nullopt, error};
    }
    return {plan, ""};
}

} // namespace ns3::mbs

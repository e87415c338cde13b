// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-key-activation-option.h"

#include "mbs-object-text.h"

#include "ns3/mbs-quantity.h"

#include "ns3/config.h"
#include "ns3/double.h"
#include "ns3/string.h"

#include <algorithm>
#include <locale>
#include <sstream>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** When an MSK is used that too few UEs have confirmed, unless the option says when. */
const Time DEFAULT_LIMIT = Seconds(10);

/** How much longer old keys are kept than a new one may wait. */
const Time MARGIN = Seconds(1);

/**
 * @param text a time
 * @param time set to it
 * @return true if it is one and not below zero
 */
bool
ReadOptionTime(const std::string& text, Time& time)
{
    const auto nanoseconds = ParseNanoseconds(text);
    if (!nanoseconds || *nanoseconds < 0)
    {
        return false;
    }
    time = NanoSeconds(*nanoseconds);
    return true;
}

/** @param text any text @return its parts between colons */
std::vector<std::string>
Split(const std::string& text)
{
    std::vector<std::string> parts;
    std::size_t begin = 0;
    for (std::size_t end = 0; end != std::string::npos; begin = end + 1)
    {
        end = text.find(':', begin);
        parts.push_back(text.substr(begin, end == std::string::npos ? end : end - begin));
    }
    return parts;
}

/** @param name of an attribute that is a time @return its default */
Time
DefaultOf(const std::string& name)
{
    const std::size_t colon = name.rfind("::");
    TypeId::AttributeInformation information;
    TypeId::LookupByName(name.substr(0, colon))
        .LookupAttributeByName(name.substr(colon + 2), &information);
    return Time(information.initialValue->SerializeToString(information.checker));
}

/** @param time any @return as an option has it */
std::string
Text(Time time)
{
    return FormatNanoseconds(time.GetNanoSeconds());
}

/** @param object any object @param name of one of its attributes that is a time @return it */
Time
TimeOf(const Ptr<Object>& object, const std::string& name)
{
    TimeValue value;
    object->GetAttribute(name, value);
    return value.Get();
}

} // namespace

std::string
KeyActivationOption::Grammar() const
{
    return m_msk ? "must be a TIME after which a new MSK is used (0s is at once), share:P[:LIMIT] "
                   "with a share P above 0 and up to 1 and a time LIMIT, or at:TIME[:PERIOD]; for "
                   "example --mskActivation=share:0.9:5s"
                 : "must be a TIME after which a new MTK is used (0s is at once), or "
                   "at:TIME[:PERIOD]; for example --mtkActivation=500ms";
}

KeyActivationOption::Result
KeyActivationOption::FromText(const std::string& text, bool msk)
{
    KeyActivationOption option;
    option.m_msk = msk;
    const std::vector<std::string> parts = Split(text);
    bool good = false;
    if (parts.size() == 1)
    {
        good = ReadOptionTime(text, option.m_delay);
    }
    else if (parts.front() == "share" && !msk)
    {
        return {
            std::nullopt,
            "makes no sense for MTKs, which no UE answers (TS 33.501 W.4.1.2); give a time, for "
            "example --mtkActivation=500ms"};
    }
    else if (parts.front() == "share" && parts.size() <= 3)
    {
        option.m_share = ParseDecimalNumber(parts[1]);
        option.m_delay = DEFAULT_LIMIT;
        good = option.m_share && *option.m_share > 0 && *option.m_share <= 1 &&
               (parts.size() == 2 || ReadOptionTime(parts[2], option.m_delay));
    }
    else if (parts.front() == "at" && parts.size() <= 3)
    {
        Time time;
        good = ReadOptionTime(parts[1], time) &&
               (parts.size() == 2 ||
                (ReadOptionTime(parts[2], option.m_period) && option.m_period >= MilliSeconds(1)));
        option.m_time = time;
    }
    if (!good)
    {
        return {std::nullopt, option.Grammar()};
    }
    return {option, ""};
}

Time
KeyActivationOption::LongestWait() const
{
    if (!m_time)
    {
        return m_delay;
    }
    return std::max(*m_time, m_period + DefaultOf("ns3::mbs::Mbstf::ActivationDelay"));
}

void
KeyActivationOption::SetDefaults(const std::function<bool(const std::string&)>& isGiven) const
{
    const std::string mbstf = "ns3::mbs::Mbstf::";
    const std::string kind = m_msk ? "Msk" : "Mtk";
    const auto set = [](const std::string& name, const std::string& value) {
        Config::SetDefault(name, StringValue(value));
    };
    set(mbstf + kind + "Activation", m_time ? "time" : "delay");
    if (m_time)
    {
        set(mbstf + kind + "ActivationTime", Text(*m_time));
        set(mbstf + kind + "ActivationPeriod", Text(m_period));
    }
    else if (!m_msk)
    {
        set(mbstf + "MtkActivationDelay", Text(m_delay));
    }
    else
    {
        if (DefaultOf(mbstf + "MtkActivationDelay").IsStrictlyNegative())
        {
            // This is about MSKs: MTKs stay what they are.
            set(mbstf + "MtkActivationDelay", Text(DefaultOf(mbstf + "ActivationDelay")));
        }
        set(mbstf + "ActivationDelay", Text(m_delay));
    }
    if (m_share)
    {
        set("ns3::mbs::Mbsf::OrderMskActivation", "true");
        Config::SetDefault("ns3::mbs::Smf::MskCompletionShare", DoubleValue(*m_share));
        Config::SetDefault("ns3::mbs::Mbssf::MskCompletionShare", DoubleValue(*m_share));
    }
    const auto raise = [&](const std::string& name) {
        const Time needed = LongestWait() + MARGIN;
        if (!isGiven(name) && DefaultOf(name) < needed)
        {
            set(name, Text(needed));
        }
    };
    raise("ns3::mbs::Ue::KeyRetention");
    if (m_msk)
    {
        raise("ns3::mbs::Mbsf::MskOverlap");
    }
}

std::string
KeyActivationOption::Describe(const MbsHelper& network, bool msk)
{
    const Ptr<Mbstf> mbstf = network.GetMbstf();
    const std::string kind = msk ? "Msk" : "Mtk";
    if (TextOf(mbstf, kind + "Activation") == "time")
    {
        const Time period = TimeOf(mbstf, kind + "ActivationPeriod");
        return "at:" + Text(TimeOf(mbstf, kind + "ActivationTime")) +
               (period.IsStrictlyPositive() ? ":" + Text(period) : "");
    }
    const Time own = TimeOf(mbstf, "MtkActivationDelay");
    const std::string delay =
        Text(msk || own.IsStrictlyNegative() ? TimeOf(mbstf, "ActivationDelay") : own);
    if (!msk || TextOf(network.GetMbsf(), "OrderMskActivation") != "true")
    {
        return delay;
    }
    DoubleValue share;
    const bool userPlane = network.GetProcedure() == SecurityProcedure::USER_PLANE;
    const Ptr<Object> counter =
        userPlane ? Ptr<Object>(network.GetMbssf()) : Ptr<Object>(network.GetSmfs().front());
    counter->GetAttribute("MskCompletionShare", share);
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << "share:" << share.Get() << ":" << delay;
    return text.str();
}

} // namespace ns3::mbs

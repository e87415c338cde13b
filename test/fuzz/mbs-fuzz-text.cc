// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-fault-plan.h"
#include "ns3/mbs-key-activation-option.h"
#include "ns3/mbs-quantity.h"
#include "ns3/mbs-sbi-body-common.h"
#include "ns3/mbs-sbi-body-json.h"
#include "ns3/mbs-sbi-function.h"
#include "ns3/mbs-session-event.h"

#include <algorithm>
#include <cmath>

namespace ns3::mbs::fuzz
{

namespace
{

/** @param text hexadecimal digits or base64 @return true if it was accepted */
bool
ReadOctets(const std::string& text)
{
    const auto hex = FromHex(text);
    Require(!hex || FromHex(ToHex(*hex)) == hex, "hexadecimal digits mean other octets");
    const auto base64 = FromBase64(text);
    Require(!base64 || FromBase64(ToBase64(*base64)) == base64, "base64 means other octets");
    return hex || base64;
}

/** @param text a number with or without a unit @return true if it was accepted */
bool
ReadQuantity(const std::string& text)
{
    const auto whole = ParseWholeNumber(text);
    Require(!whole || ParseWholeNumber(std::to_string(*whole)) == whole, "a number is another");
    const auto decimal = ParseDecimalNumber(text);
    Require(!decimal || std::isfinite(*decimal), "a number is not finite");
    const auto time = ParseNanoseconds(text);
    Require(!time || ParseNanoseconds(FormatNanoseconds(*time)) == time, "a time is another");
    const auto rate = ParseBitRate(text);
    Require(!rate || ParseBitRate(std::to_string(*rate) + "bps") == rate, "a rate is another");
    if (whole)
    {
        std::string digits = GroupDigits(*whole);
        digits.erase(std::remove(digits.begin(), digits.end(), ','), digits.end());
        Require(ParseWholeNumber(digits) == whole, "grouped digits are another number");
    }
    return whole || decimal || time || rate;
}

/** @param text a value that is text in JSON bodies @return true if it was accepted */
bool
ReadSbiText(const std::string& text)
{
    const auto time = sbi::FromDateTime(text);
    Require(!time || sbi::FromDateTime(sbi::ToDateTime(*time)) == time, "a time is another");
    const auto rate = sbi::BitRate::FromText(text);
    Require(!rate || sbi::BitRate::FromText(rate->ToText()) == rate, "a bit rate is another");
    const auto uri = SbiUri::FromText(text);
    const auto again = uri ? SbiUri::FromText(uri->ToText()) : std::nullopt;
    Require(!uri || (again && again->host == uri->host && again->port == uri->port &&
                     again->path == uri->path),
            "a URI is another");
    const auto address = sbi::ParseIpv4Address(text);
    return time || rate || uri || address || sbi::IsUuid(text);
}

/** @param text a fault @return true if it was accepted */
bool
ReadFault(const std::string& text)
{
    const FaultPlan::Result fault = FaultPlan::FromText(text);
    Require(fault.plan.has_value() == fault.error.empty(), "a fault is neither right nor wrong");
    Require(!fault.plan || (fault.plan->text == text && !fault.plan->start.IsStrictlyNegative()),
            "a fault is another");
    return fault.plan.has_value();
}

/** @param text when a key is used @return true if it was accepted */
bool
ReadActivation(const std::string& text)
{
    const auto msk = KeyActivationOption::FromText(text, true);
    const auto mtk = KeyActivationOption::FromText(text, false);
    Require(msk.option.has_value() == msk.error.empty(), "an option is neither right nor wrong");
    Require(!mtk.option || msk.option, "what MTKs can do MSKs can");
    return msk.option.has_value();
}

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    const std::string text(octets.begin(), octets.end());
    const bool bytes = ReadOctets(text);
    const bool quantity = ReadQuantity(text);
    const bool fault = ReadFault(text);
    const bool activation = ReadActivation(text);
    const SessionEvent::Result event = SessionEvent::FromText(text);
    Require(event.event.has_value() == event.error.empty(), "an event is neither right nor wrong");
    return ReadSbiText(text) || fault || activation || event.event || quantity || bytes;
}

/** @return texts */
std::vector<Bytes>
Seeds()
{
    std::vector<Bytes> seeds;
    for (const char* text : {"00ff 7E",
                             "QUJDRA==",
                             "4294967296",
                             "0.001",
                             "1.5e-3",
                             "250ms",
                             "1.25min",
                             "10Mbps",
                             "2024-02-29T23:59:59.123456789Z",
                             "1970-01-01T00:00:00+01:00",
                             "12.5 Mbps",
                             "http://10.0.0.1:8080/nmbsmf-mbssession/v1/mbs-sessions/1",
                             "10.0.0.1",
                             "n11:down@20s+5s",
                             "share:0.9:5s",
                             "deactivate@5s",
                             "remove=3@1500ms",
                             "at:20s:1500ms",
                             "n16mb-1:drop=0.25@1500ms+1s",
                             "smf-0:delay=2s@20s+10s",
                             "mbsmf:reject=503@20s+5s",
                             "01234567-89ab-4def-8123-456789abcdef"})
    {
        seeds.push_back(Octets(text));
    }
    return seeds;
}

const Target TARGET("text", 80, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-random-variable-check.h"

#include "ns3/double.h"
#include "ns3/integer.h"
#include "ns3/uinteger.h"

#include <cmath>
#include <functional>
#include <locale>
#include <map>
#include <sstream>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** Beyond this no parameter means anything; as seconds it is more than thirty years. */
constexpr double LARGEST = 1e9;

/** Of draws that a bound refuses and that are therefore repeated, so many must pass. */
constexpr double LEAST_SHARE = 0.001;

/** Most steps that a single draw may take. */
constexpr double MOST_STEPS = 100000;

/** Parameters by name; all of ns-3's are numbers. */
using Parameters = std::map<std::string, double>;

/** Says what is wrong with parameters, or nothing. */
using Rule = std::function<std::string(const Parameters&)>;

/**
 * @param variable a random variable
 * @param tid its class or one that it is derived from
 * @return the parameters that this class adds
 */
Parameters
Read(const RandomVariableStream& variable, TypeId tid)
{
    Parameters parameters;
    for (std::size_t i = 0; i < tid.GetAttributeN(); ++i)
    {
        const auto information = tid.GetAttribute(i);
        const std::string type = information.checker->GetValueTypeName();
        DoubleValue real;
        UintegerValue natural;
        IntegerValue whole;
        if (type == "ns3::DoubleValue" && variable.GetAttributeFailSafe(information.name, real))
        {
            parameters[information.name] = real.Get();
        }
        else if (type == "ns3::UintegerValue" &&
                 variable.GetAttributeFailSafe(information.name, natural))
        {
            parameters[information.name] = static_cast<double>(natural.Get());
        }
        else if (type == "ns3::IntegerValue" &&
                 variable.GetAttributeFailSafe(information.name, whole))
        {
            parameters[information.name] = static_cast<double>(whole.Get());
        }
    }
    return parameters;
}

/**
 * @brief Text of a limit.
 * @param value the limit
 * @return with six digits at most
 */
std::string
NumberText(double value)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << value;
    return text.str();
}

/** @param name of a parameter @return the rule that it is above 0 */
Rule
Positive(const std::string& name)
{
    return [name](const Parameters& p) {
        return p.at(name) > 0 ? "" : name + " must be a number above 0";
    };
}

/** @param name of a parameter @param min least @param max greatest value @return that rule */
Rule
Within(const std::string& name, double min, double max)
{
    return [=](const Parameters& p) {
        return p.at(name) >= min && p.at(name) <= max
                   ? ""
                   : name + " must be a number from " + NumberText(min) + " to " + NumberText(max);
    };
}

/** @param low a parameter @param high another @return the rule that the first is not the larger */
Rule
Ordered(const std::string& low, const std::string& high)
{
    return [=](const Parameters& p) {
        return p.at(low) <= p.at(high) ? "" : low + " must not be above " + high;
    };
}

/**
 * @param share of draws that keep the bound, worked out from the parameters
 * @param none what to give for no bound
 * @return the rule that enough draws keep it
 */
Rule
Reachable(const std::function<double(const Parameters&)>& share, const std::string& none)
{
    return [=](const Parameters& p) {
        return share(p) >= LEAST_SHARE ? ""
                                       : "Bound must be one that at least a thousandth of the "
                                         "values keep, or " +
                                             none + " for no bound";
    };
}

/** @return the rules by class; the first that is broken is told */
const std::map<std::string, std::vector<Rule>>&
Rules()
{
    static const std::map<std::string, std::vector<Rule>> RULES{
        {"ns3::UniformRandomVariable", {Ordered("Min", "Max")}},
        {"ns3::SequentialRandomVariable",
         {Ordered("Min", "Max"), Within("Consecutive", 1, LARGEST)}},
        {"ns3::ExponentialRandomVariable",
         {Positive("Mean"),
          Reachable(
              [](const Parameters& p) {
                  return p.at("Bound") == 0 ? 1.0 : -std::expm1(-p.at("Bound") / p.at("Mean"));
              },
              "0")}},
        {"ns3::ParetoRandomVariable",
         {Positive("Scale"),
          Positive("Shape"),
          Reachable(
              [](const Parameters& p) {
                  const double ratio = p.at("Scale") / p.at("Bound");
                  return p.at("Bound") == 0          ? 1.0
                         : !(ratio > 0 && ratio < 1) ? 0.0
                                                     : 1 - std::pow(ratio, p.at("Shape"));
              },
              "0")}},
        {"ns3::WeibullRandomVariable",
         {Positive("Scale"),
          Within("Shape", 0.01, LARGEST),
          Reachable(
              [](const Parameters& p) {
                  const double ratio = p.at("Bound") / p.at("Scale");
                  return p.at("Bound") == 0 ? 1.0
                         : ratio < 0        ? 0.0
                                            : -std::expm1(-std::pow(ratio, p.at("Shape")));
              },
              "0")}},
        {"ns3::NormalRandomVariable",
         {Within("Variance", 0, LARGEST),
          Reachable(
              [](const Parameters& p) {
                  return p.at("Bound") <= 0 ? 0.0
                         : p.at("Variance") > 0
                             ? std::erf(p.at("Bound") / std::sqrt(2 * p.at("Variance")))
                             : 1.0;
              },
              "1e307")}},
        {"ns3::LogNormalRandomVariable", {Within("Mu", -100, 20), Within("Sigma", 0, 10)}},
        {"ns3::GammaRandomVariable", {Positive("Alpha"), Positive("Beta")}},
        {"ns3::ErlangRandomVariable", {Within("K", 1, MOST_STEPS), Positive("Lambda")}},
        {"ns3::TriangularRandomVariable",
         {Ordered("Min", "Max"),
          [](const Parameters& p) {
              // The third corner is at 3 * Mean - Min - Max.
              const double low = (2 * p.at("Min") + p.at("Max")) / 3;
              const double high = (p.at("Min") + 2 * p.at("Max")) / 3;
              const double slack = 1e-9 * (p.at("Max") - p.at("Min"));
              return p.at("Mean") >= low - slack && p.at("Mean") <= high + slack
                         ? ""
                         : "Mean must be from " + NumberText(low) + " to " + NumberText(high) +
                               " with that Min and Max";
          }}},
        {"ns3::ZipfRandomVariable", {Within("N", 1, MOST_STEPS), Within("Alpha", 0, 1000)}},
        {"ns3::ZetaRandomVariable", {Within("Alpha", 1.01, 1000)}}};
    return RULES;
}

} // namespace

std::string
FindRandomVariableFault(const RandomVariableStream& variable)
{
    const TypeId tid = variable.GetInstanceTypeId();
    const Parameters parameters = Read(variable, tid);
    for (const auto& [name, value] : parameters)
    {
        // Only a bound may be as good as none.
        if (!std::isfinite(value) || (std::abs(value) > LARGEST && name != "Bound"))
        {
            return name + " must be a number from " + NumberText(-LARGEST) + " to " +
                   NumberText(LARGEST);
        }
    }
    const auto rules = Rules().find(tid.GetName());
    if (rules == Rules().end())
    {
        return "";
    }
    for (const Rule& rule : rules->second)
    {
        const std::string wrong = rule(parameters);
        if (!wrong.empty())
        {
            return wrong;
        }
    }
    return "";
}

} // namespace ns3::mbs

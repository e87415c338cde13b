// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-broadcast-options.h"

#include "ns3/mbs-quantity.h"

#include "ns3/attribute.h"
#include "ns3/type-id.h"

#include <algorithm>
#include <sstream>
#include <tuple>

namespace ns3::mbs
{

namespace
{

/** How many sessions a message on the MCCH names at most. */
constexpr uint32_t MAX_SESSIONS = 255;

/** Greatest number of a gNB. */
constexpr uint64_t MAX_GNB = 99999;

/**
 * @brief Reads numbers of gNBs.
 * @param text such as 0,2
 * @param gnbs set to them, ascending
 * @return what is wrong, or nothing
 */
std::string
ReadGnbs(const std::string& text, std::vector<uint32_t>& gnbs)
{
    gnbs.clear();
    std::istringstream list(text);
    std::string word;
    bool right = !text.empty() && text.back() != ',';
    while (right && std::getline(list, word, ','))
    {
        const auto number = ParseWholeNumber(word);
        right = number && *number <= MAX_GNB;
        gnbs.push_back(right ? static_cast<uint32_t>(*number) : 0);
    }
    std::sort(gnbs.begin(), gnbs.end());
    if (right && std::adjacent_find(gnbs.begin(), gnbs.end()) == gnbs.end())
    {
        return "";
    }
    return "must be numbers of gNBs, from 0, each once, with commas in between; for example 0,2";
}

} // namespace

void
BroadcastOptions::Register(ProgramOptions& options)
{
    options.AddChoice("service",
                      service,
                      {"multicast", "broadcast"},
                      "whether UEs join the session in NAS, or receive what their cell broadcasts "
                      "(TS 23.247 clause 7.3), with keys by the user-plane procedure only, "
                      "which is the default then");
    options.AddText(
        "serviceArea",
        area,
        "GNB[,GNB...]",
        [this](const std::string& text) { return ReadGnbs(text, gnbs); },
        "with --service=broadcast: the gNBs, numbered from 0, in whose cells the session is",
        "all");
}

bool
BroadcastOptions::IsBroadcast() const
{
    return service == "broadcast";
}

void
BroadcastOptions::CheckDelivery()
{
    const TypeId bearer = TypeId::LookupByName("ns3::mbs::MulticastRadioBearer");
    for (const auto& [option, attribute, only] : {std::make_tuple("delivery", "Delivery", "ptm"),
                                                  std::make_tuple("groupHarq", "Harq", "off")})
    {
        TypeId::AttributeInformation information;
        bearer.LookupAttributeByName(attribute, &information);
        const std::string value = information.initialValue->SerializeToString(information.checker);
        if (value != only)
        {
            throw ProgramOptions::Error(option,
                                        value,
                                        "is for multicast sessions: what is broadcast goes to all "
                                        "UEs of a cell at once, in whatever state, and none "
                                        "answers (TS 38.300 clause 16.10); leave it out with "
                                        "--service=broadcast");
        }
    }
}

void
BroadcastOptions::Check(const ProgramOptions& options, const NetworkOptions& network) const
{
    if (options.IsGiven("serviceArea") && !IsBroadcast())
    {
        throw ProgramOptions::Error("serviceArea",
                                    area,
                                    "is for broadcast sessions; give --service=broadcast too");
    }
    if (!gnbs.empty() && gnbs.back() >= network.gnbs)
    {
        throw ProgramOptions::Error("serviceArea",
                                    area,
                                    "must name gNBs from 0 to " + std::to_string(network.gnbs - 1) +
                                        "; give other numbers or more --gnbs");
    }
    if (!IsBroadcast())
    {
        return;
    }
    if (network.joinTogether)
    {
        throw ProgramOptions::Error("joinTogether",
                                    "true",
                                    "is for multicast sessions: no UE asks to join a broadcast "
                                    "session (TS 23.247 clause 7.3); leave it out with "
                                    "--service=broadcast");
    }
    if (network.sessions > MAX_SESSIONS)
    {
        throw ProgramOptions::Error("sessions",
                                    std::to_string(network.sessions),
                                    "must be at most " + std::to_string(MAX_SESSIONS) +
                                        " with --service=broadcast, as many as a message on the "
                                        "MCCH names; give fewer");
    }
    CheckDelivery();
}

void
BroadcastOptions::Apply(MbsHelper& network) const
{
    if (IsBroadcast())
    {
        network.SetBroadcast(gnbs);
    }
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-rank-options.h"

#include "mbs-ranks.h"

#include "ns3/mbs-error-model-radio-link.h"
#include "ns3/mbs-radio-link.h"

#include "ns3/boolean.h"
#include "ns3/config.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace ns3::mbs
{

namespace
{

/** The attribute that lets each cell draw by itself. */
constexpr const char* STREAM_PER_CELL = "ns3::mbs::FixedLossRadioLink::StreamPerCell";

/** @param link a radio link @return true if what it does in one cell takes nothing from others */
bool
IsPerCell(const Ptr<RadioLink>& link)
{
    if (link->GetInstanceTypeId() == FixedLossRadioLink::GetTypeId())
    {
        BooleanValue perCell;
        link->GetAttribute("StreamPerCell", perCell);
        return perCell.Get();
    }
    return link->GetInstanceTypeId() == IdealRadioLink::GetTypeId() ||
           DynamicCast<ErrorModelRadioLink>(link) != nullptr;
}

/**
 * @param text a number of gNBs, as it was typed
 * @return the number, or nothing if it is none
 */
std::optional<uint32_t>
CountIn(const std::string& text)
{
    uint32_t count = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, count);
    return error == std::errc() && rest == end ? std::make_optional(count) : std::nullopt;
}

/**
 * @return true if the links of AMFs and SMFs, as they are set, take as long as those that are cut
 * in any case: no process runs ahead of the others by more than the shortest link that is cut
 */
bool
MayShareCore()
{
    const Ptr<CoreTopology> links = CreateObject<CoreTopology>();
    const Time least = std::min(links->GetDelay(Interface::N2), links->GetDelay(Interface::N3MB));
    return links->GetDelay(Interface::N11) >= least && links->GetDelay(Interface::N11MB) >= least &&
           links->GetDelay(Interface::N16MB) >= least;
}

} // namespace

void
RankOptions::Register(ProgramOptions& options)
{
    options.AddCount("ranks",
                     ranks,
                     1,
                     1024,
                     std::string("processes that simulate the network together, each some of the "
                                 "cells, AMFs and SMFs, and the first one all else of the core; "
                                 "./mbs run starts them. If "
                                 "this is given, also with 1, radio losses are drawn in each cell "
                                 "by itself, and packets of the same instant come in the order of "
                                 "their links") +
                         (Ranks::IsAvailable() ? "" : " (no MPI in this build)"));
    options.AddText(
        "gnbsWithCore",
        gnbsWithCore,
        "N",
        [this](const std::string& text) {
            withCore = CountIn(text);
            return withCore ? "" : "must be a number of gNBs, such as 0 or 10";
        },
        "of the gNBs, how many the first process simulates, if there are several; an AMF is where "
        "the middle one of its gNBs is",
        "so many that all processes have as much to do");
}

void
RankOptions::Apply(const ProgramOptions& options,
                   uint32_t gnbs,
                   const std::vector<std::pair<std::string, std::string>>& uncut)
{
    const uint32_t running = Ranks::GetCount();
    const bool given = options.IsGiven("ranks");
    const std::string asked = std::to_string(ranks);
    if (given && ranks != running && running > 1)
    {
        throw ProgramOptions::Error("ranks",
                                    asked,
                                    "mpirun started " + std::to_string(running) +
                                        " processes; give --ranks=" + std::to_string(running) +
                                        " or leave it out");
    }
    if (ranks > running)
    {
        throw ProgramOptions::Error("ranks",
                                    asked,
                                    "needs " + asked +
                                        " processes that mpirun starts, of a build "
                                        "with MPI; ./mbs run --ranks=" +
                                        asked + " sees to both");
    }
    if (withCore && running == 1)
    {
        throw ProgramOptions::Error("gnbsWithCore",
                                    gnbsWithCore,
                                    "is for runs of several processes; give --ranks too");
    }
    ranks = running;
    likeMany = given || ranks > 1;
    if (likeMany && !options.IsGiven(STREAM_PER_CELL))
    {
        Config::SetDefault(STREAM_PER_CELL, BooleanValue(true));
    }
    if (ranks == 1)
    {
        return;
    }
    if (ranks > gnbs)
    {
        throw ProgramOptions::Error("ranks",
                                    std::to_string(ranks),
                                    "must be at most --gnbs=" + std::to_string(gnbs) +
                                        ", since each process has whole cells");
    }
    const uint32_t most = gnbs - (ranks - 1);
    if (withCore && *withCore > most)
    {
        throw ProgramOptions::Error("gnbsWithCore",
                                    gnbsWithCore,
                                    "must be at most " + std::to_string(most) +
                                        ", so that of --gnbs=" + std::to_string(gnbs) +
                                        " one is left for each other process");
    }
    if (options.IsGiven("SimulatorImplementationType"))
    {
        throw ProgramOptions::Error("ranks",
                                    std::to_string(ranks),
                                    "has an engine of its own; leave out "
                                    "--SimulatorImplementationType");
    }
    for (const auto& [name, value] : uncut)
    {
        if (!value.empty())
        {
            throw ProgramOptions::Error(name,
                                        value,
                                        "is for runs of one process; leave it out, or leave out "
                                        "--ranks");
        }
    }
}

void
RankOptions::Share(RunSize size, MbsHelper& network) const
{
    if (ranks > 1)
    {
        size.sharesCore = MayShareCore();
        network.SetRanks(ShareOut(size, ranks, withCore));
    }
}

void
RankOptions::Check(const MbsHelper& network) const
{
    if (ranks == 1)
    {
        return;
    }
    const Ptr<CoreTopology> topology = network.GetTopology();
    const auto refuse = [this](const std::string& clause) {
        return ProgramOptions::Error("ranks", std::to_string(ranks), clause);
    };
    if (topology->GetTransport() != SignallingTransport::TCP)
    {
        throw refuse("needs --transport=tcp: with ideal transport messages do not travel as "
                     "packets, which alone cross from one process to another");
    }
    if (network.GetUpf())
    {
        throw refuse("is for networks without a unicast path; give --procedure=cp, multicast "
                     "sessions and UEs without IP stack, or leave out --ranks");
    }
    if (!IsPerCell(network.GetRadioChannel()->GetLink()))
    {
        throw refuse(
            "needs a radio on which each cell is by itself: --radio=ideal, fixed:LOSS (with "
            "StreamPerCell) or a model of errors");
    }
    for (const CoreLink& link : topology->GetLinks())
    {
        // A process runs ahead of the others by as much as a packet takes to them.
        if (link.a->GetSystemId() != link.b->GetSystemId() &&
            !topology->GetDelay(link.interface).IsStrictlyPositive())
        {
            throw refuse(
                std::string("needs links that take time: give --ns3::mbs::CoreTopology::") +
                ToString(link.interface) + "Delay a value greater than 0s");
        }
    }
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-network-options.h"

#include "mbs-memory-check.h"
#include "mbs-ranks.h"
#include "mbs-run-meter.h"

#include "ns3/mbs-ue.h"

#include "ns3/config.h"
#include "ns3/string.h"

namespace ns3::mbs
{

namespace
{

/**
 * @param name of an option
 * @param value what it is
 * @param of what it must not be above
 * @param most how many of those there are
 * @param fix how to put it right
 */
void
CheckAtMost(const char* name, uint32_t value, const char* of, uint32_t most, const char* fix)
{
    if (value > most)
    {
        throw ProgramOptions::Error(name,
                                    std::to_string(value),
                                    std::string("must not be above the number of ") + of + ", " +
                                        std::to_string(most) + "; " + fix);
    }
}

} // namespace

void
NetworkOptions::RegisterCounts(ProgramOptions& options)
{
    options.AddCount("ues", ues, 1, 100000000, "UEs, spread evenly over gNBs and SMFs");
    options.AddCount("gnbs", gnbs, 1, 100000, "gNBs, at most as many as UEs");
    options.AddCount("smfs", smfs, 1, 10000, "SMFs, at most as many as UEs");
    options.AddCount("amfs",
                     amfs,
                     1,
                     10000,
                     "AMFs, at most as many as gNBs, which are spread evenly over them");
}

void
NetworkOptions::RegisterSessions(ProgramOptions& options)
{
    options.AddCount(
        "sessions",
        sessions,
        1,
        MAX_SESSIONS,
        "MBS sessions, each with an RTP stream, keys and a multicast group of its own");
    options.AddCount("sessionsPerUe",
                     sessionsPerUe,
                     0,
                     MAX_SESSIONS,
                     "how many of the sessions each UE joins, shared out in turn; 0 = all");
    options.AddTime("sessionStagger",
                    sessionStagger,
                    Seconds(0),
                    Hours(1),
                    "how much later than the one before it each session starts, its stream, its "
                    "joins and so its renewals too; with 0s all sessions renew keys at once");
    options.AddFlag(
        "joinTogether",
        joinTogether,
        "each UE asks for all its sessions in one request, as far as they fit into one");
    options.AddCount("unauthorized",
                     unauthorized,
                     0,
                     1000000,
                     "how many of the UEs may not join any session");
}

void
NetworkOptions::RegisterJoins(ProgramOptions& options)
{
    options.AddTime("joinStart",
                    joinStart,
                    Seconds(0),
                    Hours(1000),
                    "when the first UE may ask to join");
    options.AddTime("joinWindow",
                    joinWindow,
                    Seconds(0),
                    Hours(1000),
                    "time over which the UEs ask to join, each at a random instant");
}

void
NetworkOptions::RegisterTransport(ProgramOptions& options)
{
    options.AddChoice("transport",
                      transport,
                      {"tcp", "ideal"},
                      "what carries messages of service-based interfaces and N2: tcp, or ideal, "
                      "which costs each link's delay and rate and no protocol, and is not in "
                      "captures");
}

void
NetworkOptions::RegisterTraffic(ProgramOptions& options)
{
    options.AddText(
        "traffic",
        traffic,
        "FILE|cbr:RATE:SIZE",
        [this](const std::string& text) {
            const TrafficPlanResult result = TrafficPlan::FromText(text);
            if (result.plan)
            {
                plan = std::make_shared<TrafficPlan>(*result.plan);
            }
            return result.error;
        },
        "what the AF sends: a pcap or pcapng capture of RTP, looped, or a constant rate of "
        "packets of SIZE octets, such as cbr:2Mbps:1200",
        "the bundled H.264 stream");
}

void
NetworkOptions::CheckCounts() const
{
    CheckAtMost("gnbs", gnbs, "UEs", ues, "give fewer gNBs or more --ues");
    CheckAtMost("smfs", smfs, "UEs", ues, "give fewer SMFs or more --ues");
    CheckAtMost("amfs", amfs, "gNBs", gnbs, "give fewer AMFs or more --gnbs");
    CheckAtMost("sessionsPerUe",
                sessionsPerUe,
                "sessions",
                sessions,
                "give a smaller number or more --sessions");
    CheckAtMost("unauthorized", unauthorized, "UEs", ues, "give a smaller number or more --ues");
}

void
NetworkOptions::CheckSize(bool userPlane, bool accounts) const
{
    TypeId::AttributeInformation stack;
    Ue::GetTypeId().LookupAttributeByName("IpStack", &stack);
    NetworkSize size;
    size.ues = ues;
    size.gnbs = gnbs;
    size.sessions = sessionsPerUe > 0 ? sessionsPerUe : sessions;
    size.ipStack = userPlane || stack.initialValue->SerializeToString(stack.checker) == "true";
    size.userPlane = userPlane;
    size.accounts = accounts;
    size.processes = Ranks::GetCountHere();
    CheckMemory(size, FindFreeMemory());
}

void
NetworkOptions::LoadTraffic()
{
    if (plan)
    {
        return;
    }
    const TrafficPlanResult result = TrafficPlan::FromText(GetBundledTraffic());
    if (!result.plan)
    {
        throw UserError(GetBundledTraffic() + ": the bundled stream " + result.error);
    }
    plan = std::make_shared<TrafficPlan>(*result.plan);
}

void
NetworkOptions::Apply(MbsHelper& network) const
{
    network.SetCounts(ues, gnbs, smfs, amfs);
    network.SetUnauthorized(unauthorized);
    network.SetSessions(sessions, sessionsPerUe, sessionStagger);
    if (joinTogether)
    {
        network.JoinTogether();
    }
    if (transport != "tcp")
    {
        Config::SetDefault("ns3::mbs::CoreTopology::Transport", StringValue(transport));
    }
    network.SetTraffic(plan);
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-deployment.h"

#include "ns3/config.h"
#include "ns3/string.h"

namespace ns3::mbs
{

Deployment
Deployment::Of(const std::string& procedure, const std::string& placement, const std::string& keys)
{
    return {procedure == "up" ? SecurityProcedure::USER_PLANE : SecurityProcedure::CONTROL_PLANE,
            placement == "mbstf" ? MbssfPlacement::MBSTF : MbssfPlacement::MBSF,
            keys == "pull"       ? Nmb2Keys::PULL
            : keys == "internal" ? Nmb2Keys::INTERNAL
                                 : Nmb2Keys::PUSH};
}

std::vector<Deployment>
Deployment::All()
{
    std::vector<Deployment> all;
    for (const auto procedure : {SecurityProcedure::CONTROL_PLANE, SecurityProcedure::USER_PLANE})
    {
        for (const auto placement : {MbssfPlacement::MBSF, MbssfPlacement::MBSTF})
        {
            for (const auto keys : {Nmb2Keys::PUSH, Nmb2Keys::PULL, Nmb2Keys::INTERNAL})
            {
                const Deployment deployment{procedure, placement, keys};
                if (deployment.WhyNotAllowed().empty())
                {
                    all.push_back(deployment);
                }
            }
        }
    }
    return all;
}

const char*
Deployment::ProcedureText() const
{
    return procedure == SecurityProcedure::USER_PLANE ? "up" : "cp";
}

const char*
Deployment::PlacementText() const
{
    return placement == MbssfPlacement::MBSTF ? "mbstf" : "mbsf";
}

const char*
Deployment::KeysText() const
{
    return keys == Nmb2Keys::PUSH ? "push" : keys == Nmb2Keys::PULL ? "pull" : "internal";
}

std::string
Deployment::WhyNotAllowed() const
{
    return mbs::WhyNotAllowed(procedure, placement, keys);
}

bool
Deployment::IsOneNode() const
{
    return mbs::IsOneNode(procedure, placement, keys);
}

void
Deployment::SetDefaults() const
{
    for (const char* function : {"ns3::mbs::Mbsf::", "ns3::mbs::Mbstf::"})
    {
        Config::SetDefault(std::string(function) + "Procedure", StringValue(ProcedureText()));
        Config::SetDefault(std::string(function) + "MbssfPlacement", StringValue(PlacementText()));
    }
    Config::SetDefault("ns3::mbs::Mbsf::Nmb2Keys", StringValue(KeysText()));
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-program-main.h"

#include "mbs-program-options.h"

#include "ns3/global-value.h"
#include "ns3/string.h"

#include <iostream>

namespace ns3::mbs
{

int
RunProgram(const std::string& name, const std::function<int()>& body)
{
    // Bind() gives a default: --SchedulerType on the command line still wins.
    GlobalValue::Bind("SchedulerType", StringValue("ns3::PriorityQueueScheduler"));
    try
    {
        return body();
    }
    catch (const UserError& error)
    {
        std::cerr << name << ": " << error.what() << "\n";
        return 1;
    }
}

} // namespace ns3::mbs

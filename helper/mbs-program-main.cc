// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-program-main.h"

#include "mbs-program-options.h"
#include "mbs-ranks.h"

#include "ns3/global-value.h"
#include "ns3/string.h"

#include <iostream>

namespace ns3::mbs
{

int
RunProgram(const std::string& name, const std::function<int()>& body, Processes processes)
{
    const uint32_t started = Ranks::StartedByMpi();
    if (started > 1 && (processes == Processes::ONE || !Ranks::IsAvailable()))
    {
        std::cerr << name << ": mpirun started " << started << " processes, but "
                  << (processes == Processes::ONE
                          ? "this program runs in one; start it without mpirun"
                          : "this build has no MPI; ./mbs run --ranks=" + std::to_string(started) +
                                " makes one that has, and starts it")
                  << "\n";
        return 1;
    }
    // Bind() gives a default: --SchedulerType on the command line still wins.
    GlobalValue::Bind("SchedulerType", StringValue("ns3::mbs::ForeseeingScheduler"));
    Ranks::Join();
    int status = 1;
    try
    {
        status = body();
    }
    catch (const UserError& error)
    {
        Ranks::Fail(name, error.what());
    }
    Ranks::Part();
    return status;
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
// The test runner of a stand-alone build; an ns-3 tree has its own.
#include "ns3/test.h"

int
main(int argc, char* argv[])
{
    return ns3::TestRunner::Run(argc, argv);
}

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-build-info.h"

// Written by utils/write-version-header; CMakeLists.txt and wscript each say where.
#include "mbs-version.h"

namespace ns3::mbs
{

namespace
{

/** @return name and version of the compiler that compiles this line */
std::string
CompilerName()
{
#if defined(__clang__)
    return "clang " __clang_version__;
#elif defined(__GNUC__)
    return "gcc " __VERSION__;
#else
    return "unknown";
#endif
}

} // namespace

const BuildInfo&
GetBuildInfo()
{
    static const BuildInfo INFO{MBS_VERSION,
                                MBS_GIT_COMMIT,
                                MBS_NS3_VERSION,
                                CompilerName(),
                                MBS_COMPILER_FLAGS,
                                MBS_SOURCE_FOLDER};
    return INFO;
}

} // namespace ns3::mbs

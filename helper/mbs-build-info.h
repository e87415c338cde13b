// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_BUILD_INFO_H
#define MBS_BUILD_INFO_H

#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What this build of the module was made from: the provenance of its results.
 */
struct BuildInfo
{
    std::string moduleVersion; //!< release of the module, as in its file VERSION
    std::string gitCommit;     //!< commit of the sources, ending in "-dirty" when they were changed
                               //!< since; "unknown" outside a git checkout
    std::string ns3Version;    //!< release of ns-3 that it was compiled against
    std::string compiler;      //!< name and version of the compiler
    std::string compilerFlags; //!< options that the compiler was given, as far as they are known
    std::string sourceFolder;  //!< folder of the sources when it was built, home of bundled data
};

/**
 * @ingroup mbs
 * @brief Tells what this build was made from.
 * @return the same facts at each call
 */
const BuildInfo& GetBuildInfo();

} // namespace ns3::mbs

#endif // MBS_BUILD_INFO_H

// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_DEPLOYMENT_H
#define MBS_DEPLOYMENT_H

#include "ns3/mbs-security-deployment.h"

#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Who makes keys and how they travel, as options and attributes have it.
 */
struct Deployment
{
    SecurityProcedure procedure{SecurityProcedure::CONTROL_PLANE}; //!< how keys reach the UEs
    MbssfPlacement placement{MbssfPlacement::MBSF};                //!< who makes MSKs
    Nmb2Keys keys{Nmb2Keys::PUSH};                                 //!< how keys cross Nmb2

    /**
     * @brief Takes texts that have been checked.
     * @param procedure `cp` or `up`
     * @param placement `mbsf` or `mbstf`
     * @param keys `push`, `pull` or `internal`
     * @return what they say
     */
    static Deployment Of(const std::string& procedure,
                         const std::string& placement,
                         const std::string& keys);

    /** @return all combinations that are allowed, in a fixed order */
    static std::vector<Deployment> All();

    /** @return how keys reach the UEs, as Of() takes it */
    const char* ProcedureText() const;

    /** @return who makes MSKs, as Of() takes it */
    const char* PlacementText() const;

    /** @return how keys cross Nmb2, as Of() takes it */
    const char* KeysText() const;

    /** @return why it makes no sense, with the standard's clause; nothing if it is allowed */
    std::string WhyNotAllowed() const;

    /** @return true if MBSF and MBSTF have to be one node */
    bool IsOneNode() const;

    /** @brief Makes it the default of the attributes of MBSF and MBSTF. */
    void SetDefaults() const;
};

} // namespace ns3::mbs

#endif // MBS_DEPLOYMENT_H

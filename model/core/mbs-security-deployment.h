// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SECURITY_DEPLOYMENT_H
#define MBS_SECURITY_DEPLOYMENT_H

#include "ns3/attribute.h"

#include <cstdint>
#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief How keys reach the UEs (TS 33.501 clauses W.4.1.2 and W.4.1.3).
 */
enum class SecurityProcedure : uint8_t
{
    CONTROL_PLANE, //!< MSK and first MTK in session management messages
    USER_PLANE     //!< MSK from the MBSSF in MIKEY, every MTK in MIKEY
};

/**
 * @ingroup mbs
 * @brief Which function has the MBSSF in it, and so makes the MSKs (TS 33.501 W.4.1.1).
 */
enum class MbssfPlacement : uint8_t
{
    MBSF, //!< the MBSF
    MBSTF //!< the MBSTF
};

/**
 * @ingroup mbs
 * @brief How keys cross Nmb2.
 */
enum class Nmb2Keys : uint8_t
{
    PUSH,    //!< whoever has a new key sends it (TS 29.581 V17.0.0: security context, MTK_UPDATE)
    PULL,    //!< the MBSTF asks for an MSK when it holds no valid one (V17.0.0: MSK_REQUEST)
    INTERNAL //!< not at all (TS 29.581 V17.6.0 and later): they stay in the node of the MBSSF
};

/**
 * @ingroup mbs
 * @return checks attributes of the type SecurityProcedure: `cp`, `up`
 */
Ptr<const AttributeChecker> MakeSecurityProcedureChecker();

/**
 * @ingroup mbs
 * @return checks attributes of the type MbssfPlacement: `mbsf`, `mbstf`
 */
Ptr<const AttributeChecker> MakeMbssfPlacementChecker();

/**
 * @ingroup mbs
 * @return checks attributes of the type Nmb2Keys: `push`, `pull`, `internal`
 */
Ptr<const AttributeChecker> MakeNmb2KeysChecker();

/**
 * @ingroup mbs
 * @brief Says why a combination makes no sense.
 *
 *     procedure  MBSSF in  push   pull   internal
 *     cp         MBSF      yes    yes    one node
 *     cp         MBSTF     yes    no     one node
 *     up         MBSF      yes    yes    one node
 *     up         MBSTF     no     no     yes, on two nodes: the MBSF handles no key
 *
 * @param procedure how keys reach the UEs
 * @param placement who makes MSKs
 * @param keys how keys cross Nmb2
 * @return a clause that names the standard's, or nothing if the combination is allowed
 */
std::string WhyNotAllowed(SecurityProcedure procedure, MbssfPlacement placement, Nmb2Keys keys);

/**
 * @ingroup mbs
 * @brief Whether MBSF and MBSTF have to be one node.
 * @param procedure how keys reach the UEs
 * @param placement who makes MSKs
 * @param keys how keys cross Nmb2
 * @return true if both handle keys and none may cross Nmb2
 */
bool IsOneNode(SecurityProcedure procedure, MbssfPlacement placement, Nmb2Keys keys);

} // namespace ns3::mbs

#endif // MBS_SECURITY_DEPLOYMENT_H

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-security-deployment.h"

#include "ns3/mbs-enum-attribute.h"

namespace ns3::mbs
{

Ptr<const AttributeChecker>
MakeSecurityProcedureChecker()
{
    return MakeEnumAttributeChecker(SecurityProcedure::CONTROL_PLANE,
                                    "cp",
                                    SecurityProcedure::USER_PLANE,
                                    "up");
}

Ptr<const AttributeChecker>
MakeMbssfPlacementChecker()
{
    return MakeEnumAttributeChecker(MbssfPlacement::MBSF, "mbsf", MbssfPlacement::MBSTF, "mbstf");
}

Ptr<const AttributeChecker>
MakeNmb2KeysChecker()
{
    return MakeEnumAttributeChecker(Nmb2Keys::PUSH,
                                    "push",
                                    Nmb2Keys::PULL,
                                    "pull",
                                    Nmb2Keys::INTERNAL,
                                    "internal");
}

std::string
WhyNotAllowed(SecurityProcedure procedure, MbssfPlacement placement, Nmb2Keys keys)
{
    if (placement == MbssfPlacement::MBSF || keys == Nmb2Keys::INTERNAL)
    {
        return "";
    }
    if (procedure == SecurityProcedure::USER_PLANE)
    {
        return "makes no sense in the user-plane procedure with the MBSSF in the MBSTF, whose keys "
               "go to the UEs and never to the MBSF (TS 33.501 W.4.1.3); use internal";
    }
    return keys == Nmb2Keys::PULL
               ? "makes no sense with the MBSSF in the MBSTF, which makes the MSKs itself and so "
                 "never asks the MBSF for one (TS 33.501 W.4.1.1, W.4.1.2); use push or internal"
               : "";
}

bool
IsOneNode(SecurityProcedure procedure, MbssfPlacement placement, Nmb2Keys keys)
{
    return keys == Nmb2Keys::INTERNAL &&
           (procedure == SecurityProcedure::CONTROL_PLANE || placement == MbssfPlacement::MBSF);
}

} // namespace ns3::mbs

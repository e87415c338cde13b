// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-sbi-body-nmbsf.h"

namespace ns3::mbs::nmbsf
{

using sbi::DecodeJson;
using sbi::EncodeJson;
using sbi::Of;

/** @param archive where from or to @param value a name and description */
template <typename A>
void
Describe(A& archive, Of<A, ServiceNameDescription>& value)
{
    archive.OptionalText("servName", value.servName);
    archive.OptionalText("servDescrip", value.servDescrip);
    archive.Required("language", value.language);
    archive.Expect(!value.servName.empty() || !value.servDescrip.empty(), DecodeError::MALFORMED);
}

/** @param archive where from or to @param value a user service */
template <typename A>
void
Describe(A& archive, Of<A, MbsUserService>& value)
{
    archive.List("extServiceIds", value.extServiceIds);
    archive.Required("servType", value.servType);
    archive.Required("servClass", value.servClass);
    archive.List("servAnnModes", value.servAnnModes);
    archive.List("servNameDescs", value.servNameDescs);
    archive.OptionalText("mainServLang", value.mainServLang);
}

/** @param archive where from or to @param value parameters of the packet distribution method */
template <typename A>
void
Describe(A& archive, Of<A, PacketDistrMethInfo>& value)
{
    archive.Required("operatingMode", value.operatingMode);
    archive.Required("pckIngMethod", value.pckIngMethod);
    archive.Required("ingEndpointAddrs", value.ingEndpointAddrs);
}

/** @param archive where from or to @param value a distribution session */
template <typename A>
void
Describe(A& archive, Of<A, MbsDistributionSessionInfo>& value)
{
    archive.OptionalText("mbsDistSessionId", value.mbsDistSessionId);
    archive.OptionalText("mbsDistSessState", value.mbsDistSessState);
    archive.Optional("mbsSessionId", value.mbsSessionId);
    archive.Required("maxContBitRate", value.maxContBitRate);
    archive.Required("distrMethod", value.distrMethod);
    archive.Optional("pckDistrInfo", value.pckDistrInfo);
    archive.Optional("mbsServInfo", value.mbsServInfo);
    archive.Optional("tgtServAreas", value.tgtServAreas);
    archive.Flag("restrictedFlag", value.restrictedFlag);
}

/** @param archive where from or to @param value an ingest session */
template <typename A>
void
Describe(A& archive, Of<A, MbsUserDataIngSession>& value)
{
    archive.Required("mbsUserServId", value.mbsUserServId);
    archive.Map("mbsDisSessInfos", value.mbsDisSessInfos);
}

/** @param archive where from or to @param value changes of an ingest session */
template <typename A>
void
Describe(A& archive, Of<A, MbsUserDataIngSessionPatch>& value)
{
    archive.Map("mbsDisSessInfos", value.mbsDisSessInfos);
}

std::string
MbsUserDataIngSessionPatch::Encode() const
{
    return EncodeJson(*this);
}

Decoded<MbsUserDataIngSessionPatch>
MbsUserDataIngSessionPatch::Decode(ByteView body)
{
    return DecodeJson<MbsUserDataIngSessionPatch>(body);
}

std::string
MbsUserService::Encode() const
{
    return EncodeJson(*this);
}

Decoded<MbsUserService>
MbsUserService::Decode(ByteView body)
{
    return DecodeJson<MbsUserService>(body);
}

std::string
MbsUserDataIngSession::Encode() const
{
    return EncodeJson(*this);
}

Decoded<MbsUserDataIngSession>
MbsUserDataIngSession::Decode(ByteView body)
{
    return DecodeJson<MbsUserDataIngSession>(body);
}

} // namespace ns3::mbs::nmbsf

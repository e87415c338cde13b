// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SBI_BODY_NMBSF_H
#define MBS_SBI_BODY_NMBSF_H

#include "mbs-sbi-body-common.h"
#include "mbs-sbi-body-nmbsmf.h"
#include "mbs-sbi-body-nmbstf.h"

#include <map>

/**
 * @ingroup mbs
 * @brief Nmbsf_MBSUserService and Nmbsf_MBSUserDataIngestSession (TS 29.580): what the application
 *        function asks of MBSF over Nmb10. Answers repeat the body of the request, completed.
 */
namespace ns3::mbs::nmbsf
{

/**
 * @ingroup mbs
 * @brief How UEs learn of the service (TS 29.580); an open enumeration.
 */
struct ServiceAnnouncementMode
{
    static constexpr const char* VIA_MBS_5 = "VIA_MBS_5"; //!< unicast, from MBSF
    static constexpr const char* VIA_MBS_DISTRIBUTION_SESSION =
        "VIA_MBS_DISTRIBUTION_SESSION";                       //!< multicast
    static constexpr const char* PASSED_BACK = "PASSED_BACK"; //!< by the application itself
};

/**
 * @ingroup mbs
 * @brief Distribution method (TS 29.580); an open enumeration.
 */
struct DistributionMethod
{
    static constexpr const char* OBJECT = "OBJECT"; //!< files
    static constexpr const char* PACKET = "PACKET"; //!< packets
};

/**
 * @ingroup mbs
 * @brief Name and description of a service in one language.
 */
struct ServiceNameDescription
{
    std::string servName;        //!< name; absent when empty, but not both
    std::string servDescrip;     //!< description; absent when empty
    std::string language{"eng"}; //!< language of the two
};

/**
 * @ingroup mbs
 * @brief Body of a request that creates an MBS user service, and of its answer.
 */
struct MbsUserService
{
    std::vector<std::string> extServiceIds;               //!< service's names; at least one
    std::string servType{sbi::MbsServiceType::MULTICAST}; //!< see sbi::MbsServiceType
    std::string servClass;                                //!< URI of the service class
    std::vector<std::string> servAnnModes;                //!< see ServiceAnnouncementMode; >= 1
    std::vector<ServiceNameDescription> servNameDescs;    //!< at least one
    std::string mainServLang;                             //!< main language; absent when empty

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the service, or why not */
    static Decoded<MbsUserService> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Parameters of the packet distribution method.
 */
struct PacketDistrMethInfo
{
    std::string operatingMode{
        nmbstf::PktDistributionOperatingMode::PACKET_PROXY};    //!< see that enumeration
    std::string pckIngMethod{nmbstf::PktIngestMethod::UNICAST}; //!< see that enumeration
    nmbstf::MbStfIngestAddr ingEndpointAddrs; //!< empty in a request for unicast; the answer has
                                              //!< the address to send to
};

/**
 * @ingroup mbs
 * @brief A distribution session within an ingest session.
 */
struct MbsDistributionSessionInfo
{
    std::string mbsDistSessionId; //!< its name, in the answer; absent when empty
    std::string mbsDistSessState; //!< see nmbstf::DistSessionState; absent if empty
    std::optional<sbi::MbsSessionId> mbsSessionId; //!< MBS session, chosen by AF or in the answer
    sbi::BitRate maxContBitRate;                   //!< greatest bit rate of the content
    std::string distrMethod{DistributionMethod::PACKET}; //!< see DistributionMethod
    std::optional<PacketDistrMethInfo> pckDistrInfo;     //!< parameters of method PACKET
    std::optional<nmbsmf::MbsServiceInfo> mbsServInfo;   //!< QoS wanted
    std::optional<sbi::MbsServiceArea> tgtServAreas;     //!< where; everywhere if absent
    bool restrictedFlag{false};                          //!< true: for authorized UEs only
};

/**
 * @ingroup mbs
 * @brief Body of a request that creates an MBS user data ingest session, and of its answer.
 */
struct MbsUserDataIngSession
{
    std::string mbsUserServId; //!< the user service that it belongs to
    std::map<std::string, MbsDistributionSessionInfo>
        mbsDisSessInfos; //!< distribution sessions by names that the requester chose; at least one

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the session, or why not */
    static Decoded<MbsUserDataIngSession> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Body of a request that modifies an MBS user data ingest session, a merge patch (RFC 7396).
 */
struct MbsUserDataIngSessionPatch
{
    std::map<std::string, MbsDistributionSessionInfo>
        mbsDisSessInfos; //!< distribution sessions as they shall be; at least one

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the changes, or why not */
    static Decoded<MbsUserDataIngSessionPatch> Decode(ByteView body);
};

} // namespace ns3::mbs::nmbsf

#endif // MBS_SBI_BODY_NMBSF_H

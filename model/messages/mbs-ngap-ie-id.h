// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NGAP_IE_ID_H
#define MBS_NGAP_IE_ID_H

#include <cstdint>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief IDs of the IEs that this module knows, named as in the standard (TS 38.413 clause 9.4.7).
 */
struct NgapIeId
{
    /** @cond the names say it */
    static constexpr uint16_t ALLOWED_NSSAI = 0;
    static constexpr uint16_t AMF_UE_NGAP_ID = 10;
    static constexpr uint16_t CAUSE = 15;
    static constexpr uint16_t CRITICALITY_DIAGNOSTICS = 19;
    static constexpr uint16_t FIVE_G_S_TMSI = 26;
    static constexpr uint16_t NAS_PDU = 38;
    static constexpr uint16_t PAGING_DRX = 50;
    static constexpr uint16_t PDU_SESSION_RESOURCE_FAILED_TO_MODIFY_LIST_MOD_RES = 54;
    static constexpr uint16_t PDU_SESSION_RESOURCE_FAILED_TO_SETUP_LIST_PS_REQ = 57;
    static constexpr uint16_t PDU_SESSION_RESOURCE_MODIFY_LIST_MOD_REQ = 64;
    static constexpr uint16_t PDU_SESSION_RESOURCE_MODIFY_LIST_MOD_RES = 65;
    static constexpr uint16_t PDU_SESSION_RESOURCE_RELEASED_LIST_PS_ACK = 68;
    static constexpr uint16_t PDU_SESSION_RESOURCE_RELEASED_LIST_PS_FAIL = 69;
    static constexpr uint16_t PDU_SESSION_RESOURCE_TO_BE_SWITCHED_DL_LIST = 76;
    static constexpr uint16_t PDU_SESSION_RESOURCE_SWITCHED_LIST = 77;
    static constexpr uint16_t RAN_UE_NGAP_ID = 85;
    static constexpr uint16_t RESET_TYPE = 88;
    static constexpr uint16_t RRC_ESTABLISHMENT_CAUSE = 90;
    static constexpr uint16_t SECURITY_CONTEXT = 93;
    static constexpr uint16_t SOURCE_AMF_UE_NGAP_ID = 100;
    static constexpr uint16_t TAI_LIST_FOR_PAGING = 103;
    static constexpr uint16_t UE_NGAP_IDS = 114;
    static constexpr uint16_t UE_PAGING_IDENTITY = 115;
    static constexpr uint16_t UE_SECURITY_CAPABILITIES = 119;
    static constexpr uint16_t USER_LOCATION_INFORMATION = 121;
    static constexpr uint16_t QOS_FLOW_ADD_OR_MODIFY_REQUEST_LIST = 135;
    static constexpr uint16_t QOS_FLOW_TO_RELEASE_LIST = 137;
    static constexpr uint16_t S_NSSAI = 148;
    static constexpr uint16_t MBS_AREA_SESSION_ID = 295;
    static constexpr uint16_t MBS_QOS_FLOWS_TO_BE_SETUP_MOD_LIST = 297;
    static constexpr uint16_t MBS_SERVICE_AREA = 298;
    static constexpr uint16_t MBS_SESSION_ID = 299;
    static constexpr uint16_t MBS_DISTRIBUTION_RELEASE_REQUEST_TRANSFER = 300;
    static constexpr uint16_t MBS_DISTRIBUTION_SETUP_REQUEST_TRANSFER = 301;
    static constexpr uint16_t MBS_DISTRIBUTION_SETUP_RESPONSE_TRANSFER = 302;
    static constexpr uint16_t MBS_DISTRIBUTION_SETUP_UNSUCCESSFUL_TRANSFER = 303;
    static constexpr uint16_t MULTICAST_SESSION_ACTIVATION_REQUEST_TRANSFER = 304;
    static constexpr uint16_t MULTICAST_SESSION_DEACTIVATION_REQUEST_TRANSFER = 305;
    static constexpr uint16_t MULTICAST_SESSION_UPDATE_REQUEST_TRANSFER = 306;
    static constexpr uint16_t MULTICAST_GROUP_PAGING_AREA_LIST = 307;
    static constexpr uint16_t MBS_SUPPORT_INDICATOR = 309;
    static constexpr uint16_t MBS_SESSION_FAILED_TO_SETUP_OR_MODIFY_LIST = 311;
    static constexpr uint16_t MBS_SESSION_SETUP_OR_MODIFY_RESPONSE_LIST = 313;
    static constexpr uint16_t MBS_SESSION_SETUP_FAILURE_TRANSFER = 314;
    static constexpr uint16_t MBS_SESSION_SETUP_REQUEST_TRANSFER = 315;
    static constexpr uint16_t MBS_SESSION_SETUP_RESPONSE_TRANSFER = 316;
    static constexpr uint16_t MBS_SESSION_TO_RELEASE_LIST = 317;
    static constexpr uint16_t MBS_SESSION_SETUP_OR_MODIFY_REQUEST_LIST = 319;
    static constexpr uint16_t MBS_SESSION_MODIFICATION_FAILURE_TRANSFER = 348;
    static constexpr uint16_t MBS_SESSION_MODIFICATION_REQUEST_TRANSFER = 349;
    static constexpr uint16_t MBS_SESSION_MODIFICATION_RESPONSE_TRANSFER = 350;
    static constexpr uint16_t MBS_QOS_FLOW_TO_RELEASE_LIST = 351;
    static constexpr uint16_t MBS_SESSION_TNL_INFO_5GC = 352;
    static constexpr uint16_t MBS_SESSION_RELEASE_RESPONSE_TRANSFER = 358;
    /** @endcond */
};

} // namespace ns3::mbs

#endif // MBS_NGAP_IE_ID_H

// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SBI_BODY_NSMF_H
#define MBS_SBI_BODY_NSMF_H

#include "mbs-sbi-body-common.h"

/**
 * @ingroup mbs
 * @brief Nsmf_PDUSession (TS 29.502): what AMF tells SMF over N11. N1 and N2 messages travel as
 *        binary parts that the JSON refers to.
 */
namespace ns3::mbs::nsmf
{

/**
 * @ingroup mbs
 * @brief NGAP information in Nsmf_PDUSession (TS 29.502); an open enumeration.
 */
struct N2SmInfoType
{
    static constexpr const char* PDU_RES_SETUP_RSP = "PDU_RES_SETUP_RSP"; //!< setup done
    static constexpr const char* PDU_RES_MOD_REQ = "PDU_RES_MOD_REQ";     //!< change wanted
    static constexpr const char* PDU_RES_MOD_RSP = "PDU_RES_MOD_RSP";     //!< change done
    static constexpr const char* PDU_RES_MOD_FAIL = "PDU_RES_MOD_FAIL";   //!< change refused
    /** The UE has come to another gNB. */
    static constexpr const char* PATH_SWITCH_REQ = "PATH_SWITCH_REQ";
    /** And its PDU session with it. */
    static constexpr const char* PATH_SWITCH_REQ_ACK = "PATH_SWITCH_REQ_ACK";
};

/**
 * @ingroup mbs
 * @brief User plane of a PDU session (TS 29.502 clause 6.1.6.3.3).
 */
struct UpCnxState
{
    static constexpr const char* ACTIVATED = "ACTIVATED";     //!< is up
    static constexpr const char* ACTIVATING = "ACTIVATING";   //!< goes up, as the UE has connected
    static constexpr const char* DEACTIVATED = "DEACTIVATED"; //!< is down, as the UE is idle
};

/**
 * @ingroup mbs
 * @brief Body of Nsmf_PDUSession_UpdateSMContext.
 */
struct SmContextUpdateData
{
    std::string upCnxState;                       //!< see UpCnxState; absent when empty
    bool toBeSwitched{false};                     //!< the UE has come to another gNB
    std::optional<sbi::RefToBinaryData> n1SmMsg;  //!< what the UE said
    std::optional<sbi::RefToBinaryData> n2SmInfo; //!< what the gNB said
    std::string n2SmInfoType;                     //!< see N2SmInfoType; absent when empty

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the request, or why not */
    static Decoded<SmContextUpdateData> Decode(ByteView body);
};

/**
 * @ingroup mbs
 * @brief Answer to Nsmf_PDUSession_UpdateSMContext.
 */
struct SmContextUpdatedData
{
    std::string upCnxState;                       //!< see UpCnxState; absent when empty
    std::optional<sbi::RefToBinaryData> n1SmMsg;  //!< for the UE
    std::optional<sbi::RefToBinaryData> n2SmInfo; //!< for the gNB
    std::string n2SmInfoType;                     //!< see N2SmInfoType; absent when empty

    /** @return the body as JSON text */
    std::string Encode() const;

    /** @param body JSON text @return the answer, or why not */
    static Decoded<SmContextUpdatedData> Decode(ByteView body);
};

} // namespace ns3::mbs::nsmf

#endif // MBS_SBI_BODY_NSMF_H

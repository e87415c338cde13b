// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NGAP_TYPES_H
#define MBS_NGAP_TYPES_H

#include "ns3/mbs-tmgi.h"

#include "ns3/ipv4-address.h"
#include "ns3/ipv6-address.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What a receiver does with a part that it does not know (TS 38.413 clause 10.3.2).
 */
enum class NgapCriticality : uint8_t
{
    REJECT, //!< refuse the whole message
    IGNORE, //!< pass over the part
    NOTIFY  //!< pass over the part and tell the sender
};

/**
 * @ingroup mbs
 * @brief Which of a procedure's messages a PDU is (TS 38.413 clause 9.4.3, NGAP-PDU).
 */
enum class NgapPduKind : uint8_t
{
    INITIATING_MESSAGE,  //!< starts the procedure
    SUCCESSFUL_OUTCOME,  //!< answers that it worked
    UNSUCCESSFUL_OUTCOME //!< answers that it failed
};

/**
 * @ingroup mbs
 * @brief Names a message of an application protocol of NG-RAN: enough to choose its decoder.
 * @tparam Protocol tells the messages of one protocol from those of another
 */
template <typename Protocol>
struct ApMessageType
{
    NgapPduKind kind{NgapPduKind::INITIATING_MESSAGE}; //!< which of the procedure's messages
    uint8_t procedureCode{0};                          //!< TS 38.413, 38.423 clauses 9.4.7, 9.3.7

    /** @param other another @return true if the same */
    constexpr bool operator==(const ApMessageType& other) const
    {
        return kind == other.kind && procedureCode == other.procedureCode;
    }

    /** @param other another @return true if not the same */
    constexpr bool operator!=(const ApMessageType& other) const
    {
        return !(*this == other);
    }
};

/**
 * @ingroup mbs
 * @brief The protocol of N2 (TS 38.413), for ApMessageType.
 */
struct NgapProtocol;

/**
 * @ingroup mbs
 * @brief Names a message of NGAP.
 */
using NgapMessageType = ApMessageType<NgapProtocol>;

/**
 * @ingroup mbs
 * @brief Alternatives of the Cause IE (TS 38.413 clause 9.3.1.2), in the order of the CHOICE.
 */
enum class NgapCauseGroup : uint8_t
{
    RADIO_NETWORK, //!< radio network layer
    TRANSPORT,     //!< transport layer
    NAS,           //!< non-access stratum
    PROTOCOL,      //!< the message itself was wrong
    MISC           //!< anything else
};

/**
 * @ingroup mbs
 * @brief Cause IE (TS 38.413 clause 9.3.1.2).
 *
 * The constants are the values this module uses; a cause from a peer may have any other.
 */
struct NgapCause
{
    /** Radio network: none of the others. */
    static constexpr uint8_t RADIO_UNSPECIFIED = 0;
    /** Radio network: TXnRELOCoverall has expired. */
    static constexpr uint8_t RADIO_TXNRELOCOVERALL_EXPIRY = 1;
    /** Radio network: the UE's identity at the receiver is unknown to it. */
    static constexpr uint8_t RADIO_UNKNOWN_LOCAL_UE_NGAP_ID = 14;
    /** Radio network: the UE has been silent for long. */
    static constexpr uint8_t RADIO_USER_INACTIVITY = 20;
    /** Radio network: the UE does not answer. */
    static constexpr uint8_t RADIO_CONNECTION_WITH_UE_LOST = 21;
    /** Radio network: no radio resources. */
    static constexpr uint8_t RADIO_RESOURCES_NOT_AVAILABLE = 22;
    /** Radio network: the PDU session is unknown. */
    static constexpr uint8_t RADIO_UNKNOWN_PDU_SESSION_ID = 26;
    /** Radio network: the UE is being handed over by NGAP. */
    static constexpr uint8_t RADIO_NG_INTRA_SYSTEM_HANDOVER_TRIGGERED = 31;
    /** Radio network: the UE is being handed over by XnAP. */
    static constexpr uint8_t RADIO_XN_HANDOVER_TRIGGERED = 33;
    /** Radio network: the UE's context goes to another gNB. */
    static constexpr uint8_t RADIO_UE_CONTEXT_TRANSFER = 35;
    /** Radio network: the MBS session is unknown. */
    static constexpr uint8_t RADIO_UNKNOWN_MBS_SESSION_ID = 53;
    /** Radio network: the gNB does not serve the MBS service area. */
    static constexpr uint8_t RADIO_MBS_AREA_NOT_SERVED = 54;
    /** Transport: no resources. */
    static constexpr uint8_t TRANSPORT_RESOURCE_UNAVAILABLE = 0;
    /** NAS: a normal release. */
    static constexpr uint8_t NAS_NORMAL_RELEASE = 0;
    /** Protocol: the octets cannot be decoded. */
    static constexpr uint8_t PROTOCOL_TRANSFER_SYNTAX_ERROR = 0;
    /** Protocol: an IE with criticality reject is unknown. */
    static constexpr uint8_t PROTOCOL_ABSTRACT_SYNTAX_ERROR_REJECT = 1;
    /** Miscellaneous: none of the others. */
    static constexpr uint8_t MISC_UNSPECIFIED = 5;

    NgapCauseGroup group{NgapCauseGroup::MISC}; //!< alternative of the CHOICE
    uint8_t value{MISC_UNSPECIFIED};            //!< position in the group's ENUMERATED
};

/**
 * @ingroup mbs
 * @brief One IE of a criticality diagnostics (TS 38.413 clause 9.3.1.3).
 */
struct NgapCriticalityDiagnosticsIe
{
    NgapCriticality criticality{NgapCriticality::REJECT}; //!< criticality of the IE
    uint16_t id{0};                                       //!< IE ID
    bool missing{false};                                  //!< missing; else not understood
};

/**
 * @ingroup mbs
 * @brief CriticalityDiagnostics IE (TS 38.413 clause 9.3.1.3).
 */
struct NgapCriticalityDiagnostics
{
    std::optional<uint8_t> procedureCode;                //!< of the message complained about
    std::optional<NgapPduKind> triggeringMessage;        //!< its kind
    std::optional<NgapCriticality> procedureCriticality; //!< its criticality
    std::vector<NgapCriticalityDiagnosticsIe> ies;       //!< the IEs, at most 256
};

/**
 * @ingroup mbs
 * @brief TransportLayerAddress (TS 38.413 clause 9.3.2.4): 32 bits are IPv4, 128 IPv6, 160 both.
 */
struct NgapTransportLayerAddress
{
    std::optional<Ipv4Address> ipv4; //!< IPv4 address
    std::optional<Ipv6Address> ipv6; //!< IPv6 address
};

/**
 * @ingroup mbs
 * @brief GTPTunnel in UPTransportLayerInformation (TS 38.413 clause 9.3.2.2).
 */
struct NgapGtpTunnel
{
    NgapTransportLayerAddress transportLayerAddress; //!< where
    uint32_t gtpTeid{0};                             //!< tunnel endpoint identifier there
};

/**
 * @ingroup mbs
 * @brief SharedNGU-MulticastTNLInformation (TS 38.413 clause 9.4.5): the N3mb multicast tunnel.
 */
struct NgapSharedNguMulticastTnlInformation
{
    NgapTransportLayerAddress ipMulticastAddress; //!< group address
    NgapTransportLayerAddress ipSourceAddress;    //!< source-specific multicast: whose packets
    uint32_t gtpTeid{0};                          //!< common tunnel endpoint identifier
};

/**
 * @ingroup mbs
 * @brief MBS-SessionTNLInfo5GCItem (TS 38.413 clause 9.4.5).
 */
struct NgapMbsSessionTnlInfo5GcItem
{
    uint16_t mbsAreaSessionId{0};                   //!< area session
    NgapSharedNguMulticastTnlInformation multicast; //!< its tunnel
};

/**
 * @ingroup mbs
 * @brief MBS-SessionTNLInfo5GC (TS 38.413 clause 9.4.5): multicast tunnels of a session.
 */
struct NgapMbsSessionTnlInfo5Gc
{
    NgapSharedNguMulticastTnlInformation locationIndependent; //!< unless locationDependent is used
    std::vector<NgapMbsSessionTnlInfo5GcItem> locationDependent; //!< at most 256
};

/**
 * @ingroup mbs
 * @brief S-NSSAI (TS 38.413 clause 9.3.1.24).
 */
struct NgapSnssai
{
    uint8_t sst{0};             //!< slice or service type
    std::optional<uint32_t> sd; //!< slice differentiator, 24 bits
};

/**
 * @ingroup mbs
 * @brief TAI (TS 38.413 clause 9.3.3.11).
 */
struct NgapTai
{
    PlmnId plmn;     //!< network
    uint32_t tac{0}; //!< tracking area code, 24 bits
};

/**
 * @ingroup mbs
 * @brief NR-CGI (TS 38.413 clause 9.3.1.7).
 */
struct NgapNrCgi
{
    PlmnId plmn;                //!< network
    uint64_t nrCellIdentity{0}; //!< cell, 36 bits
};

/**
 * @ingroup mbs
 * @brief UserLocationInformationNR (TS 38.413 clause 9.3.1.16): where the UE is.
 */
struct NgapUserLocationInformationNr
{
    NgapNrCgi nrCgi;                   //!< cell
    NgapTai tai;                       //!< tracking area
    std::optional<uint32_t> timeStamp; //!< NTP seconds (RFC 5905)
};

/**
 * @ingroup mbs
 * @brief FiveG-S-TMSI (TS 38.413 clause 9.3.3.20).
 */
struct NgapFiveGSTmsi
{
    uint16_t amfSetId{0};  //!< 10 bits
    uint8_t amfPointer{0}; //!< 6 bits
    uint32_t fiveGTmsi{0}; //!< 32 bits
};

/**
 * @ingroup mbs
 * @brief GUAMI (TS 38.413 clause 9.3.3.3): name of an AMF.
 */
struct NgapGuami
{
    PlmnId plmn;            //!< network
    uint8_t amfRegionId{0}; //!< 8 bits
    uint16_t amfSetId{0};   //!< 10 bits
    uint8_t amfPointer{0};  //!< 6 bits
};

/**
 * @ingroup mbs
 * @brief UESecurityCapabilities (TS 38.413 clause 9.3.1.86): a bit for each algorithm but the null
 * ones, the most significant bit for 128-NEA1 and so on.
 */
struct NgapUeSecurityCapabilities
{
    uint16_t nrEncryption{0};    //!< NEA
    uint16_t nrIntegrity{0};     //!< NIA
    uint16_t eutraEncryption{0}; //!< EEA
    uint16_t eutraIntegrity{0};  //!< EIA
};

/**
 * @ingroup mbs
 * @brief MBS-SessionID (TS 38.413 clause 9.4.5).
 */
struct NgapMbsSessionId
{
    Tmgi tmgi;                   //!< name of the session
    std::optional<uint64_t> nid; //!< stand-alone non-public network, 44 bits
};

/**
 * @ingroup mbs
 * @brief MBS-ServiceAreaInformation (TS 38.413 clause 9.4.5): cells and tracking areas.
 */
struct NgapMbsServiceAreaInformation
{
    std::vector<NgapNrCgi> cells; //!< at most 8192
    std::vector<NgapTai> tais;    //!< at most 1024
};

/**
 * @ingroup mbs
 * @brief MBS-ServiceAreaInformationItem (TS 38.413 clause 9.4.5).
 */
struct NgapMbsServiceAreaInformationItem
{
    uint16_t mbsAreaSessionId{0};              //!< area session
    NgapMbsServiceAreaInformation information; //!< where it is
};

/**
 * @ingroup mbs
 * @brief MBS-ServiceArea (TS 38.413 clause 9.4.5).
 */
struct NgapMbsServiceArea
{
    NgapMbsServiceAreaInformation locationIndependent; //!< used when locationDependent is empty
    std::vector<NgapMbsServiceAreaInformationItem> locationDependent; //!< at most 256
};

/**
 * @ingroup mbs
 * @brief AllocationAndRetentionPriority (TS 38.413 clause 9.3.1.19).
 */
struct NgapAllocationAndRetentionPriority
{
    uint8_t priorityLevel{8};         //!< 1 (highest) to 15
    bool mayTriggerPreemption{false}; //!< may take resources from others
    bool preemptable{false};          //!< others may take its resources
};

/**
 * @ingroup mbs
 * @brief GBR-QosInformation (TS 38.413 clause 9.3.1.10); rates in bit/s, at most 4 Tbit/s.
 */
struct NgapGbrQosInformation
{
    uint64_t maximumFlowBitRateDl{0};                //!< downlink maximum
    uint64_t maximumFlowBitRateUl{0};                //!< uplink maximum
    uint64_t guaranteedFlowBitRateDl{0};             //!< downlink guarantee
    uint64_t guaranteedFlowBitRateUl{0};             //!< uplink guarantee
    bool notificationRequested{false};               //!< tell when the guarantee fails
    std::optional<uint16_t> maximumPacketLossRateDl; //!< in tenths of a percent, 0 to 1000
    std::optional<uint16_t> maximumPacketLossRateUl; //!< in tenths of a percent, 0 to 1000
};

/**
 * @ingroup mbs
 * @brief QosFlowLevelQosParameters (TS 38.413 clause 9.3.1.12) with a non-dynamic 5QI.
 *
 * A flow with dynamic 5QI is refused as DecodeError::UNSUPPORTED: the module sends none.
 */
struct NgapQosFlowLevelQosParameters
{
    uint8_t fiveQi{9};                              //!< row of TS 23.501 table 5.7.4-1
    std::optional<uint8_t> priorityLevel;           //!< 1 (highest) to 127
    std::optional<uint16_t> averagingWindow;        //!< milliseconds, 0 to 4095
    std::optional<uint32_t> maximumDataBurstVolume; //!< octets, 0 to 2000000
    NgapAllocationAndRetentionPriority arp;         //!< allocation and retention priority
    std::optional<NgapGbrQosInformation> gbr;       //!< only for flows with a guaranteed bit rate
    bool reflectiveQos{false};                      //!< subject to reflective QoS
    bool moreLikely{false};                         //!< more traffic than on other flows likely
};

/**
 * @ingroup mbs
 * @brief MBS-QoSFlowsToBeSetupItem (TS 38.413 clause 9.4.5).
 */
struct NgapMbsQosFlowsToBeSetupItem
{
    uint8_t mbsQosFlowIdentifier{0};                            //!< QFI, 0 to 63
    NgapQosFlowLevelQosParameters mbsQosFlowLevelQosParameters; //!< its treatment
};

/**
 * @ingroup mbs
 * @brief QosFlowWithCauseItem (TS 38.413 clause 9.3.1.13): a flow that goes or failed.
 */
struct NgapQosFlowWithCauseItem
{
    uint8_t qosFlowIdentifier{0}; //!< QFI, 0 to 63
    NgapCause cause;              //!< why
};

} // namespace ns3::mbs

#endif // MBS_NGAP_TYPES_H

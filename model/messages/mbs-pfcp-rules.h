// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_PFCP_RULES_H
#define MBS_PFCP_RULES_H

#include "mbs-pfcp-ie.h"

#include <vector>

namespace ns3::mbs
{

// Each grouped element below has Encode(), its value without type and length, and Decode(), which
// passes over elements it does not know, takes the first of one that should come once, and answers
// MALFORMED if a mandatory one is missing, else the error of the element that is wrong.

/**
 * @ingroup mbs
 * @brief Create PDR as N4mb uses it (TS 29.244 tables 7.5.2.2-1 and 7.5.2.2-2): which packets an
 * MBS session is made of. The PDI is part of it.
 */
struct PfcpCreatePdr
{
    uint16_t pdrId{0};                                        //!< name of the rule in the session
    uint32_t precedence{0};                                   //!< lower goes first
    PfcpInterface sourceInterface{PfcpInterface::CORE};       //!< Nmb9 or N6mb: CORE
    std::optional<PfcpLocalIngressTunnel> localIngressTunnel; //!< tunnel that the packets come in
    bool removeUdpIpv4{false};                                //!< take the tunnel's header off
    std::optional<uint32_t> farId;                            //!< what to do with the packets
    std::vector<uint32_t> qerIds;                             //!< what to write into them

    /** @return the value */
    Bytes Encode() const;
    /** @param value of the element @return its parts */
    static Decoded<PfcpCreatePdr> Decode(ByteView value);
};

/**
 * @ingroup mbs
 * @brief Created PDR (TS 29.244 table 7.5.3.2-1): the tunnel that the MB-UPF chose.
 */
struct PfcpCreatedPdr
{
    uint16_t pdrId{0};                                        //!< name of the rule
    std::optional<PfcpLocalIngressTunnel> localIngressTunnel; //!< port and address

    /** @return the value */
    Bytes Encode() const;
    /** @param value of the element @return its parts */
    static Decoded<PfcpCreatedPdr> Decode(ByteView value);
};

/**
 * @ingroup mbs
 * @brief MBS Multicast Parameters (TS 29.244 table 7.5.2.3-5): send to the lower layer SSM with the
 * C-TEID, both of which the MB-UPF has chosen (Outer Header Creation, octet 6 bit 3).
 */
struct PfcpMulticastParameters
{
    PfcpInterface destinationInterface{PfcpInterface::ACCESS}; //!< N3mb: ACCESS

    /** @return the value */
    Bytes Encode() const;
    /** @param value of the element @return its parts */
    static Decoded<PfcpMulticastParameters> Decode(ByteView value);
};

/**
 * @ingroup mbs
 * @brief Add MBS Unicast Parameters (TS 29.244 table 7.5.2.3-6): one more gNB to send a copy to.
 */
struct PfcpAddUnicast
{
    PfcpInterface destinationInterface{PfcpInterface::ACCESS}; //!< N3mb: ACCESS
    uint16_t id{0};                                            //!< names this copy in the FAR
    PfcpGtpuTunnel tunnel;                                     //!< F-TEID of the gNB

    /** @return the value */
    Bytes Encode() const;
    /** @param value of the element @return its parts */
    static Decoded<PfcpAddUnicast> Decode(ByteView value);
};

/**
 * @ingroup mbs
 * @brief Create FAR as N4mb uses it (TS 29.244 table 7.5.2.3-1): what to do with packets.
 */
struct PfcpCreateFar
{
    uint32_t farId{0};                                //!< name of the rule in the session
    PfcpApplyAction action;                           //!< what to do
    std::optional<PfcpMulticastParameters> multicast; //!< present with action.multicast
    std::vector<PfcpAddUnicast> addUnicast;           //!< at least one with action.unicast

    /** @return the value */
    Bytes Encode() const;
    /** @param value of the element @return its parts */
    static Decoded<PfcpCreateFar> Decode(ByteView value);
};

/**
 * @ingroup mbs
 * @brief Update FAR as N4mb uses it (TS 29.244 table 7.5.4.3-1): gNBs come and go.
 */
struct PfcpUpdateFar
{
    uint32_t farId{0};                      //!< name of the rule
    std::optional<PfcpApplyAction> action;  //!< present if it changes
    std::vector<PfcpAddUnicast> addUnicast; //!< copies to begin
    std::vector<uint16_t> removeUnicast;    //!< copies to end, by PfcpAddUnicast::id

    /** @return the value */
    Bytes Encode() const;
    /** @param value of the element @return its parts */
    static Decoded<PfcpUpdateFar> Decode(ByteView value);
};

/**
 * @ingroup mbs
 * @brief Create QER as N4mb uses it (TS 29.244 table 7.5.2.5-1): what the PDU Session Container of
 * the packets says.
 */
struct PfcpCreateQer
{
    uint32_t qerId{0};                //!< name of the rule in the session
    bool downlinkOpen{true};          //!< false drops downlink packets
    std::optional<uint8_t> qfi;       //!< QoS flow identifier to write, 0..63
    bool insertSequenceNumber{false}; //!< IQFISN: write the DL MBS QFI sequence number

    /** @return the value */
    Bytes Encode() const;
    /** @param value of the element @return its parts */
    static Decoded<PfcpCreateQer> Decode(ByteView value);
};

/**
 * @ingroup mbs
 * @brief MBS Session N4mb Control Information (TS 29.244 table 7.5.2.1-4): of which MBS session a
 * PFCP session is, and what the MB-UPF shall set up for it.
 */
struct PfcpN4mbControl
{
    PfcpMbsSessionId sessionId;            //!< the MBS session
    std::optional<uint16_t> areaSessionId; //!< part of a location dependent session
    bool provideLlSsm{false};              //!< PLLSSM: choose lower layer SSM and C-TEID
    bool joinSsm{false};                   //!< JMBSSM: join the session's SSM on N6mb
    bool restoration{false};               //!< MBS RESTI: the session existed before a restart

    /** @return the value */
    Bytes Encode() const;
    /** @param value of the element @return its parts */
    static Decoded<PfcpN4mbControl> Decode(ByteView value);
};

} // namespace ns3::mbs

#endif // MBS_PFCP_RULES_H

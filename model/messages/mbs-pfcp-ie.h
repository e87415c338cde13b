// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_PFCP_IE_H
#define MBS_PFCP_IE_H

#include "mbs-ssm.h"

#include "ns3/mbs-bytes.h"
#include "ns3/mbs-tmgi.h"

#include "ns3/ipv4-address.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Types of the PFCP information elements that N4mb needs (TS 29.244 table 8.1.2-1).
 */
enum class PfcpIe : uint16_t
{
    CREATE_PDR = 1,                             //!< grouped
    PDI = 2,                                    //!< grouped, packet detection information
    CREATE_FAR = 3,                             //!< grouped
    CREATE_QER = 7,                             //!< grouped
    CREATED_PDR = 8,                            //!< grouped
    UPDATE_FAR = 10,                            //!< grouped
    CAUSE = 19,                                 //!< cause
    SOURCE_INTERFACE = 20,                      //!< where a packet comes from
    GATE_STATUS = 25,                           //!< open or closed
    PRECEDENCE = 29,                            //!< of a PDR, lower goes first
    DESTINATION_INTERFACE = 42,                 //!< where a packet goes to
    APPLY_ACTION = 44,                          //!< what to do with a packet
    SM_REQ_FLAGS = 49,                          //!< PFCPSMReq-Flags
    PDR_ID = 56,                                //!< packet detection rule
    F_SEID = 57,                                //!< session endpoint
    NODE_ID = 60,                               //!< sending node
    OUTER_HEADER_CREATION = 84,                 //!< headers to put in front
    OUTER_HEADER_REMOVAL = 95,                  //!< headers to take off
    RECOVERY_TIME_STAMP = 96,                   //!< when the node started
    FAR_ID = 108,                               //!< forwarding action rule
    QER_ID = 109,                               //!< QoS enforcement rule
    QFI = 124,                                  //!< QoS flow identifier
    MBS_SESSION_N4MB_CONTROL_INFORMATION = 300, //!< grouped, in the establishment request
    MBS_MULTICAST_PARAMETERS = 301,             //!< grouped, in a FAR
    ADD_MBS_UNICAST_PARAMETERS = 302,           //!< grouped, in a FAR
    MBS_SESSION_N4MB_INFORMATION = 303,         //!< grouped, in the establishment response
    REMOVE_MBS_UNICAST_PARAMETERS = 304,        //!< grouped, in an update of a FAR
    MBS_SESSION_IDENTIFIER = 305,               //!< TMGI, SSM
    MULTICAST_TRANSPORT_INFORMATION = 306,      //!< lower layer SSM and C-TEID
    MBS_N4MB_REQ_FLAGS = 307,                   //!< MBSN4mbReq-Flags
    LOCAL_INGRESS_TUNNEL = 308,                 //!< UDP/IP tunnel
    MBS_UNICAST_PARAMETERS_ID = 309,            //!< names one unicast tunnel of a FAR
    AREA_SESSION_ID = 314,                      //!< part of a location dependent session
    QER_INDICATIONS = 319                       //!< flags of a QER
};

/**
 * @ingroup mbs
 * @brief Cause of a response (TS 29.244 table 8.2.1-1); a message may carry values not named here.
 */
enum class PfcpCause : uint8_t
{
    ACCEPTED = 1,                //!< request accepted
    REJECTED = 64,               //!< request rejected, reason not specified
    SESSION_NOT_FOUND = 65,      //!< session context not found
    MANDATORY_IE_MISSING = 66,   //!< mandatory IE missing
    CONDITIONAL_IE_MISSING = 67, //!< conditional IE missing
    INVALID_LENGTH = 68,         //!< invalid length
    MANDATORY_IE_INCORRECT = 69, //!< mandatory IE incorrect
    NO_ASSOCIATION = 72,         //!< no established PFCP association
    RULE_FAILURE = 73,           //!< rule creation or modification failure
    CONGESTION = 74,             //!< PFCP entity in congestion
    NO_RESOURCES = 75,           //!< no resources available
    NOT_SUPPORTED = 76,          //!< service not supported
    SYSTEM_FAILURE = 77          //!< system failure
};

/**
 * @ingroup mbs
 * @brief Where packets come from or go to (TS 29.244 clauses 8.2.2 and 8.2.24).
 */
enum class PfcpInterface : uint8_t
{
    ACCESS = 0, //!< towards the RAN: N3mb, N19mb
    CORE = 1,   //!< from the core: Nmb9, N6mb
    N6 = 2,     //!< data network
    CP = 3      //!< control plane function
};

// Each value type below has Encode(), the value of its information element without type and length,
// and Decode(), which passes over octets that a later release may have put behind what is known.
// Decode() answers MALFORMED for a value that is too short, UNSUPPORTED for IPv6 or another form
// that this module does not speak, OUT_OF_RANGE for values that exclude each other.

/**
 * @ingroup mbs
 * @brief F-SEID: the endpoint of a PFCP session (TS 29.244 clause 8.2.37).
 */
struct PfcpFSeid
{
    uint64_t seid{0};    //!< session endpoint identifier
    Ipv4Address address; //!< of the endpoint

    /** @return the value */
    Bytes Encode() const;
    /** @param value of the element @return its parts */
    static Decoded<PfcpFSeid> Decode(ByteView value);
};

/**
 * @ingroup mbs
 * @brief Node ID of the IPv4 kind (TS 29.244 clause 8.2.38).
 */
struct PfcpNodeId
{
    Ipv4Address address; //!< of the node

    /** @return the value */
    Bytes Encode() const;
    /** @param value of the element @return its parts */
    static Decoded<PfcpNodeId> Decode(ByteView value);
};

/**
 * @ingroup mbs
 * @brief Apply Action, what of it N4mb uses (TS 29.244 clauses 8.2.26 and 5.34.2).
 *
 * Exactly one of drop, forward, buffer and (multicast and/or unicast) is set.
 */
struct PfcpApplyAction
{
    bool drop{false};      //!< DROP: no tunnel is known yet, or the session is inactive
    bool forward{false};   //!< FORW: not for MBS data
    bool buffer{false};    //!< BUFF: keep packets
    bool notify{false};    //!< NOCP: tell the MB-SMF of the first packet kept; with buffer only
    bool multicast{false}; //!< FSSM: send to the lower layer SSM
    bool unicast{false};   //!< MBSU: replicate to every unicast tunnel

    /** @return the value */
    Bytes Encode() const;
    /** @param value of the element @return its parts */
    static Decoded<PfcpApplyAction> Decode(ByteView value);
};

/**
 * @ingroup mbs
 * @brief Far end of a unicast N3mb tunnel: Outer Header Creation of the kind GTP-U/UDP/IPv4
 * (TS 29.244 clause 8.2.56).
 */
struct PfcpGtpuTunnel
{
    uint32_t teid{0};    //!< tunnel endpoint at the gNB
    Ipv4Address address; //!< of the gNB

    /** @return the value */
    Bytes Encode() const;
    /** @param value of the element @return its parts */
    static Decoded<PfcpGtpuTunnel> Decode(ByteView value);
};

/**
 * @ingroup mbs
 * @brief MBS Session Identifier (TS 29.244 clause 8.2.206): TMGI, SSM or both.
 *
 *     +---------------------+------+------+------+
 *     |        Spare        | NIDI | SSMI | TMGI |
 *     +---------------------+------+------+------+
 *     | TMGI (6, if TMGI)                        |
 *     | 04, group (4), 04, source (4)  (if SSMI) |
 *     +------------------------------------------+
 */
struct PfcpMbsSessionId
{
    std::optional<Tmgi> tmgi;   //!< TMGI
    std::optional<SsmIpv4> ssm; //!< source specific multicast address of the session

    /** @return the value */
    Bytes Encode() const;
    /** @param value of the element @return its parts */
    static Decoded<PfcpMbsSessionId> Decode(ByteView value);
};

/**
 * @ingroup mbs
 * @brief Multicast Transport Information (TS 29.244 clause 8.2.207): what gNBs need to receive N3mb
 * by multicast.
 *
 *     +------------------------------------+
 *     | Spare (1)                          |
 *     | Common Tunnel Endpoint ID (4)      |
 *     | 04, IP multicast address (4)       |  type 0 (2 bits), length 4 (6 bits)
 *     | 04, IP source address (4)          |
 *     +------------------------------------+
 */
struct PfcpMulticastTransport
{
    uint32_t cTeid{0}; //!< common tunnel endpoint identifier of the MBS session
    SsmIpv4 llSsm;     //!< lower layer source specific multicast address

    /** @return the value */
    Bytes Encode() const;
    /** @param value of the element @return its parts */
    static Decoded<PfcpMulticastTransport> Decode(ByteView value);
};

/**
 * @ingroup mbs
 * @brief Local Ingress Tunnel (TS 29.244 clause 8.2.209): where the MB-UPF takes MBS data in.
 */
struct PfcpLocalIngressTunnel
{
    bool choose{true};   //!< the MB-UPF shall choose port and address; then the others mean nothing
    uint16_t port{0};    //!< UDP port
    Ipv4Address address; //!< of the MB-UPF

    /** @return the value */
    Bytes Encode() const;
    /** @param value of the element @return its parts */
    static Decoded<PfcpLocalIngressTunnel> Decode(ByteView value);
};

/**
 * @ingroup mbs
 * @brief Walks the information elements of a PFCP message or of a grouped element.
 *
 *     +-----------------+
 *     | Type (2)        |  bit 8 of the first octet: of a vendor
 *     | Length (2)      |
 *     | Value           |
 *     +-----------------+
 */
class PfcpIeReader
{
  public:
    /** @param bytes elements one behind the other */
    explicit PfcpIeReader(ByteView bytes);

    /**
     * @brief Goes to the next element.
     * @return false at the end or at an error
     */
    bool Next();

    /** @return the type, possibly one that PfcpIe has no name for */
    PfcpIe Type() const;

    /** @return the value */
    ByteView Value() const;

    /** @return DecodeError::NONE while the lengths fit */
    DecodeError Error() const;

  private:
    ByteReader m_reader; //!< what is left
    PfcpIe m_type{};     //!< of the element
    ByteView m_value;    //!< of the element
};

/**
 * @ingroup mbs
 * @brief Writes one information element.
 * @param writer where to
 * @param type of the element
 * @param value of the element, at most 65535 octets
 */
void WritePfcpIe(ByteWriter& writer, PfcpIe type, ByteView value);

} // namespace ns3::mbs

#endif // MBS_PFCP_IE_H

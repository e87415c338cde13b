// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_AP_TRANSPORT_H
#define MBS_AP_TRANSPORT_H

#include "mbs-ap-reader.h"
#include "mbs-sbi-message.h"

#include "ns3/event-id.h"
#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/traced-callback.h"

#include <functional>
#include <map>

namespace ns3::mbs
{

class OctetListener;
class OctetStream;

/**
 * @ingroup mbs
 * @brief A node's end of N2 or Xn: PDUs of NGAP or XnAP over TCP.
 *
 * TS 38.412 and 38.422 want SCTP, which ns-3 does not have. Each PDU is sent over TCP behind its
 * length:
 *
 *     +------------------+----------------
 *     | length, 4 octets | PDU ...
 *     +------------------+----------------
 *
 * What SCTP does and this does not: several streams without head-of-line blocking between them,
 * message boundaries in the transport itself, several addresses on one association.
 *
 * One side connects, the other listens. PDUs sent before the connection is up are kept. When a
 * connection is lost, a client opens another; PDUs on the way are lost, as with SCTP.
 */
class ApEndpoint : public Object
{
  public:
    /** Octets before each PDU. */
    static constexpr uint32_t PREFIX_SIZE = ApReader::PREFIX_SIZE;

    /** Octets of the longest PDU that is accepted. */
    static constexpr uint32_t MAX_PDU_SIZE = ApReader::MAX_PDU_SIZE;

    /** Gets a PDU and who sent it. */
    using Receiver = std::function<void(Ipv4Address peer, Bytes pdu)>;

    /**
     * @brief Callback of the trace source `MessageSent`.
     * @param operation the interface and the message's name
     * @param isResponse false
     * @param octets of the PDU and its prefix
     */
    using MessageCallback = void (*)(const SbiOperation& operation,
                                     bool isResponse,
                                     uint32_t octets);

    /**
     * @brief Callback of the trace sources `PduSent` and `PduReceived`.
     * @param peer the other end
     * @param pdu the PDU without its prefix; valid during the call
     */
    using PduCallback = void (*)(Ipv4Address peer, ByteView pdu);

    /**
     * @brief Callback of the trace source `Dropped`.
     * @param peer the other end
     * @param reason what was wrong, one clause of a sentence
     */
    using DroppedCallback = void (*)(Ipv4Address peer, const std::string& reason);

    /** @return the TypeId ns3::mbs::ApEndpoint */
    static TypeId GetTypeId();

    ~ApEndpoint() override;

    /**
     * @brief Says on which node this endpoint is. Once, before all else.
     * @param node a node with an IPv4 stack; the endpoint is disposed of with it
     */
    void Install(Ptr<Node> node);

    /** @brief Accepts connections on the port of the attribute `Port`. */
    void Listen();

    /** @brief Closes the port and all connections, in either role; a client does not reconnect. */
    void Close();

    /**
     * @brief Opens a connection and keeps it up.
     * @param peer address of one that listens
     */
    void Connect(Ipv4Address peer);

    /**
     * @brief Sends a PDU.
     * @param peer the other end of a connection, whoever opened it
     * @param pdu 1 to MAX_PDU_SIZE octets
     * @param messageName what the counters call it; a constant
     * @return false if there is no such connection, or the PDU is empty or too long; traced
     */
    bool Send(Ipv4Address peer, ByteView pdu, std::string_view messageName);

    /** @param receiver gets the PDUs that arrive */
    void SetReceiver(Receiver receiver);

    /** Hears that a connection is up. */
    using Connected = std::function<void(Ipv4Address peer)>;

    /** @param connected called whenever a connection that was opened here is up */
    void SetConnected(Connected connected);

    /** @param peer the other end @return true if there is a connection with it that is up */
    bool IsUp(Ipv4Address peer) const;

    /** @return how many times something wrong came from a peer, or could not be sent */
    uint64_t DroppedCount() const;

  protected:
    /** @param interface what the trace source `MessageSent` calls it: `N2`, `Xn` */
    explicit ApEndpoint(std::string_view interface);

    /**
     * @brief Gives the TypeId of a subclass what all of them have.
     * @param tid the TypeId
     * @param port default of the attribute `Port`
     * @return the same
     */
    static TypeId AddTransportAttributes(TypeId tid, uint16_t port);

    void DoDispose() override;

  private:
    /** A connection. */
    struct Connection
    {
        Ptr<OctetStream> stream; //!< the transport; null while a client waits to reconnect
        bool client{false};      //!< opened here
        ApReader in;             //!< octets that make no whole PDU yet
        Bytes out;               //!< PDUs for when there is a transport again
        EventId attempt;         //!< a client's next attempt
    };

    /**
     * @brief Opens a connection as a client and sends what was kept.
     * @param peer the server
     */
    void Open(Ipv4Address peer);

    /**
     * @brief Takes over a connection that a client opened; it replaces an earlier one.
     * @param peer the client
     * @param stream the transport
     */
    void Adopt(Ipv4Address peer, Ptr<OctetStream> stream);

    /**
     * @brief Puts octets together to PDUs.
     * @param peer who sent them
     * @param octets the next ones of the stream
     */
    void OnReceived(Ipv4Address peer, ByteView octets);

    /**
     * @brief A connection is gone: a client tries again later.
     * @param peer the other end
     */
    void OnClosed(Ipv4Address peer);

    /**
     * @brief Closes a connection whose octets make no sense.
     * @param peer the other end
     */
    void Lose(Ipv4Address peer);

    /**
     * @brief Reports something wrong.
     * @param peer the other end
     * @param reason one clause of a sentence
     */
    void Drop(Ipv4Address peer, const std::string& reason);

    Ptr<Node> m_node;                          //!< where this runs
    Ptr<OctetListener> m_listener;             //!< null when not listening
    std::map<Ipv4Address, Connection> m_peers; //!< by the other end
    Receiver m_receiver;                       //!< the user
    Connected m_connected;                     //!< hears of connections
    std::string_view m_interface;              //!< name in traces
    uint16_t m_port{0};                        //!< TCP port
    Time m_reconnectInterval{Seconds(1)};      //!< pause before a client's next attempt
    uint64_t m_dropped{0};                     //!< calls of `Dropped`

    TracedCallback<const SbiOperation&, bool, uint32_t> m_sentTrace; //!< MessageSent
    TracedCallback<Ipv4Address, ByteView> m_pduSentTrace;            //!< PduSent
    TracedCallback<Ipv4Address, ByteView> m_pduReceivedTrace;        //!< PduReceived
    TracedCallback<Ipv4Address, const std::string&> m_droppedTrace;  //!< Dropped
};

} // namespace ns3::mbs

#endif // MBS_AP_TRANSPORT_H

// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_OCTET_STREAM_H
#define MBS_OCTET_STREAM_H

#include "ns3/mbs-bytes.h"

#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/simple-ref-count.h"

#include <functional>
#include <memory>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What one end of a stream hands to the other in place of octets.
 */
struct StreamParcel
{
    virtual ~StreamParcel();

    uint32_t octets{0}; //!< how many it stands for
};

/**
 * @ingroup mbs
 * @brief A connection that carries octets in order between two nodes.
 *
 * Over ns-3's TCP (TcpStream), or without any protocol where both nodes have an IdealTransport and
 * a link between them. Connect() takes the second where it is there.
 *
 * After Close() or Abandon() no event arrives any more.
 */
class OctetStream : public SimpleRefCount<OctetStream>
{
  public:
    /** What a stream tells its user. */
    struct Events
    {
        std::function<void()> connected;            //!< the connection is up
        std::function<void(ByteView)> received;     //!< octets, in order
        std::function<void(StreamParcel&)> arrived; //!< what was handed over, in order
        std::function<void()> writable;             //!< the transport took all that was written
        std::function<void()> closed;               //!< the connection ended or could not be made
    };

    /**
     * @brief Opens a connection.
     * @param node where the stream starts
     * @param peer address of the listener
     * @param port port of the listener
     * @param events what to call; never called before this function has returned
     * @return the stream, not yet connected
     */
    static Ptr<OctetStream> Connect(Ptr<Node> node, Ipv4Address peer, uint16_t port, Events events);

    virtual ~OctetStream();

    /** @param events what to call from now on */
    void SetEvents(Events events);

    /** @return true between the connection's establishment and its end */
    bool IsUp() const;

    /** @return address of the other end */
    Ipv4Address Peer() const;

    /** @return port of the other end */
    uint16_t PeerPort() const;

    /**
     * @brief Sends octets, as soon as the connection is up and the transport takes them.
     * @param octets what to send
     */
    virtual void Write(ByteView octets) = 0;

    /**
     * @brief Like Write(), for octets that the caller needs no more.
     * @param octets what to send
     */
    virtual void Give(Bytes octets);

    /** @return true if Hand() may be used: no octet is ever looked at on the way */
    virtual bool TakesParcels() const;

    /**
     * @brief Sends something in place of octets, which takes as long as they would have; only on a
     * stream that takes parcels, and only while it is up.
     * @param parcel what to send
     */
    virtual void Hand(std::unique_ptr<StreamParcel> parcel);

    /** @return how many written octets the transport did not take yet */
    virtual std::size_t Waiting() const = 0;

    /**
     * @brief Closes the connection after what the transport took; octets that still wait are
     * dropped.
     *
     * No event is called any more.
     */
    virtual void Close() = 0;

    /** @brief Lets go of the connection without a word to the other end; no event any more. */
    virtual void Abandon() = 0;

  protected:
    /**
     * @param peer address of the other end
     * @param port port of the other end
     * @param up true if the connection is up already
     */
    OctetStream(Ipv4Address peer, uint16_t port, bool up);

    Events m_events; //!< the user
    bool m_up;       //!< connected

  private:
    Ipv4Address m_peer; //!< the other end
    uint16_t m_port;    //!< the other end
};

/**
 * @ingroup mbs
 * @brief Accepts connections of every kind that OctetStream::Connect() makes, until it is let go
 * of.
 */
class OctetListener : public SimpleRefCount<OctetListener>
{
  public:
    /** Called for each connection, which is up, has no events yet and ends if nobody keeps it. */
    using Accepted = std::function<void(Ptr<OctetStream> stream)>;

    /**
     * @brief Starts to listen; stops the simulation with a sentence if the port is taken.
     * @param node where
     * @param port on which port of all its addresses
     * @param accepted what to call
     * @return the listener
     */
    static Ptr<OctetListener> Listen(Ptr<Node> node, uint16_t port, Accepted accepted);

    /** Accepts no more connections; those accepted go on. */
    virtual ~OctetListener();

  protected:
    OctetListener();
};

} // namespace ns3::mbs

#endif // MBS_OCTET_STREAM_H

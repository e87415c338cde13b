// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_IDEAL_TRANSPORT_H
#define MBS_IDEAL_TRANSPORT_H

#include "mbs-octet-stream.h"

#include "ns3/data-rate.h"
#include "ns3/nstime.h"
#include "ns3/object.h"

#include <map>
#include <memory>
#include <unordered_map>

namespace ns3::mbs
{

class IdealStream;

/**
 * @ingroup mbs
 * @brief Carries octet streams over the links of a node without TCP, IP or packets: what a link
 * costs is its delay and the time that the octets take at its rate.
 *
 * For runs that are about something else than transport: a message is one event and no header, is
 * never lost, never split and never waits for an acknowledgement. A connection takes one round trip
 * to come up, or to be refused where nobody listens. All streams over a link share its rate, in the
 * order in which they write.
 *
 * Aggregated to a node. It reaches neighbours that have one too: the node itself, and the other end
 * of each link whose channel has two devices. Delay and rate are the channel's attribute `Delay`
 * and the device's `DataRate` when the neighbour is first talked to; without these attributes they
 * cost nothing. Receive error models and captures of the devices see nothing of it.
 */
class IdealTransport : public Object
{
  public:
    /** @return the TypeId ns3::mbs::IdealTransport */
    static TypeId GetTypeId();

    IdealTransport();
    ~IdealTransport() override;

    /**
     * @param peer address of a node
     * @return true if it is this node or a neighbour that has an IdealTransport too
     */
    bool Reaches(Ipv4Address peer);

    /**
     * @brief Opens a connection.
     * @param peer an address for which Reaches() is true
     * @param port port of the listener
     * @param events what to call; never called before this function has returned
     * @return the stream, not yet connected
     */
    Ptr<OctetStream> Connect(Ipv4Address peer, uint16_t port, OctetStream::Events events);

    /**
     * @brief Accepts connections until the listener is let go of.
     * @param port on which port; stops the simulation with a sentence if it is taken
     * @param accepted what to call
     * @return the listener
     */
    Ptr<OctetListener> Listen(uint16_t port, OctetListener::Accepted accepted);

  protected:
    void DoDispose() override;

  private:
    friend class IdealStream;
    friend class IdealListener;

    /** What crosses a link. */
    struct Frame
    {
        /** What it is. */
        enum class Kind : uint8_t
        {
            OPEN,   //!< a connection is asked for
            ACCEPT, //!< and is up
            DATA,   //!< octets
            END     //!< of a connection, or it never was
        };

        Kind kind;            //!< what it is
        uint64_t from;        //!< number of the sender's stream
        uint64_t to;          //!< number of the receiver's stream; of OPEN the listener's port
        Ipv4Address fromNode; //!< the sender's address on the link
        Bytes octets;         //!< of DATA
        std::unique_ptr<StreamParcel> parcel; //!< of DATA, in place of octets

        /** @return octets that it takes time to send */
        uint32_t Size() const
        {
            return parcel ? parcel->octets : static_cast<uint32_t>(octets.size());
        }
    };

    /** The way to a neighbour. */
    struct Route
    {
        Ptr<IdealTransport> peer;  //!< at the other end; null if there is none
        uint32_t node{0};          //!< number of its node
        Ipv4Address local;         //!< this node's address as the neighbour knows it
        Time delay;                //!< of the link
        DataRate rate{0};          //!< of the link, 0 for no limit
        std::shared_ptr<Time> end; //!< until when the link is busy this way, for all its addresses
    };

    /** @param peer an address @return the way to it, which is kept */
    Route& RouteTo(Ipv4Address peer);

    /** @param peer an address @return the way to it, as the node's links are now */
    Route FindRoute(Ipv4Address peer);

    /**
     * @brief Sends a frame.
     * @param peer to whom
     * @param frame what; the sender's address is filled in
     */
    void Send(Ipv4Address peer, Frame frame);

    /** @param frame has arrived */
    void Receive(const std::shared_ptr<Frame>& frame);

    /** @param frame asks for a connection */
    void Accept(const Frame& frame);

    uint64_t m_lastStream{0};                             //!< last number given to a stream
    std::unordered_map<uint32_t, Route> m_routes;         //!< by address
    std::map<uint32_t, std::shared_ptr<Time>> m_busy;     //!< ends of sending, by device
    std::map<uint16_t, OctetListener::Accepted> m_ports;  //!< who listens
    std::unordered_map<uint64_t, IdealStream*> m_streams; //!< ends here that are in use, by number
};

} // namespace ns3::mbs

#endif // MBS_IDEAL_TRANSPORT_H

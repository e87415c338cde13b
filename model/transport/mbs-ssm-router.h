// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SSM_ROUTER_H
#define MBS_SSM_ROUTER_H

#include "mbs-sbi-message.h"

#include "ns3/mbs-igmp.h"

#include "ns3/event-id.h"
#include "ns3/ipv4-address.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/socket.h"
#include "ns3/traced-callback.h"

#include <map>
#include <set>
#include <tuple>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief The receiver's side of source-specific multicast: joins and leaves with IGMPv3 reports.
 *
 * A state change is reported at once and RobustnessVariable - 1 times again,
 * UnsolicitedReportInterval apart (RFC 3376 clauses 5.1, 8.1, 8.11; the RFC's random wait is taken
 * at its upper end). Reports go to 224.0.0.22 with TTL 1; ns-3's IPv4 header has no options, so the
 * router alert is missing.
 *
 * How a multicast datagram reaches a socket in ns-3: Ipv4ListRouting, which InternetStackHelper
 * installs, hands every multicast packet that arrives on any interface to the node itself, joined
 * or not, and then looks for a multicast route. A UDP socket bound to the port, with any address or
 * the group's, gets it. So joining decides whether a router sends the group here, not whether this
 * node would take it, and a receiver has to compare the sender's address with its source itself.
 */
class SsmMember : public Object
{
  public:
    /**
     * @brief Callback of the trace source `MessageSent`.
     * @param operation `N3mb` and `IGMPv3 Membership Report`
     * @param isResponse false
     * @param octets of the report, without IP header
     */
    using MessageCallback = void (*)(const SbiOperation& operation,
                                     bool isResponse,
                                     uint32_t octets);

    /** @return the TypeId ns3::mbs::SsmMember */
    static TypeId GetTypeId();

    SsmMember();
    ~SsmMember() override;

    /**
     * @brief Says on which node this is. Once, before all else.
     * @param node a node with an IPv4 stack; this object is disposed of with it
     */
    void Install(Ptr<Node> node);

    /**
     * @brief Asks for what a source sends to a group.
     * @param source the sender
     * @param group the multicast group
     * @param interface IPv4 interface through which to ask
     */
    void Join(Ipv4Address source, Ipv4Address group, uint32_t interface);

    /**
     * @brief Asks for it no longer. Nothing happens without a Join() before.
     * @param source the sender
     * @param group the multicast group
     * @param interface IPv4 interface through which it was asked for
     */
    void Leave(Ipv4Address source, Ipv4Address group, uint32_t interface);

  protected:
    void DoDispose() override;

  private:
    /** Source, group and interface. */
    using Key = std::tuple<Ipv4Address, Ipv4Address, uint32_t>;

    /** What was reported about a channel. */
    struct Channel
    {
        bool joined{false}; //!< the state to be reported
        uint32_t left{0};   //!< reports still to be sent
        EventId timer;      //!< the next of them
    };

    /**
     * @brief Begins to report a new state.
     * @param key source, group and interface
     * @param joined whether packets are wanted
     */
    void Change(const Key& key, bool joined);

    /**
     * @brief Sends a report and schedules the next repetition.
     * @param key source, group and interface
     */
    void Report(Key key);

    Ptr<Node> m_node;                          //!< where this runs
    std::map<uint32_t, Ptr<Socket>> m_sockets; //!< by interface
    std::map<Key, Channel> m_channels;         //!< joined, or being left
    uint32_t m_robustness{2};                  //!< reports per state change
    Time m_interval{Seconds(1)};               //!< between them

    TracedCallback<const SbiOperation&, bool, uint32_t> m_sentTrace; //!< MessageSent
};

/**
 * @ingroup mbs
 * @brief A router's side of source-specific multicast: IGMPv3 reports become multicast routes.
 *
 * Keeps the node's Ipv4StaticRouting up to date: what a source sends to a group, arriving through
 * the interface towards the source, goes out of all interfaces with members. Members are told apart
 * by address, so that on a shared link one may leave and the others stay. Where the source is not
 * on a link of this router, it joins upstream as a member itself (RFC 4605).
 *
 * Bounds: no queries are sent, so a member that vanishes without leaving stays; and ns-3's
 * Ipv4StaticRouting compares the group and the input interface but not the source, so two sources
 * that send to one group through one interface share one route, with the members of both.
 */
class SsmRouter : public Object
{
  public:
    /**
     * @brief Callback of the trace source `RouteChanged`.
     * @param source the sender
     * @param group the multicast group
     * @param outputs interfaces with members
     */
    using RouteCallback = void (*)(Ipv4Address source,
                                   Ipv4Address group,
                                   const std::set<uint32_t>& outputs);

    /**
     * @brief Callback of the trace source `Dropped`.
     * @param peer who sent it
     * @param reason what was wrong, one clause of a sentence
     */
    using DroppedCallback = void (*)(Ipv4Address peer, const std::string& reason);

    /** @return the TypeId ns3::mbs::SsmRouter */
    static TypeId GetTypeId();

    SsmRouter();
    ~SsmRouter() override;

    /**
     * @brief Says on which node this is, and starts to listen for reports. Once.
     * @param node a node whose IPv4 routing has an Ipv4StaticRouting; this object is disposed of
     *        with it
     */
    void Install(Ptr<Node> node);

    /**
     * @param source the sender
     * @param group the multicast group
     * @return interfaces with members
     */
    std::set<uint32_t> Outputs(Ipv4Address source, Ipv4Address group) const;

    /** @return how many reports or records were dropped */
    uint64_t DroppedCount() const;

  protected:
    void DoDispose() override;

  private:
    /** Members of a channel by the interface behind which they are. */
    using Members = std::map<uint32_t, std::set<Ipv4Address>>;

    /** Group and source. */
    using Channel = std::pair<Ipv4Address, Ipv4Address>;

    /**
     * @brief Reads reports.
     * @param socket has some
     */
    void OnReceive(Ptr<Socket> socket);

    /**
     * @brief Does what one record of a report says.
     * @param record the record
     * @param member who sent it
     * @param interface through which it came
     */
    void OnRecord(const IgmpGroupRecord& record, Ipv4Address member, uint32_t interface);

    /**
     * @brief Notes that a member joined or left.
     * @param channel group and source
     * @param member who
     * @param interface behind which it is
     * @param joined whether it joined
     */
    void Change(const Channel& channel, Ipv4Address member, uint32_t interface, bool joined);

    /**
     * @brief Makes the multicast routes of a group anew: ns-3's, and those of the node's
     * UdpFastPath if it has one.
     * @param group the group
     */
    void Rebuild(Ipv4Address group);

    /**
     * @brief Joins or leaves a channel at the router before this one, as members need it.
     * @param channel group and source
     */
    void Upstream(const Channel& channel);

    /**
     * @param source a sender
     * @return interface and next router towards it; -1 if there is no route, any address if it is
     * on a link of this router
     */
    std::pair<int32_t, Ipv4Address> Towards(Ipv4Address source) const;

    /**
     * @brief Reports something wrong.
     * @param peer who sent it
     * @param reason one clause of a sentence
     */
    void Drop(Ipv4Address peer, const std::string& reason);

    Ptr<Node> m_node;                      //!< where this runs
    Ptr<Socket> m_socket;                  //!< for reports
    Ptr<Ipv4StaticRouting> m_routing;      //!< holds the routes
    Ptr<SsmMember> m_upstream;             //!< joins towards sources
    std::map<Channel, Members> m_channels; //!< channels with members
    std::map<Channel, uint32_t> m_joined;  //!< joined upstream, through which interface
    std::set<std::tuple<Ipv4Address, Ipv4Address, uint32_t>> m_routes; //!< group, origin, input
    bool m_proxy{true};                                                //!< join upstream
    uint64_t m_dropped{0};                                             //!< calls of `Dropped`

    TracedCallback<Ipv4Address, Ipv4Address, const std::set<uint32_t>&>
        m_routeTrace;                                               //!< RouteChanged
    TracedCallback<Ipv4Address, const std::string&> m_droppedTrace; //!< Dropped
};

} // namespace ns3::mbs

#endif // MBS_SSM_ROUTER_H

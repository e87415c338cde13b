// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_CORE_TOPOLOGY_H
#define MBS_CORE_TOPOLOGY_H

#include "ns3/data-rate.h"
#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/point-to-point-net-device.h"

#include <array>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief The reference points of TS 23.247 clause 5.1 and TS 26.502 clause 4.2 that are IP links.
 */
enum class Interface : uint8_t
{
    NMB10, //!< AF - MBSF
    NMB8,  //!< AF - MBSTF
    NMB2,  //!< MBSF - MBSTF
    NMB1,  //!< MBSF - MB-SMF
    NMB9,  //!< MBSTF - MB-UPF
    N4MB,  //!< MB-SMF - MB-UPF
    N16MB, //!< MB-SMF - SMF
    N11MB, //!< MB-SMF - AMF
    N11,   //!< SMF - AMF
    N2,    //!< AMF - gNB
    N3MB,  //!< MB-UPF - backhaul router, backhaul router - gNB
    N3,    //!< UPF - gNB
    XN,    //!< gNB - gNB
    N6     //!< UPF - data network: MBSF, MBSTF, servers
};

/** How many there are. */
constexpr std::size_t INTERFACE_COUNT = 14;

/**
 * @ingroup mbs
 * @param interface a reference point
 * @return its name as the standard writes it, such as N16mb
 */
const char* ToString(Interface interface);

/**
 * @ingroup mbs
 * @brief What carries the messages of service-based interfaces and N2 between neighbours.
 */
enum class SignallingTransport : uint8_t
{
    TCP,  //!< ns-3's TCP over IP
    IDEAL //!< IdealTransport: delay and rate of the link and nothing else
};

/**
 * @ingroup mbs
 * @brief One IP link between two nodes.
 */
struct CoreLink
{
    Interface interface;                //!< which reference point
    std::string name;                   //!< of the node that the link belongs to, such as gnb-0
    Ptr<Node> a;                        //!< one end
    Ptr<Node> b;                        //!< the other
    Ipv4Address addressA;               //!< address at one end
    Ipv4Address addressB;               //!< address at the other
    uint32_t interfaceA;                //!< number of the IP interface at one end
    uint32_t interfaceB;                //!< number of the IP interface at the other
    Ptr<PointToPointNetDevice> deviceA; //!< device at one end
    Ptr<PointToPointNetDevice> deviceB; //!< device at the other
};

/**
 * @ingroup mbs
 * @brief Builds the IP network between the functions: a point-to-point link per pair of neighbours,
 * with a delay and a rate per reference point.
 *
 * The attributes are called after the reference points: `N16mbDelay`, `N16mbDataRate` and so on.
 */
class CoreTopology : public Object
{
  public:
    /** @return the TypeId ns3::mbs::CoreTopology */
    static TypeId GetTypeId();

    CoreTopology();
    ~CoreTopology() override;

    /**
     * @brief Gives a node an IP stack.
     * @param node a node without one
     */
    void InstallStack(Ptr<Node> node);

    /**
     * @brief Lays a link between two nodes that have an IP stack. Each link is a subnet of its own.
     * @param interface the reference point
     * @param name what to call the link in file names, such as gnb-0
     * @param a one end
     * @param b the other
     * @return the link
     */
    CoreLink Connect(Interface interface, const std::string& name, Ptr<Node> a, Ptr<Node> b);

    /** @return what carries SBI and N2 messages */
    SignallingTransport GetTransport() const;

    /** @return largest IP packet that a link carries, octets */
    uint16_t GetMtu() const;

    /** @return all links, in the order in which they were laid */
    const std::vector<CoreLink>& GetLinks() const;

    /**
     * @param interface a reference point
     * @return the delay of its links
     */
    Time GetDelay(Interface interface) const;

    /**
     * @param interface a reference point
     * @return the rate of its links
     */
    DataRate GetDataRate(Interface interface) const;

  private:
    /**
     * @brief Adds the attributes of a reference point.
     * @tparam I which
     * @param tid the TypeId
     * @param delay default of the delay
     * @param rate default of the rate
     * @return the TypeId
     */
    template <Interface I>
    static TypeId AddInterface(TypeId tid, const char* delay, const char* rate);

    /**
     * @brief Sets the delay of a reference point.
     * @tparam I which
     * @param delay of its links, not negative
     */
    template <Interface I>
    void SetDelayOf(Time delay);

    /**
     * @tparam I a reference point
     * @return the delay of its links
     */
    template <Interface I>
    Time GetDelayOf() const;

    /**
     * @brief Sets the rate of a reference point.
     * @tparam I which
     * @param rate of its links, above 0
     */
    template <Interface I>
    void SetDataRateOf(DataRate rate);

    /**
     * @tparam I a reference point
     * @return the rate of its links
     */
    template <Interface I>
    DataRate GetDataRateOf() const;

    std::array<Time, INTERFACE_COUNT> m_delay;                 //!< by interface
    std::array<DataRate, INTERFACE_COUNT> m_rate;              //!< by interface
    SignallingTransport m_transport{SignallingTransport::TCP}; //!< of SBI and N2
    uint16_t m_mtu{9216};                                      //!< of all links, octets
    bool m_fastPath{true};                                     //!< attribute UserPlaneFastPath
    std::vector<CoreLink> m_links; //!< in the order in which they were laid
};

} // namespace ns3::mbs

#endif // MBS_CORE_TOPOLOGY_H

// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_HELPER_H
#define MBS_HELPER_H

#include "mbs-core-network.h"
#include "mbs-join-schedule.h"
#include "mbs-network-plan.h"
#include "mbs-ordered-arrivals.h"
#include "mbs-radio-network.h"
#include "mbs-unicast-path.h"
#include "mbs-user-plane-security.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Builds a network with MBS sessions: all functions on nodes of their own, the links between
 * them, gNBs with a cell each, and UEs spread evenly over gNBs and SMFs, gNBs over AMFs. There is
 * one session unless SetSessions() says otherwise.
 *
 *     AF --Nmb10-- MBSF --Nmb1-- MB-SMF --N16mb-- SMF --N11-- AMF --N2-- gNB ))) UE
 *      |            |Nmb2          |N4mb   \------N11mb-------/           |
 *      +---Nmb8-- MBSTF --Nmb9-- MB-UPF --N3mb-- backhaul router --N3mb---+
 *
 * On request there is a UPF too, over which UEs exchange unicast IP packets: see UnicastPath.
 *
 * In the user-plane procedure (attribute `Mbsf::Procedure`) there are the UPF, an MBSSF on the node
 * of the MBSF or the MBSTF, and on each UE an IP stack and an MbsfClient. Where the keys that cross
 * Nmb2 are internal, MBSF and MBSTF may share one node; they then talk over its loopback.
 *
 * UEs are registered and connected and have a PDU session when the run begins; the functions are
 * told so. Set the counts, then Build(), then AssignStreams(), then JoinAll().
 */
class MbsHelper
{
  public:
    MbsHelper();
    ~MbsHelper();

    /**
     * @brief Sets how many there are.
     * @param ues at least 1
     * @param gnbs at least 1, at most as many as UEs
     * @param smfs at least 1, at most as many as UEs
     * @param amfs at least 1, at most as many as gNBs; each gNB is connected to one
     */
    void SetCounts(uint32_t ues, uint32_t gnbs, uint32_t smfs, uint32_t amfs = 1);

    /** @param ues how many UEs, the last ones, may not join the session */
    void SetUnauthorized(uint32_t ues);

    /**
     * @brief Sets how many MBS sessions there are; one without this call. Session 0 is the first.
     * @param sessions at least 1
     * @param perUe how many of them each UE is for, a share that goes round; 0 for all
     * @param stagger from the start of one session to that of the next
     */
    void SetSessions(uint32_t sessions, uint32_t perUe = 0, Time stagger = Seconds(0));

    /**
     * @brief Lets each UE ask for all its sessions in one request, or in as few as they fit into,
     * once the last session has started.
     */
    void JoinTogether();

    /**
     * @brief Makes the sessions broadcast sessions, which UEs receive without joining. Needs the
     * user-plane procedure (TS 33.501 W.4.1.1).
     * @param gnbs numbers of the gNBs that are in the service area; all if empty
     */
    void SetBroadcast(const std::vector<uint32_t>& gnbs);

    /** @param gnbs numbers of gNBs, all if empty @return their cells as a service area */
    sbi::MbsServiceArea GetServiceArea(const std::vector<uint32_t>& gnbs) const;

    /** @param traffic what the AF sends, in each session */
    void SetTraffic(std::shared_ptr<const TrafficPlan> traffic);

    /** @param factory makes the radio link of the channel, in place of its attribute `Link` */
    void SetRadioLink(const ObjectFactory& factory);

    /**
     * @brief Says where gNBs and UEs are; needed for, and only for, a SinrRadioLink. A UE is served
     * by the gNB that it receives best.
     * @param scenario places of as many gNBs and UEs as there are
     */
    void SetRadioScenario(std::shared_ptr<const RadioScenario> scenario);

    /**
     * @brief Has a UPF built, with N3 to the gNBs and N6 to MBSF and MBSTF, and PDU sessions with
     * addresses and tunnels. The attribute `Ue::IpStack` does so by itself; without it UEs have the
     * path but no IP stack.
     */
    void EnableUnicast();

    /**
     * @brief Has packets that come over links that may be cut arrive in the order of these links if
     * they do so at the same instant, as with several processes; see OrderedArrivals.
     */
    void OrderArrivals();

    /**
     * @brief With several processes, see Ranks, says which one has what. Without this call all have
     * as many gNBs, and the first one the core.
     * @param share of the network that SetCounts() says, see ShareOut()
     */
    void SetRanks(const RankShare& share);

    /** @brief Prepares for UEs that lose their cells, see LoseCellAt(); to be called before
     * Build().
     */
    void EnableOutages();

    /**
     * @brief Says how UEs that move get from cell to cell; to be called before Build(). Needs a
     * RadioScenario whose UEs move, one AMF, UEs that are not sent to sleep, and no unicast path.
     * @param mobility how
     */
    void SetMobility(Mobility mobility);

    /** @return how UEs that move get from cell to cell */
    Mobility GetMobility() const;

    /** @return what watches over the radio links of UEs that move, or null */
    Ptr<RadioLinkMonitor> GetRadioLinkMonitor() const;

    /** @return what measures for UEs that report event A3, or null */
    Ptr<UeMeasurements> GetMeasurements() const;

    /** @return true if UEs may lose their cells */
    bool HasOutages() const;

    /**
     * @brief Connects gNBs that have the same AMF by Xn, see HandOverAt(), and prepares for
     * outages; to be called before Build().
     */
    void EnableHandovers();

    /**
     * @brief Looks for attribute values that ns-3's checkers let pass and that no network can be
     * built with: a rate of 0, packets larger than the links carry, digits that are none, groups
     * that are not multicast.
     * @throws UserError naming the attribute, the value, what it must be, and the fix
     */
    void CheckAttributes() const;

    /** @brief Makes nodes, links and functions. */
    void Build();

    /**
     * @brief Gives all random variables fixed streams.
     * @param stream first stream
     * @return how many streams were taken
     */
    int64_t AssignStreams(int64_t stream);

    /**
     * @brief Has every UE ask to join its sessions, or begin to receive those that are broadcast.
     * @param start when the first one may ask for session 0; further sessions are later by what
     * they start later
     * @param window over which they are spread, each at a random instant
     */
    void JoinAll(Time start, Time window);

    /**
     * @brief Lets every UE leave again, and come back; to be called before JoinAll().
     * @param stay draws how long it stays after it joined, seconds; null for ever
     * @param away draws how long it stays out after it left, seconds; null for ever
     */
    void SetStay(const Ptr<RandomVariableStream>& stay, const Ptr<RandomVariableStream>& away);

    /**
     * @brief Has a UE ask to leave a session.
     * @param ue number of the UE
     * @param at when
     * @param session number of the session
     */
    void LeaveAt(uint32_t ue, Time at, uint32_t session = 0) const;

    /**
     * @brief Has the gNB of a UE hand it over to another one with the same AMF. For UEs that are
     * not sent to sleep, without a unicast path, which does not follow the UE; EnableHandovers()
     * must have been called. What is not possible then is reported by Gnb's `HandoverFailed`.
     * @param ue number of the UE
     * @param at when the gNB decides so
     * @param gnb number of the gNB that the UE shall go to
     */
    void HandOverAt(uint32_t ue, Time at, uint32_t gnb) const;

    /**
     * @brief Has a UE lose its cell, as if it were out of coverage, and come back. For UEs that are
     * not sent to sleep; EnableOutages() must have been called. Another gNB must have the same AMF,
     * and may be named only if there is no unicast path, which does not follow the UE.
     * @param ue number of the UE
     * @param at when it loses it
     * @param duration how long it is out of coverage
     * @param gnb in whose cell it comes back; the one that it lost, if none
     */
    void LoseCellAt(uint32_t ue,
                    Time at,
                    Time duration,
                    std::optional<uint32_t> gnb = std::nullopt) const;

    /**
     * @brief Has the network remove a UE from a session, as if its subscription had changed.
     * @param ue number of the UE
     * @param at when
     * @param session number of the session
     */
    void RemoveAt(uint32_t ue, Time at, uint32_t session = 0) const;

    /**
     * @brief Has the AFs end all sessions.
     * @param at when
     */
    void ReleaseAt(Time at) const;

    /** Gives the path to write a file to, such as OutputFolder::Reserve(). */
    using PathOf = std::function<std::string(const std::string& name)>;

    /**
     * @brief Writes what passes on every IP link: `pcap/<node>-<interface>.pcap`.
     * @param pathOf called with the name of each file
     */
    void EnablePcap(const PathOf& pathOf) const;

    /**
     * @brief Lets go of everything, behind Simulator::Destroy(), so that captures are closed.
     */
    void Clear();

    /** @param session number of a session @return its name */
    const Tmgi& GetTmgi(uint32_t session = 0) const;

    /** @return names of all sessions, by number */
    std::vector<Tmgi> GetTmgis() const;

    /** @param ue number of a UE @return numbers of the sessions that it is for, ascending */
    std::vector<uint32_t> GetSessionsOf(uint32_t ue) const;

    /** @return the IP network */
    Ptr<CoreTopology> GetTopology() const;
    /** @return the air */
    Ptr<RadioChannel> GetRadioChannel() const;
    /** @param session number of a session @return its AF */
    Ptr<Af> GetAf(uint32_t session = 0) const;
    /** @return the AFs, by session */
    const std::vector<Ptr<Af>>& GetAfs() const;
    /** @return the MBSF */
    Ptr<Mbsf> GetMbsf() const;
    /** @return the MBSTF */
    Ptr<Mbstf> GetMbstf() const;
    /** @return the MB-SMF */
    Ptr<MbSmf> GetMbSmf() const;
    /** @return the MB-UPF */
    Ptr<MbUpf> GetMbUpf() const;
    /** @param amf number of an AMF @return the AMF */
    Ptr<Amf> GetAmf(uint32_t amf = 0) const;
    /** @return the AMFs */
    const std::vector<Ptr<Amf>>& GetAmfs() const;
    /** @return the MBSSF, or null in the control-plane procedure */
    Ptr<Mbssf> GetMbssf() const;
    /** @return the UEs' clients of the MBSSF, by UE; none in the control-plane procedure */
    const std::vector<Ptr<MbsfClient>>& GetMbsfClients() const;
    /** @param ue number of a UE @return its B-TID or A-KID; empty in the control-plane procedure */
    std::string GetUserIdOf(uint32_t ue) const;
    /** @return how keys reach the UEs */
    SecurityProcedure GetProcedure() const;
    /** @return the UPF, or null if no unicast path was asked for */
    Ptr<Upf> GetUpf() const;
    /** @return the SMFs */
    const std::vector<Ptr<Smf>>& GetSmfs() const;
    /** @return the gNBs */
    const std::vector<Ptr<Gnb>>& GetGnbs() const;
    /** @param ue number of a UE @return its radio */
    Ptr<UeRadioDevice> GetRadio(uint32_t ue) const;
    /** @return the cells, by gNB */
    const std::vector<Ptr<GnbRadioDevice>>& GetCells() const;
    /** @return the UEs */
    const std::vector<Ptr<Ue>>& GetUes() const;

    /** @param ue number of a UE @return number of its gNB */
    uint32_t GetGnbOf(uint32_t ue) const;
    /** @param ue number of a UE @return number of its AMF, which is that of its gNB */
    uint32_t GetAmfOf(uint32_t ue) const;
    /** @param ue number of a UE @return number of its SMF */
    uint32_t GetSmfOf(uint32_t ue) const;
    /** @param ue number of a UE @return name of its PDU session at its SMF */
    static std::string GetSmContextRefOf(uint32_t ue);
    /** @param ue number of a UE @return its name in the core */
    std::string GetSupiOf(uint32_t ue) const;
    /** @param ue number of a UE, with a unicast path @return its IP address */
    Ipv4Address GetUeAddress(uint32_t ue) const;
    /** @return the MBSF's end of its N6 link, with a unicast path: where UEs reach it */
    Ipv4Address GetMbsfN6() const;
    /** @return the MBSTF's end of its N6 link, with a unicast path: where UEs reach it */
    Ipv4Address GetMbstfN6() const;

    /**
     * @brief Connects a server to the UPF at N6, behind Build() of a network with a unicast path.
     * @param name of the server, for the name of the link
     * @param server a node with an IP stack, see CoreTopology::InstallStack()
     * @return the server's address, where UEs reach it
     */
    Ipv4Address ConnectServer(const std::string& name, Ptr<Node> server) const;

  private:
    /** @brief Makes the unicast path. */
    void BuildUnicast();

    NetworkPlan m_plan;                             //!< what is built
    std::unique_ptr<JoinSchedule> m_joins;          //!< when UEs join and leave
    std::unique_ptr<CoreNetwork> m_core;            //!< functions of the core
    std::unique_ptr<RadioNetwork> m_radio;          //!< gNBs and UEs
    std::unique_ptr<UnicastPath> m_path;            //!< UPF and PDU sessions, or null
    std::unique_ptr<UserPlaneSecurity> m_userPlane; //!< MBSSF and its clients, or null
    std::unique_ptr<OrderedArrivals> m_arrivals;    //!< at links that may be cut, or null
    bool m_orderArrivals{false};                    //!< there shall be some
    Ipv4Address m_mbsfN6;                           //!< where UEs reach the MBSF
    Ipv4Address m_mbstfN6;                          //!< where UEs reach the MBSTF
};

} // namespace ns3::mbs

#endif // MBS_HELPER_H

// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NETWORK_PLAN_H
#define MBS_NETWORK_PLAN_H

#include "mbs-radio-scenario.h"
#include "mbs-rank-balance.h"

#include "ns3/mbs-traffic-plan.h"

#include "ns3/nstime.h"
#include "ns3/object-factory.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief How a UE that moves gets from cell to cell.
 */
enum class Mobility : uint8_t
{
    NONE,               //!< not at all: it keeps its cell however weak that becomes
    RADIO_LINK_FAILURE, //!< by itself, when its radio link has failed
    EVENT_A3            //!< its gNB hands it over when it reports event A3; else as before
};

/**
 * @ingroup mbs
 * @brief What network is to be built: how many of each, and who is served by whom.
 */
struct NetworkPlan
{
    uint32_t ues{1};           //!< how many UEs, at least 1
    uint32_t gnbs{1};          //!< how many gNBs, 1 to ues
    uint32_t smfs{1};          //!< how many SMFs, 1 to ues
    uint32_t amfs{1};          //!< how many AMFs, 1 to gnbs
    uint32_t unauthorized{0};  //!< how many UEs, the last ones, may not join
    uint32_t sessions{1};      //!< how many MBS sessions, at least 1
    uint32_t sessionsPerUe{0}; //!< how many each UE is for, 0 for all
    Time sessionStagger;       //!< from the start of one session to the next
    bool joinTogether{false};  //!< one request for all sessions of a UE
    std::optional<std::vector<uint32_t>>
        broadcastGnbs;                          //!< if sessions are broadcast, where; empty for all
    std::shared_ptr<const TrafficPlan> traffic; //!< what the AF sends
    std::optional<ObjectFactory> radioLink;     //!< makes the radio link, if it was set
    std::shared_ptr<const RadioScenario> radioScenario; //!< where gNBs and UEs are, or null
    bool unicast{false};                                //!< with a UPF, see UnicastPath
    bool outages{false};                                //!< UEs may lose their cells
    Mobility mobility{Mobility::NONE};                  //!< what UEs that move do; see outages
    bool handovers{false};                              //!< gNBs are connected by Xn
    std::optional<RankShare> ranks; //!< which process has what; all in one if nothing is said

    /** @param gnb number of a gNB @return the process that it belongs to, see Ranks */
    uint32_t RankOfGnb(uint32_t gnb) const
    {
        return ranks ? ranks->gnbs.at(gnb) : 0;
    }

    /** @param amf number of an AMF @return the process that it belongs to, see Ranks */
    uint32_t RankOfAmf(uint32_t amf) const
    {
        return ranks ? ranks->amfs.at(amf) : 0;
    }

    /** @param smf number of an SMF @return the process that it belongs to, see Ranks */
    uint32_t RankOfSmf(uint32_t smf) const
    {
        return ranks ? ranks->smfs.at(smf) : 0;
    }

    /** @param ue number of a UE @return number of its gNB if it does not matter where they are */
    uint32_t GnbOf(uint32_t ue) const
    {
        return ue % gnbs;
    }

    /** @param gnb number of a gNB @return number of the AMF that it is connected to */
    uint32_t AmfOfGnb(uint32_t gnb) const
    {
        return gnb % amfs;
    }

    /** @param ue number of a UE @return number of its SMF */
    uint32_t SmfOf(uint32_t ue) const
    {
        return ue % smfs;
    }

    /**
     * @brief Which sessions a UE is for: all, or a share that begins where that of the UE before it
     * ended, so that all sessions get equally many UEs. Each round of the sessions begins with the
     * next one, so that a session's UEs are spread over cells and SMFs.
     * @param ue number of a UE
     * @return numbers of the sessions, ascending
     */
    std::vector<uint32_t> SessionsOf(uint32_t ue) const;

    /** @param ue number of a UE @return true if it may join */
    bool IsAuthorized(uint32_t ue) const
    {
        return ue + unauthorized < ues;
    }
};

} // namespace ns3::mbs

#endif // MBS_NETWORK_PLAN_H

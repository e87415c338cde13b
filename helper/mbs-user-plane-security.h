// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_USER_PLANE_SECURITY_H
#define MBS_USER_PLANE_SECURITY_H

#include "mbs-core-network.h"

#include "ns3/mbs-key-generator.h"
#include "ns3/mbs-mbsf-client.h"
#include "ns3/mbs-mbssf.h"
#include "ns3/mbs-ue.h"

#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Builds what the user-plane procedure needs beside the functions of the core: the MBSSF on
 * the node of the MBSF or the MBSTF, an MbsfClient on each UE, and the keys of both, as
 * bootstrapping or AKMA would have given them (TS 33.501 W.4.1.3).
 */
class UserPlaneSecurity
{
  public:
    /**
     * @param plan what is built
     * @param core its functions
     * @param ues the UEs, by number
     * @param mbssfAddress where UEs reach the MBSSF
     */
    UserPlaneSecurity(const NetworkPlan& plan,
                      const CoreNetwork& core,
                      const std::vector<Ptr<Ue>>& ues,
                      Ipv4Address mbssfAddress);

    /**
     * @brief Gives all random variables fixed streams, and draws all users' keys anew.
     * @param stream first stream
     * @return how many streams were taken
     */
    int64_t AssignStreams(int64_t stream);

    /** @return the MBSSF */
    Ptr<Mbssf> GetMbssf() const;

    /** @return the clients, by UE */
    const std::vector<Ptr<MbsfClient>>& GetClients() const;

    /** @param ue number of a UE @return its B-TID or A-KID */
    const std::string& GetUserIdOf(uint32_t ue) const;

  private:
    /** @brief Gives MBSSF and UEs the keys that bootstrapping or AKMA would have given them. */
    void Bootstrap();

    /**
     * @brief Draws the keys of a user.
     * @param supi the UE's name in the core
     * @param home the home network's domain
     * @return name and keys
     */
    MbssfUser MakeUser(const std::string& supi, const std::string& home) const;

    NetworkPlan m_plan;                     //!< what is built
    PlmnId m_plmn;                          //!< home of the UEs
    std::vector<std::string> m_serviceIds;  //!< of the user services
    std::vector<std::string> m_supis;       //!< by UE
    Ptr<Mbssf> m_mbssf;                     //!< MBSSF
    std::vector<Ptr<MbsfClient>> m_clients; //!< by UE
    std::vector<std::string> m_userIds;     //!< B-TID or A-KID, by UE
    Ptr<KeyGenerator> m_bootstrapping;      //!< K_AUSF or Ks of the UEs
};

} // namespace ns3::mbs

#endif // MBS_USER_PLANE_SECURITY_H

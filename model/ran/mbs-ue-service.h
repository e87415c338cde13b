// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_UE_SERVICE_H
#define MBS_UE_SERVICE_H

#include "ns3/mbs-tmgi.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What carries the user services of a UE's multicast sessions, as far as the UE needs it.
 */
class UeService
{
  public:
    virtual ~UeService() = default;

    /**
     * @brief The UE is about to ask to leave a session. Who is still registered for the service
     * then would be sent the key that shuts out who has left.
     * @param tmgi the session
     * @return true if there is something to be done first, after which Ue::ServiceLeft() is called
     */
    virtual bool LeaveService(const Tmgi& tmgi) = 0;

    /** @param tmgi a session that the network does not let the UE leave */
    virtual void StayInService(const Tmgi& tmgi) = 0;
};

} // namespace ns3::mbs

#endif // MBS_UE_SERVICE_H

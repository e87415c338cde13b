// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MOBILITY_WATCH_H
#define MBS_MOBILITY_WATCH_H

#include "mbs-helper.h"

#include "ns3/mbs-mobility-ledger.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Tells the ledger of mobility what UEs do, which it hears from the radio channel.
 */
class MobilityWatch
{
  public:
    MobilityWatch() = default;
    MobilityWatch(const MobilityWatch&) = delete;
    MobilityWatch& operator=(const MobilityWatch&) = delete;

    /** @param network is listened to from now on */
    void Connect(const MbsHelper& network);

    /** @return what UEs did */
    const MobilityLedger& GetLedger() const;

  private:
    /**
     * @brief A UE has lost its cell.
     * @param ue number of the UE
     * @param gnb number of the gNB of the cell
     * @param cause why
     */
    void CellLost(uint32_t ue, uint32_t gnb, CellLoss cause);

    /** @param ue number of a UE @param gnb number of the gNB of its cell from now on */
    void UeAttached(uint32_t ue, uint32_t gnb);

    /**
     * @brief A UE began or ceased to listen.
     * @param ue number of the UE
     * @param tmgi to which session
     * @param reception what it does from now on
     */
    void ReceptionChanged(uint32_t ue, const Tmgi& tmgi, Reception reception);

    MobilityLedger m_ledger; //!< is told
};

} // namespace ns3::mbs

#endif // MBS_MOBILITY_WATCH_H

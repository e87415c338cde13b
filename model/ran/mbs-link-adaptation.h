// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_LINK_ADAPTATION_H
#define MBS_LINK_ADAPTATION_H

#include "ns3/object.h"

#include <cstdint>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Chooses the modulation and coding scheme of transmissions from the SINR of their
 * receivers, which the cell knows exactly and at once.
 */
class LinkAdaptation : public Object
{
  public:
    /** How the scheme of a group is found. */
    enum class GroupPolicy : uint8_t
    {
        FIXED,     //!< always the same
        PERCENTILE //!< that of a UE of the group
    };

    /** @return the TypeId ns3::mbs::LinkAdaptation */
    static TypeId GetTypeId();

    LinkAdaptation();
    ~LinkAdaptation() override;

    /**
     * @param bits size of the transport block
     * @param sinrDb of the receiver, dB
     * @return I_MCS for a transmission to or from one UE
     */
    uint8_t SelectMcs(uint32_t bits, double sinrDb) const;

    /**
     * @param sinrsDb of the receivers of a group, dB, at least one
     * @return SINR of the one that counts, dB
     */
    double GetGroupSinrDb(std::vector<double> sinrsDb) const;

    /**
     * @param bits size of the transport block
     * @param sinrDb of the receiver that counts, dB
     * @return I_MCS for a transmission to a group
     */
    uint8_t SelectGroupMcs(uint32_t bits, double sinrDb) const;

    /** @return true if SelectGroupMcs() looks at the receivers at all */
    bool NeedsReceivers() const;

  private:
    double m_target{0.1};                          //!< block error rate
    double m_groupTarget{0.001};                   //!< block error rate of a group's UE
    GroupPolicy m_policy{GroupPolicy::PERCENTILE}; //!< attribute
    uint8_t m_groupMcs{4};                         //!< if it is fixed
    double m_percentile{0};                        //!< which UE counts, percent
};

} // namespace ns3::mbs

#endif // MBS_LINK_ADAPTATION_H

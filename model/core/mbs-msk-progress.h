// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MSK_PROGRESS_H
#define MBS_MSK_PROGRESS_H

#include <cstddef>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief How far a new MSK has got: of the UEs that it was sent to, how many have confirmed it.
 *
 * UEs that go away, or are given up, are not waited for any more and do not count.
 */
class MskProgress
{
  public:
    MskProgress() = default;

    /**
     * @param share of the UEs that must have confirmed it, above 0, up to 1
     * @param ues to which it is sent
     */
    MskProgress(double share, std::size_t ues)
        : m_share(share),
          m_outstanding(ues)
    {
    }

    /** @brief A UE has confirmed it. */
    void Confirmed()
    {
        ++m_confirmed;
        GoneAway();
    }

    /** @brief A UE is not going to confirm it. */
    void GoneAway()
    {
        m_outstanding -= m_outstanding > 0 ? 1 : 0;
    }

    /** @return true the first time that the share is reached, with no UE at all it is at once */
    bool IsNewlyReached()
    {
        // What a product such as 0.07 x 100 has too much must not ask for one UE more.
        constexpr double ROUNDING = 1e-9;
        const auto all = static_cast<double>(m_confirmed + m_outstanding);
        const bool reached = static_cast<double>(m_confirmed) >= m_share * all - ROUNDING;
        const bool newly = reached && !m_told;
        m_told = m_told || reached;
        return newly;
    }

  private:
    double m_share{1};            //!< of the UEs
    std::size_t m_outstanding{0}; //!< UEs that have not answered
    std::size_t m_confirmed{0};   //!< UEs that have
    bool m_told{false};           //!< IsNewlyReached() has returned true
};

} // namespace ns3::mbs

#endif // MBS_MSK_PROGRESS_H

// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RNTI_SET_H
#define MBS_RNTI_SET_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief A set of RNTIs of one cell. A gNB gives them out one after the other, so that a bit for
 * each is less than a node of a tree for each UE that is in.
 */
class RntiSet
{
  public:
    /** @param rnti is in from now on @return true if it was not */
    bool Insert(uint32_t rnti)
    {
        if (rnti >= m_in.size())
        {
            m_in.resize(std::size_t{rnti} + 1);
        }
        const bool added = !m_in[rnti];
        m_in[rnti] = true;
        m_count += added ? 1 : 0;
        return added;
    }

    /** @param rnti is not in from now on @return true if it was */
    bool Erase(uint32_t rnti)
    {
        const bool erased = Contains(rnti);
        if (erased)
        {
            m_in[rnti] = false;
            --m_count;
        }
        return erased;
    }

    /** @param rnti an RNTI @return true if it is in */
    bool Contains(uint32_t rnti) const
    {
        return rnti < m_in.size() && m_in[rnti];
    }

    /** @return true if none is in */
    bool IsEmpty() const
    {
        return m_count == 0;
    }

    /** @return those that are in, the smallest first */
    std::vector<uint32_t> All() const
    {
        std::vector<uint32_t> all;
        all.reserve(m_count);
        for (std::size_t rnti = 0; rnti < m_in.size(); ++rnti)
        {
            if (m_in[rnti])
            {
                all.push_back(static_cast<uint32_t>(rnti));
            }
        }
        return all;
    }

  private:
    std::vector<bool> m_in; //!< by RNTI
    std::size_t m_count{0}; //!< of those that are in
};

} // namespace ns3::mbs

#endif // MBS_RNTI_SET_H

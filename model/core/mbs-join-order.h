// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_JOIN_ORDER_H
#define MBS_JOIN_ORDER_H

#include "ns3/mbs-foresight.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Who is in a group, in the order in which they came. A member costs 16 octets and a seat
 * for a while after it has gone: seats of those who left are given up once they are the most.
 * @tparam Member what is in the group; kept by its owner
 */
template <typename Member>
class JoinOrder
{
  public:
    /** @param member comes, as the last one @return its place, for Remove() */
    uint64_t Add(Member* member)
    {
        m_seats.emplace_back(m_next, member);
        return m_next++;
    }

    /** @param place of a member that goes; nothing happens if it has gone before */
    void Remove(uint64_t place)
    {
        const auto seat = std::lower_bound(
            m_seats.begin(),
            m_seats.end(),
            place,
            [](const auto& entry, uint64_t wanted) { return entry.first < wanted; });
        if (seat == m_seats.end() || seat->first != place || seat->second == nullptr)
        {
            return;
        }
        seat->second = nullptr;
        ++m_left;
        if (2 * m_left > m_seats.size())
        {
            m_seats.erase(std::remove_if(m_seats.begin(),
                                         m_seats.end(),
                                         [](const auto& entry) { return entry.second == nullptr; }),
                          m_seats.end());
            m_left = 0;
        }
    }

    /** @return how many there are */
    std::size_t Size() const
    {
        return m_seats.size() - m_left;
    }

    /** @param visit called with each, who must not come or go meanwhile */
    template <typename Visit>
    void ForEach(Visit&& visit) const
    {
        for (std::size_t i = 0; i < m_seats.size(); ++i)
        {
            if (i + FORESIGHT < m_seats.size())
            {
                Foresee(m_seats[i + FORESIGHT].second, sizeof(Member));
            }
            if (m_seats[i].second != nullptr)
            {
                visit(*m_seats[i].second);
            }
        }
    }

  private:
    std::vector<std::pair<uint64_t, Member*>> m_seats; //!< by place; null: it has gone
    std::size_t m_left{0};                             //!< how many of them have gone
    uint64_t m_next{0};                                //!< place of the next one
};

} // namespace ns3::mbs

#endif // MBS_JOIN_ORDER_H

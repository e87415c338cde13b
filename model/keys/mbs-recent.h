// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RECENT_H
#define MBS_RECENT_H

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief The few things that were made last, so that what is equal for very many UEs, as it is in a
 * key update, is made for the first of them alone.
 * @tparam T a thing, with what it was made from
 */
template <typename T>
class Recent
{
  public:
    /** How many things are kept. */
    static constexpr std::size_t KEPT = 4;

    /**
     * @param isIt tells whether a thing is the one that is wanted
     * @return it, until the next Add(), or null
     */
    template <typename IsIt>
    const T* Find(const IsIt& isIt) const
    {
        const auto thing = std::find_if(m_things.begin(), m_things.end(), isIt);
        return thing == m_things.end() ? nullptr : &*thing;
    }

    /** @param thing takes the place of the one that was added first @return it, as Find() */
    const T& Add(T thing)
    {
        if (m_things.size() < KEPT)
        {
            m_things.push_back(std::move(thing));
            return m_things.back();
        }
        T& place = m_things[m_oldest];
        m_oldest = (m_oldest + 1) % KEPT;
        place = std::move(thing);
        return place;
    }

  private:
    std::vector<T> m_things; //!< at most KEPT
    std::size_t m_oldest{0}; //!< of those, when there are so many
};

} // namespace ns3::mbs

#endif // MBS_RECENT_H

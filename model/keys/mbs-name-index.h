// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NAME_INDEX_H
#define MBS_NAME_INDEX_H

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Finds one of very many things by its name, which the thing itself keeps.
 *
 * A search reads one place of this index and then the thing, which is what it is for; the standard
 * library's would read a list of nodes in between, each of them somewhere else in memory.
 *
 * @tparam T the things; they must stay where they are while they are in the index
 */
template <typename T>
class NameIndex
{
  public:
    /**
     * @brief Adds a thing.
     * @param name its name, which no other has
     * @param thing the thing
     */
    void Add(std::string_view name, T& thing)
    {
        // A quarter stays free, so that a search ends soon.
        if (4 * (m_count + 1) > 3 * m_slots.size())
        {
            std::vector<Slot> before(m_slots.empty() ? SMALLEST : 2 * m_slots.size());
            before.swap(m_slots);
            for (const Slot& slot : before)
            {
                if (slot.thing != nullptr)
                {
                    Put(slot);
                }
            }
        }
        Put({HashOf(name), &thing});
        ++m_count;
    }

    /**
     * @param name a name
     * @param nameOf gives the name of a thing
     * @return the thing with that name, or null
     */
    template <typename NameOf>
    T* Find(std::string_view name, const NameOf& nameOf) const
    {
        if (m_slots.empty())
        {
            return nullptr;
        }
        const uint32_t hash = HashOf(name);
        for (std::size_t at = First(hash); m_slots[at].thing != nullptr; at = Next(at))
        {
            if (m_slots[at].hash == hash && nameOf(*m_slots[at].thing) == name)
            {
                return m_slots[at].thing;
            }
        }
        return nullptr;
    }

    /** @brief Forgets all. */
    void Clear()
    {
        m_slots.clear();
        m_count = 0;
    }

  private:
    /** A place for a thing. */
    struct Slot
    {
        uint32_t hash{0};  //!< of its name
        T* thing{nullptr}; //!< null if the place is free
    };

    /** Places at first; always a power of two. */
    static constexpr std::size_t SMALLEST = 16;

    /** @param name a name @return its hash */
    static uint32_t HashOf(std::string_view name)
    {
        const uint64_t hash = std::hash<std::string_view>()(name);
        return static_cast<uint32_t>(hash ^ (hash >> 32));
    }

    /** @param hash of a name @return the place where it would be best */
    std::size_t First(uint32_t hash) const
    {
        return hash & (m_slots.size() - 1);
    }

    /** @param at a place @return the next one, after the last the first */
    std::size_t Next(std::size_t at) const
    {
        return (at + 1) & (m_slots.size() - 1);
    }

    /** @param slot goes to the first free place from its best one on */
    void Put(const Slot& slot)
    {
        std::size_t at = First(slot.hash);
        while (m_slots[at].thing != nullptr)
        {
            at = Next(at);
        }
        m_slots[at] = slot;
    }

    std::vector<Slot> m_slots; //!< with room to spare
    std::size_t m_count{0};    //!< things
};

} // namespace ns3::mbs

#endif // MBS_NAME_INDEX_H

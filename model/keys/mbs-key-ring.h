// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_KEY_RING_H
#define MBS_KEY_RING_H

#include "mbs-key-id.h"
#include "mbs-key-material.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Whether a key ring holds the key that a packet names.
 */
enum class KeyState : uint8_t
{
    HELD,  //!< it can be used
    NEVER, //!< it was never in the ring
    GONE   //!< it was in the ring and is not any more
};

/**
 * @ingroup mbs
 * @brief The MSKs and MTKs that a UE holds for one multicast session.
 *
 * At most two MSKs are kept per key domain and key group (TS 31.102 clause 4.2.80, EF_MSK): the
 * newest two by order of arrival. An MTK that is not the newest is kept for the *retention* and
 * then counts as gone; nothing is scheduled for that, it is found out when the key is asked for.
 *
 * @tparam TrafficKey what is stored for an MTK, cheap to copy
 * @tparam MskState what is stored beside an MSK, such as replay counters
 */
template <typename TrafficKey, typename MskState>
class KeyRing
{
  public:
    /** How many MSKs of a key group are kept. */
    static constexpr std::size_t MSKS_PER_GROUP = 2;

    /** How many MTKs that are gone are remembered as such. */
    static constexpr std::size_t REMEMBERED = 32;

    /** An MSK in the ring. */
    struct MskEntry
    {
        KeyDomainId keyDomainId; //!< whose key
        MskId id;                //!< its name
        Key128 key;              //!< the key
        MskState state;          //!< what belongs to it
    };

    /** @param retention how long an MTK is kept after a newer one came, not negative */
    void SetRetention(Time retention)
    {
        m_retention = retention;
    }

    /**
     * @brief Puts an MSK in, or finds that it is there already.
     * @param keyDomainId whose key
     * @param id its name
     * @param key the key; if the ring holds another key by this name, this one takes its place, and
     *        what came under the other one is forgotten
     * @return true if the ring changed
     */
    bool InstallMsk(const KeyDomainId& keyDomainId, const MskId& id, const Key128& key)
    {
        if (MskEntry* held = FindMsk(keyDomainId, id))
        {
            if (held->key == key)
            {
                return false;
            }
            held->key = key;
            held->state = MskState();
            ForgetMtksUnder(id);
            return true;
        }
        const auto sameGroup = [&](const MskEntry& entry) {
            return entry.keyDomainId == keyDomainId && entry.id.Group() == id.Group();
        };
        if (static_cast<std::size_t>(std::count_if(m_msks.begin(), m_msks.end(), sameGroup)) >=
            MSKS_PER_GROUP)
        {
            m_msks.erase(std::find_if(m_msks.begin(), m_msks.end(), sameGroup));
        }
        m_msks.push_back({keyDomainId, id, key, MskState()});
        return true;
    }

    /**
     * @brief Looks an MSK up.
     * @param keyDomainId whose key
     * @param id its name
     * @return the entry, or null; valid until the ring changes
     */
    MskEntry* FindMsk(const KeyDomainId& keyDomainId, const MskId& id)
    {
        const auto it = std::find_if(m_msks.begin(), m_msks.end(), [&](const MskEntry& entry) {
            return entry.keyDomainId == keyDomainId && entry.id == id;
        });
        return it == m_msks.end() ? nullptr : &*it;
    }

    /**
     * @param id name of an MSK
     * @return true if the ring holds an MSK of that name, of whichever key domain
     */
    bool HoldsMsk(const MskId& id) const
    {
        return std::any_of(m_msks.begin(), m_msks.end(), [&id](const MskEntry& entry) {
            return entry.id == id;
        });
    }

    /**
     * @brief Puts an MTK in. From now on the retention of older ones runs.
     * @param mki its name
     * @param key what to store
     * @param now simulated time
     * @return false if the ring held or had held it already and so did not change
     */
    bool InstallMtk(const Mki& mki, TrafficKey key, Time now)
    {
        Expire(now);
        if (Find(mki) != nullptr || IsGone(mki))
        {
            return false;
        }
        MtkEntry entry{std::move(key), Time::Max(), mki, true};
        if (!m_newest.held)
        {
            m_newest = std::move(entry);
        }
        else if (IsNewer(mki, m_newest.mki))
        {
            m_newest.until = now + m_retention;
            m_older.push_back(std::move(m_newest));
            m_newest = std::move(entry);
        }
        else
        {
            // It came after its successor.
            entry.until = now + m_retention;
            m_older.push_back(std::move(entry));
        }
        return true;
    }

    /**
     * @brief Looks an MTK up.
     * @param mki its name
     * @param now simulated time
     * @param[out] key what was stored; left alone unless the state is HELD. Valid until the ring
     *             changes
     * @return whether the ring holds it
     */
    KeyState FindMtk(const Mki& mki, Time now, const TrafficKey*& key) const
    {
        if (const MtkEntry* entry = Find(mki))
        {
            if (entry->until > now)
            {
                key = &entry->key;
                return KeyState::HELD;
            }
            return KeyState::GONE;
        }
        return IsGone(mki) ? KeyState::GONE : KeyState::NEVER;
    }

    /** @return what was stored for the newest MTK if that is held without an end, so that no clock
     * is needed, or null. Valid until the ring changes */
    const TrafficKey* GetLasting() const
    {
        return m_newest.held && m_newest.until == Time::Max() ? &m_newest.key : nullptr;
    }

    /** @brief Forgets everything, as when the UE leaves the session. */
    void Clear()
    {
        m_msks.clear();
        m_newest = MtkEntry();
        m_older.clear();
        m_gone.clear();
    }

    /** @return how many MSKs are held */
    std::size_t MskCount() const
    {
        return m_msks.size();
    }

    /** @return the MTKs that are kept, those included whose retention has passed unnoticed */
    std::size_t MtkCount() const
    {
        return m_older.size() + (m_newest.held ? 1 : 0);
    }

  private:
    /** An MTK in the ring. */
    struct MtkEntry
    {
        TrafficKey key{}; //!< what is stored for it
        Time until;       //!< from then on it is gone
        Mki mki;          //!< its name
        bool held{false}; //!< there is one
    };

    /**
     * @brief The order of keys: MSK numbers run in a circle, so the nearer way round decides.
     * @param a a key's name
     * @param b another's
     * @return true if a was made after b
     */
    static bool IsNewer(const Mki& a, const Mki& b)
    {
        if (a.msk == b.msk)
        {
            return a.mtk.Number() > b.mtk.Number();
        }
        return static_cast<uint16_t>(a.msk.Number() - b.msk.Number()) < 0x8000;
    }

    /** @param mki a key's name @return the key, or null */
    const MtkEntry* Find(const Mki& mki) const
    {
        // Nearly every packet names the newest key.
        if (m_newest.held && m_newest.mki == mki)
        {
            return &m_newest;
        }
        const auto it = std::find_if(m_older.begin(), m_older.end(), [&mki](const auto& entry) {
            return entry.mki == mki;
        });
        return it == m_older.end() ? nullptr : &*it;
    }

    /** @param mki a key's name @return true if it is remembered as gone */
    bool IsGone(const Mki& mki) const
    {
        return std::find(m_gone.begin(), m_gone.end(), mki) != m_gone.end();
    }

    /** @param id an MSK that another key replaced: MTK IDs begin anew under it */
    void ForgetMtksUnder(const MskId& id)
    {
        const auto under = [&id](const Mki& mki) { return mki.msk == id; };
        m_older.erase(std::remove_if(m_older.begin(),
                                     m_older.end(),
                                     [&](const MtkEntry& entry) { return under(entry.mki); }),
                      m_older.end());
        if (m_newest.held && under(m_newest.mki))
        {
            m_newest = MtkEntry();
            if (!m_older.empty())
            {
                m_newest = std::move(m_older.back());
                m_older.pop_back();
            }
        }
        m_gone.erase(std::remove_if(m_gone.begin(), m_gone.end(), under), m_gone.end());
    }

    /** @param now simulated time; keys whose retention has passed go */
    void Expire(Time now)
    {
        const auto note = [this](const Mki& mki) {
            if (m_gone.size() == REMEMBERED)
            {
                m_gone.erase(m_gone.begin());
            }
            m_gone.push_back(mki);
        };
        for (auto it = m_older.begin(); it != m_older.end();)
        {
            if (it->until > now)
            {
                ++it;
                continue;
            }
            note(it->mki);
            it = m_older.erase(it);
        }
        // Only a key that has become the newest again because its successors were forgotten.
        if (m_newest.held && m_newest.until <= now)
        {
            note(m_newest.mki);
            m_newest = MtkEntry();
        }
    }

    MtkEntry m_newest;                 //!< the newest MTK
    std::vector<MtkEntry> m_older;     //!< MTKs that a newer one has followed
    Time m_retention{Time::Max() / 4}; //!< how long an MTK is kept after a newer one came
    std::vector<MskEntry> m_msks;      //!< oldest first
    std::vector<Mki> m_gone;           //!< MTKs that were held, oldest first
};

} // namespace ns3::mbs

#endif // MBS_KEY_RING_H

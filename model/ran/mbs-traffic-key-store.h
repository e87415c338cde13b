// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_TRAFFIC_KEY_STORE_H
#define MBS_TRAFFIC_KEY_STORE_H

#include "ns3/mbs-mtk-transform.h"
#include "ns3/mbs-mtk-wrap.h"
#include "ns3/mbs-nas-containers.h"

#include "ns3/ptr.h"
#include "ns3/simple-ref-count.h"

#include <memory>
#include <optional>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief An MTK made ready for use: its name and the SRTP transform set up with it.
 */
class TrafficKey : public SimpleRefCount<TrafficKey>
{
  public:
    /**
     * @param keyDomainId whose key
     * @param mki its name
     * @param key the MTK
     * @param salt the SRTP master salt
     * @param policy how it is used
     * @param shared true if several UEs may hold this object
     */
    TrafficKey(const KeyDomainId& keyDomainId,
               const Mki& mki,
               const Key128& key,
               const Salt112& salt,
               const SrtpPolicy& policy,
               bool shared);

    /** @return its name */
    const Mki& GetMki() const;

    /** @return whose key */
    const KeyDomainId& GetKeyDomainId() const;

    /** @return how it is used */
    const SrtpPolicy& GetPolicy() const;

    /** @return the transform */
    SrtpTransform& GetTransform() const;

    /** @return true if several UEs may hold this object */
    bool IsShared() const;

    /**
     * @param keyDomainId whose key
     * @param mki a name
     * @param key an MTK
     * @param salt an SRTP master salt
     * @param policy how it is used
     * @return true if this object is made of the same
     */
    bool IsMadeOf(const KeyDomainId& keyDomainId,
                  const Mki& mki,
                  const Key128& key,
                  const Salt112& salt,
                  const SrtpPolicy& policy) const;

  private:
    KeyDomainId m_keyDomainId;                  //!< whose key
    Mki m_mki;                                  //!< its name
    Key128 m_key;                               //!< the MTK
    Salt112 m_salt;                             //!< the SRTP master salt
    bool m_shared;                              //!< several UEs may hold it
    std::unique_ptr<SrtpTransform> m_transform; //!< set up with them
};

/** @brief What a UE makes of an encrypted MTK. */
struct UnwrappedMtk
{
    Key128 key;   //!< the MTK
    Salt112 salt; //!< the SRTP master salt

    /**
     * @param wrap how the MTK was encrypted
     * @param keySet with an MTK
     */
    UnwrappedMtk(const MtkWrap& wrap, const N1KeySet& keySet);
};

/**
 * @ingroup mbs
 * @brief Gives UEs that install the same key the same object, so that one transform and one result
 * per packet serve them all.
 *
 * A key can be had only by somebody who already has its octets, or the MSK's and those of the MTK
 * encrypted under it: then one decryption serves all of them. The store does not keep keys alive:
 * what no UE holds any more goes at the next call.
 */
class TrafficKeyStore
{
  public:
    /**
     * @brief The shared object for a key.
     * @param keyDomainId whose key
     * @param mki its name
     * @param key the MTK
     * @param salt the SRTP master salt
     * @param policy how it is used
     * @return an object that was made of exactly these
     */
    Ptr<TrafficKey> Intern(const KeyDomainId& keyDomainId,
                           const Mki& mki,
                           const Key128& key,
                           const Salt112& salt,
                           const SrtpPolicy& policy);

    /**
     * @brief The shared object for the key of a key set.
     * @param wrap how the MTK was encrypted
     * @param keySet with an MTK
     * @param policy how the key is used
     * @return an object that was made of what these give
     */
    Ptr<TrafficKey> Intern(const MtkWrap& wrap, const N1KeySet& keySet, const SrtpPolicy& policy);

    /** @brief Lets go of the keys that no UE holds any more, which wipes them. */
    void Purge();

    /** @return how many keys are in the store */
    std::size_t Size() const;

  private:
    /** What a key was decrypted from. The MSK itself is left to those that hold it. */
    struct Origin
    {
        const MtkWrap* wrap; //!< how
        Bytes digest;        //!< SHA-256 of the MSK and the encrypted octets
    };

    /** A key, and what it is known to come from. */
    struct Entry
    {
        Ptr<TrafficKey> key;          //!< the key
        std::optional<Origin> origin; //!< none before it came encrypted
    };

    /** As Intern(). @return the entry of the object */
    Entry& Find(const KeyDomainId& keyDomainId,
                const Mki& mki,
                const Key128& key,
                const Salt112& salt,
                const SrtpPolicy& policy);

    std::vector<Entry> m_keys; //!< newest last
};

} // namespace ns3::mbs

#endif // MBS_TRAFFIC_KEY_STORE_H

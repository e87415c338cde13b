// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_TRAFFIC_KEY_STORE_H
#define MBS_TRAFFIC_KEY_STORE_H

#include "ns3/mbs-key-material.h"
#include "ns3/mbs-srtp.h"

#include "ns3/ptr.h"
#include "ns3/simple-ref-count.h"

#include <memory>
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
     * @param mki its name
     * @param key the SRTP master key
     * @param salt the SRTP master salt
     * @param profile the SRTP profile
     * @param shared true if several UEs may hold this object
     */
    TrafficKey(const Mki& mki,
               const Key128& key,
               const Salt112& salt,
               SrtpProfile profile,
               bool shared);

    /** @return its name */
    const Mki& GetMki() const;

    /** @return the SRTP profile */
    SrtpProfile GetProfile() const;

    /** @return the transform */
    SrtpTransform& GetTransform() const;

    /** @return true if several UEs may hold this object */
    bool IsShared() const;

    /**
     * @param mki a name
     * @param key an SRTP master key
     * @param salt an SRTP master salt
     * @param profile an SRTP profile
     * @return true if this object is made of the same
     */
    bool IsMadeOf(const Mki& mki,
                  const Key128& key,
                  const Salt112& salt,
                  SrtpProfile profile) const;

  private:
    Mki m_mki;                                  //!< its name
    Key128 m_key;                               //!< the SRTP master key
    Salt112 m_salt;                             //!< the SRTP master salt
    SrtpProfile m_profile;                      //!< the SRTP profile
    bool m_shared;                              //!< several UEs may hold it
    std::unique_ptr<SrtpTransform> m_transform; //!< set up with them
};

/**
 * @ingroup mbs
 * @brief Gives UEs that install the same key the same object, so that one transform and one result
 * per packet serve them all.
 *
 * A key can be had only by somebody who already has its octets. The store does not keep keys alive:
 * what no UE holds any more goes at the next call.
 */
class TrafficKeyStore
{
  public:
    /**
     * @brief The shared object for a key.
     * @param mki its name
     * @param key the SRTP master key
     * @param salt the SRTP master salt
     * @param profile the SRTP profile
     * @return an object that was made of exactly these
     */
    Ptr<TrafficKey> Intern(const Mki& mki,
                           const Key128& key,
                           const Salt112& salt,
                           SrtpProfile profile);

    /** @return how many keys are in the store */
    std::size_t Size() const;

  private:
    std::vector<Ptr<TrafficKey>> m_keys; //!< newest last
};

} // namespace ns3::mbs

#endif // MBS_TRAFFIC_KEY_STORE_H

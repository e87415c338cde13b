// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_KEY_GENERATOR_H
#define MBS_KEY_GENERATOR_H

#include "mbs-key-derivation.h"

#include "ns3/mbs-key-material.h"

#include "ns3/object.h"
#include "ns3/random-variable-stream.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Draws keys and other random octets from one ns-3 random stream.
 *
 * Two runs of the same seed, run number and stream draw the same keys; nothing comes from the
 * operating system. These keys are for simulation only: ns-3's generator is no cryptographic one.
 *
 * An octet is drawn as floor(256 u). ns-3's generator has 4,294,967,087 values of u, so that no
 * octet's probability is off 1/256 by more than 1 in 10^7 of it.
 */
class KeyGenerator : public Object
{
  public:
    /** @return the TypeId ns3::mbs::KeyGenerator */
    static TypeId GetTypeId();

    KeyGenerator();
    ~KeyGenerator() override;

    /**
     * @brief Fixes the stream that is drawn from.
     * @param stream its number
     * @return how many streams were taken: 1
     */
    int64_t AssignStreams(int64_t stream);

    /** @return a new MSK or MTK */
    Key128 NewKey();

    /** @return a new key of 256 bits, such as a K_AUSF or Ks */
    Key256 NewKey256();

    /**
     * @param count how many
     * @return random octets
     */
    Bytes Octets(std::size_t count);

    /** @return 32 random bits, such as a CSB ID */
    uint32_t NewUint32();

  protected:
    void DoDispose() override;

  private:
    /**
     * @param[out] octets where random octets go
     * @param count how many
     */
    void Fill(uint8_t* octets, std::size_t count);

    Ptr<UniformRandomVariable> m_random; //!< the stream
};

} // namespace ns3::mbs

#endif // MBS_KEY_GENERATOR_H

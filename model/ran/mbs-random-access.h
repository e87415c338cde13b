// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RANDOM_ACCESS_H
#define MBS_RANDOM_ACCESS_H

#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/random-variable-stream.h"
#include "ns3/traced-callback.h"

#include <functional>
#include <map>
#include <vector>

namespace ns3::mbs
{

class GnbRadioDevice;

/**
 * @ingroup mbs
 * @brief Contention-based random access to a cell (TS 38.321 clause 5.1), aggregated to its
 * GnbRadioDevice: the time it takes, and collisions.
 *
 *     UE wants --> next occasion: preamble --> ResponseDelay --> uplink grant
 *                        | two UEs chose the same one
 *                        +--> ContentionTimer --> back-off --> next occasion
 *
 * It ends with a grant. Messages 3 and 4 are RRC messages and go their own way. Preambles that
 * collide get nobody a grant, and none is lost in noise.
 */
class RandomAccess : public Object
{
  public:
    /** @return the TypeId ns3::mbs::RandomAccess */
    static TypeId GetTypeId();

    RandomAccess();
    ~RandomAccess() override;

    /** @param cell that this is access to; it is aggregated to it */
    void Install(const Ptr<GnbRadioDevice>& cell);

    /** Is called when it has ended, with whether there is a grant. */
    using Done = std::function<void(bool granted)>;

    /**
     * @brief Begins for a UE.
     * @param done is called once
     */
    void Start(Done done);

    /**
     * @param stream first stream
     * @return how many streams were taken
     */
    int64_t AssignStreams(int64_t stream);

    /**
     * @brief Callback of the trace source `Occasion`.
     * @param preambles how many UEs sent one
     * @param collided how many of them chose the same as another
     */
    using OccasionCallback = void (*)(uint32_t preambles, uint32_t collided);

  protected:
    void DoDispose() override;

  private:
    /** A UE that tries. */
    struct Attempt
    {
        Done done;       //!< is called in the end
        uint32_t number; //!< which try, from 1
    };

    /** @param attempt waits for the next occasion */
    void Enter(Attempt attempt);

    /** @param at when this occasion is, ns */
    void Occasion(int64_t at);

    /** @param attempt has collided */
    void Collided(Attempt attempt);

    Time m_period;                                       //!< attribute
    Time m_responseDelay;                                //!< attribute
    Time m_contentionTimer;                              //!< attribute
    Time m_backoff;                                      //!< attribute
    uint32_t m_preambles{0};                             //!< attribute
    uint32_t m_maxAttempts{1};                           //!< attribute
    Ptr<UniformRandomVariable> m_uniform;                //!< preambles and back-off
    std::map<int64_t, std::vector<Attempt>> m_occasions; //!< who waits for which, by time in ns

    TracedCallback<uint32_t, uint32_t> m_occasion; //!< preambles, collisions
};

} // namespace ns3::mbs

#endif // MBS_RANDOM_ACCESS_H

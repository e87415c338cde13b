// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_FAULTY_NETWORK_H
#define MBS_FAULTY_NETWORK_H

#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs-tests
 * @param faults as --fault has them
 * @return four UEs at two gNBs and two SMFs, 100 packets a second, a new MSK each 5 s for 19 s
 */
SystemSettings Faulty(const std::vector<std::string>& faults);

/**
 * @ingroup mbs-tests
 * @brief Fails unless every UE got every MSK, in whatever time.
 * @param check where to report
 * @param run that is over
 * @param msks how many MSKs were made after the joins
 */
void ExpectAllKeys(Check& check, const SystemRun& run, uint32_t msks);

/** @ingroup mbs-tests @param run that is over @return the longest latency of an MSK, seconds */
double WorstMsk(const SystemRun& run);

/**
 * @ingroup mbs-tests
 * @brief A fault, and what a whole network must make of it.
 */
struct Survival
{
    std::string fault;     //!< as --fault has it
    uint32_t msks{5};      //!< made after the joins
    double least{0};       //!< a wait for an MSK as long as that, seconds, shows that it was one
    double worst{1};       //!< longest wait for an MSK that is allowed, seconds
    bool mayLeave{false};  //!< a UE is out for a while, so that some updates pass it by
    bool halfWaits{false}; //!< only UEs with even numbers wait: those of smf-0 or gnb-0
};

/**
 * @ingroup mbs-tests
 * @brief Runs a network with a fault for 29 s and fails unless every UE is a member in the end, has
 * got every MSK within the time that is allowed, and receives each packet of the last second: it
 * has the keys that are in use. That packets are conserved is checked by SystemRun.
 * @param check where to report
 * @param survival the fault and what to expect
 * @param attributes and their values
 */
void Survive(Check& check,
             const Survival& survival,
             const std::vector<std::pair<std::string, std::string>>& attributes = {});

} // namespace ns3::mbs

#endif // MBS_FAULTY_NETWORK_H

// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_KEY_ACTIVATION_OPTION_H
#define MBS_KEY_ACTIVATION_OPTION_H

#include "mbs-helper.h"

#include "ns3/nstime.h"

#include <functional>
#include <optional>
#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief When a new key is used, as an option of a program says it.
 *
 *     TIME               that long after it was given out; 0s is at once
 *     share:P[:LIMIT]    an MSK: when a share P of the UEs has confirmed it, LIMIT (10s) at the
 * latest at:TIME[:PERIOD]   at that time of the run, or the next one of PERIOD later
 */
class KeyActivationOption
{
  public:
    /** What reading a text gives. */
    struct Result;

    /**
     * @brief Reads an option.
     * @param text as above
     * @param msk true for MSKs, false for MTKs, which no UE confirms
     * @return the option, or a clause that can follow `--name=text: `
     */
    static Result FromText(const std::string& text, bool msk);

    /**
     * @brief Sets the attributes that this stands for: of MBSTF and MBSF, SMF and MBSSF.
     * @param isGiven says whether the command line has set an attribute; those that bound how long
     *        old keys are kept are raised to what this needs otherwise
     */
    void SetDefaults(const std::function<bool(const std::string&)>& isGiven) const;

    /**
     * @param network as it was built
     * @param msk true for MSKs, false for MTKs
     * @return when it uses them, as FromText() reads it
     */
    static std::string Describe(const MbsHelper& network, bool msk);

  private:
    /** @return what can be given, a clause */
    std::string Grammar() const;

    /** @return how long a key may wait at most */
    Time LongestWait() const;

    bool m_msk{true};              //!< for MSKs
    std::optional<double> m_share; //!< of UEs
    std::optional<Time> m_time;    //!< given time
    Time m_period;                 //!< of given times, 0 if there is one
    Time m_delay;                  //!< delay, or limit of a share
};

/** @brief What KeyActivationOption::FromText() gives. */
struct KeyActivationOption::Result
{
    std::optional<KeyActivationOption> option; //!< empty if something is wrong
    std::string error;                         //!< what is wrong, empty if nothing is
};

} // namespace ns3::mbs

#endif // MBS_KEY_ACTIVATION_OPTION_H

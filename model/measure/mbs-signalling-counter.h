// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SIGNALLING_COUNTER_H
#define MBS_SIGNALLING_COUNTER_H

#include "mbs-result-parcel.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Counts signalling messages and their octets by interface and message name.
 */
class SignallingCounter
{
  public:
    /** One line of the result. */
    struct Row
    {
        std::string interface; //!< reference point or service, as the standard writes it
        std::string message;   //!< message, as the standard writes it
        uint64_t count{0};     //!< messages
        uint64_t octets{0};    //!< octets of all of them
    };

    /**
     * @brief Counts one message.
     * @param interface reference point or service, such as "N16mb"
     * @param message name, such as "Nmbsmf_MBSSession_ContextStatusNotify"
     * @param octets its size
     */
    void Count(const std::string& interface, const std::string& message, uint64_t octets);

    /** @param parcel gets all counts, at the end of the run */
    void Export(ResultParcel& parcel) const;

    /** @param parcel what Export() of a counter of other messages wrote there */
    void Absorb(ResultParcel& parcel);

    /** @return a line per interface and message, in alphabetical order of both */
    std::vector<Row> Rows() const;

    /** @return a line per interface, its message name empty, in alphabetical order */
    std::vector<Row> RowsByInterface() const;

    /** @return the sum of everything, its names empty */
    Row Total() const;

  private:
    /** Messages and octets. */
    struct Sum
    {
        uint64_t count{0};  //!< messages
        uint64_t octets{0}; //!< octets
    };

    std::map<std::pair<std::string, std::string>, Sum> m_sums; //!< by interface and message
};

} // namespace ns3::mbs

#endif // MBS_SIGNALLING_COUNTER_H

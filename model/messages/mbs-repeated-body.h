// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_REPEATED_BODY_H
#define MBS_REPEATED_BODY_H

#include "ns3/mbs-bytes.h"
#include "ns3/mbs-recent.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>

namespace ns3::mbs::sbi
{

/**
 * @ingroup mbs
 * @brief Decodes bodies of which many are alike to the octet, and reads those once.
 *
 * What tells UEs apart is in the path of a request and in its binary parts: in a key update the
 * JSON part is the same for all of them. Not for bodies that may hold a secret: what is remembered
 * is not wiped.
 *
 * @tparam T what they are decoded to; has Decode()
 */
template <typename T>
class RepeatedBody
{
  public:
    /** Octets of the longest body that is remembered. */
    static constexpr std::size_t LONGEST = 1024;

    /** What a body says, or why it could not be decoded; shared by all that are alike. */
    using Result = std::shared_ptr<const Decoded<T>>;

    /** @param body JSON text @return the same as T::Decode(body) */
    Result Decode(ByteView body)
    {
        const Known* known = m_known.Find([&](const Known& one) {
            return std::equal(one.body.begin(), one.body.end(), body.begin(), body.end());
        });
        if (known != nullptr)
        {
            return known->result;
        }
        Result result = std::make_shared<const Decoded<T>>(T::Decode(body));
        if (body.size() <= LONGEST)
        {
            m_known.Add({body.ToBytes(), result});
        }
        return result;
    }

  private:
    /** A body and what it says. */
    struct Known
    {
        Bytes body;    //!< the octets
        Result result; //!< decoded
    };

    Recent<Known> m_known; //!< the last ones
};

} // namespace ns3::mbs::sbi

#endif // MBS_REPEATED_BODY_H

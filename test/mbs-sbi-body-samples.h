// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SBI_BODY_SAMPLES_H
#define MBS_SBI_BODY_SAMPLES_H

#include "ns3/mbs-bytes.h"

#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs-tests
 * @brief One body as this module writes it, to be held against 3GPP's OpenAPI.
 */
struct SbiSample
{
    std::string file;   //!< OpenAPI file
    std::string schema; //!< schema in it; `X[]` is an array of X
    std::string json;   //!< the body

    /**
     * @brief Decodes a body of this type and encodes it again.
     * @param body any octets
     * @param error why it was refused, DecodeError::NONE if it was not
     * @return the text, empty if it was refused
     */
    std::string (*again)(ByteView body, DecodeError& error);
};

/** @return at least one sample of every body, with all members at least once */
std::vector<SbiSample> SbiBodySamples();

} // namespace ns3::mbs

#endif // MBS_SBI_BODY_SAMPLES_H

// SPDX-License-Identifier: GPL-2.0-only

/**
 * @file
 * @ingroup mbs-tests
 * @brief Prints a sample of every body of the service-based interface, for test/check-openapi.
 *
 * A line each: OpenAPI file, schema (`X[]` for an array of X), compact JSON.
 */

#include "../test/mbs-sbi-body-samples.h"

#include <iostream>

int
main()
{
    for (const ns3::mbs::SbiSample& sample : ns3::mbs::SbiBodySamples())
    {
        std::cout << sample.file << ' ' << sample.schema << ' ' << sample.json << '\n';
    }
    return std::cout.good() ? 0 : 1;
}

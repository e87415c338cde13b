// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-srtp-samples.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-security-attributes.h"

namespace ns3::mbs
{

namespace
{

/** @param check where to report */
void
AutomaticChoice(Check& check)
{
    for (const SrtpProfile profile : ALL_SRTP_PROFILES)
    {
        const SrtpPolicy policy = MakeSrtpPolicy(profile, SrtpRocChoice::AUTO, 1);
        const std::string name = ToString(profile);
        check.Expect(policy.IsValid() && policy.profile == profile, name + ": valid");
        const auto with = policy.TrailerOf(0);
        const auto without = SrtpPolicy(profile).TrailerOf(0);
        check.Expect(with.mac == without.mac && with.aead == without.aead,
                     name + ": MACs as long as without");
        check.Equal(with.roc,
                    std::size_t{profile == SrtpProfile::NULL_NULL ? 0u : 4u},
                    name + ": the ROC is in the packets where something depends on it");
        check.Expect(MakeSrtpPolicy(profile, SrtpRocChoice::NONE, 1) == SrtpPolicy(profile),
                     name + ": none");
    }
    const auto profile = SrtpProfile::AES_CM_128_HMAC_SHA1_80;
    check.Expect(MakeSrtpPolicy(profile, SrtpRocChoice::RCC1, 5).carriage ==
                         SrtpRocCarriage{SrtpRocMode::RCC1, 5} &&
                     MakeSrtpPolicy(profile, SrtpRocChoice::RCC2, 5).carriage ==
                         SrtpRocCarriage{SrtpRocMode::RCC2, 5} &&
                     MakeSrtpPolicy(profile, SrtpRocChoice::RCC3, 5).carriage ==
                         SrtpRocCarriage{SrtpRocMode::RCC3, 5},
                 "modes and R as asked for");
}

} // namespace

/**
 * @ingroup mbs-tests
 * @brief Adds the tests of what attributes of security stand for.
 * @param suite where to
 */
void AddSecurityAttributesTests(MbsTestSuite& suite);

void
AddSecurityAttributesTests(MbsTestSuite& suite)
{
    suite.Add(
        new FunctionTestCase("RFC 4771: the automatic choice weakens no MAC", AutomaticChoice));
}

} // namespace ns3::mbs

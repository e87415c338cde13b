// SPDX-License-Identifier: GPL-2.0-only

// Writes model/ran/mbs-nr-bler-curves.h from ns-3's LteMiErrorModel: for each scheme of NR's table
// and each size of code block that the model has a curve for, the SINR at which the block error
// rate is Q(-4), Q(-3), ... Q(4), Q being the tail of the normal distribution.
//
// The model's curve for a code rate is a normal distribution over the mutual information per bit.
// Its mean and deviation are found from outside and interpolated over the code rate, since NR's
// rates are not LTE's; beyond LTE's highest QPSK and 16QAM rates they are extrapolated.
//
// Built only where the installed ns-3 has the module lte:
//
//   ninja -C build/... mbs-bler-curves && build/.../mbs-bler-curves >
//   model/ran/mbs-nr-bler-curves.h

#include "ns3/mbs-nr-phy.h"

#include "ns3/lte-mi-error-model.h"
#include "ns3/spectrum-value.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

using namespace ns3;
using namespace ns3::mbs;

namespace
{

/** A curve of the model: its number and code rate. */
struct Curve
{
    uint8_t id;  //!< number
    double rate; //!< effective code rate
};

/** Curves of first transmissions, by modulation (numbers and rates as LteMiErrorModel has them). */
const std::array<std::vector<Curve>, 3> CURVES{
    {{{3, .08},
      {4, .1},
      {5, .11},
      {6, .15},
      {7, .19},
      {8, .24},
      {9, .3},
      {10, .37},
      {11, .44},
      {12, .51}},
     {{16, .3}, {17, .33}, {18, .37}, {19, .42}, {20, .48}, {21, .54}, {22, .6}},
     {{26, .43},
      {27, .45},
      {28, .5},
      {29, .55},
      {30, .6},
      {31, .65},
      {32, .7},
      {33, .75},
      {34, .8},
      {35, .85},
      {36, .89},
      {37, .92}}}};

/** Sizes of code block that the model has curves for, bits. */
constexpr std::array<uint16_t, 9> SIZES{40, 104, 160, 256, 512, 1024, 2560, 4032, 6144};

/** @param sinr linear @param mcs of LTE @return mutual information per bit, 0 to 1 */
double
Information(double sinr, uint8_t mcs)
{
    static const Ptr<SpectrumModel> model = Create<SpectrumModel>(std::vector<double>{2e9});
    SpectrumValue value(model);
    value[0] = sinr;
    return LteMiErrorModel::Mib(value, {0}, mcs);
}

/** @param id a curve @param size of the code block @param rate wanted @return mean MI there */
double
InformationAt(uint8_t id, uint16_t size, double rate)
{
    double low = -1;
    double high = 2;
    for (int i = 0; i < 60; ++i)
    {
        const double middle = (low + high) / 2;
        (LteMiErrorModel::MappingMiBler(middle, id, size) > rate ? low : high) = middle;
    }
    return (low + high) / 2;
}

/** @param information per bit @param mcs of LTE, for the modulation @return SINR, dB */
double
SinrAt(double information, uint8_t mcs)
{
    double low = -30;
    double high = 40;
    for (int i = 0; i < 60; ++i)
    {
        const double middle = (low + high) / 2;
        (Information(std::pow(10.0, middle / 10), mcs) < information ? low : high) = middle;
    }
    return (low + high) / 2;
}

} // namespace

int
main()
{
    std::printf("// SPDX-License-Identifier: GPL-2.0-only\n"
                "// Written by utils/mbs-bler-curves.cc from ns-3's LteMiErrorModel; do not edit.\n"
                "#ifndef MBS_NR_BLER_CURVES_H\n#define MBS_NR_BLER_CURVES_H\n\n"
                "#include <array>\n#include <cstdint>\n\n"
                "/** Where the block error rates of NrBlockErrorRate() come from. */\n"
                "namespace ns3::mbs::bler\n{\n\n"
                "/** Sizes of code block, bits; a curve holds from its size up to the next. */\n"
                "constexpr std::array<uint16_t, 9> SIZES{");
    for (std::size_t i = 0; i < SIZES.size(); ++i)
    {
        std::printf("%s%u", i ? ", " : "", SIZES[i]);
    }
    std::printf("};\n\n/** At knot k the block error rate is Q(FIRST_DEVIATE + k). */\n"
                "constexpr double FIRST_DEVIATE = -4;\n\n"
                "/** SINR of the knots, 0.01 dB, by I_MCS and size of code block. */\n"
                "// clang-format off\n"
                "constexpr std::array<std::array<std::array<int16_t, 9>, 9>, 29> CURVES{{\n");
    for (uint8_t mcs = 0; mcs < NR_MCS_COUNT; ++mcs)
    {
        const NrMcs& scheme = GetNrMcs(mcs);
        const double rate = scheme.targetCodeRate / 1024.0;
        const auto& curves = CURVES[scheme.modulationOrder / 2 - 1];
        const uint8_t lteMcs = scheme.modulationOrder == 2   ? 0
                               : scheme.modulationOrder == 4 ? 10
                                                             : 17;
        std::size_t right = 1;
        while (right + 1 < curves.size() && curves[right].rate < rate)
        {
            ++right;
        }
        const Curve& a = curves[right - 1];
        const Curve& b = curves[right];
        const double share = (rate - a.rate) / (b.rate - a.rate);
        std::printf("    {{ // MCS %u\n", mcs);
        for (const uint16_t size : SIZES)
        {
            const double meanA = InformationAt(a.id, size, 0.5);
            const double meanB = InformationAt(b.id, size, 0.5);
            const double deviationA =
                InformationAt(a.id, size, 0.5 * std::erfc(std::sqrt(0.5))) - meanA;
            const double deviationB =
                InformationAt(b.id, size, 0.5 * std::erfc(std::sqrt(0.5))) - meanB;
            const double mean = meanA + share * (meanB - meanA);
            // A deviation is no straight line: beyond the last curve it stays.
            const double within = std::fmin(std::fmax(share, 0.0), 1.0);
            const double deviation = deviationA + within * (deviationB - deviationA);
            std::printf("        {{");
            int last = -3001;
            for (int knot = 0; knot < 9; ++knot)
            {
                // The map of mutual information has steps; knots must ascend.
                const double information =
                    std::fmin(std::fmax(mean + (knot - 4) * deviation, 1e-4), 0.9999);
                int sinr = static_cast<int>(std::lround(SinrAt(information, lteMcs) * 100));
                sinr = sinr <= last ? last + 1 : sinr;
                last = sinr;
                std::printf("%s%d", knot ? ", " : "", sinr);
            }
            std::printf("}},\n");
        }
        std::printf("    }},\n");
    }
    std::printf("}};\n// clang-format on\n\n} // namespace ns3::mbs::bler\n\n"
                "#endif // MBS_NR_BLER_CURVES_H\n");
    return 0;
}

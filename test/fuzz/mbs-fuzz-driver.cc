// SPDX-License-Identifier: GPL-2.0-only

/**
 * @file
 * @ingroup mbs-tests
 * @brief What libFuzzer calls, around the one target that is linked in.
 *
 *     mbs-fuzz-NAME [LIBFUZZER OPTION...] [CORPUS FOLDER...]
 *     mbs-fuzz-NAME seeds FOLDER      writes the seeds of the target
 */

#include "mbs-fuzz.h"

#include <cstdlib>
#include <fstream>
#include <iostream>

namespace
{

/** @return the target */
const ns3::mbs::fuzz::Target&
OnlyTarget()
{
    static const ns3::mbs::fuzz::Target& target = *ns3::mbs::fuzz::AllTargets().at(0);
    return target;
}

/** @param folder where to write the seeds, a file each @return true if that worked */
bool
WriteSeeds(const std::string& folder)
{
    const auto seeds = OnlyTarget().seeds();
    for (std::size_t i = 0; i < seeds.size(); ++i)
    {
        std::ofstream file(folder + "/seed-" + std::to_string(i), std::ios::binary);
        file.write(reinterpret_cast<const char*>(seeds[i].data()),
                   static_cast<std::streamsize>(seeds[i].size()));
        if (!file.flush())
        {
            std::cerr << "the folder " << folder << " cannot be written to\n";
            return false;
        }
    }
    return true;
}

} // namespace

/**
 * @brief libFuzzer calls it first: adds the length of the longest input to the options.
 * @param argc number of words
 * @param argv the command line
 * @return 0
 */
extern "C" int
LLVMFuzzerInitialize(int* argc, char*** argv)
{
    static std::vector<char*> words(*argv, *argv + *argc);
    if (words.size() == 3 && std::string(words[1]) == "seeds")
    {
        std::exit(WriteSeeds(words[2]) ? 0 : 1);
    }
    static std::string option = "-max_len=" + std::to_string(OnlyTarget().maxSize);
    words.insert(words.begin() + 1, option.data());
    *argc = static_cast<int>(words.size());
    words.push_back(nullptr);
    *argv = words.data();
    return 0;
}

/**
 * @brief libFuzzer calls it for every input.
 * @param data the input
 * @param size its octets
 * @return 0
 */
extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    OnlyTarget().run(ns3::mbs::ByteView(data, size));
    return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include <algorithm>
#include <cstring>
#include <fstream>

namespace ns3::mbs::fuzz
{

namespace
{

/** @return the targets in the order in which they were made */
std::vector<const Target*>&
Registry()
{
    static std::vector<const Target*> targets;
    return targets;
}

} // namespace

Target::Target(const char* name, std::size_t maxSize, Run run, Seeds seeds)
    : name(name),
      maxSize(maxSize),
      run(run),
      seeds(seeds)
{
    Registry().push_back(this);
}

std::vector<const Target*>
AllTargets()
{
    std::vector<const Target*> targets = Registry();
    std::sort(targets.begin(), targets.end(), [](const Target* a, const Target* b) {
        return std::strcmp(a->name, b->name) < 0;
    });
    return targets;
}

std::vector<Bytes>
ReadCorpus(const std::string& path)
{
    std::ifstream file(path);
    if (!file)
    {
        throw Finding("the corpus " + path + " cannot be read");
    }
    std::vector<Bytes> inputs;
    std::string line;
    while (std::getline(file, line))
    {
        if (line.empty() || line[0] == '#')
        {
            continue;
        }
        if (line[0] == '\'')
        {
            inputs.push_back(Octets(line.substr(1)));
            continue;
        }
        auto octets = FromHex(line);
        if (!octets)
        {
            throw Finding(path + ": neither hexadecimal nor text behind an apostrophe: " + line);
        }
        inputs.push_back(std::move(*octets));
    }
    return inputs;
}

uint8_t
Choice(std::size_t choice, std::size_t count)
{
    std::size_t octet = '0';
    while (octet % count != choice)
    {
        ++octet;
    }
    return static_cast<uint8_t>(octet);
}

Bytes
Prefixed(uint8_t choice, ByteView octets)
{
    return ByteWriter().U8(choice).Append(octets).Get();
}

Bytes
Octets(const std::string& text)
{
    return Bytes(text.begin(), text.end());
}

} // namespace ns3::mbs::fuzz

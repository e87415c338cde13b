// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_FUZZ_H
#define MBS_FUZZ_H

#include "ns3/mbs-bytes.h"

#include <stdexcept>
#include <string>
#include <vector>

namespace ns3::mbs::fuzz
{

/**
 * @ingroup mbs-tests
 * @brief What a target throws when a parser breaks a promise: an uncaught exception ends libFuzzer
 * with the input at hand, and fails the test that replays it.
 */
class Finding : public std::runtime_error
{
  public:
    using std::runtime_error::runtime_error;
};

/**
 * @ingroup mbs-tests
 * @brief Throws a Finding unless a promise is kept.
 * @param kept what should hold
 * @param what what it means if not
 */
inline void
Require(bool kept, const char* what)
{
    if (!kept)
    {
        throw Finding(what);
    }
}

/**
 * @ingroup mbs-tests
 * @brief A fuzz target: feeds octets to parsers of one format.
 *
 * One source `mbs-fuzz-<name>.cc` defines one, as a constant of namespace scope, and is linked into
 * a libFuzzer program of its own as well as into the test that replays the corpora. That every
 * parser is called by one of these sources is checked by test/check-fuzz-targets.
 */
class Target
{
  public:
    /**
     * @brief Feeds the octets, in a heap block of exactly their size, to the parsers.
     *
     * Returns true if a parser accepted them. Throws a Finding if what was accepted cannot be
     * encoded and read again with the same value, or if any other promise is broken.
     */
    using Run = bool (*)(ByteView octets);

    /** Makes inputs that are accepted, from the module's own encoders. */
    using Seeds = std::vector<Bytes> (*)();

    /**
     * @param name of the target, as in its source's name
     * @param maxSize octets of the longest input
     * @param run feeds an input to the parsers
     * @param seeds makes inputs that are accepted
     */
    Target(const char* name, std::size_t maxSize, Run run, Seeds seeds);

    const char* name;    //!< of the target
    std::size_t maxSize; //!< octets of the longest input
    Run run;             //!< feeds an input to the parsers
    Seeds seeds;         //!< makes inputs that are accepted
};

/** @return the targets that are linked in, by name */
std::vector<const Target*> AllTargets();

/**
 * @ingroup mbs-tests
 * @brief Reads a corpus.
 *
 * A line of the file is an input: hexadecimal digits, or behind an apostrophe the text itself.
 * Empty lines and those that begin with # mean nothing.
 *
 * @param path the file
 * @return the inputs; throws a Finding if the file cannot be read or a line is neither
 */
std::vector<Bytes> ReadCorpus(const std::string& path);

/**
 * @ingroup mbs-tests
 * @brief Takes the choices of a target off the front of an input.
 */
class Input
{
  public:
    /** @param octets an input */
    explicit Input(ByteView octets)
        : m_octets(octets)
    {
    }

    /** @return the next octet, 0 behind the end */
    uint8_t Octet()
    {
        const uint8_t octet = m_octets.empty() ? 0 : m_octets[0];
        m_octets = m_octets.Sub(1);
        return octet;
    }

    /** @param count how many choices there are @return one of them, from 0 */
    std::size_t Choose(std::size_t count)
    {
        return Octet() % count;
    }

    /** @return what is left */
    ByteView Rest() const
    {
        return m_octets;
    }

    /** @return what is left, as text */
    std::string Text() const
    {
        return std::string(m_octets.begin(), m_octets.end());
    }

  private:
    ByteView m_octets; //!< what is left
};

/**
 * @ingroup mbs-tests
 * @param choice one of the choices, from 0
 * @param count how many choices there are, at most 60
 * @return a printable octet that Input::Choose() reads as that choice
 */
uint8_t Choice(std::size_t choice, std::size_t count);

/**
 * @ingroup mbs-tests
 * @param choice an octet that Input::Choose() takes off again
 * @param octets the rest of an input
 * @return both
 */
Bytes Prefixed(uint8_t choice, ByteView octets);

/**
 * @ingroup mbs-tests
 * @param text any text
 * @return its octets
 */
Bytes Octets(const std::string& text);

/**
 * @ingroup mbs-tests
 * @brief Decodes, and if that worked encodes and decodes again: the value must stay the same.
 * @param octets what to decode
 * @param decode takes a ByteView, gives a Decoded<T>
 * @param encode takes a T, gives Bytes
 * @return the encoding, or why the octets were refused
 */
template <typename D, typename E>
Decoded<Bytes>
Recode(ByteView octets, D decode, E encode)
{
    const auto first = decode(octets);
    if (!first)
    {
        Require(first.Error() != DecodeError::NONE, "octets are refused without a reason");
        return first.Error();
    }
    const Bytes once = encode(*first);
    const auto second = decode(ByteView(once));
    Require(bool(second), "what was accepted and encoded is refused");
    Require(encode(*second) == once, "what was accepted, encoded and read has another value");
    return once;
}

/**
 * @ingroup mbs-tests
 * @brief Recode() for a class with Decode() and Encode().
 * @tparam T the class
 * @param octets what to decode
 * @return the encoding, or why the octets were refused
 */
template <typename T>
Decoded<Bytes>
Recode(ByteView octets)
{
    return Recode(octets, &T::Decode, [](const T& value) { return value.Encode(); });
}

/**
 * @ingroup mbs-tests
 * @brief Recode() for a format in which a value has one encoding only.
 * @param octets what to decode
 * @param decode takes a ByteView, gives a Decoded<T>
 * @param encode takes a T, gives Bytes
 * @return true if it was accepted
 */
template <typename D, typename E>
bool
Exact(ByteView octets, D decode, E encode)
{
    const auto once = Recode(octets, decode, encode);
    Require(!once || *once == octets.ToBytes(), "what was accepted has another encoding");
    return bool(once);
}

/**
 * @ingroup mbs-tests
 * @brief Exact() for a class with Decode() and Encode().
 * @tparam T the class
 * @param octets what to decode
 * @return true if it was accepted
 */
template <typename T>
bool
Exact(ByteView octets)
{
    return Exact(octets, &T::Decode, [](const T& value) { return value.Encode(); });
}

} // namespace ns3::mbs::fuzz

#endif // MBS_FUZZ_H

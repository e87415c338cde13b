// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SECRET_H
#define MBS_SECRET_H

#include "mbs-bytes.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief N octets that must not outlive their use: overwritten when the object goes.
 *
 * There is no stream operator, so that a key cannot slip into a log.
 *
 * @tparam N length in octets
 */
template <std::size_t N>
class Secret
{
  public:
    /** Length in octets. */
    static constexpr std::size_t SIZE = N;

    /** @brief All zeros. */
    Secret() = default;

    /**
     * @brief Copies octets.
     * @param octets the secret
     */
    explicit Secret(const std::array<uint8_t, N>& octets)
        : m_octets(octets)
    {
    }

    /**
     * @brief Copies octets out of a view.
     * @param view where from
     * @return the secret, or nothing if the view is not N octets long
     */
    static std::optional<Secret> From(ByteView view)
    {
        if (view.size() != N)
        {
            return std::nullopt;
        }
        Secret secret;
        for (std::size_t i = 0; i < N; ++i)
        {
            secret.m_octets[i] = view[i];
        }
        return secret;
    }

    /** @brief Copies. */
    Secret(const Secret&) = default;
    /** @brief Copies. @return this */
    Secret& operator=(const Secret&) = default;

    /** @brief Wipes. */
    ~Secret()
    {
        SecureWipe(m_octets.data(), N);
    }

    /** @return the octets, valid as long as this object */
    ByteView View() const
    {
        return ByteView(m_octets);
    }

    /** @return the octets, to be written to */
    uint8_t* Data()
    {
        return m_octets.data();
    }

    /**
     * @brief Compares in a time that does not depend on where the two differ.
     * @param other another secret
     * @return true if they are the same
     */
    bool operator==(const Secret& other) const
    {
        uint8_t difference = 0;
        for (std::size_t i = 0; i < N; ++i)
        {
            difference |= m_octets[i] ^ other.m_octets[i];
        }
        return difference == 0;
    }

    /**
     * @param other another secret
     * @return true if they differ
     */
    bool operator!=(const Secret& other) const
    {
        return !(*this == other);
    }

  private:
    std::array<uint8_t, N> m_octets{}; //!< the secret
};

} // namespace ns3::mbs

#endif // MBS_SECRET_H

// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_LAZY_TRACED_CALLBACK_H
#define MBS_LAZY_TRACED_CALLBACK_H

#include "ns3/callback.h"
#include "ns3/traced-callback.h"

#include <memory>
#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief A trace source of an object of which there are very many: a pointer until somebody
 * connects to it, and one comparison when it is called and nobody has.
 *
 * For MakeTraceSourceAccessor() and for who connects it is what ns-3's TracedCallback is.
 *
 * @tparam Ts types of what listeners get
 */
template <typename... Ts>
class LazyTracedCallback
{
  public:
    /** @param callback is called from now on */
    void ConnectWithoutContext(const CallbackBase& callback)
    {
        Traced().ConnectWithoutContext(callback);
    }

    /** @param callback is called from now on @param path comes to it as its first argument */
    void Connect(const CallbackBase& callback, const std::string& path)
    {
        Traced().Connect(callback, path);
    }

    /** @param callback is called no more */
    void DisconnectWithoutContext(const CallbackBase& callback)
    {
        Traced().DisconnectWithoutContext(callback);
    }

    /** @param callback is called no more @param path with which it was connected */
    void Disconnect(const CallbackBase& callback, const std::string& path)
    {
        Traced().Disconnect(callback, path);
    }

    /** @return true if nobody has ever connected */
    bool IsUnused() const
    {
        return m_traced == nullptr;
    }

    /** @return true if anybody has ever connected to any trace source with the same arguments */
    static bool IsAnyUsed()
    {
        return s_anyUsed;
    }

    /** @param values what listeners get */
    void operator()(const Ts&... values) const
    {
        if (m_traced)
        {
            (*m_traced)(values...);
        }
    }

  private:
    /** @return the trace source, made if need be */
    TracedCallback<Ts...>& Traced()
    {
        if (!m_traced)
        {
            m_traced = std::make_unique<TracedCallback<Ts...>>();
            s_anyUsed = true;
        }
        return *m_traced;
    }

    std::unique_ptr<TracedCallback<Ts...>> m_traced; //!< null until somebody connects
    inline static bool s_anyUsed{false};             //!< of any object with the same arguments
};

} // namespace ns3::mbs

#endif // MBS_LAZY_TRACED_CALLBACK_H

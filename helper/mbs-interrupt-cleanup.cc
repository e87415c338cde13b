// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-interrupt-cleanup.h"

#include <unistd.h>

namespace ns3::mbs
{

namespace
{

/** The signals by which a person or a batch system ends a program. */
constexpr int SIGNALS[] = {SIGINT, SIGTERM, SIGHUP};

/** All objects, the newest first. */
std::atomic<InterruptCleanup*> g_cleanups{nullptr};

/** What the program says when a signal ends it; made beforehand, since a handler may not. */
std::string g_sentence;

/** @return the signals as a set */
sigset_t
SignalSet()
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : SIGNALS)
    {
        sigaddset(&set, signal);
    }
    return set;
}

} // namespace

InterruptCleanup::InterruptCleanup()
    : m_next(g_cleanups.load())
{
    g_cleanups = this;
}

InterruptCleanup::~InterruptCleanup()
{
    Release();
    const Uninterrupted whole;
    InterruptCleanup* before = nullptr;
    for (InterruptCleanup* at = g_cleanups; at != this; at = at->m_next)
    {
        before = at;
    }
    if (before == nullptr)
    {
        g_cleanups = m_next;
    }
    else
    {
        before->m_next = m_next;
    }
}

void
InterruptCleanup::Watch(const std::string& program)
{
    g_sentence = "\n" + program + ": interrupted; no results were written\n";
    struct sigaction action = {};
    action.sa_handler = &InterruptCleanup::Clean;
    action.sa_mask = SignalSet();
    for (const int signal : SIGNALS)
    {
        struct sigaction present = {};
        if (sigaction(signal, nullptr, &present) == 0 && present.sa_handler != SIG_IGN)
        {
            sigaction(signal, &action, nullptr);
        }
    }
}

void
InterruptCleanup::AddFile(const std::string& path)
{
    m_newest = new Entry{path, false, m_newest};
}

void
InterruptCleanup::AddFolder(const std::string& path)
{
    m_newest = new Entry{path, true, m_newest};
}

void
InterruptCleanup::Release()
{
    Entry* entry = m_newest.exchange(nullptr);
    while (entry != nullptr)
    {
        Entry* next = entry->next;
        delete entry;
        entry = next;
    }
}

void
InterruptCleanup::Clean(int signal)
{
    // Only what POSIX allows in a handler.
    for (const InterruptCleanup* at = g_cleanups; at != nullptr; at = at->m_next)
    {
        for (const Entry* entry = at->m_newest; entry != nullptr; entry = entry->next)
        {
            if (entry->folder)
            {
                rmdir(entry->path.c_str());
            }
            else
            {
                unlink(entry->path.c_str());
            }
        }
    }
    const ssize_t ignored = write(STDERR_FILENO, g_sentence.data(), g_sentence.size());
    static_cast<void>(ignored);
    struct sigaction action = {};
    action.sa_handler = SIG_DFL;
    sigaction(signal, &action, nullptr);
    raise(signal);
}

InterruptCleanup::Uninterrupted::Uninterrupted()
{
    const sigset_t set = SignalSet();
    sigprocmask(SIG_BLOCK, &set, &m_before);
}

InterruptCleanup::Uninterrupted::~Uninterrupted()
{
    sigprocmask(SIG_SETMASK, &m_before, nullptr);
}

} // namespace ns3::mbs

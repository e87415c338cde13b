// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_INTERRUPT_CLEANUP_H
#define MBS_INTERRUPT_CLEANUP_H

#include <atomic>
#include <csignal>
#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Files and folders that go away when the program is interrupted, such as with Ctrl-C.
 *
 * A signal ends a program without destructors, so what is not complete would stay behind. Once
 * Watch() was called, SIGINT, SIGTERM and SIGHUP remove what all objects of this class hold, and
 * then end the program as they would have. Without Watch() an object does nothing.
 */
class InterruptCleanup
{
  public:
    /** @brief Holds nothing yet. */
    InterruptCleanup();

    /** @brief Lets go of everything. */
    ~InterruptCleanup();

    InterruptCleanup(const InterruptCleanup&) = delete;
    InterruptCleanup& operator=(const InterruptCleanup&) = delete;

    /**
     * @brief From now on signals remove what is held. A signal that is ignored, as under nohup,
     * stays ignored.
     * @param program name, for the sentence that says so
     */
    static void Watch(const std::string& program);

    /** @param path a file, which may not be there yet, to be removed on a signal */
    void AddFile(const std::string& path);

    /** @param path a folder to be removed on a signal, after what was added later, if empty */
    void AddFolder(const std::string& path);

    /** @brief Lets go of everything: it is complete, or was removed otherwise. */
    void Release();

    /** Holds signals back as long as it lives, so that several steps are done or none. */
    class Uninterrupted
    {
      public:
        /** @brief Holds the signals back. */
        Uninterrupted();

        /** @brief Lets those come that were held back, unless they were before. */
        ~Uninterrupted();

        Uninterrupted(const Uninterrupted&) = delete;
        Uninterrupted& operator=(const Uninterrupted&) = delete;

      private:
        sigset_t m_before; //!< what was held back before
    };

    /** Something to remove; a list, since a signal may come while it grows. */
    struct Entry
    {
        std::string path; //!< file or folder
        bool folder;      //!< folder
        Entry* next;      //!< added before, null if none was
    };

  private:
    /** @brief Removes what all objects hold, then ends the program. @param signal that came */
    static void Clean(int signal);

    std::atomic<Entry*> m_newest{nullptr}; //!< list of what is held
    InterruptCleanup* m_next{nullptr};     //!< another object, null if there is none
};

} // namespace ns3::mbs

#endif // MBS_INTERRUPT_CLEANUP_H

// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_OUTPUT_FOLDER_H
#define MBS_OUTPUT_FOLDER_H

#include "mbs-interrupt-cleanup.h"
#include "mbs-program-options.h"

#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief The folder that a run writes its results to: all of them or none.
 *
 * Files grow under another name (`summary.json.part`) and get their own in Commit(). Files of an
 * earlier run stay as they are until then. Without Commit() what was begun goes away again, and so
 * do folders that were made for it; the same on a signal, if InterruptCleanup::Watch() was called.
 */
class OutputFolder
{
  public:
    /** What is put behind the name of a file that is not complete. */
    static constexpr const char* PART = ".part";

    /**
     * @brief Makes the folder, with those it is in, and tries whether it can be written to.
     * @param path the folder
     * @param option name of the option that it was given with, for messages
     * @throws UserError if it cannot
     */
    explicit OutputFolder(const std::string& path, const std::string& option = "out");

    OutputFolder(const OutputFolder&) = delete;
    OutputFolder& operator=(const OutputFolder&) = delete;

    /** @brief Takes back what was not committed. */
    ~OutputFolder();

    /**
     * @brief Begins a file.
     * @param name its name, or `folder/name` below this folder; not begun before
     * @return where to write; valid until Commit() or the end of this object
     * @throws UserError if it cannot be written
     */
    std::ostream& Open(const std::string& name);

    /**
     * @brief Begins a file that something else writes, such as ns-3's pcap writer. That must have
     * closed it before Commit().
     * @param name as for Open()
     * @return the path to write to
     * @throws UserError if it cannot be written
     */
    std::string Reserve(const std::string& name);

    /**
     * @brief Says that a file of an earlier run does not belong to this one's results.
     * @param name of the file or folder below this one; Commit() removes it if it is there
     */
    void Discard(const std::string& name);

    /**
     * @brief Completes all files: each gets its own name.
     * @throws UserError if one could not be written to its end, such as on a full disk; then none
     * is completed
     */
    void Commit();

    /** @return the folder */
    const std::string& Path() const;

  private:
    /** A file that was begun. */
    struct File
    {
        std::string name;                      //!< name below the folder
        std::unique_ptr<std::ofstream> stream; //!< null if something else writes it
    };

    /** @param path a folder; makes it and those it is in, and remembers which were not there */
    void MakeFolder(const std::string& path);

    /** @param name of a file @return its path while it is not complete */
    std::string PartPath(const std::string& name) const;

    /**
     * @param what could not be done
     * @param error why, as errno tells it; 0 if that is not known
     * @return the error, to be thrown
     */
    UserError Failure(const std::string& what, int error) const;

    /** @brief Removes files that were begun and folders that were made. */
    void TakeBack();

    std::string m_path;               //!< the folder
    std::string m_option;             //!< the option's name
    std::vector<File> m_files;        //!< in order of beginning
    std::vector<std::string> m_made;  //!< folders that were made, outer ones first
    std::vector<std::string> m_stale; //!< what Commit() removes
    bool m_committed{false};          //!< nothing to take back
    InterruptCleanup m_onSignal;      //!< what a signal takes back
};

} // namespace ns3::mbs

#endif // MBS_OUTPUT_FOLDER_H

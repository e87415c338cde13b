// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-output-folder.h"

#include "ns3/assert.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace ns3::mbs
{

namespace fs = std::filesystem;

OutputFolder::OutputFolder(const std::string& path, const std::string& option)
    : m_path(path),
      m_option(option)
{
    // A destructor does not run when its constructor throws.
    try
    {
        if (path.empty())
        {
            throw Failure("must be the name of a folder", 0);
        }
        MakeFolder(m_path);
        const std::string probe = PartPath("write-test");
        m_onSignal.AddFile(probe);
        errno = 0;
        std::ofstream stream(probe);
        stream << '\n' << std::flush;
        const int error = errno;
        const bool ok = stream.good();
        stream.close();
        std::error_code ignored;
        fs::remove(probe, ignored);
        if (!ok)
        {
            throw Failure("cannot be written to", error);
        }
    }
    catch (...)
    {
        TakeBack();
        throw;
    }
}

OutputFolder::~OutputFolder()
{
    if (!m_committed)
    {
        TakeBack();
    }
}

void
OutputFolder::MakeFolder(const std::string& path)
{
    std::vector<fs::path> missing;
    std::error_code error;
    for (fs::path at = fs::path(path).lexically_normal(); !at.empty(); at = at.parent_path())
    {
        const fs::file_status status = fs::status(at, error);
        if (fs::is_directory(status))
        {
            break;
        }
        if (fs::exists(status))
        {
            throw Failure(at.string() + " is not a folder", 0);
        }
        // "a/" normalizes to itself; its last part is empty.
        if (at.has_filename())
        {
            missing.push_back(at);
        }
        if (at == at.parent_path())
        {
            break;
        }
    }
    for (auto it = missing.rbegin(); it != missing.rend(); ++it)
    {
        // Not there yet, but a signal may come right behind it; one that is not empty stays.
        m_onSignal.AddFolder(it->string());
        fs::create_directory(*it, error);
        if (error)
        {
            throw Failure("cannot be made", error.value());
        }
        m_made.push_back(it->string());
    }
}

std::string
OutputFolder::PartPath(const std::string& name) const
{
    return (fs::path(m_path) / (name + PART)).string();
}

UserError
OutputFolder::Failure(const std::string& what, int error) const
{
    const std::string why = error == 0 ? "" : std::string(" (") + std::strerror(error) + ")";
    return ProgramOptions::Error(m_option,
                                 m_path,
                                 what + why + "; give a folder that can be written to, such as --" +
                                     m_option + "=results");
}

std::string
OutputFolder::Reserve(const std::string& name)
{
    NS_ASSERT_MSG(!m_committed, "opened after Commit()");
    const bool isNew = std::none_of(m_files.begin(), m_files.end(), [&](const File& file) {
        return file.name == name;
    });
    NS_ASSERT_MSG(isNew, name << " opened twice");
    static_cast<void>(isNew);
    MakeFolder(fs::path(PartPath(name)).parent_path().string());
    m_files.push_back({name, nullptr});
    m_onSignal.AddFile(PartPath(name));
    return PartPath(name);
}

std::ostream&
OutputFolder::Open(const std::string& name)
{
    const std::string path = Reserve(name);
    File& file = m_files.back();
    errno = 0;
    file.stream = std::make_unique<std::ofstream>(path, std::ios::binary | std::ios::trunc);
    if (!*file.stream)
    {
        throw Failure("cannot take the file " + name, errno);
    }
    return *file.stream;
}

void
OutputFolder::Discard(const std::string& name)
{
    m_stale.push_back(name);
}

void
OutputFolder::Commit()
{
    NS_ASSERT_MSG(!m_committed, "committed twice");
    for (File& file : m_files)
    {
        errno = 0;
        if (file.stream)
        {
            file.stream->close();
            if (!*file.stream)
            {
                throw Failure("cannot take all of the file " + file.name, errno);
            }
        }
        else if (!fs::exists(PartPath(file.name)))
        {
            throw Failure("cannot take the file " + file.name, 0);
        }
        // Found out now, while nothing has its own name yet.
        if (fs::is_directory(fs::path(m_path) / file.name))
        {
            throw Failure("cannot take the file " + file.name, EISDIR);
        }
    }
    // Old files go and new ones come as one step.
    const InterruptCleanup::Uninterrupted whole;
    std::error_code error;
    for (const std::string& name : m_stale)
    {
        const bool current = std::any_of(m_files.begin(), m_files.end(), [&](const File& file) {
            return file.name.compare(0, name.size() + 1, name + "/") == 0;
        });
        // A folder with new files in it loses its old ones only.
        if (current)
        {
            for (const auto& entry : fs::directory_iterator(fs::path(m_path) / name, error))
            {
                if (entry.path().extension() != PART)
                {
                    fs::remove_all(entry.path(), error);
                }
            }
            continue;
        }
        fs::remove_all(fs::path(m_path) / name, error);
    }
    for (const File& file : m_files)
    {
        fs::rename(PartPath(file.name), fs::path(m_path) / file.name, error);
        if (error)
        {
            throw Failure("cannot take the file " + file.name, error.value());
        }
    }
    m_committed = true;
    m_onSignal.Release();
}

const std::string&
OutputFolder::Path() const
{
    return m_path;
}

void
OutputFolder::TakeBack()
{
    std::error_code ignored;
    for (File& file : m_files)
    {
        file.stream.reset();
        fs::remove(PartPath(file.name), ignored);
    }
    // Only those that are empty go: remove() leaves others alone.
    for (auto it = m_made.rbegin(); it != m_made.rend(); ++it)
    {
        fs::remove(*it, ignored);
    }
    m_onSignal.Release();
}

} // namespace ns3::mbs

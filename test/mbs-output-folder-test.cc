// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-interrupt-cleanup.h"
#include "ns3/mbs-output-folder.h"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sys/wait.h>
#include <unistd.h>

namespace ns3::mbs
{

namespace
{

namespace fs = std::filesystem;

/** A test that has a folder of its own. */
class FolderTestCase : public TestCase
{
  public:
    /** A test's body: gets where to report and an empty folder. */
    using Body = void (*)(FolderTestCase& check, const std::string& folder);

    /** @param name the behaviour that it shows @param body the test */
    FolderTestCase(const std::string& name, Body body)
        : TestCase(name),
          m_body(body)
    {
    }

    /** @param condition what should hold @param message what it means if not */
    void Expect(bool condition, const std::string& message)
    {
        NS_TEST_EXPECT_MSG_EQ(condition, true, message);
    }

  private:
    void DoRun() override
    {
        const std::string folder = CreateTempDirFilename("folder");
        fs::remove_all(folder);
        fs::create_directories(folder);
        m_body(*this, folder);
        fs::remove_all(folder);
    }

    Body m_body; //!< the test
};

/** @param path of a file @return its text, `-` if there is none */
std::string
TextOf(const std::string& path)
{
    std::ifstream stream(path);
    return stream ? std::string(std::istreambuf_iterator<char>(stream), {}) : "-";
}

/** @param path of a folder @return how many files and folders there are below */
long
CountIn(const std::string& path)
{
    return std::distance(fs::recursive_directory_iterator(path),
                         fs::recursive_directory_iterator());
}

/** @param path a folder that will not do @return what is said of it */
std::string
ErrorOf(const std::string& path)
{
    try
    {
        OutputFolder folder(path);
        return "";
    }
    catch (const UserError& error)
    {
        return error.what();
    }
}

void
FilesAppearTogether(FolderTestCase& check, const std::string& folder)
{
    const std::string path = folder + "/a/b";
    {
        OutputFolder out(path);
        check.Expect(out.Path() == path && fs::is_directory(path), "made with what it is in");
        out.Open("summary.json") << "{}\n";
        std::ostream& csv = out.Open("x.csv");
        out.Open("pcap/n.pcap") << "pcap";
        csv << "1,2\n";
        std::ofstream(out.Reserve("pcap/m.pcap")) << "by another";
        check.Expect(!fs::exists(path + "/summary.json") && !fs::exists(path + "/x.csv") &&
                         !fs::exists(path + "/pcap/n.pcap"),
                     "none before");
        out.Commit();
        check.Expect(TextOf(path + "/summary.json") == "{}\n" &&
                         TextOf(path + "/x.csv") == "1,2\n" &&
                         TextOf(path + "/pcap/n.pcap") == "pcap" &&
                         TextOf(path + "/pcap/m.pcap") == "by another",
                     "all afterwards");
    }
    check.Expect(CountIn(path) == 5, "they stay, and there is nothing else");
}

void
NothingIsLeftWithoutCommit(FolderTestCase& check, const std::string& folder)
{
    {
        OutputFolder out(folder + "/a/b/");
        out.Open("summary.json") << "half";
        out.Open("pcap/n.pcap") << "half";
    }
    check.Expect(CountIn(folder) == 0, "no file and no folder");

    std::ofstream(folder + "/summary.json") << "earlier";
    {
        OutputFolder out(folder);
        out.Open("summary.json") << "half";
        out.Discard("summary.json");
    }
    check.Expect(TextOf(folder + "/summary.json") == "earlier" && CountIn(folder) == 1,
                 "an earlier run's file is untouched");
}

void
EarlierFilesAreReplaced(FolderTestCase& check, const std::string& folder)
{
    fs::create_directories(folder + "/pcap");
    for (const char* name : {"summary.json", "keys.csv", "notes.txt", "pcap/old.pcap"})
    {
        std::ofstream(folder + "/" + name) << "earlier";
    }
    {
        OutputFolder out(folder);
        out.Open("summary.json") << "new";
        out.Open("pcap/new.pcap") << "new";
        out.Discard("keys.csv");
        out.Discard("pcap");
        out.Discard("never-there.csv");
        out.Commit();
    }
    check.Expect(TextOf(folder + "/summary.json") == "new", "replaced");
    check.Expect(TextOf(folder + "/notes.txt") == "earlier", "the user's own file is left alone");
    check.Expect(TextOf(folder + "/pcap/new.pcap") == "new", "new");
    check.Expect(!fs::exists(folder + "/keys.csv") && !fs::exists(folder + "/pcap/old.pcap"),
                 "discarded");
    {
        OutputFolder out(folder);
        out.Discard("pcap");
        out.Commit();
    }
    check.Expect(!fs::exists(folder + "/pcap"), "a folder is discarded with what is in it");
}

void
UnusableFoldersAreRefused(FolderTestCase& check, const std::string& folder)
{
    std::ofstream(folder + "/file") << "x";
    const std::string fix = "; give a folder that can be written to, such as --out=results";
    check.Expect(ErrorOf("") == "--out=: must be the name of a folder" + fix, "no name");
    for (const std::string& path : {folder + "/file", folder + "/file/below"})
    {
        check.Expect(ErrorOf(path) ==
                         "--out=" + path + ": " + folder + "/file is not a folder" + fix,
                     ErrorOf(path));
    }
    // Not even root can make a folder or a file here.
    const std::string kernel = "/proc/mbs-results";
    check.Expect(ErrorOf(kernel).find("--out=/proc/mbs-results: cannot be made (") == 0,
                 ErrorOf(kernel));
    check.Expect(ErrorOf("/proc").find("--out=/proc: cannot be written to (") == 0,
                 ErrorOf("/proc"));
    const std::string longName = folder + "/new/" + std::string(300, 'x');
    check.Expect(ErrorOf(longName).find("cannot be made") != std::string::npos, "too long a name");
    check.Expect(CountIn(folder) == 1, "nothing is left behind");
}

void
FailingFilesFailTheCommit(FolderTestCase& check, const std::string& folder)
{
    const auto fails = [&check](OutputFolder& out, const std::string& part) {
        std::string text;
        try
        {
            out.Commit();
        }
        catch (const UserError& error)
        {
            text = error.what();
        }
        check.Expect(text.find(part) != std::string::npos, part + " in: " + text);
    };
    {
        OutputFolder out(folder);
        out.Open("a.csv") << "a";
        out.Reserve("b.pcap");
        fails(out, "cannot take the file b.pcap");
    }
    check.Expect(CountIn(folder) == 0, "a reserved file that nobody wrote");
    if (fs::exists("/dev/full"))
    {
        fs::create_symlink("/dev/full", folder + "/full.csv.part");
        OutputFolder out(folder);
        out.Open("a.csv") << "a";
        out.Open("full.csv") << "x";
        fails(out, "cannot take all of the file full.csv (No space left");
        check.Expect(!fs::exists(folder + "/a.csv"), "then none is completed");
    }
    check.Expect(CountIn(folder) == 0, "a full disk");
    {
        fs::create_directories(folder + "/x.csv/in-the-way");
        OutputFolder out(folder);
        out.Open("x.csv") << "x";
        fails(out, "cannot take the file x.csv (");
    }
    check.Expect(CountIn(folder) == 2, "a folder in the way stays");
    {
        fs::create_directories(folder + "/y.csv.part/in-the-way");
        OutputFolder out(folder);
        std::string text;
        try
        {
            out.Open("y.csv");
        }
        catch (const UserError& error)
        {
            text = error.what();
        }
        check.Expect(text.find("cannot take the file y.csv (") != std::string::npos, text);
    }
}

/**
 * @brief Runs something in a process of its own, which is to end itself.
 * @param body what to run
 * @return how it ended, as waitpid() has it
 */
int
StatusOfChild(const std::function<void()>& body)
{
    const pid_t child = fork();
    if (child == 0)
    {
        // The sentence that a person gets is not for the test's output.
        close(STDERR_FILENO);
        // Under nohup the tests themselves are started with SIGHUP ignored.
        std::signal(SIGHUP, SIG_DFL);
        InterruptCleanup::Watch("test");
        body();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

void
SignalsLeaveNothingBehind(FolderTestCase& check, const std::string& folder)
{
    std::ofstream(folder + "/x.csv") << "earlier";
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
    {
        const int status = StatusOfChild([&folder, signal] {
            OutputFolder other(folder);
            other.Open("x.csv") << "half" << std::flush;
            OutputFolder out(folder + "/a/b");
            out.Open("summary.json") << "half" << std::flush;
            std::ofstream pcap(out.Reserve("pcap/m.pcap"));
            pcap << "half" << std::flush;
            raise(signal);
        });
        check.Expect(WIFSIGNALED(status) && WTERMSIG(status) == signal, "the signal ends it");
        check.Expect(CountIn(folder) == 1 && TextOf(folder + "/x.csv") == "earlier",
                     "what is not complete is gone, what is stays");
    }
    const int committed = StatusOfChild([&folder] {
        OutputFolder out(folder + "/new");
        out.Open("summary.json") << "{}";
        out.Commit();
        raise(SIGINT);
    });
    check.Expect(WIFSIGNALED(committed) && TextOf(folder + "/new/summary.json") == "{}",
                 "results that are complete stay");
    const int ignored = StatusOfChild([&folder] {
        std::signal(SIGHUP, SIG_IGN);
        InterruptCleanup::Watch("test");
        OutputFolder out(folder + "/nohup");
        out.Open("summary.json") << "{}";
        raise(SIGHUP);
        out.Commit();
    });
    check.Expect(ignored == 0 && TextOf(folder + "/nohup/summary.json") == "{}",
                 "a signal that is ignored stays so");
    const int held = StatusOfChild([&folder] {
        OutputFolder out(folder + "/held");
        out.Open("summary.json") << "{}";
        {
            const InterruptCleanup::Uninterrupted whole;
            raise(SIGTERM);
            out.Commit();
        }
        _exit(1);
    });
    check.Expect(WIFSIGNALED(held) && TextOf(folder + "/held/summary.json") == "{}",
                 "what is one step is done to its end");
}

} // namespace

/** @param suite gets the tests of the results folder */
void AddOutputFolderTests(MbsTestSuite& suite);

void
AddOutputFolderTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FolderTestCase::Body body) {
        suite.Add(new FolderTestCase(name, body));
    };
    add("result files appear together", FilesAppearTogether);
    add("without a commit nothing is left behind", NothingIsLeftWithoutCommit);
    add("files of an earlier run are replaced", EarlierFilesAreReplaced);
    add("folders that cannot be written are refused", UnusableFoldersAreRefused);
    add("a signal leaves nothing behind that is not complete", SignalsLeaveNothingBehind);
    add("a file that fails fails the commit", FailingFilesFailTheCommit);
}

} // namespace ns3::mbs

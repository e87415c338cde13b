// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_PROGRAM_OPTIONS_H
#define MBS_PROGRAM_OPTIONS_H

#include "ns3/nstime.h"

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What a user got wrong: one sentence with the name, the value, the range and the fix.
 */
class UserError : public std::runtime_error
{
  public:
    using std::runtime_error::runtime_error;
};

/**
 * @ingroup mbs
 * @brief The command line of a program.
 *
 * In place of ns-3's CommandLine, which stops with a stack of messages or a core dump on a wrong
 * value and knows no range. Takes the options that the program registers and, in every program:
 *
 * - `--help`
 * - `--RngRun=N`, `--RngSeed=N` and ns-3's other global values
 * - `--ns3::Class::Attribute=value` for the default of any attribute of any class
 * - `--PrintAttributes[=ns3::Class]`
 * - `--describe`
 * - `--PrintHelp` and `--PrintGlobals` in the form of ns-3's CommandLine, which SEM reads
 *
 * A variable keeps the value it had at registration, its default, unless the option is given. What
 * is given twice is wrong, unless SetRepeatable() was called for it. `--name=default` is as if it
 * were not given: SEM gives every option that it has no value for.
 */
class ProgramOptions
{
  public:
    /**
     * @brief Checks the text of an option.
     *
     * Gets the text; returns what is wrong with it as a clause that can follow
     * `--name=text: `, or nothing if it is right.
     */
    using Validator = std::function<std::string(const std::string& text)>;

    /**
     * @param program its name, as in `mbs-key-update`
     * @param summary what it does, sentences
     */
    ProgramOptions(const std::string& program, const std::string& summary);

    /**
     * @brief Registers a whole number.
     * @param name without dashes
     * @param[in,out] value the default, then what is given; must outlive Parse()
     * @param min smallest value
     * @param max largest value
     * @param help what it means, one line, with its unit
     */
    void AddCount(const std::string& name,
                  uint32_t& value,
                  uint32_t min,
                  uint32_t max,
                  const std::string& help);

    /**
     * @brief Registers a time: a number with ns, us, ms, s, min or h; without unit, seconds.
     * @param name without dashes
     * @param[in,out] value the default, then what is given; must outlive Parse()
     * @param min smallest value
     * @param max largest value
     * @param help what it means, one line; should say so if 0s means never
     */
    void AddTime(const std::string& name, Time& value, Time min, Time max, const std::string& help);

    /**
     * @param name of an option, an attribute (`ns3::mbs::Class::Attribute`) or a global value,
     *        without dashes
     * @return true if Parse() met it, so that it shall win over a default from elsewhere
     */
    bool IsGiven(const std::string& name) const;

    /**
     * @brief Registers a flag: `--name`, or with a value true or false.
     * @param name without dashes
     * @param[in,out] value the default, then what is given; must outlive Parse()
     * @param help what it means, one line
     */
    void AddFlag(const std::string& name, bool& value, const std::string& help);

    /**
     * @brief Registers a choice.
     * @param name without dashes
     * @param[in,out] value the default, then what is given; must outlive Parse()
     * @param choices what can be given
     * @param help what it means, one line
     */
    void AddChoice(const std::string& name,
                   std::string& value,
                   const std::vector<std::string>& choices,
                   const std::string& help);

    /**
     * @brief Registers a text.
     * @param name without dashes
     * @param[in,out] value the default, then what is given; must outlive Parse()
     * @param syntax what can be given, as the help shows it, such as `ideal|fixed:LOSS`
     * @param validator says what is wrong with a text; none means that any will do
     * @param help what it means, one line
     * @param shownDefault what the help shows as the default; empty means the default itself
     */
    void AddText(const std::string& name,
                 std::string& value,
                 const std::string& syntax,
                 const Validator& validator,
                 const std::string& help,
                 const std::string& shownDefault = "");

    /**
     * @brief Says of a text that it may be given several times, each time to its validator, for
     * those who read PrintDescription(). Other options are given once.
     * @param name of the text, which is registered, without dashes
     */
    void SetRepeatable(const std::string& name);

    /**
     * @brief Reads the command line: sets variables, attributes' defaults and global values.
     * @param argc number of words
     * @param argv the words, the program's name first
     * @param out where help goes
     * @return false if help was asked for and written, so that the program should end with status 0
     * @throws UserError on the first word that is wrong; attributes before it are set already
     */
    bool Parse(int argc, const char* const* argv, std::ostream& out);

    /**
     * @brief The same, with the words in a vector, without the program's name.
     * @param words the words
     * @param out where help goes
     * @return false if help was asked for
     * @throws UserError on the first word that is wrong
     */
    bool Parse(const std::vector<std::string>& words, std::ostream& out);

    /**
     * @brief Writes the help.
     * @param out where to
     */
    void PrintHelp(std::ostream& out) const;

    /**
     * @brief Names the files that a run writes to its folder, for those who read
     * PrintDescription().
     * @param files their names; those that an option asks for are left out
     */
    void SetResultFiles(const std::vector<std::string>& files);

    /**
     * @brief Writes what other programs want to know: versions, result files, every option with its
     * type, default, range and help, ns-3's global values and this module's attributes, as JSON.
     * @param out where to
     */
    void PrintDescription(std::ostream& out) const;

    /**
     * @brief Writes the help in the form of ns-3's CommandLine, a line for each option with its
     * default last, in brackets.
     * @param out where to
     */
    void PrintNs3Help(std::ostream& out) const;

    /**
     * @brief For checks that take more than one option, such as more gNBs than UEs.
     * @param name of the option that should be changed, without dashes
     * @param value what it is
     * @param clause what is wrong and how to put it right
     * @return the error, to be thrown
     */
    static UserError Error(const std::string& name,
                           const std::string& value,
                           const std::string& clause);

  private:
    /** A registered option. */
    struct Option
    {
        std::string name;         //!< without dashes
        std::string syntax;       //!< what can be given, for the help; empty for a flag
        std::string shownDefault; //!< for the help
        std::string type;         //!< count, time, flag, choice or text
        std::string value;        //!< the default as it would be typed
        std::string min;          //!< smallest value as it would be typed, empty without a range
        std::string max;          //!< largest value
        std::vector<std::string> choices; //!< what can be given, of a choice
        std::string help;                 //!< for the help
        std::string need;                 //!< what must be given and an example, for `--name` alone
        bool flag{false};                 //!< can be given without a value
        bool given{false};                //!< was met on the command line
        bool repeatable{false};           //!< each value counts, not the last one alone
        Validator set;                    //!< checks and stores; returns what is wrong
    };

    /** @param name of an option, without dashes; asserts that it is new */
    void CheckNew(const std::string& name) const;

    /**
     * @brief Takes one word of the command line.
     * @param word the word
     * @param out where help goes
     * @return false if help was written
     */
    bool ParseWord(const std::string& word, std::ostream& out);

    /**
     * @brief Finds the name nearest to a wrong one.
     * @param name the wrong name, without dashes
     * @return an option or a global value, or empty if none is near
     */
    std::string Nearest(const std::string& name) const;

    std::string m_program;                  //!< its name
    std::string m_summary;                  //!< what it does
    std::vector<Option> m_options;          //!< in order of registration
    std::vector<std::string> m_resultFiles; //!< what a run writes
    std::set<std::string> m_others;         //!< attributes and global values that were met
};

} // namespace ns3::mbs

#endif // MBS_PROGRAM_OPTIONS_H

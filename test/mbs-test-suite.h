// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_TEST_SUITE_H
#define MBS_TEST_SUITE_H

#include "ns3/test.h"

/**
 * @defgroup mbs-tests Tests of the mbs module
 * @ingroup mbs
 */

namespace ns3::mbs
{

/** @cond names of ns-3's test durations before and since 3.42 */
namespace detail
{

template <typename T>
auto
Quick(int) -> decltype(T::Duration::QUICK)
{
    return T::Duration::QUICK;
}

template <typename T>
auto
Quick(long) -> decltype(T::QUICK)
{
    return T::QUICK;
}

template <typename T>
auto
Unit(int) -> decltype(T::Type::UNIT)
{
    return T::Type::UNIT;
}

template <typename T>
auto
Unit(long) -> decltype(T::UNIT)
{
    return T::UNIT;
}

} // namespace detail

/** @endcond */

/**
 * @ingroup mbs-tests
 * @brief A suite of quick unit tests, whatever this ns-3 calls that type.
 */
class MbsTestSuite : public TestSuite
{
  public:
    /** @param name what `test.py -s` calls it */
    explicit MbsTestSuite(const std::string& name)
        : TestSuite(name, detail::Unit<TestSuite>(0))
    {
    }

    /**
     * @brief Adds a quick test case.
     * @param test the test case, owned by the suite from now on
     */
    void Add(TestCase* test)
    {
        AddTestCase(test, detail::Quick<TestCase>(0));
    }
};

/**
 * @ingroup mbs-tests
 * @brief A test case that is one function: for the many that need no state.
 */
class FunctionTestCase : public TestCase
{
  public:
    /** What a test's function gets to report with. */
    class Checker
    {
      public:
        /** @param test where to report */
        explicit Checker(FunctionTestCase& test)
            : m_test(test)
        {
        }

        /**
         * @brief Fails the test unless @p condition holds.
         * @param condition what should hold
         * @param message what it means if not
         */
        void Expect(bool condition, const std::string& message)
        {
            m_test.Expect(condition, message);
        }

        /**
         * @brief Fails the test unless the two are equal.
         * @param actual what the code gave
         * @param expected what it should give
         * @param message what is compared
         */
        template <typename A, typename B>
        void Equal(const A& actual, const B& expected, const std::string& message)
        {
            std::ostringstream text;
            text << message << ": got " << actual << ", expected " << expected;
            m_test.Expect(actual == expected, text.str());
        }

      private:
        FunctionTestCase& m_test; //!< where to report
    };

    /** The body of a test. */
    using Body = void (*)(Checker& check);

    /**
     * @param name the behaviour that it shows
     * @param body the test
     */
    FunctionTestCase(const std::string& name, Body body)
        : TestCase(name),
          m_body(body)
    {
    }

  private:
    void DoRun() override
    {
        Checker checker(*this);
        m_body(checker);
    }

    /** @param condition what should hold @param message what it means if not */
    void Expect(bool condition, const std::string& message)
    {
        NS_TEST_EXPECT_MSG_EQ(condition, true, message);
    }

    Body m_body; //!< the test
};

/** Shorthand for the parameter of a test's function. */
using Check = FunctionTestCase::Checker;

} // namespace ns3::mbs

#endif // MBS_TEST_SUITE_H

// SPDX-License-Identifier: GPL-2.0-only
// Written by utils/update-source-lists; do not edit.
#ifndef MBS_TEST_TOPICS_H
#define MBS_TEST_TOPICS_H

#include "mbs-test-suite.h"

#include <vector>

namespace ns3::mbs
{

/** @cond each is documented where it is defined */
void AddSrtpTests(MbsTestSuite& suite);
void AddAperTests(MbsTestSuite& suite);
void AddKeyUpdateLedgerTests(MbsTestSuite& suite);
void AddLatencyStatisticsTests(MbsTestSuite& suite);
void AddResultWriterTests(MbsTestSuite& suite);
void AddTrafficLedgerTests(MbsTestSuite& suite);
/** @endcond */

/**
 * @ingroup mbs-tests
 * @brief A file of tests and the room whose suite it belongs to.
 */
struct TestTopic
{
    const char* room;                 //!< folder under model/, or "system" for tests of the whole
    void (*add)(MbsTestSuite& suite); //!< adds its tests to a suite
};

/** All topics, room by room. */
const std::vector<TestTopic> TEST_TOPICS = {
    {"crypto", AddSrtpTests},
    {"messages", AddAperTests},
    {"measure", AddKeyUpdateLedgerTests},
    {"measure", AddLatencyStatisticsTests},
    {"measure", AddResultWriterTests},
    {"measure", AddTrafficLedgerTests},
};

} // namespace ns3::mbs

#endif // MBS_TEST_TOPICS_H

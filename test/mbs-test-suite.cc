// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "mbs-test-topics.h"

#include <string>

namespace ns3::mbs
{

namespace
{

/**
 * @ingroup mbs-tests
 * @brief The suite of one room, or of all of them.
 */
class MbsRoomSuite : public MbsTestSuite
{
  public:
    /**
     * @param name what `test.py -s` calls it
     * @param room whose tests it takes; empty for all
     */
    explicit MbsRoomSuite(const std::string& name, const std::string& room = "")
        : MbsTestSuite(name)
    {
        for (const auto& topic : TEST_TOPICS)
        {
            if (room.empty() || room == topic.room)
            {
                topic.add(*this);
            }
        }
    }
};

#ifdef MBS_SUITE_PER_ROOM
// A stand-alone build runs them in parallel. CMakeLists.txt reads the names from these lines.
MbsRoomSuite g_keys("mbs-keys", "keys");
MbsRoomSuite g_crypto("mbs-crypto", "crypto");
MbsRoomSuite g_messages("mbs-messages", "messages");
MbsRoomSuite g_measure("mbs-measure", "measure");
MbsRoomSuite g_transport("mbs-transport", "transport");
MbsRoomSuite g_ran("mbs-ran", "ran");
MbsRoomSuite g_core("mbs-core", "core");
MbsRoomSuite g_system("mbs-system", "system");
MbsRoomSuite g_fuzz("mbs-fuzz", "fuzz");
#else
// In an ns-3 tree `./test.py -s mbs` runs everything.
MbsRoomSuite g_mbs("mbs");
#endif

} // namespace

} // namespace ns3::mbs

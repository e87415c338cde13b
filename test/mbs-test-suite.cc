// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "mbs-test-topics.h"

#include <cstddef>
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
     * @param share which of the room's topics it takes, below @p shares: the first is in share 0,
     * the second in share 1, and so on in turn
     * @param shares how many suites the room has
     */
    explicit MbsRoomSuite(const std::string& name,
                          const std::string& room = "",
                          std::size_t share = 0,
                          std::size_t shares = 1)
        : MbsTestSuite(name)
    {
        std::size_t number = 0;
        for (const auto& topic : TEST_TOPICS)
        {
            if ((room.empty() || room == topic.room) && number++ % shares == share)
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
// The tests of the whole take longer than all others together.
MbsRoomSuite g_system1("mbs-system-1", "system", 0, 3);
MbsRoomSuite g_system2("mbs-system-2", "system", 1, 3);
MbsRoomSuite g_system3("mbs-system-3", "system", 2, 3);
MbsRoomSuite g_fuzz("mbs-fuzz", "fuzz");
#else
// In an ns-3 tree `./test.py -s mbs` runs everything.
MbsRoomSuite g_mbs("mbs");
#endif

} // namespace

} // namespace ns3::mbs

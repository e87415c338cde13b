// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-node-keys.h"

#include "ns3/simulator.h"

#include <string>
#include <vector>

namespace ns3::mbs
{

namespace
{

/** The session of the tests. */
const Tmgi SESSION(1, PlmnId());

/** The keys of a node, and somebody who listens. */
struct Listening
{
    Listening()
        : keys(NodeKeys::Install(CreateObject<Node>()))
    {
        keys->Listen(
            [this](const Tmgi&, const KeySet& set) { heard.push_back(set.mskId.Number()); },
            [this](const Tmgi& tmgi) { removed += tmgi == SESSION ? 1 : 100; });
    }

    ~Listening()
    {
        Simulator::Destroy();
    }

    /** @param number Key Number part @param group Key Group part */
    void Put(uint16_t number, uint16_t group = 1)
    {
        KeySet set;
        set.mskId = MskId(group, number);
        set.msk.emplace();
        keys->Put(SESSION, set);
    }

    /** @param number Key Number part @return true if the MSK of that number is there */
    bool Holds(uint16_t number) const
    {
        return keys->Find(SESSION, MskId(1, number)) != nullptr;
    }

    Ptr<NodeKeys> keys;          //!< under test
    std::vector<uint16_t> heard; //!< Key Number parts
    uint32_t removed{0};         //!< how often the session was
};

/** @param check where to report */
void
OlderKeys(Check& check)
{
    Listening node;
    node.Put(3);
    node.Put(2);
    check.Expect(node.Holds(3) && !node.Holds(2), "an older MSK does not replace a newer one");
    check.Equal(node.heard.size(), 1U, "and nobody hears of it");
    node.Put(3);
    check.Equal(node.heard.size(), 2U, "the same one with another MTK does");
    node.Put(65535);
    check.Expect(node.Holds(3), "65535 is 4 before 3, as Key Numbers go round");
    node.Put(20000);
    node.Put(40000);
    node.Put(65535);
    node.Put(1);
    check.Expect(node.Holds(1), "1 comes after 65535");
    node.Put(9, 7);
    check.Expect(!node.Holds(1), "numbers of another group are not compared");
}

/** @param check where to report */
void
RemovedKeys(Check& check)
{
    Listening node;
    node.keys->Remove(SESSION);
    check.Equal(node.removed, 0U, "there was nothing to be removed");
    node.Put(1);
    node.keys->Remove(SESSION);
    check.Expect(!node.Holds(1), "the keys are gone");
    check.Equal(node.removed, 1U, "and who listens knows");
    uint32_t visited = 0;
    node.keys->ForEach([&visited](const Tmgi&, const KeySet&) { ++visited; });
    check.Equal(visited, 0U, "none is left");
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of the keys of a node */
void AddNodeKeysTests(MbsTestSuite& suite);

void
AddNodeKeysTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(std::string("keys of a node: ") + name, body));
    };
    add("older ones do not replace newer ones", OlderKeys);
    add("who listens is told when those of a session are wiped", RemovedKeys);
}

} // namespace ns3::mbs

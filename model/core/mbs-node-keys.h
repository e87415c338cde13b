// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NODE_KEYS_H
#define MBS_NODE_KEYS_H

#include "ns3/mbs-key-material.h"

#include "ns3/node.h"
#include "ns3/object.h"

#include <functional>
#include <map>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief The keys that the functions of one node share: the inside of a box.
 *
 * TS 33.501 W.4.1.1 puts the MBSSF into the MBSF or the MBSTF and leaves what is between them to
 * the deployment. Functions on one node reach the same memory; this object, aggregated to the node,
 * is that memory. Between nodes there are messages only.
 */
class NodeKeys : public Object
{
  public:
    /** Hears of keys: the session, and its newest MSK with the newest MTK under it if there is one.
     */
    using Listener = std::function<void(const Tmgi& tmgi, const KeySet& keys)>;

    /** Hears that UEs have an MSK: the session, and the name of the MSK. */
    using CompletionListener = std::function<void(const Tmgi& tmgi, const MskId& mskId)>;

    /** @return the TypeId ns3::mbs::NodeKeys */
    static TypeId GetTypeId();

    NodeKeys();
    ~NodeKeys() override;

    /**
     * @brief Makes the functions of a node share their keys.
     * @param node the node
     * @return its keys, the same object at each call
     */
    static Ptr<NodeKeys> Install(Ptr<Node> node);

    /**
     * @param node a node
     * @return its keys, or null if its functions share none
     */
    static Ptr<NodeKeys> Of(Ptr<Node> node);

    /** Hears of a session that is no more. */
    using Removed = std::function<void(const Tmgi& tmgi)>;

    /**
     * @param listener is told what keys there are, and from now on whenever some are put in
     * @param removed is told from now on when the keys of a session are wiped
     */
    void Listen(Listener listener, Removed removed);

    /** @param visitor is told what keys there are, once */
    void ForEach(const Listener& visitor) const;

    /** @param listener is told from now on when enough UEs have an MSK */
    void ListenForCompletion(CompletionListener listener);

    /**
     * @brief Tells the listeners that enough UEs have an MSK.
     * @param tmgi the session
     * @param mskId name of the MSK
     */
    void Completed(const Tmgi& tmgi, const MskId& mskId);

    /**
     * @brief Puts a session's newest keys in and tells the listeners.
     * @param tmgi the session
     * @param keys the MSK, and the newest MTK under it if there is one
     */
    void Put(const Tmgi& tmgi, const KeySet& keys);

    /**
     * @param tmgi a session
     * @param mskId name of an MSK
     * @return the keys put in last, if the MSK in them has that name; else null
     */
    const KeySet* Find(const Tmgi& tmgi, const MskId& mskId) const;

    /** @param tmgi a session that is no more; its keys are wiped */
    void Remove(const Tmgi& tmgi);

  protected:
    void DoDispose() override;

  private:
    std::map<Tmgi, KeySet> m_keys;                         //!< newest keys by session
    std::vector<Listener> m_listeners;                     //!< in the order in which they came
    std::vector<CompletionListener> m_completionListeners; //!< likewise
    std::vector<Removed> m_removed;                        //!< likewise
};

} // namespace ns3::mbs

#endif // MBS_NODE_KEYS_H

// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_TRANSPORT_ANCHOR_H
#define MBS_TRANSPORT_ANCHOR_H

#include "ns3/node.h"
#include "ns3/object.h"

#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Disposes of a node's transport endpoints together with the node.
 *
 * Aggregated to the node by the first endpoint. Sockets of a node whose protocol stack is being
 * taken down must not send any more, and an endpoint that outlived its node would let them.
 */
class TransportAnchor : public Object
{
  public:
    /** @return the TypeId ns3::mbs::TransportAnchor */
    static TypeId GetTypeId();

    TransportAnchor();
    ~TransportAnchor() override;

    /**
     * @brief From now on the endpoint is disposed of with the node.
     * @param node the node
     * @param endpoint what runs on it
     */
    static void Attach(Ptr<Node> node, Ptr<Object> endpoint);

    /**
     * @brief Undoes Attach(), for an endpoint that is disposed of before its node.
     * @param node the node
     * @param endpoint what ran on it
     */
    static void Detach(Ptr<Node> node, const Object* endpoint);

  protected:
    void DoDispose() override;

  private:
    std::vector<Ptr<Object>> m_endpoints; //!< in the order of Attach()
};

} // namespace ns3::mbs

#endif // MBS_TRANSPORT_ANCHOR_H

// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_LINK_FAULT_H
#define MBS_LINK_FAULT_H

#include "ns3/error-model.h"
#include "ns3/point-to-point-net-device.h"
#include "ns3/random-variable-stream.h"

#include <cstdint>
#include <set>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What goes wrong at one end of a link: nothing arrives, some packets are lost, or some
 * arrive twice.
 *
 * A receive error model of the device, so that what is lost was sent, and counts as dropped by the
 * receiver (`PhyRxDrop`). A second copy is sent by the far device again, behind what waits there.
 */
class LinkFault : public ErrorModel
{
  public:
    /** @return the TypeId ns3::mbs::LinkFault */
    static TypeId GetTypeId();

    LinkFault();
    ~LinkFault() override;

    /**
     * @brief Becomes the receive error model of a device.
     * @param device one end of a point-to-point link
     */
    void Install(Ptr<PointToPointNetDevice> device);

    /** @param down true if nothing shall arrive any more */
    void SetDown(bool down);

    /** @param packets how many of the next packets shall be lost, besides those asked for before */
    void DropNext(uint32_t packets);

    /** @param rate probability with which a packet is lost from now on */
    void SetDropRate(double rate);

    /** @param packets how many of the next packets shall arrive twice, besides those before */
    void DuplicateNext(uint32_t packets);

    /** @param rate probability with which a packet arrives twice from now on */
    void SetDuplicateRate(double rate);

    /**
     * @brief Gives the random variable a fixed stream.
     * @param stream which
     * @return how many streams were taken
     */
    int64_t AssignStreams(int64_t stream);

  private:
    bool DoCorrupt(Ptr<Packet> packet) override;
    void DoReset() override;

    /**
     * @param[in,out] next how many are certainly meant
     * @param rate probability for all others
     * @return true if this packet is meant
     */
    bool IsMeant(uint32_t& next, double rate);

    /** @param packet as it arrived, sent once more */
    void SendAgain(Ptr<const Packet> packet);

    PointToPointNetDevice* m_device{nullptr}; //!< whose error model this is; it keeps this object
    bool m_down{false};                       //!< nothing arrives
    uint32_t m_dropNext{0};                   //!< packets still to be lost
    double m_dropRate{0};                     //!< probability
    uint32_t m_duplicateNext{0};              //!< packets still to arrive twice
    double m_duplicateRate{0};                //!< probability
    std::set<uint64_t> m_copies;              //!< under way, by packet uid
    Ptr<UniformRandomVariable> m_random;      //!< draws for the probabilities
};

} // namespace ns3::mbs

#endif // MBS_LINK_FAULT_H

// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RADIO_LINK_H
#define MBS_RADIO_LINK_H

#include "mbs-radio-bearer.h"

#include "ns3/object.h"
#include "ns3/random-variable-stream.h"

#include <vector>

namespace ns3::mbs
{

class UeRadioDevice;

/**
 * @ingroup mbs
 * @brief Decides which transmissions between a gNB and one UE are lost.
 */
class RadioLink : public Object
{
  public:
    /** @return the TypeId ns3::mbs::RadioLink */
    static TypeId GetTypeId();

    RadioLink();
    ~RadioLink() override;

    /**
     * @brief Draws the fate of one transmission, in either direction.
     * @param ue the UE at one end
     * @param packet what is sent
     * @return true if it is lost
     */
    virtual bool IsLost(const UeRadioDevice& ue, const Ptr<const Packet>& packet) = 0;

    /**
     * @brief Draws the fate of one transmission of which it is known how it was sent. Without a
     * model of that, IsLost() for each repetition.
     * @param ue the UE at one end
     * @param packet what is sent
     * @param transmission how it was sent; has no blocks if no scheduler gave it slots
     * @return true if it is lost
     */
    virtual bool IsTransmissionLost(const UeRadioDevice& ue,
                                    const Ptr<const Packet>& packet,
                                    const RadioTransmission& transmission);

    /**
     * @brief IsTransmissionLost() for one that all UEs of a group in a cell may receive. A link
     * that decides by the cell alone need not look at the UE, which is costly for very many.
     * @param gnb number of the gNB, which serves the UE
     * @param ue one of them
     * @param packet what is sent
     * @param transmission how it was sent; has no blocks if no scheduler gave it slots
     * @return true if it is lost
     */
    virtual bool IsGroupTransmissionLost(uint32_t gnb,
                                         const UeRadioDevice& ue,
                                         const Ptr<const Packet>& packet,
                                         const RadioTransmission& transmission);

    /**
     * @brief How well a transmission would be received now, for link adaptation.
     * @param ue the UE at one end
     * @param direction which way
     * @return signal to interference and noise, dB; without a model of it, enough for any scheme
     */
    virtual double GetSinrDb(const UeRadioDevice& ue, RadioDirection direction);

    /**
     * @brief When GetSinrDb() can have changed.
     * @return a number that is another one as soon as it can; nothing if it can at any moment
     */
    virtual std::optional<uint64_t> GetSinrVersion();

    /**
     * @brief The SINR that is enough for a transmission to be received for certain.
     * @param transmission how it was sent
     * @return dB; without a model of it, more than any UE has
     */
    virtual double GetCertainSinrDb(const RadioTransmission& transmission);

    /** @return true if nothing is ever lost, so that nobody need ask; false here */
    virtual bool LosesNothing() const;

    /** @param ue is served by another cell than before, perhaps; does nothing here */
    virtual void CellChanged(const UeRadioDevice& ue);

    /**
     * @brief Gives the random variables fixed streams.
     * @param stream first stream
     * @return how many streams were taken
     */
    virtual int64_t AssignStreams(int64_t stream) = 0;
};

/**
 * @ingroup mbs
 * @brief A radio link that loses nothing.
 */
class IdealRadioLink final : public RadioLink
{
  public:
    /** @return the TypeId ns3::mbs::IdealRadioLink */
    static TypeId GetTypeId();

    bool IsLost(const UeRadioDevice& ue, const Ptr<const Packet>& packet) override;
    bool LosesNothing() const override;
    int64_t AssignStreams(int64_t stream) override;
};

/**
 * @ingroup mbs
 * @brief A radio link that loses each transmission with the same probability, independently.
 *
 * All cells draw from one random stream, or each from its own: then what is lost in a cell does not
 * depend on what is sent in others, as runs of several processes need it.
 */
class FixedLossRadioLink final : public RadioLink
{
  public:
    /** Random stream of cell 0 where each cell has its own; those of the others follow. */
    static constexpr int64_t FIRST_STREAM = int64_t{1} << 42;

    /** @return the TypeId ns3::mbs::FixedLossRadioLink */
    static TypeId GetTypeId();

    FixedLossRadioLink();

    bool IsLost(const UeRadioDevice& ue, const Ptr<const Packet>& packet) override;
    bool IsGroupTransmissionLost(uint32_t gnb,
                                 const UeRadioDevice& ue,
                                 const Ptr<const Packet>& packet,
                                 const RadioTransmission& transmission) override;
    int64_t AssignStreams(int64_t stream) override;

  private:
    /** @param gnb number of the gNB @return draws from 0 to 1 for its cell */
    UniformRandomVariable& UniformOf(uint32_t gnb);

    double m_lossRate{0.01};                           //!< probability, 0 to 1
    bool m_streamPerCell{false};                       //!< attribute
    Ptr<UniformRandomVariable> m_uniform;              //!< draws from 0 to 1
    std::vector<Ptr<UniformRandomVariable>> m_ofCells; //!< by gNB, where each cell has its own
};

} // namespace ns3::mbs

#endif // MBS_RADIO_LINK_H

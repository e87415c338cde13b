// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_ERROR_MODEL_RADIO_LINK_H
#define MBS_ERROR_MODEL_RADIO_LINK_H

#include "mbs-radio-link.h"

#include "ns3/error-model.h"

#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief A radio link on which an ns-3 ErrorModel decides what is lost, such as one of bursts. Each
 * UE has a model of its own, for what is sent to and from it in the order in which it arrives.
 */
class ErrorModelRadioLink : public RadioLink
{
  public:
    /** Random streams of the models, ten for each UE, behind those of all else. */
    static constexpr int64_t FIRST_STREAM = int64_t{1} << 41;

    /** @return the TypeId ns3::mbs::ErrorModelRadioLink */
    static TypeId GetTypeId();

    ErrorModelRadioLink();
    ~ErrorModelRadioLink() override;

    /** @return the class of the models with its attributes */
    const std::string& GetModel() const;

    /**
     * @brief Gives a UE a model that a program made, such as a ListErrorModel with its list.
     * @param ue number of the UE
     * @param model the model
     */
    void SetModelOf(uint32_t ue, Ptr<ErrorModel> model);

    bool IsLost(const UeRadioDevice& ue, const Ptr<const Packet>& packet) override;
    int64_t AssignStreams(int64_t stream) override;

  protected:
    void DoDispose() override;

  private:
    /** @param ue number of a UE @return its model, or null */
    Ptr<ErrorModel>& PlaceOf(uint32_t ue);

    /** @param ue number of a UE @return a model for it */
    Ptr<ErrorModel> Make(uint32_t ue) const;

    std::string m_model;                   //!< attribute
    std::vector<Ptr<ErrorModel>> m_models; //!< by UE
};

} // namespace ns3::mbs

#endif // MBS_ERROR_MODEL_RADIO_LINK_H

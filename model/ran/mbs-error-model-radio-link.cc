// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-error-model-radio-link.h"

#include "mbs-ue-radio-device.h"

#include "ns3/pointer.h"
#include "ns3/string.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(ErrorModelRadioLink);

TypeId
ErrorModelRadioLink::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::ErrorModelRadioLink")
            .SetParent<RadioLink>()
            .SetGroupName("Mbs")
            .AddConstructor<ErrorModelRadioLink>()
            .AddAttribute("Model",
                          "Class of the error models, one for each UE, with attributes: "
                          "ns3::RateErrorModel, ns3::BurstErrorModel, ns3::ListErrorModel ...",
                          StringValue("ns3::BurstErrorModel[ErrorRate=0.01]"),
                          MakeStringAccessor(&ErrorModelRadioLink::m_model),
                          MakeStringChecker());
    return tid;
}

ErrorModelRadioLink::ErrorModelRadioLink() = default;
ErrorModelRadioLink::~ErrorModelRadioLink() = default;

void
ErrorModelRadioLink::DoDispose()
{
    m_models.clear();
    RadioLink::DoDispose();
}

const std::string&
ErrorModelRadioLink::GetModel() const
{
    return m_model;
}

Ptr<ErrorModel>
ErrorModelRadioLink::Make(uint32_t ue) const
{
    PointerValue value;
    value.DeserializeFromString(m_model, MakePointerChecker<ErrorModel>());
    const Ptr<ErrorModel> model = value.Get<ErrorModel>();
    NS_ASSERT_MSG(model, "Model names no ErrorModel");
    // ns-3 has no AssignStreams() for all of them.
    const int64_t stream = FIRST_STREAM + int64_t{10} * ue;
    if (const auto rate = DynamicCast<RateErrorModel>(model))
    {
        rate->AssignStreams(stream);
    }
    else if (const auto burst = DynamicCast<BurstErrorModel>(model))
    {
        burst->AssignStreams(stream);
    }
    return model;
}

Ptr<ErrorModel>&
ErrorModelRadioLink::PlaceOf(uint32_t ue)
{
    if (ue >= m_models.size())
    {
        m_models.resize(std::size_t{ue} + 1);
    }
    return m_models[ue];
}

void
ErrorModelRadioLink::SetModelOf(uint32_t ue, Ptr<ErrorModel> model)
{
    PlaceOf(ue) = model;
}

bool
ErrorModelRadioLink::IsLost(const UeRadioDevice& ue, const Ptr<const Packet>& packet)
{
    Ptr<ErrorModel>& model = PlaceOf(ue.GetUe());
    if (!model)
    {
        model = Make(ue.GetUe());
    }
    // A model may change what it finds corrupt.
    return model->IsCorrupt(packet->Copy());
}

int64_t
ErrorModelRadioLink::AssignStreams(int64_t /* stream */)
{
    // How many UEs there will be is not known yet: see FIRST_STREAM.
    return 0;
}

} // namespace ns3::mbs

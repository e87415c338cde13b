// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-radio-link.h"

#include "mbs-gnb-radio-device.h"
#include "mbs-ue-radio-device.h"

#include "ns3/boolean.h"
#include "ns3/double.h"

#include <limits>

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(RadioLink);
NS_OBJECT_ENSURE_REGISTERED(IdealRadioLink);
NS_OBJECT_ENSURE_REGISTERED(FixedLossRadioLink);

TypeId
RadioLink::GetTypeId()
{
    static TypeId tid = TypeId("ns3::mbs::RadioLink").SetParent<Object>().SetGroupName("Mbs");
    return tid;
}

RadioLink::RadioLink() = default;
RadioLink::~RadioLink() = default;

bool
RadioLink::IsTransmissionLost(const UeRadioDevice& ue,
                              const Ptr<const Packet>& packet,
                              const RadioTransmission& transmission)
{
    for (uint32_t i = 0; i < transmission.repetitions; ++i)
    {
        if (!IsLost(ue, packet))
        {
            return false;
        }
    }
    return true;
}

bool
RadioLink::IsGroupTransmissionLost(uint32_t /* gnb */,
                                   const UeRadioDevice& ue,
                                   const Ptr<const Packet>& packet,
                                   const RadioTransmission& transmission)
{
    return IsTransmissionLost(ue, packet, transmission);
}

double
RadioLink::GetSinrDb(const UeRadioDevice& /* ue */, RadioDirection /* direction */)
{
    return 100.0;
}

void
RadioLink::CellChanged(const UeRadioDevice& /* ue */)
{
    // Where the UE is makes no difference to links that do not know places.
}

std::optional<uint64_t>
RadioLink::GetSinrVersion()
{
    return 0;
}

double
RadioLink::GetCertainSinrDb(const RadioTransmission& /* transmission */)
{
    return std::numeric_limits<double>::infinity();
}

bool
RadioLink::LosesNothing() const
{
    return false;
}

TypeId
IdealRadioLink::GetTypeId()
{
    static TypeId tid = TypeId("ns3::mbs::IdealRadioLink")
                            .SetParent<RadioLink>()
                            .SetGroupName("Mbs")
                            .AddConstructor<IdealRadioLink>();
    return tid;
}

bool
IdealRadioLink::IsLost(const UeRadioDevice& /* ue */, const Ptr<const Packet>& /* packet */)
{
    return false;
}

bool
IdealRadioLink::LosesNothing() const
{
    return true;
}

int64_t
IdealRadioLink::AssignStreams(int64_t /* stream */)
{
    return 0;
}

TypeId
FixedLossRadioLink::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::mbs::FixedLossRadioLink")
            .SetParent<RadioLink>()
            .SetGroupName("Mbs")
            .AddConstructor<FixedLossRadioLink>()
            .AddAttribute("LossRate",
                          "Probability that a transmission does not reach a UE, 0 to 1.",
                          DoubleValue(0.01),
                          MakeDoubleAccessor(&FixedLossRadioLink::m_lossRate),
                          MakeDoubleChecker<double>(0.0, 1.0))
            .AddAttribute("StreamPerCell",
                          "Whether each cell draws from a random stream of its own, so that losses "
                          "in one do not depend on what is sent in others.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&FixedLossRadioLink::m_streamPerCell),
                          MakeBooleanChecker());
    return tid;
}

FixedLossRadioLink::FixedLossRadioLink()
    : m_uniform(CreateObject<UniformRandomVariable>())
{
}

UniformRandomVariable&
FixedLossRadioLink::UniformOf(uint32_t gnb)
{
    if (gnb >= m_ofCells.size())
    {
        m_ofCells.resize(gnb + std::size_t{1});
    }
    if (!m_ofCells[gnb])
    {
        m_ofCells[gnb] = CreateObject<UniformRandomVariable>();
        m_ofCells[gnb]->SetStream(FIRST_STREAM + gnb);
    }
    return *m_ofCells[gnb];
}

bool
FixedLossRadioLink::IsLost(const UeRadioDevice& ue, const Ptr<const Packet>& /* packet */)
{
    UniformRandomVariable& uniform =
        m_streamPerCell ? UniformOf(ue.GetServingGnb()->GetGnb()) : *m_uniform;
    // A draw is below 1, so that a rate of 1 loses everything and one of 0 nothing.
    return uniform.GetValue(0.0, 1.0) < m_lossRate;
}

bool
FixedLossRadioLink::IsGroupTransmissionLost(uint32_t gnb,
                                            const UeRadioDevice& /* ue */,
                                            const Ptr<const Packet>& /* packet */,
                                            const RadioTransmission& transmission)
{
    UniformRandomVariable& uniform = m_streamPerCell ? UniformOf(gnb) : *m_uniform;
    for (uint32_t i = 0; i < transmission.repetitions; ++i)
    {
        if (uniform.GetValue(0.0, 1.0) >= m_lossRate)
        {
            return false;
        }
    }
    return true;
}

int64_t
FixedLossRadioLink::AssignStreams(int64_t stream)
{
    m_uniform->SetStream(stream);
    return 1;
}

} // namespace ns3::mbs

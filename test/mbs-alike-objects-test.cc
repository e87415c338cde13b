// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-alike-objects.h"
#include "ns3/mbs-network-function.h"
#include "ns3/mbs-ue-radio-device.h"
#include "ns3/mbs-ue.h"

#include "ns3/config.h"
#include "ns3/pointer.h"
#include "ns3/random-variable-stream.h"
#include "ns3/string.h"

#include <string>

namespace ns3::mbs
{

namespace
{

using Check = FunctionTestCase::Checker;

/**
 * @param object an object
 * @return all its attributes as texts
 */
std::string
TextOf(const Ptr<Object>& object)
{
    std::string text;
    for (TypeId tid = object->GetInstanceTypeId(); tid != Object::GetTypeId();
         tid = tid.GetParent())
    {
        for (std::size_t i = 0; i < tid.GetAttributeN(); ++i)
        {
            const TypeId::AttributeInformation attribute = tid.GetAttribute(i);
            const Ptr<AttributeValue> value = attribute.checker->Create();
            if (!attribute.accessor->Get(PeekPointer(object), *value))
            {
                continue;
            }
            const Ptr<PointerValue> pointer = DynamicCast<PointerValue>(value);
            text += attribute.name + "=" +
                    (pointer && pointer->GetObject()
                         ? pointer->GetObject()->GetInstanceTypeId().GetName()
                         : value->SerializeToString(attribute.checker)) +
                    "\n";
        }
    }
    return text;
}

/** @param ue a UE @return what its attribute ServiceTime is */
Ptr<RandomVariableStream>
ServiceTimeOf(const Ptr<Object>& ue)
{
    PointerValue value;
    ue->GetAttribute("ServiceTime", value);
    return value.Get<RandomVariableStream>();
}

void
HaveTheDefaults(Check& check)
{
    Config::SetDefault("ns3::mbs::Ue::T3581", StringValue("3s"));
    Config::SetDefault("ns3::mbs::Ue::SrtpProfile", StringValue("aes-gcm"));
    Config::SetDefault("ns3::mbs::Ue::MikeyPort", StringValue("77"));
    Config::SetDefault("ns3::mbs::Ue::SharedUnprotect", StringValue("false"));
    Config::SetDefault("ns3::mbs::NetworkFunction::HandlingDelay", StringValue("1ms"));
    Config::SetDefault("ns3::mbs::UeRadioDevice::DataRate", StringValue("3Mbps"));
    Config::SetDefault("ns3::mbs::UeRadioDevice::TReordering", StringValue("7ms"));
    const std::string ue = TextOf(CreateObject<Ue>());
    const std::string device = TextOf(CreateObject<UeRadioDevice>());
    check.Expect(ue.find("MikeyPort=77\n") != std::string::npos, "what is compared is there");
    AlikeObjects ues(Ue::GetTypeId());
    AlikeObjects devices(UeRadioDevice::GetTypeId());
    for (int i = 0; i < 3; ++i)
    {
        check.Equal(TextOf(ues.Make<Ue>()), ue, "a UE's attributes");
        check.Equal(TextOf(devices.Make<UeRadioDevice>()), device, "a radio's attributes");
    }
    Config::Reset();
}

void
ShareConstantsOnly(Check& check)
{
    AlikeObjects constant(Ue::GetTypeId());
    const Ptr<Ue> first = constant.Make<Ue>();
    const Ptr<Ue> second = constant.Make<Ue>();
    check.Expect(ServiceTimeOf(first) == ServiceTimeOf(second), "a constant is shared");
    second->SetAttribute("ServiceTime", StringValue("ns3::ConstantRandomVariable[Constant=3]"));
    check.Equal(ServiceTimeOf(second)->GetValue(), 3.0, "one UE gets another");
    check.Equal(ServiceTimeOf(first)->GetValue(), 0.0002, "the others keep theirs");

    NetworkFunction::SetDefaultOfAll("ServiceTime",
                                     StringValue("ns3::ExponentialRandomVariable[Mean=0.001]"));
    AlikeObjects random(Ue::GetTypeId());
    const Ptr<Ue> third = random.Make<Ue>();
    const Ptr<Ue> fourth = random.Make<Ue>();
    check.Expect(ServiceTimeOf(third) != ServiceTimeOf(fourth), "each draws from its own stream");
    check.Equal(ServiceTimeOf(fourth)->GetInstanceTypeId().GetName(),
                "ns3::ExponentialRandomVariable",
                "of the same kind");
    NetworkFunction::SetDefaultOfAll("ServiceTime",
                                     StringValue("ns3::ConstantRandomVariable[Constant=0.0002]"));
}

} // namespace

/** @ingroup mbs-tests @param suite gets the tests of objects that are made alike */
void AddAlikeObjectsTests(MbsTestSuite& suite);

void
AddAlikeObjectsTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("all UEs have the defaults of all attributes", HaveTheDefaults));
    suite.Add(new FunctionTestCase("UEs share a constant service time and nothing random",
                                   ShareConstantsOnly));
}

} // namespace ns3::mbs

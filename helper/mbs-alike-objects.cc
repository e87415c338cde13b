// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-alike-objects.h"

#include "ns3/data-rate.h"
#include "ns3/double.h"
#include "ns3/nstime.h"
#include "ns3/pointer.h"
#include "ns3/random-variable-stream.h"
#include "ns3/uinteger.h"

#include <string>
#include <type_traits>

namespace ns3::mbs
{

namespace
{

/**
 * @param value of an attribute
 * @return true if all objects may have it
 */
bool
MayBeShared(const Ptr<AttributeValue>& value)
{
    const Ptr<PointerValue> pointer = DynamicCast<PointerValue>(value);
    const Ptr<Object> object = pointer ? pointer->GetObject() : nullptr;
    return !object || object->GetInstanceTypeId() == ConstantRandomVariable::GetTypeId();
}

/**
 * @brief A value without a text. An ns-3 that was built with its log makes one of each value of
 * each object for messages that nobody sees, which takes longer than to make the object.
 * @tparam Value what it is, and is taken for
 */
template <typename Value>
class Unlogged : public Value
{
  public:
    /** @param value the same, with a text */
    explicit Unlogged(const Value& value)
        : Value(value)
    {
    }

    Ptr<AttributeValue> Copy() const override
    {
        return Create<Unlogged>(*this);
    }

    std::string SerializeToString(Ptr<const AttributeChecker> /* checker */) const override
    {
        return "";
    }
};

/**
 * @tparam Values types of values of which a text takes long to make
 * @param value of an attribute
 * @return the same without a text, or itself if it is of none of these types
 */
template <typename... Values>
Ptr<AttributeValue>
WithoutText(const Ptr<AttributeValue>& value)
{
    Ptr<AttributeValue> result = value;
    const auto take = [&](const auto* typed) {
        if (typed != nullptr)
        {
            using Value = std::remove_const_t<std::remove_pointer_t<decltype(typed)>>;
            result = Create<Unlogged<Value>>(*typed);
        }
    };
    (take(dynamic_cast<const Values*>(PeekPointer(value))), ...);
    return result;
}

} // namespace

AlikeObjects::AlikeObjects(TypeId tid)
    : m_tid(tid)
{
    m_factory.SetTypeId(tid);
}

Ptr<Object>
AlikeObjects::MakeObject()
{
    const Ptr<Object> object = m_factory.Create();
    if (!m_learned)
    {
        Learn(object);
        m_learned = true;
    }
    return object;
}

void
AlikeObjects::Learn(const Ptr<Object>& first)
{
    for (TypeId tid = m_tid; tid != Object::GetTypeId(); tid = tid.GetParent())
    {
        for (std::size_t i = 0; i < tid.GetAttributeN(); ++i)
        {
            const TypeId::AttributeInformation attribute = tid.GetAttribute(i);
            const Ptr<AttributeValue> value = attribute.checker->Create();
            if ((attribute.flags & TypeId::ATTR_CONSTRUCT) != 0 &&
                attribute.accessor->HasGetter() && attribute.accessor->HasSetter() &&
                attribute.accessor->Get(PeekPointer(first), *value) &&
                attribute.checker->Check(*value) && MayBeShared(value))
            {
                m_factory.Set(attribute.name,
                              *WithoutText<TimeValue,
                                           UintegerValue,
                                           DoubleValue,
                                           DataRateValue,
                                           PointerValue>(value));
            }
        }
    }
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-alike-objects.h"

#include "ns3/pointer.h"
#include "ns3/random-variable-stream.h"

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
                m_factory.Set(attribute.name, *value);
            }
        }
    }
}

} // namespace ns3::mbs

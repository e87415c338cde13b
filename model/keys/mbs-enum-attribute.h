// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_ENUM_ATTRIBUTE_H
#define MBS_ENUM_ATTRIBUTE_H

#include "ns3/enum.h"

#include <string>
#include <type_traits>

namespace ns3::mbs
{

/** @cond ns-3's enumeration attributes hold an int before 3.41 and the enumeration since */
namespace detail
{

template <typename E>
auto EnumsAreTyped(int)
    -> decltype(MakeEnumChecker(std::declval<E>(), std::string()), std::true_type{});

template <typename E>
auto EnumsAreTyped(long) -> std::false_type;

template <typename T>
auto
EnumToInt(T value)
{
    if constexpr (std::is_enum_v<T>)
    {
        return static_cast<int>(value);
    }
    else
    {
        return std::string(value);
    }
}

template <typename E, template <typename> class V>
V<E> SelectEnumValue();

template <typename E, typename V>
V SelectEnumValue();

/** Sets and gets a data member that is an enumeration. */
template <typename E, typename C>
class EnumAccessor : public AttributeAccessor
{
  public:
    explicit EnumAccessor(E C::*member)
        : m_member(member)
    {
    }

    bool Set(ObjectBase* object, const AttributeValue& value) const override
    {
        C* owner = dynamic_cast<C*>(object);
        const Value* typed = dynamic_cast<const Value*>(&value);
        if (owner == nullptr || typed == nullptr)
        {
            return false;
        }
        owner->*m_member = static_cast<E>(typed->Get());
        return true;
    }

    bool Get(const ObjectBase* object, AttributeValue& value) const override
    {
        const C* owner = dynamic_cast<const C*>(object);
        Value* typed = dynamic_cast<Value*>(&value);
        if (owner == nullptr || typed == nullptr)
        {
            return false;
        }
        typed->Set(static_cast<decltype(typed->Get())>(owner->*m_member));
        return true;
    }

    bool HasGetter() const override
    {
        return true;
    }

    bool HasSetter() const override
    {
        return true;
    }

  private:
    using Value = decltype(SelectEnumValue<E, EnumValue>());

    E C::*m_member;
};

} // namespace detail

/** @endcond */

/**
 * @ingroup mbs
 * @brief The checker of an attribute that is an enumeration, whatever this ns-3 makes it of.
 * @param value the first value
 * @param name its name for users
 * @param rest further values and names in turn
 * @return the checker
 */
template <typename E, typename... Ts>
Ptr<const AttributeChecker>
MakeEnumAttributeChecker(E value, const char* name, Ts... rest)
{
    if constexpr (decltype(detail::EnumsAreTyped<E>(0))::value)
    {
        return MakeEnumChecker(value, std::string(name), rest...);
    }
    else
    {
        return MakeEnumChecker(detail::EnumToInt(value),
                               std::string(name),
                               detail::EnumToInt(rest)...);
    }
}

/**
 * @ingroup mbs
 * @brief The accessor of an attribute that is an enumeration, whatever this ns-3 makes it of.
 * @param member the data member
 * @return the accessor
 */
template <typename E, typename C>
Ptr<const AttributeAccessor>
MakeEnumAttributeAccessor(E C::*member)
{
    return Create<detail::EnumAccessor<E, C>>(member);
}

} // namespace ns3::mbs

#endif // MBS_ENUM_ATTRIBUTE_H

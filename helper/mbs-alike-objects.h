// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_ALIKE_OBJECTS_H
#define MBS_ALIKE_OBJECTS_H

#include "ns3/object-factory.h"
#include "ns3/object.h"

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Makes very many objects of one class whose attributes have their defaults.
 *
 * ns-3 reads a default that is a text, such as that of a random variable, anew for each object.
 * Here the first object is made that way, and all others get the values that it has.
 *
 * An object that is an attribute's value is made anew for each as before, for what one of them is
 * told must not reach the others; but a ConstantRandomVariable, which has no state beside its
 * constant, is shared: who sets the `Constant` of one sets that of all, where a new
 * ConstantRandomVariable concerns one.
 */
class AlikeObjects
{
  public:
    /** @param tid of the objects; it has a constructor */
    explicit AlikeObjects(TypeId tid);

    /** @tparam T class of the objects @return another one */
    template <typename T>
    Ptr<T> Make()
    {
        return DynamicCast<T>(MakeObject());
    }

  private:
    /** @return another one */
    Ptr<Object> MakeObject();

    /** @param first an object with the defaults, which all others get from now on */
    void Learn(const Ptr<Object>& first);

    TypeId m_tid;            //!< of the objects
    ObjectFactory m_factory; //!< has the defaults
    bool m_learned{false};   //!< there is a first object
};

} // namespace ns3::mbs

#endif // MBS_ALIKE_OBJECTS_H

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-xn-transport.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(XnEndpoint);

TypeId
XnEndpoint::GetTypeId()
{
    static TypeId tid = AddTransportAttributes(TypeId("ns3::mbs::XnEndpoint")
                                                   .SetParent<ApEndpoint>()
                                                   .SetGroupName("Mbs")
                                                   .AddConstructor<XnEndpoint>(),
                                               PORT);
    return tid;
}

XnEndpoint::XnEndpoint()
    : ApEndpoint("Xn")
{
}

} // namespace ns3::mbs

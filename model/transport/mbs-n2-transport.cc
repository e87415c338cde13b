// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-n2-transport.h"

namespace ns3::mbs
{

NS_OBJECT_ENSURE_REGISTERED(N2Endpoint);

TypeId
N2Endpoint::GetTypeId()
{
    static TypeId tid = AddTransportAttributes(TypeId("ns3::mbs::N2Endpoint")
                                                   .SetParent<ApEndpoint>()
                                                   .SetGroupName("Mbs")
                                                   .AddConstructor<N2Endpoint>(),
                                               PORT);
    return tid;
}

N2Endpoint::N2Endpoint()
    : ApEndpoint("N2")
{
}

} // namespace ns3::mbs

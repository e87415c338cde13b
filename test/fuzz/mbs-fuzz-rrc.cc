// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-rrc.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    return bool(Recode<RrcMessage>(octets));
}

/** @return messages */
std::vector<Bytes>
Seeds()
{
    RrcMessage message;
    message.type = RrcType::UL_INFORMATION_TRANSFER;
    message.nas = {0x7e, 0x00, 0x67};
    std::vector<Bytes> seeds{message.Encode()};
    message.type = RrcType::RECONFIGURATION;
    message.transaction = 3;
    message.bearers = {{Tmgi(0x123456, PlmnId()), 0x1234, false},
                       {Tmgi(0x654321, *PlmnId::From("310", "410")), 0xfffd, true}};
    seeds.push_back(message.Encode());
    return seeds;
}

const Target TARGET("rrc", 512, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz

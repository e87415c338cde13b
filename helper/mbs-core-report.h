// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_CORE_REPORT_H
#define MBS_CORE_REPORT_H

#include "ns3/mbs-key-update-ledger.h"

#include <cstdint>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Something that happened in the core and that the ledgers of all UEs want to know,
 * whichever process keeps them. It names keys and packets and holds neither.
 */
struct CoreReport
{
    /** What happened. */
    enum class Kind : uint8_t
    {
        KEY_GENERATED,     //!< a key was made
        KEY_SUPERSEDED,    //!< nobody sends it any more
        KEY_AT_MBSMF,      //!< it reached the MB-SMF
        KEY_AT_SMF,        //!< it reached an SMF, `number`
        KEY_AT_AMF,        //!< it reached the AMF for a UE, `number`
        KEY_GIVEN_UP,      //!< nobody tries to reach a UE, `number`, with it any more
        KEY_REJECTED,      //!< a UE, `number`, refused it
        KEY_ACTIVATED,     //!< it protects the traffic from now on
        PACKET_SENT,       //!< a packet, `uid`, was sent as the session's packet `index`
        MTK_SENT,          //!< a packet, `uid`, was sent that brings the key
        COPY_ENTERED,      //!< a packet, `uid`, entered a link to several gNBs
        COPY_LEFT,         //!< it left such a link
        CELL_COPY_ENTERED, //!< a packet, `uid`, entered the link to a gNB, `number`
        CELL_COPY_LEFT     //!< it was dropped there
    };

    Kind kind{Kind::KEY_GENERATED}; //!< what happened
    KeyName key;                    //!< which key, or which session in `tmgi`
    uint32_t number{0};             //!< of an SMF, a UE or a gNB
    uint64_t uid{0};                //!< of a packet
    uint64_t index{0};              //!< of a packet of the session
    int64_t at{0};                  //!< nanoseconds
};

} // namespace ns3::mbs

#endif // MBS_CORE_REPORT_H

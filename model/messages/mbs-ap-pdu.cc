// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ap-pdu.h"

namespace ns3::mbs
{

namespace
{

/** Alternatives of the CHOICE. */
constexpr uint64_t PDU_KINDS = 3;

} // namespace

Decoded<ApPdu>
ApOpen(ByteView pdu)
{
    AperReader reader(pdu);
    const uint64_t kind = reader.Enumerated(PDU_KINDS, true);
    if (kind >= PDU_KINDS)
    {
        return DecodeError::UNSUPPORTED;
    }
    ApPdu opened;
    opened.kind = static_cast<NgapPduKind>(kind);
    opened.procedureCode = static_cast<uint8_t>(reader.Constrained(0, UINT8_MAX));
    reader.Enumerated(3, false); // the procedure's criticality is known
    opened.message = reader.OpenType();
    reader.Finish();
    if (!reader.Ok())
    {
        return reader.Error();
    }
    return opened;
}

std::size_t
ApBegin(AperWriter& writer, NgapPduKind kind, uint8_t procedureCode, NgapCriticality criticality)
{
    writer.Enumerated(static_cast<uint64_t>(kind), PDU_KINDS, true);
    writer.Constrained(procedureCode, 0, UINT8_MAX);
    writer.Enumerated(static_cast<uint64_t>(criticality), 3, false);
    return writer.BeginOpenType();
}

} // namespace ns3::mbs

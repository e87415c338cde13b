// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-gtpu.h"

#include "ns3/assert.h"

namespace ns3::mbs
{

namespace
{

constexpr std::size_t MANDATORY_SIZE = 8; //!< octets that the length field does not count

// Octet 1 of the header (TS 29.281 clause 5.1).
constexpr uint8_t VERSION_AND_PT_MASK = 0xf0; //!< version 3 bits, protocol type 1 bit
constexpr uint8_t VERSION_1_PT_1 = 0x30;      //!< GTP version 1, not GTP'
constexpr uint8_t FLAG_E = 0x04;              //!< next extension header type is meaningful
constexpr uint8_t FLAGS_E_S_PN = 0x07;        //!< any of them: four optional octets follow

// Extension header types (TS 29.281 clause 5.2.1).
constexpr uint8_t NO_MORE_EXTENSIONS = 0x00;
constexpr uint8_t PDU_SESSION_CONTAINER = 0x85;
constexpr uint8_t COMPREHENSION_REQUIRED = 0x80;

// DL PDU SESSION INFORMATION (TS 38.415 clause 5.5.2.1).
constexpr uint8_t PDU_TYPE_DL = 0;
constexpr uint8_t FLAG_QMP = 0x08;
constexpr uint8_t FLAG_SNP = 0x04;
constexpr uint8_t FLAG_MSNP = 0x02;
constexpr uint8_t FLAG_PPP = 0x80;

// UL PDU SESSION INFORMATION (TS 38.415 clause 5.5.2.2).
constexpr uint8_t PDU_TYPE_UL = 1;

/**
 * @param content a PDU Session Container without its length and next type octets
 * @param pdu gets what it says
 * @return what is wrong with it, or nothing
 */
std::optional<DecodeError>
DecodeSession(ByteView content, GtpuPdu& pdu)
{
    ByteReader reader(content);
    const uint8_t flags = reader.U8();
    const uint8_t flow = reader.U8();
    const uint8_t qfi = flow & DlPduSessionInformation::MAX_QFI;
    if (flags >> 4 == PDU_TYPE_UL)
    {
        pdu.session.reset();
        pdu.uplink = UlPduSessionInformation{qfi};
        return std::nullopt;
    }
    if (flags >> 4 != PDU_TYPE_DL)
    {
        return DecodeError::UNSUPPORTED;
    }
    DlPduSessionInformation session;
    session.qfi = qfi;
    reader.Take((flow & FLAG_PPP) != 0 ? 1 : 0);
    reader.Take((flags & FLAG_QMP) != 0 ? 8 : 0);
    reader.Take((flags & FLAG_SNP) != 0 ? 3 : 0);
    if ((flags & FLAG_MSNP) != 0)
    {
        session.mbsSequenceNumber = reader.U32();
    }
    if (!reader.Ok())
    {
        return DecodeError::MALFORMED;
    }
    pdu.uplink.reset();
    pdu.session = session;
    return std::nullopt;
}

/**
 * @param writer gets the header up to the extension header's type; the length is patched later
 * @param teid tunnel
 * @param container whether a PDU Session Container follows
 */
void
WriteHeader(ByteWriter& writer, uint32_t teid, bool container)
{
    writer.U8(VERSION_1_PT_1 | (container ? FLAG_E : 0));
    writer.U8(static_cast<uint8_t>(GtpuType::G_PDU)).U16(0).U32(teid);
    if (container)
    {
        writer.U16(0).U8(0).U8(PDU_SESSION_CONTAINER); // no sequence number, no N-PDU number
    }
}

/**
 * @param writer has the headers
 * @param payloadSize octets of what follows
 * @return the headers with their length field
 */
Bytes
Finish(ByteWriter& writer, std::size_t payloadSize)
{
    const std::size_t length = writer.Size() - MANDATORY_SIZE + payloadSize;
    NS_ASSERT_MSG(length <= UINT16_MAX, "T-PDU too long for GTP-U");
    writer.PatchU16(2, static_cast<uint16_t>(length));
    return writer.Release();
}

} // namespace

Bytes
EncodeGtpuPrefix(uint32_t teid,
                 const std::optional<DlPduSessionInformation>& session,
                 std::size_t payloadSize)
{
    ByteWriter writer;
    WriteHeader(writer, teid, session.has_value());
    if (session)
    {
        // Length in units of four octets, counting its own octet and the next type's.
        writer.U8(session->mbsSequenceNumber ? 2 : 1);
        writer.U8(PDU_TYPE_DL << 4 | (session->mbsSequenceNumber ? FLAG_MSNP : 0));
        writer.U8(session->qfi & DlPduSessionInformation::MAX_QFI);
        if (session->mbsSequenceNumber)
        {
            writer.U32(*session->mbsSequenceNumber);
        }
        writer.U8(NO_MORE_EXTENSIONS);
    }
    return Finish(writer, payloadSize);
}

Bytes
EncodeGtpuPrefix(uint32_t teid, const UlPduSessionInformation& uplink, std::size_t payloadSize)
{
    ByteWriter writer;
    WriteHeader(writer, teid, true);
    writer.U8(1).U8(PDU_TYPE_UL << 4).U8(uplink.qfi & DlPduSessionInformation::MAX_QFI);
    writer.U8(NO_MORE_EXTENSIONS);
    return Finish(writer, payloadSize);
}

Bytes
EncodeGtpu(const GtpuPdu& pdu)
{
    NS_ASSERT_MSG(!pdu.session || !pdu.uplink, "a packet goes up or down");
    Bytes bytes = pdu.uplink ? EncodeGtpuPrefix(pdu.teid, *pdu.uplink, pdu.payload.size())
                             : EncodeGtpuPrefix(pdu.teid, pdu.session, pdu.payload.size());
    bytes.insert(bytes.end(), pdu.payload.begin(), pdu.payload.end());
    return bytes;
}

Decoded<GtpuType>
PeekGtpuType(ByteView datagram)
{
    ByteReader reader(datagram);
    const uint8_t flags = reader.U8();
    const uint8_t type = reader.U8();
    const std::size_t length = reader.U16();
    reader.U32();
    if (!reader.Ok())
    {
        return DecodeError::TRUNCATED;
    }
    if ((flags & VERSION_AND_PT_MASK) != VERSION_1_PT_1)
    {
        return DecodeError::UNSUPPORTED;
    }
    if (reader.Left() != length)
    {
        return reader.Left() < length ? DecodeError::TRUNCATED : DecodeError::TRAILING;
    }
    return static_cast<GtpuType>(type);
}

Decoded<GtpuPdu>
DecodeGtpu(ByteView datagram)
{
    const auto type = PeekGtpuType(datagram);
    if (!type)
    {
        return type.Error();
    }
    if (*type != GtpuType::G_PDU)
    {
        return DecodeError::UNSUPPORTED;
    }

    ByteReader reader(datagram);
    const uint8_t flags = reader.U8();
    reader.Take(3);
    GtpuPdu pdu;
    pdu.teid = reader.U32();
    uint8_t next = NO_MORE_EXTENSIONS;
    if ((flags & FLAGS_E_S_PN) != 0)
    {
        reader.Take(3); // sequence number and N-PDU number mean nothing on N3mb
        const uint8_t first = reader.U8();
        next = (flags & FLAG_E) != 0 ? first : NO_MORE_EXTENSIONS;
    }
    while (next != NO_MORE_EXTENSIONS)
    {
        const std::size_t size = std::size_t{4} * reader.U8();
        if (!reader.Ok() || size == 0)
        {
            return DecodeError::MALFORMED;
        }
        const ByteView content = reader.Take(size - 2);
        const uint8_t current = next;
        next = reader.U8();
        if (!reader.Ok())
        {
            return DecodeError::MALFORMED;
        }
        if (current == PDU_SESSION_CONTAINER)
        {
            if (const auto error = DecodeSession(content, pdu))
            {
                return *error;
            }
        }
        else if ((current & COMPREHENSION_REQUIRED) != 0)
        {
            return DecodeError::UNSUPPORTED;
        }
    }
    if (!reader.Ok())
    {
        return DecodeError::MALFORMED;
    }
    pdu.payload = reader.Rest();
    return pdu;
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-nas-service.h"

#include "mbs-nas-ie.h"

namespace ns3::mbs
{

namespace
{

constexpr uint16_t TMSI_LENGTH = 7;   //!< of a mobile identity that is a 5G-S-TMSI
constexpr uint8_t TMSI_TYPE = 0xf4;   //!< its first octet: spare bits and the type of identity
constexpr uint8_t TYPE_BITS = 0x07;   //!< those of the type of identity
constexpr uint8_t POINTER_BITS = 6;   //!< of the AMF pointer
constexpr uint8_t POINTER_MAX = 0x3f; //!< largest AMF pointer

/**
 * @param reader at the beginning of a 5GMM message
 * @param type what it must be
 * @return true if it is that message, without protection
 */
bool
IsPlain(ByteReader& reader, NasMmType type)
{
    const uint8_t discriminator = reader.U8();
    const uint8_t security = reader.U8() & 0x0f;
    return discriminator == NAS_EPD_5GMM && security == NAS_PLAIN &&
           reader.U8() == static_cast<uint8_t>(type);
}

} // namespace

Bytes
NasServiceRequest::Encode() const
{
    ByteWriter writer;
    writer.U8(NAS_EPD_5GMM).U8(NAS_PLAIN).U8(static_cast<uint8_t>(NasMmType::SERVICE_REQUEST));
    writer.U8(static_cast<uint8_t>(static_cast<uint8_t>(serviceType) << 4));
    writer.U16(TMSI_LENGTH).U8(TMSI_TYPE);
    writer.U16(static_cast<uint16_t>(tmsi.amfSetId << POINTER_BITS | tmsi.amfPointer));
    writer.U32(tmsi.fiveGTmsi);
    return writer.Release();
}

Decoded<NasServiceRequest>
NasServiceRequest::Decode(ByteView message)
{
    ByteReader reader(message);
    const bool plain = IsPlain(reader, NasMmType::SERVICE_REQUEST);
    const uint8_t type = reader.U8() >> 4;
    const uint16_t length = reader.U16();
    const uint8_t identity = reader.U8() & TYPE_BITS;
    const uint16_t amf = reader.U16();
    NasServiceRequest request;
    request.tmsi.fiveGTmsi = reader.U32();
    if (!reader.Ok())
    {
        return DecodeError::TRUNCATED;
    }
    if (!plain || type > static_cast<uint8_t>(NasServiceType::MOBILE_TERMINATED_SERVICES))
    {
        return DecodeError::UNSUPPORTED;
    }
    if (length != TMSI_LENGTH || identity != (TMSI_TYPE & TYPE_BITS))
    {
        return DecodeError::MALFORMED;
    }
    request.serviceType = static_cast<NasServiceType>(type);
    request.tmsi.amfSetId = static_cast<uint16_t>(amf >> POINTER_BITS);
    request.tmsi.amfPointer = amf & POINTER_MAX;
    return request;
}

Bytes
NasServiceAccept::Encode() const
{
    ByteWriter writer;
    writer.U8(NAS_EPD_5GMM).U8(NAS_PLAIN).U8(static_cast<uint8_t>(NasMmType::SERVICE_ACCEPT));
    return writer.Release();
}

Decoded<NasServiceAccept>
NasServiceAccept::Decode(ByteView message)
{
    ByteReader reader(message);
    const bool plain = IsPlain(reader, NasMmType::SERVICE_ACCEPT);
    if (!reader.Ok())
    {
        return DecodeError::TRUNCATED;
    }
    // What follows are optional elements.
    return plain ? Decoded<NasServiceAccept>(NasServiceAccept())
                 : Decoded<NasServiceAccept>(DecodeError::UNSUPPORTED);
}

const char*
NasServiceMessageName(ByteView message)
{
    if (NasServiceRequest::Decode(message))
    {
        return "SERVICE REQUEST";
    }
    return NasServiceAccept::Decode(message) ? "SERVICE ACCEPT" : nullptr;
}

} // namespace ns3::mbs

// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-nas-5gmm.h"

#include "mbs-nas-5gsm.h"
#include "mbs-nas-ie.h"

#include "ns3/assert.h"

namespace ns3::mbs
{

namespace
{

constexpr uint8_t N1_SM_INFORMATION = 1; //!< payload container type
constexpr uint8_t IEI_PDU_SESSION_ID = 0x12;
constexpr uint8_t IEI_REQUEST_TYPE = 0x80; //!< one octet, the value in its low half

/** Octets of a message besides its payload, at most. */
constexpr std::size_t OCTETS_AROUND_PAYLOAD = 9;

/** TV elements of UL NAS TRANSPORT (TS 24.501 table 8.2.10.1.1): PDU session IDs. */
constexpr std::array<NasFixedIe, 2> FIXED_OF_UL{{{IEI_PDU_SESSION_ID, 1}, {0x59, 1}}};

/** TV elements of DL NAS TRANSPORT (TS 24.501 table 8.2.11.1.1): PDU session ID, 5GMM cause. */
constexpr std::array<NasFixedIe, 2> FIXED_OF_DL{{{IEI_PDU_SESSION_ID, 1}, {0x58, 1}}};

/**
 * @brief What matters of both messages.
 */
struct Transport
{
    ByteView payload;                          //!< the 5GSM message
    uint8_t pduSessionId{0};                   //!< PDU session identity
    std::optional<NasRequestType> requestType; //!< request type
};

/**
 * @param message a plain 5GMM message
 * @param type what it must be
 * @param fixed TV elements of that message
 * @return its parts
 */
Decoded<Transport>
Read(ByteView message, NasMmType type, const std::array<NasFixedIe, 2>& fixed)
{
    ByteReader reader(message);
    const uint8_t discriminator = reader.U8();
    const uint8_t security = reader.U8() & 0x0f;
    const uint8_t messageType = reader.U8();
    const uint8_t containerType = reader.U8() & 0x0f;
    const uint16_t length = reader.U16();
    Transport parts;
    parts.payload = reader.Take(length);
    if (!reader.Ok())
    {
        return DecodeError::TRUNCATED;
    }
    if (discriminator != NAS_EPD_5GMM || security != NAS_PLAIN ||
        messageType != static_cast<uint8_t>(type) || containerType != N1_SM_INFORMATION)
    {
        return DecodeError::UNSUPPORTED;
    }
    NasIeReader elements(reader.Rest(), fixed);
    std::optional<uint8_t> session;
    while (const auto ie = elements.Next())
    {
        if (ie->iei == IEI_PDU_SESSION_ID && !session)
        {
            session = ie->value[0];
        }
        else if (ie->iei == IEI_REQUEST_TYPE && !parts.requestType)
        {
            const uint8_t value = ie->value[0] & 0x07; // bit 4 is spare
            parts.requestType = value >= 1 && value <= 6 ? static_cast<NasRequestType>(value)
                                                         : NasRequestType::INITIAL_REQUEST;
        }
    }
    if (elements.Error() != DecodeError::NONE)
    {
        return elements.Error();
    }
    if (parts.payload.empty() || !session)
    {
        return DecodeError::MALFORMED;
    }
    if (*session > NasSmHeader::MAX_PDU_SESSION_ID)
    {
        return DecodeError::OUT_OF_RANGE;
    }
    parts.pduSessionId = *session;
    return parts;
}

/**
 * @param type message type
 * @param payload the 5GSM message
 * @param pduSessionId PDU session identity
 * @return a writer that has written them and has room for a request type
 */
ByteWriter
Write(NasMmType type, ByteView payload, uint8_t pduSessionId)
{
    NS_ASSERT_MSG(!payload.empty() && payload.size() <= UINT16_MAX, "payload does not fit");
    ByteWriter writer(payload.size() + OCTETS_AROUND_PAYLOAD);
    writer.U8(NAS_EPD_5GMM).U8(NAS_PLAIN).U8(static_cast<uint8_t>(type)).U8(N1_SM_INFORMATION);
    writer.U16(static_cast<uint16_t>(payload.size())).Append(payload);
    writer.U8(IEI_PDU_SESSION_ID).U8(pduSessionId);
    return writer;
}

} // namespace

Bytes
UlNasTransport::Encode() const
{
    ByteWriter writer = Write(NasMmType::UL_NAS_TRANSPORT, payload, pduSessionId);
    if (requestType)
    {
        writer.U8(IEI_REQUEST_TYPE | static_cast<uint8_t>(*requestType));
    }
    return writer.Release();
}

Decoded<UlNasTransport>
UlNasTransport::Decode(ByteView message)
{
    const auto parts = Read(message, NasMmType::UL_NAS_TRANSPORT, FIXED_OF_UL);
    if (!parts)
    {
        return parts.Error();
    }
    UlNasTransport transport;
    transport.payload = parts->payload.ToBytes();
    transport.pduSessionId = parts->pduSessionId;
    transport.requestType = parts->requestType;
    return transport;
}

Bytes
DlNasTransport::Encode() const
{
    return Write(NasMmType::DL_NAS_TRANSPORT, payload, pduSessionId).Release();
}

Decoded<DlNasTransport>
DlNasTransport::Decode(ByteView message)
{
    const auto parts = Read(message, NasMmType::DL_NAS_TRANSPORT, FIXED_OF_DL);
    if (!parts)
    {
        return parts.Error();
    }
    DlNasTransport transport;
    transport.payload = parts->payload.ToBytes();
    transport.pduSessionId = parts->pduSessionId;
    return transport;
}

std::vector<N1KeyNames>
PeekN1KeyIds(ByteView message)
{
    const auto parts = Read(message, NasMmType::DL_NAS_TRANSPORT, FIXED_OF_DL);
    if (!parts)
    {
        return {};
    }
    const auto container = FindReceivedMbsContainer(parts->payload);
    if (!container || container->empty())
    {
        return {};
    }
    auto names = PeekKeyNames(*container);
    return names ? std::move(*names) : std::vector<N1KeyNames>();
}

} // namespace ns3::mbs

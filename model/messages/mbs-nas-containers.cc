// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-nas-containers.h"

#include "ns3/assert.h"

#include <algorithm>

namespace ns3::mbs
{

namespace
{

// Type of multicast MBS session ID (TS 24.501 table 9.11.4.30.1).
constexpr uint8_t TYPE_TMGI = 1;
constexpr uint8_t TYPE_SSM_IPV4 = 2;
constexpr uint8_t TYPE_SSM_IPV6 = 3;

// Octet 4 of the Received MBS container (TS 24.501 table 9.11.4.31.1).
constexpr uint8_t MSAI_TAI_LIST = 0x08;
constexpr uint8_t MSAI_NR_CGI_LIST = 0x10;

// Octet 5 of the Received MBS container.
constexpr uint8_t IPAE = 0x01;
constexpr uint8_t MTI_MASK = 0x06;
constexpr uint8_t MTI_START_TIME = 0x02;
constexpr uint8_t MTI_BACK_OFF_TIMER = 0x04;
constexpr uint8_t MSCI = 0x08;
constexpr uint8_t IPAT_IPV6 = 0x10;

constexpr uint8_t MTKI = 0x01; //!< first octet of a key set

// Octet 1 of a partial tracking area identity list (TS 24.501 table 9.11.3.9.1).
constexpr uint8_t TAI_LIST_TYPE_SHIFT = 5;
constexpr uint8_t TAI_LIST_TYPE_MASK = 0x03;
constexpr uint8_t TAI_LIST_ONE_PLMN = 0;
constexpr uint8_t TAI_LIST_CONSECUTIVE = 1;
constexpr uint8_t TAI_LIST_MANY_PLMNS = 2;
constexpr uint8_t TAI_LIST_COUNT_MASK = 0x1f;

constexpr std::size_t NR_CGI_SIZE = 8;     //!< octets of one NR CGI
constexpr uint32_t TAC_MASK = 0x00ffffff;  //!< a tracking area code has 24 bits
constexpr unsigned CELL_ID_SPARE_BITS = 4; //!< behind the 36 bits of an NR Cell ID

/**
 * @brief A reader that remembers the first wrong value besides running out of octets.
 */
struct Parser
{
    ByteReader reader;                    //!< where from
    DecodeError error{DecodeError::NONE}; //!< first wrong value

    /**
     * @brief Stops the parse.
     * @param reason why
     */
    void Refuse(DecodeError reason)
    {
        if (Ok())
        {
            error = reason;
        }
        reader.Fail();
    }

    /** @return true while nothing is wrong */
    bool Ok() const
    {
        return reader.Ok();
    }

    /** @return why the parse failed */
    DecodeError Error() const
    {
        return error == DecodeError::NONE ? DecodeError::TRUNCATED : error;
    }
};

/**
 * @param writer where to
 * @param tmgi with its length octet (TS 24.008 clause 10.5.6.13 from octet 2 on)
 */
void
WriteTmgi(ByteWriter& writer, const Tmgi& tmgi)
{
    writer.U8(Tmgi::SIZE).Append(tmgi.Encode());
}

/**
 * @param parser where from
 * @return the TMGI
 */
Tmgi
ReadTmgi(Parser& parser)
{
    const uint8_t length = parser.reader.U8();
    if (!parser.Ok())
    {
        return {};
    }
    if (length != Tmgi::SIZE)
    {
        // Three octets are a service ID in an implied network, which no session here can have.
        parser.Refuse(length == 3 ? DecodeError::UNSUPPORTED : DecodeError::MALFORMED);
        return {};
    }
    const auto octets = parser.reader.Array<Tmgi::SIZE>();
    if (!parser.Ok())
    {
        return {};
    }
    const auto tmgi = Tmgi::Decode(octets);
    if (!tmgi)
    {
        parser.Refuse(DecodeError::OUT_OF_RANGE);
        return {};
    }
    return *tmgi;
}

/**
 * @param parser where from
 * @return the network
 */
PlmnId
ReadPlmn(Parser& parser)
{
    const auto octets = parser.reader.Array<PlmnId::SIZE>();
    if (!parser.Ok())
    {
        return {};
    }
    const auto plmn = PlmnId::Decode(octets);
    if (!plmn)
    {
        parser.Refuse(DecodeError::OUT_OF_RANGE);
        return {};
    }
    return *plmn;
}

/** @param writer where to @param ssm both addresses, the source first */
void
WriteSsm(ByteWriter& writer, const SsmIpv4& ssm)
{
    writer.U32(ssm.source.Get()).U32(ssm.destination.Get());
}

/** @param writer where to @param ssm both addresses, the source first */
void
WriteSsm(ByteWriter& writer, const SsmIpv6& ssm)
{
    writer.Append(ssm.source).Append(ssm.destination);
}

/** @param parser where from @return both addresses */
SsmIpv4
ReadSsmIpv4(Parser& parser)
{
    SsmIpv4 ssm;
    ssm.source = Ipv4Address(parser.reader.U32());
    ssm.destination = Ipv4Address(parser.reader.U32());
    return ssm;
}

/** @param parser where from @return both addresses */
SsmIpv6
ReadSsmIpv6(Parser& parser)
{
    SsmIpv6 ssm;
    ssm.source = parser.reader.Array<16>();
    ssm.destination = parser.reader.Array<16>();
    return ssm;
}

/**
 * @brief Writes runs of areas of the same network as partial lists of type 00.
 * @param writer where to
 * @param tais at least one
 */
void
WriteTaiList(ByteWriter& writer, const std::vector<Tai>& tais)
{
    NS_ASSERT_MSG(tais.size() <= ReceivedMbsInformation::MAX_TAIS, "too many tracking areas");
    const std::size_t lengthAt = writer.Size();
    writer.U8(0);
    for (std::size_t first = 0; first < tais.size();)
    {
        std::size_t last = first;
        while (last < tais.size() && tais[last].plmn == tais[first].plmn)
        {
            ++last;
        }
        writer.U8(
            static_cast<uint8_t>(TAI_LIST_ONE_PLMN << TAI_LIST_TYPE_SHIFT | (last - first - 1)));
        writer.Append(tais[first].plmn.Encode());
        for (; first < last; ++first)
        {
            writer.U24(tais[first].tac);
        }
    }
    writer.PatchU8(lengthAt, static_cast<uint8_t>(writer.Size() - lengthAt - 1));
}

/**
 * @param parser where from
 * @param tais where to; at most MAX_TAIS are kept
 */
void
ReadTaiList(Parser& parser, std::vector<Tai>& tais)
{
    const uint8_t length = parser.reader.U8();
    const ByteView list = parser.reader.Take(length);
    if (!parser.Ok())
    {
        return;
    }
    Parser inner{ByteReader(list)};
    do
    {
        const uint8_t head = inner.reader.U8();
        const uint8_t type = head >> TAI_LIST_TYPE_SHIFT & TAI_LIST_TYPE_MASK;
        // Counts above 16 are read as 16 (TS 24.501 table 9.11.3.9.1).
        const std::size_t count = std::min<std::size_t>(head & TAI_LIST_COUNT_MASK,
                                                        ReceivedMbsInformation::MAX_TAIS - 1) +
                                  1;
        if (inner.Ok() && type > TAI_LIST_MANY_PLMNS)
        {
            inner.Refuse(DecodeError::UNSUPPORTED);
        }
        Tai tai;
        for (std::size_t i = 0; i < count && inner.Ok(); ++i)
        {
            if (i == 0 || type == TAI_LIST_MANY_PLMNS)
            {
                tai.plmn = ReadPlmn(inner);
            }
            tai.tac = i > 0 && type == TAI_LIST_CONSECUTIVE ? (tai.tac + 1) & TAC_MASK
                                                            : inner.reader.U24();
            if (inner.Ok() && tais.size() < ReceivedMbsInformation::MAX_TAIS)
            {
                tais.push_back(tai);
            }
        }
    } while (inner.Ok() && inner.reader.Left() > 0);
    if (!inner.Ok())
    {
        // What runs out inside the list contradicts the list's own length.
        parser.Refuse(inner.error == DecodeError::NONE ? DecodeError::MALFORMED : inner.error);
    }
}

/** @param writer where to @param cells at least one */
void
WriteNrCgiList(ByteWriter& writer, const std::vector<NrCgi>& cells)
{
    NS_ASSERT_MSG(cells.size() <= ReceivedMbsInformation::MAX_NR_CGIS, "too many cells");
    writer.U8(static_cast<uint8_t>(cells.size() * NR_CGI_SIZE));
    for (const auto& cell : cells)
    {
        const uint64_t id = cell.cellId << CELL_ID_SPARE_BITS;
        writer.U8(static_cast<uint8_t>(id >> 32)).U32(static_cast<uint32_t>(id));
        writer.Append(cell.plmn.Encode());
    }
}

/** @param parser where from @param cells where to */
void
ReadNrCgiList(Parser& parser, std::vector<NrCgi>& cells)
{
    const uint8_t length = parser.reader.U8();
    if (parser.Ok() && (length == 0 || length % NR_CGI_SIZE != 0))
    {
        parser.Refuse(DecodeError::MALFORMED);
    }
    for (std::size_t i = 0; i < length / NR_CGI_SIZE && parser.Ok(); ++i)
    {
        NrCgi cell;
        const uint64_t high = parser.reader.U8();
        cell.cellId = (high << 32 | parser.reader.U32()) >> CELL_ID_SPARE_BITS;
        cell.plmn = ReadPlmn(parser);
        cells.push_back(cell);
    }
}

/**
 * @brief A key set as it lies in the message; nothing copied but the names.
 */
struct KeySetView
{
    KeyDomainId keyDomainId;    //!< whose keys
    MskId mskId;                //!< name of the MSK
    ByteView msk;               //!< the MSK
    std::optional<MtkId> mtkId; //!< name of the MTK, if there is one
    ByteView encryptedMtk;      //!< the MTK
};

/** @param parser where from @return one key set */
KeySetView
ReadKeySet(Parser& parser)
{
    KeySetView set;
    const uint8_t flags = parser.reader.U8();
    set.keyDomainId = KeyDomainId(parser.reader.Array<KeyDomainId::SIZE>());
    set.mskId = MskId::Decode(parser.reader.Array<MskId::SIZE>());
    set.msk = parser.reader.Take(16);
    if ((flags & MTKI) != 0)
    {
        set.mtkId = MtkId::Decode(parser.reader.Array<MtkId::SIZE>());
        set.encryptedMtk = parser.reader.Take(16);
    }
    return set;
}

/**
 * @brief Reads one Received MBS information.
 * @param parser where from
 * @param info where to, all but the key sets
 * @param keySets where the key sets go
 */
void
ReadInformation(Parser& parser, ReceivedMbsInformation& info, std::vector<KeySetView>& keySets)
{
    const uint8_t first = parser.reader.U8();
    const uint8_t second = parser.reader.U8();
    const uint8_t decision = first & 0x07;
    info.decision = decision <= static_cast<uint8_t>(MbsDecision::SECURITY_UPDATE)
                        ? static_cast<MbsDecision>(decision)
                        : MbsDecision::NONE;
    const uint8_t cause = first >> 5;
    if ((info.decision == MbsDecision::JOIN_REJECTED || info.decision == MbsDecision::REMOVED) &&
        cause <= static_cast<uint8_t>(MbsRejectionCause::SESSION_RELEASED))
    {
        info.cause = static_cast<MbsRejectionCause>(cause);
    }
    info.tmgi = ReadTmgi(parser);
    if ((second & IPAE) != 0)
    {
        if ((second & IPAT_IPV6) != 0)
        {
            info.ssm = ReadSsmIpv6(parser);
        }
        else
        {
            info.ssm = ReadSsmIpv4(parser);
        }
    }
    if ((first & MSAI_TAI_LIST) != 0)
    {
        ReadTaiList(parser, info.taiList);
    }
    if ((first & MSAI_NR_CGI_LIST) != 0)
    {
        ReadNrCgiList(parser, info.nrCgiList);
    }
    switch (second & MTI_MASK)
    {
    case MTI_START_TIME:
        info.timer = MbsStartTime{parser.reader.Array<6>()};
        break;
    case MTI_BACK_OFF_TIMER:
        info.timer = MbsBackOffTimer{parser.reader.U8()};
        break;
    default: // 11 is read as 00
        break;
    }
    if ((second & MSCI) != 0)
    {
        const uint8_t count = parser.reader.U8();
        for (uint8_t i = 0; i < count && parser.Ok(); ++i)
        {
            keySets.push_back(ReadKeySet(parser));
        }
    }
}

/** @param writer where to @param set one key set */
void
WriteKeySet(ByteWriter& writer, const N1KeySet& set)
{
    writer.U8(set.mtk ? MTKI : 0).Append(set.keyDomainId.Encode()).Append(set.mskId.Encode());
    writer.Append(set.msk.View());
    if (set.mtk)
    {
        writer.Append(set.mtk->mtkId.Encode()).Append(set.mtk->encryptedMtk);
    }
}

/** @param writer where to @param info one Received MBS information */
void
WriteInformation(ByteWriter& writer, const ReceivedMbsInformation& info)
{
    uint8_t first = static_cast<uint8_t>(info.decision);
    if (info.decision == MbsDecision::JOIN_REJECTED || info.decision == MbsDecision::REMOVED)
    {
        first |= static_cast<uint8_t>(static_cast<uint8_t>(info.cause) << 5);
    }
    first |= info.taiList.empty() ? 0 : MSAI_TAI_LIST;
    first |= info.nrCgiList.empty() ? 0 : MSAI_NR_CGI_LIST;
    uint8_t second = info.keySets.empty() ? 0 : MSCI;
    if (info.ssm)
    {
        second |= std::holds_alternative<SsmIpv6>(*info.ssm) ? IPAE | IPAT_IPV6 : IPAE;
    }
    if (std::holds_alternative<MbsStartTime>(info.timer))
    {
        second |= MTI_START_TIME;
    }
    else if (std::holds_alternative<MbsBackOffTimer>(info.timer))
    {
        second |= MTI_BACK_OFF_TIMER;
    }
    writer.U8(first).U8(second);
    WriteTmgi(writer, info.tmgi);
    if (info.ssm)
    {
        std::visit([&writer](const auto& ssm) { WriteSsm(writer, ssm); }, *info.ssm);
    }
    if (!info.taiList.empty())
    {
        WriteTaiList(writer, info.taiList);
    }
    if (!info.nrCgiList.empty())
    {
        WriteNrCgiList(writer, info.nrCgiList);
    }
    if (const auto* start = std::get_if<MbsStartTime>(&info.timer))
    {
        writer.Append(start->octets);
    }
    else if (const auto* backOff = std::get_if<MbsBackOffTimer>(&info.timer))
    {
        writer.U8(backOff->octet);
    }
    if (!info.keySets.empty())
    {
        NS_ASSERT_MSG(info.keySets.size() <= ReceivedMbsInformation::MAX_KEY_SETS,
                      "too many key sets");
        writer.U8(static_cast<uint8_t>(info.keySets.size()));
        for (const auto& set : info.keySets)
        {
            WriteKeySet(writer, set);
        }
    }
}

} // namespace

Bytes
RequestedMbsContainer::Encode() const
{
    ByteWriter writer;
    for (const auto& request : requests)
    {
        const auto operation = static_cast<uint8_t>(static_cast<uint8_t>(request.operation) << 2);
        if (const auto* tmgi = std::get_if<Tmgi>(&request.sessionId))
        {
            writer.U8(operation | TYPE_TMGI);
            WriteTmgi(writer, *tmgi);
        }
        else if (const auto* ipv4 = std::get_if<SsmIpv4>(&request.sessionId))
        {
            writer.U8(operation | TYPE_SSM_IPV4);
            WriteSsm(writer, *ipv4);
        }
        else if (const auto* ipv6 = std::get_if<SsmIpv6>(&request.sessionId))
        {
            writer.U8(operation | TYPE_SSM_IPV6);
            WriteSsm(writer, *ipv6);
        }
    }
    return writer.Release();
}

Decoded<RequestedMbsContainer>
RequestedMbsContainer::Decode(ByteView contents)
{
    Parser parser{ByteReader(contents)};
    RequestedMbsContainer container;
    do
    {
        MbsSessionRequest request;
        const uint8_t head = parser.reader.U8();
        if (!parser.Ok())
        {
            break;
        }
        const uint8_t operation = head >> 2 & 0x03;
        if (operation != static_cast<uint8_t>(MbsOperation::JOIN) &&
            operation != static_cast<uint8_t>(MbsOperation::LEAVE))
        {
            parser.Refuse(DecodeError::OUT_OF_RANGE);
            break;
        }
        request.operation = static_cast<MbsOperation>(operation);
        switch (head & 0x03)
        {
        case TYPE_TMGI:
            request.sessionId = ReadTmgi(parser);
            break;
        case TYPE_SSM_IPV4:
            request.sessionId = ReadSsmIpv4(parser);
            break;
        case TYPE_SSM_IPV6:
            request.sessionId = ReadSsmIpv6(parser);
            break;
        default:
            parser.Refuse(DecodeError::UNSUPPORTED);
            break;
        }
        container.requests.push_back(request);
    } while (parser.Ok() && parser.reader.Left() > 0);
    if (!parser.Ok())
    {
        return parser.Error();
    }
    return container;
}

const char*
ToString(MbsDecision decision)
{
    switch (decision)
    {
    case MbsDecision::NONE:
        return "none";
    case MbsDecision::SERVICE_AREA_UPDATE:
        return "service_area_update";
    case MbsDecision::JOIN_ACCEPTED:
        return "join_accepted";
    case MbsDecision::JOIN_REJECTED:
        return "join_rejected";
    case MbsDecision::REMOVED:
        return "removed";
    case MbsDecision::SECURITY_UPDATE:
        return "security_update";
    }
    return "unknown";
}

const char*
ToString(MbsRejectionCause cause)
{
    switch (cause)
    {
    case MbsRejectionCause::NONE:
        return "none";
    case MbsRejectionCause::INSUFFICIENT_RESOURCES:
        return "insufficient_resources";
    case MbsRejectionCause::NOT_AUTHORIZED:
        return "not_authorized";
    case MbsRejectionCause::NOT_STARTED:
        return "not_started";
    case MbsRejectionCause::OUTSIDE_SERVICE_AREA:
        return "outside_service_area";
    case MbsRejectionCause::CONTEXT_NOT_FOUND:
        return "context_not_found";
    case MbsRejectionCause::SESSION_RELEASED:
        return "session_released";
    }
    return "unknown";
}

Bytes
ReceivedMbsContainer::Encode() const
{
    ByteWriter writer;
    for (const auto& info : sessions)
    {
        WriteInformation(writer, info);
    }
    return writer.Release();
}

Decoded<ReceivedMbsContainer>
ReceivedMbsContainer::Decode(ByteView contents)
{
    Parser parser{ByteReader(contents)};
    ReceivedMbsContainer container;
    std::vector<KeySetView> views;
    do
    {
        ReceivedMbsInformation info;
        views.clear();
        ReadInformation(parser, info, views);
        if (!parser.Ok())
        {
            return parser.Error();
        }
        info.keySets.resize(views.size());
        for (std::size_t i = 0; i < views.size(); ++i)
        {
            N1KeySet& set = info.keySets[i];
            set.keyDomainId = views[i].keyDomainId;
            set.mskId = views[i].mskId;
            std::copy(views[i].msk.begin(), views[i].msk.end(), set.msk.Data());
            if (views[i].mtkId)
            {
                set.mtk.emplace();
                set.mtk->mtkId = *views[i].mtkId;
                std::copy(views[i].encryptedMtk.begin(),
                          views[i].encryptedMtk.end(),
                          set.mtk->encryptedMtk.begin());
            }
        }
        container.sessions.push_back(std::move(info));
    } while (parser.reader.Left() > 0);
    return container;
}

Decoded<std::vector<N1KeyNames>>
PeekKeyNames(ByteView contents)
{
    Parser parser{ByteReader(contents)};
    std::vector<N1KeyNames> names;
    std::vector<KeySetView> views;
    do
    {
        ReceivedMbsInformation info;
        views.clear();
        ReadInformation(parser, info, views);
        if (!parser.Ok())
        {
            return parser.Error();
        }
        for (const auto& view : views)
        {
            names.push_back({info.tmgi, info.decision, view.mskId, view.mtkId});
        }
    } while (parser.reader.Left() > 0);
    return names;
}

} // namespace ns3::mbs

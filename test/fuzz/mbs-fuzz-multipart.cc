// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-sbi-function.h"
#include "ns3/mbs-sbi-message.h"

#include <algorithm>

namespace ns3::mbs::fuzz
{

namespace
{

/** @param parts of a body @return the octets of all, type and identifier with each */
Bytes
Flat(const std::vector<SbiPart>& parts)
{
    ByteWriter writer;
    for (const SbiPart& part : parts)
    {
        for (const std::string_view text : {part.contentType, part.contentId})
        {
            writer.U32(static_cast<uint32_t>(text.size())).Append(Octets(std::string(text)));
        }
        writer.U32(static_cast<uint32_t>(part.body.size())).Append(part.body);
    }
    return writer.Release();
}

/** @param octets an input: a Content-Type, a line end, a body @return true if it was accepted */
bool
Run(ByteView octets)
{
    const uint8_t* end = std::find(octets.begin(), octets.end(), '\n');
    const std::string contentType(octets.begin(), end);
    const ByteView body = octets.Sub(contentType.size() + 1);
    IsMediaType(contentType, "application/json");
    const auto function = SbiParts::Read(contentType, body);
    const auto parts = DecodeMultipart(contentType, body);
    if (!parts)
    {
        return bool(function);
    }
    const SbiMultipart again = EncodeMultipart(*parts);
    const auto second = DecodeMultipart(again.contentType, again.body);
    Require(bool(second), "parts that were taken out of a body make none");
    Require(Flat(*second) == Flat(*parts), "parts that were put into a body come out as others");
    return true;
}

/** @return bodies */
std::vector<Bytes>
Seeds()
{
    std::vector<Bytes> seeds;
    const Bytes json = Octets("{}");
    const Bytes nas{0x2e, 0x01, 0x00};
    const Bytes ngap = Octets("\r\n--mbs-part-0");
    const std::vector<SbiPart> parts{{SBI_JSON_TYPE, "", json},
                                     {SBI_NAS_TYPE, "n1", nas},
                                     {SBI_NGAP_TYPE, "n2", ngap}};
    for (std::size_t count = 1; count <= parts.size(); ++count)
    {
        const auto body =
            EncodeMultipart(std::vector<SbiPart>(parts.begin(), parts.begin() + count));
        seeds.push_back(
            ByteWriter().Append(Octets(body.contentType + '\n')).Append(body.body).Get());
    }
    seeds.push_back(Octets("multipart/related; start=\"<b>\"; boundary=\"a\\\"b\"\n"
                           "preamble\r\n--a\"b \r\n\r\n1\r\n--a\"b\r\nContent-ID: <b>\r\n\r\n\r\n"
                           "--a\"b--"));
    return seeds;
}

const Target TARGET("multipart", 512, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz

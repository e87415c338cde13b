// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_REPEATED_CONTENT_H
#define MBS_REPEATED_CONTENT_H

#include "mbs-sbi-function.h"

#include "ns3/mbs-recent.h"

#include <memory>
#include <string>
#include <utility>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Reads contents of requests of which many are alike to the octet, and takes those apart
 * once.
 *
 * What tells UEs apart is in the path of a request: that they have got a key they all say in the
 * same words. Not for contents that may hold a secret, which would be kept longer than they are
 * used.
 *
 * @tparam T what the JSON part is decoded to; has Decode()
 */
template <typename T>
class RepeatedContent
{
  public:
    /** Octets of the longest content that is remembered. */
    static constexpr std::size_t LONGEST = 4096;

    /** What a content says. */
    struct Content
    {
        SharedBytes octets; //!< the octets
        SbiParts parts;     //!< views of them
        T body;             //!< their JSON part, decoded
    };

    /** A content, or why it could not be read; shared by all that are alike. */
    using Result = std::shared_ptr<const Decoded<Content>>;

    /** @param contentType of the content @param content of a request @return what it says */
    Result Read(const std::string& contentType, const SharedBytes& content)
    {
        const Known* known = m_known.Find([&](const Known& one) {
            return one.content == content && one.contentType == contentType;
        });
        if (known != nullptr)
        {
            return known->result;
        }
        Result result = std::make_shared<const Decoded<Content>>(ReadOnce(contentType, content));
        if (content.size() <= LONGEST)
        {
            m_known.Add({contentType, content, result});
        }
        return result;
    }

  private:
    /** A content and what it says. */
    struct Known
    {
        std::string contentType; //!< how to read it
        SharedBytes content;     //!< the octets
        Result result;           //!< read
    };

    /** As Read(), for a content that is not known. */
    static Decoded<Content> ReadOnce(const std::string& contentType, const SharedBytes& content)
    {
        auto parts = SbiParts::Read(contentType, content);
        if (!parts)
        {
            return parts.Error();
        }
        auto body = T::Decode(parts->json);
        if (!body)
        {
            return body.Error();
        }
        return Content{content, std::move(*parts), std::move(*body)};
    }

    Recent<Known> m_known; //!< the last ones
};

} // namespace ns3::mbs

#endif // MBS_REPEATED_CONTENT_H

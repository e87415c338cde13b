// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_DIGEST_AUTHENTICATOR_H
#define MBS_DIGEST_AUTHENTICATOR_H

#include "mbs-http-digest.h"

#include "ns3/nstime.h"

#include <functional>
#include <map>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief A server's side of HTTP digest authentication (RFC 7616): which nonces it gave out, until
 * when they are good, and which requests came with them.
 *
 * A nonce is good for as many requests as a client likes during its lifetime, if `nc` grows from
 * request to request: a request that is replayed has an `nc` that came before. At most 65536 nonces
 * are remembered; the oldest goes first and then counts as stale.
 */
class DigestAuthenticator
{
  public:
    /** What the server thinks of a request. */
    enum class Verdict : uint8_t
    {
        ACCEPTED,     //!< it is from whom it says
        NONE,         //!< it has no credentials
        MALFORMED,    //!< its credentials cannot be read, or do not fit request or challenge
        STALE,        //!< its nonce is not good any more; the client should use another
        UNKNOWN_USER, //!< nobody is called so
        WRONG_PROOF,  //!< the password or the request is another
        REPLAYED      //!< a request with this nonce and count came before
    };

    /** What Check() gives. */
    struct Result
    {
        Verdict verdict{Verdict::NONE}; //!< what the server thinks
        std::string user;               //!< who, if accepted
        DigestCredentials credentials;  //!< as they were read
    };

    /** Gives the password of a user, or nothing if there is no such user. */
    using PasswordOf = std::function<std::optional<Bytes>(const std::string& user)>;

    /**
     * @param realm what the passwords are for
     * @param algorithm MD5 or SHA-256
     * @param lifetime how long a nonce is good
     */
    DigestAuthenticator(std::string realm, HashFunction algorithm, Time lifetime);

    /**
     * @brief Makes a challenge with a nonce of its own.
     * @param random octets for the nonce, at least 16 and never the same twice
     * @param stale whether only the nonce of the request was wrong
     * @param now simulated time
     * @return value of WWW-Authenticate
     */
    std::string Challenge(ByteView random, bool stale, Time now);

    /**
     * @brief Judges a request.
     * @param authorization value of its Authorization header, empty if there is none
     * @param method HTTP method
     * @param path its target
     * @param body its content, which qop "auth-int" protects
     * @param passwordOf gives passwords
     * @param now simulated time
     * @return what the server thinks
     */
    Result Check(const std::string& authorization,
                 const std::string& method,
                 const std::string& path,
                 ByteView body,
                 const PasswordOf& passwordOf,
                 Time now);

    /**
     * @brief Proves to the client that the server knows the password too (RFC 7616 clause 3.5).
     * @param credentials of the accepted request
     * @param password of the user
     * @param body content of the answer
     * @return value of Authentication-Info
     */
    static std::string Sign(const DigestCredentials& credentials, ByteView password, ByteView body);

    /**
     * @brief A client's check of that proof.
     * @param info value of Authentication-Info
     * @param credentials that the client sent
     * @param password its own
     * @param body content of the answer
     * @return true if the server knows the password
     */
    static bool IsSigned(const std::string& info,
                         const DigestCredentials& credentials,
                         ByteView password,
                         ByteView body);

  private:
    /** What is remembered of a nonce. */
    struct Nonce
    {
        uint64_t number{0};    //!< in the order in which they were given out
        Time until;            //!< from then on it is stale
        uint32_t lastCount{0}; //!< greatest nc accepted
    };

    /** @param now simulated time; forgets nonces that are stale */
    void Expire(Time now);

    /** @brief Forgets the nonce that was given out first; there is one. */
    void ForgetOldest();

    std::string m_realm;                       //!< what the passwords are for
    HashFunction m_algorithm;                  //!< of challenges
    Time m_lifetime;                           //!< of nonces
    std::map<std::string, Nonce> m_nonces;     //!< given out and still good
    std::map<uint64_t, std::string> m_inOrder; //!< the same, oldest first
    uint64_t m_next{0};                        //!< number of the next one
};

/**
 * @ingroup mbs
 * @param verdict a verdict
 * @return what is wrong, one clause of a sentence
 */
const char* ToString(DigestAuthenticator::Verdict verdict);

} // namespace ns3::mbs

#endif // MBS_DIGEST_AUTHENTICATOR_H

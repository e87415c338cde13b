// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_HTTP_DIGEST_H
#define MBS_HTTP_DIGEST_H

#include "mbs-crypto-primitives.h"

#include "ns3/mbs-bytes.h"
#include "ns3/mbs-secret.h"

#include <optional>
#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief A server's challenge in HTTP digest authentication (RFC 7616 clause 3.3): the value of
 * WWW-Authenticate.
 */
struct DigestChallenge
{
    std::string realm;                         //!< what the password is for
    std::string nonce;                         //!< from the server, new for each challenge
    std::string opaque;                        //!< to be sent back as it is; empty for none
    std::string qop;                           //!< "auth", "auth-int", both with a comma, or empty
    HashFunction algorithm{HashFunction::MD5}; //!< MD5 or SHA-256
    bool stale{false};                         //!< only the nonce was wrong

    /** @return the header's value, beginning with `Digest ` */
    std::string Encode() const;

    /**
     * @param value a header's value
     * @return the challenge, or why not; DecodeError::UNSUPPORTED for another scheme or algorithm
     */
    static Decoded<DigestChallenge> Decode(const std::string& value);
};

/**
 * @ingroup mbs
 * @brief A client's answer (RFC 7616 clause 3.4): the value of Authorization.
 */
struct DigestCredentials
{
    std::string username;                      //!< who; B-TID or A-KID in TS 33.246
    std::string realm;                         //!< as in the challenge
    std::string nonce;                         //!< as in the challenge
    std::string uri;                           //!< request target
    std::string response;                      //!< the proof, hexadecimal
    std::string opaque;                        //!< as in the challenge
    std::string qop;                           //!< "auth", "auth-int" or empty (RFC 2069)
    std::string cnonce;                        //!< from the client; with qop
    uint32_t nonceCount{1};                    //!< requests with this nonce so far; with qop
    HashFunction algorithm{HashFunction::MD5}; //!< as in the challenge

    /** @return the header's value, beginning with `Digest ` */
    std::string Encode() const;

    /**
     * @param value a header's value
     * @return the answer, or why not; DecodeError::UNSUPPORTED for another scheme or algorithm
     */
    static Decoded<DigestCredentials> Decode(const std::string& value);

    /**
     * @brief Computes the proof (RFC 7616 clause 3.4.1).
     * @param password the password; in TS 33.246 the base64 text of MRK
     * @param method the request's method
     * @param body the request's body; plays a part with qop "auth-int" only
     * @return the proof, hexadecimal
     */
    std::string Compute(ByteView password,
                        const std::string& method,
                        ByteView body = ByteView()) const;

    /**
     * @brief Computes the proof that the server gives in return, `rspauth` of Authentication-Info
     * (RFC 7616 clause 3.5).
     * @param password the password
     * @param body the response's body; plays a part with qop "auth-int" only
     * @return the proof, hexadecimal
     */
    std::string ComputeServerProof(ByteView password, ByteView body = ByteView()) const;

    /**
     * @brief Checks the proof in constant time.
     * @param password the password
     * @param method the request's method
     * @param body the request's body
     * @return true if it is right
     */
    bool Verify(ByteView password, const std::string& method, ByteView body = ByteView()) const;
};

/**
 * @ingroup mbs
 * @brief The password that TS 33.246 makes of MRK: its base64 text (clause 6.2.1.3, from memory).
 * @param mrk MRK
 * @return the password, in memory that is wiped when it goes
 */
Bytes DigestPassword(const Secret<32>& mrk);

} // namespace ns3::mbs

#endif // MBS_HTTP_DIGEST_H

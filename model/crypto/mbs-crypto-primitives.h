// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_CRYPTO_PRIMITIVES_H
#define MBS_CRYPTO_PRIMITIVES_H

#include "ns3/mbs-bytes.h"

#include <memory>
#include <string>

namespace ns3::mbs
{

/** @param text some text, which must outlive the view @return its octets */
inline ByteView
TextView(const std::string& text)
{
    return ByteView(reinterpret_cast<const uint8_t*>(text.data()), text.size());
}

/**
 * @ingroup mbs
 * @brief The hash functions that MIKEY, SRTP, TS 33.220 and HTTP digest ask for.
 *
 * Everything in this header rests on OpenSSL 3 and shows nothing of it. An algorithm is fetched
 * once per process, when it is first needed. If OpenSSL does not have it (a FIPS provider has no
 * MD5, for one) or fails for lack of memory, the program stops with a sentence that says so: no
 * result of a run could be trusted from there on. Nothing here draws random numbers.
 */
enum class HashFunction : uint8_t
{
    MD5,    //!< RFC 1321, 16 octets: HTTP digest only
    SHA_1,  //!< FIPS 180-4, 20 octets
    SHA_256 //!< FIPS 180-4, 32 octets
};

/**
 * @ingroup mbs
 * @param hash a hash function
 * @return the octets of its digest: 16, 20 or 32
 */
std::size_t DigestSize(HashFunction hash);

/**
 * @ingroup mbs
 * @brief Hashes.
 * @param hash the hash function
 * @param data what to hash
 * @return the digest, DigestSize() octets
 */
Bytes Digest(HashFunction hash, ByteView data);

/**
 * @ingroup mbs
 * @brief Compares secrets or tags in a time that does not depend on where they differ.
 * @param a one
 * @param b the other
 * @return true if they are of one length and the same
 */
bool SameSecret(ByteView a, ByteView b);

/**
 * @ingroup mbs
 * @brief HMAC-SHA1 (RFC 2104) under one key, for any number of messages; no heap allocation per
 * message.
 *
 * The hash states behind the two padded keys are kept. They are those of OpenSSL's low-level SHA-1,
 * deprecated since 3.0 but in every 3.x: `EVP_MAC_init(context, nullptr, 0, nullptr)`, which starts
 * a MAC again without a new key, allocates twice per message in OpenSSL 3.0 and makes HMAC over
 * 1,000 octets 18 % slower (measured with 3.0.19).
 */
class HmacSha1
{
  public:
    /** Octets of the tag. */
    static constexpr std::size_t TAG_SIZE = 20;

    /** @param key the key, of any length */
    explicit HmacSha1(ByteView key);
    ~HmacSha1();
    /** @brief Moves; what is left behind may only be destroyed or assigned to. */
    HmacSha1(HmacSha1&&) noexcept;
    /** @brief Moves. @return this */
    HmacSha1& operator=(HmacSha1&&) noexcept;

    /** @brief Begins a message. */
    void Start();

    /** @param data the next part of the message */
    void Update(ByteView data);

    /** @param[out] tag where the whole tag goes, TAG_SIZE octets */
    void Finish(uint8_t* tag);

  private:
    struct Impl;                  //!< OpenSSL's side
    std::unique_ptr<Impl> m_impl; //!< OpenSSL's side
};

/**
 * @ingroup mbs
 * @brief HMAC-SHA-256 (RFC 2104, RFC 4231) of one message.
 * @param key the key, of any length
 * @param data the message
 * @param[out] tag where the whole tag goes, 32 octets
 */
void HmacSha256(ByteView key, ByteView data, uint8_t* tag);

/**
 * @ingroup mbs
 * @brief AES in counter mode under one key; encrypts and decrypts; no heap allocation per call.
 */
class AesCounter
{
  public:
    /** A counter block. */
    using Block = std::array<uint8_t, 16>;

    /** @param key 16 or 32 octets; any other length stops the program */
    explicit AesCounter(ByteView key);
    ~AesCounter();
    /** @brief Moves; what is left behind may only be destroyed or assigned to. */
    AesCounter(AesCounter&&) noexcept;
    /** @brief Moves. @return this */
    AesCounter& operator=(AesCounter&&) noexcept;

    /**
     * @brief XORs octets with the key stream.
     * @param counter the first counter block; counts up as a 128-bit integer
     * @param in the octets
     * @param[out] out where the result goes; may be @p in
     * @param size how many, below 2^31
     */
    void Apply(const Block& counter, const uint8_t* in, uint8_t* out, std::size_t size);

  private:
    struct Impl;                  //!< OpenSSL's side
    std::unique_ptr<Impl> m_impl; //!< OpenSSL's side
};

/**
 * @ingroup mbs
 * @brief AES-GCM (NIST SP 800-38D) under one key, both directions; no heap allocation per call.
 */
class AesGcm
{
  public:
    /** Octets of the tag. */
    static constexpr std::size_t TAG_SIZE = 16;
    /** An initialisation vector. */
    using Iv = std::array<uint8_t, 12>;

    /** @param key 16 or 32 octets; any other length stops the program */
    explicit AesGcm(ByteView key);
    ~AesGcm();
    /** @brief Moves; what is left behind may only be destroyed or assigned to. */
    AesGcm(AesGcm&&) noexcept;
    /** @brief Moves. @return this */
    AesGcm& operator=(AesGcm&&) noexcept;

    /**
     * @brief Encrypts and tags.
     * @param iv never the same twice under one key
     * @param associated what the tag covers but is not encrypted
     * @param more what follows that, where it is not in one piece
     * @param plain what to encrypt, below 2^31 octets
     * @param[out] out where the ciphertext goes and behind it the tag, plain.size() + TAG_SIZE
     * octets; may be plain.data()
     */
    void Seal(const Iv& iv, ByteView associated, ByteView more, ByteView plain, uint8_t* out);

    /**
     * @brief Decrypts and checks the tag.
     * @param iv as it was used to seal
     * @param associated as it was used to seal
     * @param more as it was used to seal
     * @param sealed ciphertext and tag, below 2^31 octets
     * @param[out] out where the plaintext goes, sealed.size() - TAG_SIZE octets; may be
     * sealed.data(); holds nothing of use when the tag is wrong
     * @return false if the tag is wrong or @p sealed shorter than a tag
     */
    bool Open(const Iv& iv, ByteView associated, ByteView more, ByteView sealed, uint8_t* out);

  private:
    struct Impl;                  //!< OpenSSL's side
    std::unique_ptr<Impl> m_impl; //!< OpenSSL's side
};

/**
 * @ingroup mbs
 * @brief Encrypts one block with AES-128.
 * @param key 16 octets
 * @param block the block
 * @return the encrypted block
 */
std::array<uint8_t, 16> AesEncryptBlock(ByteView key, const std::array<uint8_t, 16>& block);

/**
 * @ingroup mbs
 * @brief Decrypts one block with AES-128.
 * @param key 16 octets
 * @param block the encrypted block
 * @return the block
 */
std::array<uint8_t, 16> AesDecryptBlock(ByteView key, const std::array<uint8_t, 16>& block);

/**
 * @ingroup mbs
 * @return name and version of the library that does the work, as it is loaded now
 */
std::string CryptoLibraryVersion();

} // namespace ns3::mbs

#endif // MBS_CRYPTO_PRIMITIVES_H

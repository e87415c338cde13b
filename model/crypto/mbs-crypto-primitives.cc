// SPDX-License-Identifier: GPL-2.0-only
// For SHA1_Init and its like, see HmacSha1.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "mbs-crypto-primitives.h"

#include "ns3/abort.h"
#include "ns3/assert.h"

#include <algorithm>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/params.h>
#include <openssl/sha.h>

namespace ns3::mbs
{

namespace
{

/**
 * @brief Stops the program unless OpenSSL did what was asked.
 * @param ok what OpenSSL answered
 * @param what what was asked
 */
void
Require(bool ok, const char* what)
{
    NS_ABORT_MSG_UNLESS(ok,
                        "OpenSSL refused " << what << ": this build or provider of OpenSSL ("
                                           << OPENSSL_VERSION_TEXT
                                           << ") lacks it or is out of memory");
}

/** Frees OpenSSL's objects. */
struct Free
{
    /** @param context a cipher context, whose key OpenSSL wipes */
    void operator()(EVP_CIPHER_CTX* context) const
    {
        EVP_CIPHER_CTX_free(context);
    }
};

/** A cipher context. */
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Free>;

/**
 * @brief Asks OpenSSL for a hash function.
 * @param name OpenSSL's name for it
 * @return the algorithm, kept for as long as the process lives
 */
const EVP_MD*
FetchDigest(const char* name)
{
    const EVP_MD* digest = EVP_MD_fetch(nullptr, name, nullptr);
    Require(digest != nullptr, name);
    return digest;
}

/**
 * @brief Asks OpenSSL for a cipher.
 * @param name OpenSSL's name for it
 * @return the algorithm, kept for as long as the process lives
 */
const EVP_CIPHER*
FetchCipher(const char* name)
{
    const EVP_CIPHER* cipher = EVP_CIPHER_fetch(nullptr, name, nullptr);
    Require(cipher != nullptr, name);
    return cipher;
}

/**
 * @param hash a hash function
 * @return OpenSSL's implementation, fetched when it is first asked for
 */
const EVP_MD*
Algorithm(HashFunction hash)
{
    if (hash == HashFunction::SHA_1)
    {
        static const EVP_MD* sha1 = FetchDigest("SHA1");
        return sha1;
    }
    if (hash == HashFunction::SHA_256)
    {
        static const EVP_MD* sha256 = FetchDigest("SHA256");
        return sha256;
    }
    static const EVP_MD* md5 = FetchDigest("MD5");
    return md5;
}

/**
 * @param keySize octets of the key, 16 or 32
 * @return AES in counter mode, fetched when it is first asked for
 */
const EVP_CIPHER*
CounterCipher(std::size_t keySize)
{
    static const EVP_CIPHER* aes128 = FetchCipher("AES-128-CTR");
    static const EVP_CIPHER* aes256 = FetchCipher("AES-256-CTR");
    return keySize == 16 ? aes128 : aes256;
}

/**
 * @param keySize octets of the key, 16 or 32
 * @return AES-GCM, fetched when it is first asked for
 */
const EVP_CIPHER*
GcmCipher(std::size_t keySize)
{
    static const EVP_CIPHER* aes128 = FetchCipher("AES-128-GCM");
    static const EVP_CIPHER* aes256 = FetchCipher("AES-256-GCM");
    return keySize == 16 ? aes128 : aes256;
}

/**
 * @brief Makes a cipher context and gives it its key.
 * @param cipher the cipher
 * @param key the key, of the cipher's length
 * @param encrypt true to encrypt, false to decrypt
 * @return the context
 */
CipherContext
NewCipherContext(const EVP_CIPHER* cipher, ByteView key, bool encrypt)
{
    Require(key.size() == static_cast<std::size_t>(EVP_CIPHER_get_key_length(cipher)),
            "a key of that length");
    CipherContext context(EVP_CIPHER_CTX_new());
    Require(context != nullptr, "a cipher context");
    Require(EVP_CipherInit_ex2(context.get(), cipher, key.data(), nullptr, encrypt, nullptr) == 1,
            "a cipher's key");
    return context;
}

/**
 * @param key 16 octets
 * @param block a block
 * @param encrypt true to encrypt, false to decrypt
 * @return the block after AES-128
 */
std::array<uint8_t, 16>
AesBlock(ByteView key, const std::array<uint8_t, 16>& block, bool encrypt)
{
    static const EVP_CIPHER* aes128 = FetchCipher("AES-128-ECB");
    const CipherContext context = NewCipherContext(aes128, key, encrypt);
    std::array<uint8_t, 16> out{};
    int size = 0;
    Require(EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1 &&
                EVP_CipherUpdate(context.get(), out.data(), &size, block.data(), 16) == 1 &&
                size == 16,
            "an AES block");
    return out;
}

} // namespace

std::size_t
DigestSize(HashFunction hash)
{
    switch (hash)
    {
    case HashFunction::MD5:
        return 16;
    case HashFunction::SHA_1:
        return 20;
    case HashFunction::SHA_256:
        break;
    }
    return 32;
}

Bytes
Digest(HashFunction hash, ByteView data)
{
    Bytes digest(DigestSize(hash));
    Require(
        EVP_Digest(data.data(), data.size(), digest.data(), nullptr, Algorithm(hash), nullptr) == 1,
        "a hash");
    return digest;
}

bool
SameSecret(ByteView a, ByteView b)
{
    return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

/** @brief The hash states behind the padded keys. */
struct HmacSha1::Impl
{
    SHA_CTX inner{};   //!< behind key XOR 0x36...
    SHA_CTX outer{};   //!< behind key XOR 0x5c...
    SHA_CTX running{}; //!< the message so far

    ~Impl()
    {
        OPENSSL_cleanse(&inner, sizeof(inner));
        OPENSSL_cleanse(&outer, sizeof(outer));
        OPENSSL_cleanse(&running, sizeof(running));
    }
};

HmacSha1::HmacSha1(ByteView key)
    : m_impl(std::make_unique<Impl>())
{
    std::array<uint8_t, SHA_CBLOCK> pad{};
    bool ok = true;
    if (key.size() > pad.size())
    {
        // RFC 2104 clause 2: a key longer than a block is hashed first.
        ok = SHA1_Init(&m_impl->running) == 1 &&
             SHA1_Update(&m_impl->running, key.data(), key.size()) == 1 &&
             SHA1_Final(pad.data(), &m_impl->running) == 1;
    }
    else
    {
        std::copy(key.begin(), key.end(), pad.begin());
    }
    for (auto& octet : pad)
    {
        octet ^= 0x36;
    }
    ok = ok && SHA1_Init(&m_impl->inner) == 1 &&
         SHA1_Update(&m_impl->inner, pad.data(), pad.size()) == 1;
    for (auto& octet : pad)
    {
        octet ^= 0x36 ^ 0x5c;
    }
    ok = ok && SHA1_Init(&m_impl->outer) == 1 &&
         SHA1_Update(&m_impl->outer, pad.data(), pad.size()) == 1;
    OPENSSL_cleanse(pad.data(), pad.size());
    Require(ok, "the key of an HMAC-SHA1");
}

HmacSha1::~HmacSha1() = default;
HmacSha1::HmacSha1(HmacSha1&&) noexcept = default;
HmacSha1& HmacSha1::operator=(HmacSha1&&) noexcept = default;

void
HmacSha1::Start()
{
    m_impl->running = m_impl->inner;
}

void
HmacSha1::Update(ByteView data)
{
    Require(SHA1_Update(&m_impl->running, data.data(), data.size()) == 1, "part of an HMAC-SHA1");
}

void
HmacSha1::Finish(uint8_t* tag)
{
    std::array<uint8_t, TAG_SIZE> digest;
    const bool hashed = SHA1_Final(digest.data(), &m_impl->running) == 1;
    m_impl->running = m_impl->outer;
    Require(hashed && SHA1_Update(&m_impl->running, digest.data(), digest.size()) == 1 &&
                SHA1_Final(tag, &m_impl->running) == 1,
            "the tag of an HMAC-SHA1");
}

void
HmacSha256(ByteView key, ByteView data, uint8_t* tag)
{
    Require(HMAC(Algorithm(HashFunction::SHA_256),
                 key.data(),
                 static_cast<int>(key.size()),
                 data.data(),
                 data.size(),
                 tag,
                 nullptr) != nullptr,
            "an HMAC-SHA-256");
}

/** @brief A keyed cipher context. */
struct AesCounter::Impl
{
    CipherContext context; //!< holds the key; gets a new counter per call
};

AesCounter::AesCounter(ByteView key)
    : m_impl(std::make_unique<Impl>())
{
    m_impl->context = NewCipherContext(CounterCipher(key.size()), key, true);
}

AesCounter::~AesCounter() = default;
AesCounter::AesCounter(AesCounter&&) noexcept = default;
AesCounter& AesCounter::operator=(AesCounter&&) noexcept = default;

void
AesCounter::Apply(const Block& counter, const uint8_t* in, uint8_t* out, std::size_t size)
{
    NS_ASSERT(size <= INT32_MAX);
    EVP_CIPHER_CTX* context = m_impl->context.get();
    int written = 0;
    Require(EVP_EncryptInit_ex2(context, nullptr, nullptr, counter.data(), nullptr) == 1 &&
                EVP_EncryptUpdate(context, out, &written, in, static_cast<int>(size)) == 1,
            "AES in counter mode");
}

/** @brief A keyed cipher context for either direction. */
struct AesGcm::Impl
{
    CipherContext seal;                  //!< encrypts
    CipherContext open;                  //!< decrypts
    std::array<uint8_t, TAG_SIZE> tag{}; //!< of the packet at hand
    std::array<OSSL_PARAM, 2> tagParameter = {
        OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, tag.data(), tag.size()),
        OSSL_PARAM_construct_end()}; //!< says that it is the tag; EVP_CTRL_AEAD_*_TAG makes this
                                     //!< anew each time
};

AesGcm::AesGcm(ByteView key)
    : m_impl(std::make_unique<Impl>())
{
    m_impl->seal = NewCipherContext(GcmCipher(key.size()), key, true);
    m_impl->open = NewCipherContext(GcmCipher(key.size()), key, false);
}

AesGcm::~AesGcm() = default;
AesGcm::AesGcm(AesGcm&&) noexcept = default;
AesGcm& AesGcm::operator=(AesGcm&&) noexcept = default;

void
AesGcm::Seal(const Iv& iv, ByteView associated, ByteView more, ByteView plain, uint8_t* out)
{
    NS_ASSERT(plain.size() <= INT32_MAX);
    EVP_CIPHER_CTX* context = m_impl->seal.get();
    int size = 0;
    Require(EVP_EncryptInit_ex2(context, nullptr, nullptr, iv.data(), nullptr) == 1, "a GCM IV");
    for (const ByteView& part : {associated, more})
    {
        if (!part.empty())
        {
            Require(EVP_EncryptUpdate(context,
                                      nullptr,
                                      &size,
                                      part.data(),
                                      static_cast<int>(part.size())) == 1,
                    "GCM associated data");
        }
    }
    if (!plain.empty())
    {
        Require(
            EVP_EncryptUpdate(context, out, &size, plain.data(), static_cast<int>(plain.size())) ==
                1,
            "GCM encryption");
    }
    const auto& tag = m_impl->tag;
    Require(EVP_EncryptFinal_ex(context, out + plain.size(), &size) == 1 &&
                EVP_CIPHER_CTX_get_params(context, m_impl->tagParameter.data()) == 1,
            "a GCM tag");
    std::copy(tag.begin(), tag.end(), out + plain.size());
}

bool
AesGcm::Open(const Iv& iv, ByteView associated, ByteView more, ByteView sealed, uint8_t* out)
{
    NS_ASSERT(sealed.size() <= INT32_MAX);
    if (sealed.size() < TAG_SIZE)
    {
        return false;
    }
    const ByteView cipher = sealed.Sub(0, sealed.size() - TAG_SIZE);
    std::copy_n(sealed.data() + cipher.size(), TAG_SIZE, m_impl->tag.begin());

    EVP_CIPHER_CTX* context = m_impl->open.get();
    int size = 0;
    Require(EVP_DecryptInit_ex2(context, nullptr, nullptr, iv.data(), nullptr) == 1 &&
                EVP_CIPHER_CTX_set_params(context, m_impl->tagParameter.data()) == 1,
            "a GCM IV and tag");
    for (const ByteView& part : {associated, more})
    {
        if (!part.empty())
        {
            Require(EVP_DecryptUpdate(context,
                                      nullptr,
                                      &size,
                                      part.data(),
                                      static_cast<int>(part.size())) == 1,
                    "GCM associated data");
        }
    }
    if (!cipher.empty())
    {
        Require(EVP_DecryptUpdate(context,
                                  out,
                                  &size,
                                  cipher.data(),
                                  static_cast<int>(cipher.size())) == 1,
                "GCM decryption");
    }
    // OpenSSL compares the tag in constant time here; 0 means that it is wrong.
    std::array<uint8_t, 16> none;
    return EVP_DecryptFinal_ex(context, none.data(), &size) == 1;
}

std::array<uint8_t, 16>
AesEncryptBlock(ByteView key, const std::array<uint8_t, 16>& block)
{
    return AesBlock(key, block, true);
}

std::array<uint8_t, 16>
AesDecryptBlock(ByteView key, const std::array<uint8_t, 16>& block)
{
    return AesBlock(key, block, false);
}

std::string
CryptoLibraryVersion()
{
    return OpenSSL_version(OPENSSL_VERSION);
}

} // namespace ns3::mbs

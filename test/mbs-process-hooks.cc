// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-process-hooks.h"

#include <array>
#include <atomic>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

// Hooks need a C library in which dlsym() is, and in which open() is no inline function.
#if !defined(__GLIBC__) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MBS_PROCESS_HOOKS 0
#elif !__GLIBC_PREREQ(2, 34) || (defined(__USE_FORTIFY_LEVEL) && __USE_FORTIFY_LEVEL > 0)
#define MBS_PROCESS_HOOKS 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||                         \
    __has_feature(memory_sanitizer)
#define MBS_PROCESS_HOOKS 0
#endif
#endif
#ifndef MBS_PROCESS_HOOKS
#define MBS_PROCESS_HOOKS 1
#endif

#if MBS_PROCESS_HOOKS
#include <dlfcn.h>
#include <fcntl.h>
#include <malloc.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace
{

std::atomic<uint64_t> g_allocations{0};        //!< see ProcessCounts
std::atomic<uint64_t> g_opensslAllocations{0}; //!< see ProcessCounts
std::atomic<uint64_t> g_fetches{0};            //!< see ProcessCounts
std::atomic<uint64_t> g_randomness{0};         //!< see ProcessCounts

/** Octets of a secret that are looked for. */
constexpr std::size_t NEEDLE = 8;

/** Secrets that are looked for, inverted so that this list is not found itself. */
std::array<std::array<uint8_t, NEEDLE>, 32> g_needles{};
std::size_t g_needleCount{0};     //!< how many there are
std::atomic<uint64_t> g_found{0}; //!< blocks with one

/**
 * @param memory some octets
 * @param size how many
 * @return true if a secret is in them
 */
bool
HoldsSecret(const uint8_t* memory, std::size_t size)
{
    for (std::size_t at = 0; at + NEEDLE <= size; ++at)
    {
        for (std::size_t i = 0; i < g_needleCount; ++i)
        {
            std::size_t same = 0;
            while (same < NEEDLE && memory[at + same] == static_cast<uint8_t>(~g_needles[i][same]))
            {
                ++same;
            }
            if (same == NEEDLE)
            {
                return true;
            }
        }
    }
    return false;
}

#if MBS_PROCESS_HOOKS

/** @param block memory on its way back */
void
Inspect(void* block)
{
    if (g_needleCount > 0 && block != nullptr &&
        HoldsSecret(static_cast<const uint8_t*>(block), malloc_usable_size(block)))
    {
        ++g_found;
    }
}

/** @cond OpenSSL's memory functions */
void*
OpensslMalloc(std::size_t size, const char* /* file */, int /* line */)
{
    ++g_opensslAllocations;
    return std::malloc(size);
}

void*
OpensslRealloc(void* old, std::size_t size, const char* /* file */, int /* line */)
{
    ++g_opensslAllocations;
    return std::realloc(old, size);
}

void
OpensslFree(void* old, const char* /* file */, int /* line */)
{
    Inspect(old);
    std::free(old);
}

/** @endcond */

/** OpenSSL takes other memory functions only before it has first asked for memory. */
const bool g_opensslHooked =
    CRYPTO_set_mem_functions(OpensslMalloc, OpensslRealloc, OpensslFree) == 1;

/**
 * @brief The function behind a hook.
 * @tparam Function its type
 * @param name its name
 * @return the function
 */
template <typename Function>
Function
Behind(const char* name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

/** @param path of a file that is opened */
void
CountRandomDevice(const char* path)
{
    if (path != nullptr &&
        (std::strcmp(path, "/dev/urandom") == 0 || std::strcmp(path, "/dev/random") == 0))
    {
        ++g_randomness;
    }
}

#endif

} // namespace

#if MBS_PROCESS_HOOKS

/** @cond the hooks: each has the name and the type of what it watches */

void*
operator new(std::size_t size)
{
    ++g_allocations;
    void* block = std::malloc(size > 0 ? size : 1);
    if (block == nullptr)
    {
        throw std::bad_alloc();
    }
    return block;
}

void
operator delete(void* block) noexcept
{
    Inspect(block);
    std::free(block);
}

void
operator delete(void* block, std::size_t /* size */) noexcept
{
    Inspect(block);
    std::free(block);
}

extern "C"
{
    EVP_CIPHER* EVP_CIPHER_fetch(OSSL_LIB_CTX* context, const char* name, const char* properties)
    {
        ++g_fetches;
        static const auto behind = Behind<decltype(&EVP_CIPHER_fetch)>("EVP_CIPHER_fetch");
        return behind(context, name, properties);
    }

    EVP_MD* EVP_MD_fetch(OSSL_LIB_CTX* context, const char* name, const char* properties)
    {
        ++g_fetches;
        static const auto behind = Behind<decltype(&EVP_MD_fetch)>("EVP_MD_fetch");
        return behind(context, name, properties);
    }

    EVP_MAC* EVP_MAC_fetch(OSSL_LIB_CTX* context, const char* name, const char* properties)
    {
        ++g_fetches;
        static const auto behind = Behind<decltype(&EVP_MAC_fetch)>("EVP_MAC_fetch");
        return behind(context, name, properties);
    }

    int RAND_bytes(unsigned char* out, int size)
    {
        ++g_randomness;
        static const auto behind = Behind<decltype(&RAND_bytes)>("RAND_bytes");
        return behind(out, size);
    }

    int RAND_priv_bytes(unsigned char* out, int size)
    {
        ++g_randomness;
        static const auto behind = Behind<decltype(&RAND_priv_bytes)>("RAND_priv_bytes");
        return behind(out, size);
    }

    ssize_t getrandom(void* out, size_t size, unsigned flags)
    {
        ++g_randomness;
        static const auto behind = Behind<ssize_t (*)(void*, size_t, unsigned)>("getrandom");
        return behind(out, size, flags);
    }

    int getentropy(void* out, size_t size)
    {
        ++g_randomness;
        static const auto behind = Behind<int (*)(void*, size_t)>("getentropy");
        return behind(out, size);
    }

    int open(const char* path, int flags, ...)
    {
        CountRandomDevice(path);
        va_list more;
        va_start(more, flags);
        const auto mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : mode_t{0};
        va_end(more);
        static const auto behind = Behind<int (*)(const char*, int, ...)>("open");
        return behind(path, flags, mode);
    }

    FILE* fopen(const char* path, const char* mode)
    {
        CountRandomDevice(path);
        static const auto behind = Behind<FILE* (*)(const char*, const char*)>("fopen");
        return behind(path, mode);
    }

    long syscall(long number, ...) noexcept
    {
        if (number == SYS_getrandom)
        {
            ++g_randomness;
        }
        va_list more;
        va_start(more, number);
        std::array<long, 6> arguments;
        for (long& argument : arguments)
        {
            argument = va_arg(more, long);
        }
        va_end(more);
        static const auto behind = Behind<long (*)(long, ...)>("syscall");
        return behind(number,
                      arguments[0],
                      arguments[1],
                      arguments[2],
                      arguments[3],
                      arguments[4],
                      arguments[5]);
    }
}

/** @endcond */

#endif

namespace ns3::mbs
{

bool
HasProcessHooks()
{
#if MBS_PROCESS_HOOKS
    return g_opensslHooked;
#else
    return false;
#endif
}

ProcessCounts
GetProcessCounts()
{
    return {g_allocations, g_opensslAllocations, g_fetches, g_randomness};
}

FreedSecrets::FreedSecrets()
{
    g_found = 0;
}

FreedSecrets::~FreedSecrets()
{
    g_needleCount = 0;
}

void
FreedSecrets::Watch(ByteView secret)
{
    for (std::size_t i = 0; i < NEEDLE; ++i)
    {
        g_needles[g_needleCount][i] = static_cast<uint8_t>(~secret[i]);
    }
    ++g_needleCount;
}

uint64_t
FreedSecrets::Found() const
{
    return g_found;
}

bool
FreedSecrets::IsIn(const void* memory, std::size_t size) const
{
    return HoldsSecret(static_cast<const uint8_t*>(memory), size);
}

} // namespace ns3::mbs

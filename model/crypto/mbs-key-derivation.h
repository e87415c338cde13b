// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_KEY_DERIVATION_H
#define MBS_KEY_DERIVATION_H

#include "ns3/mbs-secret.h"

#include <string>
#include <vector>

namespace ns3::mbs
{

/** A 256-bit key: K_AKMA, K_AF, Ks, Ks_NAF, MRK, MUK. */
using Key256 = Secret<32>;

/**
 * @ingroup mbs
 * @brief MIKEY's pseudo-random function, MIKEY-1 (RFC 3830 clause 4.1.2).
 *
 * inkey is cut into blocks s_1 ... s_n of 256 bits (the last may be shorter), and
 *
 *     PRF(inkey, label) = P(s_1, label) XOR ... XOR P(s_n, label)
 *     P(s, label)       = HMAC-SHA1(s, A_1 || label) || HMAC-SHA1(s, A_2 || label) || ...
 *     A_0 = label,  A_i = HMAC-SHA1(s, A_(i-1))
 *
 * @param inkey the key to derive from, not empty
 * @param label what tells the derived keys apart
 * @param[out] out where the derived octets go
 * @param size how many of them
 */
void MikeyPrf(ByteView inkey, ByteView label, uint8_t* out, std::size_t size);

/**
 * @ingroup mbs
 * @brief What an SRTP session key is for (RFC 3711 clause 4.3.1 and 4.3.2).
 */
enum class SrtpKeyLabel : uint8_t
{
    RTP_ENCRYPTION = 0,      //!< cipher key of SRTP
    RTP_AUTHENTICATION = 1,  //!< MAC key of SRTP
    RTP_SALT = 2,            //!< salt of SRTP
    RTCP_ENCRYPTION = 3,     //!< cipher key of SRTCP
    RTCP_AUTHENTICATION = 4, //!< MAC key of SRTCP
    RTCP_SALT = 5            //!< salt of SRTCP
};

/**
 * @ingroup mbs
 * @brief SRTP's key derivation (RFC 3711 clause 4.3; RFC 6188 with a 256-bit master key).
 *
 *     x   = (label || r) XOR master salt, both right-aligned in 112 bits
 *     out = AES in counter mode under the master key, first counter block x || 0000
 *
 * A salt of 96 bits (AES-GCM) is padded with two zero octets on the right (RFC 7714 clause 11).
 *
 * @param masterKey 16 or 32 octets
 * @param masterSalt 12 or 14 octets
 * @param label what the key is for
 * @param[out] out where the session key goes
 * @param size its length in octets
 * @param r packet index DIV key derivation rate, 48 bits; 0 while the rate is 0
 */
void SrtpKdf(ByteView masterKey,
             ByteView masterSalt,
             SrtpKeyLabel label,
             uint8_t* out,
             std::size_t size,
             uint64_t r = 0);

/**
 * @ingroup mbs
 * @brief 3GPP's key derivation function (TS 33.220 annex B.2): HMAC-SHA-256 over
 * FC || P0 || L0 || P1 || L1 || ..., each length in two octets.
 *
 * @param key the key to derive from
 * @param fc tells the uses of the function apart (TS 33.220 annex B.2.2)
 * @param parameters P0, P1, ... of at most 65535 octets each
 * @return the derived key
 */
Key256 Kdf33220(ByteView key, uint8_t fc, const std::vector<ByteView>& parameters);

/** Names a protocol on the Ua or Ua* interface (TS 33.220 annex H), 5 octets. */
using UaProtocolId = std::array<uint8_t, 5>;

/** The Ua protocol of MBMS (TS 33.246) in TS 33.220 annex H.3. */
constexpr UaProtocolId UA_PROTOCOL_MBMS{0x01, 0x00, 0x00, 0x00, 0x01};

/**
 * @ingroup mbs
 * @brief NAF_Id (TS 33.220 clause 4.5.2) or AF_ID (TS 33.535 annex A.4): FQDN || Ua protocol.
 * @param fqdn name of the NAF or AF
 * @param protocol what it speaks with the UE
 * @return the concatenation
 */
Bytes NafId(const std::string& fqdn, const UaProtocolId& protocol = UA_PROTOCOL_MBMS);

/**
 * @ingroup mbs
 * @brief The SUPI as it enters key derivations (TS 33.501 annex A.7.0): the digits of an IMSI, or a
 * network access identifier.
 * @param supi the SUPI as service-based interfaces have it (TS 29.571), such as
 * `imsi-001010000000001` or `nai-user@example.org`
 * @return what stands behind the type; the whole text if there is no type that is known
 */
std::string SupiForKdf(const std::string& supi);

/**
 * @ingroup mbs
 * @brief K_AKMA (TS 33.535 annex A.2): FC 0x80, P0 "AKMA", P1 SUPI, key K_AUSF.
 * @param kAusf K_AUSF
 * @param supi the SUPI with its type, see SupiForKdf()
 * @return K_AKMA
 */
Key256 DeriveKAkma(const Key256& kAusf, const std::string& supi);

/**
 * @ingroup mbs
 * @brief A-TID (TS 33.535 annex A.3): FC 0x81, P0 "A-TID", P1 SUPI, key K_AUSF.
 * @param kAusf K_AUSF
 * @param supi the SUPI with its type, see SupiForKdf()
 * @return A-TID, the temporary name of the UE
 */
Key256 DeriveATid(const Key256& kAusf, const std::string& supi);

/**
 * @ingroup mbs
 * @brief K_AF (TS 33.535 annex A.4): FC 0x82, P0 AF_ID, key K_AKMA.
 * @param kAkma K_AKMA
 * @param afId AF_ID, see NafId()
 * @return K_AF
 */
Key256 DeriveKAf(const Key256& kAkma, ByteView afId);

/**
 * @ingroup mbs
 * @brief Which of GBA's keys (TS 33.220 annex B.3).
 */
enum class GbaKey : uint8_t
{
    KS_NAF,    //!< GBA_ME; the same derivation gives Ks_ext_NAF of GBA_U
    KS_INT_NAF //!< GBA_U, the key that stays on the UICC
};

/**
 * @ingroup mbs
 * @brief Ks_(ext_)NAF or Ks_int_NAF (TS 33.220 annex B.3): FC 0x01, P0 "gba-me" or "gba-u",
 * P1 RAND, P2 IMPI, P3 NAF_Id, key Ks = CK || IK.
 * @param which which key
 * @param ks CK || IK
 * @param rand RAND of the AKA run, 16 octets
 * @param impi the IMPI as text
 * @param nafId see NafId()
 * @return the key
 */
Key256 DeriveKsNaf(GbaKey which,
                   const Key256& ks,
                   const std::array<uint8_t, 16>& rand,
                   const std::string& impi,
                   ByteView nafId);

/**
 * @ingroup mbs
 * @brief MRK of a GBA_ME or AKMA run (TS 33.246 annex F, TS 33.501 clause W.4.1.3).
 *
 * That K_AF stands where Ks_NAF stands comes from TS 33.501. The string "mbms-mrk", FC 0x01 and
 * the length of 256 bits are from memory, not checked against the text of TS 33.246.
 *
 * @param key Ks_NAF or K_AF
 * @return MRK
 */
Key256 DeriveMrk(const Key256& key);

/**
 * @ingroup mbs
 * @brief The two keys that a UE and the MBSSF share in the user-plane procedure.
 */
struct MbsUserKeys
{
    Key256 mrk; //!< MBS request key: password of the HTTP digest
    Key256 muk; //!< MBS user key: protects MSKs in MIKEY
};

/**
 * @ingroup mbs
 * @brief After AKMA: MRK by annex F from K_AF, MUK = K_AF (TS 33.501 clause W.4.1.3).
 * @param kAf K_AF
 * @return both keys
 */
MbsUserKeys UserKeysFromAkma(const Key256& kAf);

/**
 * @ingroup mbs
 * @brief After GBA_ME: MRK by annex F from Ks_NAF, MUK = Ks_NAF (TS 33.246 clause 6.1, from
 * memory).
 * @param ksNaf Ks_NAF
 * @return both keys
 */
MbsUserKeys UserKeysFromGbaMe(const Key256& ksNaf);

/**
 * @ingroup mbs
 * @brief After GBA_U: MRK = Ks_ext_NAF, MUK = Ks_int_NAF (TS 33.246 clause 6.1, from memory).
 * @param ksExtNaf Ks_ext_NAF
 * @param ksIntNaf Ks_int_NAF
 * @return both keys
 */
MbsUserKeys UserKeysFromGbaU(const Key256& ksExtNaf, const Key256& ksIntNaf);

} // namespace ns3::mbs

#endif // MBS_KEY_DERIVATION_H

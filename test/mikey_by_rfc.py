# SPDX-License-Identifier: GPL-2.0-only
"""MIKEY messages as MBMS uses them, read from the text of RFC 3830 and RFC 4563.

A second implementation that shares nothing with model/crypto: check-mikey lets it read what the
module writes. Needs Debian's python3-cryptography for AES; all else is Python's own.
"""

import hashlib
import hmac
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

# RFC 3830 clause 6.1, table 6.1.b; RFC 4563 clause 4
KEMAC, T, ID, V, SP, RAND, EXT = 1, 5, 6, 9, 10, 11, 21
KEY_DATA = 20


class Malformed(Exception):
    """Octets that are no MIKEY message of the kind expected."""


class Reader:
    """Takes octets off the front and does not read beyond the end."""

    def __init__(self, octets):
        self.octets, self.at = octets, 0

    def take(self, count):
        if self.at + count > len(self.octets):
            raise Malformed(f"octet {self.at + count} of {len(self.octets)} is wanted")
        self.at += count
        return self.octets[self.at - count:self.at]

    def number(self, count):
        return int.from_bytes(self.take(count), "big")

    def left(self):
        return len(self.octets) - self.at


def prf(inkey, label, size):
    """RFC 3830 clause 4.1.2 and 4.1.3."""
    out = bytes(size)
    for begin in range(0, len(inkey), 32):
        block = inkey[begin:begin + 32]
        stream, a = b"", label
        while len(stream) < size:
            a = hmac.new(block, a, hashlib.sha1).digest()
            stream += hmac.new(block, a + label, hashlib.sha1).digest()
        out = bytes(x ^ y for x, y in zip(out, stream))
    return out


def message_keys(key, csb_id, rand):
    """Encryption key, authentication key and salt (RFC 3830 clause 4.1.4)."""
    def derive(constant, size):
        return prf(key, bytes.fromhex(constant) + b"\xff" + csb_id + rand, size)
    return derive("150533e1", 16), derive("2d22ac75", 20), derive("29b88916", 14)


def aes_cm(key, salt, csb_id, timestamp, octets):
    """RFC 3830 clause 4.2.3; the counter of four octets stands right in T's eight."""
    t = timestamp.rjust(8, b"\0")
    iv = bytes(a ^ b for a, b in zip(salt, b"\0\0" + csb_id + t)) + b"\0\0"
    cipher = Cipher(algorithms.AES(key), modes.CTR(iv)).encryptor()
    return cipher.update(octets) + cipher.finalize()


def read_key_ids(data):
    """Sub-payloads of the Key ID information type (RFC 4563 clause 4): type -> value."""
    reader, found = Reader(data), {}
    while reader.left():
        kind = reader.number(1)
        found[kind] = reader.take(reader.number(1))
    return found


def read_policy(data):
    """Parameters of an SRTP policy (RFC 3830 clause 6.10.1): type -> value."""
    reader, found = Reader(data), {}
    while reader.left():
        kind = reader.number(1)
        found[kind] = int.from_bytes(reader.take(reader.number(1)), "big")
    return found


def read(octets):
    """Takes a message apart: a dictionary, with `order`, the payloads in their order."""
    reader = Reader(octets)
    if reader.number(1) != 1:
        raise Malformed("not version 1")
    message = {"data_type": reader.number(1), "order": [], "ids": []}
    following = reader.number(1)
    v_and_prf = reader.number(1)
    message["v"], message["prf"] = v_and_prf >> 7, v_and_prf & 0x7F
    message["csb_id"] = reader.take(4)
    sessions, message["map_type"] = reader.number(1), reader.number(1)
    if message["map_type"] == 0:
        message["sessions"] = [(reader.number(1), reader.take(4), reader.number(4))
                               for _ in range(sessions)]
    elif (message["map_type"], sessions) != (1, 0):
        raise Malformed("neither an SRTP-ID map nor an empty one")
    while following:
        kind, begin = following, reader.at
        message["order"].append(kind)
        following = reader.number(1)
        if kind == T:
            message["t_type"] = reader.number(1)
            message["t"] = reader.take(4 if message["t_type"] == 2 else 8)
        elif kind == RAND:
            message["rand"] = reader.take(reader.number(1))
        elif kind == ID:
            id_type = reader.number(1)
            message["ids"].append((id_type, reader.take(reader.number(2))))
        elif kind == SP:
            number, protocol = reader.number(1), reader.number(1)
            message["policy"] = (number, protocol, read_policy(reader.take(reader.number(2))))
        elif kind == EXT:
            if reader.number(1) != 3:
                raise Malformed("not the Key ID information type")
            message["key_ids"] = read_key_ids(reader.take(reader.number(2)))
        elif kind == KEMAC:
            if reader.number(1) not in (0, 1):
                raise Malformed("another cipher than none and AES-CM-128")
            message["encrypted"] = reader.take(reader.number(2))
            message["mac"] = read_mac(reader)
        elif kind == V:
            message["mac"] = read_mac(reader)
        else:
            raise Malformed(f"payload {kind} at octet {begin}")
    if reader.left():
        raise Malformed("octets behind the last payload")
    message["covered"] = octets[:len(octets) - len(message.get("mac", b""))]
    return message


def read_mac(reader):
    """MAC algorithm and MAC, HMAC-SHA-1-160 only."""
    if reader.number(1) != 1:
        raise Malformed("another MAC than HMAC-SHA-1-160")
    return reader.take(20)


def open_kemac(message, key, rand=None):
    """Checks the MAC and decrypts: type, key, salt, and (from, to) or none."""
    encryption, authentication, salt = message_keys(key, message["csb_id"],
                                                    message.get("rand") or rand)
    mac = hmac.new(authentication, message["covered"], hashlib.sha1).digest()
    if mac != message["mac"]:
        raise Malformed("the MAC is wrong")
    if not message["encrypted"]:
        return None
    plain = Reader(aes_cm(encryption, salt, message["csb_id"], message["t"],
                          message["encrypted"]))
    if plain.number(1) != 0:
        raise Malformed("more than one key")
    type_and_kv = plain.number(1)
    kind, validity = type_and_kv >> 4, type_and_kv & 15
    found = {"type": kind, "key": plain.take(plain.number(2)), "salt": None, "interval": None}
    if kind in (1, 3):
        found["salt"] = plain.take(plain.number(2))
    if validity == 2:
        found["interval"] = (plain.take(plain.number(1)), plain.take(plain.number(1)))
    elif validity:
        raise Malformed("validity by SPI")
    if plain.left():
        raise Malformed("octets behind the key")
    return found


def verification_mac(answer, sent, key):
    """MAC of a verification message: over it, IDi, IDr and T (RFC 3830 clause 5.2, 6.9)."""
    _, authentication, _ = message_keys(key, sent["csb_id"], sent["rand"])
    covered = answer["covered"] + sent["ids"][0][1] + sent["ids"][1][1] + sent["t"]
    return hmac.new(authentication, covered, hashlib.sha1).digest()

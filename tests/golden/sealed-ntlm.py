#!/usr/bin/env python3
"""Writes sealed-ntlm-request.bin and sealed-ntlm-reply.bin beside itself: two messages each way of one NTLM
session, in the form of MS-WSMV 2.2.9.1, sealed as [MS-NLMP] 3.4.4.2 has it with the session key of its
examples (4.2.4). Nothing of the library is used."""
import hashlib
import hmac
import pathlib
import struct

HERE = pathlib.Path(__file__).parent
SESSION_KEY = b"\x55" * 16
PROTOCOL = "application/HTTP-SPNEGO-session-encrypted"
CONTENT = "application/soap+xml;charset=UTF-8"


def rc4(key):
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    while True:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        yield state[(state[i] + state[j]) % 256]


class Direction:
    def __init__(self, name):
        def key(what):
            text = f"session key to {name} {what} key magic constant\0"
            return hashlib.md5(SESSION_KEY + text.encode()).digest()

        self.sign_key = key("signing")
        self.stream = rc4(key("sealing"))
        self.number = 0

    def crypt(self, data):
        return bytes(byte ^ next(self.stream) for byte in data)

    def seal(self, plain):
        number = struct.pack("<I", self.number)
        self.number += 1
        ciphertext = self.crypt(plain)
        checksum = self.crypt(hmac.new(self.sign_key, number + plain, "md5").digest()[:8])
        return struct.pack("<II", 16, 1) + checksum + number + ciphertext


def message(direction, plain, tab):
    lines = [
        "--Encrypted Boundary",
        f"{tab}Content-Type: {PROTOCOL}",
        f"{tab}OriginalContent: type={CONTENT};Length={len(plain)}",
        "--Encrypted Boundary",
        f"{tab}Content-Type: application/octet-stream",
        "",
    ]
    return "\r\n".join(lines).encode() + direction.seal(plain) + b"--Encrypted Boundary--\r\n"


def write(name, direction, sources, tab):
    bodies = [message(direction, (HERE / source).read_bytes(), tab) for source in sources]
    (HERE / name).write_bytes(b"".join(bodies))


write("sealed-ntlm-request.bin", Direction("client-to-server"),
      ["request-get.xml", "request-enumerate.xml"], "")
write("sealed-ntlm-reply.bin", Direction("server-to-client"),
      ["windows-get.xml", "windows-enumerate.xml"], "\t")

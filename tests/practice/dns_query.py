# SPDX-License-Identifier: GPL-3.0-or-later
"""The smallest DNS client that can show what the practice network's DNS server answers (RFC 1035)."""

import ipaddress
import socket
import struct

from . import addresses

_TYPES = {"A": 1, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28}


class NoSuchName(Exception):
    """The server says that the name does not exist (NXDOMAIN)."""


def query(name: str, kind: str, timeout: float = 2, server: str = addresses.DNS) -> list[str] | None:
    """The records of KIND that NAME has, as text, MX in order of preference. None when nobody answers in time."""
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    question = struct.pack(">6H", 1, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">2H", _TYPES[kind], 1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as channel:
        channel.settimeout(timeout)
        try:
            channel.connect((server, 53))
            channel.send(question)
            answer = channel.recv(4096)
        except OSError:
            return None
    code = answer[3] & 15
    if code == 3:
        raise NoSuchName(name)
    if code != 0:
        raise OSError(f"DNS error {code} for {name} {kind}")
    return _records(answer, len(question), _TYPES[kind])


def reverse_name(address: str) -> str:
    """The name whose PTR record tells the name of ADDRESS."""
    return ipaddress.ip_address(address).reverse_pointer


def _records(answer: bytes, position: int, wanted: int) -> list[str]:
    records = []
    for _ in range(struct.unpack(">H", answer[6:8])[0]):
        _, position = _name(answer, position)
        kind, _, _, length = struct.unpack(">2HIH", answer[position:position + 10])
        position += 10
        if kind == wanted:
            records.append(_text(answer, position, length, kind))
        position += length
    return [text for _, text in sorted(records)]


def _text(answer: bytes, position: int, length: int, kind: int) -> tuple[int, str]:
    data = answer[position:position + length]
    if kind in (_TYPES["A"], _TYPES["AAAA"]):
        return 0, str(ipaddress.ip_address(data))
    if kind == _TYPES["TXT"]:
        return 0, data[1:1 + data[0]].decode()
    if kind == _TYPES["MX"]:
        return struct.unpack(">H", data[:2])[0], _name(answer, position + 2)[0]
    return 0, _name(answer, position)[0]


def _name(answer: bytes, position: int) -> tuple[str, int]:
    """The name at POSITION, and the position after it."""
    labels = []
    while (length := answer[position]) != 0:
        if length >= 0xC0:
            pointer = struct.unpack(">H", answer[position:position + 2])[0] & 0x3FFF
            return ".".join(labels + [_name(answer, pointer)[0]]).strip("."), position + 2
        labels.append(answer[position + 1:position + 1 + length].decode())
        position += 1 + length
    return ".".join(labels), position + 1

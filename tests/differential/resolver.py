# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks a running Postfix where it would deliver an address, without sending anything.

Postfix's own daemons ask trivial-rewrite(8) over the socket `private/rewrite` in its attribute protocol: each name and each
value ends with a NUL, an empty name ends the request (attr_print0(3) in the Postfix source).
"""

import socket
from pathlib import Path


class Resolver:
    def __init__(self, queue_directory: Path):
        self._socket = str(queue_directory / "private" / "rewrite")

    def resolve(self, recipient: str) -> tuple[str, str]:
        """The transport and the next hop for RECIPIENT."""
        answer = self._ask({"request": "resolve", "sender": "", "address": recipient})
        return answer["transport"], answer["nexthop"]

    def _ask(self, request: dict[str, str]) -> dict[str, str]:
        text = "".join(f"{name}\0{value}\0" for name, value in request.items()) + "\0"
        with socket.socket(socket.AF_UNIX) as channel:
            channel.settimeout(20)
            channel.connect(self._socket)
            greeting = self._read(channel)
            if greeting.get("protocol") != "attr_resolve_clnt" and "protocol" not in greeting:
                raise ConnectionError(f"not trivial-rewrite(8): {greeting}")
            channel.sendall(text.encode())
            return self._read(channel)

    @staticmethod
    def _read(channel: socket.socket) -> dict[str, str]:
        """One list of attributes, up to the empty name at its end."""
        received = b""
        while not (received.endswith(b"\0\0") and _is_complete(received)):
            part = channel.recv(65536)
            if not part:
                raise ConnectionError("trivial-rewrite(8) closed the connection")
            received += part
        words = received.decode().split("\0")
        return dict(zip(words[0:-2:2], words[1:-1:2]))


def _is_complete(received: bytes) -> bool:
    """An empty value also makes two NULs in a row: only an even number of words before the last NUL is an end."""
    return received.count(b"\0") % 2 == 1

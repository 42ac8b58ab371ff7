# SPDX-License-Identifier: GPL-3.0-or-later
"""Sends octets over TLS and takes apart what comes back: for requests that no HTTP library would make."""

import gzip
import http.client
import io
import socket
import ssl
from dataclasses import dataclass

from api_client import trusting_context

SECONDS = 120


class NotHttp(AssertionError):
    """An answer that is not HTTP/1.1, or not complete."""


@dataclass(frozen=True)
class RawAnswer:
    """An answer, its body no longer compressed."""
    status: int
    headers: http.client.HTTPMessage
    body: bytes


class RawClient:
    """Asks the service at WHERE (host and port), each request over a connection of its own."""

    def __init__(self, where: tuple[str, int]):
        self._where = where
        self._context = trusting_context()

    def ask(self, request: bytes, address: str) -> RawAnswer | None:
        """What is answered to REQUEST when it comes from ADDRESS; None if the connection just ends."""
        plain = socket.create_connection(self._where, SECONDS, source_address=(address, 0))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self._context.wrap_socket(plain) as channel:
            try:
                channel.sendall(request)
            except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
                pass  # refused before all was sent: the answer may be there all the same
            return parse(self._read_all(channel), has_body=not request.startswith(b"HEAD "))

    @staticmethod
    def _read_all(channel: ssl.SSLSocket) -> bytes:
        pieces = []
        try:
            while piece := channel.recv(1 << 18):
                pieces.append(piece)
        except (ConnectionResetError, ssl.SSLError):
            pass
        return b"".join(pieces)


def parse(data: bytes, has_body: bool = True) -> RawAnswer | None:
    """The answer in DATA after all that are interim (1xx)."""
    if not data:
        return None
    head, found, body = data.partition(b"\r\n\r\n")
    line, _, fields = head.partition(b"\r\n")
    version, _, rest = line.partition(b" ")
    status = int(rest[:3]) if rest[:3].isdigit() else 0
    # libsoup refuses some requests before it knows which version of HTTP they are.
    if not found or not (version == b"HTTP/1.1" or version == b"HTTP/1.0" and status in (400, 417)):
        raise NotHttp(f"this is no answer: {data[:200]}")
    if status < 200:
        return parse(body, has_body)
    headers = http.client.parse_headers(io.BytesIO(fields + b"\r\n\r\n"))
    if has_body and headers.get("Content-Length") != str(len(body)):
        raise NotHttp(f"the answer {status} has {len(body)} octets and says {headers.get('Content-Length')}: {data[:200]}")
    if headers.get("Content-Encoding") == "gzip" and has_body:
        body = gzip.decompress(body)
    return RawAnswer(status, headers, body)

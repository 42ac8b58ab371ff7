# SPDX-License-Identifier: GPL-3.0-or-later
"""A client that keeps one connection and sends what it is told: to compare the test server with the real one, and as
the bare requests that a push is measured by."""

import json
import socket
import ssl
from urllib.parse import quote

MAX_REQUESTS = 100


class Client:
    def __init__(self, port: int):
        self._port = port
        self._context = ssl.create_default_context()
        self._context.check_hostname = False
        self._context.verify_mode = ssl.CERT_NONE
        self._connection: ssl.SSLSocket | None = None
        self._requests = 0
        self.ticket = self.csrf = ""

    def log_in(self, user: str, password: str) -> dict:
        answer = self.call("POST", "/access/ticket", username=user, password=password)
        self.ticket, self.csrf = quote(answer["data"]["ticket"], safe=""), answer["data"].get("CSRFPreventionToken", "")
        return answer["data"]

    def call(self, method: str, path: str, **form: str) -> dict:
        _, body = self.exchange(method, path, "&".join(f"{name}={quote(str(value), safe='')}" for name, value in form.items()))
        return json.loads(body)

    def exchange(self, method: str, path: str, body: str = "", headers: str = "",
                 kind: str = "application/x-www-form-urlencoded") -> tuple[str, str]:
        """The status line and the body of the answer."""
        head = f"{method} {path if path.startswith('//') else '/api2/json' + path} HTTP/1.1\r\nHost: pmg\r\n{headers}"
        if self.ticket:
            head += f"Cookie: PMGAuthCookie={self.ticket}\r\nCSRFPreventionToken: {self.csrf}\r\n"
        if body:
            head += f"Content-Type: {kind}\r\n"
        if body or method in ("POST", "PUT"):
            head += f"Content-Length: {len(body.encode())}\r\n"
        return self.send(f"{head}\r\n{body}".encode())

    def send(self, request: bytes) -> tuple[str, str]:
        if self._connection is None or self._requests >= MAX_REQUESTS:
            self.close()
            self._connection = self._context.wrap_socket(socket.create_connection(("127.0.0.1", self._port)))
            self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._requests += 1
        self._connection.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._receive()
        head, _, body = received.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        length = next(int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length:"))
        while len(body) < length:
            body += self._receive()
        if not lines[0].startswith("HTTP/1.1 200"):
            self.close()
        return lines[0], body.decode()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None
        self._requests = 0

    def _receive(self) -> bytes:
        chunk = self._connection.recv(65536)
        if not chunk:
            raise ConnectionError("closed in the middle of an answer")
        return chunk

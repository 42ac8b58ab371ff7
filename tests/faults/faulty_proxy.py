# SPDX-License-Identifier: GPL-3.0-or-later
"""A proxy in front of a real posternd that passes requests on, or does with them what a fault says."""

import http.client
import json
import socket
import ssl
import struct
import threading
import time

from faults import Fault

PROBLEMS = {401: "token-unknown", 403: "read-only-token", 409: "push-in-progress", 412: "revision-changed"}
JSON = "application/json"


class Hangup(Exception):
    """The connection ends without an answer."""


class Answer:
    def __init__(self, status: int, body: bytes, headers: list[tuple[str, str]]):
        self.status = status
        self.body = body
        self.headers = headers

    def to_bytes(self, length: "int | None" = None, body: "bytes | None" = None) -> bytes:
        body = self.body if body is None else body
        lines = [f"HTTP/1.1 {self.status} Reason", *(f"{name}: {value}" for name, value in self.headers),
                 f"Content-Length: {len(body) if length is None else length}", "Connection: close", "", ""]
        return "\r\n".join(lines).encode() + body


class Proxy:
    """Serves on 127.0.0.1 in front of the posternd at PORT from threads of its own until `close ()`. CONTEXTS are the
    certificates: the usual one and another."""

    def __init__(self, port: int, contexts: tuple[ssl.SSLContext, ssl.SSLContext], trap: str):
        self.faults: list[Fault] = []
        self.requests = 0
        self.before_request = None
        self.after_request = None
        self._backend = port
        self._contexts = contexts
        self._context = contexts[0]
        self._trap = trap
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._listener = None
        self.port = 0
        self.listen()

    def listen(self) -> None:
        """Begins, or begins again, as everybody expects it."""
        self._context = self._contexts[0]
        if self._listener is not None and self._listener.fileno() >= 0:
            return
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def close(self) -> None:
        self._closed.set()
        self._stop_listening()

    def _stop_listening(self) -> None:
        try:
            self._listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._listener.close()

    def _accept(self, listener: socket.socket) -> None:
        while not self._closed.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, raw: socket.socket) -> None:
        try:
            connection = self._context.wrap_socket(raw, server_side=True)
        except OSError:
            raw.close()
            return
        try:
            self._exchange(connection)
        except Hangup:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        except (OSError, ValueError):
            pass
        connection.close()

    @staticmethod
    def _receive(connection: ssl.SSLSocket) -> tuple[str, str, dict[str, str], bytes]:
        data = b""
        while b"\r\n\r\n" not in data:
            chunk = connection.recv(65536)
            if not chunk:
                raise Hangup
            data += chunk
        head, _, body = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        method, target, _ = lines[0].split(" ")
        headers = {name: value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        length = int(headers.get("Content-Length", "0"))
        while len(body) < length:
            chunk = connection.recv(65536)
            if not chunk:
                raise Hangup
            body += chunk
        return method, target, headers, body

    def _forward(self, request) -> Answer:
        method, target, headers, body = request
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        connection = http.client.HTTPSConnection("127.0.0.1", self._backend, timeout=60, context=context)
        passed = {name: value for name, value in headers.items()
                  if name.lower() in ("authorization", "if-match", "content-type", "accept")}
        connection.request(method, target, body or None, passed)
        response = connection.getresponse()
        answer = Answer(response.status, response.read(),
                        [(name, value) for name, value in response.getheaders()
                         if name.lower() in ("content-type", "etag", "retry-after")])
        connection.close()
        return answer

    def _exchange(self, connection: ssl.SSLSocket) -> None:
        request = self._receive(connection)
        with self._lock:
            self.requests += 1
            number = self.requests
        if self.before_request is not None:
            self.before_request(number)
        fault = next((one for one in self.faults if one.at <= number < one.at + one.times), None)
        if fault is not None:
            self._misbehave(connection, request, fault)
            return
        answer = self._forward(request)
        if self.after_request is not None:
            self.after_request(number)
        connection.sendall(answer.to_bytes())

    def _misbehave(self, connection: ssl.SSLSocket, request, fault: Fault) -> None:
        if fault.kind == "refused":
            self._stop_listening()
            raise Hangup
        if fault.kind == "certificate":
            self._context = self._contexts[1]
            raise Hangup
        if fault.kind == "reset-before":
            raise Hangup
        if fault.kind == "silence":
            self._closed.wait(20)
            raise Hangup
        if fault.kind == "status":
            connection.sendall(self._refuse(fault))
            return
        if fault.kind == "redirect":
            connection.sendall(Answer(307, b"", [("Location", self._trap)]).to_bytes())
            return
        self._misbehave_after(connection, self._forward(request), fault)

    @staticmethod
    def _refuse(fault: Fault) -> bytes:
        kind, body = "text/plain", b"Sorry"
        if fault.status in PROBLEMS:
            kind, body = "application/problem+json", json.dumps({"code": PROBLEMS[fault.status]}).encode()
        raw = Answer(fault.status, body, [("Content-Type", kind)]).to_bytes()
        return raw.replace(b"\r\n", b"\r\n" + fault.headers.encode(), 1)

    def _misbehave_after(self, connection: ssl.SSLSocket, answer: Answer, fault: Fault) -> None:
        if fault.kind == "silence-after":
            self._closed.wait(20)
        elif fault.kind == "truncated":
            connection.sendall(answer.to_bytes(length=len(answer.body) + 9))
        elif fault.kind == "wrong-type":
            connection.sendall(Answer(200, b"<html>welcome</html>", [("Content-Type", "text/html")]).to_bytes())
        elif fault.kind == "not-json":
            connection.sendall(Answer(200, b"{data", [("Content-Type", JSON)]).to_bytes())
        elif fault.kind == "wrong-shape":
            connection.sendall(Answer(200, b'{"data":"x"}', [("Content-Type", JSON)]).to_bytes())
        elif fault.kind == "huge":
            connection.sendall(Answer(200, b"", [("Content-Type", JSON)]).to_bytes(length=100 * 1024 * 1024))
            for _ in range(1600):
                connection.sendall(b" " * 65536)
        elif fault.kind == "drip":
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n")
            end = time.monotonic() + 20
            while not self._closed.wait(0.05) and time.monotonic() < end:
                connection.sendall(b" ")
        elif fault.kind != "reset-after":
            raise AssertionError(fault.kind)
        if fault.kind not in ("wrong-type", "not-json", "wrong-shape"):
            raise Hangup

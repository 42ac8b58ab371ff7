#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients that are slow, broken or malicious: the service answers others meanwhile, stays small, and stays alive."""

import gzip
import json
import socket
import ssl
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from service_network import ServiceNetwork, a, plan, run, trusting_context
from practice.tap import Tap
from practice.waiting import wait_until

MIB = 1024 * 1024

# What may become of a request that is not as RFC 9112 has it.
FIT = ("closed", "waits", "200", "400", "401", "404", "405", "431", "501", "505")

# How long a test waits for an answer to a request that may be incomplete to the service.
PATIENCE = 2

# How long others may have to wait while the service has all processors busy, which it shares with whatever else runs here.
PATIENCE_UNDER_LOAD = 20


class HostileTests:
    def run(self, tap: Tap, service: ServiceNetwork) -> None:
        self._service = service
        self._api = service.api
        self._api.push(plan("example.com"))
        self._pid = service.gateway.service_pid
        with tap.test("garbage in place of TLS"):
            self._garbage()
        with tap.test("plain HTTP is not answered"):
            self._plain_http()
        with tap.test("malformed HTTP gets 400 or the end of the connection"):
            self._malformed(tap)
        with tap.test("10,000 headers"):
            self._many_headers()
        with tap.test("a truncated upload is as if it had not been"):
            self._truncated()
        with tap.test("60 clients that connect and say nothing keep nobody waiting"):
            self._silent_clients(tap)
        with tap.test("60 clients that begin TLS and stop keep nobody waiting"):
            self._half_a_handshake(tap)
        with tap.test("a client has ten seconds for TLS and fifteen for its headers, however slowly it talks"):
            self._slow_loris(tap)
        with tap.test("more connections than one address may have are closed, and others are served"):
            self._too_many()
        with tap.test("40 uploads at a snail's pace keep nobody waiting"):
            self._slow_uploads()
        with tap.test("a client that does not read its answer keeps nobody waiting"):
            self._deaf_clients()
        with tap.test("an endless body is cut off"):
            self._endless_body()
        with tap.test("413 for 65 MiB in chunks whose sum nobody said before, plain and compressed"):
            self._many_chunks()
        with tap.test("a body of 65 MiB without a token is 401, and is not kept"):
            self._large_and_forbidden()
        with tap.test("ten gzip bombs at once, of a gigabyte each, keep nobody waiting"):
            self._gzip_bombs(tap)
        with tap.test("uploads that break off within a chunk or within compressed data change nothing"):
            self._broken_uploads()
        with tap.test("documents as deep as they are long are refused, many at once"):
            self._deep_documents()
        with tap.test("guessing tokens from many addresses keeps nobody waiting, and opens nothing"):
            self._guesses()
        with tap.test("the service is the same process as before, and small"):
            assert service.gateway.service_pid == self._pid and self._api.read_revision() == 1
            assert service.peak_memory() < service.bound(500), service.peak_memory()
        tap.diagnose(f"memory: {service.peak_memory()} MiB at most")

    def _plain(self, address: str = a.OUTSIDE) -> socket.socket:
        return socket.create_connection((a.GATEWAY, a.API_PORT), 30, source_address=(address, 0))

    def _tls(self, address: str = a.OUTSIDE) -> ssl.SSLSocket:
        return trusting_context().wrap_socket(self._plain(address), server_hostname=a.GATEWAY_NAME)

    @staticmethod
    def _read_all(channel: socket.socket) -> bytes:
        data = b""
        try:
            while piece := channel.recv(65536):
                data += piece
        except (ConnectionResetError, ssl.SSLError, BrokenPipeError):
            pass
        return data

    def _say(self, request: bytes) -> bytes:
        """Everything that is answered to REQUEST until the connection ends, or “waits” in place of a status."""
        with self._tls() as channel:
            channel.settimeout(PATIENCE)
            try:
                channel.sendall(request)
                return self._read_all(channel)
            except (ConnectionResetError, BrokenPipeError, ssl.SSLError):
                return b""
            except TimeoutError:
                return b"HTTP/1.1 waits"

    def _is_well(self, seconds: float = 6) -> None:
        start = time.monotonic()
        assert self._api.get("", token=None).status == 200
        assert self._api.get("/configuration").status == 200
        assert time.monotonic() - start < seconds, time.monotonic() - start

    def _garbage(self) -> None:
        for data in (b"\0" * 1000, b"\xff" * 5000, b"EHLO x\r\n", b"\x16\x03\x01\xff\xff" + b"x" * 100):
            with self._plain() as channel:
                channel.sendall(data)
                self._read_all(channel)
        self._is_well()

    def _plain_http(self) -> None:
        with self._plain() as channel:
            channel.sendall(b"GET /api/v1 HTTP/1.1\r\nHost: x\r\n\r\n")
            assert b"HTTP" not in self._read_all(channel)
        self._is_well()

    def _malformed(self, tap: Tap) -> None:
        good = b"GET /api/v1 HTTP/1.1\r\nHost: gw\r\n"
        cases = {
            "no version": b"GET /api/v1\r\n\r\n",
            "a version that is none": b"GET /api/v1 HTTP/9.9\r\nHost: gw\r\n\r\n",
            "no host": b"GET /api/v1 HTTP/1.1\r\n\r\n",
            "two lengths": good + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nx",
            "a negative length": good + b"Content-Length: -1\r\n\r\n",
            "a length beyond all numbers": good + b"Content-Length: 99999999999999999999999\r\n\r\n",
            "a length and chunks": good + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "an unknown transfer encoding": good + b"Transfer-Encoding: gzip\r\n\r\n",
            "chunks that are none": good.replace(b"GET", b"PUT") + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n",
            "a header without a colon": good + b"nonsense\r\n\r\n",
            "NUL in a header": good + b"X: a\0b\r\n\r\n",
            "a folded header": good + b"X: a\r\n b\r\n\r\n",
            "a path that is not UTF-8": b"GET /api/v1/\xff\xfe HTTP/1.1\r\nHost: gw\r\n\r\n",
            "a path with NUL": b"GET /api/v1/%00 HTTP/1.1\r\nHost: gw\r\n\r\n",
            "a long path": b"GET /" + b"a" * 60000 + b" HTTP/1.1\r\nHost: gw\r\n\r\n",
            "another host's URL": b"GET http://elsewhere.test/api/v1 HTTP/1.1\r\nHost: gw\r\n\r\n",
            "CONNECT": b"CONNECT elsewhere.test:25 HTTP/1.1\r\nHost: gw\r\n\r\n",
            "a long method": b"G" * 50000 + b" /api/v1 HTTP/1.1\r\nHost: gw\r\n\r\n",
            "lone line feeds": b"GET /api/v1 HTTP/1.1\nHost: gw\n\n",
        }
        statuses = set()
        for name, request in cases.items():
            answer = self._say(request)
            status = answer[9:].split()[0].decode(errors="replace") if answer.startswith(b"HTTP/1.") else "closed"
            assert status in FIT, (name, answer[:200])
            statuses.add(status)
            self._is_well()
        tap.diagnose(f"{len(cases)} requests, answered with {', '.join(sorted(statuses))}")

    def _many_headers(self) -> None:
        headers = b"".join(b"X%d: y\r\n" % number for number in range(10_000))
        answer = self._say(b"GET /api/v1 HTTP/1.1\r\nHost: gw\r\n" + headers + b"\r\n")
        assert answer == b"" or answer[9:12] in (b"400", b"431"), answer[:200]
        self._is_well()

    def _truncated(self) -> None:
        token = self._service.gateway.token.encode()
        head = b"PUT /api/v1/configuration HTTP/1.1\r\nHost: gw\r\nAuthorization: Bearer " + token + (
            b"\r\nIf-Match: \"1\"\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n")
        for body in (b"", b"{", b'{"scenario": "direct"}'):
            with self._tls() as channel:
                channel.sendall(head + body)
                channel.shutdown(socket.SHUT_WR)
                assert b" 200 " not in self._read_all(channel)[:20]
        assert self._api.read_revision() == 1
        self._is_well()

    def _silent_clients(self, tap: Tap) -> None:
        with ExitStack() as stack:
            for _ in range(60):
                stack.enter_context(self._plain())
            start = time.monotonic()
            self._is_well()
            tap.diagnose(f"answered after {time.monotonic() - start:.3f} s")

    def _half_a_handshake(self, tap: Tap) -> None:
        """Each says hello and does not listen to the answer."""
        hello = ssl.MemoryBIO()
        client = trusting_context().wrap_bio(ssl.MemoryBIO(), hello, server_hostname=a.GATEWAY_NAME)
        try:
            client.do_handshake()
        except ssl.SSLWantReadError:
            pass
        hello = hello.read()
        with ExitStack() as stack:
            for _ in range(60):
                stack.enter_context(self._plain()).sendall(hello)
            start = time.monotonic()
            self._is_well()
            tap.diagnose(f"answered after {time.monotonic() - start:.3f} s")

    def _slow_loris(self, tap: Tap) -> None:
        start = time.monotonic()
        silent, slow = self._plain(), self._tls()
        request = iter(b"GET /api/v1 HTTP/1.1\r\nHost: gw\r\nX-Filling: " + b"x" * 1000)
        slow.settimeout(0.5)
        ended = {}
        with silent, slow:
            silent.setblocking(False)
            while len(ended) < 2 and time.monotonic() - start < 40:
                for name, channel in (("TLS", silent), ("headers", slow)):
                    if name not in ended and self._is_over(channel, request if channel is slow else None):
                        ended[name] = time.monotonic() - start
            self._is_well()
        tap.diagnose(", ".join(f"{name}: cut after {seconds:.1f} s" for name, seconds in ended.items()))
        assert ended.get("TLS", 99) < 15 and ended.get("headers", 99) < 25, ended

    @staticmethod
    def _is_over(channel: socket.socket, request) -> bool:
        """Whether the other side has ended the connection; until then one more byte of REQUEST is sent to it."""
        try:
            if request is not None:
                channel.sendall(bytes([next(request)]))
            return channel.recv(1) == b""
        except (TimeoutError, BlockingIOError, ssl.SSLWantReadError):
            return False
        except (ConnectionResetError, BrokenPipeError, ssl.SSLError):
            return True

    def _too_many(self) -> None:
        """64 of one address are let in. When they have gone there is room again."""
        with ExitStack() as stack:
            held = [stack.enter_context(self._plain(a.STRANGER)) for _ in range(80)]

            def closed() -> int:
                return sum(self._is_closed(channel) for channel in held)

            wait_until(lambda: closed() >= 16, "the end of the connections that are too many", 8)
            self._is_well()
        wait_until(lambda: self._service.client(a.STRANGER).get("", token=None).status == 200, "room for the address")

    @staticmethod
    def _is_closed(channel: socket.socket) -> bool:
        channel.setblocking(False)
        try:
            return channel.recv(1, socket.MSG_PEEK) == b""
        except BlockingIOError:
            return False
        except ConnectionResetError:
            return True

    def _check_head(self, length: int) -> bytes:
        """The headers of a check whose document has LENGTH octets."""
        token = self._service.gateway.token
        return (f"POST /api/v1/configuration/check HTTP/1.1\r\nHost: gw\r\nAuthorization: Bearer {token}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n").encode()

    def _slow_uploads(self) -> None:
        head = self._check_head(1000000) + b"{"
        with ExitStack() as stack:
            uploads = [stack.enter_context(self._tls()) for _ in range(40)]
            for upload in uploads:
                upload.sendall(head)
            for _ in range(5):
                for upload in uploads:
                    upload.sendall(b" ")
                self._is_well()

    def _deaf_clients(self) -> None:
        """Ten clients ask for an answer of many megabytes and do not take it."""
        names = (f"domain{number}.example.org" for number in range(100_000))
        body = json.dumps(plan("example.com", *names)).encode()
        head = self._check_head(len(body))
        with ExitStack() as stack:
            for _ in range(10):
                stack.enter_context(self._tls()).sendall(head + body)
            for _ in range(20):
                self._is_well()

    def _head(self, method: str, path: str, *fields: str, token: str = "") -> bytes:
        """The beginning of a request with a token, the service's own unless another one is given."""
        lines = (f"{method} {path} HTTP/1.1", "Host: gw", f"Authorization: Bearer {token or self._service.gateway.token}", *fields)
        return "\r\n".join((*lines, "", "")).encode()

    def _answer(self, request: bytes, address: str = a.OUTSIDE) -> tuple[int, str]:
        """Status and code of the answer to REQUEST; the connection is open until it comes."""
        with self._tls(address) as channel:
            channel.settimeout(60)
            try:
                channel.sendall(request)
            except (ConnectionResetError, BrokenPipeError, ssl.SSLError):
                pass  # refused before all was sent: the answer may be there all the same
            head, _, body = self._read_all(channel).partition(b"\r\n\r\n")
        return int(head.split()[1]), json.loads(body).get("code", "")

    @staticmethod
    def _chunked(body: bytes) -> bytes:
        pieces = (body[start:start + MIB] for start in range(0, len(body), MIB))
        return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"

    def _many_chunks(self) -> None:
        fields = ("Content-Type: application/json", "Transfer-Encoding: chunked")
        for packed, body in (((), b" " * (65 * MIB)), (("Content-Encoding: gzip",), gzip.compress(b" " * (65 * MIB), 1))):
            head = self._head("POST", "/api/v1/configuration/check", *fields, *packed)
            assert self._answer(head + self._chunked(body)) == (413, "too-large")
        self._is_well()

    def _large_and_forbidden(self) -> None:
        before = self._service.peak_memory()
        fields = ("Content-Type: application/json", f"Content-Length: {65 * MIB}")
        request = self._head("PUT", "/api/v1/configuration", *fields, token="x").replace(b"Bearer x", b"Basic eDp4")
        assert self._answer(request + b" " * (65 * MIB)) == (401, "token-required")
        assert self._service.peak_memory() - before < self._service.bound(20), (before, self._service.peak_memory())
        self._is_well()

    def _gzip_bombs(self, tap: Tap) -> None:
        bomb = gzip.compress(b" " * (1024 * MIB), 1)
        head = self._head("POST", "/api/v1/configuration/check", "Content-Type: application/json", "Content-Encoding: gzip",
                          f"Content-Length: {len(bomb)}")
        with ThreadPoolExecutor(10) as pool:
            answers = [pool.submit(self._answer, head + bomb) for _ in range(10)]
            while not all(answer.done() for answer in answers):
                self._is_well(PATIENCE_UNDER_LOAD)
        assert {answer.result() for answer in answers} == {(413, "too-large")}
        tap.diagnose(f"{len(bomb) / MIB:.1f} MiB each; memory: {self._service.peak_memory()} MiB at most")

    def _broken_uploads(self) -> None:
        packed = gzip.compress(json.dumps(plan("example.org")).encode())
        tag = 'If-Match: "1"'
        chunks = self._head("PUT", "/api/v1/configuration", tag, "Content-Type: application/json", "Transfer-Encoding: chunked")
        whole = self._head("PUT", "/api/v1/configuration", tag, "Content-Type: application/json", "Content-Encoding: gzip",
                           f"Content-Length: {len(packed)}")
        for request in (chunks + b"40\r\n{", chunks + b"40\r\n" + b"{" * 64, chunks + b"1\r\n{\r\n", chunks + b"4",
                        whole + packed[:-1], whole + packed[:12]):
            with self._tls() as channel:
                channel.sendall(request)
                channel.shutdown(socket.SHUT_WR)
                assert b" 200 " not in self._read_all(channel)[:20], request[-80:]
        assert self._answer(whole.replace(b"%d" % len(packed), b"%d" % (len(packed) - 8)) + packed[:-8]) == (400, "malformed")
        assert self._api.read_revision() == 1
        self._is_well()

    def _deep_documents(self) -> None:
        bodies = [b"[" * (8 * MIB), b'{"a":' * MIB, b'{"domains":' + b"[" * MIB + b"]" * MIB + b"}"] * 2
        with ThreadPoolExecutor(6) as pool:
            answers = [pool.submit(self._answer, self._check_head(len(body)) + body) for body in bodies]
            while not all(answer.done() for answer in answers):
                self._is_well(PATIENCE_UNDER_LOAD)
        assert {answer.result() for answer in answers} <= {(400, "malformed"), (422, "invalid-configuration")}, answers

    def _guesses(self) -> None:
        """Each address may be wrong ten times a minute; the one with the right token is served all the time."""
        def guess(number: int) -> int:
            address = (a.MAIL21, a.EDGE, a.EDGE_MX1, a.EDGE_MX2)[number % 4]
            return self._answer(self._head("GET", "/api/v1/configuration", token=f"guess{number}"), address)[0]

        with ThreadPoolExecutor(8) as pool:
            guesses = [pool.submit(guess, number) for number in range(120)]
            while not all(answer.done() for answer in guesses):
                self._is_well(PATIENCE_UNDER_LOAD)
        statuses = [answer.result() for answer in guesses]
        assert set(statuses) == {401, 429} and statuses.count(401) == 40, statuses

    def _endless_body(self) -> None:
        """72 MiB and more of a body that nobody may send at all."""
        head = (b"PUT /api/v1/configuration HTTP/1.1\r\nHost: gw\r\nContent-Type: application/json\r\n"
                b"Transfer-Encoding: chunked\r\n\r\n")
        chunk = b"100000\r\n" + b" " * MIB + b"\r\n"
        sent = 0
        with self._tls() as channel:
            try:
                channel.sendall(head)
                while sent < 300:
                    channel.sendall(chunk)
                    sent += 1
            except (ConnectionResetError, BrokenPipeError, TimeoutError, ssl.SSLError):
                pass  # refused, or no longer read: neither takes the body
        assert sent < 120, f"{sent} MiB were taken"
        self._is_well()


if __name__ == "__main__":
    sys.exit(run(HostileTests().run))

# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes requests from the Gateway API's document: right ones, and ones that are wrong in their body, headers, path or method."""

import gzip
import json
import random
import urllib.parse
from dataclasses import dataclass, field

from contract import Contract
from schema_samples import SchemaSamples

# How many times more often an operation with a body is asked for than one without: there is more to be wrong in it.
WEIGHT = 3

METHODS = ("GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE", "HEAD", "BREW", "get", "PROPFIND")
TYPES = ("application/json; charset=utf-8", "application/json;charset=UTF-8", "APPLICATION/JSON", "text/plain", "application/xml",
         "application/json; charset=latin1", "application/problem+json", "multipart/form-data; boundary=x", "", "/", ";;;", "json")
CODINGS = ("gzip", "x-gzip", "identity", "br", "gzip, gzip", "deflate", "", ",")
TAGS = ('"0"', '"1"', '"01"', "1", 'W/"1"', "*", '"1", "2"', '""', '"', '"-1"', '"2147483647"', '"2147483648"', '"x"', "", '"1"x')
NUMBERS = ("0", "1", "2", "01", "-1", "+1", "x", "2147483647", "2147483648", "99999999999999999999", "1e3", "1.0", "%31", "", "../1", "１")
STRANGE_HEADERS = (("Range", "bytes=0-9"), ("Range", "bytes=-1"), ("Expect", "100-continue"), ("Expect", "nonsense"),
                   ("Accept-Encoding", "gzip"), ("Accept-Encoding", "gzip;q=0, *"), ("Accept", "text/html"),
                   ("If-None-Match", '"1"'), ("If-Modified-Since", "Sun, 22 Nov 2026 12:00:00 GMT"), ("X-Request-Id", "0" * 16),
                   ("Cookie", "a=b; " * 100), ("X-Forwarded-For", "127.0.0.1"), ("X-HTTP-Method-Override", "DELETE"),
                   ("Upgrade", "h2c"), ("Connection", "keep-alive"), ("Accept-Language", "ru"), ("Origin", "https://x.test"),
                   ("X-Filling", "x" * 40_000), ("Content-Language", "cs"), ("Content-Location", "/etc/passwd"))
BEGINNINGS = (b"", b"\xef\xbb\xbf", b"\0", b"// x\n", b"[", b"\xff\xfe", b" " * 1000, b")]}'\n")
ENDS = (b"", b"\0", b"{}", b"x", b",", b"\n" * 100, b"]", b"\xff")
PIECES = (b"\0", b"\xff", b"\\u0000", b"\\ud800", b"\\ud800\\udc00", b"\\x", b'"', b"{", b"}", b"[", b"]", b",", b":", b"1e999", b"NaN",
          b"-", b"0x10", b"'", b"\\", b"\n", b"true", b"null", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"/*")


@dataclass
class Request:
    """A request as it goes over the wire."""
    method: str
    target: str
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes | None = None
    chunked: bool = False
    document: object = None
    """What the body says, if it is one JSON document and said to be one."""
    schema: dict | None = None
    """What that should be like."""
    meant_for: str = ""
    """The method of the operation whose body it is."""

    def to_bytes(self) -> bytes:
        lines = [f"{self.method} {self.target} HTTP/1.1", "Host: gw.example.com", *(f"{name}: {text}" for name, text in self.headers)]
        body = self.body or b""
        if self.chunked:
            lines.append("Transfer-Encoding: chunked")
            middle = len(body) // 2
            body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (body[:middle], body[middle:]) if piece) + b"0\r\n\r\n"
        elif self.body is not None:
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join((*lines, "", "")).encode() + body

    def set_header(self, name: str, text: str | None) -> None:
        """Replaces the header; None takes it away."""
        self.headers = [(other, value) for other, value in self.headers if other != name]
        if text is not None:
            self.headers.append((name, text))


class RandomRequests:
    """Requests for the operations of CONTRACT, as CHANCE has it."""

    def __init__(self, contract: Contract, chance: random.Random, token: str, reading_token: str):
        self._chance = chance
        self._samples = SchemaSamples(contract.document, chance)
        self._tokens = {"write": token, "read": reading_token}
        self._operations = [operation for operation in contract.operations()
                            for _ in range(WEIGHT if "requestBody" in operation[2] else 1)]

    def next(self, revision: int, wrong_tokens: bool) -> Request:
        """A request to a service whose current revision is probably REVISION. WRONG_TOKENS: also with tokens that it does not
        know."""
        request = self._right(*self._chance.choice(self._operations), revision)
        if self._chance.random() < 0.3:
            return request
        spoilers = [self._spoil_document, self._spoil_document, self._spoil_text, self._spoil_headers, self._spoil_path,
                    self._spoil_method, self._spoil_credentials if wrong_tokens else self._drop_credentials]
        for spoil in self._chance.sample(spoilers, self._chance.choice((1, 1, 1, 2))):
            spoil(request)
        return request

    def _right(self, method: str, template: str, operation: dict, revision: int) -> Request:
        request = Request(method, template, [("Authorization", f"Bearer {self._tokens['write']}")])
        if self._chance.random() < 0.1:
            request.set_header("Authorization", f"Bearer {self._tokens['read']}")
        query = {}
        for parameter in map(self._samples.resolve, operation.get("parameters", ())):
            self._set_parameter(request, query, parameter, revision)
        if query:
            request.target += "?" + urllib.parse.urlencode(query, errors="replace")
        if "requestBody" in operation:
            self._set_body(request, self._samples.resolve(operation["requestBody"]))
        if self._chance.random() < 0.2:
            request.set_header("Accept-Encoding", "gzip")
        return request

    def _set_parameter(self, request: Request, query: dict, parameter: dict, revision: int) -> None:
        name, place = parameter["name"], parameter["in"]
        if place == "path":
            number = str(self._chance.randint(max(1, revision - 5), max(1, revision)))
            request.target = request.target.replace("{" + name + "}", number)
        elif name == "If-Match":
            request.set_header(name, f'"{revision}"')
        elif parameter.get("required") or self._chance.random() < 0.5:
            value = self._samples.fitting(parameter["schema"], name)
            if place == "query":
                query[name] = value
            else:
                request.set_header(name, str(value))

    def _set_body(self, request: Request, body: dict) -> None:
        request.meant_for = request.method
        request.schema = body["content"]["application/json"]["schema"]
        request.document = self._samples.fitting(request.schema)
        request.headers.append(("Content-Type", "application/json"))
        self._write(request, json.dumps(request.document, ensure_ascii=True).encode())

    def _write(self, request: Request, text: bytes) -> None:
        request.body = text
        request.set_header("Content-Encoding", None)
        if self._chance.random() < 0.1:
            request.body = gzip.compress(text, 1)
            request.set_header("Content-Encoding", "gzip")
        request.chunked = self._chance.random() < 0.1

    def _spoil_document(self, request: Request) -> None:
        if request.document is None:
            request.set_header(*self._chance.choice(STRANGE_HEADERS))
            return
        for _ in range(self._chance.choice((1, 1, 2, 5))):
            request.document = self._samples.spoiled(request.document)
        self._write(request, json.dumps(request.document).encode())

    def _spoil_text(self, request: Request) -> None:
        """What JSON has no value for: it is cut, or something is put into it, or a piece is there twice."""
        text = json.dumps(request.document).encode()
        at, to = sorted(self._chance.randrange(len(text) + 1) for _ in range(2))
        text = self._chance.choice((
            lambda: text[:at], lambda: text[:at] + self._chance.choice(PIECES) + text[at:], lambda: text[:at] + text[to:],
            lambda: text[:to] + text[at:], lambda: self._chance.choice(BEGINNINGS) + text + self._chance.choice(ENDS),
            lambda: b"[" * 5000 + text + b"]" * 5000, lambda: text.replace(b'":', b'": 1, "' + b"x" * at + b'":', 1),
            lambda: text.replace(b"{", b'{"scenario": "direct", ', 2), lambda: text[:at] + bytes([self._chance.randrange(256)]) + text[at + 1:],
        ))()
        request.document = None
        self._write(request, text)

    def _spoil_headers(self, request: Request) -> None:
        request.document = None
        for _ in range(self._chance.choice((1, 2))):
            name, values = self._chance.choice((("Content-Type", TYPES), ("Content-Encoding", CODINGS), ("If-Match", TAGS),
                                                ("If-Match", (None,)), ("Content-Type", (None,)), (None, STRANGE_HEADERS)))
            if name is None:
                request.set_header(*self._chance.choice(values))
            else:
                request.set_header(name, self._chance.choice(values))

    def _spoil_path(self, request: Request) -> None:
        path, question, query = request.target.partition("?")
        parts = path.split("/")
        place = self._chance.randrange(1, len(parts))
        part = parts[place]
        parts[place] = self._chance.choice((
            lambda: self._chance.choice(NUMBERS) if part.isdigit() else part + "x", lambda: part + "/", lambda: "/" + part,
            lambda: "".join(f"%{ord(letter):02x}" for letter in part), lambda: "..", lambda: ".", lambda: part.upper(),
            lambda: part + "%00", lambda: part + "%2f", lambda: part + ";x=y", lambda: "%2e%2e/" + part, lambda: part[1:],
            lambda: part + "%", lambda: part + "%ff", lambda: "x" * 5000, lambda: part + "+", lambda: part + "\\",
        ))()
        request.target = "/".join(parts) + question + query
        if self._chance.random() < 0.2:
            request.target += self._chance.choice(("?", "?x=y", "?after=%00", "?a=b&a=b", "?" + "x" * 3000, "#x", "?%", "?/../x"))

    def _spoil_method(self, request: Request) -> None:
        request.method = self._chance.choice(METHODS)

    def _drop_credentials(self, request: Request) -> None:
        request.set_header("Authorization", self._chance.choice((None, "", "Bearer", "Bearer ", "Basic cm9vdDpyb290", "Digest x")))

    def _spoil_credentials(self, request: Request) -> None:
        token = self._tokens["write"]
        wrong = (token[:-1], token + "x", token.swapcase(), "x" * 43, "x" * 5000, "ÿ", "%s%n", "..", token[:10], f"{token} {token}")
        request.set_header("Authorization", f"{self._chance.choice(('Bearer', 'bearer', 'BEARER '))} {self._chance.choice(wrong)}")

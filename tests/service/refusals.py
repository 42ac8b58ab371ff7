#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the service refuses, with which status and code, and that it changes nothing."""

import gzip
import json
import sys

import yaml

from contract import DOCUMENT
from service_network import Contract, ServiceNetwork, a, plan, route, run
from practice.tap import Tap

MIB = 1024 * 1024

# Texts that mean more to Postfix than to who passes them on: each would end a line or a list, or begin something else.
BREAKOUTS = {
    "newline": "{}\nrelayhost = [203.0.113.77]",
    "carriage return": "{}\rx",
    "dollar": "$relayhost.{}",
    "comma": "{},elsewhere.test",
    "equals sign": "{}=x",
    "space inside": "{} elsewhere.test",
    "hash": "{}#x",
    "quote": "{}\"",
    "apostrophe": "{}'",
    "exclamation mark": "!{}",
    "type and table": "lmdb:/etc/{}",
    "inline table": "inline:{{{}=OK}}",
    "braces": "{{{}}}",
    "backslash": "{}\\",
    "asterisk": "*.{}",
    "at sign": "x@{}",
    "bracket": "[{}",
    "semicolon": "{};x",
    "line separator": "{}\u2028x",
    "right-to-left override": "\u202e{}",
}


class RefusalTests:
    def run(self, tap: Tap, service: ServiceNetwork) -> None:
        self._service = service
        self._api = service.api
        self._api.push(plan("example.com"))
        self._before = self._api.get("/configuration").document
        for test in (self._tokens, self._paths, self._preconditions, self._bodies, self._documents, self._breakouts,
                     self._findings, self._probes, self._headers, self._many_wrong_tokens):
            test(tap)
        with tap.test("after all that the configuration is what it was"):
            answer = self._api.get("/configuration")
            assert answer.document == self._before and answer.headers["ETag"] == '"1"', answer

    def _tokens(self, tap: Tap) -> None:
        with tap.test("401 without a token, for everything but the status"):
            for method, path in (("GET", "/configuration"), ("PUT", "/configuration"), ("POST", "/configuration/check"),
                                 ("GET", "/revisions"), ("GET", "/revisions/1"), ("POST", "/revisions/1/restore"),
                                 ("POST", "/probes")):
                answer = self._api.request(method, "/api/v1" + path, token=None)
                assert answer.problem == (401, "token-required"), (path, answer)
        with tap.test("what a token that may only read may ask for: everything that changes nothing"):
            self._roles()
        with tap.test("401 for a token that is not known, and for another scheme"):
            assert self._api.get("/configuration", token="x" * 43).problem == (401, "token-unknown")
            answer = self._api.get("/configuration", token=None, headers={"Authorization": "Basic cm9vdDpyb290"})
            assert answer.problem == (401, "token-required"), answer
        with tap.test("401 comes before what else is wrong"):
            answer = self._api.request("PUT", "/api/v1/configuration", body=b"{", token=None,
                                       headers={"Content-Type": "text/plain"})
            assert answer.problem == (401, "token-required"), answer
        with tap.test("a token that was removed is known no longer"):
            token = self._service.add_token("passing", "write")
            assert self._api.get("/revisions", token=token).status == 200
            self._service.remove_token("passing")
            assert self._api.get("/revisions", token=token).problem == (401, "token-unknown")

    def _roles(self) -> None:
        """Every operation that the document has, with both kinds of tokens and with none."""
        reader = self._service.add_token("role-reader", "read")
        writer = self._service.add_token("role-writer", "write")
        changing = {"putConfiguration", "restoreRevision"}
        seen = set()
        for template, item in yaml.safe_load(DOCUMENT.read_text())["paths"].items():
            for method, operation in item.items():
                path = template.replace("{revision}", "1")
                seen.add(operation["operationId"])
                without, reading, writing = (self._api.request(method.upper(), path, token=token).status
                                             for token in (None, reader, writer))
                anybody = operation["operationId"] == "getStatus"
                assert (without == 401) != anybody, (operation["operationId"], without)
                assert (reading == 403) == (operation["operationId"] in changing), (operation["operationId"], reading)
                assert writing not in (401, 403), (operation["operationId"], writing)
        assert changing <= seen and len(seen) >= 9, seen
        for name in ("role-reader", "role-writer"):
            self._service.remove_token(name)

    def _paths(self, tap: Tap) -> None:
        with tap.test("404 for paths that are not there"):
            for path in ("/", "/api", "/api/v2", "/api/v1/", "/api/v1/nothing", "/api/v1/configuration/",
                         "/api/v1/revisions/x", "/api/v1/revisions/01", "/api/v1/revisions/-1",
                         "/api/v1/revisions/99999999999",
                         "/api/v1/revisions/1/restore/x", "/etc/passwd", "//api/v1", "/api/v1%2fx",
                         "/api/v1/../../etc/passwd", "/../../etc/passwd", "/api/v1/%2e%2e/%2e%2e/etc/passwd"):
                answer = self._api.request("GET", path)
                assert answer.problem == (404, "not-found"), (path, answer)
            assert self._api.get("/revisions/2").problem == (404, "not-found")
        with tap.test("a path with dots in it needs a token like the path that it stands for"):
            for path in ("/api/v1/../v1/configuration", "/api/v1/x/../configuration", "/api/v1/%2e%2e/v1/configuration",
                         "/api/./v1/configuration"):
                answer = self._api.request("GET", path, token=None, checked=False)
                assert answer.status in (400, 401, 404), (path, answer)
        with tap.test("405 says what is allowed"):
            cases = (("DELETE", "/configuration", "GET, PUT"), ("POST", "/configuration", "GET, PUT"),
                     ("GET", "/configuration/check", "POST"), ("PUT", "", "GET"), ("GET", "/probes", "POST"),
                     ("PATCH", "/revisions/1", "GET"), ("OPTIONS", "/revisions", "GET"))
            for method, path, allowed in cases:
                answer = self._api.request(method, "/api/v1" + path)
                assert answer.problem == (405, "method-not-allowed"), (path, answer)
                assert answer.headers["Allow"] == allowed, (path, answer.headers["Allow"])

    def _preconditions(self, tap: Tap) -> None:
        with tap.test("428 without If-Match"):
            answer = self._api.request("PUT", "/api/v1/configuration", plan("example.org"))
            assert answer.problem == (428, "if-match-required"), answer
            assert self._api.post("/revisions/1/restore").problem == (428, "if-match-required")
        with tap.test("412 for a tag that is not the current one, and for none at all"):
            for tag in ('"0"', '"2"', '"01"', "1", 'W/"1"', "*", '"1", "2"', '""', '"', '"-1"', '"1x"',
                        '"18446744073709551617"'):
                answer = self._api.request("PUT", "/api/v1/configuration", plan("example.org"),
                                           headers={"If-Match": tag})
                assert answer.problem == (412, "revision-changed"), (tag, answer)

    def _bodies(self, tap: Tap) -> None:
        with tap.test("415 for another media type, charset or encoding"):
            for fields in ({"Content-Type": "text/plain"}, {"Content-Type": "application/x-www-form-urlencoded"},
                           {"Content-Type": "application/json; charset=latin1"}, {"Content-Encoding": "br"},
                           {"Content-Encoding": "gzip, gzip"}):
                answer = self._put_body(b"{}", fields)
                assert answer.problem == (415, "unsupported-media-type"), (fields, answer)
        with tap.test("400 for what is not JSON"):
            for body in (b"", b"{", b"[1,", b"nul", b"{} {}", b"\xff\xfe", b"{'scenario': 'direct'}", b'{"a":1,}',
                         b"\0", b"[" * 100_000, b'{"a":' * 100_000, b'"\xc3"', b"// x\n{}"):
                answer = self._put_body(body)
                assert answer.problem == (400, "malformed"), (body[:20], answer)
        with tap.test("400 for a compressed body that is not what it says"):
            whole = gzip.compress(json.dumps(plan("example.com")).encode())
            for body in (b"not gzip", whole[:-20], whole + b"x", b""):
                answer = self._put_body(body, {"Content-Encoding": "gzip"})
                assert answer.problem == (400, "malformed"), (body[:20], answer)
        with tap.test("413 for a body of 65 MiB"):
            answer = self._put_body(b" " * (65 * MIB))
            assert answer.problem == (413, "too-large"), answer
        with tap.test("413 for a body that is 65 MiB when it is unpacked, in bounded memory"):
            before = self._service.peak_memory()
            answer = self._put_body(gzip.compress(b" " * (1024 * MIB), 1), {"Content-Encoding": "gzip"})
            assert answer.problem == (413, "too-large"), answer
            assert self._service.peak_memory() - before < self._service.bound(200), (before, self._service.peak_memory())
        with tap.test("413 for a probe of 65 KiB"):
            answer = self._api.post("/probes", body=b" " * (65 * 1024))
            assert answer.problem == (413, "too-large"), answer

    def _documents(self, tap: Tap) -> None:
        with tap.test("422 names every bad member"):
            document = plan("example.com") | {
                "domains": [
                    {"name": "example.com", "local": "yes"},
                    {"name": "exa mple.org"},
                    {"local": True},
                    {"name": "example.com."},
                    {"name": "example.net", "route": {"host": "10.0.0.20", "port": 0, "mx": 1}},
                    "example.info",
                    {"name": "example.edu", "colour": "red"},
                ],
                "trusted_networks": ["10.0.0.0/33", "10.0.0.0/24", "10.0.0.7/24", 7],
                "edge_gateway": {"port": 25},
                "scenario": "sideways",
                "relayhost": "x",
            }
            answer = self._put(document)
            assert answer.problem == (422, "invalid-configuration"), answer
            expected = {"/domains/0/local", "/domains/1/name", "/domains/2/name", "/domains/3", "/domains/4/route/port",
                        "/domains/4/route/mx", "/domains/5", "/domains/6/colour", "/trusted_networks/0",
                        "/trusted_networks/2", "/trusted_networks/3", "/edge_gateway/host", "/scenario", "/relayhost"}
            assert set(answer.pointers) == expected, set(answer.pointers) ^ expected
        with tap.test("422 for a document that is no object, and for a member that is there twice"):
            for body in (b"[]", b"null", b"7", b'"direct"', b'{"scenario":"direct","scenario":"direct"}',
                         b'{"scenario":"direct","domains":[{"name":"a.example","name":"b.example"}]}'):
                answer = self._put_body(body)
                assert answer.problem == (422, "invalid-configuration"), (body, answer)
        with tap.test("422 for a plan file: it has a member that the API does not know"):
            answer = self._put(plan("example.com") | {"postern": 1})
            assert answer.problem == (422, "invalid-configuration") and answer.pointers == ["/postern"], answer
        with tap.test("the contract refuses what the service refuses"):
            contract = Contract()
            assert contract.configuration_errors(plan("example.com") | {"postern": 1})
            assert contract.configuration_errors(plan("example.com") | {"scenario": "sideways"})
            assert not contract.configuration_errors(plan("example.com"))

    def _breakouts(self, tap: Tap) -> None:
        places = {
            "a domain's name": lambda text: plan(text),
            "a route's host": lambda text: plan() | {"domains": [{"name": "example.com", "route": route(text)}]},
            "the internal server": lambda text: plan("example.com", server=text),
            "the edge gateway": lambda text: plan("example.com", scenario="edge-verifying", edge_gateway=route(text)),
            "a trusted network": lambda text: plan("example.com", trusted=(text,)),
        }
        for place, make in places.items():
            with tap.test(f"422 for what would break out of a Postfix line or table: {place}"):
                value = "10.0.0.0/8" if "network" in place else "example.org"
                for name, pattern in BREAKOUTS.items():
                    answer = self._put(make(pattern.format(value)))
                    assert answer.problem == (422, "invalid-configuration") and answer.pointers, (name, answer)
        with tap.test("400 for a NUL, which no text of JSON programs in C survives"):
            for make in places.values():
                assert self._put(make("example.org\0x")).problem == (400, "malformed")
        with tap.test("nothing of it has come to Postfix"):
            assert "203.0.113.77" not in self._service.main_cf() + self._service.master_cf()

    def _findings(self, tap: Tap) -> None:
        with tap.test("422 for a configuration whose findings are errors, with their codes and places"):
            cases = {
                ("network-everything", "/trusted_networks/1"): plan("example.com", trusted=("10.0.0.0/8", "0.0.0.0/0")),
                ("edge-gateway-missing", "/edge_gateway"): plan("example.com") | {"scenario": "edge-verifying"},
                ("nothing-to-do-with-mail", "/domains"): plan(trusted=()),
                ("route-to-gateway", "/internal_server"): plan("example.com", server=a.GATEWAY),
                ("route-to-gateway", "/domains/1"):
                    plan(domains=[{"name": "example.com"}, {"name": "example.org", "route": route(a.GATEWAY6)}]),
            }
            for (code, pointer), document in cases.items():
                answer = self._put(document)
                assert answer.problem == (422, "invalid-configuration"), (code, answer)
                errors = [(error["code"], error["pointer"]) for error in answer.document["errors"]]
                assert (code, pointer) in errors, errors

    def _probes(self, tap: Tap) -> None:
        good = {"kind": "flow", "client": a.STRANGER, "sender": "", "recipient": "alice@example.com"}
        with tap.test("422 for a probe of another kind"):
            for kind in ("udp", "smtp", "FLOW", "TCP", ""):
                assert self._api.post("/probes", good | {"kind": kind}).problem == (422, "unknown-probe"), kind
        with tap.test("422 for a question to a scanner that is not there"):
            assert self._api.post("/probes", {"kind": "scan"}).problem == (422, "unknown-probe")
        with tap.test("422 names the bad member of a probe"):
            cases = {
                "/client": ("example.com", "10.0.0.300", "", "10.0.0.1 NAME=x", "10.0.0.1\r\nQUIT", 7, None),
                "/recipient": ("alice", "@", "a@", "@b", "a@b>\r\nDATA", "a b@example.com", "", "a@b\nRCPT TO:<c@d>",
                               {}),
                "/sender": ("alice", "a@b\r\nRSET", "<a@b>", True),
            }
            for pointer, values in cases.items():
                for value in values:
                    self._bad_probe(good | {pointer[1:]: value}, pointer)
            for document, pointer in ((good | {"port": 25}, "/port"), ([], ""), ("flow", ""), ({}, "/kind"),
                                      ({"kind": "flow"}, "/client")):
                self._bad_probe(document, pointer)

    def _bad_probe(self, document: object, pointer: str) -> None:
        answer = self._api.post("/probes", document)
        assert answer.problem == (422, "invalid-probe") and answer.pointers == [pointer], (document, answer)

    def _headers(self, tap: Tap) -> None:
        with tap.test("431 for headers of 50 KiB"):
            filling = {f"X-Filling-{number}": "x" * 1000 for number in range(50)}
            answer = self._api.get("/configuration", headers=filling)
            assert answer.problem == (431, "headers-too-large"), answer

    def _many_wrong_tokens(self, tap: Tap) -> None:
        with tap.test("429 after ten wrong tokens from one address, for that address only"):
            guesser = self._service.client(a.OUTSIDE)
            for number in range(10):
                assert guesser.get("/configuration", token=f"guess-{number}").problem == (401, "token-unknown"), number
            answer = guesser.get("/configuration", token="guess-11")
            assert answer.problem == (429, "too-many-failures") and 0 < int(answer.headers["Retry-After"]) <= 61, answer
            assert guesser.get("/configuration").problem == (429, "too-many-failures")
            assert guesser.get("", token=None).status == 200
            assert self._api.get("/configuration").status == 200
            assert self._service.client(a.STRANGER).get("/configuration").status == 200
        with tap.test("no token has come into the log"):
            log = self._service.gateway.log.read_text()
            assert "guess-" not in log and self._service.gateway.token not in log

    def _put(self, document: object):
        return self._api.request("PUT", "/api/v1/configuration", document, headers={"If-Match": '"1"'})

    def _put_body(self, body: bytes, fields: dict[str, str] | None = None):
        headers = {"If-Match": '"1"'} | (fields or {})
        return self._api.request("PUT", "/api/v1/configuration", body=body, headers=headers)


if __name__ == "__main__":
    sys.exit(run(RefusalTests().run))

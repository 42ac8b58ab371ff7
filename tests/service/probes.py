#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Probes by which the gateway looks at the network: what they find, and what they are not to be had for."""

import subprocess
import sys
import time

from service_network import ServiceNetwork, a, plan, route, run
from smtp_server import Script, SmtpServer
from practice.tap import Tap

INVENTED = "RCPT TO:<postern-probe-"


class ProbeTests:
    def run(self, tap: Tap, service: ServiceNetwork) -> None:
        self._service = service
        self._api = service.api
        with tap.test("the status lists the probes"):
            capabilities = self._api.get("", token=None).document["capabilities"]
            assert {"tcp", "smtp-banner", "mx", "addresses", "recipient", "edge-verifies", "flow"} <= set(capabilities)
        with tap.test("tcp: a port that is open, one that is not, a name, and one that nobody has"):
            self._tcp()
        with tap.test("smtp-banner: greeting, EHLO under the gateway's name, STARTTLS and the certificate"):
            self._banner()
        with tap.test("smtp-banner: who refuses, who says nothing that is SMTP, who is not there"):
            self._bad_banners()
        with tap.test("mx and addresses: what DNS says, and that it says nothing"):
            self._names()
        with tap.test("recipient: a real server that knows its recipients"):
            self._verifies()
        self._classes(tap)
        with tap.test("edge-verifies: a real edge gateway in both scenarios"):
            self._edge()
        with tap.test("the gateway does not probe itself, nor what is no host, by number or by name"):
            self._forbidden_hosts()
        with tap.test("only ports of SMTP, and those of the configuration's routes"):
            self._ports()
        with tap.test("a token that may only read may probe, and nobody without a token"):
            self._roles()
        with tap.test("not more than 120 in a minute"):
            self._bounded()

    def _probe(self, kind: str, **members: object) -> dict:
        answer = self._api.post("/probes", {"kind": kind} | members)
        assert answer.status == 200 and answer.document["kind"] == kind, answer
        return answer.document

    def _refused(self, pointer: str, code: str, kind: str, **members: object) -> None:
        answer = self._api.post("/probes", {"kind": kind} | members)
        assert answer.problem == (422, "invalid-probe"), (members, answer)
        assert [(error["pointer"], error["code"]) for error in answer.document["errors"]] == [(pointer, code)], answer.document

    def _tcp(self) -> None:
        found = self._probe("tcp", host=a.MAIL20)
        assert found["connected"] and found["address"] == a.MAIL20 and found["problem"] is None, found
        found = self._probe("tcp", host=a.STRANGER, port=2525)
        assert not found["connected"] and found["problem"] == "refused" and a.STRANGER in found["summary"], found
        assert self._probe("tcp", host="mail.example.com")["connected"]
        assert self._probe("tcp", host=a.MAIL20_6)["connected"]
        assert self._probe("tcp", host="nowhere.invalid")["problem"] == "not-found"

    def _banner(self) -> None:
        found = self._probe("smtp-banner", host=a.MAIL20)
        assert found["succeeded"] and found["banner"].startswith("mail.example.com ESMTP"), found
        assert found["server"] == f"{a.MAIL20}:25" and found["stage"] == "quit" and not found["starttls"]["offered"], found
        certificate = self._give_certificate()
        found = self._probe("smtp-banner", host=a.MAIL20)
        tls = found["starttls"]
        assert tls["offered"] and tls["version"] in ("TLSv1.2", "TLSv1.3") and tls["failure"] is None, found
        assert tls["certificate"]["fingerprint"] == certificate and "CN=mail.example.com" in tls["certificate"]["subject"], tls
        assert "unknown-ca" in tls["certificate"]["errors"], tls
        with SmtpServer(a.STRANGER, Script()) as server:
            self._probe("smtp-banner", host=a.STRANGER)
            assert server.heard[0] == f"EHLO {a.GATEWAY_NAME}" and server.heard[-1] == "QUIT", server.heard

    def _give_certificate(self) -> str:
        """Lets mail20 offer STARTTLS; the fingerprint of its certificate."""
        directory = self._service.network.directory
        key, certificate = directory / "mail20.key", directory / "mail20.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                        "-subj", "/CN=mail.example.com", "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
        self._service.network.mail20.change(smtpd_tls_cert_file=str(certificate), smtpd_tls_key_file=str(key),
                                            smtpd_tls_security_level="may")
        text = subprocess.run(["openssl", "x509", "-in", str(certificate), "-noout", "-fingerprint", "-sha256"], check=True,
                              capture_output=True, text=True).stdout
        return "sha256:" + text.strip().partition("=")[2].replace(":", "").lower()

    def _bad_banners(self) -> None:
        with SmtpServer(a.STRANGER, Script(greeting="554 5.7.1 Not you")):
            found = self._probe("smtp-banner", host=a.STRANGER)
            assert not found["succeeded"] and found["reply"] == "554 5.7.1 Not you" and found["problem"] is None, found
        with SmtpServer(a.STRANGER, Script(greeting="HTTP/1.1 400 Bad Request")):
            assert self._probe("smtp-banner", host=a.STRANGER)["problem"] == "protocol"
        found = self._probe("smtp-banner", host=a.STRANGER)
        assert found["problem"] == "refused" and found["stage"] == "connect" and found["summary"], found

    def _names(self) -> None:
        found = self._probe("mx", host="edge.test")
        assert found["records"] and found["problem"] is None and [record["preference"] for record in found["records"]] == \
            sorted(record["preference"] for record in found["records"]), found
        assert self._probe("mx", host="nowhere.invalid") | {"summary": ""} == \
            {"kind": "mx", "records": [], "problem": "not-found", "summary": ""}
        found = self._probe("addresses", host="edge.test")
        assert set(found["addresses"]) == {a.EDGE, a.EDGE6}, found
        assert self._probe("addresses", host="nowhere.invalid")["problem"] == "not-found"

    def _verifies(self) -> None:
        found = self._probe("recipient", host=a.MAIL20, recipient="alice@example.com")
        assert found["class"] == "verifies" and found["given_reply"].startswith("250 2.1.5"), found
        assert found["invented_reply"].startswith("550 5.1.1") and found["sender"] == f"double-bounce@{a.GATEWAY_NAME}", found
        assert self._probe("recipient", host=a.MAIL20, recipient="@example.com")["class"] == "verifies"
        assert self._probe("recipient", host=a.MAIL20, recipient="nobody@example.com")["class"] == "refuses-all"
        assert self._probe("recipient", host=a.MAIL20, recipient="alice@example.com", sender="")["sender"] == ""
        assert not self._service.network.mail20.queued()

    def _classes(self, tap: Tap) -> None:
        cases = {
            "catch-all": Script(),
            "refuses-sender": Script(replies={"MAIL FROM:<double": "550 5.1.8 <double-bounce>: Sender address rejected"}),
            "refuses-client": Script(replies={"RCPT": "554 5.7.1 Client host rejected: Access denied"}),
            "greylists": Script(replies={"RCPT": "450 4.2.0 Greylisted, try again in 300 seconds"}),
            "tempfails": Script(replies={"RCPT": "451 4.3.0 Temporary lookup failure"}),
            "slow": Script(replies={INVENTED: "550 5.1.1 User unknown"}, delay=6.5),
        }
        for name, script in cases.items():
            with tap.test(f"recipient: {name}, and never DATA"):
                with SmtpServer(a.STRANGER, script) as server:
                    found = self._probe("recipient", host=a.STRANGER, recipient="alice@example.com")
                    assert found["class"] == name and found["summary"], found
                    assert not [line for line in server.heard if line.startswith("DATA")], server.heard
        with tap.test("recipient: unreachable, and why"):
            found = self._probe("recipient", host=a.STRANGER, recipient="alice@example.com")
            assert found["class"] == "unreachable" and found["problem"] == "refused", found

    def _edge(self) -> None:
        self._api.push(plan("example.com", "example.org", recipient_verification="reject-unverified"))
        ask = {"host": a.EDGE, "recipient": "@example.com"}
        found = self._probe("edge-verifies", **ask)
        deadline = time.monotonic() + 60
        while found["class"] in ("tempfails", "slow") and time.monotonic() < deadline:  # its first answer may come late
            found = self._probe("edge-verifies", **ask)
        assert found["scenario"] == "edge-verifying", found
        self._service.network.edge.set_verifying(False)
        assert self._probe("edge-verifies", **ask)["scenario"] == "edge-not-verifying"
        found = self._probe("edge-verifies", host=a.STRANGER, recipient="@example.com")
        assert found["scenario"] is None and found["class"] == "unreachable", found

    def _forbidden_hosts(self) -> None:
        for host in ("127.0.0.1", "127.1.2.3", "::1", "0.0.0.0", "::", "169.254.169.254", "fe80::1", "224.0.0.1", "ff02::1",
                     "255.255.255.255", "0.1.2.3", "::ffff:127.0.0.1", "[::1]", "::ffff:169.254.169.254"):
            for kind in ("tcp", "smtp-banner"):
                self._refused("/host", "not-allowed", kind, host=host)
            self._refused("/host", "not-allowed", "recipient", host=host, recipient="@example.com")
        for host in ("", "a b", "mail.example.com:25", "http://x", "x" * 300, "1.2.3", "-"):
            self._refused("/host", "invalid-host", "tcp", host=host)
        found = self._probe("tcp", host="localhost")
        assert not found["connected"] and found["problem"] == "not-allowed", found
        assert self._probe("smtp-banner", host="localhost")["problem"] == "not-allowed"
        assert self._probe("recipient", host="localhost", recipient="@example.com")["problem"] == "not-allowed"
        self._refused("/mx", "mx-on-address", "tcp", host=a.MAIL20, mx=True)

    def _ports(self) -> None:
        for port in (22, 80, 443, 8443, 10125, 3306, 65535):
            self._refused("/port", "not-allowed", "tcp", host=a.STRANGER, port=port)
        for port in (0, -1, 65536, 25.5, "25", True, None, 10**30):
            answer = self._api.post("/probes", {"kind": "tcp", "host": a.STRANGER, "port": port})
            assert answer.problem[0] in (400, 422), (port, answer)
        for port in (25, 465, 587, 2525):
            assert self._probe("tcp", host=a.STRANGER, port=port)["problem"] == "refused"
        document = plan("example.com")
        document["domains"].append({"name": "odd.example", "local": True, "route": route(a.STRANGER, 10024)})
        self._api.push(document)
        assert self._probe("tcp", host=a.STRANGER, port=10024)["problem"] == "refused"
        self._api.push(plan("example.com"))
        self._refused("/port", "not-allowed", "tcp", host=a.STRANGER, port=10024)

    def _roles(self) -> None:
        reader = self._service.add_token("prober", "read")
        document = {"kind": "addresses", "host": "edge.test"}
        assert self._api.post("/probes", document, token=reader).status == 200
        assert self._api.post("/probes", document, token=None).problem == (401, "token-required")

    def _bounded(self) -> None:
        for _ in range(130):
            answer = self._api.post("/probes", {"kind": "addresses", "host": a.STRANGER})
            if answer.status != 200:
                break
        assert answer.problem == (429, "too-many-probes") and 1 <= int(answer.headers["Retry-After"]) <= 61, answer
        assert self._api.flow(a.STRANGER, "alice@example.com").status == 200  # what only asks the own mail server goes on


if __name__ == "__main__":
    sys.exit(run(ProbeTests().run, servers=frozenset({"mail20", "edge"})))

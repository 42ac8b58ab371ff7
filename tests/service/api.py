#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every operation of the Gateway API as it is meant to be used. Each answer is held against data/gateway-api.yaml."""

import gzip
import json
import sys

from service_network import ServiceNetwork, a, plan, route, run
from practice.tap import Tap

COMPLETE = {
    "scenario": "edge-verifying",
    "domains": [
        {"name": "example.com", "local": True, "route": route(a.MAIL20)},
        {"name": ".example.com", "local": True, "route": {"host": "mail.example.net", "port": 2525, "mx": True}},
        {"name": "пример.рф", "local": True},
        {"name": "routed.example", "local": False, "route": "dns"},
    ],
    "internal_server": route(a.MAIL20),
    "edge_gateway": route(a.EDGE),
    "trusted_networks": ["10.0.0.20/32", "2001:db8:1::/64", "10.1.2.3/8"],
    "recipient_verification": "reject-unverified",
    "use_spf": True,
    "use_dmarc": False,
    "sender_authentication": True,
    "check_sender_before_edge": True,
    "rejected_mail": "delete",
}


class ApiTests:
    def run(self, tap: Tap, service: ServiceNetwork) -> None:
        self._service = service
        self._api = service.api
        with tap.test("GET /api/v1 says what there is, without a token"):
            self._status()
        with tap.test("before the first push there is an empty configuration of revision 0"):
            self._before_the_first_push()
        with tap.test("nothing of Postfix is touched before the first push"):
            assert "postern" not in service.main_cf() + service.master_cf()
        with tap.test("a check says what is wrong and what would change, and writes nothing"):
            self._check()
        with tap.test("a push makes revision 1, proved"):
            self._first_push()
        with tap.test("what is read is what was pushed, in its canonical form"):
            self._read_back()
        with tap.test("a push of what is there already makes no revision and is proved again"):
            self._same_again()
        with tap.test("a push of what is there already mends what somebody has changed in main.cf"):
            self._mends()
        with tap.test("revisions are listed, newest first, and shown"):
            self._revisions()
        with tap.test("a former revision is restored as a new one"):
            self._restore()
        with tap.test("a flow probe tells what the live Postfix answers"):
            self._flow()
        with tap.test("a compressed document is taken"):
            self._gzipped_push()
        with tap.test("answers are compressed for those who take that"):
            self._gzip()
        with tap.test("a token that may only read reads"):
            self._read_token()

    def _status(self) -> None:
        status = self._api.get("", token=None).document
        assert status["node"] == a.GATEWAY_NAME, status
        assert status["mta"]["state"] == "running" and status["mta"]["version"].startswith("3."), status
        assert {"recipient-verification", "check", "flow", "revisions"} <= set(status["capabilities"]), status

    def _before_the_first_push(self) -> None:
        answer = self._api.get("/configuration")
        assert answer.headers["ETag"] == '"0"', answer
        assert answer.document["domains"] == [] and answer.document["scenario"] == "direct", answer
        assert self._api.get("/revisions").document == {"revisions": []}
        assert self._api.get("/revisions/1").problem == (404, "not-found")

    def _check(self) -> None:
        answer = self._api.post("/configuration/check", plan("example.com") | {"trusted_networks": ["0.0.0.0/0"]})
        findings = {finding["code"]: finding for finding in answer.document["findings"]}
        assert findings["network-everything"]["pointer"] == "/trusted_networks/0", findings
        assert findings["network-everything"]["severity"] == "error", findings
        subjects = {(change["section"], change["kind"]) for change in answer.document["changes"]}
        assert {("domains", "add"), ("trusted-networks", "add")} <= subjects, answer.document["changes"]
        assert answer.document["revision"] == 0
        assert self._api.read_revision() == 0
        assert "postern" not in self._service.main_cf()

    def _first_push(self) -> None:
        answer = self._api.push(COMPLETE)
        assert answer.headers["ETag"] == '"1"' and answer.document["revision"] == 1, answer
        asked = {(proof["client"], proof["recipient"].partition("@")[2]) for proof in answer.document["proof"]}
        recipients = {recipient for _, recipient in asked}
        assert {"example.com", "пример.рф", "xn--e1afmkfd.xn--p1ai", "routed.example"} <= recipients, asked
        assert any(":" in client for client, _ in asked), asked

    def _read_back(self) -> None:
        answer = self._api.get("/configuration")
        assert answer.headers["ETag"] == '"1"'
        names = [domain["name"] for domain in answer.document["domains"]]
        assert names == ["example.com", ".example.com", "xn--e1afmkfd.xn--p1ai", "routed.example"], names
        assert answer.document["trusted_networks"] == ["10.0.0.20/32", "2001:db8:1::/64", "10.0.0.0/8"], answer.document
        rest = {name: answer.document[name] for name in COMPLETE if name not in ("domains", "trusted_networks")}
        assert rest == {name: COMPLETE[name] for name in rest}, rest

    def _same_again(self) -> None:
        answer = self._api.push(COMPLETE)
        assert answer.document["revision"] == 1 and answer.document["proof"], answer
        assert len(self._api.get("/revisions").document["revisions"]) == 1

    def _mends(self) -> None:
        self._service.postfix.change(mynetworks="0.0.0.0/0")
        assert self._service.asks(a.STRANGER, "someone@elsewhere.test") == "250 2.1.5"
        self._api.push(COMPLETE)
        assert self._service.asks(a.STRANGER, "someone@elsewhere.test") == "554 5.7.1"

    def _revisions(self) -> None:
        self._api.push(plan("example.com"))
        revisions = self._api.get("/revisions").document["revisions"]
        assert [(entry["revision"], entry["current"], entry["by"]) for entry in revisions] == \
            [(2, True, "practice"), (1, False, "practice")], revisions
        assert all(entry["changes"] > 0 for entry in revisions), revisions
        shown = self._api.get("/revisions/1").document
        assert shown["configuration"]["edge_gateway"] == route(a.EDGE) and not shown["current"], shown

    def _restore(self) -> None:
        answer = self._api.post("/revisions/1/restore", headers={"If-Match": '"2"'})
        assert answer.status == 200 and answer.document["revision"] == 3, answer
        assert self._api.read_revision() == 3
        current, former = (self._api.get(f"/revisions/{number}").document for number in (3, 1))
        assert current["configuration"] == former["configuration"] and current["restored_from"] == 1, current
        assert self._api.post("/revisions/1/restore", headers={"If-Match": '"2"'}).problem == (412, "revision-changed")

    def _flow(self) -> None:
        self._api.push(plan("example.com", "пример.рф"))
        expected = {
            (a.STRANGER, "alice@example.com"): ("accepted", "250 2.1.5"),
            (a.STRANGER, "оля@пример.рф"): ("accepted", "250 2.1.5"),
            (a.STRANGER, "someone@elsewhere.test"): ("refused", "554 5.7.1"),
            (a.MAIL20, "someone@elsewhere.test"): ("accepted", "250 2.1.5"),
            ("2001:db8:77::1", "someone@elsewhere.test"): ("refused", "554 5.7.1"),
        }
        for (client, recipient), (verdict, reply) in expected.items():
            result = self._api.flow(client, recipient).document
            assert (result["verdict"], result["stage"]) == (verdict, "rcpt"), result
            assert result["reply"].startswith(reply), result

    def _gzipped_push(self) -> None:
        document = plan(*(f"domain{number}.example.com" for number in range(100)))
        answer = self._api.request("PUT", "/api/v1/configuration", body=gzip.compress(json.dumps(document).encode()),
                                   headers={"If-Match": f'"{self._api.revision}"', "Content-Encoding": "gzip"})
        assert answer.status == 200, answer
        assert self._api.read_revision() == answer.document["revision"]

    def _gzip(self) -> None:
        answer = self._api.get("/configuration", headers={"Accept-Encoding": "gzip"})
        assert answer.headers["Content-Encoding"] == "gzip", answer
        assert answer.document == self._api.get("/configuration").document and len(answer.document["domains"]) == 100

    def _read_token(self) -> None:
        token = self._service.add_token("reader", "read")
        assert self._api.get("/configuration", token=token).status == 200
        assert self._api.post("/configuration/check", plan("example.com"), token=token).status == 200
        assert self._api.put(plan("example.com"), token=token).problem == (403, "read-only-token")
        answer = self._api.post("/revisions/1/restore", token=token, headers={"If-Match": f'"{self._api.revision}"'})
        assert answer.problem == (403, "read-only-token")


if __name__ == "__main__":
    sys.exit(run(ApiTests().run))

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows that a push which Postfix refuses leaves the old configuration live, and that a stale ETag changes nothing.

Usage: refused.py FAULT

Each fault is something in the administrator's part of main.cf that is harmless until the plan's edge gateway comes.
Postfix's own checks find nothing wrong with any of them.
"""

import sys

from company import Company, a, refused, run
from plans import company_plan
from practice.tap import Tap

# By name: the settings, and a part of what the gateway must then tell the administrator.
FAULTS = {
    # smtpd ends at its start: nobody is greeted any more.
    "no-service": ({"unverified_recipient_tempfail_action": "${relayhost?{permit}:{defer_if_permit}}"},
                   "unverified_recipient_tempfail_action"),
    # 451 for everybody outside; whoever tries it from a trusted network sees nothing of it.
    "only-untrusted": ({"smtpd_client_restrictions": "permit_mynetworks ${relayhost?{reject_unverified_recipent}}"},
                       "451 4.3.5"),
    # 451 for everybody.
    "everybody": ({"smtpd_sender_restrictions": "${relayhost?{check_sender_access lmdb:/nonexistent/table}}"},
                  "/nonexistent/table"),
    # Everybody is refused in good order.
    "all-refused": ({"smtpd_helo_restrictions": "${relayhost?{reject}}"}, "Helo command rejected"),
}


class RefusedTests:
    def __init__(self, explanation: str):
        self._explanation = explanation

    def run(self, tap: Tap, company: Company) -> None:
        self._company = company
        self._network = company.network
        self._gateway = company.network.gateway
        direct, behind_edge = company_plan("direct"), company_plan("edge-verifying")
        with tap.test("the first push succeeds, and mail flows", essential=True):
            company.push(direct)
            self._mail_flows()
        with tap.test("the API answers 500 mta-refused to a configuration that Postfix refuses"):
            before = self._state()
            answer = self._gateway.put_configuration(behind_edge, before["etag"])
            assert answer.problem == (500, "mta-refused"), answer
            assert self._explanation in answer.document["detail"], answer.document
            assert "/revisions/" not in answer.document["detail"], "a file of posternd's own is blamed"
        with tap.test("then the old configuration is live, and mail flows"):
            assert self._state() == before
            self._mail_flows()
        with tap.test("posternctl push says that it is undone, and why"):
            result = company.posternctl.push(behind_edge)
            assert result.status == 4 and self._explanation in result.stderr, result
        with tap.test("then too the old configuration is live, and mail flows"):
            assert self._state() == before
            self._mail_flows()
        with tap.test("the next good push succeeds"):
            company.push(company_plan("direct", verification=False))
            self._mail_flows()
        self._stale_etag(tap)

    def _stale_etag(self, tap: Tap) -> None:
        with tap.test("a stale ETag is 412 and changes nothing"):
            before = self._state()
            for etag in ('"0"', '"1"', '"999"'):
                answer = self._gateway.put_configuration(company_plan("direct"), etag)
                assert answer.problem == (412, "revision-changed"), answer
            assert self._state() == before
            self._mail_flows()
        with tap.test("without If-Match it is 428 and changes nothing"):
            answer = self._gateway.put_configuration(company_plan("direct"), None)
            assert answer.problem == (428, "if-match-required"), answer
            assert self._state() == before
        with tap.test("a document with a bad member is 422, names it and changes nothing"):
            bad = company_plan("direct") | {"trusted_networks": ["10.0.0.20/33"]}
            answer = self._gateway.put_configuration(bad, before["etag"])
            assert answer.problem == (422, "invalid-configuration"), answer
            assert [error["pointer"] for error in answer.document["errors"]] == ["/trusted_networks/0"], answer.document
            assert self._state() == before

    def _state(self) -> dict:
        """What the gateway says that it has, and what its Postfix has."""
        answer = self._gateway.read_configuration()
        assert answer.status == 200, answer
        names = ("relay_domains", "transport_maps", "relay_transport", "relayhost", "mynetworks",
                 "smtpd_relay_restrictions", "smtpd_recipient_restrictions")
        parameters = {name: self._gateway.postfix.parameter(name) for name in names}
        return {"etag": answer.headers["ETag"], "document": answer.document, "parameters": parameters}

    def _mail_flows(self) -> None:
        """In and out as the direct plan says, and no further."""
        self._company.arrived_inside(self._network.send_from_outside("alice@example.com"), "mail20")
        path = self._company.arrived_outside(self._network.send_from_inside("someone@elsewhere.test")).path
        assert [hop.server for hop in path] == ["outside"], path
        refused(self._network.send(a.OUTSIDE, "joe@sender.test", "someone@elsewhere.test"), "554 5.7.1")


if __name__ == "__main__":
    fault, explanation = FAULTS[sys.argv[1]]
    sys.exit(run(RefusedTests(explanation).run, scenario="direct", postfix_settings=fault))

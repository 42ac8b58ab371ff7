#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Verdicts on recipients that Postfix has cached do not outlive the routes by which they were reached."""

import subprocess
import sys

from service_network import ServiceNetwork, a, plan, route, run
from practice.tap import Tap

VERIFYING = {"recipient_verification": "reject-unverified"}


class VerdictTests:
    def run(self, tap: Tap, service: ServiceNetwork) -> None:
        self._service = service
        self._api = service.api
        with tap.test("a wrong route makes verdicts of 550, and they are cached"):
            self._wrong_route()
        with tap.test("the push of the right route makes Postfix forget them: the next answer is right"):
            self._right_route()
        with tap.test("verdicts on recipients whose mail goes where it went are kept"):
            self._others_are_kept()
        with tap.test("another internal server: every verdict that came from the former one is forgotten"):
            self._other_server()
        with tap.test("a push that is undone leaves no verdict of the wrong route behind"):
            self._undone()
        with tap.test("both forms of an internationalised domain are forgotten"):
            self._international()

    def _plan(self, **routes: str) -> dict:
        document = plan("example.org", **VERIFYING)
        document["domains"] += [{"name": name, "local": True, "route": route(host)} for name, host in routes.items()]
        return document

    def _cached(self) -> dict[str, str]:
        """What the cache holds: the verdicts by recipient."""
        table = f"lmdb:{self._service.postfix.parameter('data_directory')}/verify_cache"
        command = ["postmap", "-c", str(self._service.postfix.configuration), "-s", table]
        listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return dict(line.split("\t", 1) for line in listing.splitlines() if "@" in line)

    def _wrong_route(self) -> None:
        self._api.push(self._plan(**{"example.com": a.MAIL21}))  # that server knows nobody there
        assert self._service.asks(a.STRANGER, "alice@example.com") == "550 5.1.1"
        assert self._service.asks(a.STRANGER, "alice@example.com") == "550 5.1.1"
        assert "alice@example.com" in self._cached()

    def _right_route(self) -> None:
        self._api.push(self._plan(**{"example.com": a.MAIL20}))
        assert self._service.asks(a.STRANGER, "alice@example.com") == "250 2.1.5"
        assert self._service.asks(a.STRANGER, "nobody@example.com") == "550 5.1.1"

    def _others_are_kept(self) -> None:
        before = self._cached()
        kept = {recipient: verdict for recipient, verdict in before.items() if recipient.endswith("@example.com")}
        assert {"alice@example.com", "nobody@example.com"} <= set(kept), before
        self._api.push(self._plan(**{"example.com": a.MAIL20, "example.net": a.MAIL20}))
        after = self._cached()
        assert {recipient: after.get(recipient) for recipient in kept} == kept, (kept, after)

    def _other_server(self) -> None:
        assert self._service.asks(a.STRANGER, "carol@example.org") == "550 5.1.1"  # the other server knows her
        document = self._plan(**{"example.com": a.MAIL20, "example.net": a.MAIL20})
        self._api.push(document | {"internal_server": route(a.MAIL21)})
        assert "carol@example.org" not in self._cached() and "alice@example.com" in self._cached(), self._cached()
        assert self._service.asks(a.STRANGER, "carol@example.org") == "250 2.1.5"

    def _undone(self) -> None:
        """The wrong configuration is live for the moment of its proof, which fails."""
        before = self._api.get("/configuration").document
        self._service.gateway.stop_service()
        self._service.restart("after-prove:fail")
        answer = self._api.put(self._plan(**{"example.com": a.MAIL21, "example.net": a.MAIL21}))
        assert answer.problem == (500, "mta-refused"), answer
        assert self._api.get("/configuration").document == before
        assert self._service.asks(a.STRANGER, "dave@example.net") == "250 2.1.5"
        assert self._service.asks(a.STRANGER, "alice@example.com") == "250 2.1.5"

    def _international(self) -> None:
        wrong, right = (self._plan(**{"пример.рф": host}) for host in (a.MAIL20, a.MAIL21))
        recipients = ("оля@пример.рф", "olya@xn--e1afmkfd.xn--p1ai")
        self._service.gateway.stop_service()
        self._service.restart()
        self._api.push(wrong)
        assert [self._service.asks(a.STRANGER, recipient) for recipient in recipients] == ["550 5.1.1"] * 2
        self._api.push(right)
        assert [self._service.asks(a.STRANGER, recipient) for recipient in recipients] == ["250 2.1.5"] * 2


if __name__ == "__main__":
    sys.exit(run(VerdictTests().run, servers={"mail20", "mail21"}))

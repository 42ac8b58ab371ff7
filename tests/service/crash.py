#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ends posternd with SIGKILL at every step of an apply, and lets every step fail.

After a restart the configuration that is live is the old or the new one, as real SMTP shows, and the API says which.
When a step fails, the old one is live at once. The last line says how many cases there were.
"""

import http.client
import sys

from service_network import ServiceNetwork, a, plan, run
from practice.tap import Tap
from practice.waiting import wait_until

STEPS = ("adopt", "begin", "render", "check", "seal", "services", "parameters", "reload", "purge", "prove", "commit")
MOMENTS = [moment for step in STEPS for moment in (step, f"after-{step}")]
# From here on the new configuration is the current one.
COMMITTED = ("after-commit", "settle", "after-settle")

# What real SMTP tells of a configuration: a recipient in each of two domains, and two hosts that may relay or not.
QUESTIONS = ((a.STRANGER, "alice@example.com"), (a.STRANGER, "carol@example.org"),
             (a.MAIL20, "someone@elsewhere.test"), (a.MAIL21, "someone@elsewhere.test"))
ACCEPTED, DENIED = "250 2.1.5", "554 5.7.1"
FIRST = plan("example.com", trusted=(f"{a.MAIL20}/32",))
SECOND = plan("example.org", trusted=(f"{a.MAIL21}/32",))
ANSWERS = {"example.com": (ACCEPTED, DENIED, ACCEPTED, DENIED), "example.org": (DENIED, ACCEPTED, DENIED, ACCEPTED)}


class CrashTests:
    def run(self, tap: Tap, service: ServiceNetwork) -> None:
        self._service = service
        self._gateway = service.gateway
        self._api = service.api
        self._cases = self._survived = 0
        self._stock = {"main.cf": service.main_cf(), "master.cf": service.master_cf()}
        self._stock_answers = self._answers()
        for moment in MOMENTS:  # the last of them commits it, so there is no first push after that
            with tap.test(f"the first push, killed at {moment}"):
                self._count(self._killed_first_push, moment)
        self._settle()
        for moment in [*MOMENTS, *COMMITTED[1:], "prove:fail,put-back", "prove:fail,restoring", "check:fail"]:
            with tap.test(f"a push, killed at {moment}"):
                self._count(self._killed_push, moment)
        for moment in MOMENTS[:-1]:
            with tap.test(f"a push whose step {moment} fails"):
                self._count(self._failing_push, moment)
        with tap.test("killed while it converges at its start, it does so at the next one"):
            self._count(self._killed_twice)
        with tap.test("the state directory holds what is committed and nothing else"):
            self._tidy()
        tap.diagnose(f"crash matrix: {self._cases} cases, {self._survived} survived")

    def _count(self, case, *arguments: str) -> None:
        self._cases += 1
        case(*arguments)
        self._survived += 1

    def _answers(self) -> tuple[str, ...]:
        return tuple(self._service.asks(client, recipient) for client, recipient in QUESTIONS)

    def _put_and_die(self, document: dict, fault: str) -> None:
        """Pushes DOCUMENT to a posternd with FAULT, which ends it, or fails and is then killed."""
        self._gateway.stop_service()
        self._service.restart(fault)
        try:
            answer = self._api.put(document)
        except (OSError, http.client.HTTPException):
            wait_until(self._gateway._ended, "the end of posternd")  # pylint: disable=protected-access
        else:
            assert fault == "check:fail" and answer.problem == (500, "mta-refused"), answer
            self._gateway.kill_service()
        self._service.restart()

    def _killed_first_push(self, moment: str) -> None:
        self._put_and_die(FIRST, moment)
        if moment in COMMITTED:
            assert self._api.read_revision() == 1
            assert self._answers() == ANSWERS["example.com"]
            return
        assert self._api.read_revision() == 0
        assert self._answers() == self._stock_answers
        assert self._service.main_cf() == self._stock["main.cf"]
        assert self._service.master_cf() == self._stock["master.cf"]
        assert not (self._service.state / "adopted").exists()

    def _settle(self) -> None:
        self._api.read_revision()
        self._api.push(FIRST)

    def _killed_push(self, moment: str) -> None:
        before = self._api.read_revision()
        old = self._current()
        new = "example.org" if old == "example.com" else "example.com"
        self._put_and_die(SECOND if new == "example.org" else FIRST, moment)
        after = self._api.read_revision()
        assert after == before + (moment in COMMITTED), (before, after)
        live = self._current()
        assert live == (new if after > before else old), live
        assert self._answers() == ANSWERS[live], (live, self._answers())
        revisions = self._api.get("/revisions").document["revisions"]
        assert [entry["revision"] for entry in revisions if entry["current"]] == [after], revisions

    def _failing_push(self, moment: str) -> None:
        before = self._api.read_revision()
        old = self._current()
        self._gateway.stop_service()
        self._service.restart(f"{moment}:fail")
        answer = self._api.put(SECOND if old == "example.com" else FIRST)
        assert answer.problem == (500, "mta-refused"), answer
        assert self._answers() == ANSWERS[old], (old, self._answers())
        assert self._api.read_revision() == before and self._current() == old

    def _killed_twice(self) -> None:
        old = self._current()
        self._gateway.stop_service()
        self._service.restart("after-reload")
        try:
            self._api.put(SECOND if old == "example.com" else FIRST)
        except (OSError, http.client.HTTPException):
            pass
        wait_until(self._gateway._ended, "the end of posternd")  # pylint: disable=protected-access
        try:
            self._service.restart("restoring")
        except RuntimeError:
            pass
        self._service.restart()
        assert self._current() == old and self._answers() == ANSWERS[old]

    def _tidy(self) -> None:
        self._gateway.stop_service()
        self._service.restart()
        revisions = sorted(int(entry.name) for entry in (self._service.state / "revisions").iterdir())
        assert revisions[-1] == self._api.read_revision(), revisions
        known = {"revisions", "current", "tokens", "tokens.lock", "lock", "key.pem", "certificate.pem", "adopted",
                 "adopted.main.cf", "adopted.master.cf"}
        left = {entry.name for entry in self._service.state.iterdir()}
        assert left <= known, left - known

    def _current(self) -> str:
        """The one local domain of the configuration that the API says is the current one."""
        domains = self._api.get("/configuration").document["domains"]
        assert len(domains) == 1, domains
        return domains[0]["name"]


if __name__ == "__main__":
    sys.exit(run(CrashTests().run))

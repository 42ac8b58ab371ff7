#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The crash matrix of Rspamd's part in a push: posternd is killed at its steps, its steps fail, Rspamd ends or refuses.

One configuration rejects what scanning refuses, the other deletes it, so that each of a push's steps has something to do.
"""

import subprocess
import sys

from service_network import ServiceNetwork, a, run
from crash_matrix import PLANS, WAITING, CrashMatrix
from practice.sending import send
from practice.tap import Tap

# In the order in which they are passed. Those of Postfix alone have a matrix of their own (crash.py).
KILLED = ("check-scanner", "suspend", "after-suspend", "scanner", "scanner-link", "after-scanner-link", "after-scanner",
          "parameters", "after-reload", "after-prove", "resume", "after-resume", "after-prove-scanner", "after-commit",
          "prove:fail,put-scanner-back", "prove-scanner:fail,restoring-scanner")
FAILING = ("check-scanner", "scanner", "after-scanner", "prove", "resume", "after-resume", "commit")
RSPAMD_ENDS = ("suspend", "scanner", "resume", "prove-scanner")

# The file in local.d that an administrator spoils.
MISTAKE = "worker-normal.inc"


class CrashScanningTests:
    def run(self, tap: Tap, service: ServiceNetwork) -> None:
        self._matrix = matrix = CrashMatrix(tap, service)
        self._api = service.api
        self._rspamd = service.gateway.rspamd
        with tap.test("mail is scanned", essential=True):
            matrix.begin()
        for fault in KILLED:
            matrix.case(f"killed at {fault}", self._killed, fault)
        for step in FAILING:
            matrix.case(f"{step} fails", self._failing, step)
        for step in RSPAMD_ENDS:
            matrix.case(f"Rspamd ends at {step}", self._rspamd_ends, step)
        for old in PLANS:
            matrix.case(f"Rspamd refuses its configuration after {old}", self._rspamd_refuses, old)
        matrix.case("Rspamd does not start any more", self._rspamd_does_not_start)
        matrix.end()

    def _killed(self, fault: str) -> None:
        before, old = self._api.read_revision(), self._matrix.current()
        self._matrix.put_in_vain(fault)
        self._matrix.service.restart()
        self._matrix.is_old_or_new(before, old, new=fault == "after-commit")

    def _failing(self, step: str) -> None:
        before, old = self._api.read_revision(), self._matrix.current()
        document = self._other_plan()
        self._matrix.gateway.stop_service()
        self._matrix.service.restart(f"{step}:fail")
        answer = self._api.put(document)
        assert answer.problem == (500, "mta-refused"), answer
        self._matrix.is_old_or_new(before, old, new=False)

    def _other_plan(self) -> dict:
        return PLANS[self._matrix.other()]

    def _rspamd_ends(self, step: str) -> None:
        """What is live is the old configuration; the mail of the meantime was put off."""
        before, old = self._api.read_revision(), self._matrix.current()
        answer = self._matrix.put_while(step, self._rspamd.kill)
        assert answer.status == 500, answer
        self._rspamd.start()
        if answer.code == "mta-stuck":
            self._matrix.restart()
        self._matrix.is_old_or_new(before, old, new=False)

    def _rspamd_refuses(self, old: str) -> None:
        """An administrator's mistake that is made after Rspamd's own check: it stays with what it has.

        While its rules change nothing is deleted; only a reload lets it begin again, so that what deletes is in between.
        """
        if self._matrix.current() != old:
            self._matrix.restart()
            self._api.push(PLANS[old])
        before, deletes = self._api.read_revision(), PLANS[old]["rejected_mail"] == "delete"
        answer = self._matrix.put_while("scanner", self._make_mistake)
        assert answer.problem == (500, "mta-stuck" if deletes else "mta-refused"), answer
        assert MISTAKE in answer.document["detail"], answer.document
        assert answer.document["title"].startswith("Rspamd" if deletes else "The mail server"), answer.document
        if not deletes:
            self._matrix.is_old_or_new(before, old, new=False)
        self._mend_mistake()
        if deletes:
            self._matrix.restart()
        self._matrix.is_old_or_new(before, old, new=False)

    def _rspamd_does_not_start(self) -> None:
        """posternd serves and says so; nothing is taken unscanned, and a push is refused."""
        before, old = self._api.read_revision(), self._matrix.current()
        self._rspamd.kill()
        self._make_mistake()
        done = subprocess.run(["rspamd", "--no-fork", f"--config={self._rspamd.configuration}/rspamd.conf",
                               *self._rspamd.variables()], capture_output=True, check=False, timeout=60)
        assert done.returncode != 0, done
        self._matrix.restart()
        assert self._api.get("").document["scanner"]["state"] == "stopped"
        attempt = send(a.STRANGER, "joe@stranger.test", f"dave@{WAITING}")
        assert str(attempt.reply).startswith("451 4.7.1"), attempt
        answer = self._api.put(self._other_plan())
        assert answer.status == 500 and self._api.read_revision() == before, answer
        assert MISTAKE in answer.document["detail"], answer.document
        self._mend_mistake()
        self._rspamd.start()
        self._matrix.is_old_or_new(before, old, new=False)

    def _make_mistake(self) -> None:
        (self._rspamd.configuration / "local.d" / MISTAKE).write_text("count = {{{\n")

    def _mend_mistake(self) -> None:
        (self._rspamd.configuration / "local.d" / MISTAKE).unlink()


if __name__ == "__main__":
    sys.exit(run(CrashScanningTests().run, scanning=True))

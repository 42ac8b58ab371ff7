#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The crash matrix of Rspamd's part in a push: posternd is killed at its steps, its steps fail, Rspamd ends.

One configuration rejects what scanning refuses, the other deletes it, so that each of a push's steps has something to do.
"""

import sys

from service_network import ServiceNetwork, run
from crash_matrix import PLANS, CrashMatrix
from practice.tap import Tap

# In the order in which they are passed. Those of Postfix alone have a matrix of their own (crash.py).
KILLED = ("check-scanner", "suspend", "after-suspend", "scanner", "scanner-link", "after-scanner-link", "after-scanner",
          "parameters", "after-reload", "after-prove", "resume", "after-resume", "after-prove-scanner", "after-commit",
          "prove:fail,put-scanner-back", "prove-scanner:fail,restoring-scanner")
FAILING = ("check-scanner", "scanner", "after-scanner", "prove", "resume", "after-resume", "commit")
RSPAMD_ENDS = ("suspend", "scanner", "resume", "prove-scanner")


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


if __name__ == "__main__":
    sys.exit(run(CrashScanningTests().run, scanning=True))

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The crash matrix of a world that fails while Rspamd's part of a push is done: a full disk, directories that cannot be
written, a Rspamd that refuses its configuration, does not reload or is gone.

Besides the two configurations there is what was there before posternd: only on the way from and to it are files in Rspamd's
own directory written.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable

from service_network import ServiceNetwork, run
from crash_faults import fill, make_read_only, make_small_disk, make_writable
from crash_matrix import UNMANAGED, CrashMatrix
from practice.tap import Tap

REJECTING, DELETING = "example.com", "example.org"

DISK, OWN, STATE = "the disk is full", "Rspamd's directory is read-only", "the state directory is read-only"
REFUSAL, HANG, END = "Rspamd refuses its configuration", "Rspamd does not reload", "Rspamd ends and does not start"
EVERYTHING = (DISK, OWN, STATE, REFUSAL, HANG, END)

# From where to where, at which steps the world fails, and how: as often as a run of all tests has time for. Each way passes
# other steps. With the argument `everywhere` everything is tried at each of them.
WAYS = {
    (REJECTING, DELETING): {
        "check-scanner": (STATE, END),
        "scanner": (DISK, OWN, REFUSAL),
        "after-scanner-link": (HANG, END),
        "resume": (DISK, STATE, REFUSAL, HANG),
        "prove-scanner": (REFUSAL, END),
    },
    (DELETING, REJECTING): {
        "suspend": (STATE, REFUSAL, HANG),
        "after-suspend": (DISK, STATE, END),
        "scanner-link": (REFUSAL, HANG),
        "commit": (STATE, END),
    },
    (REJECTING, UNMANAGED): {
        "scanner": (OWN, STATE, HANG, END),
        "scanner-hook-removal": (DISK, OWN, REFUSAL),
        "after-scanner": (DISK, OWN),
    },
    (UNMANAGED, REJECTING): {
        "open-scanner": (OWN, REFUSAL),
        "scanner": (DISK, OWN),
        "scanner-hook": (DISK, OWN, STATE, END),
        "scanner-link": (STATE, REFUSAL, HANG),
        "after-prove": (OWN, END),
    },
}

# The file in local.d that an administrator spoils.
MISTAKE = "worker-normal.inc"


class CrashRspamdTests:
    def run(self, tap: Tap, service: ServiceNetwork) -> None:
        self._matrix = matrix = CrashMatrix(tap, service)
        self._service = service
        self._rspamd = service.gateway.rspamd
        self._ballast = service.network.directory / "gateway" / "ballast"
        with tap.test("a push", essential=True):
            matrix.begin()
        for (old, new), steps in WAYS.items():
            with tap.test(f"{old} is live", essential=True):
                self._return_to(old)
            for step, some in steps.items():
                for fault in EVERYTHING if "everywhere" in sys.argv else some:
                    matrix.case(f"from {old} to {new}: {fault} at {step}", self._disturb, old, new, step, *self._fault(fault))
        matrix.end()

    def _fault(self, name: str) -> tuple[Callable[[], None], Callable[[], None]]:
        """What brings it about, and what mends it."""
        own, state = self._rspamd.configuration, self._service.state
        return {
            DISK: (lambda: fill(self._ballast), self._ballast.unlink),
            OWN: (lambda: make_read_only(own), lambda: make_writable(own)),
            STATE: (lambda: make_read_only(state), lambda: make_writable(state)),
            REFUSAL: (self._make_mistake, self._mend_mistake),
            HANG: (self._stop_main, self._wake_main),
            END: (self._end_for_good, self._start_again),
        }[name]

    def _return_to(self, name: str) -> None:
        if self._matrix.current() != name:
            answer = self._matrix.put(name)
            assert answer.status == 200, answer

    def _disturb(self, old: str, new: str, step: str, break_it: Callable[[], None], mend_it: Callable[[], None]) -> None:
        """The push may succeed in spite of it. If it does not, the old configuration is live at once, or the answer says that it
        is not, and a restart makes it so."""
        self._return_to(old)
        before = self._matrix.api.read_revision()
        answer = self._matrix.put_while(step, break_it, new)
        mend_it()
        assert answer.status in (200, 500, 503), answer
        if answer.code == "mta-stuck":
            self._matrix.restart()
        self._matrix.is_old_or_new(before, old, new=answer.status == 200)

    def _make_mistake(self) -> None:
        (self._rspamd.configuration / "local.d" / MISTAKE).write_text("count = {{{\n")

    def _mend_mistake(self) -> None:
        (self._rspamd.configuration / "local.d" / MISTAKE).unlink()

    def _stop_main(self) -> None:
        """Its workers go on, as they do while it reads a configuration for ages. posternd gives up at once: that it would wait
        for a time, and what comes then, is the same for it."""
        self._matrix.faults.write_text("scanner-wait:fail")
        os.kill(self._rspamd.pid, signal.SIGSTOP)

    def _wake_main(self) -> None:
        os.kill(self._rspamd.pid, signal.SIGCONT)

    def _end_for_good(self) -> None:
        self._rspamd.kill()
        self._make_mistake()

    def _start_again(self) -> None:
        done = subprocess.run(["rspamd", "--no-fork", f"--config={self._rspamd.configuration}/rspamd.conf",
                               *self._rspamd.variables()], capture_output=True, check=False, timeout=60)
        assert done.returncode != 0, done
        self._mend_mistake()
        self._rspamd.start()


if __name__ == "__main__":
    sys.exit(run(CrashRspamdTests().run, scanning=True, prepare=make_small_disk, settings={"defer_transports": "smtp, relay"}))

# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes test results in the Test Anything Protocol, as meson reads it (`protocol: 'tap'`)."""

import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Skip(Exception):
    """Raised inside a test that cannot run here; the text says why."""


class Tap:
    """One test script's results. End with `sys.exit (tap.done ())`."""

    def __init__(self, on_failure: Callable[[], str] | None = None):
        """ON_FAILURE, if given, tells what to add to a failed test's diagnostics: the ends of logs, say."""
        self.on_failure = on_failure
        self._count = 0
        self._failures = 0
        self._group: list[str] = []

    @contextmanager
    def group(self, name: str) -> Iterator[None]:
        """Puts NAME before the names of the tests inside. meson knows no subtests."""
        self._group.append(name)
        try:
            yield
        finally:
            self._group.pop()

    @contextmanager
    def test(self, name: str, *, essential: bool = False) -> Iterator[None]:
        """A test: passed when the block ends, failed by an exception, skipped by Skip.

        When an essential one fails, those after it have nothing to stand on: the script ends.
        """
        start = time.monotonic()
        try:
            yield
        except Skip as reason:
            self._result("ok", name, f" # SKIP {reason}")
        except Exception as error:  # a failure of whatever kind is this test's result, and the next one runs
            self._failures += 1
            self._result("not ok", name)
            self.diagnose("".join(traceback.format_exception(error)))
            if self.on_failure is not None:
                self.diagnose(self.on_failure())
            if essential:
                print(f"Bail out! {name}", flush=True)
                sys.exit(1)
        else:
            self._result("ok", name)
        self.diagnose(f"{time.monotonic() - start:.2f} s")

    def diagnose(self, text: str) -> None:
        """Says something that is no result."""
        for line in text.splitlines():
            print(f"# {line}", flush=True)

    def done(self) -> int:
        """Writes the plan; the exit status for the script."""
        print(f"1..{self._count}", flush=True)
        return 1 if self._failures else 0

    def _result(self, verdict: str, name: str, directive: str = "") -> None:
        self._count += 1
        full_name = ": ".join([*self._group, name]).replace("#", "no. ")
        print(f"{verdict} {self._count} - {full_name}{directive}", flush=True)


def skip_all(reason: str) -> None:
    """Says that this script cannot run here, and ends it."""
    print(f"1..0 # SKIP {reason}", flush=True)
    sys.exit(0)


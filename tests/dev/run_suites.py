#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that run-suites counts what happened: a project of programs that end in every way, run with the real meson."""

import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from practice.tap import Tap

# Name of the program: its suite, its protocol, what it does, and how it has to be counted (passed, failed, skipped).
PROGRAMS = {
    "good": ("unit", "tap", "echo 1..2; echo ok 1 - one; echo ok 2 - two", (2, 0, 0)),
    "bad": ("unit", "tap", "echo 1..2; echo not ok 1 - one; echo ok 2 - two; exit 1", (1, 1, 0)),
    "skips": ("unit", "tap", "echo 1..2; echo ok 1 - one '# SKIP no such server'; echo ok 2 - two", (1, 0, 1)),
    "crash": ("broken", "tap", "echo 1..3; echo ok 1 - one; kill -SEGV $$", (1, 1, 0)),
    "crash-late": ("broken", "tap", "echo 1..1; echo ok 1 - one; kill -SEGV $$", (1, 1, 0)),
    "short-plan": ("broken", "tap", "echo 1..3; echo ok 1 - one; echo ok 2 - two", (2, 1, 0)),
    "bail-out": ("broken", "tap", "echo 1..3; echo ok 1 - one; echo 'Bail out!  no more'", (1, 1, 0)),
    "silent": ("broken", "tap", "exit 0", (0, 1, 0)),
    "endless": ("broken", "tap", "echo 1..2; echo ok 1 - one; exec sleep 60", (1, 1, 0)),
    "skips-all": ("data", "tap", "echo '1..0 # SKIP not on this machine'", (0, 0, 1)),
    "plain-good": ("data", "exitcode", "echo 'differential: not a line of a report'", (1, 0, 0)),
    "plain-bad": ("data", "exitcode", "echo what went wrong >&2; exit 3", (0, 1, 0)),
    "plain-skip": ("data", "exitcode", "echo not installed; exit 77", (0, 0, 1)),
    "talker": ("broken", "tap", "echo 1..1; echo not ok 1 - one; echo '# the cause'; seq -f '# %g' 2000", (0, 1, 0)),
    "matrix": ("mail", "tap", "echo '# fault matrix: 640 cases, 0 wrong claims'; echo ok 1; echo 1..1", (1, 0, 0)),
    "only-skip": ("screenshots", "tap", "echo '1..0 # SKIP nothing to do'", (0, 0, 1)),
    "fuzzer": ("fuzz", "tap", "echo \"# fuzz: ${POSTERN_FUZZ_SECONDS:-few} seconds\"; echo ok 1; echo 1..1", (1, 0, 0)),
}


def make_project(place: Path) -> Path:
    """A project whose tests are PROGRAMS, configured; returns its build directory."""
    lines = ["project('sample')"]
    for name, (suite, protocol, script, _) in PROGRAMS.items():
        program = place / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        lines.append(f"test('{name}', files('{name}'), suite: '{suite}', protocol: '{protocol}', timeout: 2)")
    (place / "meson.build").write_text("\n".join(lines) + "\n")
    subprocess.run(["meson", "setup", "build"], cwd=place, check=True, capture_output=True)
    return place / "build"


def run_suites(build: Path, *suites: str) -> subprocess.CompletedProcess:
    command = [str(TESTS / "run-suites"), str(build), *suites]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def counts(*suites: str) -> str:
    """The line that run-suites must print for these suites."""
    counted = [count for suite, _, _, count in PROGRAMS.values() if suite in suites]
    passed, failed, skipped = (sum(column) for column in zip(*counted))
    return f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else "")


def check_everything(tap: Tap, build: Path) -> None:
    done = run_suites(build)
    lines = done.stdout.splitlines()
    suites = list(dict.fromkeys(suite for suite, _, _, _ in PROGRAMS.values()))

    with tap.test("the last line has the total of all suites, alone"):
        assert lines[-1] == counts(*suites), lines[-1]
    with tap.test("a failure is an exit status of 1"):
        assert done.returncode == 1, done.returncode
    for suite in suites:
        with tap.test(f"suite {suite} has its own line"):
            assert any(line.startswith(f"{suite}:") and f" {counts(suite)} (" in line for line in lines), done.stdout
    for name, (_, _, _, (_, failed, skipped)) in PROGRAMS.items():
        with tap.test(f"{name} is named for what failed or was skipped, and only for that"):
            assert sum(line.startswith("failed: ") and f" / {name}:" in line for line in lines) == failed, done.stdout
            assert sum(line.startswith("skipped: ") and f" / {name}:" in line for line in lines) == skipped, done.stdout
    with tap.test("a skip says why"):
        for reason in ("no such server", "not installed", "not on this machine"):
            assert any(line.startswith("skipped: ") and reason in line for line in lines), reason
    with tap.test("the output of what failed is shown"):
        assert "what went wrong" in lines
        assert "not ok 1 - one" in lines
    with tap.test("of a long output the cause and the end are shown"):
        assert "# the cause" in lines and "# 2000" in lines
        assert "# 1000" not in lines
    with tap.test("the lines of matrices are repeated, and no others"):
        assert "fault matrix: 640 cases, 0 wrong claims" in lines
        assert "fuzz: few seconds" in lines
        assert not any(line.startswith("differential") for line in lines)


def check_choice(tap: Tap, build: Path) -> None:
    with tap.test("one suite runs alone, and passes"):
        done = run_suites(build, "mail")
        assert done.stdout.splitlines()[-1] == "1 passed, 0 failed", done.stdout
        assert done.returncode == 0
    with tap.test("who asks for fuzzing alone gets more of it"):
        assert "fuzz: 60 seconds" in run_suites(build, "fuzz").stdout.splitlines()
    with tap.test("nothing but skips is not a success"):
        done = run_suites(build, "screenshots")
        assert done.stdout.splitlines()[-1] == "0 passed, 0 failed, 1 skipped", done.stdout
        assert done.returncode == 1
    with tap.test("an unknown suite is refused, and the known ones are named"):
        done = run_suites(build, "nonsense")
        assert done.returncode == 2
        assert "nonsense" in done.stderr and "unit mail screenshots data fuzz broken" in done.stderr, done.stderr
        assert not done.stdout


def main() -> int:
    tap = Tap()
    with tempfile.TemporaryDirectory() as place:
        build = make_project(Path(place))
        check_everything(tap, build)
        check_choice(tap, build)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

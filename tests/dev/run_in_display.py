#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that run-in-display gives a command a display and directories of its own, and leaves nothing behind."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from practice.tap import Tap, skip_all

TOOL = str(TESTS / "run-in-display")
DIRECTORIES = ("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


def run(*command: str, **variables: str) -> subprocess.CompletedProcess:
    environment = {**os.environ, **variables}
    return subprocess.run([TOOL, *command], env=environment, capture_output=True, text=True, check=False)


def variables_inside(**variables: str) -> dict[str, str]:
    done = run("env", "-0", **variables)
    return dict(entry.split("=", 1) for entry in done.stdout.split("\0") if entry)


def check_isolation(tap: Tap) -> None:
    bus = "unix:path=/nowhere"
    inside = variables_inside(WAYLAND_DISPLAY="wayland-9", DISPLAY=":99999", DBUS_SESSION_BUS_ADDRESS=bus)
    with tap.test("every directory is the command's own, and gone afterwards"):
        for name in DIRECTORIES:
            assert inside[name] != os.environ.get(name), name
            assert not Path(inside[name]).exists(), name
    with tap.test("no display and no bus of the caller is seen"):
        assert "WAYLAND_DISPLAY" not in inside
        assert inside["DISPLAY"] != ":99999"
        assert inside["DBUS_SESSION_BUS_ADDRESS"] != bus
    with tap.test("home is empty at the start"):
        assert run("sh", "-c", 'ls -A "$HOME" "$XDG_STATE_HOME" "$XDG_DATA_HOME" | grep -v :').stdout.strip() == ""
    with tap.test("what is set on purpose stays"):
        assert variables_inside(GSETTINGS_BACKEND="keyfile")["GSETTINGS_BACKEND"] == "keyfile"


def check_display(tap: Tap) -> None:
    with tap.test("the display works and has the size that was asked for"):
        done = run("--size", "360x640", "xdpyinfo")
        assert "dimensions:    360x640 pixels" in done.stdout, done.stdout + done.stderr
    with tap.test("two at once have different displays"):
        nested = run("sh", "-c", 'echo "$DISPLAY"; exec "$0" sh -c \'echo "$DISPLAY"\'', TOOL).stdout.split()
        assert len(nested) == 2 and nested[0] != nested[1], nested
    with tap.test("the server ends with the command"):
        number = variables_inside()["DISPLAY"].lstrip(":")
        assert not Path(f"/tmp/.X11-unix/X{number}").exists()


def check_status(tap: Tap) -> None:
    for status in (0, 1, 77):
        with tap.test(f"exit status {status} is passed on"):
            assert run("sh", "-c", f"exit {status}").returncode == status
    with tap.test("no command is a misuse"):
        assert run().returncode == 2


def main() -> int:
    missing = [program for program in ("Xvfb", "dbus-run-session", "xdpyinfo") if shutil.which(program) is None]
    if missing:
        skip_all(f"{' '.join(missing)}: not installed")
    tap = Tap()
    check_isolation(tap)
    check_display(tap)
    check_status(tap)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

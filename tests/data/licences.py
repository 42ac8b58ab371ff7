#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Licences: every file has one, and the README names every library that Postern is built with."""

import re
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "practice"))

from tap import Tap  # noqa: E402


def check_reuse() -> None:
    done = subprocess.run(["reuse", "--root", TOP, "lint", "--quiet"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = subprocess.run(["reuse", "--root", TOP, "lint", "--lines"], capture_output=True, text=True, check=False)
        raise AssertionError(said.stdout)


def built_with() -> set[str]:
    """The libraries that the build looks for, by their pkg-config names."""
    found = set()
    for file in [TOP / "meson.build", *(TOP / "src").rglob("meson.build")]:
        found |= set(re.findall(r"\bdependency\('([^']+)'", file.read_text()))
    assert len(found) > 8, found
    return found


def listed() -> dict[str, str]:
    """The README's table of libraries: pkg-config name to licence."""
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", (TOP / "README.md").read_text(), re.MULTILINE)
    return {name: licence for names, _, licence in rows for name in re.findall(r"`([^`]+)`", names)}


def check_libraries() -> None:
    table = listed()
    missing = built_with() - table.keys()
    assert not missing, f"the README does not name {sorted(missing)}"
    for name in built_with():
        assert re.search(r"LGPL|GPL|MIT|BSD", table[name]), f"{name} has no licence in the README"


def main() -> int:
    tap = Tap()
    with tap.test("every file names its licence and its copyright"):
        check_reuse()
    with tap.test("the README names every library that Postern is built with"):
        check_libraries()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

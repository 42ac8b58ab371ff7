#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the same sources twice, in two places and at two times, as a packager does: everything that is installed is the same."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "practice"))

from tap import Tap  # noqa: E402

BUILD = Path(os.environ["POSTERN_BUILD_DIR"])

# With what a debugger is told, because that is where a place would show; without optimising, which only costs time.
OPTIONS = ("--prefix=/usr", "--buildtype=plain", "-Dc_args=-g", "-Dtests=false")


def run(*command: str | Path) -> None:
    environment = {name: text for name, text in os.environ.items() if name not in ("G_DEBUG", "MALLOC_CHECK_")}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert done.returncode == 0, f"{command[0]} ended with status {done.returncode}:\n{done.stdout[-3000:]}"


def build(place: Path) -> Path:
    """Builds a copy of the sources in PLACE; where what is to be installed lies then."""
    shutil.copytree(TOP, place, ignore=lambda directory, names: {"build", ".git"} & set(names) if directory == str(TOP) else {"__pycache__"})
    run("meson", "setup", *OPTIONS, place / "build", place)
    run("ninja", "-C", place / "build")
    run("meson", "install", "-C", place / "build", "--no-rebuild", "--quiet", "--destdir", place / "installed")
    return place / "installed"


def contents(tree: Path) -> dict[str, str]:
    return {str(path.relative_to(tree)): hashlib.sha256(path.read_bytes()).hexdigest() for path in tree.rglob("*") if path.is_file()}


def check_same(one: Path, other: Path) -> None:
    first, second = contents(one), contents(other)
    assert len(first) > 30, f"only {len(first)} files are installed"
    differing = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
    assert not differing, "these differ: " + " ".join(differing)


def check_no_trace(tree: Path, place: Path) -> None:
    found = [str(path.relative_to(tree)) for path in tree.rglob("*") if path.is_file() and str(place).encode() in path.read_bytes()]
    assert not found, "these know where they were built: " + " ".join(found)


def main() -> int:
    tap = Tap()
    with tempfile.TemporaryDirectory(dir=BUILD, prefix="reproducible-") as directory:
        one, other = Path(directory, "one"), Path(directory, "another", "place")
        with tap.test("two builds of the same sources are the same, file by file"):
            check_same(build(one), build(other))
        with tap.test("nothing that is installed knows where it was built"):
            check_no_trace(one / "installed", Path(directory))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures programs side by side, and prints the ratios with what they may be at most."""

import os
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

ROUNDS = 5


@dataclass(frozen=True)
class Usage:
    """What one run of a program took."""

    seconds: float
    processor_seconds: float
    output: bytes


def run(*command: object, **environment: str) -> Usage:
    """Runs a program to its end, which must be a good one."""
    read_end, write_end = os.pipe()
    start = time.perf_counter()
    process = subprocess.Popen([*map(str, command)], stdout=write_end, env=os.environ | environment)
    os.close(write_end)
    with open(read_end, "rb") as pipe:
        output = pipe.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with status {process.returncode}")
    return Usage(seconds, usage.ru_utime + usage.ru_stime, output)


def side_by_side(*programs, rounds: int = ROUNDS) -> list[float]:
    """The best time of each of the functions, which return seconds, run in turn: so that what else the machine does
    meets all of them."""
    times = [[program() for program in programs] for _ in range(rounds)]
    return [min(column) for column in zip(*times)]


def wall(*command: object, **environment: str):
    """A function for side_by_side(): a program's time from start to end."""
    return lambda: run(*command, **environment).seconds


def processor(*command: object):
    """A function for side_by_side(): the processor's time for a program, which what else the machine does leaves alone."""
    return lambda: run(*command).processor_seconds


def told(*command: object):
    """A function for side_by_side(): the seconds that a program prints."""
    return lambda: float(run(*command).output)


@dataclass
class Report:
    """The figures of a run."""

    build: Path
    inputs: Path
    over: list[str] = field(default_factory=list)
    count: int = 0

    def program(self, name: str) -> Path:
        """A program of this directory."""
        return self.build / "tests" / "bench" / f"bench-{name}"

    def ratio(self, name: str, ours: float, theirs: float, most: float, what: str) -> None:
        """Prints a ratio that may be @most at most."""
        ratio = ours / theirs
        good = ratio <= most
        self.count += 1
        if not good:
            self.over.append(name)
        print(f"{name + ':':24}{ratio:6.2f} × (at most {most:g}){'' if good else '  OVER'}   {what}", flush=True)

    def growth(self, name: str, small: float, large: float, most: float = 12, what: str = "10 × the input") -> None:
        """Prints how much more a larger input takes."""
        self.ratio(f"{name} growth", large, small, most, f"{seconds(small)} → {seconds(large)}, {what}")

    def skip(self, name: str, why: str) -> None:
        """Prints what cannot be measured here."""
        print(f"{name + ':':24}skipped: {why}", flush=True)


def seconds(value: float) -> str:
    """A time for a person."""
    for unit, size in (("ns", 1e-9), ("µs", 1e-6), ("ms", 1e-3)):
        if value < 1000 * size:
            return f"{value / size:.0f} {unit}" if unit == "ns" else f"{value / size:.1f} {unit}"
    return f"{value:.2f} s"

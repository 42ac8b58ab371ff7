# SPDX-License-Identifier: GPL-3.0-or-later
"""Benchmarks of the wizard's window."""

import json
import os
import subprocess
import sys
from pathlib import Path

from measure import side_by_side

HERE = Path(__file__).resolve().parent
ROUNDS = 21


def on_a_display(*command, build):
    """What a command prints that runs on a display of its own."""
    environment = dict(os.environ, GSETTINGS_SCHEMA_DIR=str(build / "data"), LC_ALL="C.UTF-8")
    return subprocess.run([HERE.parent / "run-in-display", *map(str, command)], env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, check=True).stdout


def first_frame(report):
    """The first frame and the memory, compared with an empty window."""
    output = on_a_display(sys.executable, HERE / "first_frame.py", ROUNDS, report.build / "tests/bench/libfirst-frame.so",
                          report.build / "src/wizard/postern", report.program("empty-window"), build=report.build)
    ours, empty = json.loads(output)
    report.ratio("first-frame", ours["median"], empty["median"], 1.15,
                 f"{ours['median'] * 1000:.0f} ms; an empty window {empty['median'] * 1000:.0f} ms (median of {ROUNDS})")
    report.ratio("window-memory", ours["memory"], empty["memory"], 1.2,
                 f"{ours['memory']:.0f} MiB; an empty window {empty['memory']:.0f} MiB")


def list_frames(report):
    """Scrolling and searching in 100,000 domains: no frame much later than with 100."""
    for what in ("scroll", "search"):
        def latest(count, what=what):
            return lambda: float(on_a_display(report.program("list-frames"), what, count, build=report.build))

        many, few = side_by_side(latest(100_000), latest(100))
        report.ratio(f"{what}-100000-domains", many, few, 2,
                     f"latest frame {many * 1000:.1f} ms; of 100 domains {few * 1000:.1f} ms")


BENCHES = {"first-frame": first_frame, "list-frames": list_frames}

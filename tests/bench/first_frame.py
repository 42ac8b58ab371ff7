#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts programs in turn on the display it runs on; prints what each took to its first frame, and its memory, as JSON.

Usage: first_frame.py ROUNDS PRELOAD PROGRAM…
"""

import json
import os
import statistics
import subprocess
import sys
import time


def start_once(preload, program):
    """Microseconds to the first frame, and KiB of memory."""
    environment = dict(os.environ, LD_PRELOAD=preload, POSTERN_BENCH_START=str(time.monotonic_ns() // 1000))
    output = subprocess.run([program], env=environment, stdout=subprocess.PIPE, timeout=120, check=True).stdout
    return [int(word) for word in output.split()[-2:]]


def main():
    rounds, preload, programs = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
    figures = {program: [] for program in programs}
    for turn in range(rounds + 1):
        for program in programs:
            figure = start_once(preload, program)
            if turn > 0:  # the first time, everything is read from the disk
                figures[program].append(figure)
    print(json.dumps([{"median": statistics.median(column) / 1e6, "best": min(column) / 1e6,
                       "memory": statistics.median(memory) / 1024}
                      for column, memory in (zip(*figures[program]) for program in programs)]))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that a practice network ends with its script, even when the script is killed, and that two do not meet.

Without an argument this is the test; with the argument `world` it is the script that gets killed.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from practice import namespace
from practice.network import PracticeNetwork
from practice.tap import Tap, skip_all
from practice.waiting import wait_until


def be_a_world() -> None:
    try:
        namespace.enter()
    except namespace.NamespaceUnavailable as reason:
        print(reason, flush=True)
        return
    PracticeNetwork(servers={"outside", "edge", "mail20"}).start()
    print("started", flush=True)
    sys.stdin.read()


def start_world() -> subprocess.Popen:
    world = subprocess.Popen([sys.executable, __file__, "world"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             text=True)
    if (said := world.stdout.readline().strip()) != "started":
        skip_all(said)
    return world


def descendants(pid: int) -> list[int]:
    """The processes that PID and its children have started, those among them whose parent is gone included."""
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return children + [other for child in children for other in descendants(child)]


def alive(pids: list[int]) -> list[int]:
    return [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def main() -> int:
    tap = Tap()
    first, second = start_world(), start_world()
    seen = list(namespace.WORLD.glob("world-*"))
    with tap.test("two networks run side by side, and nothing of them is seen outside"):
        assert not seen
        assert len(descendants(first.pid)) > 10 and len(descendants(second.pid)) > 10
    for world, number in ((first, signal.SIGKILL), (second, signal.SIGTERM)):
        with tap.test(f"after {number.name} no process is left"):
            processes = descendants(world.pid)
            os.kill(world.pid, number)
            world.wait()
            wait_until(lambda: not alive(processes), f"the end of {len(processes)} processes", 10)
    return tap.done()


if __name__ == "__main__":
    sys.exit(be_a_world() if sys.argv[1:] == ["world"] else main())

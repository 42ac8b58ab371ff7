#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The crash matrix of a world that fails in the middle of a push: a full disk, directories that cannot be written, a Postfix
that ends, refuses its configuration or hangs. The change happens while posternd waits at a step."""

import os
import subprocess
import sys
from pathlib import Path

from service_network import ServiceNetwork, run
from crash_matrix import CrashMatrix
from practice.files import replace_text
from practice.namespace import WORLD
from practice.network import PracticeNetwork
from practice.tap import Tap

STEPS = ("adopt", "begin", "render", "seal", "check", "services", "parameters", "reload", "purge", "prove", "commit")
# Steps at which Postfix is needed, or has something to take over.
POSTFIX_STEPS = ("check", "parameters", "reload", "prove")
# Rspamd keeps compiled expressions there of every configuration it has had, and Postfix wants room for a message.
DISK_MEGABYTES = 160


def make_small_disk(network: PracticeNetwork) -> None:
    """Everything that the gateway has, its queue and configuration as well, is on a disk of its own."""
    disk = network.directory / "gateway"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"mode=0755,size={DISK_MEGABYTES}m", "small", str(disk)], check=True)


class CrashFaultTests:
    def run(self, tap: Tap, service: ServiceNetwork) -> None:
        self._matrix = matrix = CrashMatrix(tap, service)
        self._service = service
        self._api = service.api
        self._disk = service.network.directory / "gateway"
        with tap.test("a push", essential=True):
            matrix.begin()
        for step in STEPS:
            matrix.case(f"the disk is full at {step}", self._full_disk, step)
        for name, directory in {"state directory": service.state, "Postfix's": service.postfix.configuration}.items():
            for step in STEPS:
                matrix.case(f"{name} becomes read-only at {step}", self._read_only, step, directory)
        for step in POSTFIX_STEPS:
            matrix.case(f"Postfix ends at {step}", self._postfix_ends, step)
        matrix.case("Postfix cannot start with its own configuration", self._postfix_refuses)
        matrix.case("postfix reload hangs once", self._reload_hangs, False)
        matrix.case("postfix reload hangs for good", self._reload_hangs, True)
        matrix.end()

    def _full_disk(self, step: str) -> None:
        ballast = self._disk / "ballast"
        self._disturb(step, lambda: fill(ballast), ballast.unlink)

    def _read_only(self, step: str, directory: Path) -> None:
        self._disturb(step, lambda: make_read_only(directory), lambda: make_writable(directory))

    def _disturb(self, step: str, change, repair) -> None:
        """The push may succeed in spite of it; if it does not, the old configuration is live, or a restart makes it so."""
        before, old = self._api.read_revision(), self._matrix.current()
        answer = self._matrix.put_while(step, change)
        repair()
        assert answer.status in (200, 500), answer
        if answer.status == 500 and answer.code == "mta-stuck":
            self._matrix.restart()
        self._matrix.is_old_or_new(before, old, new=answer.status == 200)

    def _postfix_ends(self, step: str) -> None:
        before, old = self._api.read_revision(), self._matrix.current()
        answer = self._matrix.put_while(step, self._service.postfix.stop)
        assert answer.status == 500, answer
        self._service.postfix.start()
        self._matrix.restart()
        self._matrix.is_old_or_new(before, old, new=False)

    def _postfix_refuses(self) -> None:
        """Somebody breaks master.cf while a push is on its way to the reload, and Postfix is gone as well."""
        before, old = self._api.read_revision(), self._matrix.current()
        master_cf = self._service.postfix.configuration / "master.cf"

        def break_it() -> None:
            self._service.postfix.stop()
            replace_text(master_cf, master_cf.read_text() + "broken inet\n")

        answer = self._matrix.put_while("reload", break_it)
        assert answer.status == 500, answer
        replace_text(master_cf, master_cf.read_text().replace("broken inet\n", ""))
        self._service.postfix.start()
        self._matrix.restart()
        self._matrix.is_old_or_new(before, old, new=False)

    def _reload_hangs(self, for_good: bool) -> None:
        """What hangs is ended after its time; a Postfix that cannot be reached is the truth that is told."""
        before, old = self._api.read_revision(), self._matrix.current()
        program = "/usr/sbin/postfix"
        script = WORLD / "hanging-postfix"
        real = WORLD / "real-postfix"
        if not real.exists():
            real.write_bytes(Path(program).read_bytes())
            real.chmod(0o755)
        flag = WORLD / "has-hung"
        flag.unlink(missing_ok=True)
        again = "" if for_good else f"[ ! -e {flag} ] && "
        script.write_text(f'#!/bin/sh\ncase "$*" in\n*reload*) {again}{{ : >{flag}; exec sleep 600; }} ;;\nesac\nexec {real} "$@"\n')
        script.chmod(0o755)
        answer = self._matrix.put_while("reload", lambda: _run("mount", "--bind", str(script), program))
        _run("umount", program)
        assert answer.problem == (500, "mta-stuck" if for_good else "mta-refused"), answer
        if for_good:
            self._matrix.restart()
        self._matrix.is_old_or_new(before, old, new=False)


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


def fill(ballast: Path) -> None:
    """Writes until the disk takes no byte more."""
    with open(ballast, "wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                pass


def make_writable(directory: Path) -> None:
    """Postfix may have tables open in what covers it: that goes when nobody needs it any more."""
    _run("umount", "--lazy", str(directory))


def make_read_only(directory: Path) -> None:
    """For whoever names it from now on; who has a file open can still write to that."""
    _run("mount", "--bind", str(directory), str(directory))
    _run("mount", "-o", "remount,bind,ro", str(directory))


if __name__ == "__main__":
    assert os.path.exists("/usr/sbin/postfix")
    sys.exit(run(CrashFaultTests().run, prepare=make_small_disk))

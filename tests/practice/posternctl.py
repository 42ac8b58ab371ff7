# SPDX-License-Identifier: GPL-3.0-or-later
"""posternctl, told about the practice network's gateway."""

import itertools
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .gateway import Gateway
from .namespace import WORLD

_HOMES = ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")


@dataclass(frozen=True)
class Run:
    """One run of posternctl: exit status, the JSON document on its standard output if there is one, all it said."""
    status: int
    document: object
    stdout: str
    stderr: str

    def __str__(self) -> str:
        return f"posternctl ended with status {self.status}:\n{self.stdout}{self.stderr}"


class Posternctl:
    """Runs posternctl from a build directory against GATEWAY, with a home directory of its own."""

    def __init__(self, build_directory: str | Path, gateway: Gateway):
        self._program = str(Path(build_directory) / "src" / "cli" / "posternctl")
        self.access = (gateway.url, "--token-file", str(gateway.token_file), "--pin", gateway.fingerprint)
        self._directory = WORLD / "posternctl"
        self._directory.mkdir(exist_ok=True)
        self._numbers = itertools.count(1)

    def push(self, plan: dict, *options: str) -> Run:
        """Brings the gateway to PLAN."""
        return self.run("push", str(self.write_plan(plan)), *self.access, "--yes", *options)

    def read(self) -> Run:
        """The gateway's configuration; it is the result's document."""
        return self.run("read", *self.access)

    def write_plan(self, plan: dict) -> Path:
        """A plan file for PLAN."""
        path = self._directory / f"{next(self._numbers)}.postern"
        path.write_text(json.dumps(plan, ensure_ascii=False))
        return path

    def run(self, *arguments: str) -> Run:
        home = {name: str(self._directory) for name in _HOMES}
        done = subprocess.run([self._program, *arguments, "--json"], env=os.environ | home, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, check=False)
        try:
            document = json.loads(done.stdout)
        except ValueError:
            document = None
        return Run(done.returncode, document, done.stdout, done.stderr)

# SPDX-License-Identifier: GPL-3.0-or-later
"""A test server and posternctl as its client."""

import json
import os
import subprocess
import tempfile
from pathlib import Path

from pmg_server import PASSWORD, Server

POSTERNCTL = Path(os.environ.get("POSTERN_BUILD_DIR", ".")) / "src/cli/posternctl"

EMPTY = {"postern": 1, "scenario": "direct", "domains": [], "internal_server": None, "edge_gateway": None,
         "trusted_networks": [], "recipient_verification": "off", "use_spf": True, "use_dmarc": False,
         "sender_authentication": False, "check_sender_before_edge": False, "rejected_mail": "reject"}


def route(host: str, port: int = 25, mx: bool = False) -> dict:
    return {"host": host, "port": port, "mx": mx}


def domain(name: str, local: bool = True, to: "dict | str | None" = None) -> dict:
    record = {"name": name, "local": local}
    if to is not None:
        record["route"] = to
    return record


def plan(**members) -> dict:
    return {name: value for name, value in {**EMPTY, **members}.items() if value is not None}


class Run:
    """What one run of posternctl has left."""

    def __init__(self, process: subprocess.CompletedProcess):
        self.code = process.returncode
        self.errors = process.stderr
        self.text = process.stdout
        assert PASSWORD not in process.stdout + process.stderr, "the password was printed"
        assert "PMG:" not in process.stdout + process.stderr, "a ticket was printed"

    @property
    def document(self) -> dict:
        return json.loads(self.text)

    def __str__(self) -> str:
        return f"exit {self.code}\n{self.text}\n{self.errors}"


class World:
    def __init__(self, **options):
        self._directory = tempfile.TemporaryDirectory()
        self.path = Path(self._directory.name)
        self.server = Server(self.path, **options)
        self.password_file = self.path / "password"
        self.password_file.write_text(PASSWORD + "\n")
        self.password_file.chmod(0o600)

    def __enter__(self) -> "World":
        return self

    def __exit__(self, *unused) -> None:
        self.server.close()
        self._directory.cleanup()

    @property
    def state(self):
        return self.server.state

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "LC_ALL": "C.UTF-8", "GIO_USE_PROXY_RESOLVER": "dummy",
                "XDG_STATE_HOME": str(self.path / "state"), "GSETTINGS_BACKEND": "memory"}

    def command(self, *words: str, user: str = "ann@pmg", before: tuple = ()) -> list[str]:
        return [str(word) for word in (POSTERNCTL, words[0], "--user", user, "--password-file", self.password_file, "--pin",
                                       self.server.fingerprint, *words[1:])]

    def run(self, *words: str, user: str = "ann@pmg") -> Run:
        return Run(subprocess.run(self.command(*words, user=user), capture_output=True, text=True, env=self.environment,
                                  stdin=subprocess.DEVNULL, timeout=110))

    def save(self, wanted: dict) -> Path:
        file = self.path / "wanted.postern"
        file.write_text(json.dumps(wanted))
        return file

    def push(self, wanted: dict, user: str = "ann@pmg") -> Run:
        return self.run("push", "--yes", "--json", self.save(wanted), self.server.url, user=user)

    def read(self) -> dict:
        run = self.run("read", self.server.url)
        assert run.code == 0, run
        return run.document

    def diff(self, wanted: dict) -> Run:
        return self.run("diff", self.save(wanted), self.server.url)

    def assert_well_behaved(self) -> None:
        assert self.server.violations == [], self.server.violations
        assert self.state.stale() == [], f"stale maps: {self.state.stale()}"

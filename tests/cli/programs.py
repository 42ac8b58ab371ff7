# SPDX-License-Identifier: GPL-3.0-or-later
"""posternctl, and a posternd that practises, for the tests of the command line."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

BUILD = Path(os.environ["POSTERN_BUILD_DIR"])
POSTERNCTL = str(BUILD / "src" / "cli" / "posternctl")
POSTERND = str(BUILD / "src" / "service" / "posternd")
_STATE = tempfile.TemporaryDirectory(prefix="posternctl-state-")
ENVIRONMENT = os.environ | {"LC_ALL": "C.UTF-8", "LANGUAGE": "", "GIO_USE_PROXY_RESOLVER": "dummy",
                            "XDG_STATE_HOME": _STATE.name}


@dataclass(frozen=True)
class Run:
    """One run of posternctl."""
    status: int
    stdout: str
    stderr: str

    @property
    def document(self) -> dict:
        """The one JSON document on standard output."""
        return json.loads(self.stdout)


def posternctl(*arguments: object, stdin: str | bytes | None = None, **environment: str) -> Run:
    """Runs posternctl without a terminal."""
    if isinstance(stdin, str):
        stdin = stdin.encode()
    done = subprocess.run([POSTERNCTL, *map(str, arguments)], input=stdin if stdin is not None else b"", capture_output=True,
                          env=ENVIRONMENT | environment, timeout=60, check=False)
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


def example_plan(**members: object) -> dict:
    """A plan without findings that are errors."""
    return {
        "postern": 1,
        "scenario": "direct",
        "domains": [{"name": "example.com", "local": True}],
        "internal_server": {"host": "10.0.0.20", "port": 25, "mx": False},
        "trusted_networks": ["10.0.0.20/32"],
    } | members


class Plans:
    """Plan files in a directory that goes away."""

    def __init__(self) -> None:
        self._directory = tempfile.TemporaryDirectory(prefix="posternctl-")
        self.path = Path(self._directory.name)
        self._count = 0

    def write(self, plan: object) -> Path:
        """A plan file; a text or bytes are written as they are."""
        self._count += 1
        path = self.path / f"{self._count}.postern"
        if isinstance(plan, bytes):
            path.write_bytes(plan)
        else:
            path.write_text(plan if isinstance(plan, str) else json.dumps(plan, ensure_ascii=False), encoding="utf-8")
        return path


class PracticeService:
    """posternd --practice on a free port of 127.0.0.1."""

    def __init__(self) -> None:
        self._directory = tempfile.TemporaryDirectory(prefix="posternd-")
        self.path = Path(self._directory.name)
        self._process = subprocess.Popen(
            [POSTERND, "--practice", "--listen", "127.0.0.1:0", "--state-dir", str(self.path / "state")],
            stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)
        self.url = self._wait_for_url()
        self.fingerprint = self.command("fingerprint")

    def _wait_for_url(self) -> str:
        for line in self._process.stderr:
            found = re.match(r"Listening on (https://\S+)", line)
            if found:
                return found[1]
        raise RuntimeError("posternd ended before it listened")

    def command(self, *words: str) -> str:
        """What a command of posternd prints."""
        return subprocess.run([POSTERND, *words, "--state-dir", str(self.path / "state")], stdout=subprocess.PIPE, text=True,
                              env=ENVIRONMENT, check=True).stdout.strip()

    def token_file(self, name: str, role: str = "write", mode: int = 0o600) -> Path:
        """A new token in a file."""
        path = self.path / f"{name}.token"
        path.write_text(self.command("token", "add", name, "--role", role) + "\n")
        path.chmod(mode)
        return path

    def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=20)
        self._process.stderr.close()

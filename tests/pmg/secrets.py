#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens, passwords and tickets are nowhere but where they belong: everything that runs of posternctl leave behind, and
what others can see of them while they run, is searched."""

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from urllib.parse import quote

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / name) for name in ("practice", "faults")]

from pmg_server import PASSWORD, Fault
from pmg_world import POSTERNCTL, World, domain, plan
from tap import Tap, skip_all
from targets import Service

WANTED = plan(domains=[domain("example.com"), domain("example.org")], trusted_networks=["10.0.0.0/24"])


class Searched:
    """A home directory, everything that was said, and what was seen of processes; and what must not be in them."""

    def __init__(self, secrets: list[str]):
        self._directory = tempfile.TemporaryDirectory(prefix="secrets-")
        self.home = Path(self._directory.name) / "home"
        self.home.mkdir()
        self.secrets = secrets
        self._seen: dict[str, bytes] = {}

    @property
    def environment(self) -> dict[str, str]:
        homes = {name: str(self.home / name) for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")}
        return {**os.environ, "HOME": str(self.home), **homes, "LC_ALL": "C.UTF-8", "GIO_USE_PROXY_RESOLVER": "dummy",
                "G_MESSAGES_DEBUG": "all", "G_DEBUG": "", "SOUP_DEBUG": "all"}

    def note(self, name: str, content: bytes) -> None:
        self._seen[f"{name} ({len(self._seen)})"] = content

    def look_at(self, process: subprocess.Popen) -> None:
        for name in ("cmdline", "environ"):
            try:
                self.note(f"/proc/PID/{name}", Path(f"/proc/{process.pid}/{name}").read_bytes())
            except PermissionError:
                assert name == "environ", "everybody may read a command line"

    def start(self, command: list[str]) -> subprocess.Popen:
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                                env=self.environment, cwd=self.home)

    def end(self, process: subprocess.Popen) -> tuple[int, str]:
        output, errors = process.communicate(timeout=120)
        self.note("standard output", output)
        self.note("standard error", errors)
        return process.returncode, (output + errors).decode()

    def run(self, command: list[str]) -> tuple[int, str]:
        return self.end(self.start(command))

    def assert_nothing_found(self) -> None:
        files = [file for file in self.home.rglob("*") if file.is_file()]
        for file in files:
            self.note(str(file), file.read_bytes())
        for secret in self.secrets:
            for form in {secret, quote(secret, safe=""), json.dumps(secret)[1:-1]}:
                found = [name for name, content in self._seen.items() if form.encode() in content]
                assert not found, f"a secret is in {found}"

    @property
    def files(self) -> list[str]:
        return sorted(str(file.relative_to(self.home)) for file in self.home.rglob("*") if file.is_file())


def proxmox(tap: Tap) -> None:
    with tap.test("Proxmox Mail Gateway: pushes that succeed, fail, are watched and are killed"), World(delay=0.1) as world:
        searched = Searched([PASSWORD])
        push = world.command("push", "--yes", "--json", world.save(WANTED), world.server.url)
        process = searched.start(push)
        looked = threading.Event()

        def before_request(server, at: int, request) -> None:
            if request.method != "GET" and not looked.is_set() and len(server.log) > 3:
                searched.look_at(process)
                looked.set()
        world.server.before_request = before_request
        status, said = searched.end(process)
        assert status == 0 and looked.is_set(), said
        # Wrong in every way that quotes something; the server says back what it was sent.
        for kind in ("wrong-type", "not-json", "wrong-shape", "truncated", "redirect"):
            for at in (1, 2, 9):
                world.server.faults[:] = [Fault(kind, world.server.requests + at)]
                searched.run(world.command("read", world.server.url))
        world.server.faults.clear()
        searched.run(world.command("read", world.server.url, user="nobody@pmg"))
        other = world.command("push", "--yes", "--json", world.save(plan(domains=[domain("new.test")])), world.server.url)

        def kill(server, at: int) -> None:
            if server.state.writes > writes + 1:
                process.kill()
                process.wait()
        writes = world.state.writes
        world.server.before_request = None
        process = searched.start(other)
        world.server.after_request = kill
        searched.end(process)
        world.server.after_request = None
        assert any(name.endswith(".journal") for name in searched.files), searched.files
        searched.secrets += list(world.server.tickets) + [csrf for _, csrf, _ in world.server.tickets.values()]
        searched.assert_nothing_found()
        status, said = searched.run(world.command("resume", "--undo", world.server.url))
        assert status == 0, said
        searched.secrets += list(world.server.tickets)
        searched.assert_nothing_found()


def postern(tap: Tap) -> None:
    service = Service()
    with tap.test("Gateway API: pushes, refusals and a wrong certificate"), tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        token = place / "token"
        token.write_text(service.token + "\n")
        token.chmod(0o600)
        file = place / "wanted.postern"
        file.write_text(json.dumps(WANTED))
        searched = Searched([service.token])
        url = f"https://127.0.0.1:{service.port}"
        _, said = searched.run([str(POSTERNCTL), "fingerprint", url])
        pin = re.search("sha256:[0-9a-f]{64}", said)[0]
        access = ["--token-file", str(token), "--pin", pin]
        for words in (["push", "--yes", str(file)], ["push", "--yes", "--json", str(file)], ["read"], ["diff", str(file)],
                      ["revisions", "--json"], ["verify", str(file)]):
            searched.run([str(POSTERNCTL), *words, url, *access])
        searched.run([str(POSTERNCTL), "read", url, "--token-file", str(token), "--pin", "sha256:" + "0" * 64])
        searched.run([str(POSTERNCTL), "read", url, "--token-file", str(token)])
        searched.run([str(POSTERNCTL), "restore", "--yes", url, "999", *access])
        searched.assert_nothing_found()
    service.stop()


def core_dumps(tap: Tap) -> None:
    with tap.test("a crash leaves no core dump with a password in it"), World(delay=0.5) as world:
        searched = Searched([PASSWORD])
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        process = searched.start(world.command("push", "--yes", world.save(WANTED), world.server.url))
        arrived = threading.Event()
        world.server.before_request = lambda server, at, request: arrived.set() if at > 17 else None
        assert arrived.wait(60)
        process.send_signal(signal.SIGABRT)
        status, _ = searched.end(process)
        assert status == -signal.SIGABRT, status
        assert not [name for name in searched.files if "core" in Path(name).name], searched.files
        searched.assert_nothing_found()


def main() -> int:
    if not (Path(os.environ["POSTERN_BUILD_DIR"]) / "src/service/posternd").exists() or shutil.which("openssl") is None:
        skip_all("posternd is not there")
    tap = Tap()
    for test in (proxmox, postern, core_dumps):
        test(tap)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

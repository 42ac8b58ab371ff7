#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""posternd as a service manager sees it: readiness, watchdog, reload, stopping, and what it writes into the journal."""

import hashlib
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
from pathlib import Path

from mail_journal import JOURNALD, start_journald
from service_network import ServiceNetwork, a, plan, run, trusting_context, wait_until
from practice.namespace import WORLD
from practice.tap import Tap

STATE = "/var/spool/managed"
PORT = 9443


class ManagerTests:
    def run(self, tap: Tap, service: ServiceNetwork) -> None:
        self._service = service
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(WORLD / "notify"))
        self._socket.settimeout(60)
        self._process = None
        with tap.test("READY when it listens, with its state in words"):
            self._ready()
        with tap.test("WATCHDOG as often as is asked for"):
            assert self._next("WATCHDOG=1") and self._next("WATCHDOG=1")
        with tap.test("SIGHUP: RELOADING with its time, then READY; a new certificate is served, a broken one is not"):
            self._reload()
        with tap.test("SIGTERM: STOPPING, and a good end"):
            self._stop()
        if JOURNALD.exists():
            with tap.test("the journal gets a field for every fact of a request, and no secret"):
                self._journal()

    def _start(self, *wrapper: str, **environment: str) -> None:
        command = [*wrapper, self._service.program, "--practice", "--verbose", "--state-dir", STATE, "--listen", f"{a.GATEWAY}:{PORT}"]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                         env=os.environ | {"NOTIFY_SOCKET": str(WORLD / "notify")} | environment)

    def _next(self, wanted: str) -> dict[str, str]:
        """The next notification with the line WANTED, as its fields."""
        while True:
            text = self._socket.recv(4096).decode()
            if wanted in text.split("\n"):
                return dict(line.partition("=")[::2] for line in text.split("\n"))

    def _certificate(self) -> str:
        with socket.create_connection((a.GATEWAY, PORT), 30) as channel:
            with trusting_context().wrap_socket(channel) as tls:
                return hashlib.sha256(tls.getpeercert(binary_form=True)).hexdigest()

    def _ready(self) -> None:
        # systemd gives its own number; without WATCHDOG_PID the time is for whoever reads it (sd_watchdog_enabled(3)).
        self._start(WATCHDOG_USEC="400000")
        assert "nothing has been pushed" in self._next("READY=1")["STATUS"]
        self._certificate()

    def _reload(self) -> None:
        before = self._certificate()
        other = Path(f"{STATE}-other")
        subprocess.run([self._service.program, "fingerprint", "--practice", "--state-dir", str(other)], check=True, capture_output=True)
        for name in ("key.pem", "certificate.pem"):
            shutil.copy(other / name, f"{STATE}/{name}")
        self._process.send_signal(signal.SIGHUP)
        assert int(self._next("RELOADING=1")["MONOTONIC_USEC"]) > 0
        self._next("READY=1")
        after = self._certificate()
        assert after != before
        Path(f"{STATE}/certificate.pem").write_text("broken")
        self._process.send_signal(signal.SIGHUP)
        self._next("RELOADING=1")
        self._next("READY=1")
        assert self._certificate() == after
        shutil.copy(other / "certificate.pem", f"{STATE}/certificate.pem")

    def _stop(self) -> None:
        self._process.terminate()
        self._next("STOPPING=1")
        assert self._process.wait(60) == 0

    def _journal(self) -> None:
        start_journald()
        token = subprocess.run([self._service.program, "token", "add", "journal", "--state-dir", STATE], check=True, capture_output=True,
                               text=True).stdout.strip()
        self._start("systemd-cat", "-t", "posternd")
        self._next("READY=1")
        secret = "a-secret-in-a-body.example"
        for method, path, body in (("GET", "/api/v1/revisions", None), ("PUT", "/api/v1/configuration", json.dumps(plan(secret)))):
            with socket.create_connection((a.GATEWAY, PORT), 30) as channel, trusting_context().wrap_socket(channel) as tls:
                lines = [f"{method} {path} HTTP/1.1", f"Host: {a.GATEWAY}", f"Authorization: Bearer {token}", 'If-Match: "0"',
                         "Content-Type: application/json", f"Content-Length: {len(body or '')}", "", body or ""]
                tls.sendall("\r\n".join(lines).encode())
                answer = self._read(tls)
        assert " 200 " in answer.splitlines()[0], answer
        identifier = next(line.split()[1] for line in answer.splitlines() if line.lower().startswith("x-request-id:"))
        entries = wait_until(lambda: self._entries(f"POSTERN_REQUEST={identifier}"), "the entry of the request", 60)
        entry = entries[0]
        assert entry["POSTERN_CLIENT"] == "journal" and entry["POSTERN_METHOD"] == "PUT", entry
        assert entry["POSTERN_PATH"] == "/api/v1/configuration" and entry["POSTERN_STATUS"] == "200", entry
        assert entry["POSTERN_ADDRESS"] == a.GATEWAY and float(entry["POSTERN_SECONDS"]) >= 0 and entry["PRIORITY"] == "6", entry
        everything = json.dumps(self._entries("SYSLOG_IDENTIFIER=posternd") + self._entries())
        assert token not in everything and secret not in everything
        self._process.terminate()
        assert self._process.wait(60) == 0

    def _read(self, tls: ssl.SSLSocket) -> str:
        answer = b""
        while chunk := tls.recv(4096):
            answer += chunk
        return answer.decode()

    def _entries(self, *matches: str) -> list[dict]:
        done = subprocess.run(["journalctl", "--no-pager", "-o", "json", *matches], capture_output=True, text=True, check=False)
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


if __name__ == "__main__":
    sys.exit(run(ManagerTests().run))

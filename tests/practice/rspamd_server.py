# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway's Rspamd: as Debian's package leaves it after installation, in directories of its own.

A start takes a second or two. The list of public suffixes is a short one: Rspamd compiles it into a pattern, and the real
one takes it ten seconds of work.
"""

import http.client
import json
import os
import shutil
import signal
import subprocess
from pathlib import Path

from . import addresses as a
from .waiting import wait_until

_INSTALLED = Path("/etc/rspamd")

# What would ask hosts that the practice network does not have, or judge what the tests do not mean to be judged.
_OFF = ("antivirus", "arc", "asn", "bayes_expiry", "bimi", "chartable", "dcc", "emails", "forged_recipients", "fuzzy_check",
        "gpt", "greylist", "hfilter", "history_redis", "known_senders", "maillist", "mime_types", "mx_check", "neural",
        "once_received", "p0f", "phishing", "ratelimit", "rbl", "regexp", "replies", "reputation", "url_redirector")


_SUFFIXES = ("com", "example", "invalid", "net", "org", "test", "рф")


class RspamdServer:
    """One Rspamd; milter at 127.0.0.1 port 11332, as Debian has it."""

    def __init__(self, directory: Path):
        self.configuration = directory / "etc"
        self.data = directory / "data"
        self.log = directory / "log" / "rspamd.log"
        self._directory = directory
        self._process: subprocess.Popen | None = None
        # By file name, what local.d has: an administrator's own settings may be put here before the start.
        self.local = {f"{module}.conf": "enabled = false;\n" for module in _OFF}
        self.local["options.inc"] = (f'disable_hyperscan = true; url_tld = "{directory}/suffixes";\n'
                                     f'control_socket = "{self.data}/rspamd.sock mode=0600";\n'
                                     f'dns {{ nameserver = ["{a.DNS}"]; timeout = 1s; retransmits = 2; }}\n')

    def start(self) -> None:
        """Starts Rspamd, for the first time or again, and returns when it takes messages."""
        if not self.configuration.exists():
            self._make_directories()
        with open(self._directory / "stderr", "ab") as errors:
            self._process = subprocess.Popen(
                ["rspamd", "--no-fork", "--user=_rspamd", "--group=_rspamd", f"--config={self.configuration}/rspamd.conf",
                 *self.variables()], stdin=subprocess.DEVNULL, stdout=errors, stderr=errors)
        wait_until(self._takes_messages, "Rspamd to take messages", 120)

    def stop(self) -> None:
        """Ends Rspamd and its workers."""
        if self._process is None:
            return
        workers = self.workers()
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(60)
        self._process = None
        wait_until(lambda: not any(_is_running(pid) for pid in workers), "the end of Rspamd's workers")

    def kill(self) -> None:
        """Ends Rspamd and its workers with SIGKILL, and returns when nobody takes messages any more."""
        workers = self.workers()
        for pid in (self._process.pid, *workers):
            os.kill(pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
        wait_until(lambda: not greets_milter(), "Rspamd to be gone")

    @property
    def pid(self) -> int:
        """The process id of its main process."""
        return self._process.pid

    def variables(self) -> list[str]:
        """What tells Rspamd's programs where everything of this one is."""
        places = {"CONFDIR": self.configuration, "LOCAL_CONFDIR": self.configuration, "DBDIR": self.data,
                  "RUNDIR": self._directory / "run", "LOGDIR": self.log.parent}
        return [f"--var={name}={path}" for name, path in places.items()]

    def workers(self) -> list[int]:
        """The process ids of its workers; none if it does not answer."""
        done = subprocess.run(["rspamadm", "control", "-s", f"{self.data}/rspamd.sock", "-j", "stat"], capture_output=True,
                              text=True, check=False)
        return [int(pid) for pid in json.loads(done.stdout)["workers"]] if done.returncode == 0 else []

    def scan(self, message: str) -> dict:
        """What Rspamd says of MESSAGE when it is asked by its own protocol, without Postfix."""
        connection = http.client.HTTPConnection("127.0.0.1", 11333, timeout=60)
        try:
            connection.request("POST", "/checkv2", message.encode())
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()

    def tail(self, count: int = 30) -> list[str]:
        """The last COUNT lines that say what became of a message, or what is wrong."""
        if not self.log.exists():
            return []
        lines = self.log.read_text(errors="replace").splitlines()
        return [line for line in lines if "rspamd_task_write_log" in line or "rror" in line][-count:]

    def _make_directories(self) -> None:
        shutil.copytree(_INSTALLED, self.configuration)
        for directory in (self.data, self.log.parent, self._directory / "run"):
            directory.mkdir(parents=True)
            shutil.chown(directory, "_rspamd", "_rspamd")
        (self._directory / "suffixes").write_text("\n".join(_SUFFIXES) + "\n")
        for name, text in self.local.items():
            (self.configuration / "local.d" / name).write_text(text)

    def _takes_messages(self) -> bool:
        if self._process.poll() is not None:
            raise RuntimeError(f"Rspamd ended with status {self._process.returncode}:\n"
                               + (self._directory / "stderr").read_text())
        return len(self.workers()) > 0 and greets_milter()


def greets_milter() -> bool:
    """Whether somebody listens where Debian's Rspamd takes messages."""
    import socket
    try:
        socket.create_connection(("127.0.0.1", 11332), timeout=5).close()
        return True
    except ConnectionRefusedError:
        return False


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mail log of a Postfix that logs to syslog, on a host where that is systemd's journal: a real journald takes it."""

import subprocess
import sys
from pathlib import Path

from service_network import ServiceNetwork, a, plan, run, wait_until
from practice.namespace import WORLD
from practice.tap import Tap, skip_all

JOURNALD = Path("/usr/lib/systemd/systemd-journald")
SOCKET = Path("/run/systemd/journal/dev-log")
MACHINE_ID = "0123456789abcdef0123456789abcdef"


def start_journald() -> None:
    """A journald for this namespace alone, with directories that nobody else sees."""
    for path in ("/run", "/var/log"):
        subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=0755", "journal", path], check=True)
    machine_id = WORLD / "machine-id"
    machine_id.write_text(MACHINE_ID + "\n")
    subprocess.run(["mount", "--bind", str(machine_id), "/etc/machine-id"], check=True)
    subprocess.Popen([str(JOURNALD)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until(SOCKET.exists, "journald")
    link = Path("/dev/log")
    link.unlink(missing_ok=True)
    link.symlink_to(SOCKET)


class MailJournalTests:
    def run(self, tap: Tap, service: ServiceNetwork) -> None:
        self._service = service
        self._api = service.api
        with tap.test("without a journal and without a file there is no log, and the answer says so"):
            self._nowhere()
        with tap.test("a Postfix without a log file logs to the journal, and there it is found"):
            self._found()
        with tap.test("a refusal and a delivery are told"):
            self._entries()
        with tap.test("a cursor leads on, also after a restart"):
            self._cursor()

    def _log_to_syslog(self) -> None:
        postfix = self._service.postfix
        postfix.stop()
        postfix.settings["maillog_file"] = ""
        postfix.start()

    def _nowhere(self) -> None:
        self._service.gateway.stop_service()
        self._log_to_syslog()
        self._service.restart()
        assert self._api.get("/mail-log").problem == (503, "mail-log-unavailable")

    def _found(self) -> None:
        start_journald()
        self._log_to_syslog()  # its programs have a socket of the journal only from their start
        document = wait_until(lambda: self._api.get("/mail-log").document.get("cursor"), "a log", 60)
        assert document and self._api.get("/mail-log").document["source"] == "journal"

    def _entries(self) -> None:
        self._api.push(plan("example.com"))
        self._start = self._api.get("/mail-log").document["cursor"]
        self._service.network.send(a.STRANGER, "joe@sender.test", "someone@elsewhere.test")
        assert self._service.network.send(a.OUTSIDE, "joe@sender.test", "bob@example.com").accepted
        entries = wait_until(lambda: self._after(self._start, 2), "both entries", 60)
        assert [(entry["to"], entry["verdict"], entry["code"]) for entry in entries] == \
            [("someone@elsewhere.test", "refused", "5.7.1"), ("bob@example.com", "delivered", "2.0.0")], entries

    def _after(self, cursor: str, count: int) -> list[dict] | None:
        page = self._api.get(f"/mail-log?after={cursor}").document
        assert not page["gap"], page
        return page["entries"] if len(page["entries"]) >= count else None

    def _cursor(self) -> None:
        first, second = self._after(self._start, 2)
        page = self._api.get(f"/mail-log?after={self._start}&limit=1").document
        assert page["entries"] == [first] and page["more"], page
        self._service.gateway.stop_service()
        self._service.restart()
        assert self._after(page["cursor"], 1) == [second]
        assert self._api.get("/mail-log").document["source"] == "journal"


if __name__ == "__main__":
    if not JOURNALD.exists():
        skip_all("there is no systemd-journald here")
    sys.exit(run(MailJournalTests().run, servers=frozenset({"mail20"})))

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an administrator has done makes Postfix refuse or spoil a configuration: the old one stays, and why is told."""

import os
import re
import socket
import subprocess
import sys

from service_network import ServiceNetwork, a, plan, route, run
from practice.files import replace_text
from practice.tap import Tap

PRIVATE_PORT = 10125
DISK = "2m"

# What an administrator may write behind the listener for the Internet in master.cf.
OVERRIDES = {
    "that puts off instead of refusing": "-o smtpd_relay_restrictions=permit_mynetworks,defer_unauth_destination",
    "that relays for everybody": "-o { smtpd_relay_restrictions = permit }",
    "that refuses everybody": "-o smtpd_client_restrictions=reject",
    "that trusts nobody": "-o mynetworks=127.0.0.0/8",
}


class RefusedTests:
    def run(self, tap: Tap, service: ServiceNetwork) -> None:
        self._service = service
        self._api = service.api
        self._postfix = service.postfix
        self._stock = service.main_cf(), service.master_cf()
        revisions = str(service.state / "revisions")
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "small", revisions], check=True)
        with tap.test("another program at the private port: refused before anything is touched"):
            self._occupied_port()
        with tap.test("another service at the private port in master.cf: refused, nothing touched"):
            self._foreign_service()
        with tap.test("after a failed first push main.cf and master.cf are what they were, to the byte"):
            self._failed_first_push()
        with tap.test("a push succeeds when the cause is gone"):
            self._api.push(plan("example.com"))
            self._old_is_live()
        for name, options in OVERRIDES.items():
            with tap.test(f"an override in master.cf {name}: the proof finds it"):
                self._override(options)
        with tap.test("a broken line in master.cf, which would end the master daemon at the next reload"):
            self._broken_master_cf()
        with tap.test("a full disk: the tables cannot be made"):
            self._full_disk()
        with tap.test("Postfix is stopped: a push says so and changes nothing"):
            self._stopped()
        with tap.test("a parameter of somebody else stays as it is, comments too"):
            self._others_stay()

    def _refused(self, document: dict) -> str:
        """A push of DOCUMENT must be refused by Postfix; what the answer says."""
        before = self._api.read_revision(), self._service.main_cf(), self._others()
        answer = self._api.put(document)
        assert answer.problem == (500, "mta-refused"), answer
        assert before == (self._api.read_revision(), self._service.main_cf(), self._others())
        return answer.document["detail"]

    def _others(self) -> str:
        """master.cf without posternd's listener, which is made anew by every push."""
        own = rf"^127\.0\.0\.1:{PRIVATE_PORT} .*\n(\s+.*\n)*"
        return re.sub(own, "", self._service.master_cf(), flags=re.MULTILINE)

    def _old_is_live(self) -> None:
        assert self._service.asks(a.STRANGER, "alice@example.com") == "250 2.1.5"
        assert self._service.asks(a.STRANGER, "carol@example.org") == "554 5.7.1"
        assert self._service.asks(a.MAIL20, "carol@example.org") == "250 2.1.5"

    def _occupied_port(self) -> None:
        with socket.create_server(("127.0.0.1", PRIVATE_PORT)):
            detail = self._refused(plan("example.com"))
        assert str(PRIVATE_PORT) in detail, detail
        assert (self._service.main_cf(), self._service.master_cf()) == self._stock

    def _foreign_service(self) -> None:
        line = f"127.0.0.1:{PRIVATE_PORT} inet n - n - - smtpd\n"
        with self._changed("master.cf", self._stock[1] + line):
            detail = self._refused(plan("example.com"))
        assert "master.cf" in detail, detail

    def _failed_first_push(self) -> None:
        public = "smtp      inet  n       -       y       -       -       smtpd"
        assert public in self._stock[1]
        spoiled = self._stock[1].replace(public, public + "\n  -o smtpd_client_restrictions=reject", 1)
        with self._changed("master.cf", spoiled):
            self._refused(plan("example.com"))
            assert self._service.main_cf() == self._stock[0] and self._service.master_cf() == spoiled
        self._service.reload_postfix()
        assert not (self._service.state / "adopted").exists()
        with socket.socket() as channel:
            assert channel.connect_ex(("127.0.0.1", PRIVATE_PORT)) != 0, "the private listener is still there"

    def _override(self, options: str) -> None:
        """An administrator's override of the public listener, written after the last push and not yet loaded."""
        master = self._service.master_cf()
        lines = master.splitlines()
        index = next(index for index, line in enumerate(lines) if line.startswith("smtp ") and " inet " in line)
        lines.insert(index + 1, f"  {options}")
        with self._changed("master.cf", "\n".join(lines) + "\n"):
            self._refused(plan("example.org"))
        self._service.reload_postfix()
        self._old_is_live()

    def _broken_master_cf(self) -> None:
        with self._changed("master.cf", self._service.master_cf() + "nonsense inet n\n"):
            self._refused(plan("example.org"))
        self._old_is_live()

    def _full_disk(self) -> None:
        """The first document has room on it and its tables have not; for the second one there is no room at all."""
        detail = self._refused(plan(*(f"domain{number}.example.org" for number in range(20000))))
        assert "disk full" in detail or "No space left" in detail, detail
        self._old_is_live()
        answer = self._api.put(plan(*(f"domain{number}.example.org" for number in range(60000))))
        assert answer.problem == (500, "storage-failed") and "No space left" in answer.document["detail"], answer
        self._old_is_live()

    def _stopped(self) -> None:
        self._postfix.stop()
        try:
            detail = self._refused(plan("example.org"))
            assert "not running" in detail, detail
            assert self._api.flow(a.STRANGER, "alice@example.com").problem == (503, "mta-unavailable")
        finally:
            self._postfix.start()
        self._old_is_live()
        self._api.push(plan("example.com", "example.org"))

    def _others_stay(self) -> None:
        main = self._service.main_cf()
        with self._changed("main.cf", "# A note of the administrator's.\n" + main):
            self._api.push(plan("example.com", server="10.0.0.21"))
            now = self._service.main_cf()
            assert now.startswith("# A note of the administrator's.\n") and "message_size_limit = 12345678" in now, now

    def _changed(self, name: str, text: str):
        return _Changed(self._postfix.configuration / name, text)


class _Changed:
    """A file that says TEXT for a while."""

    def __init__(self, path: os.PathLike, text: str):
        self._path = path
        self._text = text

    def __enter__(self) -> None:
        self._before = self._path.read_text()
        replace_text(self._path, self._text)

    def __exit__(self, *_) -> None:
        replace_text(self._path, self._before)


if __name__ == "__main__":
    sys.exit(run(RefusedTests().run, settings={"message_size_limit": "12345678"}))

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mail log: what became of real messages, over a cursor that outlives rotation and restarts, and as posternctl shows it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from service_network import ServiceNetwork, a, plan, route, run, wait_until
from practice.tap import Tap

POSTERNCTL = Path(os.environ["POSTERN_BUILD_DIR"]) / "src" / "cli" / "posternctl"
DEAD = {"name": "dead.test", "local": True, "route": route(a.STRANGER)}


class MailLogTests:
    def run(self, tap: Tap, service: ServiceNetwork) -> None:
        self._service = service
        self._api = service.api
        self._log = service.postfix.log
        document = plan("example.com", recipient_verification="reject-unverified")
        self._api.push(document | {"domains": [*document["domains"], DEAD]})
        self._start = self._cursor()
        with tap.test("a delivered message: when, from, to, next hop and what that said"):
            self._delivered()
        with tap.test("refused at the door: by whom and why, without a queue id"):
            self._refused()
        with tap.test("an unknown recipient is refused, and the probe that found it out is no mail"):
            self._unverified()
        with tap.test("a message whose next hop is not there is deferred"):
            self._deferred()
        with tap.test("a message that the next hop refuses is returned to its sender"):
            self._bounced()
        with tap.test("with a cursor come the entries after it and no others, page by page"):
            self._pages()
        with tap.test("a rotated log loses nothing and tells nothing twice"):
            self._rotation()
        with tap.test("a cursor is good after a restart"):
            self._restart()
        with tap.test("a cursor that nobody gave out: everything that is known, and that there is a gap"):
            self._foreign_cursor()
        with tap.test("a query that makes no sense is refused"):
            self._bad_queries()
        with tap.test("the service's own questions to Postfix are no mail"):
            self._own_questions()
        with tap.test("posternctl mail-log, for people and for programs"):
            self._command()
        with tap.test("posternctl mail-log --follow goes on with what comes, over a restart, until it is interrupted"):
            self._follow()
        with tap.test("a log that is not there is an answer"):
            self._missing()

    def _read(self, after: str | None = None, limit: int | None = None) -> dict:
        fields = {"after": after, "limit": limit}
        query = "&".join(f"{name}={value}" for name, value in fields.items() if value is not None)
        answer = self._api.get(f"/mail-log?{query}" if query else "/mail-log")
        assert answer.status == 200, answer
        return answer.document

    def _cursor(self) -> str:
        return self._read()["cursor"]

    def _wait(self, after: str, **wanted: str) -> dict:
        """The first entry after AFTER with the members WANTED, which may come yet."""
        def find() -> dict | None:
            for entry in self._read(after, 500)["entries"]:
                if all(entry[name] == value for name, value in wanted.items()):
                    return entry
            return None
        return wait_until(find, f"an entry with {wanted}", 60)

    def _send(self, recipient: str, source: str = a.MAIL20, sender: str = "alice@example.com") -> object:
        return self._service.network.send(source, sender, recipient)

    def _delivered(self) -> None:
        cursor = self._cursor()
        assert self._send("bob@example.com", a.OUTSIDE, "joe@sender.test").accepted
        entry = self._wait(cursor, to="bob@example.com", verdict="delivered")
        assert entry["from"] == "joe@sender.test" and entry["code"] == "2.0.0", entry
        assert entry["next_hop"] == f"{a.MAIL20}[{a.MAIL20}]:25" and entry["reply"].startswith("250 2.0.0 Ok"), entry
        assert entry["client"].endswith(f"[{a.OUTSIDE}]") and entry["queue_id"] in self._log.text(), entry

    def _refused(self) -> None:
        cursor = self._cursor()
        self._send("someone@elsewhere.test", a.STRANGER, "")
        entry = self._wait(cursor, to="someone@elsewhere.test")
        assert entry["verdict"] == "refused" and entry["code"] == "5.7.1" and entry["queue_id"] is None, entry
        assert entry["from"] == "" and entry["next_hop"] is None and f"[{a.STRANGER}]" in entry["client"], entry
        assert entry["reply"].startswith("554 5.7.1 ") and "Relay access denied" in entry["reply"], entry

    def _unverified(self) -> None:
        cursor = self._cursor()
        self._send("nobody@example.com", a.OUTSIDE, "joe@sender.test")
        entry = self._wait(cursor, to="nobody@example.com", verdict="refused")
        assert entry["code"] == "5.1.1", entry
        entries = self._read(cursor)["entries"]
        assert {entry["verdict"] for entry in entries} <= {"refused", "refused-for-now"}, entries
        assert self._log.count("status=undeliverable") > 0

    def _deferred(self) -> None:
        cursor = self._cursor()
        assert self._send("someone@dead.test").accepted
        entry = self._wait(cursor, to="someone@dead.test")
        assert entry["verdict"] == "deferred" and entry["code"].startswith("4.4."), entry
        assert "refused" in entry["reply"] and entry["next_hop"] is None, entry

    def _bounced(self) -> None:
        cursor = self._cursor()
        assert self._send("nobody@example.com").accepted
        entry = self._wait(cursor, to="nobody@example.com")
        assert entry["verdict"] == "bounced" and entry["code"] == "5.1.1", entry
        report = self._wait(cursor, to="alice@example.com", verdict="delivered")
        assert report["from"] == "", report

    def _pages(self) -> None:
        everything = self._read(self._start, 500)
        assert not everything["gap"] and not everything["more"] and len(everything["entries"]) >= 6, everything
        newest = self._read(limit=2)
        assert newest["entries"] == everything["entries"][-2:] and newest["cursor"] == everything["cursor"]
        cursor, entries = self._start, []
        while True:
            page = self._read(cursor, 2)
            assert not page["gap"] and page["more"] == (len(entries) + len(page["entries"]) < len(everything["entries"])), page
            entries += page["entries"]
            cursor = page["cursor"]
            if not page["more"]:
                break
        assert entries == everything["entries"] and cursor == everything["cursor"]
        times = [entry["time"] for entry in entries]
        assert times == sorted(times), times

    def _rotation(self) -> None:
        cursor = self._cursor()
        assert self._send("bob@example.com", sender="before@example.com").accepted
        self._wait(cursor, verdict="delivered", **{"from": "before@example.com"})
        assert self._send("bob@example.com", sender="unread@example.com").accepted
        self._log.wait_for("from=<unread@example.com>")
        self._log.path.rename(self._log.path.with_name("mail.log.1"))
        subprocess.run(["postfix", "-c", str(self._service.postfix.configuration), "reload"], check=True, capture_output=True)
        expected = ["before@example.com", "unread@example.com"]
        wait_until(lambda: self._deliver_one_more(cursor, expected) and self._log.path.exists(), "a new log")
        self._deliver_one_more(cursor, expected)
        page = self._read(cursor, 500)
        assert [entry["from"] for entry in page["entries"]] == expected and not page["gap"], page

    def _deliver_one_more(self, cursor: str, senders: list[str]) -> bool:
        """Sends a message from a new sender, sees it in the log, and adds the sender to SENDERS.

        After a reload Postfix goes on with the renamed log for a while, and makes the new one when it has something to
        write: which of the two has a message is up to Postfix, and must not matter.
        """
        senders.append(f"after{len(senders)}@example.com")
        assert self._send("bob@example.com", sender=senders[-1]).accepted
        self._wait(cursor, verdict="delivered", **{"from": senders[-1]})
        return True

    def _restart(self) -> None:
        cursor = self._cursor()
        before = self._read()["entries"][-1]
        self._service.gateway.stop_service()
        assert self._send("bob@example.com", sender="meanwhile@example.com").accepted
        self._log.wait_for("from=<meanwhile@example.com>")
        self._service.restart()
        entry = self._wait(cursor, verdict="delivered")
        page = self._read(cursor)
        assert entry["from"] == "meanwhile@example.com" and not page["gap"] and len(page["entries"]) == 1, (before, page)

    def _foreign_cursor(self) -> None:
        page = self._read("nobody.gave.this.out")
        assert page["gap"] and page["entries"] == self._read()["entries"], page

    def _bad_queries(self) -> None:
        for query in ("after=", "after=a%20b", f"after={'x' * 65}", "after=a/b", "limit=0", "limit=501", "limit=ten", "limit=-1",
                      "limit="):
            assert self._api.get(f"/mail-log?{query}").problem == (422, "invalid-query"), query
        assert self._api.get("/mail-log?other=1").status == 200
        assert self._api.get("/mail-log", token=None).problem == (401, "token-required")
        assert self._api.post("/mail-log", {}).problem == (405, "method-not-allowed")
        reader = self._service.add_token("log-reader", "read")
        assert self._api.get("/mail-log", token=reader).status == 200

    def _own_questions(self) -> None:
        cursor = self._cursor()
        assert self._api.flow(a.STRANGER, "someone@elsewhere.test").document["verdict"] == "refused"
        self._log.wait_for(r"postern-proof/smtpd\[\d+\]: NOQUEUE: reject: RCPT from \S+: 554 5.7.1 <someone@elsewhere")
        assert self._read(cursor)["entries"] == []

    def _posternctl(self, *arguments: str) -> list[str]:
        gateway = self._service.gateway
        return [str(POSTERNCTL), "mail-log", gateway.url, "--token-file", str(gateway.token_file), "--pin", gateway.fingerprint,
                *arguments]

    def _command(self) -> None:
        def ask(*arguments: str) -> str:
            return subprocess.run(self._posternctl(*arguments), capture_output=True, text=True, check=True, timeout=60).stdout

        entries = self._read()["entries"]
        shown = json.loads(ask("--json"))["entries"]
        assert [(entry["from"], entry["to"], entry["verdict"]) for entry in shown] == \
            [(entry["from"], entry["to"], entry["verdict"]) for entry in entries], shown
        lines = ask().splitlines()
        assert len(lines) == len(entries) and f"<meanwhile@example.com> → <bob@example.com>  {a.MAIL20}[" in lines[-1], lines
        assert "Delivered" in lines[-1] and lines[-1].endswith(f"({entries[-1]['queue_id']})"), lines[-1]

    def _follow(self) -> None:
        output = self._service.network.directory / "followed"
        errors = self._service.network.directory / "follow-errors"
        with open(output, "wb") as stdout, open(errors, "wb") as stderr:
            follower = subprocess.Popen(self._posternctl("--follow", "--json"), stdout=stdout, stderr=stderr)

        def senders() -> list[str]:
            complete = output.read_text().rpartition("\n")[0]
            return [json.loads(line)["from"] for line in complete.splitlines()]

        wait_until(senders, "the entries so far", 60)
        assert self._send("bob@example.com", sender="live@example.com").accepted
        wait_until(lambda: "live@example.com" in senders(), "a live entry", 60)
        self._service.gateway.stop_service()
        wait_until(lambda: "posternctl: " in errors.read_text(), "the follower to notice", 60)
        self._service.restart()
        assert self._send("bob@example.com", sender="again@example.com").accepted
        wait_until(lambda: "again@example.com" in senders(), "a live entry after the restart", 60)
        follower.send_signal(signal.SIGINT)
        assert follower.wait(30) == 0, errors.read_text()
        assert len([sender for sender in senders() if sender == "live@example.com"]) == 1, senders()

    def _missing(self) -> None:
        self._service.gateway.stop_service()
        self._service.gateway._arguments = ("--mail-log", "/var/spool/no-such.log")  # pylint: disable=protected-access
        self._service.restart()
        assert self._api.get("/mail-log").problem == (503, "mail-log-unavailable")
        done = subprocess.run(self._posternctl(), capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 1 and "/var/spool/no-such.log" in done.stderr, done


if __name__ == "__main__":
    sys.exit(run(MailLogTests().run, servers=frozenset({"mail20"})))

# SPDX-License-Identifier: GPL-3.0-or-later
"""What the crash matrices have in common: two configurations, faults in the middle of a push, and a judge.

After each fault the live configuration, as real SMTP shows, is the one that the API says, and that is the old or the new
one; a message that was accepted before is still there. What was there before posternd is a configuration as well.
"""

import http.client
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from service_network import ServiceNetwork, a, plan
from api_client import Answer
from practice.namespace import WORLD
from practice.sending import send
from practice.tap import Tap
from practice.waiting import wait_until

GTUBE = "XJS*C4JDBQADN1.NSBN3*2IDNEN*" + "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"

# What real SMTP tells of a configuration: a recipient in each of two domains, and two hosts that may relay or not.
QUESTIONS = ((a.STRANGER, "alice@example.com"), (a.STRANGER, "carol@example.org"),
             (a.MAIL20, "someone@elsewhere.test"), (a.MAIL21, "someone@elsewhere.test"))
ACCEPTED, DENIED = "250 2.1.5", "554 5.7.1"
ANSWERS = {"example.com": (ACCEPTED, DENIED, ACCEPTED, DENIED), "example.org": (DENIED, ACCEPTED, DENIED, ACCEPTED)}
USERS = {"example.com": "alice", "example.org": "carol"}

# Not a configuration of posternd: Postfix and Rspamd as they were before it.
UNMANAGED = "what was there before posternd"

# Mail for this domain is taken by both, and waits, because its server is not there.
WAITING = "example.net"

PLANS = {
    "example.com": plan("example.com", WAITING, trusted=(f"{a.MAIL20}/32",), rejected_mail="reject"),
    "example.org": plan("example.org", WAITING, trusted=(f"{a.MAIL21}/32",), rejected_mail="delete"),
}


class CrashMatrix:
    """Counts cases. Everything is about the configurations PLANS, named by the domain that only one of them has."""

    def __init__(self, tap: Tap, service: ServiceNetwork):
        self.service = service
        self.gateway = service.gateway
        self.api = service.api
        self._tap = tap
        self._cases = self._survived = 0
        self._waiting = ""
        self._stock_answers = self._answers()
        self.faults = WORLD / "faults"
        self._watching = 0

    def begin(self) -> None:
        """Makes the first configuration live, and has a message accepted that must survive all that comes."""
        self.api.read_revision()
        self.api.push(PLANS["example.com"])
        attempt = send(a.STRANGER, "joe@stranger.test", f"dave@{WAITING}")
        assert attempt.accepted, attempt
        self._waiting = attempt.reply.text.split()[-1]
        self.judge("example.com")

    def case(self, name: str, case: Callable[..., None], *arguments) -> None:
        self._cases += 1
        with self._tap.test(name):
            case(*arguments)
            self._survived += 1

    def end(self) -> None:
        self._tap.diagnose(f"crash matrix: {self._cases} cases, {self._survived} survived")

    def current(self) -> str:
        """The configuration that the API says is the current one."""
        names = [domain["name"] for domain in self.api.get("/configuration").document["domains"]]
        if not names:
            return UNMANAGED
        assert len(names) == 2 and names[1] == WAITING, names
        return names[0]

    def other(self) -> str:
        return next(name for name in PLANS if name != self.current())

    def judge(self, name: str) -> None:
        """Asserts that the live configuration is NAME, in everything that can be seen from outside."""
        answers = self._answers()
        assert answers == (self._stock_answers if name == UNMANAGED else ANSWERS[name]), (name, answers)
        if self.gateway.rspamd is not None:
            self._judge_scanning(name)
        queued = [message["queue_id"] for message in self.service.postfix.queued()]
        assert self._waiting in queued, (self._waiting, queued)

    def _answers(self) -> tuple[str, ...]:
        return tuple(self.service.asks(client, recipient) for client, recipient in QUESTIONS)

    def _judge_scanning(self, name: str) -> None:
        if name == UNMANAGED:
            self._judge_own_rspamd()
            return
        attempt = send(a.STRANGER, "joe@stranger.test", f"{USERS[name]}@{name}", body=GTUBE)
        if PLANS[name]["rejected_mail"] == "reject":
            assert attempt.stage == "data" and str(attempt.reply).startswith("554 5.7.1"), attempt
            return
        assert attempt.accepted, attempt
        queue_id = attempt.reply.text.split()[-1]
        self.service.postfix.log.wait_for(f"{queue_id}: milter-discard: END-OF-MESSAGE")

    def _judge_own_rspamd(self) -> None:
        """Rspamd has none of posternd's rules, even if somebody asks for them, and Postfix shows it nothing."""
        assert "POSTERN_MARK" not in self.gateway.rspamd.scan("X-Postern-Proof: 1\n\n")["symbols"]
        attempt = send("127.0.0.1", "joe@stranger.test", f"dave@{WAITING}", body=GTUBE)
        assert attempt.accepted, attempt
        self.service.postfix.delete(attempt.reply.text.split()[-1])

    def put_in_vain(self, fault: str) -> None:
        """Pushes the other configuration to a posternd that FAULT ends."""
        document = PLANS[self.other()]
        self.api.read_revision()
        self.gateway.stop_service()
        self.service.restart(fault)
        try:
            self.api.put(document)
        except (OSError, http.client.HTTPException):
            wait_until(self.gateway._ended, "the end of posternd")  # pylint: disable=protected-access
        else:
            self.gateway.kill_service()

    def put_while(self, step: str, change: Callable[[], None], new: str = "") -> Answer:
        """Pushes NEW, or the other configuration; at STEP, CHANGE is done to the world.

        What is in the file `faults` from then on are the faults of the rest of the push, see postern-test-fault.h.
        """
        name = new or self.other()
        if self._watching != self.gateway.service_pid:
            self.gateway.stop_service()
            self.service.restart(str(self.faults))
            self._watching = self.gateway.service_pid
        self.api.read_revision()
        self.faults.write_text(f"{step}:wait")
        with ThreadPoolExecutor(1) as pool:
            pushing = pool.submit(self.put, name)
            pid = self.gateway.service_pid
            wait_until(lambda: os.waitid(os.P_PID, pid, os.WSTOPPED | os.WNOHANG), f"posternd to wait at {step}", 120)
            self.faults.write_text("")
            try:
                change()
            finally:
                os.kill(pid, signal.SIGCONT)
            try:
                return pushing.result()
            finally:
                self.faults.write_text("")

    def put(self, name: str) -> Answer:
        """Makes NAME the live configuration, or tries to."""
        if name == UNMANAGED:
            return self.api.post("/revisions/0/restore", headers={"If-Match": f'"{self.api.revision}"'})
        return self.api.put(PLANS[name])

    def restart(self) -> None:
        self.gateway.stop_service()
        self.service.restart()

    def is_old_or_new(self, before: int, old: str, *, new: bool | None = None) -> None:
        """Asserts that the API and mail agree on OLD, of the revision BEFORE, or on what came after it. NEW: on which."""
        after, live = self.api.read_revision(), self.current()
        assert after in (before, before + 1), (before, after)
        assert (live != old) == (after > before), (live, after)
        assert new is None or new == (after > before), (before, after)
        self.judge(live)
        revisions = self.api.get("/revisions").document["revisions"]
        assert [entry["revision"] for entry in revisions if entry["current"]] == [after], revisions

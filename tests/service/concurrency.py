#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fifty clients push at once, others read, and mail keeps coming in: one push wins each round, nothing is mixed or lost."""

import collections
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from service_network import ServiceNetwork, a, plan, run
from practice.sending import send
from practice.tap import Tap
from practice.waiting import wait_until

PUSHERS = 50
ROUNDS = 5
PUSHES_IN_A_ROW = 100


class ConcurrencyTests:
    def run(self, tap: Tap, service: ServiceNetwork) -> None:
        self._service = service
        self._api = service.api
        self._api.push(self._plan(0, 0))
        winners = []
        for number in range(ROUNDS):
            with tap.test(f"round {number + 1}: of {PUSHERS} pushes with the same ETag exactly one wins"):
                winners.append(self._round(tap, number + 1))
        with tap.test("exactly the winners are revisions, each with its own configuration"):
            self._revisions(winners)
        with tap.test("a second push while one is running is told so"):
            self._busy()
        with tap.test(f"{PUSHES_IN_A_ROW} pushes in a row: no connection is refused, nobody reads half a configuration"):
            sent = self._mail_and_readers(tap)
        with tap.test("every message that was accepted meanwhile arrives, and arrives once"):
            self._arrivals(tap, sent)

    @staticmethod
    def _plan(round_number: int, pusher: int) -> dict:
        """A configuration whose parts all tell whose it is. example.com is local in each."""
        mark = f"round{round_number}-pusher{pusher}"
        names = ("example.com", f"{mark}.example.org", f"{mark}.example.net")
        return plan(*names, trusted=(f"10.{round_number}.{pusher}.0/24",))

    @staticmethod
    def _is_whole(document: dict) -> bool:
        marks = {domain["name"].partition(".")[0] for domain in document["domains"][1:]}
        network = document["trusted_networks"][0].split(".")
        return marks == {f"round{network[1]}-pusher{network[2]}"}

    def _round(self, tap: Tap, number: int) -> int:
        revision = self._api.read_revision()
        start = threading.Barrier(PUSHERS)

        def push(pusher: int):
            client = self._service.client()
            start.wait()
            return client.put(self._plan(number, pusher), revision=revision)

        with ThreadPoolExecutor(PUSHERS) as pool:
            answers = list(pool.map(push, range(PUSHERS)))
        tally = collections.Counter(answer.problem if answer.status != 200 else (200, "") for answer in answers)
        tap.diagnose(", ".join(f"{count} × {status} {code}".strip() for (status, code), count in sorted(tally.items())))
        winners = [pusher for pusher, answer in enumerate(answers) if answer.status == 200]
        assert len(winners) == 1, tally
        assert set(tally) <= {(200, ""), (409, "push-in-progress"), (412, "revision-changed")}, tally
        assert self._api.read_revision() == revision + 1
        document = self._api.get("/configuration").document
        assert document["domains"][1]["name"].startswith(f"round{number}-pusher{winners[0]}."), document
        assert self._is_whole(document)
        return winners[0]

    def _revisions(self, winners: list[int]) -> None:
        revisions = self._api.get("/revisions").document["revisions"]
        assert len(revisions) == 1 + ROUNDS, revisions
        for number, winner in enumerate(winners, 1):
            document = self._api.get(f"/revisions/{number + 1}").document["configuration"]
            assert document["domains"][1]["name"].startswith(f"round{number}-pusher{winner}."), (winner, document)

    def _busy(self) -> None:
        """The larger push is still being applied when the small one comes: the API says which of the two it was."""
        revision = self._api.read_revision()
        large = plan("example.com", *(f"domain{number}.example.org" for number in range(30000)))
        seen = set()
        with ThreadPoolExecutor(1) as pool:
            pushing = pool.submit(self._service.client().put, large, revision)
            while not pushing.done():
                answer = self._service.client().put(plan(trusted=()), revision=revision)
                seen.add(answer.code)
                answer = self._service.client().put(self._plan(9, 9), revision=revision)
                seen.add(answer.code)
                if answer.status == 200:
                    break
            first = pushing.result()
        assert first.status == 200 or answer.status == 200, (first, answer)
        assert (first.status == 200) != (answer.status == 200), (first, answer)
        assert "push-in-progress" in seen or first.code in ("push-in-progress", "revision-changed"), seen
        self._api.read_revision()

    def _mail_and_readers(self, tap: Tap) -> list[str]:
        """The ids of the messages that came in during the pushes."""
        done = threading.Event()
        with ThreadPoolExecutor(4) as pool:
            sending = [pool.submit(self._keep_sending, done, source) for source in (a.STRANGER, a.OUTSIDE)]
            reading = [pool.submit(self._keep_reading, done) for _ in range(2)]
            try:
                for number in range(PUSHES_IN_A_ROW):
                    self._api.push(self._plan(100, number))
            finally:
                done.set()
            read = sum(future.result() for future in reading)
            sent = [message for future in sending for message in future.result()]
        tap.diagnose(f"{len(sent)} messages sent, {read} configurations read")
        return sent

    def _keep_sending(self, done: threading.Event, source: str) -> list[str]:
        """New connections to the listener for the Internet: each must be greeted and its message accepted."""
        sent = []
        while not done.wait(0.03):
            attempt = send(source, "joe@sender.test", "alice@example.com")
            assert attempt.accepted, attempt
            sent.append(attempt.message_id)
        return sent

    def _arrivals(self, tap: Tap, sent: list[str]) -> None:
        mailbox = self._service.network.mail20.mailbox
        start = time.monotonic()
        wait_until(lambda: mailbox.count() >= len(sent), f"{len(sent)} messages", 120)
        arrived = collections.Counter(message.message_id for message in mailbox.messages())
        assert arrived == collections.Counter(sent), (set(sent) - set(arrived), [key for key in arrived if arrived[key] > 1])
        tap.diagnose(f"all {len(sent)} are there {time.monotonic() - start:.1f} s after the last push")

    def _keep_reading(self, done: threading.Event) -> int:
        client, read, last = self._service.client(), 0, 0
        while not done.wait(0.03):
            answer = client.get("/configuration")
            assert answer.status == 200, answer
            assert len(answer.document["domains"]) > 3 or self._is_whole(answer.document), answer
            revision = int(answer.headers["ETag"].strip('"'))
            assert revision >= last, (revision, last)
            read, last = read + 1, revision
        return read


if __name__ == "__main__":
    sys.exit(run(ConcurrencyTests().run, servers=frozenset({"mail20"})))

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twenty clients push at once, others read, and mail keeps coming in: one push wins each round, nothing is mixed."""

import collections
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from service_network import ServiceNetwork, a, plan, run
from practice.smtp_client import SmtpClient
from practice.tap import Tap

PUSHERS = 20
ROUNDS = 5
PUSHES_IN_A_ROW = 30


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
        with tap.test(f"mail comes in during {PUSHES_IN_A_ROW} pushes, and nobody ever reads half a configuration"):
            self._mail_and_readers(tap)

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

    def _mail_and_readers(self, tap: Tap) -> None:
        done = threading.Event()
        with ThreadPoolExecutor(4) as pool:
            sending = pool.submit(self._keep_asking, done)
            reading = [pool.submit(self._keep_reading, done) for _ in range(2)]
            try:
                for number in range(PUSHES_IN_A_ROW):
                    self._api.push(self._plan(100, number))
            finally:
                done.set()
            read = sum(future.result() for future in reading)
            tap.diagnose(f"{sending.result()} recipients asked for, {read} configurations read")

    def _keep_asking(self, done: threading.Event) -> int:
        """New connections to the listener for the Internet: each must be greeted and its recipient accepted."""
        asked = 0
        while not done.is_set():
            with SmtpClient(a.STRANGER) as client:
                replies = client.ehlo(), client.mail("joe@sender.test"), client.rcpt("alice@example.com")
                assert client.greeting.ok and all(reply.ok for reply in replies), replies
            asked += 1
        return asked

    def _keep_reading(self, done: threading.Event) -> int:
        client, read, last = self._service.client(), 0, 0
        while not done.is_set():
            answer = client.get("/configuration")
            assert answer.status == 200, answer
            assert len(answer.document["domains"]) > 3 or self._is_whole(answer.document), answer
            revision = int(answer.headers["ETag"].strip('"'))
            assert revision >= last, (revision, last)
            read, last = read + 1, revision
        return read


if __name__ == "__main__":
    sys.exit(run(ConcurrencyTests().run))

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks the service everything that data/gateway-api.yaml has, right and wrong, many thousand times.

    api_fuzz.py [--seed N] [--requests N] [--live N]

Each answer must be one that the document allows: status, headers, media type and schema; none may be a 5xx, except what is true
of a mail server. What the document's schemas do not allow must not be accepted. The mass goes to a service without a mail
server, which answers fast; the rest to one that carries mail. The numbers of a failure (seed and number) make the same request
again, not the same state.
"""

import argparse
import collections
import multiprocessing
import random
import re
import subprocess
import sys
import time
import traceback
import urllib.parse
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from service_network import Contract, ServiceNetwork, a, plan, run
from contract import ContractBroken
from random_requests import RandomRequests, Request
from raw_http import NotHttp, RawAnswer, RawClient
from practice.tap import Tap
from practice.waiting import wait_until

REQUESTS = 20_000
LIVE_REQUESTS = 1_500
PRACTICE_PORT = 9443
WORKERS = 3

# From here come tokens that are wrong: after ten of them the address has to wait for a minute.
GUESSER = a.STRANGER
MOST_FAILURES = 5

# RFC 9112, 3.2.1: what else a request line says need not be understood.
TARGET = re.compile(r"/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*(?:\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?")


@dataclass(frozen=True)
class Target:
    """A service to ask, and what it may answer beside the usual."""
    where: tuple[str, int]
    token: str
    reading_token: str
    true_failures: frozenset[str]
    """Codes of 5xx answers that are no fault of the service."""


@dataclass
class Outcome:
    """What came of some requests."""
    requests: int = 0
    seen: set[tuple[str, int]] = field(default_factory=set)
    statuses: collections.Counter = field(default_factory=collections.Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        self.requests += other.requests
        self.seen |= other.seen
        self.statuses += other.statuses
        self.failures += other.failures


class Judge:
    """Says whether an answer is one that the request may have."""

    def __init__(self, contract: Contract, true_failures: frozenset[str]):
        self._contract = contract
        self._true_failures = true_failures

    def judge(self, request: Request, answer: RawAnswer | None) -> None:
        """Raises ContractBroken if it is not."""
        fit = TARGET.fullmatch(request.target) is not None
        if not fit and (answer is None or (answer.status == 400 and not answer.body)):
            return
        if answer is None:
            raise ContractBroken("the connection ended without an answer")
        if answer.status == 417 and not answer.body and ("Expect", "nonsense") in request.headers:
            return
        if request.method == "HEAD":
            self._judge_head(answer)
            return
        if answer.status == 400 and "%" in request.target:
            self._contract.check("POST", "/api/v1/configuration/check", 400, answer.headers, answer.body)
            return
        self._contract.check(request.method, self._path(request), answer.status, answer.headers, answer.body)
        if answer.status >= 500 and not any(f'"{code}"'.encode() in answer.body for code in self._true_failures):
            raise ContractBroken(f"a failure without a cause: {answer.body[:500]}")
        self._judge_success(request, answer)

    def _path(self, request: Request) -> str:
        """What the request's target stands for, without dots (RFC 3986, 5.2.4) where these make sense."""
        path = request.target.partition("#")[0].partition("?")[0]
        plain = urllib.parse.unquote(path, errors="surrogateescape")
        return _without_dots(plain) if "/." in plain else path

    @staticmethod
    def _judge_head(answer: RawAnswer) -> None:
        if answer.body or answer.status not in (404, 405, 431, 400):
            raise ContractBroken(f"HEAD is answered with {answer.status} and {len(answer.body)} octets")

    def _judge_success(self, request: Request, answer: RawAnswer) -> None:
        """What does not fit its schema must not succeed."""
        if answer.status < 300 and request.document is not None and request.method == request.meant_for:
            if not self._contract.fits(request.schema, request.document):
                raise ContractBroken(f"accepted: {request.document}")


def _without_dots(path: str) -> str:
    kept = []
    for part in path.split("/")[1:]:
        if part == "..":
            kept = kept[:-1]
        elif part != ".":
            kept.append(part)
    return "/" + "/".join(kept + [""] if path.endswith(("/.", "/..")) else kept)


def ask_many(target: Target, seed: int, numbers: range, current, address: str) -> Outcome:
    """In a process of its own: makes the requests NUMBERS of SEED. CURRENT is the revision that all processes share."""
    contract = Contract()
    judge, client, outcome = Judge(contract, target.true_failures), RawClient(target.where), Outcome()
    for number in numbers:
        chance = random.Random(f"{seed}/{number}")
        wrong_tokens = chance.random() < 0.03
        requests = RandomRequests(contract, chance, target.token, target.reading_token)
        request = requests.next(current.value, wrong_tokens)
        answer = None
        try:
            answer = client.ask(request.to_bytes(), GUESSER if wrong_tokens else address)
            judge.judge(request, answer)
        except (ContractBroken, NotHttp, OSError, ValueError) as error:
            outcome.failures.append(describe(number, request, answer, error))
            if len(outcome.failures) >= MOST_FAILURES:
                break
        outcome.requests += 1
        if answer is not None:
            outcome.statuses[answer.status] += 1
            tag = answer.headers.get("ETag", "").strip('"')
            if tag.isdigit():
                current.value = max(current.value, int(tag))
    outcome.seen = contract.seen
    return outcome


def describe(number: int, request: Request, answer: RawAnswer | None, error: Exception) -> str:
    text = request.to_bytes()
    said = f"{answer.status} {answer.headers.items()} {answer.body[:1000]}" if answer else "nothing"
    reason = str(error) if isinstance(error, AssertionError) else "".join(traceback.format_exception(error))
    return f"request {number}: {reason[:2000]}\n{text[:3000]}\nanswered: {said}"


class PracticeService:
    """A posternd that keeps revisions and carries no mail."""

    def __init__(self, service: ServiceNetwork):
        self._program = service.program
        self._state = service.state.parent / "fuzzed"
        self._log = service.state.parent / "fuzzed.log"
        token, reading_token = (self._add_token(role) for role in ("write", "read"))
        with open(self._log, "ab") as log:
            self._process = subprocess.Popen(
                [self._program, "--practice", "--state-dir", self._state, "--listen", f"{a.GATEWAY}:{PRACTICE_PORT}"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        wait_until(lambda: "Listening on" in self._log.read_text() or self._process.poll() is not None, "the service to listen")
        self.target = Target((a.GATEWAY, PRACTICE_PORT), token, reading_token, frozenset({"mta-unavailable"}))

    def _add_token(self, role: str) -> str:
        return subprocess.run([self._program, "token", "add", role, "--role", role, "--state-dir", self._state],
                              check=True, capture_output=True, text=True).stdout.strip()

    def peak_memory(self) -> int:
        """In MiB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM:"))

    def stop(self) -> None:
        """It must have lived until now, and end in good order."""
        assert self._process.poll() is None, f"it ended with status {self._process.returncode}:\n{self._log.read_text()[-4000:]}"
        self._process.terminate()
        assert self._process.wait(60) == 0, self._log.read_text()[-4000:]
        complaints = [line for line in self._log.read_text().splitlines() if "CRITICAL" in line or "runtime error" in line]
        assert not complaints, complaints[:10]


class FuzzTests:
    def __init__(self, options: argparse.Namespace):
        self._options = options
        self._seed = options.seed
        self._outcome = Outcome()

    def run(self, tap: Tap, service: ServiceNetwork) -> None:
        self._tap = tap
        self._contract = service.contract
        with tap.test("every answer of a service without a mail server is one that the document allows"):
            self._try_practice(PracticeService(service), service.bound(100))
        with tap.test("and so is every answer of one that carries mail"):
            self._try_live(service)
        with tap.test("every operation has been done, not only refused"):
            done = {operation for operation, status in self._outcome.seen if status < 300}
            wanted = {operation["operationId"] for _, _, operation in self._contract.operations()}
            assert done == wanted, wanted - done
        tap.diagnose("never answered: " + ", ".join(
            f"{name} {status}" for name, status in sorted(self._contract.documented() - self._outcome.seen)))
        tap.diagnose(f"api fuzz: {self._outcome.requests} requests, {len(self._outcome.failures)} outside the document "
                     f"(seed {self._seed})")

    def _try_practice(self, practice: PracticeService, megabytes: int) -> None:
        self._try(practice.target, range(self._options.requests), WORKERS)
        memory = practice.peak_memory()
        self._tap.diagnose(f"memory: {memory} MiB at most")
        practice.stop()
        assert memory < megabytes, memory

    def _try_live(self, service: ServiceNetwork) -> None:
        target = Target((a.GATEWAY, a.API_PORT), service.gateway.token, service.add_token("reader", "read"), frozenset())
        pid = service.gateway.service_pid
        service.api.push(plan("example.com"))
        self._try(target, range(self._options.requests, self._options.requests + self._options.live), 2)
        assert service.gateway.service_pid == pid
        service.api.read_revision()
        service.api.push(plan("example.com"))
        assert service.asks(a.STRANGER, "alice@example.com") == "250 2.1.5"

    def _try(self, target: Target, numbers: range, workers: int) -> None:
        """Puts the requests NUMBERS to TARGET, in several processes at once."""
        start = time.monotonic()
        current = multiprocessing.Value("L", 0)
        total = Outcome()
        with ProcessPoolExecutor(workers, initializer=_share, initargs=(current,)) as pool:
            for outcome in pool.map(_ask_many, *zip(*((target, self._seed, numbers[worker::workers], address)
                                                      for worker, address in zip(range(workers), (a.OUTSIDE, a.MAIL20, a.MAIL21))))):
                total.add(outcome)
        self._outcome.add(total)
        statuses = ", ".join(f"{count} × {status}" for status, count in sorted(total.statuses.items()))
        self._tap.diagnose(f"{total.requests} requests in {time.monotonic() - start:.0f} s: {statuses}")
        for failure in total.failures[:MOST_FAILURES]:
            self._tap.diagnose(failure)
        assert not total.failures, f"{len(total.failures)} answers outside the document (seed {self._seed})"


_current = None


def _share(current) -> None:
    global _current  # pylint: disable=global-statement
    _current = current


def _ask_many(target: Target, seed: int, numbers: range, address: str) -> Outcome:
    return ask_many(target, seed, numbers, _current, address)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--requests", type=int, default=REQUESTS, help="to the service without a mail server")
    parser.add_argument("--live", type=int, default=LIVE_REQUESTS, help="to the one that carries mail")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(run(FuzzTests(parse_arguments()).run))

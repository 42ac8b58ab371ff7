#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every fault at every request of a push, at both kinds of gateways, three times: the engine deals with it; the process
is killed while it does and started again to undo; and killed and started again to finish. What is claimed in the end is
compared with what the gateway really has."""

import json
import multiprocessing
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from faults import KINDS, LATE, Fault
from targets import BUILD, WANTED, ApiTarget, Certificates, FirstPushTarget, PmgTarget, Service, Trap

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "practice"))

from tap import Tap

CLIENT = str(BUILD / "tests/faults/push-client")
# Most of a case is waiting.
WORKERS = 8
AT_ONCE = {"killed when it arrived": "before", "killed when it was carried out": "after"}


@dataclass
class Claim:
    """What the client says at its end; None if it was killed."""

    outcome: str
    wanted: bool
    journal: bool
    text: str


class Client:
    """push-client with a state directory and a gateway of its own."""

    def __init__(self, target, directory: Path):
        self._target = target
        self._directory = directory
        self._secret = directory / "secret"
        self._secret.write_text(target.secret)
        self._plan = directory / "plan.postern"
        self._plan.write_text(json.dumps(WANTED))

    def start(self, mode: str) -> subprocess.Popen:
        command = [CLIENT, mode, self._target.address, self._target.fingerprint, self._secret, self._plan]
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "", "GIO_USE_PROXY_RESOLVER": "dummy",
                       "GIO_USE_VFS": "local", "XDG_STATE_HOME": str(self._directory / "state")}
        return subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                env=environment, stdin=subprocess.DEVNULL)

    def end(self, process: subprocess.Popen) -> "Claim | None":
        output, errors = process.communicate(timeout=300)
        if process.returncode == -signal.SIGKILL:
            return None
        assert process.returncode == 0 and not errors, (process.returncode, errors)
        first, *texts = output.split("\n")
        outcome, wanted, journal = first.split()
        text = "\n".join(texts).replace("\\n", "\n")
        assert self._target.secret not in output, "a secret was printed"
        return Claim(outcome, wanted == "wanted", journal == "journal", text)

    def run(self, mode: str) -> "Claim | None":
        return self.end(self.start(mode))

    @property
    def has_journal(self) -> bool:
        return any((self._directory / "state").rglob("*.journal"))


@dataclass(frozen=True)
class Case:
    target: type
    name: str
    fault: "dict | None"
    at: int
    mode: str  # "engine", "undo", "finish"

    def __str__(self) -> str:
        return f"{self.target.title}: {self.name} at request {self.at}, {self.mode}"


def check_leftovers(target, claim: Claim, before: dict, now: dict) -> "str | None":
    """A report that lists what is left lists all of it, and nothing else."""
    told = [line.removeprefix("• ") for line in claim.text.splitlines() if line.startswith("• ")]
    sure = [line for line in told if not line.startswith("Maybe this as well: ")]
    real = target.differences(before, now)
    missing = [one for one in real if not any(one in line for line in told)]
    invented = [line for line in sure if not any(one in line for one in real)]
    return f"left untold: {missing}, told but not left: {invented}" if missing or invented else None


def judge(target, claim: Claim, begin: dict, before: dict, after: dict, now: dict) -> "str | None":
    """What is wrong with a claim. BEGIN: what the gateway had when this run of the client began."""
    if claim.outcome == "done":
        return None if now == after else f"done, but it has {target.differences(after, now)}"
    if claim.outcome == "undone":
        return None if now == before else f"as before, but it has {target.differences(before, now)}"
    if claim.outcome == "untouched":
        return None if now == begin else f"untouched, but it has {target.differences(begin, now)}"
    if claim.outcome != "stuck":
        return f"nobody else was there, but the outcome is {claim.outcome}"
    if not claim.journal:
        return "stuck without a journal"
    if "• " in claim.text:
        return check_leftovers(target, claim, before, now)
    if any(text in claim.text for text in ("not known", "could not be read", "could not be asked", "may still be carrying out")):
        return None
    if "in between" in claim.text or "neither what it had before nor" in claim.text:
        return None if now not in (before, after) else "in between, but it is not"
    if "has the configuration of the plan" in claim.text:
        return None if now == after else "still as planned, but it is not"
    return f"stuck, and nobody is told what with: {claim.text}"


class Killer:
    """Ends the client's process at a request: when it arrives, or when it was carried out."""

    def __init__(self, server, at: int, when: str):
        self._process: "subprocess.Popen | None" = None
        self._known = threading.Event()

        def strike(number: int) -> None:
            if number == at and self._known.wait(30):
                self._process.kill()
                self._process.wait()
                if when == "before":
                    raise OSError("the client is gone")

        def hook(*words) -> None:
            strike(words[-1] if len(words) == 1 else words[1])
        if when == "before":
            server.before_request = hook
        else:
            server.after_request = hook

    def watch(self, process: subprocess.Popen) -> None:
        self._process = process
        self._known.set()


class Matrix:
    """One worker's: its certificates, its trap, its posternd."""

    def __init__(self, directory: Path):
        self._certificates = Certificates(directory)
        self.trap = Trap()
        self.service = Service()
        self.pool: queue.Queue = queue.Queue()
        self.pool.put(self.service)
        self.after: dict[type, dict] = {}
        self.requests: dict[type, int] = {}
        self.resumed = 0

    def learn(self, kind: type) -> None:
        """What the gateway has after a push without a fault, and how many requests that takes."""
        with self._world(kind) as (target, client):
            claim = client.run("calm-push")
            assert claim is not None and claim.outcome == "done" and not client.has_journal, claim
            assert not target.complaints(), target.complaints()
            self.after[kind] = target.snapshot()
            self.requests[kind] = target.server.requests

    class _World:
        def __init__(self, matrix, kind: type):
            self._target = kind(matrix._certificates, matrix.trap, matrix.pool)
            self._directory = tempfile.mkdtemp(prefix="faults-")

        def __enter__(self):
            return self._target, Client(self._target, Path(self._directory))

        def __exit__(self, *unused) -> None:
            self._target.close()
            shutil.rmtree(self._directory)

    def _world(self, kind: type) -> "Matrix._World":
        return self._World(self, kind)

    def cases(self) -> list[Case]:
        found = []
        for kind, kinds in ((ApiTarget, KINDS), (FirstPushTarget, KINDS), (PmgTarget, KINDS | LATE)):
            for at in range(1, self.requests[kind] + 1):
                found += [Case(kind, name, fault, at, mode) for name, fault in kinds.items()
                          for mode in ("engine", "undo", "finish")]
                found += [Case(kind, name, None, at, mode) for name in AT_ONCE for mode in ("undo", "finish")]
        return found

    def attempt(self, case: Case) -> "str | None":
        try:
            with self._world(case.target) as (target, client):
                return self._attempt(case, target, client)
        except Exception as error:  # whatever it is, it is this case's result
            return f"{type(error).__name__}: {error}"

    def _attempt(self, case: Case, target, client: Client) -> "str | None":
        before = target.snapshot()
        if case.fault is not None:
            target.server.faults.append(Fault(at=case.at, **case.fault))
        claim = self._push(case, target, client)
        begin = target.snapshot()
        if claim is not None:
            wrong = judge(target, claim, before, before, self.after[case.target], begin)
            if wrong is None and claim.journal != client.has_journal:
                wrong = "whether there is a journal is told wrongly"
            if wrong is None and claim.outcome in ("done", "undone"):
                wrong = "; ".join(target.complaints()) or None
            if wrong is not None or case.mode == "engine" or not claim.journal:
                return f"{wrong}\n{claim}" if wrong else None
        return self._resume(case, target, client, before)

    def _push(self, case: Case, target, client: Client) -> "Claim | None":
        if case.mode == "engine":
            return client.run("push")
        killer = Killer(target.server, case.at + 1 if case.fault is not None else case.at, AT_ONCE.get(case.name, "before"))
        process = client.start("push")
        killer.watch(process)
        return client.end(process)

    def _resume(self, case: Case, target, client: Client, before: dict) -> "str | None":
        target.server.before_request = target.server.after_request = None
        target.server.faults.clear()
        target.server.listen()
        if not client.has_journal:
            now = target.snapshot()
            return None if now in (before, self.after[case.target]) else f"no journal, but {target.differences(before, now)}"
        self.resumed += 1
        begin = target.snapshot()
        claim = client.run(case.mode)
        now = target.snapshot()
        wanted = before if case.mode == "undo" else self.after[case.target]
        if claim is None or not claim.wanted or claim.outcome != {"undo": "undone", "finish": "done"}[case.mode]:
            return f"not resumed: {claim}"
        if now != wanted:
            return f"resumed, but it has {target.differences(wanted, now)} (it began with {target.differences(before, begin)})"
        if client.has_journal:
            return "resumed, but the journal is still there"
        return "; ".join(target.complaints()) or None


def work(directory: Path, after: dict[type, dict], cases, results) -> None:
    """A process of its own: takes cases until there is none."""
    matrix = Matrix(directory)
    matrix.after = after
    while (item := cases.get()) is not None:
        number, case = item
        resumed, visits = matrix.resumed, matrix.trap.visits
        wrong = matrix.attempt(case)
        if wrong is None and matrix.trap.visits > visits:
            wrong = "a redirect was followed"
        results.put((number, wrong, matrix.resumed - resumed))
    matrix.service.stop()


def try_all(directory: Path, after: dict[type, dict], cases: list[Case]) -> tuple[list["str | None"], int]:
    """What is wrong with each case, and how many pushes were taken up again."""
    context = multiprocessing.get_context("fork")
    waiting, results = context.Queue(), context.Queue()
    workers = []
    for number in range(WORKERS):
        place = directory / f"worker-{number}"
        place.mkdir()
        workers.append(context.Process(target=work, args=(place, after, waiting, results), daemon=True))
        workers[-1].start()
    for item in [*enumerate(cases), *[None] * WORKERS]:
        waiting.put(item)
    wrong, resumed = ["not tried"] * len(cases), 0
    for _ in cases:
        number, wrong[number], once = results.get(timeout=600)
        resumed += once
    for worker in workers:
        worker.join()
    return wrong, resumed


def main() -> int:
    tap = Tap()
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        directory = Path(name)
        (directory / "first").mkdir()
        matrix = Matrix(directory / "first")
        for kind in (ApiTarget, FirstPushTarget, PmgTarget):
            with tap.test(f"{kind.title}: a push without a fault", essential=True):
                matrix.learn(kind)
        matrix.service.stop()
        cases = [case for case in matrix.cases() if all(word in str(case) for word in sys.argv[1:])]
        results, resumed = try_all(directory, matrix.after, cases)
    with tap.test("what is claimed is what the gateway has"):
        for case, wrong in zip(cases, results):
            if wrong is not None:
                tap.diagnose(f"{case}: {wrong}")
        n_wrong = sum(wrong is not None for wrong in results)
        tap.diagnose(f"fault matrix: {len(results)} cases, {n_wrong} wrong claims")
        assert n_wrong == 0
    with tap.test("what was killed in the middle was taken up again"):
        killed = sum(case.mode != "engine" for case in cases)
        assert sys.argv[1:] or resumed > killed / 3, (resumed, killed)
    used = sum(os.times()[:4])
    tap.diagnose(f"{resumed} taken up again; requests of a push: "
                 f"{', '.join(f'{kind.title} {n}' for kind, n in matrix.requests.items())}; "
                 f"{time.monotonic() - start:.0f} s, {used:.0f} s of CPU")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

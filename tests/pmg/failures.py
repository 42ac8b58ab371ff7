#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A push to a Proxmox Mail Gateway that misbehaves: at every request in every way, and whether what posternctl claims
afterwards is what the gateway has. `--all` tries the requests before the first write as well."""

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "practice"))

from pmg_server import Fault
from pmg_world import World, domain, plan, route
from tap import Tap

# Eight steps, one of each kind, and what there was before.
BEFORE = {
    "networks": {"192.0.2.0/24": "Büro"},
    "domains": {"old.test": "was here", "example.com": ""},
    "transport": {"old.test": {"host": "10.0.0.9", "protocol": "smtp", "port": 25, "use_mx": 1, "comment": "ü"},
                  "example.com": {"host": "10.0.0.8", "protocol": "smtp", "port": 25, "use_mx": 1, "comment": ""}},
    "mail": {"banner": "hello", "spf": 0},
}
WANTED = plan(domains=[domain("example.com", to=route("10.0.0.20", 26)), domain("new.test", to=route("mx.new.test", 25, True))],
              internal_server=route("10.0.0.21"), trusted_networks=["10.0.0.0/8"], recipient_verification="reject-unverified")
# Login, version, cluster, mail settings; three times the four lists; then the writes, and twice the lists again.
FIRST_WRITE = 17
N_WRITES = 8
LAST_REQUEST = FIRST_WRITE + N_WRITES + 8 - 1
NEVER = 10_000

KINDS = {
    "reset before it was read": {"kind": "reset-before"},
    "reset after it was carried out": {"kind": "reset-after"},
    "truncated": {"kind": "truncated"},
    "wrong type": {"kind": "wrong-type"},
    "not JSON": {"kind": "not-json"},
    "wrong shape": {"kind": "wrong-shape"},
    "redirect": {"kind": "redirect"},
    "401": {"kind": "status", "status": 401},
    "403": {"kind": "status", "status": 403},
    "429": {"kind": "status", "status": 429, "headers": "Retry-After: 1\r\n"},
    "500": {"kind": "status", "status": 500},
    "502": {"kind": "status", "status": 502},
    "595": {"kind": "status", "status": 595},
    "599 and carried out while it is looked for": {"kind": "late-0.5"},
    "599 and carried out after it was tried again": {"kind": "late-1.5"},
    "huge": {"kind": "huge"},
    "connection refused from then on": {"kind": "refused"},
    "403 from then on": {"kind": "status", "status": 403, "times": NEVER},
    "500 from then on": {"kind": "status", "status": 500, "times": NEVER},
}


def prepare(world: World) -> dict:
    world.state.fill(**{name: {key: dict(value) if isinstance(value, dict) else value for key, value in records.items()}
                        for name, records in BEFORE.items()})
    return world.state.snapshot()


def as_planned() -> dict:
    """What the gateway has after a push without a fault."""
    with World() as world:
        prepare(world)
        run = world.push(WANTED)
        assert run.code == 0, run
        assert world.server.requests == LAST_REQUEST, (world.server.requests, world.server.log)
        assert world.state.writes - 2 == N_WRITES, world.state.writes
        world.assert_well_behaved()
        return world.state.snapshot()


NAMES = {"networks": "trusted network", "transport": "route of", "domains": "relay domain"}


def differences(before: dict, now: dict) -> set[str]:
    """How an error names what is left."""
    found = {f"{NAMES[name]} {key}" for name in NAMES for key in before[name].keys() | now[name].keys()
             if before[name].get(key) != now[name].get(key)}
    return found | ({"mail settings were changed"} if before["mail"] != now["mail"] else set())


def judge(run, before: dict, after: dict, now: dict) -> str | None:
    """What is wrong with what posternctl claims."""
    outcome = run.document.get("outcome") if run.text else None
    if run.code == 0:
        return None if now == after else f"done, but it is not: {now}"
    if run.code in (1, 4):
        return None if now == before else f"as before, but it is not: {differences(before, now)}"
    if run.code != 5 or outcome != "stuck":
        return f"exit {run.code}, outcome {outcome}"
    if now in (before, after):
        return None if "not known" in run.errors or "could not be" in run.errors else "stuck, but it is not"
    missing = [text for text in differences(before, now) if text not in run.errors]
    if "not known" in run.errors or "could not be read back" in run.errors:
        return None
    return f"stuck, but it does not tell of {missing}" if missing else None


def try_one(name: str, fault: dict, number: int, after: dict) -> tuple[str, str | None]:
    with World() as world:
        before = prepare(world)
        world.server.faults.append(Fault(at=number, **fault))
        run = world.push(WANTED)
        wrong = judge(run, before, after, world.state.snapshot())
        # Whoever asks again may be told again; but nothing that a client can get wrong may be seen.
        if wrong is None and world.server.violations:
            wrong = f"violations: {world.server.violations}"
        if wrong is None and run.code in (0, 4) and world.state.stale():
            wrong = f"stale maps: {world.state.stale()}"
        return f"{name} at request {number}", f"{wrong}\n{run}" if wrong else None


def matrix(tap: Tap, first: int) -> None:
    after = as_planned()
    cases = [(name, fault, number) for name, fault in KINDS.items() for number in range(first, LAST_REQUEST + 1)]
    with ThreadPoolExecutor(12) as pool:
        results = list(pool.map(lambda case: try_one(*case, after), cases))
    with tap.test("fault matrix"):
        for name, wrong in results:
            if wrong is not None:
                tap.diagnose(f"{name}: {wrong}")
        n_wrong = sum(wrong is not None for _, wrong in results)
        tap.diagnose(f"fault matrix (Proxmox Mail Gateway): {len(results)} cases, {n_wrong} wrong claims")
        assert n_wrong == 0


def undo(tap: Tap) -> None:
    """At each write the gateway says no, once for all writes: everything before is taken back, in reverse order."""
    for number in range(N_WRITES):
        with tap.test(f"undone at write {number + 1}"), World() as world:
            before = prepare(world)
            world.server.faults.append(Fault("status", FIRST_WRITE + number, status=403))
            run = world.push(WANTED)
            assert run.code == 4 and run.document["outcome"] == "undone", run
            assert world.state.snapshot() == before, differences(before, world.state.snapshot())
            world.assert_well_behaved()


def conflicts(tap: Tap) -> None:
    def someone_at(world: World, at: int, change) -> None:
        def before_request(server, number: int, request) -> None:
            if number == at:
                with server.state.lock:
                    change(server.state)
        world.server.before_request = before_request

    for name, change in (("a domain", lambda state: state.add_domain({"domain": "theirs.test"})),
                         ("mail settings", lambda state: state.change_mail({"smarthost": "192.0.2.9"}))):
        with tap.test(f"someone changes {name} between review and push"), World() as world:
            before = prepare(world)
            someone_at(world, 9, change)
            run = world.push(WANTED)
            assert run.code == 4 and run.document["outcome"] == "conflict", run
            assert world.state.writes == 3 and "someone else" in run.errors.lower(), run
            assert differences(before, world.state.snapshot()) <= {"relay domain theirs.test", "mail settings were changed"}
    with tap.test("someone changes the mail settings while it writes: the digest tells"), World() as world:
        before = prepare(world)
        someone_at(world, FIRST_WRITE + 2, lambda state: state.change_mail({"tls": "1"}))
        run = world.push(WANTED)
        assert run.code == 4 and "Someone else has changed the mail settings" in run.errors, run
        assert differences(before, world.state.snapshot()) == {"mail settings were changed"}
    with tap.test("someone adds a domain while it writes: it is not overwritten"), World() as world:
        prepare(world)
        someone_at(world, FIRST_WRITE + 5, lambda state: state.add_domain({"domain": "theirs.test"}))
        run = world.push(WANTED)
        assert run.code == 5 and "theirs.test" in world.state.domains and "new.test" in world.state.domains, run
    with tap.test("someone adds the same domain: it is theirs, and as planned"), World() as world:
        prepare(world)
        someone_at(world, FIRST_WRITE + 5, lambda state: state.add_domain({"domain": "new.test"}))
        assert world.push(WANTED).code == 0


def sessions(tap: Tap) -> None:
    for number in (FIRST_WRITE, FIRST_WRITE + 3, FIRST_WRITE + N_WRITES):
        with tap.test(f"the ticket ends at request {number}"), World() as world:
            prepare(world)

            def before_request(server, at: int, request, number: int = number) -> None:
                if at == number:
                    server.expire_tickets()
            world.server.before_request = before_request
            run = world.push(WANTED)
            assert run.code == 0, run
            assert sum(line == "POST /api2/json/access/ticket" for line in world.server.log) == 2, world.server.log
            world.assert_well_behaved()
    with tap.test("the user is disabled in the middle"), World() as world:
        before = prepare(world)

        def before_request(server, at: int, request) -> None:
            if at == FIRST_WRITE + 3:
                server.disabled.add("ann@pmg")
        world.server.before_request = before_request
        run = world.push(WANTED)
        now = world.state.snapshot()
        assert run.code == 5 and "This is left" in run.errors, run
        assert all(text in run.errors for text in differences(before, now)), run
    with tap.test("another change holds the lock for a while"), World() as world:
        prepare(world)

        def before_request(server, at: int, request) -> None:
            server.busy = FIRST_WRITE <= at < FIRST_WRITE + 2
        world.server.before_request = before_request
        assert world.push(WANTED).code == 0


def interrupts(tap: Tap) -> None:
    with tap.test("interrupted in the middle: taken back"), World(delay=0.2) as world:
        before = prepare(world)
        arrived = threading.Event()

        def before_request(server, at: int, request) -> None:
            if at == FIRST_WRITE + 3:
                arrived.set()
        world.server.before_request = before_request
        command = world.command("push", "--yes", "--json", world.save(WANTED), world.server.url)
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   env={**os.environ, "GIO_USE_PROXY_RESOLVER": "dummy", "LC_ALL": "C.UTF-8"})
        assert arrived.wait(30)
        process.terminate()
        text, errors = process.communicate(timeout=60)
        assert process.returncode == 4, (process.returncode, text, errors)
        assert world.state.snapshot() == before, differences(before, world.state.snapshot())
        world.assert_well_behaved()


def main() -> int:
    tap = Tap()
    start = time.monotonic()
    for test in (undo, conflicts, sessions, interrupts):
        with tap.group(test.__name__):
            test(tap)
    matrix(tap, 1 if "--all" in sys.argv[1:] else FIRST_WRITE)
    tap.diagnose(f"{time.monotonic() - start:.0f} s")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

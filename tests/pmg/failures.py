#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A push to a Proxmox Mail Gateway that goes wrong, and what posternctl makes of it: undone, in conflict with someone
else, logged out, interrupted, killed. (The matrix of all faults at all requests: tests/faults.)"""

import os
import re
import subprocess
import sys
import threading
import time
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


def prepare(world: World) -> dict:
    world.state.fill(**{name: {key: dict(value) if isinstance(value, dict) else value for key, value in records.items()}
                        for name, records in BEFORE.items()})
    return world.state.snapshot()


NAMES = {"networks": "trusted network", "transport": "route of", "domains": "relay domain"}


def differences(before: dict, now: dict) -> set[str]:
    """How an error names what is left."""
    found = {f"{NAMES[name]} {key}" for name in NAMES for key in before[name].keys() | now[name].keys()
             if before[name].get(key) != now[name].get(key)}
    return found | ({"mail settings were changed"} if before["mail"] != now["mail"] else set())


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


def start_push(world: World, *options: str) -> subprocess.Popen:
    command = world.command("push", "--yes", "--json", *options, world.save(WANTED), world.server.url)
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=world.environment,
                            stdin=subprocess.DEVNULL)


def at_request(world: World, number: int, do) -> None:
    def before_request(server, at: int, request) -> None:
        if at == number:
            do()
    world.server.before_request = before_request


def interrupts(tap: Tap) -> None:
    for option, name in (((), "taken back"), (("--keep",), "kept")):
        with tap.test(f"interrupted in the middle: {name}"), World(delay=0.2) as world:
            before = prepare(world)
            arrived = threading.Event()
            at_request(world, FIRST_WRITE + 3, arrived.set)
            process = start_push(world, *option)
            assert arrived.wait(30)
            process.terminate()
            text, errors = process.communicate(timeout=60)
            left = differences(before, world.state.snapshot())
            if not option:
                assert process.returncode == 4 and not left, (process.returncode, text, errors, left)
                world.assert_well_behaved()
                continue
            assert process.returncode == 5 and 3 <= len(left) < N_WRITES, (process.returncode, text, errors, left)
            assert "a part of the plan" in errors and "posternctl resume" in errors, errors
            assert re.search(r"Still missing or half done: \d+ of \d+ changes\.", errors), errors
            run = world.run("resume", "--undo", "--json", world.server.url)
            assert run.code == 0 and run.document["outcome"] == "undone", run
            assert world.state.snapshot() == before, differences(before, world.state.snapshot())
            world.assert_well_behaved()


def kill_in_the_middle(world: World) -> dict:
    """A push that is killed when its fourth write was carried out. Returns what was there before."""
    before = prepare(world)
    process = None
    known = threading.Event()

    def kill(server, at: int) -> None:
        if at == FIRST_WRITE + 3:
            known.wait(30)
            process.kill()
            process.wait()
    world.server.after_request = kill
    process = start_push(world)
    known.set()
    process.communicate(timeout=60)
    world.server.after_request = None
    assert process.returncode == -9
    return before


def resumes(tap: Tap) -> None:
    with tap.test("killed: nothing else is told before that is answered for"), World() as world:
        kill_in_the_middle(world)
        writes = world.state.writes
        run = world.push(WANTED)
        assert run.code == 1 and run.document["error"]["code"] == "interrupted", run
        assert f"posternctl resume {world.server.url}" in run.errors, run
        run = world.run("push", "--dry-run", world.save(WANTED), world.server.url)
        assert run.code == 0 and world.state.writes == writes, run
        run = world.run("resume", world.server.url)
        assert run.code == 3 and "example.com" in run.text and "--undo" in run.text, run
        run = world.run("resume", "--json", world.server.url)
        assert run.code == 3 and run.document["interrupted"] and run.document["changes"], run
        assert run.document["gateway"] == world.server.url, run
        assert world.run("resume", "--undo", "--finish", world.server.url).code == 2
    for option, outcome in (("--undo", "undone"), ("--finish", "done")):
        with tap.test(f"killed, then {option}"), World() as world:
            before = kill_in_the_middle(world)
            run = world.run("resume", option, "--json", world.server.url)
            assert run.code == 0 and run.document["outcome"] == outcome, run
            now = world.state.snapshot()
            assert now == before if option == "--undo" else world.diff(WANTED).code == 0, differences(before, now)
            world.assert_well_behaved()
            assert world.run("resume", world.server.url).code == 0
            assert world.push(WANTED).code == 0
    with tap.test("killed, then --keep: the gateway stays, and the next push completes it"), World() as world:
        kill_in_the_middle(world)
        now = world.state.snapshot()
        run = world.run("resume", "--keep", world.server.url)
        assert run.code == 0 and world.state.snapshot() == now, run
        assert world.push(WANTED).code == 0 and world.diff(WANTED).code == 0
    with tap.test("killed, and someone else changes the same record: not overwritten"), World() as world:
        before = kill_in_the_middle(world)
        with world.state.lock:
            world.state.change_transport("example.com", {"host": "10.9.9.9"})
        theirs = world.state.snapshot()
        run = world.run("resume", "--finish", "--json", world.server.url)
        assert run.code == 4 and run.document["outcome"] == "conflict", run
        assert "example.com" in run.errors and world.state.snapshot() == theirs, run
        run = world.run("resume", "--undo", "--json", world.server.url)
        assert world.state.transport["example.com"]["host"] == "10.9.9.9", run
        assert run.code in (0, 5) and differences(before, world.state.snapshot()) == {"route of example.com"}, run
    with tap.test("killed, and someone else adds a record: it stays, and is told"), World() as world:
        before = kill_in_the_middle(world)
        with world.state.lock:
            world.state.add_domain({"domain": "theirs.test"})
        run = world.run("resume", "--undo", "--json", world.server.url)
        assert run.code == 5 and differences(before, world.state.snapshot()) == {"relay domain theirs.test"}, run
        assert [change["key"] for change in run.document["their_changes"]] == ["theirs.test"], run
        assert "someone else" in run.errors and world.run("resume", world.server.url).code == 0, run


def main() -> int:
    tap = Tap()
    start = time.monotonic()
    for test in (undo, conflicts, sessions, interrupts, resumes):
        with tap.group(test.__name__):
            test(tap)
    tap.diagnose(f"{time.monotonic() - start:.0f} s")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sets up a Proxmox Mail Gateway through the real window; is overtaken by someone else, is killed in the middle, and
comes back.

Usage: proxmox.py accessibility|keyboard
Runs on a display of its own (tests/run-in-display).
"""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TESTS / "pmg"), str(TESTS), str(Path(__file__).resolve().parents[1])]

from pmg_server import PASSWORD
from pmg_world import World, domain, plan, route
from practice.tap import Tap

# The first write of a push by the wizard, counted from the push's own first request.
WRITE_OF_PUSH = 9
WANTED = plan(domains=[domain("example.com"), domain("example.org", to=route("10.0.0.21"))], internal_server=route("10.0.0.20"),
              trusted_networks=["10.0.0.20/32"], recipient_verification="reject-unverified")


class Proxmox:
    """The wizard's pages, at a Proxmox Mail Gateway."""

    def __init__(self, hands: str, world: World):
        from journey import tree
        from journey.wizard import Wizard

        self.tree = tree
        self.world = world
        self.server = world.server
        self._make = lambda: Wizard(os.environ["POSTERN_BUILD_DIR"], hands)

    def start(self):
        self.tree.wait_until_gone("postern")
        self.wizard = self._make()
        self.wizard._said = self.world.path / "wizard.log"
        return self.wizard

    @property
    def window(self):
        return self.wizard.window

    def texts(self) -> list[str]:
        return self.tree.texts_below(self.window)

    def shows(self, text: str) -> None:
        self.tree.eventually(lambda: any(text in one for one in self.texts()), f"“{text}” to be shown")

    def connect(self) -> None:
        """Without saying what kind it is, and with everything that goes wrong on the way."""
        hands = self.wizard.hands
        self.wizard.page("Gateway")
        hands.fill("Address", f"127.0.0.1:{self.server.port}")
        hands.press_button("Connect")
        self.shows("This is a Proxmox Mail Gateway")
        hands.fill("User Name", "ann@pmg")
        hands.fill_secret("Password", PASSWORD)
        hands.press_button("Connect")
        self.tree.find(self.window, "label", "Is This Your Gateway?")
        shown = self.tree.eventually(self.wizard._shown_fingerprint, "a fingerprint in the dialog")
        assert shown == self.server.fingerprint, shown
        self.shows("openssl x509 -noout -fingerprint -sha256 -in /etc/pmg/pmg-api.pem")
        self.shows("Why it is not trusted")
        assert "POST /api2/json/access/ticket" not in self.server.log, "the password was sent before anybody trusted it"
        hands.press_button("Trust This Gateway")
        self.tree.find(self.window, "list", "Connected")
        self.shows("Proxmox Mail Gateway 9.1.0")
        self.wizard.next("Gateway")

    def enter_plan(self) -> None:
        self.wizard.enter_domains("10.0.0.20", {"example.com": None, "example.org": "10.0.0.21"}, ())
        self.wizard.enter_networks({"10.0.0.20": "10.0.0.20"})
        self.wizard.look_at_checks()

    def set_up(self) -> list[str]:
        return self.wizard.review()


def first_set_up(tap: Tap, proxmox: Proxmox) -> None:
    with tap.test("connects, is told of what it cannot have, and finds someone else's change"):
        proxmox.wizard.begin()
        proxmox.wizard.choose_scenario("direct")
        proxmox.connect()
        proxmox.enter_plan()
        proxmox.wizard.page("Review")
        proxmox.shows("Proxmox Mail Gateway rejects a message while the sending server waits")
        with proxmox.server.state.lock:
            proxmox.server.state.add_domain({"domain": "theirs.test"})
        proxmox.set_up()
        proxmox.shows("Someone else has changed the gateway")
        proxmox.shows("What someone else has changed")
        assert "theirs.test" in proxmox.server.state.domains and len(proxmox.server.state.domains) == 1
        proxmox.wizard.hands.press_button("Back to Review")
        proxmox.wizard.page("Review")
        proxmox.shows("theirs.test")
    with tap.test("sets it up, and what it has is the plan"):
        proxmox.set_up()
        proxmox.shows("The gateway is set up")
        proxmox.wizard.page("Result")
        assert proxmox.world.diff(WANTED).code == 0, proxmox.world.diff(WANTED)
        proxmox.world.assert_well_behaved()
        proxmox.wizard.finish()
        assert not proxmox.wizard.warnings(), proxmox.wizard.warnings()


def leave_interrupted(proxmox: Proxmox) -> dict:
    """posternctl is killed in the middle of a push, with the state directory that the wizard has. What was before."""
    world = proxmox.world
    before = world.state.snapshot()
    other = plan(domains=[domain("example.com"), domain("new.test", to=route("10.0.0.22"))], internal_server=route("10.0.0.20"),
                 trusted_networks=["10.0.0.0/8"], recipient_verification="off")
    file = world.path / "other.postern"
    file.write_text(json.dumps(other))
    writes, known, process = world.state.writes, threading.Event(), None

    def kill(server, at: int) -> None:
        if server.state.writes == writes + 2:
            known.wait(30)
            process.kill()
            process.wait()
    world.server.after_request = kill
    process = subprocess.Popen(world.command("push", "--yes", file, world.server.url), stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    known.set()
    process.wait(60)
    world.server.after_request = None
    assert process.returncode == -9 and world.state.snapshot() != before
    return before


def interrupted(tap: Tap, proxmox: Proxmox) -> None:
    with tap.test("a push that was cut off is offered at the start, and undone"):
        before = leave_interrupted(proxmox)
        with proxmox.start():
            proxmox.wizard.page("Welcome")
            proxmox.shows("A push to 127.0.0.1:")
            proxmox.wizard.hands.press_button("Show")
            proxmox.wizard.page("Push")
            proxmox.shows("It has to be dealt with")
            # Two steps were begun: of the second, only the gateway knows.
            for title in ("What was to be done", "Carried Out", "May Have Been Carried Out", "Not Begun"):
                proxmox.shows(title)
            proxmox.wizard.hands.fill_secret("Password", PASSWORD)
            proxmox.wizard.hands.press_button("Undo")
            proxmox.shows("The interrupted push was undone.")
            assert proxmox.world.state.snapshot() == before, proxmox.world.state.snapshot()
            proxmox.world.assert_well_behaved()


def main() -> int:
    os.environ.pop("G_DEBUG", None)
    tap = Tap()
    with World() as world:
        proxmox = Proxmox(sys.argv[1], world)
        with proxmox.start() as wizard:
            tap.on_failure = wizard.describe
            first_set_up(tap, proxmox)
        tap.on_failure = lambda: proxmox.wizard.describe()
        interrupted(tap, proxmox)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

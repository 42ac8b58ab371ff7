#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""“Remember in the keyring” with a real secret service: kept, found at the next start, forgotten; and a keyring that is
locked, or that is not there at all, keeps nobody waiting.

Usage: keyring.py present|absent
Runs on a display and a session bus of its own (tests/run-in-display).
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TESTS / "pmg"), str(TESTS), str(Path(__file__).resolve().parents[1])]

from journey.secret_service import Keyring, go_to_bare_bus, is_on_bare_bus
from pmg_server import PASSWORD
from pmg_world import World
from practice.tap import Tap, skip_all


class Wizards:
    """The gateway page of one wizard after the other, all of them with the same state."""

    def __init__(self, world: World):
        from journey import tree
        from journey.wizard import Wizard

        self.tree = tree
        self._make = lambda: Wizard(os.environ["POSTERN_BUILD_DIR"], "accessibility")
        self.world = world

    def start(self):
        self.tree.wait_until_gone("postern")
        self.wizard = self._make()
        self.wizard._said = self.world.path / "wizard.log"
        return self.wizard

    def shows(self, text: str) -> None:
        self.tree.eventually(lambda: any(text in one for one in self.tree.texts_below(self.wizard.window)), f"“{text}”")

    def fill_in(self) -> None:
        hands = self.wizard.hands
        hands.fill("Address", self.world.server.url)
        self.tree.find(self.wizard.window, "text", "Address")
        hands.press_button("Connect")
        self.shows("This is a Proxmox Mail Gateway")
        hands.fill("User Name", "ann@pmg")
        hands.fill_secret("Password", PASSWORD)

    def connect(self) -> None:
        self.wizard.hands.press_button("Connect")
        if self.tree.look_for(self.wizard.window, "list", "Connected") is None:
            self.tree.eventually(lambda: self.tree.look_for(self.wizard.window, "label", "Is This Your Gateway?")
                                 or self.tree.look_for(self.wizard.window, "list", "Connected"), "an answer")
        if self.tree.look_for(self.wizard.window, "label", "Is This Your Gateway?") is not None:
            self.wizard.hands.press_button("Trust This Gateway")
        self.tree.find(self.wizard.window, "list", "Connected")

    def wait_until_saved(self, what: str = "user=ann@pmg") -> None:
        """What a wizard has on the disk when it is killed is a moment old."""
        plans = Path(os.environ["XDG_STATE_HOME"]) / "postern" / "plans"
        self.tree.eventually(lambda: any(what in file.read_text() for file in plans.glob("*.ini")), "the plan to be kept")

    def length_of_secret(self) -> int:
        entry = self.tree.look_for(self.wizard.window, "text", "Password")
        return len(self.tree.text_of(entry)) if entry is not None else 0


def keep(wizards: Wizards, keyring: Keyring) -> None:
    """Connects a wizard that is new, and has it remember."""
    os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(dir=os.environ["XDG_RUNTIME_DIR"])
    with wizards.start() as wizard:
        wizard.begin()
        wizard.choose_scenario("direct")
        wizard.page("Gateway")
        wizards.fill_in()
        wizards.connect()
        assert PASSWORD not in keyring.find(), "it was kept although nobody wanted it"
        wizard.hands.switch("Remember in the keyring", True)
        found = wizards.tree.eventually(lambda: "secret = " in keyring.find() and keyring.find(), "the keyring to have it")
        assert f"secret = {PASSWORD}" in found and "attribute.user = ann@pmg" in found, found
        assert wizards.world.server.url in found, found
        wizards.wait_until_saved()


def remembered(tap: Tap, wizards: Wizards, keyring: Keyring) -> None:
    keyring.unlock()
    with tap.test("kept in the keyring when it is wanted, and only then"):
        keep(wizards, keyring)
    with tap.test("found at the next start, and forgotten"):
        with wizards.start() as wizard:
            wizard.page("Gateway")
            wizards.tree.eventually(lambda: wizards.length_of_secret() == len(PASSWORD), "the password to be filled in")
            wizards.connect()
            wizard.hands.switch("Remember in the keyring", False)
            wizards.tree.eventually(lambda: PASSWORD not in keyring.find(), "the keyring to forget it")
            assert not wizard.warnings(), wizard.warnings()


def locked(tap: Tap, wizards: Wizards, keyring: Keyring) -> None:
    with tap.test("a keyring that is locked keeps nobody waiting"):
        keep(wizards, keyring)
        keyring.stop()
        keyring.leave_locked()
        with wizards.start() as wizard:
            wizard.page("Gateway")
            wizard.hands.fill_secret("Password", PASSWORD)
            wizards.connect()
            wizard.next("Gateway")
            wizard.page("Domains")
            assert not wizard.warnings(), wizard.warnings()
    keyring.stop()


def absent(tap: Tap, wizards: Wizards) -> None:
    with tap.test("without a keyring it works, and says why nothing is remembered"):
        with wizards.start() as wizard:
            wizard.begin()
            wizard.choose_scenario("direct")
            wizard.page("Gateway")
            wizards.fill_in()
            wizard.hands.switch("Remember in the keyring", True)
            wizards.connect()
            wizards.shows("It could not be put into the keyring")
            wizard.next("Gateway")
            wizard.page("Domains")
            assert not wizard.warnings(), wizard.warnings()


def main() -> int:
    is_present = sys.argv[1] == "present"
    if is_present and (shutil.which("gnome-keyring-daemon") is None or shutil.which("secret-tool") is None):
        skip_all("gnome-keyring and libsecret-tools are not there")
    if not is_present and not is_on_bare_bus():
        go_to_bare_bus("absent")
    os.environ.pop("G_DEBUG", None)
    tap = Tap()
    with World() as world:
        wizards = Wizards(world)
        tap.on_failure = lambda: wizards.wizard.describe()
        if is_present:
            keyring = Keyring()
            remembered(tap, wizards, keyring)
            locked(tap, wizards, keyring)
        else:
            absent(tap, wizards)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

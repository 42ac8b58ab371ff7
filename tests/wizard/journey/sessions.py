#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of a plan when the wizard is killed, and how plan files come into the wizard and out of it.

Usage: sessions.py
Runs on a display of its own (tests/run-in-display), with the real program and no gateway.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

from practice.tap import Tap
from practice.waiting import wait_until

# The accessibility bus's library warns of widgets that vanish while it looks at them.
os.environ.pop("G_DEBUG", None)

from journey import keyboard, tree  # noqa: E402
from journey.hands import AccessibleHands  # noqa: E402

BUILD = Path(os.environ["POSTERN_BUILD_DIR"])
PROGRAM = BUILD / "src" / "wizard" / "postern"
PLANS = Path(os.environ["XDG_STATE_HOME"]) / "postern" / "plans"
PLACE = Path(os.environ["HOME"])
PAGES = {"Welcome", "Scenario", "Gateway", "Domains", "Edge Gateway", "Trusted Networks", "Checks", "Review"}


class Running:
    """The program while it runs."""

    def __init__(self, *arguments):
        self.process = start(*arguments)
        self.window = tree.window_of("postern")
        keyboard.find_window("Postern")
        self.hands = AccessibleHands(self.window)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()

    def kill(self):
        """As the kernel does it when memory is short."""
        self.process.kill()
        self.process.wait(30)
        tree.eventually(lambda: not windows(), "the program to leave the accessibility bus")


def start(*arguments):
    return subprocess.Popen([PROGRAM, *arguments], stdin=subprocess.DEVNULL)


def windows():
    """Every window of the program."""
    application = next((node for node in tree.children(tree.Atspi.get_desktop(0)) if node.get_name() == "postern"), None)
    return [] if application is None else list(tree.children(application))


def page_of(window):
    """The title of the page that a window shows."""
    return next((node.get_name() for node in tree.walk(window) if node.get_role_name() == "grouping"
                 and node.get_name() in PAGES and tree.is_shown(node)), None)


def wait_for_page(window, title):
    tree.eventually(lambda: page_of(window) == title, f"the page {title}")


def go_to_domains(running):
    """As far as the page about domains, with one entered."""
    running.hands.press_button("New Integration")
    wait_for_page(running.window, "Scenario")
    running.hands.press_button("Next")
    wait_for_page(running.window, "Gateway")
    running.hands.press_button("Plan Without a Gateway")
    wait_for_page(running.window, "Domains")
    running.hands.fill("Add Domain", "example.com")
    running.hands.submit("Add Domain", "Add")
    tree.find(running.window, "list item", "example.com")


def test_announced(tap):
    """A widget that has just appeared is not known to a screen reader yet, and would not be heard."""
    put_away()
    with tap.test("what appears while one works is said aloud"), tree.Ears() as ears, Running() as running:
        wait_for_page(running.window, "Welcome")
        go_to_domains(running)
        ears.wait_for("example.com added")
        running.hands.fill("Host", "not a host!")
        ears.wait_for("is not a name")


def is_kept():
    """Whether what go_to_domains() did is on the disk."""
    return any("page=domains" in draft.read_text() and "open=true" in draft.read_text()
               and "example.com" in draft.with_suffix(".postern").read_text() for draft in PLANS.glob("*.ini")
               if draft.with_suffix(".postern").exists())


def test_killed(tap):
    with tap.test("a killed wizard comes back on the same page, with what was entered"):
        with Running() as running:
            wait_for_page(running.window, "Welcome")
            go_to_domains(running)
            wait_until(is_kept, "the plan to be kept")
            running.kill()
        with Running() as running:
            wait_for_page(running.window, "Domains")
            tree.find(running.window, "list item", "example.com")
            with tap.test("and so it does when it is killed again after a change"):
                running.hands.fill("Add Domain", "example.org")
                running.hands.submit("Add Domain", "Add")
                wait_until(lambda: any("example.org" in plan.read_text() for plan in PLANS.glob("*.postern")),
                           "the change to be kept")
                running.kill()
        with tap.test("with that change"), Running() as running:
            wait_for_page(running.window, "Domains")
            tree.find(running.window, "list item", "example.org")


def put_away():
    """As it is after a plan was closed beside others: among the recent ones, and not opened by itself."""
    for draft in PLANS.glob("*.ini"):
        draft.write_text(draft.read_text().replace("open=true", "open=false"))


def take_up_recent(running):
    """Opens the first of the recent plans, as somebody with a keyboard does: GTK gives a screen reader no action for it."""
    recent = tree.find(running.window, "list", "Recent")
    row = tree.eventually(lambda: next(tree.children(recent), None), "a recent plan")
    keyboard.tab_to(running.window, "list item", row.get_name())
    keyboard.press("Return")


def test_recent_killed(tap):
    with tap.test("a recent plan that was taken up comes back after a kill before anything in it was changed"):
        put_away()
        with Running() as running:
            wait_for_page(running.window, "Welcome")
            take_up_recent(running)
            wait_for_page(running.window, "Domains")
            running.kill()
        with Running() as running:
            wait_for_page(running.window, "Domains")
            tree.find(running.window, "list item", "example.com")


def write_plan(name, domain):
    """A plan file as posternctl writes one."""
    path = PLACE / name
    path.write_text(json.dumps({
        "postern": 1, "scenario": "direct", "domains": [{"name": domain, "local": True}],
        "internal_server": {"host": "10.0.0.20", "port": 25, "mx": False}, "edge_gateway": None,
        "trusted_networks": ["10.0.0.20/32"], "recipient_verification": "reject-unverified", "use_spf": True,
        "use_dmarc": True, "sender_authentication": False, "check_sender_before_edge": False, "rejected_mail": "reject"}))
    return path


def test_files(tap):
    first, second = write_plan("first.postern", "first.example"), write_plan("second.postern", "second.example")
    with Running(first) as running:
        with tap.test("a plan file opens with its review"):
            wait_for_page(running.window, "Review")
            assert any("first.example" in text for text in tree.texts_below(running.window))
        with tap.test("a plan is saved where the file dialog says"):
            save_as(running, PLACE / "saved.postern")
        with tap.test("another one opens in a window of its own, in the program that runs already"):
            assert start(second).wait(30) == 0
            tree.eventually(lambda: len(windows()) == 2, "a second window")
            other = tree.eventually(lambda: next((window for window in windows() if any(
                "second.example" in text for text in tree.texts_below(window))), None), "the second plan")
            wait_for_page(other, "Review")
            assert running.process.poll() is None


def file_dialog(show, title):
    """The window that SHOW opens, with the keyboard."""
    before = {window.path for window in windows()}
    show()
    dialog = tree.eventually(lambda: next((window for window in windows() if window.path not in before), None),
                             "the file dialog")
    keyboard.find_window(title)
    return dialog


def enter_path(dialog, path):
    """As assistive technology enters it."""
    name = tree.eventually(lambda: next((node for node in tree.walk(dialog) if node.get_role_name() == "text"
                                         and tree.is_shown(node)), None), "the dialog's entry for a name")
    tree.set_text(name, str(path))
    tree.eventually(lambda: tree.text_of(name) == str(path), "the name to be entered")


def save_as(running, path):
    """Through the real file dialog."""
    keyboard.find_window("Postern")
    dialog = file_dialog(lambda: keyboard.press("ctrl+shift+s"), "Save Plan")
    enter_path(dialog, path)
    AccessibleHands(dialog).press_button("Save")
    wait_until(path.exists, f"{path} to be written")
    assert json.loads(path.read_text())["domains"][0]["name"] == "first.example"


def open_in(dialog, path):
    """Ctrl+L asks for a path instead of a place in the list."""
    keyboard.press("ctrl+l")
    enter_path(dialog, path)
    AccessibleHands(dialog).press_button("Open")


def test_file_dialogs(tap):
    put_away()
    with Running() as running:
        with tap.test("a plan is opened that was chosen in the file dialog"):
            wait_for_page(running.window, "Welcome")
            open_in(file_dialog(lambda: keyboard.press("ctrl+o"), "Open Plan"), write_plan("third.postern", "third.example"))
            wait_for_page(running.window, "Review")
            assert any("third.example" in text for text in tree.texts_below(running.window))
        with tap.test("a list is imported that was chosen in the file dialog"), tree.Ears() as ears:
            keyboard.find_window("Postern")
            go_back_to_domains(running)
            list_of_domains = PLACE / "domains.txt"
            list_of_domains.write_text("fourth.example\nfifth.example\n")
            keyboard.tab_to(running.window, "toggle button", "List Menu")
            keyboard.press("Return")
            # The first item of the menu; GTK 4.18 gives it no name.
            tree.eventually(lambda: tree.focused(running.window).get_role_name() == "menu item", "the menu")
            keyboard.press("Return")
            open_in(file_dialog(lambda: running.hands.press_button("Choose File…"), "Import Domains"), list_of_domains)
            keyboard.find_window("Postern")
            running.hands.press_button("Add 2 Entries")
            for name in ("third.example", "fourth.example", "fifth.example"):
                tree.find(running.window, "list item", name)
            ears.wait_for("2 entries imported")
        with tap.test("some of a list are selected and removed together by the keyboard, and brought back"), tree.Ears() as ears:
            remove_the_first_two(running.window)
            ears.wait_for("2 domains removed")
            running.hands.press_button("Undo")
            for name in ("third.example", "fourth.example", "fifth.example"):
                tree.find(running.window, "list item", name)


def remove_the_first_two(window):
    """Down selects what has the focus, Shift goes on from there."""
    keyboard.tab_to(window, "list item", "fifth.example")
    keyboard.press("Down", "shift+Down")
    tree.eventually(lambda: "2 selected" in tree.texts_below(window), "the bar that counts")
    keyboard.press("Delete")
    tree.eventually(lambda: all(node.get_name() not in ("fourth.example", "fifth.example") for node in tree.walk(window)
                                if node.get_role_name() == "list item"), "the two domains to go")
    tree.find(window, "list item", "third.example")


def go_back_to_domains(running):
    for page in ("Checks", "Trusted Networks", "Domains"):
        keyboard.press("alt+Left")
        wait_for_page(running.window, page)


def main():
    tap = Tap(lambda: "\n".join(tree.describe(window) for window in windows()))
    test_killed(tap)
    test_recent_killed(tap)
    test_files(tap)
    test_announced(tap)
    test_file_dialogs(tap)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

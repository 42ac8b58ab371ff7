#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop does when the wizard's icon or a plan file is clicked: it asks the session bus for the application, and the bus
starts it as its installed service file says.

Runs on a display of its own (tests/run-in-display); the session bus is a further one, which sees Postern where it is installed.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "wizard")]

from practice.tap import Tap, skip_all  # noqa: E402
from practice.waiting import wait_until  # noqa: E402

BUILD = Path(os.environ["POSTERN_BUILD_DIR"])
INSIDE = "POSTERN_TEST_BUS"
PLACE = Path(os.environ["HOME"])

PLAN = {"postern": 1, "scenario": "direct", "domains": [{"name": "example.com", "local": True}],
        "internal_server": {"host": "10.0.0.20", "port": 25, "mx": False}}


def option(name: str) -> str:
    return next(entry["value"] for entry in json.loads(run("meson", "introspect", "--buildoptions", str(BUILD))) if entry["name"] == name)


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, f"{command[0]}: {done.stdout}{done.stderr}"
    return done.stdout


def install() -> None:
    """Installs what was built in its place, which nothing but this process and what it starts will see."""
    prefix = Path(option("prefix"))
    if prefix == Path("/usr") or not prefix.is_dir():
        skip_all(f"the prefix {prefix} cannot be replaced for a test")
    try:
        os.unshare(os.CLONE_NEWNS)
    except OSError as error:
        skip_all(f"cannot make a mount namespace: {error.strerror}")
    run("mount", "--make-rprivate", "/")
    destination, logs = Path(tempfile.mkdtemp(dir=PLACE)), tempfile.mkdtemp(dir=PLACE)
    # There is one log of what was installed, and another test may be uninstalling by it.
    run("mount", "--bind", logs, str(BUILD / "meson-logs"))
    run("meson", "install", "-C", str(BUILD), "--no-rebuild", "--quiet", "--destdir", str(destination))
    run("mount", "--bind", str(destination / prefix.relative_to("/")), str(prefix))


def go_to_a_bus_that_sees_it() -> None:
    """Does not come back."""
    for name in ("G_DEBUG", "GSETTINGS_SCHEMA_DIR", "POSTERN_HELP_DIR", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS"):
        os.environ.pop(name, None)
    os.environ[INSIDE] = option("prefix")
    # What the bus starts speaks to standard error, and the test to standard output, as tests/run-in-display has it.
    os.dup2(1, 9)
    os.dup2(2, 1)
    os.execvp("dbus-run-session", ["dbus-run-session", "--", "sh", "-c", 'exec "$@" >&9 9>&-', "sh", sys.executable, __file__])


class Desktop:
    """Asks for the application as a desktop does."""

    def __init__(self):
        service = next((Path(os.environ[INSIDE]) / "share" / "dbus-1" / "services").glob("io.github.postern.Postern*.service"))
        self.id = service.name.removesuffix(".service")

    def ask(self, method: str, *arguments: str) -> None:
        self._call(self.id, "/" + self.id.replace(".", "/"), f"org.freedesktop.Application.{method}", *arguments)

    def process(self) -> Path:
        """Where the kernel tells of the process that has the application's name on the bus."""
        said = self._call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.GetConnectionUnixProcessID", self.id)
        return Path("/proc", said.strip("()\n").split()[1].rstrip(","))

    def is_running(self) -> bool:
        return "true" in self._call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner", self.id)

    @staticmethod
    def _call(name: str, path: str, method: str, *arguments: str) -> str:
        return run("gdbus", "call", "--session", "--dest", name, "--object-path", path, "--method", method, *arguments)


def windows(tree) -> list:
    application = next((node for node in tree.children(tree.Atspi.get_desktop(0)) if node.get_name() == "postern"), None)
    return [] if application is None else list(tree.children(application))


def wait_for_page(tree, title: str):
    """The window that shows the page TITLE."""
    return tree.eventually(lambda: next((window for window in windows(tree) if tree.look_for(window, "grouping", title)), None),
                           f"a window with the page {title}")


def check_activation(tree, desktop: Desktop) -> None:
    assert not desktop.is_running()
    desktop.ask("Activate", "{}")
    wait_for_page(tree, "Welcome")
    assert len(windows(tree)) == 1, f"{len(windows(tree))} windows"
    command = (desktop.process() / "cmdline").read_bytes().split(b"\0")[:2]
    assert command == [f"{os.environ[INSIDE]}/bin/postern".encode(), b"--gapplication-service"], command


def check_second_activation(tree, desktop: Desktop) -> None:
    before = desktop.process()
    desktop.ask("Activate", "{}")
    assert desktop.process() == before and len(windows(tree)) == 1, f"{len(windows(tree))} windows"
    desktop.ask("ActivateAction", "new-window", "[]", "{}")
    tree.eventually(lambda: len(windows(tree)) == 2, "a second window")


def check_opened_plan(tree, desktop: Desktop, plan: Path) -> None:
    desktop.ask("Open", f"['{plan.as_uri()}']", "{}")
    window = wait_for_page(tree, "Review")
    tree.eventually(lambda: any("example.com" in text for text in tree.texts_below(window)), "the plan's domain on the review")


def check_end(tree, desktop: Desktop) -> None:
    desktop.ask("ActivateAction", "quit", "[]", "{}")
    wait_until(lambda: not desktop.is_running(), "the wizard to end", 60)
    tree.wait_until_gone("postern")


def main() -> int:
    if INSIDE not in os.environ:
        install()
        go_to_a_bus_that_sees_it()
    from journey import tree

    tap, desktop, plan = Tap(), Desktop(), PLACE / "corp.postern"
    plan.write_text(json.dumps(PLAN))
    tap.on_failure = lambda: "\n".join(tree.describe(window) for window in windows(tree))
    with tap.test("the session bus starts the installed wizard, and its window appears", essential=True):
        check_activation(tree, desktop)
    with tap.test("asked again it is the same wizard, with another window only if one is wanted"):
        check_second_activation(tree, desktop)
    with tap.test("a plan file is opened by the wizard that runs"):
        check_opened_plan(tree, desktop, plan)
    with tap.test("it leaves the bus when it ends"):
        check_end(tree, desktop)
    with tap.test("a plan file starts the wizard"):
        check_opened_plan(tree, desktop, plan)
        assert len(windows(tree)) == 1, f"{len(windows(tree))} windows"
        check_end(tree, desktop)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

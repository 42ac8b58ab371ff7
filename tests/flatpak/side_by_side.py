# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandboxed wizards of both profiles at the same time, on one desktop."""

import subprocess
from pathlib import Path

from gi.repository import Gio, GLib

from journey import tree
from practice.waiting import wait_until

# Where the header bar is in a picture of the window, away from its title: the development profile has stripes there.
HEADER = "100x20+60+12"


class SideBySide:
    """Each has its own place on the bus, on the screen and on the disk."""

    def __init__(self, bundles):
        self._bundles = bundles
        self._processes = []

    def __enter__(self):
        for bundle in self._bundles:
            self._processes.append(subprocess.Popen(bundle.command(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                                    stderr=subprocess.DEVNULL))
        return self

    def __exit__(self, *_):
        # A sandbox outlives the command that has started it.
        for bundle in self._bundles:
            subprocess.run(["flatpak", "kill", bundle.application_id], check=False, stderr=subprocess.DEVNULL)
        for process in self._processes:
            process.wait(30)
        tree.wait_until_gone("postern")

    def check_bus(self) -> None:
        for bundle in self._bundles:
            wait_until(lambda name=bundle.application_id: _has_owner(name), f"{bundle.application_id} on the session bus")
        for process in self._processes:
            assert process.poll() is None, f"one wizard has ended with status {process.returncode}"

    def check_windows(self) -> None:
        windows = [wait_until(lambda name=bundle.application_id: _window_of(name), f"the window of {bundle.application_id}")
                   for bundle in self._bundles]
        stable, development = (wait_until(lambda window=window: _colours(window), "the header bar to be drawn") for window in windows)
        assert stable == 1, f"{stable} colours in the header bar of the stable profile"
        assert development > 1, "the header bar of the development profile looks like the other"

    def check_places(self) -> None:
        for bundle in self._bundles:
            place = Path.home() / ".var" / "app" / bundle.application_id
            wait_until(place.is_dir, f"{place}")


def _has_owner(name: str) -> bool:
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    answer = bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
                           GLib.Variant("(s)", (name,)), GLib.VariantType("(b)"), Gio.DBusCallFlags.NONE, 5000)
    return answer.unpack()[0]


def _window_of(application_id: str) -> str | None:
    """The X window that says of itself that it belongs to that application."""
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "postern"], capture_output=True, text=True, check=False)
    for window in found.stdout.split():
        said = subprocess.run(["xprop", "-id", window, "_GTK_APPLICATION_ID"], capture_output=True, text=True, check=False)
        if f'"{application_id}"' in said.stdout:
            return window
    return None


def _colours(window: str) -> int:
    """How many colours there are in the header bar; 0 as long as it is not drawn."""
    picture = subprocess.run(["import", "-window", window, "png:-"], capture_output=True, check=False).stdout
    done = subprocess.run(["convert", "png:-", "-crop", HEADER, "-format", "%k %[fx:mean]", "info:"], input=picture,
                          capture_output=True, check=False)
    number, _, mean = done.stdout.decode().partition(" ")
    return int(number) if mean and float(mean) > 0.05 else 0

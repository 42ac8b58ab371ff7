#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the Flatpaks of both profiles from their manifests, installs them side by side, and sets up the practice network's gateway
with the sandboxed wizard.

Runs on a display of its own (tests/run-in-display).
"""

import configparser
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "flatpak"), str(TOP / "tests"), str(TOP / "tests" / "wizard")]

from journey.secret_service import go_to_bare_bus, is_on_bare_bus  # noqa: E402
from practice import addresses, namespace  # noqa: E402
from practice.tap import Tap, skip_all  # noqa: E402
from secret_portal import SecretPortal  # noqa: E402

APPLICATION = "io.github.postern.Postern"
SCENARIO = "edge-verifying"
TOOLS = ("flatpak", "flatpak-builder", "ostree", "bwrap", "xdg-dbus-proxy", "/usr/libexec/xdg-desktop-portal", "gnome-keyring-daemon")

# All that the wizard may do. Files come through a dialog, secrets through the portal: neither needs a permission.
PERMISSIONS = {"shared": {"network", "ipc"}, "sockets": {"x11", "wayland", "fallback-x11"}, "devices": {"dri"}}

EXPORTED = ("applications/ID.desktop", "dbus-1/services/ID.service", "icons/hicolor/scalable/apps/ID.svg",
            "icons/hicolor/symbolic/apps/ID-symbolic.svg", "icons/hicolor/scalable/mimetypes/ID.plan.svg", "mime/packages/ID.xml")


def check_profiles() -> None:
    """The development profile is the same but for its name, its branch and the option that makes it one."""
    stable, development = (json.loads((TOP / "flatpak" / f"{name}.json").read_text()) for name in (APPLICATION, APPLICATION + ".Devel"))
    assert (development.pop("id"), development.pop("default-branch")) == (APPLICATION + ".Devel", "development")
    assert (stable.pop("id"), stable.pop("default-branch")) == (APPLICATION, "stable")
    development["modules"][-1]["config-opts"].remove("-Dprofile=development")
    assert stable == development, "the two manifests differ"
    assert stable["runtime-version"] == "48" and stable["runtime"] == "org.gnome.Platform" and stable["sdk"] == "org.gnome.Sdk"


def check_permissions(bundle) -> None:
    lines = bundle.permissions().strip().splitlines()
    assert lines[0] == "[Context]", lines
    found = {name: set(filter(None, values.split(";"))) for name, _, values in (line.partition("=") for line in lines[1:])}
    assert found == PERMISSIONS, found


def check_exports(bundle) -> None:
    share = Path(os.environ["FLATPAK_USER_DIR"]) / "exports" / "share"
    missing = [name for name in EXPORTED if not (share / name.replace("ID", bundle.application_id)).exists()]
    assert not missing, f"not exported: {missing}"


def check_size(bundle) -> None:
    size, installed = bundle.size()
    assert size < 3_000_000, f"the bundle has {size} bytes ({installed} when installed)"


def check_command_line(bundle) -> None:
    """posternctl is in there as well, and speaks the languages."""
    command = bundle.command("posternctl", "LC_ALL=C.UTF-8")
    done = subprocess.run([*command, "check", "-"], input='{"postern": 1, "scenario": "direct"}', capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "[nothing-to-do-with-mail]" in done.stdout, done


def check_names(bundles) -> None:
    """What the two are known by differs in everything."""
    share = Path(os.environ["FLATPAK_USER_DIR"]) / "exports" / "share"
    entries = []
    for bundle in bundles:
        entry = configparser.RawConfigParser(delimiters="=")
        entry.read(share / "applications" / f"{bundle.application_id}.desktop")
        entries.append(entry["Desktop Entry"])
        assert entries[-1]["icon"] == bundle.application_id and entries[-1]["x-flatpak"] == bundle.application_id
        schema = in_sandbox(bundle, "cat", f"/app/share/glib-2.0/schemas/{bundle.application_id}.gschema.xml")
        assert f'id="{bundle.application_id}" path="/{bundle.application_id.replace(".", "/")}/"' in schema, schema
    assert entries[0]["name"] != entries[1]["name"], "both are called the same"
    icons = [(share / "icons/hicolor/scalable/apps" / f"{bundle.application_id}.svg").read_bytes() for bundle in bundles]
    assert icons[0] != icons[1], "both have the same icon"


def in_sandbox(bundle, program: str, *arguments: str) -> str:
    return subprocess.run([*bundle.command(program), *arguments], capture_output=True, text=True, check=True).stdout


class Remembering:
    """The gateway page of one sandboxed wizard after the other."""

    def __init__(self, bundle, network, build: Path):
        from journey import tree
        from journey.wizard import Wizard

        self.tree = tree
        self.id = bundle.application_id
        self.token = network.gateway.token
        self.home = Path.home() / ".var" / "app" / bundle.application_id
        self.keyring = self.home / "data" / "keyrings" / "default.keyring"
        self._make = lambda: Wizard(build, "accessibility", command=bundle.command())

    def connect(self, wizard) -> None:
        """As somebody who is here for the first time and wants it remembered."""
        wizard.begin()
        wizard.choose_scenario(SCENARIO)
        wizard.connect(addresses.GATEWAY, self.token)
        wizard.hands.press_button("Trust This Gateway")
        self.tree.find(wizard.window, "list", "Connected")
        wizard.hands.switch("Remember in the keyring", True)

    def start(self, *, afresh: bool):
        # A sandbox outlives the command that has started it.
        subprocess.run(["flatpak", "kill", self.id], check=False, stderr=subprocess.DEVNULL)
        self.tree.wait_until_gone("postern")
        if afresh:
            shutil.rmtree(self.home, ignore_errors=True)
        return self._make()

    def check_without_portal(self) -> None:
        with self.start(afresh=True) as wizard:
            self.connect(wizard)
            said = self.tree.eventually(lambda: next((text for text in self.tree.texts_below(wizard.window) if "keyring:" in text), None),
                                        "why it cannot be remembered")
            assert "GDBus" not in said, said
            wizard.next("Gateway")
            wizard.page("Domains")
        assert not self.keyring.exists()

    def check_with_portal(self) -> None:
        with self.start(afresh=True) as wizard:
            self.connect(wizard)
            self.tree.eventually(self.keyring.exists, "the secret to be kept")
            plans = self.home / ".local" / "state" / "postern" / "plans"
            self.tree.eventually(lambda: any(addresses.GATEWAY in file.read_text() for file in plans.glob("*.ini")), "the plan to be kept")
        kept = self.keyring.read_bytes()
        assert kept and self.token.encode() not in kept, "the token can be read in the file"
        found = [path for path in self.home.rglob("*") if path.is_file() and self.token.encode() in path.read_bytes()]
        assert not found, f"the token can be read in {found}"

    def check_found_again(self) -> None:
        with self.start(afresh=False) as wizard:
            wizard.page("Gateway")
            self.tree.eventually(lambda: self.length_of_token(wizard) == len(self.token), "the token to be filled in")

    def length_of_token(self, wizard) -> int:
        entry = self.tree.look_for(wizard.window, "text", "Access Token")
        return len(self.tree.text_of(entry)) if entry is not None else 0


def check_side_by_side(tap: Tap, bundles) -> None:
    from side_by_side import SideBySide
    with SideBySide(bundles) as both:
        with tap.test("both run at once, each by its own name on the bus"):
            both.check_bus()
        with tap.test("one sees which is the development one"):
            both.check_windows()
        with tap.test("each has a place of its own for what it keeps"):
            both.check_places()


def check_journey(bundle, network, build: Path) -> None:
    from journey.mail_proof import MailProof
    from journey.wizard import Wizard, travel

    pictures = build / "flatpak" / "journey"
    with Wizard(build, "accessibility", pictures, None, bundle.command()) as wizard:
        proofs = travel(wizard, SCENARIO, network.gateway)
        assert len(proofs) >= 5 and all("Holds" in proof for proof in proofs), proofs
        wizard.finish()
    assert list(pictures.glob("*-result.png")), "there is no picture of the result"
    for row in MailProof(network, SCENARIO).rows():
        row.check()


def check_in_practice(tap: Tap, bundle, build: Path) -> None:
    from practice.network import PracticeNetwork
    with PracticeNetwork(build, edge_verifies=True, public_mx="edge") as network:
        tap.on_failure = network.recent_logs
        with tap.test("the sandboxed wizard sets up a gateway, and real mail flows as planned"):
            check_journey(bundle, network, build)
        remembering = Remembering(bundle, network, build)
        with tap.test("without a portal it works, and says plainly that nothing can be remembered"):
            remembering.check_without_portal()
        with SecretPortal():
            with tap.test("by the portal the token is kept, encrypted, in the sandbox's own directory", essential=True):
                remembering.check_with_portal()
            with tap.test("and is found at the next start"):
                remembering.check_found_again()


def enter_own_world() -> None:
    """A network, and a session bus, where nothing is that this script does not start."""
    try:
        namespace.uncover_proc()
        namespace.enter()
    except namespace.NamespaceUnavailable as reason:
        skip_all(str(reason))
    go_to_bare_bus()


def main() -> int:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        skip_all(f"not installed: {' '.join(missing)}")
    if not is_on_bare_bus():
        enter_own_world()
    build = Path(os.environ["POSTERN_BUILD_DIR"])
    for name in ("G_DEBUG", "MALLOC_CHECK_", "MALLOC_PERTURB_", "POSTERN_HELP_DIR", "GSETTINGS_SCHEMA_DIR"):
        os.environ.pop(name, None)
    tap = Tap()
    with tap.test("the two profiles have the same manifest"):
        check_profiles()
    from bundle import Bundle  # asks flatpak for its architecture
    bundles = [Bundle(build / "flatpak", name) for name in (APPLICATION, APPLICATION + ".Devel")]
    for bundle in bundles:
        with tap.test(f"the bundle of {bundle.application_id} is built from its manifest, and can be installed", essential=True):
            bundle.have_runtime()
            bundle.build()
            bundle.install()
        bundle.show_to(os.environ)
        for name, check in (("it may do no more than it needs", check_permissions), ("the desktop gets to know of it", check_exports),
                            ("it is small", check_size), ("posternctl works in the sandbox", check_command_line)):
            with tap.test(name):
                check(bundle)
    with tap.test("nothing that the one is known by is the other's"):
        check_names(bundles)
    check_side_by_side(tap, bundles)
    check_in_practice(tap, bundles[0], build)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the Flatpak from its manifest, installs it, and sets up the practice network's gateway with the sandboxed wizard.

Runs on a display of its own (tests/run-in-display).
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "flatpak"), str(TOP / "tests"), str(TOP / "tests" / "wizard")]

from practice import namespace  # noqa: E402
from practice.tap import Tap, skip_all  # noqa: E402

APPLICATION = "io.github.postern.Postern"
SCENARIO = "edge-verifying"
TOOLS = ("flatpak", "flatpak-builder", "ostree", "bwrap", "xdg-dbus-proxy")

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


def main() -> int:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        skip_all(f"not installed: {' '.join(missing)}")
    build = Path(os.environ["POSTERN_BUILD_DIR"])
    for name in ("G_DEBUG", "MALLOC_CHECK_", "MALLOC_PERTURB_", "POSTERN_HELP_DIR", "GSETTINGS_SCHEMA_DIR"):
        os.environ.pop(name, None)
    tap = Tap()
    with tap.test("the two profiles have the same manifest"):
        check_profiles()
    from bundle import Bundle  # asks flatpak for its architecture
    bundle = Bundle(build / "flatpak", APPLICATION)
    try:
        namespace.uncover_proc()
        with tap.test("the bundle is built from the manifest, and can be installed", essential=True):
            bundle.have_runtime()
            bundle.build()
            bundle.install()
        bundle.show_to(os.environ)
        namespace.enter()
    except namespace.NamespaceUnavailable as reason:
        skip_all(str(reason))
    for name, check in (("it may do no more than it needs", check_permissions), ("the desktop gets to know of it", check_exports),
                        ("it is small", check_size), ("posternctl works in the sandbox", check_command_line)):
        with tap.test(name):
            check(bundle)
    from practice.network import PracticeNetwork
    with PracticeNetwork(build, edge_verifies=True, public_mx="edge") as network:
        tap.on_failure = network.recent_logs
        with tap.test("the sandboxed wizard sets up a gateway, and real mail flows as planned"):
            check_journey(bundle, network, build)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

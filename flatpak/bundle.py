# SPDX-License-Identifier: GPL-3.0-or-later
"""The wizard as a Flatpak: built from its manifest, installed, written to a bundle."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import runtime

TOP = Path(__file__).resolve().parents[1]
BLUEPRINT = re.compile(r'"url": "(https://\S+/blueprint-compiler\.git)"')


class Bundle:
    """Everything of one application id below one directory: nothing of it touches the caller's own Flatpak installation."""

    def __init__(self, place: Path, application_id: str):
        self.application_id = application_id
        self.manifest = TOP / "flatpak" / f"{application_id}.json"
        self.file = place / f"{application_id}.flatpak"
        self._ref = f"app/{application_id}/{runtime.ARCHITECTURE}/{json.loads(self.manifest.read_text())['default-branch']}"
        self._place = place
        self._runtime = place / "runtime"
        self._repository = place / f"repository-{application_id}"
        self._environment = dict(os.environ, FLATPAK_USER_DIR=str(place / "installation"), FLATPAK_SYSTEM_DIR=str(place / "system"),
                                 XDG_DATA_HOME=str(place / "data"), XDG_CACHE_HOME=str(place / "cache"), HOME=str(place / "home"))

    def have_runtime(self) -> None:
        """Makes the runtime and the SDK and installs them, unless that was done for this development root."""
        stamp, wanted = self._place / "runtime-of", _root_stamp()
        if stamp.exists() and stamp.read_text() == wanted:
            return
        shutil.rmtree(self._place, ignore_errors=True)
        for name in ("home", "data", "cache"):
            (self._place / name).mkdir(parents=True)
        runtime.make(self._runtime, self._place / "work")
        runtime.offer_blueprint_compiler(self._place / "blueprint-compiler")
        self._flatpak("remote-add", "--no-gpg-verify", "stand-in", self._runtime.as_uri())
        self._flatpak("install", "-y", "--noninteractive", "stand-in",
                      *(f"runtime/{name}/{runtime.ARCHITECTURE}/{runtime.BRANCH}" for name in ("org.gnome.Platform", "org.gnome.Sdk")))
        # What was installed is in the installation's own repository now.
        shutil.rmtree(self._runtime / "objects")
        stamp.write_text(wanted)

    def build(self, sources: Path = TOP) -> str:
        """Builds the manifest of the checkout SOURCES, and returns the checksum of what an installation of it holds."""
        shutil.rmtree(self._repository, ignore_errors=True)
        url = BLUEPRINT.search(self.manifest.read_text()).group(1)
        environment = dict(self._environment, GIT_CONFIG_COUNT="2",
                           GIT_CONFIG_KEY_0=f"url.{(self._place / 'blueprint-compiler').as_uri()}.insteadOf", GIT_CONFIG_VALUE_0=url,
                           GIT_CONFIG_KEY_1="protocol.file.allow", GIT_CONFIG_VALUE_1="always")
        _run(["flatpak-builder", "--user", "--force-clean", "--disable-rofiles-fuse", "--disable-updates", f"--jobs={2 * os.cpu_count()}", f"--state-dir={self._place / 'builder'}",
              f"--repo={self._repository}", str(self._place / "application"), str(sources / self.manifest.relative_to(TOP))], environment)
        tree = _run(["ostree", f"--repo={self._repository}", "ls", "-C", self._ref, "/files"],
                    environment)
        return tree.split()[4]

    def install(self) -> None:
        """Installs what was built, from the bundle that it writes."""
        _run(["flatpak", "build-bundle", str(self._repository), str(self.file), self.application_id,
              self._ref.rpartition("/")[2]], self._environment)
        self._flatpak("install", "-y", "--noninteractive", "--reinstall", "--bundle", str(self.file))

    def permissions(self) -> str:
        """What an installation of it may do, as Flatpak says it."""
        return self._flatpak("info", "--show-permissions", self.application_id)

    def size(self) -> tuple[int, str]:
        """Of the bundle in bytes, and of what is installed as Flatpak says it."""
        shown = self._flatpak("info", self.application_id)
        return self.file.stat().st_size, re.search(r"Installed: *(.*)", shown).group(1)

    def command(self, program: str | None = None, *settings: str) -> list[str]:
        """What runs PROGRAM, or the wizard, in the sandbox; SETTINGS are NAME=VALUE of its environment."""
        return ["flatpak", "run", "--user", *(f"--env={setting}" for setting in settings),
                *([f"--command={program}"] if program else []), self.application_id]

    def show_to(self, environment: dict[str, str]) -> None:
        """Lets Flatpak commands with ENVIRONMENT find this installation."""
        for name in ("FLATPAK_USER_DIR", "FLATPAK_SYSTEM_DIR"):
            environment[name] = self._environment[name]

    def _flatpak(self, command: str, *arguments: str) -> str:
        return _run(["flatpak", command, "--user", *arguments], self._environment)


def _root_stamp() -> str:
    made_by = "".join((TOP / name).read_text() for name in ("flatpak/runtime.py", "tests/practice/package_tree.py"))
    return Path("/.postern-root").read_text() + made_by


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command[:3])} ended with status {done.returncode}:\n{(done.stdout + done.stderr)[-4000:]}"
    return done.stdout

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs what was built: every file in its place, on a Debian that has nothing but what Postern needs, and off again."""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests"))

from practice import package_tree  # noqa: E402
from practice.tap import Tap, skip_all  # noqa: E402

BUILD = Path(os.environ["POSTERN_BUILD_DIR"])

# What has to be where, below the prefix. ID is the application id, LL one of the languages.
PLACES = """
bin/postern bin/posternctl sbin/posternd
share/applications/ID.desktop share/metainfo/ID.metainfo.xml share/dbus-1/services/ID.service share/mime/packages/ID.xml
share/icons/hicolor/scalable/apps/ID.svg share/icons/hicolor/symbolic/apps/ID-symbolic.svg
share/icons/hicolor/scalable/mimetypes/ID.plan.svg
lib/systemd/system/posternd.service lib/tmpfiles.d/postern.conf
share/man/man8/posternd.8 share/man/LL/man8/posternd.8
share/man/man1/postern.1 share/man/man1/posternctl.1 share/man/man5/postern-plan.5
share/man/LL/man1/postern.1 share/man/LL/man1/posternctl.1 share/man/LL/man5/postern-plan.5
share/locale/LL/LC_MESSAGES/postern.mo
share/bash-completion/completions/posternctl share/bash-completion/completions/posternd
share/fish/vendor_completions.d/posternctl.fish share/fish/vendor_completions.d/posternd.fish
share/zsh/site-functions/_posternctl share/zsh/site-functions/_posternd
share/doc/postern/gateway-api.yaml
share/help/C/postern/index.page share/help/LL/postern/index.page share/glib-2.0/schemas/ID.gschema.xml
""".split()

# The programs without a display need these, and what they depend on.
PACKAGES = ("libglib2.0-0t64 glib-networking libjson-glib-1.0-0 libsoup-3.0-0 libgnutls30t64 libidn2-0 libpsl5t64 libsystemd0 "
            "ca-certificates postfix postfix-lmdb systemd procps").split()

PLAN = {"postern": 1, "scenario": "edge-not-verifying", "domains": [{"name": "example.com", "local": True}],
        "internal_server": {"host": "10.0.0.20", "port": 25, "mx": False}, "edge_gateway": {"host": "192.0.2.1", "port": 25, "mx": False},
        "trusted_networks": ["10.0.0.20/32"], "recipient_verification": "off", "use_spf": False, "use_dmarc": False,
        "sender_authentication": False, "check_sender_before_edge": False, "rejected_mail": "delete"}

# Becomes the shell of the clean Debian. $1 is --practice or nothing.
SERVE = r"""
set -eu
state=$(mktemp -d)
chmod 755 "$state"
log=$state/log
( umask 077; posternd --state-dir="$state/posternd" token add admin >"$state/token" )
posternd --state-dir="$state/posternd" --listen 127.0.0.1:8443 "$@" >"$log" 2>&1 &
service=$!
tries=0
until grep -q '^Listening on' "$log"; do
    kill -0 $service || { cat "$log"; exit 1; }
    tries=$((tries + 1)); [ $tries -lt 600 ]; sleep 0.1
done
gateway='https://127.0.0.1:8443'
access="--token-file=$state/token --pin=$(posternd --state-dir="$state/posternd" fingerprint)"
posternctl push /plan.postern "$gateway" $access --yes || { cat "$log"; exit 1; }
posternctl diff /plan.postern "$gateway" $access
kill -TERM $service
wait $service
"""


def option(name: str) -> str:
    answer = subprocess.run(["meson", "introspect", "--buildoptions", BUILD], capture_output=True, text=True, check=True)
    return next(entry["value"] for entry in json.loads(answer.stdout) if entry["name"] == name)


def run(*command: str | Path, text: str | None = None) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, input=text)
    assert done.returncode == 0, f"{command[0]} ended with status {done.returncode}:\n{(done.stdout + done.stderr)[-3000:]}"
    return done.stdout


def install(destination: Path) -> None:
    run("meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", destination)


def check_places(below: Path) -> None:
    application = "io.github.postern.Postern" + (".Devel" if option("profile") == "development" else "")
    wanted = [place.replace("ID", application).replace("LL", language) for place in PLACES for language in ("cs", "fr", "ru")]
    missing = sorted({place for place in wanted if not (below / place).is_file()})
    assert not missing, "not installed: " + " ".join(missing)


def check_modes(destination: Path) -> None:
    """Programs can be run, the rest cannot, and nobody but the owner may write anything."""
    for path in destination.rglob("*"):
        if path.is_file() and not path.is_symlink():
            mode = path.stat().st_mode & 0o7777
            assert mode == (0o755 if path.parent.name in ("bin", "sbin") else 0o644), f"{path.relative_to(destination)} has mode {mode:o}"


def uninstall(destination: Path) -> None:
    run("ninja", "-C", BUILD, "uninstall")
    left = [str(path.relative_to(destination)) for path in destination.rglob("*")]
    assert not left, "left behind: " + " ".join(sorted(left))


def in_clean_debian(root: Path, *command: str, text: str | None = None) -> str:
    """Runs a command in ROOT as it would on a host of its own, with a network that ends at the loopback device."""
    return run("bwrap", "--unshare-net", "--unshare-uts", "--unshare-ipc", "--hostname", "gw.example.com", "--die-with-parent", "--cap-add", "ALL",
               "--bind", root, "/", "--dev", "/dev", "--bind", "/proc", "/proc", "--tmpfs", "/run", "--perms", "1777", "--tmpfs", "/tmp",
               "--clearenv", "--setenv", "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin", "--setenv", "LANG", "C.UTF-8",
               "--setenv", "HOME", "/root", "--chdir", "/", "--", *command, text=text)


def make_clean_debian(root: Path) -> None:
    package_tree.copy(PACKAGES, root, ("etc/postfix", "etc/aliases", "etc/mailname", "etc/services", "etc/protocols"), as_root=True)
    for name in ("dev", "proc", "run", "tmp", "root", "var/tmp", "var/log", "var/spool/postfix", "var/mail"):
        (root / name).mkdir(parents=True, exist_ok=True)
    # The development root's own are made by bubblewrap, for root only.
    for name in ("var", "var/lib"):
        (root / name).chmod(0o755)
    (root / "plan.postern").write_text(json.dumps(PLAN))
    install(root)


def check_libraries(root: Path) -> None:
    """Nothing is needed that the packages do not bring, and no program without a display links GTK."""
    for program in ("posternctl", "posternd"):
        path = in_clean_debian(root, "sh", "-c", f"command -v {program}").strip()
        libraries = in_clean_debian(root, "ldd", path)
        assert "not found" not in libraries and "libgtk" not in libraries, libraries
        assert re.match(rf"{program} \d", in_clean_debian(root, program, "--version"))


def check_practice(root: Path) -> None:
    said = in_clean_debian(root, "sh", "-s", "--", "--practice", text=SERVE)
    assert said, "posternctl said nothing"


def check_postfix(root: Path) -> None:
    postfix = "install -d -o postfix /var/lib/postfix; postconf -e maillog_file=/var/log/postfix.log inet_interfaces=loopback-only; postfix start >&2"
    said = in_clean_debian(root, "sh", "-c", f"{postfix}; sh -s; status=$?; postfix stop >&2; exit $status", text=SERVE)
    assert said, "posternctl said nothing"
    settings = in_clean_debian(root, "postconf", "-h", "relayhost")
    assert settings.strip() == "[192.0.2.1]:25", f"relayhost is {settings}"


def check_unit(root: Path) -> None:
    units = [path for path in root.rglob("posternd.service") if path.parent.name == "system"]
    assert len(units) == 1, f"{len(units)} units"
    said = subprocess.run(["systemd-analyze", "verify", "--man=no", f"--root={root}", units[0].name], capture_output=True, text=True, check=False)
    complaints = [line for line in said.stderr.splitlines() if "postern" in line]
    assert not complaints and said.returncode == 0, said.stderr


def main() -> int:
    if os.geteuid() != 0:
        skip_all("a clean Debian needs root, or the root of a user namespace")
    tap = Tap()
    with tempfile.TemporaryDirectory(dir=BUILD, prefix="install-") as directory:
        destination, root = Path(directory, "destination"), Path(directory, "debian")
        with tap.test("everything is installed below DESTDIR", essential=True):
            install(destination)
            check_places(destination / option("prefix").lstrip("/"))
        with tap.test("with the right modes"):
            check_modes(destination)
        with tap.test("uninstalling leaves nothing behind"):
            uninstall(destination)
        with tap.test("it can be installed on a clean Debian", essential=True):
            make_clean_debian(root)
        with tap.test("which has every library that is needed"):
            check_libraries(root)
        with tap.test("posternd starts there, takes a plan, and ends in good order"):
            check_practice(root)
        with tap.test("and does so with a real Postfix"):
            check_postfix(root)
        with tap.test("systemd finds nothing to say about its unit"):
            check_unit(root)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

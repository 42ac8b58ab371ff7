# SPDX-License-Identifier: GPL-3.0-or-later
"""A Flatpak runtime and SDK of GNOME's names, made of the Debian packages of the development root.

They stand in for org.gnome.Platform and org.gnome.Sdk where no Flatpak remote can be reached: the same GTK and libadwaita
versions in the same places. They prove the manifest, the sandbox and what is installed; the set of libraries is Debian's.
"""

import re
import shutil
import subprocess
from pathlib import Path

from practice import package_tree

BRANCH = "48"
ARCHITECTURE = subprocess.run(["flatpak", "--default-arch"], capture_output=True, text=True, check=True).stdout.strip()

# Of GNOME's platform what a GTK program in C needs.
_PLATFORM = (
    "libadwaita-1-0 libgtk-4-1 gsettings-desktop-schemas adwaita-icon-theme hicolor-icon-theme librsvg2-common fonts-cantarell "
    "fonts-dejavu-core libgl1-mesa-dri libegl-mesa0 dconf-gsettings-backend glib-networking libglib2.0-bin shared-mime-info "
    "libjson-glib-1.0-0 libsoup-3.0-0 libsecret-1-0 libgnutls30t64 libidn2-0 libpsl5t64 ca-certificates procps libatspi2.0-0t64"
).split()
_SDK = (
    "gcc libc6-dev make pkgconf meson ninja-build gettext itstool git libadwaita-1-dev libgtk-4-dev libglib2.0-dev libjson-glib-dev "
    "libsoup-3.0-dev libsecret-1-dev libgnutls28-dev libidn2-dev libpsl-dev desktop-file-utils appstream appstream-compose "
    "libxml2-utils python3-gi gir1.2-adw-1 gir1.2-gtk-4.0 elfutils"
).split()

# Flatpak makes these itself, or they say something about this machine.
_NOT_IN_A_RUNTIME = (
    "etc/shadow", "etc/gshadow", "etc/resolv.conf", "etc/hosts", "etc/hostname", "etc/machine-id", "etc/localtime", "etc/mtab", "etc/apt",
    "etc/ssl/private", "etc/ld.so.cache", "lib/systemd", "local",
)

_LIBRARY_PLACES = """\
include /run/flatpak/ld.so.conf.d/app-*.conf
/app/lib/{triplet}
/app/lib
include /run/flatpak/ld.so.conf.d/runtime-*.conf
include /etc/ld.so.conf.d/*.conf
"""

_METADATA = """\
[Runtime]
name={name}
runtime=org.gnome.Platform/{architecture}/{branch}
sdk=org.gnome.Sdk/{architecture}/{branch}

[Environment]
XDG_DATA_DIRS=/app/share:/usr/share:/usr/share/runtime/share:/run/host/user-share:/run/host/share
GI_TYPELIB_PATH=/app/lib/girepository-1.0:/app/lib/{triplet}/girepository-1.0
"""


def make(repository: Path, work: Path) -> None:
    """Writes both into the OSTree REPOSITORY, which it makes. WORK is a directory for what comes in between."""
    _run("ostree", "init", f"--repo={repository}", "--mode=bare-user-only")
    for name, packages in (("org.gnome.Platform", _PLATFORM), ("org.gnome.Sdk", [*_PLATFORM, *_SDK])):
        tree = work / name
        _make_tree(tree, packages)
        _commit(repository, name, tree)
        shutil.rmtree(tree)
    _run("flatpak", "build-update-repo", "--no-update-appstream", str(repository))


def _make_tree(tree: Path, packages: list[str]) -> None:
    root = tree / "root"
    package_tree.copy(packages, root)
    files = tree / "files"
    (root / "usr").rename(files)
    (root / "etc").rename(files / "etc")
    shutil.rmtree(root)
    for name in _NOT_IN_A_RUNTIME:
        path = files / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    (files / "etc" / "ld.so.conf").write_text(_LIBRARY_PLACES.format(triplet=_triplet()))
    _run("find", str(files), "-type", "f", "-perm", "/6000", "-exec", "chmod", "a-s", "{}", "+")
    _run("find", str(files), "-type", "f", "!", "-perm", "-400", "-exec", "chmod", "u+r", "{}", "+")


def _commit(repository: Path, name: str, tree: Path) -> None:
    ref = f"runtime/{name}/{ARCHITECTURE}/{BRANCH}"
    metadata = _METADATA.format(name=name, architecture=ARCHITECTURE, branch=BRANCH, triplet=_triplet())
    (tree / "metadata").write_text(metadata)
    _run("ostree", "commit", f"--repo={repository}", f"--branch={ref}", f"--tree=dir={tree}", "--owner-uid=0", "--owner-gid=0",
         "--canonical-permissions", "--no-xattrs", f"--subject={name} {BRANCH} of Debian packages", f"--add-metadata-string=xa.ref={ref}",
         f"--add-metadata-string=xa.metadata={metadata}")


def _triplet() -> str:
    return subprocess.run(["gcc", "-print-multiarch"], capture_output=True, text=True, check=True).stdout.strip()


def offer_blueprint_compiler(repository: Path) -> None:
    """A Git repository that stands in for Blueprint's, with what the Debian package has of it.

    GNOME's SDK 48 has no blueprint-compiler, so the manifest builds one from its own repository.
    """
    repository.mkdir(parents=True)
    shutil.copytree("/usr/lib/python3/dist-packages/blueprintcompiler", repository / "blueprintcompiler",
                    ignore=shutil.ignore_patterns("__pycache__"))
    script = Path("/usr/bin/blueprint-compiler").read_text()
    script = re.sub(r"^module_path = .*$", 'module_path = r"/app/share/blueprint-compiler"', script, flags=re.MULTILINE)
    (repository / "blueprint-compiler").write_text(script)
    (repository / "meson.build").write_text(
        "project('blueprint-compiler')\n"
        "install_subdir('blueprintcompiler', install_dir: get_option('datadir') / 'blueprint-compiler')\n"
        "install_data('blueprint-compiler', install_dir: get_option('bindir'), install_mode: 'rwxr-xr-x')\n")
    identity = ["-c", "user.name=Postern", "-c", "user.email=postern@localhost"]
    for command in (["-c", "init.defaultBranch=main", "init", "--quiet"], ["add", "."], [*identity, "commit", "--quiet", "--message", "The Debian package’s files"],
                    ["tag", "v0.16.0"]):
        _run("git", "-C", str(repository), *command)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command[:3])}: {done.stderr or done.stdout}"

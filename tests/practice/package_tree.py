# SPDX-License-Identifier: GPL-3.0-or-later
"""Parts of this Debian system: the files of some packages and of all that these depend on, copied to a place of their own.

It is how the tests get a clean Debian with nothing but what is wanted, and the Flatpak runtime, without a network: the packages
are installed here already.
"""

import re
import subprocess
from pathlib import Path

_DPKG = Path("/var/lib/dpkg")

# What packages write when they are installed, and no list of files names.
_GENERATED = (
    "etc/alternatives", "etc/ld.so.cache", "etc/passwd", "etc/group", "etc/nsswitch.conf", "etc/hosts", "etc/ssl/certs", "etc/fonts/conf.d",
    "usr/share/glib-2.0/schemas/gschemas.compiled", "usr/lib/*/gio/modules/giomodule.cache", "usr/lib/*/gdk-pixbuf-2.0/*/loaders.cache",
    "usr/share/icons/*/icon-theme.cache", "usr/share/mime", "usr/lib/locale",
)


def closure(packages: list[str] | tuple[str, ...]) -> list[str]:
    """PACKAGES and everything they depend on, as the database of packages names their lists of files.

    Raises KeyError with the name of a package that is not installed.
    """
    known, providers = _read_status()
    found: dict[str, str] = {}
    pending = [*packages, *(name for name, (_, _, essential) in known.items() if essential)]
    while pending:
        name = pending.pop()
        if name in found:
            continue
        architecture, groups, _ = known[name]
        found[name] = architecture
        for group in groups:
            installed = [provider for choice in group for provider in ([choice] if choice in known else providers.get(choice, []))]
            if installed:
                pending.append(installed[0])
    return [_list_name(name, architecture) for name, architecture in sorted(found.items())]


def copy(packages: list[str] | tuple[str, ...], place: Path, beside: tuple[str, ...] = (), *, as_root: bool = False) -> None:
    """Copies the closure of PACKAGES below PLACE, which it makes: `usr`, `etc` and `var`, with the links of a merged /usr.

    BESIDE names more that packages write when they are installed: "etc/postfix". AS_ROOT keeps owners and special rights.
    """
    names = {"usr", "etc", "var", *_generated((*_GENERATED, *beside))}
    for package in closure(packages):
        for line in (_DPKG / "info" / f"{package}.list").read_text().splitlines():
            names.add(_in_merged_usr(line.lstrip("/")))
    present = sorted(name for name in names if name and _is_there(name))
    place.mkdir(parents=True)
    _copy_files(present, place, [] if as_root else ["--no-same-owner", "--no-same-permissions"])
    for name in ("bin", "sbin", "lib", "lib64"):
        (place / name).symlink_to(f"usr/{name}")


def _read_status() -> tuple[dict, dict]:
    known, providers = {}, {}
    for stanza in (_DPKG / "status").read_text().split("\n\n"):
        fields = dict(re.findall(r"^([A-Za-z-]+): *(.*)$", stanza, re.MULTILINE))
        if "installed" not in fields.get("Status", "").split():
            continue
        needed = ", ".join(filter(None, (fields.get("Pre-Depends"), fields.get("Depends"))))
        groups = [[_bare(choice) for choice in group.split("|")] for group in needed.split(",") if group.strip()]
        name = fields["Package"]
        known[name] = (fields["Architecture"], groups, fields.get("Essential") == "yes")
        for provided in filter(None, fields.get("Provides", "").split(",")):
            providers.setdefault(_bare(provided), []).append(name)
    return known, providers


def _bare(text: str) -> str:
    """`libc6:amd64 (>= 2.38)` is libc6."""
    return re.sub(r"[:(].*", "", text.strip()).strip()


def _list_name(name: str, architecture: str) -> str:
    for candidate in (name, f"{name}:{architecture}"):
        if (_DPKG / "info" / f"{candidate}.list").exists():
            return candidate
    raise KeyError(name)


def _in_merged_usr(name: str) -> str:
    return f"usr/{name}" if re.match(r"(bin|sbin|lib\w*)(/|$)", name) else name


def _generated(patterns: tuple[str, ...]) -> list[str]:
    root = Path("/")
    names = []
    for pattern in patterns:
        for path in root.glob(pattern):
            names += [str(below.relative_to(root)) for below in ([path, *path.rglob("*")] if path.is_dir() and not path.is_symlink() else [path])]
    return names


def _is_there(name: str) -> bool:
    path = Path("/", name)
    return (path.exists() or path.is_symlink()) and name.partition("/")[0] in ("usr", "etc", "var")


def _copy_files(names: list[str], place: Path, options: list[str]) -> None:
    pack = subprocess.Popen(["tar", "-C", "/", "--no-recursion", "--null", "--verbatim-files-from", "-T", "-", "-cf", "-"],
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    unpack = subprocess.Popen(["tar", "-C", str(place), *options, "--delay-directory-restore", "-xf", "-"], stdin=pack.stdout)
    pack.stdout.close()
    pack.stdin.write("\0".join(names).encode())
    pack.stdin.close()
    assert unpack.wait() == 0 and pack.wait() == 0, "the files of the packages could not be copied"

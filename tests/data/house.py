#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the house that a machine can see: sizes, arrows between rooms, licences, translations."""

import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "practice"))

from tap import Tap  # noqa: E402

LONGEST_FILE = 600
LONGEST_FUNCTION = 60
LANGUAGES = ("cs", "fr", "ru")

# What each room must not include: (rooms, pattern, why).
ARROWS = (
    (("plan", "probe", "gateway", "cli", "service"), r'#include\s+[<"](gtk/|adwaita|gdk/)', "only the wizard knows GTK"),
    (("plan", "probe"), r'#include\s+[<"]libsoup', "plan and probe know no HTTP"),
    (("plan",), r'#include\s+"(probe|gateway|service|cli|wizard)/', "plan knows nobody"),
    (("probe",), r'#include\s+"(plan|gateway|service|cli|wizard)/', "probe knows nobody"),
    (("gateway",), r'#include\s+"(service|cli|wizard)/', "gateway knows plan and probe"),
    (("service",), r'#include\s+"(gateway|cli|wizard)/', "service knows plan and probe"),
    (("cli",), r'#include\s+"(service|wizard)/', "cli knows gateway, plan and probe"),
    (("wizard",), r'#include\s+"(service|cli)/', "wizard knows gateway, plan and probe"),
)

TRANSLATABLE = re.compile(r'(?<![A-Za-z_])(?:C?_|N_|NC_|ngettext|g_dngettext)\s*\(\s*(?:GETTEXT_PACKAGE|"|\')')


def sources(pattern: str) -> list[pathlib.Path]:
    return sorted(TOP.glob(pattern))


def relative(path: pathlib.Path) -> str:
    return str(path.relative_to(TOP))


def assert_none(found: list[str]) -> None:
    assert not found, "\n" + "\n".join(found)


def long_functions(path: pathlib.Path) -> list[str]:
    found, start = [], 0
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.startswith("{"):
            start = number
        elif line.startswith("}") and start:
            if number - start > LONGEST_FUNCTION:
                found.append(f"{relative(path)}:{start}: a function of {number - start} lines")
            start = 0
    return found


def check_sizes() -> None:
    found = []
    for path in sources("src/**/*.[ch]"):
        lines = len(path.read_text().splitlines())
        if lines > LONGEST_FILE:
            found.append(f"{relative(path)}: {lines} lines")
        found += long_functions(path)
    assert_none(found)


def check_arrows() -> None:
    found = []
    for rooms, pattern, why in ARROWS:
        for room in rooms:
            for path in sources(f"src/{room}/**/*.[ch]"):
                for number, line in enumerate(path.read_text().splitlines(), 1):
                    if re.search(pattern, line):
                        found.append(f"{relative(path)}:{number}: {why}: {line}")
    assert_none(found)


def check_licences() -> None:
    checked = ("src/**/*.[ch]", "ui/*.blp", "tests/**/*.[ch]", "tests/**/*.py", "**/meson.build", "data/**/*.svg", "data/*.in", "dev", "po/template", "po/update")
    found = []
    for pattern in checked:
        for path in sources(pattern):
            if "build" in path.relative_to(TOP).parts[:1] or path.suffix == ".desktop" or path.name.endswith(".desktop.in.in"):
                continue
            head = "\n".join(path.read_text(errors="replace").splitlines()[:4])
            if "SPDX-License-Identifier:" not in head and "metadata_license" not in path.read_text(errors="replace"):
                found.append(relative(path))
    assert_none(found)


def listed_for_translation() -> list[str]:
    lines = (TOP / "po" / "POTFILES").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def check_potfiles() -> None:
    listed = listed_for_translation()
    assert listed == sorted(listed), "POTFILES is not sorted"
    found = [f"listed but gone: {name}" for name in listed if not (TOP / name).exists()]
    for path in sources("src/**/*.c") + sources("src/**/*.h") + sources("ui/*.blp"):
        if TRANSLATABLE.search(path.read_text()) and relative(path) not in listed:
            found.append(f"not in POTFILES: {relative(path)}")
    assert_none(found)


def check_translation(language: str) -> None:
    po_file = TOP / "po" / f"{language}.po"
    checked = subprocess.run(["msgfmt", "--check", "--statistics", "-o", "/dev/null", po_file], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "fuzzy" not in checked.stderr and "untranslated" not in checked.stderr, checked.stderr


def check_complete(language: str) -> None:
    """Every message that the sources have today is in the translation."""
    template = subprocess.run([TOP / "po" / "template"], capture_output=True, check=True).stdout
    compared = subprocess.run(["msgcmp", "--use-untranslated", TOP / "po" / f"{language}.po", "-"],
                              input=template, capture_output=True, check=False)
    assert compared.returncode == 0, compared.stderr.decode(errors="replace")


def check_manual() -> None:
    """posternctl(1) has each command and each option, and what the process ends with."""
    page = (TOP / "data" / "man" / "posternctl.1").read_text()
    found = []
    for path in sources("src/cli/*.c"):
        text = path.read_text()
        commands = re.findall(r"^const PosternctlCommand \w+ = \{\s*\.name = \"([a-z-]+)\"", text, re.MULTILINE)
        options = re.findall(r'\{ "([a-z][a-z-]+)", \S+, \S+,\s*G_OPTION_ARG', text)
        found += [f"{relative(path)}: the command {name}" for name in commands if f".It Cm {name}\n" not in page]
        found += [f"{relative(path)}: the option --{name}" for name in options if not re.search(rf"Fl -?(\w , -)?{name}\b|, -{name}\b", page)]
    assert len(re.findall(r"^\.It Cm ", page, re.MULTILINE)) > 8, "the manual page has no commands"
    for status in re.findall(r"^    POSTERNCTL_\w+ = (\d)", (TOP / "src" / "cli" / "posternctl-command.h").read_text(), re.MULTILINE):
        if f".It {status}\n" not in page:
            found.append(f"the exit status {status}")
    assert not found, "not in data/man/posternctl.1:\n" + "\n".join(found)


def main() -> int:
    tap = Tap()
    with tap.test("no file and no function is asking to be two"):
        check_sizes()
    with tap.test("arrows between rooms go one way"):
        check_arrows()
    with tap.test("every file names its licence"):
        check_licences()
    with tap.test("every translatable source is in POTFILES"):
        check_potfiles()
    with tap.test("the manual page of posternctl has every command, option and exit status"):
        check_manual()
    for language in LANGUAGES:
        with tap.test(f"{language} is well-formed and complete in itself"):
            check_translation(language)
        with tap.test(f"{language} has every message of the sources"):
            check_complete(language)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

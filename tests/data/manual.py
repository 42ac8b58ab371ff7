#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual pages, and the programs' own help beside them."""

import os
import re
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "practice"))

from tap import Tap  # noqa: E402

BUILD = Path(os.environ["POSTERN_BUILD_DIR"])
PAGES = sorted((TOP / "data" / "man").glob("*.[1-8]"))
LOCALES = {"en": "C.UTF-8", "cs": "cs_CZ.UTF-8", "fr": "fr_FR.UTF-8", "ru": "ru_RU.UTF-8"}
WIDTH, HEIGHT = 80, 24

# mandoc looks for other pages where these are not installed yet.
HARMLESS = "referenced manual not found"


def lint(page: Path, level: str) -> list[str]:
    said = subprocess.run(["mandoc", "-T", "lint", "-W", level, page], capture_output=True, text=True, check=False).stdout
    return [line for line in said.splitlines() if HARMLESS not in line]


def rendered(page: Path) -> str:
    text = subprocess.run(["mandoc", "-T", "utf8", "-O", "width=78", page], capture_output=True, text=True, check=True).stdout
    return re.sub(".\b", "", text)


def check_pages() -> None:
    assert len(PAGES) >= 3, PAGES
    found = [line for page in PAGES for line in lint(page, "style")]
    assert not found, "\n" + "\n".join(found)


def check_translation(language: str) -> None:
    for page in PAGES:
        translated = BUILD / "data" / "man" / language / page.name
        # Headings in another language are unknown to mandoc, which is all that it may say.
        found = [line for line in lint(translated, "error")]
        assert not found, "\n" + "\n".join(found)
        title = [re.search(r"^\.Nd (.*)$", text.read_text(), re.MULTILINE).group(1) for text in (page, translated)]
        assert title[0] != title[1], f"{page.name} has no title in {language}"
        assert title[1] in rendered(translated), f"{page.name} in {language} does not show its title"


def help_of(program: str, locale: str, *command: str) -> list[str]:
    environment = dict(os.environ, LC_ALL=locale, LANGUAGE="", POSTERN_LOCALE_DIR=str(BUILD / "po"))
    done = subprocess.run([program, *command, "--help"], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.rstrip("\n").split("\n")


def check_width(locale: str) -> None:
    program = str(BUILD / "src" / "cli" / "posternctl")
    overview = help_of(program, locale)
    assert len(overview) <= HEIGHT, f"{len(overview)} lines do not fit a screen:\n" + "\n".join(overview)
    commands = [line.split()[0] for line in overview if re.match(r"^  [a-z]", line)]
    assert len(commands) >= 11, commands
    for name in commands:
        lines = help_of(program, locale, name)
        assert len(lines) <= HEIGHT, f"{name}: {len(lines)} lines do not fit a screen:\n" + "\n".join(lines)
        assert max(map(len, lines)) <= WIDTH, f"{name}: wider than a terminal:\n" + "\n".join(lines)
    assert max(map(len, overview)) <= WIDTH, "\n".join(overview)


def check_version(program: Path) -> None:
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    assert re.fullmatch(rf"{program.name} \d+\.\d+\.\d+\n", done.stdout), done.stdout


def main() -> int:
    tap = Tap()
    with tap.test("mandoc finds nothing to say about the manual pages"):
        check_pages()
    for language in ("cs", "fr", "ru"):
        with tap.test(f"each manual page has a title and a summary in {language}"):
            check_translation(language)
    for language, locale in LOCALES.items():
        with tap.test(f"posternctl --help fits a screen in {language}"):
            check_width(locale)
    for path in ("cli/posternctl", "service/posternd", "wizard/postern"):
        if (BUILD / "src" / path).exists():
            with tap.test(f"{path} says its version"):
                check_version(BUILD / "src" / path)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

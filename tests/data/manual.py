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

# Each with the number of commands that it has at least.
PROGRAMS = {"cli/posternctl": 11, "service/posternd": 4, "wizard/postern": 0}

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


def help_of(program: Path, locale: str, *command: str) -> list[str]:
    environment = dict(os.environ, LC_ALL=locale, LANGUAGE="", POSTERN_LOCALE_DIR=str(BUILD / "po"))
    done = subprocess.run([program, *command, "--help"], env=environment, capture_output=True, text=True, check=True)
    assert not done.stderr, done.stderr
    return done.stdout.rstrip("\n").split("\n")


def assert_fits(name: str, lines: list[str]) -> None:
    shown = "\n".join(lines)
    assert len(lines) <= HEIGHT, f"{name}: {len(lines)} lines do not fit a screen:\n{shown}"
    wide = [line for line in lines if len(line) > WIDTH]
    assert not wide, f"{name}: wider than a terminal: {wide}\n{shown}"


def commands_in(overview: list[str]) -> set[str]:
    return {line.split()[0] for line in overview if re.match(r"^  [a-z]", line)}


def check_help(program: Path, locale: str, least: int) -> None:
    """The help of PROGRAM, and of each command of it, of which there are at LEAST so many."""
    overview = help_of(program, locale)
    assert_fits(program.name, overview)
    commands = commands_in(overview) - {program.name}
    assert len(commands) >= least, commands
    for command in sorted(commands):
        assert_fits(f"{program.name} {command}", help_of(program, locale, command))


def check_languages(program: Path) -> None:
    texts = {"\n".join(help_of(program, locale)) for locale in LOCALES.values()}
    assert len(texts) == len(LOCALES), f"{program.name} --help is not in {len(LOCALES)} languages"


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
    for path, least in PROGRAMS.items():
        program = BUILD / "src" / path
        if not program.exists():
            continue
        with tap.test(f"{path} says its version"):
            check_version(program)
        with tap.test(f"{path} --help is in every language"):
            check_languages(program)
        for language, locale in LOCALES.items():
            with tap.test(f"{path} --help fits a screen in {language}"):
                check_help(program, locale, least)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

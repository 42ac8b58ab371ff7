#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The help: well-formed, whole in every language, and in the words of the wizard."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "practice"))

from tap import Tap  # noqa: E402

HELP = TOP / "data" / "help"
BUILT = Path(os.environ["POSTERN_BUILD_DIR"]) / "data" / "help"
LANGUAGES = ("cs", "fr", "ru")

# Words of other programs' windows.
FOREIGN_LABELS = {"No configuration", "Internet Site"}


def pages(directory: Path) -> list[Path]:
    found = sorted(directory.glob("*.page"))
    assert len(found) >= 15, f"{len(found)} pages in {directory}"
    return found


def run(*command: str | Path, **options) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, f"{command[0]} ended with status {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def check_pages(directory: Path) -> None:
    """What yelp-check can see without a network: identifiers, links, pages that nothing leads to, pictures."""
    found = pages(directory)
    run("xmllint", "--noout", *found)
    for check in ("ids", "links", "orphans", "media"):
        said = run("yelp-check", check, *found)
        assert not said.strip(), f"{check}: {said}"


def catalogue(file: Path) -> dict[str, str]:
    """The messages of a po file with their translations."""
    text = run("msgcat", "--no-wrap", file)
    pairs = re.findall(r'^msgid "(.*)"\nmsgstr "(.*)"$', text, re.MULTILINE)
    return {english.replace(r"\"", '"'): translated.replace(r"\"", '"') for english, translated in pairs}


def plain(label: str) -> str:
    return label.replace("_", "")


def check_whole(language: str) -> None:
    """Every message of the pages is translated, and no translation is left over."""
    with tempfile.NamedTemporaryFile(suffix=".pot") as template:
        run("itstool", f"--output={template.name}", *pages(HELP / "C"))
        po_file = HELP / language / f"{language}.po"
        said = run("msgfmt", "--check", "--statistics", "--output-file=/dev/null", po_file)
        assert "untranslated" not in said and "fuzzy" not in said, said
        run("msgcmp", po_file, template.name)
        run("msgcmp", "--use-untranslated", template.name, po_file)


def check_labels() -> None:
    """What the help calls a label stands in the wizard, in each language as there."""
    template = run(TOP / "po" / "template")
    labels = {plain(text) for text in re.findall(r'^msgid "(.*)"$', template, re.MULTILINE)}
    named = {label for page in pages(HELP / "C") for label in re.findall(r"<gui>(.*?)</gui>", page.read_text())} - FOREIGN_LABELS
    assert len(named) > 10, named
    assert not named - labels, f"the wizard has no {sorted(named - labels)}"
    for language in LANGUAGES:
        translations: dict[str, set[str]] = {}
        for english, translated in catalogue(TOP / "po" / f"{language}.po").items():
            translations.setdefault(plain(english), set()).add(plain(translated))
        for english, translated in catalogue(HELP / language / f"{language}.po").items():
            here, there = re.findall(r"<gui>(.*?)</gui>", english), re.findall(r"<gui>(.*?)</gui>", translated)
            assert len(here) == len(there), f"{language}: {translated}"
            for label, shown in zip(here, there):
                assert label in FOREIGN_LABELS or shown in translations[label], f"{language}: “{label}” is {translations[label]}, not {shown}"


def check_commands() -> None:
    """Commands are the same in each language."""
    for language in LANGUAGES:
        for english, translated in catalogue(HELP / language / f"{language}.po").items():
            same = [sorted(re.findall(r"<(?:cmd|code)>(.*?)</", text)) for text in (english, translated)]
            assert same[0] == same[1], f"{language}: {same[1]} instead of {same[0]}"


def main() -> int:
    tap = Tap()
    with tap.test("the pages are well-formed, and lead to each other"):
        check_pages(HELP / "C")
    for language in LANGUAGES:
        with tap.test(f"every page is translated to {language}"):
            check_whole(language)
        with tap.test(f"and what is built in {language} is well-formed"):
            check_pages(BUILT / language)
    with tap.test("labels are called as in the wizard, in every language"):
        check_labels()
    with tap.test("commands are the same in every language"):
        check_commands()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

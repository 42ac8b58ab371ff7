#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a manual page with its title, its summary and its headings in another language.

Usage: localize.py PAGE TABLE OUTPUT

TABLE has a line `English = translation` for each of them. The summary is the paragraph that the page's description begins
with; the rest stays English, and a note says so.
"""

import re
import sys
import textwrap
from pathlib import Path


def read_table(file: Path) -> dict[str, str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return dict(re.split(r"\s+=\s+", line, maxsplit=1) for line in lines if line and not line.startswith("#"))


def paragraph(text: str) -> list[str]:
    """In lines; one that begins as a macro does is told to be text."""
    return [f"\\&{line}" if line[0] in ".'" else line for line in textwrap.wrap(text, 76)]


def main() -> None:
    page, table, output = map(Path, sys.argv[1:])
    translations = read_table(table)
    name = page.name
    lines, in_summary = [], False
    for line in page.read_text(encoding="utf-8").splitlines():
        if in_summary:
            if not line.startswith((".Pp", ".Sh", ".Ss")):
                continue
            in_summary = False
        macro, _, words = line.partition(" ")
        if macro == ".Nd":
            line = f".Nd {translations[f'{name} title']}"
        elif macro == ".Sh":
            line = f".Sh {translations.get(words, words)}"
            if words == "DESCRIPTION":
                in_summary = True
                line = "\n".join([line, *paragraph(translations[f"{name} summary"]), ".Pp", *paragraph(translations["note"])])
        lines.append(line)
    output.write_text("\n".join(lines) + "\n", encoding="utf-8")


main()

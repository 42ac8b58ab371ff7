#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a translator is told, and how each language sets its quotation marks and spaces."""

import ast
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests"))

from practice.tap import Tap

COMMENT = re.compile(r"/\*\s*(Translators:.*?)\*/|((?:^[ \t]*// ?[^\n]*\n)+)", re.DOTALL | re.MULTILINE)
# A number with the digits in groups, as the language has it.
GROUPED = re.compile(r"%(?:\d+\$)?'")
PLACEHOLDER = re.compile(r"%(?:\d+\$)?[-'0-9.]*(?:ll|l|z)?[sudigfcx]")
NO_BREAK, NARROW_NO_BREAK = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"

# Not sentences: a format of dates, a list of search terms, and what a terminal is told by a program of that name.
NO_SENTENCES = re.compile(r"^%H|;KSMG;|^posternctl:|“sha256:”")


@dataclass
class Message:
    """One message of a template or a translation; the texts are the original's, or those of the translation."""
    texts: dict[str, str] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)

    @property
    def original(self) -> str:
        return self.texts["msgid"]

    @property
    def translations(self) -> list[str]:
        return [text for key, text in self.texts.items() if key.startswith("msgstr")]


def parse_message(block: str) -> Message:
    message = Message()
    key = ""
    for line in block.splitlines():
        if line.startswith("#."):
            message.comments.append(line[2:].strip().removeprefix("* "))
        elif begun := re.match(r'(msg[a-z_]+(?:\[\d\])?) (".*")$', line):
            key = begun[1]
            message.texts[key] = ast.literal_eval(begun[2])
        elif line.startswith('"'):
            message.texts[key] += ast.literal_eval(line)
    return message


def parse(text: str) -> list[Message]:
    """All messages but the header."""
    messages = [parse_message(block) for block in re.split(r"\n\s*\n", text)]
    return [message for message in messages if message.texts.get("msgid")]


def template() -> list[Message]:
    return parse(subprocess.run([TOP / "po" / "template"], capture_output=True, text=True, check=True).stdout)


def translation(language: str) -> list[Message]:
    return parse((TOP / "po" / f"{language}.po").read_text())


def assert_none(found: list[str]) -> None:
    assert not found, "\n" + "\n".join(found)


def written_comments(source: str) -> list[str]:
    comments = [found[1] or found[2] for found in COMMENT.finditer(source)]
    flat = [re.sub(r"\s*\n\s*(\*|//) ?", " ", comment) for comment in comments if "Translators:" in comment]
    return [re.sub(r"\s+", " ", comment[comment.index("Translators:"):]).strip() for comment in flat]


def check_comments(messages: list[Message]) -> None:
    """xgettext takes a comment only from directly above the line of its message."""
    reached = " ".join(" ".join(message.comments) for message in messages)
    listed = [line for line in (TOP / "po" / "POTFILES").read_text().splitlines() if line.endswith((".c", ".h", ".blp"))]
    assert_none([f"{name}: {comment}" for name in listed for comment in written_comments((TOP / name).read_text())
                 if comment not in reached])


def check_placeholders(messages: list[Message]) -> None:
    assert_none([message.original for message in messages
                 if len(PLACEHOLDER.findall(message.original.replace("%%", ""))) > 1 and not message.comments])


def mistakes_of_any(original: str, text: str) -> list[str]:
    found = []
    if text.count('"') != original.count('"'):
        found.append("a straight quotation mark")
    if "'" in GROUPED.sub("", text):
        found.append("a straight apostrophe")
    if "..." in text:
        found.append("three dots")
    if "  " in text and "  " not in original:
        found.append("two spaces")
    if any(original.rstrip().endswith(mark) != text.rstrip().endswith(mark) for mark in ".:?…"):
        found.append("another mark at the end")
    return found


def mistakes_of_cs(text: str) -> list[str]:
    return ["its quotation marks"] if text.count("„") != text.count("“") or re.search("[”«»]", text) else []


def mistakes_of_fr(text: str) -> list[str]:
    found = []
    if text.count("«") != text.count("»") or re.search(f"«(?!{NO_BREAK})|(?<!{NO_BREAK})»|[“”]", text):
        found.append("its quotation marks")
    if re.search(f"(?<!{NARROW_NO_BREAK})[;?!]", text):
        found.append("no thin space before ; ? or !")
    if re.search(rf"(?<!{NO_BREAK}):(?=\s|$|%)", text):
        found.append("no space before a colon")
    return found


def mistakes_of_ru(text: str) -> list[str]:
    found = []
    if text.count("«") != text.count("»") or re.search("[“”„]", text):
        found.append("its quotation marks")
    if re.search(rf"(?<!{NO_BREAK})—|—(?! )|\s[-–]\s", text):
        found.append("its dash")
    return found


MISTAKES = {"cs": mistakes_of_cs, "fr": mistakes_of_fr, "ru": mistakes_of_ru}


def check_typography(language: str) -> None:
    found = []
    for message in translation(language):
        plural = message.texts.get("msgid_plural", message.original)
        for text in message.translations if not NO_SENTENCES.search(message.original) else []:
            mistakes = mistakes_of_any(plural, text) + MISTAKES[language](text)
            found += [f"{', '.join(mistakes)}: {text}"] if mistakes else []
    assert_none(found)


def main() -> int:
    tap = Tap()
    messages = template()
    with tap.test("every comment for translators reaches them"):
        check_comments(messages)
    with tap.test("a message with several values says what they are"):
        check_placeholders(messages)
    for language in MISTAKES:
        with tap.test(f"{language} sets quotation marks and spaces as it should"):
            check_typography(language)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

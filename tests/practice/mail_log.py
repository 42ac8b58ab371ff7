# SPDX-License-Identifier: GPL-3.0-or-later
"""The log of one Postfix."""

import re
from pathlib import Path

from .waiting import wait_until


class MailLog:
    """Reads a maillog_file; there is none before the first line is written."""

    def __init__(self, path: Path):
        self.path = path

    def text(self) -> str:
        return self.path.read_text(errors="replace") if self.path.exists() else ""

    def lines(self, pattern: str) -> list[str]:
        """The lines that the regular expression PATTERN finds something in."""
        return [line for line in self.text().splitlines() if re.search(pattern, line)]

    def count(self, pattern: str) -> int:
        return len(self.lines(pattern))

    def wait_for(self, pattern: str, seconds: float = 30) -> str:
        """The first line that matches PATTERN, which may come yet."""
        return wait_until(lambda: self.lines(pattern), f"a line with “{pattern}” in {self.path}", seconds)[0]

    def tail(self, count: int = 20) -> list[str]:
        """The last COUNT lines that say more than that somebody came or went."""
        return self.lines(r"^(?!.*: (connect from|disconnect from|NOQUEUE: lost connection))")[-count:]

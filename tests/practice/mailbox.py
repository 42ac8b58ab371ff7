# SPDX-License-Identifier: GPL-3.0-or-later
"""What arrived at a server."""

import os
from collections.abc import Callable
from pathlib import Path

from .message import Message
from .waiting import wait_until

_NOBODY = 65534


class Mailbox:
    """A maildir(5) that a Postfix delivers into, whoever the recipient is."""

    def __init__(self, directory: Path):
        self._directory = directory

    def make_directory(self) -> None:
        for name in ("tmp", "new", "cur"):
            (self._directory / name).mkdir(parents=True)
        for path in (self._directory, *self._directory.iterdir()):
            os.chown(path, _NOBODY, _NOBODY)

    def messages(self) -> list[Message]:
        """Everything that arrived so far, the oldest first."""
        files = sorted((self._directory / "new").iterdir(), key=lambda path: path.stat().st_mtime_ns)
        return [Message(path.read_bytes()) for path in files]

    def count(self) -> int:
        """How many arrived so far."""
        return len(os.listdir(self._directory / "new"))

    def with_id(self, message_id: str) -> list[Message]:
        """What arrived of the message MESSAGE_ID: one for each recipient."""
        return [message for message in self.messages() if message.message_id == message_id]

    def wait_for(self, message_id: str, seconds: float = 30) -> Message:
        """The message with that Message-ID."""
        return self._wait(lambda message: message.message_id == message_id, f"the message {message_id}", seconds)

    def wait_for_report(self, message_id: str, seconds: float = 30) -> Message:
        """The non-delivery report about the message MESSAGE_ID."""
        return self._wait(lambda message: message.report is not None and message.report.about == message_id,
                          f"a report about the message {message_id}", seconds)

    def _wait(self, wanted: Callable[[Message], bool], what: str, seconds: float) -> Message:
        found = wait_until(lambda: list(filter(wanted, self.messages())), f"{what} in {self._directory}", seconds)
        return found[0]

# SPDX-License-Identifier: GPL-3.0-or-later
"""An SMTP server that says what a test wants it to say, whoever asks."""

import socket
import time
from dataclasses import dataclass, field

from connection_server import ConnectionServer


@dataclass
class Script:
    """The replies of a server by the command's first words; what is not among them is answered with 250."""
    greeting: str = "220 script.test ESMTP"
    replies: dict[str, str] = field(default_factory=dict)
    delay: float = 0
    """How many seconds every answer to RCPT takes."""


class SmtpServer(ConnectionServer):
    """Listens at ADDRESS and PORT until it is left; `heard` has every line that a client has said."""

    def __init__(self, address: str, script: Script, port: int = 25):
        self.heard: list[str] = []
        self._script = script
        super().__init__(socket.create_server((address, port), family=socket.AF_INET6 if ":" in address else socket.AF_INET))

    def _talk(self, channel: socket.socket) -> None:
        channel.settimeout(60)
        channel.sendall(self._script.greeting.encode() + b"\r\n")
        with channel.makefile("rb") as lines:
            for line in lines:
                said = line.decode().rstrip("\r\n")
                self.heard.append(said)
                if said.startswith("RCPT") and self._script.delay:
                    time.sleep(self._script.delay)
                channel.sendall(self._answer(said).encode() + b"\r\n")
                if said == "QUIT":
                    return

    def _answer(self, said: str) -> str:
        fitting = (reply for start, reply in self._script.replies.items() if said.startswith(start))
        return next(fitting, "221 bye" if said == "QUIT" else "250 2.0.0 Ok")

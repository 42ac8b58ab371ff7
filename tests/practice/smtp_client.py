# SPDX-License-Identifier: GPL-3.0-or-later
"""An SMTP client that speaks from a chosen address and keeps every reply (RFC 5321, RFC 6531)."""

import socket
from dataclasses import dataclass

from . import addresses


@dataclass(frozen=True)
class Reply:
    """What the server answered to one command. `text` has all lines; `str (reply)` is the last one."""
    command: str
    code: int
    text: str

    def __str__(self) -> str:
        return self.text.splitlines()[-1]

    @property
    def ok(self) -> bool:
        return 200 <= self.code < 400


class SmtpClient:
    """One connection. Use it as a context manager; leaving says QUIT."""

    def __init__(self, source: str, server: str = addresses.GATEWAY, port: int = 25, timeout: float = 60):
        """SOURCE is one of the practice network's addresses. Connects and reads the greeting."""
        self.replies: list[Reply] = []
        self._channel = socket.create_connection((server, port), timeout, source_address=(source, 0))
        self._lines = self._channel.makefile("rb")
        self.greeting = self._read("")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.command("QUIT")
        except OSError:
            pass
        self._lines.close()
        self._channel.close()

    def command(self, line: str) -> Reply:
        self._channel.sendall(line.encode() + b"\r\n")
        return self._read(line)

    def ehlo(self, name: str = "client.sender.test") -> Reply:
        return self.command(f"EHLO {name}")

    def mail(self, sender: str, *parameters: str) -> Reply:
        """PARAMETERS: for example SMTPUTF8, BODY=8BITMIME."""
        return self.command(" ".join((f"MAIL FROM:<{sender}>", *parameters)))

    def rcpt(self, recipient: str) -> Reply:
        return self.command(f"RCPT TO:<{recipient}>")

    def data(self, message: str) -> Reply:
        """Sends the text of a message, lines ending in LF. Returns the reply to DATA itself when it is a refusal."""
        reply = self.command("DATA")
        if reply.code != 354:
            return reply
        lines = message.rstrip("\n").split("\n")
        body = "\r\n".join("." + line if line.startswith(".") else line for line in lines)
        self._channel.sendall(body.encode() + b"\r\n.\r\n")
        return self._read("(message)")

    def _read(self, command: str) -> Reply:
        lines = []
        while True:
            line = self._lines.readline()
            if not line:
                raise ConnectionResetError(f"the server closed the connection after “{command}”")
            lines.append(line.decode(errors="replace").rstrip("\r\n"))
            if line[3:4] != b"-":
                break
        reply = Reply(command, int(lines[-1][:3]), "\n".join(lines))
        self.replies.append(reply)
        return reply

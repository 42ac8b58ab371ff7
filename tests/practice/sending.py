# SPDX-License-Identifier: GPL-3.0-or-later
"""Sending one message to one recipient, and what became of it at the door."""

import itertools
import os
from dataclasses import dataclass

from . import addresses
from .smtp_client import Reply, SmtpClient
from .waiting import wait_until

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Attempt:
    """An SMTP dialogue's outcome."""
    stage: str
    """Where it ended: `mail`, `rcpt`, `data`, or `queued` when the message was accepted."""
    reply: Reply
    """The reply that decided."""
    message_id: str
    replies: tuple[Reply, ...]

    @property
    def accepted(self) -> bool:
        return self.stage == "queued"

    def __str__(self) -> str:
        return f"{self.stage}: {self.reply}"


def send(source: str, sender: str, recipient: str, *, server: str = addresses.GATEWAY, port: int = 25,
         subject: str = "practice", body: str = "Hello.", headers: dict[str, str] | None = None) -> Attempt:
    """Sends a message from the address SOURCE to SERVER. Says SMTPUTF8 when an address is not ASCII."""
    message_id = new_message_id()
    fields = {"From": f"<{sender}>", "To": f"<{recipient}>", "Subject": subject, "Message-ID": message_id,
              "Date": "Sun, 22 Nov 2026 12:00:00 +0000"} | (headers or {})
    message = "".join(f"{name}: {value}\n" for name, value in fields.items()) + "\n" + body
    utf8 = not (sender + recipient).isascii()
    with SmtpClient(source, server, port) as client:
        client.ehlo()
        stages = (("mail", lambda: client.mail(sender, *(("SMTPUTF8",) if utf8 else ()))),
                  ("rcpt", lambda: client.rcpt(recipient)),
                  ("data", lambda: client.data(message)))
        for stage, step in stages:
            reply = step()
            if not reply.ok:
                return Attempt(stage, reply, message_id, tuple(client.replies))
        return Attempt("queued", reply, message_id, tuple(client.replies))


def new_message_id() -> str:
    return f"<{next(_numbers)}.{os.getpid()}@practice.test>"


def send_until_decided(source: str, sender: str, recipient: str, *, seconds: float = 30, **options) -> Attempt:
    """As `send`, but asks again while the server says that it is still verifying the address."""
    def attempt() -> Attempt | None:
        outcome = send(source, sender, recipient, **options)
        return None if "verification in progress" in str(outcome.reply) else outcome
    return wait_until(attempt, f"a verdict on {recipient}", seconds)

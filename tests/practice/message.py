# SPDX-License-Identifier: GPL-3.0-or-later
"""A message as a server stored it."""

import email
import re
from dataclasses import dataclass
from email.message import Message as MimeMessage


@dataclass(frozen=True)
class Hop:
    """Where a message was on its way: a server of the practice network, and the address and port it came to."""
    server: str
    address: str
    port: int


@dataclass(frozen=True)
class Report:
    """A non-delivery report (RFC 3464): who made it, about which message and recipient, and why."""
    reporter: str
    about: str
    recipient: str
    action: str
    status: str
    diagnostic: str


class Message:
    """Headers, envelope and way of a stored message."""

    def __init__(self, raw: bytes):
        self.raw = raw
        self.text = raw.decode(errors="replace")
        head = re.split(r"\r?\n\r?\n", self.text, maxsplit=1)[0]
        self._headers = re.findall(r"^([!-9;-~]+):[ \t]*(.*)$", re.sub(r"\r?\n[ \t]+", " ", head), re.MULTILINE)

    def headers(self, name: str) -> list[str]:
        """The values of every header NAME, the topmost (that is, the latest) first."""
        return [value for key, value in self._headers if key.lower() == name.lower()]

    def header(self, name: str) -> str:
        """The value of the topmost header NAME, or an empty text."""
        return next(iter(self.headers(name)), "")

    @property
    def message_id(self) -> str:
        return self.header("Message-ID")

    @property
    def subject(self) -> str:
        return self.header("Subject")

    @property
    def sender(self) -> str:
        """The envelope sender; empty for a report."""
        return self.header("Return-Path").strip("<>")

    @property
    def recipient(self) -> str:
        """The envelope recipient."""
        return self.header("Delivered-To")

    @property
    def path(self) -> list[Hop]:
        """The practice network's servers that this message came to, first to last. The gateway is not among them."""
        arrivals = [value.split() for value in reversed(self.headers("X-Practice-Arrival"))]
        return [Hop(server, address, int(port)) for server, address, port in arrivals]

    def visits(self, server: str) -> list[Hop]:
        """The hops of `path` that were at SERVER."""
        return [hop for hop in self.path if hop.server == server]

    def passes(self, hostname: str) -> int:
        """How often the host of that name took this message in, according to the Received headers."""
        return sum(f"by {hostname} " in value for value in self.headers("Received"))

    @property
    def report(self) -> Report | None:
        """What a non-delivery report says, None if this is another message."""
        parsed = email.message_from_bytes(self.raw)
        parts = {part.get_content_type(): part for part in parsed.walk()}
        status = parts.get("message/delivery-status") or parts.get("message/global-delivery-status")
        if self.sender or status is None:
            return None
        whole, recipient = status.get_payload()[:2]
        return Report(reporter=_after_type(whole["Reporting-MTA"]), about=_returned_message_id(parts),
                      recipient=_after_type(recipient["Final-Recipient"]), action=recipient["Action"],
                      status=recipient["Status"], diagnostic=_after_type(recipient["Diagnostic-Code"] or ""))


def _after_type(value: str) -> str:
    return re.sub(r"\s+", " ", value.partition(";")[2].strip())


def _returned_message_id(parts: dict[str, MimeMessage]) -> str:
    for kind in ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"):
        if kind in parts:
            found = re.search(r"^Message-ID:\s*(\S+)", parts[kind].as_string(), re.MULTILINE | re.IGNORECASE)
            return found.group(1) if found else ""
    return ""

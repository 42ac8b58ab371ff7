# SPDX-License-Identifier: GPL-3.0-or-later
"""An internal mail server: a Postfix with virtual mailboxes that refuses unknown recipients with 550 5.1.1."""

from pathlib import Path

from . import addresses as a
from .mailbox import Mailbox
from .postfix_instance import PostfixInstance

_NOBODY = "65534"

MAIL20_RECIPIENTS = ("alice@example.com", "bob@example.com", "alice@sub.example.com", "dave@example.net",
                     "erin@routed.example")
MAIL21_RECIPIENTS = ("carol@example.org", f"оля@{a.IDN}", f"оля@{a.IDN_ASCII}", f"olya@{a.IDN}", f"olya@{a.IDN_ASCII}")


class InternalServer(PostfixInstance):
    """Knows the recipients it is given, or everybody; its mail goes out through the gateway."""

    def __init__(self, name: str, hostname: str, directory: Path, addresses: tuple[str, ...],
                 recipients: tuple[str, ...]):
        super().__init__(name, hostname, directory, addresses)
        self.mailbox = Mailbox(directory / "mail" / "inbox")
        self.settings |= mailbox_settings(directory / "mail", recipients)
        self.settings["relayhost"] = f"[{a.GATEWAY}]:25"

    def set_recipients(self, *recipients: str) -> None:
        """Lets the running server know exactly RECIPIENTS."""
        self.change(**mailbox_settings(self.directory / "mail", recipients))

    def _make_directories(self) -> None:
        super()._make_directories()
        self.mailbox.make_directory()


def mailbox_settings(base: Path, recipients: tuple[str, ...]) -> dict[str, str]:
    """Parameters of a Postfix that puts mail for RECIPIENTS into one maildir, with their names in the messages."""
    domains = sorted({recipient.partition("@")[2] for recipient in recipients})
    entries = ", ".join(f"{{ {recipient} = inbox/ }}" for recipient in recipients)
    return {
        "virtual_mailbox_base": str(base),
        "virtual_mailbox_domains": ", ".join(domains),
        "virtual_mailbox_maps": f"inline:{{ {entries} }}",
        "virtual_uid_maps": f"static:{_NOBODY}",
        "virtual_gid_maps": f"static:{_NOBODY}",
    }


def mail20(directory: Path) -> InternalServer:
    """The server of example.com and of the domains without a route of their own."""
    return InternalServer("mail20", "mail.example.com", directory, (a.MAIL20, a.MAIL20_6), MAIL20_RECIPIENTS)


def mail21(directory: Path) -> InternalServer:
    """The server of example.org and of пример.рф."""
    return InternalServer("mail21", "mail.example.org", directory, (a.MAIL21, a.MAIL21_6), MAIL21_RECIPIENTS)

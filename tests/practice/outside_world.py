# SPDX-License-Identifier: GPL-3.0-or-later
"""The outside world's mail server: the MX of every foreign domain."""

from pathlib import Path

from . import addresses as a
from .internal_server import mailbox_settings
from .mailbox import Mailbox
from .postfix_instance import PostfixInstance

FOREIGN_DOMAINS = ("elsewhere.test", "sender.test", "spoofed.test")


class OutsideWorld(PostfixInstance):
    """Accepts and stores mail for everybody in the foreign domains, non-delivery reports among it."""

    def __init__(self, directory: Path):
        super().__init__("outside", "mx.elsewhere.test", directory, (a.OUTSIDE_MX, a.OUTSIDE_MX6))
        self.mailbox = Mailbox(directory / "mail" / "inbox")
        self.settings |= mailbox_settings(directory / "mail", ()) | {
            "virtual_mailbox_domains": ", ".join(FOREIGN_DOMAINS),
            "virtual_mailbox_maps": "static:inbox/",
        }

    def _make_directories(self) -> None:
        super()._make_directories()
        self.mailbox.make_directory()

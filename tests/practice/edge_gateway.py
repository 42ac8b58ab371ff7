# SPDX-License-Identifier: GPL-3.0-or-later
"""The edge gateway: the Postfix between the Internet and the gateway."""

from pathlib import Path

from . import addresses as a
from .postfix_instance import PostfixInstance


class EdgeGateway(PostfixInstance):
    """Passes mail for the company's domains on to the gateway, and the gateway's mail to the Internet.

    It delivers nothing itself. That a message came here is written in the message, see message.Message.path.
    """

    def __init__(self, directory: Path, verifying: bool):
        """VERIFYING: whether it asks the gateway for the recipient before it accepts a message."""
        super().__init__("edge", "edge.test", directory, (a.EDGE, a.EDGE6, a.EDGE_MX1, a.EDGE_MX2), a.EDGE_PORTS)
        self.settings |= {
            "mynetworks": f"127.0.0.0/8 [::1]/128 {a.GATEWAY}/32 [{a.GATEWAY6}]/128",
            "relay_domains": ", ".join(a.COMPANY_DOMAINS),
            "relay_recipient_maps": "",
            "relay_transport": f"relay:[{a.GATEWAY}]:25",
        } | _verification(verifying)

    def set_verifying(self, verifying: bool) -> None:
        """Switches the running edge gateway."""
        self.change(**_verification(verifying))


def _verification(verifying: bool) -> dict[str, str]:
    # The gateway's own probe of the internal server may take some seconds: the edge asks for its result six times.
    return {
        "smtpd_recipient_restrictions": "permit_mynetworks, reject_unverified_recipient" if verifying else "",
        "unverified_recipient_reject_code": "550",
        "address_verify_poll_delay": "1s",
        "address_verify_poll_count": "6",
    }

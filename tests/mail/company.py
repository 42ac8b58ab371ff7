# SPDX-License-Identifier: GPL-3.0-or-later
"""What the programs of the mail suite have in common: a company's network with a gateway, and posternctl."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from practice import addresses as a
from practice import namespace
from practice.message import Message
from practice.network import EVERYTHING, PracticeNetwork
from practice.posternctl import Posternctl
from practice.sending import Attempt
from practice.tap import Tap, skip_all


class Company:
    """A practice network whose gateway gets its plans from posternctl."""

    def __init__(self, network: PracticeNetwork, build_directory: str):
        self.network = network
        self.posternctl = Posternctl(build_directory, network.gateway)

    def push(self, plan: dict) -> None:
        """Pushes PLAN, which must succeed."""
        run = self.posternctl.push(plan)
        assert run.status == 0, run

    def arrived_inside(self, attempt: Attempt, server: str) -> Message:
        """The message of ATTEMPT, which must have been accepted, as it arrived at the internal server of that name.

        It must have come through the gateway exactly once.
        """
        assert attempt.accepted, attempt
        message = getattr(self.network, server).mailbox.wait_for(attempt.message_id)
        assert message.passes(a.GATEWAY_NAME) == 1, message.text
        return message

    def arrived_outside(self, attempt: Attempt) -> Message:
        """The message of ATTEMPT, which must have been accepted, as it arrived in the outside world."""
        assert attempt.accepted, attempt
        return self.network.outside.mailbox.wait_for(attempt.message_id)


def refused(attempt: Attempt, reply: str) -> None:
    """Asserts that ATTEMPT was refused at RCPT with a reply that begins with REPLY."""
    assert attempt.stage == "rcpt" and str(attempt.reply).startswith(reply), attempt


def run(tests: Callable[[Tap, Company], None], *, scenario: str, postfix_settings: dict[str, str] | None = None,
        scanning: bool = False, rspamd_settings: dict[str, str] | None = None) -> int:
    """Makes the network of SCENARIO and runs TESTS in it; the exit status for the script.

    SCANNING: whether the gateway has an Rspamd; RSPAMD_SETTINGS are added to files of its local.d. POSTFIX_SETTINGS are parameters that the gateway's main.cf has beside the stock ones.
    """
    try:
        namespace.enter()
    except namespace.NamespaceUnavailable as reason:
        skip_all(str(reason))
    direct = scenario == "direct"
    build_directory = os.environ["POSTERN_BUILD_DIR"]
    network = PracticeNetwork(build_directory, servers=EVERYTHING - {"edge"} if direct else EVERYTHING,
                              edge_verifies=scenario == "edge-verifying", public_mx="gateway" if direct else "edge", scanning=scanning)
    network.gateway.postfix.settings |= postfix_settings or {}
    for name, text in (rspamd_settings or {}).items():
        network.gateway.rspamd.local[name] = network.gateway.rspamd.local.get(name, "") + text
    with network:
        tap = Tap(network.recent_logs)
        tests(tap, Company(network, build_directory))
    return tap.done()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A message that a real Rspamd refuses, or not, as the plan says: sender checks, and what becomes of refused mail.

Usage: scanning.py direct|edge
"""

import sys

from company import Company, a, run
from plans import company_plan
from practice.sending import Attempt
from practice.tap import Tap

GTUBE = "XJS*C4JDBQADN1.NSBN3*2IDNEN*" + "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"


def scanning_plan(scenario: str, **members) -> dict:
    """The company's plan with everything that scanning does turned off, but for MEMBERS."""
    off = {"use_spf": False, "use_dmarc": False, "sender_authentication": False, "check_sender_before_edge": False,
           "rejected_mail": "reject"}
    return company_plan(scenario, verification=scenario == "edge-verifying") | off | members


class DirectTests:
    def run(self, tap: Tap, company: Company) -> None:
        self._tap = tap
        self._company = company
        self._network = company.network
        self._refused_mail()

    def _refused_mail(self) -> None:
        with self._tap.test("reject: pushed", essential=True):
            self._company.push(scanning_plan("direct"))
        with self._tap.test("reject: a refused message is answered with 554 5.7.1"):
            refused(self._gtube())
        with self._tap.test("delete: pushed"):
            self._company.push(scanning_plan("direct", rejected_mail="delete"))
        with self._tap.test("delete: a refused message is accepted and vanishes"):
            self._vanishes(self._gtube())
        with self._tap.test("delete: others arrive"):
            self._company.arrived_inside(self._network.send_from_outside("alice@example.com"), "mail20")

    def _gtube(self) -> Attempt:
        return self._network.send_from_outside("alice@example.com", body=GTUBE)

    def _vanishes(self, attempt: Attempt) -> None:
        assert attempt.accepted, attempt
        self._network.gateway.postfix.log.wait_for("milter-discard: END-OF-MESSAGE")
        self._company.arrived_inside(self._network.send_from_outside("alice@example.com"), "mail20")
        assert not self._network.mail20.mailbox.with_id(attempt.message_id)


def refused(attempt: Attempt) -> None:
    """Asserts that scanning refused the message of ATTEMPT."""
    assert attempt.stage == "data" and str(attempt.reply).startswith("554 5.7.1"), attempt


if __name__ == "__main__":
    sys.exit(run({"direct": DirectTests}[sys.argv[1]]().run, scenario="direct", scanning=True))

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pushes the plan of one scenario with posternctl and shows by real mail that the gateway does what it says.

Usage: scenario.py direct|edge-verifying|edge-not-verifying
"""

import sys

from company import Company, a, refused, run
from plans import company_plan, route
from practice.message import Message
from practice.sending import Attempt
from practice.swaks import swaks
from practice.tap import Tap


class ScenarioTests:
    """One method for each row of what must be seen."""

    def __init__(self, scenario: str):
        self._scenario = scenario
        self._direct = scenario == "direct"

    def run(self, tap: Tap, company: Company) -> None:
        with tap.test("posternctl push", essential=True):
            company.push(company_plan(self._scenario))
        with tap.test("the push left no complaint in Postfix's log"):
            complaints = company.network.gateway.postfix.log.lines(r"(warning|error|fatal|panic): ")
            assert not complaints, complaints
        self.check(tap, company)
        with tap.group(self._scenario):
            self._subdomain_with_record()
            self._changed_verification()

    def check(self, tap: Tap, company: Company) -> None:
        """The rows that one push shows; whoever pushed company_plan(scenario) may call this."""
        self._tap = tap
        self._company = company
        self._network = company.network
        with tap.group(self._scenario):
            self._known_recipient()
            self._foreign_recipient()
            self._unknown_recipient()
            self._trusted_to_foreign()
            self._trusted_to_unknown()
            self._own_route()
            self._subdomain_without_record()
            self._no_route()
            self._internationalised()

    def _doors(self) -> list[tuple[str, str, str]]:
        """Where somebody outside comes in: its address, the server's, and whose that is."""
        doors = [(a.OUTSIDE, a.GATEWAY, "straight to the gateway"),
                 (a.OUTSIDE6, a.GATEWAY6, "straight to the gateway by IPv6")]
        return doors if self._direct else doors + [(a.OUTSIDE, a.EDGE, "through the edge gateway")]

    def _arrives(self, recipient: str, server: str, address: str, name: str) -> None:
        for source, door, way in self._doors():
            with self._tap.test(f"{name}: untrusted to {recipient} {way} arrives at {address}"):
                attempt = self._network.send(source, "joe@sender.test", recipient, server=door)
                message = self._company.arrived_inside(attempt, server)
                assert (message.sender, message.recipient) == ("joe@sender.test", recipient), message.text
                self._came_once(message, address, door)

    def _came_once(self, message: Message, address: str, door: str) -> None:
        """MESSAGE came to the server at ADDRESS, and to the edge gateway only if that was where it was sent to."""
        assert [hop.address for hop in message.path] == ([a.EDGE] if door == a.EDGE else []) + [address], message.path

    def _known_recipient(self) -> None:
        self._arrives("alice@example.com", "mail20", a.MAIL20, "1")
        with self._tap.test("1: the same, sent by swaks"):
            result = swaks(a.OUTSIDE, "joe@sender.test", "bob@example.com")
            assert result.status == 0, result.transcript
            self._network.mail20.mailbox.wait_for(result.message_id)

    def _foreign_recipient(self) -> None:
        for source, server in ((a.OUTSIDE, a.GATEWAY), (a.OUTSIDE6, a.GATEWAY6)):
            with self._tap.test(f"2: untrusted {source} to someone@elsewhere.test is refused"):
                attempt = self._network.send(source, "joe@sender.test", "someone@elsewhere.test", server=server)
                refused(attempt, "554 5.7.1")
        # Ways to write a foreign recipient so that it looks local.
        for recipient in ("someone%elsewhere.test@example.com", "@example.com:someone@elsewhere.test",
                          '"someone@elsewhere.test"@example.com', "someone@[203.0.113.10]"):
            with self._tap.test(f"2: untrusted to {recipient} is refused"):
                attempt = self._network.send_from_outside(recipient)
                assert attempt.stage == "rcpt" and attempt.reply.code in (550, 554), attempt
        if not self._direct:
            with self._tap.test("2: what comes from the edge gateway's address may not go to a foreign domain either"):
                refused(self._network.send(a.EDGE, "joe@sender.test", "someone@elsewhere.test"), "554 5.7.1")

    def _unknown_recipient(self) -> None:
        if self._scenario == "edge-not-verifying":
            self._unknown_recipient_is_reported()
            return
        for source, door, way in self._doors():
            with self._tap.test(f"3: untrusted to nobody@example.com {way} is refused"):
                refused(self._network.send(source, "joe@sender.test", "nobody@example.com", server=door), "550 5.1.1")
        with self._tap.test("3: the refusal does not tell the internal server's name or address"):
            attempt = self._network.send_from_outside("nobody@example.com")
            assert "mail.example.com" not in attempt.reply.text and a.MAIL20 not in attempt.reply.text, attempt

    def _unknown_recipient_is_reported(self) -> None:
        for source, door, way in self._doors():
            with self._tap.test(f"3: untrusted to nobody@example.com {way} is accepted, and a report comes back"):
                self._reported(self._network.send(source, "joe@sender.test", "nobody@example.com", server=door))

    def _reported(self, attempt: Attempt) -> None:
        assert attempt.accepted, attempt
        message = self._network.outside.mailbox.wait_for_report(attempt.message_id)
        assert message.recipient == "joe@sender.test", message.text
        report = message.report
        assert (report.reporter, report.recipient) == (a.GATEWAY_NAME, "nobody@example.com"), report
        assert report.status == "5.1.1", report
        way = [hop.server for hop in message.path]
        assert way == (["outside"] if self._direct else ["edge", "outside"]), message.path

    def _trusted_to_foreign(self) -> None:
        for source, server in ((a.MAIL20, a.GATEWAY), (a.MAIL20_6, a.GATEWAY6)):
            whither = "the domain's MX" if self._direct else "the edge gateway"
            with self._tap.test(f"4: trusted {source} to anyone@elsewhere.test goes to {whither}"):
                attempt = self._network.send(source, "alice@example.com", "anyone@elsewhere.test", server=server)
                path = self._company.arrived_outside(attempt).path
                hops = [(hop.server, hop.port) for hop in path]
                assert hops == ([] if self._direct else [("edge", 25)]) + [("outside", 25)], path
                assert self._direct or path[0].address == a.EDGE, path

    def _trusted_to_unknown(self) -> None:
        with self._tap.test("5: trusted to nobody@example.com is accepted"):
            attempt = self._network.send_from_inside("nobody@example.com")
            assert attempt.accepted, attempt
        with self._tap.test("5: and alice, who sent it, gets the report"):
            message = self._network.mail20.mailbox.wait_for_report(attempt.message_id)
            assert (message.recipient, message.report.status) == ("alice@example.com", "5.1.1"), message.text

    def _own_route(self) -> None:
        self._arrives("carol@example.org", "mail21", a.MAIL21, "6")

    def _no_route(self) -> None:
        self._arrives("dave@example.net", "mail20", a.MAIL20, "9")

    def _internationalised(self) -> None:
        for recipient in (f"оля@{a.IDN}", f"оля@{a.IDN_ASCII}", f"olya@{a.IDN}", f"olya@{a.IDN_ASCII}"):
            self._arrives(recipient, "mail21", a.MAIL21, "10")

    def _subdomain_without_record(self) -> None:
        with self._tap.test("8: untrusted to alice@sub.example.com without a record .example.com is refused"):
            refused(self._network.send_from_outside("alice@sub.example.com"), "554 5.7.1")

    def _subdomain_with_record(self) -> None:
        with self._tap.test("8: posternctl push with .example.com"):
            subdomains = {"name": ".example.com", "local": True, "route": route(a.MAIL20)}
            self._company.push(company_plan(self._scenario, domains=(subdomains,)))
        self._arrives("alice@sub.example.com", "mail20", a.MAIL20, "8 with .example.com")
        with self._tap.test("8: posternctl push without it again"):
            self._company.push(company_plan(self._scenario))
        self._subdomain_without_record()

    def _changed_verification(self) -> None:
        """What the scenario presets can be overridden; a verdict from before must not be remembered."""
        if self._scenario != "direct":
            return
        with self._tap.test("3 without verification: posternctl push"):
            self._company.push(company_plan(self._scenario, verification=False))
        with self._tap.test("3 without verification: accepted, and a report comes back"):
            self._reported(self._network.send_from_outside("nobody@example.com"))


if __name__ == "__main__":
    sys.exit(run(ScenarioTests(sys.argv[1]).run, scenario=sys.argv[1]))

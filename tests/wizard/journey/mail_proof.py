# SPDX-License-Identifier: GPL-3.0-or-later
"""What real mail shows after the wizard has set the gateway up: one row for each promise of the plan."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from practice import addresses as a
from practice.network import PracticeNetwork
from practice.sending import Attempt

from .company import Edge

_JOE = "joe@sender.test"
_ALICE = "alice@example.com"


@dataclass(frozen=True)
class Row:
    """A promise, and `check`, which keeps it or raises; it returns the SMTP dialogue and what became of the message."""
    title: str
    check: Callable[[], str]


class MailProof:
    """The promises of the journey's plan in one scenario."""

    def __init__(self, network: PracticeNetwork, scenario: str, edge: Edge = Edge()):
        """EDGE is the edge gateway as it was entered."""
        self._network = network
        self._edge = edge
        self._scenario = scenario
        self._direct = scenario == "direct"

    def rows(self) -> Iterator[Row]:
        for way, door in self._doors():
            yield self._arrival(f"1: untrusted{way} to alice@example.com arrives at {a.MAIL20}", door, _ALICE, "mail20", a.MAIL20)
        yield Row("2: untrusted to someone@elsewhere.test is refused",
                  lambda: self._refusal(a.GATEWAY, "someone@elsewhere.test", "554 5.7.1"))
        yield from self._unknown_recipient()
        edge = f"{self._edge.host} port {self._edge.port} {'with' if self._edge.mx else 'without'} MX lookup"
        whither = "the domain’s MX" if self._direct else f"the edge gateway, {edge}"
        yield Row(f"4, 7: trusted {a.MAIL20} to anyone@elsewhere.test goes to {whither}", self._trusted_to_foreign)
        yield Row("5: trusted to nobody@example.com is accepted, and alice gets the report", self._trusted_to_unknown)
        for way, door in self._doors():
            yield self._arrival(f"6: untrusted{way} to carol@example.org, with a route of its own, arrives at {a.MAIL21}", door,
                                "carol@example.org", "mail21", a.MAIL21)
        yield self._arrival(f"8: untrusted to alice@sub.example.com, with a record .example.com, arrives at {a.MAIL20}", a.GATEWAY,
                            "alice@sub.example.com", "mail20", a.MAIL20)
        yield Row("8: untrusted to alice@sub.example.org, without a record .example.org, is refused",
                  lambda: self._refusal(a.GATEWAY, "alice@sub.example.org", "554 5.7.1"))
        for way, door in self._doors():
            yield self._arrival(f"9: untrusted{way} to dave@example.net, without a route, arrives at {a.MAIL20}", door,
                                "dave@example.net", "mail20", a.MAIL20)
        for recipient in (f"оля@{a.IDN}", f"olya@{a.IDN_ASCII}"):
            yield self._arrival(f"10: untrusted to {recipient} arrives at {a.MAIL21}", a.GATEWAY, recipient, "mail21", a.MAIL21)

    def _doors(self) -> list[tuple[str, str]]:
        """Where mail from the Internet comes in: how that is called, and the address."""
        straight = [("", a.GATEWAY)]
        return straight if self._direct else straight + [(" through the edge gateway", a.EDGE)]

    def _arrival(self, title: str, door: str, recipient: str, server: str, address: str) -> Row:
        def check() -> str:
            attempt = self._network.send(a.OUTSIDE, _JOE, recipient, server=door)
            assert attempt.accepted, attempt
            message = getattr(self._network, server).mailbox.wait_for(attempt.message_id)
            assert message.recipient == recipient, message.text
            assert message.passes(a.GATEWAY_NAME) == 1, message.text
            way = [hop.address for hop in message.path]
            assert way == ([a.EDGE] if door == a.EDGE else []) + [address], message.path
            return _told(attempt, f"arrived at {server} ({address}) by way of {_names(['gateway'] if len(way) == 1 else ['edge', 'gateway'])}")
        return Row(title, check)

    def _refusal(self, door: str, recipient: str, reply: str) -> str:
        attempt = self._network.send(a.OUTSIDE, _JOE, recipient, server=door)
        assert attempt.stage == "rcpt" and str(attempt.reply).startswith(reply), attempt
        return _told(attempt, "refused before the message was sent")

    def _unknown_recipient(self) -> Iterator[Row]:
        for way, door in self._doors():
            if self._scenario == "edge-not-verifying":
                yield Row(f"3: untrusted{way} to nobody@example.com is accepted, and a report comes back",
                          lambda door=door: self._reported(door))
            else:
                yield Row(f"3: untrusted{way} to nobody@example.com is refused",
                          lambda door=door: self._refusal(door, "nobody@example.com", "550 5.1.1"))

    def _reported(self, door: str) -> str:
        attempt = self._network.send(a.OUTSIDE, _JOE, "nobody@example.com", server=door)
        assert attempt.accepted, attempt
        message = self._network.outside.mailbox.wait_for_report(attempt.message_id)
        assert message.recipient == _JOE and message.report.status == "5.1.1", message.text
        return _told(attempt, f"a non-delivery report came back: {message.report.status} {message.report.diagnostic}")

    def _trusted_to_foreign(self) -> str:
        attempt = self._network.send(a.MAIL20, _ALICE, "anyone@elsewhere.test")
        assert attempt.accepted, attempt
        message = self._network.outside.mailbox.wait_for(attempt.message_id)
        way = [hop.server for hop in message.path]
        assert way == ([] if self._direct else ["edge"]) + ["outside"], message.path
        if not self._direct:  # row 7: the next hop is the edge gateway as it was entered
            assert message.path[0].address in self._edge.arrives_at and message.path[0].port == self._edge.port, message.path
        return _told(attempt, f"arrived at the outside world ({a.OUTSIDE_MX}) by way of {_names(['gateway', *way[:-1]])}")

    def _trusted_to_unknown(self) -> str:
        attempt = self._network.send(a.MAIL20, _ALICE, "nobody@example.com")
        assert attempt.accepted, attempt
        message = self._network.mail20.mailbox.wait_for_report(attempt.message_id)
        assert (message.recipient, message.report.status) == (_ALICE, "5.1.1"), message.text
        return _told(attempt, f"accepted without asking; then a report to alice: {message.report.status}")


def _names(way: list[str]) -> str:
    return ", ".join(way)


def _told(attempt: Attempt, outcome: str) -> str:
    lines = []
    for reply in attempt.replies:
        if reply.command:
            lines.append(f" -> {reply.command}")
        lines += [f"<-  {line}" for line in reply.text.splitlines()]
    return "\n".join([*lines, f"=== {outcome}"])

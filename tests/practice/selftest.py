#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves the practice network itself, without posternd: the gateway's Postfix is configured by hand here."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from practice import addresses as a
from practice import namespace
from practice.dns_query import NoSuchName, query, reverse_name
from practice.network import PracticeNetwork
from practice.sending import send
from practice.smtp_client import SmtpClient
from practice.stock_postfix import StockPostfix
from practice.swaks import swaks
from practice.tap import Tap, skip_all

SERVERS = frozenset({"outside", "edge", "mail20", "mail21"})


def dns_answers(tap: Tap, network: PracticeNetwork) -> None:
    with tap.test("DNS: addresses, both families"):
        assert query("edge.test", "A") == [a.EDGE]
        assert query("edge.test", "AAAA") == [a.EDGE6]
        assert query("edge4.test", "AAAA") == []
        assert query("edge6.test", "A") == []
    with tap.test("DNS: MX of the edge gateway names other hosts than its address records"):
        assert query("edge.test", "MX") == ["mx1.edge.test", "mx2.edge.test"]
        assert query("mx1.edge.test", "A") == [a.EDGE_MX1]
        assert query("edge4.test", "MX") == []
    with tap.test("DNS: names of addresses"):
        assert query(reverse_name(a.OUTSIDE), "PTR") == ["client.sender.test"]
        assert query(reverse_name(a.GATEWAY6), "PTR") == [a.GATEWAY_NAME]
    with tap.test("DNS: SPF and DMARC records"):
        assert query("spoofed.test", "TXT")[0].startswith("v=spf1")
        assert query("_dmarc.spoofed.test", "TXT") == ["v=DMARC1; p=reject"]
    with tap.test("DNS: a name that does not exist"):
        try:
            assert not query("nobody.example.com", "A"), "found"
        except NoSuchName:
            pass
    with tap.test("DNS: the company's MX can be the gateway or the edge gateway, and records can change"):
        assert query("example.com", "MX") == [a.GATEWAY_NAME]
        network.dns.set_public_mx("edge")
        network.dns.reload()
        assert query("example.com", "MX") == ["mx1.edge.test"]


def internal_servers(tap: Tap, network: PracticeNetwork) -> None:
    known = (("alice@example.com", network.mail20, a.MAIL20), ("bob@example.com", network.mail20, a.MAIL20_6),
             ("carol@example.org", network.mail21, a.MAIL21), (f"olya@{a.IDN_ASCII}", network.mail21, a.MAIL21),
             (f"оля@{a.IDN}", network.mail21, a.MAIL21_6), (f"оля@{a.IDN_ASCII}", network.mail21, a.MAIL21))
    for recipient, server, address in known:
        with tap.test(f"{server.name} at {address} takes mail for {recipient}"):
            attempt = send(a.OUTSIDE6 if ":" in address else a.OUTSIDE, "joe@sender.test", recipient, server=address)
            assert attempt.accepted, attempt
            message = server.mailbox.wait_for(attempt.message_id)
            assert (message.sender, message.recipient) == ("joe@sender.test", recipient)
            assert [(hop.address, hop.port) for hop in message.path] == [(address, 25)]
    unknown = (("nobody@example.com", a.MAIL20), ("nobody@example.org", a.MAIL21), (f"никто@{a.IDN}", a.MAIL21))
    for recipient, address in unknown:
        with tap.test(f"{address} refuses {recipient}"):
            attempt = send(a.OUTSIDE, "joe@sender.test", recipient, server=address)
            assert attempt.stage == "rcpt" and str(attempt.reply).startswith("550 5.1.1"), attempt
    with tap.test("an internal server can learn a recipient"):
        network.mail20.set_recipients("alice@example.com", "frank@example.com")
        attempt = send(a.OUTSIDE, "joe@sender.test", "frank@example.com", server=a.MAIL20)
        assert attempt.accepted, attempt
    with tap.test("an internal server can be stopped and started"):
        network.mail20.stop()
        try:
            SmtpClient(a.OUTSIDE, a.MAIL20)
            raise AssertionError("it still listens")
        except ConnectionRefusedError:
            pass
        network.mail20.start()
        attempt = send(a.OUTSIDE, "joe@sender.test", "alice@example.com", server=a.MAIL20)
        assert attempt.accepted, attempt


def outside_world(tap: Tap, network: PracticeNetwork) -> None:
    with tap.test("the outside world takes everything for a foreign domain, sent by swaks"):
        result = swaks(a.OUTSIDE, "joe@sender.test", "someone@elsewhere.test", server=a.OUTSIDE_MX)
        assert result.status == 0, result.transcript
        network.outside.mailbox.wait_for(result.message_id)
    with tap.test("every server offers SMTPUTF8 and 8BITMIME"):
        for address in (a.OUTSIDE_MX, a.EDGE, a.MAIL20, a.MAIL21, a.GATEWAY):
            with SmtpClient(a.OUTSIDE, address) as client:
                offer = client.ehlo().text
                assert "SMTPUTF8" in offer and "8BITMIME" in offer, offer


def configure_by_hand(gateway: StockPostfix, verifying: bool, relayhost: str) -> None:
    """The gateway behind an edge gateway, as an administrator would write it into main.cf."""
    gateway.change(mydestination="", relay_domains="example.com", relayhost=relayhost,
                   transport_maps="inline:{ example.com=smtp:[10.0.0.20]:25 }",
                   mynetworks="127.0.0.0/8 10.0.0.20/32",
                   smtpd_relay_restrictions="permit_mynetworks, reject_unauth_destination",
                   smtpd_recipient_restrictions="permit_mynetworks, reject_unverified_recipient" if verifying else "",
                   unverified_recipient_reject_code="550", address_verify_poll_delay="1s")


def verifying_edge(tap: Tap, network: PracticeNetwork, gateway: StockPostfix) -> None:
    configure_by_hand(gateway, True, f"[{a.EDGE}]:25")
    for source, server in ((a.OUTSIDE, a.EDGE), (a.OUTSIDE6, a.EDGE6)):
        with tap.test(f"from {source} through the verifying edge gateway at {server} to an existing recipient"):
            attempt = network.send(source, "joe@sender.test", "alice@example.com", server=server)
            assert attempt.accepted, attempt
            message = network.mail20.mailbox.wait_for(attempt.message_id)
            assert [hop.server for hop in message.path] == ["edge", "mail20"], message.path
            assert message.passes(a.GATEWAY_NAME) == 1, message.text
    with tap.test("the verifying edge gateway refuses an unknown recipient"):
        attempt = network.send(a.OUTSIDE, "joe@sender.test", "nobody@example.com", server=a.EDGE)
        assert attempt.stage == "rcpt" and attempt.reply.code == 550, attempt


def accepting_edge(tap: Tap, network: PracticeNetwork, gateway: StockPostfix) -> None:
    network.edge.set_verifying(False)
    configure_by_hand(gateway, False, f"[{a.EDGE}]:25")
    with tap.test("an edge gateway that does not verify accepts an unknown recipient, and a report comes back"):
        attempt = network.send(a.OUTSIDE, "joe@sender.test", "unknown@example.com", server=a.EDGE)
        assert attempt.accepted, attempt
        message = network.outside.mailbox.wait_for_report(attempt.message_id)
        assert message.sender == "" and message.recipient == "joe@sender.test"
        assert (message.report.reporter, message.report.status) == (a.GATEWAY_NAME, "5.1.1"), message.report
        assert message.report.recipient == "unknown@example.com"


def next_hops(tap: Tap, network: PracticeNetwork, gateway: StockPostfix) -> None:
    cases = (("[192.168.0.1]:25", [(a.EDGE, 25)]),
             ("[edge.test]:2525", [(a.EDGE, 2525), (a.EDGE6, 2525)]),
             ("edge.test", [(a.EDGE_MX1, 25)]),
             ("edge.test:2525", [(a.EDGE_MX1, 2525)]),
             ("edge4.test", [(a.EDGE, 25)]),
             (f"[{a.EDGE6}]:2525", [(a.EDGE6, 2525)]))
    for relayhost, expected in cases:
        with tap.test(f"relayhost {relayhost} leads to {expected[0]}"):
            configure_by_hand(gateway, False, relayhost)
            attempt = network.send_from_inside("someone@elsewhere.test")
            assert attempt.accepted, attempt
            hop = network.outside.mailbox.wait_for(attempt.message_id).path[0]
            assert hop.server == "edge" and (hop.address, hop.port) in expected, hop


def queue(tap: Tap, network: PracticeNetwork, gateway: StockPostfix) -> None:
    with tap.test("what cannot be delivered waits in the gateway's queue, and arrives after a restart"):
        configure_by_hand(gateway, False, "")
        network.outside.stop()
        attempt = network.send_from_inside("someone@elsewhere.test")
        gateway.log.wait_for("status=deferred")
        assert [len(gateway.queued()), gateway.queued()[0]["sender"]] == [1, "alice@example.com"]
        network.outside.start()
        gateway.stop()
        gateway.start()
        gateway.flush_queue()
        assert network.outside.mailbox.wait_for(attempt.message_id).passes(a.GATEWAY_NAME) == 1


def main() -> int:
    try:
        namespace.enter()
    except namespace.NamespaceUnavailable as reason:
        skip_all(str(reason))
    with PracticeNetwork(servers=SERVERS, edge_verifies=True) as network:
        gateway = StockPostfix(network.directory / "gateway")
        gateway.start()
        tap = Tap(lambda: "\n".join([network.recent_logs(), "--- gateway", *gateway.log.tail()]))
        outside_world(tap, network)
        verifying_edge(tap, network, gateway)
        accepting_edge(tap, network, gateway)
        next_hops(tap, network, gateway)
        queue(tap, network, gateway)
        internal_servers(tap, network)
        dns_answers(tap, network)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

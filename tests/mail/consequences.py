#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What findings predict is what happens: plans that Postern warns of, applied to a real Postfix all the same.

    consequences.py POSTERNCTL CASE…

posternd would refuse some of these, so that the plan's Postfix fragment is put into a stock Postfix by hand. Cases that want
the same network can be tried in it one after the other.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fragment import FragmentPostfix, fragment_of
from plans import company_plan, route
from practice import addresses as a
from practice import namespace
from practice.network import EVERYTHING, PracticeNetwork
from practice.sending import send_until_decided
from practice.tap import Tap


@dataclass
class World:
    network: PracticeNetwork
    gateway: FragmentPostfix


def without_routes(plan: dict) -> dict:
    return plan | {"internal_server": None, "domains": [{"name": "example.com", "local": True}]}


def from_outside_through_the_edge(world: World, recipient: str):
    return send_until_decided(a.OUTSIDE, "joe@sender.test", recipient, server=a.EDGE)


def open_relay(world: World) -> None:
    attempt = world.network.send_from_outside("victim@elsewhere.test")
    assert attempt.accepted, attempt
    world.network.outside.mailbox.wait_for(attempt.message_id)


def loop_through_the_edge(world: World) -> None:
    attempt = from_outside_through_the_edge(world, "alice@example.com")
    assert attempt.accepted, attempt
    report = world.network.outside.mailbox.wait_for_report(attempt.message_id).report
    assert report.status == "5.4.0", report
    assert world.gateway.log.count(r"to=<alice@example\.com>, relay=192\.168\.0\.1") > 10


def loop_through_dns(world: World) -> None:
    attempt = world.network.send_from_outside("alice@example.com")
    assert attempt.stage == "rcpt" and attempt.reply.code == 550, attempt
    world.gateway.log.wait_for("loops back to myself")


def verification_without_effect(world: World) -> None:
    attempt = from_outside_through_the_edge(world, "nobody@example.com")
    assert attempt.accepted, attempt
    report = world.network.outside.mailbox.wait_for_report(attempt.message_id).report
    assert (report.reporter, report.status) == (a.GATEWAY_NAME, "5.1.1"), report


def edge_may_relay(world: World) -> None:
    attempt = send_until_decided(a.EDGE, "joe@sender.test", "victim@elsewhere.test")
    assert attempt.accepted, attempt


def reports_from_the_edge(world: World) -> None:
    attempt = from_outside_through_the_edge(world, "nobody@example.com")
    assert attempt.accepted, attempt
    report = world.network.outside.mailbox.wait_for_report(attempt.message_id).report
    assert (report.reporter, report.status) == ("edge.test", "5.1.1"), report


def reports_from_the_gateway(world: World) -> None:
    attempt = world.network.send_from_outside("nobody@example.com")
    assert attempt.accepted, attempt
    report = world.network.outside.mailbox.wait_for_report(attempt.message_id).report
    assert (report.reporter, report.status) == (a.GATEWAY_NAME, "5.1.1"), report


def leaves_without_the_edge(world: World) -> None:
    assert outgoing_path(world) == ["outside"]


def leaves_through_the_edge(world: World) -> None:
    assert outgoing_path(world) == ["edge", "outside"]


def outgoing_path(world: World) -> list[str]:
    """Which servers a message from inside passes behind the gateway."""
    attempt = world.network.send_from_inside("anyone@elsewhere.test")
    assert attempt.accepted, attempt
    return [hop.server for hop in world.network.outside.mailbox.wait_for(attempt.message_id).path]


def nobody_outside_reaches(world: World) -> None:
    attempt = world.network.send_from_outside("alice@example.com")
    assert attempt.stage == "rcpt" and str(attempt.reply).startswith("554 5.7.1"), attempt


def nobody_inside_sends(world: World) -> None:
    attempt = world.network.send_from_inside("anyone@elsewhere.test")
    assert attempt.stage == "rcpt" and str(attempt.reply).startswith("554 5.7.1"), attempt


def any_host_inside_relays(world: World) -> None:
    attempt = world.network.send(a.MAIL21, "joe@sender.test", "victim@elsewhere.test")
    assert attempt.accepted, attempt
    world.network.outside.mailbox.wait_for(attempt.message_id)


def takes_in_the_mail_of_others(world: World) -> None:
    attempt = world.network.send_from_outside("somebody@another-company.co.uk")
    assert attempt.accepted, attempt
    world.gateway.log.wait_for(r"to=<somebody@another-company\.co\.uk>, relay=10\.0\.0\.20")


def mail_waits(world: World) -> None:
    attempt = world.network.send_from_outside("alice@example.com")
    assert attempt.accepted, attempt
    world.gateway.log.wait_for(r"to=<alice@example\.com>.*status=deferred \(connect to 10\.0\.0\.20\[10\.0\.0\.20\]:2526")


def everybody_is_let_in(world: World) -> None:
    attempt = world.network.send_from_outside("nobody@example.com")
    assert attempt.accepted, attempt


def nobody_is_let_in(world: World) -> None:
    attempt = world.network.send_from_outside("alice@example.com")
    assert attempt.stage == "rcpt" and str(attempt.reply).startswith("550 5.1.1"), attempt


@dataclass
class Case:
    """CODE is the finding; PLAN has it; CONSEQUENCES are what it predicts, by name.

    INTERNAL are parameters of the internal server of example.com while the case lasts; with them, the finding comes from a
    rehearsal.
    """
    code: str
    scenario: str
    plan: dict
    consequences: dict[str, Callable[[World], None]]
    edge_verifies: bool = False
    internal: dict[str, str] = field(default_factory=dict)


EDGE_NETWORK = {"trusted_networks": [f"{a.MAIL20}/32", "192.168.0.0/24"]}
NOTHING = {"domains": [], "trusted_networks": []}
UNUSUAL_PORT = {"domains": [{"name": "example.com", "local": True, "route": route(a.MAIL20, 2526)}]}
PUBLIC_SUFFIX = {"domains": [{"name": ".co.uk", "local": True, "route": route(a.MAIL20)}]}
NOT_LOCAL = {"domains": [{"name": "example.com", "local": False, "route": route(a.MAIL20)}, {"name": "example.net", "local": True}]}

# A server that sorts out only later whom it has taken mail for.
CATCH_ALL = {"virtual_mailbox_maps": "static:inbox/"}
# A server that was told to take no bounces, and no mail whose sender is the gateway.
DEAF = {"smtpd_delay_reject": "no",
        "smtpd_sender_restrictions": "check_sender_access regexp:{ {/^(<>|double-bounce@.*)$$/ REJECT No such sender} }"}

CASES = {
    "edge-gateway-missing": Case(
        "edge-gateway-missing", "edge-not-verifying", company_plan("edge-not-verifying") | {"edge_gateway": None},
        {"outgoing mail bypasses it": leaves_without_the_edge}),
    "edge-gateway-not-allowed": Case(
        "edge-gateway-not-allowed", "direct", company_plan("direct") | {"edge_gateway": route(a.EDGE)},
        {"all outgoing mail goes there": leaves_through_the_edge}),
    "network-everything": Case(
        "network-everything", "direct", company_plan("direct") | {"trusted_networks": ["0.0.0.0/0"]},
        {"anyone may send to anyone": open_relay}),
    "network-wide": Case(
        "network-wide", "direct", company_plan("direct") | {"trusted_networks": ["10.0.0.0/8"]},
        {"any machine in it may send to anyone": any_host_inside_relays}),
    "network-public": Case(
        "network-public", "direct", company_plan("direct") | {"trusted_networks": ["203.0.112.0/23"]},
        {"whoever has an address in it may send to anyone": open_relay}),
    "route-to-gateway": Case(
        "route-to-gateway", "direct",
        company_plan("direct") | {"domains": [{"name": "example.com", "local": True, "route": route("127.0.0.1")}]},
        {"mail for the domain is refused because it loops": loop_through_dns}),
    "nothing-to-do-with-mail": Case(
        "nothing-to-do-with-mail", "direct", company_plan("direct") | NOTHING,
        {"mail from outside is refused": nobody_outside_reaches, "mail from inside is refused": nobody_inside_sends}),
    "no-local-domains": Case(
        "no-local-domains", "direct", company_plan("direct") | {"domains": []},
        {"mail from outside is refused": nobody_outside_reaches}),
    "no-trusted-networks": Case(
        "no-trusted-networks", "direct", company_plan("direct") | {"trusted_networks": []},
        {"mail from inside is refused": nobody_inside_sends}),
    "domain-not-local": Case(
        "domain-not-local", "direct", company_plan("direct") | NOT_LOCAL,
        {"mail from outside is refused": nobody_outside_reaches}),
    "public-suffix": Case(
        "public-suffix", "direct", company_plan("direct", verification=False) | PUBLIC_SUFFIX,
        {"it takes in the mail of others": takes_in_the_mail_of_others}),
    "route-port-unusual": Case(
        "route-port-unusual", "direct", company_plan("direct", verification=False) | UNUSUAL_PORT,
        {"mail waits where nobody listens": mail_waits}),
    "route-missing-loops": Case(
        "route-missing-loops", "edge-not-verifying", without_routes(company_plan("edge-not-verifying")),
        {"the message goes round until it is returned": loop_through_the_edge}),
    "route-missing-dns": Case(
        "route-missing-dns", "direct", without_routes(company_plan("direct")),
        {"mail for the domain is refused because it loops": loop_through_dns}),
    "edge-trusted": Case(
        "edge-trusted", "edge-verifying", company_plan("edge-verifying") | EDGE_NETWORK,
        {"an unknown recipient is accepted, and the gateway reports it": verification_without_effect,
         "what the edge gateway passes on may go to anyone": edge_may_relay}, edge_verifies=True),
    "verification-mismatch": Case(
        "verification-mismatch", "edge-not-verifying", company_plan("edge-not-verifying", verification=True),
        {"the edge gateway reports an unknown recipient": reports_from_the_edge}),
    "verification-mismatch-off": Case(
        "verification-mismatch", "edge-verifying", company_plan("edge-verifying", verification=False),
        {"the edge gateway lets an unknown recipient in, and the gateway reports it": verification_without_effect},
        edge_verifies=True),
    "verification-off-direct": Case(
        "verification-off-direct", "direct", company_plan("direct", verification=False),
        {"an unknown recipient is accepted, and the gateway reports it": reports_from_the_gateway}),
    "verification-useless-catch-all": Case(
        "verification-useless", "direct", company_plan("direct"),
        {"an unknown recipient is let in": everybody_is_let_in}, internal=CATCH_ALL),
    "verification-useless-deaf": Case(
        "verification-useless", "direct", company_plan("direct"),
        {"a recipient that exists is refused": nobody_is_let_in}, internal=DEAF),
}


def codes_of(posternctl: str, plan: dict, *options: str) -> list[str]:
    path = namespace.WORLD / "checked.postern"
    path.write_text(json.dumps(plan))
    done = subprocess.run([posternctl, "check", str(path), "--json", *options], capture_output=True, text=True, check=False)
    return [finding["code"] for finding in json.loads(done.stdout)["findings"]]


def try_case(tap: Tap, world: World, posternctl: str, case: Case) -> None:
    if case.internal:
        world.network.mail20.change(**case.internal)
    options = ("--rehearse",) if case.internal else ()
    with tap.test("the finding is told"):
        codes = codes_of(posternctl, case.plan, *options)
        assert case.code in codes, codes
    for name, consequence in case.consequences.items():
        with tap.test(name):
            consequence(world)


def try_cases(posternctl: str, network: PracticeNetwork, names: list[str]) -> int:
    logs = [network.recent_logs]
    tap = Tap(lambda: "\n".join(log() for log in logs))
    for name in names:
        postfix = FragmentPostfix(namespace.WORLD / f"stock-{name}", fragment_of(posternctl, CASES[name].plan))
        postfix.addresses += ("127.0.0.1",)
        postfix.start()
        logs[1:] = [lambda: "\n".join(["--- stock", *postfix.log.tail()])]
        settings = dict(network.mail20.settings)
        with tap.group(name):
            try_case(tap, World(network, postfix), posternctl, CASES[name])
        postfix.stop()
        network.mail20.settings = settings
        network.mail20.change()
    return tap.done()


def main() -> int:
    posternctl, names = sys.argv[1], sys.argv[2:]
    case = CASES[names[0]]
    wanted = {(CASES[name].scenario == "direct", CASES[name].edge_verifies) for name in names}
    assert len(wanted) == 1, "these want different networks"
    namespace.enter()
    with PracticeNetwork(servers=EVERYTHING - {"gateway"}, edge_verifies=case.edge_verifies,
                         public_mx="gateway" if case.scenario == "direct" else "edge") as network:
        return try_cases(posternctl, network, names)


if __name__ == "__main__":
    sys.exit(main())

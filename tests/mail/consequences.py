#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What findings predict is what happens: plans that Postern warns of, applied to a real Postfix all the same.

    consequences.py POSTERNCTL CASE

posternd would refuse some of these, so that the plan's Postfix fragment is put into a stock Postfix by hand.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fragment import FragmentPostfix, fragment_of
from plans import company_plan
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


@dataclass
class Case:
    """CODE is the finding; PLAN has it; CONSEQUENCES are what it predicts, by name."""
    code: str
    scenario: str
    plan: dict
    consequences: dict[str, Callable[[World], None]]
    edge_verifies: bool = False


EDGE_NETWORK = {"trusted_networks": [f"{a.MAIL20}/32", "192.168.0.0/24"]}

CASES = {case.code: case for case in (
    Case("network-everything", "direct", company_plan("direct") | {"trusted_networks": ["0.0.0.0/0"]},
         {"anyone may send to anyone": open_relay}),
    Case("route-missing-loops", "edge-not-verifying", without_routes(company_plan("edge-not-verifying")),
         {"the message goes round until it is returned": loop_through_the_edge}),
    Case("route-missing-dns", "direct", without_routes(company_plan("direct")),
         {"mail for the domain is refused because it loops": loop_through_dns}),
    Case("edge-trusted", "edge-verifying", company_plan("edge-verifying") | EDGE_NETWORK,
         {"an unknown recipient is accepted, and the gateway reports it": verification_without_effect,
          "what the edge gateway passes on may go to anyone": edge_may_relay}, edge_verifies=True),
    Case("verification-mismatch", "edge-not-verifying", company_plan("edge-not-verifying", verification=True),
         {"the edge gateway reports an unknown recipient": reports_from_the_edge}),
    Case("verification-off-direct", "direct", company_plan("direct", verification=False),
         {"an unknown recipient is accepted, and the gateway reports it": reports_from_the_gateway}),
)}


def codes_of(posternctl: str, plan: dict) -> list[str]:
    path = namespace.WORLD / "checked.postern"
    path.write_text(json.dumps(plan))
    done = subprocess.run([posternctl, "check", str(path), "--json"], capture_output=True, text=True, check=False)
    return [finding["code"] for finding in json.loads(done.stdout)["findings"]]


def main() -> int:
    posternctl, case = sys.argv[1], CASES[sys.argv[2]]
    namespace.enter()
    with PracticeNetwork(servers=EVERYTHING - {"gateway"}, edge_verifies=case.edge_verifies,
                         public_mx="gateway" if case.scenario == "direct" else "edge") as network:
        postfix = FragmentPostfix(namespace.WORLD / "stock", fragment_of(posternctl, case.plan))
        postfix.start()
        tap = Tap(lambda: "\n".join([network.recent_logs(), "--- stock", *postfix.log.tail()]))
        world = World(network, postfix)
        with tap.group(case.code):
            with tap.test("the finding is told"):
                assert case.code in codes_of(posternctl, case.plan), codes_of(posternctl, case.plan)
            for name, consequence in case.consequences.items():
                with tap.test(name):
                    consequence(world)
        postfix.stop()
        return tap.done()


if __name__ == "__main__":
    sys.exit(main())

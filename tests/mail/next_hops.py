#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows that the gateway's next hop is exactly the route that the plan says: edge gateway and internal servers.

Usage: next_hops.py edge-verifying|edge-not-verifying
"""

import sys

from company import Company, a, run
from plans import company_plan, route
from practice.tap import Tap

# The edge gateway as a plan says it, and where mail must arrive; a name with both families may take either.
EDGES = (
    (route(a.EDGE), {(a.EDGE, 25)}),
    (route(a.EDGE, 2525), {(a.EDGE, 2525)}),
    (route(a.EDGE6), {(a.EDGE6, 25)}),
    (route(a.EDGE6, 2525), {(a.EDGE6, 2525)}),
    (route("edge.test"), {(a.EDGE, 25), (a.EDGE6, 25)}),
    (route("edge.test", 2525), {(a.EDGE, 2525), (a.EDGE6, 2525)}),
    (route("edge.test", mx=True), {(a.EDGE_MX1, 25)}),
    (route("edge.test", 2525, mx=True), {(a.EDGE_MX1, 2525)}),
    # Without MX records the look-up ends at the name's addresses (RFC 5321, section 5.1).
    (route("edge4.test", 2525, mx=True), {(a.EDGE, 2525)}),
    (route("edge6.test", mx=True), {(a.EDGE6, 25)}),
    (route("edge6.test", 2525), {(a.EDGE6, 2525)}),
    (route("xn--edg-dma.test"), {(a.EDGE, 25)}),
)


class NextHopTests:
    def __init__(self, scenario: str):
        self._scenario = scenario

    def run(self, tap: Tap, company: Company) -> None:
        self._tap = tap
        self._company = company
        self._network = company.network
        self._network.dns.hosts["xn--edg-dma.test"] = (a.EDGE,)
        self._network.dns.reload()
        with tap.group(self._scenario):
            for edge, expected in EDGES:
                self._edge(edge, expected)
            self._second_mail_exchanger()
            self._unknown_edge()
            self._internal_routes()

    def _push(self, **changes) -> None:
        self._company.push(company_plan(self._scenario, **changes))

    def _edge(self, edge: dict, expected: set[tuple[str, int]]) -> None:
        name = f"{edge['host']} port {edge['port']} {'with' if edge['mx'] else 'without'} MX lookup"
        with self._tap.test(f"7: edge gateway {name} leads to {sorted(expected)}"):
            self._push(edge=edge)
            self._next_hop_is(expected)

    def _next_hop_is(self, expected: set[tuple[str, int]]) -> None:
        path = self._company.arrived_outside(self._network.send_from_inside("someone@elsewhere.test")).path
        assert [hop.server for hop in path] == ["edge", "outside"], path
        assert (path[0].address, path[0].port) in expected, path
        message = self._company.arrived_inside(self._network.send_from_outside("alice@example.com"), "mail20")
        assert [hop.server for hop in message.path] == ["mail20"], message.path

    def _second_mail_exchanger(self) -> None:
        with self._tap.test("7: with MX lookup, the second mail exchanger gets the mail when the first is silent"):
            self._push(edge=route("edge.test", mx=True))
            known = self._network.dns.hosts["mx1.edge.test"]
            self._network.dns.hosts["mx1.edge.test"] = ("192.168.0.99",)
            self._network.dns.reload()
            self._next_hop_is({(a.EDGE_MX2, 25)})
            self._network.dns.hosts["mx1.edge.test"] = known
            self._network.dns.reload()

    def _unknown_edge(self) -> None:
        with self._tap.test("7: mail waits while the edge gateway's name does not exist, and arrives when it does"):
            self._push(edge=route("later.test"))
            attempt = self._network.send_from_inside("someone@elsewhere.test")
            assert attempt.accepted, attempt
            self._network.gateway.postfix.log.wait_for(r"status=deferred .*later\.test")
            self._network.dns.hosts["later.test"] = (a.EDGE,)
            self._network.dns.reload()
            self._network.gateway.postfix.flush_queue()
            assert self._company.arrived_outside(attempt).path[0].address == a.EDGE

    def _internal_routes(self) -> None:
        cases = (
            ("by name", route("mail.example.org"), "carol@example.org", "mail21", {a.MAIL21, a.MAIL21_6}),
            ("by MX", route("internal.example.com", mx=True), "erin@routed.example", "mail20", {a.MAIL20, a.MAIL20_6}),
            ("by IPv6 address", route(a.MAIL20_6), "erin@routed.example", "mail20", {a.MAIL20_6}),
            ("by DNS", "dns", "erin@routed.example", "mail20", {a.MAIL20, a.MAIL20_6}),
        )
        for name, wanted, recipient, server, expected in cases:
            with self._tap.test(f"a local domain's route {name} leads to {sorted(expected)}, not to the edge gateway"):
                plan = company_plan(self._scenario)
                domain = recipient.partition("@")[2]
                plan["domains"] = [record for record in plan["domains"] if record["name"] != domain]
                plan["domains"].append({"name": domain, "local": True, "route": wanted})
                self._company.push(plan)
                message = self._company.arrived_inside(self._network.send_from_outside(recipient), server)
                assert [hop.server for hop in message.path] == [server], message.path
                assert message.path[0].address in expected, message.path


if __name__ == "__main__":
    sys.exit(run(NextHopTests(sys.argv[1]).run, scenario=sys.argv[1]))

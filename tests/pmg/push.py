#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""posternctl pushes plans to a Proxmox Mail Gateway: what it makes of them, and what it leaves alone."""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "practice"))

from pmg_world import POSTERNCTL, World, domain, plan, route
from tap import Tap

FULL = {
    "direct": plan(domains=[domain("example.com", to=route("10.0.0.20", 2525)), domain(".example.com"),
                            domain("xn--e1afmkfd.xn--p1ai", to=route("mail.example.net", 25, True)),
                            domain("dns.test", to="dns"), domain("partner.test", False, route("mx.partner.test"))],
                   internal_server=route("10.0.0.21", 25), trusted_networks=["10.0.0.20/32", "2001:db8:1::/64"],
                   recipient_verification="reject-unverified"),
    "edge-verifying": plan(scenario="edge-verifying", domains=[domain("example.com"), domain("v6.test", to=route("fd00::1"))],
                           internal_server=route("fd00::5", 2526), edge_gateway=route("192.168.0.1"), use_spf=False,
                           trusted_networks=["192.0.2.0/24"], recipient_verification="reject-unverified",
                           rejected_mail="delete"),
    "edge-not-verifying": plan(scenario="edge-not-verifying", domains=[domain("example.com")],
                               internal_server=route("mail.internal.test", 25, True),
                               edge_gateway=route("edge.example.net", 587, True), use_spf=False, rejected_mail="delete"),
}


def sorted_plan(document: dict) -> dict:
    result = {name: value for name, value in document.items() if value is not None}
    result["domains"] = sorted(document["domains"], key=lambda record: record["name"])
    result["trusted_networks"] = sorted(document["trusted_networks"])
    return result


def assert_done(run, world: World) -> None:
    assert run.code == 0 and run.document["outcome"] == "done", run
    world.assert_well_behaved()


def scenarios(tap: Tap) -> None:
    for name, wanted in FULL.items():
        with tap.test(f"round trip: {name}"), World() as world:
            assert_done(world.push(wanted), world)
            assert sorted_plan(world.read()) == sorted_plan(wanted), world.read()
            assert world.diff(wanted).code == 0
            writes = world.state.writes
            assert_done(world.push(wanted), world)
            assert world.state.writes == writes, "what is unchanged was written"
    with tap.test("from each scenario to the next, and to nothing"), World() as world:
        for wanted in [*FULL.values(), plan(trusted_networks=["10.0.0.0/8"]), FULL["direct"]]:
            assert_done(world.push(wanted), world)
            assert sorted_plan(world.read()) == sorted_plan(wanted), world.read()


def settings(tap: Tap) -> None:
    with tap.test("what the plan becomes"), World() as world:
        assert_done(world.push(FULL["edge-verifying"]), world)
        assert world.state.mail == {"relay": "fd00::5", "relayport": 2526, "relaynomx": 1, "smarthost": "192.168.0.1",
                                    "verifyreceivers": "550", "spf": 0}, world.state.mail
        assert world.state.transport["v6.test"]["host"] == "fd00::1"
        assert world.state.maps["transport"].map["v6.test"] == "smtp:[fd00::1]:25"
    with tap.test("450 is verification as well, and stays"), World() as world:
        world.state.fill(mail={"verifyreceivers": "450"})
        assert_done(world.push(FULL["direct"]), world)
        assert world.state.mail["verifyreceivers"] == "450"
    with tap.test("bounces count as telling the sender, and end where mail is deleted"), World() as world:
        world.state.fill(mail={"ndr_on_block": 1})
        assert world.read()["rejected_mail"] == "reject"
        assert_done(world.push(FULL["edge-verifying"]), world)
        assert world.state.mail["ndr_on_block"] == 0


def spellings(tap: Tap) -> None:
    with tap.test("networks are compared by value and deleted by the server's spelling"), World() as world:
        world.state.fill(networks={"10.9.0.0/016": "", "2001:DB8::/32": "a", "2001:db8::/32": "", "192.0.2.77/24": ""})
        assert sorted_plan(world.read())["trusted_networks"] == ["10.9.0.0/16", "192.0.2.0/24", "2001:db8::/32"]
        writes = world.state.writes
        assert_done(world.push({**world.read(), "trusted_networks": ["10.9.0.0/16", "192.0.2.0/24", "2001:db8::/32"]}), world)
        assert world.state.writes == writes
        assert_done(world.push({**world.read(), "trusted_networks": ["192.0.2.0/24"]}), world)
        assert list(world.state.networks) == ["192.0.2.77/24"], world.state.networks
    with tap.test("names are compared folded, and every spelling goes"), World() as world:
        world.state.fill(domains={"Example.test": "", "example.test": "", "other.test": "Grüße"})
        assert [record["name"] for record in world.read()["domains"]] == ["example.test", "other.test"]
        assert_done(world.push({**world.read(), "domains": [domain("other.test")]}), world)
        assert world.state.domains == {"other.test": "Grüße"}, world.state.domains
    with tap.test("an address has no MX, whatever was sent"), World() as world:
        world.state.fill(transport={"a.test": {"host": "10.1.2.3", "protocol": "smtp", "port": 25, "use_mx": 1, "comment": "c"}})
        world.state.fill(networks={"10.0.0.0/8": ""}, mail={"before_queue_filtering": 1})
        known = plan(trusted_networks=["10.0.0.0/8"])
        writes = world.state.writes
        assert_done(world.push({**known, "domains": [domain("a.test", False, route("10.1.2.3"))]}), world)
        assert world.state.writes == writes
        assert_done(world.push({**known, "domains": [domain("a.test", False, route("mx.a.test", 25, True))]}), world)
        assert world.state.transport["a.test"] == {"host": "mx.a.test", "protocol": "smtp", "port": 25, "use_mx": 1,
                                                  "comment": "c"}, world.state.transport
    with tap.test("what no plan can say is left alone"), World() as world:
        world.state.fill(transport={"user@e.test": {"host": "mx.e.test", "protocol": "smtp", "port": 25, "use_mx": 1,
                                                    "comment": ""}}, mail={"banner": "hello", "dwarning": 0})
        assert_done(world.push(FULL["direct"]), world)
        assert "user@e.test" in world.state.transport and world.state.mail["banner"] == "hello"
    with tap.test("LMTP stays LMTP as long as its route stays"), World() as world:
        world.state.fill(transport={"l.test": {"host": "lm.test", "protocol": "lmtp", "port": 24, "use_mx": 1, "comment": ""}},
                         domains={"l.test": ""}, mail={"before_queue_filtering": 1})
        writes = world.state.writes
        assert_done(world.push(world.read()), world)
        assert world.state.writes == writes and world.state.transport["l.test"]["protocol"] == "lmtp"


def gaps(tap: Tap) -> None:
    cases = {
        "edge by name without MX lookup": (plan(scenario="edge-verifying", domains=[domain("example.com")],
                                                edge_gateway=route("edge.example.net")), "always looks up the MX records"),
        "network wider than /8": (plan(trusted_networks=["8.0.0.0/7"]), "no network wider than /8"),
        "DNS for subdomains behind an internal server": (plan(domains=[domain(".example.com", to="dns")],
                                                              internal_server=route("10.0.0.20")), "subdomains in .example.com"),
    }
    for name, (wanted, text) in cases.items():
        with tap.test(f"stops a push: {name}"), World() as world:
            run = world.push(wanted)
            assert run.code == 1 and text in run.errors, run
            assert world.state.writes == 0
    with tap.test("told, and pushed as far as it can be"), World() as world:
        wanted = plan(domains=[domain("example.com"), domain("other.test", False)], trusted_networks=["10.0.0.0/8"],
                      use_dmarc=True, sender_authentication=True)
        run = world.push(wanted)
        assert_done(run, world)
        for text in ("does not refuse mail by DMARC", "internal port only", "no sender authentication",
                     "other.test is neither local nor has a route"):
            assert text in run.errors, f"{text}\n{run}"
        assert world.diff(wanted).code == 0
    with tap.test("a dry run writes nothing"), World() as world:
        run = world.run("push", "--dry-run", "--json", world.save(FULL["direct"]), world.server.url)
        assert run.code == 0 and world.state.writes == 0, run


def access(tap: Tap) -> None:
    with tap.test("a role that may only read is told before, and refused"), World() as world:
        run = world.push(FULL["direct"], user="aud@pmg")
        assert run.code == 4 and "role “audit”" in run.errors and world.state.writes == 0, run
    for user, text in (("tfa@pmg", "second factor"), ("nobody@pmg", "user name and password"), ("ann", "ends with its realm"),
                       ("qm@pmg", "does not allow")):
        with tap.test(f"not let in: {user}"), World() as world:
            run = world.push(FULL["direct"], user=user)
            assert run.code == 1 and text in run.errors and world.state.writes == 0, run
    with tap.test("another certificate stops everything"), World() as world, World() as other:
        run = world.run("read", "--pin", other.server.fingerprint, world.server.url)
        assert run.code == 1 and "not the one that was trusted" in run.errors and world.server.requests == 0, run
    with tap.test("a cluster out of sync is told"), World(nodes=[
            {"cid": 1, "type": "master", "name": "pmg1", "insync": 1}, {"cid": 2, "type": "node", "name": "pmg2", "insync": 0},
            {"cid": "3", "type": "node", "name": "pmg3", "conn_error": "595 No route to host\n"}]) as world:
        run = world.push(FULL["direct"])
        assert run.code == 0 and "pmg2 of the cluster is not in sync" in run.errors and "pmg3" in run.errors, run
    with tap.test("without a user the command says what it wants"), World() as world:


        run = subprocess.run([POSTERNCTL, "read", world.server.url], capture_output=True, text=True)
        assert run.returncode == 1 and "--user" in run.stderr, run


def main() -> int:
    tap = Tap()
    for test in (scenarios, settings, spellings, gaps, access):
        with tap.group(test.__name__):
            test(tap)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

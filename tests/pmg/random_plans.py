#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random plans, one after the other on one gateway: each is reached, and reaching it once more changes nothing."""

import copy
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "practice"))

from pmg_world import World, domain, plan, route
from tap import Tap

CHAINS = 12
LENGTH = 4
NAMES = [f"{dot}{name}" for dot in ("", ".") for name in ("a.test", "b.example.com", "xn--e1afmkfd.xn--p1ai", "c.d.e.test")]
HOSTS = ["10.0.0.20", "mail.example.net", "fd00::5", "a.test", "192.168.0.1"]
NETWORKS = ["10.0.0.0/8", "192.0.2.0/24", "2001:db8::/32", "198.51.100.7/32", "fd00::/8"]
# What others have left there, in their spelling.
LEFT = {
    "networks": {"10.9.0.0/016": "", "2001:DB8::/32": "x", "192.0.2.77/24": "Büro"},
    "domains": {"A.test": "", "a.test": "", ".a.test": "y", "weird_.test": ""},
    "transport": {"B.example.com": {"host": "ipv6:fd00::2", "protocol": "smtp", "port": 25, "use_mx": 1, "comment": ""},
                  "user@e.test": {"host": "mx.e.test", "protocol": "smtp", "port": 25, "use_mx": 1, "comment": ""},
                  "c.d.e.test": {"host": "lm.test", "protocol": "lmtp", "port": 24, "use_mx": 0, "comment": ""}},
    "mail": {"relay": "10.0.0.21", "relayprotocol": "lmtp", "relaynomx": 1, "ndr_on_block": 1, "smarthostport": 587},
}


def random_route(chance: random.Random) -> dict:
    host = chance.choice(HOSTS)
    return route(host, chance.choice((25, 2525)), host[-1].isalpha() and chance.random() < 0.5)


def random_domain(chance: random.Random, name: str) -> dict:
    kinds = [None, random_route(chance)] if name.startswith(".") else [None, "dns", random_route(chance)]
    return domain(name, chance.random() < 0.8, chance.choice(kinds))


def random_plan(chance: random.Random) -> dict:
    scenario = chance.choice(("direct", "edge-verifying", "edge-not-verifying"))
    edge = chance.choice((route("192.168.0.1"), route("edge.example.net", 587, True)))
    names = chance.sample(NAMES, chance.randrange(len(NAMES)))
    return plan(scenario=scenario, edge_gateway=None if scenario == "direct" else edge,
                domains=[random_domain(chance, name) for name in names],
                internal_server=random_route(chance) if chance.random() < 0.6 else None,
                # Never none, so that there is something to do with mail.
                trusted_networks=chance.sample(NETWORKS, chance.randint(1, len(NETWORKS))),
                recipient_verification=chance.choice(("off", "reject-unverified")), use_spf=chance.random() < 0.5,
                use_dmarc=chance.random() < 0.5, rejected_mail=chance.choice(("reject", "delete")))


def chain(seed: int) -> None:
    chance = random.Random(seed)
    with World() as world:
        world.state.fill(**copy.deepcopy(LEFT))
        for _ in range(LENGTH):
            wanted = random_plan(chance)
            run = world.push(wanted)
            assert run.code == 0 and run.document["outcome"] == "done", f"{wanted}\n{run}"
            world.assert_well_behaved()
            assert world.diff(wanted).code == 0, wanted
            read = world.read()
            writes = world.state.writes
            run = world.push(read)
            assert run.code == 0 and world.state.writes == writes, f"{read}\n{run}"
        assert "user@e.test" in world.state.transport and "weird_.test" in world.state.domains


def main() -> int:
    tap = Tap()
    start = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    with ThreadPoolExecutor(6) as pool:
        results = {seed: pool.submit(chain, seed) for seed in range(start, start + CHAINS)}
        for seed, result in results.items():
            with tap.test(f"{LENGTH} plans of seed {seed}"):
                result.result()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

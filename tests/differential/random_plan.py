# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans and messages that nobody would think of, from a seeded generator."""

import ipaddress
import random

LABELS = ("example", "sub", "mail", "corp", "a", "b", "xn--e1afmkfd", "xn--bcher-kva")
TOPS = ("test", "example", "xn--p1ai", "invalid")
HOSTS = ("10.0.0.20", "10.0.0.21", "2001:db8:1::20", "mail.example.net", "edge.test", "nosuch.invalid")
SCENARIOS = ("direct", "edge-verifying", "edge-not-verifying")
NETWORKS = ("10.0.0.0/8", "10.0.0.0/24", "10.0.0.20/32", "10.0.0.16/28", "172.16.0.0/12", "192.168.1.0/24", "198.51.100.0/25",
            "2001:db8:1::/64", "2001:db8::/32", "2001:db8:1::20/128", "fd00::/8", "203.0.113.128/25")


class RandomPlan:
    def __init__(self, chance: random.Random):
        self._chance = chance
        self.document = self._make()

    def message(self) -> tuple[str, str]:
        """A client's address and a recipient, near the plan's own records more often than not."""
        return self._client(), f"{self._local_part()}@{self._recipient_domain()}"

    def _make(self) -> dict:
        chance = self._chance
        scenario = chance.choice(SCENARIOS)
        edge = scenario != "direct"
        domains = {}
        for _ in range(chance.randint(1, 8)):
            record = self._domain()
            domains[record["name"]] = record
        networks = chance.sample(NETWORKS, chance.randint(0, 4))
        local = any(record["local"] for record in domains.values())
        return {
            "postern": 1, "scenario": scenario, "domains": list(domains.values()),
            "internal_server": self._route() if chance.random() < 0.6 else None,
            "edge_gateway": self._route() if edge else None,
            "trusted_networks": networks if local or networks else ["10.0.0.20/32"],
            "recipient_verification": chance.choice(("off", "off", "reject-unverified")),
            "use_spf": not edge, "use_dmarc": not edge, "rejected_mail": "delete" if edge else "reject",
        }

    def _domain(self) -> dict:
        chance = self._chance
        record = {"name": chance.choice(("", "", "", ".")) + self._name(), "local": chance.random() < 0.8}
        kind = chance.random()
        if kind < 0.4:
            record["route"] = self._route()
        elif kind < 0.55:
            record["route"] = "dns"
        return record

    def _name(self) -> str:
        labels = self._chance.choices(LABELS, k=self._chance.randint(1, 3))
        return ".".join([*labels, self._chance.choice(TOPS)])

    def _route(self) -> dict:
        host = self._chance.choice(HOSTS)
        is_name = not host.replace(":", "").replace(".", "").isalnum() or host[0].isalpha()
        is_name = is_name and ":" not in host
        return {"host": host, "port": self._chance.choice((25, 25, 2525)), "mx": is_name and self._chance.random() < 0.3}

    def _recipient_domain(self) -> str:
        chance = self._chance
        name = chance.choice(self.document["domains"])["name"] if chance.random() < 0.75 else self._name()
        dotted, name = name.startswith("."), name.lstrip(".")
        if dotted and chance.random() < 0.8 or chance.random() < 0.15:
            name = f"{chance.choice(LABELS)}.{name}"
        if chance.random() < 0.1:
            name = f"{chance.choice(LABELS)}.{name}"
        return self._spelled(name)

    def _spelled(self, name: str) -> str:
        """NAME as a client may write it."""
        kind = self._chance.random()
        if "xn--" in name and kind < 0.5:
            name = name.encode().decode("idna")
            return name.upper() if kind < 0.1 else name
        if kind > 0.9:
            return name.upper()
        if kind > 0.8:
            return name.title()
        return name

    def _local_part(self) -> str:
        return self._chance.choice(("alice", "nobody", "postmaster", "a.b", "joe%elsewhere.test", "elsewhere.test!joe",
                                    '"joe@elsewhere.test"', '"a b"', "оля"))

    def _client(self) -> str:
        chance = self._chance
        if chance.random() < 0.5:
            return chance.choice(("203.0.113.9", "2001:db9::9", "127.0.0.1", "::1", "::ffff:10.0.0.20", "::ffff:203.0.113.9", "10.0.0.20"))
        network = ipaddress.ip_network(chance.choice(self.document["trusted_networks"] or NETWORKS))
        inside = int(network.network_address) + chance.randrange(network.num_addresses)
        edge = chance.choice((0, 0, 0, -1, network.num_addresses))
        address = int(network.network_address) + edge if edge else inside
        return str(type(network.network_address)(max(0, address)))

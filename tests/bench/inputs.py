# SPDX-License-Identifier: GPL-3.0-or-later
"""Inputs for the benchmarks: always the same ones, made when they are first needed."""

import itertools
import json
import os
import random
from collections.abc import Iterable
from pathlib import Path

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
SUFFIXES = ("com", "org", "net", "de", "fr", "cz", "ru", "co.uk", "example")
LENGTHS = (16, 20, 22, 24, 24, 24, 26, 28, 30, 32, 32, 32)


def make(path: Path, lines: Iterable[str]) -> Path:
    """A file with these lines, if it is not there."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with part.open("w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in lines)
        os.replace(part, path)
    return path


def names(seed: int) -> Iterable[str]:
    """Names of domains without end; hardly any twice."""
    source = random.Random(seed)
    while True:
        label = "".join(source.choices(LETTERS, k=source.randint(4, 14)))
        yield f"{label}.{source.choice(SUFFIXES)}"


def unique(items: Iterable[str]) -> Iterable[str]:
    """Each item once."""
    seen = set()
    for item in items:
        if item not in seen:
            seen.add(item)
            yield item


def domain_lines(count: int) -> Iterable[str]:
    """Names as they are in lists: one of ten is there twice, one of fifty has capitals."""
    source = random.Random(1)
    lines = list(itertools.islice(names(2), count * 9 // 10))
    lines += source.choices(lines, k=count - len(lines))
    source.shuffle(lines)
    return (line.upper() if source.randrange(50) == 0 else line for line in lines)


def domains(inputs: Path, count: int) -> Path:
    """A list of domains."""
    return make(inputs / f"domains-{count}", domain_lines(count))


def ipv4_network(source: random.Random) -> str:
    length = source.choice(LENGTHS)
    address = source.getrandbits(32) >> (32 - length) << (32 - length)
    return f"{address >> 24}.{address >> 16 & 255}.{address >> 8 & 255}.{address & 255}/{length}"


def ipv6_network(source: random.Random) -> str:
    length = source.choice((32, 40, 48, 48, 56, 64, 64, 64))
    address = (0x2001 << 112 | source.getrandbits(48) << 64) >> (128 - length) << (128 - length)
    return ":".join(f"{address >> shift & 0xffff:x}" for shift in range(112, -16, -16)) + f"/{length}"


def networks(inputs: Path, count: int, with_ipv6: bool = False) -> Path:
    """A list of prefixes that overlap; every other one is IPv6 if wanted."""
    source = random.Random(3)
    lines = (ipv6_network(source) if with_ipv6 and i % 2 else ipv4_network(source) for i in range(count))
    return make(inputs / f"networks-{'mixed' if with_ipv6 else 'ipv4'}-{count}", lines)


def route(number: int, name: str) -> dict | str | None:
    """Every fourth domain is like this: without a route, with an address, with a host, by DNS."""
    kinds = (
        None,
        {"host": f"10.{number % 200}.{number // 200 % 200}.25", "port": 25, "mx": False},
        {"host": f"mail.{name}", "port": 25, "mx": number % 8 == 2},
        "dns",
    )
    return kinds[number % 4]


def plan_lines(n_domains: int, n_networks: int, changed: bool) -> Iterable[str]:
    source = random.Random(4)
    hosts = (f"10.{source.randrange(256)}.{source.randrange(256)}.{source.randrange(256)}/32" for _ in itertools.count())
    records = []
    for number, name in enumerate(itertools.islice(unique(names(5)), n_domains)):
        record = {"name": name, "local": not (changed and number % 100 == 0)}
        if route(number, name):
            record["route"] = route(number, name)
        records.append(record)
    yield json.dumps({
        "postern": 1,
        "scenario": "edge-verifying",
        "domains": records,
        "internal_server": {"host": "10.0.0.20", "port": 25, "mx": False},
        "edge_gateway": {"host": "192.168.0.1", "port": 25, "mx": False},
        "trusted_networks": list(itertools.islice(unique(hosts), n_networks)),
        "recipient_verification": "reject-unverified",
        "rejected_mail": "delete",
    }, indent=2)


def plan(inputs: Path, n_domains: int, n_networks: int, changed: bool = False) -> Path:
    """A plan file; @changed: with another setting in one of a hundred domains."""
    name = f"plan-{n_domains}-{n_networks}{'-changed' if changed else ''}.postern"
    return make(inputs / name, plan_lines(n_domains, n_networks, changed))

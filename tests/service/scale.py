#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""100,000 domains and 10,000 networks through the API into a live Postfix, in sane time and memory."""

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from service_network import ServiceNetwork, a, plan, route, run
from practice.tap import Tap

DOMAINS = 100_000
NETWORKS = 10_000

# Far above what is measured on two slow cores, and far below what anybody would wait for.
SECONDS = 30
MIB = 250


def large_plan(port: int) -> dict:
    names = (f"domain{number}.example.org" for number in range(DOMAINS))
    networks = tuple(f"172.{16 + (number >> 8)}.{number & 255}.0/24" for number in range(2560)) + tuple(
        f"2001:db8:{number:x}::/48" for number in range(1, NETWORKS - 2560 + 1))
    document = plan(trusted=networks)
    hosts = (f"11.{number >> 16}.{number >> 8 & 255}.{number & 255}" for number in range(DOMAINS))
    routes = (route(host, port) for host in hosts)
    document["domains"] = [{"name": name, "local": True, "route": own} for name, own in zip(names, routes)]
    return document


class ScaleTests:
    def run(self, tap: Tap, service: ServiceNetwork) -> None:
        self._tap = tap
        self._service = service
        self._api = service.api
        with tap.test("the first push of it"):
            self._push(large_plan(25))
        with tap.test("every domain is live, the last one too, and none more"):
            self._is_live()
        with tap.test("a push that changes every route"):
            self._push(large_plan(26))
        with tap.test("what is read is what was pushed"):
            self._read()
        with tap.test("a check with 100,000 changes"):
            self._check()
        with tap.test("an operation that takes long keeps nobody waiting"):
            self._others_are_served()
        tap.diagnose(f"memory: {service.peak_memory()} MiB at most for a document of {self._size / 1e6:.0f} MB")
        with tap.test(f"never more than {MIB} MiB"):
            assert service.peak_memory() < service.bound(MIB), service.peak_memory()
        self._floor()

    def _push(self, document: dict) -> None:
        self._document = document
        self._size = len(json.dumps(document))
        start = time.monotonic()
        answer = self._api.push(document)
        seconds = time.monotonic() - start
        proofs = len(answer.document["proof"])
        self._tap.diagnose(f"push of {DOMAINS} domains and {NETWORKS} networks: {seconds:.2f} s, {proofs} proofs")
        assert seconds < self._service.patience(SECONDS), seconds

    def _is_live(self) -> None:
        for name in ("domain0", "domain54321", f"domain{DOMAINS - 1}"):
            assert self._service.asks(a.STRANGER, f"alice@{name}.example.org") == "250 2.1.5", name
        assert self._service.asks(a.STRANGER, f"alice@domain{DOMAINS}.example.org") == "554 5.7.1"
        assert self._api.flow("172.25.255.1", "someone@elsewhere.test").document["verdict"] == "accepted"
        assert self._api.flow("2001:db8:1d10::1", "someone@elsewhere.test").document["verdict"] == "accepted"
        assert self._api.flow("2001:db8:1d11::1", "someone@elsewhere.test").document["verdict"] == "refused"

    def _read(self) -> None:
        start = time.monotonic()
        answer = self._api.get("/configuration", checked=False)
        seconds = time.monotonic() - start
        self._tap.diagnose(f"read: {seconds:.2f} s")
        assert answer.document["domains"] == self._document["domains"]
        assert answer.document["trusted_networks"] == self._document["trusted_networks"]
        start = time.monotonic()
        packed = self._api.get("/configuration", checked=False, headers={"Accept-Encoding": "gzip"})
        self._tap.diagnose(f"read, compressed: {time.monotonic() - start:.2f} s")
        assert packed.document == answer.document and seconds < self._service.patience(SECONDS)

    def _check(self) -> None:
        start = time.monotonic()
        answer = self._api.post("/configuration/check", large_plan(25), checked=False)
        seconds = time.monotonic() - start
        self._tap.diagnose(f"check: {seconds:.2f} s, {len(answer.document['changes'])} changes")
        assert answer.status == 200 and len(answer.document["changes"]) == DOMAINS, answer.status
        assert seconds < self._service.patience(SECONDS), seconds

    def _others_are_served(self) -> None:
        """While a push is under way the status is answered many times, and never late."""
        body = json.dumps(large_plan(25)).encode()
        slowest, answered = 0.0, 0
        with ThreadPoolExecutor(1) as pool:
            pushing = pool.submit(self._service.client().request, "PUT", "/api/v1/configuration", body=body,
                                  headers={"If-Match": f'"{self._api.revision}"'})
            while not pushing.done():
                start = time.monotonic()
                assert self._api.get("", token=None).status == 200
                slowest, answered = max(slowest, time.monotonic() - start), answered + 1
            assert pushing.result().status == 200, pushing.result()
        self._tap.diagnose(f"{answered} other answers during a push, the slowest after {slowest:.2f} s")
        assert answered >= 5 and slowest < self._service.patience(6), (answered, slowest)

    def _floor(self) -> None:
        """What the same tables and a reload take without posternd, for comparison."""
        revision = os.readlink(self._service.state / "current")
        directory = self._service.state / revision
        start = time.monotonic()
        configuration = str(self._service.postfix.configuration)
        for table in ("relay_domains", "transport"):
            copy = self._service.state / table
            copy.write_bytes((directory / table).read_bytes())
            subprocess.run(["postmap", "-c", configuration, f"lmdb:{copy}"], check=True)
        subprocess.run(["postfix", "-c", configuration, "reload"], check=True, capture_output=True)
        self._tap.diagnose(f"postmap of the same tables and a reload: {time.monotonic() - start:.2f} s")


if __name__ == "__main__":
    sys.exit(run(ScaleTests().run))

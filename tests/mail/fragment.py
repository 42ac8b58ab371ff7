#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `posternctl show --as postfix` prints, appended to the main.cf of a stock Debian Postfix, makes it the planned gateway.

    fragment.py POSTERNCTL direct|edge-verifying|edge-not-verifying
"""

import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from plans import company_plan, route
from practice import addresses as a
from practice import namespace
from practice.network import EVERYTHING, PracticeNetwork
from practice.postfix_instance import date_back
from practice.stock_postfix import StockPostfix
from practice.tap import Tap


class FragmentPostfix(StockPostfix):
    """A stock Postfix into whose main.cf a fragment is put as its first lines say."""

    def __init__(self, directory: Path, fragment: str):
        super().__init__(directory)
        self._fragment = fragment

    def write_configuration(self) -> None:
        super().write_configuration()
        removal = next(line.removeprefix("#").split() for line in self._fragment.splitlines() if "postconf -X" in line)
        self._run(removal[0], "-c", str(self.configuration), *removal[1:])
        with open(self.configuration / "main.cf", "a") as file:
            file.write(self._fragment)
        date_back(self.configuration / "main.cf")


def fragment_of(posternctl: str, plan: dict) -> str:
    path = namespace.WORLD / "fragment.postern"
    path.write_text(json.dumps(plan))
    return subprocess.run([posternctl, "show", str(path), "--as", "postfix"], capture_output=True, text=True, check=True).stdout


def try_mail(tap: Tap, network: PracticeNetwork, scenario: str) -> None:
    with tap.test("a known recipient's message arrives"):
        attempt = network.send_from_outside("alice@example.com")
        assert attempt.accepted, attempt
        network.mail20.mailbox.wait_for(attempt.message_id)
    with tap.test("a domain's own route is taken"):
        attempt = network.send_from_outside("carol@example.org")
        assert attempt.accepted, attempt
        network.mail21.mailbox.wait_for(attempt.message_id)
    with tap.test("a foreign recipient is refused"):
        attempt = network.send_from_outside("someone@elsewhere.test")
        assert str(attempt.reply).startswith("554 5.7.1"), attempt
    with tap.test("a subdomain that is not listed is refused"):
        attempt = network.send_from_outside("alice@deep.example.com")
        assert str(attempt.reply).startswith("554 5.7.1"), attempt
    with tap.test("an unknown recipient is refused, or not, as planned"):
        attempt = network.send_from_outside("nobody@example.com")
        assert attempt.accepted if scenario == "edge-not-verifying" else str(attempt.reply).startswith("550 5.1.1"), attempt
    with tap.test("a trusted host sends to anyone, the planned way"):
        attempt = network.send_from_inside("anyone@elsewhere.test")
        assert attempt.accepted, attempt
        path = network.outside.mailbox.wait_for(attempt.message_id).path
        assert [hop.server for hop in path] == ([] if scenario == "direct" else ["edge"]) + ["outside"], path
    with tap.test("an internationalized domain is local in both of its forms"):
        for recipient in (f"olya@{a.IDN_ASCII}", f"olya@{a.IDN}"):
            attempt = network.send_from_outside(recipient)
            assert attempt.accepted, attempt
            network.mail21.mailbox.wait_for(attempt.message_id)


def main() -> int:
    posternctl, scenario = sys.argv[1:]
    namespace.enter()
    with PracticeNetwork(servers=EVERYTHING - {"gateway"}, edge_verifies=scenario == "edge-verifying") as network:
        plan = company_plan(scenario, domains=({"name": ".sub.example.com", "route": route(a.MAIL20)},))
        postfix = FragmentPostfix(namespace.WORLD / "stock", fragment_of(posternctl, plan))
        postfix.start()
        tap = Tap(lambda: "\n".join([network.recent_logs(), "--- stock", *postfix.log.tail()]))
        try:
            with tap.group(scenario):
                try_mail(tap, network, scenario)
        finally:
            postfix.stop()
        return tap.done()


if __name__ == "__main__":
    sys.exit(main())

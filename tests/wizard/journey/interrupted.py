#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real wizard is killed in the middle of a push, as by the kernel when memory is short or by a power failure, and
comes back where it was: with what was to be done, and the two ways to answer for it.

Usage: interrupted.py finish|undo
Runs on a display of its own (tests/run-in-display), with a real posternd that practises, behind a proxy that knows when
the gateway is being told.
"""

import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TESTS / "faults"), str(TESTS), str(Path(__file__).resolve().parents[1])]

from faulty_proxy import Hangup, Proxy
from practice.tap import Tap
from targets import EARLIER, Certificates, Service, Trap

DOMAINS = {"example.com": None, "example.org": "10.0.0.21"}
NETWORKS = {"10.0.0.20": "10.0.0.20"}


class DeadlyProxy(Proxy):
    """Kills whoever tells the gateway a configuration, before it has taken it or after."""

    victim = None
    after = False

    def _forward(self, request):
        if self.victim is None or request[0] != "PUT":
            return super()._forward(request)
        victim, self.victim = self.victim, None
        answer = super()._forward(request) if self.after else None
        victim()
        if answer is None:
            raise Hangup
        return answer


class Gateway:
    """A posternd that has had a configuration before, and the proxy through which the wizard reaches it."""

    def __init__(self, directory: Path):
        certificates = Certificates(directory)
        self.service = Service()
        self.service.reset()
        self.proxy = DeadlyProxy(self.service.port, certificates.contexts, Trap().url)
        self.place = f"127.0.0.1:{self.proxy.port}"
        self.token = self.service.token
        self.fingerprint = certificates.fingerprint

    def domains(self) -> set[str]:
        return {record["name"] for record in self.service.ask("GET")[1]["domains"]}

    def close(self) -> None:
        self.proxy.close()
        self.service.stop()


class Interrupted:
    """The wizards that set up the gateway, one after the other."""

    def __init__(self, gateway: Gateway, log: Path):
        from journey import tree
        from journey.wizard import Wizard

        self.tree = tree
        self.gateway = gateway
        self._log = log
        self._make = lambda: Wizard(os.environ["POSTERN_BUILD_DIR"], "accessibility")

    @contextmanager
    def wizard(self):
        self.tree.wait_until_gone("postern")
        self.running = self._make()
        self.running._said = self._log
        with self.running as wizard:
            yield wizard
            assert not wizard.warnings(), "\n".join(wizard.warnings())

    def shows(self, text: str) -> None:
        self.tree.eventually(lambda: any(text in one for one in self.tree.texts_below(self.running.window)), f"“{text}”")

    def push_and_die(self, after: bool) -> None:
        """From the first page to the push, in which the wizard is killed: before the gateway was told, or AFTER."""
        with self.wizard() as wizard:
            wizard.begin()
            wizard.choose_scenario("direct")
            assert wizard.connect(self.gateway.place, self.gateway.token) == self.gateway.fingerprint
            wizard.hands.press_button("Trust This Gateway")
            self.tree.find(wizard.window, "list", "Connected")
            wizard.hands.switch("Start from its current configuration", False)
            wizard.next("Gateway")
            wizard.enter_domains("10.0.0.20", DOMAINS, ())
            wizard.enter_networks(NETWORKS)
            wizard.look_at_checks()
            self.gateway.proxy.after = after
            self.gateway.proxy.victim = wizard.kill
            wizard.review()
            assert wizard.wait() == -9
        assert (self.gateway.domains() == set(DOMAINS)) == after

    def comes_back(self) -> None:
        """In the push, and says what it was about."""
        self.running.page("Push")
        self.shows(f"A push to {self.gateway.place} was interrupted")
        self.shows("It has to be dealt with")
        self.shows("What was to be done")
        self.shows("The gateway takes these changes together, never one without the others.")
        for section in ("Domains", "Trusted Networks", "Checks"):
            self.shows(section)
        self.running.hands.fill_secret("Access Token", self.gateway.token)


def finished(tap: Tap, interrupted: Interrupted) -> None:
    with tap.test("killed before the gateway was told: it comes back in the push, and finishes it"):
        interrupted.push_and_die(after=False)
        with interrupted.tree.Ears() as ears, interrupted.wizard() as wizard:
            interrupted.comes_back()
            ears.wait_for(f"A push to {interrupted.gateway.place} was interrupted")
            wizard.hands.press_button("Finish")
            interrupted.shows("The gateway is set up")
            ears.wait_for("Write the plan to the gateway")
            wizard.page("Result")
            assert interrupted.gateway.domains() == set(DOMAINS)
            wizard.finish()


def undone(tap: Tap, interrupted: Interrupted) -> None:
    before = {record["name"] for record in EARLIER["domains"]}
    with tap.test("killed after the gateway was told: it comes back in the push, and undoes it"):
        interrupted.push_and_die(after=True)
        with interrupted.wizard() as wizard:
            interrupted.comes_back()
            wizard.hands.press_button("Undo")
            interrupted.shows("The gateway has what it had before")
            assert interrupted.gateway.domains() == before, interrupted.gateway.domains()
            assert not interrupted.tree.look_for(wizard.window, None, "What was to be done")
            wizard.hands.press_button("Back")
            wizard.page("Review")


def main() -> int:
    os.environ.pop("G_DEBUG", None)
    os.environ["GIO_USE_PROXY_RESOLVER"] = "dummy"
    tap = Tap()
    with tempfile.TemporaryDirectory() as directory:
        gateway = Gateway(Path(directory))
        interrupted = Interrupted(gateway, Path(directory) / "wizard.log")
        tap.on_failure = lambda: interrupted.running.describe()
        (finished if sys.argv[1] == "finish" else undone)(tap, interrupted)
        gateway.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: GPL-3.0-or-later
"""What the programs of the service suite have in common: a gateway, a client of its API, and plans to push."""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from practice import addresses as a
from practice import namespace
from practice.network import PracticeNetwork
from practice.postfix_instance import date_back
from practice.smtp_client import SmtpClient
from practice.tap import Tap, skip_all
from practice.waiting import wait_until

from api_client import ApiClient, trusting_context
from contract import Contract


class ServiceNetwork:
    """A practice network with a gateway whose API every answer is checked of."""

    def __init__(self, network: PracticeNetwork):
        self.network = network
        self.gateway = network.gateway
        self.postfix = network.gateway.postfix
        self.contract = Contract()
        self.api = self.client()

    def client(self, address: str = a.GATEWAY) -> ApiClient:
        return ApiClient(self.gateway, self.contract, address)

    @property
    def state(self) -> Path:
        """The state directory of posternd."""
        return self.gateway.state

    @property
    def program(self) -> str:
        """posternd."""
        return self.gateway._program  # pylint: disable=protected-access

    def wait_for_push(self) -> None:
        """Returns while a push is being applied."""
        wait_until(lambda: list((self.state / "revisions").glob("*.part")), "a push to begin")

    def add_token(self, name: str, role: str) -> str:
        return self.gateway._command("token", "add", name, "--role", role).strip()  # pylint: disable=protected-access

    def remove_token(self, name: str) -> None:
        self.gateway._command("token", "remove", name)  # pylint: disable=protected-access

    def peak_memory(self) -> int:
        """The most memory that posternd has had so far, in MiB."""
        status = Path(f"/proc/{self.gateway.service_pid}/status").read_text()
        return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM:"))

    def bound(self, megabytes: int) -> int:
        """MEGABYTES, or far more where posternd has AddressSanitizer, which keeps what was freed."""
        return megabytes * 10 if self._is_sanitized else megabytes

    def patience(self, seconds: float) -> float:
        """SECONDS, or far more where posternd has AddressSanitizer, which looks at every access to memory."""
        return seconds * 6 if self._is_sanitized else seconds

    @cached_property
    def _is_sanitized(self) -> bool:
        return b"libasan.so" in Path(self.program).read_bytes()

    def restart(self, fault: str = "") -> None:
        """Starts posternd again after it was stopped or killed. FAULT: where it stops, see postern-test-fault.h."""
        if fault:
            os.environ["POSTERN_TEST_STOP_AT"] = fault
        try:
            self.gateway.start_service()
        finally:
            os.environ.pop("POSTERN_TEST_STOP_AT", None)

    def asks(self, source: str, recipient: str) -> str:
        """What the listener for the Internet really answers to RCPT when SOURCE writes: code and enhanced status."""
        with SmtpClient(source) as client:
            client.ehlo()
            client.mail("", *([] if recipient.isascii() else ["SMTPUTF8"]))
            return " ".join(str(client.rcpt(recipient)).split()[:2])

    def reload_postfix(self) -> None:
        """Lets Postfix load what its files say now."""
        date_back(self.postfix.configuration / "main.cf")
        reloads = self.postfix.log.count(r"reload -- version")
        subprocess.run(["postfix", "-c", str(self.postfix.configuration), "reload"], check=True, capture_output=True)
        wait_until(lambda: self.postfix.log.count(r"reload -- version") > reloads, "the reload of Postfix")

    def main_cf(self) -> str:
        return (self.postfix.configuration / "main.cf").read_text()

    def master_cf(self) -> str:
        return (self.postfix.configuration / "master.cf").read_text()


def route(host: str, port: int = 25) -> dict:
    return {"host": host, "port": port, "mx": False}


def plan(*names: str, trusted: tuple[str, ...] = (f"{a.MAIL20}/32",), server: str = a.MAIL20, **members) -> dict:
    """A direct configuration with local domains NAMES and without verification."""
    document = {
        "scenario": "direct",
        "domains": [{"name": name, "local": True} for name in names],
        "internal_server": route(server),
        "trusted_networks": list(trusted),
        "recipient_verification": "off",
    }
    return document | members


def run(tests: Callable[[Tap, ServiceNetwork], None], *, servers: frozenset[str] = frozenset(),
        arguments: tuple[str, ...] = (), settings: dict[str, str] | None = None, scanning: bool = False,
        prepare: Callable[[PracticeNetwork], None] = lambda network: None) -> int:
    """Makes a network of a gateway and SERVERS and runs TESTS in it; the exit status for the script.

    ARGUMENTS are posternd's beside the usual ones; SETTINGS are in the gateway's main.cf beside the stock ones. SCANNING:
    with an Rspamd. PREPARE is called before anything is started.
    """
    try:
        namespace.enter()
    except namespace.NamespaceUnavailable as reason:
        skip_all(str(reason))
    network = PracticeNetwork(os.environ["POSTERN_BUILD_DIR"], servers={"gateway", *servers}, scanning=scanning)
    network.gateway._arguments = arguments  # pylint: disable=protected-access
    network.gateway.postfix.settings |= settings or {}
    prepare(network)
    with network:
        tap = Tap(network.recent_logs)
        service = ServiceNetwork(network)
        tests(tap, service)
        tap.diagnose(f"contract: {service.contract.answers} answers held, {len(service.contract.seen)} kinds of them")
    return tap.done()

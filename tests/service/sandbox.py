#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""posternd under the restrictions of its systemd unit: everything that it has to do still works."""

import os
import subprocess
import sys
from pathlib import Path

from service_network import ServiceNetwork, a, plan, run, wait_until
from shut_in import can_shut_in
from practice.tap import Tap, skip_all

UNIT = Path(os.environ["POSTERN_BUILD_DIR"]) / "data" / "systemd" / "posternd.service"
SHUT_IN = Path(__file__).with_name("shut_in.py")


class SandboxTests:
    def run(self, tap: Tap, service: ServiceNetwork) -> None:
        self._service = service
        self._api = service.api
        self._shut_in()
        with tap.test("it is shut in: other places cannot be written to, other users' files and namespaces not be had"):
            self._is_shut_in()
        with tap.test("a configuration goes live and is proved"):
            self._push()
        with tap.test("verdicts on recipients are forgotten when their route changes"):
            self._verdicts()
        with tap.test("a refused configuration is undone"):
            self._undone()
        with tap.test("probes and the mail log"):
            self._looks()
        with tap.test("a restart brings the host to the current revision"):
            self._restart()
        with tap.test("revision 0 is restored"):
            self._release()

    def _shut_in(self) -> None:
        """From now on posternd is started through a wrapper."""
        gateway, postfix = self._service.gateway, self._service.postfix
        gateway.stop_service()
        # What the unit calls /etc/postfix, /var/spool/postfix, /var/lib/postfix, /etc/rspamd, and the state directory.
        self._writable = [str(path) for path in (postfix.configuration, postfix.queue, postfix.data, gateway.rspamd.configuration,
                                                 gateway.state)]
        # The leak sanitizer looks at the process from outside, as a debugger does: the unit forbids that.
        sanitizer = ":".join([os.environ.get("ASAN_OPTIONS", "print_summary=1"), "detect_leaks=0"])
        wrapper = self._service.network.directory / "posternd"
        wrapper.write_text(f"#!/bin/sh\nexport ASAN_OPTIONS={sanitizer}\n"
                           f"exec {sys.executable} {SHUT_IN} {UNIT} {':'.join(self._writable)} {gateway._program} \"$@\"\n")
        wrapper.chmod(0o755)
        gateway._program = str(wrapper)  # pylint: disable=protected-access
        self._service.restart()

    def _is_shut_in(self) -> None:
        other = self._service.network.directory / "elsewhere"
        command = [sys.executable, str(SHUT_IN), str(UNIT), ":".join(self._writable), "/bin/sh", "-c",
                   f"touch {other} 2>/dev/null && echo wrote; touch {self._writable[-1]}/here && echo here; "
                   "unshare --net true 2>/dev/null && echo unshared; mount -t tmpfs x /tmp 2>/dev/null && echo mounted; "
                   "grep -E '^(CapBnd|NoNewPrivs|Seccomp):' /proc/self/status"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        Path(f"{self._writable[-1]}/here").unlink()
        said = done.stdout.split("\n")
        assert said[0] == "here" and "NoNewPrivs:\t1" in said and "Seccomp:\t2" in said, done
        assert int(next(line for line in said if line.startswith("CapBnd")).split()[1], 16) & (1 << 21) == 0, done

    def _push(self) -> None:
        answer = self._api.push(plan("example.com", "пример.рф", recipient_verification="reject-unverified"))
        assert answer.document["proof"] and answer.document["scan"]["verdict"] == "rejected", answer
        assert self._service.asks(a.STRANGER, "someone@elsewhere.test") == "554 5.7.1"
        wait_until(lambda: self._service.asks(a.STRANGER, "alice@example.com") == "250 2.1.5", "the verdict on alice", 60)

    def _verdicts(self) -> None:
        verifying = {"recipient_verification": "reject-unverified"}
        self._api.push(plan("example.com", server=a.STRANGER, **verifying))
        assert self._service.asks(a.STRANGER, "bob@example.com").startswith("450")
        self._api.push(plan("example.com", **verifying))
        wait_until(lambda: self._service.asks(a.STRANGER, "bob@example.com") == "250 2.1.5", "the verdict on bob", 60)

    def _undone(self) -> None:
        self._service.gateway.stop_service()
        self._service.restart(fault="prove:fail")
        assert self._api.put(plan("example.org")).problem == (500, "mta-refused")
        assert self._service.asks(a.STRANGER, "alice@example.com") == "250 2.1.5"
        self._service.gateway.stop_service()
        self._service.restart()

    def _looks(self) -> None:
        assert self._api.post("/probes", {"kind": "smtp-banner", "host": a.MAIL20}).document["succeeded"]
        assert self._api.post("/probes", {"kind": "recipient", "host": a.MAIL20, "recipient": "@example.com"}).document["class"] == "verifies"
        assert self._api.post("/probes", {"kind": "addresses", "host": "edge.test"}).document["addresses"]
        assert self._api.get("/mail-log").document["source"] == "file"
        assert self._api.get("", token=None).document["mta"]["state"] == "running"

    def _restart(self) -> None:
        self._service.gateway.kill_service()
        self._service.postfix.change(mynetworks="0.0.0.0/0")
        self._service.restart()
        assert self._service.asks(a.STRANGER, "someone@elsewhere.test") == "554 5.7.1"

    def _release(self) -> None:
        number = self._api.read_revision()
        answer = self._api.post("/revisions/0/restore", headers={"If-Match": f'"{number}"'})
        assert answer.status == 200, answer
        assert "postern" not in self._service.main_cf() + self._service.master_cf()
        found = subprocess.run(["grep", "-rl", "postern", str(self._service.gateway.rspamd.configuration)], capture_output=True, text=True,
                               check=False)
        assert not [line for line in found.stdout.splitlines() if "suffixes" not in line and "options.inc" not in line], found.stdout


if __name__ == "__main__":
    if not can_shut_in():
        skip_all("this needs x86-64, the kernel's headers and systemd-analyze")
    sys.exit(run(SandboxTests().run, servers=frozenset({"mail20"}), scanning=True))

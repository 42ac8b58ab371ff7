#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An existing Rspamd, taken over beside another mail filter and given back; and what is said when it or DNS is not there."""

import http.client
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from milter_server import MilterServer
from service_network import ServiceNetwork, a, plan, run, wait_until
from practice.posternctl import Posternctl
from practice.sending import send
from practice.tap import Tap

GTUBE = "XJS*C4JDBQADN1.NSBN3*2IDNEN*" + "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"
OFF = {"use_spf": False, "use_dmarc": False}
CHECKING = {"use_spf": True, "use_dmarc": True}
REJECTING = plan("example.com", rejected_mail="reject", **OFF)
DELETING = plan("example.com", rejected_mail="delete", **OFF)
MISTAKE = "worker-normal.inc"


class ScannerTests:
    def run(self, tap: Tap, service: ServiceNetwork) -> None:
        self._service = service
        self._api = service.api
        self._gateway = service.gateway
        self._rspamd = service.gateway.rspamd
        self._postfix = service.postfix
        with MilterServer(service.postfix.queue / "filter.sock") as self._filter:
            self._run(tap)

    def _run(self, tap: Tap) -> None:
        with tap.test("the administrator's Postfix shows its mail to a filter on a Unix socket"):
            self._as_before()
        with tap.test("the first push puts Rspamd beside it: both are shown every message"):
            self._push()
        with tap.test("the status says that Rspamd runs and that DNS answers, and posternctl remarks nothing"):
            assert self._status() == ("running", "answering") and self._remarks(REJECTING) == ""
        with tap.test("a push that changes nothing for Rspamd does not read its files"):
            self._no_reading()
        with tap.test("while DNS is silent the status says so, and posternctl does before it pushes"):
            self._silent_dns()
        with tap.test("while Rspamd does not run the status says so, posternctl does, and every refusal says whose fault it is"):
            self._stopped()
        with tap.test("posternd, restarted while local.d is broken, knows that Rspamd has the current revision"):
            self._restarted_while_broken()
        for when, hurry in {"is mended": False, "is mended and SIGHUP comes": True}.items():
            with tap.test(f"killed when Rspamd had the new rules, and restarted while local.d is broken: converges when that {when}"):
                self._converges_later(hurry)
        with tap.test("posternd release with a broken local.d is refused: Rspamd would keep posternd's rules"):
            self._release_refused()
        with tap.test("posternd release gives Rspamd's directory back as it was; Rspamd runs on, and mail flows as before"):
            self._release()

    def _tree(self) -> dict[str, bytes]:
        root = self._rspamd.configuration
        return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}

    def _as_before(self) -> None:
        """What Postfix and Rspamd do without posternd: only the own filter is shown mail, and that lets it through."""
        if "filter.sock" not in self._postfix.parameter("smtpd_milters"):
            self._tree_before = self._tree()
            self._postfix.change(smtpd_milters="unix:filter.sock", defer_transports="smtp, relay")
        before = self._filter.messages
        attempt = send("127.0.0.1", "joe@stranger.test", "someone@elsewhere.test", body=GTUBE)
        assert attempt.accepted and self._filter.messages == before + 1, (attempt, self._filter.messages)
        assert "POSTERN_MARK" not in self._rspamd.scan("X-Postern-Proof: 1\n\n")["symbols"]

    def _push(self) -> None:
        self._api.read_revision()
        self._api.push(REJECTING)
        milters = self._postfix.parameter("smtpd_milters")
        assert milters.startswith("unix:filter.sock, { inet:127.0.0.1:11332"), milters
        before = self._filter.messages
        self._refuses()
        assert self._filter.messages == before + 1

    def _refuses(self) -> None:
        attempt = send(a.STRANGER, "joe@stranger.test", "alice@example.com", body=GTUBE)
        assert attempt.stage == "data" and str(attempt.reply).startswith("554 5.7.1"), attempt

    def _status(self) -> tuple[str, str]:
        document = self._api.get("").document
        return document["scanner"]["state"], document["dns"]["state"]

    def _remarks(self, document: dict) -> str:
        """What posternctl says beside the findings before it pushes DOCUMENT."""
        posternctl = Posternctl(os.environ["POSTERN_BUILD_DIR"], self._gateway)
        result = posternctl.run("push", str(posternctl.write_plan({"postern": 1} | document)), *posternctl.access, "--dry-run")
        assert result.status in (0, 3), result
        return "\n".join(line for line in result.stderr.splitlines() if line.startswith("The gateway's "))

    def _no_reading(self) -> None:
        """rspamadm is counted by a wrapper in its place."""
        program, count = "/usr/bin/rspamadm", self._service.network.directory / "rspamadm-calls"
        real = self._service.network.directory / "rspamadm"
        real.write_bytes(Path(program).read_bytes())
        wrapper = self._service.network.directory / "rspamadm-wrapper"
        wrapper.write_text(f'#!/bin/sh\necho "$*" >>{count}\nexec {real} "$@"\n')
        for path in (real, wrapper):
            path.chmod(0o755)
        subprocess.run(["mount", "--bind", str(wrapper), program], check=True)
        try:
            self._api.push(plan("example.com", "example.net", rejected_mail="reject", **OFF))
            assert not count.exists() or "configdump" not in count.read_text(), count.read_text()
            self._api.push(plan("example.com", rejected_mail="reject", **CHECKING))
            assert "configdump" in count.read_text()
        finally:
            subprocess.run(["umount", program], check=True)
        self._api.push(REJECTING)

    def _silent_dns(self) -> None:
        self._service.network.dns.fall_silent()
        try:
            wait_until(lambda: self._status()[1] == "silent", "the status to say that DNS is silent", 60)
            assert "DNS" in self._remarks(plan("example.com", **CHECKING))
        finally:
            self._service.network.dns.speak()
        wait_until(lambda: self._status()[1] == "answering", "the status to say that DNS answers", 60)

    def _stopped(self) -> None:
        self._rspamd.kill()
        wait_until(lambda: self._status()[0] == "stopped", "the status to say that Rspamd is stopped", 60)
        assert "Rspamd is not running" in self._remarks(DELETING)
        answer = self._api.post("/probes", {"kind": "scan"})
        assert answer.problem == (503, "mta-unavailable") and answer.document["title"].startswith("Rspamd"), answer
        answer = self._api.put(DELETING)
        assert answer.problem == (500, "mta-refused"), answer
        assert "as soon as Rspamd runs" in answer.document["detail"], answer
        answer = self._api.put(REJECTING)  # this is what there is already
        assert answer.problem == (503, "mta-unavailable") and answer.document["title"].startswith("Rspamd"), answer
        self._rspamd.start()
        self._refuses()

    def _make_mistake(self) -> None:
        (self._rspamd.configuration / "local.d" / MISTAKE).write_text("count = {{{\n")

    def _mend_mistake(self) -> None:
        (self._rspamd.configuration / "local.d" / MISTAKE).unlink()

    def _restart(self) -> str:
        """Starts posternd anew; what it has written into its log meanwhile."""
        if self._gateway._process is not None:  # pylint: disable=protected-access
            self._gateway.stop_service()
        before = self._gateway.log.stat().st_size
        self._service.restart()
        return self._gateway.log.read_bytes()[before:].decode()

    def _restarted_while_broken(self) -> None:
        self._make_mistake()
        said = self._restart()
        assert MISTAKE in said and "is not in the state" not in said, said
        assert self._status()[0] == "running"
        self._refuses()
        answer = self._api.put(DELETING)
        assert answer.problem == (500, "mta-refused") and MISTAKE in answer.document["detail"], answer
        assert "The configuration from before is live." in answer.document["detail"], answer
        self._refuses()
        self._mend_mistake()
        self._api.push(DELETING)
        self._api.push(REJECTING)

    def _converges_later(self, hurry: bool) -> None:
        self._api.read_revision()
        self._gateway.stop_service()
        self._service.restart("after-scanner")
        try:
            self._api.put(plan("example.com", rejected_mail="reject", **CHECKING))
            raise AssertionError("not killed")
        except (OSError, http.client.HTTPException):
            self._gateway._process.wait(60)  # pylint: disable=protected-access
            self._gateway._process = None  # pylint: disable=protected-access
        self._make_mistake()
        said = self._restart()
        assert MISTAKE in said and "is not in the state" in said, said
        before = self._api.read_revision()
        self._mend_mistake()
        if hurry:
            os.kill(self._gateway.service_pid, signal.SIGHUP)
        wait_until(lambda: re.search("is in the state of the current revision now",
                                     self._gateway.log.read_text().rpartition("trying again")[2]),
                   "posternd to converge", 120)
        assert self._api.read_revision() == before
        assert self._api.post("/probes", {"kind": "scan"}).document["current"]
        self._refuses()

    def _release_command(self) -> subprocess.CompletedProcess:
        return subprocess.run([self._service.program, "release", "--state-dir", str(self._service.state), "--postfix-dir",
                               str(self._postfix.configuration), "--rspamd-dir", str(self._rspamd.configuration)],
                              capture_output=True, text=True, timeout=300, check=False)

    def _release_refused(self) -> None:
        self._gateway.stop_service()
        self._make_mistake()
        done = self._release_command()
        self._mend_mistake()
        assert done.returncode == 1 and MISTAKE in done.stderr, done
        self._refuses()

    def _release(self) -> None:
        workers = self._rspamd.pid
        done = self._release_command()
        assert done.returncode == 0, done
        after = self._tree()
        assert after == self._tree_before, {name for name in after if after[name] != self._tree_before.get(name)}
        assert self._rspamd.pid == workers and self._rspamd.workers()
        assert not list(self._service.state.glob("scanner*"))
        self._as_before()
        self._service.restart()
        assert self._tree() == self._tree_before
        self._as_before()


if __name__ == "__main__":
    sys.exit(run(ScannerTests().run, scanning=True))

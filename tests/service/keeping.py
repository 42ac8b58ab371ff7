#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What posternd keeps, with which access rights, what its commands print, and how it starts and stops."""

import hashlib
import json
import re
import socket
import ssl
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from service_network import ServiceNetwork, SmtpClient, a, plan, run, trusting_context
from practice.tap import Tap

KEPT = 4


class KeepingTests:
    def run(self, tap: Tap, service: ServiceNetwork) -> None:
        self._service = service
        self._api = service.api
        self._state = service.state
        with tap.test("check says before the first push what it would take over"):
            self._adoption()
        with tap.test(f"{KEPT} revisions are kept"):
            self._pruning()
        with tap.test("a revision's directory is complete and is never changed"):
            self._immutable()
        with tap.test("secrets are for their owner only; what Postfix reads it may read"):
            self._access_rights()
        with tap.test("tokens are kept as salted hashes; each is printed once; a name is taken once"):
            self._tokens()
        with tap.test("the certificate is self-signed ECDSA for the node's name, for ten years, and stays"):
            self._certificate()
        with tap.test("check says what somebody has changed in main.cf, and the next start mends it"):
            self._drift()
        with tap.test("a second posternd on the same state directory does not start"):
            self._second_service()
        with tap.test("SIGTERM during a push: the push comes to its end, then the service"):
            self._stop_during_push()
        with tap.test("after a restart everything is as before"):
            self._restart()
        with tap.test("the command line: help, version, mistakes"):
            self._command_line()
        with tap.test("mail is not taken on the private listener"):
            self._no_mail_in_private()
        with tap.test("[::] is IPv4 as well, port 0 is any free port, and 8443 of everything is the default"):
            self._listen()
        with tap.test("--practice keeps revisions without a mail server and says so"):
            self._practice()
        with tap.test("what was kept in practice goes live when a mail server is there"):
            self._out_of_practice()

    def _command(self, *arguments: str, status: int = 0) -> subprocess.CompletedProcess:
        """posternd with ARGUMENTS, which must end with STATUS."""
        where = ("--state-dir", str(self._state), "--postfix-dir", str(self._service.postfix.configuration))
        done = self._run(*arguments, *where)
        assert done.returncode == status, done
        return done

    def _run(self, *arguments: str) -> subprocess.CompletedProcess:
        command = [self._service.program, *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)

    def _adoption(self) -> None:
        output = self._command("check").stdout
        assert "mynetworks" in output and "relay_domains" in output, output
        stock = "smtpd_relay_restrictions = permit_mynetworks permit_sasl_authenticated defer_unauth_destination"
        assert stock in output, output

    def _pruning(self) -> None:
        for number in range(KEPT + 3):
            self._api.push(plan("example.com", f"domain{number}.example.org"))
        numbers = [entry["revision"] for entry in self._api.get("/revisions").document["revisions"]]
        assert numbers == list(range(KEPT + 3, 3, -1)), numbers
        assert sorted(int(entry.name) for entry in (self._state / "revisions").iterdir()) == sorted(numbers)
        assert self._api.get("/revisions/3").problem == (404, "not-found")

    def _immutable(self) -> None:
        directory = self._state / "revisions" / "5"
        names = {entry.name for entry in directory.iterdir()}
        assert names == {"configuration.json", "meta.json", "parameters", "relay_domains", "relay_domains.lmdb",
                         "transport", "transport.lmdb", "trusted_networks"}, names
        before = {entry.name: entry.read_bytes() for entry in directory.iterdir()}
        self._api.post("/revisions/5/restore", headers={"If-Match": f'"{self._api.revision}"'})
        self._api.read_revision()
        assert {entry.name: entry.read_bytes() for entry in directory.iterdir()} == before
        assert json.loads(before["meta.json"])["by"] == "practice"
        assert str(directory / "relay_domains") in before["parameters"].decode()

    def _access_rights(self) -> None:
        def mode(*names: str) -> int:
            return stat.S_IMODE(self._state.joinpath(*names).stat().st_mode)

        assert mode("tokens") == mode("key.pem") == 0o600
        current = self._state / "current"
        assert mode("revisions") & 0o005 == 0o005 and mode("current", "relay_domains.lmdb") & 0o004
        assert not stat.S_IMODE((current / "configuration.json").stat().st_mode) & 0o007

    def _tokens(self) -> None:
        token = self._command("token", "add", "second", "--role", "read").stdout
        assert re.fullmatch(r"[A-Za-z0-9_-]{43}\n", token), token
        kept = (self._state / "tokens").read_text()
        assert token.strip() not in kept and self._service.gateway.token not in kept
        assert len(set(re.findall(r"salt=(.*)", kept))) == len(re.findall(r"salt=", kept)) == 2
        self._command("token", "add", "second", status=2)
        self._command("token", "add", "bad name", status=2)
        self._command("token", "add", "third", "--role", "all", status=2)
        listing = [line.split("\t")[:2] for line in self._command("token", "list").stdout.splitlines()]
        assert listing == [["practice", "write"], ["second", "read"]], listing
        self._command("token", "remove", "second")
        self._command("token", "remove", "second", status=1)

    def _certificate(self) -> None:
        with socket.create_connection((a.GATEWAY, a.API_PORT)) as channel:
            context = ssl.create_default_context(cafile=str(self._state / "certificate.pem"))
            with context.wrap_socket(channel, server_hostname=a.GATEWAY_NAME) as tls:
                certificate = tls.getpeercert(binary_form=True)
                assert tls.version() in ("TLSv1.2", "TLSv1.3")
        assert self._command("fingerprint").stdout.strip() == "sha256:" + hashlib.sha256(certificate).hexdigest()
        text = subprocess.run(["certtool", "--certificate-info", "--inder"], input=certificate, capture_output=True,
                              check=True).stdout.decode()
        assert "EC/ECDSA" in text and "SECP256R1" in text and "DNSname: localhost" in text, text
        years = [int(year) for year in re.findall(r"Not (?:Before|After): .* (\d{4})$", text, re.MULTILINE)]
        assert len(years) == 2 and 9 <= years[1] - years[0] <= 11, years

    def _drift(self) -> None:
        self._command("check")
        self._service.postfix.change(mynetworks="127.0.0.0/8 203.0.113.0/24")
        assert self._service.asks(a.STRANGER, "someone@elsewhere.test") == "250 2.1.5"
        done = self._command("check", status=1)
        assert "mynetworks" in done.stdout and "203.0.113.0/24" in done.stdout, done
        self._service.gateway.stop_service()
        self._service.restart()
        assert self._service.asks(a.STRANGER, "someone@elsewhere.test") == "554 5.7.1"
        self._command("check")

    def _second_service(self) -> None:
        done = self._command("--listen", "127.0.0.1:0", status=1)
        assert "posternd" in done.stderr, done

    def _stop_during_push(self) -> None:
        large = plan("example.com", *(f"domain{number}.example.net" for number in range(30000)))
        with ThreadPoolExecutor(1) as pool:
            pushing = pool.submit(self._api.put, large)
            self._service.wait_for_push()
            self._service.gateway.stop_service()
            assert pushing.result().status == 200, pushing.result()
        self._service.restart()
        assert self._api.read_revision() == pushing.result().document["revision"]

    def _restart(self) -> None:
        before = [self._api.get(path).document for path in ("/configuration", "/revisions")]
        self._service.gateway.stop_service()
        self._service.restart()
        assert [self._api.get(path).document for path in ("/configuration", "/revisions")] == before
        assert self._command("fingerprint").stdout.strip() == self._service.gateway.fingerprint

    def _command_line(self) -> None:
        assert self._command("--version").stdout.startswith("posternd ")
        assert "--private-port" in self._command("--help").stdout
        for arguments in (("nonsense",), ("token",), ("token", "add"), ("--nonsense",), ("--private-port", "0"),
                          ("--keep", "0")):
            assert self._command(*arguments, status=2).stderr.startswith("posternd: "), arguments
        for where in ("8443", "localhost:8443", "::1:8443", "127.0.0.1", "127.0.0.1:99999", "[::1]"):
            done = self._run("--practice", "--state-dir", "/var/spool/other", "--listen", where)
            assert done.returncode == 2 and where in done.stderr, done
        assert self._run("--state-dir", "/var/spool/with space").returncode == 2

    def _no_mail_in_private(self) -> None:
        with SmtpClient("127.0.0.1", "127.0.0.1", 10125) as client:
            client.ehlo()
            client.mail("alice@example.com")
            assert client.rcpt("alice@example.com").ok
            assert client.command("DATA").code == 554

    def _listen(self) -> None:
        for arguments, port in ((("--listen", "[::]:0"), None), ((), a.API_PORT)):
            if not arguments:
                self._service.gateway.stop_service()
            command = [self._service.program, "--practice", "--state-dir", "/var/spool/other", *arguments]
            with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
                url = next(line for line in process.stderr if line.startswith("Listening on "))
                found = int(url.strip().rpartition(":")[2])
                assert found == (port or found) and found > 0, url
                for address in ("127.0.0.1", "::1", a.GATEWAY):
                    with socket.create_connection((address, found), 10) as channel:
                        trusting_context().wrap_socket(channel, server_hostname="localhost").close()
                process.terminate()
            assert process.returncode == 0, process.returncode
        self._service.restart()

    def _practice(self) -> None:
        main_cf = self._service.main_cf()
        gateway = self._service.gateway
        gateway.stop_service()
        gateway.state = gateway.state.parent / "practice-state"
        gateway._arguments = ("--practice",)  # pylint: disable=protected-access
        token = gateway._command("token", "add", "practice")  # pylint: disable=protected-access
        gateway.token_file.write_text(token)
        self._service.restart()
        gateway.fingerprint = gateway._command("fingerprint").strip()  # pylint: disable=protected-access
        status = self._api.get("", token=None).document
        assert status["mta"] == {"name": "Postfix", "version": "", "state": "none"}, status
        assert "flow" not in status["capabilities"], status
        answer = self._api.put(plan("example.com"), revision=0)
        assert answer.status == 200 and answer.document == {"revision": 1, "proof": []}, answer
        assert self._api.put(plan("example.org"), revision=0).problem == (412, "revision-changed")
        self._api.push(plan("example.org"))
        assert self._api.post("/revisions/1/restore", headers={"If-Match": '"2"'}).status == 200
        assert self._api.flow(a.STRANGER, "alice@example.com").problem == (503, "mta-unavailable")
        assert self._service.main_cf() == main_cf

    def _out_of_practice(self) -> None:
        self._service.gateway.stop_service()
        self._service.gateway._arguments = ()  # pylint: disable=protected-access
        self._service.restart()
        assert self._service.asks(a.STRANGER, "alice@example.com") == "250 2.1.5"
        assert self._service.asks(a.STRANGER, "carol@example.org") == "554 5.7.1"
        self._api.read_revision()
        self._api.push(plan("example.org"))
        assert self._service.asks(a.STRANGER, "carol@example.org") == "250 2.1.5"


if __name__ == "__main__":
    sys.exit(run(KeepingTests().run, arguments=("--keep", str(KEPT))))

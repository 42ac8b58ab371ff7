#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking over an existing Postfix and giving it back: nothing in it that is not posternd's is ever touched."""

import hashlib
import subprocess
import sys

from service_network import ServiceNetwork, SmtpClient, a, plan, run
from practice.files import replace_text
from practice.tap import Tap

# What an administrator may have in a main.cf: comments in odd places, continued lines, white space, parameters of other
# programs, and some of those that posternd sets, in a form that it would not have written.
FOREIGN = f"""
# --- our own settings; do not touch ---
smtpd_client_restrictions = check_client_access inline:{{ 192.0.2.99=REJECT }},
    # spammers of old
    permit
mynetworks =
    127.0.0.0/8,
# the office
    {a.MAIL21}/32,
\t[::1]/128
relay_domains = example.net,
    example.org
relayhost =
header_checks = regexp:{{ {{ /^X-Never:/ IGNORE }} }}
our_own_parameter = $myhostname and more
smtpd_banner   =   $myhostname ESMTP   
   # an indented comment
message_size_limit=20480001

transport_maps = inline:{{ example.net=relay:[{a.MAIL20}]:25 }}
"""
MASTER = """
# a service of our own
127.0.0.1:10999 inet n  -  n  -  -  smtpd
  -o smtpd_banner=other
     -o content_filter=
"""


class ReleaseTests:
    def run(self, tap: Tap, service: ServiceNetwork) -> None:
        self._service = service
        self._api = service.api
        self._postfix = service.postfix
        self._make_foreign()
        with tap.test("the administrator's Postfix does what it did before posternd sets anything"):
            self._does_as_before()
        with tap.test("check shows what would be taken over, to the word"):
            self._check()
        with tap.test("the first push sets its own parameters and leaves every other line as it is"):
            self._first_push()
        with tap.test("undoing the very first push gives both files back to the byte, and Postfix does what it did"):
            self._undo_first_push()
        with tap.test("revision 0 is shown as an empty configuration, and the new one says what it repeats"):
            self._revisions()
        with tap.test("while posternd sets nothing it leaves alone what the administrator changes, also at its start"):
            self._hands_off()
        with tap.test("the next push takes over anew what is there by then"):
            self._second_push()
        with tap.test("posternd release does not run while posternd serves"):
            self._busy()
        with tap.test("posternd release gives everything back to the byte"):
            self._release()
        with tap.test("what the administrator has changed beside it meanwhile is kept"):
            self._kept_changes()
        with tap.test("check fails where Postfix does not run, and for a directory without one"):
            self._check_without_postfix()
        with tap.test("a release that is killed is the old or the new state after the next start"):
            self._killed()

    def _make_foreign(self) -> None:
        main_cf, master_cf = (self._postfix.configuration / name for name in ("main.cf", "master.cf"))
        own = main_cf.read_text().replace("\nmynetworks = ", "\n#mynetworks = ").replace("\nrelayhost =", "\n#relayhost =")
        replace_text(main_cf, own + FOREIGN)
        replace_text(master_cf, master_cf.read_text() + MASTER)
        self._service.reload_postfix()

    def _files(self) -> tuple[str, str]:
        return self._service.main_cf(), self._service.master_cf()

    def _digest(self) -> str:
        return hashlib.sha256("\0".join(self._files()).encode()).hexdigest()

    def _command(self, *arguments: str, status: int = 0) -> subprocess.CompletedProcess:
        done = subprocess.run([self._service.program, *arguments, "--state-dir", str(self._service.state), "--postfix-dir",
                               str(self._postfix.configuration), "--no-rspamd"], capture_output=True, text=True, timeout=120,
                              check=False)
        assert done.returncode == status, done
        return done

    def _does_as_before(self) -> None:
        assert self._service.asks(a.STRANGER, "dave@example.net") == "250 2.1.5"
        assert self._service.asks(a.STRANGER, "alice@example.com").startswith("4"), "defer_unauth_destination"
        assert self._service.asks(a.MAIL21, "someone@elsewhere.test") == "250 2.1.5"
        with SmtpClient(a.STRANGER) as client:
            assert client.greeting.text == f"220 {a.GATEWAY_NAME} ESMTP", client.greeting

    def _check(self) -> None:
        output = self._command("check").stdout
        assert f"mynetworks = 127.0.0.0/8, {a.MAIL21}/32, [::1]/128" in output, output
        assert output.startswith("Postfix 3.") and "is running" in output and "Without Rspamd" in output, output
        assert "message_size_limit" not in output and "our_own_parameter" not in output, output

    def _first_push(self) -> None:
        self._before = self._files()
        self._digest_before = self._digest()
        self._api.push(plan("example.com"))
        main_cf = self._service.main_cf()
        for line in ("# --- our own settings; do not touch ---", "our_own_parameter = $myhostname and more",
                     "    # spammers of old", "smtpd_banner   =   $myhostname ESMTP   ", "message_size_limit=20480001"):
            assert line in main_cf.splitlines(), line
        assert MASTER.strip() in self._service.master_cf()
        assert self._service.asks(a.STRANGER, "alice@example.com") == "250 2.1.5"
        assert self._service.asks(a.STRANGER, "dave@example.net") == "554 5.7.1"

    def _undo_first_push(self) -> None:
        answer = self._api.post("/revisions/0/restore", headers={"If-Match": '"1"'})
        assert answer.status == 200 and answer.document == {"revision": 2, "proof": []}, answer
        assert self._files() == self._before
        self._does_as_before()

    def _revisions(self) -> None:
        answer = self._api.get("/configuration")
        assert answer.headers["ETag"] == '"2"' and answer.document["domains"] == [], answer
        newest, first = self._api.get("/revisions").document["revisions"]
        assert newest["revision"] == 2 and newest["restored_from"] == 0 and newest["unmanaged"] and newest["current"], newest
        assert first["revision"] == 1 and "unmanaged" not in first, first
        zero = self._api.get("/revisions/0").document
        assert zero["unmanaged"] and zero["configuration"] == answer.document, zero
        again = self._api.post("/revisions/0/restore", headers={"If-Match": '"2"'})
        assert again.status == 200 and again.document["revision"] == 2, again

    def _hands_off(self) -> None:
        self._postfix.change(mynetworks=f"127.0.0.0/8 {a.MAIL20}/32")
        changed = self._files()
        self._service.gateway.stop_service()
        self._service.restart()
        assert self._files() == changed
        assert self._service.asks(a.MAIL20, "someone@elsewhere.test") == "250 2.1.5"
        self._command("check")

    def _second_push(self) -> None:
        self._before = self._files()
        self._api.read_revision()
        assert self._api.push(plan("example.com")).document["revision"] == 3
        assert self._service.asks(a.STRANGER, "alice@example.com") == "250 2.1.5"
        assert self._api.post("/revisions/1/restore", headers={"If-Match": '"3"'}).document["revision"] == 3  # it is the same
        assert self._api.push(plan("example.org")).document["revision"] == 4

    def _busy(self) -> None:
        assert "posternd" in self._command("release", status=1).stderr
        assert self._service.asks(a.STRANGER, "carol@example.org") == "250 2.1.5"

    def _release(self) -> None:
        self._service.gateway.stop_service()
        assert "revision 5" in self._command("release").stdout
        assert self._files() == self._before
        assert self._service.asks(a.STRANGER, "dave@example.net") == "250 2.1.5"
        self._command("release")  # once more: there is nothing to give back
        self._service.restart()
        assert self._files() == self._before and self._api.read_revision() == 5

    def _kept_changes(self) -> None:
        self._api.push(plan("example.com"))
        main_cf = self._postfix.configuration / "main.cf"
        replace_text(main_cf, main_cf.read_text().replace("message_size_limit=20480001", "message_size_limit=30480001\n# more"))
        self._service.reload_postfix()
        self._api.post("/revisions/0/restore", headers={"If-Match": f'"{self._api.revision}"'})
        self._api.read_revision()
        after = self._service.main_cf()
        assert "message_size_limit=30480001\n# more" in after and "postern" not in after, after
        assert self._service.master_cf() == self._before[1]
        assert self._postfix.parameter("mynetworks") == f"127.0.0.0/8 {a.MAIL20}/32"
        assert self._postfix.parameter("relay_domains").split() == ["example.net,", "example.org"]

    def _check_without_postfix(self) -> None:
        self._service.gateway.stop_service()
        self._postfix.stop()
        assert "not running" in self._command("check", status=1).stderr
        self._postfix.start()
        self._service.restart()
        done = subprocess.run([self._service.program, "check", "--state-dir", "/var/spool/none", "--postfix-dir", "/var/spool/none"],
                              capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 1 and done.stderr, done

    def _killed(self) -> None:
        self._api.push(plan("example.com"))
        number = self._api.revision
        for step in ("services", "after-services", "after-parameters", "after-reload", "after-purge", "after-commit"):
            self._service.gateway.stop_service()
            self._service.restart(fault=step)
            try:
                self._api.post("/revisions/0/restore", headers={"If-Match": f'"{number}"'})
                raise AssertionError(f"{step}: not killed")
            except (ConnectionError, OSError):
                pass
            self._service.gateway._process.wait()  # pylint: disable=protected-access
            self._service.gateway._process = None  # pylint: disable=protected-access
            self._service.restart()
            released = self._api.read_revision() > number
            assert released == (step == "after-commit"), step
            assert self._service.asks(a.STRANGER, "alice@example.com").startswith("4" if released else "250"), step
            assert ("postern" in self._service.main_cf()) != released, step


if __name__ == "__main__":
    sys.exit(run(ReleaseTests().run, servers=frozenset({"mail20"})))

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages that a real Rspamd refuses, or not, as the plan says: sender checks, and what becomes of refused mail.

Usage: scanning.py direct|edge
"""

import sys

from company import Company, a, run
from plans import company_plan, route
from practice.dkim import DkimSigner
from practice.message import Message
from practice.sending import Attempt
from practice.tap import Tap
from practice.waiting import wait_until

GTUBE = "XJS*C4JDBQADN1.NSBN3*2IDNEN*" + "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"
ALICE = "alice@example.com"


def scanning_plan(scenario: str, **members) -> dict:
    """The company's plan with everything that scanning does turned off, but for MEMBERS."""
    off = {"use_spf": False, "use_dmarc": False, "sender_authentication": False, "check_sender_before_edge": False,
           "rejected_mail": "reject"}
    return company_plan(scenario, verification=False) | off | members


def refused(attempt: Attempt, reply: str = "554 5.7.1") -> None:
    """Asserts that the message of ATTEMPT was refused, with a reply that begins with REPLY."""
    assert attempt.stage == "data" and str(attempt.reply).startswith(reply), attempt


class DirectTests:
    """Mail straight from the Internet."""

    def run(self, tap: Tap, company: Company) -> None:
        self._tap = tap
        self._company = company
        self._network = company.network
        self._signer = DkimSigner("strict.test", self._network.directory)
        self._network.dns.texts |= self._signer.record
        self._network.dns.reload()
        self._nothing()
        self._spf()
        self._dmarc()
        self._both()
        self._strict()
        self._refused_mail()

    def _push(self, name: str, **members) -> None:
        with self._tap.test(f"{name}: pushed", essential=True):
            self._company.push(scanning_plan("direct", **members))

    def _send(self, source: str, sender: str, **options) -> Attempt:
        return self._network.send(source, sender, ALICE, **options)

    def _arrives(self, attempt: Attempt) -> Message:
        return self._company.arrived_inside(attempt, "mail20")

    def _forged_from(self) -> Attempt:
        """A message whose envelope is honest and whose From is not."""
        return self._send(a.OUTSIDE, "joe@strict.test", headers={"From": "<joe@spoofed.test>"})

    def _forwarded(self) -> Attempt:
        """A message that somebody forwards whom its sender's domain does not name; the signature is whole."""
        headers = {"From": "<joe@strict.test>", "To": f"<{ALICE}>", "Subject": "practice"}
        signature = self._signer.sign(headers, "Hello.")
        return self._send(a.STRANGER, "joe@strict.test", headers=headers | {"DKIM-Signature": signature})

    def _nothing(self) -> None:
        self._push("no checks")
        with self._tap.test("no checks: mail that fails SPF arrives"):
            self._arrives(self._send(a.STRANGER, "joe@strict.test"))
        with self._tap.test("no checks: mail that fails DMARC arrives"):
            self._arrives(self._send(a.STRANGER, "joe@spoofed.test"))

    def _spf(self) -> None:
        self._push("SPF", use_spf=True)
        with self._tap.test("SPF: mail that fails it is refused"):
            attempt = self._send(a.STRANGER, "joe@strict.test")
            refused(attempt)
            assert "SPF" in attempt.reply.text, attempt
        with self._tap.test("SPF: mail that passes it arrives"):
            self._arrives(self._send(a.OUTSIDE, "joe@strict.test"))
        with self._tap.test("SPF: forwarded mail with the sender's own signature arrives"):
            self._arrives(self._forwarded())
        with self._tap.test("SPF: it is not DMARC"):
            self._arrives(self._forged_from())
        with self._tap.test("SPF: a trusted host is not asked"):
            self._arrives(self._send(a.MAIL20, "joe@strict.test"))
        with self._tap.test("SPF: a private address that is not trusted is asked, whatever Rspamd's defaults and local.d say"):
            refused(self._send(a.EDGE_MX2, "joe@strict.test"))

    def _dmarc(self) -> None:
        self._push("DMARC", use_dmarc=True)
        with self._tap.test("DMARC: mail that fails it is refused, as the domain wants"):
            refused(self._forged_from())
        with self._tap.test("DMARC: mail that fails SPF arrives where the domain has no DMARC policy"):
            self._arrives(self._send(a.STRANGER, "joe@strict.test"))
        with self._tap.test("dmarc-without-spf: mail that only SPF vouches for is refused"):
            refused(self._send(a.OUTSIDE, "joe@sender.test"))

    def _both(self) -> None:
        self._push("SPF and DMARC", use_spf=True, use_dmarc=True)
        with self._tap.test("SPF and DMARC: honest mail arrives"):
            self._arrives(self._send(a.OUTSIDE, "joe@sender.test"))
        with self._tap.test("SPF and DMARC: a forged sender is refused"):
            refused(self._send(a.STRANGER, "joe@sender.test"))
            refused(self._forged_from())
        with self._tap.test("SPF and DMARC: where the domain asks for less than refusal, the message is marked"):
            message = self._arrives(self._send(a.OUTSIDE, "joe@strict.test", headers={"From": "<joe@quarantine.test>"}))
            assert message.header("X-Spam") == "Yes", message.text
        self._silent_dns("SPF and DMARC", lambda attempt: self._arrives(attempt))

    def _strict(self) -> None:
        self._push("sender authentication", use_spf=True, use_dmarc=True, sender_authentication=True)
        with self._tap.test("sender authentication: honest mail arrives"):
            self._arrives(self._send(a.OUTSIDE, "joe@sender.test"))
        with self._tap.test("sender authentication: forwarded mail is refused, however well signed"):
            refused(self._forwarded())
        with self._tap.test("sender authentication: a signature that is not valid is refused"):
            refused(self._send(a.OUTSIDE, "joe@strict.test", headers={
                "DKIM-Signature": self._signer.sign({"From": "<a@b.test>", "To": "", "Subject": ""}, "Another body.")}))
        with self._tap.test("sender authentication: what a domain wants marked is refused"):
            refused(self._send(a.OUTSIDE, "joe@strict.test", headers={"From": "<joe@quarantine.test>"}))
        self._silent_dns("sender authentication", lambda attempt: refused(attempt, "451 4.7.1"))

    def _silent_dns(self, name: str, judge) -> None:
        """SPF is remembered by Rspamd: the domain must not have been asked for before."""
        what = "arrives unchecked" if name == "SPF and DMARC" else "is put off"
        with self._tap.test(f"{name}: while DNS does not answer, mail {what}"):
            self._network.dns.fall_silent()
            try:
                attempt = self._send(a.STRANGER, "joe@late.test")
            finally:
                self._network.dns.speak()
            judge(attempt)

    def _refused_mail(self) -> None:
        self._push("reject")
        with self._tap.test("reject: a refused message is answered with 554 5.7.1"):
            refused(self._send(a.OUTSIDE, "joe@sender.test", body=GTUBE))
        self._push("delete", rejected_mail="delete")
        with self._tap.test("delete: a refused message is accepted and vanishes, and others arrive"):
            attempt = self._send(a.OUTSIDE, "joe@sender.test", body=GTUBE)
            assert attempt.accepted, attempt
            self._network.gateway.postfix.log.wait_for("milter-discard: END-OF-MESSAGE")
            self._arrives(self._send(a.OUTSIDE, "joe@sender.test"))
            assert not self._network.mail20.mailbox.with_id(attempt.message_id)
        with self._tap.test("delete: posternctl verify shows it"):
            self._verify("deleted", rejected_mail="delete")
        self._push("reject again")
        with self._tap.test("reject again: a refused message is answered with 554 5.7.1"):
            refused(self._send(a.OUTSIDE, "joe@sender.test", body=GTUBE))
        with self._tap.test("reject again: posternctl verify shows it"):
            self._verify("554 5.7.1")
        with self._tap.test("posternctl verify finds a Postfix that shows its messages to nobody"):
            self._network.gateway.postfix.change(smtpd_milters="")
            self._verify("554 5.7.1", holds=False)

    def _verify(self, reply: str, *, holds: bool = True, **members) -> None:
        plan = self._company.posternctl.write_plan(scanning_plan("direct", **members))
        result = self._company.posternctl.run("verify", str(plan), *self._company.posternctl.access)
        assert result.status == (0 if holds else 6), result
        proof = next(entry for entry in result.document["proofs"] if entry["kind"] == "refused-mail")
        assert (proof["state"] == "holds") == holds and reply in proof["reply"], proof


class EdgeTests:
    """Mail that a real edge gateway passes on, which does not verify recipients."""

    def run(self, tap: Tap, company: Company) -> None:
        self._tap = tap
        self._company = company
        self._network = company.network
        self._judged_itself()
        self._lost()
        self._recommended()
        self._before_edge()
        self._edge_by_name()

    def _push(self, name: str, **members) -> None:
        with self._tap.test(f"{name}: pushed", essential=True):
            self._company.push(scanning_plan("edge-not-verifying", **members))

    def _through_edge(self, source: str, **options) -> Attempt:
        """joe@sender.test writes to alice by the edge gateway, from SOURCE; from a.OUTSIDE he is who he says he is."""
        attempt = self._network.send(source, "joe@sender.test", ALICE, server=a.EDGE, **options)
        assert attempt.accepted, attempt
        return attempt

    def _arrives(self, attempt: Attempt) -> None:
        message = self._company.arrived_inside(attempt, "mail20")
        assert [hop.server for hop in message.path] == ["edge", "mail20"], message.path

    def _is_reported(self, attempt: Attempt) -> None:
        report = self._network.outside.mailbox.wait_for_report(attempt.message_id).report
        assert report.reporter == "edge.test" and report.diagnostic.startswith("554 5.7.1"), report

    def _vanishes(self, attempt: Attempt) -> None:
        """It is nowhere, and nobody is told: the edge gateway believes that it has delivered it."""
        edge = self._network.edge
        queue_id = attempt.reply.text.split()[-1]
        wait_until(lambda: edge.log.lines(rf"{queue_id}: to=<{ALICE}>.*status=sent"), "the edge gateway to pass it on")
        wait_until(lambda: not edge.queued() and not self._network.gateway.postfix.queued(), "empty queues")
        assert not self._network.mail20.mailbox.with_id(attempt.message_id)
        reports = [message.report for message in self._network.outside.mailbox.messages() if message.report]
        assert attempt.message_id not in [report.about for report in reports], reports

    def _judged_itself(self) -> None:
        members = {"use_spf": True, "use_dmarc": True, "rejected_mail": "reject"}
        self._finding_is_told("sender-checks-behind-edge", members)
        self._push("sender-checks-behind-edge", **members)
        with self._tap.test("sender-checks-behind-edge: honest mail is refused"):
            self._is_reported(self._through_edge(a.OUTSIDE))
        with self._tap.test("reject-behind-edge: the edge gateway reports what is refused to a sender who is forged"):
            self._is_reported(self._through_edge(a.STRANGER))

    def _lost(self) -> None:
        members = {"use_spf": True, "use_dmarc": True, "rejected_mail": "delete"}
        self._finding_is_told("delete-with-sender-checks", members)
        self._push("delete-with-sender-checks", **members)
        with self._tap.test("delete-with-sender-checks: honest mail vanishes without a trace"):
            self._vanishes(self._through_edge(a.OUTSIDE))

    def _recommended(self) -> None:
        self._push("recommended", rejected_mail="delete")
        with self._tap.test("recommended: honest mail arrives"):
            self._arrives(self._through_edge(a.OUTSIDE))
        with self._tap.test("recommended: forged mail arrives, as nobody checks senders"):
            self._arrives(self._through_edge(a.STRANGER))
        with self._tap.test("recommended: a message that scanning refuses vanishes, and no report is sent"):
            self._vanishes(self._through_edge(a.OUTSIDE, body=GTUBE))

    def _before_edge(self) -> None:
        self._push("before the edge gateway", use_spf=True, use_dmarc=True, check_sender_before_edge=True,
                   rejected_mail="delete")
        with self._tap.test("before the edge gateway: honest mail arrives"):
            self._arrives(self._through_edge(a.OUTSIDE))
        with self._tap.test("before the edge gateway: forged mail is refused, and no report is sent"):
            self._vanishes(self._through_edge(a.STRANGER))
        with self._tap.test("before the edge gateway: mail that does not come through it is judged as well"):
            attempt = self._network.send(a.STRANGER, "joe@sender.test", ALICE)
            assert attempt.accepted, attempt
            wait_until(lambda: not self._network.gateway.postfix.queued(), "an empty queue")
            assert not self._network.mail20.mailbox.with_id(attempt.message_id)

    def _edge_by_name(self) -> None:
        """Rspamd knows addresses only."""
        plan = scanning_plan("edge-not-verifying", use_spf=True, use_dmarc=True, check_sender_before_edge=True,
                             edge_gateway=route("edge4.test"))
        with self._tap.test("an edge gateway given by name: pushed"):
            self._company.push(plan)
        with self._tap.test("an edge gateway given by name: honest mail arrives, forged mail is refused"):
            self._arrives(self._through_edge(a.OUTSIDE))
            self._is_reported(self._through_edge(a.STRANGER))
        with self._tap.test("when the name means another address, the same plan is a new revision"):
            before = self._company.posternctl.read().document
            self._network.dns.hosts["edge4.test"] = (a.EDGE_MX1,)
            self._network.dns.reload()
            etag = self._network.gateway.read_configuration().headers["ETag"]
            answer = self._network.gateway.put_configuration(plan, etag)
            assert answer.status == 200 and f'"{answer.document["revision"]}"' != etag, (answer, etag)
            assert self._company.posternctl.read().document == before
            self._is_reported(self._through_edge(a.OUTSIDE))
        with self._tap.test("a name that DNS does not know is refused, and the old configuration stays live"):
            etag = self._network.gateway.read_configuration().headers["ETag"]
            answer = self._network.gateway.put_configuration(plan | {"edge_gateway": route("nowhere.test")}, etag)
            assert answer.problem == (500, "mta-refused") and "nowhere.test" in answer.document["detail"], answer
            assert self._network.gateway.read_configuration().headers["ETag"] == etag

    def _finding_is_told(self, code: str, members: dict) -> None:
        with self._tap.test(f"{code}: the finding is told"):
            plan = self._company.posternctl.write_plan(scanning_plan("edge-not-verifying", **members))
            findings = self._company.posternctl.run("check", str(plan)).document["findings"]
            assert code in [finding["code"] for finding in findings], findings


# An administrator's own list of local networks, which Rspamd adds to others of its kind.
LOCAL = 'local_addrs = ["192.168.0.0/16"];\n'

if __name__ == "__main__":
    tests, scenario = {"direct": (DirectTests, "direct"), "edge": (EdgeTests, "edge-not-verifying")}[sys.argv[1]]
    sys.exit(run(tests().run, scenario=scenario, rspamd_settings={"options.inc": LOCAL}, scanning=True))

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""posternctl verify against a gateway with a real Postfix.

Usage: verify.py direct|edge-verifying|edge-not-verifying
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "mail"))

from company import Company, run
from plans import company_plan
from practice import addresses as a
from practice.tap import Tap

KNOWN = ("--recipient", "alice@example.com", "--recipient", "carol@example.org", "--recipient", "olya@xn--e1afmkfd.xn--p1ai")


class VerifyTests:
    def __init__(self, scenario: str):
        self._scenario = scenario

    def run(self, tap: Tap, company: Company) -> None:
        self._company = company
        plan = company_plan(self._scenario)
        company.push(plan)
        with tap.test("every proof holds after a push, with what the mail server answered"):
            self._holds(plan)
        with tap.test("without known recipients the proofs hold as well, and say what is only assumed"):
            result = self._verify(plan)
            assert result.status == 0 and result.document["all_hold"], result
        with tap.test("a plan that was not pushed does not hold, and it is said which proof"):
            self._fails(plan)
        with tap.test("an unknown recipient that was called known does not hold"):
            self._unknown(plan)
        with tap.test("--rehearse says what the internal servers answer when they are asked for recipients"):
            self._rehearses(plan)
        with tap.test("--rehearse finds the server that accepts everybody"):
            self._finds_catch_all(plan)

    def _verify(self, plan: dict, *options: str):
        path = self._company.posternctl.write_plan(plan)
        gateway = self._company.network.gateway
        return self._company.posternctl.run("verify", str(path), gateway.url, "--token-file", str(gateway.token_file), "--pin",
                                            gateway.fingerprint, *options)

    def _holds(self, plan: dict) -> None:
        result = self._verify(plan, *KNOWN)
        proofs = {proof["kind"]: proof for proof in result.document["proofs"]}
        assert result.status == 0 and result.document["all_hold"], result
        assert proofs["local"]["reply"].startswith("250 "), result
        assert proofs["foreign"]["reply"].startswith("554 5.7.1 "), result
        assert proofs["trusted-foreign"]["reply"].startswith("250 "), result
        assert proofs["trusted-local"]["reply"].startswith("250 "), result
        assert proofs["own-route"]["reply"].startswith("250 "), result
        verified = plan["recipient_verification"] == "reject-unverified"
        assert proofs["unknown-recipient"]["reply"].startswith("550 5.1.1 " if verified else "250 "), result

    def _fails(self, plan: dict) -> None:
        other = plan | {"domains": plan["domains"] + [{"name": "notyet.test", "local": True}], "trusted_networks": ["192.0.2.0/24"]}
        result = self._verify(other, *KNOWN)
        states = {proof["kind"]: proof["state"] for proof in result.document["proofs"]}
        assert result.status == 6 and not result.document["all_hold"], result
        assert states["trusted-foreign"] == "fails" and states["local"] == "holds", result

    def _unknown(self, plan: dict) -> None:
        result = self._verify(plan, "--recipient", "nobody@example.com")
        verified = plan["recipient_verification"] == "reject-unverified"
        assert result.status == (6 if verified else 0), result

    def _rehearses(self, plan: dict) -> None:
        result = self._verify(plan, "--rehearse", *KNOWN)
        outcomes = {rehearsal["server"]: rehearsal["outcome"] for rehearsal in result.document["rehearsals"]}
        assert outcomes == {f"{a.MAIL20}:25": "verifies", f"{a.MAIL21}:25": "verifies"}, result
        assert all(rehearsal["by_gateway"] for rehearsal in result.document["rehearsals"]), result
        assert not any(rehearsal["useless"] for rehearsal in result.document["rehearsals"]), result

    def _finds_catch_all(self, plan: dict) -> None:
        self._company.network.mail21.set_recipients("carol@example.org", "@example.org")
        result = self._verify(plan, "--rehearse")
        found = {rehearsal["server"]: rehearsal for rehearsal in result.document["rehearsals"]}
        assert found[f"{a.MAIL21}:25"]["outcome"] == "catch-all" and found[f"{a.MAIL21}:25"]["useless"], result
        assert found[f"{a.MAIL20}:25"]["outcome"] == "verifies", result
        path = self._company.posternctl.write_plan(plan)
        checked = self._company.posternctl.run("check", str(path), "--rehearse")
        codes = [finding["code"] for finding in checked.document["findings"]]
        assert ("verification-useless" in codes) == (plan["recipient_verification"] == "reject-unverified"), checked


if __name__ == "__main__":
    sys.exit(run(VerifyTests(sys.argv[1]).run, scenario=sys.argv[1]))

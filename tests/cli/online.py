#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What posternctl does with a gateway: a posternd that practises, reached over TLS."""

import json
import os
import pty
import select
import socket
import subprocess
import sys
import time
from pathlib import Path

from programs import ENVIRONMENT, POSTERNCTL, Plans, PracticeService, Run, example_plan, posternctl
from practice.tap import Tap


class OnlineTests:
    def __init__(self, tap: Tap, service: PracticeService):
        self._tap = tap
        self._service = service
        self._plans = Plans()
        self._token = service.token_file("writer")
        self._pin = ("--pin", service.fingerprint)
        self._access = ("--token-file", self._token, *self._pin)

    def run(self) -> None:
        self._trust()
        self._tokens()
        self._read_and_push()
        self._dry_run()
        self._asking()
        self._revisions()
        self._conflict()
        self._verify()
        self._unreachable()
        self._secrets()

    def _do(self, *words: object, **options: object) -> Run:
        """A command with access to the gateway; no run ever shows the token."""
        run = posternctl(*words, *self._access, **options)
        token = self._token.read_text().strip()
        assert token not in run.stdout + run.stderr, run
        return run

    def _trust(self) -> None:
        url, fingerprint = self._service.url, self._service.fingerprint
        with self._tap.test("fingerprint shows what posternd prints"):
            run = posternctl("fingerprint", url)
            assert run.status == 0 and run.stdout.splitlines()[0] == fingerprint, run
            document = posternctl("fingerprint", url, "--json").document
            assert document["fingerprint"] == fingerprint and document["not_after"] and document["problems"], document
        with self._tap.test("an untrusted certificate is 1, shown, and never passed over"):
            run = posternctl("read", url, "--token-file", self._token, "--json")
            assert run.status == 1 and run.document["error"]["code"] == "untrusted", run
            assert run.document["error"]["certificate"]["fingerprint"] == fingerprint, run
            assert f"--pin {fingerprint}" in run.stderr and "posternd fingerprint" in run.stderr, run
        with self._tap.test("another pin is 1 and shows both fingerprints"):
            other = "sha256:" + "0" * 64
            run = posternctl("read", url, "--token-file", self._token, "--pin", other, "--json")
            assert run.status == 1 and run.document["error"]["code"] == "certificate-changed", run
            assert other in run.stderr and fingerprint in run.stderr, run
        with self._tap.test("a pin in any form"):
            shown = ":".join(fingerprint.removeprefix("sha256:").upper()[i:i + 2] for i in range(0, 64, 2))
            run = posternctl("read", url, "--token-file", self._token, "--pin", shown)
            assert run.status == 0, run
        with self._tap.test("the certificate itself as a CA file: believed, but only for its own name"):
            certificate = next((self._service.path / "state").glob("*cert*"))
            run = posternctl("read", url, "--token-file", self._token, "--ca-file", certificate, "--json")
            problems = run.document["error"]["certificate"]["problems"]
            assert run.status == 1 and problems == "It was issued for another name.", run
        for words in (("--pin", "nonsense"), ("--ca-file", "/nonexistent"), ("--ca-file", self._token)):
            with self._tap.test(f"unusable trust is 1: {words[0]} {Path(words[1]).name}"):
                run = posternctl("read", url, "--token-file", self._token, *words, "--json")
                assert run.status == 1 and run.document["error"]["code"] == "address" and run.stderr, run
                assert self._token.read_text().strip() not in run.stderr

    def _tokens(self) -> None:
        wrong = self._service.path / "wrong"
        wrong.write_text("wrong-token\n")
        wrong.chmod(0o600)
        empty = self._service.path / "empty"
        empty.write_text("\n")
        empty.chmod(0o600)
        open_file = self._service.token_file("open", mode=0o644)
        cases = (((), "token-required"), (("--token-file", wrong), "token-unknown"), (("--token-file", empty), "address"),
                 (("--token-file", open_file), "address"), (("--token-file", "/nonexistent"), "address"))
        for words, code in cases:
            name = Path(words[1]).name if words else "none"
            with self._tap.test(f"token file {name} is 1: {code}"):
                run = posternctl("read", self._service.url, *self._pin, *words, "--json")
                assert run.status == 1 and run.document["error"]["code"] == code and run.stderr, run
                assert open_file.read_text().strip() not in run.stdout + run.stderr
        with self._tap.test("a token that may only read does not push"):
            reader = self._service.token_file("reader", role="read")
            words = (self._service.url, *self._pin, "--token-file", reader, "--json")
            assert posternctl("read", *words).status == 0
            run = posternctl("push", self._plans.write(example_plan()), *words, "--yes")
            assert run.status == 4 and run.document["error"]["code"] == "forbidden", run
            assert run.document["outcome"] == "undone", run

    def _read_and_push(self) -> None:
        url = self._service.url
        plan = self._plans.write(example_plan())
        with self._tap.test("read: an empty configuration before the first push"):
            run = self._do("read", url)
            assert run.status == 0 and run.document["domains"] == [] and run.document["postern"] == 1, run
        with self._tap.test("diff: 3 and the changes"):
            run = self._do("diff", plan, url)
            assert run.status == 3 and "example.com" in run.stdout and "10.0.0.20/32" in run.stdout, run
            changes = self._do("diff", plan, url, "--json").document["changes"]
            assert {"add"} <= {change["kind"] for change in changes}, changes
            assert any(change["member"] == "domains" and change["key"] == "example.com" for change in changes), changes
        with self._tap.test("push: 0, and told as JSON"):
            run = self._do("push", plan, url, "--yes", "--json")
            assert run.status == 0 and run.document["outcome"] == "done" and run.document["revision"] == "1", run
            assert run.document["changes"] and run.document["what_is_live"], run
        with self._tap.test("push: no progress where there is no terminal"):
            assert "\r" not in run.stderr and "\033" not in run.stderr and "…" not in run.stderr, run
        with self._tap.test("diff: 0 afterwards"):
            run = self._do("diff", plan, url)
            assert run.status == 0, run
        with self._tap.test("push: again is 0, and changes nothing"):
            run = self._do("push", plan, url, "--json")
            assert run.status == 0 and run.document["changes"] == [] and run.document["revision"] == "1", run
        with self._tap.test("read -o: into a plan file that means the same"):
            output = self._plans.path / "read.postern"
            run = self._do("read", url, "-o", output)
            assert run.status == 0 and not run.stdout and "1" in run.stderr, run
            assert self._do("diff", output, url).status == 0
            run = self._do("read", url, "-o", output, "--json")
            assert run.document == {"revision": "1", "file": str(output)}, run
        with self._tap.test("push: a plan from standard input"):
            text = json.dumps(example_plan(domains=[{"name": "example.com", "local": True}, {"name": "пример.рф", "local": True}]))
            run = self._do("push", "-", url, "--yes", stdin=text)
            assert run.status == 0, run
            names = [domain["name"] for domain in self._do("read", url).document["domains"]]
            assert names == ["example.com", "xn--e1afmkfd.xn--p1ai"], names
        with self._tap.test("push: a plan with errors is 1 and not pushed"):
            before = self._do("read", url).stdout
            run = self._do("push", self._plans.write(example_plan(scenario="edge-verifying")), url, "--yes", "--json")
            assert run.status == 1 and "edge-gateway-missing" in run.stderr, run
            assert run.document["findings"][0]["code"] == "edge-gateway-missing", run
            assert self._do("read", url).stdout == before

    def _dry_run(self) -> None:
        url = self._service.url
        plan = self._plans.write(example_plan(use_spf=True))
        with self._tap.test("push --dry-run: 0, the changes and findings, and nothing written"):
            before = self._do("read", url).stdout
            run = self._do("push", plan, url, "--dry-run")
            assert run.status == 0 and run.stdout, run
            document = self._do("push", plan, url, "--dry-run", "--json").document
            assert document["dry_run"] and document["changes"], document
            assert any(finding["code"] == "gateway-gap" for finding in document["findings"]), document
            assert self._do("read", url).stdout == before

    def _on_terminal(self, *words: object, answer: str) -> tuple[int, str]:
        """Runs a command on a terminal of its own; gives ANSWER once it asks."""
        controller, terminal = pty.openpty()
        process = subprocess.Popen([POSTERNCTL, *map(str, words), *map(str, self._access)], stdin=terminal, stdout=terminal,
                                   stderr=terminal, env=ENVIRONMENT, start_new_session=True)
        os.close(terminal)
        said, deadline, answered = b"", time.monotonic() + 30, False
        while time.monotonic() < deadline:
            if not select.select([controller], [], [], 1)[0]:
                continue
            try:
                chunk = os.read(controller, 4096)
            except OSError:  # the other side is closed
                break
            if not chunk:
                break
            said += chunk
            if not answered and b"[y/N]" in said:
                os.write(controller, answer.encode())
                answered = True
        status = process.wait(timeout=30)
        os.close(controller)
        return status, said.decode()

    def _asking(self) -> None:
        url = self._service.url
        plan = self._plans.write(example_plan(domains=[{"name": "asked.test", "local": True}]))
        with self._tap.test("push: without a terminal and --yes it is 2 and writes nothing"):
            run = self._do("push", plan, url)
            assert run.status == 2 and "--yes" in run.stderr, run
            assert self._do("diff", plan, url).status == 3
        with self._tap.test("push: on a terminal it shows the changes and asks; no is no"):
            status, said = self._on_terminal("push", plan, url, answer="n\n")
            assert status == 2 and "asked.test" in said, said
            assert self._do("diff", plan, url).status == 3
        with self._tap.test("push: yes is yes, with progress"):
            status, said = self._on_terminal("push", plan, url, answer="y\n")
            assert status == 0 and "Reading back" in said, said
            assert self._do("diff", plan, url).status == 0

    def _revisions(self) -> None:
        url = self._service.url
        with self._tap.test("revisions: newest first, the live one marked"):
            run = self._do("revisions", url)
            assert run.status == 0 and run.stdout.startswith("*") and "writer" in run.stdout, run
            revisions = self._do("revisions", url, "--json").document["revisions"]
            numbers = [int(revision["revision"]) for revision in revisions]
            assert numbers == sorted(numbers, reverse=True) and revisions[0]["current"], revisions
        with self._tap.test("restore: without --yes it is 2 and writes nothing"):
            run = self._do("restore", url, "1")
            assert run.status == 2 and "--yes" in run.stderr, run
        with self._tap.test("restore: the old configuration is a new revision"):
            run = self._do("restore", url, "1", "--yes", "--json")
            assert run.status == 0 and run.document["outcome"] == "done", run
            assert int(run.document["revision"]) == numbers[0] + 1, run
            newest, before = self._do("revisions", url, "--json").document["revisions"][:2]
            assert newest["restored_from"] == "1" and before["restored_from"] is None and not newest["unmanaged"], newest
            lines = self._do("revisions", url).stdout.splitlines()
            assert lines[0].endswith("(restored from 1)") and "(" not in lines[1], lines
            assert self._do("diff", self._plans.write(example_plan()), url).status == 0
        with self._tap.test("read --revision and diff --revision: what a revision was, and what is different since"):
            first = self._plans.path / "first.postern"
            run = self._do("read", url, "--revision", "1", "-o", first, "--json")
            assert run.status == 0 and run.document["revision"] == "1", run
            assert self._do("diff", first, url, "--revision", "1").status == 0
            run = self._do("diff", first, url, "--revision", "0", "--json")
            assert run.status == 3 and {change["kind"] for change in run.document["changes"]} >= {"add"}, run
            assert self._do("read", url, "--revision", "0").document["domains"] == []
            run = self._do("read", url, "--revision", "999", "--json")
            assert run.status == 1 and run.document["error"]["code"] == "not-found", run
        with self._tap.test("restore 0: the gateway has what it had before the very first push"):
            run = self._do("restore", url, "0", "--yes", "--json")
            assert run.status == 0 and run.document["outcome"] == "done", run
            assert self._do("read", url).document["domains"] == []
            newest, before = self._do("revisions", url, "--json").document["revisions"][:2]
            assert newest["unmanaged"] and newest["restored_from"] == "0" and not before["unmanaged"], newest
            assert "before the first push" in self._do("revisions", url).stdout.splitlines()[0]
            assert self._do("restore", url, "1", "--yes").status == 0
            assert self._do("diff", first, url).status == 0
        for number in ("999", "nonsense", "-1", "1/restore"):
            with self._tap.test(f"restore: there is no revision {number}"):
                run = posternctl("restore", "--yes", "--json", *self._access, "--", url, number)
                assert run.status == 1 and run.document["error"]["code"] == "not-found", run

    def _conflict(self) -> None:
        """Two pushes at once, from several computers: what one of them says is what the gateway has, and the other does
        not claim it."""
        url = self._service.url
        plans = [self._plans.write(example_plan(domains=[{"name": f"race{i}.test", "local": True}])) for i in range(4)]
        with self._tap.test("pushes at once: those that are done are in the revisions, the others say that they are not"):
            processes = [subprocess.Popen([POSTERNCTL, "push", str(plan), url, "--yes", "--json", *map(str, self._access)],
                                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                                          env=ENVIRONMENT | {"XDG_STATE_HOME": f"{plan}.state"})
                         for plan in plans]
            results = [(process.communicate(timeout=60)[0], process.returncode) for process in processes]
            outcomes = [json.loads(output)["outcome"] for output, _ in results]
            statuses = {"done": 0, "conflict": 4, "undone": 4, "stuck": 5}
            assert [statuses[outcome] for outcome in outcomes] == [status for _, status in results], results
            assert "done" in outcomes or "stuck" in outcomes, outcomes
            live = self._do("read", url).document["domains"][0]["name"]
            assert outcomes[int(live.removeprefix("race").removesuffix(".test"))] in ("done", "stuck"), (live, outcomes)

    def _verify(self) -> None:
        with self._tap.test("verify: a gateway without a mail server proves nothing"):
            run = self._do("verify", self._plans.write(example_plan()), self._service.url, "--json")
            assert run.status == 1 and not run.document["all_hold"] and run.document["error"]["message"], run
            assert {proof["state"] for proof in run.document["proofs"]} == {"pending"}, run

    def _unreachable(self) -> None:
        plan = self._plans.write(example_plan())
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            port = listener.getsockname()[1]
            commands = (("read",), ("diff", plan), ("push", plan, "--yes"), ("verify", plan), ("revisions",), ("fingerprint",))
            for name, *words in commands:
                with self._tap.test(f"{name}: nobody there is 1"):
                    access = () if name == "fingerprint" else self._access
                    run = posternctl(name, *words, f"https://127.0.0.1:{port}", *access, "--json")
                    assert run.status == 1 and run.document["error"]["code"] == "unreachable", run
                    assert "127.0.0.1" in run.stderr, run
        for address, code in (("http://127.0.0.1", "address"), ("https://a b", "address"), ("pmg://127.0.0.1", "token-required")):
            with self._tap.test(f"{address} is 1: {code}"):
                run = self._do("read", address, "--json")
                assert run.status == 1 and run.document["error"]["code"] == code, run

    def _secrets(self) -> None:
        with self._tap.test("no token in what GLib is told to log"):
            run = self._do("read", self._service.url, G_MESSAGES_DEBUG="all", SOUP_DEBUG="all")
            assert run.status == 0, run


def main() -> int:
    tap, service = Tap(), PracticeService()
    try:
        OnlineTests(tap, service).run()
    finally:
        service.stop()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What posternctl does without a gateway: help, plans, findings, forms, verdicts."""

import json
import locale
import sys

from programs import BUILD, Plans, example_plan, posternctl
from practice.tap import Skip, Tap

COMMANDS = ("import", "check", "show", "flow", "read", "diff", "push", "verify", "revisions", "restore", "fingerprint")

# What tries to break out of a line or a map of Postfix's.
ESCAPES = ("a\nb.test", "a\rb.test", "a$b.test", "a,b.test", "a=b.test", " a b.test", "a\u0000b.test", 'a"b.test', "!a.test",
           "lmdb:/etc/passwd", "a'b.test", "[a.test]", "a;b.test", "{a.test}", "a#b.test", "a\u2028b.test", "*.test")


def check_help(tap: Tap) -> None:
    with tap.test("--help names every command"):
        run = posternctl("--help")
        assert run.status == 0 and not run.stderr, run
        assert all(f"  {name} " in run.stdout for name in COMMANDS), run.stdout
    with tap.test("--version"):
        run = posternctl("--version")
        assert run.status == 0 and run.stdout.startswith("posternctl "), run
    for name in COMMANDS:
        with tap.test(f"{name} --help fits on a screen"):
            run = posternctl(name, "--help")
            assert run.status == 0 and not run.stderr, run
            lines = run.stdout.splitlines()
            assert len(lines) <= 24 and max(map(len, lines)) <= 100, run.stdout
            assert "--json" in run.stdout
    for words in ((), ("nonsense",), ("check",), ("check", "a", "b"), ("check", "--nonsense", "a"), ("flow", "a"),
                  ("diff", "a"), ("restore", "a"), ("push", "--pin", "x", "--ca-file", "y", "a", "b"), ("show", "a", "--as", "x")):
        with tap.test(f"wrong use is 2: {words}"):
            run = posternctl(*words)
            assert run.status == 2 and run.stderr and not run.stdout, run


def check_check(tap: Tap, plans: Plans) -> None:
    with tap.test("check: a good plan is 0"):
        run = posternctl("check", plans.write(example_plan()))
        assert run.status == 0, run
    with tap.test("check: warnings are 0 and told"):
        plan = plans.write(example_plan(recipient_verification="off"))
        run = posternctl("check", plan)
        assert run.status == 0 and "verification-off-direct" in run.stdout, run
        findings = posternctl("check", plan, "--json").document["findings"]
        assert any(f["code"] == "verification-off-direct" and f["severity"] == "warning" and f["message"] for f in findings), findings
    with tap.test("check: errors are 1 and told"):
        plan = plans.write(example_plan(scenario="edge-verifying"))
        run = posternctl("check", plan)
        assert run.status == 1 and "edge-gateway-missing" in run.stdout, run
        run = posternctl("check", plan, "--json")
        assert run.status == 1 and run.document["findings"][0]["severity"] == "error", run
    with tap.test("check: a plan from standard input"):
        run = posternctl("check", "-", stdin=json.dumps(example_plan()))
        assert run.status == 0, run


def check_unreadable(tap: Tap, plans: Plans) -> None:
    unreadable = {
        "nothing": "",
        "not JSON": "{",
        "not an object": "[]",
        "not UTF-8": b'{"postern": 1, "scenario": "\xff"}',
        "another version": json.dumps(example_plan(postern=2)),
        "an unknown member": json.dumps(example_plan(nonsense=True)),
        "a repeated member": '{"postern": 1, "postern": 1, "scenario": "direct"}',
        "trailing data": json.dumps(example_plan()) + "x",
        "a wrong type": json.dumps(example_plan(domains="example.com")),
        "a duplicate": json.dumps(example_plan(trusted_networks=["10.0.0.1", "10.0.0.1/32"])),
    }
    for name, text in unreadable.items():
        with tap.test(f"an unreadable plan is 2: {name}"):
            path = plans.write(text)
            run = posternctl("check", path)
            assert run.status == 2 and str(path) in run.stderr and not run.stdout, run
            run = posternctl("check", path, "--json")
            assert run.status == 2 and run.document["error"]["code"] and run.document["error"]["message"], run
    with tap.test("a missing plan is 2"):
        run = posternctl("check", plans.path / "missing.postern")
        assert run.status == 2 and "missing.postern" in run.stderr, run
    with tap.test("every bad member is named"):
        bad = example_plan(domains=[{"name": "a b", "local": True}, {"name": "example.com", "local": 1}], trusted_networks=["10.0.0.1/33"])
        run = posternctl("check", plans.write(bad), "--json")
        pointers = [problem["pointer"] for problem in run.document["error"]["problems"]]
        assert pointers == ["/domains/0/name", "/domains/1/local", "/trusted_networks/0"], run


def check_escapes(tap: Tap, plans: Plans) -> None:
    for value in ESCAPES:
        with tap.test(f"refused everywhere: {value!a}"):
            for plan in (example_plan(domains=[{"name": value, "local": True}]), example_plan(trusted_networks=[value]),
                         example_plan(internal_server={"host": value, "port": 25, "mx": False}),
                         example_plan(domains=[{"name": "example.com", "local": True, "route": {"host": value, "port": 25, "mx": False}}]),
                         example_plan(scenario="edge-verifying", edge_gateway={"host": value, "port": 25, "mx": False})):
                path = plans.write(plan)
                for command in (("check", path), ("show", path, "--as", "postfix"), ("push", path, "https://127.0.0.1:1", "--yes")):
                    run = posternctl(*command)
                    assert run.status == 2 and not run.stdout, (command, run)


def has_locale(name: str) -> bool:
    before = locale.setlocale(locale.LC_MESSAGES)
    try:
        locale.setlocale(locale.LC_MESSAGES, name)
    except locale.Error:
        return False
    locale.setlocale(locale.LC_MESSAGES, before)
    return True


def check_show(tap: Tap, plans: Plans) -> None:
    idn = example_plan(domains=[{"name": "пример.рф", "local": True, "route": {"host": "10.0.0.21", "port": 2525, "mx": False}}])
    plan = plans.write(idn)
    with tap.test("show: as text, names as people write them"):
        run = posternctl("show", plan)
        assert run.status == 0 and "пример.рф" in run.stdout and "10.0.0.21:2525" in run.stdout, run
    with tap.test("show: as JSON, which is the plan again"):
        run = posternctl("show", plan, "--as", "json")
        assert run.document["domains"][0]["name"] == "xn--e1afmkfd.xn--p1ai", run
        again = posternctl("show", "-", "--as", "json", stdin=run.stdout)
        assert again.stdout == run.stdout, again
    with tap.test("show: as Postfix configuration"):
        run = posternctl("show", plan, "--as", "postfix")
        assert run.status == 0 and "xn--e1afmkfd.xn--p1ai" in run.stdout and "mynetworks" in run.stdout, run
    with tap.test("show: as steps for KSMG, in each format"):
        run = posternctl("show", plan, "--as", "runbook", "--lang", "cs")
        assert run.status == 0 and "Nastavení → Integrovaný agent MTA" in run.stdout, run
        assert "xn--e1afmkfd.xn--p1ai" in run.stdout and "(пример.рф)" in run.stdout, run
        run = posternctl("show", plan, "--as", "runbook", "--format", "markdown")
        assert run.status == 0 and "- [ ] " in run.stdout and "`10.0.0.21`" in run.stdout, run
        run = posternctl("show", plan, "--as", "runbook", "--format", "html", "--lang", "ru")
        assert run.status == 0 and run.stdout.startswith("<!DOCTYPE html>") and "Встроенный MTA" in run.stdout, run
        for wrong in (("--as", "runbook", "--format", "pdf"), ("--format", "html")):
            assert posternctl("show", plan, *wrong).status == 2, wrong
    with tap.test("show: a colon stands as the language sets it"):
        if not has_locale("fr_FR.UTF-8"):
            raise Skip("this system has no French")
        french = {"POSTERN_LOCALE_DIR": str(BUILD / "po"), "LC_ALL": "fr_FR.UTF-8"}
        run = posternctl("show", plan, **french)
        assert "Passerelle frontière\N{NO-BREAK SPACE}: néant" in run.stdout, run
        for form in ("text", "markdown"):
            run = posternctl("show", plan, "--as", "runbook", "--format", form, **french)
            assert "Port\N{NO-BREAK SPACE}: " in run.stdout and "Port: " not in run.stdout, run
    for form in ("text", "postfix", "runbook"):
        with tap.test(f"show --json: {form}"):
            run = posternctl("show", plan, "--as", form, "--json")
            assert run.document == {"as": form, "text": posternctl("show", plan, "--as", form).stdout}, run
    with tap.test("show --lang: an unknown language is no trouble"):
        run = posternctl("show", plan, "--lang", "tlh", LC_ALL="C")
        assert run.status == 0 and run.stdout, run


def check_flow(tap: Tap, plans: Plans) -> None:
    plan = plans.write(example_plan())
    cases = (
        ("203.0.113.9", "alice@example.com", "verified", "internal-server"),
        ("203.0.113.9", "alice@elsewhere.test", "refused", "none"),
        ("10.0.0.20", "alice@elsewhere.test", "accepted", "dns"),
        ("10.0.0.20", "alice@example.com", "accepted", "internal-server"),
    )
    for client, recipient, outcome, hop in cases:
        with tap.test(f"flow: {client} to {recipient} is {outcome}"):
            run = posternctl("flow", plan, "--from", client, "--to", recipient, "--json")
            assert run.status == 0 and (run.document["outcome"], run.document["hop"]) == (outcome, hop), run
            text = posternctl("flow", plan, "--from", client, "--to", recipient)
            assert text.stdout.strip() == run.document["sentence"], text
    for client, recipient in (("nonsense", "a@example.com"), ("10.0.0.1", "nonsense"), ("10.0.0.300", "a@example.com")):
        with tap.test(f"flow: {client} to {recipient} is 1"):
            run = posternctl("flow", plan, "--from", client, "--to", recipient, "--json")
            assert run.status == 1 and run.document["error"]["code"] == "invalid-address" and run.stderr, run


def main() -> int:
    tap, plans = Tap(), Plans()
    check_help(tap)
    check_check(tap, plans)
    check_unreadable(tap, plans)
    check_escapes(tap, plans)
    check_show(tap, plans)
    check_flow(tap, plans)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What posternctl import takes, says and writes."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

from programs import ENVIRONMENT, POSTERNCTL, Plans, example_plan, posternctl
from practice.tap import Tap

DOMAINS = "domain;host;port\nexample.com;;\nexample.org;10.0.0.21;2525\nпример.рф;dns;\na b.com;;\nexample.org;10.0.0.21;2525\n"
NETWORKS = "10.0.0.0/9\n10.128.0.0/9 # office\n10.0.0.0 255.0.0.0\n"
MAIN_CF = """relay_domains = example.com, example.org
transport_maps = inline:{ example.org=relay:[10.0.0.21]:25 }
relay_transport = relay:[10.0.0.20]:25
relayhost = [192.168.0.1]
mynetworks = 127.0.0.0/8 10.0.0.0/8
"""


def write(plans: Plans, name: str, text: str | bytes) -> Path:
    path = plans.path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def check_preview(tap: Tap, plans: Plans) -> None:
    domains = write(plans, "domains.csv", DOMAINS)
    with tap.test("without --into each line is told, and nothing is written"):
        before = set(plans.path.iterdir())
        run = posternctl("import", "--domains", domains)
        assert f"{domains}:3: Taken: example.org → 10.0.0.21:2525\n" in run.stdout, run
        assert f"{domains}:6: Already there: example.org → 10.0.0.21:2525 (Line 3 has it already.)\n" in run.stdout, run
        assert f"{domains}:5: Refused: a b.com;; (" in run.stdout, run
        assert run.stdout.endswith("3 taken, 1 already there, 1 refused\n"), run
        assert set(plans.path.iterdir()) == before
    with tap.test("a refused line is 1, none is 0"):
        assert posternctl("import", "--domains", domains).status == 1
        assert posternctl("import", "--domains", write(plans, "good", "example.com\n")).status == 0
    with tap.test("what a file was read as is told"):
        legacy = write(plans, "legacy", "пример.рф\nвторой-пример.рф\n".encode("cp1251"))
        run = posternctl("import", "--domains", legacy)
        assert f"{legacy} was read as: list, Windows-1251.\n" in run.stdout and "пример.рф" in run.stdout, run
    with tap.test("--json is one document with every line"):
        document = posternctl("import", "--domains", domains, "--json").document
        assert document["written"] is None
        assert (document["files"][0]["format"], document["files"][0]["encoding"]) == ("table", "utf-8"), document
        assert [line["status"] for line in document["files"][0]["lines"]] == ["taken", "taken", "taken", "refused", "present"]
        assert document["files"][0]["lines"][1] == {
            "line": 3, "status": "taken", "subject": "domain", "text": "example.org;10.0.0.21;2525", "name": "example.org",
            "route": "10.0.0.21:2525", "reason": None}, document


def check_into(tap: Tap, plans: Plans) -> None:
    domains = write(plans, "d.csv", DOMAINS)
    networks = write(plans, "n.txt", NETWORKS)
    with tap.test("--into makes a plan that is not there"):
        plan = plans.path / "new.postern"
        run = posternctl("import", "--domains", domains, "--networks", networks, "--into", plan, "--yes")
        assert run.status == 1, run
        assert [domain["name"] for domain in read(plan)["domains"]] == ["example.com", "example.org", "xn--e1afmkfd.xn--p1ai"]
        assert read(plan)["domains"][1]["route"] == {"host": "10.0.0.21", "port": 2525, "mx": False}
        assert read(plan)["domains"][2]["route"] == "dns"
        assert read(plan)["trusted_networks"] == ["10.0.0.0/9", "10.128.0.0/9"]
        assert "Taken" not in run.stdout and "Write 10.0.0.0/8" in run.stdout, run
    with tap.test("--into adds to a plan, and leaves the rest alone"):
        plan = plans.write(example_plan())
        run = posternctl("import", "--domains", domains, "--into", plan, "--yes", "--json")
        assert run.document["written"] == str(plan), run
        assert read(plan)["internal_server"]["host"] == "10.0.0.20"
        assert [domain["name"] for domain in read(plan)["domains"]] == ["example.com", "example.org", "xn--e1afmkfd.xn--p1ai"]
        assert run.document["files"][0]["lines"][0]["status"] == "present"
    with tap.test("the second time there is nothing to write"):
        before = plan.stat().st_mtime_ns
        run = posternctl("import", "--domains", domains, "--into", plan, "--json")
        assert run.document["written"] is None and plan.stat().st_mtime_ns == before, run
    with tap.test("--main-cf takes everything"):
        plan = plans.path / "main-cf.postern"
        run = posternctl("import", "--main-cf", write(plans, "main.cf", MAIN_CF), "--into", plan, "--yes")
        assert run.status == 0, run
        assert read(plan)["edge_gateway"]["host"] == "192.168.0.1" and read(plan)["internal_server"]["host"] == "10.0.0.20"
        assert [domain.get("route", {}).get("host") for domain in read(plan)["domains"]] == [None, "10.0.0.21"]
        assert read(plan)["trusted_networks"] == ["10.0.0.0/8"]
    with tap.test("--aggregate merges networks and says so first"):
        plan = plans.path / "merged.postern"
        run = posternctl("import", "--networks", networks, "--aggregate", "--into", plan, "--yes")
        assert "  − 10.128.0.0/9\n  + 10.0.0.0/8\n" in run.stdout, run
        assert read(plan)["trusted_networks"] == ["10.0.0.0/8"]
        run = posternctl("import", "--networks", networks, "--aggregate", "--json")
        assert run.document["aggregate"] == {"removed": ["10.0.0.0/9", "10.128.0.0/9"], "added": ["10.0.0.0/8"]}, run


def answer(question_to: list[object], reply: str) -> tuple[int, str]:
    """Runs posternctl on a terminal, and answers its question."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([POSTERNCTL, *map(str, question_to)], stdin=theirs, stdout=subprocess.DEVNULL, stderr=theirs,
                               env=ENVIRONMENT)
    os.close(theirs)
    os.write(ours, reply.encode())
    said = b""
    try:
        while chunk := os.read(ours, 4096):
            said += chunk
    except OSError:  # the other end is closed
        pass
    status = process.wait(timeout=20)
    os.close(ours)
    return status, said.decode()


def check_agreement(tap: Tap, plans: Plans) -> None:
    domains = write(plans, "agreed", "example.com\n")
    plan = plans.path / "agreed.postern"
    with tap.test("nobody to ask: nothing is written"):
        run = posternctl("import", "--domains", domains, "--into", plan)
        assert run.status == 1 and "--yes" in run.stderr and not plan.exists(), run
    with tap.test("a no is a no"):
        status, said = answer(["import", "--domains", domains, "--into", plan], "n\n")
        assert status == 1 and "Nothing was written." in said and not plan.exists(), said
    with tap.test("a yes writes"):
        status, said = answer(["import", "--domains", domains, "--into", plan], "y\n")
        assert status == 0 and read(plan)["domains"] == [{"name": "example.com", "local": True}], said


def check_unreadable(tap: Tap, plans: Plans) -> None:
    good = write(plans, "readable", "example.com\n")
    with tap.test("a file that is not there is 2"):
        run = posternctl("import", "--domains", plans.path / "nowhere")
        assert run.status == 2 and "nowhere" in run.stderr, run
        run = posternctl("import", "--domains", plans.path / "nowhere", "--json")
        assert run.status == 2 and run.document["error"]["message"], run
    with tap.test("a plan that cannot be read is 2 and stays"):
        plan = plans.write("{")
        run = posternctl("import", "--domains", good, "--into", plan, "--yes")
        assert run.status == 2 and plan.read_text() == "{", run
    with tap.test("a plan that cannot be written is 1"):
        run = posternctl("import", "--domains", good, "--into", plans.path / "no" / "plan.postern", "--yes")
        assert run.status == 1 and run.stderr, run
    for words in ((), ("--into", "x"), ("--domains", str(good), "x")):
        with tap.test(f"wrong use is 2: {' '.join(words)}"):
            run = posternctl("import", *words)
            assert run.status == 2 and run.stderr and not run.stdout, run


def main() -> int:
    tap, plans = Tap(), Plans()
    check_preview(tap, plans)
    check_into(tap, plans)
    check_agreement(tap, plans)
    check_unreadable(tap, plans)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

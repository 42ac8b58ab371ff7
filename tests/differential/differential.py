#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random plans and random messages, judged by the plan and by a real Postfix that posternd configured from it.

    differential.py BUILD-DIRECTORY JUDGE [--seed N] [--cases N]

A disagreement is shrunk to the smallest plan that still has it, printed as JSON and kept in BUILD-DIRECTORY: it is tried first
in every later run there, and in every run anywhere once it is put into `regressions/`.
"""

import argparse
import copy
import json
import random
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS))

from random_plan import RandomPlan  # noqa: E402
from resolver import Resolver  # noqa: E402
from practice import namespace  # noqa: E402
from practice.network import PracticeNetwork  # noqa: E402
from practice.smtp_client import Reply, SmtpClient  # noqa: E402
from practice.tap import Tap  # noqa: E402

PRIVATE_PORT = 10125
MESSAGES_A_PLAN = 60
REGRESSIONS = Path(__file__).resolve().parent / "regressions"

Message = tuple[str, str]


class Differential:
    def __init__(self, network: PracticeNetwork, judge: str):
        self.network = network
        self.judge = judge
        self.resolver = Resolver(network.gateway.postfix.queue)

    def disagreements(self, plan: dict, messages: list[Message]) -> list[str]:
        """What Postfix does otherwise than PLAN says, a line for each of MESSAGES that it is true of."""
        self._push(plan)
        verdicts = self._judge(plan, messages)
        with ThreadPoolExecutor(24) as pool:  # a recipient that is verified waits for seconds: they wait side by side
            checked = pool.map(self._check, messages, verdicts)
        return [line for line in checked if line]

    def _push(self, plan: dict) -> None:
        gateway = self.network.gateway
        revision = gateway.request("GET", "/api/v1/configuration").headers["ETag"]
        document = {name: value for name, value in plan.items() if name != "postern"}
        answer = gateway.request("PUT", "/api/v1/configuration", document, If_Match=revision)
        if answer.status != 200:
            raise AssertionError(f"posternd refused {json.dumps(plan, ensure_ascii=False)}: {answer.document}")

    def _judge(self, plan: dict, messages: list[Message]) -> list[list[str]]:
        with tempfile.NamedTemporaryFile("w", suffix=".postern") as file:
            json.dump(plan, file)
            file.flush()
            questions = "".join(f"{client}\t{recipient}\n" for client, recipient in messages)
            done = subprocess.run([self.judge, file.name], input=questions, capture_output=True, text=True, check=True)
        return [line.split("\t") for line in done.stdout.splitlines()]

    def _check(self, message: Message, verdict: list[str]) -> str | None:
        client, recipient = message
        outcome, next_hop = verdict
        reply = ask(client, recipient)
        if not agrees(outcome, reply):
            return f"{client} → {recipient}: the plan says {outcome}, Postfix {reply}"
        if outcome == "refused":
            return None
        transport, found = self.resolver.resolve(recipient)
        if transport not in ("relay", "smtp") or not (found == next_hop or next_hop == "dns" and same_domain(found, recipient)):
            return f"{client} → {recipient}: the plan says {next_hop}, Postfix {transport}:{found}"
        return None


def ask(client: str, recipient: str) -> Reply:
    """What the live Postfix answers to RCPT from CLIENT, as it says on the private listener that believes XCLIENT."""
    address = f"IPV6:{client}" if ":" in client else client
    with SmtpClient("127.0.0.1", "127.0.0.1", PRIVATE_PORT) as dialogue:
        dialogue.ehlo()
        dialogue.command(f"XCLIENT NAME=[UNAVAILABLE] ADDR={address}")
        dialogue.ehlo()
        dialogue.mail("joe@sender.test", *(() if recipient.isascii() else ("SMTPUTF8",)))
        return dialogue.rcpt(recipient)


def agrees(outcome: str, reply: Reply) -> bool:
    enhanced = str(reply).split()[1]
    if outcome == "accepted":
        return reply.code == 250
    if outcome == "verified":
        return reply.code == 250 or (reply.code, enhanced) in ((550, "5.1.1"), (450, "4.1.1"))
    return (reply.code, enhanced) == (554, "5.7.1")


def same_domain(found: str, recipient: str) -> bool:
    domain = recipient.rpartition("@")[2]
    return found.lower() == domain.lower() or found.lower().encode("idna") == domain.lower().encode("idna")


def shrink(differential: Differential, plan: dict, message: Message) -> dict:
    """The smallest plan that Postfix still contradicts for MESSAGE: takes parts away while it does."""
    def still(candidate: dict) -> bool:
        try:
            return bool(differential.disagreements(candidate, [message]))
        except AssertionError:
            return False

    shrunk = True
    while shrunk:
        shrunk = False
        for candidate in smaller(plan):
            if still(candidate):
                plan, shrunk = candidate, True
                break
    return plan


def smaller(plan: dict):
    for name in ("domains", "trusted_networks"):
        for position in range(len(plan[name])):
            candidate = copy.deepcopy(plan)
            del candidate[name][position]
            yield candidate
    for name in ("internal_server",):
        if plan[name] is not None:
            yield plan | {name: None}
    if plan["recipient_verification"] != "off":
        yield plan | {"recipient_verification": "off"}


def keep(kept: Path, name: str, message: Message, plan: dict) -> Path:
    """Writes a case down where the next run finds it."""
    kept.mkdir(exist_ok=True)
    path = kept / f"{name}.json"
    path.write_text(json.dumps({"message": message, "plan": plan}, ensure_ascii=False, indent=2) + "\n")
    return path


def try_kept_cases(tap: Tap, differential: Differential, kept: Path) -> None:
    for path in (*sorted(REGRESSIONS.glob("*.json")), *sorted(kept.glob("*.json"))):
        case = json.loads(path.read_text())
        with tap.test(f"kept case {path.stem}"):
            found = differential.disagreements(case["plan"], [tuple(case["message"])])
            assert not found, found


def try_random_cases(tap: Tap, differential: Differential, seed: int, cases: int, kept: Path) -> None:
    tried, wrong = 0, []
    chance = random.Random(seed)
    while tried < cases:
        plan = RandomPlan(chance)
        messages = [plan.message() for _ in range(MESSAGES_A_PLAN)]
        found = differential.disagreements(plan.document, messages)
        tried += len(messages)
        wrong += found
        for line in found:
            tap.diagnose(line)
        if found:
            first = next(message for message in messages if found[0].startswith(f"{message[0]} → {message[1]}:"))
            least = shrink(differential, plan.document, first)
            tap.diagnose(json.dumps({"message": first, "plan": least}, ensure_ascii=False))
            tap.diagnose(f"kept as {keep(kept, f'seed-{seed}-{tried}', first, least)}")
    tap.diagnose(f"differential: {tried} cases, {len(wrong)} disagreements (seed {seed})")
    assert not wrong, "\n" + "\n".join(wrong[:20])


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("build_directory")
    parser.add_argument("judge")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--cases", type=int, default=2000)
    options = parser.parse_args()
    namespace.enter()
    with PracticeNetwork(options.build_directory, servers={"gateway", "mail20", "mail21"}) as network:
        tap = Tap(network.recent_logs)
        differential = Differential(network, options.judge)
        kept = Path(options.build_directory) / "differential-failures"
        try_kept_cases(tap, differential, kept)
        with tap.test("the plan and Postfix agree"):
            try_random_cases(tap, differential, options.seed, options.cases, kept)
        return tap.done()


if __name__ == "__main__":
    sys.exit(main())

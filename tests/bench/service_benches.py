# SPDX-License-Identifier: GPL-3.0-or-later
"""What the service has to be able to do with a very large configuration and a real Postfix."""

import json
from pathlib import Path

from measure import Report, run, seconds

DOMAINS = 100_000
PROGRAM = Path(__file__).resolve().with_name("live_gateway.py")


def measure(report: Report, what: str) -> dict:
    return json.loads(run("python3", PROGRAM, report.build, what, DOMAINS).output.splitlines()[-1])


def bench_push(report: Report) -> None:
    """Push, from PUT to live in Postfix and proved, against what cannot be done without."""
    figures = measure(report, "push")
    ours, theirs = min(figures["ours"]), min(figures["theirs"])
    report.ratio("push", ours, theirs, 2.5, f"{seconds(ours)}, JsonParser + postmap + reload {seconds(theirs)}")
    report.ratio("push lost sessions", len(figures["lost"]), figures["sessions"], 0,
                 f"{len(figures['lost'])} of {figures['sessions']} SMTP sessions {' '.join(figures['lost'][:1])}".rstrip())


def bench_get(report: Report) -> None:
    """Read the configuration, against the same octets as a static file of OpenSSL's server."""
    figures = measure(report, "get")
    ours, theirs = min(figures["ours"]), min(figures["theirs"])
    report.ratio("get", ours, theirs, 1.3, f"{seconds(ours)}, openssl s_server -WWW {seconds(theirs)}")


def bench_push_memory(report: Report) -> None:
    """Memory during pushes and reads, against the document."""
    figures = measure(report, "memory")
    mebibytes = {name: octets / 2**20 for name, octets in figures.items()}
    report.ratio("push memory", figures["peak"], figures["document"], 6,
                 f"{mebibytes['peak']:.1f} MiB at its peak, {mebibytes['now']:.1f} MiB afterwards, the document {mebibytes['document']:.1f} MiB")


BENCHES = {
    "push": bench_push,
    "get": bench_get,
    "push-memory": bench_push_memory,
}

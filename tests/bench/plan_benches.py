# SPDX-License-Identifier: GPL-3.0-or-later
"""What the plan library has to be able to do with very large inputs."""

import shutil

import inputs
from measure import Report, processor, run, seconds, side_by_side, told, wall

MILLION = 1_000_000

# Python's answer to the same question.
COLLAPSE = """
import ipaddress, sys
networks = [ipaddress.ip_network(line.strip()) for line in open(sys.argv[1])]
for version in 4, 6:
    for network in ipaddress.collapse_addresses(n for n in networks if n.version == version):
        print(network)
"""


def bench_import(report: Report) -> None:
    """Import, validate and deduplicate domains, against sort."""
    file, smaller = (inputs.domains(report.inputs, count) for count in (MILLION, MILLION // 10))
    program = report.program("import")
    expected = len(set(run("sort", "-u", file, LC_ALL="C").output.lower().split()))
    taken, peak = run(program, file).output.split()
    assert int(taken) == expected, (taken, expected)

    ours, sort = side_by_side(wall(program, file), wall("sort", "-u", file, LC_ALL="C"))
    report.ratio("import", ours, sort, 1.0, f"{seconds(ours)}, sort -u {seconds(sort)}")
    megabytes, size = int(peak) / 2**10, file.stat().st_size / 2**20
    report.ratio("import memory", megabytes, size, 4.0, f"{megabytes:.1f} MiB at its peak, the file {size:.1f} MiB")
    report.growth("import", *side_by_side(processor(program, smaller), processor(program, file)))


def bench_aggregate(report: Report) -> None:
    """Aggregate networks, against iprange and Python."""
    program = report.program("aggregate")
    file, smaller = (inputs.networks(report.inputs, count) for count in (MILLION, MILLION // 10))
    iprange = shutil.which("iprange")
    if iprange:
        assert run(program, file).output.replace(b"/32\n", b"\n") == run(iprange, "--optimize", file).output
        ours, theirs = side_by_side(wall(program, file), wall(iprange, "--optimize", file))
        report.ratio("aggregate IPv4", ours, theirs, 1.0, f"{seconds(ours)}, iprange {seconds(theirs)}")
    else:
        report.skip("aggregate IPv4", "there is no iprange here")
    report.growth("aggregate IPv4", *side_by_side(processor(program, smaller), processor(program, file)))

    file = inputs.networks(report.inputs, MILLION // 5, with_ipv6=True)
    assert run(program, file).output == run("python3", "-c", COLLAPSE, file).output
    ours, theirs = side_by_side(wall(program, file), wall("python3", "-c", COLLAPSE, file), rounds=2)
    report.ratio("aggregate mixed", ours, theirs, 0.1, f"{seconds(ours)}, Python {seconds(theirs)}")


def bench_load(report: Report) -> None:
    """Load a plan, against its JSON alone."""
    program = report.program("plan")
    plan, smaller = inputs.plan(report.inputs, 100_000, 10_000), inputs.plan(report.inputs, 10_000, 1_000)
    load, parser, load_smaller = side_by_side(
        told(program, "load", plan), told(program, "parser", plan), told(program, "load", smaller))
    report.ratio("load", load, parser, 1.5, f"{seconds(load)}, JsonParser {seconds(parser)}")
    report.growth("load", load_smaller, load)


def bench_findings(report: Report) -> None:
    """Find what is wrong with a plan, against loading it."""
    program = report.program("plan")
    plan, smaller = inputs.plan(report.inputs, 100_000, 10_000), inputs.plan(report.inputs, 10_000, 1_000)
    find, load, find_smaller = side_by_side(
        told(program, "find", plan), told(program, "load", plan), told(program, "find", smaller))
    report.ratio("findings", find, load, 0.5, f"{seconds(find)}, load {seconds(load)}")
    report.growth("findings", find_smaller, find)


def bench_changes(report: Report) -> None:
    """Compare two plans, against loading one."""
    program = report.program("plan")
    plans = [inputs.plan(report.inputs, 100_000, 10_000, changed) for changed in (False, True)]
    smaller = [inputs.plan(report.inputs, 10_000, 1_000, changed) for changed in (False, True)]
    compare, load, compare_smaller = side_by_side(
        told(program, "compare", *plans), told(program, "load", plans[0]), told(program, "compare", *smaller))
    report.ratio("changes", compare, load, 0.5, f"{seconds(compare)}, load {seconds(load)}")
    report.growth("changes", compare_smaller, compare)


def bench_verdicts(report: Report) -> None:
    """Judge messages."""
    program = report.program("plan")
    few, many = (inputs.plan(report.inputs, count, 10_000) for count in (1_000, 100_000))
    one_of_few, one_of_many = side_by_side(told(program, "judge", few), told(program, "judge", many))
    report.ratio("verdicts", one_of_many, 1e-6, 1.0, f"{1 / one_of_many / 1e6:.1f} million a second")
    report.growth("verdicts", one_of_few, one_of_many, 1.5, "1,000 → 100,000 domains")


BENCHES = {
    "import": bench_import,
    "aggregate": bench_aggregate,
    "load": bench_load,
    "findings": bench_findings,
    "changes": bench_changes,
    "verdicts": bench_verdicts,
}

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Goes through the whole wizard in one scenario and shows by real mail that the gateway then does what it says.

Usage: journey.py direct|edge-verifying|edge-not-verifying accessibility|keyboard
Runs on a display of its own (tests/run-in-display).
"""

import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

from practice import namespace
from practice.network import EVERYTHING, PracticeNetwork
from practice.tap import Tap, skip_all


def main() -> int:
    scenario, hands = sys.argv[1:]
    try:
        namespace.enter()
    except namespace.NamespaceUnavailable as reason:
        skip_all(str(reason))
    # The accessibility bus is asked for a connection at the import, and the namespaces come before any thread. Its library warns
    # of widgets that vanish while it looks at them, which is no reason to end; what the wizard warns of is looked at below.
    os.environ.pop("G_DEBUG", None)
    from journey.company import EDGES, Edge
    from journey.mail_proof import MailProof
    from journey.wizard import Wizard, travel

    build_directory = os.environ["POSTERN_BUILD_DIR"]
    pictures = Path(build_directory) / "tests" / "wizard" / "journey" / f"{scenario}-{hands}"
    direct = scenario == "direct"
    edge = EDGES.get((scenario, hands), Edge())
    with PracticeNetwork(build_directory, servers=EVERYTHING - {"edge"} if direct else EVERYTHING,
                         edge_verifies=scenario == "edge-verifying", public_mx="gateway" if direct else "edge") as network:
        tap = Tap(network.recent_logs)
        with Wizard(build_directory, hands, pictures) as wizard:
            tap.on_failure = lambda: f"{wizard.describe()}\n{network.recent_logs()}"
            arrived = False
            with tap.test(f"{scenario}, by {hands}: from the first page to the result, and every proof holds"):
                proofs = travel(wizard, scenario, network.gateway, edge)
                assert len(proofs) >= 5 and all("Holds" in proof for proof in proofs), proofs
                arrived = True
            if not arrived:
                return tap.done()
            with tap.test("and the last page closes the wizard"):
                wizard.finish()
        with tap.test("the wizard warned of nothing"):
            assert not wizard.warnings(), "\n".join(wizard.warnings())
        tap.on_failure = network.recent_logs
        for row in MailProof(network, scenario, edge).rows():
            with tap.test(row.title):
                row.check()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

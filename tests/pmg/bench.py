#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a push of 1,000 domains takes, beside the bare requests over one kept-alive connection.

The server takes 10 ms for a change, an eighth of what the real one was seen to take (eight domains in 0.7 s); so the
pause of 1.1 s that keeps Postfix's map whole counts more here than at a real gateway. The bare requests have none: they
leave the map stale."""

import sys
import time

from pmg_client import Client
from pmg_server import PASSWORD
from pmg_world import World, domain, plan

N = 1000
LIMIT = 1.3
DELAY = 0.01


def bare() -> float:
    with World(delay=DELAY) as world:
        client = Client(world.server.port)
        client.log_in("ann@pmg", PASSWORD)
        start = time.monotonic()
        for number in range(N):
            client.call("POST", "/config/domains", domain=f"d{number}.example.com")
        return time.monotonic() - start


def push() -> tuple[float, float]:
    """A push, and one that has nothing to do."""
    wanted = plan(domains=[domain(f"d{number}.example.com") for number in range(N)], recipient_verification="off",
                  rejected_mail="delete")
    with World(delay=DELAY) as world:
        times = []
        for _ in range(2):
            start = time.monotonic()
            run = world.push(wanted)
            times.append(time.monotonic() - start)
            assert run.code == 0, run
        world.assert_well_behaved()
        assert world.state.writes == N, world.state.writes
        return times[0], times[1]


def main() -> int:
    requests = bare()
    whole, nothing = push()
    print(f"pmg: {N} domains pushed in {whole:.2f} s, the bare requests take {requests:.2f} s: {whole / requests:.2f} x "
          f"(at most {LIMIT}); nothing to do: {nothing:.2f} s")
    return 0 if whole <= LIMIT * requests else 1


if __name__ == "__main__":
    sys.exit(main())

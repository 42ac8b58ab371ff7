# SPDX-License-Identifier: GPL-3.0-or-later
"""The practice network's company, as somebody enters it into the wizard."""

from dataclasses import dataclass

from practice import addresses as a

# The radio buttons of the page Scenario.
SCENARIO_TITLES = {
    "direct": "Directly",
    "edge-verifying": "Through an edge gateway that verifies recipients",
    "edge-not-verifying": "Through an edge gateway that does not verify recipients",
}

# Each domain with the host of its own route, or None.
COMPANY_DOMAINS = {"example.com": None, "example.net": None, "example.org": a.MAIL21, a.IDN: a.MAIL21}

# What is typed, and under which name it is listed.
COMPANY_NETWORKS = {a.MAIL20: a.MAIL20, "2001:db8:1::/64": "2001:db8:1::/64"}


@dataclass(frozen=True)
class Edge:
    """The edge gateway as it is entered, and where mail that goes out must arrive: any of some addresses, and the port."""
    host: str = a.EDGE
    port: int = 25
    mx: bool = False
    arrives_at: tuple[str, ...] = (a.EDGE,)


# Each journey through an edge scenario enters the edge gateway in another way.
EDGES = {
    ("edge-verifying", "accessibility"): Edge(),
    ("edge-verifying", "keyboard"): Edge("edge.test", mx=True, arrives_at=(a.EDGE_MX1,)),
    ("edge-not-verifying", "accessibility"): Edge(a.EDGE6, 2525, arrives_at=(a.EDGE6,)),
    ("edge-not-verifying", "keyboard"): Edge("edge.test", 2525, arrives_at=(a.EDGE, a.EDGE6)),
}

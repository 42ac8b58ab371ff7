# SPDX-License-Identifier: GPL-3.0-or-later
"""The practice network's company, as somebody enters it into the wizard."""

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

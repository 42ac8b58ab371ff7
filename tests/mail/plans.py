# SPDX-License-Identifier: GPL-3.0-or-later
"""The plans that the mail suite pushes: one company, three ways to the Internet."""

from practice import addresses as a

SCENARIOS = ("direct", "edge-verifying", "edge-not-verifying")


def route(host: str, port: int = 25, mx: bool = False) -> dict:
    return {"host": host, "port": port, "mx": mx}


def company_plan(scenario: str, *, verification: bool | None = None, edge: dict | None = None,
                 domains: tuple[dict, ...] = ()) -> dict:
    """The plan of the practice network's company, with the presets of SCENARIO.

    example.net has no route of its own. VERIFICATION overrides the preset; EDGE is another route to the edge gateway;
    DOMAINS are more records.
    """
    direct = scenario == "direct"
    verify = scenario != "edge-not-verifying" if verification is None else verification
    return {
        "postern": 1,
        "scenario": scenario,
        "domains": [
            {"name": "example.com", "local": True, "route": route(a.MAIL20)},
            {"name": "example.net", "local": True},
            {"name": "example.org", "local": True, "route": route(a.MAIL21)},
            {"name": a.IDN_ASCII, "local": True, "route": route(a.MAIL21)},
            *domains,
        ],
        "internal_server": route(a.MAIL20),
        **({} if direct else {"edge_gateway": edge or route(a.EDGE)}),
        "trusted_networks": [f"{a.MAIL20}/32", "2001:db8:1::/64"],
        "recipient_verification": "reject-unverified" if verify else "off",
        "use_spf": direct,
        "use_dmarc": direct,
        "sender_authentication": False,
        "check_sender_before_edge": False,
        "rejected_mail": "reject" if direct else "delete",
    }

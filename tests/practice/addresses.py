# SPDX-License-Identifier: GPL-3.0-or-later
"""Who has which address in the practice network. Every other module takes the addresses from here."""

DNS = "10.0.0.53"

# The gateway: posternd's Postfix, and its API.
GATEWAY = "10.0.0.2"
GATEWAY6 = "2607:f0d0:1002:51::2"
GATEWAY_NAME = "gw.example.com"
API_PORT = 8443

# The edge gateway. The name `edge.test` has the first two addresses; its MX records name the other two, so that
# a test can see whether a look-up of MX records took place.
EDGE = "192.168.0.1"
EDGE6 = "2607:f0d0:1002:51::4"
EDGE_MX1 = "192.168.0.11"
EDGE_MX2 = "192.168.0.12"
EDGE_PORTS = (25, 2525)

# Internal mail servers.
MAIL20 = "10.0.0.20"
MAIL20_6 = "2001:db8:1::20"
MAIL21 = "10.0.0.21"
MAIL21_6 = "2001:db8:1::21"

# The outside world: somebody who sends, and the host that receives for every foreign domain.
OUTSIDE = "203.0.113.9"
OUTSIDE6 = "2001:db8:9::9"
OUTSIDE_MX = "203.0.113.10"
OUTSIDE_MX6 = "2001:db8:9::10"

# A host of another company that nobody trusts and no SPF record names.
STRANGER = "203.0.113.77"

ALL = (DNS, GATEWAY, GATEWAY6, EDGE, EDGE6, EDGE_MX1, EDGE_MX2, MAIL20, MAIL20_6, MAIL21, MAIL21_6,
       OUTSIDE, OUTSIDE6, OUTSIDE_MX, OUTSIDE_MX6, STRANGER)

# The company's domains, as the edge gateway knows them. Postfix looks up both forms of an internationalised name.
IDN = "пример.рф"
IDN_ASCII = "xn--e1afmkfd.xn--p1ai"
COMPANY_DOMAINS = ("example.com", "sub.example.com", "example.net", "example.org", "routed.example", IDN, IDN_ASCII)

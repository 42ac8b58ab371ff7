# SPDX-License-Identifier: GPL-3.0-or-later
"""The practice network: a whole small mail world from real servers, in namespaces of its own.

    from practice import namespace
    from practice.network import PracticeNetwork
    from practice.tap import Tap

    namespace.enter()
    with PracticeNetwork(build_directory, servers={"gateway", "mail20", "outside"}) as network:
        tap = Tap(network.recent_logs)
        with tap.test("mail for alice arrives"):
            attempt = network.send_from_outside("alice@example.com")
            assert attempt.accepted, attempt
            assert network.mail20.mailbox.wait_for(attempt.message_id).passes("gw.example.com") == 1
    sys.exit(tap.done())

Who has which address is in addresses.py, who knows which recipient in internal_server.py, what DNS says in dns.py.
`tests/practice/shell` opens the network for a person.
"""

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the test server answers as the real one did: the calls of recorded.json, and what no call can say."""

import json
import sys
import tempfile

from pathlib import Path
from urllib.parse import quote

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "practice"))

from pmg_client import Client
from pmg_server import PASSWORD, Server
from tap import Tap


def forget_digest(answer: dict) -> dict:
    if isinstance(answer.get("data"), dict) and "digest" in answer["data"]:
        answer["data"]["digest"] = "*"
    return answer


def replay(tap: Tap, server: Server) -> None:
    client = Client(server.port)
    client.log_in("root@pam", PASSWORD)
    for number, exchange in enumerate(json.loads((HERE / "recorded.json").read_text()), 1):
        method, path = exchange["call"].split(" ")
        form = exchange.get("form", {})
        with tap.test(f"{number} {exchange['call']} {' '.join(f'{name}={value}' for name, value in form.items())}"):
            body = "&".join(f"{name}={quote(value, safe='')}" for name, value in form.items())
            status, answer = client.exchange(method, path, body)
            assert status == f"HTTP/1.1 {exchange['status']}", f"{status}, not {exchange['status']}"
            assert forget_digest(json.loads(answer)) == exchange["answer"], f"{answer}, not {exchange['answer']}"


def strictness(tap: Tap, server: Server) -> None:
    """What a client may get wrong, and how the real server took it."""
    client = Client(server.port)
    client.log_in("root@pam", PASSWORD)
    chunked = f"POST /api2/json/config/domains HTTP/1.1\r\nHost: pmg\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    cases = [
        ("body on DELETE", lambda: client.exchange("DELETE", "/config/domains/x.test", "a=b"),
         "501 Unexpected content for method 'DELETE'"),
        ("body on GET", lambda: client.exchange("GET", "/config/domains", "a=b"), "501 Unexpected content for method 'GET'"),
        ("chunked body", lambda: client.send(chunked.encode()), "501 "),
        ("method PATCH", lambda: client.exchange("PATCH", "/config/mail"), "501 method 'PATCH' not available"),
        ("content type text/plain", lambda: client.exchange("POST", "/config/domains", "a", kind="text/plain"), "506 upload"),
        ("body too long", lambda: client.exchange("POST", "/config/domains", "a=" + "b" * 600000), "501 for data too large"),
    ]
    for name, send, wanted in cases:
        with tap.test(f"noted: {name}"):
            server.violations.clear()
            status, _ = send()
            assert status.startswith(f"HTTP/1.1 {wanted}"), status
            assert name in server.violations, server.violations
    with tap.test("a second = cuts the value, and is noted"):
        server.violations.clear()
        client.exchange("POST", "/config/domains", "domain=cut.test&comment=a=b")
        assert server.state.domains["cut.test"] == "a" and server.violations == ["second = in a form"], server.violations
    with tap.test("a token against cross-site requests is needed"):
        good, client.csrf = client.csrf, "wrong"
        status, _ = client.exchange("DELETE", "/config/domains/cut.test")
        client.csrf = good
        assert status == "HTTP/1.1 401 Permission denied - invalid csrf token", status


def roles(tap: Tap, server: Server) -> None:
    for user, reads, writes in (("ann@pmg", 200, 200), ("aud@pmg", 200, 403), ("hd@pmg", 200, 403), ("qm@pmg", 403, 403)):
        with tap.test(f"role of {user}"):
            client = Client(server.port)
            client.log_in(user, PASSWORD)
            assert int(client.exchange("GET", "/config/domains")[0].split()[1]) == reads
            assert int(client.exchange("PUT", "/config/mail", "spf=1")[0].split()[1]) == writes
            assert client.call("GET", "/config/cluster/status") == {"data": []}
    with tap.test("a wrong password"):
        assert Client(server.port).exchange("POST", "/access/ticket", "username=ann%40pmg&password=no")[0] == \
            "HTTP/1.1 401 authentication failure"
    with tap.test("a ticket is as good as a password"):
        client = Client(server.port)
        ticket = client.log_in("ann@pmg", PASSWORD)["ticket"]
        assert client.log_in("ann@pmg", ticket)["role"] == "admin"
    with tap.test("a second factor"):
        client = Client(server.port)
        assert client.log_in("tfa@pmg", PASSWORD)["NeedTFA"] == 1
        assert client.exchange("GET", "/version")[0] == "HTTP/1.1 401 permission denied - invalid PMG ticket"


def maps(tap: Tap, server: Server) -> None:
    """Eight domains in a moment: all in the list, one in the map; a write in a later second repairs it."""
    with tap.test("stale maps"):
        client = Client(server.port)
        client.log_in("ann@pmg", PASSWORD)
        server.state.fill()
        while True:
            for number in range(1, 9):
                client.call("POST", "/config/domains", domain=f"race{number}.test")
            seen = [key for key in server.state.maps["domains"].map if key.startswith("race")]
            if len(seen) == 1:
                break
            # The second changed in between; once more.
            for number in range(1, 9):
                client.call("DELETE", f"/config/domains/race{number}.test")
            server.state.fill()
        assert len([entry for entry in client.call("GET", "/config/domains")["data"]
                    if entry["domain"].startswith("race")]) == 8
        client.call("PUT", "/config/mail", spf="0")
        assert len(server.state.stale()) == 7, server.state.stale()
        server.state.maps["domains"].map_time -= 2
        client.call("PUT", "/config/domains/race1.test", comment="")
        assert server.state.stale() == [], server.state.stale()


def comments(tap: Tap, server: Server) -> None:
    client = Client(server.port)
    client.log_in("ann@pmg", PASSWORD)
    for sent, kept in (("Grüße", "Grüße"), ("Grüße €", "Grüße €".encode().decode("latin-1")), ("   ", ""),
                       ("#hash", "#hash"), (" lead and trail ", " lead and trail ")):
        with tap.test(f"comment {sent!r}"):
            client.call("POST", "/config/domains", domain="c.test", comment=sent)
            assert client.call("GET", "/config/domains/c.test")["data"]["comment"] == kept
            client.call("DELETE", "/config/domains/c.test")


def main() -> int:
    tap = Tap()
    for test in (replay, strictness, roles, maps, comments):
        with tempfile.TemporaryDirectory() as directory, tap.group(test.__name__):
            server = Server(Path(directory))
            test(tap, server)
            server.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

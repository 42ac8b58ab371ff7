# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateways that a push is tried at: a Proxmox Mail Gateway and a posternd behind a proxy, and what each has."""

import hashlib
import http.client
import json
import os
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS / "pmg"), str(TESTS)]

import pmg_server
from faulty_proxy import Proxy
from pmg_world import domain, plan, route

BUILD = Path(os.environ.get("POSTERN_BUILD_DIR", "."))
POSTERND = str(BUILD / "src/service/posternd")

# Eight steps at a Proxmox Mail Gateway, one of each kind, and what there was before.
BEFORE = {
    "networks": {"192.0.2.0/24": "Büro"},
    "domains": {"old.test": "was here", "example.com": ""},
    "transport": {"old.test": {"host": "10.0.0.9", "protocol": "smtp", "port": 25, "use_mx": 1, "comment": "ü"},
                  "example.com": {"host": "10.0.0.8", "protocol": "smtp", "port": 25, "use_mx": 1, "comment": ""}},
    "mail": {"banner": "hello", "spf": 0},
}
WANTED = plan(domains=[domain("example.com", to=route("10.0.0.20", 26)), domain("new.test", to=route("mx.new.test", 25, True))],
              internal_server=route("10.0.0.21"), trusted_networks=["10.0.0.0/8"], recipient_verification="reject-unverified")
EARLIER = plan(domains=[domain("old.test", to=route("10.0.0.9")), domain("example.com", to=route("10.0.0.8"))],
               trusted_networks=["192.0.2.0/24"])

NAMES = {"networks": "trusted network", "transport": "route of", "domains": "relay domain"}


class Trap:
    """Where a redirect leads to: whoever comes here has followed one."""

    def __init__(self):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self._listener.getsockname()[1]}/"
        self.visits = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            self.visits += 1
            connection.close()


class Certificates:
    """Two of them, made once; a key costs more than a push."""

    def __init__(self, directory: Path):
        self.files = []
        for name in ("one", "two"):
            place = directory / name
            place.mkdir()
            self.files.append(pmg_server.make_certificate(place))
        self.contexts = tuple(self._make_context(*pair) for pair in self.files)
        self.fingerprint = self._fingerprint(self.files[0][0])

    @staticmethod
    def _make_context(certificate: Path, key: Path) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        return context

    @staticmethod
    def _fingerprint(certificate: Path) -> str:
        return "sha256:" + hashlib.sha256(ssl.PEM_cert_to_DER_cert(certificate.read_text())).hexdigest()


class PmgTarget:
    """A new one for each case."""

    title = "Proxmox Mail Gateway"
    secret = pmg_server.PASSWORD

    def __init__(self, certificates: Certificates, trap: Trap, pool=None):
        self.server = pmg_server.Server(None, certificates=certificates.files, contexts=certificates.contexts, second=0.05,
                                        trap=trap.url)
        self.server.state.fill(**{name: {key: dict(value) if isinstance(value, dict) else value
                                         for key, value in records.items()} for name, records in BEFORE.items()})
        self.address = self.server.url
        self.fingerprint = certificates.fingerprint

    def snapshot(self) -> dict:
        return self.server.state.snapshot()

    def differences(self, before: dict, now: dict) -> set[str]:
        """How a report names what is left."""
        found = {f"{NAMES[name]} {key}" for name in NAMES for key in before[name].keys() | now[name].keys()
                 if before[name].get(key) != now[name].get(key)}
        return found | ({"mail settings were changed"} if before["mail"] != now["mail"] else set())

    def complaints(self) -> list[str]:
        """What the client got wrong, and the maps that are not what the lists say."""
        return [*self.server.violations, *(f"stale map: {one}" for one in self.server.state.stale())]

    def close(self) -> None:
        self.server.close()


class Service:
    """A posternd that practises; serves many cases one after the other."""

    def __init__(self):
        self._directory = tempfile.TemporaryDirectory(prefix="posternd-")
        state = str(Path(self._directory.name) / "state")
        self._process = subprocess.Popen([POSTERND, "--practice", "--listen", "127.0.0.1:0", "--state-dir", state],
                                         stderr=subprocess.PIPE, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
        for line in self._process.stderr:
            found = re.match(r"Listening on https://127.0.0.1:(\d+)", line)
            if found:
                break
        else:
            raise RuntimeError("posternd ended before it listened")
        self.port = int(found[1])
        threading.Thread(target=self._process.stderr.read, daemon=True).start()
        self.token = subprocess.run([POSTERND, "token", "add", "test", "--role", "write", "--state-dir", state],
                                    stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
        self._context = ssl.create_default_context()
        self._context.check_hostname = False
        self._context.verify_mode = ssl.CERT_NONE

    def ask(self, method: str, document: "dict | None" = None, etag: "str | None" = None,
            path: str = "configuration") -> tuple[int, dict, "str | None"]:
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=self._context)
        headers = {"Authorization": f"Bearer {self.token}"} | ({"If-Match": etag} if etag else {})
        body = None
        if document is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps({name: value for name, value in document.items() if name != "postern"})
        connection.request(method, f"/api/v1/{path}", body, headers)
        response = connection.getresponse()
        result = response.status, json.loads(response.read()), response.getheader("ETag")
        connection.close()
        return result

    def reset(self) -> None:
        _, _, etag = self.ask("GET")
        status, answer, _ = self.ask("PUT", EARLIER, etag)
        assert status == 200, answer

    def give_back(self) -> None:
        """Back to what was there before the first push, which is nothing that could be pushed."""
        _, _, etag = self.ask("GET")
        status, answer, _ = self.ask("POST", etag=etag, path="revisions/0/restore")
        assert status == 200, answer

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()
        self._process.stderr.close()
        self._directory.cleanup()


class ApiTarget:
    """A proxy of its own for each case, in front of a service from the pool."""

    title = "Gateway API"

    def __init__(self, certificates: Certificates, trap: Trap, pool):
        self._pool = pool
        self._service = pool.get()
        self._prepare()
        self.secret = self._service.token
        self.server = Proxy(self._service.port, certificates.contexts, trap.url)
        self.address = f"https://127.0.0.1:{self.server.port}"
        self.fingerprint = certificates.fingerprint

    def _prepare(self) -> None:
        self._service.reset()

    def snapshot(self) -> dict:
        document = self._service.ask("GET")[1]
        return document | {"domains": sorted(document["domains"], key=lambda record: record["name"])}

    def differences(self, before: dict, now: dict) -> set[str]:
        return {name for name in before if before[name] != now.get(name)}

    def complaints(self) -> list[str]:
        return []

    def close(self) -> None:
        self.server.close()
        self._pool.put(self._service)


class FirstPushTarget(ApiTarget):
    """A gateway that has never been told anything."""

    title = "Gateway API, first push"

    def _prepare(self) -> None:
        self._service.give_back()

# SPDX-License-Identifier: GPL-3.0-or-later
"""A gateway that carries mail, with a very large configuration: what tests/bench/service_benches.py measures.

    live_gateway.py BUILD-DIRECTORY push|get|memory DOMAINS

Runs in namespaces of its own, and prints one JSON object: seconds for ours and theirs of each round, or octets.
"""

import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "service"), str(Path(__file__).resolve().parents[1])]

from practice import addresses as a  # noqa: E402
from practice import namespace  # noqa: E402
from practice.network import PracticeNetwork  # noqa: E402
from practice.sending import send  # noqa: E402
from practice.waiting import wait_until  # noqa: E402

ROUNDS = 5
STATIC_PORT = 9444


def document(domains: int, port: int) -> bytes:
    """A configuration with DOMAINS records, each with a route of its own."""
    records = [{"name": f"domain{number}.example.org", "local": True,
                "route": {"host": f"11.{number >> 16}.{number >> 8 & 255}.{number & 255}", "port": port, "mx": False}}
               for number in range(domains)]
    return json.dumps({"scenario": "direct", "domains": [{"name": "example.com", "local": True}, *records],
                       "internal_server": {"host": a.MAIL20, "port": 25, "mx": False},
                       "trusted_networks": [f"{a.MAIL20}/32"], "recipient_verification": "off"}).encode()


class Mail:
    """Messages that come in all the time, one connection each."""

    def __init__(self):
        self._stop = threading.Event()
        self.sessions = 0
        self.lost: list[str] = []

    @contextmanager
    def flowing(self):
        with ThreadPoolExecutor(1) as pool:
            sending = pool.submit(self._keep_sending)
            try:
                yield
            finally:
                self._stop.set()
                sending.result()

    def _keep_sending(self) -> None:
        while not self._stop.wait(0.05):
            self.sessions += 1
            try:
                attempt = send(a.STRANGER, "joe@sender.test", "alice@example.com")
                if not attempt.accepted:
                    self.lost.append(str(attempt))
            except OSError as error:
                self.lost.append(str(error))


class LiveGateway:
    """The gateway of a practice network, asked with curl."""

    def __init__(self, network: PracticeNetwork, build: Path, domains: int):
        self._network = network
        self._gateway = network.gateway
        self._build = build
        self._bodies = []
        for port in (25, 26):
            path = network.directory / f"body-{port}.json"
            path.write_bytes(document(domains, port))
            self._bodies.append(path)
        self._revision = 0

    def push(self) -> dict:
        """What a push takes, and what cannot be done without: the body read by JsonParser, and Postfix given the same tables."""
        self._put(self._bodies[0])
        ours, theirs, mail = [], [], Mail()
        with mail.flowing():
            for number in range(1, ROUNDS + 1):
                body = self._bodies[number % 2]
                ours.append(self._put(body))
                theirs.append(self._floor(body))
        return {"ours": ours, "theirs": theirs, "sessions": mail.sessions, "lost": mail.lost}

    def get(self) -> dict:
        """What a read takes, and what curl takes for the same octets as a static file."""
        self._put(self._bodies[0])
        static = self._start_static_server()
        ours, theirs = [], []
        for _ in range(ROUNDS * 5):
            ours.append(self._get(f"{self._gateway.url}/api/v1/configuration"))
            theirs.append(self._get(f"https://{a.GATEWAY}:{STATIC_PORT}/configuration.json"))
        static.terminate()
        static.wait()
        return {"ours": ours, "theirs": theirs}

    def memory(self) -> dict:
        """The most memory that the service has had during pushes, a check and a read of it, in octets."""
        for number in range(3):
            self._put(self._bodies[number % 2])
        self._get(f"{self._gateway.url}/api/v1/configuration")
        status = Path(f"/proc/{self._gateway.service_pid}/status").read_text()
        fields = dict(line.split(":", 1) for line in status.splitlines())
        return {"peak": int(fields["VmHWM"].split()[0]) * 1024, "now": int(fields["VmRSS"].split()[0]) * 1024,
                "document": self._bodies[0].stat().st_size}

    def _curl(self, url: str, *arguments: str) -> float:
        """The seconds from the start of the request to the end of the answer, as curl tells."""
        answer = self._network.directory / "answer"
        done = subprocess.run(["curl", "--silent", "--insecure", "--fail-with-body", "--output", answer, "--write-out", "%{time_total}",
                               "--header", f"Authorization: Bearer {self._gateway.token}", *arguments, url],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{url}: curl ended with {done.returncode}: {answer.read_text()[:1000]}")
        return float(done.stdout)

    def _put(self, body: Path) -> float:
        seconds = self._curl(f"{self._gateway.url}/api/v1/configuration", "--header", "Content-Type: application/json",
                             "--header", f'If-Match: "{self._revision}"', "--header", "Expect:", "--request", "PUT",
                             "--data-binary", f"@{body}")
        self._revision += 1
        return seconds

    def _get(self, url: str) -> float:
        return self._curl(url)

    def _floor(self, body: Path) -> float:
        """JsonParser on the body, postmap of the same tables, and a reload of Postfix."""
        parser = subprocess.run([self._build / "tests" / "bench" / "bench-json", body], check=True, capture_output=True)
        configuration = str(self._gateway.postfix.configuration)
        revision = (self._gateway.state / "current").resolve()
        copies = []
        for table in ("relay_domains", "transport"):
            copies.append(self._network.directory / table)
            copies[-1].write_bytes((revision / table).read_bytes())
        start = time.perf_counter()
        for copy in copies:
            subprocess.run(["postmap", "-c", configuration, f"lmdb:{copy}"], check=True)
        subprocess.run(["postfix", "-c", configuration, "reload"], check=True, capture_output=True)
        return float(parser.stdout) + time.perf_counter() - start

    def _start_static_server(self) -> subprocess.Popen:
        """OpenSSL's own server of static files, with the service's certificate: nothing but TLS and read(2)."""
        directory = self._network.directory / "static"
        directory.mkdir()
        current = (self._gateway.state / "current").resolve()
        (directory / "configuration.json").write_bytes((current / "configuration.json").read_bytes())
        state = self._gateway.state
        server = subprocess.Popen(["openssl", "s_server", "-quiet", "-WWW", "-accept", f"{a.GATEWAY}:{STATIC_PORT}",
                                   "-cert", state / "certificate.pem", "-key", state / "key.pem"],
                                  cwd=directory, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: subprocess.run(["curl", "--silent", "--insecure", "--output", "/dev/null",
                                           f"https://{a.GATEWAY}:{STATIC_PORT}/configuration.json"], check=False).returncode == 0,
                   "the static server")
        return server


def main() -> int:
    build, what, domains = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    namespace.enter()
    with PracticeNetwork(build, servers={"gateway", "mail20"}) as network:
        print(json.dumps(getattr(LiveGateway(network, build, domains), what)()), flush=True)
    return 0


if __name__ == "__main__":
    os.environ.setdefault("POSTERN_BUILD_DIR", sys.argv[1])
    sys.exit(main())

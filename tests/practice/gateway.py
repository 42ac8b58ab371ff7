# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway: posternd, and the Postfix that it configures."""

import hashlib
import http.client
import json
import os
import re
import signal
import ssl
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from . import addresses as a
from .rspamd_server import RspamdServer
from .stock_postfix import StockPostfix
from .waiting import wait_until

_LISTENING = r"^Listening on (https://\S+)$"


@dataclass(frozen=True)
class ApiAnswer:
    """An HTTP answer of the Gateway API. `document` is the JSON body, or None."""
    status: int
    headers: http.client.HTTPMessage
    document: object

    @property
    def problem(self) -> tuple[int, str]:
        """Status and code of an answer that is a problem document (RFC 9457)."""
        return self.status, self.document["code"] if self.document else ""


class Gateway:
    """Starts and kills posternd from a build directory. Its Postfix is `postfix`, and runs on without posternd."""

    def __init__(self, directory: Path, build_directory: Path, arguments: tuple[str, ...] = (), *, scanning: bool = False):
        """ARGUMENTS are given to posternd beside those that say where everything is. SCANNING: with an Rspamd."""
        self.rspamd = RspamdServer(directory / "rspamd") if scanning else None
        self.postfix = StockPostfix(directory / "postfix")
        self.url = f"https://{a.GATEWAY}:{a.API_PORT}"
        self.log = directory / "posternd.log"
        self.token_file = directory / "token"
        self.fingerprint = ""
        self.state = directory / "state"
        self._program = str(build_directory / "src" / "service" / "posternd")
        self._arguments = arguments
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        """Starts Postfix and posternd and makes the token `practice`, which may write."""
        if self.rspamd is None:
            self.postfix.start()
        else:
            with ThreadPoolExecutor(2) as pool:
                list(pool.map(lambda server: server.start(), (self.rspamd, self.postfix)))
        self._make_token()
        self.start_service()
        self.fingerprint = self._command("fingerprint").strip()

    def start_service(self) -> None:
        """Starts posternd, for the first time or again, and returns when it listens."""
        seen = self._listening_lines()
        log = open(self.log, "ab")
        self._process = subprocess.Popen(
            [self._program, "--state-dir", str(self.state), "--postfix-dir", str(self.postfix.configuration),
             "--listen", f"{a.GATEWAY}:{a.API_PORT}", "--listen", f"[{a.GATEWAY6}]:{a.API_PORT}",
             *self._rspamd_arguments(), *self._arguments],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        log.close()
        wait_until(lambda: self._ended() or self._listening_lines() >= seen + 2, "posternd to listen", 180)
        if self._ended():
            raise RuntimeError(f"posternd ended with status {self._process.returncode}:\n{self.log.read_text()}")

    def _rspamd_arguments(self) -> tuple[str, ...]:
        return ("--no-rspamd",) if self.rspamd is None else ("--rspamd-dir", str(self.rspamd.configuration))

    def stop_service(self) -> None:
        """Asks posternd, unless it was killed, to end, and sees to it that it does so in good order."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        status = self._process.wait(30)
        self._process = None
        if status != 0:
            raise RuntimeError(f"posternd ended with status {status}:\n{self.log.read_text()}")

    def kill_service(self) -> None:
        """Ends posternd with SIGKILL."""
        self._process.kill()
        self._process.wait()
        self._process = None

    @property
    def service_pid(self) -> int:
        return self._process.pid

    @property
    def token(self) -> str:
        return self.token_file.read_text().strip()

    def read_configuration(self) -> ApiAnswer:
        return self.request("GET", "/api/v1/configuration")

    def put_configuration(self, plan: dict, etag: str | None) -> ApiAnswer:
        """Puts what a plan file says, if ETAG (with its quotes) is still the current one."""
        document = {name: value for name, value in plan.items() if name != "postern"}
        condition = {} if etag is None else {"If_Match": etag}
        return self.request("PUT", "/api/v1/configuration", document, **condition)

    def request(self, method: str, path: str, document: object = None, **headers: str) -> ApiAnswer:
        """One call of the Gateway API with the token. HEADERS are written with underscores: `If_Match='\"3\"'`."""
        connection = http.client.HTTPSConnection(a.GATEWAY, a.API_PORT, timeout=60, context=_trusting_context())
        try:
            connection.connect()
            self._check_certificate(connection.sock)
            fields = {name.replace("_", "-"): text for name, text in headers.items()}
            fields["Authorization"] = f"Bearer {self.token}"
            if document is not None:
                fields["Content-Type"] = "application/json"
            connection.request(method, path, None if document is None else json.dumps(document).encode(), fields)
            answer = connection.getresponse()
            body = answer.read()
            return ApiAnswer(answer.status, answer.headers, json.loads(body) if body else None)
        finally:
            connection.close()

    def _check_certificate(self, channel: ssl.SSLSocket) -> None:
        found = "sha256:" + hashlib.sha256(channel.getpeercert(binary_form=True)).hexdigest()
        assert found == self.fingerprint, f"the certificate is {found}, posternd fingerprint says {self.fingerprint}"

    def _make_token(self) -> None:
        token = self._command("token", "add", "practice")
        with open(os.open(self.token_file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(token)

    def _command(self, *arguments: str) -> str:
        done = subprocess.run([self._program, *arguments, "--state-dir", str(self.state)], capture_output=True,
                              text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"posternd {' '.join(arguments)}: {done.stderr}")
        return done.stdout

    def _listening_lines(self) -> int:
        return len(re.findall(_LISTENING, self.log.read_text(), re.MULTILINE)) if self.log.exists() else 0

    def _ended(self) -> bool:
        return self._process.poll() is not None


def _trusting_context() -> ssl.SSLContext:
    """The certificate is self-signed: it is compared with the fingerprint instead of being verified."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context

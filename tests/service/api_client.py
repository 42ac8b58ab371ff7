# SPDX-License-Identifier: GPL-3.0-or-later
"""A client of the Gateway API that sends whatever a test wants and holds every answer against the contract."""

import gzip
import hashlib
import http.client
import json
import ssl
from dataclasses import dataclass

from contract import Contract
from practice import addresses as a
from practice.gateway import Gateway

_FROM_GATEWAY = object()


@dataclass(frozen=True)
class Answer:
    """An answer of the API. `document` is the JSON body."""
    status: int
    headers: http.client.HTTPMessage
    document: object

    @property
    def code(self) -> str:
        return self.document.get("code", "")

    @property
    def problem(self) -> tuple[int, str]:
        return self.status, self.code

    @property
    def pointers(self) -> list[str]:
        """Where a document is wrong, as the answer says."""
        return [error["pointer"] for error in self.document.get("errors", [])]


class ApiClient:
    """Speaks to the gateway from ADDRESS, one of the practice network's."""

    def __init__(self, gateway: Gateway, contract: Contract, address: str = a.GATEWAY):
        self._gateway = gateway
        self._contract = contract
        self._address = address
        self.revision = 0

    def request(self, method: str, path: str, document: object = None, *, body: bytes | None = None,
                token: object = _FROM_GATEWAY, headers: dict[str, str] | None = None, checked: bool = True) -> Answer:
        """DOCUMENT is sent as JSON, BODY as it is. TOKEN None means no token. Not CHECKED: for huge answers."""
        fields = {"Content-Type": "application/json"} if document is not None or body is not None else {}
        if token is not None:
            fields["Authorization"] = f"Bearer {self._gateway.token if token is _FROM_GATEWAY else token}"
        if document is not None:
            body = json.dumps(document).encode()
        status, answered, content = self._send(method, path, body, fields | (headers or {}))
        if answered.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        if checked:
            self._contract.check(method, path, status, answered, content)
        return Answer(status, answered, json.loads(content))

    def get(self, path: str, **options) -> Answer:
        return self.request("GET", "/api/v1" + path, **options)

    def post(self, path: str, document: object = None, **options) -> Answer:
        return self.request("POST", "/api/v1" + path, document, **options)

    def put(self, document: object, revision: int | None = None, **options) -> Answer:
        """Pushes DOCUMENT over the revision given, or over the last one that this client saw."""
        answer = self.request("PUT", "/api/v1/configuration", document,
                              headers={"If-Match": f'"{self.revision if revision is None else revision}"'}, **options)
        if answer.status == 200:
            self.revision = answer.document["revision"]
        return answer

    def push(self, document: object, **options) -> Answer:
        """A push that must succeed."""
        answer = self.put(document, **options)
        assert answer.status == 200, answer
        return answer

    def read_revision(self) -> int:
        """The revision that the gateway says is the current one."""
        self.revision = int(self.get("/configuration").headers["ETag"].strip('"'))
        return self.revision

    def flow(self, client: str, recipient: str, sender: str = "") -> Answer:
        return self.post("/probes", {"kind": "flow", "client": client, "sender": sender, "recipient": recipient})

    def _send(self, method: str, path: str, body: bytes | None,
              headers: dict[str, str]) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPSConnection(a.GATEWAY, a.API_PORT, timeout=120, context=trusting_context(),
                                                 source_address=(self._address, 0))
        try:
            connection.connect()
            found = "sha256:" + hashlib.sha256(connection.sock.getpeercert(binary_form=True)).hexdigest()
            assert found == self._gateway.fingerprint, found
            try:
                connection.request(method, path, body, headers)
            except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
                pass  # refused before all was sent: the answer may be there all the same
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()


def trusting_context() -> ssl.SSLContext:
    """The certificate is self-signed: its fingerprint is compared."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context

# SPDX-License-Identifier: GPL-3.0-or-later
"""A Proxmox Mail Gateway's REST API as a test server: its quirks, its texts, and none of its patience.

What a client may get wrong is answered as the real server does and noted in `violations`. It can misbehave at any
request, and it knows the truth that a client's claims are compared with.

Alone: `python3 pmg_server.py DIRECTORY [PORT [KIND:AT:TIMES]]` serves until its input ends, then says what it has
noted and how many logins there were; the password is "secret-pw-1".
"""

import hashlib
import json
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "faults"))

from faults import Fault
from pmg_state import Refusal, State

PASSWORD = "secret-pw-1"
ROLES = {"ann@pmg": "admin", "aud@pmg": "audit", "hd@pmg": "helpdesk", "qm@pmg": "qmanager", "tfa@pmg": "admin",
         "root@pam": "root"}
LIFETIME = 7200
MAX_REQUESTS = 100
MAX_HEAD = 8 * 1024
MAX_BODY = 512 * 1024
JSON = "application/json;charset=UTF-8"


class Hangup(Exception):
    """The connection ends without an answer."""


class Answer:
    def __init__(self, status: int, reason: str, body: bytes | str, content_type: str | None = JSON):
        self.status = status
        self.reason = reason
        self.body = body.encode() if isinstance(body, str) else body
        self.content_type = content_type
        self.headers = ""


def data(value: object) -> Answer:
    return Answer(200, "OK", json.dumps({"data": value}, ensure_ascii=False, separators=(",", ":")))


def plain(status: int, reason: str) -> Answer:
    """An error that is raised before any method is found."""
    return Answer(status, reason, reason, None)


def refusal(error: Refusal) -> Answer:
    end = "" if error.status == 501 else "\n"
    body = {"data": None, "message": error.message + end}
    if error.errors:
        body["errors"] = error.errors
    return Answer(error.status, error.message.split("\n")[0], json.dumps(body, ensure_ascii=False, separators=(",", ":")))


def make_certificate(directory: Path) -> tuple[Path, Path]:
    """As Proxmox makes it, but with a key that costs less: self-signed, no subject alternative name."""
    certificate, key = directory / "pmg.pem", directory / "pmg.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-keyout", key, "-out", certificate, "-days", "3650", "-subj", "/CN=pmg"],
                   check=True, capture_output=True)
    return certificate, key


class Request:
    def __init__(self, head: bytes, server: "Server"):
        lines = head.decode("latin-1").split("\r\n")
        self.method, self.target, self.version = lines[0].split(" ")
        self.path, _, self.query = self.target.partition("?")
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            if name.lower() in self.headers:
                server.note(f"header twice: {name}")
            self.headers[name.lower()] = value.strip()
        self.body = b""

    @property
    def length(self) -> int:
        return int(self.headers.get("content-length", "0"))


def parse_form(text: str, server: "Server") -> dict[str, str]:
    """Split at & and ;, the value cut at a second =, as pve-http-server does."""
    form: dict[str, str] = {}
    for pair in text.replace(";", "&").split("&"):
        if not pair:
            continue
        parts = pair.split("=")
        if len(parts) > 2:
            server.note("second = in a form")
        name, value = parts[0], unquote_to_bytes(parts[1].replace("+", " ")).decode() if len(parts) > 1 else ""
        if name in form:
            raise Refusal(400, "Parameter verification failed.", {name: "type check ('string') failed - got ARRAY"})
        if any(ord(character) < 0x20 for character in value if character != "\t"):
            server.note(f"control character in {name}")
        form[name] = value
    return form


class Server:
    """Serves on 127.0.0.1 from threads of its own until `close ()`."""

    def __init__(self, directory: Path, port: int = 0, delay: float = 0, nodes: list[dict] | None = None,
                 certificates: "list[tuple[Path, Path]] | None" = None,
                 contexts: "tuple[ssl.SSLContext, ...] | None" = None, second: float = 1,
                 trap: str | None = None):
        self.state = State(second)
        self._trap = trap or "https://elsewhere.example/"
        self.violations: list[str] = []
        self.log: list[str] = []
        self.faults: list[Fault] = []
        self.delay = delay
        self.nodes = nodes if nodes is not None else [{"cid": 0, "type": "-", "name": "pmg", "ip": "127.0.0.1"}]
        self.before_request = None
        self.after_request = None
        self.tickets: dict[str, tuple[str, str, float]] = {}
        self.disabled: set[str] = set()
        self.failure_delay = 0.0
        self.busy = False
        self.requests = 0
        self.connections = 0
        self._lock = threading.Lock()
        self._certificates = certificates or [make_certificate(directory)]
        self.certificate = self._certificates[0][0]
        self._contexts = contexts
        self._tls = self._make_context(0)
        self._closed = threading.Event()
        self._listener = None
        self.port = port
        self.listen()

    def _make_context(self, number: int) -> ssl.SSLContext:
        if self._contexts is not None:
            return self._contexts[number]
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(*self._certificates[number])
        return context

    def listen(self) -> None:
        """Begins, or begins again, as everybody expects it."""
        self._tls = self._make_context(0)
        if self._listener is not None and self._listener.fileno() >= 0:
            return
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"pmg://127.0.0.1:{self.port}"

    @property
    def fingerprint(self) -> str:
        der = ssl.PEM_cert_to_DER_cert(self.certificate.read_text())
        return "sha256:" + hashlib.sha256(der).hexdigest()

    def note(self, what: str) -> None:
        with self._lock:
            self.violations.append(what)

    def close(self) -> None:
        self._closed.set()
        self.stop_listening()

    def stop_listening(self) -> None:
        """From now on connections are refused; those that are open end."""
        try:
            self._listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._listener.close()

    def expire_tickets(self) -> None:
        self.tickets.clear()

    # Connections

    def _accept(self, listener: socket.socket) -> None:
        while not self._closed.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, raw: socket.socket) -> None:
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            connection = self._tls.wrap_socket(raw, server_side=True)
        except (OSError, ssl.SSLError):
            raw.close()
            return
        self.connections += 1
        try:
            for _ in range(MAX_REQUESTS):
                if not self._exchange(connection):
                    break
        except Hangup:
            # A reset, not an orderly end.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        except (OSError, ssl.SSLError, ValueError):
            pass
        connection.close()

    def _receive(self, connection: ssl.SSLSocket) -> Request | None:
        """A request that came in one TLS record, as the stacks of some boxes need it."""
        chunk = connection.recv(64 * 1024)
        if not chunk:
            return None
        head, end, rest = chunk.partition(b"\r\n\r\n")
        if not end or len(head) > MAX_HEAD:
            self.note("headers not in one piece")
            raise Hangup
        request = Request(head, self)
        request.body = rest
        if len(rest) < min(request.length, 8 * 1024) and "transfer-encoding" not in request.headers:
            self.note("body not in one piece with the headers")
            raise Hangup
        while len(request.body) < request.length <= 4 * MAX_BODY:
            more = connection.recv(64 * 1024)
            if not more:
                raise Hangup
            request.body += more
        return request

    def _exchange(self, connection: ssl.SSLSocket) -> bool:
        request = self._receive(connection)
        if request is None:
            return False
        with self._lock:
            self.requests += 1
            number = self.requests
            self.log.append(f"{request.method} {request.target}")
        if self.before_request is not None:
            self.before_request(self, number, request)
        fault = next((one for one in self.faults if one.at <= number < one.at + one.times), None)
        if fault is not None:
            return self._misbehave(connection, request, fault)
        answer = self._answer(request)
        if self.after_request is not None:
            self.after_request(self, number)
        self._send(connection, answer)
        return answer.status < 400

    @staticmethod
    def _send(connection: ssl.SSLSocket, answer: Answer) -> None:
        kind = f"Content-Type: {answer.content_type}\r\n" if answer.content_type else ""
        connections = "Connection: close\r\nConnection: Keep-Alive\r\n" if answer.status == 200 else "Connection: close\r\n"
        head = (f"HTTP/1.1 {answer.status} {answer.reason}\r\nCache-Control: max-age=0\r\n{connections}{answer.headers}"
                f"Server: pve-api-daemon/3.0\r\nContent-Length: {len(answer.body)}\r\n{kind}\r\n")
        connection.sendall(head.encode() + answer.body)

    def _misbehave(self, connection: ssl.SSLSocket, request: Request, fault: Fault) -> bool:
        if fault.kind == "refused":
            self.stop_listening()
            raise Hangup
        if fault.kind == "certificate":
            self._tls = self._make_context(1)
            raise Hangup
        if fault.kind == "reset-before":
            raise Hangup
        if fault.kind == "reset-after":
            self._answer(request)
            raise Hangup
        if fault.kind.startswith("late-"):
            # The proxy gives up, the daemon does not.
            threading.Timer(float(fault.kind.removeprefix("late-")), self._answer, (request,)).start()
            self._send(connection, plain(599, "Too many redirections"))
            return False
        if fault.kind in ("silence", "silence-after"):
            if fault.kind == "silence-after":
                self._answer(request)
            self._closed.wait(20)
            raise Hangup
        if fault.kind == "huge":
            self._answer(request)
            connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nContent-Length: 104857600\r\n\r\n".encode())
            for _ in range(1600):
                connection.sendall(b" " * 65536)
            raise Hangup
        if fault.kind == "drip":
            self._answer(request)
            connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\n\r\n".encode())
            while not self._closed.wait(0.05):
                connection.sendall(b" ")
            raise Hangup
        if fault.kind == "truncated":
            answer = self._answer(request)
            connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nContent-Length: {len(answer.body) + 9}\r\n\r\n".encode()
                               + answer.body)
            raise Hangup
        self._send(connection, self._wrong_answer(request, fault))
        return False

    def _wrong_answer(self, request: Request, fault: Fault) -> Answer:
        if fault.kind == "status":
            answer = plain(fault.status, {401: "No ticket", 595: "Connection refused"}.get(fault.status, "Sorry"))
        elif fault.kind == "wrong-type":
            self._answer(request)
            answer = Answer(200, "OK", "<html>welcome</html>", "text/html")
        elif fault.kind == "not-json":
            self._answer(request)
            answer = Answer(200, "OK", "{data")
        elif fault.kind == "wrong-shape":
            self._answer(request)
            answer = Answer(200, "OK", '{"data":"x"}')
        elif fault.kind == "redirect":
            answer = plain(302, "Found")
            answer.headers = f"Location: {self._trap}\r\n"
        else:
            raise AssertionError(fault.kind)
        answer.headers += fault.headers
        return answer

    # Calls

    def _answer(self, request: Request) -> Answer:
        try:
            return self._judge(request)
        except Refusal as error:
            return refusal(error)

    def _judge(self, request: Request) -> Answer:
        if request.method not in ("GET", "POST", "PUT", "DELETE"):
            self.note(f"method {request.method}")
            return plain(501, f"method '{request.method}' not available")
        if "expect" in request.headers:
            self.note("Expect")
        if "transfer-encoding" in request.headers:
            self.note("chunked body")
            return plain(501, "chunked transfer encoding not supported")
        if request.method in ("GET", "DELETE") and request.length > 0:
            self.note(f"body on {request.method}")
            return plain(501, f"Unexpected content for method '{request.method}'")
        if request.length > MAX_BODY:
            self.note("body too long")
            return plain(501, "for data too large")
        if not request.path.startswith("/api2/json"):
            return plain(500, f"no such file '{request.path}'")
        path = [part for part in unquote_to_bytes(request.path.removeprefix("/api2/json")).decode().split("/") if part]
        form = parse_form(request.query, self)
        form.update(self._parse_body(request))
        if path == ["access", "ticket"] and request.method == "POST":
            return self._log_in(form)
        user = self._check_ticket(request)
        if user is None:
            return self._unauthorised(request)
        if isinstance(user, Answer):
            return user
        return self._call(user, request.method, path, form)

    def _parse_body(self, request: Request) -> dict[str, str]:
        if not request.body:
            return {}
        kind = request.headers.get("content-type", "").partition(";")[0]
        if kind == "application/x-www-form-urlencoded":
            return parse_form(request.body.decode(), self)
        if kind == "application/json":
            try:
                document = json.loads(request.body)
            except ValueError as error:
                raise Refusal(500, str(error)) from error
            return {name: str(int(value)) if isinstance(value, bool) else
                    ",".join(value) if isinstance(value, list) else str(value) for name, value in document.items()}
        self.note(f"content type {kind}")
        raise Refusal(506, f"upload 'Content-Type '{kind}' not implemented")

    def _fail_slowly(self, reason: str) -> Answer:
        time.sleep(self.failure_delay)
        return Answer(401, reason, "", None)

    def _log_in(self, form: dict[str, str]) -> Answer:
        user, password = form.get("username", ""), form.get("password", "")
        renewed = password.startswith("PMG:") and self.tickets.get(password, ("",))[0] == user
        if user not in ROLES or user in self.disabled or not (renewed or password == PASSWORD):
            return self._fail_slowly("authentication failure")
        if user == "tfa@pmg" and not renewed:
            return data({"username": user, "NeedTFA": 1, "ticket": 'PMG:!tfa!{"totp"%3Atrue}:6B024002::aE8RvrQH+Xt5/w=='})
        number = len(self.log)
        ticket = f"PMG:{user}:{int(time.time()):X}::signature+{number}/with=="
        csrf = f"{int(time.time()):X}:token+{number}/x"
        self.tickets[ticket] = (user, csrf, time.time() + LIFETIME)
        return data({"username": user, "ticket": ticket, "CSRFPreventionToken": csrf, "role": ROLES[user]})

    def _unauthorised(self, request: Request) -> Answer:
        if "cookie" not in request.headers:
            return self._fail_slowly("No ticket")
        return self._fail_slowly("permission denied - invalid PMG ticket")

    def _check_ticket(self, request: Request) -> "str | Answer | None":
        name, _, value = request.headers.get("cookie", "").partition("=")
        ticket = unquote_to_bytes(value).decode()
        if name != "PMGAuthCookie" or ticket not in self.tickets:
            return None
        if quote(ticket, safe="") != value:
            self.note("ticket not encoded")
        user, csrf, end = self.tickets[ticket]
        if time.time() > end:
            return None
        if user in self.disabled:
            return refusal(Refusal(403, f"Permission check failed (user '{user}' is disabled)"))
        if request.method != "GET" and request.headers.get("csrfpreventiontoken") != csrf:
            self.note("no token against cross-site requests")
            return self._fail_slowly("Permission denied - invalid csrf token")
        return user

    def _call(self, user: str, method: str, path: list[str], form: dict[str, str]) -> Answer:
        if method == "GET" and path == ["version"]:
            return data({"version": "9.1.0", "release": "9.1", "repoid": "09158948b956"})
        if method == "GET" and path == ["config", "cluster", "status"]:
            single = len(self.nodes) < 2 and form.get("list_single_node") != "1"
            return data([] if single else self.nodes)
        lists = {"domains": "domain", "transport": "transport", "mynetworks": "network", "mail": "mail"}
        if len(path) < 2 or path[0] != "config" or path[1] not in lists:
            return refusal(Refusal(501, f"Method '{method} /{'/'.join(path)}' not implemented"))
        role = ROLES[user]
        if role == "qmanager" or (method != "GET" and role not in ("admin", "root")):
            return refusal(Refusal(403, "Permission check failed"))
        return self._change(method, path, lists[path[1]], "/".join(path[2:]), form)

    def _change(self, method: str, path: list[str], kind: str, key: str, form: dict[str, str]) -> Answer:
        if method != "GET" and self.busy:
            raise Refusal(500, f"{kind} failed: can't lock file '/var/lock/pmgconfig.lck' - got timeout")
        verbs = {("GET", False): "list", ("POST", False): "add", ("GET", True): "get", ("PUT", True): "change",
                 ("DELETE", True): "remove"}
        if kind == "mail":
            verbs = {("GET", False): "get", ("PUT", False): "change"}
        verb = verbs.get((method, bool(key)))
        if verb is None:
            raise Refusal(501, f"Method '{method} /{'/'.join(path)}' not implemented")
        names = {"list": {"domain": "domains", "network": "networks"}}.get(verb, {})
        with self.state.lock:
            function = getattr(self.state, f"{verb}_{names.get(kind, kind)}")
            arguments = ([key] if key else []) + ([form] if method in ("POST", "PUT") else [])
            if method != "GET":
                time.sleep(self.delay)
            return data(function(*arguments))


def main() -> None:
    port = int(sys.argv[2]) if len(sys.argv) > 2 else 8006
    server = Server(Path(sys.argv[1]), port)
    if len(sys.argv) > 3:
        kind, at, times = sys.argv[3].split(":")
        server.faults.append(Fault(kind, int(at), int(times)))
    print(f"{server.url} {server.fingerprint}", flush=True)
    sys.stdin.read()
    server.close()
    logins = sum(line == "POST /api2/json/access/ticket" for line in server.log)
    print(json.dumps({"violations": server.violations, "stale": server.state.stale(), "logins": logins,
                      "domains": sorted(server.state.domains)}))


if __name__ == "__main__":
    main()

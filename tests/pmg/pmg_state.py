# SPDX-License-Identifier: GPL-3.0-or-later
"""What a Proxmox Mail Gateway has: its lists, the files that it writes them to, and the maps that Postfix reads."""

import hashlib
import threading
import time

import pmg_schema as schema


class Refusal(Exception):
    """A call that the server refuses: a status, the text, and what is wrong with which parameter."""

    def __init__(self, status: int, message: str, errors: dict[str, str] | None = None):
        super().__init__(message)
        self.status = status
        self.message = message
        self.errors = errors or {}


def refuse_parameters(errors: dict[str, str]) -> None:
    if errors:
        raise Refusal(400, "Parameter verification failed.", errors)


def through_file(comment: str) -> str:
    """What is read back of a comment: it is written as Latin-1 if that is possible, else as UTF-8, and read as Latin-1."""
    try:
        comment.encode("latin-1")
    except UnicodeEncodeError:
        return comment.encode().decode("latin-1")
    return comment


class Map:
    """A text file and the Postfix map made of it: anew only if the file is newer in whole seconds. Who has no time to
    wait may say how long a second is."""

    def __init__(self, second: float):
        self._second = second
        self.text_time = 0
        self.map_time = 0
        self.map: dict[str, str] = {}

    def written(self, content: dict[str, str]) -> None:
        self.text_time = int(time.time() / self._second)
        if self.text_time > self.map_time:
            self.map = {key.lower(): value for key, value in reversed(content.items())}
            self.map_time = self.text_time


class State:
    """The lists. Every change happens under one lock, as on the real server."""

    def __init__(self, second: float = 1):
        self.lock = threading.RLock()
        self.domains: dict[str, str] = {}
        self.transport: dict[str, dict] = {}
        self.networks: dict[str, str] = {}
        self.mail: dict[str, object] = {}
        self.maps = {"domains": Map(second), "transport": Map(second)}
        self.writes = 0

    def snapshot(self) -> dict:
        """Everything but the maps, to compare."""
        with self.lock:
            return {"domains": dict(self.domains), "networks": dict(self.networks), "mail": dict(self.mail),
                    "transport": {key: self.get_transport(key) for key in self.transport}}

    def fill(self, **lists) -> None:
        """Puts records in and has the maps made, long ago."""
        for name, value in lists.items():
            getattr(self, name).update(value)
        for name in self.maps:
            self.touch(name)
            self.maps[name].text_time = self.maps[name].map_time = 0

    def touch(self, name: str) -> None:
        self.writes += 1
        if name == "domains":
            self.maps[name].written({key: "1" for key in sorted(self.domains)})
        elif name == "transport":
            self.maps[name].written({key: self.render(self.transport[key]) for key in sorted(self.transport)})

    def render(self, entry: dict) -> str:
        host = entry["host"].removeprefix("ipv6:")
        if entry["protocol"] == "lmtp":
            return f"lmtp:inet:{host}:{entry['port']}"
        return f"smtp:{host}:{entry['port']}" if self.use_mx(entry) else f"smtp:[{host}]:{entry['port']}"

    @staticmethod
    def use_mx(entry: dict) -> int:
        if entry["protocol"] == "lmtp" or schema.is_literal(entry["host"]):
            return 0
        return entry["use_mx"]

    def stale(self) -> list[str]:
        """The records in which map and list differ."""
        wanted = {"domains": {key.lower(): "1" for key in self.domains},
                  "transport": {key.lower(): self.render(value) for key, value in reversed(sorted(self.transport.items()))}}
        return [f"{name}: {key}" for name, view in wanted.items()
                for key in view.keys() | self.maps[name].map.keys() if view.get(key) != self.maps[name].map.get(key)]

    @property
    def digest(self) -> str:
        text = "".join(f"\t{name} {self.mail[name]}\n" for name in sorted(self.mail))
        return hashlib.sha1(f"section: mail\n{text}".encode() if text else b"").hexdigest()

    # Relay domains

    def list_domains(self) -> list[dict]:
        return [self.get_domain(key) for key in sorted(self.domains)]

    def get_domain(self, key: str) -> dict:
        if key not in self.domains:
            raise Refusal(500, f"Domain '{key}' does not exist")
        return {"domain": key, "comment": self.domains[key]}

    def add_domain(self, given: dict[str, str]) -> None:
        values, errors = schema.check({"domain": schema.check_domain, "comment": schema.check_text}, given, ("domain",))
        refuse_parameters(errors)
        if values["domain"] in self.domains:
            raise Refusal(500, f"add relay domain failed: Domain '{values['domain']}' already exists")
        self.domains[values["domain"]] = through_file(values.get("comment", "")) if values.get("comment", "").strip() else ""
        self.touch("domains")

    def change_domain(self, key: str, given: dict[str, str]) -> None:
        values, errors = schema.check({"comment": schema.check_text}, given, ("comment",))
        refuse_parameters(errors)
        if key not in self.domains:
            raise Refusal(500, f"update relay domain failed: Domain '{key}' does not exist")
        self.domains[key] = through_file(values["comment"]) if values["comment"].strip() else ""
        self.touch("domains")

    def remove_domain(self, key: str) -> None:
        if key not in self.domains:
            raise Refusal(500, f"delete relay domain failed: Domain '{key}' does not exist")
        del self.domains[key]
        self.touch("domains")

    # Transports

    def list_transport(self) -> list[dict]:
        return [self.get_transport(key) for key in sorted(self.transport)]

    def get_transport(self, key: str) -> dict:
        if key not in self.transport:
            raise Refusal(500, f"Transport map entry '{key}' does not exist")
        entry = self.transport[key]
        return {"domain": key, "host": entry["host"], "protocol": entry["protocol"], "port": str(entry["port"]),
                "use_mx": self.use_mx(entry), "comment": entry["comment"]}

    def add_transport(self, given: dict[str, str]) -> None:
        values, errors = schema.check({"domain": schema.check_transport_domain, **schema.TRANSPORT}, given,
                                      ("domain", "host"))
        refuse_parameters(errors)
        key = values.pop("domain")
        if key in self.transport:
            raise Refusal(500, f"add transport map entry failed: Transport map entry '{key}' already exists")
        entry = {"protocol": "smtp", "port": 25, "use_mx": 1, "comment": "", **values}
        entry["comment"] = through_file(entry["comment"]) if entry["comment"].strip() else ""
        self.transport[key] = entry
        self.touch("transport")

    def change_transport(self, key: str, given: dict[str, str]) -> None:
        values, errors = schema.check(schema.TRANSPORT, given)
        refuse_parameters(errors)
        if not values:
            raise Refusal(500, "update transport map entry failed: no options specified")
        if key not in self.transport:
            raise Refusal(500, "update transport map entry failed: Transport map entry '' does not exist")
        self.transport[key].update(values)
        self.touch("transport")

    def remove_transport(self, key: str) -> None:
        if key not in self.transport:
            raise Refusal(500, f"delete transport map entry failed: Transport map entry '{key}' does not exist")
        del self.transport[key]
        self.touch("transport")

    # Trusted networks

    def list_networks(self) -> list[dict]:
        return [self.get_network(key) for key in sorted(self.networks)]

    def get_network(self, key: str) -> dict:
        if key not in self.networks:
            raise Refusal(500, f"trusted network '{key}' does not exist")
        return {"cidr": key, "comment": self.networks[key]}

    def add_network(self, given: dict[str, str]) -> None:
        values, errors = schema.check({"cidr": schema.check_cidr, "comment": schema.check_text}, given, ("cidr",))
        refuse_parameters(errors)
        if values["cidr"] in self.networks:
            raise Refusal(500, f"add trusted network failed: trusted network '{values['cidr']}' already exists")
        self.networks[values["cidr"]] = values.get("comment", "")
        self.touch("networks")

    def change_network(self, key: str, given: dict[str, str]) -> None:
        values, errors = schema.check({"comment": schema.check_text}, given, ("comment",))
        refuse_parameters(errors)
        if key not in self.networks:
            raise Refusal(500, f"update trusted network failed: trusted network '{key}' does not exist")
        self.networks[key] = values["comment"]
        self.touch("networks")

    def remove_network(self, key: str) -> None:
        if key not in self.networks:
            raise Refusal(500, f"delete trusted network failed: trusted network '{key}' does not exist")
        del self.networks[key]
        self.touch("networks")

    # Mail settings

    def get_mail(self) -> dict:
        return {**self.mail, "digest": self.digest}

    def change_mail(self, given: dict[str, str]) -> None:
        unset = [name for name in given.get("delete", "").split(",") if name]
        rest = {name: value for name, value in given.items() if name not in ("delete", "digest")}
        values, errors = schema.check(schema.MAIL, rest)
        refuse_parameters(errors)
        if given.get("digest", self.digest) != self.digest:
            raise Refusal(500, "update config section 'mail' failed: detected modified configuration - "
                               "file changed by other user? Try again.")
        if not values and "delete" not in given:
            raise Refusal(500, "update config section 'mail' failed: no options specified")
        for name in unset:
            self.mail.pop(name, None)
        self.mail.update(values)
        self.touch("mail")

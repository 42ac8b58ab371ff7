# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes values from the schemas of the Gateway API's document: fitting ones, and ones with something wrong in them."""

import json
import random

# What a text stands for is told by the name of its member. Most of these the service can work with; some are valid to the
# schema only, and the service has to say so.
DOMAINS = ("example.com", "example.org", ".example.com", "пример.рф", "xn--e1afmkfd.xn--p1ai", "a.b.c.d.example.net",
           "EXAMPLE.info", "straße.example", "co.uk", "sub.example.com", "x" * 63 + ".example")
HOSTS = ("10.0.0.20", "10.0.0.21", "mail.example.net", "2001:db8:1::20", "edge.test", "почта.рф", "gw.example.com", "127.0.0.1")
NETWORKS = ("10.0.0.20/32", "10.0.0.0/8", "192.168.7.9/24", "2001:db8:1::/64", "2001:db8::1", "10.0.0.21", "172.16.0.0/12")
ADDRESSES = ("203.0.113.9", "203.0.113.77", "10.0.0.20", "127.0.0.1", "2001:db8:9::9", "::1")
MAILBOXES = ("alice@example.com", "nobody@example.com", "carol@example.org", "оля@пример.рф", "x@elsewhere.test",
             "\"a b\"@example.com", "a%b@example.com", "postmaster@example.com")
WORDS = {"name": DOMAINS, "host": HOSTS, "Host": HOSTS, "Network": NETWORKS, "client": ADDRESSES, "recipient": MAILBOXES,
         "sender": MAILBOXES + ("",), "domain": DOMAINS, "address": ADDRESSES}

# What no text of a plan is.
ODD_TEXTS = ("", " ", ".", "..", "@", "*", "\0", "\x7f", "\r\n", "a\nb", "\u202e", "\ud800", "\ufeff", "\u2028", "x" * 300,
             "я" * 300, "a." * 500, "xn--", "xn--a", "-", "a..b", "[::1]", "::ffff:10.0.0.1", "010.1.1.1", "1.2.3", "10.0.0.0/33",
             "10.0.0.0/-1", "::/129", "null", "true", "$relayhost", "lmdb:/etc/passwd", "../../etc/passwd", "%n%s%n", "'\"<>&",
             "𝒶.example", "a\u0301.example", "\ufdd0.example")
ODD_NUMBERS = (0, -1, 1, 24.5, 1e308, -1e308, 2**31, 2**32 + 25, 2**53, 2**63 - 1, 2**63, 2**64 + 25, 10**400, 65536, -0.0)
OTHER_TYPES = (None, True, False, 0, "text", [], {}, [[]], [{}], {"": ""})


class SchemaSamples:
    """Values for schemas of DOCUMENT. CHANCE decides everything."""

    def __init__(self, document: dict, chance: random.Random):
        self._document = document
        self._chance = chance

    def fitting(self, schema: dict, name: str = "") -> object:
        """A value that SCHEMA allows; NAME is that of the member it is for."""
        if "$ref" in schema:
            return self.fitting(self.resolve(schema), schema["$ref"].rpartition("/")[2] if name == "" else name)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self._chance.choice(schema["enum"])
        for choice in ("oneOf", "anyOf"):
            if choice in schema:
                return self.fitting(self._chance.choice(schema[choice]), name)
        if "allOf" in schema:
            return self._merged([*schema["allOf"], {key: value for key, value in schema.items() if key != "allOf"}], name)
        return self._of_type(schema, name)

    def spoiled(self, value: object) -> object:
        """VALUE with one thing in it that is probably wrong."""
        places = list(self._places(value, ()))
        path = self._chance.choice(places)
        if not path:
            return self._spoil(value)
        copy = json.loads(json.dumps(value))
        parent = copy
        for key in path[:-1]:
            parent = parent[key]
        if self._chance.random() < 0.15 and isinstance(parent, dict):
            del parent[path[-1]]
        else:
            parent[path[-1]] = self._spoil(parent[path[-1]])
        return copy

    def resolve(self, node: dict) -> dict:
        """NODE, or what it refers to within the document."""
        while "$ref" in node:
            target = self._document
            for part in node["$ref"][2:].split("/"):
                target = target[part]
            node = target
        return node

    def _merged(self, schemas: list[dict], name: str) -> object:
        values = [self.fitting(schema, name) for schema in schemas if schema]
        objects = [value for value in values if isinstance(value, dict)]
        return {key: item for value in objects for key, item in value.items()} if objects else values[0]

    def _of_type(self, schema: dict, name: str) -> object:
        kind = schema.get("type", "object" if "properties" in schema else "string")
        return getattr(self, f"_{self._chance.choice(kind) if isinstance(kind, list) else kind}")(schema, name)

    def _object(self, schema: dict, _name: str) -> dict:
        required = schema.get("required", ())
        return {member: self.fitting(description, member) for member, description in schema.get("properties", {}).items()
                if member in required or self._chance.random() < 0.6}

    def _array(self, schema: dict, name: str) -> list:
        length = max(schema.get("minItems", 0), self._chance.choice((0, 1, 1, 2, 2, 3, 5)))
        items = [self.fitting(schema["items"], "" if "$ref" in schema["items"] else name) for _ in range(length)]
        return list({json.dumps(item): item for item in items}.values())

    def _string(self, schema: dict, name: str) -> str:
        words = WORDS.get(name) or schema.get("examples") or ("text",)
        if self._chance.random() < 0.1:
            words = [word for word in ODD_TEXTS if len(word) <= schema.get("maxLength", 1000)]
        return self._chance.choice(words)

    def _integer(self, schema: dict, _name: str) -> int:
        least, most = schema.get("minimum", -2**31), schema.get("maximum", 2**31)
        return self._chance.choice((least, most, 25, self._chance.randint(least, most)))

    def _boolean(self, _schema: dict, _name: str) -> bool:
        return self._chance.random() < 0.5

    def _null(self, _schema: dict, _name: str) -> None:
        return None

    def _places(self, value: object, path: tuple):
        yield path
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, item in items:
            yield from self._places(item, (*path, key))

    def _spoil(self, value: object) -> object:
        kinds = [lambda: self._chance.choice(OTHER_TYPES), lambda: self._chance.choice(ODD_TEXTS),
                 lambda: self._chance.choice(ODD_NUMBERS)]
        if isinstance(value, dict):
            kinds.append(lambda: value | {self._chance.choice((*ODD_TEXTS, "colour", "a/b", "a~b")): 1})
        if isinstance(value, list) and value:
            kinds.append(lambda: value + [self._chance.choice(value)])
        if isinstance(value, str):
            kinds.append(lambda: value + self._chance.choice(ODD_TEXTS))
            kinds.append(lambda: self._chance.choice(ODD_TEXTS) + value)
        return self._chance.choice(kinds)()

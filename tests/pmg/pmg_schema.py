# SPDX-License-Identifier: GPL-3.0-or-later
"""What a Proxmox Mail Gateway takes as a parameter, and what it says about one that it does not take.

As observed on pmg-api 9.1.0; the texts are the server's own."""

import ipaddress
import re

LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
NAME = re.compile(rf"^({LABEL}\.)*{LABEL}$")
DOMAIN = re.compile(rf"^\.?({LABEL}\.)*{LABEL}$")
EMAIL = re.compile(rf"^[^\s@:;&=/]+@({LABEL}\.)*{LABEL}$")


class Wrong(Exception):
    """A parameter is not taken; the text says why."""


def address(value: str) -> bool:
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return NAME.match(value) is not None and not re.match(r"^[0-9.]+$", value)
    return True


def transport_address(value: str) -> bool:
    return address(value.removeprefix("ipv6:")) and not value.startswith("ipv6:[")


def is_literal(value: str) -> bool:
    try:
        ipaddress.ip_address(value.removeprefix("ipv6:"))
    except ValueError:
        return False
    return True


def cidr(value: str) -> bool:
    """An address with its prefix; host bits, letter case and leading zeros of the length are the writer's freedom."""
    host, slash, length = value.partition("/")
    if not slash or not re.match(r"^[0-9]+$", length):
        return False
    try:
        parsed = ipaddress.ip_address(host)
    except ValueError:
        return False
    return 8 <= int(length) <= parsed.max_prefixlen


def check_domain(value: str) -> str:
    if not DOMAIN.match(value):
        raise Wrong("invalid format - value does not look like a valid transport domain\n")
    return value


def check_transport_domain(value: str) -> str:
    if not DOMAIN.match(value) and not EMAIL.match(value):
        raise Wrong("invalid format - value does not look like a valid transport domain or email address\n")
    return value


def check_transport_address(value: str) -> str:
    if not transport_address(value):
        raise Wrong("invalid format - value does not look like a valid address\n")
    return value


def check_address(value: str) -> str:
    if not address(value):
        raise Wrong(f"invalid format - value does not look like a valid address: {value}\n")
    return value


def check_cidr(value: str) -> str:
    if not cidr(value):
        raise Wrong("invalid format - value does not look like a valid CIDR network\n")
    return value


def check_boolean(value: str) -> int:
    if value not in ("0", "1"):
        raise Wrong(f"type check ('boolean') failed - got '{value}'")
    return int(value)


def check_text(value: str) -> str:
    return value


def integer(low: int, high: int | None = None):
    def check(value: str) -> int:
        if not re.match(r"^-?[0-9]+$", value):
            raise Wrong(f"type check ('integer') failed - got '{value}'")
        if int(value) < low:
            raise Wrong(f"value must have a minimum value of {low}")
        if high is not None and int(value) > high:
            raise Wrong(f"value must have a maximum value of {high}")
        return int(value)

    return check


def one_of(*values: str):
    def check(value: str) -> str:
        if value not in values:
            raise Wrong(f"value '{value}' does not have a value in the enumeration '{', '.join(values)}'")
        return value

    return check


PORT = integer(1, 65535)

MAIL = {
    "relay": check_address, "relayport": PORT, "relayprotocol": one_of("smtp", "lmtp"), "relaynomx": check_boolean,
    "smarthost": check_address, "smarthostport": PORT, "verifyreceivers": one_of("450", "550"), "spf": check_boolean,
    "int_port": PORT, "ext_port": PORT, "before_queue_filtering": check_boolean, "ndr_on_block": check_boolean,
    "dwarning": integer(0), "tls": check_boolean, "greylist": check_boolean, "banner": check_text,
    "maxsize": integer(1024), "hide_received": check_boolean, "queue-lifetime": integer(1, 100),
}

TRANSPORT = {"host": check_transport_address, "protocol": one_of("smtp", "lmtp"), "port": PORT,
             "use_mx": check_boolean, "comment": check_text}


def check(schema: dict, given: dict[str, str], required: tuple[str, ...] = ()) -> tuple[dict, dict[str, str]]:
    """What GIVEN comes to, and what is wrong with it."""
    values, errors = {}, {}
    for name in required:
        if name not in given:
            errors[name] = "property is missing and it is not optional"
    for name, value in given.items():
        if name not in schema:
            errors[name] = "property is not defined in schema and the schema does not allow additional properties"
            continue
        try:
            values[name] = schema[name](value)
        except Wrong as wrong:
            errors[name] = str(wrong)
    return values, errors

# SPDX-License-Identifier: GPL-3.0-or-later
"""In which ways a gateway misbehaves. `pmg_server.Server` and `faulty_proxy.Proxy` know each of them."""

from dataclasses import dataclass

NEVER = 10_000

# What a request is answered with; those marked with * are carried out all the same.
KINDS = {
    "connection refused": {"kind": "refused"},
    "reset before it was read": {"kind": "reset-before"},
    "reset after it was carried out": {"kind": "reset-after"},
    "time-out": {"kind": "silence"},
    "time-out, carried out*": {"kind": "silence-after"},
    "401, expired": {"kind": "status", "status": 401},
    "403": {"kind": "status", "status": 403},
    "403 from then on": {"kind": "status", "status": 403, "times": NEVER},
    "409": {"kind": "status", "status": 409},
    "412": {"kind": "status", "status": 412},
    "429 with Retry-After": {"kind": "status", "status": 429, "headers": "Retry-After: 1\r\n"},
    "500": {"kind": "status", "status": 500},
    "500 from then on": {"kind": "status", "status": 500, "times": NEVER},
    "502": {"kind": "status", "status": 502},
    "503": {"kind": "status", "status": 503},
    "truncated body*": {"kind": "truncated"},
    "wrong content type*": {"kind": "wrong-type"},
    "not JSON*": {"kind": "not-json"},
    "valid JSON of a wrong shape*": {"kind": "wrong-shape"},
    "100 MiB body*": {"kind": "huge"},
    "endless slow body*": {"kind": "drip"},
    "redirect elsewhere": {"kind": "redirect"},
    "certificate changed": {"kind": "certificate"},
}

# Proxmox's proxy gives up after a while, the daemon behind it does not.
LATE = {
    "595": {"kind": "status", "status": 595},
    "599, carried out while it is looked for*": {"kind": "late-0.02"},
    "599, carried out after it was tried again*": {"kind": "late-0.15"},
}


@dataclass
class Fault:
    """How request number AT, and the TIMES - 1 after it, are answered."""

    kind: str
    at: int
    times: int = 1
    status: int = 500
    headers: str = ""

# SPDX-License-Identifier: GPL-3.0-or-later
"""The practice network as a whole."""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

from . import addresses as a
from . import internal_server
from .dns import DnsServer
from .edge_gateway import EdgeGateway
from .gateway import Gateway
from .namespace import WORLD
from .outside_world import OutsideWorld
from .postfix_instance import PostfixInstance
from .sending import Attempt, send_until_decided

EVERYTHING = frozenset({"outside", "edge", "mail20", "mail21", "gateway"})


class PracticeNetwork:
    """Starts the servers it is asked for, side by side, and the DNS server always. `namespace.enter()` comes before.

    With `with` everything is stopped at the end, and the process may start another network; without it, the end of the
    process stops everything as well.
    """

    def __init__(self, build_directory: str | Path | None = None, *, servers: frozenset[str] | set[str] = EVERYTHING,
                 edge_verifies: bool = True, public_mx: str = "gateway", scanning: bool = False):
        """BUILD_DIRECTORY has posternd, and is needed for the server `gateway` only.

        SCANNING: whether the gateway has an Rspamd, which takes some seconds more to start.
        EDGE_VERIFIES and PUBLIC_MX (`gateway` or `edge`) say what stands in front: see the classes they go to.
        """
        unknown = set(servers) - EVERYTHING
        if unknown:
            raise ValueError(f"no such servers: {', '.join(unknown)}")
        self.directory = Path(tempfile.mkdtemp(prefix="world-", dir=WORLD))
        self.directory.chmod(0o755)
        self.dns = DnsServer(self.directory / "dns", public_mx)
        self.outside = OutsideWorld(self.directory / "outside") if "outside" in servers else None
        self.edge = EdgeGateway(self.directory / "edge", edge_verifies) if "edge" in servers else None
        self.mail20 = internal_server.mail20(self.directory / "mail20") if "mail20" in servers else None
        self.mail21 = internal_server.mail21(self.directory / "mail21") if "mail21" in servers else None
        self.gateway = None
        if "gateway" in servers:
            self.gateway = Gateway(self.directory / "gateway", Path(build_directory), scanning=scanning)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        self.dns.start()
        servers = (self.gateway, self.outside, self.edge, self.mail20, self.mail21)
        with ThreadPoolExecutor(len(servers)) as pool:
            list(pool.map(lambda server: server.start(), filter(None, servers)))

    def stop(self) -> None:
        if self.gateway is not None:
            self.gateway.stop_service()
            if self.gateway.rspamd is not None:
                self.gateway.rspamd.stop()
        for postfix in self.postfixes():
            postfix.stop()
        self.dns.stop()

    def postfixes(self) -> list[PostfixInstance]:
        """The Postfix instances of this network."""
        gateway = self.gateway.postfix if self.gateway is not None else None
        return list(filter(None, (gateway, self.edge, self.mail20, self.mail21, self.outside)))

    def send_from_outside(self, recipient: str, **options) -> Attempt:
        """Somebody whom the gateway does not trust sends a message to RECIPIENT: see sending.send for the options."""
        return self.send(a.OUTSIDE, "joe@sender.test", recipient, **options)

    def send_from_inside(self, recipient: str, **options) -> Attempt:
        """alice's mail server sends a message to RECIPIENT through the gateway."""
        return self.send(a.MAIL20, "alice@example.com", recipient, **options)

    def send(self, source: str, sender: str, recipient: str, **options) -> Attempt:
        return send_until_decided(source, sender, recipient, **options)

    def recent_logs(self) -> str:
        """The ends of all logs, for the diagnostics of a failed test."""
        lines = []
        for postfix in self.postfixes():
            lines += [f"--- {postfix.name}", *postfix.log.tail()]
        if self.gateway is not None and self.gateway.log.exists():
            lines += ["--- posternd", *self.gateway.log.read_text(errors="replace").splitlines()[-30:]]
        if self.gateway is not None and self.gateway.rspamd is not None:
            lines += ["--- rspamd", *self.gateway.rspamd.tail()]
        return "\n".join(lines)

# SPDX-License-Identifier: GPL-3.0-or-later
"""The practice network's DNS server: dnsmasq, which answers for the whole world and asks nobody."""

import os
import signal
import subprocess
from pathlib import Path

from . import addresses as a
from .dns_query import query
from .waiting import wait_until

# name: its addresses (PTR records follow from them)
HOSTS = {
    a.GATEWAY_NAME: (a.GATEWAY, a.GATEWAY6),
    "mail.example.com": (a.MAIL20, a.MAIL20_6),
    "mail.example.org": (a.MAIL21, a.MAIL21_6),
    "edge.test": (a.EDGE, a.EDGE6),
    "mx1.edge.test": (a.EDGE_MX1,),
    "mx2.edge.test": (a.EDGE_MX2,),
    "edge4.test": (a.EDGE,),
    "edge6.test": (a.EDGE6,),
    "mx.elsewhere.test": (a.OUTSIDE_MX, a.OUTSIDE_MX6),
    "client.sender.test": (a.OUTSIDE, a.OUTSIDE6),
    "stranger.test": (a.STRANGER,),
}

# domain: its mail exchangers, the best first. The company's domains are not here, see DnsServer.set_public_mx.
MAIL_EXCHANGERS = {
    "edge.test": ("mx1.edge.test", "mx2.edge.test"),
    "internal.example.com": ("mail.example.com",),
    "elsewhere.test": ("mx.elsewhere.test",),
    "sender.test": ("mx.elsewhere.test",),
    "spoofed.test": ("mx.elsewhere.test",),
    # A local domain for which the gateway's own DNS names the internal server.
    "routed.example": ("mail.example.com",),
}

TEXTS = {
    "sender.test": f"v=spf1 ip4:{a.OUTSIDE} ip6:{a.OUTSIDE6} -all",
    "_dmarc.sender.test": "v=DMARC1; p=reject",
    "spoofed.test": "v=spf1 ip4:203.0.113.200 -all",
    "_dmarc.spoofed.test": "v=DMARC1; p=reject",
    # SPF without DMARC, DMARC that asks for less than refusal, and a domain that is only asked for when DNS is silent.
    "strict.test": f"v=spf1 ip4:{a.OUTSIDE} -all",
    "quarantine.test": f"v=spf1 ip4:{a.OUTSIDE} -all",
    "_dmarc.quarantine.test": "v=DMARC1; p=quarantine",
    "late.test": f"v=spf1 ip4:{a.OUTSIDE} -all",
    "_dmarc.late.test": "v=DMARC1; p=reject",
}

PUBLIC_MX = {"gateway": a.GATEWAY_NAME, "edge": "mx1.edge.test"}


class DnsServer:
    """dnsmasq on 10.0.0.53. The record tables may be changed; `reload` makes the changes seen."""

    def __init__(self, directory: Path, public_mx: str = "gateway"):
        """DIRECTORY takes configuration and log. PUBLIC_MX is who the company's MX records name: gateway or edge."""
        self.log = directory / "dnsmasq.log"
        self.hosts = dict(HOSTS)
        self.mail_exchangers = dict(MAIL_EXCHANGERS)
        self.texts = dict(TEXTS)
        self.set_public_mx(public_mx)
        self._directory = directory
        self._process: subprocess.Popen | None = None

    def set_public_mx(self, who: str) -> None:
        """Lets the MX records of the company's domains name WHO: `gateway` or `edge`."""
        for domain in a.COMPANY_DOMAINS:
            if domain.isascii() and domain != "routed.example":
                self.mail_exchangers[domain] = (PUBLIC_MX[who],)

    def start(self) -> None:
        self._directory.mkdir(parents=True, exist_ok=True)
        configuration = self._directory / "dnsmasq.conf"
        configuration.write_text("\n".join(self._lines()) + "\n")
        self._process = subprocess.Popen(["dnsmasq", f"--conf-file={configuration}"], stdin=subprocess.DEVNULL,
                                         start_new_session=True)
        wait_until(self._answers, "the DNS server's first answer")

    def stop(self) -> None:
        if self._process is not None:
            # Whoever asks by TCP is served by a child, which would keep the address taken.
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def reload(self) -> None:
        """dnsmasq reads MX and TXT records only when it starts."""
        self.stop()
        self.start()

    def fall_silent(self) -> None:
        """Takes questions and answers none, until `speak`."""
        self._process.send_signal(signal.SIGSTOP)

    def speak(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def _answers(self) -> bool:
        if self._process.poll() is not None:
            raise RuntimeError(f"dnsmasq ended with status {self._process.returncode}: {self.log.read_text()}")
        return query(a.GATEWAY_NAME, "A", timeout=0.2) is not None

    def _lines(self) -> list[str]:
        # keep-in-foreground rather than no-daemon: with the latter one TCP client blocks all others.
        lines = ["keep-in-foreground", "user=root", "pid-file=", "no-resolv", "no-hosts", "local=/#/",
                 f"listen-address={a.DNS}", "bind-interfaces", "log-queries", f"log-facility={self.log}"]
        lines += [f"host-record={name},{','.join(found)}" for name, found in self.hosts.items()]
        for domain, exchangers in self.mail_exchangers.items():
            lines += [f"mx-host={domain},{host},{10 * rank}" for rank, host in enumerate(exchangers, 1)]
        lines += [f'txt-record={name},"{text}"' for name, text in self.texts.items()]
        return lines

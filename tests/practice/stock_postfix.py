# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway's Postfix: as Debian's package leaves it after installation, in directories of its own."""

import shutil
from pathlib import Path

from . import addresses as a
from .postfix_instance import PostfixInstance, date_back

_INSTALLED = Path("/etc/postfix")


class StockPostfix(PostfixInstance):
    """Its configuration is the installed one plus what an instance needs; everything else is for posternd to set."""

    def __init__(self, directory: Path):
        super().__init__("gateway", a.GATEWAY_NAME, directory, (a.GATEWAY, a.GATEWAY6))
        self.settings = {}

    def write_configuration(self) -> None:
        """Copies the installed configuration the first time, and sets the parameters in `settings`."""
        if self.configuration.exists():
            self._set(self.settings)
        else:
            shutil.copytree(_INSTALLED, self.configuration)
            self._set(self._instance_settings() | self.settings)

    def _set(self, settings: dict[str, str]) -> None:
        values = [f"{name}={value}" for name, value in settings.items()]
        if values:
            self._run("postconf", "-c", str(self.configuration), "-e", *values)
        date_back(self.configuration / "main.cf")

    def _start_daemon(self) -> None:
        # Debian's start also fills the chroot that the services run in.
        self.queue.mkdir(parents=True, exist_ok=True)
        self.data.mkdir(exist_ok=True)
        shutil.chown(self.data, "postfix")
        self._start_with("postfix", "start")

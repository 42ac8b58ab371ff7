# SPDX-License-Identifier: GPL-3.0-or-later
"""The real swaks, for tests that want a client which the project did not write."""

import subprocess
from dataclasses import dataclass

from . import addresses
from .sending import new_message_id


@dataclass(frozen=True)
class SwaksResult:
    """`status` is swaks' exit status: 0 accepted, 23 refused at MAIL, 24 refused at RCPT, 25 and 26 refused at DATA."""
    status: int
    message_id: str
    transcript: str


def swaks(source: str, sender: str, recipient: str, *options: str, server: str = addresses.GATEWAY) -> SwaksResult:
    """Sends a message from the address SOURCE to SERVER. OPTIONS are swaks' own."""
    message_id = new_message_id()
    command = ["swaks", "--local-interface", source, "--server", server, "--helo", "client.sender.test",
               "--from", sender, "--to", recipient, "--header", f"Message-Id: {message_id}", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return SwaksResult(done.returncode, message_id, done.stdout + done.stderr)

# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail filter (milter) on a Unix socket that lets everything through and counts the messages."""

import shutil
import socket
import struct
from pathlib import Path

from connection_server import ConnectionServer


class MilterServer(ConnectionServer):
    """Listens at PATH, which Postfix may use, until it is left; `messages` says how many it was shown."""

    def __init__(self, path: Path):
        self.messages = 0
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(path))
        shutil.chown(path, "postfix")
        listener.listen()
        super().__init__(listener)

    def _talk(self, channel: socket.socket) -> None:
        """A packet is its length, a letter that says what it is, and more that nobody needs here. Those of macros (D) and of an
        end before the end (A) are not answered."""
        with channel.makefile("rb") as packets:
            while header := packets.read(4):
                command = packets.read(struct.unpack(">I", header)[0])[:1]
                if command == b"Q":
                    return
                self.messages += command == b"E"
                if command == b"O":
                    channel.sendall(struct.pack(">IcIII", 13, b"O", 6, 0, 0))
                elif command not in b"DA":
                    channel.sendall(struct.pack(">Ic", 1, b"c"))

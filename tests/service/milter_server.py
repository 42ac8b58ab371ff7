# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail filter (milter) on a Unix socket that lets everything through and counts the messages."""

import shutil
import socket
import struct
import threading
from pathlib import Path


class MilterServer:
    """Listens at the path SOCKET, which Postfix may use, until it is left; `messages` says how many it was shown."""

    def __init__(self, path: Path):
        self.messages = 0
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        shutil.chown(path, "postfix")
        self._listener.listen()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(30)

    def _serve(self) -> None:
        while True:
            try:
                channel, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(channel,), daemon=True).start()

    def _talk(self, channel: socket.socket) -> None:
        """A packet is its length, a letter that says what it is, and more that nobody needs here. Those of macros (D) and of an
        end before the end (A) are not answered."""
        with channel, channel.makefile("rb") as packets:
            while header := packets.read(4):
                command = packets.read(struct.unpack(">I", header)[0])[:1]
                if command == b"Q":
                    return
                self.messages += command == b"E"
                if command == b"O":
                    channel.sendall(struct.pack(">IcIII", 13, b"O", 6, 0, 0))
                elif command not in b"DA":
                    channel.sendall(struct.pack(">Ic", 1, b"c"))

# SPDX-License-Identifier: GPL-3.0-or-later
"""A server of a test's own: every connection has a thread."""

import socket
import threading


class ConnectionServer:
    """Serves what connects to LISTENER, which it closes, until it is left. What is said is up to `_talk` of a class of it."""

    def __init__(self, listener: socket.socket):
        self._listener = listener
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
            threading.Thread(target=self._attend, args=(channel,), daemon=True).start()

    def _attend(self, channel: socket.socket) -> None:
        with channel:
            try:
                self._talk(channel)
            except OSError:  # the client is gone
                pass

    def _talk(self, channel: socket.socket) -> None:
        raise NotImplementedError

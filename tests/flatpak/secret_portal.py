# SPDX-License-Identifier: GPL-3.0-or-later
"""What a desktop gives a sandboxed program that wants to keep a secret."""

import os
import subprocess
from pathlib import Path

from journey.secret_service import Keyring, wait_for_name

_PROGRAM = Path("/usr/libexec/xdg-desktop-portal")


class SecretPortal:
    """org.freedesktop.portal.Secret, with an unlocked keyring behind it.

    A program in a sandbox gets a master secret of its own from it, by which it encrypts its secrets in a file of its own.
    """

    def __init__(self):
        self._keyring = Keyring()

    def __enter__(self):
        self._keyring.unlock()
        # GNOME is where the keyring's back end wants to be used.
        self._process = subprocess.Popen([_PROGRAM], env=dict(os.environ, XDG_CURRENT_DESKTOP="GNOME"), stdin=subprocess.DEVNULL,
                                         stdout=subprocess.DEVNULL)
        wait_for_name("org.freedesktop.portal.Desktop")
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(30)
        self._keyring.stop()

# SPDX-License-Identifier: GPL-3.0-or-later
"""A real keyring, and session buses with and without one."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

NAME = "org.freedesktop.secrets"
_INSIDE = "POSTERN_TEST_BUS"


class Keyring:
    """gnome-keyring-daemon with the keyring “login”, made and unlocked by a password as at a login."""

    def __init__(self, password: str = "of the keyring"):
        self._password = password

    def _run(self, *words: str) -> None:
        self._process = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--components=secrets", *words],
                                         stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def unlock(self) -> None:
        self._run("--unlock")
        self._process.stdin.write(self._password.encode())
        self._process.stdin.close()
        wait_for_name(NAME)

    def leave_locked(self) -> None:
        self._run()
        wait_for_name(NAME)

    def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(30)

    @staticmethod
    def find() -> str:
        """What secret-tool, which is not ours, finds."""
        done = subprocess.run(["secret-tool", "search", "--all", "xdg:schema", "io.github.postern.Postern.Token"],
                              capture_output=True, text=True, timeout=60)
        return done.stdout + done.stderr


def wait_for_name(name: str) -> None:
    """Until somebody has NAME on the session bus."""
    subprocess.run(["gdbus", "wait", "--session", "--timeout", "60", name], stdout=subprocess.DEVNULL, check=True)


def is_on_bare_bus() -> bool:
    return _INSIDE in os.environ


def go_to_bare_bus(*arguments: str) -> None:
    """Starts the running script anew, with ARGUMENTS, on a session bus that starts nothing but the accessibility bus: there is no
    keyring and no portal on it that the script does not start. Does not come back; there, is_on_bare_bus() says so."""
    place = Path(tempfile.mkdtemp(dir=os.environ["XDG_RUNTIME_DIR"]))
    shutil.copy("/usr/share/dbus-1/services/org.a11y.Bus.service", place)
    file = place / "session.conf"
    file.write_text(f"""<busconfig><type>session</type><listen>unix:tmpdir={place}</listen><servicedir>{place}</servicedir>
<policy context="default"><allow send_destination="*"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>""")
    os.environ[_INSIDE] = "bare"
    # What the bus starts speaks to standard error, and the test to standard output, as tests/run-in-display has it.
    os.dup2(1, 9)
    os.dup2(2, 1)
    os.execvp("dbus-run-session", ["dbus-run-session", f"--config-file={file}", "--", "sh", "-c", 'exec "$@" >&9 9>&-', "sh",
                                   sys.executable, sys.argv[0], *arguments])

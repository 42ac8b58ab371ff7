#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The systemd unit of posternd: how far it is shut in, and that systemd understands it."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "practice"))

from tap import Tap, skip_all  # noqa: E402

UNIT = Path(os.environ["POSTERN_BUILD_DIR"]) / "data" / "systemd" / "posternd.service"
MOST_EXPOSED = 3.0


def check_exposure() -> float:
    # Not by --threshold, which says nothing of how near it is.
    done = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", str(UNIT)], capture_output=True, text=True,
                          env=dict(os.environ, LC_ALL="C.UTF-8"), check=False)
    found = re.search(r"Overall exposure level for \S+: (\d+\.\d+)", done.stdout)
    assert found, done
    assert float(found.group(1)) <= MOST_EXPOSED, done.stdout
    return float(found.group(1))


def check_understood() -> None:
    """What systemd has to say of the unit, beside that the program and its manual are not installed here."""
    with tempfile.TemporaryDirectory() as directory:
        copy = Path(directory) / UNIT.name
        copy.write_text(re.sub(r"^ExecStart=.*$", "ExecStart=/bin/true", UNIT.read_text(), flags=re.MULTILINE))
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(copy)], capture_output=True,
                              text=True, env=dict(os.environ, LC_ALL="C.UTF-8"), check=False)
        about = [line for line in done.stderr.splitlines() if UNIT.name in line]
        assert not about, "\n".join(about)


def main() -> int:
    if shutil.which("systemd-analyze") is None:
        skip_all("there is no systemd-analyze here")
    tap = Tap()
    with tap.test(f"the unit's exposure is at most {MOST_EXPOSED}"):
        tap.diagnose(f"systemd-analyze security: {check_exposure()}")
    with tap.test("systemd understands every line of it"):
        check_understood()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: GPL-3.0-or-later
"""Changing files that a running program reads."""

import os
import shutil
from pathlib import Path


def replace_text(path: Path, text: str) -> None:
    """PATH says TEXT from one moment to the next, with the mode it had.

    Postfix reads its configuration whenever one of its processes starts. One that finds a file half written ends at
    once, and the master starts no other in its place for a minute.
    """
    part = path.with_name(path.name + ".part")
    part.write_text(text)
    shutil.copymode(path, part)
    os.replace(part, path)

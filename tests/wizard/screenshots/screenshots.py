#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The screenshot matrix: every scene of the wizard in four languages, narrow and wide, light and dark, with high contrast and
with large text, each looked at for texts that are cut off, shortened or covered.

Usage: screenshots.py take-screenshots DIRECTORY [LANGUAGE…]

The pictures are left in DIRECTORY. Speaks TAP: one test a language.
"""

import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys

LOCALES = {"en": "en_US.UTF-8", "ru": "ru_RU.UTF-8", "cs": "cs_CZ.UTF-8", "fr": "fr_FR.UTF-8"}
SUMMARY = re.compile(r"^(\d+) pictures, (\d+) faults$")
SECONDS = 900


def take(program, directory, language):
    """Plays every scene in one language; what the program printed and how it ended."""
    environment = {**os.environ, "LC_ALL": LOCALES[language], "LANGUAGE": language}
    if "XDG_STATE_HOME" in environment:  # recent plans are kept there, and each language has its own
        environment["XDG_STATE_HOME"] += f"/{language}"
    answer = subprocess.run([program, language, directory], env=environment, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True, timeout=SECONDS, check=False)
    return answer.returncode, answer.stdout.splitlines()


def report(number, language, status, lines):
    """Prints the test of a language; returns how many pictures and faults there were."""
    summary = SUMMARY.match(lines[-1]) if lines else None
    pictures, faults = (int(summary[1]), int(summary[2])) if summary else (0, 1)
    good = status == 0 and pictures > 0 and faults == 0
    for line in lines:
        print(f"# {line}")
    print(f"{'ok' if good else 'not ok'} {number} {language}", flush=True)
    return pictures, faults, good


def main():
    program, directory = sys.argv[1], pathlib.Path(sys.argv[2])
    languages = sys.argv[3:] or list(LOCALES)
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    print(f"1..{len(languages)}", flush=True)
    pictures = faults = 0
    all_good = True
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        answers = pool.map(lambda language: take(program, directory, language), languages)
        for number, (language, (status, lines)) in enumerate(zip(languages, answers), 1):
            some_pictures, some_faults, good = report(number, language, status, lines)
            pictures += some_pictures
            faults += some_faults
            all_good = all_good and good
    print(f"# screenshots: {pictures} pictures, {faults} labels cut off")
    return 0 if all_good else 1


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What bash, zsh and fish offer when somebody presses Tab: asked of the shells themselves."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "practice"))

from tap import Tap  # noqa: E402

BUILD = Path(os.environ["POSTERN_BUILD_DIR"])
SCRIPTS = TOP / "data" / "completions"

_BASH = r"""
source "$1"
COMP_LINE=$2 COMP_POINT=${#2}
COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
read -r -a COMP_WORDS <<<"$2"
[[ $2 != *' ' ]] || COMP_WORDS+=('')
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
$(complete -p "${COMP_WORDS[0]}" | sed -n 's/.*-F \([^ ]*\).*/\1/p')
printf '%s\n' "${COMPREPLY[@]}"
"""

# zsh completes only in a terminal that somebody types into: zpty is one. Every match is printed between two marks.
# zsh completes only in a terminal that somebody types into: zpty is one. There, everything that is offered to zsh goes to a file.
_ZSH = r"""
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "source $1"
zpty -r -m shell line "*READY*" || exit 1
zpty -w -n shell "$2"$'\t'
while zpty -r shell line; do :; done
"""
_ZSH_SETTINGS = r"""
fpath=({scripts} $fpath)
autoload -U compinit
compinit -u -D
bindkey '^I' complete-word
unsetopt beep
zstyle ':completion:*' insert-tab false
comppostfuncs=(exit)
compadd () {{
    local -a found suffix
    if [[ " ${{@[1,(i)(-|--)]}} " == *" -"[OAD]" "* ]]; then
        builtin compadd "$@"
        return
    fi
    builtin compadd -O found "$@"
    zparseopts -E -a suffix S: P:
    (( $#found )) && print -rl -- $IPREFIX$^found >>{answer}
    builtin compadd "$@"
}}
print REA''DY
"""


def complete_in_bash(line: str, directory: Path) -> list[str]:
    program = line.split()[0]
    return _run(["bash", "--norc", "-c", _BASH, "bash", str(SCRIPTS / f"{program}.bash"), line], directory)


def complete_in_fish(line: str, directory: Path) -> list[str]:
    program = line.split()[0]
    script = f"source {SCRIPTS / program}.fish; complete --do-complete $argv[1]"
    return [text.split("\t")[0] for text in _run(["fish", "--no-config", "-c", script, line], directory)]


def complete_in_zsh(line: str, directory: Path) -> list[str]:
    with tempfile.TemporaryDirectory() as place:
        settings, answer = Path(place, "settings"), Path(place, "answer")
        settings.write_text(_ZSH_SETTINGS.format(scripts=SCRIPTS, answer=answer))
        answer.touch()
        _run(["zsh", "-f", "-c", _ZSH, "zsh", str(settings), line], directory)
        return [text.rstrip("/ ") for text in answer.read_text().splitlines() if text]


def _run(command: list[str], directory: Path) -> list[str]:
    programs = f"{BUILD / 'src' / 'cli'}:{BUILD / 'src' / 'service'}:{os.environ['PATH']}"
    with tempfile.TemporaryDirectory() as home:
        environment = dict(os.environ, PATH=programs, HOME=home, XDG_CONFIG_HOME=home, XDG_DATA_HOME=home, TERM="dumb")
        done = subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, f"{command[0]}: {done.stderr}"
    assert not done.stderr, f"{command[0]} said: {done.stderr}"
    return [text.rstrip("/ ") for text in done.stdout.splitlines() if text]


def commands_of(program: str) -> set[str]:
    text = subprocess.run([_built(program), "--help"], capture_output=True, text=True, check=True).stdout
    return {words.split()[0] for words in re.findall(r"^  ([a-z].*)$", text, re.MULTILINE)} - {program}


def options_of(program: str, *command: str) -> set[str]:
    text = subprocess.run([_built(program), *command, "--help"], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"^  (?:-\w, )?(--[a-z-]+=?)", text, re.MULTILINE))


def _built(program: str) -> Path:
    return next(path for path in (BUILD / "src" / "cli" / program, BUILD / "src" / "service" / program) if path.exists())


def check_shell(tap: Tap, name: str, complete, place: Path) -> None:
    def assert_offered(line: str, wanted: set[str]) -> None:
        found = set(complete(line, place))
        assert found == wanted, f"{line}: {sorted(found)}, not {sorted(wanted)}"

    commands = commands_of("posternctl")
    with tap.test(f"{name} offers every command of posternctl"):
        assert {"check", "push", "verify"} <= commands, commands
        offered = set(complete("posternctl ", place))
        assert commands <= offered and offered - commands <= {"--help", "--version"}, offered
        assert_offered("posternctl ver", {"verify"})
    with tap.test(f"{name} offers the options of each of them, and no other"):
        for command in sorted(commands):
            assert_offered(f"posternctl {command} --", options_of("posternctl", command))
    with tap.test(f"{name} offers the values of options"):
        found = {text.rpartition("=")[2] for text in complete("posternctl show --as=", place)}
        assert found == {"text", "json", "postfix", "runbook"}, found
        found = {text.rpartition("=")[2] for text in complete("posternctl push --token-file=to", place)}
        assert found == {"token"}, found
    with tap.test(f"{name} offers plan files, and nothing else, for a plan"):
        found = set(complete("posternctl check c", place))
        assert found == {"corp.postern"}, found
    with tap.test(f"{name} offers the commands of posternd, word by word"):
        assert_offered("posternd ", commands_of("posternd"))
        assert_offered("posternd token ", {"add", "list", "remove"})
    with tap.test(f"{name} offers the options of posternd"):
        assert_offered("posternd --", options_of("posternd"))
        found = {text.rpartition("=")[2] for text in complete("posternd --role=", place)}
        assert found == {"write", "read"}, found


def main() -> int:
    tap = Tap()
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        for name in ("corp.postern", "corp.txt", "token"):
            (place / name).touch()
        check_shell(tap, "bash", complete_in_bash, place)
        check_shell(tap, "fish", complete_in_fish, place)
        check_shell(tap, "zsh", complete_in_zsh, place)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())

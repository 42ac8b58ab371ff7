#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Becomes a command under the restrictions of a systemd unit, as far as a process can put itself under them.

Usage: shut_in.py UNIT WRITABLE[:WRITABLE…] COMMAND…

These of the unit's settings take effect as the unit has them: ProtectSystem=strict (but for WRITABLE, which stand in for
ReadWritePaths=), CapabilityBoundingSet=, NoNewPrivileges=, SystemCallFilter= and RestrictAddressFamilies=. The caller is
root in a mount namespace.
"""

import ctypes
import os
import platform
import re
import struct
import subprocess
import sys
from pathlib import Path

HEADERS = Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")
FAMILIES = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10, "AF_NETLINK": 16}

# linux/prctl.h, linux/seccomp.h, linux/bpf_common.h, linux/audit.h
PR_CAPBSET_DROP, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 24, 22, 38
SECCOMP_MODE_FILTER, ALLOW, ERRNO = 2, 0x7FFF0000, 0x00050000
LOAD, EQUALS, RETURN = 0x20, 0x15, 0x06
X86_64 = 0xC000003E
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16
EPERM, EAFNOSUPPORT = 1, 97

CAPABILITIES = ("CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE "
                "NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN "
                "SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE "
                "MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE").split()


def can_shut_in() -> bool:
    return platform.machine() == "x86_64" and HEADERS.exists() and Path("/usr/bin/systemd-analyze").exists()


def settings_of(unit: Path) -> dict[str, list[str]]:
    return {name: value.split() for name, value in re.findall(r"^([A-Za-z]+)=(.*)$", unit.read_text(), re.MULTILINE)}


def protect_files(writable: list[str]) -> None:
    """Everything is mounted read-only but WRITABLE and what the kernel gives (systemd.exec(5), ProtectSystem=strict)."""
    for path in writable:
        subprocess.run(["mount", "--bind", path, path], check=True)
    for line in reversed(Path("/proc/self/mountinfo").read_text().splitlines()):
        path = line.split()[4]
        apart = any(path == kept or path.startswith(kept + "/") for kept in (*writable, "/dev", "/proc", "/sys", "/run", "/tmp"))
        if not apart:
            subprocess.run(["mount", "-o", "remount,bind,ro", path], check=True, capture_output=True)


def drop_capabilities(libc: ctypes.CDLL, kept: list[str]) -> None:
    for number, name in enumerate(CAPABILITIES):
        if f"CAP_{name}" not in kept:
            libc.prctl(PR_CAPBSET_DROP, number, 0, 0, 0)


def expand(names: list[str]) -> set[str]:
    """The system calls in systemd's sets of that name."""
    calls = set()
    for name in names:
        if not name.startswith("@"):
            calls.add(name)
            continue
        listing = subprocess.run(["systemd-analyze", "--no-pager", "syscall-filter", name], capture_output=True, text=True, check=True,
                                 env=dict(os.environ, LC_ALL="C.UTF-8", SYSTEMD_COLORS="0")).stdout
        calls |= expand([line.strip() for line in listing.splitlines()[1:] if line.strip() and not line.strip().startswith("#")])
    return calls


def filter_calls(libc: ctypes.CDLL, calls: set[str], families: list[str]) -> None:
    numbers = {name: int(number) for name, number in re.findall(r"#define __NR_(\w+) (\d+)", HEADERS.read_text())}
    program = [(LOAD, 0, 0, ARCHITECTURE), (EQUALS, 1, 0, X86_64), (RETURN, 0, 0, ERRNO | EPERM), (LOAD, 0, 0, NUMBER)]
    for name in sorted(calls & numbers.keys() - {"socket"}):
        program += [(EQUALS, 0, 1, numbers[name]), (RETURN, 0, 0, ALLOW)]
    program += [(EQUALS, 1, 0, numbers["socket"]), (RETURN, 0, 0, ERRNO | EPERM), (LOAD, 0, 0, FIRST_ARGUMENT)]
    for family in families:
        program += [(EQUALS, 0, 1, FAMILIES[family]), (RETURN, 0, 0, ALLOW)]
    program.append((RETURN, 0, 0, ERRNO | EAFNOSUPPORT))
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in program))
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(program), ctypes.addressof(code)))
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, header, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "cannot filter system calls")


def main() -> None:
    unit, writable, command = Path(sys.argv[1]), sys.argv[2].split(":"), sys.argv[3:]
    settings = settings_of(unit)
    calls = expand(settings["SystemCallFilter"])
    libc = ctypes.CDLL(None, use_errno=True)
    os.unshare(os.CLONE_NEWNS)
    protect_files(writable)
    drop_capabilities(libc, settings["CapabilityBoundingSet"])
    assert settings["NoNewPrivileges"] == ["yes"] and libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
    filter_calls(libc, calls, settings["RestrictAddressFamilies"])
    os.execv(command[0], command)


if __name__ == "__main__":
    main()

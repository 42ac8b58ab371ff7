# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts the running script into mount, network and process namespaces of its own.

Everything a test starts ends with the script, however it ends: the script becomes a child of process 1 of a new process
namespace, and process 1 dies with the process that called `enter()`. Everything a test writes goes to a tmpfs that only
this mount namespace sees, so nothing has to be removed. Works for root and for the root of an ordinary user's namespace
(`unshare --user --map-auto --map-root-user`), which is how the development root is entered.
"""

import ctypes
import os
import pwd
import select
import signal
import subprocess
import sys
from pathlib import Path

from . import addresses

# /var/spool exists on every system, and Postfix lets log files be anywhere under /var.
WORLD = Path("/var/spool")

_PR_SET_PDEATHSIG = 1


class NamespaceUnavailable(Exception):
    """This process may not make the namespaces; the text says why, and a test skips with it."""


def enter() -> None:
    """Moves the caller into the practice namespaces. Must be called before any thread is started.

    The calling process stays outside, waits, and exits with the status of the child that returns from here.
    Raises NamespaceUnavailable, in the calling process, where namespaces or the servers' user ids are not to be had.
    """
    if os.geteuid() != 0:
        raise NamespaceUnavailable("the practice network needs root, or the root of a user namespace")
    _unshare(os.CLONE_NEWNS | os.CLONE_NEWNET)
    _mount_world()
    _check_user_ids()
    _bring_up_addresses()
    _lengthen_datagram_queues()
    # Last, because the next child of this process will be process 1 of the new process namespace.
    _unshare(os.CLONE_NEWPID)
    _become_child_of_init()
    _mount_proc()


def uncover_proc() -> None:
    """Takes away what covers parts of /proc, in a mount namespace of the caller's own.

    bubblewrap lays read-only mounts over some of it, and the kernel lets no sandbox inside have a /proc of its own then.
    """
    _unshare(os.CLONE_NEWNS)
    _run("mount", "--make-rprivate", "/")
    mounts = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    for mount in sorted((mount for mount in mounts if mount.startswith("/proc/")), reverse=True):
        _run("umount", mount)


def _unshare(flags: int) -> None:
    try:
        os.unshare(flags)
    except OSError as error:
        raise NamespaceUnavailable(f"cannot make namespaces: {error.strerror}") from error


def _run(*command: str, text: str | None = None, check: bool = True) -> None:
    done = subprocess.run(command, input=text, text=True, capture_output=True, check=False)
    if check and done.returncode != 0:
        raise NamespaceUnavailable(f"{command[0]}: {done.stderr.strip() or done.returncode}")


def _mount_world() -> None:
    _run("mount", "--make-rprivate", "/")
    _run("mount", "-t", "tmpfs", "-o", "mode=0755", "practice", str(WORLD))
    _replace_file("/etc/resolv.conf", f"nameserver {addresses.DNS}\noptions timeout:2 attempts:2\n")
    _replace_file("/etc/hosts", "127.0.0.1 localhost\n::1 localhost\n")


def _replace_file(path: str, text: str) -> None:
    """Lays a file with TEXT over PATH; the file below stays as it is."""
    copy = WORLD / ("etc-" + os.path.basename(path))
    copy.write_text(text)
    _run("mount", "--bind", str(copy), os.path.realpath(path))


def _check_user_ids() -> None:
    probe = WORLD / "user-id-probe"
    probe.touch()
    try:
        os.chown(probe, pwd.getpwnam("postfix").pw_uid, -1)
    except KeyError as error:
        raise NamespaceUnavailable("Postfix is not installed") from error
    except OSError as error:
        raise NamespaceUnavailable("this user namespace has no subordinate user ids for Postfix") from error
    finally:
        probe.unlink()


def _bring_up_addresses() -> None:
    lines = ["link set lo up"]
    for address in addresses.ALL:
        lines.append(f"address add {address}/{128 if ':' in address else 32} dev lo")
    _run("ip", "-batch", "-", text="\n".join(lines) + "\n")


def _lengthen_datagram_queues() -> None:
    """As systemd does at boot: with the kernel's own 10, all of Postfix stands still when master(8) has something to log while
    postlogd(8), which only master can start, is not running and the queue of its socket is full."""
    try:
        Path("/proc/sys/net/unix/max_dgram_qlen").write_text("512")
    except OSError:
        pass  # an old kernel or a read-only /proc: tests with much mail may then wait for Postfix's watchdog


def _become_child_of_init() -> None:
    alive_read, alive_write = os.pipe()
    sys.stdout.flush()
    init = os.fork()
    if init != 0:
        os.close(alive_read)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _, status = os.waitpid(init, 0)
        os._exit(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
    os.close(alive_write)
    _die_with_parent(alive_read)
    script = os.fork()
    if script != 0:
        _reap_until_exit_of(script)
    os.close(alive_read)


def _die_with_parent(alive: int) -> None:
    """Asks the kernel for SIGKILL when the parent dies. ALIVE is at its end if that has already happened."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if select.select([alive], [], [], 0)[0]:
        os._exit(128 + signal.SIGKILL)


def _reap_until_exit_of(script: int) -> None:
    """Process 1: collects orphans. When the script ends it exits, and the kernel ends whatever is left."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        pid, status = os.wait()
        if pid == script:
            code = os.waitstatus_to_exitcode(status)
            os._exit(code if code >= 0 else 128 - code)


def _mount_proc() -> None:
    # An ordinary user may not mount proc where parts of it are covered, as bubblewrap covers them. Nothing here needs
    # it, it only lets ps and the like show the right numbers.
    _run("mount", "-t", "proc", "proc", "/proc", check=False)

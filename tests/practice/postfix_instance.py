# SPDX-License-Identifier: GPL-3.0-or-later
"""A real Postfix with a configuration, queue and data directory of its own, ready within some hundredths of a second.

Two things make a start slow. `postfix start` runs a shell script that checks ownership and repairs what is missing (a
quarter of a second); in directories made a moment ago there is nothing to repair, so this module makes them as the
script would and starts master(8) itself. And every Postfix program waits, up to two seconds, while main.cf looks as if
somebody were still writing it, that is, while its time of modification is not well in the past (dict_load_file_xt in
dict.c of Postfix); so this module dates the file back.
"""

import grp
import json
import os
import pwd
import signal
import socket
import subprocess
import time
from pathlib import Path

from .mail_log import MailLog
from .waiting import wait_until

# The directories of a queue and their access, as postfix-files(5) has them: mode, owner is postfix, group is postdrop.
_ROOT_DIRECTORIES = {"": 0o755, "pid": 0o755}
_OWN_DIRECTORIES = dict.fromkeys(("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming",
                                  "private", "saved", "trace"), 0o700)
_SHARED_DIRECTORIES = {"maildrop": 0o1730, "public": 0o2710}

_DAEMONS = "/usr/lib/postfix/sbin"

_MASTER_CF = """\
cleanup    unix  n  -  n  -     0  cleanup
qmgr       unix  n  -  n  300   1  qmgr
rewrite    unix  -  -  n  -     -  trivial-rewrite
bounce     unix  -  -  n  -     0  bounce
defer      unix  -  -  n  -     0  bounce
trace      unix  -  -  n  -     0  bounce
verify     unix  -  -  n  -     1  verify
proxymap   unix  -  -  n  -     -  proxymap
proxywrite unix  -  -  n  -     1  proxymap
smtp       unix  -  -  n  -     -  smtp
relay      unix  -  -  n  -     -  smtp
showq      unix  n  -  n  -     -  showq
error      unix  -  -  n  -     -  error
retry      unix  -  -  n  -     -  error
discard    unix  -  -  n  -     -  discard
virtual    unix  -  n  n  -     -  virtual
anvil      unix  -  -  n  -     1  anvil
tlsmgr     unix  -  -  n  1000? 1  tlsmgr
scache     unix  -  -  n  -     1  scache
postlog    unix-dgram n - n -   1  postlogd
"""

# What a server of the practice network has in common with the others. Undeliverable mail is tried again every second.
_COMMON = {
    "compatibility_level": "3.9",
    "inet_protocols": "all",
    "mydestination": "",
    "local_recipient_maps": "",
    "alias_maps": "",
    "mynetworks": "127.0.0.0/8 [::1]/128",
    "smtpd_relay_restrictions": "permit_mynetworks, reject_unauth_destination",
    "fast_flush_domains": "",
    "smtpd_client_connection_count_limit": "0",
    "minimal_backoff_time": "1s",
    "maximal_backoff_time": "2s",
    "queue_run_delay": "1s",
    "transport_retry_time": "1s",
}


class PostfixInstance:
    """One Postfix. The subclasses are the hosts of the practice network; they fill in `settings` and `endpoints`."""

    def __init__(self, name: str, hostname: str, directory: Path, addresses: tuple[str, ...],
                 ports: tuple[int, ...] = (25,)):
        """NAME is short and marks the log lines. The first IPv4 and IPv6 of ADDRESSES are those it sends from."""
        self.name = name
        self.hostname = hostname
        self.addresses = addresses
        self.directory = directory
        self.configuration = directory / "etc"
        self.queue = directory / "queue"
        self.data = directory / "data"
        self.log = MailLog(directory / "mail.log")
        self.endpoints = [(address, port) for address in addresses for port in ports]
        self.settings = dict(_COMMON)

    def start(self) -> None:
        """Starts this Postfix and returns when every endpoint greets."""
        self.write_configuration()
        self._start_daemon()
        for address, port in self.endpoints:
            wait_until(lambda: greets(address, port), f"the greeting of {self.name} at {address} port {port}")

    def stop(self) -> None:
        """Stops this Postfix and returns when nobody listens any more; mail in its queue stays."""
        pid = self._master_pid()
        if not _is_running(pid):
            return
        os.kill(pid, signal.SIGTERM)
        wait_until(lambda: not _is_running(pid), f"the end of {self.name}")
        # The processes that master(8) has started may outlive it by a moment.
        for address, port in self.endpoints:
            wait_until(lambda: _refuses(address, port), f"{self.name} to leave {address} port {port}")

    def change(self, **settings: str) -> None:
        """Changes main.cf parameters of the running Postfix."""
        self.settings.update(settings)
        self.write_configuration()
        reloads = self.log.count(r"reload -- version")
        master = self._master_pid()
        old = _children(master)
        os.kill(master, signal.SIGHUP)
        wait_until(lambda: self.log.count(r"reload -- version") > reloads, f"the reload of {self.name}")
        # Until it notices the reload, a process that waits for work would still answer as before.
        wait_until(lambda: not old & _children(master), f"the end of what {self.name} ran before the reload")

    def queued(self) -> list[dict]:
        """The messages in the queue, as postqueue(1) describes them."""
        listing = self._run("postqueue", "-c", str(self.configuration), "-j")
        return [json.loads(line) for line in listing.splitlines()]

    def delete(self, queue_id: str) -> None:
        """Takes a message out of the queue."""
        self._run("postsuper", "-c", str(self.configuration), "-d", queue_id)

    def flush_queue(self) -> None:
        """Has everything in the queue tried again at once."""
        self._run("postqueue", "-c", str(self.configuration), "-f")

    def parameter(self, name: str) -> str:
        """The value of a main.cf parameter, as Postfix understands it."""
        return self._run("postconf", "-c", str(self.configuration), "-h", name).strip()

    def write_configuration(self) -> None:
        self.configuration.mkdir(parents=True, exist_ok=True)
        lines = [f"{name} = {value}" for name, value in (self._instance_settings() | self.settings).items()]
        main_cf = self.configuration / "main.cf"
        main_cf.write_text("\n".join(lines) + "\n")
        date_back(main_cf)
        endpoints = [self._master_line(address, port) for address, port in self.endpoints]
        (self.configuration / "master.cf").write_text("\n".join(endpoints) + "\n" + _MASTER_CF)

    def _instance_settings(self) -> dict[str, str]:
        return {
            "multi_instance_name": f"postfix-{self.name}",
            "queue_directory": str(self.queue),
            "data_directory": str(self.data),
            "maillog_file": str(self.log.path),
            "myhostname": self.hostname,
            "inet_interfaces": ", ".join(self.addresses),
            "smtp_bind_address": next((address for address in self.addresses if ":" not in address), ""),
            "smtp_bind_address6": next((address for address in self.addresses if ":" in address), ""),
        }

    def _master_line(self, address: str, port: int) -> str:
        """An smtpd that notes in each message that it came here, and to which of the endpoints."""
        host = f"[{address}]" if ":" in address else address
        arrival = f"prepend X-Practice-Arrival: {self.name} {address} {port}"
        return (f"{host}:{port} inet n - n - - smtpd\n"
                f"  -o {{ smtpd_data_restrictions = check_client_access static:{{{arrival}}} }}")

    def _make_directories(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True)
        postfix = pwd.getpwnam("postfix").pw_uid
        postdrop = grp.getgrnam("postdrop").gr_gid
        for name, mode in _ROOT_DIRECTORIES.items():
            _make_directory(self.queue / name, mode)
        for name, mode in _OWN_DIRECTORIES.items():
            _make_directory(self.queue / name, mode, postfix)
        for name, mode in _SHARED_DIRECTORIES.items():
            _make_directory(self.queue / name, mode, postfix, postdrop)
        _make_directory(self.data, 0o755, postfix)

    def _start_daemon(self) -> None:
        if not self.queue.exists():
            self._make_directories()
        # -w: returns when the daemon has initialised itself, with its exit status.
        self._start_with(f"{_DAEMONS}/master", "-w")

    def _start_with(self, *command: str) -> None:
        environment = os.environ | {"MAIL_CONFIG": str(self.configuration)}
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"Postfix {self.name} does not start: {done.stdout}\n{self.log.text()}")

    def _master_pid(self) -> int:
        return int((self.queue / "pid" / "master.pid").read_text())

    def _run(self, *command: str) -> str:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def greets(address: str, port: int) -> bool:
    """Whether an SMTP server at ADDRESS and PORT says 220."""
    try:
        with socket.create_connection((address, port), timeout=5) as channel:
            return channel.recv(4) == b"220 "
    except (ConnectionRefusedError, ConnectionResetError):
        return False


def _refuses(address: str, port: int) -> bool:
    try:
        socket.create_connection((address, port), timeout=5).close()
        return False
    except ConnectionRefusedError:
        return True
    except ConnectionResetError:
        return False


def date_back(main_cf: Path) -> None:
    """Lets Postfix programs read MAIN_CF at once: see the top of this file."""
    past = time.time() - 60
    os.utime(main_cf, (past, past))


def _make_directory(path: Path, mode: int, owner: int = 0, group: int = 0) -> None:
    path.mkdir()
    os.chown(path, owner, group)
    path.chmod(mode)


def _children(master: int) -> set[int]:
    """The processes of MASTER that answer clients by main.cf."""
    return {pid for name in ("smtpd", "trivial-rewrite") for pid in processes_of(master, name)}


def processes_of(parent: int, name: str) -> set[int]:
    """The children of PARENT that run the program NAME."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = status.read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        pid, _, rest = text.partition(" (")
        program, _, fields = rest.rpartition(") ")
        if program == name[:15] and int(fields.split()[1]) == parent:
            found.add(int(pid))
    return found


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True

# SPDX-License-Identifier: GPL-3.0-or-later
"""The wizard's pages, and how to get through each of them."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from practice import addresses as a
from practice.gateway import Gateway
from practice.namespace import WORLD
from practice.waiting import wait_until

from . import keyboard, tree
from .company import COMPANY_DOMAINS, COMPANY_NETWORKS, SCENARIO_TITLES, Edge
from .hands import AccessibleHands, KeyboardHands

HANDS = {hands.name: hands for hands in (AccessibleHands, KeyboardHands)}

# The rows of the drop-down “Route” of a domain.
_ROUTES = ("Internal mail server", "DNS", "Own route")


class Wizard:
    """A running wizard. Each method does one thing that a person does, and waits until the window shows it."""

    def __init__(self, build_directory: str | Path, hands: str, pictures: Path | None = None,
                 tell: Callable[[str], None] | None = None, command: list[str] | None = None):
        """HANDS is a key of HANDS. PICTURES, if given, gets a screenshot of every page that is left; TELL is told of it.
        COMMAND starts the wizard, if that is not just the one in BUILD_DIRECTORY."""
        self._build = Path(build_directory)
        self._command = command or [str(self._build / "src" / "wizard" / "postern")]
        self._hands_class = HANDS[hands]
        self._pictures = pictures
        self._tell = tell or (lambda text: None)
        self._taken = 0
        self._said = WORLD / "wizard.log"
        self._process: subprocess.Popen | None = None
        if pictures is not None:
            pictures.mkdir(parents=True, exist_ok=True)
            for old in pictures.glob("*.png"):
                old.unlink()

    def __enter__(self):
        environment = dict(os.environ, GSETTINGS_SCHEMA_DIR=str(self._build / "data"))
        environment.setdefault("POSTERN_HELP_DIR", f"{self._build / 'data' / 'help'}:{Path(__file__).resolve().parents[3] / 'data' / 'help'}")
        with open(self._said, "wb") as said:
            self._process = subprocess.Popen(self._command, env=environment,
                                             stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        self.window = tree.window_of("postern")
        self._window_id = keyboard.find_window("Postern")
        self.hands = self._hands_class(self.window)
        return self

    def __exit__(self, *_):
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(30)

    def finish(self) -> None:
        """Leaves the last page, and with it the wizard, which must end in good order."""
        self.hands.press_button("Done")
        status = self._process.wait(30)
        assert status == 0, f"the wizard ended with status {status}:\n{self._said.read_text(errors='replace')[-4000:]}"

    def kill(self) -> None:
        """As the kernel does it, at any moment."""
        self._process.kill()
        self._process.wait(30)

    def wait(self) -> int:
        """The status with which it has ended."""
        return self._process.wait(30)

    def warnings(self) -> list[str]:
        """What GLib and GTK complained of so far."""
        return re.findall(r"^.*-(?:WARNING|CRITICAL|ERROR) \*\*:.*$", self._said.read_text(errors="replace"), re.MULTILINE)

    def describe(self) -> str:
        return tree.describe(self.window)

    # Every page

    def page(self, title: str) -> tree.Node:
        """The page with that title, once it is in view and nothing else is."""
        def look() -> tree.Node | None:
            pages = [node for node in tree.walk(self.window) if node.get_role_name() == "grouping" and tree.is_shown(node)
                     and node.get_name() in _TITLES]
            return pages[0] if [node.get_name() for node in pages] == [title] else None
        page = tree.eventually(look, f"the page {title}")
        tree.eventually(lambda: tree.focused(self.window), f"the keyboard focus on the page {title}")
        return page

    def picture(self, name: str) -> None:
        """Takes a screenshot once the window has come to rest."""
        last = b""

        def look() -> bytes | None:
            nonlocal last
            now, before = self._screenshot(), last
            last = now
            return now if now == before else None
        if self._pictures is not None:
            self._keep(wait_until(look, f"the window to come to rest on {name}"), name)

    def _screenshot(self) -> bytes:
        return subprocess.run(["import", "-window", self._window_id, "png:-"], capture_output=True, check=True).stdout

    def _keep(self, screenshot: bytes, name: str) -> None:
        self._taken += 1
        file = self._pictures / f"{self._taken:02}-{name}.png"
        file.write_bytes(screenshot)
        self._tell(file.name)

    def next(self, title: str, button: str = "Next") -> None:
        """Leaves the page TITLE by its primary button, with a picture of it."""
        self.page(title)
        self.picture(title.lower().replace(" ", "-"))
        self.hands.press_button(button)

    # One page after the other

    def begin(self) -> None:
        self.next("Welcome", "New Integration")

    def choose_scenario(self, scenario: str) -> None:
        self.page("Scenario")
        self.hands.pick(SCENARIO_TITLES[scenario])
        self.next("Scenario")

    def connect(self, address: str, token: str) -> str:
        """Enters where the gateway is; the fingerprint that the wizard then asks about, as `posternd fingerprint` says it."""
        self.page("Gateway")
        self.hands.fill("Address", address)
        self.hands.fill_secret("Access Token", token)
        self.hands.press_button("Connect")
        self._dialog = tree.find(self.window, "label", "Is This Your Gateway?")
        self.picture("is-this-your-gateway")
        return tree.eventually(self._shown_fingerprint, "a fingerprint in the dialog")

    def _shown_fingerprint(self) -> str | None:
        for text in tree.texts_below(self.window):
            digits = "".join(text.lower().removeprefix("sha256:").split()).replace(":", "")
            if len(digits) == 64 and all(digit in "0123456789abcdef" for digit in digits):
                return "sha256:" + digits
        return None

    def trust(self) -> None:
        self.hands.press_button("Trust This Gateway")
        tree.find(self.window, "list", "Connected")
        self.next("Gateway")

    def enter_domains(self, internal_server: str, domains: dict[str, str | None], with_subdomains: tuple[str, ...]) -> None:
        """DOMAINS: each with the host of its own route, or None. WITH_SUBDOMAINS: those that include their subdomains."""
        self.page("Domains")
        self.hands.fill("Host", internal_server)
        for name in domains:
            self.hands.fill("Add Domain", name)
            self.hands.submit("Add Domain", "Add")
            tree.find(self.window, "list item", name)
        for name, host in domains.items():
            if host is not None:
                self._set_route(name, host)
        for name in with_subdomains:
            self._include_subdomains(name)
        self.next("Domains")

    def _expand(self, name: str) -> tree.Node:
        item = tree.find(self.window, "list item", name)
        self.hands.expand(f"Settings of {name}", item)
        tree.find(item, "combo box", "Route")
        return item

    def _set_route(self, name: str, host: str) -> None:
        item = self._expand(name)
        self.hands.choose("Route", "Own route", _ROUTES.index("Own route"), item)
        self.hands.fill("Host", host, item)
        tree.find(item, "label", f"Mail goes to {host}:25")

    def _include_subdomains(self, name: str) -> None:
        item = self._expand(name)
        self.hands.switch("Include subdomains", True, item)
        tree.find(self.window, "list item", f".{name}")

    def enter_edge_gateway(self, edge: Edge) -> None:
        """With a connection test, which the edge gateway must pass."""
        self.page("Edge Gateway")
        self.hands.fill("Host", edge.host)
        if edge.port != 25:
            self.hands.fill("Port", str(edge.port))
        if edge.mx:
            self.hands.switch("Use MX lookup", True)
        if edge.host not in edge.arrives_at:  # a name: what it resolves to appears by itself
            tree.eventually(lambda: any(edge.arrives_at[0] in text for text in tree.texts_below(self.window)),
                            f"what {edge.host} resolves to")
        self.hands.press_button("Test Connection")
        tree.eventually(lambda: any("ESMTP" in text and edge.host in text for text in tree.texts_below(self.window)),
                        "the edge gateway’s banner")
        # One that verifies asks the gateway, which knows of no domain yet.
        tree.eventually(lambda: any(text.endswith(("it does not verify recipients, as the scenario says.",
                                                   "it can tell as soon as this gateway is set up."))
                                    for text in tree.texts_below(self.window)),
                        "whether the edge gateway verifies recipients")
        self.picture("edge-gateway")
        self.next("Edge Gateway")

    def enter_networks(self, networks: dict[str, str]) -> None:
        """NETWORKS: what is typed, and under which name it is listed."""
        self.page("Trusted Networks")
        for text, listed in networks.items():
            self.hands.fill("Add Network", text)
            self.hands.submit("Add Network", "Add")
            tree.find(self.window, "list item", listed)
        self.next("Trusted Networks")

    def look_at_checks(self) -> dict[str, bool]:
        """Leaves the checks as the scenario recommends; what they are."""
        page = self.page("Checks")
        checks = {node.get_name(): tree.has(node, tree.State.CHECKED) for node in tree.walk(page)
                  if node.get_role_name() == "check box" and tree.is_shown(node) and node.get_name()}
        self.next("Checks")
        return checks

    def review(self) -> list[str]:
        """Goes on from the review; what it said."""
        page = self.page("Review")
        button = tree.find(self.window, "button", "Set Up Gateway")
        tree.eventually(lambda: tree.can_be_used(button), "the plan to be judged and free of errors")
        said = tree.texts_below(page)
        self.next("Review", "Set Up Gateway")
        return said

    def result(self) -> list[list[str]]:
        """Waits until the gateway is set up and proved; the texts of each proof."""
        page = self._wait_for_result()
        proofs = tree.find(page, "list", "Proof")
        rows = tree.eventually(lambda: self._finished_proofs(proofs), "the proofs", 60)
        self.picture("result")
        return rows

    def _wait_for_result(self) -> tree.Node:
        # The page that sets the gateway up goes by itself, so there is no waiting for it to come to rest.
        if self._pictures is not None:
            tree.eventually(lambda: tree.look_for(self.window, "list", "Steps") or tree.look_for(self.window, "list", "Proof"),
                            "the gateway to be set up")
            self._keep(self._screenshot(), "push")
        tree.eventually(lambda: tree.look_for(self.window, "heading", "The gateway is set up"), "the gateway to be set up", 60)
        return self.page("Result")

    def _finished_proofs(self, proofs: tree.Node) -> list[list[str]] | None:
        rows = [tree.texts_below(row) for row in tree.children(proofs)]
        finished = rows and all(any(text in ("Holds", "Does not hold") for text in row) for row in rows)
        return rows if finished else None


_TITLES = frozenset({"Welcome", "Scenario", "Gateway", "Domains", "Edge Gateway", "Trusted Networks", "Checks", "Review", "Push",
                     "Result", "KSMG Steps"})


def travel(wizard: Wizard, scenario: str, gateway: Gateway, edge: Edge = Edge()) -> list[list[str]]:
    """The whole journey of the practice network's company, from the first page to the last; the result's proofs."""
    wizard.begin()
    wizard.choose_scenario(scenario)
    shown = wizard.connect(a.GATEWAY, gateway.token)
    assert shown == gateway.fingerprint, f"the wizard shows {shown}, posternd says {gateway.fingerprint}"
    wizard.trust()
    wizard.enter_domains(a.MAIL20, COMPANY_DOMAINS, ("example.com",))
    if scenario != "direct":
        wizard.enter_edge_gateway(edge)
    wizard.enter_networks(COMPANY_NETWORKS)
    wizard.look_at_checks()
    wizard.review()
    return wizard.result()

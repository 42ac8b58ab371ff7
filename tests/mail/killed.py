#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills posternd at many moments of a push and shows that the old or the new configuration is live after a restart."""

import http.client
import os
import sys
import threading
from collections.abc import Callable

from company import Company, a, refused, run
from plans import company_plan, route
from practice.tap import Tap


class KilledTests:
    def run(self, tap: Tap, company: Company) -> None:
        self._company = company
        self._network = company.network
        self._gateway = company.network.gateway
        # In the wide plan the subdomains are local as well, and the stranger may send anywhere.
        narrow = company_plan("direct", verification=False)
        subdomains = {"name": ".example.com", "local": True, "route": route(a.MAIL20)}
        wide = company_plan("direct", verification=False, domains=(subdomains,))
        wide["trusted_networks"] = [*wide["trusted_networks"], f"{a.STRANGER}/32"]
        self._plans = {False: narrow, True: wide}
        for plan in (narrow, wide):
            with tap.test("an undisturbed push", essential=True):
                company.push(plan)
                self._agrees(self._is_wide())
        moments = self._moments()
        survived = 0
        for name, state in moments.items():
            for _ in range(2):
                with tap.test(f"killed when {name}"):
                    self._killed_push(tap, state)
                    survived += 1
        tap.diagnose(f"kill matrix: {2 * len(moments)} cases, {survived} survived")

    def _moments(self) -> dict[str, Callable[[], object]]:
        """By name, something in the world outside posternd whose change is the sign to kill it."""
        main_cf = self._gateway.postfix.configuration / "main.cf"
        revisions = self._gateway.state / "revisions"
        log = self._gateway.postfix.log
        return {
            "the request is on its way": lambda: object(),
            "something appears among the revisions": lambda: set(os.listdir(revisions)),
            "the new revision is complete": lambda: {name for name in os.listdir(revisions) if name.isdigit()},
            "main.cf is another": main_cf.read_bytes,
            "Postfix reads its configuration again": lambda: log.count("reload -- "),
            "the proof begins": lambda: log.count("postern-proof/.*connect from"),
            "the current revision is another": lambda: os.readlink(self._gateway.state / "current"),
            "the revision is recorded as live": lambda: self._gateway.log.read_text().count("is live"),
        }

    def _killed_push(self, tap: Tap, state: Callable[[], object]) -> None:
        was_wide = self._is_wide()
        etag = self._gateway.read_configuration().headers["ETag"]
        before = state()
        push = threading.Thread(target=self._put_into_the_void, args=(self._plans[not was_wide], etag))
        push.start()
        while push.is_alive() and state() == before:
            pass  # without a pause: the moment shall be hit closely
        ended = not push.is_alive()
        self._gateway.kill_service()
        push.join()
        self._company.arrived_inside(self._network.send_from_outside("alice@example.com"), "mail20")
        self._gateway.start_service()
        etag_after = self._gateway.read_configuration().headers["ETag"]
        wide = self._is_wide()
        tap.diagnose(f"{'new' if wide != was_wide else 'old'} configuration{', the push had ended' if ended else ''}")
        assert (etag_after == etag) == (wide == was_wide), f"{etag} became {etag_after}"
        self._agrees(wide)
        self._company.push(self._plans[not wide])
        self._agrees(not wide)

    def _put_into_the_void(self, plan: dict, etag: str) -> None:
        try:
            self._gateway.put_configuration(plan, etag)
        except (OSError, http.client.HTTPException):
            pass  # posternd is gone, as it should be

    def _is_wide(self) -> bool:
        """Which plan the gateway says it has; it must be one of the two, whole."""
        document = self._gateway.read_configuration().document
        wide = any(domain["name"] == ".example.com" for domain in document["domains"])
        assert (f"{a.STRANGER}/32" in document["trusted_networks"]) == wide, document
        return wide

    def _agrees(self, wide: bool) -> None:
        """What the gateway's Postfix does is what the plan says, in each respect in which the two plans differ."""
        inside = self._network.send_from_outside("alice@sub.example.com")
        outside = self._network.send(a.STRANGER, "joe@stranger.test", "someone@elsewhere.test")
        if wide:
            self._company.arrived_inside(inside, "mail20")
            self._company.arrived_outside(outside)
        else:
            refused(inside, "554 5.7.1")
            refused(outside, "554 5.7.1")


if __name__ == "__main__":
    sys.exit(run(KilledTests().run, scenario="direct"))

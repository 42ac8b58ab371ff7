#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills posternd at many moments of a push and shows that the old or the new configuration is live after a restart."""

import http.client
import sys
import threading
import time

from company import Company, a, refused, run
from plans import company_plan, route
from practice.tap import Tap

_MOMENTS = 12


class KilledTests:
    def run(self, tap: Tap, company: Company) -> None:
        self._company = company
        self._network = company.network
        self._gateway = company.network.gateway
        # In the wide plan the subdomains are local as well, and the stranger may send anywhere.
        narrow = company_plan("direct")
        wide = company_plan("direct", domains=({"name": ".example.com", "local": True, "route": route(a.MAIL20)},))
        wide["trusted_networks"] = [*wide["trusted_networks"], f"{a.STRANGER}/32"]
        self._plans = {False: narrow, True: wide}
        with tap.test("undisturbed pushes"):
            duration = self._undisturbed_push(narrow)
            duration = min(duration, self._undisturbed_push(wide))
        survived = 0
        for moment in range(_MOMENTS):
            delay = duration * moment / (_MOMENTS - 1)
            with tap.test(f"killed {delay * 1000:.0f} ms after the request"):
                self._killed_push(tap, delay)
                survived += 1
        tap.diagnose(f"kill matrix: {_MOMENTS} cases, {survived} survived")

    def _undisturbed_push(self, plan: dict) -> float:
        etag = self._gateway.request("GET", "/api/v1/configuration").headers["ETag"]
        start = time.monotonic()
        answer = self._gateway.request("PUT", "/api/v1/configuration", plan, If_Match=etag)
        duration = time.monotonic() - start
        assert answer.status == 200, answer
        self._agrees(self._is_wide())
        return duration

    def _killed_push(self, tap: Tap, delay: float) -> None:
        was_wide = self._is_wide()
        before = self._gateway.request("GET", "/api/v1/configuration")
        plan, etag = self._plans[not was_wide], before.headers["ETag"]
        push = threading.Thread(target=self._put_into_the_void, args=(plan, etag))
        push.start()
        time.sleep(delay)  # the moment of the kill is what varies here; nothing is waited for
        self._gateway.kill_service()
        push.join()
        self._company.arrived_inside(self._network.send_from_outside("alice@example.com"), "mail20")
        self._gateway.start_service()
        after = self._gateway.request("GET", "/api/v1/configuration")
        wide = self._is_wide()
        tap.diagnose(f"{'new' if wide != was_wide else 'old'} configuration, ETag {after.headers['ETag']}")
        assert (after.headers["ETag"] == etag) == (wide == was_wide), f"{etag} became {after.headers['ETag']}"
        self._agrees(wide)
        self._company.push(self._plans[not wide])
        self._agrees(not wide)

    def _put_into_the_void(self, plan: dict, etag: str) -> None:
        try:
            self._gateway.request("PUT", "/api/v1/configuration", plan, If_Match=etag)
        except (OSError, http.client.HTTPException):
            pass  # posternd is gone, as it should be

    def _is_wide(self) -> bool:
        """Which plan the gateway says it has; it must be one of the two, whole."""
        document = self._gateway.request("GET", "/api/v1/configuration").document
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

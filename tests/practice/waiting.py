# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for an event with a deadline."""

import time
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")

_INTERVAL = 0.02


class DeadlineExpired(AssertionError):
    """What a test waited for did not happen in time."""


def wait_until(event: Callable[[], Result], what: str, seconds: float = 30) -> Result:
    """Calls EVENT until it returns something true, and returns that. WHAT is for the error text."""
    deadline = time.monotonic() + seconds
    while True:
        result = event()
        if result:
            return result
        if time.monotonic() > deadline:
            raise DeadlineExpired(f"waited {seconds} s in vain for {what}")
        time.sleep(_INTERVAL)

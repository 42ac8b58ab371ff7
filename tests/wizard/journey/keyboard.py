# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys, through the X server: xdotool without --window, because GTK 4 does not listen to events that are sent to it."""

import subprocess
from collections.abc import Callable

from practice.waiting import DeadlineExpired, wait_until

from . import tree


def _xdotool(*arguments: str) -> str:
    return subprocess.run(["xdotool", *arguments], capture_output=True, text=True, check=False).stdout.strip()


def press(*keys: str) -> None:
    """Presses keys one after the other, in X's names: Tab, Return, space, ctrl+f, shift+Tab."""
    _xdotool("key", "--clearmodifiers", "--delay", "10", *keys)


def write_into(text: str, arrived: Callable[[], bool], name: str) -> None:
    """Replaces what stands in the entry that has the focus. On a busy machine the X server can lose a key that xdotool sends
    it: then the text is written again, more slowly."""
    for delay in (12, 40, 100):
        press("ctrl+a", "BackSpace")
        _xdotool("type", "--clearmodifiers", "--delay", str(delay), text)
        try:
            tree.eventually(arrived, f"the text written into “{name}”", 5)
            return
        except DeadlineExpired:
            continue
    raise AssertionError(f"“{name}” does not hold what was written into it")


def find_window(title: str) -> str:
    """The X window with that title, which then has the focus. There is no window manager to give it."""
    window = wait_until(lambda: _xdotool("search", "--onlyvisible", "--name", f"^{title}$").split("\n")[0],
                        f"the window “{title}”")
    _xdotool("windowfocus", "--sync", window)
    return window


def _same(node: tree.Node | None, other: tree.Node | None) -> bool:
    return node is not None and other is not None and node.path == other.path


def tab_to(root: tree.Node, role: str, name: str, within: tree.Node | None = None, limit: int = 120) -> tree.Node:
    """Walks to a widget with Tab, which also proves that one can.

    WITHIN: only one that is below this. For an item of a list that is where the walk begins: Tab goes through one item
    of a list and then on, arrow keys go from item to item.
    """
    if within is not None and within.get_role_name() == "list item":
        _go_to_item(root, within)
    for _ in range(limit):
        here = tree.eventually(lambda: tree.focused(root), "the keyboard focus")
        if tree.matches(here, role, name) and (within is None or _is_below(here, within)):
            return here
        _press_and_see(root, "Tab", here)
    raise AssertionError(f"Tab does not reach {role} “{name}”\n{tree.describe(root)}")


def _go_to_item(root: tree.Node, item: tree.Node, limit: int = 120) -> None:
    """Puts the focus on an item of a list, unless it is inside it already."""
    items = item.get_parent()
    for _ in range(limit):
        here = tree.eventually(lambda: tree.focused(root), "the keyboard focus")
        if _is_below(here, item):
            return
        if _same(here.get_parent(), items):
            down = here.get_index_in_parent() < item.get_index_in_parent()
            # Without Ctrl the arrows select, and the first one does only that.
            _press_and_see(root, "ctrl+Down" if down else "ctrl+Up", here)
        else:
            _press_and_see(root, "Tab", here)
    raise AssertionError(f"the keyboard does not reach the list item “{item.get_name()}”\n{tree.describe(root)}")


def _press_and_see(root: tree.Node, key: str, here: tree.Node) -> None:
    """Moves the focus. Wherever it comes to, a screen reader must have something to say."""
    def moved() -> tree.Node | None:
        there = tree.focused(root)
        return there if there is not None and not _same(there, here) else None
    press(key)
    there = tree.eventually(moved, f"{key} to move the focus from “{here.get_name()}”")
    assert there.get_name(), f"{key} from “{here.get_name()}” comes to a {there.get_role_name()} without a name"


def _same(node: tree.Node | None, other: tree.Node | None) -> bool:
    return node is not None and other is not None and node.path == other.path


def _is_below(node: tree.Node | None, root: tree.Node) -> bool:
    while node is not None:
        if _same(node, root):
            return True
        node = node.get_parent()
    return False

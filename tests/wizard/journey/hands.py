# SPDX-License-Identifier: GPL-3.0-or-later
"""Two ways to use a window: what a screen reader does, and what somebody with a keyboard only does."""

from . import keyboard, tree
from .tree import State


class KeyboardHands:
    """Reaches everything with Tab and works it with keys. What Tab does not reach, it cannot use."""

    name = "keyboard"

    def __init__(self, root: tree.Node):
        self._root = root

    def press_button(self, name: str, within: tree.Node | None = None) -> None:
        tree.eventually(lambda: self._usable("button", name, within), f"the button “{name}” to be usable")
        keyboard.tab_to(self._root, "button", name, within)
        keyboard.press("Return")

    def fill(self, name: str, text: str, within: tree.Node | None = None) -> None:
        """Replaces what stands in an entry."""
        entry = keyboard.tab_to(self._root, "text", name, within)
        keyboard.write_into(text, lambda: tree.text_of(entry) == text, name)

    def fill_secret(self, name: str, text: str) -> None:
        """The same for an entry that shows a dot for each letter."""
        entry = keyboard.tab_to(self._root, "text", name)
        keyboard.write_into(text, lambda: len(tree.text_of(entry)) == len(text), name)

    def submit(self, name: str, button: str) -> None:
        """Hands in what stands in an entry, with Enter; a screen reader has BUTTON for that."""
        keyboard.tab_to(self._root, "text", name)
        keyboard.press("Return")

    def pick(self, name: str) -> None:
        """Chooses one of several radio buttons. GTK gives a screen reader no action for these either."""
        keyboard.tab_to(self._root, "radio button", self._group_start(name))
        for _ in range(10):
            here = tree.eventually(lambda: tree.focused(self._root), "the keyboard focus")
            if here.get_name() == name:
                break
            keyboard.press("Down")
            tree.eventually(lambda: tree.focused(self._root).get_name() != here.get_name(), "the focus to move")
        keyboard.press("space")
        tree.eventually(lambda: tree.has(tree.look_for(self._root, "radio button", name), State.CHECKED),
                        f"“{name}” to be chosen")

    def switch(self, name: str, on: bool, within: tree.Node | None = None) -> None:
        row = keyboard.tab_to(self._root, "check box", name, within)
        if tree.has(row, State.CHECKED) != on:
            keyboard.press("space")
        tree.eventually(lambda: tree.has(row, State.CHECKED) == on, f"“{name}” to be {'on' if on else 'off'}")

    def expand(self, name: str, within: tree.Node | None = None) -> None:
        """Presses a toggle button that shows more."""
        button = keyboard.tab_to(self._root, "toggle button", name, within)
        if not tree.has(button, State.PRESSED) and not tree.has(button, State.CHECKED):
            keyboard.press("space")

    def choose(self, name: str, value: str, down: int, within: tree.Node | None = None) -> None:
        """Chooses VALUE, DOWN rows below the one that is chosen, in a drop-down row."""
        keyboard.tab_to(self._root, "combo box", name, within)
        keyboard.press("space")
        tree.eventually(lambda: tree.focused(self._root).get_role_name() == "list item", f"the list of “{name}” to open")
        keyboard.press(*["Down"] * down, "Return")
        tree.eventually(lambda: tree.look_for(within or self._root, "label", value), f"“{name}” to show “{value}”")

    def _group_start(self, name: str) -> str:
        """The name of the radio button that Tab comes to: the one that is chosen."""
        buttons = [node for node in tree.walk(self._root) if node.get_role_name() == "radio button" and tree.is_shown(node)]
        return next((node.get_name() for node in buttons if tree.has(node, State.CHECKED)), name)

    def _usable(self, role: str, name: str, within: tree.Node | None) -> bool:
        node = tree.look_for(within or self._root, role, name)
        return node is not None and tree.can_be_used(node)


class AccessibleHands(KeyboardHands):
    """Does what assistive technology does: actions and texts. Only what GTK offers no action for is left to keys."""

    name = "accessibility"

    def press_button(self, name: str, within: tree.Node | None = None) -> None:
        tree.eventually(lambda: self._usable("button", name, within), f"the button “{name}” to be usable")
        tree.act(tree.find(within or self._root, "button", name), "click")

    def fill(self, name: str, text: str, within: tree.Node | None = None) -> None:
        entry = tree.find(within or self._root, "text", name)
        tree.set_text(entry, text)
        tree.eventually(lambda: tree.text_of(entry) == text, f"“{name}” to hold “{text}”")

    def fill_secret(self, name: str, text: str) -> None:
        tree.set_text(tree.find(self._root, "text", name), text)

    def submit(self, name: str, button: str) -> None:
        self.press_button(button)

    def switch(self, name: str, on: bool, within: tree.Node | None = None) -> None:
        row = tree.find(within or self._root, "check box", name)
        if tree.has(row, State.CHECKED) != on:
            # A switch row is one widget to look at, but the action is on the switch inside.
            switch = tree.eventually(lambda: next((node for node in tree.walk(row) if "toggle" in tree.actions(node)), None),
                                     f"the switch of “{name}”")
            tree.act(switch, "toggle")
        tree.eventually(lambda: tree.has(row, State.CHECKED) == on, f"“{name}” to be {'on' if on else 'off'}")

    def expand(self, name: str, within: tree.Node | None = None) -> None:
        button = tree.find(within or self._root, "toggle button", name)
        if not tree.has(button, State.PRESSED) and not tree.has(button, State.CHECKED):
            tree.act(button, "click")

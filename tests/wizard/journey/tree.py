# SPDX-License-Identifier: GPL-3.0-or-later
"""The wizard's window as a screen reader sees it: AT-SPI through its GObject bindings.

GTK 4.18 does not offer everything: what it leaves out is noted where it matters.
"""

from collections.abc import Callable, Iterator

import gi

gi.require_version("Atspi", "2.0")

from gi.repository import Atspi, GLib  # noqa: E402  the version comes first

from practice.waiting import wait_until

Atspi.init()
Atspi.set_timeout(5000, 15000)

State = Atspi.StateType
Node = Atspi.Accessible

# What a person is willing to wait for a window to react. A loaded machine is slower than a person.
PATIENCE = 30


def children(node: Node) -> Iterator[Node]:
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def walk(node: Node) -> Iterator[Node]:
    """NODE and everything below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def has(node: Node, *states: State) -> bool:
    found = node.get_state_set()
    return all(found.contains(state) for state in states)


def is_shown(node: Node) -> bool:
    return has(node, State.SHOWING, State.VISIBLE)


def can_be_used(node: Node) -> bool:
    return is_shown(node) and has(node, State.SENSITIVE)


def eventually(event: Callable[[], object], what: str, seconds: float = PATIENCE) -> object:
    """What EVENT returns once that is true. Widgets that vanish while it looks at them are looked for again."""
    def look() -> object:
        try:
            return event()
        except GLib.Error:
            return None
    return wait_until(look, what, seconds)


def window_of(application: str) -> Node:
    """The window of the application with that name, once it is on the accessibility bus."""
    def look() -> Node | None:
        found = next((node for node in children(Atspi.get_desktop(0)) if node.get_name() == application), None)
        return next(children(found), None) if found is not None else None
    return eventually(look, f"a window of {application} on the accessibility bus")


def wait_until_gone(application: str) -> None:
    """Waits until no application of that name is on the accessibility bus, as one that has just ended still is."""
    eventually(lambda: all(node.get_name() != application for node in children(Atspi.get_desktop(0))),
               f"{application} to leave the accessibility bus")


def matches(node: Node, role: str | None, name: str | None) -> bool:
    return (role is None or node.get_role_name() == role) and (name is None or node.get_name() == name)


def look_for(root: Node, role: str | None = None, name: str | None = None) -> Node | None:
    """The first widget below ROOT that is shown and has this role and name, or None."""
    return next((node for node in walk(root) if matches(node, role, name) and is_shown(node)), None)


def find(root: Node, role: str | None = None, name: str | None = None) -> Node:
    """The same, once it is there."""
    return eventually(lambda: look_for(root, role, name), f"{role or 'widget'} “{name}” below “{root.get_name()}”")


def text_of(node: Node) -> str:
    return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))


def texts_below(root: Node) -> list[str]:
    """The names of everything that is shown below ROOT."""
    return [node.get_name() for node in walk(root) if node.get_name() and is_shown(node)]


def focused(root: Node) -> Node | None:
    """The widget that has the keyboard focus."""
    found = None
    for node in walk(root):
        if has(node, State.FOCUSED) and is_shown(node):
            found = node
    return found


def actions(node: Node) -> list[str]:
    if "Action" not in node.get_interfaces():
        return []
    names = []
    for index in range(Atspi.Action.get_n_actions(node)):
        try:
            names.append(Atspi.Action.get_action_name(node, index))
        except GLib.Error:  # GTK 4.18 counts actions that it cannot name
            break
    return names


def act(node: Node, action: str) -> None:
    """Does what a screen reader would do with this widget."""
    names = actions(node)
    assert action in names, f"{node.get_role_name()} “{node.get_name()}” has no action {action}, only {names}"
    assert Atspi.Action.do_action(node, names.index(action)), f"action {action} of “{node.get_name()}” was refused"


def set_text(node: Node, text: str) -> None:
    assert Atspi.EditableText.set_text_contents(node, text), f"“{node.get_name()}” takes no text"


class Ears:
    """What is said aloud from now on, as a screen reader hears it."""

    def __init__(self):
        self.heard: list[str] = []
        self._listener = Atspi.EventListener.new(lambda event: self.heard.append(event.any_data))
        assert self._listener.register("object:announcement")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._listener.deregister("object:announcement")

    def wait_for(self, text: str) -> None:
        """Waits until something with TEXT in it was said."""
        def listen() -> bool:
            context = GLib.MainContext.default()
            while context.iteration(False):
                pass
            return any(text in one for one in self.heard)
        eventually(listen, f"“{text}” to be said, among {self.heard}")


def describe(root: Node) -> str:
    """What is shown, one widget a line: for the diagnostics of a failure."""
    lines: list[str] = []

    def add(node: Node, depth: int) -> None:
        if not is_shown(node):
            return
        lines.append(f"{'  ' * depth}{node.get_role_name()} “{node.get_name()}”"
                     f"{' focused' if has(node, State.FOCUSED) else ''}{'' if has(node, State.SENSITIVE) else ' insensitive'}")
        for child in children(node):
            add(child, depth + 1)

    try:
        add(root, 0)
    except GLib.Error as error:
        lines.append(f"(then it vanished: {error.message})")
    return "\n".join(lines)

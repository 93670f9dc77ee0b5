"""The official account's menu as WeChat wants it, with WeChat's limits checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policies_kb.model import MenuButton

ASK = "ask:"
"""How the key of a button begins that asks a question; the question follows."""

_MOST_BUTTONS, _MOST_SUB_BUTTONS = 3, 5
_NAME_BYTES, _SUB_NAME_BYTES = 16, 60
_KEY_BYTES, _URL_BYTES = 128, 1024


class MenuInvalid(ValueError):
    """The menu breaks limits of WeChat; the text names every one."""


def menu_json(buttons: Sequence[MenuButton]) -> dict[str, object]:
    """The body of menu/create; raise MenuInvalid where WeChat would refuse it."""
    problems = list(_problems(buttons))
    if problems:
        raise MenuInvalid("; ".join(problems))
    return {"button": [_button_json(button) for button in buttons]}


def _button_json(button: MenuButton) -> dict[str, object]:
    if button.buttons:
        return {"name": button.name, "sub_button": [_button_json(below) for below in button.buttons]}
    if button.url:
        return {"name": button.name, "type": "view", "url": button.url}
    return {"name": button.name, "type": "click", "key": f"{ASK}{button.ask}"}


def _problems(buttons: Sequence[MenuButton]) -> Iterator[str]:
    if not 1 <= len(buttons) <= _MOST_BUTTONS:
        yield f"the menu has {len(buttons)} buttons, WeChat shows 1 to {_MOST_BUTTONS}"
    for button in buttons:
        yield from _button_problems(button, _NAME_BYTES)
        if len(button.buttons) > _MOST_SUB_BUTTONS:
            yield f"button {button.name!r} has {len(button.buttons)} below it, at most {_MOST_SUB_BUTTONS} are shown"
        for below in button.buttons:
            yield from _button_problems(below, _SUB_NAME_BYTES)
            if below.buttons:
                yield f"button {below.name!r} has buttons below it; move them up, WeChat has two levels"


def _button_problems(button: MenuButton, name_bytes: int) -> Iterator[str]:
    title = f"button {button.name!r}"
    if not button.name.strip():
        yield "a button has no name"
    if sum(map(bool, (button.ask, button.url, button.buttons))) != 1:
        yield f"{title} needs exactly one of ask, url and buttons"
    if button.url and not button.url.startswith(("https://", "http://")):
        yield f"{title}: the url must begin with https:// or http://"
    sizes = (
        ("name", button.name, name_bytes),
        ("key", f"{ASK}{button.ask}", _KEY_BYTES),
        ("url", button.url, _URL_BYTES),
    )
    for what, value, limit in sizes:
        if (size := len(value.encode())) > limit:
            yield f"{title}: the {what} has {size} bytes, at most {limit} fit; shorten it"

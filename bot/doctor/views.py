"""The page that says what is not set up as it should be, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from aiohttp import web

from bot.console.rendering import Pages
from bot.doctor.examination import examine
from bot.doctor.words import Words, in_chinese
from bot.settings import Settings

PATH = "/admin/settings"
_ADDRESSES = ("DATABASE_URL", "REDIS_URL", "RASA_URL")
_ELSEWHERE = {"PROMETHEUS_MULTIPROC_DIR": "metrics_dir"}
"""What is not the variable's name in lower case."""
_PASSWORD = re.compile(r"(?<=://)([^:/@]*):.*@")


class Row(NamedTuple):
    """A variable; `value` is None where it is not set, and empty where it is and is not to be seen."""

    name: str
    about: str
    value: str | None


class DoctorViews:
    """Each look examines everything anew, and changes nothing."""

    def __init__(self, settings: Settings, now: Callable[[], datetime], pages: Pages, words: Words) -> None:
        self._settings = settings
        self._now = now
        self._pages = pages
        self._words = words

    async def show(self, request: web.Request) -> web.Response:
        """What the checks find, and the settings without what is secret in them."""
        findings = [in_chinese(finding) async for finding in examine(self._settings, self._now)]
        rows = [Row(name, about, self._value(name)) for name, about in self._words.settings.items()]
        return self._pages.render(
            request, "doctor/settings.html", findings=findings, rows=rows, states=self._words.states
        )

    def _value(self, name: str) -> str | None:
        value = str(getattr(self._settings, _ELSEWHERE.get(name, name.lower())))
        if not value:
            return None
        if name in self._words.secrets:
            return ""
        return _without_password(value) if name in _ADDRESSES else value


def _without_password(address: str) -> str:
    """Also without what follows a question mark, where drivers take passwords too.

    Not parsed as an address: drivers take passwords with characters that no address may have.
    """
    return _PASSWORD.sub(r"\1:***@", address).partition("?")[0]

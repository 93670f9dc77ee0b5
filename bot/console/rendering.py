"""Renders the pages of the consoles, with what stands on all of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import jinja2
from aiohttp import hdrs, web

from bot.accounts.model import Role
from bot.console import csrf
from bot.console.cookies import Cookies
from bot.console.request import PASS
from bot.privacy.masking import masked
from policies_kb.chinese_date import HERE


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the navigation, for people with one of the roles."""

    path: str
    title: str
    about: str
    roles: frozenset[Role]


class Place(Protocol):
    """A part of the navigation with a title, and the paths below which its links are."""

    @property
    def title(self) -> str:
        """What stands above its links."""

    @property
    def paths(self) -> Sequence[str]:
        """The nearest of these takes a link."""


class Words(Protocol):
    """The words of all pages; templates use more of them."""

    @property
    def places(self) -> Sequence[Place]:
        """The parts of the navigation in their order."""


class Errors(dict[str, str]):
    """What is wrong with fields; of those that are right, nothing."""

    def __missing__(self, name: str) -> str:
        return ""


class Pages:
    """`words` are the words of all pages; each room adds its links."""

    def __init__(self, cookies: Cookies, links: Sequence[Link], words: Words) -> None:
        self._cookies = cookies
        self._links = links
        self._places = words.places
        self._templates = jinja2.Environment(
            loader=jinja2.PackageLoader("bot.web"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals["words"] = words
        self._templates.filters["local"] = local
        self._templates.filters["masked"] = masked

    def render(
        self,
        request: web.Request,
        template: str,
        *,
        status: int = 200,
        errors: Mapping[str, str] | None = None,
        **values: object,
    ) -> web.Response:
        """A page; the notice that was left for it is said once. `errors` are what is wrong with fields, by name."""
        given = request[PASS]
        user = given.who.user if given.who else None
        notice = self._cookies.notice(request)
        links = [link for link in self._links if user and user.roles & link.roles]
        context: dict[str, object] = {
            "user": user,
            "navigation": self._grouped(links),
            "place": _within(links, request.path),
            "csrf": csrf.token(given.secret),
            "notice": notice,
            "path": request.path,
            **values,
            "errors": Errors(errors or {}),
        }
        html = self._templates.get_template(template).render(context)
        response = web.Response(text=html, status=status, content_type="text/html", charset="utf-8")
        if notice is not None:
            self._cookies.drop_notice(response)
        return response

    def part(self, template: str, **values: object) -> str:
        """A part of a page by itself, which holds nothing of who looks at it."""
        return self._templates.get_template(template).render(values)

    def _grouped(self, links: Sequence[Link]) -> list[tuple[str, list[Link]]]:
        """The links by the parts of the navigation, those without links left out."""
        found: list[tuple[str, list[Link]]] = [(place.title, []) for place in self._places]
        for link in links:
            depths = [
                max((len(path) for path in place.paths if _below(link.path, path)), default=0) for place in self._places
            ]
            found[depths.index(max(depths)) if any(depths) else -1][1].append(link)
        return [(title, within) for title, within in found if within]

    def moved(self, path: str, notice: str | None = None) -> web.Response:
        """Send the browser to a page, after a form or before one, with something to be said there."""
        response = web.Response(status=303, headers={hdrs.LOCATION: path})
        if notice is not None:
            self._cookies.keep_notice(response, notice)
        return response

    def failed(self, request: web.Request, status: int, *, stale: bool = False) -> web.Response:
        """The page that says that something does not work, and what to do; `stale` is a form that is too old."""
        return self.render(request, "console/error.html", status=status, failure="stale" if stale else str(status))


def _within(links: Sequence[Link], path: str) -> str:
    """The place in the navigation that a page belongs to: of those that it lies below, the nearest."""
    return max((link.path for link in links if _below(path, link.path)), key=len, default="")


def _below(path: str, above: str) -> bool:
    return path == above or path.startswith(f"{above.rstrip('/')}/")


def local(moment: datetime) -> str:
    """A time as people here read it."""
    return moment.astimezone(HERE).strftime("%Y-%m-%d %H:%M")


def local_day(text: str) -> datetime:
    """The beginning of a day of this millennium as people here count it; raises ValueError."""
    day = datetime.strptime(unicodedata.normalize("NFKC", text), "%Y-%m-%d").replace(tzinfo=HERE)
    if not 2000 <= day.year < 3000:
        raise ValueError("no day of this millennium")
    return day

"""A room of the consoles as the application takes it in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from aiohttp import web

from bot.console.rendering import Link, Pages


async def _nothing() -> None:
    """A room in which nothing is under way."""


@dataclass(frozen=True, slots=True)
class Room:
    """Its places in the navigation, its routes, and what ends when the service does."""

    links: tuple[Link, ...]
    routes: Callable[[Pages], Iterable[web.RouteDef]]
    close: Callable[[], Awaitable[None]] = _nothing

"""The addresses of the desk, and whom each is for."""

from __future__ import annotations

from aiohttp import web

from bot.accounts.model import Right, may
from bot.console.page import action, page
from bot.console.rendering import Link
from bot.hotline.views.acts import ActViews
from bot.hotline.views.board import PATH, BoardViews
from bot.hotline.views.live import LiveViews
from bot.hotline.views.supervisor import PATH as SUPERVISOR
from bot.hotline.views.supervisor import SupervisorViews
from bot.hotline.words import Words

_ANSWER, _SUPERVISE = may(Right.ANSWER_WORKERS), may(Right.SUPERVISE)
_CASE = r"/desk/c/{handover:\d{1,15}}"


def routes(board: BoardViews, acts: ActViews, live: LiveViews, supervisor: SupervisorViews) -> list[web.RouteDef]:
    """What the application adds to its router for the desk."""
    return [
        page(PATH.rstrip("/"), board.to_board, roles=_ANSWER),
        page(PATH, board.show, roles=_ANSWER),
        page("/desk/live", live.stream, roles=_ANSWER),
        page(SUPERVISOR, supervisor.show, roles=_SUPERVISE),
        action(f"{SUPERVISOR}/reassign", supervisor.reassign, roles=_SUPERVISE),
        page(_CASE, board.conversation, roles=_ANSWER),
        page(rf"{_CASE}/media/{{message:\d{{1,15}}}}", board.media, roles=_ANSWER),
        action(f"{_CASE}/claim", acts.claim, roles=_ANSWER),
        action(f"{_CASE}/take", acts.take, roles=_ANSWER),
        action(f"{_CASE}/release", acts.release, roles=_ANSWER),
        action(f"{_CASE}/transfer", acts.transfer, roles=_ANSWER),
        action(f"{_CASE}/close", acts.close, roles=_ANSWER),
        action(f"{_CASE}/note", acts.note, roles=_ANSWER),
        action(f"{_CASE}/tag", acts.tag, roles=_ANSWER),
        action(f"{_CASE}/send", acts.send, roles=_ANSWER),
        action(f"{_CASE}/seen", acts.seen, roles=_ANSWER),
    ]


def links(words: Words) -> list[Link]:
    """What this room adds to the navigation."""
    places = {"desk": (PATH, _ANSWER), "supervisor": (SUPERVISOR, _SUPERVISE)}
    return [
        Link(path, words.links[name].title, words.links[name].about, roles) for name, (path, roles) in places.items()
    ]

"""The addresses of this room, and whom each is for."""

from __future__ import annotations

from aiohttp import web

from bot.accounts.model import Right, may
from bot.console.page import action, page
from bot.content.routes import DOCUMENT, READ
from bot.documents.edit_views import DocumentEditViews
from bot.documents.model import MOST_BYTES
from bot.documents.views import PATH, DocumentsViews

_FORM = 64 * 1024
"""What surrounds a paper in a form."""
_MOST = 4 * MOST_BYTES + _FORM
"""A pasted text is larger on its way than as a file."""


def routes(documents: DocumentsViews, edit: DocumentEditViews) -> list[web.RouteDef]:
    """What the application adds to its router for documents; acts on a document are those of the content."""
    draft = may(Right.DRAFT)
    return [
        page(PATH, documents.everything, roles=READ),
        page(f"{PATH}/new", edit.show_new, roles=draft),
        action(f"{PATH}/new", edit.begin, roles=draft, most=_MOST),
        page(DOCUMENT, documents.show, roles=READ),
        page(f"{DOCUMENT}/edit", edit.show, roles=draft),
        action(f"{DOCUMENT}/edit", edit.save, roles=draft, most=_MOST),
        page(f"{DOCUMENT}/items/{{item:[^/]{{1,16}}}}", documents.item, roles=READ),
        page(f"{DOCUMENT}/editions", documents.compare, roles=READ),
        action(f"{DOCUMENT}/upload", documents.upload, roles=draft, most=_MOST),
    ]

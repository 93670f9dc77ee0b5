"""The JSON interface: what can be asked, and the verdict with its reasons."""

from __future__ import annotations

import msgspec
from aiohttp import web

from bot.eligibility.question import Invalid, parse
from bot.eligibility.service import EligibilityService
from bot.web.body import JSON, Refused, read
from bot.web.page import NO_SNIFF
from bot.web.problem import problem
from policies_kb.eligibility.request import TopicExpired

MAX_BODY = 16 * 1024
"""Bytes; an answer to every slot that there is takes a few thousand."""

# A verdict tells about a person: nobody keeps it on its way.
_HEADERS = NO_SNIFF | {"Cache-Control": "no-store"}


class EligibilityViews:
    """The views of /api/eligibility."""

    def __init__(self, service: EligibilityService) -> None:
        self._service = service

    async def topics(self, _request: web.Request) -> web.Response:
        """The topics that have a rule, and what each asks."""
        return _json({"topics": self._service.topics()})

    async def verdict(self, request: web.Request) -> web.Response:
        """The verdict on one topic; what cannot be used is refused with every field at fault."""
        try:
            return _json(self._service.answer(parse(await read(request, JSON, MAX_BODY))))
        except Refused as refused:
            return problem(refused.status, [(refused.field, refused.message)])
        except Invalid as invalid:
            return problem(422, invalid.errors)
        except TopicExpired as expired:
            return problem(410, [("topic", str(expired))])


def _json(content: object) -> web.Response:
    return web.Response(body=msgspec.json.encode(content), content_type=JSON, headers=_HEADERS)

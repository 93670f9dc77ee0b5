"""The pages of /eligibility: the list of benefits, then one question at a time, and the verdict at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.eligibility.form import Form, filled, parse
from bot.eligibility.service import EligibilityService
from bot.eligibility.step import step
from bot.web.body import FORM, Refused, read
from bot.web.page import Pages
from policies_kb.answer import expired_reply, source_lines
from policies_kb.eligibility.request import TopicExpired, TopicUnknown, ruled_topics
from policies_kb.model import Item, KnowledgeBase, Topic

MAX_BODY = 16 * 1024
"""Bytes; a page carries one short answer a question."""


@dataclass(frozen=True, slots=True)
class Group:
    """The benefits of one item of a paper."""

    item: Item
    topics: Sequence[Topic]


class EligibilityPages:
    """The views of /eligibility; what a person tells travels in the body of posted pages only."""

    def __init__(self, service: EligibilityService) -> None:
        self._service = service
        self._pages = Pages()

    async def topics(self, _request: web.Request) -> web.Response:
        """The benefits that have a rule, by item."""
        knowledge = self._service.knowledge
        topics = ruled_topics(knowledge, self._service.today)
        return self._pages.response("eligibility_topics.html", groups=_groups(knowledge, topics))

    async def start(self, request: web.Request) -> web.Response:
        """The first question of a topic."""
        return self._step(request, Form({}))

    async def answer(self, request: web.Request) -> web.Response:
        """The next question, the same once more with what is wrong, or the verdict."""
        try:
            posted = parse(await read(request, FORM, MAX_BODY))
        except Refused as refused:
            return self._pages.response("eligibility_notice.html", refused.status, reason="unreadable", text="")
        return self._step(request, filled(self._service.knowledge.slots, posted, self._service.today))

    def _step(self, request: web.Request, form: Form) -> web.Response:
        knowledge = self._service.knowledge
        try:
            topic = self._service.topic(request.match_info["topic"])
        except TopicUnknown:
            return self._pages.response("eligibility_notice.html", 404, reason="unknown", text="")
        except TopicExpired as expired:
            text, _ = expired_reply(knowledge, expired.topic, self._service.today)
            return self._pages.response("eligibility_notice.html", 410, reason="expired", text=text)
        shown = step(self._service, topic, form)
        template = "eligibility_question.html" if shown.asking else "eligibility_verdict.html"
        return self._pages.response(
            template,
            step=shown,
            sources=source_lines(knowledge, topic),
            contact=knowledge.contacts[topic.contact],
            replies=knowledge.replies,
        )


def _groups(knowledge: KnowledgeBase, topics: Sequence[Topic]) -> list[Group]:
    """The topics below the item of their first source, in the order of the papers."""
    places = [(document.id, item) for document in knowledge.documents.values() for item in document.items]
    grouped = (
        Group(item, [topic for topic in topics if _stands_at(topic, document, item)]) for document, item in places
    )
    return [group for group in grouped if group.topics]


def _stands_at(topic: Topic, document: str, item: Item) -> bool:
    first = topic.sources[0]
    return (first.document, first.item) == (document, item.number)

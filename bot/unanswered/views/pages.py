"""The list of clusters, one cluster with its questions, and the conversation around one of them; nothing is changed here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aiohttp import web

from bot.accounts.model import Right
from bot.console.form import Form
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.content.paging import SIZE, Page
from bot.content.questions import Finding, told_of
from bot.content.words import Words as ContentWords
from bot.privacy.masking import PLACES
from bot.unanswered.model import Cluster, State
from bot.unanswered.room import UnansweredRoom
from bot.unanswered.words import Words
from policies_kb.question_file import well_formed

PATH = "/admin/unanswered"
MOST = 200
LONGEST_NOTE = 500
LONGEST_TITLE = 20
_STATES: Mapping[str, Sequence[State]] = {
    "open": (State.OPEN,),
    "done": (State.TOPIC, State.QUESTIONS),
    "ignored": (State.IGNORED,),
}


class PagesViews:
    """For everybody who works on the content."""

    def __init__(self, room: UnansweredRoom, pages: Pages, words: Words, content_words: ContentWords) -> None:
        self._room = room
        self._pages = pages
        self._words = words
        self._content_words = content_words

    async def everything(self, request: web.Request) -> web.Response:
        """The clusters in a state, in their order."""
        tab = request.query.get("show", "")
        shown = tab if tab in _STATES else "open"
        number = _page_of(request)
        found = await self._room.clusters.page(_STATES[shown], (number - 1) * SIZE, SIZE + 1)
        return self._pages.render(
            request,
            "unanswered/list.html",
            told=self._words,
            shown=shown,
            clusters=found[:SIZE],
            titles=self._titles(),
            page=Page(found[:SIZE], number, len(found), len(found) > SIZE),
            begin=(number - 1) * SIZE,
        )

    async def one(self, request: web.Request) -> web.Response:
        """One cluster: its texts to be ticked, what can be made of it, and its questions."""
        return await self.cluster(request)

    async def conversation(self, request: web.Request) -> web.Response:
        """What was said around a question, without whose it is."""
        lines = await self._room.clusters.conversation(int(request.match_info["exchange"]))
        if not lines:
            raise web.HTTPNotFound
        return self._pages.render(request, "unanswered/conversation.html", told=self._words, lines=lines)

    async def cluster(
        self,
        request: web.Request,
        errors: Mapping[str, str] | None = None,
        form: Form | None = None,
        findings: Sequence[Finding] = (),
    ) -> web.Response:
        """The page of a cluster; with `errors` as it was entered."""
        cluster = await self._room.clusters.find(int(request.match_info["cluster"]))
        if cluster is None:
            raise web.HTTPNotFound
        number = _page_of(request)
        members = await self._room.clusters.members(cluster.number, (number - 1) * SIZE, SIZE + 1)
        texts = await self._room.clusters.texts(cluster.number, MOST)
        usable = [text for text in texts if well_formed(text) and not any(place in text for place in PLACES)]
        knowledge = self._room.knowledge()
        return self._pages.render(
            request,
            "unanswered/cluster.html",
            status=422 if errors else 200,
            errors=errors,
            told=self._words,
            cluster=cluster,
            texts=texts,
            usable=usable,
            chosen=form.texts("question") if form else usable,
            entered=self._entered(cluster, form),
            near=await self._nearest(texts),
            found=[(one.question, told_of(one, knowledge, self._content_words)) for one in findings],
            titles=self._titles(),
            members=members[:SIZE],
            page=Page(members[:SIZE], number, len(members), len(members) > SIZE),
            here=f"{PATH}/{cluster.number}",
            may_draft=Right.DRAFT in who_of(request).user.rights,
            longest=LONGEST_TITLE,
            most=LONGEST_NOTE,
        )

    def _titles(self) -> Mapping[str, str]:
        return {topic.id: topic.title for topic in self._room.knowledge().topics.values()}

    def _entered(self, cluster: Cluster, form: Form | None) -> Mapping[str, str]:
        blank = {"title": "", "id": f"faq_{cluster.number}", "topic": "", "reason": ""}
        return {name: form.text(name) for name in blank} if form else blank

    async def _nearest(self, texts: Sequence[str]) -> str:
        """The title of the topic that the commonest text is nearest to; empty where the model knows none."""
        understood = await self._room.understands(texts[0]) if texts else None
        topics = self._room.knowledge().topics
        labels = [label.partition("/")[2] for label, _ in understood.ranking] if understood else []
        return next((topics[label].title for label in labels if label in topics), "")


def _page_of(request: web.Request) -> int:
    asked = request.query.get("page", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 4 and int(asked) else 1

"""Looks for each fact in the text of the item that it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from policies_kb.document_text import ItemTexts, states
from policies_kb.errors import Problem
from policies_kb.loader import LoadedContent
from policies_kb.model import Fact, Topic


class Unstated(NamedTuple):
    """A fact, the place of it in its topic, that does not stand in its item; `vanished`: there is no such item."""

    topic: Topic
    place: int
    vanished: bool

    @property
    def fact(self) -> Fact:
        """The fact."""
        return self.topic.facts[self.place]


def check(content: LoadedContent, document: str, texts: ItemTexts) -> Iterator[Problem]:
    """Facts of topics that rest on the document and do not stand in their item; items that the text does not have."""
    for one in unstated(content.knowledge.topics, document, texts):
        source, where = content.topic_sources[one.topic.id], ("facts", one.place, "value")
        item = one.fact.item
        if one.vanished:
            yield source.problem(where, f"the document has no item {item}", "use the paper's own number")
        else:
            what = f"{one.fact} does not stand in item {item}"
            yield source.problem(where, what, "use the item's own wording, or name the item that states it")


def unstated(topics: Mapping[str, Topic], document: str, texts: ItemTexts) -> Iterator[Unstated]:
    """Facts of these topics that a text of a document does not state where they say that it does."""
    for topic in topics.values():
        cited = {ref.item for ref in topic.sources if ref.document == document}
        for place, fact in enumerate(topic.facts):
            if fact.item not in cited:
                continue
            if fact.item not in texts:
                yield Unstated(topic, place, vanished=True)
            elif not states(texts[fact.item], str(fact)):
                yield Unstated(topic, place, vanished=False)

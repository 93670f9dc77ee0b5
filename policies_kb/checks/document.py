"""Looks for each fact in the text of the item that it names."""

from __future__ import annotations

from collections.abc import Iterator

from policies_kb.document_text import ItemTexts, states
from policies_kb.errors import Problem
from policies_kb.loader import LoadedContent


def check(content: LoadedContent, document: str, texts: ItemTexts) -> Iterator[Problem]:
    """Facts of topics that rest on the document and do not stand in their item; items that the text does not have."""
    for topic in content.knowledge.topics.values():
        cited = {ref.item for ref in topic.sources if ref.document == document}
        source = content.topic_sources[topic.id]
        for index, fact in enumerate(topic.facts):
            if fact.item not in cited:
                continue
            where = ("facts", index, "value")
            if fact.item not in texts:
                yield source.problem(where, f"the document has no item {fact.item}", "use the paper's own number")
            elif not states(texts[fact.item], str(fact)):
                what = f"{fact} does not stand in item {fact.item}"
                yield source.problem(where, what, "use the item's own wording, or name the item that states it")

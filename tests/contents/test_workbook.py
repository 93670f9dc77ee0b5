"""The workbook of the shipped content: everything that has a sheet comes back as it was."""

from __future__ import annotations

from bot.content.entries import TABLES
from bot.exchange import service
from policies_kb.model import KnowledgeBase
from policies_kb.parts import parts_of, shared_part, topic_part


def test_shipped_content_stands_in_a_workbook_whole(shipped: KnowledgeBase) -> None:
    parts = parts_of(shipped)

    given = service.given_by("x.xlsx", service.file_of("xlsx", parts), parts)

    assert given.troubles == ()
    assert [part for part in given.parts if given.parts[part] != parts[part]] == []
    assert set(given.parts) == {*map(topic_part, shipped.topics), *map(shared_part, TABLES)}


def test_shipped_content_stands_in_an_archive_whole(shipped: KnowledgeBase) -> None:
    parts = parts_of(shipped)

    given = service.given_by("x.zip", service.file_of("zip", parts), parts)

    assert given.troubles == ()
    assert given.parts == parts

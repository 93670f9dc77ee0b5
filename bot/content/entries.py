"""Entries of the shared files as small forms: a reply, an office to call, a later rule, a question for practice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from bot.console.form import Form
from policies_kb import schema
from policies_kb.errors import Problem
from policies_kb.model import CannedReply, Contact, KnowledgeBase, NearScope, Notice, QuizQuestion, UrgentSubject
from policies_kb.parts import plain
from policies_kb.source import NamedSource

Texts = dict[str, str]


class Field(NamedTuple):
    """A field of an entry; `kind` says how it is filled in."""

    name: str
    kind: str


class Table(NamedTuple):
    """How the entries of a shared file are filled in; to one that grows, entries can be added, and taken out again."""

    type: Any
    fields: tuple[Field, ...]
    grows: bool


TABLES: Mapping[str, Table] = {
    "replies": Table(CannedReply, (Field("text", "area"), Field("examples", "topics")), grows=False),
    "contacts": Table(
        Contact,
        (Field("name", "line"), Field("number", "line"), Field("hours", "line"), Field("helps_with", "line")),
        grows=True,
    ),
    "near_scope": Table(NearScope, (Field("title", "line"), Field("contacts", "contacts")), grows=False),
    "notices": Table(
        Notice,
        (Field("title", "line"), Field("since", "date"), Field("text", "area"), Field("contact", "contact")),
        grows=True,
    ),
    "urgent": Table(
        UrgentSubject,
        (Field("text", "area"), Field("answered", "flag"), Field("phrases", "lines"), Field("harmless", "lines")),
        grows=False,
    ),
    "quiz": Table(
        QuizQuestion,
        (
            Field("topic", "topic"),
            Field("text", "area"),
            Field("options", "lines"),
            Field("right", "line"),
            Field("explanation", "area"),
        ),
        grows=True,
    ),
}
"""The shared files that have a form. Replies and subjects are known to the code and the model by their keys: none is added."""


def empty(table: str) -> Texts:
    """The form of an entry that does not exist yet."""
    return {field.name: "" for field in TABLES[table].fields}


def of_entry(table: str, entry: Any, knowledge: KnowledgeBase) -> Texts:
    """The form of an entry."""
    data = plain(entry)
    return {field.name: _shown(field, data.get(field.name), knowledge) for field in TABLES[table].fields}


def of_request(table: str, form: Form) -> Texts:
    """The form as it was sent."""
    texts = {}
    for field in TABLES[table].fields:
        held = " ".join(form.texts(field.name)) if field.kind == "contacts" else form.text(field.name)
        texts[field.name] = held.replace("\r\n", "\n")
    return texts


def entry_of(table: str, key: str, texts: Texts, knowledge: KnowledgeBase) -> tuple[Any, tuple[Problem, ...]]:
    """The entry of a form; None and what is wrong with its shape where it has none."""
    data = {field.name: _data(field, texts[field.name], knowledge) for field in TABLES[table].fields}
    source = NamedSource(table, {name: value for name, value in data.items() if value not in ([], None)})
    entry, problems = schema.convert(source, TABLES[table].type)
    empties = (
        source.problem((field.name,), f"{field.name} is empty", "write it")
        for field in TABLES[table].fields
        if field.kind not in ("topics", "lines", "flag") and not texts[field.name]
    )
    found = {problem.where: problem for problem in (*empties, *problems)}
    return (None if found else entry), tuple(found.values())


def _shown(field: Field, value: Any, knowledge: KnowledgeBase) -> str:
    if field.kind == "topics":
        titles = (knowledge.topics[one].title if one in knowledge.topics else one for one in value or ())
        return "\n".join(titles)
    if field.kind == "topic":
        return knowledge.topics[value].title if value in knowledge.topics else str(value or "")
    if field.kind == "contacts":
        return " ".join(value)
    if field.kind == "lines":
        return "\n".join(value or ())
    if field.kind == "flag":
        return "yes" if value else ""
    return "" if value is None else str(value)


def _data(field: Field, text: str, knowledge: KnowledgeBase) -> Any:
    if field.kind == "topics":
        ids = {topic.title: topic.id for topic in knowledge.topics.values()}
        return [ids.get(line.strip(), line.strip()) for line in text.splitlines() if line.strip()]
    if field.kind == "topic":
        return next((topic.id for topic in knowledge.topics.values() if topic.title == text), text)
    if field.kind == "contacts":
        return list(dict.fromkeys(text.split()))
    if field.kind == "lines":
        return [line.strip() for line in text.splitlines() if line.strip()]
    if field.kind == "flag":
        return bool(text)
    if field.kind == "date":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text or None
    return text

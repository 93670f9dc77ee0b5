"""A document as a form: what it is called, and its items line by line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.console.form import Form
from policies_kb import placeholders, schema
from policies_kb.errors import Problem
from policies_kb.model import Document, Item
from policies_kb.source import NamedSource

TEXTS = ("title", "issuer", "issued", "note")
Texts = dict[str, str]


def of_document(document: Document, items: Sequence[Item] | None = None) -> Texts:
    """The form of a document, with other items where they are given."""
    lines = (f"{item.number}｜{item.cite}｜{item.heading}" for item in items or document.items)
    return {name: str(getattr(document, name)) for name in TEXTS} | {"items": "\n".join(lines)}


def of_request(form: Form) -> Texts:
    """The form as it was sent."""
    return {name: form.text(name).replace("\r\n", "\n") for name in (*TEXTS, "items")}


def document_of(key: str, shown: Texts) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document of a form, or what is wrong with it."""
    data: dict[str, Any] = {"id": key, **{name: shown[name] for name in TEXTS}}
    data["issued"] = _date(shown["issued"])
    data["items"] = [_item(line) for line in shown["items"].splitlines() if line.strip()]
    source = NamedSource(f"document {key}", data)
    problems = [source.problem((name,), f"{name} is empty", "write it") for name in TEXTS if not shown[name]]
    numbers = [item["number"] for item in data["items"]]
    problems += [
        source.problem(("items",), f"item {number} stands twice", "number each item once")
        for number in dict.fromkeys(number for number in numbers if numbers.count(number) > 1)
    ]
    problems += [
        source.problem(("note",), f"{{{name}}} is not known", "use {issued}")
        for name in placeholders.names(shown["note"])
        if name != "issued"
    ]
    document, mismatches = schema.convert(source, Document)
    problems += [one for one in mismatches if one.where[:1] not in {found.where[:1] for found in problems}]
    return (None if problems else document), tuple(problems)


def _item(line: str) -> dict[str, Any]:
    number, _, rest = line.replace("|", "｜").partition("｜")
    said, _, heading = rest.partition("｜")
    number = number.strip()
    whole = number.isascii() and number.isdecimal()
    item: dict[str, Any] = {
        "number": int(number) if whole else number,
        "cite": said.strip(),
        "heading": heading.strip(),
    }
    return {name: held for name, held in item.items() if held}


def _date(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text

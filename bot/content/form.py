"""A topic as a form: rows of text that are shown, come back from the browser, and are made into a topic again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.console.form import Form
from policies_kb import schema
from policies_kb.base import KeyPath
from policies_kb.eligibility.rule import Kind, Operator
from policies_kb.errors import Problem
from policies_kb.model import Fact, KnowledgeBase, Topic
from policies_kb.parts import plain
from policies_kb.source import NamedSource

TEXTS = (
    "title",
    "question",
    "audience",
    "answer",
    "hotline",
    "contact",
    "valid_from",
    "valid_to",
    "review_by",
    "owner",
)
LINES = ("steps", "materials", "related")
FACT = ("name", "aspect", "label", "value", "unit", "item", "when")
CONDITION = ("text", "item", "slot", "operator", "value", "why", "otherwise")
OUTCOME = ("text", "calculator", "slots", "rate")
_DATES = ("valid_from", "valid_to", "review_by")
_YES, _NO = "是", "否"
_MOST_ROWS = 60
Row = dict[str, str]


@dataclass
class TopicForm:
    """What stands in the fields."""

    texts: Row = field(default_factory=dict)
    lines: Row = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    conditions: list[Row] = field(default_factory=list)
    outcome: Row = field(default_factory=dict)

    def with_blank_rows(self, number: int) -> TopicForm:
        """The form with rows to fill in at the end of each list."""
        self.facts += [dict.fromkeys(FACT, "") for _ in range(number)]
        self.conditions += [dict.fromkeys(CONDITION, "") for _ in range(number)]
        self.sources += [""] * number
        return self


def empty() -> TopicForm:
    """The form of a topic that does not exist yet."""
    texts = dict.fromkeys((*TEXTS, "successor"), "")
    return TopicForm(texts, dict.fromkeys(LINES, ""), outcome=dict.fromkeys(OUTCOME, ""))


def of_topic(topic: Topic, knowledge: KnowledgeBase) -> TopicForm:
    """The form of a topic."""
    texts = {name: _text(getattr(topic, name)) for name in TEXTS}
    texts["successor"] = _title(knowledge, topic.successor)
    lines = {"steps": "\n".join(topic.steps), "materials": "\n".join(topic.materials)}
    lines["related"] = "\n".join(_title(knowledge, one) for one in topic.related)
    outcome = dict.fromkeys(OUTCOME, "")
    if topic.outcome is not None:
        held = plain(topic.outcome)
        outcome |= {key: " ".join(value) if isinstance(value, list) else value for key, value in held.items()}
    conditions = [{**plain(one), "item": str(one.item), "value": _value(one.value)} for one in topic.conditions]
    sources = [f"{ref.document} {ref.item}" for ref in topic.sources]
    return TopicForm(
        texts, lines, list(topic.notices), sources, [_fact(one) for one in topic.facts], conditions, outcome
    )


def of_request(form: Form) -> TopicForm:
    """The form as it was sent."""
    return TopicForm(
        {name: form.text(name).replace("\r\n", "\n") for name in (*TEXTS, "successor")},
        {name: form.text(name).replace("\r\n", "\n") for name in LINES},
        form.texts("notice"),
        form.texts("source"),
        list(_rows(form, "fact", FACT)),
        list(_rows(form, "condition", CONDITION)),
        {name: form.text(f"outcome-{name}") for name in OUTCOME},
    )


def topic_of(
    shown: TopicForm, topic_id: str, knowledge: KnowledgeBase
) -> tuple[Topic | None, tuple[tuple[str, Problem], ...]]:
    """The topic of a form, or what is wrong with its shape, each with the field that it is about."""
    source = NamedSource(f"topic {topic_id}", _data(shown, topic_id, knowledge))
    topic, problems = schema.convert(source, Topic)
    return topic, tuple((field_of(shown, problem.where), problem) for problem in problems)


def field_of(shown: TopicForm, where: KeyPath) -> str:
    """The name of the field that a value of the topic stands in."""
    if len(where) < 2 or where[0] not in ("facts", "conditions", "outcome", "sources"):
        return str(where[0]) if where else ""
    if where[0] == "outcome":
        return f"outcome-{where[1]}"
    if where[0] == "sources":
        return "sources"
    rows = shown.facts if where[0] == "facts" else shown.conditions
    filled = [number for number, row in enumerate(rows) if _filled(row)]
    number = filled[where[1]] if isinstance(where[1], int) and where[1] < len(filled) else 0
    return f"{str(where[0])[:-1]}-{number}-{where[2] if len(where) > 2 else 'name'}"


def _data(shown: TopicForm, topic_id: str, knowledge: KnowledgeBase) -> dict[str, Any]:
    ids = {topic.title: topic.id for topic in knowledge.topics.values()}
    data: dict[str, Any] = {"id": topic_id} | {name: shown.texts[name] for name in TEXTS if name not in _DATES}
    data |= {name: _date(shown.texts[name]) for name in _DATES if shown.texts[name] or name != "valid_to"}
    data["successor"] = ids.get(shown.texts["successor"], shown.texts["successor"])
    data |= {name: _lines(shown.lines[name]) for name in LINES}
    data["related"] = [ids.get(line, line) for line in data["related"]]
    data["notices"] = shown.notices
    pairs = [one.partition(" ") for one in dict.fromkeys(shown.sources) if one]
    data["sources"] = [{"document": document, "item": _item(item)} for document, _, item in pairs]
    data["facts"] = [_fact_data(row) for row in shown.facts if _filled(row)]
    data["conditions"] = [_condition_data(row, knowledge) for row in shown.conditions if _filled(row)]
    outcome = {name: shown.outcome[name] for name in ("text", "calculator", "rate") if shown.outcome[name]}
    if outcome or shown.outcome["slots"]:
        data["outcome"] = {"text": "", **outcome, "slots": shown.outcome["slots"].split()}
    return data


def _fact_data(row: Row) -> dict[str, Any]:
    data: dict[str, Any] = {name: row[name] for name in ("name", "aspect", "label", "unit")}
    whole = row["value"].isascii() and row["value"].isdecimal() and row["unit"]
    data |= {"value": int(row["value"]) if whole else row["value"], "item": _item(row["item"])}
    pairs = [one.partition("=") for one in row["when"].replace("＝", "=").replace("，", " ").split()]
    return data | {"when": {entity: value for entity, _, value in pairs}}


def _condition_data(row: Row, knowledge: KnowledgeBase) -> dict[str, Any]:
    slot = knowledge.slots.get(row["slot"])
    value: bool | str | list[str] = row["value"]
    if row["operator"] == Operator.ONE_OF.value:
        value = [one for one in row["value"].split("、") if one]
    elif slot is not None and slot.kind is Kind.FLAG and row["value"] in (_YES, _NO):
        value = row["value"] == _YES
    return {**row, "item": _item(row["item"]), "value": value}


def _rows(form: Form, name: str, columns: Iterable[str]) -> Iterable[Row]:
    count = form.text(f"{name}s")
    for number in range(min(int(count), _MOST_ROWS) if count.isascii() and count.isdecimal() else 0):
        if not form.text(f"{name}-{number}-gone"):
            yield {column: form.text(f"{name}-{number}-{column}").replace("\r\n", "\n") for column in columns}


def _filled(row: Mapping[str, str]) -> bool:
    return any(row[name] for name in row if name not in ("aspect", "item", "operator", "slot"))


def _fact(fact: Fact) -> Row:
    when = " ".join(f"{entity.value}={value}" for entity, value in fact.when.items())
    return {
        "name": fact.name,
        "aspect": fact.aspect.value,
        "label": fact.label,
        "value": str(fact.value),
        "unit": fact.unit,
        "item": str(fact.item),
        "when": when,
    }


def _value(value: bool | str | tuple[str, ...]) -> str:
    if isinstance(value, bool):
        return _YES if value else _NO
    return value if isinstance(value, str) else "、".join(value)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _title(knowledge: KnowledgeBase, topic_id: str) -> str:
    topic = knowledge.topics.get(topic_id)
    return topic.title if topic else topic_id


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _item(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdecimal() else text


def _date(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text

"""Makes parts of the rows of a workbook, on top of what is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.content import words as content_words
from bot.content.entries import TABLES, entry_of
from bot.content.form import CONDITION, FACT, LINES, OUTCOME, TEXTS, TopicForm, empty, of_topic, topic_of
from bot.exchange.model import Given, Trouble
from bot.exchange.words import Words
from bot.exchange.workbook import Line
from policies_kb import assembly
from policies_kb.checks.questions import plain
from policies_kb.parts import Part, PartKind, Questions, questions_part, shared_part, topic_part

_BELOW = {"facts": FACT, "conditions": CONDITION}
"""The sheets whose rows belong to a topic."""


class Reading:
    """One workbook; `given` reads it once."""

    def __init__(self, sheets: Mapping[str, list[Line]], published: Mapping[Part, Any], words: Words) -> None:
        self._sheets = sheets
        self._published = published
        self._knowledge = assembly.assemble(published)
        self._words = words
        self._told = content_words.load()
        self._troubles: list[Trouble] = []

    def given(self) -> Given:
        """The parts, and what is wrong with them."""
        parts = dict((*self._topics(), *self._tables(), *self._questions()))
        return Given(parts, tuple(self._troubles))

    def _topics(self) -> Iterator[tuple[Part, Any]]:
        rows = self._once("topics", "id")
        below = {sheet: self._grouped(sheet) for sheet in _BELOW if sheet in self._sheets}
        for topic_id in dict.fromkeys((*rows, *(key for held in below.values() for key in held))):
            shown = self._form(topic_id, rows.get(topic_id), below)
            topic, problems = topic_of(shown, topic_id, self._knowledge)
            for field, problem in problems:
                self._troubles.append(Trouble(self._place(topic_id, field, rows, below), self._told.problem(problem)))
            if topic is not None:
                yield topic_part(topic_id), topic

    def _form(self, topic_id: str, row: Line | None, below: Mapping[str, Mapping[str, list[Line]]]) -> TopicForm:
        held = self._published.get(topic_part(topic_id))
        shown = of_topic(held, self._knowledge) if held is not None else empty()
        if row is not None:
            shown.texts = {name: row.cells[name] for name in (*TEXTS, "successor")}
            shown.lines = {name: row.cells[name] for name in LINES}
            shown.notices, shown.sources = (row.cells[name].split("\n") for name in ("notices", "sources"))
            shown.notices, shown.sources = [one for one in shown.notices if one], [one for one in shown.sources if one]
            shown.outcome = {name: row.cells[f"outcome-{name}"] for name in OUTCOME}
        for sheet, columns in _BELOW.items():
            if sheet in below and (row is not None or topic_id in below[sheet]):
                lines = below[sheet].get(topic_id, [])
                setattr(shown, sheet, [self._coded({name: line.cells[name] for name in columns}) for line in lines])
        return shown

    def _coded(self, row: dict[str, str]) -> dict[str, str]:
        """The row with the names of choices in place of their words."""
        choices = {"aspect": self._told.aspects, "operator": self._told.operators}
        for column, words in choices.items():
            if column in row:
                row[column] = {word: name for name, word in words.items()}.get(row[column], row[column])
        return row

    def _place(
        self, topic_id: str, field: str, rows: Mapping[str, Line], below: Mapping[str, Mapping[str, list[Line]]]
    ) -> str:
        kind, _, rest = field.partition("-")
        number, _, name = rest.partition("-")
        if kind in ("fact", "condition") and number.isdecimal():
            lines = below.get(f"{kind}s", {}).get(topic_id, [])
            line = lines[int(number)] if int(number) < len(lines) else None
            return self._at(f"{kind}s", line, name)
        return self._at("topics", rows.get(topic_id), field) if topic_id in rows else topic_id

    def _at(self, sheet: str, line: Line | None, column: str) -> str:
        return self._words.place(sheet, line.number if line is not None else 0, column)

    def _tables(self) -> Iterator[tuple[Part, Any]]:
        for name in TABLES:
            if name not in self._sheets:
                continue
            value = dict(self._published[shared_part(name)])
            for key, line in self._once(name, "key").items():
                if key not in value and not TABLES[name].grows:
                    self._troubles.append(Trouble(self._at(name, line, "key"), self._words.troubles["unknown"]))
                    continue
                entry, problems = entry_of(name, key, line.cells, self._knowledge)
                self._troubles += [
                    Trouble(self._at(name, line, str(one.where[0])), self._told.problem(one)) for one in problems
                ]
                if entry is not None:
                    value[key] = entry
            yield shared_part(name), value

    def _questions(self) -> Iterator[tuple[Part, Any]]:
        seen: dict[str, Line] = {}
        for topic, lines in self._grouped("questions").items():
            if topic not in self._knowledge.topics:
                self._troubles.append(
                    Trouble(self._at("questions", lines[0], "topic"), self._words.troubles["unknown"])
                )
            for line in lines:
                if (first := seen.setdefault(plain(line.cells["examples"]), line)) is not line:
                    told = self._words.troubles["twice"].format(row=first.number)
                    self._troubles.append(Trouble(self._at("questions", line, "examples"), told))
            yield questions_part(topic), Questions(tuple(line.cells["examples"] for line in lines))

    def _once(self, sheet: str, column: str) -> dict[str, Line]:
        """The rows by what they are about; one that comes a second time is refused."""
        found: dict[str, Line] = {}
        for line in self._named(self._sheets.get(sheet, ()), sheet, column):
            first = found.setdefault(line.cells[column], line)
            if first is not line:
                told = self._words.troubles["twice"].format(row=first.number)
                self._troubles.append(Trouble(self._at(sheet, line, column), told))
        return found

    def _grouped(self, sheet: str) -> dict[str, list[Line]]:
        found: dict[str, list[Line]] = {}
        for line in self._named(self._sheets.get(sheet, ()), sheet, "topic"):
            found.setdefault(line.cells["topic"], []).append(line)
        return found

    def _named(self, lines: Iterable[Line], sheet: str, column: str) -> Sequence[Line]:
        """The rows that say what they are about."""
        named = []
        for line in lines:
            if self._well_named(line.cells[column], sheet):
                named.append(line)
            else:
                self._troubles.append(Trouble(self._at(sheet, line, column), self._words.troubles["name"]))
        return named

    def _well_named(self, key: str, sheet: str) -> bool:
        kind = PartKind.SHARED if sheet in TABLES else PartKind.TOPIC
        return self._words.well_named(key) or Part(kind, key) in self._published

"""The step-by-step form: what a posted page carries, and what it becomes after one answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from urllib.parse import parse_qsl

from bot.eligibility.reading import read
from bot.web.body import Refused
from policies_kb.eligibility.display import display
from policies_kb.eligibility.request import read_answer
from policies_kb.eligibility.rule import Kind, Slot
from policies_kb.eligibility.values import Value, ValueInvalid, encode

_KNOWN = "known."
_MOST_FIELDS = 500
Slots = Mapping[str, Slot]


class Trouble(str, Enum):
    """Why the same question is asked again."""

    EMPTY = "empty"
    UNCLEAR = "unclear"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Posted:
    """The fields of a posted page: what it carries, and what was pressed.

    `known` are answers in their written form and `skipped` the slots that the person does not know, both in the order
    in which they were given. `asked` was answered with `answer`, or skipped; or else `change` asks for a slot again.
    """

    known: Mapping[str, str]
    skipped: tuple[str, ...]
    asked: str = ""
    answer: str = ""
    skips: bool = False
    change: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The form after an answer; `again` is a slot to ask for before all others, with what was typed for it."""

    answers: Mapping[str, Value]
    skipped: tuple[str, ...] = ()
    again: str = ""
    typed: str = ""
    trouble: Trouble | None = None

    def without(self, slot: str) -> Form:
        """The form as if nothing had been said about a slot."""
        answers = {name: value for name, value in self.answers.items() if name != slot}
        return replace(self, answers=answers, skipped=tuple(name for name in self.skipped if name != slot))


def parse(body: bytes) -> Posted:
    """The fields of a posted page; raises Refused."""
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise Refused(400, "body", "the body is not a form in UTF-8") from None
    single = dict(fields)
    return Posted(
        known={name.removeprefix(_KNOWN): value for name, value in fields if name.startswith(_KNOWN)},
        skipped=tuple(value for name, value in fields if name == "skipped"),
        asked=single.get("slot", ""),
        answer=single.get("answer", "").strip(),
        skips="skip" in single,
        change=single.get("change", ""),
    )


def filled(slots: Slots, posted: Posted, today: date) -> Form:
    """The form with the answer that was posted; what the page carries but the content does not take counts as not said."""
    form = Form(_known(slots, posted.known), tuple(dict.fromkeys(name for name in posted.skipped if name in slots)))
    if posted.change in slots:
        former = retyped(slots[posted.change], form.answers.get(posted.change), today)
        return replace(form.without(posted.change), again=posted.change, typed=former)
    if posted.asked not in slots:
        return form
    if posted.skips:
        # An answer that was too vague still counts when the person cannot say it more exactly.
        return replace(form, skipped=(*(name for name in form.skipped if name != posted.asked), posted.asked))
    return _answered(slots[posted.asked], form, posted, today)


def written(slot: Slot, value: Value) -> str:
    """The value as a field of the page carries it."""
    encoded = encode(slot, value)
    return str(encoded).lower() if isinstance(encoded, bool) else encoded


def retyped(slot: Slot, value: Value | None, today: date) -> str:
    """What to put into the field for an answer; nothing where the person could not send it back as it stands."""
    if value is None:
        return ""
    if slot.kind in (Kind.FLAG, Kind.CHOICE):
        return written(slot, value)
    shown = display(slot, value)
    try:
        return shown if read(slot, shown, today) == value else ""
    except ValueInvalid:
        return ""


def _answered(slot: Slot, form: Form, posted: Posted, today: date) -> Form:
    again = replace(form, again=posted.asked, typed=posted.answer)
    if not posted.answer:
        return replace(again, trouble=Trouble.EMPTY)
    try:
        value = read(slot, posted.answer, today)
    except ValueInvalid:
        return replace(again, trouble=Trouble.UNCLEAR)
    fresh = form.without(posted.asked)
    return replace(fresh, answers={**fresh.answers, posted.asked: value})


def _known(slots: Slots, known: Mapping[str, str]) -> dict[str, Value]:
    answers: dict[str, Value] = {}
    for name, text in known.items():
        if name not in slots:
            continue
        try:
            answers[name] = read_answer(slots[name], text)
        except ValueInvalid:
            continue
    return answers

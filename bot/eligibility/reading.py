"""Reads what people type into the form: the written form, or everyday words such as 三年多 and 去年年底."""

from __future__ import annotations

from datetime import date

from bot.nlu.spans import find
from bot.nlu.text import normalise
from policies_kb.eligibility.request import read_answer
from policies_kb.eligibility.rule import Kind, Slot
from policies_kb.eligibility.values import Value, ValueInvalid


def read(slot: Slot, text: str, today: date) -> Value:
    """The answer as a value; raises ValueInvalid where it is none, or could be several."""
    try:
        return read_answer(slot, text)
    except ValueInvalid:
        if slot.kind in (Kind.FLAG, Kind.CHOICE):
            raise
        found = [span for span in find(normalise(text), today) if span.kind is slot.kind]
        if len(found) != 1:
            raise
        return read_answer(slot, found[0].written)

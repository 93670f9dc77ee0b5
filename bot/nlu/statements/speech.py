"""The words of nlu_data/lexicon/speech.yml, and patterns made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
import yaml

from bot.nlu.lexicon import LexiconInvalid
from bot.nlu.text import normalise
from policies_kb.eligibility.rule import Kind

MARKS = ",.。!?;:、~\n "
"""What ends a clause."""
GAP = 12
"""How many characters may stand in the gap of a word."""
_GAP = rf"[^{re.escape(MARKS)}]{{0,{GAP}}}?"

Words = tuple[str, ...]


class Fall(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The slots of pay before and now, and the words that tell which sum is which."""

    before: str
    now: str
    to: Words
    by: Words


class Speech(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of speech.yml, whose comments say what each is for."""

    own: Words = msgspec.field(name="self")
    others: Words
    nobody: Words
    tells: Words
    hypothetical: Words
    correction: Words
    no_correction: Words
    skip: Words
    stop: Words
    asks: Words
    yes: Words
    no: Words
    particles: Words
    negations: Words
    between: Words
    lacking: Words
    demands: Words
    inquiries: Words
    past: Words
    closing: Words
    verdicts: Words
    about: Words
    personal: Words
    firms: Words
    unasked: Mapping[Kind, Words]
    fall: Fall
    never: Words
    none_of_it: Words
    compounds: Words
    unstated: Mapping[str, Words]
    lasting: Words
    lapses: Words


def read(folder: Path) -> Speech:
    """The lists of a lexicon's folder; raises LexiconInvalid with the file's name."""
    path = folder / "speech.yml"
    try:
        return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), Speech)
    except (msgspec.ValidationError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise LexiconInvalid(f"{path}: {error}") from error


def normal(word: str) -> str:
    """A word in the form of normalised texts; … stays what it is."""
    return "…".join(normalise(part) for part in word.split("…"))


def any_of(words: Iterable[str]) -> str:
    """A regular expression for one of the words, the longest first; … is a gap within a clause."""
    longest_first = sorted(map(normal, words), key=lambda word: (-len(word), word))
    patterns = (_GAP.join(map(re.escape, word.split("…"))) for word in longest_first)
    return f"(?:{'|'.join(patterns)})" if longest_first else r"(?!)"

"""The words of nlu_data/lexicon/speech.yml, and patterns made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import product
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
_GROUP = re.compile(r"<(\w+)>")

Words = tuple[str, ...]


class Fall(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The slots of pay before and now, and the words that tell which sum is which."""

    before: str
    now: str
    to: Words
    by: Words


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What tells the name of a benefit (农民工职业技能提升计划) from a statement (我农民工能有补贴不)."""

    benefits: Words
    between: Words
    leads: Words
    verbs: Words
    spared: Words


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
    either: Words
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
    groups: Mapping[str, Words]
    unasked: Mapping[Kind, Words]
    fall: Fall
    never: Words
    none_of_it: Words
    compounds: Words
    names: Names
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


def expanded(words: Iterable[str], groups: Mapping[str, Words]) -> list[str]:
    """The words in the form of normalised texts, with each of a group in its place: <单位>同意 is 厂里同意, 公司同意."""
    found: list[str] = []
    for word in words:
        # The names of groups stand at the odd places.
        parts = enumerate(_GROUP.split(word))
        choices = [_group(part, word, groups) if place % 2 else [normal(part)] for place, part in parts]
        found += map("".join, product(*choices))
    return found


def _group(name: str, word: str, groups: Mapping[str, Words]) -> list[str]:
    if name not in groups:
        raise LexiconInvalid(f"{word}: <{name}> is no group of speech.yml; add it there")
    return [normal(one) for one in groups[name]]


def any_of(words: Iterable[str]) -> str:
    """A regular expression for one of the words, the longest first; … is a gap within a clause.

    Words with one first character stand together, so that most of a text is passed over quickly.
    """
    by_first: dict[str, list[str]] = {}
    for word in sorted(dict.fromkeys(map(normal, words)), key=lambda word: (-len(word), word)):
        by_first.setdefault(re.escape(word[0]), []).append(_GAP.join(map(re.escape, word[1:].split("…"))))
    patterns = (f"{first}(?:{'|'.join(rest)})" for first, rest in by_first.items())
    return f"(?:{'|'.join(patterns)})" if by_first else r"(?!)"

"""The words by which workers state things about themselves, from nlu_data/lexicon/statements and speech.yml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
import yaml

from bot.nlu.lexicon import LexiconInvalid, WordList, read_entities
from bot.nlu.numeral import NUMERAL
from bot.nlu.statements import speech as speeches
from bot.nlu.statements.finder import Finder
from bot.nlu.statements.speech import MARKS, Names, Speech, any_of, expanded, normal
from policies_kb.eligibility.rule import Kind

FIGURES = (Kind.DATE, Kind.DURATION, Kind.AMOUNT, Kind.PERCENT)


class StatementList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One slot: the words for each value of a flag or choice, or the cues beside a figure that belongs to it.

    `entity` adds the words of a list of lexicon/entities.
    """

    slot: str
    kind: Kind
    values: Mapping[str, tuple[str, ...]] = {}
    entity: str = ""
    cues: tuple[str, ...] = ()


class WordLists(msgspec.Struct, frozen=True):
    """All lists as a model keeps them; `words` has one list by slot for each flag and choice."""

    slots: tuple[StatementList, ...]
    words: tuple[WordList, ...]
    speech: Speech


def read(folder: Path) -> WordLists:
    """The lists of a lexicon's folder; raises LexiconInvalid with the file's name."""
    entities = {words.entity: words for words in read_entities(folder)}
    lists = [_read(path) for path in sorted((folder / "statements").glob("*.yml"))]
    for one in lists:
        if one.entity and one.entity not in entities:
            raise LexiconInvalid(f"statements/{one.slot}.yml: {one.entity} is no list of lexicon/entities")
    words = [_words(one, entities.get(one.entity)) for one in lists if one.kind not in FIGURES]
    return WordLists(tuple(lists), tuple(words), speeches.read(folder))


def _read(path: Path) -> StatementList:
    try:
        return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), StatementList)
    except (msgspec.ValidationError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise LexiconInvalid(f"{path}: {error}; compare with the other lists in the folder") from error


def _words(one: StatementList, entity: WordList | None) -> WordList:
    """The words of a slot; its own win over those of the entity."""
    if entity is None:
        return WordList(one.slot, one.values)
    own = {word for words in one.values.values() for word in words}
    values = {value: tuple(word for word in words if word not in own) for value, words in entity.values.items()}
    for value, words in one.values.items():
        values[value] = (*values.get(value, ()), *words)
    return msgspec.structs.replace(entity, entity=one.slot, values=values)


def _benefit(names: Names) -> str:
    """A regular expression for what makes a word part of a name, from its last character on: 失业了 is none."""
    return f"(?:(?!{any_of(names.between)})[^{re.escape(MARKS)}]){{1,9}}?{any_of(names.benefits)}"


@dataclass(frozen=True)
class Marked:
    """A pattern for words and what each stands for: nothing, one thing, or several that compete."""

    pattern: re.Pattern[str]
    meanings: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, words_by_meaning: Iterable[tuple[str, Iterable[str]]]) -> Marked:
        """From words by what they stand for; those of the empty meaning stand for nothing."""
        meanings: dict[str, tuple[str, ...]] = {}
        for meaning, words in words_by_meaning:
            for word in map(normal, words):
                meanings[word] = (*meanings.get(word, ()), *filter(None, (meaning,)))
        return cls(re.compile(any_of(meanings)), meanings)


class StatementWords:
    """The lists, ready to be looked for in normalised texts."""

    def __init__(self, lists: WordLists) -> None:
        said = lists.speech
        self.lists = lists
        self.named = Finder(lists.words, said.groups)
        self.entities = {one.entity: one.slot for one in lists.slots if one.entity}
        self.compounds = re.compile(any_of(expanded(said.compounds, said.groups)))
        self.named_benefit = re.compile(_benefit(said.names))
        self.leads, self.verbs = re.compile(f"{any_of(said.names.leads)}$"), re.compile(any_of(said.names.verbs))
        self.flags = frozenset(one.slot for one in lists.slots if one.kind is Kind.FLAG)
        self.cues = {
            kind: Marked.of(
                [("", said.unasked.get(kind, ())), *((one.slot, one.cues) for one in lists.slots if one.kind is kind)]
            )
            for kind in FIGURES
        }
        between = any_of(said.between)
        self.denied = re.compile(f"{any_of(said.negations)}{between}{{0,3}}$")
        self.negated = re.compile(any_of(said.negations))
        self.demanded = re.compile(f"{any_of(said.demands)}{between}{{0,3}}$")
        self.past = re.compile(f"{any_of(said.past)}{between}{{0,3}}$")
        self.demands = re.compile(any_of(said.demands))
        self.lacking = re.compile(f"[还都也从来]*{any_of(said.lacking)}")
        self.asked_for = re.compile(f"[了过的]*{any_of(said.inquiries)}")
        self.closing, self.verdicts = re.compile(f"{any_of(said.closing)}$"), re.compile(any_of(said.verdicts))
        self.about, self.personal = re.compile(any_of(said.about)), re.compile(any_of(said.personal))
        self.fall_to, self.fall_by = re.compile(any_of(said.fall.to)), re.compile(f"{any_of(said.fall.by)}$")
        self.lasting, self.lapses = re.compile(any_of(said.lasting)), re.compile(any_of(said.lapses))
        self.never = re.compile(any_of(said.never))
        self.people = Marked.of([("other", expanded(said.others, said.groups)), ("self", said.own), ("", said.nobody)])
        self.tells = re.compile(any_of(said.tells))
        self.hypothetical = re.compile(any_of(expanded(said.hypothetical, said.groups)))
        self.corrections = Marked.of([("correction", said.correction), ("", said.no_correction)])
        self.skip, self.stop = (re.compile(any_of(words)) for words in (said.skip, said.stop))
        self.asks = re.compile(f"{any_of(said.asks)}|({any_of(said.either)})不\\1")
        edges = f"(?:{any_of(said.particles)}|[{re.escape(MARKS)}])*"
        self.yes, self.no = (re.compile(f"{edges}{any_of(words)}{edges}") for words in (said.yes, said.no))
        # Nobody answers with a longer number.
        self.number = re.compile(f"{edges}(?!.{{17}})({NUMERAL}){edges}")

    def corrected(self, text: str) -> Iterator[int]:
        """Where the words that correct something stand."""
        found = self.corrections.pattern.finditer(text)
        return (match.start() for match in found if self.corrections.meanings[match[0]])

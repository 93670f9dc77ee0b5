"""What a question sounds and looks like, as numbers: what it asks for counts, how it asks does not."""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from bot.nlu.lexicon import PROJECT, Lexicon, read_concepts, read_entities
from bot.nlu.pinyin import syllables
from bot.nlu.text import normalise
from bot.nlu.wording import QUESTION_WORDS, read
from bot.unanswered.model import Features

LEXICON = PROJECT / "nlu_data" / "lexicon"
MOST = 96
"""Features of one text; a long story is told by what is rarest in it."""

_SAMPLE = 4
"""Of the training questions every fourth tells how common a feature is; all of them would take four times as long."""
_CHARACTER, _PAIR, _SOUNDS, _CONCEPT = 0.3, 1.0, 0.7, 2.0
"""Chosen on training questions with their topics as clusters: purity 0.8, over half of a topic in its largest cluster."""

_GAP = "|"
_BREAKS = re.compile(r"[\W_|]+")


class Featuring:
    """Gives the same features for the same text; `common` are texts by which the weight of a feature is told."""

    def __init__(self, lexicon: Lexicon, asking: Lexicon, particles: Iterable[str], common: Sequence[str]) -> None:
        self._lexicon = lexicon
        self._asking = asking
        self._particles = re.compile("|".join(map(re.escape, sorted(particles, key=len, reverse=True))))
        self._counts: Counter[int] = Counter()
        for text in common:
            self._counts.update(dict(self._terms(text)).keys())
        self._texts = len(common)

    def __call__(self, text: str) -> Features:
        """The rarest features of a text, weighted, to the length 1; empty where nothing can be told."""
        found: defaultdict[int, float] = defaultdict(float)
        for term, weight in self._terms(text):
            found[term] += weight
        weighed = {term: weight * self._rarity(term) for term, weight in found.items()}
        kept = sorted(weighed, key=lambda term: (-weighed[term], term))[:MOST]
        length = math.sqrt(sum(weighed[term] ** 2 for term in kept))
        return {term: weighed[term] / length for term in kept}

    def _rarity(self, term: int) -> float:
        return math.log(1 + (self._texts + 1) / (self._counts[term] + 1))

    def _terms(self, text: str) -> Iterator[tuple[int, float]]:
        plain = normalise(text)
        for piece in self._pieces(plain):
            yield from ((_hashed("c", one), _CHARACTER) for one in piece)
            yield from ((_hashed("p", pair), _PAIR) for pair in map("".join, pairwise(piece)))
            heard = syllables(piece)
            yield from ((_hashed("s", " ".join(pair)), _SOUNDS) for pair in pairwise(heard))
        for entity, value, _, _ in self._lexicon.find(plain):
            if entity != QUESTION_WORDS:
                yield _hashed("w", f"{entity}={value}"), _CONCEPT

    def _pieces(self, plain: str) -> list[str]:
        """The text without what only asks; where nothing else is left, all of it."""
        bare = plain
        for _, _, start, end in self._asking.find(plain):
            bare = bare[:start] + _GAP * (end - start) + bare[end:]
        pieces = [piece for piece in _BREAKS.split(self._particles.sub(_GAP, bare)) if piece]
        return pieces or [piece for piece in _BREAKS.split(plain) if piece]


def load(common: Callable[[], Sequence[str]], folder: Path = LEXICON) -> Featuring:
    """What the lexicon of the assistant knows; takes some seconds."""
    concepts = read_concepts(folder)
    asking = Lexicon([words for words in concepts if words.entity == QUESTION_WORDS])
    everything = Lexicon([*read_entities(folder), *concepts])
    return Featuring(everything, asking, read(folder / "wording.yml").particles, common()[::_SAMPLE])


def _hashed(view: str, term: str) -> int:
    return zlib.crc32(f"{view}{term}".encode())

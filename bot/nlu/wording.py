"""What a message says by itself, and how it hangs together with the question before it."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import yaml

from bot.nlu.lexicon import Lexicon, LexiconInvalid
from bot.nlu.text import normalise

QUESTION_WORDS = "questions"
"""The list of the lexicon whose words ask for a side of a topic: 多少钱, 啥条件, 钱从哪出."""

_MARKS = r"[,。!?;:、\n\s]+"
_UNSPOKEN = re.compile(r"[\W_]+")


class WordingLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of nlu_data/lexicon/wording.yml."""

    particles: tuple[str, ...]
    joints: tuple[str, ...]


class Wording:
    """Compares and joins normalised texts with the help of the lexicon."""

    def __init__(self, lists: WordingLists, lexicon: Lexicon) -> None:
        self.lists = lists
        self._things = Lexicon([words for words in lexicon.lists if words.names_things])
        self._light = Lexicon(
            [words for words in lexicon.lists if words.names_things or words.entity == QUESTION_WORDS]
        )
        longest_first = sorted(lists.particles, key=lambda word: -len(word))
        self._particles = re.compile("|".join(map(re.escape, longest_first)))
        self._breaks = re.compile(f"{_MARKS}|(?={'|'.join(map(re.escape, lists.joints))})")

    def own_content(self, text: str) -> int:
        """How many characters say something besides particles, question words and named things."""
        for _, _, start, end in self._light.find(text):
            text = text[:start] + "\n" * (end - start) + text[end:]
        return len(_UNSPOKEN.sub("", self._particles.sub("", text)))

    def in_context(self, text: str, earlier: str) -> str:
        """The earlier question with the things that `text` names in place of its own, followed by `text`."""
        for entity, value, start, end in self._things.find(text):
            named_earlier = [match for match in self._things.find(earlier) if match[0] == entity and match[1] != value]
            for _, _, begin, stop in sorted(named_earlier, key=lambda match: match[2], reverse=True):
                earlier = earlier[:begin] + text[start:end] + earlier[stop:]
        return f"{earlier} {text}"

    def aspects(self, text: str) -> tuple[str, ...]:
        """The sides of a topic that a text asks for, by the keys of the question words, each once."""
        asked = (value for entity, value, _, _ in self._light.find(text) if entity == QUESTION_WORDS)
        return tuple(dict.fromkeys(asked))

    def joined(self, text: str) -> bool:
        """Whether a word within the text announces another question."""
        return any(text.find(joint) > 0 for joint in self.lists.joints)

    def parts(self, text: str, least: int = 4) -> tuple[str, ...]:
        """The clauses of a text that are long enough to be a question; empty where there is but one."""
        clauses = [clause.strip() for clause in self._breaks.split(text)]
        long_enough = tuple(clause for clause in clauses if len(clause) >= least)
        return long_enough if len(long_enough) > 1 else ()


def read(path: Path) -> WordingLists:
    """The lists of a file; raises LexiconInvalid with its name."""
    try:
        lists = msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), WordingLists)
    except (msgspec.ValidationError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise LexiconInvalid(f"{path}: {error}") from error
    return WordingLists(tuple(map(normalise, lists.particles)), tuple(map(normalise, lists.joints)))

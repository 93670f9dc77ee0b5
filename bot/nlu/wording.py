"""What a message says by itself, and how it hangs together with the question before it."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import yaml

from bot.nlu.lexicon import Lexicon, LexiconInvalid, WordList
from bot.nlu.text import normalise

QUESTION_WORDS = "questions"
"""The list of the lexicon whose words ask for a side of a topic: 多少钱, 啥条件, 钱从哪出."""

_MARKS = r"[,。!?;:、\n\s]+"
_UNSPOKEN = re.compile(r"[\W_]+")


class WordingLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of nlu_data/lexicon/wording.yml."""

    particles: tuple[str, ...]
    joints: tuple[str, ...]
    whether: tuple[str, ...]
    turning: tuple[str, ...]
    qualifiers: tuple[str, ...]


class Wording:
    """Compares and joins normalised texts with the help of the lexicon."""

    def __init__(self, lists: WordingLists, lexicon: Lexicon) -> None:
        self.lists = lists
        self._things = Lexicon([words for words in lexicon.lists if words.names_things])
        # 银的 stands for a medal only where medals were talked about.
        self._shortened = Lexicon([_with_short_words(words) for words in self._things.lists])
        self._light = Lexicon(
            [words for words in lexicon.lists if words.names_things or words.entity == QUESTION_WORDS]
        )
        self._particles = _any_of(lists.particles)
        self._qualifiers = _any_of(lists.qualifiers)
        self._breaks = re.compile(f"{_MARKS}|(?={'|'.join(map(re.escape, lists.joints))})")

    def own_content(self, text: str) -> int:
        """How many characters say something besides particles, question words and named things.

        A qualifier counts as one: it says whom or what is asked about, and hardly what is asked.
        """
        for _, _, start, end in self._light.find(text):
            text = text[:start] + "\n" * (end - start) + text[end:]
        text, qualifiers = self._qualifiers.subn("\n", text)
        return qualifiers + len(_UNSPOKEN.sub("", self._particles.sub("", text)))

    def in_context(self, text: str, earlier: str) -> tuple[str, bool]:
        """The earlier question with the things that `text` names in place of its own, followed by `text`.

        Where the earlier one is itself a chain of follow-ups (技师补多少 那高级技师呢), the last thing named holds.
        Also whether it names another thing of a kind than was named last.
        """
        named = self._things.find(earlier)
        latest = {entity: value for entity, value, _, _ in sorted(named, key=lambda match: match[2])}
        replaces = False
        for entity, value, _, _ in sorted(self._shortened.find(text), key=lambda match: match[2]):
            if entity in latest:
                replaces = replaces or latest[entity] != value
                latest[entity] = value
        for entity, value, start, end in sorted(named, key=lambda match: match[2], reverse=True):
            if latest[entity] != value:
                earlier = earlier[:start] + latest[entity] + earlier[end:]
        return f"{earlier} {text}", replaces

    def aspects(self, text: str) -> tuple[str, ...]:
        """The sides of a topic that a text asks for, by the keys of the question words, each once."""
        asked = (value for entity, value, _, _ in self._light.find(text) if entity == QUESTION_WORDS)
        return tuple(dict.fromkeys(asked))

    def joined(self, text: str) -> bool:
        """Whether a word within the text announces another question."""
        return any(text.find(joint) > 0 for joint in self.lists.joints)

    def asks_whether(self, text: str) -> bool:
        """Whether a text asks if somebody or something counts too: 技师行吗, 外地的也给."""
        return any(word in text for word in self.lists.whether)

    def turns(self, text: str) -> bool:
        """Whether a text names something else to answer the same question for: 那技师呢."""
        return text.rstrip("?!。").endswith(self.lists.turning)

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
    return WordingLists(*(tuple(map(normalise, words)) for words in msgspec.structs.astuple(lists)))


def _with_short_words(words: WordList) -> WordList:
    values = {value: (*names, *words.short.get(value, ())) for value, names in words.values.items()}
    return msgspec.structs.replace(words, values=values)


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """The longest of the words at a place; nothing at all where there are none."""
    longest_first = sorted(words, key=lambda word: -len(word))
    return re.compile("|".join(map(re.escape, longest_first)) or "(?!)")

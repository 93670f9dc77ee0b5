"""Makes a question noisy in the ways that workers' messages are."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import yaml

from bot.nlu.pinyin import spelled
from bot.nlu.romanise import romanised

Perturbation = Callable[[str, random.Random], str]


class Material(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the north-east for common ones, and what people tell around a question."""

    dialect: dict[str, str]
    before: tuple[str, ...]
    after: tuple[str, ...]


def perturbations(material: Path, known_texts: Sequence[str]) -> dict[str, Perturbation]:
    """The perturbations by name; `known_texts` give the characters that homophones are taken from."""
    words = msgspec.convert(yaml.safe_load(material.read_text(encoding="utf-8")), Material)
    same_sound: dict[str, list[str]] = {}
    for character in sorted({c for text in known_texts for c in text if "\u4e00" <= c <= "\u9fff"}):
        same_sound.setdefault(spelled(character), []).append(character)

    def homophone(text: str, chance: random.Random) -> str:
        places = [n for n, c in enumerate(text) if len(same_sound.get(spelled(c), ())) > 1]
        for place in chance.sample(places, min(2, len(places))):
            others = [c for c in same_sound[spelled(text[place])] if c != text[place]]
            text = text[:place] + chance.choice(others) + text[place + 1 :]
        return text

    def dialect(text: str, chance: random.Random) -> str:
        for word, spoken in words.dialect.items():
            text = text.replace(word, spoken)
        return text

    def story(text: str, chance: random.Random) -> str:
        return chance.choice(words.before) + text + chance.choice(words.after)

    return {
        "homophone": homophone,
        "deletion": _deletion,
        "pinyin": romanised,
        "dialect": dialect,
        "story": story,
    }


def _deletion(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text))
    return text[:place] + text[place + 1 :]

"""Questions made noisy."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest

from bot.assistant.training import ROOT
from bot.evaluation.perturb import perturbations
from bot.nlu.pinyin import spelled, syllables
from bot.nlu.text import normalise

MATERIAL = ROOT / "tests" / "questions" / "perturbations.yml"
QUESTION = "技能补贴怎么领"
CHANGES = perturbations(MATERIAL, [QUESTION, "计件工资,机器不停"])


def noisy(name: str, text: str = QUESTION, seed: int = 1) -> str:
    return CHANGES[name](text, random.Random(seed))


@pytest.mark.parametrize("name", CHANGES)
def test_noise_changes_the_question_the_same_way_every_time(name: str) -> None:
    assert noisy(name) == noisy(name) != QUESTION


def test_homophones_sound_the_same() -> None:
    found = noisy("homophone")

    assert len(found) == len(QUESTION)
    assert [spelled(character) for character in found] == [spelled(character) for character in QUESTION]


def test_text_without_homophones_stays() -> None:
    assert noisy("homophone", "xyz") == "xyz"


def test_deletion_takes_one_character() -> None:
    assert all(len(noisy("deletion", seed=seed)) == len(QUESTION) - 1 for seed in range(10))


def test_pinyin_sounds_the_same() -> None:
    assert syllables(normalise(noisy("pinyin"))) == syllables(QUESTION)


def test_dialect_replaces_words() -> None:
    assert noisy("dialect") == "技能补贴咋领"


def test_story_keeps_the_question_inside() -> None:
    assert all(QUESTION in noisy("story", seed=seed)[1:-1] for seed in range(10))


def test_material_of_another_shape_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "words.yml"
    path.write_text("dialect: {a: b}\n", encoding="utf-8")

    with pytest.raises(msgspec.ValidationError):
        perturbations(path, [])

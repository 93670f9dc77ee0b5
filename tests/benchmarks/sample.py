"""A sample of our own topics and questions that even DIET learns in minutes, as a folder such as nlu_data."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import yaml

from bot.assistant.training import NLU_DATA
from tests.benchmarks.questions import Fact

TOPICS, QUESTIONS = 30, 25
_SEED = 42


def write(folder: Path, facts: list[Fact]) -> list[Fact]:
    """Write TOPICS topics with QUESTIONS questions each; gives the facts that only they answer."""
    chance = random.Random(_SEED)
    asked = sorted({topic for fact in facts for topic in fact.topics})
    topics = frozenset(chance.sample(asked, TOPICS))
    (folder / "nlu").mkdir(parents=True)
    for name in ("domain", "rules"):
        shutil.copytree(NLU_DATA / name, folder / name)
    shutil.copy(NLU_DATA / "config.yml", folder)
    for topic in sorted(topics):
        content = yaml.safe_load((NLU_DATA / "nlu" / "topics" / f"{topic}.yml").read_text(encoding="utf-8"))
        (block,) = content["nlu"]
        block["examples"] = "".join(chance.sample(block["examples"].splitlines(keepends=True), QUESTIONS))
        (folder / "nlu" / f"{topic}.yml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return [fact for fact in facts if fact.topics <= topics]

"""The words of the training's pages, read from words.yml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

from bot.accounts.words import LinkWords
from bot.learning.model import Refusal, Training
from policies_kb.model import KnowledgeBase

_TRAINING = "training "


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by the names that the code uses."""

    link: LinkWords
    stages: dict[str, str]
    other_stage: str
    states: dict[str, str]
    state_badges: dict[str, str]
    ends: dict[str, str]
    refusals: dict[str, str]
    remedy: str
    notices: dict[str, str]
    problems: dict[str, str]
    labels: dict[str, str]
    no_topic: str

    def stage(self, name: str) -> str:
        """What is being done."""
        if name.startswith(_TRAINING):
            return self.stages["training"].format(name=name.removeprefix(_TRAINING))
        return self.stages.get(name, self.other_stage)

    def end(self, run: Training) -> str:
        """What it came to."""
        name = run.state.value
        if name == "failed" and not run.problem:
            name = "gone"
        return self.ends[name].format(problem=run.problem)

    def refusal(self, refusal: Refusal, knowledge: KnowledgeBase) -> str:
        """Why a model is not put into service."""
        values = dict(refusal.values)
        if "topics" in values:
            values["topics"] = "、".join(self.topic(topic, knowledge) for topic in values["topics"].split())
        return self.refusals[refusal.name].format(**values)

    def topic(self, topic: str, knowledge: KnowledgeBase) -> str:
        """The title of a topic; what belongs to none has a name too."""
        if not topic:
            return self.no_topic
        return knowledge.topics[topic].title if topic in knowledge.topics else topic

    def titled(self, label: str, knowledge: KnowledgeBase) -> str:
        """A label as people know it."""
        intent, _, name = label.partition("/")
        if name in knowledge.near_scope:
            return knowledge.near_scope[name].title
        if name in knowledge.topics:
            return self.topic(name, knowledge)
        return self.labels.get(name) or self.labels.get(intent) or label


@lru_cache(maxsize=1)
def load() -> Words:
    """The words as they are shipped."""
    return msgspec.yaml.decode(Path(__file__).with_name("words.yml").read_bytes(), type=Words)

"""Rasa component: writes the normalised form of each message beside its text."""

from __future__ import annotations

import random
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.graph.attributes import NORMALISED
from bot.nlu.romanise import romanised
from bot.nlu.text import normalise

_SEED = 42


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class ChineseNormaliser(GraphComponent):
    """Width, traditional characters, emoji, spaces and control characters in one form; the text itself stays."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._share: float = config["romanised_share"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`romanised_share`: to which share of the training questions a copy in pinyin is added, 0 to 1."""
        return {"romanised_share": 0.2}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ChineseNormaliser:
        """A component that is ready; it learns nothing."""
        return cls(config)

    @staticmethod
    def supported_languages() -> list[str] | None:
        """Chinese only."""
        return ["zh"]

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Normalise every training question, and add copies in pinyin, the same ones every time."""
        self.process(training_data.training_examples)
        chance = random.Random(_SEED)  # noqa: S311 - Nothing secret hangs on it.
        copies = [
            self._copy(message, chance) for message in training_data.intent_examples if chance.random() < self._share
        ]
        # Rasa's own merge copies every example in depth, which takes longer than learning from them.
        return TrainingData(
            training_examples=[*training_data.training_examples, *copies],
            entity_synonyms=training_data.entity_synonyms,
            regex_features=training_data.regex_features,
            lookup_tables=training_data.lookup_tables,
            responses=training_data.responses,
        )

    def _copy(self, message: Message, chance: random.Random) -> Message:
        copy = Message(data={**message.data, TEXT: romanised(message.get(NORMALISED), chance)})
        return self.process([copy])[0]

    def process(self, messages: list[Message]) -> list[Message]:
        """Normalise each message that has a text."""
        for message in messages:
            message.set(NORMALISED, normalise(message.get(TEXT) or ""))
        return messages

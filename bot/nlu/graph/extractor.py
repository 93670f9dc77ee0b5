"""Rasa component: levels, awards, places, amounts, dates and choices as entities."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import entities, lexicon
from bot.nlu.graph.attributes import NORMALISED
from bot.nlu.lexicon import Lexicon, WordList, read_entities

_FILE = "lexicon.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class LexiconEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Word lists and patterns; the lists are kept inside the model, so that a model is whole."""

    def __init__(self, model_storage: ModelStorage, resource: Resource, words: Lexicon) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._lexicon = words

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`lexicon`: the folder of the word lists, from the folder that training is started in."""
        return {"lexicon": "nlu_data/lexicon"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LexiconEntityExtractor:
        """Read the word lists for training."""
        return cls(model_storage, resource, Lexicon(read_entities(lexicon.folder(config["lexicon"]))))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LexiconEntityExtractor:
        """Read the word lists that the model was trained with."""
        with model_storage.read_from(resource) as folder:
            lists = msgspec.json.decode((folder / _FILE).read_bytes(), type=list[WordList])
        return cls(model_storage, resource, Lexicon(lists))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """A changed word list is a reason to train again."""
        digest = hashlib.sha256()
        for path in sorted(lexicon.folder(config.get("lexicon", cls.get_default_config()["lexicon"])).rglob("*.yml")):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the word lists with the model."""
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _FILE).write_bytes(msgspec.json.encode(self._lexicon.lists))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities of each message; start and end count characters of the normalised text."""
        for message in messages:
            found = [
                {"entity": one.entity, "value": one.value, "start": one.start, "end": one.end}
                for one in entities.find(message.get(NORMALISED), self._lexicon)
            ]
            named = self.add_extractor_name(found)
            message.set(ENTITIES, message.get(ENTITIES, []) + named, add_to_output=True)
        return messages

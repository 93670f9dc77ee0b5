"""Rasa component: what a message states about a person, and whether it asks if he qualifies."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, METADATA
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.graph.attributes import NORMALISED, READING, UNDERSTANDING
from bot.nlu.graph.extractor import LexiconEntityExtractor
from bot.nlu.judging import Guessed, to_judge
from bot.nlu.lexicon import folder as lexicon_folder
from bot.nlu.statements import Statement, read
from bot.nlu.statements.words import StatementWords, WordLists
from bot.nlu.statements.words import read as read_lists

STATEMENT = "statement"
"""bot.nlu.statements.Statement as a dictionary; it reaches the actions in tracker.latest_message."""
TODAY = "today"
"""In the message's metadata: the day that 去年 and 半年前 are counted from, as 2026-11-22; else the day it is."""
QUALIFY = "qualify"

_FILE = "statements.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class StatementReader(GraphComponent, IntentClassifier):
    """Reads statements by word lists, which are kept inside the model, so that a model is whole.

    It comes last: it works on what LexiconEntityExtractor and TopicClassifier found in the same message.
    """

    def __init__(self, model_storage: ModelStorage, resource: Resource, lists: WordLists, firm: float) -> None:
        self._firm = firm
        self._model_storage = model_storage
        self._resource = resource
        self._words = StatementWords(lists)
        self._kinds = {one.slot: one.kind.value for one in lists.slots}

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`lexicon`: the folder of the word lists, from the folder that training is started in.

        `firm`: the confidence of the classifier above which what it understood is not called in question.
        """
        return {"lexicon": "nlu_data/lexicon", "firm": 0.7}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> StatementReader:
        """Read the word lists for training."""
        return cls(model_storage, resource, read_lists(lexicon_folder(config["lexicon"])), config["firm"])

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> StatementReader:
        """Read the word lists that the model was trained with."""
        with model_storage.read_from(resource) as folder:
            lists = msgspec.json.decode((folder / _FILE).read_bytes(), type=WordLists)
        return cls(model_storage, resource, lists, config["firm"])

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """A changed word list is a reason to train again."""
        return LexiconEntityExtractor.fingerprint_addon(config)

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the word lists with the model."""
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _FILE).write_bytes(msgspec.json.encode(self._words.lists))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the statement of each message, and make an ask that wants a verdict a qualify."""
        for message in messages:
            heard = [
                (one["entity"], one["value"], one["start"], one["end"])
                for one in message.get(ENTITIES, [])
                if one["entity"] in self._words.entities
            ]
            statement = read(message.get(NORMALISED), self._words, _today(message), heard)
            message.set(STATEMENT, _plain(statement), add_to_output=True)
            understanding = message.get(UNDERSTANDING)
            if understanding is not None:
                guessed = Guessed(understanding["label"], understanding["confidence"], self._firm)
                topic = to_judge(statement, self._words.entities, self._kinds, message.get(READING), guessed)
                if topic is not None:
                    self._set_qualify(message, topic)
        return messages

    @staticmethod
    def _set_qualify(message: Message, label: str) -> None:
        intent = {**message.get(INTENT), "name": QUALIFY}
        message.set(INTENT, intent, add_to_output=True)
        message.set("intent_ranking", [intent], add_to_output=True)
        message.set(UNDERSTANDING, {**message.get(UNDERSTANDING), "label": label}, add_to_output=True)


def _plain(statement: Statement) -> dict[str, Any]:
    """The statement as JSON has it, with lists for tuples, so that it is the same once the tracker was stored."""
    return {**msgspec.to_builtins(statement), "loose": [list(value) for value in statement.loose]}


def _today(message: Message) -> date:
    stated = (message.get(METADATA) or {}).get(TODAY)
    return date.fromisoformat(stated) if stated else date.today()  # noqa: DTZ011 - The day where the worker and the service are.

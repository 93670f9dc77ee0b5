"""Rasa component: which topic a question is about, how sure that is, and what to do with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from bot.nlu import context, linear
from bot.nlu.decision import Decision, Thresholds, decide
from bot.nlu.features import matrix
from bot.nlu.graph.attributes import NORMALISED, READING, UNDERSTANDING
from bot.nlu.graph.featurizer import NgramFeaturizer
from bot.nlu.lexicon import PROJECT
from bot.nlu.linear import LinearModel
from bot.nlu.pinyin import syllables
from bot.nlu.reading import Reading

_WEIGHTS = "weights.npz"
_LABELS = "labels.json"
_THRESHOLDS = "thresholds.json"
_FULL_LABEL = "intent_response_key"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent, IntentClassifier):
    """Labels are the full intents of the training data ("ask/annuity"); see bot/nlu/linear.py and decision.py."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        thresholds: Thresholds,
        model: LinearModel | None = None,
    ) -> None:
        self._thresholds = thresholds
        self._weights = context.read(_file(config, "context"))
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def required_components(cls) -> list[type]:
        """Works on the features of NgramFeaturizer."""
        return [NgramFeaturizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The files that `gongyou nlu tune` and `gongyou nlu learn-context` write."""
        return {"thresholds": "nlu_data/thresholds.yml", "context": "nlu_data/context.yml"}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changed thresholds and weights are a reason to store the model anew."""
        return f"{_read_thresholds(config)} {context.read(_file(config, 'context'))}"

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        """A classifier that is yet to be trained."""
        return cls(config, model_storage, resource, _read_thresholds(config))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        """The trained classifier of a model."""
        with model_storage.read_from(resource) as folder:
            thresholds = msgspec.json.decode((folder / _THRESHOLDS).read_bytes(), type=Thresholds)
            labels = msgspec.json.decode((folder / _LABELS).read_bytes(), type=tuple[str, ...])
            arrays = np.load(folder / _WEIGHTS)
            stored = (arrays["weights"].astype(np.float32), arrays["columns"], arrays["ends"])
            weights = csr_matrix(stored, shape=(len(stored[2]) - 1, len(labels)))
            model = LinearModel(labels, weights, arrays["bias"], arrays["calibration"])
        return cls(config, model_storage, resource, thresholds, model)

    @property
    def model(self) -> LinearModel:
        """What scores the labels; raises ValueError before there is one."""
        if self._model is None:
            raise ValueError("the classifier has to be trained or loaded first")
        return self._model

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the model on every training question that has an intent."""
        messages = training_data.intent_examples
        # From the readings and not from Rasa's features, which thousands of small matrices would be stacked of.
        features = matrix([message.get(READING).alone for message in messages], _columns(messages[0]))
        labels = [message.get(_FULL_LABEL) or message.get(INTENT) for message in messages]
        known = np.array([message.get(READING).alone.known for message in messages], dtype=np.float32)
        # A question and its copy in pinyin sound the same.
        groups = [" ".join(syllables(message.get(NORMALISED))) for message in messages]
        model = self._model = linear.train(features, labels, known, groups)
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _THRESHOLDS).write_bytes(msgspec.json.encode(self._thresholds))
            (folder / _LABELS).write_bytes(msgspec.json.encode(model.labels))
            np.savez(
                folder / _WEIGHTS,
                weights=model.weights.data.astype(np.float16),
                columns=model.weights.indices.astype(np.uint16),
                ends=model.weights.indptr,
                bias=model.bias,
                calibration=model.calibration,
            )
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent, the ranking of intents, and the understanding that the actions read."""
        model = self.model
        for message in messages:
            named: dict[str, set[str]] = {}
            for entity in message.get(ENTITIES, []):
                named.setdefault(entity["entity"], set()).add(entity["value"])
            reading: Reading = message.get(READING)
            self._write(message, reading, decide(model, reading, named, self._thresholds, self._weights))
        return messages

    @staticmethod
    def _write(message: Message, reading: Reading, decision: Decision) -> None:
        intent = {"name": decision.label.partition("/")[0], "confidence": decision.confidence}
        understanding = {
            "label": decision.label,
            "also": decision.also,
            "confidence": round(decision.confidence, 4),
            "follows": decision.follows,
            "aspects": list(reading.aspects) if decision.light else [],
            "ranking": [{"label": one.label, "confidence": round(one.confidence, 4)} for one in decision.ranking],
        }
        message.set(INTENT, intent, add_to_output=True)
        message.set("intent_ranking", [intent], add_to_output=True)
        message.set(UNDERSTANDING, understanding, add_to_output=True)


def _read_thresholds(config: dict[str, Any]) -> Thresholds:
    text = _file(config, "thresholds").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), Thresholds)


def _file(config: dict[str, Any], name: str) -> Path:
    """A file that the configuration names, from the current folder or from the project's own."""
    configured = Path(config.get(name, TopicClassifier.get_default_config()[name]))
    return configured if configured.is_file() else PROJECT / configured


def _columns(message: Message) -> int:
    _, sentence = message.get_sparse_features(TEXT)
    if sentence is None:
        raise ValueError("the message has no features; NgramFeaturizer must come before TopicClassifier")
    columns: int = sentence.features.shape[1]
    return columns

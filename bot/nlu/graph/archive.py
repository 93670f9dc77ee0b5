"""The parts of a trained model that read a message, taken out of its archive for measuring."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.nlu.constants import METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.graph.attributes import CONTEXT, NORMALISED, READING
from bot.nlu.graph.classifier import TopicClassifier
from bot.nlu.graph.featurizer import NgramFeaturizer
from bot.nlu.linear import LinearModel
from bot.nlu.reading import Context, Reading
from bot.nlu.text import normalise


@dataclass(frozen=True)
class Reader:
    """Reads messages as the trained model does; `model` scores what is read."""

    model: LinearModel
    featurizer: NgramFeaturizer

    def read(self, text: str, context: Context) -> Reading:
        """A message in the light of the question before it."""
        metadata = {CONTEXT: msgspec.to_builtins(context)}
        message = Message({TEXT: text, NORMALISED: normalise(text), METADATA: metadata})
        reading: Reading = self.featurizer.process([message])[0].get(READING)
        return reading


def open_reader(model: Path) -> Reader:
    """The reader of a model's archive; raises ValueError where its pipeline is another one."""
    with tempfile.TemporaryDirectory() as folder:
        storage, metadata = LocalModelStorage.from_model_archive(Path(folder), model)
        featurizer = NgramFeaturizer.load(*_stored(NgramFeaturizer, storage, metadata))
        classifier = TopicClassifier.load(*_stored(TopicClassifier, storage, metadata))
    return Reader(classifier.model, featurizer)


def _stored(
    kind: type[GraphComponent], storage: LocalModelStorage, metadata: ModelMetadata
) -> tuple[dict[str, Any], LocalModelStorage, Resource, ExecutionContext]:
    """What a component's `load` wants."""
    for node in metadata.predict_schema.nodes.values():
        if node.uses is kind and node.resource is not None:
            config = {**kind.get_default_config(), **node.config}
            return config, storage, node.resource, ExecutionContext(metadata.predict_schema)
    raise ValueError(f"the model has no {kind.__name__}; it was not trained with nlu_data/config.yml")

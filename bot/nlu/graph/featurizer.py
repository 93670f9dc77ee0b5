"""Rasa component: characters, sounds and words as one sparse feature row."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, METADATA, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from bot.nlu import wording
from bot.nlu.features import DEFAULT_VIEWS, Featuriser
from bot.nlu.graph.attributes import CONTEXT, NORMALISED, READING
from bot.nlu.graph.extractor import LexiconEntityExtractor
from bot.nlu.lexicon import Lexicon, WordList, read_concepts, read_entities
from bot.nlu.lexicon import folder as lexicon_folder
from bot.nlu.reading import Context, Reading, read
from bot.nlu.vocabulary import ViewSettings, Vocabulary
from bot.nlu.wording import Wording, WordingLists

_TERMS = "terms.json"
_WEIGHTS = "weights.npz"
_LEXICON = "lexicon.json"
_WORDING = "wording.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeaturizer(GraphComponent):
    """See bot/nlu/features.py; `views` in the configuration changes the length and weight of a view."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        lexicon: Lexicon,
        wording_lists: WordingLists,
        featuriser: Featuriser | None = None,
    ) -> None:
        self._views = {
            name: msgspec.structs.replace(default, **config["views"].get(name, {}))
            for name, default in DEFAULT_VIEWS.items()
        }
        self._name = resource.name
        self._model_storage = model_storage
        self._resource = resource
        self._lexicon = lexicon
        self._wording = Wording(wording_lists, lexicon)
        self._featuriser = featuriser

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`lexicon`: the folder of the word lists; `views`: changes to DEFAULT_VIEWS by view."""
        return {"lexicon": "nlu_data/lexicon", "views": {}}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """A changed word list is a reason to train again."""
        return LexiconEntityExtractor.fingerprint_addon(config)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NgramFeaturizer:
        """A featurizer that is yet to be fitted."""
        folder = lexicon_folder(config["lexicon"])
        lexicon = Lexicon([*read_entities(folder), *read_concepts(folder)])
        return cls(config, model_storage, resource, lexicon, wording.read(folder / "wording.yml"))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NgramFeaturizer:
        """The fitted featurizer of a model."""
        with model_storage.read_from(resource) as folder:
            lexicon = Lexicon(msgspec.json.decode((folder / _LEXICON).read_bytes(), type=list[WordList]))
            wording_lists = msgspec.json.decode((folder / _WORDING).read_bytes(), type=WordingLists)
            terms = msgspec.json.decode((folder / _TERMS).read_bytes(), type=dict[str, tuple[ViewSettings, list[str]]])
            weights = np.load(folder / _WEIGHTS)
            vocabularies, first = {}, 0
            for name, (_, kept) in terms.items():
                vocabularies[name] = Vocabulary({term: first + n for n, term in enumerate(kept)}, weights[name])
                first += len(kept)
        views = {name: settings for name, (settings, _) in terms.items()}
        featuriser = Featuriser(lexicon, views, vocabularies)
        return cls(config, model_storage, resource, lexicon, wording_lists, featuriser)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the terms of the training questions and keep them with the model."""
        messages = training_data.intent_examples
        texts = [message.get(NORMALISED) for message in messages]
        featuriser, vectors = Featuriser.fit_vectors(texts, self._lexicon, self._views)
        self._featuriser = featuriser
        # Rasa loads the fitted component anew to process these messages, which would read each a second time.
        for message, vector in zip(messages, vectors, strict=True):
            message.set(READING, Reading(vector))
        terms = {name: (featuriser.views[name], list(v.columns)) for name, v in featuriser.vocabularies.items()}
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _LEXICON).write_bytes(msgspec.json.encode(self._lexicon.lists))
            (folder / _WORDING).write_bytes(msgspec.json.encode(self._wording.lists))
            (folder / _TERMS).write_bytes(msgspec.json.encode(terms))
            np.savez(folder / _WEIGHTS, **{name: v.idf for name, v in featuriser.vocabularies.items()})
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the features of every training question; questions have no context and no parts."""
        for message in training_data.training_examples:
            self._add(message, message.get(READING) or Reading(self._fitted().vector(message.get(NORMALISED))))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add one sparse sentence feature row to each message, and its reading."""
        for message in messages:
            context = (message.get(METADATA) or {}).get(CONTEXT)
            known_context = msgspec.convert(context, Context) if context else None
            self._add(message, read(message.get(NORMALISED), known_context, self._fitted(), self._wording))
        return messages

    def _add(self, message: Message, reading: Reading) -> None:
        vector = reading.alone
        ends = np.array([0, len(vector.columns)])
        row = csr_matrix((vector.values, vector.columns, ends), shape=(1, self._fitted().size))
        message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._name))
        message.set(READING, reading)

    def _fitted(self) -> Featuriser:
        if self._featuriser is None:
            raise ValueError("the featurizer has to be trained or loaded first")
        return self._featuriser

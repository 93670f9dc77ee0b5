"""Reads what is in nlu_data for training, each file once and without copies.

Rasa's own importers read every file three times, each time with two YAML parsers, and copy all questions in depth
eleven times, which together takes longer than learning from them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

import yaml
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import (
    E2EImporter,
    ResponsesSyncImporter,
    _additional_training_data_from_default_actions,
)
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

_TOPIC = "ask/"


class OnceImporter(E2EImporter):
    """Gives the same data as Rasa's importer does; `gongyou kb check` is what checks the questions' files."""

    def __init__(
        self, config: Path, domain: Path, data: list[Path], questions: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        super().__init__(ResponsesSyncImporter(_Files(str(config), str(domain), [str(path) for path in data])))
        self._questions = questions or {}

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The questions, and the names of actions and intents that Rasa adds to them."""
        return self._everything

    @cached_property
    def _everything(self) -> TrainingData:
        files = self.importer._importer.get_nlu_data()  # noqa: SLF001 - ResponsesSyncImporter itself would copy it all.
        return TrainingData(
            [
                *_additional_training_data_from_default_actions().training_examples,
                *files.training_examples,
                # Made of plain texts, so that nothing in them is taken for an annotation.
                *(
                    Message.build(text, f"{_TOPIC}{topic}")
                    for topic, texts in self._questions.items()
                    for text in texts
                ),
                *self._additional_training_data_from_stories().training_examples,
            ],
            files.entity_synonyms,
            files.regex_features,
            files.lookup_tables,
            files.responses,
        )


class _Files(RasaFileImporter):
    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        return self._questions

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        return self._rules

    @cached_property
    def _rules(self) -> StoryGraph:
        return super().get_stories()

    @cached_property
    def _questions(self) -> TrainingData:
        reader = RasaYAMLReader()
        for path in self._nlu_files:
            reader.filename = path
            content = yaml.load(Path(path).read_bytes(), yaml.CSafeLoader)
            # Rasa's public method parses the text, slowly; what it does with the content is wanted here.
            reader._parse_nlu(content["nlu"])  # noqa: SLF001
        found = TrainingData(
            entity_synonyms=reader.entity_synonyms,
            regex_features=reader.regex_features,
            lookup_tables=reader.lookup_tables,
        )
        # Not through the constructor, which looks for doubles: the whole is looked through once.
        found.training_examples = reader.training_examples
        return found

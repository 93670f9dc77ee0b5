"""Runs Rasa's training graph, without what `rasa train` does beside it for its cache of earlier trainings.

`rasa train` takes a fingerprint of everything that goes into and comes out of each component, which takes nearly as long
as the training; a model of ours is trained when its data have changed, and then as a whole.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import rasa.engine.validation
from rasa.engine.constants import PLACEHOLDER_IMPORTER
from rasa.engine.graph import ExecutionContext, GraphNodeHook, GraphSchema
from rasa.engine.recipes.recipe import Recipe
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.model_training import get_unresolved_slots
from rasa.shared.data import TrainingType
from rasa.shared.exceptions import RasaException

from bot.assistant.importer import OnceImporter

Progress = Callable[[str], None]


class Refused(Exception):
    """Rasa takes no model from these data; the message says why."""


def train(data: Path, archive: Path, progress: Progress, questions: Mapping[str, Sequence[str]] | None = None) -> None:
    """Train on a folder such as nlu_data and on other questions of topics; tell each stage to `progress`; raises Refused.

    The archive is a model like any that `rasa train` writes.
    """
    progress("reading questions and rules")
    importer = OnceImporter(data / "config.yml", data / "domain", [data / "nlu", data / "rules"], questions)
    try:
        _train(importer, archive, progress)
    except RasaException as error:
        raise Refused(str(error)) from error


def _train(importer: OnceImporter, archive: Path, progress: Progress) -> None:
    if not importer.get_nlu_data().intent_examples:
        raise Refused("there are no questions")
    domain = copy.deepcopy(importer.get_domain())
    if unresolved := get_unresolved_slots(domain, importer.get_stories()):
        raise Refused(f"the rules set slots that the domain does not have: {', '.join(sorted(unresolved))}")
    config = importer.get_config()
    model = Recipe.recipe_for_name(config.get("recipe")).graph_config_for_recipe(
        config, {}, training_type=TrainingType.BOTH
    )
    rasa.engine.validation.validate(model)
    with TemporaryDirectory() as folder:
        storage = LocalModelStorage(Path(folder))
        context = ExecutionContext(graph_schema=model.train_schema)
        hooks = [_Told(model.train_schema, progress)]
        runner = DaskGraphRunner.create(model.train_schema, storage, context, hooks)
        runner.run({PLACEHOLDER_IMPORTER: importer})
        progress("packing the model")
        storage.create_model_package(archive, model, domain)


class _Told(GraphNodeHook):
    """Tells which component is being trained."""

    def __init__(self, schema: GraphSchema, progress: Progress) -> None:
        self._schema = schema
        self._progress = progress

    def on_before_node(
        self, node_name: str, execution_context: ExecutionContext, config: dict[str, Any], received_inputs: Any
    ) -> dict[str, Any]:
        node = self._schema.nodes[node_name]
        if node.is_target and not node.is_input:
            self._progress(f"training {node.uses.__name__}")
        return {}

    def on_after_node(
        self,
        node_name: str,
        execution_context: ExecutionContext,
        config: dict[str, Any],
        output: Any,
        input_hook_data: Any,
    ) -> None:
        """Nothing is kept of what came out."""

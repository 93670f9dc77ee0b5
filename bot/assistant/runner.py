"""Runs a trained model's graph node by node; Rasa's runner plans it anew with dask for each of a message's three runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage


class OrderedGraphRunner(GraphRunner):
    """Gives what Rasa's DaskGraphRunner gives; the order of the nodes is found once for each set of targets."""

    def __init__(self, schema: GraphSchema, nodes: Mapping[str, GraphNode]) -> None:
        self._schema = schema
        self._nodes = nodes
        self._orders: dict[tuple[str, ...], Sequence[str]] = {}

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> OrderedGraphRunner:
        """Instantiate every node."""
        nodes = {
            name: GraphNode.from_schema_node(name, node, model_storage, execution_context, hooks)
            for name, node in graph_schema.nodes.items()
        }
        return cls(graph_schema, nodes)

    def run(self, inputs: Mapping[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """The output of each target."""
        wanted = tuple(targets or self._targets)
        if wanted not in self._orders:
            self._orders[wanted] = tuple(dict.fromkeys(self._order(wanted)))
        found: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        for name in self._orders[wanted]:
            needs = self._schema.nodes[name].needs.values()
            # A node names what it misses; an input that nobody gave is handed on as its name, as dask does.
            found[name] = self._nodes[name](*(found.get(need, need) for need in needs))
        return {name: found[name][1] for name in wanted}

    @cached_property
    def _targets(self) -> list[str]:
        names: list[str] = self._schema.target_names
        return names

    def _order(self, names: Sequence[str]) -> Iterator[str]:
        """Every node that the named ones depend on, each before those that need it; some more than once."""
        for name in names:
            if name in self._nodes:
                yield from self._order(tuple(self._schema.nodes[name].needs.values()))
                yield name

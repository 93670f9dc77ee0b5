"""The order in which a graph's nodes are run."""

from __future__ import annotations

from typing import Any

import pytest

# Rasa and what it brings warn at import; it is imported within the tests, since that takes seconds.
pytestmark = pytest.mark.filterwarnings("ignore")


def schema() -> Any:
    """text → upper and text → lower, both → joined; alone needs nothing."""
    from rasa.engine.graph import GraphComponent, GraphSchema, SchemaNode

    class Component(GraphComponent):  # type: ignore[misc]
        calls: list[str] = []  # noqa: RUF012

        @classmethod
        def create(cls, *_: object, **__: object) -> Component:
            return cls()

        def upper(self, text: str) -> str:
            self.calls.append("upper")
            return text.upper()

        def lower(self, text: str) -> str:
            self.calls.append("lower")
            return text.lower()

        def joined(self, one: str, other: str) -> str:
            self.calls.append("joined")
            return one + other

        def alone(self) -> str:
            self.calls.append("alone")
            return "alone"

    def node(name: str, target: bool = False, **needs: str) -> Any:
        return SchemaNode(needs, Component, "create", name, {}, eager=True, is_target=target)

    return Component, GraphSchema(
        {
            "joined": node("joined", target=True, one="upper", other="lower"),
            "lower": node("lower", text="__text__"),
            "upper": node("upper", text="__text__"),
            "alone": node("alone", target=True),
        }
    )


def test_runs_what_the_target_needs_once_and_gives_what_dask_gives() -> None:
    from rasa.engine.graph import ExecutionContext
    from rasa.engine.runner.dask import DaskGraphRunner

    from bot.assistant.runner import OrderedGraphRunner

    component, graph = schema()
    context: Any = ExecutionContext(graph)
    ours, dask = (kind.create(graph, None, context) for kind in (OrderedGraphRunner, DaskGraphRunner))
    for text in ("Ab", "Cd"):
        component.calls.clear()
        assert ours.run({"__text__": text}, ["joined"]) == {"joined": text.upper() + text.lower()}
        assert component.calls == ["upper", "lower", "joined"]
        assert ours.run({"__text__": text}) == dask.run({"__text__": text})


def test_missing_input_is_told() -> None:
    from rasa.engine.exceptions import GraphRunError
    from rasa.engine.graph import ExecutionContext

    from bot.assistant.runner import OrderedGraphRunner

    _, graph = schema()
    runner = OrderedGraphRunner.create(graph, None, ExecutionContext(graph))

    with pytest.raises(GraphRunError, match="Missing input"):
        runner.run({}, ["joined"])

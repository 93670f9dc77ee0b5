"""Tells on standard error what is under way."""

from __future__ import annotations

from rich.console import Console

_console = Console(stderr=True, highlight=False)


def say(stage: str) -> None:
    """Tell a stage that may take a while."""
    _console.print(f"{stage} …", markup=False)

"""A table that is shown in the terminal or written as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import rich.table


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as they are shown; the first column is text, the others are figures."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    def rich(self) -> rich.table.Table:
        """For a terminal."""
        table = rich.table.Table(title=self.title, title_justify="left")
        for number, name in enumerate(self.head):
            table.add_column(name, justify="right" if number else "left")
        for row in self.rows:
            table.add_row(*row)
        return table

    def markdown(self) -> str:
        """For a file."""
        rule = ["---", *("---:" for _ in self.head[1:])]
        lines = (f"| {' | '.join(cells)} |" for cells in (self.head, rule, *self.rows))
        return f"**{self.title}**\n\n" + "\n".join(lines) + "\n"

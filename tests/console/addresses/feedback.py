"""The addresses of what workers think of answers."""

from __future__ import annotations

from tests.console.addresses.table import APPROVE, DRAFT, Table

TABLE = Table(
    pages={"/admin/feedback": DRAFT | APPROVE},
    actions={"/admin/feedback/1/done": DRAFT | APPROVE},
    names={"task": "1"},
    acts_on_nothing=("/admin/feedback/999/done", "/admin/feedback/x/done"),
)

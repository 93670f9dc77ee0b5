"""The addresses of what stops and starts answers."""

from __future__ import annotations

from tests.console.addresses.table import ADMIN, Table

TABLE = Table(
    pages={"/admin/switches": ADMIN},
    actions={"/admin/switches/assistant": ADMIN, "/admin/switches/topic": ADMIN},
)

"""The addresses of requests to be called back."""

from __future__ import annotations

from tests.console.addresses.table import Table

_AGENT = {"agent"}

TABLE = Table(
    pages={"/desk/tickets": _AGENT},
    actions={f"/desk/tickets/1/{act}": _AGENT for act in ("take", "release", "done")},
    names={"ticket": "1"},
)

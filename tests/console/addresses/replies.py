"""The addresses of the canned replies."""

from __future__ import annotations

from tests.console.addresses.table import APPROVE, Table

_REPLIES = {"agent"} | APPROVE

TABLE = Table(
    pages={
        "/desk/replies": _REPLIES,
        "/desk/replies/search": _REPLIES,
        "/desk/replies/own": _REPLIES,
        "/desk/replies/own/new": _REPLIES,
        "/desk/replies/own/1": _REPLIES,
        "/desk/replies/own/export": _REPLIES,
        "/desk/replies/own/import": _REPLIES,
    },
    actions={
        "/desk/replies/fill": _REPLIES,
        "/desk/replies/own/new": _REPLIES,
        "/desk/replies/own/1": _REPLIES,
        "/desk/replies/own/1/archive": _REPLIES,
        "/desk/replies/own/1/confirm": APPROVE,
        "/desk/replies/own/import": _REPLIES,
    },
    names={"reply": "1"},
    missing=(
        "/desk/replies/own/999",
        "/desk/replies/own/x",
        "/desk/replies/no",
    ),
    acts_on_nothing=(
        "/desk/replies/own/999",
        "/desk/replies/own/999/archive",
        "/desk/replies/own/999/confirm",
        "/desk/replies/fill",
    ),
)

"""The addresses of the desk."""

from __future__ import annotations

from tests.console.addresses.table import APPROVE, Table

_AGENT = {"agent"}
_ACTS = ("claim", "take", "release", "transfer", "close", "note", "tag", "send", "seen")

TABLE = Table(
    pages={
        "/desk": _AGENT,
        "/desk/": _AGENT,
        "/desk/live": _AGENT,
        "/desk/c/1": _AGENT,
        "/desk/c/1/media/2": _AGENT,
        "/desk/supervisor": APPROVE,
    },
    actions={**{f"/desk/c/1/{act}": _AGENT for act in _ACTS}, "/desk/supervisor/reassign": APPROVE},
    moved=("/desk",),
    names={"handover": "1", "message": "2"},
    missing=("/desk/c/x", "/desk/no"),
)

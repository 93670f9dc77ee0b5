"""The addresses of what workers need."""

from __future__ import annotations

from tests.console.addresses.table import APPROVE, DRAFT, Table

_READ = DRAFT | APPROVE
_GROUP = "days=7&part=topic&name=annuity"
TABLE = Table(
    pages={
        "/admin/insight": _READ,
        "/admin/insight/export?days=7": _READ,
        f"/admin/insight/group?{_GROUP}": _READ,
        f"/admin/insight/group/export?{_GROUP}": _READ,
    },
    actions={},
    missing=(
        "/admin/insight?days=8",
        "/admin/insight/export?days=x",
        "/admin/insight/group?days=7&part=topic&name=prize",
        "/admin/insight/group?days=7&part=nothing&name=annuity",
        "/admin/insight/group/export?days=7",
    ),
)

"""The addresses of what is tried out."""

from __future__ import annotations

from tests.console.addresses.table import APPROVE, DRAFT, Table

TABLE = Table(
    pages={
        "/admin/trial": DRAFT | APPROVE,
        "/admin/trial/runs/1": DRAFT | APPROVE,
        "/admin/trial/runs/1/compare?with=1": DRAFT | APPROVE,
        "/admin/trial/runs/1/export": DRAFT | APPROVE,
    },
    actions={
        "/admin/trial": DRAFT | APPROVE,
        "/admin/trial/runs": DRAFT | APPROVE,
    },
    names={"run": "1"},
    missing=(
        "/admin/trial/runs/999",
        "/admin/trial/runs/x",
        "/admin/trial/runs/1/compare?with=999",
        "/admin/trial/runs/1/compare?with=x",
    ),
)

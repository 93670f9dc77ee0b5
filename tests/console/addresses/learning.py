"""The addresses of trainings and models."""

from __future__ import annotations

from tests.console.addresses.table import ADMIN, APPROVE, Table

TABLE = Table(
    pages={"/admin/training": APPROVE, "/admin/training/runs/1": APPROVE},
    actions={"/admin/training/runs": ADMIN, "/admin/training/models/5e4ed/use": APPROVE},
    names={"training": "1", "model": "5e4ed"},
    missing=("/admin/training/runs/999", "/admin/training/runs/x"),
)

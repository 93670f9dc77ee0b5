"""The addresses of the hotline's hours."""

from __future__ import annotations

from tests.console.addresses.table import ADMIN, Table

TABLE = Table(
    pages={"/admin/hours": ADMIN, "/admin/hours/import": ADMIN, "/admin/hours/export": ADMIN},
    actions={
        "/admin/hours/week": ADMIN,
        "/admin/hours/days": ADMIN,
        "/admin/hours/teams": ADMIN,
        "/admin/hours/teams/remove": ADMIN,
        "/admin/hours/import": ADMIN,
    },
    missing=("/admin/hours?team=x", "/admin/hours/import?team=x", "/admin/hours/export?team=x"),
)

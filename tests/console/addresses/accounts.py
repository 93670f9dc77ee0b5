"""The addresses of accounts and the audit log."""

from __future__ import annotations

from tests.console.addresses.table import ADMIN, ALL, Table

TABLE = Table(
    pages={
        "/admin": ALL,
        "/admin/": ALL,
        "/admin/account": ALL,
        "/admin/users": ADMIN,
        "/admin/users/new": ADMIN,
        "/admin/users/2": ADMIN,
        "/admin/audit": ADMIN,
    },
    actions={
        "/admin/logout": ALL,
        "/admin/account/password": ALL,
        "/admin/account/two-steps": ALL,
        "/admin/account/two-steps/confirm": ALL,
        "/admin/account/two-steps/end": ALL,
        "/admin/account/sessions/end-others": ALL,
        "/admin/account/sessions/999/end": ALL,
        "/admin/users/new": ADMIN,
        "/admin/users/2/change": ADMIN,
        "/admin/users/2/disable": ADMIN,
        "/admin/users/2/enable": ADMIN,
        "/admin/users/2/password": ADMIN,
        "/admin/users/2/two-steps/end": ADMIN,
        "/admin/users/2/sessions/end": ADMIN,
        "/admin/users/2/sessions/999/end": ADMIN,
    },
    moved=("/admin",),
    names={"user": "2", "session": "999"},
    missing=(
        "/admin/users/999",
        "/admin/users/0",
        "/admin/users/x",
        "/admin/users/9999999999999999999999",
        "/admin/no",
    ),
    acts_on_nothing=(
        "/admin/users/999/disable",
        "/admin/users/2/sessions/999/end",
    ),
)

"""The addresses of programs and websites that ask here."""

from __future__ import annotations

from tests.console.addresses.table import ADMIN, Table

TABLE = Table(
    pages={"/admin/clients": ADMIN, "/admin/clients/1": ADMIN},
    actions={
        "/admin/clients": ADMIN,
        "/admin/clients/1/change": ADMIN,
        "/admin/clients/1/disable": ADMIN,
        "/admin/clients/1/enable": ADMIN,
        "/admin/clients/1/key": ADMIN,
    },
    names={"client": "1"},
    missing=("/admin/clients/999", "/admin/clients/x"),
    acts_on_nothing=("/admin/clients/999/change", "/admin/clients/999/disable", "/admin/clients/999/key"),
)

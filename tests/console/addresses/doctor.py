"""The address of the settings and checks."""

from __future__ import annotations

from tests.console.addresses.table import ADMIN, Table

TABLE = Table(pages={"/admin/settings": ADMIN}, actions={})

"""The addresses of what was not answered."""

from __future__ import annotations

from tests.console.addresses.table import APPROVE, DRAFT, Table

TABLE = Table(
    pages={
        "/admin/unanswered": DRAFT | APPROVE,
        "/admin/unanswered/1": DRAFT | APPROVE,
        "/admin/unanswered/conversations/1": DRAFT | APPROVE,
    },
    actions={
        "/admin/unanswered/mine": DRAFT | APPROVE,
        "/admin/unanswered/1/topic": DRAFT,
        "/admin/unanswered/1/questions": DRAFT,
        "/admin/unanswered/1/ignore": DRAFT | APPROVE,
        "/admin/unanswered/1/reopen": DRAFT | APPROVE,
    },
    names={"cluster": "1", "exchange": "1"},
    missing=("/admin/unanswered/999", "/admin/unanswered/x", "/admin/unanswered/conversations/999"),
    acts_on_nothing=("/admin/unanswered/999/ignore", "/admin/unanswered/999/reopen"),
)

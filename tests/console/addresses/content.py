"""The addresses of the content."""

from __future__ import annotations

from tests.console.addresses.table import ADMIN, APPROVE, DRAFT, Table

_ACTS = {
    f"/admin/content/{part}/{act}": allowed
    for part in ("topics/annuity", "shared/contacts", "questions/annuity", "documents/paper")
    for act, allowed in {
        "submit": DRAFT,
        "withdraw": DRAFT,
        "drop": DRAFT,
        "publish": APPROVE,
        "send-back": APPROVE,
        "unschedule": APPROVE,
        "roll-back": ADMIN,
    }.items()
}

TABLE = Table(
    pages={
        "/admin/content": DRAFT | APPROVE,
        "/admin/content/": DRAFT | APPROVE,
        "/admin/content/new": DRAFT,
        "/admin/content/topics/annuity": DRAFT | APPROVE,
        "/admin/content/topics/annuity/edit": DRAFT,
        "/admin/content/topics/annuity/compare?before=1&after=1": DRAFT | APPROVE,
        "/admin/content/shared": DRAFT | APPROVE,
        "/admin/content/shared/contacts": DRAFT | APPROVE,
        "/admin/content/shared/contacts/compare?before=1&after=1": DRAFT | APPROVE,
        "/admin/content/shared/contacts/new": DRAFT,
        "/admin/content/shared/contacts/entries/union": DRAFT,
        "/admin/content/questions": DRAFT | APPROVE,
        "/admin/content/questions/annuity": DRAFT | APPROVE,
        "/admin/content/questions/annuity/compare?before=1&after=1": DRAFT | APPROVE,
        "/admin/content/questions/annuity/edit": DRAFT,
        "/admin/content/documents": DRAFT | APPROVE,
        "/admin/content/documents/new": DRAFT,
        "/admin/content/documents/paper": DRAFT | APPROVE,
        "/admin/content/documents/paper/compare?before=1&after=1": DRAFT | APPROVE,
        "/admin/content/documents/paper/edit": DRAFT,
        "/admin/content/documents/paper/items/1": DRAFT | APPROVE,
        "/admin/content/documents/paper/editions?before=1&after=1": DRAFT | APPROVE,
        "/admin/content/exchange": DRAFT | APPROVE,
        "/admin/content/exchange/content.xlsx": DRAFT | APPROVE,
    },
    actions={
        "/admin/content/new": DRAFT,
        "/admin/content/preview": DRAFT,
        "/admin/content/topics/annuity/edit": DRAFT,
        "/admin/content/topics/annuity/retire": APPROVE,
        "/admin/content/shared/contacts/new": DRAFT,
        "/admin/content/shared/contacts/preview": DRAFT,
        "/admin/content/shared/contacts/entries/union": DRAFT,
        "/admin/content/questions/annuity/edit": DRAFT,
        "/admin/content/documents/new": DRAFT,
        "/admin/content/documents/paper/edit": DRAFT,
        "/admin/content/documents/paper/upload": DRAFT,
        "/admin/content/exchange/look": DRAFT,
        "/admin/content/exchange/take": DRAFT,
    }
    | _ACTS,
    moved=("/admin/content/",),
    names={
        "topic": "annuity",
        "shared": "contacts",
        "entry": "union",
        "questions": "annuity",
        "document": "paper",
        "item": "1",
        "kind": "xlsx",
    },
    missing=(
        "/admin/content/topics/nothing",
        "/admin/content/topics/X",
        "/admin/content/shared/nothing",
        "/admin/content/questions/nothing",
        "/admin/content/documents/nothing",
    ),
)

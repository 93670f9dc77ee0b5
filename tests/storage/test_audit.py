"""The audit log: read by filter and page, and never changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from bot.accounts.audit import COMMAND_LINE, Actor, Entry, Filter
from bot.storage.audit import AuditRepository, record
from bot.storage.console_tables import AuditEntry
from bot.storage.database import Database
from tests.fakes import NOON

ENTRIES = [
    Entry(NOON, Actor(1, "admin"), "add", "user", "editor", "新同事", after={"roles": ["editor"]}),
    Entry(NOON + timedelta(days=1), Actor(1, "admin"), "disable", "user", "editor"),
    Entry(NOON + timedelta(days=2), Actor(2, "editor"), "publish", "topic", "annuity", before={"amount": 1}),
    Entry(NOON + timedelta(days=3), COMMAND_LINE, "add", "user", "agent"),
]


@pytest.fixture
async def log(database: Database) -> AuditRepository:
    async with database.sessions.begin() as session:
        for entry in ENTRIES:
            record(session, entry)
            await session.flush()
    return AuditRepository(database.sessions)


async def test_log_is_read_newest_first_and_whole(log: AuditRepository) -> None:
    recorded = await log.page(Filter(), None, 10)

    assert [one.entry for one in recorded] == ENTRIES[::-1]


async def test_log_is_read_page_by_page(log: AuditRepository) -> None:
    first = await log.page(Filter(), None, 3)
    second = await log.page(Filter(), first[-1].number, 3)

    assert [one.entry for one in first + second] == ENTRIES[::-1]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (Filter(name="admin"), [1, 0]),
        (Filter(verb="add"), [3, 0]),
        (Filter(kind="topic"), [2]),
        (Filter(kind="user", object_id="editor"), [1, 0]),
        (Filter(since=NOON + timedelta(days=1)), [3, 2, 1]),
        (Filter(until=NOON + timedelta(days=1)), [0]),
        (Filter(name="admin", verb="publish"), []),
    ],
)
async def test_log_is_filtered(log: AuditRepository, chosen: Filter, found: list[int]) -> None:
    assert [one.entry for one in await log.page(chosen, None, 10)] == [ENTRIES[number] for number in found]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET reason = 'forged'",
        "UPDATE audit_entry SET id = id",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_entry WHERE verb = 'disable'",
    ],
)
async def test_database_refuses_to_change_the_log(log: AuditRepository, database: Database, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.sessions.begin() as session:
            await session.execute(text(statement))

    assert [one.entry for one in await log.page(Filter(), None, 10)] == ENTRIES[::-1]


async def test_database_refuses_to_replace_an_entry(log: AuditRepository, database: Database) -> None:
    if database.sessions().get_bind().dialect.name != "sqlite":
        statement = "TRUNCATE audit_entry"
    else:
        statement = (
            "INSERT OR REPLACE INTO audit_entry (id, at, verb, kind, object_id, reason, before, after)"
            " VALUES (1, '2026-03-02 12:00:00', 'forged', '', '', '', '{}', '{}')"
        )

    with pytest.raises(DBAPIError, match="append-only"):
        async with database.sessions.begin() as session:
            await session.execute(text(statement))

    assert [one.entry for one in await log.page(Filter(), None, 10)] == ENTRIES[::-1]


async def test_entry_is_kept_with_its_act_or_not_at_all(log: AuditRepository, database: Database) -> None:
    async def act() -> None:
        async with database.sessions.begin() as session:
            record(session, ENTRIES[0])
            raise RuntimeError("the act failed")

    with pytest.raises(RuntimeError):
        await act()

    async with database.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(AuditEntry)) == len(ENTRIES)

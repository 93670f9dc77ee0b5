"""Every table says how long it keeps its rows; the job deletes what is older, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select
from typer.testing import CliRunner

from bot.cli.root import app
from bot.privacy.retention import CHORE, EVERY, Period, Retention, periods
from bot.storage.database import Database
from bot.storage.privacy import PrivacyRepository
from bot.storage.privacy_tables import Erasure, PrivacyNotice
from bot.storage.tables import Base, ConversationState, Exchange, Outgoing
from tests.fakes import NOON, SetClock


async def never(seconds: float) -> None:
    raise AssertionError(seconds)


def exchange(number: int, days: float, *, answered: bool = True) -> dict[str, object]:
    at = NOON - timedelta(days=days)
    own = {"channel": "wechat", "sender": f"worker{number}", "key": str(number), "text": "年金"}
    return {**own, "received_at": at, "replied_at": at if answered else None}


async def rows(database: Database, table: type[Base]) -> int:
    async with database.sessions() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


def test_every_table_says_how_long_it_keeps_its_rows() -> None:
    told = periods()

    assert told.keys() == Base.metadata.tables.keys(), "give the table a line in bot/privacy/retention.yml"
    for name, period in told.items():
        assert bool(period.kept) != bool(period.days), f"{name}: either days, or why it is kept"
        if period.days:
            column = Base.metadata.tables[name].columns[period.since]
            assert "DATETIME" in str(column.type).upper(), f"{name}.{period.since} is no time"
            assert len(Base.metadata.tables[name].primary_key.columns) == 1


def test_tables_that_know_a_worker_are_told_as_his() -> None:
    worker = {name for name, table in Base.metadata.tables.items() if {"sender", "conversation"} & set(table.c.keys())}

    assert {name for name, period in periods().items() if period.worker} == worker


async def test_job_deletes_what_is_older_and_reports(database: Database) -> None:
    async with database.sessions.begin() as session:
        old, new = exchange(1, 180.01), exchange(2, 179.99)
        await session.execute(insert(Exchange), [old, new, exchange(3, 400, answered=False)])
        for number, days in ((1, 31), (3, 400), (4, 29)):
            name, at = f"wechat:worker{number}", NOON - timedelta(days=days)
            session.add(ConversationState(conversation=name, state=b"x", updated_at=at))
            session.add(PrivacyNotice(conversation=name, told_at=at))
    clock = SetClock()
    retention = Retention(PrivacyRepository(database.sessions), clock, never)

    overdue = await retention.overdue()
    counts = await retention.purge()

    assert counts == overdue
    assert {name: count for name, count in counts.items() if count} == {
        "exchange": 1,
        "conversation_state": 1,
        "privacy_notice": 1,
    }
    assert [await rows(database, table) for table in (Exchange, ConversationState, PrivacyNotice)] == [2, 2, 2]
    async with database.sessions() as session:
        assert (await session.scalars(select(Erasure.why))).all() == ["retention"]
    assert not any((await retention.purge()).values())
    assert await rows(database, Erasure) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_many_rows_go_in_several_transactions(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.privacy.retention.BATCH", 3)
    async with database.sessions.begin() as session:
        await session.execute(insert(Exchange), [exchange(number, 200) for number in range(10)])

    counts = await Retention(PrivacyRepository(database.sessions), SetClock(), never).purge()

    assert counts["exchange"] == 10


async def test_one_of_all_processes_gets_the_chore_once_a_day(database: Database) -> None:
    store = PrivacyRepository(database.sessions)

    async def claims(hours: float) -> int:
        now = NOON + timedelta(hours=hours)
        return sum(await asyncio.gather(*(store.claim(CHORE, now, EVERY) for _ in range(4))))

    assert [await claims(hours) for hours in (0, 1, 23.9, 24, 25)] == [1, 0, 0, 1, 0]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_service_purges_again_after_a_lost_database(database: Database) -> None:
    store, clock, paused = PrivacyRepository(database.sessions), SetClock(), []

    async def pause(seconds: float) -> None:
        paused.append(await rows(database, Exchange))
        clock.passes(seconds * 30)
        if len(paused) == 3:
            raise asyncio.CancelledError
        async with database.sessions.begin() as session:
            await session.execute(insert(Exchange), [exchange(1, 200)])

    broken = {"gone": Period(days=1, since="at")}
    with pytest.raises(asyncio.CancelledError):
        await Retention(store, clock, pause, {**periods(), **broken}).run()
    assert paused == [0, 0, 0]


@pytest.mark.usefixtures("own_logging")
def test_command_says_how_many_and_deletes_only_without_dry_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'gongyou.db'}"
    monkeypatch.setenv("DATABASE_URL", url)

    async def put(count: Callable[[Database], object] | None = None) -> int:
        database = Database(url)
        await database.migrate()
        if count is None:
            async with database.sessions.begin() as session:
                await session.execute(insert(Exchange), [exchange(1, 100000)])
        found = await rows(database, Exchange)
        await database.close()
        return found

    asyncio.run(put())
    told = [CliRunner().invoke(app, ["privacy", "purge", *more]) for more in (["--dry-run"], [], [])]

    assert [one.exit_code for one in told] == [0, 0, 0]
    assert [one.stdout.splitlines()[0] for one in told] == [
        f"exchange: {number} (kept 180 days)" for number in (1, 1, 0)
    ]
    assert asyncio.run(put(lambda _: None)) == 0


async def test_letters_of_a_worker_go_with_him(database: Database) -> None:
    from bot.storage.exchanges import ExchangeRepository

    async with database.sessions.begin() as session:
        await session.execute(insert(Exchange), [exchange(1, 1), exchange(2, 1)])
        for number in (1, 2):
            letter = {"channel": "wechat", "sender": f"worker{number}", "kind": "reply", "content": b"{}"}
            await session.execute(insert(Outgoing).values(**letter, state="parked", created_at=NOON, due_at=NOON))

    erased = await ExchangeRepository(database.sessions).forget("wechat", "worker1", "asked", NOON)

    assert (erased.counts["exchange"], erased.counts["outgoing"]) == (1, 1)
    assert [await rows(database, table) for table in (Exchange, Outgoing)] == [1, 1]
    async with database.sessions() as session:
        proof = (await session.scalars(select(Erasure))).one()
    assert (proof.proof, proof.why) == (erased.proof, "asked")
    assert "worker1" not in f"{proof.counts}{proof.proof}"

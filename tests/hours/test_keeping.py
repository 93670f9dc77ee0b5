"""Hours are changed on top of what was seen, hold in every process, and stand in the audit log."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from bot.accounts.audit import Actor, Filter
from bot.hours.errors import Problem, Refusal, Refused, TeamNotFound
from bot.hours.model import Kind, Period, Special, Targets
from bot.hours.port import EVERYBODY
from bot.hours.room import HoursRoom
from bot.hours.words import default_hours
from bot.storage.audit import AuditRepository
from bot.storage.database import Database
from tests.hours.factories import OFFICE, at

ADMIN = Actor(1, "admin")
WEEK = (OFFICE,) * 5 + ((), ())
TARGETS = Targets(5, 60)
HOLIDAY = Special(Kind.OFF, "国庆节")
NATIONAL_DAY = date(2026, 10, 1), date(2026, 10, 7)


async def test_hours_are_the_shipped_ones_until_they_are_changed(here: HoursRoom, there: HoursRoom) -> None:
    assert (await here.keeping.of(EVERYBODY)).hours == default_hours()
    assert not here.live.is_open(at("2026-03-02 13:15"))

    await here.keeping.week(ADMIN, EVERYBODY, 0, WEEK, TARGETS)

    assert here.live.is_open(at("2026-03-02 13:15"))
    assert not there.live.is_open(at("2026-03-02 13:15"))
    await there.live.refresh()
    assert there.live.is_open(at("2026-03-02 13:15"))
    assert there.live.of("女工组").targets == TARGETS


@pytest.mark.parametrize("seen", [0, 1])
async def test_of_two_who_change_at_once_one_is_told(here: HoursRoom, there: HoursRoom, seen: int) -> None:
    if seen:
        await here.keeping.week(ADMIN, EVERYBODY, 0, WEEK, TARGETS)

    done = await asyncio.gather(
        here.keeping.mark(ADMIN, EVERYBODY, seen, NATIONAL_DAY, HOLIDAY),
        there.keeping.week(ADMIN, EVERYBODY, seen, WEEK, Targets(1, 2)),
        return_exceptions=True,
    )

    (refused,) = [one for one in done if one is not None]
    assert isinstance(refused, Refused)
    assert refused.problems == (Problem("seen", Refusal.STALE),)


async def test_special_days_hold_for_all_teams_and_their_own_come_first(here: HoursRoom) -> None:
    await here.keeping.mark(ADMIN, EVERYBODY, 0, NATIONAL_DAY, HOLIDAY)
    await here.keeping.add_team(ADMIN, "夜班")
    night = (Period(18 * 60, 24 * 60),)
    await here.keeping.week(ADMIN, "夜班", 1, (night,) * 7, TARGETS)
    await here.keeping.mark(ADMIN, "夜班", 2, (date(2026, 10, 1),) * 2, Special(Kind.ON, "值班"))

    assert here.live.is_open(at("2026-10-01 20:00"), "夜班")
    assert not here.live.is_open(at("2026-10-02 20:00"), "夜班")
    assert here.live.is_open(at("2026-10-10 20:00"), "夜班")
    assert not here.live.is_open(at("2026-10-01 20:00"))
    with pytest.raises(TeamNotFound):
        await here.keeping.of("白班")

    await here.keeping.remove_team(ADMIN, "夜班", 3)
    assert not here.live.is_open(at("2026-10-10 20:00"), "夜班")
    with pytest.raises(TeamNotFound):
        await here.keeping.remove_team(ADMIN, EVERYBODY, 1)


async def test_day_becomes_an_ordinary_one_again(here: HoursRoom) -> None:
    await here.keeping.mark(ADMIN, EVERYBODY, 0, NATIONAL_DAY, HOLIDAY)
    await here.keeping.mark(ADMIN, EVERYBODY, 1, (date(2026, 10, 2),) * 2, None)

    assert here.live.is_open(at("2026-10-02 09:00"))
    assert not here.live.is_open(at("2026-10-01 09:00"))


@pytest.mark.parametrize(
    ("days", "special", "field", "refusal"),
    [
        ((date(2026, 10, 2), date(2026, 10, 1)), HOLIDAY, "until", Refusal.DAY_ORDER),
        ((date(2026, 10, 1), date(2026, 11, 1)), HOLIDAY, "until", Refusal.MANY_DAYS),
        ((date(2026, 10, 1),) * 2, Special(Kind.ON), "periods", Refusal.NO_USUAL),
    ],
)
async def test_nonsense_is_refused_and_changes_nothing(
    here: HoursRoom, days: tuple[date, date], special: Special, field: str, refusal: Refusal
) -> None:
    await here.keeping.week(ADMIN, EVERYBODY, 0, ((),) * 7, TARGETS)

    with pytest.raises(Refused) as refused:
        await here.keeping.mark(ADMIN, EVERYBODY, 1, days, special)

    assert [(one.field, one.refusal) for one in refused.value.problems] == [(field, refusal)]
    assert (await here.keeping.of(EVERYBODY)).version == 1


async def test_every_change_is_in_the_audit_log(here: HoursRoom, database: Database) -> None:
    await here.keeping.mark(ADMIN, EVERYBODY, 0, (date(2026, 10, 1),) * 2, HOLIDAY)
    await here.keeping.add_team(ADMIN, "夜班")
    await here.keeping.remove_team(ADMIN, "夜班", 1)
    with pytest.raises(Refused):
        await here.keeping.mark(ADMIN, EVERYBODY, 0, NATIONAL_DAY, HOLIDAY)

    entries = [one.entry for one in await AuditRepository(database.sessions).page(Filter(kind="hours"), None, 9)]
    assert [(one.verb, one.object_id, one.by.name) for one in entries] == [
        ("remove", "夜班", "admin"),
        ("add", "夜班", "admin"),
        ("change", "", "admin"),
    ]
    assert entries[2].after["hours"] == "2026-10-01 放假 国庆节"


async def test_lost_database_leaves_the_hours_as_they_were(here: HoursRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    await here.keeping.week(ADMIN, EVERYBODY, 0, WEEK, TARGETS)
    looks = 0

    async def pause(_: float) -> None:
        nonlocal looks
        looks += 1
        if looks == 3:
            raise asyncio.CancelledError

    async def broken() -> None:
        raise OSError

    monkeypatch.setattr(here.live, "_pause", pause)
    monkeypatch.setattr(here.live._store, "everything", broken)
    with pytest.raises(asyncio.CancelledError):
        await here.live.run()

    assert here.live.is_open(at("2026-03-02 13:15"))

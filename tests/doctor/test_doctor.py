"""The doctor against real servers that are well, broken or not there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import fields
from datetime import datetime, timedelta, timezone
from pathlib import Path
from string import Formatter

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from sqlalchemy import text, update
from typer.testing import CliRunner

from bot.cli.root import app
from bot.content.seed import seed
from bot.doctor import place, wechat
from bot.doctor.examination import examine
from bot.doctor.finding import Finding, State
from bot.doctor.words import in_chinese, in_english, load
from bot.settings import Settings
from bot.storage.content import ContentRepository
from bot.storage.content_tables import ContentVersion
from bot.storage.database import Database
from tests.factories import knowledge, settings_in, topic, with_topic
from tests.fakes import NOON, SetClock


def by_name(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.name: finding for finding in findings}


async def examined(settings: Settings) -> dict[str, Finding]:
    return by_name([finding async for finding in examine(settings, SetClock())])


@pytest.mark.parametrize(
    ("free", "state"),
    [(0, State.BAD), (place.FULL, State.WARNING), (place.NEARLY_FULL, State.OK)],
)
def test_disk_is_judged_by_what_is_free(tmp_path: Path, free: int, state: State) -> None:
    found = place.disk(tmp_path / "not" / "yet", free)

    assert found.state is state
    assert bool(in_english(found).mend) is (state is not State.OK)


async def test_database_that_is_well(database: Database) -> None:
    await seed(ContentRepository(database.sessions), knowledge, NOON)

    assert [(one.name, one.state) for one in await place.database(database)] == [
        ("database", State.OK),
        ("migrations", State.OK),
    ]
    found = await place.content(database, NOON)
    assert (found.state, in_english(found).told) == (State.OK, "5 topics, 1 of them not in force")


async def test_content_is_judged_by_the_day_in_china(database: Database) -> None:
    ends = with_topic(topic(valid_to=NOON.date()))
    await seed(ContentRepository(database.sessions), lambda: ends, NOON)

    before = await place.content(database, NOON.replace(hour=15))
    after = await place.content(database, NOON.replace(hour=17))

    assert (before.values["gone"], after.values["gone"]) == (1, 2)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_clock_of_the_database_is_compared(database: Database) -> None:
    assert place.clock("database clock", await database.time(), datetime.now(timezone.utc)).state is State.OK


async def test_database_of_another_version(database: Database) -> None:
    async with database.sessions.begin() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '0001'"))

    found = by_name([*await place.database(database)])["migrations"]

    assert found.state is State.BAD
    assert in_english(found).told.startswith("at 0001, this program needs ")


async def test_database_without_tables(database_url: str) -> None:
    database = Database(database_url)
    found = by_name([*await place.database(database)])
    await database.close()

    assert found["migrations"].state is State.WARNING


async def test_database_that_is_not_there(tmp_path: Path) -> None:
    lost = f"postgresql+asyncpg://user:s3cret@127.0.0.1:{unused_port()}/name"
    found = await examined(settings_in(tmp_path, DATABASE_URL=lost))

    assert found["database"].state is State.BAD
    assert "s3cret" not in str(found)
    assert "content" not in found


async def test_examination_makes_no_file(tmp_path: Path) -> None:
    found = await examined(settings_in(tmp_path / "data"))

    assert found["database"].state is State.WARNING
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_broken_content_is_named(database: Database) -> None:
    await seed(ContentRepository(database.sessions), knowledge, NOON)
    async with database.sessions.begin() as session:
        await session.execute(update(ContentVersion).where(ContentVersion.key == "urgent").values(content="{}"))

    found = await place.content(database, NOON)

    assert found.state is State.BAD
    assert "self_harm is missing" in in_english(found).told


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_nothing_is_published_yet(database: Database) -> None:
    assert (await place.content(database, NOON)).state is State.WARNING


@pytest.mark.parametrize(("apart", "state"), [(0.0, State.OK), (5.0, State.OK), (-5.1, State.BAD), (3600.0, State.BAD)])
def test_clocks_may_differ_by_seconds_only(apart: float, state: State) -> None:
    found = place.clock("clock", NOON, NOON + timedelta(seconds=apart))

    assert found.state is state


async def test_redis_that_is_not_there_is_a_warning() -> None:
    assert (await place.redis(f"redis://127.0.0.1:{unused_port()}")).state is State.WARNING
    assert (await place.redis("")).state is State.OFF


@pytest.fixture
async def account(tmp_path: Path) -> AsyncIterator[tuple[dict[str, object], Settings]]:
    """What WeChat answers, and the settings of the account."""
    answer: dict[str, object] = {"access_token": "s3cret-token", "expires_in": 7200}

    async def token(request: web.Request) -> web.Response:
        assert (await request.json())["force_refresh"] is False
        return web.json_response(answer)

    api = web.Application()
    api.add_routes([web.post("/cgi-bin/stable_token", token)])
    async with TestServer(api) as server:
        own = {"WECHAT_APP_ID": "wx1", "WECHAT_APP_SECRET": "s3cret", "WECHAT_API_BASE": str(server.make_url("/"))}
        yield answer, settings_in(tmp_path / "data", **own)


@pytest.mark.parametrize(
    ("answer", "state", "mend"),
    [
        ({}, State.OK, ""),
        (
            {"errcode": 40164, "errmsg": "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: x"},
            State.BAD,
            "put 203.0.113.7 on the list (IP白名单)",
        ),
        (
            {"errcode": 40164, "errmsg": "not in whitelist"},
            State.BAD,
            "put this machine's outgoing address on the list",
        ),
        ({"errcode": 40125, "errmsg": "invalid appsecret"}, State.BAD, "WECHAT_APP_SECRET is wrong"),
        ({"errcode": 40013, "errmsg": "invalid appid"}, State.BAD, "WECHAT_APP_ID is not this account's"),
        ({"errcode": 99999, "errmsg": "?"}, State.BAD, "look the code up"),
    ],
)
async def test_what_wechat_says_of_the_token(
    account: tuple[dict[str, object], Settings], answer: dict[str, object], state: State, mend: str
) -> None:
    said, settings = account
    if answer:
        said.clear()
        said.update(answer)
    async with aiohttp.ClientSession() as http:
        found, theirs = await wechat.token(settings, http)

    assert found.state is state
    assert in_english(found).mend.startswith(mend)
    assert "s3cret" not in str(found)
    assert place.clock("wechat clock", theirs, datetime.now(timezone.utc)).state is State.OK


async def test_wechat_that_cannot_be_reached(tmp_path: Path) -> None:
    base = f"http://127.0.0.1:{unused_port()}"
    own = {"WECHAT_APP_ID": "wx1", "WECHAT_APP_SECRET": "s3cret", "WECHAT_API_BASE": base}

    found = await examined(settings_in(tmp_path, **own))

    assert (found["wechat"].state, found["wechat clock"].state) == (State.BAD, State.OFF)


def test_command_names_what_is_bad_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_logging: None
) -> None:
    for name, value in {
        "DATA_DIR": str(tmp_path / "data"),
        "WECHAT_TOKEN": "gongyou-demo",
        "HOST": "127.0.0.1",
    }.items():
        monkeypatch.setenv(name, value)
    well = CliRunner().invoke(app, ["doctor"])
    monkeypatch.setenv("HOST", "0.0.0.0")
    bad = CliRunner().invoke(app, ["doctor"])

    assert (well.exit_code, bad.exit_code) == (0, 1)
    assert "warning  database: the file is not there yet" in well.stdout
    assert "BAD      settings: the demonstration token is public" in bad.stdout
    assert "→ set another WECHAT_TOKEN" in bad.stdout


def test_page_explains_every_setting() -> None:
    names = {field.name.upper() for field in fields(Settings)} - {"METRICS_DIR"} | {"PROMETHEUS_MULTIPROC_DIR"}

    assert set(load().settings) == names
    assert set(load().secrets) <= names


def test_both_languages_fill_in_the_same_values() -> None:
    def names(text: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    for what, outcome in load().outcomes.items():
        assert names(outcome.en.told + outcome.en.mend) == names(outcome.zh.told + outcome.zh.mend), what
    assert in_chinese(Finding("redis", State.OFF, "redis_off")).name == "Redis"

"""The page of the hours: changed by forms, by files and by published years; what is refused changes nothing."""

from __future__ import annotations

import html as markup
from datetime import date
from pathlib import Path

import pytest

from bot import sheets
from bot.hours.room import HoursRoom
from bot.hours.sheets import read
from bot.sheets import Sheet

from .people import Person

PATH = "/admin/hours"
People = dict[str, Person]
WEEK = {f"day{number}": "8:30-11:30 13:00-17:00" if number < 5 else "" for number in range(7)}
CHANGED = {**WEEK, "first": "5", "resolution": "60"}


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One engine: what is kept is tested on each in tests/hours."""
    return f"sqlite+aiosqlite:///{tmp_path / 'gongyou.db'}"


@pytest.fixture
def admin(people: People) -> Person:
    return people["admin"]


async def page(person: Person, path: str = PATH) -> str:
    return await (await person.get(path)).text()


async def test_administrator_changes_the_week(admin: Person, hours: HoursRoom) -> None:
    assert "还是随程序的时间，请核对" in await page(admin)

    assert (await admin.post(f"{PATH}/week", CHANGED | {"seen": "0"})).status == 303

    told = await page(admin)
    assert "已保存，各处 5 秒内生效。" in told
    assert 'value="8:30-11:30 13:00-17:00"' in told
    assert hours.live.of().targets.first == 5
    log = await page(admin, "/admin/audit?kind=hours")
    assert all(text in log for text in ("工作时间", "周一 8:30-11:30 13:00-17:00", "5/60"))


async def test_what_is_wrong_stands_beside_its_field_and_is_kept(admin: Person, hours: HoursRoom) -> None:
    entered = CHANGED | {"day0": "八点", "day1": "9:00-8:00", "first": "0", "seen": "0"}
    response = await admin.post(f"{PATH}/week", entered)

    told = await response.text()
    assert response.status == 422
    assert told.count("时间写成 8:30-11:30") == 2
    assert all(text in told for text in ("时间段要前后错开", "分钟数写 1 到 100000", 'value="八点"'))
    assert (await hours.keeping.of("")).version == 0


async def test_second_who_saves_sees_what_the_first_did(admin: Person) -> None:
    await admin.post(f"{PATH}/week", CHANGED | {"seen": "0"})

    response = await admin.post(f"{PATH}/week", CHANGED | {"seen": "0", "first": "7"})

    assert response.status == 409
    assert "别人刚刚改过" in await response.text()


async def test_holiday_is_added_and_taken_away(admin: Person, hours: HoursRoom) -> None:
    days = {"day": "2026-10-01", "until": "2026-10-07", "kind": "放假", "name": "国庆节", "seen": "0"}
    assert (await admin.post(f"{PATH}/days", days)).status == 303
    assert "2026-10-07 周三" in await page(admin)

    assert (await admin.post(f"{PATH}/days", {"day": "2026-10-07", "act": "remove", "seen": "1"})).status == 303
    assert date(2026, 10, 7) not in hours.live.of().days
    assert date(2026, 10, 1) in hours.live.of().days

    refused = await admin.post(f"{PATH}/days", days | {"day": "x", "seen": "2"})
    assert "日期写成 2026-10-01 这样" in await refused.text()
    assert (await admin.post(f"{PATH}/days", days | {"kind": "x", "seen": "2"})).status == 422


async def test_team_gets_hours_of_its_own_and_gives_them_up(admin: Person, hours: HoursRoom) -> None:
    assert (await admin.post(f"{PATH}/teams", {"team": "夜班"})).headers[
        "Location"
    ] == f"{PATH}?team=%E5%A4%9C%E7%8F%AD"
    assert (await admin.post(f"{PATH}/teams", {"team": "夜班"})).status == 422
    assert "<h1>工作时间</h1>" in await page(admin, f"{PATH}?team=夜班")

    await admin.post(f"{PATH}/week", CHANGED | {"team": "夜班", "seen": "1"})
    assert (hours.live.of("夜班").targets.first, hours.live.of().targets.first) == (5, 10)
    assert (await admin.post(f"{PATH}/teams/remove", {"team": "夜班", "seen": "1"})).status == 409
    assert (await admin.post(f"{PATH}/teams/remove", {"team": "夜班", "seen": "2"})).status == 303
    assert (await admin.post(f"{PATH}/teams/remove", {"team": "夜班", "seen": "2"})).status == 404


async def test_published_year_is_shown_before_it_is_kept(admin: Person, hours: HoursRoom) -> None:
    assert "2026 年的放假和调休还没有录入" in await page(admin)

    shown = await (await admin.post(f"{PATH}/import", {"year": "2026", "seen": "0"})).text()
    assert "会改 39 天，请核对" in shown
    assert hours.live.of().days == {}

    assert (await admin.post(f"{PATH}/import", confirmed(shown))).status == 303
    assert len(hours.live.of().days) == 39
    assert "还没有录入" not in await page(admin)
    again = await (await admin.post(f"{PATH}/import", {"year": "2026", "seen": "1"})).text()
    assert "没有要改的" in again
    unknown = await admin.post(f"{PATH}/import", {"year": "2999", "seen": "1"})
    assert (unknown.status, "程序里还没有 2999 年" in await unknown.text()) == (422, True)


async def test_exported_file_comes_in_with_a_change(admin: Person, hours: HoursRoom) -> None:
    rows = read("x.xlsx", await (await admin.get(f"{PATH}/export")).read())
    assert rows[:2] == [("日期", "类型", "名称", "时间"), ("周一", "", "", "8:30-11:30 13:30-17:00")]
    rows[6] = ("周六", "", "", "9:00-12:00")
    data = sheets.written([Sheet("x", rows[0], rows[1:], ())])

    shown = await (await admin.send(f"{PATH}/import", "hours.xlsx", data, {"team": ""})).text()
    assert "会改 1 天，请核对" in shown
    assert (await admin.post(f"{PATH}/import", confirmed(shown) | {"seen": "9"})).status == 422
    await admin.post(f"{PATH}/import", confirmed(shown))

    assert len(hours.live.of().week[5]) == 1
    bad = await admin.send(f"{PATH}/import", "hours.csv", "日期,类型,名称,时间\n周八,,,\n".encode(), {"team": ""})
    assert (bad.status, "第 2 行，日期：日期写成" in await bad.text()) == (422, True)


@pytest.mark.parametrize(
    "fields", [{"act": "import", "rows": "nonsense"}, {"year": "x"}, {"act": "import", "rows": "[[1]]"}]
)
async def test_form_that_no_page_sends_is_refused(admin: Person, fields: dict[str, str]) -> None:
    assert (await admin.post(f"{PATH}/import", fields)).status == 400


def confirmed(shown: str) -> dict[str, str]:
    """What the page with the differences posts."""
    held = {name: shown.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("rows", "seen", "team")}
    return {"act": "import", **{name: markup.unescape(text) for name, text in held.items()}}

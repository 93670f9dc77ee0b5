"""The page of the audit log: filters, pages, and words for what changed."""

from __future__ import annotations

import re

import pytest

from bot.accounts.audit import COMMAND_LINE, Entry
from bot.storage.audit import record
from bot.storage.database import Database
from tests.accounts.cast import Parts

from .people import Person

People = dict[str, Person]


async def shown(person: Person, query: str = "", status: int = 200) -> str:
    response = await person.get(f"/admin/audit{query}")
    assert response.status == status
    return await response.text()


def rows(html: str) -> list[str]:
    found = re.findall(r"<tr>(.*?)</tr>", html.partition("<tbody>")[2], re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


async def test_log_tells_who_did_what_when_and_why(people: People, made: Parts) -> None:
    fields = [("display_name", "老<编辑>"), ("role", "editor"), ("role", "reviewer"), ("reason", "转岗")]
    await people["admin"].post("/admin/users/2/change", fields)

    first = rows(await shown(people["admin"]))[0]

    assert first == (
        "2026-03-02 20:00 admin 修改 账号 editor 转岗 姓名： editor 同志 → 老&lt;编辑&gt; 角色： 编辑 → 编辑、审核员"
    )
    assert "命令行 新建 账号 admin" in rows(await shown(people["admin"]))[-1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?name=Admin", 1),
        ("?verb=add", 4),
        ("?kind=user&object=editor", 2),
        ("?kind=topic", 0),
        ("?since=2026-03-02&until=2026-03-02", 9),
        ("?since=2026-03-03", 0),
        ("?until=2026-03-01", 0),
        ("?below=4", 3),
        ("?below=x&name=%00", 9),
        ("?name=" + "x" * 500, 0),
    ],
)
async def test_log_is_filtered(people: People, query: str, found: int) -> None:
    assert len(rows(await shown(people["admin"], query))) == found


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "0001-01-01", "9999-12-31"])
async def test_what_is_no_day_is_told_at_its_field(people: People, day: str) -> None:
    html = await shown(people["admin"], f"?until={day}", 422)

    assert 'id="until-error">日期写成 2026-03-02 这样。' in html
    assert rows(html) == []


async def test_nothing_found_is_said(people: People) -> None:
    assert "没有符合的记录" in await shown(people["admin"], "?name=nobody")


async def test_long_log_goes_on_with_the_same_filter(people: People, made: Parts, database: Database) -> None:
    async with database.sessions.begin() as session:
        for number in range(60):
            record(session, Entry(made.clock.now, COMMAND_LINE, "publish", "topic", f"topic{number:02}"))
            await session.flush()

    first = await shown(people["admin"], "?kind=topic")
    older = re.search(r'<p class="pages"><a class="button" href="([^"]+)"', first)
    assert older
    second = await shown(people["admin"], older[1].replace("&amp;", "&").removeprefix("/admin/audit"))

    assert [len(rows(first)), len(rows(second))] == [50, 10]
    assert "topic59" in rows(first)[0]
    assert "topic00" in rows(second)[-1]
    assert 'class="pages"' not in second

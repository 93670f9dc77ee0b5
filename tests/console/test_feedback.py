"""The page of feedback: tasks by topic and reason, masked, done once with a note."""

from __future__ import annotations

import pytest
from playwright.async_api import expect
from sqlalchemy import delete

from bot.storage.database import Database
from bot.storage.exchanges import ExchangeRepository
from bot.storage.tables import Exchange
from tests.accounts.cast import Parts
from tests.feedback.given import useless

from .people import Person
from .test_browser import LAPTOP, PHONE, Opener, open_page, sign_in  # noqa: F401 - A fixture.

People = dict[str, Person]


@pytest.fixture
async def given(database: Database, made: Parts) -> None:
    """Three tasks for two topics."""
    await useless(database, made.clock())
    await useless(database, made.clock(), "年金是啥", number=2, reason=None, sender="second")
    await useless(database, made.clock(), "世赛奖多少", number=3, topic="prize", sender="third")


@pytest.mark.usefixtures("given")
async def test_page_shows_the_task_with_what_was_live_and_nothing_of_the_worker(people: People) -> None:
    page = await (await people["editor"].get("/admin/feedback")).text()

    for text in (
        "企业年金",
        "过期 1",
        "没说原因 1",
        "第 1 版",
        "模型 b9f444f4",
        "年金谁出钱，我电话〔电话〕",
        "企业出钱。",
    ):
        assert text in page
    assert "13912345678" not in page
    assert "worker" not in page


@pytest.mark.usefixtures("given")
async def test_task_opens_its_conversation(people: People) -> None:
    assert "/admin/unanswered/conversations/1" in await (await people["editor"].get("/admin/feedback")).text()

    opened = await (await people["editor"].get("/admin/unanswered/conversations/1")).text()
    assert "年金谁出钱，我电话〔电话〕" in opened
    assert "没用" in opened
    assert (await people["editor"].get("/admin/unanswered/conversations/2")).status == 404


@pytest.mark.usefixtures("given")
@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("topic=annuity", {1, 2}),
        ("owner=测试&reason=outdated", {1, 3}),
        ("owner=测试&topic=prize", {3}),
        ("owner=别人", set()),
        ("topic=gone", set()),
        ("state=done", set()),
        ("page=2", set()),
        ("reason=nothing&page=x", {1, 2, 3}),
    ],
)
async def test_page_is_filtered(people: People, query: str, shown: set[int]) -> None:
    page = await (await people["reviewer"].get(f"/admin/feedback?{query}")).text()

    assert {number for number in (1, 2, 3) if f'id="task-{number}"' in page} == shown


@pytest.mark.usefixtures("given")
async def test_task_is_done_once_with_a_note_and_stands_in_the_log(people: People) -> None:
    editor = people["editor"]
    assert (await editor.post("/admin/feedback/1/done", {"note": "补了新规定"})).status == 303
    page = await (await editor.get("/admin/feedback")).text()
    assert "已办结。" in page
    assert 'id="task-1"' not in page

    await people["admin"].post("/admin/feedback/1/done", {"note": "再办一次"})
    assert "已经有人办结了" in await (await people["admin"].get("/admin/feedback?state=done")).text()
    log = await (await people["admin"].get("/admin/audit?kind=feedback")).text()
    assert "补了新规定" in log
    assert "再办一次" not in log


@pytest.mark.usefixtures("given")
@pytest.mark.parametrize("note", ["", "长" * 501])
async def test_task_is_not_done_without_a_note(people: People, note: str) -> None:
    response = await people["editor"].post("/admin/feedback/2/done", {"note": note})

    assert response.status == 422
    assert "写一句处理结果" in await response.text()
    assert 'id="task-2"' in await (await people["editor"].get("/admin/feedback")).text()


@pytest.mark.usefixtures("given")
async def test_task_goes_with_the_worker_s_data(people: People, database: Database, made: Parts) -> None:
    await ExchangeRepository(database.sessions).forget("wechat", "worker", "asked", made.clock())

    page = await (await people["editor"].get("/admin/feedback")).text()
    assert 'id="task-1"' not in page
    assert 'id="task-2"' in page


async def test_task_outlives_its_message(people: People, database: Database, made: Parts) -> None:
    await useless(database, made.clock())
    async with database.sessions.begin() as session:
        await session.execute(delete(Exchange))

    assert "已经过了保存期限" in await (await people["editor"].get("/admin/feedback")).text()


async def test_page_without_tasks_says_what_comes_there(people: People) -> None:
    assert "没有这样的反馈" in await (await people["editor"].get("/admin/feedback")).text()


@pytest.mark.browser
@pytest.mark.usefixtures("given")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("size", [LAPTOP, PHONE])
async def test_task_is_done_by_keyboard(open_page: Opener, size: tuple[int, int]) -> None:  # noqa: F811 - The fixture.
    page = await open_page("/admin/feedback", size)
    await sign_in(page, "editor")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    await page.get_by_label("怎么处理的").first.fill("改了答案")
    await page.get_by_label("怎么处理的").first.press("Enter")

    await expect(page.get_by_role("status")).to_have_text("已办结。")
    await expect(page.locator("section.panel")).to_have_count(2)

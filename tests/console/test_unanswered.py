"""The pages of what was not answered: in order, opened, made into content or ignored in one step."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from bot.accounts.audit import Actor
from bot.assistant.port import Message, Reply, Understanding
from bot.content.room import ContentRoom
from bot.storage.database import Database
from bot.unanswered.mining import Mining
from bot.unanswered.room import UnansweredRoom
from policies_kb.parts import Questions, questions_part, topic_part
from tests.accounts.cast import Parts
from tests.feedback.given import exchange
from tests.unanswered.conftest import featuring  # noqa: F401 - A fixture.

from .people import Person
from .test_browser import LAPTOP, PHONE, Opener, open_page, sign_in  # noqa: F401 - A fixture.

People = dict[str, Person]
NONE = Reply((Message("这个问题我查的政策文件里没有。"),), Understanding("oos", "far", 0.9))


@pytest.fixture
async def given(database: Database, made: Parts, unanswered: UnansweredRoom, featuring: object) -> None:  # noqa: F811
    """Three questions about meal cards on two days, one about the shuttle."""
    unanswered.mining._load = lambda: featuring  # type: ignore[assignment, return-value]
    texts = ("饭卡丢了咋补", "饭卡补办找谁", "饭卡丢了打13912345678还是找谁补", "班车几点发车")
    for number, text in enumerate(texts):
        if number == 2:
            made.clock.forward(days=1)
        await exchange(database, made.clock(), text, f"worker-{number}", NONE)


@pytest.fixture
async def mined(given: None, unanswered: UnansweredRoom) -> Mining:
    await unanswered.mining.mine()
    return unanswered.mining


@pytest.mark.usefixtures("given")
async def test_button_takes_in_what_is_new_and_the_list_is_in_order(people: People) -> None:
    editor = people["editor"]
    assert "没有要处理的" in await (await editor.get("/admin/unanswered")).text()

    assert (await editor.post("/admin/unanswered/mine")).status == 303
    page = await (await editor.get("/admin/unanswered")).text()

    assert "新收进 4 句" in page
    assert page.index("饭卡丢了咋补") < page.index("班车几点发车")
    assert "〔电话〕" in page
    assert "13912345678" not in page
    assert "worker-" not in page
    assert "新收进 0 句" not in page


@pytest.mark.usefixtures("mined")
async def test_cluster_opens_its_conversations(people: People) -> None:
    page = await (await people["reviewer"].get("/admin/unanswered/1")).text()
    assert "2 天，3 人，3 次" in page
    assert "没有答案 3" in page
    assert "建主题草稿" not in page

    opened = await (await people["reviewer"].get("/admin/unanswered/conversations/3")).text()
    assert "饭卡丢了打〔电话〕还是找谁补" in opened
    assert "没答上的这句" in opened
    assert "worker-" not in opened + page


@pytest.mark.usefixtures("mined")
async def test_cluster_becomes_a_draft_with_its_questions(people: People, room: ContentRoom) -> None:
    editor = people["editor"]
    fields = [
        ("seen", "1"),
        ("title", "饭卡补办"),
        ("id", "meal_card"),
        ("question", "饭卡丢了咋补"),
        ("question", "饭卡补办找谁"),
    ]
    response = await editor.post("/admin/unanswered/1/topic", fields)

    assert response.headers["Location"] == "/admin/content/topics/meal_card/edit"
    form = await editor.get("/admin/content/topics/meal_card/edit")
    assert form.status == 200
    assert "饭卡补办" in await form.text()
    assert (await editor.get("/admin/content/topics/meal_card")).status == 200
    assert (await editor.get("/admin/content/questions/meal_card")).status == 200
    (questions,) = await room.drafts.versions(questions_part("meal_card"))
    assert questions.value.examples == ("饭卡丢了咋补", "饭卡补办找谁")
    assert "已建主题" in await (await editor.get("/admin/unanswered?show=done")).text()
    log = await (await people["admin"].get("/admin/audit?kind=unanswered")).text()
    assert "建主题草稿" in log


@pytest.mark.usefixtures("mined")
async def test_cluster_goes_to_a_topic_and_away_from_another(people: People, room: ContentRoom, made: Parts) -> None:
    wrong = questions_part("prize")
    await room.drafts.begin(Actor(9, "x"), wrong, Questions(("饭卡丢了咋补", "世赛给多少")), "")
    fields = [("seen", "1"), ("topic", "企业年金"), ("question", "饭卡丢了咋补")]

    assert (await people["editor"].post("/admin/unanswered/1/questions", fields)).status == 303

    assert "里去掉。两处都要提交审核" in await (await people["editor"].get("/admin/unanswered")).text()
    assert (await room.drafts.versions(wrong))[0].value.examples == ("世赛给多少",)
    assert (await room.drafts.versions(questions_part("annuity")))[0].value.examples == ("饭卡丢了咋补",)


@pytest.mark.usefixtures("mined")
async def test_cluster_is_ignored_for_a_reason_and_can_be_put_back(people: People) -> None:
    reviewer = people["reviewer"]
    assert (await reviewer.post("/admin/unanswered/1/ignore", {"seen": "1", "reason": "不归工会管"})).status == 303
    assert "饭卡丢了咋补" not in await (await reviewer.get("/admin/unanswered")).text()
    ignored = await (await reviewer.get("/admin/unanswered?show=ignored")).text()
    assert "不归工会管" in ignored

    await reviewer.post("/admin/unanswered/1/ignore", {"seen": "1", "reason": "再来"})
    assert "别人刚处理过这一组" in await (await reviewer.get("/admin/unanswered")).text()

    await reviewer.post("/admin/unanswered/1/reopen", {"seen": "2", "reason": "归我们管"})
    assert "饭卡丢了咋补" in await (await reviewer.get("/admin/unanswered")).text()


@pytest.mark.usefixtures("mined")
@pytest.mark.parametrize(
    ("act", "fields", "told"),
    [
        ("topic", {"title": "饭卡", "id": "meal_card"}, "至少勾一句"),
        ("topic", {"title": "", "id": "meal_card", "question": "饭卡"}, "标题要写"),
        ("topic", {"title": "长" * 21, "id": "meal_card", "question": "饭卡"}, "标题要写"),
        ("topic", {"title": "饭卡", "id": "Meal", "question": "饭卡"}, "编号用小写字母"),
        ("topic", {"title": "饭卡", "id": "annuity", "question": "饭卡"}, "编号用小写字母"),
        ("topic", {"title": "饭卡", "id": "meal_card", "question": "[饭卡]"}, "有的问法不能这样用"),
        ("topic", {"title": "饭卡", "id": "meal_card", "question": "饭卡", "seen": "7"}, "别人刚处理过"),
        ("questions", {"topic": "没有的", "question": "饭卡"}, "没有这个主题"),
        ("questions", {"topic": "annuity"}, "至少勾一句"),
        ("questions", {"topic": "annuity", "question": "饭卡", "seen": "x"}, "别人刚处理过"),
        ("ignore", {"reason": ""}, "写明原因"),
        ("reopen", {"reason": "长" * 501}, "写明原因"),
    ],
)
async def test_what_is_not_filled_in_right_changes_nothing(
    people: People, unanswered: UnansweredRoom, room: ContentRoom, act: str, fields: dict[str, str], told: str
) -> None:
    response = await people["editor"].post(f"/admin/unanswered/1/{act}", {"seen": "1", **fields})

    assert response.status == 422
    assert told in await response.text()
    cluster = await unanswered.clusters.find(1)
    assert cluster is not None
    assert cluster.version == 1
    assert all(one.part != topic_part("meal_card") for one in await room.drafts.pending())


@pytest.mark.browser
@pytest.mark.usefixtures("mined")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("size", [LAPTOP, PHONE])
async def test_three_ways_out_take_one_step_each(
    open_page: Opener,  # noqa: F811 - The fixture.
    room: ContentRoom,
    size: tuple[int, int],
) -> None:
    page = await open_page("/admin/unanswered", size)
    await sign_in(page, "editor")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_role("link", name="班车几点发车").press("Enter")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_label("原因").fill("问班组")
    await page.get_by_label("原因").press("Enter")
    await expect(page.get_by_role("status")).to_contain_text("已忽略")

    await page.get_by_role("link", name="饭卡丢了咋补").click()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_label("主题", exact=True).fill("企业年金")
    await page.get_by_role("button", name="并入这个主题").click()
    await expect(page.get_by_role("status")).to_contain_text("已存为“企业年金”的问法草稿")

    await page.get_by_role("link", name="已处理").click()
    await page.get_by_role("link", name="饭卡丢了咋补").click()
    await page.get_by_label("放回去的原因").fill("另建主题")
    await page.get_by_role("button", name="放回没处理的").click()
    await page.get_by_role("link", name="饭卡丢了咋补").click()
    await page.get_by_label("标题").fill("饭卡补办")
    await page.get_by_label("编号").fill("meal_card")
    await page.get_by_label("饭卡丢了咋补").uncheck()
    await page.get_by_role("button", name="建主题草稿").click()

    await expect(page.get_by_role("status")).to_contain_text("已建草稿")
    assert (await room.drafts.versions(questions_part("meal_card")))[0].value.examples == ("饭卡补办找谁",)


@pytest.mark.parametrize("page", ["0", "x", "00000199999999999999999999", "9999999999"])
async def test_page_that_no_list_has_is_the_first(people: People, page: str) -> None:
    response = await people["editor"].get(f"/admin/unanswered?page={page}")

    assert response.status == 200

"""The training's pages: begin, see what came of it, put into service, go back; and the same in a browser."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from bot.assistant import training
from bot.learning.room import LearningRoom
from tests.accounts.cast import Parts
from tests.factories import topic
from tests.learning.course import SERVED, School

from .people import Person
from .test_browser import LAPTOP, PHONE, Opener, open_page, sign_in  # noqa: F401 - A fixture.

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
People = dict[str, Person]
PATH = "/admin/training"


async def trained(people: People, school: School, **fields: str) -> str:
    response = await people["admin"].post(f"{PATH}/runs", fields)
    assert response.status == 303
    await school.ended()
    return response.headers["Location"]


async def served(school: School) -> str | None:
    return await school.models.in_service(training.code_digest())


async def test_new_model_waits_for_a_click_and_is_taken_back(people: People, school: School, made: Parts) -> None:
    run = await trained(people, school)
    digest = training.digest_with(school.questions.questions)

    report = await (await people["reviewer"].get(run)).text()
    used = await people["reviewer"].post(f"{PATH}/models/{digest}/use", {"reason": "考过了"})
    now = await served(school)
    models = await (await people["admin"].get(PATH)).text()
    await people["admin"].post(f"{PATH}/models/{SERVED}/use", {"reason": "答错了"})

    assert "新模型不比现在的差，可以启用" in report
    assert "全对" in report
    assert (used.status, now) == (303, digest)
    assert "退回到它" in models
    assert "100.0%" in models
    assert await served(school) == SERVED
    entries = [one.entry for one in await made.logged(verb="use_model")]
    assert [(one.by.name, one.reason) for one in entries] == [("admin", "答错了"), ("reviewer", "考过了")]


async def test_model_that_is_worse_is_refused_with_its_topics_and_questions(people: People, school: School) -> None:
    school.trainer.mistakes = {"annuity0": "ask/prize", "annuity1": "oos/unknown"}

    run = await trained(people, school, serve="yes")

    report = await (await people["admin"].get(run)).text()
    assert f"有 1 个主题明显变差：{topic().title}" in report
    assert "annuity0？" in report
    assert "没有答案" in report
    assert "启用</button>" not in report
    assert await served(school) == SERVED


async def test_second_training_is_refused_while_one_is_under_way(people: People, school: School) -> None:
    school.examiner.open.clear()
    await people["admin"].post(f"{PATH}/runs")

    response = await people["admin"].post(f"{PATH}/runs")
    school.examiner.open.set()
    await school.ended()

    assert response.status == 422
    assert "已经有一次训练在进行" in await response.text()


@pytest.mark.parametrize(
    ("model", "reason", "told"), [("0000", "好", "这个模型已经不能用了"), (SERVED, "", "写明原因")]
)
async def test_model_is_not_used_without_reason_or_archive(
    people: People, school: School, model: str, reason: str, told: str
) -> None:
    response = await people["admin"].post(f"{PATH}/models/{model}/use", {"reason": reason})

    assert response.status == 422
    assert told in await response.text()
    assert await served(school) == SERVED


async def test_nothing_is_trained_for_a_rasa_server(people: People, learning: LearningRoom) -> None:
    object.__setattr__(learning, "remote", True)

    assert "请在那边训练" in await (await people["admin"].post(f"{PATH}/runs")).text()
    assert "开始训练</button>" not in await (await people["admin"].get(PATH)).text()


@pytest.mark.browser
async def test_button_report_service_and_back(open_page: Opener, school: School) -> None:  # noqa: F811 - The fixture.
    school.examiner.open.clear()
    page = await open_page(PATH)
    await sign_in(page)
    await page.get_by_role("button", name="开始训练").press("Enter")
    await expect(page.get_by_role("progressbar")).to_be_visible()
    await expect(page.locator("[data-progress]")).to_contain_text("考新模型 1 / 9")
    school.examiner.open.set()
    await expect(page.locator("main")).to_contain_text("新模型不比现在的差，可以启用")

    await page.get_by_role("button", name="启用").click()
    await page.locator("dialog[open]").get_by_label("原因").fill("考过了")
    await page.locator("dialog[open]").get_by_role("button", name="启用").click()
    await expect(page.get_by_role("status")).to_contain_text("已启用")
    digest = training.digest_with(school.questions.questions)
    await expect(page.get_by_role("row", name=digest[:8])).to_contain_text("正在用")

    await page.get_by_role("button", name="退回到它").click()
    await page.locator("dialog[open]").get_by_label("原因").fill("答错了")
    await page.locator("dialog[open]").get_by_role("button", name="启用").click()
    await expect(page.get_by_role("row", name=SERVED)).to_contain_text("正在用")


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, LAPTOP])
async def test_nothing_is_wider_than_the_screen(
    open_page: Opener,  # noqa: F811 - The fixture.
    people: People,
    school: School,
    size: tuple[int, int],
) -> None:
    school.trainer.mistakes = {"annuity0": "ask/prize", "annuity1": "oos/unknown", "must": "clarify"}
    run = await trained(people, school)
    page = await open_page(PATH, size)
    await sign_in(page)

    for path in (PATH, run, "/admin/trial"):
        await page.goto(str(people["admin"].server.make_url(path)))
        assert await page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.browser
async def test_batch_is_pasted_watched_and_compared(open_page: Opener) -> None:  # noqa: F811 - The fixture.
    page = await open_page("/admin/trial")
    await sign_in(page, "editor")
    await page.get_by_label("工友会怎么问").fill("年金谁出钱")
    await page.get_by_label("工友会怎么问").press("Enter")
    await expect(page.locator("#answer .bubble")).to_contain_text("依据:《小文件》第1条")
    await page.get_by_label("贴一批问题").fill("年金谁出钱\tannuity\n国债\t拒答")
    await page.locator("#batch-content").select_option("both")
    await page.get_by_role("button", name="开始问").click()
    await expect(page.get_by_role("link", name="不符 1")).to_be_visible()
    await page.get_by_role("button", name="比较").click()

    await expect(page.locator("main")).to_contain_text("两批都有 2 句")

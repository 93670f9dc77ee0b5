"""The content's pages in a browser: the preview follows the typing, by keyboard, and nothing is wider than a phone."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from bot.content.live import LiveKnowledge

from .test_browser import LAPTOP, PHONE, Opener, open_page, sign_in  # noqa: F401 - A fixture.

pytestmark = pytest.mark.browser
ANNUITY = "/admin/content/topics/annuity"
PAGES = (
    "/admin/content",
    ANNUITY,
    f"{ANNUITY}/edit",
    "/admin/content/new",
    "/admin/content/shared",
    "/admin/content/shared/replies",
    "/admin/content/shared/replies/entries/welcome",
    "/admin/content/shared/near_scope/entries/pension",
    "/admin/content/questions",
    "/admin/content/questions/annuity/edit",
    "/admin/content/documents",
    "/admin/content/documents/new",
    "/admin/content/documents/paper",
    "/admin/content/documents/paper/edit",
    "/admin/content/exchange",
)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_answer_is_written_with_its_preview_and_published_by_another(
    open_page: Opener,  # noqa: F811 - The fixture.
    live: LiveKnowledge,
) -> None:
    page = await open_page(f"{ANNUITY}/edit")
    await sign_in(page, "editor")
    await page.get_by_label("给工友的答案").fill("{payer}全出，共3000元。")
    await expect(page.locator("#preview")).to_contain_text("这里直接写了数字：3000")
    await page.get_by_label("给工友的答案").fill("{payer}全出。")
    await expect(page.locator("#preview .bubble")).to_contain_text("企业全出。")
    await page.get_by_label("改了什么").fill("说清楚")
    await page.get_by_label("改了什么").press("Enter")
    await page.get_by_role("button", name="提交审核").press("Enter")
    await page.locator("dialog[open]").get_by_role("button", name="提交审核").click()
    await expect(page.get_by_role("status")).to_contain_text("已提交审核")

    other = await open_page(ANNUITY, PHONE)
    await sign_in(other, "reviewer")
    await expect(other.locator("ins").first).to_be_visible()
    await other.get_by_role("button", name="批准并发布").click()
    await other.locator("dialog[open]").get_by_role("button", name="批准并发布").click()
    await expect(other.get_by_role("status")).to_contain_text("已发布")

    assert live().topics["annuity"].answer == "{payer}全出。"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("size", [PHONE, LAPTOP])
async def test_nothing_is_wider_than_the_screen(
    open_page: Opener,  # noqa: F811 - The fixture.
    size: tuple[int, int],
) -> None:
    page = await open_page("/admin/content", size)
    await sign_in(page, "editor")
    origin = page.url.removesuffix("/admin/content")
    for path in PAGES:
        await page.goto(f"{origin}{path}")
        await expect(page.locator("h1")).to_be_visible()

        assert await page.evaluate("document.documentElement.scrollWidth") <= size[0], path

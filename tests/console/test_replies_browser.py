"""The search page in a browser: found by initials, not copied unfilled, by keyboard alone, on a phone too."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from bot.replies.model import Draft
from bot.replies.room import RepliesRoom
from tests.accounts.cast import Parts

from .test_browser import LAPTOP, PHONE, Opener, open_page, sign_in  # noqa: F401 - A fixture.

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@pytest.fixture(autouse=True)
async def kept(replies: RepliesRoom, made: Parts) -> None:
    admin = await made.users.named("admin")
    text = "企业给您出{请填写:金额}元，{请填写:日期}到账。"
    await replies.keeping.add(admin, Draft("", "", "年金到账", text, "企业年金"), shared=True)


async def clipboard(page: Page) -> str:
    return str(await page.evaluate("navigator.clipboard.readText()"))


async def test_reply_is_found_filled_and_copied_by_keyboard(
    open_page: Opener,  # noqa: F811 - The fixture.
    replies: RepliesRoom,
) -> None:
    page = await open_page("/desk/replies")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await sign_in(page, "agent")
    keys, card = page.keyboard, page.locator(".reply:visible")
    await expect(page.locator("#q")).to_be_focused()
    await keys.type("njdz")
    await expect(page.locator(".hit")).to_have_count(1)
    await expect(card.get_by_role("heading", name="年金到账")).to_be_visible()

    await keys.press("Enter")
    await expect(card.get_by_role("alert")).to_have_text("还没有填：金额、日期")
    await expect(card.get_by_label("金额")).to_be_focused()
    await keys.type("3000")
    await expect(card.locator(".aloud")).to_have_text("企业给您出三千元，{请填写:日期}到账。")
    await keys.press("Enter")
    await expect(card.get_by_label("日期")).to_be_focused()
    assert replies.desk.uses("own:1") == 0
    await keys.type("3月2日")
    await keys.press("Enter")
    await expect(card.get_by_role("button", name="已复制")).to_be_visible()

    assert await clipboard(page) == "企业给您出3000元，3月2日到账。"
    assert replies.desk.uses("own:1") == 1
    await card.get_by_role("button", name="连依据一起复制").click()
    await expect(card.locator("[data-take=whole]")).to_have_text("已复制")
    assert await clipboard(page) == "企业给您出3000元，3月2日到账。\n依据:《小文件》第1条"


async def test_arrows_slash_and_escape(
    open_page: Opener,  # noqa: F811 - The fixture.
) -> None:
    page = await open_page("/desk/replies?q=年金")
    await sign_in(page, "agent")
    titles, keys = page.locator(".hit strong"), page.keyboard
    await expect(titles).to_have_count(2)
    first, second = await titles.all_inner_texts()

    await keys.press("ArrowDown")
    await expect(page.locator(".reply:visible h2")).to_contain_text(second)
    await keys.press("ArrowDown")
    await expect(page.locator(".reply:visible h2")).to_contain_text(second)
    await keys.press("ArrowUp")
    await expect(page.locator(".reply:visible h2")).to_contain_text(first)
    await keys.press("Escape")
    await expect(page.locator("#q")).to_have_value("")
    await expect(titles).to_have_count(6)
    await page.locator("main").focus()
    await keys.press("/")
    await expect(page.locator("#q")).to_be_focused()
    await expect(page.locator("#q")).to_have_value("")


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
async def test_pages_fit(
    open_page: Opener,  # noqa: F811 - The fixture.
    size: tuple[int, int],
) -> None:
    page = await open_page("/desk/replies", size)
    await sign_in(page)
    root = page.url.partition("/desk")[0]

    for path in ("", "/own", "/own/new", "/own/1", "/own/import"):
        await page.goto(f"{root}/desk/replies{path}")
        await expect(page.locator("h1")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth") <= size[0], path

"""The form in a browser: on a phone, by keyboard, back and forth, and without JavaScript."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TypeAlias

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from playwright.async_api import Browser, Page, expect

Client: TypeAlias = TestClient[web.Request, web.Application]

pytestmark = pytest.mark.browser


@pytest.fixture
async def page(browser: Browser, client: Client) -> AsyncIterator[Page]:
    """A phone without JavaScript; a broken security policy fails the test."""
    errors: list[str] = []
    context = await browser.new_context(
        viewport={"width": 390, "height": 844},
        locale="zh-CN",
        java_script_enabled=False,
        base_url=str(client.make_url("/")),
    )
    page = await context.new_page()
    page.on("console", lambda message: errors.append(message.text))
    yield page
    # Before the server stops, which could leave a file open that the browser is still loading.
    await context.close()
    assert errors == []


async def next_with(page: Page, answer: str) -> None:
    await page.get_by_role("textbox").fill(answer)
    await page.get_by_role("button", name="下一步").click()


async def test_form_is_walked_from_the_chat_to_the_verdict(page: Page) -> None:
    await page.goto("/")
    await page.get_by_role("link", name="符不符合，自己查").click()
    await page.get_by_role("link", name="考证补贴").click()

    await next_with(page, "好久")
    await expect(page.get_by_role("alert")).to_contain_text("没看懂这个时间")
    await next_with(page, "三年多")
    await next_with(page, "上个月")
    await page.get_by_text("eligibility_yes").click()
    await page.get_by_role("button", name="下一步").click()

    await expect(page.get_by_role("heading", name="符合条件", exact=True)).to_be_visible()
    await expect(page.locator(".conditions .met")).to_have_count(4)
    await expect(page.get_by_text("依据:《小文件》第3条")).to_be_visible()
    assert page.url.endswith("/eligibility/subsidy")


async def test_answer_is_changed_after_the_verdict(page: Page) -> None:
    await page.goto("/eligibility/subsidy")
    await next_with(page, "2年")
    await expect(page.get_by_role("heading", name="不符合条件")).to_be_visible()

    await page.get_by_role("button", name="改 参保时间").click()
    await expect(page.get_by_label("参保多久？")).to_have_value("2年")
    await next_with(page, "5年")

    await expect(page.get_by_label("哪天取证？")).to_be_visible()


async def test_going_back_shows_the_question_before(page: Page) -> None:
    await page.goto("/eligibility/subsidy")
    await next_with(page, "5年")
    await next_with(page, "上个月")
    await expect(page.get_by_text("在职吗？")).to_be_visible()

    await page.go_back()

    await expect(page.get_by_label("哪天取证？")).to_be_visible()


async def test_keyboard_alone_is_enough(page: Page) -> None:
    await page.goto("/eligibility/subsidy")
    field = page.get_by_label("参保多久？")

    for _ in range(2):
        await page.keyboard.press("Tab")
    await expect(field).to_be_focused()
    await page.keyboard.type("5年")
    await page.keyboard.press("Enter")
    await page.get_by_label("哪天取证？").fill("上个月")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("在职吗？")).to_be_visible()
    for key in ("Tab", "Tab", "ArrowDown", "Enter"):
        await page.keyboard.press(key)

    await expect(page.get_by_role("heading", name="不符合条件")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 1280])
async def test_nothing_is_cut_off(browser: Browser, client: Client, width: int) -> None:
    context = await browser.new_context(viewport={"width": width, "height": 640}, base_url=str(client.make_url("/")))
    page = await context.new_page()
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"

    for path in ("/eligibility", "/eligibility/subsidy", "/eligibility/allowance", "/eligibility/nothing"):
        await page.goto(path)
        assert not await page.evaluate(wide), path
    await page.goto("/eligibility/subsidy")
    await next_with(page, "2年")
    assert not await page.evaluate(wide)
    smallest = "Math.min(...[...document.querySelectorAll('.buttons > *, .side')].map(one => one.offsetHeight))"
    assert await page.evaluate(smallest) >= 40
    await context.close()

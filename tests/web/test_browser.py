"""The chat page in a browser: asking, failing, coming back, on a phone and by keyboard."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeAlias

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from playwright.async_api import Browser, Page, Route, expect

from .fakes import SOURCE, FakeConversation, reply

Client: TypeAlias = TestClient[web.Request, web.Application]
Opener: TypeAlias = Callable[..., Awaitable[Page]]

pytestmark = pytest.mark.browser


@pytest.fixture
async def open_page(browser: Browser, client: Client) -> AsyncIterator[Opener]:
    """Open the chat page in a window of its own; a script error or a broken security policy fails the test."""
    errors: list[str] = []

    async def opener(width: int = 390, height: int = 844) -> Page:
        context = await browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        page = await context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if "Security" in message.text else None)
        await page.goto(str(client.make_url("/")))
        return page

    yield opener
    assert errors == []


async def _ask(page: Page, text: str) -> None:
    await page.get_by_label("您的问题").fill(text)
    await page.get_by_role("button", name="发送").click()


async def test_typed_question_is_answered_with_its_source(open_page: Opener, conversation: FakeConversation) -> None:
    conversation.replies["有补贴吗"] = reply(f"有，可打12333问。\n{SOURCE}")
    page = await open_page()

    await _ask(page, "有补贴吗")

    await expect(page.locator(".mine .bubble")).to_have_text("有补贴吗")
    await expect(page.locator(".theirs .bubble").last).to_contain_text("有，可打12333问。")
    await expect(page.locator(".source")).to_have_text(SOURCE)
    await expect(page.locator(".source")).to_have_css("font-size", "13px")
    await expect(page.get_by_label("您的问题")).to_be_empty()


async def test_only_phone_numbers_become_links(open_page: Opener, conversation: FakeConversation) -> None:
    numbers = "打12351、12393或13812345678；补贴12000元，第123456号，共12345人，12366人工"
    conversation.replies["电话"] = reply(numbers)
    page = await open_page()

    await _ask(page, "电话")

    await expect(page.locator(".theirs .bubble").last).to_have_text(numbers)
    links = await page.locator(".theirs .bubble a").evaluate_all("links => links.map(link => link.href)")
    assert links == ["tel:12351", "tel:12393", "tel:13812345678", "tel:12366"]


async def test_text_is_never_taken_for_html(open_page: Opener) -> None:
    page = await open_page()

    await _ask(page, "<img src=x onerror=alert(1)>")

    await expect(page.locator(".theirs .bubble").last).to_have_text("答1：<img src=x onerror=alert(1)>")
    await expect(page.locator(".bubble img")).to_have_count(0)


async def test_tapped_option_is_asked_and_older_ones_rest(open_page: Opener, conversation: FakeConversation) -> None:
    conversation.replies["升技师给多少补贴？"] = reply("您想问哪一个？", "去哪办？", "都不是")
    page = await open_page()

    await page.get_by_role("button", name="升技师给多少补贴？").click()

    await expect(page.get_by_role("button", name="去哪办？")).to_be_enabled()
    await expect(page.get_by_role("button", name="升技师给多少补贴？")).to_be_disabled()
    await page.get_by_role("button", name="去哪办？").click()
    await expect(page.locator(".theirs .bubble").last).to_have_text("答2：去哪办？")
    await expect(page.get_by_role("button", name="都不是")).to_be_disabled()


async def test_empty_question_cannot_be_sent(open_page: Opener, conversation: FakeConversation) -> None:
    page = await open_page()
    send = page.get_by_role("button", name="发送")

    await expect(send).to_be_disabled()
    await page.get_by_label("您的问题").fill("  ")
    await page.get_by_label("您的问题").press("Enter")

    await expect(send).to_be_disabled()
    assert conversation.asked == []


async def test_page_shows_that_it_waits(open_page: Opener, conversation: FakeConversation) -> None:
    conversation.open.clear()
    page = await open_page()

    await _ask(page, "有补贴吗")

    await expect(page.get_by_text("正在输入…")).to_be_visible()
    conversation.open.set()
    await expect(page.get_by_text("正在输入…")).to_have_count(0)
    await expect(page.locator(".theirs .bubble").last).to_have_text("答1：有补贴吗")


async def test_failed_question_is_sent_again_and_answered_once(
    open_page: Opener, conversation: FakeConversation
) -> None:
    async def lose_answer(route: Route) -> None:
        await route.fetch()
        await route.abort()

    page = await open_page()
    await page.route("**/api/chat", lose_answer)
    await _ask(page, "有补贴吗")
    await expect(page.locator(".mine .mark")).to_be_visible()
    await page.unroute("**/api/chat")

    await page.get_by_role("button", name="点此重发").click()

    await expect(page.locator(".theirs .bubble").last).to_have_text("答1：有补贴吗")
    await expect(page.locator(".mine")).to_have_count(1)
    await expect(page.locator(".mine .mark")).to_be_hidden()
    assert len(conversation.asked) == 1


async def test_reload_keeps_the_conversation(open_page: Opener, conversation: FakeConversation) -> None:
    page = await open_page()
    await _ask(page, "有补贴吗")
    await expect(page.locator(".theirs .bubble").last).to_have_text("答1：有补贴吗")

    await page.reload()

    await expect(page.locator(".mine .bubble")).to_have_text("有补贴吗")
    await expect(page.locator(".theirs .bubble").last).to_have_text("答1：有补贴吗")
    await _ask(page, "去哪办")
    await expect(page.locator(".theirs .bubble").last).to_have_text("答2：去哪办")
    assert len({asked.sender for asked in conversation.asked}) == 1


async def test_question_whose_answer_was_left_can_be_sent_again(
    open_page: Opener, conversation: FakeConversation
) -> None:
    conversation.open.clear()
    page = await open_page()
    await _ask(page, "有补贴吗")
    await expect(page.get_by_text("正在输入…")).to_be_visible()

    await page.reload()
    conversation.open.set()
    await page.get_by_role("button", name="点此重发").click()

    await expect(page.locator(".theirs .bubble").last).to_have_text("答1：有补贴吗")
    assert len(conversation.asked) == 1


async def test_new_conversation_has_a_new_session_and_no_history(
    open_page: Opener, conversation: FakeConversation
) -> None:
    page = await open_page()
    await _ask(page, "有补贴吗")
    await expect(page.locator(".theirs .bubble")).to_have_count(2)

    await page.get_by_role("button", name="新对话").click()

    await expect(page.locator(".bubble")).to_have_count(1)
    await page.reload()
    await expect(page.locator(".bubble")).to_have_count(1)
    await page.get_by_role("button", name="技能提升补贴咋领？").click()
    await expect(page.locator(".theirs .bubble")).to_have_count(2)
    assert len({asked.sender for asked in conversation.asked}) == 2


async def test_answer_of_the_former_conversation_is_not_shown(
    open_page: Opener, conversation: FakeConversation
) -> None:
    conversation.open.clear()
    page = await open_page()
    await _ask(page, "旧的")
    await expect(page.get_by_text("正在输入…")).to_be_visible()

    await page.get_by_role("button", name="新对话").click()
    conversation.open.set()
    await _ask(page, "新的")

    await expect(page.locator(".theirs .bubble").last).to_have_text(re.compile("答.：新的"))
    await expect(page.locator(".bubble")).to_have_count(3)


async def test_small_phone_scrolls_only_the_conversation(open_page: Opener, conversation: FakeConversation) -> None:
    conversation.replies["长"] = reply("一" * 300 + "x" * 200 + f"\n{SOURCE}", "选项" * 40)
    page = await open_page(320, 640)

    await _ask(page, "长")
    await expect(page.locator(".source")).to_be_attached()

    for measured in ("document.documentElement", "document.querySelector('#log')"):
        assert await page.evaluate(f"{measured}.scrollWidth <= {measured}.clientWidth"), measured
    assert await page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    await expect(page.get_by_label("您的问题")).to_be_in_viewport()
    assert await page.get_by_label("您的问题").evaluate("field => parseFloat(getComputedStyle(field).fontSize)") >= 16


async def test_growing_field_leaves_the_last_message_in_sight(open_page: Opener) -> None:
    page = await open_page(320, 480)
    await _ask(page, "一\n二\n三\n四\n五\n六")
    answer = page.locator(".theirs .bubble").last
    await expect(answer).to_contain_text("答1")

    await page.get_by_label("您的问题").fill("一\n二\n三\n四")

    await expect(answer).to_be_in_viewport(ratio=1)


async def test_keyboard_alone_is_enough(open_page: Opener, conversation: FakeConversation) -> None:
    page = await open_page()
    field = page.get_by_label("您的问题")

    for _ in range(3):
        await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="技能提升补贴咋领？")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator(".theirs .bubble").last).to_have_text("答1：技能提升补贴咋领？")

    await expect(field).to_be_focused()
    await page.keyboard.type("去哪")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("办")
    await page.keyboard.press("Enter")
    await expect(page.locator(".theirs .bubble")).to_have_count(3)
    assert conversation.asked[-1].text == "去哪\n办"


async def test_enter_of_the_input_method_does_not_send(open_page: Opener, conversation: FakeConversation) -> None:
    page = await open_page()
    field = page.get_by_label("您的问题")
    await field.fill("butie")

    await field.dispatch_event("keydown", {"key": "Enter", "isComposing": True})

    await expect(field).to_have_value("butie")
    assert conversation.asked == []

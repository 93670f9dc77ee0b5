"""The chat on a page of another website: framed only where it may be, without cookies, by keyboard and on a phone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import TypeAlias

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import Browser, BrowserContext, FrameLocator, Page, expect

from bot.web.views import WebViews
from bot.web.views import routes as web_routes
from bot.web.widget import WidgetViews, routes

from .fakes import FakeConversation

Client: TypeAlias = TestClient[web.Request, web.Application]
PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1366, "height": 768}
HOST = """<!doctype html><html lang="zh-CN"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>市总工会</title><h1>市总工会</h1><a href="#">新闻</a>
<script src="{home}/widget.js" data-client="{client}" async></script></html>"""
POLICY = "default-src 'none'; script-src {home}; frame-src {home}"


@pytest.fixture
def origins() -> dict[str, Sequence[str]]:
    """By public name, who may frame the chat; it is filled when the websites have their ports."""
    return {}


@pytest.fixture
async def client(conversation: FakeConversation, origins: dict[str, Sequence[str]]) -> AsyncIterator[Client]:
    app = web.Application()
    app.add_routes([*web_routes(WebViews(conversation)), *routes(WidgetViews(conversation, origins.get))])
    async with TestClient(TestServer(app)) as client:
        yield client


@pytest.fixture
async def website(client: Client, origins: dict[str, Sequence[str]]) -> AsyncIterator[str]:
    """A page of another origin, with a strict policy of its own; its address."""
    home = str(client.make_url("/")).rstrip("/")

    async def page(request: web.Request) -> web.Response:
        html = HOST.format(home=home, client=request.query.get("client", "known"))
        headers = {"Content-Security-Policy": POLICY.format(home=home)}
        return web.Response(text=html, content_type="text/html", headers=headers)

    app = web.Application()
    app.add_routes([web.get("/", page)])
    async with TestServer(app) as server:
        address = str(server.make_url("/"))
        origins["known"] = (address.rstrip("/"),)
        origins["others"] = ("https://elsewhere.example",)
        yield address


@pytest.fixture
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(viewport=LAPTOP, locale="zh-CN")
    yield context
    await context.close()


@pytest.fixture
async def page(context: BrowserContext, website: str) -> AsyncIterator[Page]:
    """The website's page; a script error or a broken policy fails the test."""
    errors: list[str] = []
    page = await context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if "Security" in message.text else None)
    await page.goto(website)
    yield page
    assert errors == []


def chat(page: Page) -> FrameLocator:
    return page.frame_locator("iframe[title=工友助手]")


@pytest.mark.browser
async def test_question_is_answered_in_the_frame_and_remembered_there(page: Page, website: str) -> None:
    await expect(page.locator("iframe")).to_have_count(0)
    await page.get_by_role("button", name="问工友助手").click()
    await expect(chat(page).get_by_label("您的问题")).to_be_focused()
    await page.keyboard.type("有补贴吗")
    await page.keyboard.press("Enter")
    await expect(chat(page).locator(".theirs .bubble").last).to_have_text("答1：有补贴吗")

    await page.goto(website)
    await page.get_by_role("button", name="问工友助手").click()
    await expect(chat(page).locator(".theirs .bubble").last).to_have_text("答1：有补贴吗")
    assert await page.context.cookies() == []
    assert await page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.browser
@pytest.mark.parametrize("way", ["key inside", "button inside", "key outside"])
async def test_window_closes_and_gives_the_focus_back(page: Page, way: str) -> None:
    button = page.get_by_role("button", name="问工友助手")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await expect(button).to_be_focused()
    await expect(button).to_have_attribute("aria-expanded", "false")
    await page.keyboard.press("Enter")
    await expect(chat(page).get_by_label("您的问题")).to_be_focused()
    await expect(page.get_by_role("dialog", name="工友助手")).to_be_visible()

    if way == "button inside":
        await chat(page).get_by_role("button", name="收起").click()
    else:
        if way == "key outside":
            await page.evaluate("document.activeElement.blur()")
        await page.keyboard.press("Escape")

    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(button).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(chat(page).get_by_label("您的问题")).to_be_focused()


@pytest.mark.browser
async def test_window_fills_a_phone_and_leaves_room_on_a_laptop(page: Page) -> None:
    await page.get_by_role("button", name="问工友助手").click()
    dialog = page.get_by_role("dialog", name="工友助手")
    assert (await dialog.bounding_box() or {})["width"] == 400

    await page.set_viewport_size(PHONE)

    await expect(dialog).to_have_css("border-radius", "0px")
    box = await dialog.bounding_box()
    assert box == {"x": 0, "y": 0, **PHONE}
    assert await chat(page).locator("html").evaluate("html => html.scrollWidth <= html.clientWidth")


@pytest.mark.browser
@pytest.mark.parametrize("name", ["others", "nobody"])
async def test_browser_shows_no_chat_where_it_may_not_be_framed(
    context: BrowserContext, website: str, name: str
) -> None:
    page = await context.new_page()
    await page.goto(f"{website}?client={name}")
    await page.get_by_role("button", name="问工友助手").click()
    await expect(page.locator("iframe")).to_be_visible()

    await expect(chat(page).get_by_label("您的问题")).to_have_count(0)


async def test_frame_names_who_may_show_it(client: Client, website: str) -> None:
    response = await client.get("/widget", params={"client": "known"})

    assert response.status == 200
    assert f"frame-ancestors {website.rstrip('/')}" in response.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in response.headers
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("query", ["", "?client=", "?client=nobody"])
async def test_unknown_client_has_no_frame(client: Client, query: str) -> None:
    assert (await client.get(f"/widget{query}")).status == 404


async def test_script_may_be_loaded_by_other_origins(client: Client) -> None:
    response = await client.get("/widget.js")

    assert response.content_type == "text/javascript"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"

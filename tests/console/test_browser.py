"""The consoles in a browser: signing in with a code, dialogs, by keyboard, on a phone and on a laptop."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeAlias

import pyotp
import pytest
from aiohttp.test_utils import BaseTestServer
from playwright.async_api import Browser, Page, expect

from tests.accounts.cast import PASSWORD, Parts

pytestmark = pytest.mark.browser
Opener: TypeAlias = Callable[..., Awaitable[Page]]
PHONE, LAPTOP = (390, 844), (1280, 800)


@pytest.fixture
async def open_page(browser: Browser, server: BaseTestServer, made: Parts) -> AsyncIterator[Opener]:
    """Open a page in a window of its own; a script error or a broken security policy fails the test."""
    errors: list[str] = []

    async def opener(path: str, size: tuple[int, int] = LAPTOP) -> Page:
        viewport = {"width": size[0], "height": size[1]}
        context = await browser.new_context(viewport=viewport, locale="zh-CN")
        page = await context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if "Security" in message.text else None)
        await page.goto(str(server.make_url(path)))
        return page

    yield opener
    assert errors == []


async def sign_in(page: Page, name: str = "admin") -> None:
    await page.get_by_label("用户名").fill(name)
    await page.get_by_label("密码").fill(PASSWORD)
    await page.get_by_role("button", name="登录").click()


async def test_two_steps_are_turned_on_and_used(open_page: Opener, made: Parts) -> None:
    page = await open_page("/admin/account")
    await sign_in(page, "editor")
    await page.locator("#totp_password").fill(PASSWORD)
    await page.get_by_role("button", name="打开两步验证").click()
    await expect(page.locator(".picture svg")).to_be_visible()
    secret = (await page.locator("code.secret").inner_text()).replace(" ", "")
    await page.get_by_label("输入验证器显示的 6 位数字").fill(pyotp.TOTP(secret).at(made.clock.now))
    await page.get_by_role("button", name="完成").click()
    await expect(page.get_by_role("status")).to_contain_text("两步验证已打开")
    await page.get_by_role("button", name="退出").click()
    await expect(page.get_by_role("status")).to_have_text("已退出登录。")
    made.clock.forward(seconds=30)

    await sign_in(page, "editor")
    await expect(page.get_by_role("heading", name="两步验证")).to_be_visible()
    await page.get_by_label("验证码").fill("000000")
    await page.get_by_role("button", name="继续").click()
    await expect(page.get_by_text("验证码不对")).to_be_visible()
    await page.get_by_label("验证码").fill(pyotp.TOTP(secret).at(made.clock.now))
    await page.get_by_role("button", name="继续").click()

    await expect(page.get_by_role("heading", name="editor 同志，您好")).to_be_visible()


async def test_keyboard_alone_signs_in_and_disables_an_account(open_page: Opener, made: Parts) -> None:
    page = await open_page("/admin/users/3")
    keys = page.keyboard
    await expect(page.get_by_label("用户名")).to_be_focused()
    await keys.type("admin")
    await keys.press("Tab")
    await keys.type(PASSWORD)
    await keys.press("Enter")
    await expect(page.get_by_role("heading", name="agent 同志")).to_be_visible()

    await page.get_by_role("button", name="停用账号").focus()
    await keys.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await keys.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await keys.press("Enter")
    await expect(page.get_by_role("dialog").get_by_label("原因")).to_be_focused()
    await keys.type("离职")
    await keys.press("Enter")

    await expect(page.get_by_role("status")).to_contain_text("账号已停用")
    assert (await made.users.named("agent")).disabled


async def test_dialog_is_left_without_doing_anything(open_page: Opener, made: Parts) -> None:
    page = await open_page("/admin/users/3")
    await sign_in(page)
    await page.get_by_role("button", name="重设密码").click()

    await page.get_by_role("dialog").get_by_role("button", name="取消").click()

    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert await made.logged(verb="reset_password") == []


async def test_what_is_wrong_is_focused(open_page: Opener) -> None:
    page = await open_page("/admin/account")
    await sign_in(page)
    await page.get_by_label("现在的密码").first.fill("wrong password")
    await page.get_by_label("新密码", exact=True).fill("another good password")
    await page.get_by_label("再输一次新密码").fill("another good password")

    await page.get_by_role("button", name="改密码").click()

    await expect(page.get_by_role("alert")).to_be_focused()
    await expect(page.get_by_role("alert")).to_contain_text("密码不对")


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
async def test_pages_fit(open_page: Opener, size: tuple[int, int]) -> None:
    page = await open_page("/admin/", size)
    await sign_in(page)
    root = page.url.partition("/admin")[0]

    for path in ("/admin/", "/admin/account", "/admin/users", "/admin/users/new", "/admin/users/2", "/admin/audit"):
        await page.goto(root + path)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        small = await page.locator("button:visible, .button:visible, input:visible").evaluate_all(
            "parts => parts.filter(part => part.type !== 'checkbox' && !part.matches('.unseen'))"
            ".filter(part => part.getBoundingClientRect().height < 36).map(part => part.outerHTML)"
        )
        assert small == [], path

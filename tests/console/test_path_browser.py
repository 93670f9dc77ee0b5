"""The whole way in a browser: from the form to what WeChat answers and back, and a workbook that comes in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import BaseTestServer, TestServer
from playwright.async_api import Browser, Page, expect

from bot.accounts.audit import COMMAND_LINE
from bot.accounts.model import Role
from bot.app import create_app
from bot.assistant.making import Knowledge
from bot.assistant.port import Assistant, Message, Reply
from bot.content.live import LiveKnowledge
from bot.content.room import ContentRoom
from bot.services import Services, services
from bot.settings import DEMONSTRATION_TOKEN
from policies_kb.answer import worker_answer
from tests.accounts.cast import PASSWORD
from tests.factories import knowledge, settings_in
from tests.fakes import FakeAssistant
from tests.wechat.envelopes import content_of, payload, query

from .test_browser import Opener, open_page, sign_in  # noqa: F401 - A fixture.
from .workbooks import Book

pytestmark = pytest.mark.browser
TOPIC = "prize_world_skills"
PAGE = f"/admin/content/topics/{TOPIC}"
PLACE = "/admin/content/exchange"


class Answering(FakeAssistant):
    """Whatever is asked, answers one topic as the actions do."""

    def __init__(self, published: Knowledge) -> None:
        super().__init__()
        self._published = published

    async def ask(self, conversation: str, text: str) -> Reply:
        return Reply((Message(worker_answer(self._published(), self._published().topics[TOPIC], {})),))


@pytest.fixture
async def service(tmp_path: Path, shipped_at_once: None) -> AsyncIterator[tuple[BaseTestServer, Services]]:
    """The whole service with the shipped content, and accounts of its own."""

    def make(states: object, published: Knowledge) -> Assistant:
        return Answering(published)

    settings = settings_in(tmp_path, WECHAT_TOKEN=DEMONSTRATION_TOKEN)
    async with services(settings, make) as parts:
        people = {"writer": {Role.EDITOR, Role.REVIEWER}, "other": {Role.REVIEWER}, "admin": {Role.ADMINISTRATOR}}
        for name, roles in people.items():
            await parts.consoles.users.add(COMMAND_LINE, name, name, frozenset(roles), PASSWORD, temporary=False)
        async with TestServer(create_app(settings, parts)) as server:
            yield server, parts


async def wechat(server: BaseTestServer, number: int) -> str:
    body = payload("text").replace(b"24518076431210825", str(number).encode())
    async with (
        ClientSession() as http,
        http.post(server.make_url("/wechat"), params=query(DEMONSTRATION_TOKEN), data=body) as response,
    ):
        return content_of(await response.read())


async def at(browser: Browser, server: BaseTestServer, name: str) -> Page:
    page = await (await browser.new_context(locale="zh-CN")).new_page()
    await page.goto(str(server.make_url(PAGE)))
    await sign_in(page, name)
    return page


async def confirm(page: Page, button: str, reason: str = "") -> None:
    await page.get_by_role("button", name=button).first.click()
    dialog = page.locator("dialog[open]")
    if reason:
        await dialog.get_by_label("原因").fill(reason)
    await dialog.get_by_role("button", name=button).click()


async def test_amount_is_changed_approved_by_another_answered_and_rolled_back(
    browser: Browser, service: tuple[BaseTestServer, Services]
) -> None:
    server, _ = service
    old = await wechat(server, 1)
    writer = await at(browser, server, "writer")
    await writer.get_by_role("link", name="修改", exact=True).click()
    await writer.locator("#fact-0-value").fill("12")
    await expect(writer.locator("#preview .bubble")).to_contain_text("12万元")
    await writer.get_by_label("改了什么").fill("新标准")
    await writer.get_by_label("改了什么").press("Enter")
    await confirm(writer, "提交审核")
    await expect(writer.get_by_text("您参与起草了这一版，要由另一位审核员来审")).to_be_visible()
    assert await writer.get_by_role("button", name="批准并发布").count() == 0

    other = await at(browser, server, "other")
    await confirm(other, "批准并发布")
    await expect(other.get_by_role("status")).to_contain_text("已发布")
    new = await wechat(server, 2)
    admin = await at(browser, server, "admin")
    await confirm(admin, "回退到这版", "写错了")
    await expect(admin.get_by_role("status")).to_contain_text("已回退到第 1 版")

    assert "10万元" in old
    assert "12万元" in new
    assert await wechat(server, 3) == old


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_workbook_with_three_edits_a_duplicate_and_a_formula(
    open_page: Opener,  # noqa: F811 - The fixture.
    live: LiveKnowledge,
    room: ContentRoom,
) -> None:
    page = await open_page(PLACE)
    await sign_in(page, "editor")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Excel").click()
    path = await (await download.value).path()
    book = Book(await asyncio.to_thread(Path(path).read_bytes))
    for name in ("annuity", "prize", "subsidy"):
        book.cell("主题", "适用对象", name).value = "大家"
    await _send(page, book.data())
    await expect(page.get_by_role("heading", name="3 份和已发布的不同")).to_be_visible()
    book.copy("主题", "closed")
    book.cell("主题", "给工友的答案", "allowance").value = "=1+1"
    await _send(page, book.data())
    await expect(page.get_by_role("alert")).to_contain_text("2 处要改，什么都没有导入")
    await expect(page.get_by_role("alert")).to_contain_text("这里是公式")
    await expect(page.get_by_role("alert")).to_contain_text("重复")
    assert await page.get_by_role("button", name="份草稿").count() == 0

    book.book["主题"].delete_rows(book.book["主题"].max_row)
    book.cell("主题", "给工友的答案", "allowance").value = knowledge().topics["allowance"].answer
    await _send(page, book.data())
    await page.get_by_label("改了什么").fill("照新文件")
    await page.get_by_role("button", name="存成 3 份草稿").click()

    await expect(page.get_by_role("status")).to_contain_text("已存成 3 份草稿")
    assert {one.part.key for one in await room.drafts.pending()} == {"annuity", "prize", "subsidy"}
    assert live() == knowledge()


async def _send(page: Page, data: bytes) -> None:
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    await page.locator("#file").set_input_files([{"name": "改.xlsx", "mimeType": mime, "buffer": data}])
    await page.get_by_role("button", name="看看会改什么").click()

"""Takes the pictures of deploy/GUIDE-desk.zh-CN.md anew, from the real pages with the shipped content: python -m tests.pictures.desk."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, async_playwright, expect

from bot import log
from bot.accounts.audit import COMMAND_LINE
from bot.accounts.model import Role
from bot.app import create_app
from bot.assistant.port import Message, Reply, Understanding
from bot.assistant.training import ROOT
from bot.hours.model import DAY, Period, Targets
from bot.hours.port import EVERYBODY
from bot.services import Services, services
from bot.settings import DEMONSTRATION_TOKEN
from policies_kb import chinese_date
from policies_kb.answer import topic_reply
from policies_kb.model import KnowledgeBase
from tests.conftest import CHROMIUM, CHROMIUM_ARGUMENTS
from tests.factories import settings_in
from tests.fakes import FakeAssistant

SIZES = {"1280": (1280, 700), "390": (390, 844)}
PASSWORD = "correct horse battery"
PEOPLE = {
    Role.AGENT: ("chen.jing", "陈静"),
    Role.REVIEWER: ("li.hong", "李红"),
}
TOPIC = "subsidy_technician"
SAID = {
    "k7m2qa-visit": ("我刚评上技师，补贴给多少", "这个钱找谁领，单位不管", "人工"),
    "p4x9ze-visit": ("厂里两个月没发工资了", "转人工"),
    "t3w8cb-visit": ("留言 13800000000 想问技能提升补贴怎么申领",),
}


class Answering(FakeAssistant):
    """Takes every question for one about a technician's subsidy, so that no model is needed."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        super().__init__()
        self._knowledge = knowledge

    async def ask(self, conversation: str, text: str) -> Reply:
        """The answer of the topic."""
        topic = self._knowledge.topics[TOPIC]
        told, offered = topic_reply(self._knowledge, topic, {}, chinese_date.today())
        return Reply((Message(told, offered),), Understanding("ask", TOPIC, 0.97))


async def main(folder: Path) -> None:
    """Walk through the guide once for each size of screen, each time with a database of its own."""
    log.configure("WARNING", "console")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        for name in SIZES:
            with TemporaryDirectory() as data:
                await _served(browser, Path(data), folder, name)
        await browser.close()


async def _served(browser: Browser, data: Path, folder: Path, name: str) -> None:
    settings = settings_in(data, WECHAT_TOKEN=DEMONSTRATION_TOKEN)
    async with services(settings, lambda _, knowledge: Answering(knowledge())) as parts:
        await _furnish(parts)
        async with TestServer(create_app(settings, parts)) as server:
            root = str(server.make_url("/")).rstrip("/")
            await _ask(root)
            await _walk(Camera(browser, root, folder, name))


async def _furnish(parts: Services) -> None:
    """The people, and a desk that is open whenever the pictures are taken."""
    for role, (name, called) in PEOPLE.items():
        await parts.consoles.users.add(COMMAND_LINE, name, called, frozenset({role}), PASSWORD, temporary=False)
    whole = (Period(0, DAY),)
    await parts.rooms.hours.keeping.week(COMMAND_LINE, EVERYBODY, 0, (whole,) * 7, Targets(10, 210))


async def _ask(root: str) -> None:
    async with ClientSession() as http:
        for session, texts in SAID.items():
            for text in texts:
                async with http.post(f"{root}/api/chat", json={"session": session, "text": text}) as response:
                    response.raise_for_status()


class Camera:
    """One size of screen."""

    def __init__(self, browser: Browser, root: str, folder: Path, name: str) -> None:
        self._browser = browser
        self._folder = folder
        self._name = name
        self.root = root

    async def page(self, role: Role, path: str) -> Page:
        """A page as somebody sees it who has signed in."""
        width, height = SIZES[self._name]
        context = await self._browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        page = await context.new_page()
        await page.goto(f"{self.root}{path}")
        await page.get_by_label("用户名").fill(PEOPLE[role][0])
        await page.get_by_label("密码").fill(PASSWORD)
        await page.get_by_label("密码").press("Enter")
        await page.wait_for_url(f"{self.root}{path}")
        return page

    async def take(self, page: Page, step: str) -> None:
        """A picture of the page."""
        await page.screenshot(path=self._folder / f"desk-{step}-{self._name}.png")


async def _walk(camera: Camera) -> None:
    page = await camera.page(Role.AGENT, "/desk/")
    await expect(page.locator("[data-case]")).to_have_count(2)
    await camera.take(page, "board")
    await page.goto(f"{camera.root}/desk/c/1")
    await page.get_by_role("button", name="接手").click()
    text = page.locator("#text")
    await text.press_sequentially("/jntsbt")
    await expect(page.locator("#canned-list li").first).to_be_visible()
    await camera.take(page, "canned")
    await page.locator("#canned-list li").first.click()
    await expect(text).not_to_have_value("/jntsbt")
    await page.get_by_role("button", name="发送").scroll_into_view_if_needed()
    await camera.take(page, "reply")
    await page.goto(f"{camera.root}/desk/tickets")
    await page.get_by_role("button", name="我来回电").click()
    await camera.take(page, "tickets")
    page = await camera.page(Role.REVIEWER, "/desk/supervisor")
    await camera.take(page, "supervisor")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "deploy" / "pictures"))

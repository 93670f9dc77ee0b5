"""Two agents at their browsers and a worker on WeChat: handed over, claimed, answered, taken over, given back."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import Browser, Page, expect

from bot.accounts.audit import COMMAND_LINE
from bot.accounts.model import Role
from bot.app import create_app
from bot.conversation.service import Times
from bot.replies.model import Draft
from bot.services import Services, services
from bot.settings import DEMONSTRATION_TOKEN
from tests.accounts.cast import PASSWORD
from tests.factories import settings_in
from tests.fakes import FakeAssistant
from tests.wechat.envelopes import content_of, payload, query
from tests.wechat.fake_api import FakeAPI

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("shipped_at_once")]
WORKER = "oyORnuP8q7ou2gfYjqLzSIWZf0rs"
LAPTOP, PHONE = (1366, 768), (390, 844)


@dataclass
class Scene:
    """The service with WeChat on both sides, and browsers."""

    client: TestClient[web.Request, web.Application]
    parts: Services
    api: FakeAPI
    browser: Browser
    errors: list[str]
    sent: int = 0

    async def says(self, text: str) -> str:
        """What a worker gets for a message at once."""
        self.sent += 1
        body = payload("text").replace(b"24518076431210825", str(self.sent).encode())
        body = body.replace("高级技师能延迟退休吗".encode(), text.encode())
        response = await self.client.post("/wechat", params=query(DEMONSTRATION_TOKEN), data=body)
        answer = await response.read()
        return content_of(answer) if answer.startswith(b"<xml>") else answer.decode()

    async def agent(self, name: str, size: tuple[int, int] = LAPTOP) -> Page:
        """An agent who has signed in and looks at the desk; a script error fails the test."""
        context = await self.browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
        page = await context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if "Security" in said.text else None)
        await page.goto(str(self.client.make_url("/desk/")))
        await page.get_by_label("用户名").fill(name)
        await page.get_by_label("密码").fill(PASSWORD)
        await page.get_by_role("button", name="登录").click()
        await expect(page.get_by_role("heading", name="坐席台", level=1)).to_be_visible()
        return page


@pytest.fixture
async def scene(browser: Browser, tmp_path: Path) -> AsyncIterator[Scene]:
    api = FakeAPI()
    async with TestServer(api.app()) as wechat:
        settings = settings_in(
            tmp_path,
            WECHAT_TOKEN=DEMONSTRATION_TOKEN,
            WECHAT_ACCOUNT="verified",
            WECHAT_APP_ID="wx1",
            WECHAT_APP_SECRET="secret",
            WECHAT_API_BASE=str(wechat.make_url("/")),
        )
        times = Times(burst_wait=0, poll=0.01)
        async with services(settings, lambda memory, knowledge: FakeAssistant(), times) as parts:
            for name, shown in (("li", "李坐席"), ("wang", "王坐席")):
                await parts.consoles.users.add(
                    COMMAND_LINE, name, shown, frozenset({Role.AGENT}), PASSWORD, temporary=False
                )
            team = Draft("", "hdr", "回电时间", "{请填写:时间}给您回电话。")
            writer = await parts.consoles.users.named("li")
            await parts.rooms.replies.keeping.add(writer, team, shared=False)
            errors: list[str] = []
            async with TestClient(TestServer(create_app(settings, parts))) as client:
                yield Scene(client, parts, api, browser, errors)
            assert errors == []


async def opened(page: Page) -> None:
    """Open the only conversation of the lists."""
    await page.locator("#lists [data-case] a").click()
    await expect(page.locator("#story")).to_be_visible()


async def both_want_it(li: Page, wang: Page) -> None:
    """It appears by itself; one gets it, the other is told so and sees who looks at it."""
    for page in (li, wang):
        await expect(page.locator("#list-waiting [data-case]")).to_have_count(1)
        await expect(page).to_have_title(re.compile(r"^\(1\)"))
        await opened(page)
        await expect(page.get_by_text("1 技能提升补贴咋领")).to_be_visible()
    await li.keyboard.press("c")
    await expect(li.get_by_role("status").first).to_contain_text("接手了")
    await wang.get_by_role("button", name="接手").click()
    await expect(wang.get_by_role("status").first).to_contain_text("刚被同事接走")
    await expect(wang.locator("#compose")).to_have_count(0)
    await expect(wang.locator("#people")).to_contain_text("李坐席也在看")


async def found_by_its_initials(scene: Scene, li: Page, wang: Page) -> None:
    """A topic's wording with its source, sent by keyboard; the other sees that it is being written."""
    box = li.locator("#text")
    await box.press_sequentially("/jntsbt")
    await expect(li.locator("#canned-list li").first).to_contain_text("技能提升补贴")
    await li.keyboard.press("Enter")
    await expect(box).to_have_value(re.compile("依据:《"))
    await expect(li.locator("#chosen-about")).to_contain_text("依据:《")
    await expect(wang.locator("#people")).to_contain_text("李坐席正在写回复")
    await box.press("Control+Enter")
    await expect(li.locator(".ours .became")).to_have_text("已发到")
    assert [text.partition("\n")[0][:5] for text in scene.api.delivered[WORKER]] == ["人工答复："]


async def not_sent_unfilled(scene: Scene, li: Page) -> None:
    """What has to be filled in keeps a reply from being sent."""
    box = li.locator("#text")
    await box.press_sequentially("/hdr")
    await expect(li.locator("#canned-list li").first).to_contain_text("回电时间")
    await li.keyboard.press("Enter")
    await expect(li.get_by_label("时间")).to_be_focused()
    await li.get_by_role("button", name="发送").click()
    await expect(li.locator("#problem")).to_have_text("还没有填：时间")
    assert len(scene.api.delivered[WORKER]) == 1
    await li.get_by_label("时间").fill("下午3点")
    await li.get_by_role("button", name="发送").click()
    await expect(li.locator(".ours .text").last).to_have_text("下午3点给您回电话。")
    await expect(li.locator(".ours .became").last).to_have_text("已发到")
    assert scene.api.delivered[WORKER][1] == "人工答复：下午3点给您回电话。"


async def taken_over(scene: Scene, li: Page, wang: Page) -> None:
    """With a reason; who had it can no longer send, and loses nothing of what he wrote."""
    box = li.locator("#text")
    await wang.reload()
    await wang.get_by_role("button", name="接管").first.click()
    await wang.get_by_role("dialog").get_by_role("button", name="接管").click()
    await expect(wang.get_by_role("dialog")).to_be_visible()
    await wang.get_by_role("dialog").get_by_label("原因").fill("李坐席去开会")
    await wang.get_by_role("dialog").get_by_role("button", name="接管").click()
    await expect(wang.locator("#compose")).to_be_visible()
    await expect(li.locator("#changed")).to_be_visible()
    await expect(li.locator("#story")).to_contain_text("接管：李坐席去开会")
    await box.fill("我也回一句")
    await box.press("Control+Enter")
    await expect(li.locator("#problem")).to_contain_text("不在您手里")
    await expect(box).to_have_value("我也回一句")
    assert len(scene.api.delivered[WORKER]) == 2


async def test_conversation_goes_from_the_assistant_to_people_and_back(scene: Scene) -> None:
    li, wang = await scene.agent("li"), await scene.agent("wang")
    assert (await scene.says("技能提升补贴咋领")).startswith("1 技能提升补贴咋领")
    assert "前面还有0位" in await scene.says("转人工")
    await both_want_it(li, wang)

    # While a person is there the assistant is silent, and the message is at the desk at once.
    assert await scene.says("要带啥材料") == "success"
    await expect(li.locator("#story").get_by_text("要带啥材料")).to_be_visible()
    await found_by_its_initials(scene, li, wang)
    await not_sent_unfilled(scene, li)
    await taken_over(scene, li, wang)

    # Given back: the assistant answers again.
    await wang.get_by_role("button", name="结束").click()
    await wang.get_by_role("dialog").get_by_label("已经答复").check()
    await wang.get_by_role("dialog").get_by_role("button", name="结束").click()
    await expect(wang.get_by_role("status").first).to_contain_text("结束了")
    assert (await scene.says("企业年金谁出钱")).startswith("2 企业年金谁出钱")
    assert "前面还有0位" in await scene.says("人工")
    await expect(wang.locator("#list-waiting [data-case]")).to_have_count(1)


async def test_what_does_not_arrive_is_told_with_what_to_do(scene: Scene) -> None:
    scene.api.send_errors = [45015]
    li = await scene.agent("li")
    await scene.says("人工")
    await opened(li)
    await li.get_by_role("button", name="接手").click()
    await li.locator("#text").fill("您好")
    await li.get_by_role("button", name="发送").click()

    await expect(li.locator("#undelivered")).to_contain_text("超过48小时")
    await expect(li.locator(".became.bad")).to_have_text("没发出去：超过48小时")
    assert "人工答复：您好" in await scene.says("在吗")
    await expect(li.locator(".ours .became")).to_have_text("已显示给工友")
    await expect(li.locator("#undelivered")).to_have_count(0)


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
async def test_desk_fits_and_is_worked_by_keyboard(scene: Scene, size: tuple[int, int]) -> None:
    li = await scene.agent("li", size)
    await expect(li.get_by_text("没有人在等")).to_be_visible()
    await scene.says("人工")
    await expect(li.locator("#list-waiting [data-case]")).to_have_count(1)
    assert await li.evaluate("document.documentElement.scrollWidth") <= size[0]

    await li.keyboard.press("j")
    await li.keyboard.press("Enter")
    await expect(li.locator("#story")).to_be_visible()
    await li.keyboard.press("c")
    await expect(li.locator("#compose")).to_be_visible()
    assert await li.evaluate("document.documentElement.scrollWidth") <= size[0]
    await li.keyboard.press("r")
    await expect(li.locator("#text")).to_be_focused()

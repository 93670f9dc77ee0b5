"""The way through the guide, a picture at each step."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Browser, FloatRect, Page, expect

from bot.accounts.model import Role

from .cast import PEOPLE

SIZES = {"1280": (1280, 800), "390": (390, 844)}
TOPIC = "/admin/content/topics/subsidy_technician"
BATCH = "晋升技师能补多少\tsubsidy_technician\n工资降了一半有补助吗\tpay_cut_allowance\n怎么炒股\t拒答"


class Tour:
    """One size of screen."""

    def __init__(self, browser: Browser, root: str, folder: Path, name: str, size: tuple[int, int]) -> None:
        self._browser = browser
        self._root = root
        self._folder = folder
        self._name = name
        self._size = size

    async def walk(self) -> None:
        """The whole guide."""
        await self._changes()
        await self._approves()
        await self._tries()
        await self._trains()

    async def _changes(self) -> None:
        page = await self._page()
        await page.goto(f"{self._root}/admin/")
        await self._take(page, "sign-in")
        await self._sign_in(page, Role.EDITOR)
        await self._take(page, "home")
        await page.goto(f"{self._root}/admin/content?text=晋升技师")
        await self._take(page, "find")
        await page.goto(f"{self._root}{TOPIC}/edit")
        answer = page.get_by_label("给工友的答案")
        text = await answer.input_value()
        await answer.fill(f"您好！{text}")
        await expect(page.locator("#preview .bubble")).to_contain_text("您好！")
        await self._take(page, "edit")
        await page.get_by_label("改了什么").fill("开头加一句问候")
        await page.get_by_label("改了什么").press("Enter")
        await page.get_by_role("button", name="提交审核").click()
        await page.locator("dialog[open]").get_by_role("button", name="提交审核").click()
        await expect(page.get_by_role("status")).to_contain_text("已提交审核")

    async def _approves(self) -> None:
        page = await self._page()
        await page.goto(f"{self._root}{TOPIC}")
        await self._sign_in(page, Role.REVIEWER)
        await self._take(page, "review")
        await page.get_by_role("button", name="批准并发布").click()
        await page.locator("dialog[open]").get_by_role("button", name="批准并发布").click()
        await expect(page.get_by_role("status")).to_contain_text("已发布")

    async def _tries(self) -> None:
        page = await self._page()
        await page.goto(f"{self._root}/admin/trial")
        await self._sign_in(page, Role.ADMINISTRATOR)
        await page.get_by_label("工友会怎么问").fill("俺刚评上技师，培训补贴给多少钱")
        await page.get_by_label("工友会怎么问").press("Enter")
        await expect(page.locator("#why")).to_be_visible()
        await self._take(page, "try", tall=1500)
        await page.get_by_label("贴一批问题").fill(BATCH)
        await page.get_by_label("叫什么").fill("常问的三句")
        await page.get_by_role("button", name="开始问").click()
        await expect(page.get_by_role("link", name="下载 Excel")).to_be_visible()
        await page.get_by_role("link", name="全部 3").click()
        await self._take(page, "batch")
        await page.goto(f"{self._root}{TOPIC}")
        await page.get_by_role("button", name="回退到这版").last.click()
        await self._take(page, "roll-back")

    async def _trains(self) -> None:
        page = await self._page()
        for _ in range(2):
            await page.goto(f"{self._root}/admin/training")
            if await page.get_by_label("用户名").count():
                await self._sign_in(page, Role.ADMINISTRATOR)
            await page.get_by_role("button", name="开始训练").click()
            await expect(page.get_by_role("heading", name="考试")).to_be_visible()
        await self._take(page, "report", tall=1100)
        await page.goto(f"{self._root}/admin/training")
        await self._take(page, "training")

    async def _page(self) -> Page:
        width, height = self._size
        context = await self._browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        return await context.new_page()

    async def _sign_in(self, page: Page, role: Role) -> None:
        name, _, password = PEOPLE[role]
        await page.get_by_label("用户名").fill(name)
        await page.get_by_label("密码").fill(password)
        await page.get_by_role("button", name="登录").click()
        await expect(page.get_by_role("button", name="退出")).to_be_visible()

    async def _take(self, page: Page, step: str, tall: int = 0) -> None:
        """What is seen at once, or so many lines of points from the top."""
        path, (width, _) = self._folder / f"admin-{step}-{self._name}.png", self._size
        if tall:
            clip = FloatRect(x=0, y=0, width=width, height=tall)
            await page.screenshot(path=path, full_page=True, clip=clip)
        else:
            await page.screenshot(path=path)

"""Takes the pictures of deploy/GUIDE-admin.zh-CN.md anew, from the real pages with the shipped content and model."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, async_playwright

from bot import log
from bot.accounts.audit import COMMAND_LINE
from bot.app import create_app
from bot.assistant import training
from bot.assistant.making import embedded
from bot.assistant.training import ROOT
from bot.cli.model import up_to_date_model
from bot.rooms import learning
from bot.services import Services, services
from bot.settings import DEMONSTRATION_TOKEN
from tests.conftest import CHROMIUM, CHROMIUM_ARGUMENTS
from tests.factories import settings_in

from .cast import PEOPLE, Painted
from .tour import SIZES, Tour


async def main(folder: Path) -> None:
    """Walk through the guide once for each size of screen, each time with a database of its own."""
    log.configure("WARNING", "console")
    model = await asyncio.to_thread(up_to_date_model, settings_in(ROOT / "var"))
    # Before Rasa is imported, after which no process can be started with asyncio.
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        for name in SIZES:
            with TemporaryDirectory() as data:
                await _walk(browser, model, Path(data), folder, name)
        await browser.close()


async def _walk(browser: Browser, model: Path, data: Path, folder: Path, name: str) -> None:
    settings, painted = settings_in(data, WECHAT_TOKEN=DEMONSTRATION_TOKEN), Painted()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learning, "ProcessLauncher", lambda _: painted)
        async with services(settings, embedded(model), model=model) as parts:
            await _furnish(parts, painted, data)
            async with TestServer(create_app(settings, parts)) as server:
                root = str(server.make_url("/")).rstrip("/")
                await Tour(browser, root, folder, name, SIZES[name]).walk()


async def _furnish(parts: Services, painted: Painted, data: Path) -> None:
    for role, (name, called, password) in PEOPLE.items():
        await parts.consoles.users.add(COMMAND_LINE, name, called, frozenset({role}), password, temporary=False)
    await painted.open(parts.database.sessions, data, training.digest())


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "deploy" / "pictures"))

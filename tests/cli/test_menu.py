"""gongyou menu push, against a local server that answers as WeChat does."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
import pytest
from aiohttp.test_utils import TestServer
from typer.testing import CliRunner, Result

from bot.cli.root import app
from bot.settings import SettingsInvalid
from bot.wechat.menu import menu_json
from policies_kb import loader
from policies_kb.model import KnowledgeBase
from tests.wechat.fake_api import FakeAPI

pytestmark = pytest.mark.usefixtures("shipped_at_once")
ACCOUNT = {"WECHAT_APP_ID": "wx1", "WECHAT_APP_SECRET": "app-secret"}


@pytest.fixture(autouse=True)
def own_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, own_logging: None) -> None:
    """An empty one; the shipped content goes in at its first use."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


async def push(api: FakeAPI) -> Result:
    async with TestServer(api.app()) as server:
        environment = {**ACCOUNT, "WECHAT_API_BASE": str(server.make_url("/"))}
        # The command runs a loop of its own.
        return await asyncio.to_thread(CliRunner().invoke, app, ["menu", "push"], env=environment)


async def test_shipped_menu_is_sent(shipped: KnowledgeBase) -> None:
    api = FakeAPI()

    result = await push(api)

    assert result.exit_code == 0
    assert "The menu of 3 buttons is in place" in result.stdout
    assert [msgspec.json.decode(body) for _, body in api.menus] == [menu_json(shipped.menu)]


async def test_refused_menu_fails_and_tells_no_secret() -> None:
    api = FakeAPI()
    api.menu_errors = [48001]

    result = await push(api)

    assert result.exit_code == 1
    assert "WeChat 48001: message 48001" in result.stderr
    assert "app-secret" not in result.output


async def test_menu_that_breaks_limits_is_not_sent(shipped: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    menu = msgspec.structs.replace(shipped, menu=shipped.menu * 2)
    monkeypatch.setattr(loader, "load", lambda: menu)
    api = FakeAPI()

    result = await push(api)

    assert result.exit_code == 1
    assert "the menu has 6 buttons, WeChat shows 1 to 3" in result.stderr
    assert api.grants == []


@pytest.mark.parametrize("missing", list(ACCOUNT))
def test_account_without_id_or_secret_is_told(missing: str) -> None:
    result = CliRunner().invoke(app, ["menu", "push"], env={**ACCOUNT, missing: ""})

    assert isinstance(result.exception, SettingsInvalid)

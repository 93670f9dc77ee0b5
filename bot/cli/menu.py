"""Commands on the official account's menu."""

from __future__ import annotations

import asyncio
import os

import aiohttp
import typer

from bot import settings
from bot.cli import published
from bot.cli.console import errors, output
from bot.wechat.client import WeChatClient, WeChatError
from bot.wechat.menu import MenuInvalid
from bot.wechat.tokens import OwnTokens

app = typer.Typer(help="The menu of the official account.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Keep `push` a subcommand although it is the only one."""


@app.command()
def push() -> None:
    """Create the published menu in the official account."""
    chosen = settings.read(os.environ)
    if not (chosen.wechat_app_id and chosen.wechat_app_secret):
        raise settings.SettingsInvalid("set WECHAT_APP_ID and WECHAT_APP_SECRET from the account's developer settings")
    buttons = published.knowledge().menu

    async def create() -> None:
        async with aiohttp.ClientSession() as session:
            account = (chosen.wechat_app_id, chosen.wechat_app_secret)
            client = WeChatClient(session, chosen.wechat_api_base, *account, OwnTokens())
            await client.create_menu(buttons)

    try:
        asyncio.run(create())
    except (WeChatError, MenuInvalid) as error:
        errors.print(f"The menu was not created: {error}", style="red", markup=False)
        raise typer.Exit(1) from None
    output.print(f"The menu of {len(buttons)} buttons is in place; clients show it within minutes.")

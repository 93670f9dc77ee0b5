"""Commands on the accounts of the consoles."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Annotated

import typer

from bot import consoles, log, settings
from bot.accounts import passwords, words
from bot.accounts.audit import COMMAND_LINE
from bot.accounts.errors import Refused, UserNotFound
from bot.accounts.model import Role
from bot.accounts.users import UserAdministration
from bot.cli.console import errors, output
from bot.storage.clock import utc_now

app = typer.Typer(help="Accounts of the consoles at /admin/ and /desk/.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The user name.")]
Reason = Annotated[str, typer.Option(help="Why, for the audit log.")]
Generate = Annotated[bool, typer.Option(help="Print a random password, to be changed at the first sign-in.")]
Work = Callable[[UserAdministration], Awaitable[None]]


@app.command()
def add(
    name: Name,
    role: Annotated[list[Role], typer.Option(help="What the person does here; may be given more than once.")],
    display_name: Annotated[str, typer.Option(help="How the person is called; the user name if not given.")] = "",
    generate: Generate = False,
) -> None:
    """Add an account; asks for the password twice."""
    password = _password(generate=generate)

    async def work(users: UserAdministration) -> None:
        await users.add(COMMAND_LINE, name, display_name, frozenset(role), password, temporary=generate)

    _run(work)
    _told(password, generate=generate)


@app.command("list")
def list_() -> None:
    """List all accounts."""

    async def work(users: UserAdministration) -> None:
        for user in await users.everybody():
            roles = ", ".join(role.value for role in Role if role in user.roles)
            marks = " (disabled)" * user.disabled + " (two steps)" * user.two_steps
            output.print(f"{user.name}  {user.display_name}  {roles}{marks}", markup=False)

    _run(work)


@app.command()
def disable(name: Name, reason: Reason = "") -> None:
    """Let a person in no longer, and end all their sessions."""

    async def work(users: UserAdministration) -> None:
        await users.disable(COMMAND_LINE, await users.named(name), reason)

    _run(work)


@app.command()
def password(name: Name, generate: Generate = False, reason: Reason = "") -> None:
    """Put another password in place and end all sessions; asks for it twice."""
    new = _password(generate=generate)

    async def work(users: UserAdministration) -> None:
        await users.set_password(COMMAND_LINE, await users.named(name), new, reason, temporary=generate)

    _run(work)
    _told(new, generate=generate)


@app.command("totp-off")
def totp_off(name: Name, reason: Reason = "") -> None:
    """No longer ask a person for codes, such as when their telephone is lost; ends all sessions."""

    async def work(users: UserAdministration) -> None:
        await users.end_two_steps(COMMAND_LINE, await users.named(name), reason)

    _run(work)


def _password(*, generate: bool) -> str:
    if generate:
        return passwords.generated()
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


def _told(password: str, *, generate: bool) -> None:
    if generate:
        output.print(password, markup=False)


def _run(work: Work) -> None:
    """Do the work on the database; what the person can mend is told, with exit status 1."""
    chosen = settings.read(os.environ)
    log.configure("WARNING", chosen.log_format)

    async def run() -> None:
        async with consoles.opened(chosen, utc_now) as parts:
            await work(parts.users)

    try:
        asyncio.run(run())
    except Refused as refused:
        for text in words.load().problems(refused).values():
            errors.print(text, style="red", markup=False)
        raise typer.Exit(1) from None
    except UserNotFound:
        errors.print("There is no account of that name: see `gongyou user list`.", style="red", markup=False)
        raise typer.Exit(1) from None

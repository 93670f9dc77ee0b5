"""gongyou user, and the accounts of a demonstration, on a real database file."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime, timezone
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import consoles
from bot.accounts.model import Role, User, Visit
from bot.cli import demonstration
from bot.cli.root import app
from tests.factories import PRIVACY_KEY, settings_in

pytestmark = pytest.mark.usefixtures("own_logging")
PASSWORD = "correct horse battery"


def run(tmp_path: Path, *arguments: str, entered: str = "") -> Result:
    own = {"DATA_DIR": str(tmp_path), "PRIVACY_KEY": PRIVACY_KEY}
    return CliRunner().invoke(app, ["user", *arguments], input=entered, env=own)


def typed(password: str, again: str | None = None) -> str:
    return f"{password}\n{again or password}\n"


def signs_in(tmp_path: Path, name: str, password: str) -> User | None:
    """Whom the password lets in."""

    async def enter() -> User | None:
        async with consoles.opened(settings_in(tmp_path), lambda: datetime.now(timezone.utc)) as parts:
            opened = await parts.door.enter(name, password, Visit("", ""))
            who = await parts.door.who(opened.token)
            return who.user if who else None

    return asyncio.run(enter())


def test_added_account_signs_in(tmp_path: Path) -> None:
    result = run(tmp_path, "add", "Li.Na", "--role", "editor", "--role", "agent", entered=typed(PASSWORD))

    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
    user = signs_in(tmp_path, "li.na", PASSWORD)
    assert user is not None
    assert user.roles == {Role.EDITOR, Role.AGENT}
    assert not user.temporary


def test_generated_password_is_printed_alone_and_must_be_changed(tmp_path: Path) -> None:
    result = run(tmp_path, "add", "li.na", "--role", "agent", "--display-name", "李娜", "--generate")

    assert re.fullmatch(r"[a-z0-9-]{19}\n", result.stdout)
    user = signs_in(tmp_path, "li.na", result.stdout.strip())
    assert user is not None
    assert (user.display_name, user.temporary) == ("李娜", True)


@pytest.mark.parametrize(
    ("name", "password", "told"),
    [
        ("李娜", PASSWORD, "用户名用 2 到 32 个"),
        ("li.na", "short", "密码至少 12 个字符，现在是 5 个"),
        ("li.na", "password12345", "这个密码太常见"),
    ],
)
def test_refused_account_is_told_in_plain_words(tmp_path: Path, name: str, password: str, told: str) -> None:
    result = run(tmp_path, "add", name, "--role", "editor", entered=typed(password))

    assert result.exit_code == 1
    assert told in result.stderr
    assert run(tmp_path, "list").stdout == ""


def test_role_must_be_one_of_ours(tmp_path: Path) -> None:
    assert run(tmp_path, "add", "li.na", "--role", "emperor", "--generate").exit_code == 2
    assert run(tmp_path, "add", "li.na", "--generate").exit_code == 2


def test_password_is_set_and_disabled_account_stays_out(tmp_path: Path) -> None:
    run(tmp_path, "add", "li.na", "--role", "agent", "--generate")

    assert run(tmp_path, "password", "li.na", entered=typed(PASSWORD)).exit_code == 0
    assert signs_in(tmp_path, "li.na", PASSWORD) is not None
    generated = run(tmp_path, "password", "li.na", "--generate", "--reason", "忘了").stdout.strip()
    assert signs_in(tmp_path, "li.na", generated) is not None
    assert run(tmp_path, "totp-off", "li.na").exit_code == 0
    assert run(tmp_path, "disable", "li.na", "--reason", "离职").exit_code == 0

    assert run(tmp_path, "list").stdout == "li.na  li.na  agent (disabled)\n"


@pytest.mark.parametrize("arguments", [["disable"], ["password", "--generate"], ["totp-off"]])
def test_unknown_name_is_told(tmp_path: Path, arguments: list[str]) -> None:
    result = run(tmp_path, arguments[0], "nobody", *arguments[1:])

    assert result.exit_code == 1
    assert "There is no account of that name" in result.stderr
    assert result.stdout == ""


def test_demonstration_makes_an_account_for_each_role_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async def offer() -> list[User]:
        async with consoles.opened(settings_in(tmp_path), lambda: datetime.now(timezone.utc)) as parts:
            await demonstration.offer(parts.users)
            return await parts.users.everybody()

    users = asyncio.run(offer())
    printed = dict(re.findall(r"^  (\w+) +([a-z0-9-]{19})", capsys.readouterr().err, re.MULTILINE))
    again = asyncio.run(offer())

    assert {user.name: user.roles for user in users} == {role.value: {role} for role in Role}
    assert set(printed) == {role.value for role in Role}
    user = signs_in(tmp_path, "reviewer", printed["reviewer"])
    assert user is not None
    assert not user.temporary
    assert [user.id for user in again] == [user.id for user in users]
    told = capsys.readouterr().err
    assert not any(password in told for password in printed.values())

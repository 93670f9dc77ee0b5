"""backup.sh and restore.sh on real databases: what was there comes back, and nothing that came after."""

from __future__ import annotations

import os
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.assistant.training import ROOT
from bot.conversation.ports import Lease, Said
from bot.storage.database import Database
from bot.storage.exchanges import ExchangeRepository
from bot.storage.tables import Exchange
from tests.fakes import NOON


def run(script: str, url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATABASE_URL": url}
    command = [str(ROOT / "deploy" / script), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


async def receive(url: str, key: str) -> None:
    database = Database(url)
    await database.migrate()
    lease = Lease("one", NOON, NOON + timedelta(seconds=4))
    await ExchangeRepository(database.sessions).receive(Said("wechat", "worker", key, "年金"), lease)
    await database.close()


async def messages(url: str) -> int:
    database = Database(url)
    await database.migrate()
    async with database.sessions() as session:
        count = await session.scalar(select(func.count()).select_from(Exchange))
    await database.close()
    return count or 0


async def test_what_was_there_comes_back(database_url: str, tmp_path: Path) -> None:
    await receive(database_url, "1")
    copied = run("backup.sh", database_url, str(tmp_path / "copies"))
    await receive(database_url, "2")
    restored = run("restore.sh", database_url, copied.stdout.strip())

    assert (copied.returncode, restored.returncode) == (0, 0), copied.stderr + restored.stderr
    assert await messages(database_url) == 1
    await receive(database_url, "3")
    assert await messages(database_url) == 2


async def test_copy_is_for_its_owner_only_and_whole(database_url: str, tmp_path: Path) -> None:
    await receive(database_url, "1")
    copy = Path(run("backup.sh", database_url, str(tmp_path / "copies")).stdout.strip())

    assert os.stat(copy).st_mode & 0o077 == 0  # noqa: PTH116 - A look at a file does not block.
    assert os.listdir(copy.parent) == [copy.name]  # noqa: PTH208


async def test_old_copies_are_deleted(database_url: str, tmp_path: Path) -> None:
    await receive(database_url, "1")
    old = tmp_path / "gongyou-20200101T000000Z.dump"
    other = tmp_path / "letter.dump"
    for path in (old, other):
        path.write_bytes(b"")
        os.utime(path, (0, 0))
    run("backup.sh", database_url, str(tmp_path), "7")

    assert (old.exists(), other.exists()) == (False, True)


async def test_damaged_copy_changes_nothing(database_url: str, tmp_path: Path) -> None:
    await receive(database_url, "1")
    damaged = tmp_path / "damaged"
    damaged.write_bytes(b"no database at all" * 100)

    assert run("restore.sh", database_url, str(damaged)).returncode != 0
    assert await messages(database_url) == 1


async def test_service_that_runs_is_not_overwritten(database_url: str, tmp_path: Path) -> None:
    if "sqlite" in database_url:
        pytest.skip("SQLite does not tell who has a file open; the runbook says to stop the service")
    await receive(database_url, "1")
    copy = run("backup.sh", database_url, str(tmp_path)).stdout.strip()
    service = Database(database_url)
    await service.ping()
    refused = run("restore.sh", database_url, copy)
    await service.close()

    assert refused.returncode == 1
    assert "stop it first" in refused.stderr


def test_password_is_not_shown(tmp_path: Path) -> None:
    said = run("restore.sh", f"sqlite+aiosqlite:///{tmp_path / 'a.db'}", str(tmp_path / "none"))

    assert said.returncode == 2
    assert run("backup.sh", "mysql://me:secret@host/name", str(tmp_path)).stderr.find("secret") == -1

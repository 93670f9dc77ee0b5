"""Names for workers: the same for the same worker, and not the channel's; the key that makes them is kept."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.privacy import key
from bot.privacy.pseudonym import Pseudonyms
from bot.settings import SettingsInvalid
from tests.factories import settings_in

OPENID = "oyORnuP8q7ou2gfYjqLzSIWZf0rs"


@given(some.text(max_size=64), some.text(max_size=64))
def test_pseudonym_is_of_one_worker(one: str, another: str) -> None:
    names = Pseudonyms(b"key")

    assert (names("wechat", one) == names("wechat", another)) == (one == another)
    assert len(names("wechat", one)) == 26


def test_pseudonym_needs_the_key_and_the_channel() -> None:
    names = {Pseudonyms(secret)(channel, OPENID) for secret in (b"1", b"2") for channel in ("wechat", "web")}

    assert len(names) == 4
    assert Pseudonyms(b"1").fingerprint not in names


def test_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    settings = replace(settings_in(tmp_path / "data"), privacy_key="")
    found: set[str] = set()

    def begin() -> None:
        names = key.pseudonyms(settings)
        assert names is not None
        found.add(names.fingerprint)

    processes = [threading.Thread(target=begin) for _ in range(8)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert len(found) == 1
    assert [path.name for path in (tmp_path / "data").iterdir()] == [key.FILE]
    assert (tmp_path / "data" / key.FILE).stat().st_mode & 0o077 == 0


def test_key_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder")

    with pytest.raises(SettingsInvalid, match="set PRIVACY_KEY"):
        key.pseudonyms(replace(settings_in(tmp_path / "data"), privacy_key=""))


def test_database_of_many_machines_keeps_the_key_where_none_is_set(tmp_path: Path) -> None:
    shared = replace(settings_in(tmp_path / "data"), privacy_key="", database_url="postgresql+asyncpg://db/name")

    assert key.pseudonyms(shared) is None
    assert not (tmp_path / "data").exists()

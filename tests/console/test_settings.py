"""The page of the settings: what is set, what is not well, and no secret."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.doctor.views import _without_password
from bot.settings import Settings

from .people import Person

SECRET = "s3cret-of-this-test"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    lost = f"redis://user:{SECRET}@127.0.0.1:1/0"
    return replace(settings, metrics_token=SECRET, rasa_token=SECRET, redis_url=lost)


async def test_page_says_what_is_not_well_and_shows_no_secret(people: dict[str, Person]) -> None:
    page = await (await people["admin"].get("/admin/settings")).text()

    assert "演示用的设置" in page
    assert "看看 REDIS_URL 对不对" in page
    assert "redis://user:***@127.0.0.1:1/0" in page
    assert SECRET not in page
    assert "gongyou-demo" not in page


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (
            f"postgresql+asyncpg://gongyou:12#{SECRET}@db:5432/gongyou",
            "postgresql+asyncpg://gongyou:***@db:5432/gongyou",
        ),
        (f"postgresql+asyncpg://gongyou:a/b?{SECRET}@db/gongyou", "postgresql+asyncpg://gongyou:***@db/gongyou"),
        (f"postgresql+asyncpg://db/gongyou?password={SECRET}", "postgresql+asyncpg://db/gongyou"),
        ("sqlite+aiosqlite:////srv/gongyou.db", "sqlite+aiosqlite:////srv/gongyou.db"),
    ],
)
def test_address_is_shown_without_any_password_that_a_driver_takes(address: str, shown: str) -> None:
    assert _without_password(address) == shown

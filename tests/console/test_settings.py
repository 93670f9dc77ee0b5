"""The page of the settings: what is set, what is not well, and no secret."""

from __future__ import annotations

from dataclasses import replace

import pytest

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

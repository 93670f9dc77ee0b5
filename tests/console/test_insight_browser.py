"""The pages on what workers need in a browser: by keyboard from a column to what was asked, and on a phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.async_api import expect

from bot.insight.service import Insight
from bot.storage.database import Database
from tests.accounts.cast import Parts
from tests.insight.crowd import row, store

from .test_browser import LAPTOP, PHONE, Opener, open_page, sign_in  # noqa: F401 - A fixture.

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
async def test_column_leads_to_what_was_asked(
    open_page: Opener,  # noqa: F811 - The fixture.
    size: tuple[int, int],
    database: Database,
    insight: Insight,
    made: Parts,
) -> None:
    at = made.clock() - timedelta(hours=2)
    await store(database, (row(n, at, text="年金谁出钱") for n in range(30)))
    await insight.tend()
    page = await open_page("/admin/insight?days=30", size)
    await sign_in(page, "editor")

    bars = await page.locator("#topic .bar rect").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().width)"
    )
    assert min(bars) > 20
    assert await page.evaluate("document.documentElement.scrollWidth") <= size[0]
    await page.locator("#hour a").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("年金谁出钱", exact=True)).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= size[0]

"""The pages on what workers need: figures of each period, groups with what was asked, workbooks."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from bot.insight.service import Insight
from bot.storage.database import Database
from tests.accounts.cast import Parts
from tests.insight.crowd import row, store

from .people import Person

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
People = dict[str, Person]
GROUP = "/admin/insight/group?days=7&part=topic&name=annuity"


@pytest.fixture
async def counted(database: Database, insight: Insight, made: Parts) -> None:
    """Forty workers: thirty asked for a topic, ten for a person; twelve for another topic, and three for a third."""
    at = made.clock() - timedelta(hours=2)
    await store(database, (row(n, at, text="=年金<b>13812345678") for n in range(30)))
    await store(database, (row(n, at, intent="handoff", label=None) for n in range(30, 40)))
    await store(database, (row(n, at, label="prize", text="只有三个人问") for n in range(3)))
    await store(database, (row(n, at, label="allowance") for n in range(12)))
    await insight.tend()


async def test_nothing_is_counted_yet(people: People) -> None:
    assert "还没有统计" in await (await people["editor"].get("/admin/insight")).text()


async def test_few_workers_are_not_shown(people: People, database: Database, insight: Insight, made: Parts) -> None:
    await store(database, (row(n, made.clock() - timedelta(hours=2)) for n in range(9)))
    await insight.tend()

    text = await (await people["admin"].get("/admin/insight?days=30")).text()

    assert "不足10人" in text
    assert "年金" not in text


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("days", [7, 30, 90])
async def test_figures_lead_to_their_groups(people: People, days: int) -> None:
    text = await (await people["reviewer"].get(f"/admin/insight?days={days}")).text()

    assert "约 55" in text
    assert f'href="/admin/insight/group?days={days}&amp;part=kind&amp;name=handover"' in text
    assert f'href="/admin/insight/group?days={days}&amp;part=hour&amp;name=' in text
    assert "name=prize" not in text
    assert " style=" not in text


@pytest.mark.usefixtures("counted")
async def test_group_tells_what_was_asked_without_numbers(people: People) -> None:
    text = await (await people["editor"].get(GROUP)).text()

    assert "=年金&lt;b&gt;〔电话〕" in text
    assert "13812345678" not in text
    assert "worker" not in text


@pytest.mark.usefixtures("counted")
async def test_workbooks_hold_text_and_no_formula(people: People) -> None:
    whole = await (await people["editor"].get("/admin/insight/export?days=7")).read()
    group = await (await people["editor"].get(GROUP.replace("group?", "group/export?"))).read()
    books = [load_workbook(io.BytesIO(one)) for one in (whole, group)]
    cells = [str(cell.value) for book in books for sheet in book for line in sheet.iter_rows() for cell in line]

    assert books[0].sheetnames[0] == "概要"
    assert "'=年金<b>〔电话〕" in cells
    assert not any(cell.startswith("=") for cell in cells)
    assert not any("三个人" in cell or "worker" in cell for cell in cells)


async def test_report_that_is_not_there_cannot_be_taken_away(people: People) -> None:
    assert (await people["editor"].get("/admin/insight/export?days=7")).status == 404

"""The pages on trial: one question with why, a batch pasted or from Excel, and its export."""

from __future__ import annotations

import io

import pytest
from aiohttp import FormData
from openpyxl import Workbook, load_workbook

from bot.assistant.port import Understanding
from bot.content.room import ContentRoom
from bot.trial.room import TrialRoom
from tests.contents.cast import ANNUITY, EDITOR
from tests.factories import topic
from tests.fakes import FakeAssistant

from .people import Person

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
People = dict[str, Person]
FAR = Understanding("oos", "unknown", 0.9, ranking=(("ask/annuity", 0.1),), entities=(("medal", "金牌"),))


async def test_question_is_answered_with_its_topic_and_why(people: People, assistant: FakeAssistant) -> None:
    assistant.understood["年金谁出钱"] = Understanding("ask", "annuity", 0.97, ranking=(("ask/annuity", 0.97),))

    text = await (await people["editor"].post("/admin/trial", {"question": "年金谁出钱"})).text()

    assert "依据:《小文件》第1条" in text
    assert "最像的一个有 97% 的把握" in text
    assert f"打开主题“{topic().title}”" in text
    assert '<span class="tap">1. 下一个</span>' in text


async def test_refusal_is_told_with_what_was_named(people: People, assistant: FakeAssistant) -> None:
    assistant.understood["<b>外星人"] = FAR

    text = await (
        await people["reviewer"].post("/admin/trial", {"question": "<b>外星人", "earlier": "你好\n在吗"})
    ).text()

    assert "没有一个主题像到" in text
    assert "奖牌：金牌" in text
    assert "&lt;b&gt;外星人" in text
    assert [asked for _, asked in assistant.asked] == ["你好", "在吗", "<b>外星人"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"question": ""}, "写一句要问的话"),
        ({"question": "年金", "day": "明天"}, "日期写成"),
        ({"question": "年金", "day": "9999-12-31"}, "日期写成"),
    ],
)
async def test_what_cannot_be_asked_is_told(people: People, fields: dict[str, str], told: str) -> None:
    response = await people["editor"].post("/admin/trial", fields)

    assert response.status == 422
    assert told in await response.text()


async def test_draft_that_is_left_out_is_named(people: People, room: ContentRoom) -> None:
    await room.drafts.save(EDITOR, ANNUITY, 1, topic(answer="{nothing}"), "错")

    text = await (await people["editor"].post("/admin/trial", {"question": "年金", "content": "drafts"})).text()

    assert "annuity（第 2 版）" in text


async def begun(people: People, trial: TrialRoom, **fields: str) -> str:
    response = await people["editor"].post("/admin/trial/runs", fields)
    assert response.status == 303, await response.text()
    await trial.batches.ended()
    return response.headers["Location"]


async def test_batch_is_asked_filtered_and_taken_away(people: People, trial: TrialRoom) -> None:
    run = await begun(people, trial, rows="年金谁出钱\tannuity\n=国债\t拒答", name="常问")

    failed = await (await people["reviewer"].get(run)).text()
    passed = await (await people["reviewer"].get(f"{run}?show=right")).text()
    response = await people["reviewer"].get(f"{run}/export")
    sheet = load_workbook(io.BytesIO(await response.read())).active

    assert "=国债" in failed
    assert "年金谁出钱" not in failed
    assert "年金谁出钱" in passed
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["年金谁出钱", "'=国债"]
    assert response.headers["Content-Disposition"].startswith('attachment; filename="gongyou-trial-1-')


async def test_published_and_drafts_are_compared(people: People, trial: TrialRoom, room: ContentRoom) -> None:
    run = await begun(people, trial, rows="年金谁出钱\tannuity", content="both")

    text = await (await people["editor"].get(f"{run}/compare?with=1")).text()

    assert run == "/admin/trial/runs/2"
    assert "两批都有 1 句" in text


async def test_excel_is_taken(people: People, trial: TrialRoom) -> None:
    book, file = Workbook(), io.BytesIO()
    book.active.append(["年金谁出钱", "annuity"])
    book.save(file)
    form = FormData(quote_fields=False)
    form.add_field("csrf", await people["editor"].csrf())
    form.add_field("file", file.getvalue(), filename="常问.xlsx")

    response = await people["editor"].request("POST", "/admin/trial/runs", form)
    await trial.batches.ended()

    assert "常问.xlsx" in await (await people["editor"].get(response.headers["Location"])).text()


@pytest.mark.parametrize(
    ("rows", "told"),
    [("", "一句要问的也没有"), ("年金\t没有的", "第 1 行：没有“没有的”这个主题"), ("问\n" * 3000, "一批最多 2000 句")],
)
async def test_batch_that_cannot_be_asked_is_told(people: People, rows: str, told: str) -> None:
    response = await people["editor"].post("/admin/trial/runs", {"rows": rows})

    assert response.status == 422
    assert told in await response.text()


async def test_batch_may_be_larger_than_other_forms(people: People) -> None:
    large = {"rows": "年金谁出钱啊" * 4000}

    assert (await people["editor"].post("/admin/trial/runs", large)).status == 303
    assert (await people["editor"].post("/admin/trial", large)).status == 413

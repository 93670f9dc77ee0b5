"""The pages of /eligibility as they come from the server: they work without JavaScript."""

from __future__ import annotations

import html
import logging
import re
from typing import TypeAlias
from urllib.parse import quote

import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.eligibility.pages import MAX_BODY
from bot.eligibility.routes import routes
from bot.eligibility.service import EligibilityService
from tests.factories import topic, with_topic

from .conftest import TODAY

Client: TypeAlias = TestClient[web.Request, web.Application]

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TOLD = {"known.insured_time": "60个月", "known.certificate_date": "2026-01-01/2026-01-31"}


async def get(client: Client, path: str, status: int = 200) -> str:
    async with client.get(path) as response:
        assert response.status == status
        assert response.content_type == "text/html"
        return await response.text()


async def post(client: Client, fields: dict[str, str], topic_id: str = "subsidy") -> str:
    async with client.post(f"/eligibility/{topic_id}", data=fields) as response:
        assert response.status == 200
        return await response.text()


def carried(page: str) -> set[tuple[str, str]]:
    """The hidden fields."""
    return set(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


def marks(page: str) -> list[str]:
    return re.findall(r'<li class="(\w+)">\s*<span class="sign"', page)


async def test_topics_in_force_are_listed_by_their_items(client: Client) -> None:
    page = await get(client, "/eligibility")

    shown = re.findall(r'<h2>(第\d条)<span class="heading">(.+?)</span></h2>|href="/eligibility/(\w+)"', page)
    assert shown == [("第3条", "考证", ""), ("", "", "subsidy"), ("第4条", "降薪", ""), ("", "", "allowance")]


async def test_first_question_is_asked_with_an_example_and_why(client: Client) -> None:
    page = await get(client, "/eligibility/subsidy")

    assert '<label class="asked" for="answer">参保多久？</label>' in page
    assert "只给参保3年以上的。" in page
    assert "第1题，最多3题" in page
    assert '<button class="other" name="skip" value="1">eligibility_skip</button>' in page
    assert carried(page) == {("slot", "insured_time")}


async def test_flag_and_choice_are_radio_buttons(client: Client) -> None:
    flag = await post(client, TOLD)
    choice = await get(client, "/eligibility/allowance")

    assert re.findall(r'type="radio" name="answer" value="(\w+)"> (\w+)', flag) == [
        ("true", "eligibility_yes"),
        ("false", "eligibility_no"),
    ]
    assert re.findall(r'type="radio" name="answer" value="(\w+)"', choice) == ["高级工", "技师", "高级技师"]
    assert 'name="skip"' in flag


async def test_answers_lead_to_the_verdict_with_every_condition(client: Client) -> None:
    page = await post(client, TOLD | {"slot": "employed", "answer": "true"})

    assert '<h2 id="verdict">符合条件</h2>' in page
    assert marks(page) == ["met"] * 4
    assert "1年内可以申请。" in page
    assert "verdict_guidance 人社热线12333" in page
    assert '<p class="source">依据:《小文件》第3条</p>' in page
    assert f'href="/#ask={quote("考证补贴怎么领？")}"' in page
    assert 'href="tel:12333"' in page


async def test_one_answer_that_fails_ends_the_questions(client: Client) -> None:
    page = await post(client, {"slot": "insured_time", "answer": "两年多"})

    assert '<h2 id="verdict">不符合条件</h2>' in page
    assert marks(page) == ["not_met", "unknown", "unknown", "unknown"]
    assert "参保满3年以上再来。" in page
    assert "可以申请" not in page


async def test_skipped_questions_leave_the_verdict_open(client: Client) -> None:
    page = await post(client, TOLD | {"slot": "employed", "skip": "1"})

    assert '<h2 id="verdict">暂不能判断</h2>' in page
    assert marks(page) == ["met", "met", "met", "unknown"]
    assert ("skipped", "employed") in carried(page)


async def test_of_two_sums_neither_is_asked_for_once_one_is_not_known(client: Client) -> None:
    told = {"known.skill_level": "技师", "known.pay_cause": "转产"}
    rule = topic("allowance")
    without_ceiling = msgspec.structs.replace(rule, conditions=rule.conditions[:3])
    app = web.Application()
    app.add_routes(routes(EligibilityService(lambda: with_topic(without_ceiling), lambda: TODAY)))

    async with TestClient(TestServer(app)) as other:
        assert "原来多少？" in await post(other, told, "allowance")
        assert "暂不能判断" in await post(other, told | {"slot": "pay_before", "skip": "1"}, "allowance")
    assert "现在多少？" in await post(client, told | {"slot": "pay_before", "skip": "1"}, "allowance")


async def test_sum_and_figures_of_the_level_are_shown(client: Client) -> None:
    told = {"known.skill_level": "高级技师", "known.pay_cause": "转产", "known.pay_before": "8000元"}

    page = await post(client, told | {"slot": "pay_now", "answer": "三千"}, "allowance")

    assert "大约是每月<strong>2000元</strong>" in page
    assert "高级技师补助：200元" in page
    assert "100元" not in page


async def test_answer_that_is_not_understood_is_asked_again_beside_what_was_typed(client: Client) -> None:
    page = await post(client, {"slot": "insured_time", "answer": '<b>"好久"</b>'})

    assert 'value="&lt;b&gt;&#34;好久&#34;&lt;/b&gt;"' in page
    assert "<b>" not in page
    assert "没看懂这个时间" in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="hint trouble"' in page


@pytest.mark.parametrize(("slot", "message"), [("insured_time", "请先填上答案"), ("employed", "请从下面选一个")])
async def test_empty_answer_is_asked_again(client: Client, slot: str, message: str) -> None:
    assert message in await post(client, {"slot": slot, "answer": ""})


async def test_vague_answer_is_asked_for_more_exactly_and_counts_when_skipped(client: Client) -> None:
    vague = TOLD | {"known.employed": "true", "slot": "certificate_date", "answer": "2025年"}

    asked = await post(client, vague)
    skipped = await post(client, dict(carried(asked)) | {"skip": "1"})

    assert "eligibility_more_exact" in asked
    assert 'value="2025年"' in asked
    assert marks(skipped) == ["met", "met", "unknown", "met"]


async def test_answers_can_be_changed(client: Client) -> None:
    verdict = await post(client, TOLD | {"slot": "employed", "answer": "false"})
    assert re.findall(r'name="change" value="(\w+)"', verdict) == ["insured_time", "certificate_date", "employed"]

    page = await post(client, dict(carried(verdict)) | {"change": "employed"})

    assert 'value="false" checked' in page
    assert ("known.employed", "false") not in carried(page)
    changed = await post(client, dict(carried(page)) | {"answer": "true"})
    assert '<h2 id="verdict">符合条件</h2>' in changed


async def test_topic_that_cannot_be_checked_is_told(client: Client) -> None:
    assert "没有这一项" in await get(client, "/eligibility/nothing", 404)
    assert "没有这一项" in await get(client, "/eligibility/annuity", 404)
    assert "expired 人社热线12333" in await get(client, "/eligibility/expired", 410)


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"a" * (MAX_BODY + 1), FORM, 413),
        (b"%ff", FORM, 400),
        (b"{}", {"Content-Type": "application/json"}, 415),
    ],
)
async def test_body_that_cannot_be_read_is_told(
    client: Client, body: bytes, headers: dict[str, str], status: int
) -> None:
    async with client.post("/eligibility/subsidy", data=body, headers=headers) as response:
        assert response.status == status
        assert "请从头再填一次" in await response.text()


async def test_pages_keep_their_policy_and_their_files_exist(client: Client) -> None:
    pages = [
        await get(client, "/eligibility"),
        await get(client, "/eligibility/subsidy"),
        await post(client, TOLD | {"slot": "employed", "answer": "true"}),
    ]

    for page in pages:
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:|(?:src|href|action)=\"(?:https?:)?//", page)
        for path in set(re.findall(r"/static/[\w.-]+", page)):
            async with client.get(path) as response:
                assert response.status == 200, path


async def test_what_was_told_is_in_no_address_and_in_no_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    page = await post(client, TOLD | {"slot": "employed", "answer": "MARKED"})

    addresses = re.findall(r'(?:href|action|src)="([^"]*)"', html.unescape(page))
    assert addresses
    assert not [address for address in addresses if "?" in address or "60个月" in address or "MARKED" in address]
    assert "60个月" not in caplog.text
    assert "MARKED" not in caplog.text

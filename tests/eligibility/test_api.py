"""/api/eligibility: what it answers, what it refuses, and how it names every field at fault."""

from __future__ import annotations

import gzip
import json
import logging
from typing import Any, TypeAlias

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.eligibility.views import MAX_BODY

Client: TypeAlias = TestClient[web.Request, web.Application]

JSON = {"Content-Type": "application/json"}
MET = {"insured_time": "5年", "certificate_date": "2026-01", "employed": True}
SOURCE = {"document": "小文件", "item": 3, "cite": "第3条"}


async def ask(client: Client, topic: object = "subsidy", **facts: object) -> tuple[int, Any]:
    async with client.post("/api/eligibility", json={"topic": topic, "facts": facts}) as response:
        return response.status, await response.json()


async def test_met_verdict_has_its_reasons_and_its_sources(client: Client) -> None:
    status, verdict = await ask(client, **MET)

    assert status == 200
    assert (verdict["topic"], verdict["title"], verdict["verdict"]) == ("subsidy", "考证补贴", "met")
    assert verdict["conditions"][0] == {
        "text": "参保3年以上",
        "item": 3,
        "cite": "第3条",
        "status": "met",
        "slot": "insured_time",
        "operator": "at_least",
        "required": "3年",
        "value": "60个月",
        "shown": "5年",
        "why": "只给参保3年以上的。",
    }
    assert [condition["status"] for condition in verdict["conditions"]] == ["met"] * 4
    assert (verdict["outcome"], verdict["changes"], verdict["missing"]) == ("1年内可以申请。", [], [])
    assert verdict["guidance"] == "verdict_guidance 人社热线12333"
    assert (verdict["notes"], verdict["sources"]) == (["文件印发于2017年11月30日。"], [SOURCE])
    assert verdict["text"].endswith("依据:《小文件》第3条")


async def test_one_condition_that_is_not_met_decides_and_says_what_would_change_it(client: Client) -> None:
    status, verdict = await ask(client, insured_time="2年11个月")

    assert (status, verdict["verdict"]) == (200, "not_met")
    assert [condition["status"] for condition in verdict["conditions"]] == ["not_met", "unknown", "unknown", "unknown"]
    assert (verdict["outcome"], verdict["computed"], verdict["missing"]) == (None, None, [])
    assert verdict["changes"] == ["参保满3年以上再来。"]


async def test_what_is_not_known_is_asked_for(client: Client) -> None:
    status, verdict = await ask(client, insured_time="5年", employed=True)

    assert (status, verdict["verdict"]) == (200, "unknown")
    assert verdict["missing"] == [
        {"slot": "certificate_date", "title": "取证时间", "question": "哪天取证？", "kind": "date", "choices": []}
    ]


async def test_answer_that_is_too_vague_is_asked_for_again(client: Client) -> None:
    _, verdict = await ask(client, **MET | {"certificate_date": "2025"})

    assert [condition["status"] for condition in verdict["conditions"]] == ["met", "met", "unknown", "met"]
    assert [question["slot"] for question in verdict["missing"]] == ["certificate_date"]


async def test_sum_is_computed_and_what_it_needs_is_asked_for(client: Client) -> None:
    told = {"skill_level": "技师", "pay_cause": "转产", "pay_before": 8000}

    _, before = await ask(client, "allowance", **told)
    _, after = await ask(client, "allowance", **told, pay_now="4000元")

    assert [question["slot"] for question in before["missing"]] == ["pay_now"]
    assert (before["computed"], after["computed"]) == (None, "1600元")
    assert after["outcome"] == "可以领补助。\n技师补助：100元"
    assert after["conditions"][2]["value"] == "50%"


async def test_without_facts_everything_is_missing(client: Client) -> None:
    async with client.post("/api/eligibility", json={"topic": "subsidy"}) as response:
        verdict = await response.json()

    assert verdict["verdict"] == "unknown"
    assert [question["slot"] for question in verdict["missing"]] == ["insured_time", "certificate_date", "employed"]


async def test_value_that_is_given_back_is_understood_alike(client: Client) -> None:
    _, first = await ask(client, **MET)
    told = {condition["slot"]: condition["value"] for condition in first["conditions"]}

    assert await ask(client, **told) == (200, first)


async def test_topics_in_force_are_listed_with_what_they_ask(client: Client) -> None:
    async with client.get("/api/eligibility") as response:
        topics = {topic["topic"]: topic for topic in (await response.json())["topics"]}

    assert set(topics) == {"allowance", "subsidy"}
    assert topics["subsidy"]["sources"] == [SOURCE]
    assert [slot["slot"] for slot in topics["allowance"]["slots"]] == [
        "skill_level",
        "pay_cause",
        "pay_before",
        "pay_now",
    ]
    assert topics["allowance"]["slots"][0] == {
        "slot": "skill_level",
        "title": "技能等级",
        "question": "什么等级？",
        "kind": "choice",
        "choices": ["高级工", "技师", "高级技师"],
    }


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ([], {"body": "send a JSON object"}),
        ({}, {"topic": "send the id of a topic"}),
        ({"topic": 1, "facts": []}, {"topic": "send the id of a topic", "facts": "send an object"}),
        ({"topic": "subsidy", "fact": {}}, {"fact": "no such field; send topic and facts"}),
        ({"topic": "nothing"}, {"topic": "no topic has this id; use one of allowance, subsidy"}),
        ({"topic": "annuity"}, {"topic": "the topic has no rule; use one of allowance, subsidy"}),
        ({"topic": "subsidy", "facts": {"age": 40}}, {"facts.age": "no slot has this name; use one of insured_time"}),
        ({"topic": "subsidy", "facts": {"employed": "maybe"}}, {"facts.employed": "maybe is neither true nor false"}),
        ({"topic": "subsidy", "facts": {"employed": None}}, {"facts.employed": "send a string, a number, true or"}),
        ({"topic": "subsidy", "facts": {"insured_time": ["5年"]}}, {"facts.insured_time": "send a string, a number"}),
        ({"topic": "subsidy", "facts": {"insured_time": 5}}, {"facts.insured_time": "5 is not understood; write 3年"}),
        ({"topic": "subsidy", "facts": {"pay_now": 1e300}}, {"facts.pay_now": "1e+300 is not understood; write 3000"}),
        ({"topic": "subsidy", "facts": {"pay_now": "1" * 101}}, {"facts.pay_now": "send at most 100 characters"}),
        ({"topic": "subsidy", "facts": {"certificate_date": "2026-02-30"}}, {"facts.certificate_date": "2026-02-30"}),
        (
            {"topic": "nothing", "facts": {"skill_level": "学徒", "age": 40}},
            {
                "topic": "no topic",
                "facts.skill_level": "学徒 is none of 高级工, 技师, 高级技师",
                "facts.age": "no slot",
            },
        ),
    ],
)
async def test_every_field_at_fault_is_named_with_what_to_send(
    client: Client, body: object, fields: dict[str, str]
) -> None:
    async with client.post("/api/eligibility", json=body) as response:
        errors = {error["field"]: error["message"] for error in (await response.json())["errors"]}

    assert response.status == 422
    assert errors.keys() == fields.keys()
    assert all(errors[field].startswith(message) for field, message in fields.items())


async def test_expired_topic_is_not_evaluated(client: Client) -> None:
    status, answer = await ask(client, "expired", **MET)

    message = "expired is not in force; ask 人社热线12333 for the rule that holds now"
    assert (status, answer["errors"]) == (410, [{"field": "topic", "message": message}])


@pytest.mark.parametrize("body", [b"", b"topic=subsidy", b"{", b"\xff", b"NaN", b"[" * 16000])
async def test_body_that_is_not_json_is_refused(client: Client, body: bytes) -> None:
    async with client.post("/api/eligibility", data=body, headers=JSON) as response:
        assert response.status == 400
        assert (await response.json())["errors"][0]["field"] == "body"


async def test_body_of_the_limit_is_read_and_one_byte_more_is_refused(client: Client) -> None:
    body = json.dumps({"topic": "subsidy"}).encode().ljust(MAX_BODY)

    async with client.post("/api/eligibility", data=body, headers=JSON) as response:
        assert response.status == 200
    async with client.post("/api/eligibility", data=body + b" ", headers=JSON) as response:
        assert response.status == 413
    bomb = gzip.compress(b" " * 1_000_000)
    async with client.post("/api/eligibility", data=bomb, headers=JSON | {"Content-Encoding": "gzip"}) as response:
        assert response.status == 413


async def test_other_content_type_and_method_are_refused(client: Client) -> None:
    async with client.post("/api/eligibility", data=b"{}", headers={"Content-Type": "text/plain"}) as response:
        assert response.status == 415
    async with client.put("/api/eligibility", json={}) as response:
        assert response.status == 405


async def test_verdict_is_kept_by_nobody_and_shared_with_no_other_site(client: Client) -> None:
    body = {"topic": "subsidy", "facts": MET}

    async with client.post("/api/eligibility", json=body, headers={"Origin": "https://elsewhere.example"}) as response:
        headers = response.headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert not [name for name in headers if name.startswith("Access-Control-")]


async def test_nothing_that_was_told_is_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    await ask(client, **MET | {"insured_time": "4年7个月"})
    await ask(client, **MET | {"insured_time": "MARKED"})

    assert "4年7个月" not in caplog.text
    assert "55个月" not in caplog.text
    assert "MARKED" not in caplog.text

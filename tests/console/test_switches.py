"""The page of the switches: stop and go on, with a reason, and what is refused."""

from __future__ import annotations

import pytest

from bot.switches.live import LiveSwitches
from bot.switches.model import ASSISTANT

from .people import Person

People = dict[str, Person]


@pytest.fixture
def admin(people: People) -> Person:
    return people["admin"]


async def test_administrator_stops_the_assistant_and_lets_it_go_on(admin: Person, switches: LiveSwitches) -> None:
    fields = {"stopped": "yes", "notice": "系统维护", "reason": "答错了"}
    assert (await admin.post("/admin/switches/assistant", fields)).status == 303
    assert switches.notice() == "系统维护"
    page = await (await admin.get("/admin/switches")).text()
    assert all(text in page for text in ("已停用，各处 5 秒内生效。", "工友看到：系统维护", "由 admin 停用"))

    assert (await admin.post("/admin/switches/assistant", {"stopped": "no", "reason": "好了"})).status == 303
    assert switches.notice() is None
    log = await (await admin.get("/admin/audit?kind=switch")).text()
    assert all(text in log for text in ("停用（开关）", "恢复（开关）", "答错了", "系统维护"))


async def test_notice_may_be_left_to_the_content(admin: Person, switches: LiveSwitches) -> None:
    await admin.post("/admin/switches/assistant", {"stopped": "yes", "reason": "x"})

    assert switches.notice() == "正在核对内容。"


@pytest.mark.parametrize("named", ["企业年金", "annuity"])
async def test_topic_is_stopped_by_its_title_or_id(admin: Person, switches: LiveSwitches, named: str) -> None:
    assert (await admin.post("/admin/switches/topic", {"topic": named, "stopped": "yes", "reason": "x"})).status == 303
    assert [switch.topic for switch in switches.stopped.values()] == ["annuity"]
    assert "企业年金" in await (await admin.get("/admin/switches")).text()

    again = await admin.post("/admin/switches/topic", {"topic": named, "stopped": "yes", "reason": "x"})
    assert again.status == 303
    assert "没有改动" in await (await admin.get("/admin/switches")).text()

    await admin.post("/admin/switches/topic", {"topic": "annuity", "stopped": "no", "reason": "x"})
    assert not switches.stopped


@pytest.mark.parametrize(
    ("path", "fields", "told"),
    [
        ("assistant", {"stopped": "yes"}, "写明原因"),
        ("assistant", {"stopped": "yes", "reason": "长" * 501}, "写明原因"),
        ("assistant", {"stopped": "yes", "reason": "x", "notice": "长" * 201}, "最多 200 个字"),
        ("topic", {"stopped": "yes", "reason": "x", "topic": "nothing"}, "没有这个主题"),
        ("topic", {"stopped": "yes", "reason": "x"}, "没有这个主题"),
    ],
)
async def test_what_is_not_filled_in_right_changes_nothing(
    admin: Person, switches: LiveSwitches, path: str, fields: dict[str, str], told: str
) -> None:
    response = await admin.post(f"/admin/switches/{path}", fields)

    assert response.status == 422
    assert told in await response.text()
    assert ASSISTANT not in switches.stopped
    assert not switches.stopped

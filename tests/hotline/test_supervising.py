"""How many conversations a person has at most, what is late, and what those who look after the desk do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.accounts.model import User
from bot.hotline.errors import Conflict, Refused
from bot.hotline.model import Event, Kind, State
from bot.hotline.ports import Change

from .cast import Hotline

KEY = "key-00001"


async def test_nobody_has_more_than_he_can_serve(here: Hotline, agent: User, colleague: User) -> None:
    most = here.desk.settings.most_open
    for number in range(most + 1):
        await here.says("人工", sender=f"w{number}")
    cases = await here.room.cases.open_()
    for case in cases[:most]:
        await here.desk.claim(agent, case.id)

    with pytest.raises(Conflict, match="full"):
        await here.desk.claim(agent, cases[most].id)

    await here.desk.claim(colleague, cases[most].id)
    await here.desk.close(agent, cases[0].id, "answered")
    await here.says("人工", sender="w0")
    await here.desk.claim(agent, (await here.room.cases.open_())[-1].id)
    assert await here.room.cases.held(agent.id) == most


async def test_capacity_is_looked_at_where_it_is_changed(here: Hotline, agent: User) -> None:
    await here.says("人工", sender="w0")
    await here.says("人工", sender="w1")
    first, second = await here.room.cases.open_()
    await here.desk.claim(agent, first.id)
    entry = Event(here.clock(), Kind.CLAIMED, agent.display_name, "")
    change = Change(second.id, second.version, State.AGENT, agent, entry, None, {}, most=1)

    assert not await here.room.cases.change(change)
    assert await here.room.cases.change(replace(change, most=2))


@pytest.mark.parametrize("claimed", [True, False])
async def test_supervisor_gives_a_conversation_to_somebody(
    here: Hotline, agent: User, colleague: User, claimed: bool
) -> None:
    await here.says("人工")
    case = await here.case()
    if claimed:
        await here.desk.claim(agent, case.id)
        await here.desk.reassign(colleague, case.id, "team:legal", "懂法律的来")
        assert (await here.case()).team == "legal"
    await here.desk.reassign(colleague, case.id, f"user:{agent.id}", "您来")

    case = await here.case()
    assert (case.owner, case.state) == (agent.id, State.AGENT)
    events = (await here.room.cases.story(case)).events
    assert events[-1].text == "坐席甲：您来"
    with pytest.raises(Refused, match="target_unknown"):
        await here.desk.reassign(colleague, case.id, f"user:{agent.id}", "您来")
    with pytest.raises(Refused, match="summary_missing"):
        await here.desk.reassign(colleague, case.id, "team:legal", "")


async def test_worker_waits_too_long_by_the_targets(here: Hotline, agent: User) -> None:
    case = await here.claimed(agent)
    assert here.desk.late_at(case) == case.begun_at + timedelta(minutes=10)

    await here.desk.send(agent, case.id, KEY, "您好。", "")
    assert here.desk.late_at(await here.case()) == case.begun_at + timedelta(minutes=30)

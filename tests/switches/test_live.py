"""What is stopped is answered by nobody, in any process, within five seconds; the hotline stays."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from bot.accounts.audit import Actor, Filter
from bot.conversation.memory import TurnMemory
from bot.conversation.service import ConversationService
from bot.eligibility.service import EligibilityService
from bot.storage.audit import AuditRepository
from bot.storage.database import Database
from bot.storage.exchanges import ExchangeRepository
from bot.storage.switches import SwitchRepository
from bot.switches import live
from bot.switches.live import LiveSwitches, ServedKnowledge
from bot.switches.model import ASSISTANT, of_topic
from policies_kb.answer import topic_reply
from policies_kb.query import successor_in_force
from tests.factories import knowledge
from tests.fakes import FakeAssistant, FakeStates, SetClock

ADMIN = Actor(1, "admin")
TODAY = date(2026, 3, 2)


@pytest.fixture
def here(database: Database) -> LiveSwitches:
    return LiveSwitches(SwitchRepository(database.sessions), SetClock())


@pytest.fixture
def there(database: Database) -> LiveSwitches:
    """Another process."""
    return LiveSwitches(SwitchRepository(database.sessions), SetClock())


async def stop(switches: LiveSwitches, name: str, *, stopped: bool = True) -> bool:
    return await switches.change(ADMIN, name, stopped=stopped, notice="核对中", reason="答错了")


async def test_stop_holds_here_at_once_and_elsewhere_at_the_next_look(here: LiveSwitches, there: LiveSwitches) -> None:
    assert await stop(here, ASSISTANT)
    assert here.notice() == "核对中"
    assert there.notice() is None

    await there.refresh()
    assert there.notice() == "核对中"
    assert live.LOOK_EVERY < 5

    assert await stop(there, ASSISTANT, stopped=False)
    await here.refresh()
    assert here.notice() is None


async def test_each_change_is_in_the_audit_log_and_none_twice(here: LiveSwitches, database: Database) -> None:
    done = [await stop(here, ASSISTANT, stopped=stopped) for stopped in (False, True, True, False)]

    assert done == [False, True, False, True]
    entries = [one.entry for one in await AuditRepository(database.sessions).page(Filter(), None, 9)]
    assert [(one.verb, one.kind, one.object_id, one.by.name, one.reason) for one in entries] == [
        ("resume", "switch", ASSISTANT, "admin", "答错了"),
        ("stop", "switch", ASSISTANT, "admin", "答错了"),
    ]


async def test_two_who_stop_at_once_leave_one_entry(here: LiveSwitches, there: LiveSwitches) -> None:
    assert sorted(await asyncio.gather(stop(here, ASSISTANT), stop(there, ASSISTANT))) == [False, True]


async def test_lost_database_changes_nothing(here: LiveSwitches, monkeypatch: pytest.MonkeyPatch) -> None:
    await stop(here, ASSISTANT)
    looks = 0

    async def pause(_: float) -> None:
        nonlocal looks
        looks += 1
        if looks == 3:
            raise asyncio.CancelledError

    async def broken() -> None:
        raise OSError

    monkeypatch.setattr(here, "_pause", pause)
    monkeypatch.setattr(here._store, "stopped", broken)
    with pytest.raises(asyncio.CancelledError):
        await here.run()

    assert here.notice() == "核对中"


async def test_stopped_topic_is_answered_nowhere(here: LiveSwitches) -> None:
    served = ServedKnowledge(knowledge, here)
    assert served() is knowledge()

    await stop(here, of_topic("allowance"))

    held = served()
    assert served() is held
    assert topic_reply(held, held.topics["allowance"], {}, TODAY)[0].startswith("suspended")
    assert topic_reply(held, held.topics["annuity"], {}, TODAY)[0].endswith("依据:《小文件》第1条")
    assert successor_in_force(held, held.topics["closed"], TODAY) is None
    eligibility = EligibilityService(served, lambda: TODAY)
    assert eligibility is not None
    assert not held.topics["allowance"].in_force(TODAY)


async def test_stopped_assistant_answers_nothing_but_says_whom_to_call(here: LiveSwitches, database: Database) -> None:
    served, assistant = ServedKnowledge(knowledge, here), FakeAssistant()
    exchanges, memory = ExchangeRepository(database.sessions), TurnMemory(FakeStates())
    service = ConversationService(assistant, exchanges, memory, served, SetClock(), stopped=here.notice)

    async def say(text: str, key: str) -> list[str]:
        return [message.text for message in (await service.answer("wechat", "worker", key, text)).messages]

    await stop(here, ASSISTANT)

    assert await say("年金", "1") == ["stopped 核对中 工会热线12351"]
    assert await say("欠薪", "2") == ["stopped 核对中 工会热线12351", "unpaid_wages 工会热线12351"]
    assert await say("我不想活了", "3") == ["self_harm 工会热线12351"]
    assert assistant.asked == []
    assert not any(topic.in_force(TODAY) for topic in served().topics.values())

    await stop(here, ASSISTANT, stopped=False)
    assert (await say("年金", "4"))[0].startswith("1 年金")

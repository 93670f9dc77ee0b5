"""Four seconds: what is not there in time is acknowledged, waited for by the next delivery, or fetched by a tap."""

from __future__ import annotations

import asyncio

import pytest

from bot.assistant.port import Reply
from bot.wechat.desk import HANGS_UP, Desk
from bot.wechat.messages import Event, Incoming, Text

from .fakes import FakeAccount, FakeConversation, FakeTyping, pseudonym

BUDGET = 4.0
MESSAGE = Text("gh_1", "oWorker", 1764915200, "1", "1", "年金")


class Staff:
    """The desk and what stands around it."""

    def __init__(self, *, verified: bool = False, budget: float = BUDGET) -> None:
        self.conversation, self.typing = FakeConversation(), FakeTyping()
        self.account = FakeAccount(verified)
        self.paused: list[float] = []
        self.desk = Desk(self.conversation, self.account, self.typing, budget, pseudonym, self._pause)

    async def texts(self, incoming: Incoming = MESSAGE) -> list[str] | None:
        """What the reply says."""
        reply: Reply | None = await self.desk.reply_to(incoming)
        return None if reply is None else [message.text for message in reply.messages]

    async def _pause(self, seconds: float) -> None:
        self.paused.append(seconds)


@pytest.mark.parametrize("verified", [False, True])
async def test_answer_in_time_is_the_passive_reply(verified: bool) -> None:
    staff = Staff(verified=verified)

    assert await staff.texts() == ["answer 1 to 年金"]
    (waited,) = staff.conversation.deliveries[0].waited
    assert waited is not None
    assert 0 < waited <= BUDGET


async def test_verified_account_acknowledges_what_is_late_and_shows_typing() -> None:
    staff = Staff(verified=True)
    staff.conversation.late = True

    assert await staff.texts() is None
    assert (staff.typing.shown, staff.paused) == (["wechat oWorker"], [])


async def test_unverified_account_lets_two_deliveries_lapse_and_offers_the_answer_at_the_third() -> None:
    staff = Staff()
    staff.conversation.late = True

    for lapses in (1, 2, 2):
        reply = await staff.desk.reply_to(MESSAGE)
        assert staff.paused == [HANGS_UP - BUDGET] * lapses

    assert reply is not None
    assert reply.messages[0].options == ("查看答案",)
    assert staff.typing.shown == []


@pytest.mark.parametrize("verified", [False, True])
async def test_reply_that_is_just_being_recorded_is_acknowledged_only_where_nothing_repeats_it(verified: bool) -> None:
    staff = Staff(verified=verified)
    staff.conversation.late = staff.conversation.coming = True

    for _ in range(3):
        await staff.desk.reply_to(MESSAGE)

    assert [delivery.gone for delivery in staff.conversation.deliveries] == [False, False, True]
    assert staff.paused == [HANGS_UP - BUDGET] * 2


async def test_database_that_cannot_say_whether_the_account_may_send_is_trouble() -> None:
    staff = Staff(verified=True)
    staff.conversation.late = True
    asked = asyncio.Event()

    async def hanging() -> bool:
        await asked.wait()
        return True

    staff.account.may_send = hanging  # type: ignore[method-assign]
    assert await staff.texts() == ["canned trouble"]
    asked.set()


async def test_sign_that_cannot_be_shown_harms_nobody() -> None:
    staff = Staff(verified=True)
    staff.conversation.late = True

    async def failing(said: object) -> None:
        raise OSError("gone")

    staff.typing.show = failing  # type: ignore[method-assign]
    assert await staff.texts() is None


async def test_repeat_gets_the_answer_that_the_first_delivery_missed() -> None:
    staff = Staff()
    staff.conversation.late = True
    await staff.texts()
    staff.conversation.late = False

    assert await staff.texts() == ["answer 1 to 年金"]


async def test_storage_that_hangs_is_trouble_within_the_budget() -> None:
    staff = Staff(budget=0.01)
    hung, receive = asyncio.Event(), staff.conversation.receive

    async def hanging(said: object) -> object:
        await hung.wait()
        raise OSError("disk")

    staff.conversation.receive = hanging  # type: ignore[assignment,method-assign]
    assert await staff.texts() == ["canned trouble"]
    hung.set()
    staff.conversation.receive = receive  # type: ignore[method-assign]
    assert await staff.texts() == ["answer 1 to 年金"]


@pytest.mark.parametrize("verified", [False, True])
async def test_event_that_wants_no_reply_is_not_recorded(verified: bool) -> None:
    staff = Staff(verified=verified)

    assert await staff.texts(Event("gh_1", "oWorker", 1, None, "k", "LOCATION", "")) is None
    assert await staff.texts(Event("gh_1", "oWorker", 1, None, "k", "unsubscribe", "")) is None
    assert staff.conversation.deliveries == []
    assert staff.conversation.forgotten == [("wechat", "wechat oWorker")]

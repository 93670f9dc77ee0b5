"""Who answers before the assistant, and what is added to a reply."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.assistant.port import Message, Reply
from bot.conversation.chain import Heard, Told, Voices
from bot.conversation.ports import Completion, Outdated, Said, Waiting
from bot.conversation.works import LEASE
from bot.storage import beside
from bot.storage.database import Database
from tests.factories import reply
from tests.fakes import SetClock

from .cast import Cast


class Room:
    """Answers what begins with its word, and adds its word to every reply."""

    def __init__(self, word: str, error: Exception | None = None) -> None:
        self.word = word
        self.error = error

    async def __call__(self, heard: Heard) -> Told | None:
        """Answer."""
        if self.error is not None:
            raise self.error
        return Told(reply(self.word)) if heard.text.startswith(self.word) else None

    async def added(self, _heard: Heard, told: Told) -> Told:
        """Add."""
        if self.error is not None:
            raise self.error
        return replace(told, reply=Reply((*told.reply.messages, Message(self.word))))


def cast_with(database: Database, *, stopped: str | None = None, **voices: tuple[Room, ...]) -> Cast:
    additions = tuple(room.added for room in voices.get("additions", ()))
    spoken = Voices(voices.get("always", ()), voices.get("others", ()), additions)
    return Cast(database, voices=spoken, stopped=stopped)


async def texts(cast: Cast, text: str) -> list[str]:
    return [message.text for message in (await cast.say(text)).messages]


async def test_first_who_answers_keeps_the_others_from_it(database: Database) -> None:
    cast = cast_with(database, always=(Room("年"), Room("年金")))

    assert await texts(cast, "年金") == ["年"]
    assert cast.assistant.asked == []


async def test_what_is_urgent_comes_before_everybody(database: Database) -> None:
    cast = cast_with(database, always=(Room("我不想活"),))

    assert await texts(cast, "我不想活了") == ["self_harm 工会热线12351"]


@pytest.mark.parametrize(("place", "answered"), [("always", "年"), ("others", "stopped 不在")])
async def test_only_some_answer_while_the_assistant_is_stopped(database: Database, place: str, answered: str) -> None:
    (first,) = await texts(cast_with(database, stopped="不在", **{place: (Room("年"),)}), "年金")

    assert first.startswith(answered)


async def test_room_that_fails_costs_the_worker_nothing(database: Database) -> None:
    broken = Room("年", RuntimeError("年金"))
    cast = cast_with(database, always=(broken,), others=(Room("年"),), additions=(broken, Room("也")))

    assert await texts(cast, "年金") == ["年", "也"]


async def test_what_goes_beside_is_recorded_or_nothing_is(
    database: Database, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = [True]

    def write(*_: object) -> None:
        if refused.pop():
            raise Outdated

    monkeypatch.setattr(beside, "WRITES", {str: write})
    cast = Cast(database, clock)
    said = Said("wechat", "worker", "1", "年金")
    lease = cast.service._works.lease()
    message = Waiting((await cast.exchanges.receive(said, lease)).id, said)
    done = Completion(reply("好"), None, clock(), beside=("row",))

    with pytest.raises(Outdated):
        await cast.exchanges.complete(message, lease.owner, done)

    assert [one.id for one in await cast.exchanges.orphans(clock() + 2 * LEASE)] == [message.id]
    refused.append(False)
    assert await cast.exchanges.complete(message, lease.owner, done) is not None


async def test_reply_that_no_longer_fits_is_made_anew(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = [False, True]

    def write(*_: object) -> None:
        if refused.pop():
            raise Outdated

    class Counting:
        """Puts a row beside each reply."""

        async def __call__(self, _heard: Heard, told: Told) -> Told:
            return replace(told, beside=("row",))

    monkeypatch.setattr(beside, "WRITES", {str: write})
    cast = Cast(database, voices=Voices(additions=(Counting(),)))

    assert (await texts(cast, "年金"))[0].startswith("2 年金")

"""Batches: asked in the background, kept, compared; one whose process is gone is told as interrupted."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from bot.accounts.audit import COMMAND_LINE
from bot.storage import trials
from bot.trial import batches as room
from bot.trial.batches import Batches, TooMany
from bot.trial.judging import compare
from bot.trial.model import Conditions, Row, Run, State
from tests.accounts.cast import SetClock
from tests.contents.cast import ANNUITY, EDITOR, Room
from tests.factories import topic
from tests.fakes import RememberingAssistant

ROWS = [Row("年金谁出钱", text="message"), Row("年金几成", text="没有这句"), Row("随便")]


async def asked(batches: Batches, *conditions: Conditions) -> list[Run]:
    numbers = await batches.begin(COMMAND_LINE, "常问的", ROWS, conditions or [Conditions()])
    await batches.ended()
    found = [await batches.runs.find(number, batches._now()) for number in numbers]
    return [one for one in found if one is not None]


async def test_batch_is_asked_judged_and_kept(batches: Batches) -> None:
    (run,) = await asked(batches)

    assert (run.state, run.total, run.done, run.right, run.failed) == (State.DONE, 3, 3, 1, 1)
    assert (run.setting.name, run.setting.model, run.setting.content) == ("常问的", "digest", 1)
    results = await batches.runs.results(run.id)
    assert [one.outcome for one in results] == ["right", "other_text", "open"]
    assert [one.row for one in results] == ROWS


async def test_drafts_that_were_left_out_are_named(batches: Batches, here: Room) -> None:
    await here.drafts.save(EDITOR, ANNUITY, 1, topic(answer="{nothing}"), "错")

    published, drafts = await asked(batches, Conditions(), Conditions(drafts=True))

    assert (published.left_out, drafts.left_out) == ((), ("annuity",))
    found = compare(await batches.runs.results(published.id), await batches.runs.results(drafts.id))
    assert len(found.pairs) == 3
    assert not any(pair.changed for pair in found.pairs)


async def test_batch_fails_without_harm_to_the_next(
    batches: Batches, monkeypatch: pytest.MonkeyPatch, assistant: RememberingAssistant
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(batches._asking, "ask", None)
        (failed,) = await asked(batches)

    assert failed.state is State.FAILED
    assert (await asked(batches))[0].state is State.DONE


async def test_batch_of_a_process_that_is_gone_is_interrupted(
    batches: Batches, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "BEAT", 0.01)
    held, noted, progress = asyncio.Event(), asyncio.Event(), batches.runs.progress

    async def hold(seconds: float) -> None:
        await held.wait()

    async def note(run: int, done: int, alive_until: datetime) -> None:
        await progress(run, done, alive_until)
        if done:
            noted.set()

    monkeypatch.setattr(batches, "_pause", hold)
    monkeypatch.setattr(batches.runs, "progress", note)
    (number,) = await batches.begin(COMMAND_LINE, "", ROWS, [Conditions()])
    await noted.wait()
    run = await batches.runs.find(number, clock())
    await batches.close()
    assert run is not None
    assert run.state is State.RUNNING

    clock.forward(seconds=31)

    again = await batches.runs.find(number, clock())
    assert again is not None
    assert (again.state, again.done) == (State.INTERRUPTED, 1)
    assert await batches.runs.results(number) == []


async def test_no_more_than_a_few_wait(batches: Batches) -> None:
    with pytest.raises(TooMany):
        await batches.begin(COMMAND_LINE, "", ROWS, [Conditions()] * (room.MOST_WAITING + 1))


async def test_only_the_last_are_kept(batches: Batches, monkeypatch: pytest.MonkeyPatch, clock: SetClock) -> None:
    monkeypatch.setattr(trials, "KEPT", 2)
    for _ in range(3):
        await asked(batches)

    assert [one.id for one in await batches.runs.latest(clock())] == [3, 2]

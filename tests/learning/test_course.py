"""One training: good enough or refused, put into service or not, one at a time, and never half."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.accounts.audit import Actor, Filter
from bot.assistant import training
from bot.assistant.training import TrainingFailed
from bot.learning import words
from bot.learning.course import LIFE
from bot.learning.model import State, Training
from bot.learning.ports import Progress
from bot.learning.quality import Quality, QualityMissing
from bot.learning.service import ModelUnusable
from bot.storage.audit import AuditRepository
from bot.storage.database import Database
from bot.storage.training_tables import TrainingRun
from tests.accounts.cast import SetClock
from tests.servers.postgresql import PostgreSQL

from .course import SERVED, School

ADMIN = Actor(1, "admin")
WORDS = words.load()


async def begun(school: School, *, serve: bool = False) -> int:
    now = school.clock()
    number = await school.trainings.begin(ADMIN, serve=serve, now=now, alive_until=now + LIFE)
    assert number is not None
    return number


async def trained(school: School, *, serve: bool = False) -> Training:
    number = await begun(school, serve=serve)
    await school.course().run(number)
    run = await school.trainings.find(number, school.clock())
    assert run is not None
    return run


async def served(school: School) -> str | None:
    return await school.models.in_service(training.code_digest())


async def test_good_model_is_kept_and_waits(school: School, database: Database) -> None:
    run = await trained(school)

    assert (run.state, run.accuracy, await served(school)) == (State.READY, 1.0, SERVED)
    assert run.digest == training.digest_with(school.questions.questions) != training.digest()
    found = {one.digest: one for one in await school.models.versions()}
    assert (found[run.digest].kept, found[run.digest].served, found[run.digest].by) == (True, False, "admin")
    assert found[SERVED].accuracy == 1.0
    log = await AuditRepository(database.sessions).page(Filter(), None, 9)
    assert [(one.entry.verb, one.entry.by) for one in log] == [("train_end", ADMIN), ("train", ADMIN)]


async def test_good_model_is_put_into_service_where_that_was_ticked(school: School, database: Database) -> None:
    run = await trained(school, serve=True)

    assert await served(school) == run.digest
    assert await school.models.chosen_base(training.code_digest()) == training.digest()
    assert school.told == 1
    (entry,) = await AuditRepository(database.sessions).page(Filter(verb="use_model"), None, 9)
    assert (entry.entry.before, entry.entry.after) == ({"model": SERVED}, {"model": run.digest})


async def test_model_that_is_worse_is_neither_served_nor_kept(school: School) -> None:
    school.trainer.mistakes = {"annuity0": "ask/prize", "annuity1": "ask/prize"}

    run = await trained(school, serve=True)

    assert (run.state, await served(school)) == (State.REFUSED, SERVED)
    assert run.digest is not None
    with pytest.raises(ModelUnusable):
        await school.service.use(ADMIN, run.digest, "")
    report = await school.trainings.report(run.id)
    assert report is not None
    assert [one.topic for one in report.worse] == ["annuity"]


async def test_question_that_must_be_right_refuses(school: School) -> None:
    school.trainer.mistakes = {"must": "oos/unknown"}

    assert (await trained(school)).state is State.REFUSED


async def test_same_questions_give_the_model_in_service(school: School) -> None:
    first = await trained(school, serve=True)

    again = await trained(school)

    assert (again.state, again.digest) == (State.UNCHANGED, first.digest)


async def test_one_click_goes_back(school: School) -> None:
    run = await trained(school, serve=True)

    assert await school.service.use(ADMIN, SERVED, "答错了") == SERVED
    assert await served(school) == SERVED
    assert run.digest is not None
    assert {one.digest for one in await school.service.usable()} == {SERVED, run.digest}


@pytest.mark.parametrize("name", ["", "nothing"])
async def test_name_that_means_no_model_is_refused(school: School, name: str) -> None:
    await trained(school)

    with pytest.raises(ModelUnusable):
        await school.service.use(ADMIN, name, "")


def missing() -> Quality:
    raise QualityMissing("no file")


async def test_what_fails_is_told(school: School) -> None:
    school.trainer.error = TrainingFailed("no questions")
    failed = await trained(school)
    school.trainer.error = OSError()
    broken = await trained(school)
    school.quality = missing
    without = await trained(school)

    assert [one.state for one in (failed, broken, without)] == [State.FAILED] * 3
    assert [one.problem for one in (failed, broken, without)] == ["no questions", "OSError", "no file"]
    assert "no questions" in WORDS.end(failed)


async def test_progress_is_told_by_stage(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    school.examiner.open.clear()
    progress = school.trainings.progress

    async def note(number: int, told: Progress, now: datetime, alive_until: datetime) -> bool:
        kept = await progress(number, told, now, alive_until)
        if told.done:
            school.examiner.open.set()
        return kept

    monkeypatch.setattr(school.trainings, "progress", note)

    run = await trained(school)

    assert (run.stage, run.total) in {("examining", 9), ("examining_served", 8), ("storing", 0)}
    assert WORDS.stage("training TopicClassifier") == "学习（TopicClassifier）"
    assert WORDS.stage("something new") == WORDS.other_stage


async def test_one_is_under_way_at_a_time_until_its_process_is_gone(school: School) -> None:
    number, now = await begun(school), school.clock()
    assert await school.trainings.begin(ADMIN, serve=False, now=now, alive_until=now + LIFE) is None

    school.clock.forward(seconds=31)
    gone = await school.trainings.find(number, school.clock())
    again = await trained(school)

    assert gone is not None
    assert (gone.state, again.state) == (State.FAILED, State.READY)
    assert "中途没了" in WORDS.end(gone)


async def test_training_that_was_given_up_ends_without_a_trace(school: School, database: Database) -> None:
    school.examiner.open.clear()
    number = await begun(school, serve=True)
    running = asyncio.create_task(school.course().run(number))
    await school.examiner.reached.wait()
    async with database.sessions.begin() as session:
        await session.execute(update(TrainingRun).values(slot=None, state=State.FAILED.value))

    with pytest.raises(asyncio.CancelledError):
        await running
    assert await served(school) == SERVED


async def test_training_that_nobody_began_is_not_done(school: School) -> None:
    with pytest.raises(LookupError):
        await school.course().run(99)


async def test_two_processes_on_postgresql_begin_one(postgresql_server: PostgreSQL) -> None:
    databases = [Database(url) for url in [postgresql_server.new_database()] * 2]
    try:
        await databases[0].migrate()
        schools = [School(one.sessions, SetClock(), Path()) for one in databases]
        now = schools[0].clock()

        numbers = await asyncio.gather(
            *(one.trainings.begin(ADMIN, serve=False, now=now, alive_until=now + LIFE) for one in schools)
        )

        assert sorted(number is None for number in numbers) == [False, True]
    finally:
        for one in databases:
            await one.close()

"""What is supposed: the content of a day, and the drafts put in."""

from __future__ import annotations

from datetime import date, timedelta

from bot.trial.model import Conditions
from bot.trial.stage import Stage
from tests.contents.cast import ANNUITY, EDITOR, REVIEWER, Room
from tests.factories import topic


async def answer(stage: Stage, conditions: Conditions) -> str:
    return (await stage.suppose(conditions)).supposed.knowledge.topics["annuity"].answer


async def test_published_content_of_today_is_what_is_served(stage: Stage, here: Room) -> None:
    staged = await stage.suppose(Conditions())

    assert staged.supposed.knowledge is here.live()
    assert staged.supposed.today == date(2026, 3, 2)
    assert staged.content == 1


async def test_draft_is_put_in_where_it_is_wanted(stage: Stage, here: Room) -> None:
    await here.drafts.save(EDITOR, ANNUITY, 1, topic(answer="{payer}全出。"), "改")

    assert await answer(stage, Conditions(drafts=True)) == "{payer}全出。"
    assert await answer(stage, Conditions()) == topic().answer


async def test_draft_that_breaks_the_content_is_left_out(stage: Stage, here: Room) -> None:
    await here.drafts.save(EDITOR, ANNUITY, 1, topic(answer="{nothing}"), "错")
    other = topic(
        "annuity", id="other", title="另一个", question="另一个问法是什么", answer="{payer}也出。", related=()
    )
    await here.submitted(other)

    staged = await stage.suppose(Conditions(drafts=True))

    assert [one.part for one in staged.left_out] == [ANNUITY]
    assert staged.supposed.knowledge.topics["other"].answer == "{payer}也出。"
    assert staged.supposed.knowledge.topics["annuity"].answer == topic().answer


async def test_day_to_come_has_what_is_scheduled_for_it(stage: Stage, here: Room) -> None:
    number = await here.submitted(topic(answer="{payer}全出。"))
    await here.publishing.publish(REVIEWER, ANNUITY, number, here.clock() + timedelta(days=2), "后天起")

    assert await answer(stage, Conditions(day=date(2026, 3, 3))) == topic().answer
    assert await answer(stage, Conditions(day=date(2026, 3, 4))) == "{payer}全出。"


async def test_day_before_there_was_any_content_has_that_of_now(stage: Stage) -> None:
    staged = await stage.suppose(Conditions(day=date(2018, 1, 1)))

    assert staged.supposed.today == date(2018, 1, 1)
    assert staged.supposed.knowledge.topics["annuity"] == topic()

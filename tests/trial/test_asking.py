"""One conversation on trial: answered as a worker's, and nothing is left of it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from bot import supposed
from bot.assistant.port import Reply
from bot.storage.database import Database
from bot.storage.tables import Exchange
from bot.supposed import Supposed, supposing, unless_supposed
from bot.trial.asking import Asking
from bot.trial.model import Reason
from policies_kb import chinese_date
from tests.contents.cast import Room
from tests.factories import knowledge, topic, with_topic
from tests.fakes import FakeStates, RememberingAssistant

TODAY = Supposed(knowledge(), date(2026, 3, 2))


async def test_earlier_turns_are_remembered_and_nothing_is_kept(
    asking: Asking, states: FakeStates, database: Database
) -> None:
    answers = await asking.ask(["年金谁出钱", "那第二年呢"], TODAY)
    again = await asking.ask(["年金谁出钱"], TODAY)

    assert [one.text.partition("\n")[0] for one in (*answers, *again)] == ["message 1", "message 2", "message 1"]
    assert answers[0].sources == ["依据:《小文件》第1条"]
    assert states.kept == {}
    async with database.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(Exchange)) == 0


async def test_what_is_no_question_gets_its_canned_reply(asking: Asking, assistant: RememberingAssistant) -> None:
    (answer,) = await asking.ask(["问" * 1001], TODAY)

    assert answer.kind == "other"
    assert answer.reasons == (Reason("canned"),)
    assert assistant.asked == []


async def test_failure_is_told_as_a_worker_would_be(asking: Asking, assistant: RememberingAssistant) -> None:
    class Failing(RememberingAssistant):
        async def ask(self, conversation: str, text: str) -> Reply:
            raise OSError

    asking._assistant = Failing(FakeStates())

    (answer,) = await asking.ask(["年金谁出钱"], TODAY)

    assert answer.text.startswith(knowledge().replies["trouble"].text[:4])


async def test_what_is_supposed_is_seen_within_only(here: Room) -> None:
    seen = unless_supposed(here.live)
    other = with_topic(topic(answer="别的"))

    with supposing(Supposed(other, date(2030, 1, 1))):
        inside = seen().topics["annuity"].answer, supposed.today()

    assert inside == ("别的", date(2030, 1, 1))
    assert seen() is here.live()
    assert supposed.today() == chinese_date.today()

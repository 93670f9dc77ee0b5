"""Conversations about whether a worker qualifies, with the trained model on a day that is set."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from policies_kb import loader
from policies_kb.model import KnowledgeBase
from policies_kb.placeholders import fill
from tests.fakes import FakeStates

pytestmark = pytest.mark.asyncio(loop_scope="session")
TODAY = date(2026, 11, 22)
SUBSIDY, RETIREMENT = "skill_upgrade_subsidy", "delayed_retirement"
ALL_TOLD = "我交了5年失业保险，上个月刚拿到高级工证，在职，能领技能提升补贴不"
CERTIFICATE, EMPLOYED = "certificate_date", "employed"
Line = Callable[..., str]


class Clock:
    """The day it is for the assistant."""

    day = TODAY


class Worker:
    """One who talks to the assistant in a conversation of his own."""

    def __init__(self, assistant: Any, name: str) -> None:
        self._assistant = assistant
        self.conversation = f"test:{name}"

    async def says(self, text: str) -> str:
        """What he is answered, the last question included."""
        reply = await self._assistant.ask(self.conversation, text)
        return "\n".join(message.text for message in reply.messages)


@pytest.fixture(scope="module")
def content() -> KnowledgeBase:
    return loader.load()


@pytest.fixture(scope="module")
def states() -> FakeStates:
    return FakeStates()


@pytest.fixture(scope="module")
def running(model: Path, content: KnowledgeBase, states: FakeStates) -> tuple[Any, Clock]:
    """The assistant and its clock, made once."""
    from bot.assistant.embedded import EmbeddedAssistant

    clock = Clock()
    return EmbeddedAssistant(model, states, lambda: content, lambda: clock.day), clock


@pytest.fixture
def clock(running: tuple[Any, Clock]) -> Clock:
    """The clock, set to TODAY."""
    running[1].day = TODAY
    return running[1]


@pytest.fixture
def assistant(running: tuple[Any, Clock], clock: Clock) -> Any:
    return running[0]


@pytest.fixture
def worker(assistant: Any, request: pytest.FixtureRequest) -> Worker:
    return Worker(assistant, request.node.name)


@pytest.fixture
def verdict(content: KnowledgeBase) -> Line:
    """The line that a verdict begins with."""

    def begin(status: str, whose: str = "told", topic: str = SUBSIDY) -> str:
        values = {"title": content.topics[topic].title, "case": content.replies[f"case_{whose}"].text}
        return fill(content.replies[f"verdict_{status}"].text, values) + "\n"

    return begin


@pytest.fixture
def question(content: KnowledgeBase) -> Line:
    """How a slot is asked for."""
    return lambda slot: content.slots[slot].question


async def test_first_sentence_that_tells_everything_is_decided_at_once(worker: Worker, verdict: Line) -> None:
    text = await worker.says(ALL_TOLD)

    assert text.startswith(verdict("met"))
    assert (text.count("✓"), text.count("2026年10月"), text.count("？ ")) == (4, 2, 0)
    assert "依据:《新时期产业工人队伍建设改革的实施意见》第10条" in text


@pytest.mark.parametrize(("day", "status"), [(date(2026, 11, 22), "met"), (date(2026, 11, 23), "not_met")])
async def test_day_is_that_of_the_clock(clock: Clock, worker: Worker, verdict: Line, day: date, status: str) -> None:
    clock.day = day

    text = await worker.says("我在职，失业保险交了5年，2025年11月22日拿的高级工证，能领技能提升补贴吗")

    assert text.startswith(verdict(status))


async def test_correction_of_a_verdict_gives_a_new_one(worker: Worker, verdict: Line, question: Line) -> None:
    first = await worker.says("我交了2年失业保险，在职，能领技能提升补贴不")
    corrected = await worker.says("说错了，是5年")
    concluded = await worker.says("去年年底拿的")

    assert first.startswith(verdict("not_met"))
    assert corrected.startswith(verdict("unknown"))
    assert corrected.endswith(question(CERTIFICATE))
    assert concluded.startswith(verdict("met"))
    assert "2025年12月" in concluded


async def test_correction_of_an_answer_leaves_the_question_open(worker: Worker, question: Line, verdict: Line) -> None:
    await worker.says("我在职，能领技能提升补贴吗")
    asked = await worker.says("三年")
    corrected = await worker.says("说错了，是5年")
    concluded = await worker.says("上个月拿的")

    assert asked.endswith(question(CERTIFICATE))
    assert corrected.endswith(question(CERTIFICATE))
    assert concluded.startswith(verdict("met"))
    assert "5年" in concluded


async def test_other_question_is_answered_and_then_the_form_goes_on(
    worker: Worker, content: KnowledgeBase, question: Line, verdict: Line
) -> None:
    asked = await worker.says("我交了5年失业保险，能领技能提升补贴不")
    interrupted = await worker.says("世界技能大赛金牌奖多少")
    progress = await worker.says("去年12月拿的")
    concluded = await worker.says("是")

    assert asked.startswith(verdict("unknown"))
    assert "10万元" in interrupted
    assert interrupted.endswith(content.replies["eligibility_resume"].text + question(CERTIFICATE))
    assert progress.endswith(question(EMPLOYED))
    assert "是在职职工" in progress
    assert concluded.startswith(verdict("met"))


async def test_form_is_left_with_a_word(worker: Worker, content: KnowledgeBase, verdict: Line, question: Line) -> None:
    await worker.says("我交了5年失业保险，能领技能提升补贴不")
    stopped = await worker.says("算了")
    greeted = await worker.says("你好")
    again = await worker.says("我在职，能领技能提升补贴吗")

    assert stopped == content.replies["eligibility_stopped"].text
    assert question(CERTIFICATE) not in greeted
    assert again.startswith(verdict("unknown"))
    assert "5年" in again


async def test_what_is_not_known_stays_open_and_is_no_no(worker: Worker, verdict: Line, question: Line) -> None:
    await worker.says("我交了5年失业保险，能领技能提升补贴不")
    second = await worker.says("不知道")
    concluded = await worker.says("不知道")

    assert second == question(EMPLOYED)
    assert concluded.startswith(verdict("unknown"))
    assert (concluded.count("✗"), concluded.count("？ ")) == (0, 3)


async def test_what_is_supposed_is_forgotten_at_once(worker: Worker, verdict: Line) -> None:
    first = await worker.says(ALL_TOLD.replace("5年", "1年"))
    supposed = await worker.says("要是我交满3年呢")
    again = await worker.says("我在职，能领技能提升补贴吗")

    assert first.startswith(verdict("not_met"))
    assert supposed.startswith(verdict("met", "supposed"))
    assert again.startswith(verdict("not_met"))


async def test_other_level_is_supposed_for_this_question_only(worker: Worker, verdict: Line) -> None:
    first = await worker.says("我是技师，企业在聘，能延迟退休吗")
    supposed = await worker.says("要是我考下高级技师呢")

    assert first.startswith(verdict("not_met", topic=RETIREMENT))
    assert supposed.startswith(verdict("unknown", "supposed", RETIREMENT))


async def test_another_person_shares_nothing_with_the_worker(worker: Worker, verdict: Line) -> None:
    await worker.says(ALL_TOLD)
    other = await worker.says("我徒弟才交了一年")
    again = await worker.says("我在职，能领技能提升补贴吗")

    assert other.startswith(verdict("not_met", "other"))
    assert (other.count("✓"), other.count("✗"), other.count("？ ")) == (0, 1, 3)
    assert again.startswith(verdict("met"))
    assert "5年" in again


async def test_interview_asks_in_turn_and_lists_what_is_certain_first(
    worker: Worker, content: KnowledgeBase, question: Line
) -> None:
    asked = [await worker.says(text) for text in ("我是技师，我能享受啥", "是", "没有", "三年")]
    listed = await worker.says("去年12月拿的")

    assert asked == [question(slot) for slot in (EMPLOYED, "award", "insured_time", CERTIFICATE)]
    certain, possible = listed.split(content.replies["benefits_possible"].text)
    assert certain.startswith(content.replies["benefits_certain"].text)
    assert [title in certain for title in ("技能提升补贴", "3000元")] == [True, True]
    assert "✓" not in possible
    assert "依据:《新时期产业工人队伍建设改革的实施意见》第10条、第9条" in possible


async def test_offer_below_an_answer_begins_the_questions(
    worker: Worker, content: KnowledgeBase, question: Line, verdict: Line
) -> None:
    await worker.says("高级技师能延迟退休吗")
    begun = await worker.says(content.replies["eligibility_offer"].text)
    decided = await worker.says("技师")

    assert begun.endswith(question("skill_level"))
    assert decided.startswith(verdict("not_met", topic=RETIREMENT))


async def test_two_workers_never_share_what_they_told(assistant: Any, verdict: Line, question: Line) -> None:
    one, other = Worker(assistant, "one worker"), Worker(assistant, "another worker")

    await one.says(ALL_TOLD)
    asked = await other.says("我在职，能领技能提升补贴吗")
    open_question = await one.says("你好")
    told = await one.says("我在职，能领技能提升补贴吗")

    assert asked.startswith(verdict("unknown"))
    assert "5年" not in asked.partition(question("insured_time"))[0]
    assert question("insured_time") not in open_question
    assert told.startswith(verdict("met"))


def half_an_hour_later(states: FakeStates, conversation: str) -> None:
    """Let the messages of a conversation be so old that Rasa takes it for ended."""
    events = json.loads(states.kept[conversation])
    for event in events:
        event["timestamp"] -= 31 * 60
    states.kept[conversation] = json.dumps(events).encode()


@pytest.mark.parametrize("told", [ALL_TOLD, "我交了5年失业保险，上个月刚拿到高级工证，能领技能提升补贴不"])
async def test_what_was_told_is_gone_when_the_conversation_has_ended(
    worker: Worker, states: FakeStates, verdict: Line, question: Line, told: str
) -> None:
    await worker.says(told)
    assert "60个月" in states.kept[worker.conversation].decode()
    half_an_hour_later(states, worker.conversation)

    greeted = await worker.says("你好")
    later = [await worker.says("谢谢") for _ in range(6)]
    again = await worker.says("我在职，能领技能提升补贴吗")

    assert question(EMPLOYED) not in "".join((greeted, *later))
    assert again.startswith(verdict("unknown"))
    assert "60个月" not in states.kept[worker.conversation].decode()

"""Questions for practice: what the check refuses, and that the shipped ones can be asked."""

from __future__ import annotations

import msgspec
import pytest

from policies_kb import assembly, quiz
from policies_kb.checks.quiz import LONGEST, holds
from policies_kb.model import KnowledgeBase, QuizQuestion
from policies_kb.parts import shared_part
from tests.factories import knowledge

GOOD = QuizQuestion("prize", "金牌给多少？", "B", "金牌给{gold}。", ("20万元", "{gold}", "{silver}"))
TRUE = QuizQuestion("prize", "金牌给{gold}。", "对", "金牌给{gold}。")


def found(question: QuizQuestion) -> list[tuple[object, ...]]:
    changed = msgspec.structs.replace(knowledge(), quiz={"one": question})
    return [(problem.where[1], problem.what) for problem in assembly.own_problems(shared_part("quiz"), changed)]


def changed(question: QuizQuestion, **values: object) -> QuizQuestion:
    return msgspec.structs.replace(question, **values)


@pytest.mark.parametrize("question", [GOOD, TRUE, changed(TRUE, text="金牌给30万元。", right="错")])
def test_question_on_facts_is_taken(question: QuizQuestion) -> None:
    assert found(question) == []


@pytest.mark.parametrize(
    ("question", "field", "what"),
    [
        (changed(GOOD, topic="nothing"), "topic", "nothing is not a topic"),
        (changed(GOOD, text="{nothing}给多少？"), "text", "{nothing} is not a fact of the topic"),
        (changed(GOOD, options=("{nothing}", "{gold}")), "options", "{nothing} is not a fact of the topic"),
        (changed(GOOD, right="D"), "right", "D is no answer"),
        (changed(GOOD, right="对"), "right", "对 is no answer"),
        (changed(TRUE, right="A"), "right", "A is no answer"),
        (changed(GOOD, options=("{gold}",), right="A"), "options", "a question has two to four options, or none"),
        (changed(GOOD, options=tuple("一二三四五")), "options", "a question has two to four options, or none"),
        (changed(GOOD, options=("10万元", "{gold}")), "options", "two options read the same"),
        (changed(GOOD, explanation="就是这样。"), "explanation", "the explanation states no fact"),
        (changed(GOOD, explanation=""), "explanation", "explanation is empty"),
        (changed(GOOD, text="长" * LONGEST), "text", f"the question is over {LONGEST} characters"),
        (changed(GOOD, options=("{gold}", "30万元")), "options", "figures that are no facts: 30"),
        (changed(GOOD, text="得了金牌给30万元吗？"), "text", "figures that are no facts: 30"),
        (changed(TRUE, text="金牌给30万元。"), "text", "figures that are no facts: 30"),
        (changed(TRUE, explanation="{gold}，不是两万元。"), "explanation", "figures that are no facts: 两万元"),
    ],
)
def test_breach_is_found_in_its_field(question: QuizQuestion, field: str, what: str) -> None:
    assert (field, what) in found(question)
    assert not holds(knowledge(), question)


def test_question_reads_with_its_facts_and_source() -> None:
    prize = knowledge().topics["prize"]

    assert quiz.asked(prize, GOOD) == "金牌给多少？\nA. 20万元\nB. 10万元\nC. 5万元"
    assert quiz.right_answer(prize, GOOD) == "B. 10万元"
    assert quiz.right_answer(prize, TRUE) == "对"
    assert quiz.explained(knowledge(), prize, GOOD).startswith("金牌给10万元。\n依据:《小文件》第2条")


def test_shipped_bank_is_large_and_mixed(shipped: KnowledgeBase) -> None:
    bank = shipped.quiz
    statements = [one for one in bank.values() if not one.options]

    assert len(bank) >= 60
    assert len({one.topic for one in bank.values()}) >= 40
    assert {one.right for one in statements} == {"对", "错"}
    assert {one.right for one in bank.values() if one.options} == set("ABCD")
    assert all(holds(shipped, one) for one in bank.values())


def test_shipped_question_fits_into_a_message(shipped: KnowledgeBase) -> None:
    for question in shipped.quiz.values():
        topic = shipped.topics[question.topic]
        both = quiz.explained(shipped, topic, question) + quiz.asked(topic, question)

        assert len(both.encode()) < 1500

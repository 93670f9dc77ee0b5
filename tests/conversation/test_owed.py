"""What a worker is owed comes before the reply to what he says now."""

from __future__ import annotations

from bot.assistant.port import Message, Reply, Understanding
from bot.conversation.owed import Given, Words, give
from bot.conversation.ports import Owed
from tests.factories import reply

MORE = reply("more", "查看答案")
WORDS = Words("maybe seen", MORE)
MENU = Reply((Message("which one", ("甲", "乙")),), Understanding("clarify", None, 0.3))


def up_to(count: int) -> object:
    """Whether a reply has at most so many messages."""
    return lambda reply: len(reply.messages) <= count


def texts(given: Given) -> list[str]:
    return [message.text for message in given.reply.messages]


def test_all_is_given_in_order_where_it_fits() -> None:
    owed = [Owed(1, reply("a"), True), Owed(2, reply("b"), True)]

    given = give(owed, reply("own"), up_to(3), WORDS)  # type: ignore[arg-type]

    assert (texts(given), given.shown, given.own_waits) == (["a", "b", "own"], (1, 2), False)


def test_what_does_not_fit_waits_with_his_own_reply() -> None:
    owed = [Owed(number, reply(str(number)), True) for number in (1, 2, 3)]

    given = give(owed, reply("own"), up_to(3), WORDS)  # type: ignore[arg-type]

    assert (texts(given), given.shown, given.own_waits) == (["1", "2", "more"], (1, 2), True)
    assert given.reply.messages[-1].options == ("查看答案",)


def test_first_is_given_even_where_nothing_fits() -> None:
    given = give([Owed(1, reply("a"), True)], reply("own"), up_to(0), WORDS)  # type: ignore[arg-type]

    assert (texts(given), given.own_waits) == (["a", "more"], True)
    assert texts(give([Owed(1, reply("a"), True)], None, up_to(0), WORDS)) == ["a"]  # type: ignore[arg-type]


def test_reply_that_he_may_have_seen_says_so() -> None:
    given = give([Owed(1, reply("a"), False)], None, up_to(9), WORDS)  # type: ignore[arg-type]

    assert texts(given) == ["maybe seen", "a"]


def test_only_the_last_choices_can_be_tapped() -> None:
    given = give([Owed(1, MENU, True)], reply("own", "丙"), up_to(9), WORDS)  # type: ignore[arg-type]

    assert given.reply.messages == (Message("which one\n甲\n乙"), Message("own", ("丙",)))


def test_owed_menu_can_still_be_chosen_from_by_number() -> None:
    assert give([Owed(1, MENU, True)], None, up_to(9), WORDS).reply == MENU  # type: ignore[arg-type]

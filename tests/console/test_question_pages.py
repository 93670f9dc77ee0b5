"""Questions of topics: warned of what other topics say, kept for the next training, published like everything else."""

from __future__ import annotations

import pytest

from bot.content.live import LiveKnowledge
from bot.content.questions import PublishedQuestions
from bot.content.room import ContentRoom
from bot.storage.content import ContentRepository
from bot.storage.database import Database
from policies_kb.parts import Questions, questions_part
from tests.accounts.cast import Parts

from .people import Person
from .test_content import posted, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
People = dict[str, Person]
PLACE = "/admin/content/questions"
ANNUITY = f"{PLACE}/annuity"


def form(*lines: str, **fields: str) -> dict[str, str]:
    return {"seen": "0", "act": "save", "note": "工友这么问", "examples": "\n".join(lines), **fields}


async def test_published_question_goes_to_the_next_training(
    people: People, database: Database, live: LiveKnowledge, made: Parts
) -> None:
    training = PublishedQuestions(ContentRepository(database.sessions), made.clock)
    await posted(people["editor"], f"{ANNUITY}/edit", form("老板给攒的那个年金是咋回事儿", " 那份补充 养老谁掏 "))
    before = await training.all()
    await posted(people["editor"], f"{ANNUITY}/submit", {"number": "1"})
    await posted(people["reviewer"], f"{ANNUITY}/publish", {"number": "1"})

    assert before == {}
    assert await training.all() == {"annuity": ("老板给攒的那个年金是咋回事儿", "那份补充 养老谁掏")}


async def test_question_of_a_retired_topic_is_not_trained(
    people: People, database: Database, live: LiveKnowledge, made: Parts
) -> None:
    training = PublishedQuestions(ContentRepository(database.sessions), made.clock)
    await posted(people["editor"], f"{PLACE}/closed/edit", form("到期了的那个还给不给"))
    await posted(people["editor"], f"{PLACE}/closed/submit", {"number": "1"})
    await posted(people["reviewer"], f"{PLACE}/closed/publish", {"number": "1"})
    await posted(people["reviewer"], "/admin/content/topics/closed/retire", {"number": "1", "reason": "没了"})

    assert await training.all() == {}


@pytest.mark.parametrize(
    ("lines", "told", "stops"),
    [
        (("企业年金谁能享受？",), "主题“企业年金”已经有这句问法", True),
        (("年金谁掏的钱呀", "年金谁掏的钱呀！"), "这句写了两遍", True),
        (("年金[谁](who)掏的钱",), "不能有方括号", True),
        (("年" * 101,), "最多 100 个字", True),
        (("年金的奖怎么算的呀",), "现在的模型会听成“获奖奖金”（把握 90%）", False),
    ],
)
async def test_what_speaks_against_a_question_is_told(
    people: People, room: ContentRoom, lines: tuple[str, ...], told: str, stops: bool
) -> None:
    refused = await posted(people["editor"], f"{ANNUITY}/edit", form(*lines), 422)
    sure = await people["editor"].post(f"{ANNUITY}/edit", form(*lines, sure="yes"))

    assert told in refused
    assert sure.status == (422 if stops else 303)


async def test_near_copy_of_another_topic_is_told(people: People) -> None:
    first = "得了奖金要不要交个人所得税"
    await posted(people["editor"], f"{PLACE}/prize/edit", form(first))

    page = await posted(people["editor"], f"{ANNUITY}/edit", form("得了奖金要不要交个人所得税呢", act="check"), 200)

    assert f"和主题“获奖奖金”的“{first}”很像" in page


async def test_question_that_nothing_speaks_against(people: People) -> None:
    page = await posted(people["editor"], f"{ANNUITY}/edit", form("咱厂有没有那个养老的第二份钱", act="check"), 200)

    assert "没有和别的主题混在一起的" in page


async def test_second_editor_sees_what_the_first_wrote(people: People, room: ContentRoom) -> None:
    await posted(people["editor"], f"{ANNUITY}/edit", form("厂里那个第二份养老钱谁掏"))

    page = await posted(people["editor"], f"{ANNUITY}/edit", form("退了休那份年金咋领出来", sure="yes"), 409)

    assert "厂里那个第二份养老钱谁掏" in page
    assert 'name="seen" value="1"' in page
    assert (await room.drafts.versions(questions_part("annuity")))[0].value == Questions(("厂里那个第二份养老钱谁掏",))


async def test_unchanged_questions_make_no_version(people: People) -> None:
    await posted(people["editor"], f"{ANNUITY}/edit", form("厂里那个第二份养老钱谁掏"))

    again = form("厂里那个第二份养老钱谁掏", seen="1")
    assert "内容没有变化" in await posted(people["editor"], f"{ANNUITY}/edit", again, 422)


async def test_questions_that_are_too_many_are_refused(people: People) -> None:
    lines = (f"厂里那个第{number}份养老钱谁掏" for number in range(201))

    assert "最多加 200 句" in await posted(people["editor"], f"{ANNUITY}/edit", form(*lines), 422)


async def test_published_questions_count_after_a_draft_was_given_up(people: People, room: ContentRoom) -> None:
    await posted(people["editor"], f"{ANNUITY}/edit", form("厂里那个第二份养老钱谁掏"))
    await posted(people["editor"], f"{ANNUITY}/submit", {"number": "1"})
    await posted(people["reviewer"], f"{ANNUITY}/publish", {"number": "1"})
    await posted(people["editor"], f"{ANNUITY}/edit", form("退了休那份年金咋领出来", seen="1", sure="yes"))
    await posted(people["editor"], f"{ANNUITY}/drop", {"number": "2"})

    assert await room.training.added() == {"annuity": Questions(("厂里那个第二份养老钱谁掏",))}


async def test_list_tells_how_many_there_are_and_what_is_open(people: People) -> None:
    await posted(people["editor"], f"{ANNUITY}/edit", form("厂里那个第二份养老钱谁掏"))

    page = await text_of(people["reviewer"], f"{PLACE}?text=年金")

    assert '<td data-label="新加的">1</td>' in page
    assert "草稿" in page
    assert "没有符合的主题" in await text_of(people["reviewer"], f"{PLACE}?text=nothing")


async def test_form_shows_the_questions_that_came_with_the_program(people: People) -> None:
    assert "企业年金谁能享受" in await text_of(people["editor"], f"{ANNUITY}/edit")
    assert "还没有" in await text_of(people["editor"], f"{PLACE}/prize/edit")

"""A cluster becomes content in one step, all or nothing; what is in the way is told and nothing is changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.accounts.audit import Actor
from bot.assistant.port import Message, Reply, Understanding
from bot.content.drafts import Drafts
from bot.content.live import LiveKnowledge
from bot.content.questions import TrainingQuestions
from bot.content.seed import seed
from bot.storage.clusters import ClusterRepository
from bot.storage.content import ContentRepository
from bot.storage.database import Database
from bot.unanswered.deciding import Deciding, Wanted
from bot.unanswered.mining import Mining
from bot.unanswered.model import Cluster, Outcome, State
from policies_kb.checks.questions import Question
from policies_kb.parts import Questions, encode, questions_part, topic_part
from tests.factories import knowledge
from tests.fakes import SetClock
from tests.feedback.given import exchange

ASKED = ("饭卡丢了咋补", "饭卡补办找谁")
EDITOR = Actor(7, "editor")
SHIPPED = (
    Question("年金谁交钱", "ask/annuity", Path("annuity.yml"), 1),
    Question("奖金多少", "ask/prize", Path("prize.yml"), 1),
)


async def nothing(text: str) -> Understanding | None:
    return None


@pytest.fixture
async def contents(database: Database, clock: SetClock) -> ContentRepository:
    """The small content, published."""
    store = ContentRepository(database.sessions)
    await seed(store, knowledge, clock())
    return store


@pytest.fixture
async def deciding(contents: ContentRepository, clusters: ClusterRepository, clock: SetClock) -> Deciding:
    live = LiveKnowledge(contents, clock)
    await live.load()
    return Deciding(clusters, contents, TrainingQuestions(lambda: SHIPPED, contents, nothing), live, clock)


@pytest.fixture
async def cluster(database: Database, mining: Mining, clusters: ClusterRepository, clock: SetClock) -> Cluster:
    """Two questions that are alike."""
    for number, text in enumerate(ASKED):
        reply = Reply((Message("不敢乱答。"),), Understanding("oos", "far", 0.9))
        await exchange(database, clock(), text, f"worker-{number}", reply)
    await mining.mine()
    (one,) = await clusters.page((State.OPEN,), 0, 10)
    return one


def wanted(cluster: Cluster, seen: int | None = None) -> Wanted:
    return Wanted(cluster.number, cluster.version if seen is None else seen, EDITOR, "工友问过，没答上")


async def given(contents: ContentRepository, deciding: Deciding, topic: str, *questions: str) -> None:
    """Questions that an editor has added to a topic."""
    part, drafts = questions_part(topic), Drafts(contents, deciding._now)
    await drafts.begin(EDITOR, part, Questions(questions), "")


async def added(contents: ContentRepository, topic: str) -> Sequence[str]:
    versions = await contents.versions(questions_part(topic))
    return versions[0].value.examples if versions else ()


async def test_topic_begins_with_the_questions_as_its_own(
    deciding: Deciding, contents: ContentRepository, clusters: ClusterRepository, cluster: Cluster
) -> None:
    done = await deciding.begin_topic(wanted(cluster), "meal_card", "饭卡补办", ASKED)

    assert done.outcome is Outcome.DONE
    (draft,) = await contents.versions(topic_part("meal_card"))
    assert (draft.state.value, draft.author, draft.value.title) == ("draft", EDITOR, "饭卡补办")
    assert draft.value.question == ASKED[0]
    assert await added(contents, "meal_card") == ASKED
    found = await clusters.find(cluster.number)
    assert found is not None
    assert (found.state, found.version) == (State.TOPIC, 2)
    assert found.decision is not None
    assert (found.decision.topic, found.decision.by) == ("meal_card", "editor")


async def test_questions_go_to_a_topic_and_away_from_a_wrong_one(
    deciding: Deciding, contents: ContentRepository, cluster: Cluster
) -> None:
    await given(contents, deciding, "annuity", "年金打哪儿领")
    await given(contents, deciding, "prize", "世赛给多少", "饭卡，丢了咋补？")

    done = await deciding.add_questions(wanted(cluster), "annuity", ASKED)

    assert (done.outcome, done.removed) == (Outcome.DONE, ("prize",))
    assert await added(contents, "annuity") == ("年金打哪儿领", *ASKED)
    assert await added(contents, "prize") == ("世赛给多少",)


async def test_topic_takes_its_questions_from_where_they_stood(
    deciding: Deciding, contents: ContentRepository, cluster: Cluster
) -> None:
    await given(contents, deciding, "prize", "世赛给多少", ASKED[0])

    done = await deciding.begin_topic(wanted(cluster), "meal_card", "饭卡补办", ASKED)

    assert (done.outcome, done.removed) == (Outcome.DONE, ("prize",))
    assert await added(contents, "meal_card") == ASKED
    assert await added(contents, "prize") == ("世赛给多少",)


async def test_what_a_topic_has_already_is_not_added_again(
    deciding: Deciding, contents: ContentRepository, cluster: Cluster
) -> None:
    await given(contents, deciding, "annuity", "饭卡丢了咋补")

    done = await deciding.add_questions(wanted(cluster), "annuity", (*ASKED, "年金谁交钱"))

    assert done.outcome is Outcome.DONE
    assert await added(contents, "annuity") == ASKED


@pytest.mark.parametrize(("question", "kind"), [("奖金多少", "double"), ("[饭卡]", "form")])
async def test_what_stops_a_question_changes_nothing(
    deciding: Deciding,
    contents: ContentRepository,
    clusters: ClusterRepository,
    cluster: Cluster,
    question: str,
    kind: str,
) -> None:
    for done in (
        await deciding.add_questions(wanted(cluster), "annuity", (*ASKED, question)),
        await deciding.begin_topic(wanted(cluster), "meal_card", "饭卡补办", (*ASKED, question)),
    ):
        assert done.outcome is Outcome.CONFLICT
        assert [(one.question, one.kind) for one in done.findings] == [(question, kind)]
    assert await clusters.find(cluster.number) == cluster
    assert await added(contents, "annuity") == ()
    assert await contents.versions(topic_part("meal_card")) == []


async def test_id_that_is_taken_changes_nothing(
    deciding: Deciding, contents: ContentRepository, clusters: ClusterRepository, cluster: Cluster
) -> None:
    for topic in ("annuity", "Meal Card"):
        done = await deciding.begin_topic(wanted(cluster), topic, "饭卡补办", ASKED)
        assert (done.outcome, done.findings) == (Outcome.CONFLICT, ())

    assert await clusters.find(cluster.number) == cluster
    assert await added(contents, "annuity") == ()


async def test_second_decision_on_what_was_seen_before_the_first_changes_nothing(
    deciding: Deciding, contents: ContentRepository, clusters: ClusterRepository, cluster: Cluster
) -> None:
    assert await deciding.ignore(wanted(cluster)) is Outcome.DONE

    done = await deciding.add_questions(wanted(cluster), "annuity", ASKED)
    assert done.outcome is Outcome.STALE
    assert await deciding.reopen(wanted(cluster)) is Outcome.STALE
    assert await added(contents, "annuity") == ()

    assert await deciding.reopen(wanted(cluster, 2)) is Outcome.DONE
    assert [one.number for one in await clusters.page((State.OPEN,), 0, 10)] == [cluster.number]


async def test_content_that_changed_meanwhile_undoes_the_decision(
    deciding: Deciding,
    contents: ContentRepository,
    clusters: ClusterRepository,
    cluster: Cluster,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await given(contents, deciding, "annuity", "年金打哪儿领")
    (stale,) = await contents.versions(questions_part("annuity"))

    async def seen_before(part: object) -> list[object]:
        return []

    monkeypatch.setattr(contents, "versions", seen_before)
    done = await deciding.add_questions(wanted(cluster), "annuity", ASKED)
    monkeypatch.undo()

    assert done.outcome is Outcome.CONFLICT
    assert await clusters.find(cluster.number) == cluster
    assert [one.text for one in await contents.versions(questions_part("annuity"))] == [stale.text]
    assert stale.text == encode(Questions(("年金打哪儿领",))).decode()

"""Questions that are alike come together, the same way whenever they are looked at."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.unanswered.clustering import ALIKE, MOST, Clustering
from bot.unanswered.features import Featuring
from bot.unanswered.model import Features, Known

ONE = st.dictionaries(st.integers(0, 9), st.floats(0.125, 1, width=16), min_size=1)


def known(clusters: dict[int, Features]) -> list[Known]:
    return [Known(number, features) for number, features in clusters.items()]


def joined(questions: list[Features], clusters: dict[int, Features] | None = None) -> list[int]:
    clustering = Clustering(known(clusters or {}))
    return [clustering.join(one) for one in questions]


def test_question_goes_to_what_it_is_most_like() -> None:
    clustering = Clustering(known({7: {1: 1.0}, 8: {2: 1.0}}))

    assert clustering.join({2: 0.8, 1: 0.6}) == 8
    assert clustering.join({3: 1.0}) == -1
    assert clustering.join({3: 1.0}) == -1
    assert clustering.changed.keys() == {8, -1}


def test_of_two_as_near_the_older_one_is_taken() -> None:
    assert joined([{1: 1.0}], {5: {1: 2.0}, 6: {1: 9.0}}) == [5]


def test_question_that_is_hardly_like_any_begins_a_cluster() -> None:
    short, enough = ALIKE - 0.01, ALIKE + 0.01

    assert joined([{1: short, 2: (1 - short**2) ** 0.5}], {5: {1: 1.0}}) == [-1]
    assert joined([{1: enough, 2: (1 - enough**2) ** 0.5}], {5: {1: 1.0}}) == [5]


def test_cluster_stays_small() -> None:
    clustering = Clustering()
    for number in range(MOST * 2):
        clustering.join({0: 5.0, number + 1: 1.0})

    assert {number: len(features) for number, features in clustering.changed.items()} == {-1: MOST}
    assert 0 in clustering.changed[-1]


@given(st.lists(ONE, max_size=30), st.integers(0, 30))
def test_clusters_do_not_depend_on_when_they_are_looked_at(questions: list[Features], cut: int) -> None:
    at_once = joined(questions)
    first = Clustering()
    begun = [first.join(one) for one in questions[:cut]]
    names = {number: place for place, number in enumerate(sorted(first.changed, reverse=True), 1)}
    then = joined(questions[cut:], {names[number]: first.changed[number] for number in names})

    # New clusters count on from those that there were.
    later = [-number if number > 0 else number - len(names) for number in then]
    assert [*begun, *later] == at_once


def test_clusters_that_have_grown_alike_become_the_older_one() -> None:
    clustering = Clustering(known({7: {1: 1.0, 2: 0.2}, 8: {2: 1.0}, 9: {9: 1.0}}))
    for features in ({3: 1.0}, {3: 0.9, 4: 0.3}, {2: 0.8, 1: 0.6}, {2: 0.6, 1: 0.7}):
        clustering.join(features)
    clustering.merge()

    assert clustering.merged == {8: 7}
    assert clustering.changed.keys() == {7, -1}


def test_cluster_that_was_decided_on_stays_apart() -> None:
    for decided in ({7}, {8}):
        clusters = [Known(number, {1: 1.0, number: 0.9}, number in decided) for number in (7, 8)]
        clustering = Clustering(clusters)
        clustering.join({8: 1.0})
        clustering.merge()
        assert clustering.merged == {}


def test_thirty_ways_to_ask_are_one_question(featuring: Featuring, paraphrases: dict[str, list[str]]) -> None:
    clustering = Clustering()
    joined_to = {name: [clustering.join(featuring(text)) for text in texts] for name, texts in paraphrases.items()}
    clustering.merge()
    found = {name: {clustering.merged.get(number, number) for number in numbers} for name, numbers in joined_to.items()}

    assert len(found["meal_card"]) == len(found["shuttle"]) == 1
    assert found["meal_card"] != found["shuttle"]


def test_features_tell_what_is_asked_and_not_how(featuring: Featuring) -> None:
    assert featuring("饭卡丢了") == featuring("请问饭卡丢了咋整？") != featuring("班车晚点了")
    assert featuring("？！。") == {}
    assert sum(weight**2 for weight in featuring("食堂饭卡丢了怎么补办").values()) > 0.999

"""The components as Rasa trains, stores and loads them, on a handful of questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.nlu.text import normalise

# Rasa and what it brings warn at import; it is imported within the tests, since that takes seconds.
pytestmark = pytest.mark.filterwarnings("ignore")
SUBJECTS = {
    "ask/annuity": ("年金谁出钱", "年金怎么交", "企业年金有吗", "年金是什么", "年金交多少", "厂里给年金吗"),
    "ask/prize": ("金牌奖多少", "拿金牌给钱吗", "金牌奖金怎么领", "世赛金牌奖励", "得金牌有啥奖", "金牌奖几万"),
    "chat/greet": ("你好", "您好啊", "你好呀", "在吗你好", "你好在不在", "师傅你好"),
}
# Some that cannot be told apart, so that the calibration has something to learn.
VAGUE = ("随便问问", "问个事", "打听打听", "有个事问一下", "想问问", "请教一下")


def training_data() -> Any:
    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.nlu.training_data.training_data import TrainingData

    rows = [(text, label) for label, texts in SUBJECTS.items() for text in (*texts, *VAGUE)]
    return TrainingData(
        [
            Message({"text": text, "intent": label.partition("/")[0], "intent_response_key": label})
            for text, label in rows
        ]
    )


def message(text: str, context: dict[str, Any] | None = None) -> Any:
    from rasa.shared.nlu.training_data.message import Message

    return Message({"text": text, "metadata": {"context": context} if context else {}})


class Pipeline:
    """The components of nlu_data/config.yml in their order, trained into a folder or loaded from it."""

    def __init__(self, folder: Path, data: Any = None) -> None:
        from rasa.engine.storage.local_model_storage import LocalModelStorage
        from rasa.engine.storage.resource import Resource

        from bot.nlu.graph.classifier import TopicClassifier
        from bot.nlu.graph.extractor import LexiconEntityExtractor
        from bot.nlu.graph.featurizer import NgramFeaturizer
        from bot.nlu.graph.normaliser import ChineseNormaliser

        storage = LocalModelStorage(folder)
        self.components: list[Any] = []
        for kind in (ChineseNormaliser, LexiconEntityExtractor, NgramFeaturizer, TopicClassifier):
            make = kind.create if data is not None else kind.load
            component: Any = make(kind.get_default_config(), storage, Resource(kind.__name__), None)
            if data is not None:
                if hasattr(component, "train"):
                    component.train(data)
                if hasattr(component, "process_training_data"):
                    data = component.process_training_data(data)
                elif kind is LexiconEntityExtractor:
                    component.process(data.training_examples)
            self.components.append(component)
        self.data = data

    def parse(self, text: str, context: dict[str, Any] | None = None) -> dict[str, Any]:
        messages = [message(text, context)]
        for component in self.components:
            messages = component.process(messages)
        return dict(messages[0].as_dict(only_output_properties=True))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("graph")


@pytest.fixture(scope="module")
def trained(folder: Path) -> Pipeline:
    return Pipeline(folder, training_data())


def test_understanding_names_label_and_ranking(trained: Pipeline) -> None:
    understanding = trained.parse("厂里的年金谁来出")["understanding"]

    assert understanding["ranking"][0]["label"] == "ask/annuity"
    assert set(understanding) == {"label", "also", "confidence", "follows", "aspects", "ranking"}
    assert (understanding["also"], understanding["follows"], understanding["aspects"]) == (None, False, [])


def test_light_follow_up_hands_on_its_aspects(trained: Pipeline) -> None:
    understanding = trained.parse("钱从哪出", {"topic": "prize", "text": "金牌奖多少"})["understanding"]

    assert (understanding["follows"], understanding["aspects"]) == (True, ["fund"])
    assert understanding["ranking"][0]["label"] == "ask/prize"


def test_entities_are_values_of_the_word_lists(trained: Pipeline) -> None:
    found = trained.parse("世赛拿了铜奖，高级即时呢")["entities"]

    assert {(one["entity"], one["value"]) for one in found} == {
        ("contest_level", "世界技能大赛"),
        ("medal", "铜牌"),
        ("skill_level", "高级技师"),
    }


def test_number_is_a_choice(trained: Pipeline) -> None:
    assert trained.parse("第二个")["intent"] == {"name": "choose", "confidence": 1.0}


def test_copies_in_pinyin_are_the_same_every_time(trained: Pipeline) -> None:
    from bot.nlu.graph.normaliser import ChineseNormaliser

    component = ChineseNormaliser({"romanised_share": 0.5})
    texts = [
        [one.get("text") for one in component.process_training_data(training_data()).training_examples] for _ in "ab"
    ]
    given = [one.get("text") for one in training_data().training_examples]

    assert texts[0] == texts[1]
    assert texts[0][: len(given)] == given
    assert len(given) < len(texts[0]) < 2 * len(given)


def test_every_training_question_is_normalised(trained: Pipeline) -> None:
    assert all(one.get("normalised") == normalise(one.get("text")) for one in trained.data.training_examples)


@pytest.mark.parametrize("text", ["年金谁出", "jinpai jiang duoshao", "你好", "随便", "", "高级技师拿金牌"])
def test_loaded_model_understands_as_the_trained_one(trained: Pipeline, folder: Path, text: str) -> None:
    found, expected = Pipeline(folder).parse(text), trained.parse(text)

    assert (found["intent"]["name"], found["entities"]) == (expected["intent"]["name"], expected["entities"])
    # Weights are stored in half precision.
    assert found["understanding"]["confidence"] == pytest.approx(expected["understanding"]["confidence"], abs=0.01)


def test_changed_word_list_is_a_reason_to_train_again(tmp_path: Path) -> None:
    from bot.nlu.graph.featurizer import NgramFeaturizer

    (tmp_path / "one.yml").write_text("a")
    before = NgramFeaturizer.fingerprint_addon({"lexicon": str(tmp_path)})

    (tmp_path / "one.yml").write_text("b")

    assert NgramFeaturizer.fingerprint_addon({"lexicon": str(tmp_path)}) != before


def test_component_that_is_not_trained_says_so(tmp_path: Path) -> None:
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.storage.resource import Resource

    from bot.nlu.graph.classifier import TopicClassifier
    from bot.nlu.graph.featurizer import NgramFeaturizer

    for kind in (NgramFeaturizer, TopicClassifier):
        made: Any = kind.create(kind.get_default_config(), LocalModelStorage(tmp_path), Resource("x"), None)
        with pytest.raises(ValueError, match="trained or loaded first"):
            made.process([message("年金")])

"""The reader of statements as a Rasa component, after messages that the others have understood."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from bot.nlu.features import Vector
from bot.nlu.reading import Context, Reading
from bot.nlu.text import normalise

# Rasa and what it brings warn at import; it is imported within the tests, since that takes seconds.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Trained, stored and loaded, as a model is."""
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.storage.resource import Resource
    from rasa.shared.nlu.training_data.training_data import TrainingData

    from bot.nlu.graph.statements import StatementReader

    place: tuple[Any, Any, Any] = (LocalModelStorage(tmp_path_factory.mktemp("reader")), Resource("reader"), None)
    config = StatementReader.get_default_config()
    StatementReader.create(config, *place).train(TrainingData())
    return StatementReader.load(config, *place)


def parsed(
    reader: Any,
    text: str,
    label: str = "ask/subsidy",
    aspects: tuple[str, ...] = (),
    context: Context | None = None,
    today: str = "2026-11-22",
) -> dict[str, Any]:
    from rasa.shared.nlu.training_data.message import Message

    nothing = Vector(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32), 0.0)
    understood = {
        "text": text,
        "normalised": normalise(text),
        "intent": {"name": label.partition("/")[0], "confidence": 0.9},
        "understanding": {"label": label, "confidence": 0.9, "also": None},
        "reading": Reading(nothing, aspects=aspects, context=context),
        "metadata": {"today": today},
    }
    (message,) = reader.process([Message(understood)])
    return dict(message.as_dict(only_output_properties=True))


def test_statement_is_json(reader: Any) -> None:
    statement = parsed(reader, "证是去年拿的，三年多")["statement"]

    assert msgspec.json.decode(msgspec.json.encode(statement)) == statement
    assert statement["stated"] == {"certificate_date": "2025-01-01/2025-12-31"}
    assert statement["loose"] == [["duration", "37个月/47个月"]]


@pytest.mark.parametrize(
    ("text", "label", "aspects", "expected"),
    [
        ("我交了五年失业保险，能领补贴不", "ask/subsidy", (), "qualify"),
        ("我徒弟是高级工，能领多少", "ask/subsidy", ("amount",), "qualify"),
        ("我徒弟能领多少", "ask/subsidy", ("amount",), "ask"),
        ("在职，失业保险五年，够格不", "ask/subsidy", ("condition",), "qualify"),
        ("高级工能领吗", "ask/subsidy", (), "ask"),
        ("我能领的钱从哪出", "ask/subsidy", ("fund",), "ask"),
        ("我交了五年失业保险", "ask/subsidy", (), "ask"),
        ("我交了五年失业保险，能领吗", "oos/unknown", (), "oos"),
    ],
)
def test_who_asks_for_a_person_wants_a_verdict(
    reader: Any, text: str, label: str, aspects: tuple[str, ...], expected: str
) -> None:
    found = parsed(reader, text, label, aspects)

    assert found.get("intent", {"name": label.partition("/")[0]})["name"] == expected


def test_intent_its_ranking_and_the_understanding_agree(reader: Any) -> None:
    found = parsed(reader, "我交了五年失业保险，能领吗")

    assert found["intent_ranking"] == [found["intent"]] == [{"name": "qualify", "confidence": 0.9}]
    assert found["understanding"] == {"label": "ask/subsidy", "confidence": 0.9, "also": None}


def test_what_is_told_after_a_topic_with_a_rule_is_understood_as_that_topic(reader: Any) -> None:
    ruled = Context("subsidy", "考证补贴怎么领", rule=("insured_time",))

    found = parsed(reader, "说错了，是5年", "oos/unknown", context=ruled)

    assert (found["intent"]["name"], found["understanding"]["label"]) == ("qualify", "ask/subsidy")
    assert found["statement"]["loose"] == [["duration", "60个月"]]


def test_form_that_rasa_did_not_have_to_understand_is_left_alone(reader: Any) -> None:
    from rasa.shared.nlu.training_data.message import Message

    (message,) = reader.process([Message({"normalised": "我交了五年失业保险，能领吗", "intent": {"name": "ask"}})])

    assert message.get("intent") == {"name": "ask"}


@pytest.mark.parametrize(("today", "day"), [("2026-11-22", "2026-11-21"), ("2020-03-01", "2020-02-29")])
def test_day_of_the_message_is_what_yesterday_is_counted_from(reader: Any, today: str, day: str) -> None:
    assert parsed(reader, "证是昨天拿的", today=today)["statement"]["stated"] == {"certificate_date": day}


def test_changed_word_list_is_a_reason_to_train_again(tmp_path: Path) -> None:
    from bot.nlu.graph.statements import StatementReader

    (tmp_path / "speech.yml").write_text("a")
    before = StatementReader.fingerprint_addon({"lexicon": str(tmp_path)})

    (tmp_path / "speech.yml").write_text("b")

    assert StatementReader.fingerprint_addon({"lexicon": str(tmp_path)}) != before

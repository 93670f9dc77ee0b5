"""Training on a small project: the same data and the same kind of archive as with `rasa train`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.assistant.training import NLU_DATA

# Rasa and what it brings warn at import; it is imported within the tests, since that takes seconds.
pytestmark = pytest.mark.filterwarnings("ignore")
QUESTIONS = """version: "3.1"
nlu:
- intent: ask/annuity
  examples: |
    - 年金谁出钱
    - 年金怎么交
    - "[企业年金](topic:annuity)有吗"
- intent: greet
  examples: |
    - 你好
    - 您好
    - 你好
- synonym: annuity
  examples: |
    - 补充养老金
- lookup: place
  examples: |
    - 哈尔滨
"""
RULES = """version: "3.1"
rules:
- rule: Answer
  steps:
  - intent: ask
  - action: action_answer
- rule: Greet
  steps:
  - intent: greet
  - action: action_greet
"""
DOMAIN = """version: "3.1"
intents: [ask, greet]
entities: [topic]
actions: [action_answer, action_greet]
"""
CONFIG = """recipe: default.v1
assistant_id: test
language: zh
pipeline:
- name: KeywordIntentClassifier
policies:
- name: RulePolicy
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder such as nlu_data."""
    files = {"config.yml": CONFIG, "domain/domain.yml": DOMAIN, "nlu/all.yml": QUESTIONS, "rules/rules.yml": RULES}
    for name, text in files.items():
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "data"


def importers(folder: Path) -> tuple[Any, Any]:
    """Ours and Rasa's."""
    from rasa.shared.importers.importer import TrainingDataImporter

    from bot.assistant.importer import OnceImporter

    config, domain, data = folder / "config.yml", folder / "domain", [folder / "nlu", folder / "rules"]
    stock = TrainingDataImporter.load_from_config(str(config), str(domain), [str(path) for path in data])
    return OnceImporter(config, domain, data), stock


def test_importer_gives_the_data_that_rasa_gives(project: Path) -> None:
    ours, stock = importers(project)

    assert ours.get_nlu_data().fingerprint() == stock.get_nlu_data().fingerprint()
    assert ours.get_domain().fingerprint() == stock.get_domain().fingerprint()
    assert ours.get_stories().fingerprint() == stock.get_stories().fingerprint()
    assert ours.get_config() == stock.get_config()


def test_importer_gives_our_own_rules_and_domain_as_rasa_does() -> None:
    ours, stock = importers(NLU_DATA)

    assert ours.get_domain().fingerprint() == stock.get_domain().fingerprint()
    assert ours.get_stories().fingerprint() == stock.get_stories().fingerprint()


def test_importer_reads_the_questions_once(project: Path) -> None:
    ours, _ = importers(project)

    assert ours.get_nlu_data(language="zh") is ours.get_nlu_data()


def test_importer_adds_questions_as_plain_texts(project: Path) -> None:
    from bot.assistant.importer import OnceImporter

    folders = project / "config.yml", project / "domain", [project / "nlu", project / "rules"]
    added = OnceImporter(*folders, {"annuity": ["[年金](topic:annuity)谁交"]}).get_nlu_data()

    assert added.number_of_examples_per_response["ask/annuity"] == 4
    (message,) = (one for one in added.intent_examples if "谁交" in one.get("text"))
    assert (message.get("intent"), message.get("text")) == ("ask", "[年金](topic:annuity)谁交")
    assert not message.get("entities")


def test_archive_is_a_model_of_rasa(project: Path, tmp_path: Path) -> None:
    from rasa.engine.storage.local_model_storage import LocalModelStorage

    from bot.assistant import trainer

    stages: list[str] = []
    trainer.train(project, tmp_path / "model.tar.gz", stages.append)

    metadata = LocalModelStorage.metadata_from_archive(tmp_path / "model.tar.gz")
    assert metadata.assistant_id == "test"
    assert set(metadata.domain.intents) >= {"ask", "greet"}
    assert "training RulePolicy" in stages


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("- rule: Other\n  steps:\n  - intent: ask\n  - action: action_greet\n", "ontradict"),
        (
            "- rule: Slot\n  steps:\n  - intent: ask\n  - slot_was_set:\n    - gone: yes\n  - action: action_answer\n",
            "gone",
        ),
    ],
)
def test_rules_that_cannot_be_learnt_are_refused(project: Path, tmp_path: Path, rule: str, reason: str) -> None:
    from bot.assistant import trainer

    rules = project / "rules" / "rules.yml"
    rules.write_text(RULES + rule, encoding="utf-8")

    with pytest.raises(trainer.Refused, match=reason):
        trainer.train(project, tmp_path / "model.tar.gz", lambda stage: None)
    assert not (tmp_path / "model.tar.gz").exists()

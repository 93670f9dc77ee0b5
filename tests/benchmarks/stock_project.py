"""Writes a stock Rasa project with training questions: one plain intent and one rule for each topic."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

Questions = Mapping[str, str]
"""Rasa's list of examples, lines that begin with "- ", for each intent."""
ACTION = "action_answer"
_VERSION = "3.1"
_PIPELINE = [
    {"name": "JiebaTokenizer"},  # Rasa's WhitespaceTokenizer refuses Chinese.
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
]
CLASSIFIERS = {
    "logistic": {"name": "LogisticRegressionClassifier"},
    "DIET": {"name": "DIETClassifier", "epochs": 60, "constrain_similarities": True},
}


def write(folder: Path, classifier: str, questions: Questions) -> None:
    """Write config.yml, domain.yml, nlu.yml and rules.yml."""
    intents = list(questions)
    _dump(folder / "config.yml", _config(classifier))
    _dump(folder / "domain.yml", {"intents": intents, "actions": [ACTION]})
    _dump(folder / "nlu.yml", {"nlu": [{"intent": name, "examples": text} for name, text in questions.items()]})
    rules = [{"rule": name, "steps": [{"intent": name}, {"action": ACTION}]} for name in intents]
    _dump(folder / "rules.yml", {"rules": rules})


def _config(classifier: str) -> dict[str, Any]:
    return {
        "recipe": "default.v1",
        "assistant_id": "stock",
        "language": "zh",
        "pipeline": [*_PIPELINE, CLASSIFIERS[classifier]],
        "policies": [{"name": "MemoizationPolicy"}, {"name": "RulePolicy"}],
    }


def questions(data: Path) -> Questions:
    """Those of a folder such as nlu_data; ask/annuity becomes ask_annuity."""
    found: dict[str, str] = {}
    for path in sorted((data / "nlu").rglob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if "intent" in block:
                name = block["intent"].replace("/", "_")
                found[name] = found.get(name, "") + block["examples"]
    return found


def _dump(path: Path, content: dict[str, Any]) -> None:
    text = yaml.safe_dump({"version": _VERSION, **content}, allow_unicode=True, sort_keys=False)
    path.write_text(text.replace(f"version: '{_VERSION}'", f'version: "{_VERSION}"'), encoding="utf-8")

"""Training and the trained assistant, faked for the commands that need them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from bot.assistant import making, training
from bot.assistant.making import AssistantFactory
from bot.assistant.training import Progress, Questions
from tests.fakes import FakeAssistant


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The models that were trained; training makes an empty file at once, here and in a process of its own."""
    made: list[Path] = []

    def train(models: Path, progress: Progress, questions: Questions | None = None) -> Path:
        progress("loading Rasa")
        models.mkdir(parents=True, exist_ok=True)
        made.append(models / "gongyou-1.tar.gz")
        made[-1].touch()
        return made[-1]

    def start(arguments: list[str], **_: object) -> None:
        assert arguments[1:] == ["-m", "bot", "train", "--no-use", "--files-only"]
        train(Path(os.environ["DATA_DIR"]) / "models", lambda stage: None)

    def current(models: Path, questions: Questions | None = None) -> Path | None:
        return next(models.glob("*.tar.gz"), None)

    monkeypatch.setattr(training, "train", train)
    monkeypatch.setattr(training, "current_model", current)
    monkeypatch.setattr(subprocess, "run", start)
    return made


@pytest.fixture
def assistant(monkeypatch: pytest.MonkeyPatch) -> FakeAssistant:
    """What stands in for the trained assistant."""
    fake = FakeAssistant()

    def embedded(model: Path) -> AssistantFactory:
        assert model.is_file()
        return lambda states, knowledge: fake

    monkeypatch.setattr(making, "embedded", embedded)
    return fake

"""When a model is current, and which are kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.assistant import training


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own in the place of nlu_data and of the pipeline's code."""
    folder = tmp_path / "nlu_data"
    folder.mkdir()
    (folder / "config.yml").write_text("pipeline: []")
    monkeypatch.setattr(training, "ROOT", tmp_path)
    monkeypatch.setattr(training, "NLU_DATA", folder)
    monkeypatch.setattr(training, "_CODE", folder)
    return folder


def test_model_is_current_for_the_data_as_it_is(tmp_path: Path, data: Path) -> None:
    model = tmp_path / f"gongyou-{training.digest()}.tar.gz"
    assert training.current_model(tmp_path) is None

    model.touch()

    assert training.current_model(tmp_path) == model
    (data / "config.yml").write_text("pipeline: [one]")
    assert training.current_model(tmp_path) is None


@pytest.mark.parametrize("file", ["config.yml", "topic.yml", "features.py"])
def test_digest_changes_with_data_and_code(data: Path, file: str) -> None:
    before = training.digest()

    (data / file).write_text("changed")

    assert training.digest() != before


def test_digest_does_not_change_with_anything_else(data: Path) -> None:
    before = training.digest()

    (data / "notes.txt").write_text("a note")
    (data / "config.yml").write_text("pipeline: []")
    (data / "quality").mkdir()
    (data / "quality" / "quality.yml").write_text("held_out: []")

    assert training.digest() == before


def test_digest_changes_with_the_questions_of_the_console(data: Path) -> None:
    digests = {training.digest_with(one) for one in ({}, {"annuity": ["谁出钱"]}, {"prize": ["谁出钱"]})}

    assert len(digests) == 3
    assert training.digest_with({}) == training.digest()
    assert training.digest_with({"a": ["1", "2"]}) == training.digest_with({"a": ["2", "1", "2"]})


def test_only_the_newest_models_are_kept(tmp_path: Path) -> None:
    for age in range(5):
        path = tmp_path / f"gongyou-{age}.tar.gz"
        path.touch()
        os.utime(path, (1000 - age, 1000 - age))
    (tmp_path / "another.tar.gz").touch()

    training._remove_old(tmp_path)

    kept = sorted(path.name for path in tmp_path.glob("*.tar.gz"))
    assert kept == ["another.tar.gz", "gongyou-0.tar.gz", "gongyou-1.tar.gz", "gongyou-2.tar.gz"]


@pytest.mark.filterwarnings("ignore")
def test_model_appears_when_it_is_whole(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.assistant import trainer

    def train(data: Path, archive: Path, progress: training.Progress, questions: training.Questions | None) -> None:
        archive.write_bytes(b"whole")
        assert training.current_model(archive.parent) is None

    monkeypatch.setattr(trainer, "train", train)

    model = training.train(tmp_path / "models", lambda stage: None)

    assert model == training.current_model(tmp_path / "models")
    assert [path.read_bytes() for path in (tmp_path / "models").iterdir()] == [b"whole"]


@pytest.mark.filterwarnings("ignore")
def test_training_that_fails_is_told(tmp_path: Path, data: Path) -> None:
    with pytest.raises(training.TrainingFailed, match="no questions; run `gongyou kb check`"):
        training.train(tmp_path, lambda stage: None)
    assert not list(tmp_path.glob("*.gz"))

"""What is learnt from conversations, on the trained model that is taken out of its archive."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
import yaml
from typer.testing import CliRunner

from bot.assistant.training import ROOT
from bot.cli import nlu
from bot.cli.root import app
from bot.evaluation.cases import Case, Turn
from bot.nlu import context
from bot.nlu.reading import Context

TALKS = (
    Case("f-1", "followup", (Turn("年金谁出钱", ("annuity",)), Turn("厂里不建呢", ("annuity",)))),
    Case("f-2", "followup", (Turn("考上技师补多少", ("subsidy_technician",)), Turn("今晚吃啥", ()))),
    Case("c-1", "fact", (Turn("疗休养谁优先", ("sanatorium_leave",)),)),
)


def test_message_is_read_in_the_light_of_the_question_before(model: Path) -> None:
    from bot.nlu.graph.archive import open_reader

    reader = open_reader(model)

    reading = reader.read("那高级技师呢", Context("subsidy_technician", "考上技师补多少"))

    assert reading.in_context is not None
    assert reader.model.guesses(reading.in_context)[0].label == "ask/subsidy_senior_technician"
    assert reading.own_content == 0


def test_model_of_another_pipeline_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.nlu.graph import archive

    nothing = SimpleNamespace(predict_schema=SimpleNamespace(nodes={}))
    storage = "rasa.engine.storage.local_model_storage.LocalModelStorage"
    monkeypatch.setattr(f"{storage}.from_model_archive", lambda folder, path: (None, nothing))

    with pytest.raises(ValueError, match="has no NgramFeaturizer"):
        archive.open_reader(tmp_path / "model.tar.gz")


@pytest.mark.parametrize("write", [True, False])
def test_command_writes_weights_that_can_be_read(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: bool
) -> None:
    questions, weights = tmp_path / "questions.jsonl", tmp_path / "context.yml"
    questions.write_bytes(b"\n".join(map(msgspec.json.encode, TALKS)))
    monkeypatch.setattr(nlu, "CONTEXT", weights)

    result = CliRunner().invoke(
        app,
        ["nlu", "learn-context", str(questions), "--write" if write else "--no-write"],
        env={"DATA_DIR": str(ROOT / "var")},
    )

    assert result.exit_code == 0, result.output
    assert weights.exists() is write
    if write:
        assert context.read(weights).alone == yaml.safe_load(weights.read_text("utf-8"))["alone"]
        assert context.read(weights).alone > 0

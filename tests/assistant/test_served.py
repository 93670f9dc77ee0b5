"""What a model was trained to decide by, read from its archive."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import msgspec

from bot.assistant import training
from bot.assistant.served import ServedModel
from bot.nlu.decision import Thresholds


def archive(folder: Path, digest: str, answer: float) -> None:
    content = msgspec.json.encode(Thresholds(answer=answer))
    with tarfile.open(training.path_of(folder, digest), "w:gz") as packed:
        info = tarfile.TarInfo("components/train_TopicClassifier3/thresholds.json")
        info.size = len(content)
        packed.addfile(info, io.BytesIO(content))


async def test_thresholds_are_those_of_the_model_that_answers(tmp_path: Path) -> None:
    archive(tmp_path, "a", 0.61)
    archive(tmp_path, "b", 0.62)
    digests = ["a"]
    served = ServedModel(lambda: digests[0], tmp_path)
    first = await served.thresholds()
    digests[0] = "b"

    assert (first.answer, (await served.thresholds()).answer, served.digest) == (0.61, 0.62, "b")


async def test_model_without_a_file_decides_by_the_files(tmp_path: Path) -> None:
    assert 0 < (await ServedModel(lambda: "", tmp_path).thresholds()).answer < 1

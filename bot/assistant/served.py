"""What is known of the model that answers, beside its answers."""

from __future__ import annotations

import asyncio
import tarfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import yaml

from bot.assistant import training
from bot.nlu.decision import Thresholds

_THRESHOLDS = "/thresholds.json"


class ServedModel:
    """`digest_now` gives the name of the model that answers at this moment, or nothing where it is not known."""

    def __init__(self, digest_now: Callable[[], str], folder: Path) -> None:
        self._digest_now = digest_now
        self._folder = folder
        self._read: tuple[str, Thresholds] | None = None

    @property
    def digest(self) -> str:
        """Its name; empty where it has none."""
        return self._digest_now()

    async def thresholds(self) -> Thresholds:
        """What it was trained to decide by; of a model without a file here, what the next one will be."""
        digest = self.digest
        if self._read is None or self._read[0] != digest:
            path = training.path_of(self._folder, digest)
            self._read = digest, await asyncio.to_thread(_thresholds, path)
        return self._read[1]


def _thresholds(model: Path) -> Thresholds:
    if model.is_file():
        with tarfile.open(model) as archive:
            for member in archive:
                if member.name.endswith(_THRESHOLDS) and (file := archive.extractfile(member)) is not None:
                    return msgspec.json.decode(file.read(), type=Thresholds)
    text = (training.NLU_DATA / "thresholds.yml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), Thresholds)

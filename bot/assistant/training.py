"""Trains the assistant's model when what it learns from has changed."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NLU_DATA = ROOT / "nlu_data"
_CODE = ROOT / "bot" / "nlu"
_KEPT_MODELS = 3

Progress = Callable[[str], None]


class TrainingFailed(Exception):
    """Rasa refused the data or the configuration; the message is Rasa's."""


def digest() -> str:
    """Changes with the questions, rules, domain, word lists, configuration and the code of the pipeline."""
    found = hashlib.sha256()
    for folder, pattern in ((NLU_DATA, "*.yml"), (_CODE, "*.py")):
        for path in sorted(folder.rglob(pattern)):
            found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def current_model(models: Path) -> Path | None:
    """The model for the data as it is now, or None when it is yet to be trained."""
    path = _path(models)
    return path if path.is_file() else None


def train(models: Path, progress: Progress) -> Path:
    """Train a model for the data as it is now, telling each stage to `progress`; raises TrainingFailed."""
    progress("loading Rasa")
    import rasa.model_training  # takes many seconds, which only training should cost

    path = _path(models)
    models.mkdir(parents=True, exist_ok=True)
    # Another process may look for the model at any time: it appears when it is whole.
    unfinished = models / f"unfinished-{os.getpid()}.tar.gz"
    with _stages(progress):
        result = rasa.model_training.train(
            domain=str(NLU_DATA / "domain"),
            config=str(NLU_DATA / "config.yml"),
            training_files=[str(NLU_DATA / "nlu"), str(NLU_DATA / "rules")],
            output=str(models),
            fixed_model_name=unfinished.name.removesuffix(".tar.gz"),
            force_training=True,
        )
    if result.code != 0 or result.model is None:
        raise TrainingFailed(f"Rasa ended with code {result.code}; run `gongyou kb check` and look at the log above")
    unfinished.replace(path)
    _remove_old(models)
    return path


def _path(models: Path) -> Path:
    return models / f"gongyou-{digest()}.tar.gz"


def _remove_old(models: Path) -> None:
    newest_first = sorted(models.glob("gongyou-*.tar.gz"), key=lambda path: -path.stat().st_mtime)
    for path in newest_first[_KEPT_MODELS:]:
        path.unlink()


@contextmanager
def _stages(progress: Progress) -> Iterator[None]:
    """Rasa tells the stages of training to its log only."""

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            text = record.getMessage()
            if text.startswith("Starting to train component"):
                progress("training " + text.split("'")[1].rpartition(".")[2])

    hooks = logging.getLogger("rasa.engine.training.hooks")
    handler, level = Handler(), hooks.level
    hooks.addHandler(handler)
    hooks.setLevel(logging.INFO)
    hooks.propagate = False
    try:
        yield
    finally:
        hooks.removeHandler(handler)
        hooks.setLevel(level)
        hooks.propagate = True

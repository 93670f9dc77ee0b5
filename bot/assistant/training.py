"""Trains the assistant's model when what it learns from has changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec
import yaml

ROOT = Path(__file__).resolve().parents[2]
NLU_DATA = ROOT / "nlu_data"
QUALITY = NLU_DATA / "quality"
"""What models are examined with; nothing is learnt from it."""
_CODE = ROOT / "bot" / "nlu"
_KEPT_MODELS = 3

Progress = Callable[[str], None]
Questions = Mapping[str, Sequence[str]]
"""For topics, by their ids, questions beside those of the files."""


class TrainingFailed(Exception):
    """Rasa refused the data or the configuration; the message is Rasa's."""


def digest() -> str:
    """Changes with the questions, rules, domain, word lists, configuration and the code of the pipeline."""
    return _digest((NLU_DATA, "*.yml"), (_CODE, "*.py"))


def digest_with(questions: Questions) -> str:
    """The digest of the files together with other questions; without any, that of the files."""
    if not questions:
        return digest()
    told = {topic: sorted(set(texts)) for topic, texts in sorted(questions.items())}
    return hashlib.sha256(digest().encode() + msgspec.json.encode(told)).hexdigest()[:16]


def code_digest() -> str:
    """Changes with the code of the pipeline: a model is loaded by the code that it was trained with."""
    return _digest((_CODE, "*.py"))


def _digest(*files: tuple[Path, str]) -> str:
    found = hashlib.sha256()
    for folder, pattern in files:
        for path in sorted(folder.rglob(pattern)):
            if path.relative_to(folder).parts[0] == QUALITY.name:
                continue
            found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def session_minutes() -> float:
    """After how many minutes without a message the domain begins a conversation anew."""
    domain = yaml.safe_load((NLU_DATA / "domain" / "domain.yml").read_text(encoding="utf-8"))
    return float(domain["session_config"]["session_expiration_time"])


def current_model(models: Path, questions: Questions | None = None) -> Path | None:
    """The model for the data as it is now, or None when it is yet to be trained."""
    path = path_of(models, digest_with(questions or {}))
    return path if path.is_file() else None


def train(models: Path, progress: Progress, questions: Questions | None = None) -> Path:
    """Train a model for the data as it is now, telling each stage to `progress`; raises TrainingFailed."""
    progress("loading Rasa")
    from bot.assistant import trainer  # takes seconds, which only training should cost

    path = path_of(models, digest_with(questions or {}))
    models.mkdir(parents=True, exist_ok=True)
    # Another process may look for the model at any time: it appears when it is whole.
    unfinished = models / f"unfinished-{os.getpid()}.tar.gz"
    try:
        trainer.train(NLU_DATA, unfinished, progress, questions)
    except trainer.Refused as error:
        raise TrainingFailed(f"{error}; run `gongyou kb check`") from error
    unfinished.replace(path)
    _remove_old(models)
    return path


def path_of(models: Path, digest: str) -> Path:
    """Where the model of a digest is kept."""
    return models / f"gongyou-{digest}.tar.gz"


def digest_of(model: Path) -> str:
    """What `path_of` was given."""
    return model.name.removeprefix("gongyou-").removesuffix(".tar.gz")


def _remove_old(models: Path) -> None:
    newest_first = sorted(models.glob("gongyou-*.tar.gz"), key=lambda path: -path.stat().st_mtime)
    for path in newest_first[_KEPT_MODELS:]:
        path.unlink()

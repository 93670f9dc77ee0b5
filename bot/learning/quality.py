"""What a model has to be able to do before it answers workers: the questions it is asked, and how much worse it may be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec
import yaml

from bot.evaluation import cases
from bot.evaluation.cases import Case, CasesInvalid


class Tolerance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By how much a model may be worse than the one in service.

    `overall`: the share of questions understood rightly may fall by so much; `wrong`: the share answered with something
    else may rise by so much; `topic`: so many more questions of one topic may be missed.
    """

    overall: float
    wrong: float
    topic: int


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    held_out: tuple[str, ...]
    must_pass: tuple[str, ...]
    tolerance: Tolerance


@dataclass(frozen=True)
class Quality:
    """The questions that no model has learnt from, those that every model must understand, and the tolerance."""

    held_out: tuple[Case, ...]
    must_pass: tuple[Case, ...]
    tolerance: Tolerance


class QualityMissing(Exception):
    """What models are examined with is not there or cannot be read; the message names the file."""


def read(path: Path) -> Quality:
    """The file that QUALITY names; the files in it lie where they do beside it. Raises QualityMissing."""
    try:
        file = msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), _File)
        held_out = cases.read(path.parent / name for name in file.held_out)
        must_pass = cases.read(path.parent / name for name in file.must_pass)
    except (OSError, yaml.YAMLError, msgspec.ValidationError, CasesInvalid) as error:
        raise QualityMissing(f"{path}: {error}") from error
    if not held_out:
        raise QualityMissing(f"{path}: held_out has no questions")
    return Quality(tuple(held_out), tuple(must_pass), file.tolerance)

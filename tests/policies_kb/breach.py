"""Breaches of the content's rules as data: what is changed where, and the problem that a check has to find there."""

from __future__ import annotations

from pathlib import Path

import msgspec
import yaml

from policies_kb import loader

from .conftest import Folder


class Breach(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """See breaches.yml; `also` are the problems that cannot but follow."""

    rule: str
    file: str
    old: str
    new: str
    at: str
    what: str
    remedy: str
    also: tuple[str, ...] = ()


def breaches(file: str) -> list[Breach]:
    """The breaches of a file beside this one."""
    path = Path(__file__).with_name(file)
    return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), list[Breach])


def assert_found(content: Folder, breach: Breach) -> None:
    """Commit the breach; the one problem is found in its line, with what cannot but follow and nothing else."""
    content.change(breach.file, breach.old, breach.new)

    loaded, problems = loader.read(content.path)

    assert loaded is not None
    expected = content.problem(breach.file, breach.at, breach.what, breach.remedy)
    assert expected in problems
    assert sorted(problem.what for problem in problems if problem != expected) == sorted(breach.also)

"""The files of deploy/ as data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.assistant.training import ROOT

DEPLOY = ROOT / "deploy"
_VARIABLE = re.compile(r"\$\{(\w+)")


def load(name: str) -> Any:
    """One YAML document."""
    return yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))


def manifests() -> list[dict[str, Any]]:
    """All documents of kubernetes/."""
    paths = sorted((DEPLOY / "kubernetes").glob("*.yml"))
    return [one for path in paths for one in yaml.safe_load_all(path.read_text(encoding="utf-8"))]


def manifest(kind: str, name: str = "gongyou") -> dict[str, Any]:
    """The one document of a kind and name."""
    (found,) = (one for one in manifests() if (one["kind"], one.get("metadata", {}).get("name")) == (kind, name))
    return found


def lines(path: Path) -> Iterator[str]:
    """What is no comment."""
    yield from (line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")


def interpolated(name: str) -> set[str]:
    """The variables that compose puts into a file."""
    return set(_VARIABLE.findall((DEPLOY / name).read_text(encoding="utf-8")))


def pod() -> dict[str, Any]:
    """The container of the service in Kubernetes."""
    (container,) = manifest("Deployment")["spec"]["template"]["spec"]["containers"]
    found: dict[str, Any] = container
    return found

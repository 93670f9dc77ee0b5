"""The audit of the dependencies: what is not pinned, not hashed or not as locked is named."""

from __future__ import annotations

import importlib.machinery
import importlib.util
from types import ModuleType

import pytest

from .files import DEPLOY


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("audit", str(DEPLOY / "audit"))
    spec = importlib.util.spec_from_loader("audit", loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("a==1 \\\n    --hash=sha256:00\nb[c]==2 ; python_version < '4' \\\n    --hash=sha256:11\n", []),
        ("a>=1 \\\n    --hash=sha256:00\n", ["list: a>=1 is not pinned with ==; run `make lock`"]),
        ("a==1\n", ["list: a==1 has no hash; run `make lock`"]),
        (
            "git+https://example.org/a \\\n    --hash=sha256:00\n",
            ["list: git+https://example.org/a is not pinned with ==; run `make lock`"],
        ),
    ],
)
def test_dependency_is_pinned_and_hashed(audit: ModuleType, entry: str, found: list[str]) -> None:
    assert audit.problems(entry, "list") == found


def test_installed_version_is_the_locked_one(audit: ModuleType) -> None:
    (found,) = audit.differing("aiohttp==0.1 \\\n    --hash=sha256:00\nnot-installed==1 \\\n")

    assert found.startswith("aiohttp 3.")
    assert "0.1 is locked" in found


def test_audit_that_could_not_look_fails_only_where_it_is_required(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "looked_up", lambda: None)
    assert audit.main() == 0
    assert "NOT looked up" in capsys.readouterr().out

    monkeypatch.setenv("AUDIT", "required")
    assert audit.main() == 1

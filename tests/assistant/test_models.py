"""Which model a process begins with: the one in service, fetched, or one that is trained since there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.assistant import models, training
from bot.storage.database import Database
from bot.storage.models import ModelRepository
from tests.fakes import FakeClock


class Machine:
    """A machine with models of its own and data of a digest; it counts how often it had to train."""

    def __init__(self, kept: ModelRepository, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._kept, self.folder, self._monkeypatch = kept, folder, monkeypatch
        self.trained = 0

    async def starts(self, digest: str, *, own_first: bool = False) -> str:
        """The model that it serves with."""
        self._monkeypatch.setattr(training, "digest", lambda: digest)
        self._monkeypatch.setattr(training, "code_digest", lambda: "code")
        path = await models.model_in_service(self._kept, self.folder, self._make, own_first=own_first)
        return f"{training.digest_of(path)}: {path.read_text()}"

    def _make(self) -> Path:
        path = training.path_of(self.folder, training.digest())
        if not path.exists():
            self.trained += 1
            self.folder.mkdir(exist_ok=True)
            path.write_text(f"trained in {self.folder.name}")
        return path


@pytest.fixture
def machines(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Machine, Machine]:
    """Two over one database."""
    kept = ModelRepository(database.sessions, FakeClock())
    return Machine(kept, tmp_path / "one", monkeypatch), Machine(kept, tmp_path / "other", monkeypatch)


async def test_first_machine_trains_and_the_next_fetches(machines: tuple[Machine, Machine]) -> None:
    one, other = machines

    assert await one.starts("a") == await other.starts("a") == "a: trained in one"
    assert (one.trained, other.trained) == (1, 0)


async def test_new_data_come_into_service(machines: tuple[Machine, Machine]) -> None:
    one, other = machines
    await one.starts("a")

    assert await other.starts("b") == "b: trained in other"
    assert await one.starts("a") == "b: trained in other"
    assert one.trained == 1


async def test_own_data_come_first_where_there_is_one_machine(machines: tuple[Machine, Machine]) -> None:
    one, _ = machines
    for digest in ("a", "b"):
        await one.starts(digest, own_first=True)

    assert await one.starts("a", own_first=True) == "a: trained in one"
    assert await one.starts("b") == "a: trained in one"
    assert one.trained == 2


async def test_choice_outlives_a_start_until_the_files_change(
    machines: tuple[Machine, Machine], database: Database
) -> None:
    one, _ = machines
    for digest in ("a", "b"):
        await one.starts(digest, own_first=True)
    await ModelRepository(database.sessions, FakeClock()).choose("a", "b")

    assert await one.starts("b", own_first=True) == "a: trained in one"
    assert await one.starts("c", own_first=True) == "c: trained in one"


async def test_fetched_model_appears_when_it_is_whole(machines: tuple[Machine, Machine]) -> None:
    one, other = machines
    await one.starts("a")
    await other.starts("a")

    assert [path.name for path in other.folder.iterdir()] == ["gongyou-a.tar.gz"]

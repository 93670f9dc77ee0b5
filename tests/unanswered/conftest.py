"""What is gathered on a real database, with the features of the shipped lexicon."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.rooms.unanswered import _common
from bot.storage.clusters import ClusterRepository
from bot.storage.database import Database
from bot.storage.privacy import PrivacyRepository
from bot.unanswered.features import Featuring, load
from bot.unanswered.mining import Mining
from tests.fakes import SetClock


@pytest.fixture(scope="session")
def featuring() -> Featuring:
    """Made once: it takes seconds."""
    return load(_common)


@pytest.fixture(scope="session")
def paraphrases() -> dict[str, list[str]]:
    text = Path(__file__).with_name("paraphrases.yml").read_text(encoding="utf-8")
    held: dict[str, list[str]] = yaml.safe_load(text)
    return held


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def clusters(database: Database) -> ClusterRepository:
    return ClusterRepository(database.sessions)


@pytest.fixture
def mining(database: Database, clusters: ClusterRepository, featuring: Featuring, clock: SetClock) -> Mining:
    return Mining(clusters, PrivacyRepository(database.sessions), lambda: featuring, clock)

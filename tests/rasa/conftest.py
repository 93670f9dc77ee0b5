"""The trained model and the real services, made once for all conversations."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import log
from bot.assistant import training
from bot.assistant.making import embedded
from bot.assistant.training import ROOT
from bot.services import Services, services
from bot.settings import Settings
from tests.factories import settings_in


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs the model, runs in one loop, and meets warnings that only a newer Rasa could change."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.rasa)
            item.add_marker(pytest.mark.filterwarnings("ignore"))


@pytest.fixture(scope="session")
def model() -> Path:
    """The model for the data as it is now: from var/models, or trained into it."""
    level = logging.getLogger().level
    log.configure("WARNING", "console")
    found = training.current_model(ROOT / "var" / "models") or training.train(ROOT / "var" / "models", print)
    logging.getLogger().setLevel(level)
    return found


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_in(tmp_path_factory.mktemp("rasa"))


@pytest.fixture(scope="session")
async def opened(model: Path, settings: Settings) -> AsyncIterator[Services]:
    """The services as `gongyou serve` opens them, on a database file of their own."""
    async with services(settings, embedded(model)) as parts:
        yield parts

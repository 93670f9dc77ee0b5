"""The word lists that ship with the project."""

from __future__ import annotations

import pytest

from bot.assistant.training import NLU_DATA
from bot.nlu.lexicon import Lexicon, read_entities


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon(read_entities(NLU_DATA / "lexicon"))

"""What the pages on trial work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.trial.asking import Asking
from bot.trial.batches import Batches
from bot.trial.stage import Stage
from policies_kb.model import KnowledgeBase


@dataclass(frozen=True, slots=True)
class TrialRoom:
    """`knowledge` is what is served now; where it cannot be `staged`, the answers come from elsewhere as they are."""

    asking: Asking
    stage: Stage
    batches: Batches
    knowledge: Callable[[], KnowledgeBase]
    now: Callable[[], datetime]
    staged: bool = True

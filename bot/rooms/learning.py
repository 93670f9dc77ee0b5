"""The pages at /admin/training: models trained, examined, put into service, and gone back to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.console.room import Room
from bot.hints import MODEL, Hints
from bot.launching import ProcessLauncher
from bot.learning import routes, words
from bot.learning.ports import Launcher
from bot.learning.room import LearningRoom
from bot.learning.service import ModelService
from bot.learning.views.training import TrainingViews
from bot.settings import Settings
from bot.storage.models import ModelRepository
from bot.storage.sessions import Sessions
from bot.storage.trainings import TrainingRepository
from policies_kb.model import KnowledgeBase


def services(
    settings: Settings,
    sessions: Sessions,
    hints: Hints,
    knowledge: Callable[[], KnowledgeBase],
    now: Callable[[], datetime],
    launcher: Launcher | None = None,
) -> LearningRoom:
    """What the pages work with; a training runs in a process of its own unless there is another launcher."""
    models = ModelService(ModelRepository(sessions, now), partial(hints.tell, MODEL), now)
    launcher = launcher or ProcessLauncher(settings)
    remote = bool(settings.rasa_url)
    return LearningRoom(TrainingRepository(sessions), models, launcher, knowledge, now, remote)


def room(parts: LearningRoom) -> Room:
    """The pages; see `services` for what they work with."""
    told = words.load()
    return Room(tuple(routes.links(told)), lambda pages: routes.routes(TrainingViews(parts, pages, told)))

"""Puts the rooms for trying out and training together: their services on the database, and their pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from aiohttp import web

from bot.assistant.following import FollowingAssistant
from bot.assistant.port import Assistant
from bot.assistant.served import ServedModel
from bot.console.rendering import Pages
from bot.console.room import Room
from bot.conversation.memory import TurnMemory
from bot.hints import MODEL, Hints
from bot.launching import ProcessLauncher
from bot.learning import routes as learning_routes
from bot.learning import words as learning_words
from bot.learning.ports import Launcher
from bot.learning.room import LearningRoom
from bot.learning.service import ModelService
from bot.learning.views.training import TrainingViews
from bot.settings import Settings
from bot.storage.content import ContentRepository
from bot.storage.models import ModelRepository
from bot.storage.sessions import Sessions
from bot.storage.trainings import TrainingRepository
from bot.storage.trials import TrialRepository
from bot.trial import routes as trial_routes
from bot.trial import words as trial_words
from bot.trial.asking import Asking
from bot.trial.batches import Batches
from bot.trial.room import TrialRoom
from bot.trial.stage import Stage
from bot.trial.views.ask import AskViews
from bot.trial.views.runs import RunsViews
from bot.wechat.text import render
from policies_kb.model import KnowledgeBase


def trial_room(
    settings: Settings,
    sessions: Sessions,
    assistant: Assistant,
    memory: TurnMemory,
    knowledge: Callable[[], KnowledgeBase],
    now: Callable[[], datetime],
) -> TrialRoom:
    """What the pages on trial work with; `assistant` is the one that answers workers, without what measures it."""

    def digest() -> str:
        return assistant.digest if isinstance(assistant, FollowingAssistant) else ""

    stage = Stage(ContentRepository(sessions), knowledge, now)
    asking = Asking(assistant, memory, ServedModel(digest, settings.models), render, now)
    batches = Batches(TrialRepository(sessions), asking, stage, now)
    return TrialRoom(asking, stage, batches, knowledge, now, staged=not settings.rasa_url)


def learning_room(
    settings: Settings,
    sessions: Sessions,
    hints: Hints,
    knowledge: Callable[[], KnowledgeBase],
    now: Callable[[], datetime],
    launcher: Launcher | None = None,
) -> LearningRoom:
    """What the pages of the training work with."""
    models = ModelService(ModelRepository(sessions, now), partial(hints.tell, MODEL), now)
    launcher = launcher or ProcessLauncher(settings)
    remote = bool(settings.rasa_url)
    return LearningRoom(TrainingRepository(sessions), models, launcher, knowledge, now, remote)


def learning(parts: LearningRoom) -> Room:
    """The pages at /admin/training."""
    told = learning_words.load()
    return Room(
        tuple(learning_routes.links(told)),
        lambda pages: learning_routes.routes(TrainingViews(parts, pages, told)),
    )


def trial(parts: TrialRoom) -> Room:
    """The pages at /admin/trial."""
    told = trial_words.load()

    def routes(pages: Pages) -> list[web.RouteDef]:
        ask = AskViews(parts, pages, told)
        return trial_routes.routes(ask, RunsViews(parts, pages, ask, told))

    return Room(tuple(trial_routes.links(told)), routes, parts.batches.close)

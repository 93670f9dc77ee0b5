"""The pages at /admin/trial: questions tried out as WeChat would answer them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot.assistant.following import digest_of
from bot.assistant.port import Assistant
from bot.assistant.served import ServedModel
from bot.console.rendering import Pages
from bot.console.room import Room
from bot.conversation.memory import TurnMemory
from bot.settings import Settings
from bot.storage.content import ContentRepository
from bot.storage.sessions import Sessions
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


def services(
    settings: Settings,
    sessions: Sessions,
    assistant: Assistant,
    memory: TurnMemory,
    knowledge: Callable[[], KnowledgeBase],
    now: Callable[[], datetime],
) -> TrialRoom:
    """What the pages on trial work with; `assistant` is the one that answers workers, without what measures it."""
    model = ServedModel(lambda: digest_of(assistant), settings.models)
    stage = Stage(ContentRepository(sessions), knowledge, now)
    asking = Asking(assistant, memory, model, render, now)
    batches = Batches(TrialRepository(sessions), asking, stage, now)
    return TrialRoom(asking, stage, batches, knowledge, now, staged=not settings.rasa_url)


def room(parts: TrialRoom) -> Room:
    """The pages; see `services` for what they work with."""
    told = trial_words.load()

    def routes(pages: Pages) -> list[web.RouteDef]:
        ask = AskViews(parts, pages, told)
        return trial_routes.routes(ask, RunsViews(parts, pages, ask, told))

    return Room(tuple(trial_routes.links(told)), routes, parts.batches.close)

"""Takes the contenders through training, starting and answering by turns, so that all meet the same noise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter

from tests.benchmarks.process import Process, alone
from tests.benchmarks.progress import say
from tests.benchmarks.questions import Fact, Supply
from tests.benchmarks.session import Session
from tests.benchmarks.subject import Contender

WARM_UP, CONVERSATIONS, TURNS, PARSED = 10, 20, 3, 30
"""Conversations before the first round; conversations, messages in each, and texts to parse in a round."""
MESSAGES_BEFORE_MEMORY = 200
SAMPLE_ROUNDS = 4
"""Rounds with a sample, where accuracy matters more; enough messages for the memory."""


@dataclass
class Measured:
    """All figures of a contender; seconds, bytes and a share."""

    name: str
    training: float = 0.0
    training_whole: float = 0.0
    openings: list[float] = field(default_factory=list)
    new: list[float] = field(default_factory=list)
    running: list[float] = field(default_factory=list)
    parses: list[float] = field(default_factory=list)
    memory: int = 0
    accuracy: float = 0.0


def run(contenders: Sequence[Contender], supply: Supply, facts: list[Fact], rounds: int, starts: int) -> list[Measured]:
    """Measure all contenders, the first one always first."""
    measured = [Measured(contender.name) for contender in contenders]
    for contender, figures in zip(contenders, measured, strict=True):
        say(f"training {contender.name}")
        _train(contender, figures)
    sessions = _start(contenders, measured, starts)
    try:
        _answer(sessions, measured, supply, rounds)
        say(f"understanding {len(facts)} held-out questions")
        for session, figures in zip(sessions, measured, strict=True):
            labels = session.run(Session.labels, [fact.text for fact in facts])
            right = [label in fact.topics for label, fact in zip(labels, facts, strict=True)]
            figures.accuracy = sum(right) / len(right)
    finally:
        for session in sessions:
            _end(session)
    return measured


def _train(contender: Contender, figures: Measured) -> None:
    started = perf_counter()
    figures.training = alone(contender.train, contender.folder)
    figures.training_whole = perf_counter() - started


def _start(contenders: Sequence[Contender], measured: Sequence[Measured], starts: int) -> list[Process[Session]]:
    """Start each contender several times; the last processes stay."""
    sessions: list[Process[Session]] = []
    for number in range(1, starts + 1):
        for session in sessions:
            _end(session)
        sessions = []
        for contender, figures in zip(contenders, measured, strict=True):
            say(f"start {number} of {starts}: {contender.name}")
            session = Process(partial(Session, partial(contender.opened, contender.folder)))
            sessions.append(session)
            figures.openings.append(session.run(Session.opening_seconds))
    return sessions


def _answer(sessions: Sequence[Process[Session]], measured: Sequence[Measured], supply: Supply, rounds: int) -> None:
    warm_up = supply.conversations(WARM_UP, TURNS)
    for session in sessions:
        session.run(Session.chat, warm_up)
    asked = WARM_UP * TURNS
    for number in range(1, rounds + 1):
        say(f"round {number} of {rounds}")
        conversations, texts = supply.conversations(CONVERSATIONS, TURNS), supply.texts(PARSED)
        asked += CONVERSATIONS * TURNS
        for session, figures in zip(sessions, measured, strict=True):
            for first, *rest in session.run(Session.chat, conversations):
                figures.new.append(first)
                figures.running += rest
            if not figures.memory and asked >= MESSAGES_BEFORE_MEMORY:
                figures.memory = session.run(Session.memory)
            figures.parses += session.run(Session.parse, texts)


def _end(session: Process[Session]) -> None:
    session.run(Session.close)
    session.end()

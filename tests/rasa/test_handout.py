"""Two services over one database take up a new model while workers are answered."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.assistant import training
from bot.assistant.making import embedded
from bot.conversation.service import Times
from bot.services import Services, services
from bot.settings import Settings
from bot.storage.models import ModelRepository
from tests.factories import settings_in
from tests.fakes import FakeClock
from tests.servers.postgresql import PostgreSQL

QUESTION = "高级技师能延迟退休吗"


async def asking(service: Services, name: str, ended: asyncio.Event) -> list[str]:
    """Ask one question after the other until `ended`, each in a conversation of its own."""
    answers: list[str] = []
    while not ended.is_set():
        reply = await service.conversation.answer("test", f"{name}{len(answers)}", "1", QUESTION)
        answers.append(reply.messages[0].text)
    return answers


@pytest.fixture
def machines(tmp_path: Path, postgresql_server: PostgreSQL) -> list[Settings]:
    url = postgresql_server.new_database()
    return [settings_in(tmp_path / name, DATABASE_URL=url) for name in ("one", "other")]


async def test_new_model_is_taken_up_by_both_and_no_message_is_lost(model: Path, machines: list[Settings]) -> None:
    async with AsyncExitStack() as stack:
        opened = [services(one, embedded(model), Times(burst_wait=0), model=model) for one in machines]
        running = [await stack.enter_async_context(service) for service in opened]
        models = ModelRepository(running[0].database.sessions, FakeClock())
        ended = asyncio.Event()
        workers = [asyncio.create_task(asking(one, str(number), ended)) for number, one in enumerate(running)]

        await models.store("another", training.code_digest(), await asyncio.to_thread(model.read_bytes))
        followed = [one.following for one in running if one.following is not None]
        await asyncio.gather(*(one.look() for one in followed))
        ended.set()
        answers = await asyncio.gather(*workers)

    assert [one.digest for one in followed] == ["another", "another"]
    assert all(len(given) > 10 for given in answers)
    assert all("第12条" in text for given in answers for text in given)

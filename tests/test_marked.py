"""A marked text goes through webhook, chat interface, desk and feedback: logs, metrics and tables keep it where it belongs."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import BaseTestServer, TestClient, TestServer

from bot.accounts.audit import COMMAND_LINE
from bot.accounts.model import Role
from bot.app import create_app
from bot.assistant.port import Understanding
from bot.services import Services, services
from tests.console.people import Person
from tests.factories import settings_in
from tests.fakes import FakeAssistant
from tests.storage.test_worker_addresses import places
from tests.test_log import MARK, OPENID, Log, configured, logged  # noqa: F401 - Fixtures.
from tests.wechat.envelopes import payload, query

Client = TestClient[web.Request, web.Application]
HELP = f"{MARK}找人工"
SENT = f"MARKED-from-the-desk，{MARK}"
pytestmark = pytest.mark.usefixtures("shipped_at_once")


class Worker:
    """Writes to the account, one message after the other."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._number = 0

    async def says(self, text: str) -> str:
        """What WeChat gets."""
        self._number += 1
        body = payload("text").replace("高级技师能延迟退休吗".encode(), text.encode())
        body = body.replace(b"oyORnuP8q7ou2gfYjqLzSIWZf0rs", OPENID.encode())
        body = body.replace(b"24518076431210825", str(self._number).encode())
        response = await self._client.post("/wechat", params=query("gongyou-demo"), data=body)
        return await response.text()


async def answered_by_a_person(worker: Worker, person: Person) -> None:
    """Ask for a person, who takes the conversation, writes, notes, passes it on and closes it."""
    await worker.says(HELP)
    case = "/desk/c/1"
    for act, fields in (
        ("claim", {}),
        ("note", {"text": MARK}),
        ("send", {"key": "MARKED-key-1", "text": SENT}),
        ("transfer", {"to": "user:9", "summary": MARK}),
        ("seen", {"typing": "yes"}),
    ):
        assert (await person.post(f"{case}/{act}", fields)).status in (200, 303)
    await worker.says(MARK)
    assert MARK in await (await person.get(case)).text()
    await person.get("/desk/")


async def looked_at(person: Person) -> None:
    """Look for the mark at the pages that show what workers write."""
    for path in ("/admin/feedback", "/admin/insight", "/desk/replies"):
        assert (await person.get(f"{path}?text={MARK}&q={MARK}")).status == 200
    await person.get(f"/admin/insight/group?days=7&part={MARK}&name={MARK}")


async def talk(client: Client, person: Person) -> None:
    """All of it."""
    worker = Worker(client)
    await worker.says(MARK)
    await worker.says("没用")
    await worker.says(f"{MARK}不想活了")
    await answered_by_a_person(worker, person)
    await client.post("/api/chat", json={"session": "MARKED-session-0123", "text": MARK})
    await client.post("/api/chat", json={"session": "MARKED-session-0123", "text": 5, MARK: MARK})
    await looked_at(person)


@pytest.fixture
def assistant() -> FakeAssistant:
    assistant = FakeAssistant()
    assistant.understood[HELP] = Understanding("handoff", None, 0.9)
    return assistant


async def chief(parts: Services, server: BaseTestServer) -> Person:
    """Somebody who may do everything."""
    everything = frozenset(Role)
    await parts.consoles.users.add(COMMAND_LINE, "chief", "管理", everything, "a long pass phrase", temporary=False)
    person = Person(server)
    assert (await person.sign_in("chief", "a long pass phrase")).status == 303
    return person


async def test_marked_text_is_in_no_log_and_no_metric_and_openids_in_one_table(
    logged: Log,  # noqa: F811 - The fixture.
    tmp_path: Path,
    database_url: str,
    assistant: FakeAssistant,
) -> None:
    settings = settings_in(tmp_path, WECHAT_TOKEN="gongyou-demo", DATABASE_URL=database_url)
    async with services(settings, lambda memory, knowledge: assistant) as parts:
        async with TestServer(create_app(settings, parts)) as server, TestClient(server) as client:
            person = await chief(parts, server)
            await talk(client, person)
            await parts.rooms.insight.tend()
            metrics = await (await client.get("/metrics")).text()
            await person.leave()
        marked, openids = await places(parts.database, MARK), await places(parts.database, OPENID)

    assert "gongyou_messages" in metrics
    assert "MARKED" not in metrics
    assert {"message_answered", "insight_made"} <= {event["event"] for event in logged()}
    assert {"exchange", "desk_message", "desk_event"} <= marked
    assert openids == {"worker_address"}

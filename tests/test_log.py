"""What reaches the log: events with fields, never message text, openids or what an error quotes of them."""

from __future__ import annotations

import asyncio
import gc
import io
import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import structlog
from aiohttp.test_utils import TestClient, TestServer

from bot import log
from bot.accounts.audit import COMMAND_LINE
from bot.accounts.model import Role
from bot.app import create_app
from bot.services import services
from bot.storage.database import Database
from tests.console.people import Person
from tests.conversation.cast import Cast
from tests.factories import settings_in
from tests.fakes import FakeAssistant
from tests.wechat.envelopes import payload, query

MARK, OPENID = "MARKED我的工资被拖欠", "oMARKEDopenid"
Log = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def configured(own_logging: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], io.StringIO]:
    """Configures the log and gives what it writes to; pytest closes its own standard error between set-up and test."""

    def configure(form: str) -> io.StringIO:
        stream = io.StringIO()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stderr", stream)
            log.configure("INFO", form)
        return stream

    return configure


@pytest.fixture
def written(configured: Callable[[str], io.StringIO]) -> Callable[[], str]:
    """The log for people, that never shows the mark."""
    stream = configured("console")

    def read() -> str:
        assert "MARKED" not in stream.getvalue()
        return stream.getvalue()

    return read


@pytest.fixture
def logged(configured: Callable[[str], io.StringIO]) -> Log:
    """The events so far, from a log in JSON that never shows the mark."""
    stream = configured("json")

    def read() -> list[dict[str, Any]]:
        assert "MARKED" not in stream.getvalue()
        return [json.loads(line) for line in stream.getvalue().splitlines()]

    return read


def fail() -> None:
    """Raise what quotes the worker, as libraries do."""
    raise ValueError(f"cannot read {MARK} of {OPENID}")


@pytest.fixture
def cast(database: Database) -> Cast:
    return Cast(database)


async def test_answered_message_is_told_without_its_text(logged: Log, cast: Cast) -> None:
    await cast.service.answer("wechat", OPENID, "MARKED key", MARK)

    (event,) = logged()
    assert event["event"] == "message_answered"
    assert (event["characters"], event["label"], event["confidence"]) == (len(MARK), "annuity", 0.99)


@pytest.mark.parametrize("broken", ["assistant", "receive"])
async def test_failure_is_told_by_its_type_and_places(logged: Log, cast: Cast, broken: str) -> None:
    cast.exchanges.error = ValueError(f"cannot read {MARK} of {OPENID}")
    cast.exchanges.failing = {broken: 99}
    cast.assistant.error = cast.exchanges.error if broken == "assistant" else None

    await cast.service.answer("wechat", OPENID, "1", MARK)

    events = [event for event in logged() if event["event"] == "conversation_failed"]
    assert [(event["error"], event["level"]) for event in events] == [("ValueError", "error")]
    assert any(place.startswith("cast.py:") for place in events[0]["places"])


async def test_failure_that_is_tried_again_is_told_by_its_type(logged: Log, cast: Cast) -> None:
    cast.exchanges.error = ValueError(f"cannot read {MARK} of {OPENID}")
    cast.exchanges.failing = {"complete": 2}

    await cast.service.answer("wechat", OPENID, "1", MARK)

    events = [event for event in logged() if event["event"] == "storage_failed"]
    assert [(event["error"], event["level"]) for event in events] == [("ValueError", "warning")] * 2


@pytest.mark.usefixtures("shipped_at_once")
@pytest.mark.parametrize("broken", [False, True])
async def test_message_through_the_whole_application(logged: Log, tmp_path: Path, broken: bool) -> None:
    settings = settings_in(tmp_path)
    body = payload("text").replace("高级技师能延迟退休吗".encode(), MARK.encode())
    body = body.replace(b"oyORnuP8q7ou2gfYjqLzSIWZf0rs", OPENID.encode())
    assistant = FakeAssistant()
    assistant.error = RuntimeError(f"{MARK} of {OPENID}") if broken else None

    async with (
        services(settings, lambda states, knowledge: assistant) as parts,
        TestClient(TestServer(create_app(settings, parts))) as client,
    ):
        await client.post("/wechat", params=query("token"), data=body)
        await client.post("/wechat", params=query("another token"), data=body)
        await client.post("/wechat", params=query("token"), data=body.replace(b"<MsgType>", b"<MARKED>"))
        await client.post("/api/chat", json={"session": "MARKED-session-0123", "text": MARK})

    assert MARK in body.decode()
    assert {event["event"] for event in logged()} == {
        "wechat_refused",
        "message_answered",
        *(["conversation_failed"] if broken else []),
    }


@pytest.mark.usefixtures("shipped_at_once")
async def test_no_log_and_no_metric_shows_what_was_written_on_any_channel(logged: Log, tmp_path: Path) -> None:
    body = payload("text").replace("高级技师能延迟退休吗".encode(), MARK.encode())
    body = body.replace(b"oyORnuP8q7ou2gfYjqLzSIWZf0rs", OPENID.encode())
    urgent = body.replace(MARK.encode(), f"{MARK}不想活了".encode()).replace(b"<MsgId>", b"<MsgId>9")
    erased = body.replace(MARK.encode(), "确认删除我的数据".encode()).replace(b"<MsgId>", b"<MsgId>8")
    app_settings = settings_in(tmp_path, WECHAT_TOKEN="gongyou-demo")
    assistant = FakeAssistant()

    async with services(app_settings, lambda states, knowledge: assistant) as parts:
        await parts.consoles.users.add(
            COMMAND_LINE, "chief", "管理", frozenset(Role), "a long pass phrase", temporary=False
        )
        async with TestServer(create_app(app_settings, parts)) as server, TestClient(server) as client:
            for one in (body, urgent, erased):
                assert (await client.post("/wechat", params=query("gongyou-demo"), data=one)).status == 200
            await client.post("/api/chat", json={"session": "MARKED-session-0123", "text": MARK})
            person = Person(server)
            await person.sign_in(MARK, MARK)
            assert (await person.sign_in("chief", "a long pass phrase")).status == 303
            for path in (f"/admin/content?text={MARK}", f"/admin/audit?name={MARK}", f"/admin/{MARK}"):
                await person.get(path)
            await person.post("/admin/users/1/disable", {"reason": MARK})
            await person.leave()
            metrics = await (await client.get("/metrics")).text()

    assert assistant.asked
    assert "gongyou_messages" in metrics
    assert not any(secret in metrics for secret in ("MARKED", "拖欠", OPENID))
    assert {"message_answered", "data_erased"} <= {event["event"] for event in logged()}


def test_number_that_names_a_person_is_not_written(written: Callable[[], str]) -> None:
    structlog.get_logger().info("odd", value="call 13812345678")
    logging.getLogger("some.library").error("of %s", "oyORnuP8q7ou2gfYjqLzSIWZf0rs")

    text = written()
    assert "13812345678" not in text
    assert "oyORnuP8q7ou2gfYjqLzSIWZf0rs" not in text


def test_events_of_rasa_keep_their_name_only(logged: Log) -> None:
    structlog.get_logger().error("processor.message.failed", text=MARK, sender_id=OPENID, event_info=MARK)

    (event,) = logged()
    assert set(event) == {"event", "level", "timestamp"}
    assert event["event"] == "processor.message.failed"


def test_debug_events_are_not_written(logged: Log) -> None:
    structlog.get_logger().debug("processor.message.parse", text=MARK)

    assert logged() == []


@pytest.mark.parametrize("form", ["true", "error", "tuple"])
@pytest.mark.parametrize("name", ["action_failed", "rasa.action.failed"])
def test_error_stands_by_its_type_however_it_is_given(logged: Log, form: str, name: str) -> None:
    given: object = None
    try:
        fail()
    except ValueError as error:
        given = {"error": error, "tuple": sys.exc_info()}.get(form)
        if form == "true":
            structlog.get_logger().error(name, exc_info=True)
    if given is not None:
        structlog.get_logger().error(name, exc_info=given)

    (event,) = logged()
    assert event["error"] == "ValueError"
    assert [place.partition(":")[0] for place in event["places"]] == ["test_log.py", "test_log.py"]


def test_traceback_that_is_asked_for_without_an_error_is_unknown(logged: Log) -> None:
    structlog.get_logger().error("lost", exc_info=True)

    assert logged()[0]["error"] == "unknown"


@pytest.mark.parametrize("name", ["rasa.core.processor", "aiohttp.server", "asyncio", "some.library"])
def test_error_of_the_standard_librarys_logging(written: Callable[[], str], name: str) -> None:
    try:
        fail()
    except ValueError:
        logging.getLogger(name).exception("Encountered an exception")

    text = written()
    assert f"ERROR {name}: Encountered an exception" in text
    assert "ValueError at test_log.py:" in text


async def test_task_that_nobody_waited_for(written: Callable[[], str]) -> None:
    async def task() -> None:
        fail()

    running = asyncio.create_task(task())
    await asyncio.wait([running])
    del running
    gc.collect()

    assert "Task exception was never retrieved" in written()


@pytest.mark.parametrize("name", ["aiohttp.access", "rasa.core.processor", "sqlalchemy.engine.Engine", "asyncio"])
def test_libraries_that_quote_requests_are_quiet_below_errors(written: Callable[[], str], name: str) -> None:
    logging.getLogger(name).warning("Received %s of %s", MARK, OPENID)

    assert written() == ""


def test_console_form_is_for_people(written: Callable[[], str]) -> None:
    structlog.get_logger().info("message_answered", characters=7)

    assert "message_answered" in (text := written())
    assert "characters" in text

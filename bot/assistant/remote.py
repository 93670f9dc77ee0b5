"""The assistant behind an ordinary `rasa run` server: its REST channel answers, its tracker tells how it understood."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import aiohttp
import msgspec
import structlog

from bot.assistant.payload import payload
from bot.assistant.port import AssistantUnavailable, Reply
from bot.assistant.rasa_json import message_of, metadata, understanding_of
from bot.conversation.ports import States
from policies_kb.model import KnowledgeBase

ANSWER_SECONDS = 10.0
TRACKER_SECONDS = 3.0

_FAILURES = (aiohttp.ClientError, asyncio.TimeoutError, ValueError, LookupError, TypeError, AttributeError)
"""No answer, or one that is not Rasa's."""

log = structlog.get_logger()


class RemoteAssistant:
    """Rasa keeps the conversation; what a follow-up depends on is kept in `states`, since it goes with each message.

    `session` is the number of minutes after which the domain begins a new session. Rasa is given a digest of the
    conversation's name, so that it stores no openid.
    """

    def __init__(
        self,
        http: aiohttp.ClientSession,
        url: str,
        token: str,
        states: States,
        knowledge: Callable[[], KnowledgeBase],
        session: float,
        now: Callable[[], datetime],
        today: Callable[[], date] = date.today,
    ) -> None:
        self._http = http
        self._url = url
        self._token = {"token": token} if token else {}
        self._states = states
        self._knowledge = knowledge
        self._session = session * 60
        self._now = now
        self._today = today

    async def ask(self, conversation: str, text: str) -> Reply:
        """See the port."""
        sender = hashlib.sha256(conversation.encode()).hexdigest()[:32]
        knowledge = self._knowledge()
        before = self._slots(await self._states.load(conversation))
        told = metadata(knowledge, self._today(), before.get("topic"), before.get("asked"))
        asked = {"sender": sender, "message": payload(text, knowledge), "metadata": told}
        try:
            uttered = await self._json("POST", "/webhooks/rest/webhook", ANSWER_SECONDS, json=asked)
            messages = tuple(map(message_of, uttered))
        except _FAILURES as error:
            log.error("rasa_failed", error=type(error).__name__)  # noqa: TRY400 - What failed is not in this process.
            raise AssistantUnavailable from error
        if not messages:
            # Rasa's channel logs what happened, and says nothing.
            raise AssistantUnavailable("no action said anything")
        return await self._understood(conversation, sender, Reply(messages))

    async def ping(self) -> None:
        """See the port."""
        try:
            await self._json("GET", "/status", TRACKER_SECONDS, params=self._token)
        except _FAILURES as error:
            raise AssistantUnavailable from error

    async def _understood(self, conversation: str, sender: str, reply: Reply) -> Reply:
        """The reply with its understanding; without one where only that cannot be had, since the action has run."""
        try:
            wanted = {"include_events": "NONE", **self._token}
            path = f"/conversations/{sender}/tracker"
            tracker = await self._json("GET", path, TRACKER_SECONDS, params=wanted)
            slots: Mapping[str, Any] = {name: tracker["slots"].get(name) for name in ("topic", "asked")}
            reply = replace(reply, understanding=understanding_of(tracker["latest_message"]))
        except _FAILURES as error:
            log.error("rasa_tracker_failed", error=type(error).__name__)  # noqa: TRY400 - As above.
            slots = {}
        await self._states.save(conversation, self._state(slots))
        return reply

    async def _json(self, method: str, path: str, seconds: float, **options: Any) -> Any:
        timeout = aiohttp.ClientTimeout(total=seconds)
        async with self._http.request(method, self._url + path, timeout=timeout, **options) as response:
            response.raise_for_status()
            return msgspec.json.decode(await response.read())

    def _state(self, slots: Mapping[str, Any]) -> bytes:
        """In the form of the embedded assistant's, so that one can follow the other."""
        at = self._now().timestamp()
        set_ = [{"event": "slot", "timestamp": at, "name": name, "value": value} for name, value in slots.items()]
        return msgspec.json.encode(set_)

    def _slots(self, state: bytes | None) -> dict[str, str]:
        """What is set; nothing once the session is over, as Rasa then forgets it, too."""
        events = msgspec.json.decode(state, type=list[dict[str, Any]]) if state else []
        if not events or self._now().timestamp() - max(event["timestamp"] for event in events) > self._session:
            return {}
        return {event["name"]: event["value"] for event in events if event["event"] == "slot" and event["value"]}

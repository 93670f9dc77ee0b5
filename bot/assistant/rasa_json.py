"""What goes to Rasa with a message and what comes back, as the plain values that Rasa itself or its server gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bot.assistant.port import Message, Understanding
from policies_kb.model import KnowledgeBase
from policies_kb.query import family, tested


def metadata(knowledge: KnowledgeBase, today: date, topic: str | None, asked: str | None) -> dict[str, Any]:
    """What the components see beside a message: the day, and what was answered before."""
    told: dict[str, Any] = {"today": today.isoformat()}
    if topic is not None:
        told["context"] = {
            "topic": topic,
            "text": asked,
            "family": family(knowledge, topic),
            "rule": tested(knowledge, topic),
        }
    return told


def message_of(uttered: Mapping[str, Any]) -> Message:
    """One of the messages that a channel collected."""
    return Message(uttered.get("text", ""), tuple(button["payload"] for button in uttered.get("buttons", ())))


def understanding_of(parsed: Mapping[str, Any]) -> Understanding:
    """How the latest message of a tracker was understood."""
    intent = parsed.get("intent", {})
    understood = parsed.get("understanding")
    if understood is None:
        topics = [entity["value"] for entity in parsed.get("entities", ()) if entity["entity"] == "topic"]
        return Understanding(intent.get("name") or "", topics[0] if topics else None, 1.0)
    _, _, label = understood["label"].partition("/")
    _, _, also = (understood["also"] or "").partition("/")
    ranking = tuple((guess["label"], guess["confidence"]) for guess in understood["ranking"])
    follows, named = bool(understood.get("follows")), tuple(_named(parsed))
    return Understanding(intent["name"], label or None, understood["confidence"], also or None, ranking, follows, named)


def _named(parsed: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Levels, medals, amounts and the like, each once."""
    found = ((entity["entity"], str(entity["value"])) for entity in parsed.get("entities", ()))
    yield from dict.fromkeys(found)

"""Gives the worker what he is owed, before the reply to what he says now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.assistant.port import Message, Reply
from bot.conversation.ports import Owed


@dataclass(frozen=True, slots=True)
class Given:
    """What the worker is shown, which owed replies it contains, and whether his own reply has to wait for its turn."""

    reply: Reply
    shown: tuple[int, ...]
    own_waits: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """How an owed reply is introduced that he may have seen, and what says that there is more."""

    maybe_seen: str
    more: Reply


def give(owed: Sequence[Owed], own: Reply | None, fits: Callable[[Reply], bool], words: Words) -> Given:
    """All that is owed and his own reply where they fit; else as much as does, in order, and a word that there is more.

    The first always counts as fitting: a channel shows a reply by itself somehow.
    """
    kept = [_without_questions(one.reply) for one in owed]
    certain = [one.certain for one in owed]
    replies = [one if sure else _introduced(one, words.maybe_seen) for one, sure in zip(kept, certain, strict=True)]
    ids = tuple(one.id for one in owed)
    everything = [*replies, own] if own is not None else replies
    if len(everything) == 1 or fits(_merged(everything)):
        return Given(_merged(everything), ids)
    count = 1
    while count < len(replies) and fits(_merged([*replies[: count + 1], words.more])):
        count += 1
    return Given(_merged([*replies[:count], words.more]), ids[:count], own is not None)


def _introduced(reply: Reply, words: str) -> Reply:
    return replace(reply, messages=(Message(words), *reply.messages))


def _merged(replies: Sequence[Reply]) -> Reply:
    """One reply; only its last choices can be tapped or numbered, since they are what a number means from now on."""
    messages = [message for reply in replies for message in reply.messages]
    menus = (place for place, message in enumerate(messages) if message.options and message.numbered)
    last = max(menus, default=-1)
    shown = [
        message if place == last or not message.numbered else _plain(message) for place, message in enumerate(messages)
    ]
    understood = [reply.understanding for reply in replies if reply.understanding is not None]
    return Reply(tuple(shown), understood[-1] if understood else None)


def _without_questions(reply: Reply) -> Reply:
    """An owed reply without what asks about it: by now it would seem to ask about the reply after it."""
    kept = tuple(message for message in reply.messages if message.numbered or not message.options)
    return replace(reply, messages=kept) if kept else reply


def _plain(message: Message) -> Message:
    return Message("\n".join((message.text, *message.options))) if message.options else message

"""A message read by itself, in the light of the question before it, and clause by clause."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.nlu.features import Featuriser, Vector
from bot.nlu.text import normalise
from bot.nlu.wording import Wording

LONGEST_EARLIER = 60
"""Characters of the earlier question that are carried over; its end is what was asked."""


class Context(msgspec.Struct, frozen=True):
    """The topic that was answered last, the question it answered, and the topics that lie next to it.

    `rule` has the slots that its conditions test; what a worker tells of them may decide whether he qualifies.
    """

    topic: str
    text: str
    family: tuple[str, ...] = ()
    rule: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The vectors of a message and of its clauses.

    `own_content` counts the characters that say something by themselves; `aspects` are the sides of a topic that it
    asks for; `joined` is whether a word such as 还有 announces another question; `whether`, `turning` and `replaces` are
    what Wording says of it.
    """

    alone: Vector
    own_content: int = 0
    length: int = 0
    aspects: tuple[str, ...] = ()
    parts: tuple[Vector, ...] = ()
    joined: bool = False
    whether: bool = False
    turning: bool = False
    context: Context | None = None
    in_context: Vector | None = None
    replaces: bool = False

    def fingerprint(self) -> str:
        """What Rasa compares training data by; the text beside it says the rest, and printing arrays takes seconds."""
        return f"{len(self.alone.columns)} {float(self.alone.values.sum()):.4f}"


def read(text: str, context: Context | None, featuriser: Featuriser, wording: Wording) -> Reading:
    """Read a normalised text; `context` is None at the beginning of a conversation."""
    in_context, replaces = None, False
    if context is not None:
        earlier = normalise(context.text)[-LONGEST_EARLIER:]
        whole, replaces = wording.in_context(text, earlier)
        in_context = featuriser.vector(whole)
    return Reading(
        alone=featuriser.vector(text),
        own_content=wording.own_content(text),
        length=len(text),
        aspects=wording.aspects(text),
        parts=tuple(featuriser.vector(part) for part in wording.parts(text)),
        joined=wording.joined(text),
        whether=wording.asks_whether(text),
        turning=wording.turns(text),
        context=context,
        in_context=in_context,
        replaces=replaces,
    )

"""What the conversation needs of its storage and of the channels, and the words between them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.assistant.port import Reply


@dataclass(frozen=True, slots=True)
class Said:
    """A message of a worker; `key` is equal for each delivery of it.

    `canned` names the reply where no question is asked. An `event` is something done, such as a tap on the menu.
    `sender` is what the worker is called here; `address` is where the channel reaches him, if it does. `media` is the
    channel's name of what he sent beside words.
    """

    channel: str
    sender: str
    key: str
    text: str
    canned: str | None = None
    event: bool = False
    address: str = ""
    media: str = ""

    @property
    def conversation(self) -> str:
        """The conversation that it belongs to."""
        return f"{self.channel}:{self.sender}"


@dataclass(frozen=True, slots=True)
class Lease:
    """The right of `owner` to work on a message, from `now` `until` it must be renewed.

    `others`: also on a message whose owner has let his own run out.
    """

    owner: str
    now: datetime
    until: datetime
    others: bool = True


@dataclass(frozen=True, slots=True)
class Owed:
    """A reply in the outbox that the worker has not been given; `certain` is false where he may have been."""

    id: int
    reply: Reply
    certain: bool


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a recording that a worker sent, as it came from the channel."""

    kind: str
    content: bytes


class MediaGone(Exception):
    """It cannot be had: too old, too large, or the account has no right to it."""


@dataclass(frozen=True, slots=True)
class Handover:
    """A conversation that waits for a person, or that an `agent` owns; `told_at` is when the worker last heard so."""

    id: int
    state: Literal["waiting", "agent"]
    told_at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """What a message is answered from: the assistant's state, words that belong before it, and what is still owed.

    `sending`: something for this worker is on its way, and a reply must not overtake it. `asked`: in this conversation
    he was asked already what he thinks of an answer. `handover` is the open one.
    """

    state: bytes | None
    fragment: str | None = None
    owed: tuple[Owed, ...] = ()
    sending: bool = False
    asked: bool = False
    handover: Handover | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """The reply to a message; `late` where it went to the outbox."""

    reply: Reply
    late: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """A recorded message: which delivery of it this is, and its reply or its turn where there is one already."""

    id: int
    delivery: int
    answered: Answered | None = None
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A reply on its way past the channel: queued for sending, or parked until the worker comes back for it."""

    replies: tuple[Reply, ...]
    state: Literal["queued", "parked"]


@dataclass(frozen=True, slots=True)
class Completion:
    """What is recorded in one transaction with the reply.

    `state` replaces the conversation's; `shown` are the owed replies that it contains; `post` is what goes to the
    outbox, and `late` tells that the reply itself is in it. `urgent` marks the message, by its subject. `beside` is
    what rooms record with it: see bot.storage.beside.
    """

    reply: Reply
    state: bytes | None
    at: datetime
    shown: tuple[int, ...] = ()
    post: Post | None = None
    late: bool = False
    urgent: str | None = None
    beside: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A recorded message without a reply."""

    id: int
    said: Said


@dataclass(frozen=True, slots=True)
class Erased:
    """What of a sender was deleted: rows by table, and the number under which the counts are kept as proof."""

    proof: str
    counts: Mapping[str, int]


class Outdated(Exception):
    """What was to be recorded beside a reply no longer fits what is stored: the turn is to be begun anew."""


class Notices(Protocol):
    """Who has been given the privacy notice."""

    async def first(self, conversation: str, now: datetime) -> bool:
        """Whether a conversation has not been given it so far; from now on it has."""


class Exchanges(Protocol):
    """Where messages are recorded and completed by their replies, shared by all processes."""

    async def receive(self, said: Said, lease: Lease) -> Receipt:
        """Record a delivery; the first of a message is leased to its receiver, with its turn if nothing is before it."""

    async def take(self, message: Waiting, lease: Lease) -> Turn | Answered | None:
        """Begin the turn of a message; None while another one's lease holds or an earlier message has no reply.

        LookupError where the message was deleted.
        """

    async def ready(self, exchanges: Sequence[int], lease: Lease) -> Collection[int]:
        """Those of which `take` would not give None at this moment."""

    async def complete(
        self, message: Waiting, owner: str, done: Completion, confirm: Callable[[], None] = lambda: None
    ) -> Answered | None:
        """Record the reply and all that comes with it, and give what the owner has recorded: now, or once before.

        None, and nothing is recorded, where the owner has lost the message, or the worker was given meanwhile what it
        shows. `confirm` is called right before the end; what it raises undoes everything. Outdated, and nothing is
        recorded, where something `beside` no longer fits what is stored.
        """

    async def join(self, message: Waiting, owner: str, later: int, text: str, done: Completion) -> bool:
        """Complete a fragment without words: `text` now belongs before a later message.

        False, and nothing, where the owner has lost the message, or the later one has its reply.
        """

    async def later(self, message: Waiting) -> Waiting | None:
        """The next message of the same sender that has no reply yet."""

    async def show(self, message: Waiting, at: datetime) -> bool:
        """Take a late reply back from the outbox to give it now: it is late no longer.

        False where it is on its way or was given.
        """

    async def post(self, message: Waiting, delivery: int, post: Post, at: datetime) -> None:
        """Put a reply that is not late into the outbox after all, unless another delivery came after `delivery`."""

    async def renew(self, exchanges: Sequence[int], lease: Lease) -> None:
        """Hold on to those that are still the owner's."""

    async def orphans(self, now: datetime) -> Sequence[Waiting]:
        """Some messages without a reply whose lease has run out, the oldest first."""

    async def forget(self, channel: str, sender: str, why: str, at: datetime) -> Erased:
        """Delete everything that is kept of a sender, who "asked" for it or has "left"."""


class States(Protocol):
    """Where the assistant's memory of a conversation is kept."""

    async def load(self, conversation: str) -> bytes | None:
        """The state that was saved last, or None."""

    async def save(self, conversation: str, state: bytes) -> None:
        """Replace the conversation's state."""

    async def forget_before(self, moment: datetime) -> None:
        """Forget what is remembered of conversations in which nothing was said since a moment."""


class Route(Protocol):
    """How replies of a channel reach a worker whom its own answer no longer reaches."""

    async def post(self, reply: Reply) -> Post:
        """What to put into the outbox for a reply that is late."""

    def fits(self, reply: Reply) -> bool:
        """Whether the channel can show the reply whole in one answer."""

    def wake(self) -> None:
        """Something was put into the outbox."""

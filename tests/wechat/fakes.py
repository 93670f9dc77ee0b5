"""Hand-written stand-ins for what the webhook and the API client talk to."""

from __future__ import annotations

from collections import Counter

from bot.assistant.port import Message, Reply
from bot.conversation.ports import Said


def reply(text: str, *options: str) -> Reply:
    """A reply of one message."""
    return Reply((Message(text, options),))


def pseudonym(channel: str, openid: str) -> str:
    """A name that shows whose it is."""
    return f"{channel} {openid}"


class FakeCanned:
    """Canned replies show their own name."""

    def __init__(self, conversation: FakeConversation) -> None:
        self._conversation = conversation

    def __call__(self, name: str) -> Reply:
        if name in self._conversation.broken:
            raise KeyError(name)
        examples = ("first example", "second example") if name == "welcome" else ()
        return reply(f"canned {name}", *examples)

    def trouble(self, text: str) -> Reply:
        return self("trouble")

    def still_looking(self) -> Reply:
        return reply("canned still_looking", "查看答案")


class FakeDelivery:
    """A delivery with its reply, or one that has none however long one waits."""

    def __init__(self, number: int, answer: Reply | None) -> None:
        self.number = number
        self.waited: list[float | None] = []
        self.coming = False
        self.gone = False
        self._answer = answer

    def let_go(self) -> None:
        self.gone = True

    async def reply(self, within: float | None = None) -> Reply | None:
        self.waited.append(within)
        return self._answer


class FakeConversation:
    """Answers each key once, with `next_reply` or an echo; what is `late` has no reply yet."""

    def __init__(self) -> None:
        self.questions: list[tuple[str, str, str]] = []
        self.late = False
        self.coming = False
        self.deliveries: list[FakeDelivery] = []
        self.forgotten: list[tuple[str, str]] = []
        self.next_reply: Reply | None = None
        self.broken: set[str] = set()
        self.canned = FakeCanned(self)
        self._answers: dict[str, Reply] = {}
        self._numbers: Counter[str] = Counter()

    async def receive(self, said: Said) -> FakeDelivery:
        if "answer" in self.broken:
            raise RuntimeError(f"broken by {said.text} of {said.sender}")
        if said.key not in self._answers:
            self._answers[said.key] = self._first(said)
        self._numbers[said.key] += 1
        self.deliveries.append(FakeDelivery(self._numbers[said.key], None if self.late else self._answers[said.key]))
        self.deliveries[-1].coming = self.coming
        return self.deliveries[-1]

    async def forget(self, channel: str, sender: str) -> None:
        self.forgotten.append((channel, sender))

    def _first(self, said: Said) -> Reply:
        if said.canned is not None:
            return self.canned(said.canned)
        self.questions.append((said.channel, said.sender, said.text))
        return self.next_reply or reply(f"answer {len(self.questions)} to {said.text}")


class FakeAccount:
    """An account that may send messages, or not."""

    def __init__(self, verified: bool = False) -> None:
        self.verified = verified

    async def may_send(self) -> bool:
        return self.verified


class FakeTyping:
    """Notes to whom it was shown."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    async def show(self, said: Said) -> None:
        self.shown.append(said.sender)

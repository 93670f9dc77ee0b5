"""What is urgent in a worker's words, found before anything else reads them and when nothing else works."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.assistant.port import Message, Reply
from bot.nlu.phrases import PhraseBook
from policies_kb.answer import reply_values
from policies_kb.model import KnowledgeBase, UrgentSubject
from policies_kb.placeholders import fill

_SOURCE = "依据:"


@dataclass(frozen=True, slots=True)
class Urgent:
    """A subject that was found, and its approved text; it stands in place of an answer unless that is given, too."""

    subject: str
    text: str
    answered: bool
    person: str

    @property
    def reply(self) -> Reply:
        """The text in place of an answer, with a person to ask for."""
        return Reply((Message(self.text, (self.person,)),), urgent=self.subject)

    def added_to(self, reply: Reply) -> Reply:
        """The answer with the text before its source lines; before what asks back, and else at the end."""
        if not self.answered:
            return self.reply
        messages = list(reply.messages)
        cited = [place for place, message in enumerate(messages) if _source(message.text) is not None]
        if cited:
            last = messages[cited[-1]]
            messages[cited[-1]] = replace(last, text=_before_source(last.text, self.text))
        else:
            asking = next((place for place, message in enumerate(messages) if message.options), len(messages))
            messages.insert(asking, Message(self.text))
        return replace(reply, messages=tuple(messages), urgent=self.subject)


class UrgentReplies:
    """Called with a text, it gives what is urgent in it, by the content in force."""

    def __init__(self, knowledge: Callable[[], KnowledgeBase]) -> None:
        self._knowledge = knowledge
        self._read: Mapping[str, UrgentSubject] | None = None
        self._books: dict[str, PhraseBook] = {}

    def __call__(self, text: str) -> Urgent | None:
        """The first subject that is found; None where nothing is urgent."""
        knowledge = self._knowledge()
        if self._read is not knowledge.urgent:
            self._read = knowledge.urgent
            self._books = {name: PhraseBook(one.phrases, one.harmless) for name, one in knowledge.urgent.items()}
        name = next((name for name, book in self._books.items() if book.found_in(text)), None)
        if name is None:
            return None
        subject = knowledge.urgent[name]
        wording = fill(subject.text, reply_values(knowledge))
        return Urgent(name, wording, subject.answered, knowledge.replies["want_person"].text)


def _source(answer: str) -> int | None:
    """The number of the first line that names a source."""
    lines = enumerate(answer.split("\n"))
    return next((number for number, line in lines if line.startswith(_SOURCE)), None)


def _before_source(answer: str, text: str) -> str:
    lines, end = answer.split("\n"), _source(answer)
    return "\n".join((*lines[:end], text, *lines[end:]))

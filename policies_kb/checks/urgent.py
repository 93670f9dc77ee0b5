"""What is urgent must be there, say whom to call, and be told by phrases that can be found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policies_kb import placeholders
from policies_kb.answer import reply_values
from policies_kb.errors import Problem
from policies_kb.figures import bare_figures
from policies_kb.model import KnowledgeBase, UrgentSubject
from policies_kb.source import Source

REQUIRED_SUBJECTS = ("self_harm", "danger", "violence", "unpaid_wages", "injury")
GAP = "…"
_READ = re.compile(rf"[\u4e00-\u9fffa-z]+(?:{GAP}[\u4e00-\u9fffa-z]+)*")


def check(knowledge: KnowledgeBase, source: Source) -> Iterator[Problem]:
    """Every breach, subject by subject."""
    for name in REQUIRED_SUBJECTS:
        if name not in knowledge.urgent:
            yield source.problem((), f"the subject {name} is missing", f"add {name}: with text and phrases")
    for name, subject in knowledge.urgent.items():
        yield from _text(knowledge, name, subject, source)
        yield from _phrases(name, subject, source)


def _text(knowledge: KnowledgeBase, name: str, subject: UrgentSubject, source: Source) -> Iterator[Problem]:
    named, where = placeholders.names(subject.text), (name, "text")
    known = reply_values(knowledge)
    for one in named:
        if one not in known:
            yield source.problem(where, f"{{{one}}} is not known", "name a contact of contacts.yml")
    if not set(named) & set(knowledge.contacts):
        yield source.problem(where, "the text names nobody to call", "name a contact of contacts.yml in braces")
    bare = bare_figures(placeholders.without(subject.text))
    if bare:
        yield source.problem(where, f"a bare figure: {', '.join(bare)}", "use the contact's name in braces")


def _phrases(name: str, subject: UrgentSubject, source: Source) -> Iterator[Problem]:
    if not subject.phrases:
        yield source.problem((name, "phrases"), "the subject has no phrase", "add what workers write")
    for key, phrases in (("phrases", subject.phrases), ("harmless", subject.harmless)):
        seen: set[str] = set()
        for index, phrase in enumerate(phrases):
            where = (name, key, index)
            if not _READ.fullmatch(phrase) or len(phrase.replace(GAP, "")) < 2:
                remedy = (
                    f"write two characters or more, Chinese or small letters, with {GAP} for what may stand between"
                )
                yield source.problem(where, f"{phrase} cannot be found in a message", remedy)
            if phrase in seen:
                yield source.problem(where, f"{phrase} stands twice", "keep one")
            seen.add(phrase)
    for index, phrase in enumerate(subject.phrases):
        if phrase in subject.harmless:
            yield source.problem((name, "phrases", index), f"{phrase} is harmless, too", "keep one of the two")

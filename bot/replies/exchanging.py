"""Replies of the team's and of one's own out into a sheet, and back: all rows or none, with a look before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.accounts.model import User
from bot.replies.drafting import problems, tidied
from bot.replies.errors import Problem, Refusal
from bot.replies.model import TEAM, Draft, Reply
from policies_kb.model import KnowledgeBase

COLUMNS = ("scope", "category", "shortcut", "title", "text", "topic")
_NEEDED = {"title", "text"}
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet as it would be kept."""

    row: int
    shared: bool
    draft: Draft


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do; with a problem it does nothing."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """How columns and scopes are called in a sheet."""

    columns: Mapping[str, str]
    team: str
    own: str


def exported(replies: Sequence[Reply], user: User, knowledge: KnowledgeBase, names: Names) -> Iterator[Row]:
    """A row for each reply of the team's and of the person's own."""
    for reply in replies:
        if reply.owner in (TEAM, user.id):
            draft, topic = reply.draft, knowledge.topics.get(reply.draft.topic)
            scope = names.own if reply.owner else names.team
            named = topic.title if topic else draft.topic
            yield (scope, draft.category, draft.shortcut, draft.title, draft.text, named)


def planned(
    rows: Sequence[Row],
    replies: Sequence[Reply],
    user: User,
    knowledge: KnowledgeBase,
    names: Names,
    *,
    may_share: bool,
) -> Plan:
    """What the rows of a sheet would become, or all that is wrong with them."""
    if len(rows) < 2:
        return Plan((), (Problem("sheet", Refusal.SHEET_EMPTY),))
    called = {text: name for name, text in names.columns.items()}
    header = [called.get(text.strip(), "") for text in rows[0]]
    if not set(header) >= _NEEDED or len(set(filter(None, header))) != len([*filter(None, header)]):
        return Plan((), (Problem("sheet", Refusal.HEADER, {"columns": "、".join(names.columns.values())}, 1),))
    lines, found = [], []
    taken = {(reply.owner, kind, text): 0 for reply in replies for kind, text in _unique(reply.draft)}
    for number, row in enumerate(rows[1:], 2):
        if not any(row):
            continue
        cells = dict(zip(header, row, strict=False))
        draft = tidied(Draft(**{name: cells.get(name, "") for name in COLUMNS if name != "scope"}), knowledge)
        shared, wrong = _shared(cells.get("scope", ""), names, may_share=may_share)
        wrong += problems(draft, knowledge) + _twice(draft, TEAM if shared else user.id, taken, number)
        found += [Problem(one.field, one.refusal, one.values, number) for one in wrong]
        lines.append(Line(number, shared, draft))
    return Plan(tuple(lines), tuple(found))


def _shared(scope: str, names: Names, *, may_share: bool) -> tuple[bool, list[Problem]]:
    if scope not in ("", names.team, names.own):
        return False, [Problem("scope", Refusal.SCOPE_FORM, {"team": names.team, "own": names.own})]
    if scope == names.team and not may_share:
        return True, [Problem("scope", Refusal.NOT_SHARED)]
    return scope == names.team, []


def _twice(draft: Draft, owner: int, taken: dict[tuple[int, str, str], int], row: int) -> list[Problem]:
    """What another reply (row 0) or an earlier row has already."""
    found = []
    for kind, text in _unique(draft):
        before = taken.setdefault((owner, kind, text), row)
        if before == 0:
            found.append(Problem(kind, Refusal.TITLE_TAKEN if kind == "title" else Refusal.SHORTCUT_TAKEN))
        elif before != row:
            found.append(Problem(kind, Refusal.TWICE, {"first": before}))
    return found


def _unique(draft: Draft) -> list[tuple[str, str]]:
    return [(kind, text) for kind, text in (("title", draft.title), ("shortcut", draft.shortcut)) if text]

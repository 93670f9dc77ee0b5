"""What can be wrong with the knowledge base, in its own words."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from policies_kb.base import KeyPath


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with the content, where it is, and what to do about it.

    `where` is the value in question. Line 0 is content that stands in no file.
    """

    path: Path
    line: int
    what: str
    remedy: str
    where: KeyPath = field(default=(), compare=False)

    def __str__(self) -> str:
        if not self.line:
            return f"{self.path} {'.'.join(map(str, self.where))}: {self.what}; {self.remedy}"
        return f"{self.path}:{self.line}: {self.what}; {self.remedy}"


class KnowledgeError(Exception):
    """Base of everything that `policies_kb` raises."""


class ContentInvalid(KnowledgeError):
    """The content does not pass its checks; `problems` lists every one of them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class DocumentUnreadable(KnowledgeError):
    """A policy paper could not be split into numbered items."""

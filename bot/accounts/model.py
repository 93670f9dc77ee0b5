"""What an account is, what its roles allow, and what a session is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Role(str, Enum):
    """What a person does here; one person may have several."""

    EDITOR = "editor"
    REVIEWER = "reviewer"
    AGENT = "agent"
    ADMINISTRATOR = "administrator"


class Right(str, Enum):
    """What a page or an act asks for."""

    DRAFT = "draft"
    APPROVE = "approve"
    ROLL_BACK = "roll_back"
    TRAIN = "train"
    ANSWER_WORKERS = "answer_workers"
    MANAGE_ACCOUNTS = "manage_accounts"
    READ_AUDIT = "read_audit"
    OPERATE = "operate"
    SUPERVISE = "supervise"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.EDITOR: frozenset({Right.DRAFT}),
    Role.REVIEWER: frozenset({Right.SUPERVISE, Right.APPROVE}),
    Role.AGENT: frozenset({Right.ANSWER_WORKERS}),
    Role.ADMINISTRATOR: frozenset(
        {
            Right.APPROVE,
            Right.ROLL_BACK,
            Right.TRAIN,
            Right.MANAGE_ACCOUNTS,
            Right.READ_AUDIT,
            Right.OPERATE,
            Right.SUPERVISE,
        }
    ),
}
"""What each role may do: the one place that says so."""

EVERYBODY = frozenset(Role)
"""Whoever is signed in."""


def may(right: Right) -> frozenset[Role]:
    """The roles that have a right."""
    return frozenset(role for role, rights in RIGHTS.items() if right in rights)


@dataclass(frozen=True, slots=True)
class User:
    """An account without its secrets; `temporary` is a password that somebody else has seen."""

    id: int
    name: str
    display_name: str
    roles: frozenset[Role]
    disabled: bool
    temporary: bool
    two_steps: bool
    created_at: datetime
    signed_in_at: datetime | None

    @property
    def rights(self) -> frozenset[Right]:
        """What all roles of the account allow together."""
        return frozenset(right for role in self.roles for right in RIGHTS[role])


@dataclass(frozen=True, slots=True)
class Credentials:
    """What an account proves itself with; never shown. `pending` is a secret that no code has confirmed yet."""

    user: User
    password_hash: str
    secret: str | None
    pending: str | None


@dataclass(frozen=True, slots=True)
class Visit:
    """Where a request came from."""

    address: str
    browser: str


@dataclass(frozen=True, slots=True)
class Session:
    """One browser in which a person signed in; while not `complete`, the second step is still to come."""

    id: int
    user_id: int
    complete: bool
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    address: str
    browser: str


@dataclass(frozen=True, slots=True)
class Who:
    """The person who makes a request, and the session in which."""

    user: User
    session: int

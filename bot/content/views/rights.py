"""What a person may do with a part as it stands."""

from __future__ import annotations

from collections.abc import Sequence

from bot.accounts.model import Right, User
from bot.content.model import Version, contributors


def rights_of(user: User, versions: Sequence[Version], other: Version | None) -> dict[str, bool]:
    """For the buttons of a page; each act looks for itself again. `own`: the person had a hand in what is open."""
    return {
        "draft": Right.DRAFT in user.rights,
        "approve": Right.APPROVE in user.rights,
        "roll_back": Right.ROLL_BACK in user.rights,
        "own": other is not None and user.id in contributors(versions, other.number),
    }

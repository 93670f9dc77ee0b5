"""What an agent does with canned replies in a conversation or on the telephone: find, fill, and be kept from sending."""

from __future__ import annotations

from collections.abc import Mapping

from bot.accounts.model import User
from bot.replies.errors import Marked, ReplyNotFound, Unfilled
from bot.replies.filling import Variable, filled, names
from bot.replies.index import Wanted
from bot.replies.live import LiveReplies
from bot.replies.model import Card
from policies_kb.chinese_date import written

MOST = 100
_HOTLINE = "union"
"""The contact of the content that is this hotline."""


class ReplyDesk:
    """Nothing here changes a reply; what was used is counted."""

    def __init__(self, live: LiveReplies) -> None:
        self._live = live

    async def search(self, user: User, wanted: Wanted, limit: int = 20) -> list[Card]:
        """What of all that the person can see fits, best and most used first."""
        index = await self._live.index()
        return index.search(user.id, wanted, self._live.uses, max(1, min(limit, MOST)))

    async def categories(self, user: User) -> list[str]:
        """The categories to choose from."""
        return (await self._live.index()).categories(user.id)

    async def card(self, user: User, key: str) -> Card:
        """The reply of that key; raises ReplyNotFound."""
        card = (await self._live.index()).card(key)
        if card is None or not card.visible_to(user.id):
            raise ReplyNotFound
        return card

    def uses(self, key: str) -> int:
        """How often a reply was used."""
        return self._live.uses.get(key, 0)

    def values(self, user: User) -> dict[str, str]:
        """What is known without asking, by the name of its variable."""
        known = {Variable.AGENT.value: user.display_name, Variable.TODAY.value: written(self._live.today)}
        contact = self._live.knowledge().contacts.get(_HOTLINE)
        if contact is not None:
            known |= {Variable.HOTLINE.value: contact.number, Variable.HOURS.value: contact.hours}
        return known

    async def fill(self, user: User, key: str, values: Mapping[str, str]) -> str:
        """The reply as it may be said or sent; raises ReplyNotFound, Marked, Unfilled."""
        card = await self.card(user, key)
        if card.mark is not None:
            raise Marked(card.mark)
        return filled(card, {**values, **self.values(user)})

    async def check(self, user: User, key: str | None, text: str) -> None:
        """Raise what `fill` raises if a text may not be sent; `key` is the reply that it was made of, if any."""
        if key is not None and (mark := (await self.card(user, key)).mark) is not None:
            raise Marked(mark)
        if missing := names(text):
            raise Unfilled(missing)

    async def used(self, user: User, key: str) -> None:
        """Count a use; raises ReplyNotFound."""
        await self._live.used((await self.card(user, key)).key)

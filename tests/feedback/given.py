"""Messages as they are stored, some of them with what their worker thought of the answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

from bot.assistant.port import Message, Reply, Understanding
from bot.conversation.ports import Completion, Lease, Said, Waiting
from bot.feedback.model import Asked, Judged, Reason, Verdict
from bot.storage.database import Database
from bot.storage.exchanges import ExchangeRepository

_keys = count(1)
ANSWER = "企业出钱。\n依据:《小文件》第1条"


async def exchange(
    database: Database, at: datetime, text: str, sender: str, reply: Reply, beside: tuple[object, ...] = ()
) -> int:
    """The number of a message that was answered at once."""
    exchanges = ExchangeRepository(database.sessions)
    said = Said("wechat", sender, f"given-{next(_keys)}", text)
    receipt = await exchanges.receive(said, Lease("given", at, at + timedelta(seconds=5)))
    await exchanges.complete(
        Waiting(receipt.id, said), "given", Completion(reply, None, at, urgent=reply.urgent, beside=beside)
    )
    return receipt.id


async def useless(
    database: Database,
    at: datetime,
    text: str = "年金谁出钱，我电话13912345678",
    *,
    number: int = 1,
    reason: Reason | None = Reason.OUTDATED,
    topic: str = "annuity",
    sender: str = "worker",
) -> None:
    """An answer of no use, whose feedback has the number."""
    answer = Reply((Message(ANSWER),), Understanding("ask", topic, 0.9))
    await exchange(database, at, text, sender, answer, (Asked(topic, 1, "b9f444f44e4a1135"),))
    judged = Judged(number, Verdict.UNHELPFUL, reason)
    await exchange(database, at, "没用", sender, Reply((Message("哪儿不对？"),)), (judged,))

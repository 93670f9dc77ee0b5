"""Makes one WeChat text of a reply: numbered options to tap, the source line, and never more than 2048 bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.assistant.port import Message, Reply
from bot.wechat.fields import legal_text

LIMIT = 2048
"""UTF-8 bytes of a passive text reply; above it the worker sees 该公众号提供的服务出现故障 instead."""

_SOURCE = ("依据:", "依据：")
_CUT = "…"
_OPEN_TAG = re.compile(r"<(?:[/A-Za-z][^<>]*)?\Z")
# WeChat may or may not decode the link. Chinese is left as it is, which reads well either way and takes a third of the
# bytes; of ASCII only what cannot end the attribute or the parameter is.
_UNSAFE_IN_LINK = re.compile(r"[^\w.~\-\u0080-\U0010ffff]")
# Whether WeChat decodes entities in a label differs from client to client, so the look-alikes stand for themselves.
_SAFE_LABEL = str.maketrans("<>&", "＜＞＆")


@dataclass(frozen=True, slots=True)
class _Part:
    """A message in its two halves: the body may be shortened, the source lines may not."""

    body: str
    sources: str

    def __str__(self) -> str:
        return "\n".join(filter(None, (self.body, self.sources)))


def render(reply: Reply, hint: str) -> str:
    """The reply as one text within LIMIT.

    `hint` follows the options and tells that their number can be sent, too; without one they have no numbers. What asks
    without numbers comes last, and only where everything else is whole.
    """
    asking = [message for message in reply.messages if _asks(message)]
    others = [message for message in reply.messages if not _asks(message)]
    text = _rendered(others, hint) if others else ""
    for message in asking:
        longer = "\n\n".join(filter(None, (text, _inline(message))))
        text = longer if _size(longer) <= LIMIT else text
    return text or _rendered([Message(message.text) for message in asking], hint)


def _rendered(messages: Sequence[Message], hint: str) -> str:
    parts = [_split(legal_text(message.text).strip()) for message in messages]
    titles = [" ".join(legal_text(title).split()) for message in messages for title in message.options]
    if not titles:
        return _fitted(parts, "") or shorten(_joined(parts, ""), LIMIT)
    hint = legal_text(hint).strip()
    options = [(number if hint else 0, title) for number, title in enumerate(titles, 1)]
    tappable, plain = _listed(map(_link, options), hint), _listed(map(_line, options), hint)
    # A worker can do without the tap, but not without the end of an approved answer.
    for listed in (tappable, plain):
        if _size(whole := _joined(parts, listed)) <= LIMIT:
            return whole
    return _fitted(parts, tappable) or _fitted(parts, plain) or _squeezed(parts, titles)


def fits(reply: Reply, hint: str) -> bool:
    """Whether `render` gives the reply whole, if need be with numbered choices that cannot be tapped."""
    if any(map(_asks, reply.messages)):
        others = replace(reply, messages=tuple(message for message in reply.messages if not _asks(message)))
        return fits(others, hint) and render(reply, hint).endswith(_inline(reply.messages[-1]))
    lines = [" ".join(legal_text(title).split()) for message in reply.messages for title in message.options]
    texts = [str(_split(legal_text(message.text).strip())) for message in reply.messages]
    numbered = [_line((number if hint else 0, title)) for number, title in enumerate(lines, 1)]
    listed = _listed(numbered, legal_text(hint).strip()) if lines else ""
    return _size("\n\n".join(filter(None, (*texts, listed)))) <= LIMIT


def letters(reply: Reply, limit: int = LIMIT) -> tuple[Reply, ...]:
    """The reply as few messages of one text each; choices stay with the text before them.

    What asks without numbers beside something else is left out: it is not worth a message of its own.
    """
    made: list[Reply] = []
    texts: list[str] = []
    messages = [message for message in reply.messages if not _asks(message)] or reply.messages
    for place, message in enumerate(messages, 1):
        texts.append(legal_text(message.text).strip())
        if message.options or place == len(messages):
            *chunks, last = split("\n\n".join(filter(None, texts)), limit)
            made += [Reply((Message(chunk),)) for chunk in chunks]
            made.append(Reply((replace(message, text=last),), reply.understanding))
            texts = []
    return tuple(made)


def split(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` bytes, cut where a line ends if one does; at least one piece."""
    pieces = []
    while _size(text) > limit:
        piece = text.encode()[:limit].decode(errors="ignore")
        end = piece.rfind("\n")
        piece = piece[:end] if end > 0 else piece
        pieces.append(piece.rstrip())
        text = text[len(piece) :].lstrip()
    return [*pieces, text]


def shorten(text: str, size: int) -> str:
    """The beginning of `text` in at most `size` bytes; whole characters, no open tag or link, "…" where it was cut."""
    if _size(text) <= size:
        return text
    kept = text.encode()[: max(size - _size(_CUT), 0)].decode(errors="ignore")
    kept = _OPEN_TAG.sub("", kept)
    if (link := kept.rfind("<a ")) > kept.rfind("</a>"):
        kept = kept[:link]
    kept = kept.rstrip()
    return kept + _CUT if kept else ""


def _asks(message: Message) -> bool:
    return bool(message.options) and not message.numbered


def _inline(message: Message) -> str:
    """A question with its choices behind it, to be tapped."""
    titles = (" ".join(legal_text(title).split()) for title in message.options)
    return " ".join((legal_text(message.text).strip(), *(_link((0, title)) for title in titles)))


def _split(text: str) -> _Part:
    lines = text.split("\n")
    end = len(lines)
    while end and lines[end - 1].startswith(_SOURCE):
        end -= 1
    return _Part("\n".join(lines[:end]).rstrip(), "\n".join(lines[end:]))


def _link(option: tuple[int, str]) -> str:
    number, title = option
    target = _UNSAFE_IN_LINK.sub(lambda unsafe: f"%{ord(unsafe[0]):02X}", title)
    return f'<a href="weixin://bizmsgmenu?msgmenucontent={target}&msgmenuid={number}">{_line(option)}</a>'


def _line(option: tuple[int, str]) -> str:
    number, title = option
    label = title.translate(_SAFE_LABEL)
    return f"{number}. {label}" if number else label


def _listed(lines: Iterable[str], hint: str) -> str:
    return "\n".join(filter(None, (*lines, hint)))


def _joined(parts: Sequence[_Part], options: str) -> str:
    return "\n\n".join(filter(None, (*map(str, parts), options)))


def _size(text: str) -> int:
    return len(text.encode())


def _fitted(parts: Sequence[_Part], options: str) -> str | None:
    """Everything, with the longest bodies shortened until it fits; None where it does not fit without any body."""
    while (over := _size(_joined(parts, options)) - LIMIT) > 0:
        longest = max(parts, key=lambda part: _size(part.body), default=None)
        if longest is None or not longest.body:
            return None
        shorter = replace(longest, body=shorten(longest.body, _size(longest.body) - over))
        parts = [shorter if part is longest else part for part in parts]
    return _joined(parts, options)


def _squeezed(parts: Sequence[_Part], titles: Sequence[str]) -> str:
    """Every option with as much of its title as there is room for, below the source lines."""
    sources = [replace(part, body="") for part in parts]
    numbers = _listed(map(_line, enumerate([""] * len(titles), 1)), "")
    room = max(LIMIT - _size(_joined(sources, numbers)), 0) // len(titles)
    short = [shorten(title.translate(_SAFE_LABEL), room) for title in titles]
    return shorten(_joined(sources, _listed(map(_line, enumerate(short, 1)), "")), LIMIT)

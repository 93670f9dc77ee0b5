"""Finds what a text says in figures: spans of time, dates, sums and percentages, exactly or as roughly as stated.

Written by hand: JioNLP, the one maintained library for Chinese time expressions, reads a given expression to points in
time, while rules need what is certain (快三年 is not three years) and where in the text it stands.
"""

from __future__ import annotations

import re
from datetime import date

from bot.nlu.spans import amount, calendar, duration, percentage, relative
from bot.nlu.spans.span import Span

__all__ = ["Span", "find"]

# Nobody means a figure this long, and patterns take their time over it.
_ENDLESS = re.compile(r"[0-9,.零〇一二两俩仨三四五六七八九十百千万]{17,}")


def find(text: str, today: date) -> list[Span]:
    """The spans of a normalised text in their order.

    Spans do not overlap, but 15年 is given both as a year and as a duration: what stands beside it decides.
    """
    text = _ENDLESS.sub(lambda run: " " * len(run[0]), text)
    dates = calendar.find(text, today)
    dates += [span for span in relative.find(text, today) if not span.overlaps(dates)]
    durations = duration.find(text)
    found = [span for span in dates if all(span.size >= other.size for other in durations if span.overlaps([other]))]
    found += [span for span in durations if all(span.size >= other.size for other in dates if span.overlaps([other]))]
    found += [span for span in percentage.find(text) if not span.overlaps(found)]
    found += [span for span in amount.find(text) if not span.overlaps(found)]
    return sorted(found, key=lambda span: (span.start, span.end))

"""Dates as a Chinese reader writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

HERE = timezone(timedelta(hours=8))
"""China has one time zone and no summer time."""


def written(day: date) -> str:
    """2017-11-30 as 2017年11月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def today() -> date:
    """The day it is in China, wherever the service runs: what ends with a day ends at midnight there."""
    return datetime.now(HERE).date()
